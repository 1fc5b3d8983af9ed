"""The sequence stage: the sequence model learns from the frozen epoch model's features.

The epoch model stays in evaluation mode, so its features are computed once, for several newly
drawn versions of each night, and kept.

Legend of the shape comments: n epochs of a night, b sequences, l epochs in a sequence, d width
of an embedding.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.inference import epoch_features, fuse_sequences
from model.mc2sleepnet import MC2SleepNet
from sleepscorer.domain.agreement import Agreement, confusion_matrix
from training.augment import augment_night
from training.config import TrainingConfig
from training.loop import learning_rate, optimiser_step
from training.losses import draw_mask, sequence_loss
from training.mosaic import compose, mosaic_rows, pseudo_epochs
from training.partial_epochs import PartialNight
from training.progress import Report
from training.randomness import Purpose, seed_draws


class SequenceStage:
    """Trains the sequence model of a network on cached features of mosaic nights.

    Keeps the parameters that agree best (Cohen's κ) with the scoring of the validation
    nights, composed as pseudo-epochs.
    """

    name = "sequence"

    def __init__(
        self,
        network: MC2SleepNet,
        nights: Sequence[PartialNight],
        validation_nights: Sequence[PartialNight],
        config: TrainingConfig,
        report: Report,
    ) -> None:
        self._network = network
        self._model = network.sequence_model
        self._config = config
        network.eval()
        self._features: list[Tensor] = []  # one (n, 2, d) for each copy of each night
        self._stages: list[Tensor] = []  # one (n,) for each of them
        n_copies = len(nights) * config.feature_copies
        for index in range(n_copies):
            night = nights[index % len(nights)]
            rng = seed_draws(config.seed, Purpose.SEQUENCE_STAGE_NIGHT, index)
            rows = mosaic_rows(
                night.stages,
                rng,
                reach_epochs=config.reach_epochs,
                blind_share=config.blind_share,
            )
            epochs = augment_night(torch.from_numpy(compose(night.pieces_uv, rows)), config)
            self._features.append(epoch_features(network, epochs.numpy()))
            self._stages.append(torch.tensor(night.stages, dtype=torch.long))
            report({"event": "step", "stage": "features", "step": index + 1, "of": n_copies})
        self._noise = torch.cat(self._features).std(dim=0) * config.feature_noise  # (2, d)
        lengths = np.array([len(stages) for stages in self._stages], dtype=float)
        self._draw_probabilities = lengths / lengths.sum()

        self._validation_features = [
            epoch_features(network, pseudo_epochs(night)) for night in validation_nights
        ]
        self._validation_stages = [night.stages for night in validation_nights]
        self._parameters = list(self._model.parameters())
        self._optimiser = torch.optim.Adam(self._parameters, weight_decay=config.weight_decay)
        self._best_kappa = float("-inf")
        self._best: dict[str, Tensor] = {}
        self.n_steps = config.sequence_steps

    def train_step(self, step: int) -> float:
        """Make one step on sequences from random places of random nights."""
        config = self._config
        rng = seed_draws(config.seed, Purpose.SEQUENCE_STAGE_STEP, step)
        features, stages = self._draw_batch(rng)
        features = features + torch.randn_like(features) * self._noise
        n_sequences, length = stages.shape
        self._model.train()
        logits = self._model(
            features,
            signal_mask=draw_mask(n_sequences, length, config.mask_ratio),
            spectrogram_mask=draw_mask(n_sequences, length, config.mask_ratio),
        )
        loss = sequence_loss(logits, stages, config.label_smoothing)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # untyped in torch
        rate = learning_rate(
            step, self.n_steps, config.sequence_learning_rate, config.sequence_warmup_steps
        )
        optimiser_step(self._optimiser, self._parameters, rate, config.max_gradient_norm)
        return float(loss.detach())

    def _draw_batch(self, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Features (b, l, 2, d) and stages (b, l)."""
        length = self._network.config.sequence_length
        features, stages = [], []
        nights = rng.choice(
            len(self._features), self._config.sequence_batch_size, p=self._draw_probabilities
        )
        for night in nights:
            start = int(rng.integers(len(self._stages[night]) - length + 1))
            features.append(self._features[night][start : start + length])
            stages.append(self._stages[night][start : start + length])
        return torch.stack(features), torch.stack(stages)

    def validate(self, n_steps_done: int) -> dict[str, float] | None:
        """Agreement with the validation nights, and their mean cross-entropy."""
        if n_steps_done % self._config.validate_every and n_steps_done < self.n_steps:
            return None
        log_probabilities = self.validation_log_probabilities()
        reference = np.concatenate(self._validation_stages)
        agreement = Agreement.from_confusion(
            confusion_matrix(reference, log_probabilities.argmax(dim=-1).numpy())
        )
        if agreement.kappa > self._best_kappa:
            self._best_kappa = agreement.kappa
            self._best = copy.deepcopy(self._model.state_dict())
        return {
            "accuracy": round(agreement.accuracy, 4),
            "macro_f1": round(agreement.macro_f1, 4),
            "kappa": round(agreement.kappa, 4),
            "cross_entropy": round(
                float(F.nll_loss(log_probabilities, torch.tensor(reference, dtype=torch.long))), 4
            ),
        }

    def validation_log_probabilities(self) -> Tensor:
        """Mean log-probabilities of the validation nights' pseudo-epochs, (n, 5)."""
        self._model.eval()
        return torch.cat(
            [fuse_sequences(self._network, features) for features in self._validation_features]
        )

    def keep_best(self) -> None:
        """Return to the parameters of the best validation."""
        self._model.load_state_dict(self._best)

    def state(self) -> dict[str, Any]:
        """State of the optimiser and the best parameters so far."""
        return {
            "optimiser": self._optimiser.state_dict(),
            "best": self._best,
            "best_kappa": self._best_kappa,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state."""
        self._optimiser.load_state_dict(state["optimiser"])
        self._best = state["best"]
        self._best_kappa = state["best_kappa"]
