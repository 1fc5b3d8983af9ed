"""What the network believes about each epoch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import SCORED_STAGES, Stage


@dataclass(frozen=True, slots=True, eq=False)
class Hypnodensity:
    """Stage probabilities of every epoch and where they come from.

    Attributes
    ----------
    probabilities
        Shape (n_epochs, 5), float32, columns in class order W, N1, N2, N3, R. A row sums to 1;
        a row of NaN is an epoch that the network could not stage (a gap in the recording).
    model
        Name and version of the network's weights, e.g. ``"MC²SleepNet 1"``.
    weights_sha256
        Hash of the weights file, hexadecimal.
    derivation
        The derivation that was staged, e.g. ``"Fpz-Cz"``.

    Raises
    ------
    ValueError
        The probabilities have another shape, or a row is neither NaN nor a distribution.
    """

    probabilities: npt.NDArray[np.float32]
    model: str
    weights_sha256: str
    derivation: str

    def __post_init__(self) -> None:
        shape = self.probabilities.shape
        if len(shape) != 2 or shape[1] != len(SCORED_STAGES):
            raise ValueError(f"probabilities have shape {shape}, not (n_epochs, 5)")
        freeze_distributions(self.probabilities)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Hypnodensity)
            and (self.model, self.weights_sha256, self.derivation)
            == (other.model, other.weights_sha256, other.derivation)
            and np.array_equal(self.probabilities, other.probabilities, equal_nan=True)
        )

    def __len__(self) -> int:
        return int(self.probabilities.shape[0])

    def stage(self, epoch: int) -> Stage:
        """Most probable stage of an epoch; unscored when the network could not stage it."""
        row = self.probabilities[epoch]
        return Stage.UNSCORED if np.isnan(row[0]) else Stage(int(row.argmax()))

    def confidence(self, epoch: int) -> float:
        """Probability of the most probable stage, 0.2 to 1; NaN when there is none."""
        return float(self.probabilities[epoch].max())


def freeze_distributions(probabilities: npt.NDArray[np.float32]) -> None:
    """Make probabilities (n_epochs, n_classes) read-only if each row sums to 1 or is NaN.

    Raises
    ------
    ValueError
        A row is neither.
    """
    missing = np.isnan(probabilities).all(axis=1)
    sums = probabilities.sum(axis=1, dtype=np.float64)
    in_range = (probabilities >= 0) & (probabilities <= 1)
    valid = missing | (in_range.all(axis=1) & (np.abs(sums - 1) < 1e-3))
    if not valid.all():
        raise ValueError(
            Phrase("row {n} is not a probability distribution", n=int(np.argmin(valid)))
        )
    probabilities.flags.writeable = False
