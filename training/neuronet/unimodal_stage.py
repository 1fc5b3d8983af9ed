"""Pre-training of one encoder: two maskings of an epoch, each to be completed, both to be alike.

Legend of the shape comments: b epochs of the batch, f frames of an epoch, n epochs that are
compared, d width of an embedding.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from model.neuronet import NeuroNet
from model.shared.transformer import draw_kept
from training.engine.config import OptimisationConfig, SelectionConfig
from training.engine.loop import ScheduledAdam, autocast
from training.engine.parallel import check_share, own_share, process_index
from training.engine.randomness import Purpose, seed_draws
from training.engine.selection import Measured, Monitor, MonitoredStage, Selection, measure
from training.engine.self_supervision import masked_error, nt_xent
from training.neuronet.config import UnimodalStageConfig
from training.neuronet.nights import EpochSource


class UnimodalStage(MonitoredStage):
    """Trains encoder, decoder and projection of a NeuroNet.

    Parameters
    ----------
    network
        To train; its head, if it has one, stays as it is.
    source
        Epochs, scaled.
    config, optimisation, selection
        Of the stage.
    seed
        Of the draws.
    monitor
        What a step is judged by; without, the last one is kept.
    name, place
        Of the stage, where a recipe has several; the place is for the draws.
    """

    _network: NeuroNet

    def __init__(
        self,
        network: NeuroNet,
        source: EpochSource,
        config: UnimodalStageConfig,
        optimisation: OptimisationConfig,
        selection: SelectionConfig,
        seed: int,
        *,
        monitor: Monitor | None = None,
        name: str = "pretrain",
        place: int = 0,
    ) -> None:
        check_share(config.batch_size)
        self.name = name
        self.n_steps = config.steps
        self._network = network
        self._source = source
        self._config = config
        self._seed = seed
        self._place = place
        self._monitor = monitor
        self._device = network.encoder.position.device
        learning = nn.ModuleList([network.encoder, network.decoder, network.projector])
        loss = autocast(self._device, optimisation.precision)(self._loss)
        self._optimiser = ScheduledAdam(learning, loss, config, optimisation)
        self._selection = Selection(network, selection)

    def train_step(self, step: int) -> float:
        """Make one step on epochs from anywhere."""
        config = self._config
        self._source.start_pass(step * config.batch_size // len(self._source))
        rng = seed_draws(self._seed, Purpose.UNIMODAL_STAGE_STEP, self._place, step)
        rows = torch.from_numpy(rng.integers(len(self._source), size=config.batch_size))
        epochs = torch.from_numpy(self._source.read_rows(own_share(rows).numpy()))
        seed_draws(self._seed, Purpose.UNIMODAL_STAGE_STEP, self._place, step, process_index() + 1)
        self._network.train()
        return self._optimiser.descend(step, epochs.to(self._device))

    def _loss(self, epochs: Tensor) -> Tensor:
        config = self._config
        embedded = self._network.encoder.embed_frames(epochs)  # (b, f, d)
        target = embedded.detach() if config.detached_targets else embedded
        errors, projected = [], []
        for _ in range(2):
            kept = draw_kept(len(epochs), embedded.shape[1], config.mask_ratio).to(self._device)
            view = self._network.view(embedded, kept)
            errors.append(masked_error(view.frames, target, kept))
            projected.append(view.projected)
        contrast = nt_xent(projected[0], projected[1], config.contrastive_temperature)
        return errors[0] + errors[1] + config.contrastive_weight * contrast


def nearest_stages(
    known: Tensor,
    stages: Tensor,
    asked: Tensor,
    *,
    n_neighbours: int,
    n_principal: int,
    n_stages: int = 5,
) -> Tensor:
    """Stage epochs as most of their nearest neighbours are, in the space of principal components.

    Parameters
    ----------
    known, asked
        Features of epochs that are labelled and of those to be staged, shapes (n, d) and (m, d).
    stages
        Of the labelled ones, shape (n,), 0 and above.
    n_neighbours, n_principal
        How many neighbours vote, and how many components tell how near they are.

    Returns
    -------
    Tensor
        Logarithm of the shares of the votes, one vote in all added to each stage, (m, n_stages).
    """
    middle = known.mean(dim=0)
    q = min(n_principal, *known.shape)
    _, _, axes = torch.linalg.svd(known - middle, full_matrices=False)
    near = torch.cdist((asked - middle) @ axes[:q].T, (known - middle) @ axes[:q].T)
    nearest = near.topk(min(n_neighbours, len(known)), largest=False).indices  # (m, k)
    votes = torch.zeros(len(asked), n_stages, device=known.device)
    votes.scatter_add_(1, stages[nearest], torch.ones_like(nearest, dtype=votes.dtype))
    votes += 1 / n_stages
    return (votes / votes.sum(dim=1, keepdim=True)).log()


def neighbour_monitor(
    embed: Callable[[torch.Tensor], Tensor],
    known: tuple[np.ndarray, np.ndarray],
    asked: tuple[np.ndarray, np.ndarray],
    config: UnimodalStageConfig,
) -> Monitor:
    """Judge features by how well their nearest labelled neighbours stage validation epochs.

    Parameters
    ----------
    embed
        Maps epochs (b, n_times) to features (b, d).
    known, asked
        Epochs (n, n_times) and stages (n,) of subjects to train on and to validate with.
    config
        Of the stage.
    """

    @torch.inference_mode()
    def features_of(epochs: np.ndarray) -> Tensor:
        parts = [embed(torch.from_numpy(epochs[i : i + 64])) for i in range(0, len(epochs), 64)]
        return torch.cat(parts).float().cpu()

    def monitor() -> Measured:
        said = nearest_stages(
            features_of(known[0]),
            torch.from_numpy(known[1]).long(),
            features_of(asked[0]),
            n_neighbours=config.n_neighbours,
            n_principal=config.n_principal,
        )
        return measure(said, torch.from_numpy(asked[1]).long())

    return monitor


def evenly(n: int, most: int) -> np.ndarray:
    """Choose at most so many of n places, evenly."""
    return np.arange(n)[:: -(-n // most)] if n else np.arange(0)
