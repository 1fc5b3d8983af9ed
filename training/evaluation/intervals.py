"""How far a figure may be off because few subjects were measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.agreement import Agreement

_N_RESAMPLES = 2000
_N_RESAMPLES_OF_CURVES = 500
"""Fewer where each costs a sorting of all epochs."""

_SEED = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of 95 % of the resamples."""

    low: float
    high: float


def intervals_by_subject(
    confusions: Mapping[str, npt.NDArray[np.integer[Any]]],
) -> dict[str, Interval] | None:
    """Intervals of pooled figures from resampling whole subjects with replacement.

    Epochs of one subject are alike, so epochs may not be resampled (Efron and Tibshirani, 1993).

    Parameters
    ----------
    confusions
        Confusion matrix (5, 5) of each subject.

    Returns
    -------
    dict
        Intervals of ``accuracy``, ``macro_f1`` and ``kappa``; None for fewer than two subjects,
        about whose spread nothing is known.
    """
    if len(confusions) < 2:
        return None
    resampled = _resampled(confusions)
    figures: dict[str, Callable[[Agreement], float]] = {
        "accuracy": lambda agreement: agreement.accuracy,
        "macro_f1": lambda agreement: agreement.macro_f1,
        "kappa": lambda agreement: agreement.kappa,
    }
    return {
        name: _interval([figure(agreement) for agreement in resampled])
        for name, figure in figures.items()
    }


def accuracy_gain_by_subject(
    confusions: Mapping[str, npt.NDArray[np.integer[Any]]],
    reference: Mapping[str, npt.NDArray[np.integer[Any]]],
) -> Interval | None:
    """Interval of the accuracy gained over a reference on the same subjects.

    Both are resampled together: what is hard about a subject is so for both, so that their
    difference is known better than either.

    Parameters
    ----------
    confusions, reference
        Confusion matrix (5, 5) of each subject.

    Returns
    -------
    Interval or None
        0 to 1; None for fewer than two subjects.

    Raises
    ------
    ValueError
        If the subjects are not the same.
    """
    if confusions.keys() != reference.keys():
        raise ValueError("a gain needs the same subjects on both sides")
    if len(confusions) < 2:
        return None
    pairs = zip(_resampled(confusions), _resampled(reference), strict=True)
    return _interval([ours.accuracy - theirs.accuracy for ours, theirs in pairs])


def figure_interval(
    figures: Callable[[npt.NDArray[np.intp]], object], n_subjects: int, names: Sequence[str]
) -> dict[str, Interval]:
    """Intervals of figures of any kind from resampling whole subjects with replacement.

    Parameters
    ----------
    figures
        Called with the numbers of the subjects of a resample, shape (n_subjects,); gives something
        with the named figures as attributes.
    n_subjects
        How many there are.
    names
        Of the figures.
    """
    rng = np.random.default_rng(_SEED)
    drawn = rng.integers(n_subjects, size=(_N_RESAMPLES_OF_CURVES, n_subjects))
    measured = [figures(rows) for rows in drawn]
    return {name: _interval([getattr(one, name) for one in measured]) for name in names}


def _resampled(confusions: Mapping[str, npt.NDArray[np.integer[Any]]]) -> list[Agreement]:
    """Agreement with each resample of the subjects; the same ones for the same subjects."""
    stacked = np.stack([confusions[subject] for subject in sorted(confusions)])
    rng = np.random.default_rng(_SEED)
    drawn = rng.integers(len(stacked), size=(_N_RESAMPLES, len(stacked)))
    return [Agreement.from_confusion(stacked[rows].sum(axis=0)) for rows in drawn]


def _interval(figures: list[float]) -> Interval:
    return Interval(*np.nanpercentile(figures, (2.5, 97.5)).tolist())
