"""How well a task with two answers is done, where one answer is rare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.agreement import cohens_kappa
from training.evaluation.intervals import Interval, figure_interval

FIGURES = ("f1", "kappa", "auroc", "auprc", "prevalence")
"""What is always said together: an accuracy alone would praise a network that never says yes."""

_Bool = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class BinaryFigures:
    """Figures of epochs of which the answer is known; NaN for one that is not defined.

    Attributes
    ----------
    n_epochs
        How many.
    prevalence
        Share with the answer yes: the AUPRC of a guess.
    f1
        2 TP / (2 TP + FP + FN) at a probability of 0.5.
    kappa
        Cohen's κ at a probability of 0.5.
    auroc
        Probability that an epoch with gets more than one without (a tie counts half): Mann and
        Whitney's U over the pairs (Hanley and McNeil, 1982).
    auprc
        Average precision: Σ (Rₖ - Rₖ₋₁) Pₖ over the thresholds, without interpolation (Davis and
        Goadrich, 2006, on why not).
    """

    n_epochs: int
    prevalence: float
    f1: float
    kappa: float
    auroc: float
    auprc: float

    @classmethod
    def of(cls, probabilities: _Floats, answers: npt.NDArray[np.integer[Any]]) -> BinaryFigures:
        """Measure probabilities of yes, shape (n,), by the answers (n,): 0, 1 or -1 for unknown.

        Epochs without a probability (NaN) or an answer have no part in it.

        Raises
        ------
        ValueError
            The shapes differ.
        """
        if probabilities.shape != answers.shape or answers.ndim != 1:
            raise ValueError(f"{probabilities.shape} probabilities for {answers.shape} answers")
        known = (answers >= 0) & ~np.isnan(probabilities)
        scores, positive = probabilities[known].astype(np.float64), answers[known] == 1
        n_yes, n = int(positive.sum()), len(positive)
        said = scores > 0.5
        hits = int((said & positive).sum())
        pairs = np.bincount(2 * positive.astype(np.int64) + said, minlength=4)
        return cls(
            n_epochs=n,
            prevalence=_ratio(n_yes, n),
            f1=_ratio(2 * hits, n_yes + int(said.sum())),
            kappa=cohens_kappa(pairs.reshape(2, 2)),
            auroc=_auroc(scores, positive),
            auprc=_auprc(scores, positive),
        )

    def text(self) -> str:
        """All figures in a line."""
        values = (f"{name} {getattr(self, name):.3f}" for name in FIGURES)
        return f"{', '.join(values)} ({self.n_epochs} epochs)"


def intervals_of_figures(
    nights: Mapping[str, tuple[_Floats, npt.NDArray[np.integer[Any]]]],
) -> dict[str, Interval] | None:
    """Intervals of the pooled figures from resampling whole subjects with replacement.

    Parameters
    ----------
    nights
        Probabilities of yes and answers of each subject, shape (n,) each.

    Returns
    -------
    dict
        By the name of the figure; None for fewer than two subjects, about whose spread nothing is
        known.
    """
    if len(nights) < 2:
        return None
    pairs = [nights[subject] for subject in sorted(nights)]

    def figures(rows: npt.NDArray[np.intp]) -> BinaryFigures:
        drawn = [pairs[row] for row in rows]
        return BinaryFigures.of(
            np.concatenate([probabilities for probabilities, _ in drawn]),
            np.concatenate([answers for _, answers in drawn]),
        )

    return figure_interval(figures, len(pairs), FIGURES)


def _auroc(scores: npt.NDArray[np.float64], positive: _Bool) -> float:
    n_yes = int(positive.sum())
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]  # from 1, the mean of those that tie
    above = float(ranks[positive].sum()) - n_yes * (n_yes + 1) / 2
    return _ratio(above, n_yes * (len(positive) - n_yes))


def _auprc(scores: npt.NDArray[np.float64], positive: _Bool) -> float:
    n_yes = int(positive.sum())
    if not n_yes:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)  # of each threshold
    hits = np.cumsum(positive[order])[ends]
    gained = np.diff(hits, prepend=0) / n_yes
    return float((gained * hits / (ends + 1)).sum())


def _ratio(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else float("nan")
