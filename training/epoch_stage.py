"""The epoch stage: both backbones learn stages from single epochs.

Each backbone, pooled by its attention, feeds a linear classifier of its own; the classifiers
are left behind afterwards. It corresponds to the separately pre-trained backbones that the
MC²SleepNet paper starts from.

Legend of the shape comments: b epochs of the batch, n epochs of all nights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet import MC2SleepNet
from model.preprocessing import log_spectrogram
from training.augment import augment_epochs
from training.config import TrainingConfig
from training.loop import learning_rate, optimiser_step
from training.mosaic import compose, mosaic_rows
from training.partial_epochs import PartialNight
from training.randomness import Purpose, seed_draws


class EpochStage:
    """Trains the epoch model of a network on mosaic epochs, drawn anew for every pass."""

    name = "epoch"

    def __init__(
        self, network: MC2SleepNet, nights: Sequence[PartialNight], config: TrainingConfig
    ) -> None:
        self._model = network.epoch_model
        self._nights = nights
        self._config = config
        seed_draws(config.seed, Purpose.EPOCH_STAGE_HEADS)
        self._heads = nn.ModuleList(
            nn.Linear(network.config.d_model, network.config.n_stages) for _ in range(2)
        )
        self._parameters = [*self._model.parameters(), *self._heads.parameters()]
        self._optimiser = torch.optim.Adam(self._parameters, weight_decay=config.weight_decay)

        stages = np.concatenate([night.stages for night in nights])
        frequency = np.bincount(stages, minlength=network.config.n_stages) / len(stages)
        weights = frequency[stages] ** -config.class_balance
        self._stages = torch.tensor(stages, dtype=torch.long)  # (n,)
        self._draw_probabilities = weights / weights.sum()  # (n,)
        self._steps_per_pass = max(len(stages) // config.epoch_batch_size, 1)
        self._train_pass = -1
        self._epochs = torch.empty(0)
        self.n_steps = config.epoch_steps

    def set_spectrogram_statistics(self) -> None:
        """Store mean and standard deviation of each spectrogram bin over the first pass."""
        self._draw_pass(0)
        total = torch.zeros_like(self._model.spectrogram_mean, dtype=torch.float64)
        total_square = torch.zeros_like(total)
        n_frames = 0
        for epochs in torch.split(self._epochs, 256):
            frames = log_spectrogram(epochs).flatten(0, 1).double()
            total += frames.sum(dim=0)
            total_square += frames.square().sum(dim=0)
            n_frames += len(frames)
        mean = total / n_frames
        self._model.spectrogram_mean.copy_(mean)
        self._model.spectrogram_std.copy_((total_square / n_frames - mean.square()).sqrt())

    def train_step(self, step: int) -> float:
        """Make one step on a batch drawn with balanced stages."""
        config = self._config
        self._draw_pass(step // self._steps_per_pass)
        rng = seed_draws(config.seed, Purpose.EPOCH_STAGE_STEP, step)
        chosen = torch.tensor(
            rng.choice(
                len(self._stages),
                config.epoch_batch_size,
                replace=False,
                p=self._draw_probabilities,
            )
        )
        epochs = augment_epochs(self._epochs[chosen], config)
        self._model.train()
        loss = self._loss(self._model(epochs), self._stages[chosen])
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # untyped in torch
        rate = learning_rate(
            step, self.n_steps, config.epoch_learning_rate, config.epoch_warmup_steps
        )
        optimiser_step(self._optimiser, self._parameters, rate, config.max_gradient_norm)
        return float(loss.detach())

    def _loss(self, features: Tensor, stages: Tensor) -> Tensor:
        losses = [
            F.cross_entropy(
                head(features[:, modality]), stages, label_smoothing=self._config.label_smoothing
            )
            for modality, head in enumerate(self._heads)
        ]
        return torch.stack(losses).sum()

    def _draw_pass(self, train_pass: int) -> None:
        if train_pass == self._train_pass:
            return
        nights = []
        for index, night in enumerate(self._nights):
            rng = seed_draws(self._config.seed, Purpose.EPOCH_STAGE_NIGHT, train_pass, index)
            rows = mosaic_rows(
                night.stages,
                rng,
                reach_epochs=self._config.reach_epochs,
                blind_share=self._config.blind_share,
            )
            nights.append(torch.from_numpy(compose(night.pieces_uv, rows)))
        self._epochs = torch.cat(nights)  # (n, 3000)
        self._train_pass = train_pass

    def validate(self, n_steps_done: int) -> dict[str, float] | None:  # noqa: ARG002
        """Measure nothing: the stage has a fixed length."""
        return None

    def state(self) -> dict[str, Any]:
        """State of the classifiers and the optimiser."""
        return {"heads": self._heads.state_dict(), "optimiser": self._optimiser.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state."""
        self._heads.load_state_dict(state["heads"])
        self._optimiser.load_state_dict(state["optimiser"])
