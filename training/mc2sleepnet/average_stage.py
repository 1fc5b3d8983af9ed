"""The average stage: an epoch model meets what its training began with half-way.

The parameters of a network that was fine-tuned on altered nights, averaged with those that it began
with, keep most of what either knows (Wortsman et al. 2022, Robust fine-tuning of zero-shot models).
What its batch normalisation measures is not an average of theirs, so it is measured anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from model.mc2sleepnet import MC2SleepNet
from training.data.augment import augment_epochs
from training.data.nights import Night
from training.data.training_epochs import TrainingEpochs
from training.engine.parallel import average_statistics
from training.engine.randomness import Purpose, seed_draws
from training.mc2sleepnet.config import TrainingConfig
from training.mc2sleepnet.epoch_stage import cumulative_share

_STATISTICS_BATCHES = 40


class AverageStage:
    """Averages the epoch model of a network with another one, in one step.

    Parameters
    ----------
    network
        Its epoch model is changed.
    start
        State of the network that training began with.
    nights
        Batch normalisation is measured on their epochs, drawn and altered as in the epoch stage.
    config
        Of the run.
    """

    name = "average"
    n_steps = 1
    is_exhausted = False

    def __init__(
        self,
        network: MC2SleepNet,
        start: Mapping[str, Tensor],
        nights: Sequence[Night],
        config: TrainingConfig,
    ) -> None:
        self._model = network.epoch_model
        prefix = "epoch_model."
        self._start = {
            name.removeprefix(prefix): values
            for name, values in start.items()
            if name.startswith(prefix)
        }
        self._nights = nights
        self._config = config

    @torch.no_grad()
    def train_step(self, step: int) -> float:  # noqa: ARG002
        """Average, and measure the batch normalisation anew."""
        share = self._config.epoch.start_share
        for name, values in self._model.named_parameters():
            values.lerp_(self._start[name].to(values), share)
        self._measure()
        return 0.0

    def _measure(self) -> None:
        config = self._config
        norms = [
            one for one in self._model.modules() if isinstance(one, nn.BatchNorm1d | nn.BatchNorm2d)
        ]
        momenta = [norm.momentum for norm in norms]
        self._model.eval()
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None  # a plain mean over all batches
            norm.train()
        epochs = TrainingEpochs(
            self._nights,
            config.epochs,
            config.seed,
            Purpose.EPOCH_STAGE_NIGHT,
            max(config.epoch.piece_counts),
        )
        epochs.start_pass(0)
        stages = np.concatenate([night.stages for night in self._nights])
        share = cumulative_share(stages, config.epoch.class_balance)
        device = next(self._model.parameters()).device
        for batch in range(_STATISTICS_BATCHES):
            # After the steps of the epoch stage, so that no draw is made twice.
            rng = seed_draws(config.seed, Purpose.EPOCH_STAGE_STEP, config.epoch.steps + batch)
            chosen = share.searchsorted(rng.random(config.epoch.batch_size))
            signal = augment_epochs(
                torch.from_numpy(epochs.read_rows(chosen)), config.augmentation
            ).to(device)
            self._model.encode(signal, self._model.normalised_spectrogram(signal))
        for norm, momentum in zip(norms, momenta, strict=True):
            norm.momentum = momentum
        self._model.eval()

    def validate(self, n_steps_done: int) -> dict[str, float] | None:  # noqa: ARG002
        """Measure nothing."""
        return None

    def finish(self) -> None:
        """Give all processes the same statistics."""
        average_statistics(self._model)

    def state(self) -> dict[str, Any]:
        """Nothing beyond the network's own."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take nothing up."""
