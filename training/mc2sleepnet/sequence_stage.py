"""The sequence stage: the sequence model learns from the frozen epoch model's features.

The epoch model stays in evaluation mode, so its features are computed once, for several newly
drawn versions of each night, and kept.

Legend of the shape comments: n epochs of a night, b sequences, l epochs in a sequence, d width
of an embedding.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.mc2sleepnet import MC2SleepNet, StageLogits
from model.mc2sleepnet.inference import epoch_features, fuse_runs
from sleepscorer.jobs.events import StepDone
from sleepscorer.network_input import Runs
from training.data.augment import augment_night
from training.data.config import EpochsConfig
from training.data.nights import Night
from training.data.sequences import SequenceDrawer
from training.data.training_epochs import draw_epochs, validation_epochs
from training.engine.loop import ScheduledAdam, autocast
from training.engine.parallel import check_share, own_share, process_index
from training.engine.progress import Report
from training.engine.randomness import Purpose, seed_draws
from training.engine.selection import Measured, SelectingStage, Selection, measure
from training.evaluation.calibration import fit_temperature
from training.mc2sleepnet.config import TrainingConfig
from training.mc2sleepnet.losses import draw_mask, sequence_loss


@dataclass(frozen=True, slots=True, eq=False)
class CachedNight:
    """Features of one version of a night.

    Attributes
    ----------
    features
        Output of the frozen epoch model, shape (n, 2, d).
    stages
        Classes, shape (n,), int64.
    runs
        Of the night.
    """

    features: Tensor
    stages: Tensor
    runs: Runs


def cache_training_nights(
    network: MC2SleepNet, nights: Sequence[Night], config: TrainingConfig, report: Report
) -> list[CachedNight]:
    """Draw, alter and encode the configured number of versions of each night."""
    network.eval()
    versions = [night for _ in range(config.sequence.feature_copies) for night in nights]
    cached = []
    for index, night in enumerate(versions):
        rng = seed_draws(config.seed, Purpose.SEQUENCE_STAGE_NIGHT, index)
        epochs = _draw_version(night, rng, config.epochs, index // len(nights))
        if config.sequence.feature_augmentation:
            epochs = augment_night(torch.from_numpy(epochs), config.augmentation).numpy()
        cached.append(_encode(network, epochs, night))
        report(StepDone("features", index + 1, len(versions)))
    return cached


def _draw_version(
    night: Night, rng: np.random.Generator, config: EpochsConfig, version: int
) -> npt.NDArray[np.float32]:
    """Epochs (n, t) of one version of a night."""
    if not night.is_partial:
        return night.samples_uv[:]
    kind = config.sequence_kinds[version % len(config.sequence_kinds)]
    return draw_epochs(night, kind, rng, config)


def cache_validation_nights(
    network: MC2SleepNet, nights: Sequence[Night], config: TrainingConfig
) -> list[CachedNight]:
    """Encode the epochs of each night that are validated on."""
    network.eval()
    return [_encode(network, validation_epochs(night, config.epochs), night) for night in nights]


def _encode(network: MC2SleepNet, epochs: npt.NDArray[np.float32], night: Night) -> CachedNight:
    stages = torch.tensor(night.stages, dtype=torch.long)
    return CachedNight(epoch_features(network, epochs), stages, night.runs)


def validated_temperature(network: MC2SleepNet, validation: Sequence[CachedNight]) -> float:
    """Temperature that fits the validation nights."""
    network.eval()
    said, stages = [], []
    for night in validation:
        log_probabilities = fuse_runs(network, night.features, night.runs).detach().cpu()
        counts = (night.stages >= 0) & log_probabilities.isfinite().all(dim=1)
        said.append(log_probabilities[counts])
        stages.append(night.stages[counts])
    return round(fit_temperature(torch.cat(said).numpy(), torch.cat(stages).numpy()), 4)


class SequenceStage(SelectingStage):
    """Trains the sequence model of a network on cached nights, and keeps the best validation's.

    This is the paper's fine-tuning: the epoch model is frozen, in evaluation mode. A copy of the
    sequence model learns; the network's own is the moving average of its parameters.
    """

    name = "sequence"

    def __init__(
        self,
        network: MC2SleepNet,
        training: Sequence[CachedNight],
        validation: Sequence[CachedNight],
        config: TrainingConfig,
    ) -> None:
        check_share(config.sequence.batch_size)
        self._network = network
        self._average = network.sequence_model
        self._learner = copy.deepcopy(network.sequence_model)
        self._training = training
        self._validation = validation
        self._config = config
        self._device = next(network.parameters()).device
        every_feature = torch.cat([night.features for night in training])
        self._noise = every_feature.std(dim=0) * config.sequence.feature_noise  # (2, d)
        self._class_weights = class_weights(
            torch.cat([night.stages for night in training]),
            network.config.n_stages,
            config.sequence.class_balance,
        ).to(self._device)
        self._length = network.config.sequence_length
        # Versions of one night don't count as different ones, but false negatives don't matter
        # here: there is no contrast.
        self._drawer = SequenceDrawer(
            [night.runs for night in training], self._length, distinct_nights=False
        )
        self._optimiser = ScheduledAdam(
            self._learner, self._loss, config.sequence, config.optimisation
        )
        self._selection = Selection(self._average, config.selection)
        self.n_steps = config.sequence.steps

    def train_step(self, step: int) -> float:
        """Make one step on sequences from random places of random nights."""
        config = self._config
        rng = seed_draws(config.seed, Purpose.SEQUENCE_STAGE_STEP, step)
        features, stages = self._draw_batch(rng)
        seed_draws(config.seed, Purpose.SEQUENCE_STAGE_STEP, step, process_index() + 1)
        features = features + torch.randn_like(features) * self._noise
        self._learner.train()
        said = self._optimiser.descend(step, features, stages.to(self._device))
        self._move_average(step)
        return said

    def _loss(self, features: Tensor, stages: Tensor) -> Tensor:
        config = self._config
        with autocast(self._device, config.optimisation.precision):
            logits = self._learner(
                features,
                signal_mask=self._mask(len(stages)),
                spectrogram_mask=self._mask(len(stages)),
            )
        return sequence_loss(
            StageLogits(*(head.float() for head in logits)),
            stages,
            weights=config.sequence.weights,
            label_smoothing=config.loss.label_smoothing,
            class_weights=self._class_weights,
            sum_over_sequence=config.loss.sum_over_sequence,
        )

    @torch.no_grad()
    def _move_average(self, step: int) -> None:
        """Follow the learner: closely in the first steps, then as slowly as configured."""
        kept = min(self._config.sequence.averaging, (1 + step) / (10 + step))
        pairs = zip(self._average.parameters(), self._learner.parameters(), strict=True)
        for average, learnt in pairs:
            average.lerp_(learnt, 1 - kept)

    def _mask(self, n_sequences: int) -> Tensor | None:
        ratio = self._config.sequence.mask_ratio
        return draw_mask(n_sequences, self._length, ratio).to(self._device) if ratio else None

    def _draw_batch(self, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Features (b, l, 2, d) and stages (b, l) of this process's share."""
        places = self._drawer.draw(rng, self._config.sequence.batch_size)
        features, stages = [], []
        for index in own_share(torch.arange(len(places))).tolist():
            night, first = places[index]
            stop = first + self._length
            features.append(self._training[night].features[first:stop])
            stages.append(self._training[night].stages[first:stop])
        return torch.stack(features), torch.stack(stages)

    def _measure(self) -> Measured:
        """Agreement with the validation nights, and their mean cross-entropy."""
        log_probabilities = torch.cat(
            [fuse_runs(self._network, night.features, night.runs) for night in self._validation]
        )
        return measure(log_probabilities, torch.cat([n.stages for n in self._validation]))

    def state(self) -> dict[str, Any]:
        """State of the learner, the optimiser and the selection."""
        return {**super().state(), "learner": self._learner.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state."""
        super().restore(state)
        self._learner.load_state_dict(state["learner"])


def class_weights(stages: Tensor, n_stages: int, class_balance: float) -> Tensor:
    """Weights (n_stages,) of the stages' epochs, 1 on average over the epochs; -1 is left out.

    A weight is ``1 / frequency ** class_balance``, up to their common scale; that of a stage
    without epochs is 1.
    """
    counts = torch.bincount(stages[stages >= 0], minlength=n_stages).float()
    weights = (counts.clamp(min=1) / counts.sum()) ** -class_balance
    weights *= counts.sum() / (weights * counts).sum()
    return torch.where(counts > 0, weights, 1.0)
