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


@dataclass(frozen=True, slots=True, eq=False)
class CachedNight:
    """Features of one version of a night.

    Attributes
    ----------
    features
        Output of the frozen epoch model, shape (n, 2, d).
    stages
        Classes, shape (n,), int64.
    """

    features: Tensor
    stages: Tensor


def cache_training_nights(
    network: MC2SleepNet, nights: Sequence[PartialNight], config: TrainingConfig, report: Report
) -> list[CachedNight]:
    """Draw, alter and encode the configured number of versions of each night."""
    network.eval()
    versions = [night for _ in range(config.feature_copies) for night in nights]
    cached = []
    for index, night in enumerate(versions):
        rng = seed_draws(config.seed, Purpose.SEQUENCE_STAGE_NIGHT, index)
        rows = mosaic_rows(
            night.stages, rng, reach_epochs=config.reach_epochs, blind_share=config.blind_share
        )
        epochs = augment_night(torch.from_numpy(compose(night.pieces_uv, rows)), config)
        cached.append(_encode(network, epochs.numpy(), night))
        report({"event": "step", "stage": "features", "step": index + 1, "of": len(versions)})
    return cached


def cache_validation_nights(
    network: MC2SleepNet, nights: Sequence[PartialNight]
) -> list[CachedNight]:
    """Encode the pseudo-epochs of each night."""
    network.eval()
    return [_encode(network, pseudo_epochs(night), night) for night in nights]


def _encode(
    network: MC2SleepNet, epochs: npt.NDArray[np.float32], night: PartialNight
) -> CachedNight:
    stages = torch.tensor(night.stages, dtype=torch.long)
    return CachedNight(epoch_features(network, epochs), stages)


class SequenceStage:
    """Trains the sequence model of a network on cached nights.

    Keeps the parameters that agree best (Cohen's κ) with the scoring of the validation
    nights.
    """

    name = "sequence"

    def __init__(
        self,
        network: MC2SleepNet,
        training: Sequence[CachedNight],
        validation: Sequence[CachedNight],
        config: TrainingConfig,
    ) -> None:
        self._network = network
        self._model = network.sequence_model
        self._training = training
        self._validation = validation
        self._config = config
        every_feature = torch.cat([night.features for night in training])
        self._noise = every_feature.std(dim=0) * config.feature_noise  # (2, d)
        lengths = np.array([len(night.stages) for night in training], dtype=float)
        self._draw_probabilities = lengths / lengths.sum()
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
        chosen = rng.choice(
            len(self._training), self._config.sequence_batch_size, p=self._draw_probabilities
        )
        for index in chosen:
            night = self._training[index]
            start = int(rng.integers(len(night.stages) - length + 1))
            features.append(night.features[start : start + length])
            stages.append(night.stages[start : start + length])
        return torch.stack(features), torch.stack(stages)

    def validate(self, n_steps_done: int) -> dict[str, float] | None:
        """Agreement with the validation nights, and their mean cross-entropy."""
        if n_steps_done % self._config.validate_every and n_steps_done < self.n_steps:
            return None
        log_probabilities, stages = self.validation_scores()
        agreement = Agreement.from_confusion(
            confusion_matrix(stages.numpy(), log_probabilities.argmax(dim=-1).numpy())
        )
        if agreement.kappa > self._best_kappa:
            self._best_kappa = agreement.kappa
            self._best = copy.deepcopy(self._model.state_dict())
        return {
            "accuracy": round(agreement.accuracy, 4),
            "macro_f1": round(agreement.macro_f1, 4),
            "kappa": round(agreement.kappa, 4),
            "cross_entropy": round(float(F.nll_loss(log_probabilities, stages)), 4),
        }

    def validation_scores(self) -> tuple[Tensor, Tensor]:
        """Mean log-probabilities (n, 5) and stages (n,) of all validation nights."""
        self._model.eval()
        log_probabilities = torch.cat(
            [fuse_sequences(self._network, night.features) for night in self._validation]
        )
        return log_probabilities, torch.cat([night.stages for night in self._validation])

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
