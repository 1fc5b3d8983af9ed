"""The epoch stage: both backbones learn stages from single epochs.

Each backbone, pooled by its attention, feeds a linear classifier of its own; the classifiers
are left behind afterwards. It corresponds to the separately pre-trained backbones that the
MC²SleepNet paper starts from, and gives the first two rows of its Table 3.

Legend of the shape comments: b epochs of the batch, n epochs of all nights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.inference import epoch_features
from model.mc2sleepnet.preprocessing import log_spectrogram
from training.data.augment import augment_epochs, augment_spectrogram
from training.data.nights import Night
from training.data.training_epochs import TrainingEpochs
from training.engine.loop import ScheduledAdam, autocast
from training.engine.parallel import average_statistics, check_share, own_share, process_index
from training.engine.randomness import Purpose, seed_draws
from training.mc2sleepnet.config import TrainingConfig

_MOST_STATISTICS_EPOCHS = 20_000  # more don't change mean and deviation of a bin noticeably
_STATISTICS_BATCH = 256


class EpochStage:
    """Trains the epoch model of a network on single epochs."""

    name = "epoch"
    is_exhausted = False  # it has a fixed length

    def __init__(
        self, network: MC2SleepNet, nights: Sequence[Night], config: TrainingConfig
    ) -> None:
        check_share(config.epoch.batch_size)
        self._model = network.epoch_model
        self._network = network
        self._config = config
        self._device = next(network.parameters()).device
        seed_draws(config.seed, Purpose.EPOCH_STAGE_HEADS)
        self._heads = nn.ModuleList(
            nn.Linear(network.config.d_model, network.config.n_stages) for _ in range(2)
        ).to(self._device)
        learning = nn.ModuleList([self._model, self._heads])
        loss = autocast(self._device, config.optimisation.precision)(self._loss)
        self._optimiser = ScheduledAdam(learning, loss, config.epoch, config.optimisation)

        self._stages = np.concatenate([night.stages for night in nights])  # (n,)
        self._cumulative_share = cumulative_share(self._stages, config.epoch.class_balance)
        self._epochs = {
            count: TrainingEpochs(
                nights, config.epochs, config.seed, Purpose.EPOCH_STAGE_NIGHT, count
            )
            for count in set(config.epoch.piece_counts)
        }
        self.n_steps = config.epoch.steps

    def train_step(self, step: int) -> float:
        """Make one step on a batch drawn with balanced stages."""
        config = self._config
        epochs = self._epochs[config.epoch.piece_counts[step % len(config.epoch.piece_counts)]]
        epochs.start_pass(step * config.epoch.batch_size // len(self._stages))
        rng = seed_draws(config.seed, Purpose.EPOCH_STAGE_STEP, step)
        chosen = self._cumulative_share.searchsorted(rng.random(config.epoch.batch_size))
        chosen = own_share(torch.from_numpy(chosen)).numpy()
        stages = torch.tensor(self._stages[chosen], dtype=torch.long, device=self._device)
        signal = torch.from_numpy(epochs.read_rows(chosen))  # (b, t)

        seed_draws(config.seed, Purpose.EPOCH_STAGE_STEP, step, process_index() + 1)
        altered = augment_epochs(signal, config.augmentation).to(self._device)
        seen = altered if config.augmentation.spectrogram_of_altered else signal.to(self._device)
        self._model.train()
        return self._optimiser.descend(step, altered, seen, stages)

    def _loss(self, altered: Tensor, seen: Tensor, stages: Tensor) -> Tensor:
        spectrogram = self._model.normalised_spectrogram(seen)
        spectrogram = augment_spectrogram(spectrogram, self._config.augmentation)
        features = self._model.encode(altered, spectrogram)
        smoothing = self._config.loss.label_smoothing
        losses = [
            F.cross_entropy(head(features[:, modality]), stages, label_smoothing=smoothing)
            for modality, head in enumerate(self._heads)
        ]
        return torch.stack(losses).sum()

    @torch.inference_mode()
    def log_probabilities(self, epochs: npt.NDArray[np.float32]) -> tuple[Tensor, Tensor]:
        """Log-probabilities (n, 5) by the signal and by the spectrogram backbone alone."""
        self._network.eval()
        features = epoch_features(self._network, epochs)
        signal, spectrogram = (
            F.log_softmax(head(features[:, modality]), dim=-1).cpu()
            for modality, head in enumerate(self._heads)
        )
        return signal, spectrogram

    def validate(self, n_steps_done: int) -> dict[str, float] | None:  # noqa: ARG002
        """Measure nothing: the stage has a fixed length."""
        return None

    def finish(self) -> None:
        """Give all processes the same statistics."""
        average_statistics(self._model)

    def state(self) -> dict[str, Any]:
        """State of the classifiers and the optimiser."""
        return {"heads": self._heads.state_dict(), "optimiser": self._optimiser.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state."""
        self._heads.load_state_dict(state["heads"])
        self._optimiser.load_state_dict(state["optimiser"])


def set_spectrogram_statistics(
    network: MC2SleepNet, nights: Sequence[Night], config: TrainingConfig
) -> None:
    """Store mean and standard deviation of each spectrogram bin over the scored epochs."""
    epochs = TrainingEpochs(
        nights,
        config.epochs,
        config.seed,
        Purpose.EPOCH_STAGE_NIGHT,
        max(config.epoch.piece_counts),
    )
    epochs.start_pass(0)
    rows = np.flatnonzero(np.concatenate([night.stages for night in nights]) >= 0)
    rows = rows[:: -(-len(rows) // _MOST_STATISTICS_EPOCHS)]
    model = network.epoch_model
    total = torch.zeros(model.spectrogram_mean.shape, dtype=torch.float64)
    total_square = torch.zeros_like(total)
    n_frames = 0
    for first in range(0, len(rows), _STATISTICS_BATCH):
        batch = torch.from_numpy(epochs.read_rows(rows[first : first + _STATISTICS_BATCH]))
        frames = log_spectrogram(batch).flatten(0, 1).double()
        total += frames.sum(dim=0)
        total_square += frames.square().sum(dim=0)
        n_frames += len(frames)
    mean = total / n_frames
    model.spectrogram_mean.copy_(mean)
    model.spectrogram_std.copy_((total_square / n_frames - mean.square()).sqrt())


def cumulative_share(stages: npt.NDArray[np.int8], class_balance: float) -> npt.NDArray[np.float64]:
    """Running sum, 0 to 1, of the probabilities that epochs are drawn with; unscored never are."""
    scored = stages >= 0
    counts = np.bincount(stages[scored], minlength=1)
    weights = np.where(scored, (counts[stages] / scored.sum()) ** -class_balance, 0.0)
    share: npt.NDArray[np.float64] = weights.cumsum() / weights.sum()
    return share
