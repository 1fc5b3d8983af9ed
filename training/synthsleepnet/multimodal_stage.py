"""Pre-training of the fusion: what was masked of each channel is guessed from all of them.

Legend of the shape comments: b epochs of the batch, m channels, f frames, k frames that are kept, t
samples, d width of an embedding.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from model.shared.transformer import draw_kept
from model.synthsleepnet import SynthSleepNet
from training.data.modalities import ModalNight
from training.engine.config import OptimisationConfig, SelectionConfig
from training.engine.loop import ScheduledAdam, autocast
from training.engine.parallel import check_share, own_share, process_index
from training.engine.randomness import Purpose, seed_draws
from training.engine.selection import Monitor, MonitoredStage, Selection
from training.engine.self_supervision import masked_error, nt_xent
from training.synthsleepnet.config import MultimodalStageConfig
from training.synthsleepnet.nights import ModalEpochs, dropped


class MultimodalStage(MonitoredStage):
    """Trains all of a network but its encoders, its second adapters and its heads."""

    name = "multimodal"
    _network: SynthSleepNet

    def __init__(
        self,
        network: SynthSleepNet,
        nights: Sequence[ModalNight],
        config: MultimodalStageConfig,
        optimisation: OptimisationConfig,
        selection: SelectionConfig,
        seed: int,
        *,
        monitor: Monitor | None = None,
    ) -> None:
        check_share(config.batch_size)
        self.n_steps = config.steps
        self._network = network
        self._source = ModalEpochs(nights)
        self._config = config
        self._seed = seed
        self._monitor = monitor
        self._device = network.norm.weight.device
        network.requires_grad_(False)
        learning = list(_learning(network))
        for part in learning:
            part.requires_grad_(True)
        self._learning = nn.ModuleList(learning)
        loss = autocast(self._device, optimisation.precision)(self._loss)
        self._optimiser = ScheduledAdam(self._learning, loss, config, optimisation)
        self._selection = Selection(network, selection)

    def train_step(self, step: int) -> float:
        """Make one step on epochs from anywhere."""
        config = self._config
        rng = seed_draws(self._seed, Purpose.MULTIMODAL_STAGE_STEP, step)
        rows = torch.from_numpy(rng.integers(len(self._source), size=config.batch_size))
        epochs = torch.from_numpy(self._source.read_rows(own_share(rows).numpy()))
        seed_draws(self._seed, Purpose.MULTIMODAL_STAGE_STEP, step, process_index() + 1)
        self._network.eval()  # the encoders' statistics stand still, too
        self._learning.train()
        altered = dropped(epochs, config.channel_dropout)
        return self._optimiser.descend(step, altered.to(self._device))

    def _loss(self, epochs: Tensor) -> Tensor:
        config = self._config
        tokens, is_there = self._network.encode(epochs)  # (b, m, 1 + f, d), (b, m)
        n_epochs, n_channels, n_tokens, _ = tokens.shape
        n_frames = n_tokens - 1
        kept = draw_kept(n_epochs * n_channels, n_frames, config.mask_ratio).to(self._device)
        kept = kept.reshape(n_epochs, n_channels, -1)
        fusion = self._network.pretrain(tokens, is_there, kept)
        target = tokens[:, :, 1:]
        if config.detached_targets:
            target = target.detach()
        # What is missing is not guessed.
        error = masked_error(fusion.guessed[is_there], target[is_there], kept[is_there])
        contrasts = []
        for channel in range(n_channels):
            there = is_there[:, channel]
            counts = there & (there.sum() > 1)
            own = fusion.projected_channels[:, channel]
            contrasts.append(nt_xent(fusion.projected, own, config.contrastive_temperature, counts))
        return error + config.contrastive_weight * torch.stack(contrasts).mean()


def _learning(network: SynthSleepNet) -> Sequence[nn.Module]:
    """Parts that pre-training of the fusion moves."""
    adapters = [one.get_submodule("blocks") for one in network.adapters]
    return [
        *adapters,
        network.embeddings,
        network.blocks,
        network.norm,
        network.decoders,
        network.projector,
        network.channel_projectors,
    ]
