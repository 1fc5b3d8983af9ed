"""Agreement between two scorings of the same epochs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.stages import SCORED_STAGES

_N_STAGES = len(SCORED_STAGES)


def confusion_matrix(
    reference: npt.NDArray[np.integer[Any]], other: npt.NDArray[np.integer[Any]]
) -> npt.NDArray[np.int64]:
    """Count the epochs of each pair of stages.

    Parameters
    ----------
    reference, other
        Stage codes of the same epochs, shape (n_epochs,): 0-4 in class order W, N1, N2, N3, R,
        or -1 for unscored. An epoch unscored in either is left out.

    Returns
    -------
    ndarray of int64
        Shape (5, 5): row = stage in `reference`, column = stage in `other`.

    Raises
    ------
    ValueError
        If the shapes differ or a code is none of -1 … 4.
    """
    reference, other = np.asarray(reference), np.asarray(other)
    if reference.shape != other.shape or reference.ndim != 1:
        raise ValueError(f"can't compare scorings of shapes {reference.shape} and {other.shape}")
    for codes in (reference, other):
        if codes.size and (codes.min() < -1 or codes.max() >= _N_STAGES):
            raise ValueError(f"stage codes must be -1 to {_N_STAGES - 1}")
    scored = (reference >= 0) & (other >= 0)
    pairs = reference[scored].astype(np.int64) * _N_STAGES + other[scored]
    return np.bincount(pairs, minlength=_N_STAGES**2).reshape(_N_STAGES, _N_STAGES)


def cohens_kappa(confusion: npt.NDArray[np.int64]) -> float:
    """Cohen's κ, -1 to 1: agreement beyond that expected by chance (Cohen, 1960).

    Parameters
    ----------
    confusion
        Counts of each pair of answers, shape (k, k) for k answers.

    Returns
    -------
    float
        NaN where it is not defined: of nothing, or where both give one and the same answer always.
    """
    n = int(confusion.sum())
    # In whole numbers (of pairs squared), so that "chance agrees everywhere" is exact.
    by_chance = int(confusion.sum(axis=1) @ confusion.sum(axis=0))
    return _ratio(n * int(np.trace(confusion)) - by_chance, n * n - by_chance)


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far one scoring agrees with another.

    A figure that is not defined is NaN: all of them without epochs, κ when both scorings
    consist of one and the same stage, F1 of a stage that occurs in neither scoring.

    Attributes
    ----------
    confusion
        Counts of epochs, shape (5, 5): row = stage in the reference, column = in the other.
    """

    confusion: npt.NDArray[np.int64]

    @classmethod
    def from_confusion(cls, confusion: npt.NDArray[np.integer[Any]]) -> Agreement:
        """Agreement of counted pairs; add up matrices to pool recordings.

        Raises
        ------
        ValueError
            If the shape is not (5, 5) or a count is negative.
        """
        counts = np.array(confusion, dtype=np.int64)
        if counts.shape != (_N_STAGES, _N_STAGES) or (counts < 0).any():
            raise ValueError(f"not a confusion matrix of {_N_STAGES} stages: {confusion!r}")
        counts.flags.writeable = False
        return cls(counts)

    @property
    def n_epochs(self) -> int:
        """Epochs scored in both scorings."""
        return int(self.confusion.sum())

    @property
    def accuracy(self) -> float:
        """Share of epochs with the same stage, 0 to 1."""
        return _ratio(int(np.trace(self.confusion)), self.n_epochs)

    @property
    def kappa(self) -> float:
        """Cohen's κ, -1 to 1."""
        return cohens_kappa(self.confusion)

    @property
    def f1_per_stage(self) -> npt.NDArray[np.float64]:
        """F1 = 2 TP / (2 TP + FP + FN) of each stage in class order, shape (5,), 0 to 1.

        It is the same whichever scoring is the reference.
        """
        occurrences = self.confusion.sum(axis=0) + self.confusion.sum(axis=1)
        f1 = np.full(_N_STAGES, np.nan)
        np.divide(2 * np.diagonal(self.confusion), occurrences, out=f1, where=occurrences > 0)
        return f1

    @property
    def macro_f1(self) -> float:
        """Unweighted mean F1 of the stages that occur in at least one of the scorings."""
        f1 = self.f1_per_stage
        occurring = f1[~np.isnan(f1)]
        return _ratio(float(occurring.sum()), occurring.size)


def _ratio(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else float("nan")
