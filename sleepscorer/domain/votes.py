"""What several derivations say of one night, and which of them were not listened to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.stages import SCORED_STAGES

_Float32 = npt.NDArray[np.float32]

_STAGES_OF, _SIGNAL_OF = "stages of {}", "signal of {}"
"""Tasks of the predictions that a vote is kept as."""

_STAGE_NAMES = tuple(stage.label for stage in SCORED_STAGES)


class SignalFault(IntEnum):
    """Why a derivation can't be relied on in an epoch."""

    NONE = 0
    MISSING = 1
    FLAT = 2
    CLIPPED = 3
    OUT_OF_RANGE = 4
    NOISE = 5
    MAINS = 6
    NOT_FIT = 7

    @property
    def words(self) -> str:
        """As it is named in sentences; empty where there is none."""
        return _WORDS[self]

    @property
    def id(self) -> str:
        """Word in files."""
        return self.name.lower()


_WORDS = {
    SignalFault.NONE: "",
    SignalFault.MISSING: Phrase("no data"),
    SignalFault.FLAT: Phrase("flat signal"),
    SignalFault.CLIPPED: Phrase("clipped signal"),
    SignalFault.OUT_OF_RANGE: Phrase("amplitude that no EEG has"),
    SignalFault.NOISE: Phrase("broadband noise"),
    SignalFault.MAINS: Phrase("mains interference"),
    SignalFault.NOT_FIT: Phrase("a signal that does not look like whole EEG"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Vote:
    """What the network reads from one derivation, and how far that counts.

    Attributes
    ----------
    derivation
        Its name, e.g. ``"C4-M1"``.
    probabilities
        Of the stages, shape (n_epochs, 5), float32; NaN where it was not staged.
    weights
        Share that it has in the result, shape (n_epochs,), float32: 0 where it is left out, 1 where
        nothing is wrong with it.
    faults
        The `SignalFault` of each epoch, shape (n_epochs,), int8: why it is left out.

    Raises
    ------
    ValueError
        The shapes do not fit.
    """

    derivation: str
    probabilities: _Float32
    weights: _Float32
    faults: npt.NDArray[np.int8]

    def __post_init__(self) -> None:
        n_epochs = len(self.probabilities)
        if self.weights.shape != (n_epochs,) or self.faults.shape != (n_epochs,):
            raise ValueError(
                f"{n_epochs} epochs with weights of shape {self.weights.shape} and faults of shape "
                f"{self.faults.shape}"
            )
        for values in (self.probabilities, self.weights, self.faults):
            values.flags.writeable = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing was ever wrong with it but that data are missing."""
        return not (self.faults > SignalFault.MISSING).any()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A while in which a derivation did not count.

    Attributes
    ----------
    derivation
        Its name.
    start_epoch, stop_epoch
        Half-open range of epochs.
    fault
        The commonest reason.
    """

    derivation: str
    start_epoch: int
    stop_epoch: int
    fault: SignalFault


def left_out(votes: Sequence[Vote], *, least_epochs: int = 1) -> tuple[LeftOut, ...]:
    """List when derivations did not count, in order of time.

    Parameters
    ----------
    votes
        One for each derivation.
    least_epochs
        Shorter whiles are not listed.
    """
    found = []
    for vote in votes:
        for start, stop in runs_of(vote.faults != SignalFault.NONE):
            if stop - start >= least_epochs:
                commonest = np.bincount(vote.faults[start:stop]).argmax()
                found.append(LeftOut(vote.derivation, start, stop, SignalFault(int(commonest))))
    return tuple(sorted(found, key=lambda one: (one.start_epoch, one.derivation)))


def runs_of(mask: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open ranges in which a mask is true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False]))))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def fused(rows: Sequence[_Float32], weights: Sequence[_Float32]) -> _Float32:
    """Mean of log-probabilities, weighted epoch by epoch.

    The mean, not the sum: three derivations of one head say much the same, and their sum would be
    three times too sure. A single one comes out as it went in.

    Parameters
    ----------
    rows
        Probabilities of each voter, shape (n_epochs, n_classes); NaN where it has none.
    weights
        Weights of each, shape (n_epochs,).

    Returns
    -------
    probabilities
        Float32; NaN where nobody has a weight and probabilities.
    """
    counts = [
        np.where(np.isnan(row[:, 0]), 0.0, weight)
        for row, weight in zip(rows, weights, strict=True)
    ]
    total = np.sum(counts, axis=0)
    logarithms = np.zeros(rows[0].shape)
    least = np.finfo(np.float32).tiny  # a certain voter does not silence all others
    for row, count in zip(rows, counts, strict=True):
        counting = count > 0
        logarithms[counting] += count[counting, None] * np.log(
            np.maximum(row[counting].astype(np.float64), least)
        )
    result = np.full(rows[0].shape, np.nan, np.float32)
    there = total > 0
    mean = logarithms[there] / total[there, None]
    raised = np.exp(mean - mean.max(axis=1, keepdims=True))
    result[there] = raised / raised.sum(axis=1, keepdims=True)
    # Nothing is computed where nothing is to be fused: what one voter says stays to the last bit.
    n_counting = np.sum([count > 0 for count in counts], axis=0)
    for row, count in zip(rows, counts, strict=True):
        alone = (count > 0) & (n_counting == 1)
        result[alone] = row[alone]
    return result


def dissent(votes: Sequence[Vote]) -> _Float32:
    """Share of the weight that speaks for another stage than the fused one.

    Returns
    -------
    shares
        Shape (n_epochs,), 0 where all agree; NaN where nobody votes.
    """
    together = fused([vote.probabilities for vote in votes], [vote.weights for vote in votes])
    there = ~np.isnan(together[:, 0])
    winner = np.where(there, np.nan_to_num(together).argmax(axis=1), -1)
    total, against = np.zeros(len(winner)), np.zeros(len(winner))
    for vote in votes:
        staged = ~np.isnan(vote.probabilities[:, 0])
        weight = np.where(staged, vote.weights, 0.0)
        total += weight
        against += weight * (np.nan_to_num(vote.probabilities).argmax(axis=1) != winner)
    shares = np.full(len(winner), np.nan, np.float32)
    shares[there] = against[there] / total[there]
    return shares


def reasons(probabilities: _Float32, votes: Sequence[Vote]) -> npt.NDArray[np.int8]:
    """Say why epochs have no stage of the network.

    Parameters
    ----------
    probabilities
        Of the stages, shape (n_epochs, 5); NaN where the network gives none.
    votes
        What each derivation said; the first one's reason counts, unless it merely has no data.

    Returns
    -------
    reasons
        The `SignalFault` of each epoch, shape (n_epochs,); 0 where it has a stage.
    """
    missing = np.isnan(probabilities[:, 0])
    found = np.where(missing, np.int8(SignalFault.MISSING), np.int8(SignalFault.NONE))
    for vote in reversed(votes):
        told = missing & (vote.faults > SignalFault.MISSING)
        found[told] = vote.faults[told]
    return found


def predictions_of(votes: Sequence[Vote], model: str, sha256: str) -> tuple[Prediction, ...]:
    """See votes as predictions of a version, to be kept with a scoring.

    What the signal is worth is a distribution, too: the weight is the probability that nothing is
    wrong with it, the rest that of the fault; without a fault the rest is that of noise, which is
    all that lowers a weight.
    """
    kept = []
    for vote in votes:
        worth = np.zeros((len(vote.weights), len(SignalFault)), np.float32)
        rows = np.arange(len(worth))
        worth[rows, np.where(vote.faults == SignalFault.NONE, SignalFault.NOISE, vote.faults)] = (
            1 - vote.weights
        )
        worth[rows, SignalFault.NONE] += vote.weights
        faults = tuple(fault.id for fault in SignalFault)
        kept += [
            Prediction(
                _STAGES_OF.format(vote.derivation),
                _STAGE_NAMES,
                vote.probabilities,
                model,
                sha256,
                vote.derivation,
            ),
            Prediction(
                _SIGNAL_OF.format(vote.derivation), faults, worth, model, sha256, vote.derivation
            ),
        ]
    return tuple(kept)


def is_of_vote(prediction: Prediction, model: str, sha256: str) -> bool:
    """Whether a prediction is part of a vote of a version."""
    tasks = (text.format(prediction.derivation) for text in (_STAGES_OF, _SIGNAL_OF))
    return (prediction.model, prediction.sha256) == (model, sha256) and prediction.task in tasks


def votes_of(predictions: Sequence[Prediction], model: str, sha256: str) -> tuple[Vote, ...]:
    """Take the votes of a version out of what was kept with a scoring, in the order of voters.

    Those of which a part is missing, or that name a fault that is not known here, are left out.
    """
    parts = {one.task: one for one in predictions if is_of_vote(one, model, sha256)}
    known = {fault.id: fault for fault in SignalFault}
    votes = []
    for stages in parts.values():
        worth = parts.get(_SIGNAL_OF.format(stages.derivation))
        if stages.task != _STAGES_OF.format(stages.derivation) or worth is None:
            continue
        if stages.classes != _STAGE_NAMES or not set(worth.classes) <= set(known):
            continue
        faults = np.array([known[name] for name in worth.classes], np.int8)
        told = np.nan_to_num(worth.probabilities)
        weights = told[:, faults == SignalFault.NONE].sum(axis=1)
        named = np.where(weights > 0, SignalFault.NONE, faults[told.argmax(axis=1)])
        there = ~np.isnan(worth.probabilities[:, 0])
        votes.append(
            Vote(
                stages.derivation,
                stages.probabilities,
                weights,
                np.where(there, named, SignalFault.MISSING).astype(np.int8),
            )
        )
    return tuple(votes)
