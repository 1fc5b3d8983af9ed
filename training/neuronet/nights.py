"""Epochs of nights as NeuroNet sees them: scaled, each night by its own interquartile range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from model.shared.filters import robust_scale
from training.data.config import EpochKind, EpochsConfig
from training.data.nights import Night
from training.data.training_epochs import TrainingEpochs, draw_epochs, validation_epochs
from training.engine.randomness import Purpose

FloatEpochs = npt.NDArray[np.float32]


class EpochSource(Protocol):
    """Epochs of one kind of channel, numbered through all nights."""

    def __len__(self) -> int:
        """How many there are."""

    def start_pass(self, train_pass: int) -> None:
        """Make ready what is drawn anew for every pass."""

    def read_rows(self, rows: npt.NDArray[np.intp]) -> FloatEpochs:
        """Epochs by their numbers, shape (n_rows, n_times)."""


class ScaledNights:
    """Nights of one derivation in µV, with the scale of each.

    The scale of a night is that of its epochs as they are validated on: a recording has one,
    whatever its epochs are composed of.
    """

    def __init__(self, nights: Sequence[Night], config: EpochsConfig) -> None:
        self.nights = tuple(nights)
        self._config = config
        self._scales = [_scale_of(night, config) for night in nights]

    def drawn(self, index: int, kind: EpochKind, rng: np.random.Generator) -> FloatEpochs:
        """Draw a version of a night, (n, n_times); a whole night is as it is."""
        night = self.nights[index]
        epochs = draw_epochs(night, kind, rng, self._config) if night.is_partial else None
        return self._scaled(index, night.samples_uv[:] if epochs is None else epochs)

    def validated(self, index: int) -> FloatEpochs:
        """Epochs (n, n_times) of a night that are validated on."""
        return self._scaled(index, validation_epochs(self.nights[index], self._config))

    def source(self, kind: EpochKind, seed: int) -> EpochSource:
        """Epochs of all nights, of partial ones of a kind."""
        return _NightEpochs(self.nights, self._scales, self._config, kind, seed)

    def _scaled(self, index: int, epochs: FloatEpochs) -> FloatEpochs:
        middle, spread = self._scales[index]
        return (epochs - middle) / spread


class _NightEpochs:
    """Scaled epochs by their number among those of all nights."""

    def __init__(
        self,
        nights: Sequence[Night],
        scales: Sequence[tuple[np.float32, np.float32]],
        config: EpochsConfig,
        kind: EpochKind,
        seed: int,
    ) -> None:
        self._epochs = TrainingEpochs(nights, config, seed, Purpose.UNIMODAL_STAGE_NIGHT, kind=kind)
        n_epochs = [len(night.stages) for night in nights]
        self._middle = np.repeat([middle for middle, _ in scales], n_epochs)
        self._spread = np.repeat([spread for _, spread in scales], n_epochs)

    def __len__(self) -> int:
        return len(self._epochs)

    def start_pass(self, train_pass: int) -> None:
        self._epochs.start_pass(train_pass)

    def read_rows(self, rows: npt.NDArray[np.intp]) -> FloatEpochs:
        epochs = self._epochs.read_rows(rows)
        scaled: FloatEpochs = (epochs - self._middle[rows, None]) / self._spread[rows, None]
        return scaled


def _scale_of(night: Night, config: EpochsConfig) -> tuple[np.float32, np.float32]:
    middle, spread = robust_scale(validation_epochs(night, config))
    if not spread > 0:
        raise ValueError(f"{night.name} has no signal: leave it out")
    return middle, spread
