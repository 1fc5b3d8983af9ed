"""Agreement of two scorings on events: which are the same, how much of the time, which indices."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.agreement import cohens_kappa
from sleepscorer.domain.epochs import EPOCH_S, epoch_at
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import (
    APNEAS_AND_HYPOPNEAS,
    LIMB_EVENTS,
    EventGroup,
    EventKind,
    ScoredEvent,
)
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import counted_events, sleep_statistics

TOLERANCE_S = 1.0
"""By how much the ends of two events may miss each other: an own choice, about what a person's hand
and eye allow on a page of 30 s."""


def _of(*groups: EventGroup) -> tuple[EventKind, ...]:
    return tuple(kind for kind in EventKind if kind.group in groups)


COMPARED: tuple[tuple[Phrase, tuple[EventKind, ...]], ...] = (
    (Phrase("Apneas and hypopneas"), _of(*APNEAS_AND_HYPOPNEAS)),
    (Phrase("Obstructive apneas"), (EventKind.OBSTRUCTIVE_APNEA,)),
    (Phrase("Central apneas"), (EventKind.CENTRAL_APNEA,)),
    (Phrase("Mixed apneas"), (EventKind.MIXED_APNEA,)),
    (Phrase("Hypopneas"), _of(EventGroup.HYPOPNEA)),
    (Phrase("RERAs"), _of(EventGroup.RERA)),
    (Phrase("Desaturations"), _of(EventGroup.DESATURATION)),
    (Phrase("Arousals"), _of(EventGroup.AROUSAL)),
    (Phrase("Limb movements"), _of(*LIMB_EVENTS)),
)
"""What is compared, and the kinds that count as the same in it."""

_KINDS = frozenset(kind for _name, kinds in COMPARED for kind in kinds)


@dataclass(frozen=True, slots=True)
class EventAgreement:
    """How far two scorings agree on some kinds of events.

    Attributes
    ----------
    name
        What they are called together.
    n_first, n_second, n_both
        How many each marked where they are compared, and how many of them are the same.
    kappa
        Cohen's κ of the seconds that are compared: in such an event or not; None where that is not
        defined.
    index_first, index_second
        Those that count per hour of sleep there, each by its own stages; None without sleep.
    """

    name: Phrase
    n_first: int
    n_second: int
    n_both: int
    kappa: float | None
    index_first: float | None
    index_second: float | None

    @property
    def f1(self) -> float:
        """2 × both / (first + second), 0 to 1: the same whoever is the first."""
        return 2 * self.n_both / (self.n_first + self.n_second)


@dataclass(frozen=True, slots=True)
class ComparedEvents:
    """How far two scorings agree on events.

    Attributes
    ----------
    kinds
        Agreement on what at least one of them marked.
    n_left_out
        How many of the first's and of the second's events begin where they are not compared.
    """

    kinds: tuple[EventAgreement, ...] = ()
    n_left_out: tuple[int, int] = (0, 0)


def event_agreement(
    first: Scoring, second: Scoring, duration_s: float, *, tolerance_s: float = TOLERANCE_S
) -> ComparedEvents:
    """Compare the events of two scorings of a night.

    Where both gave stages, they are compared on events that begin in an epoch to which both gave
    one: of a night that is half scored nobody knows the events of the other half. Whoever scores
    events alone is compared over the whole night.

    Parameters
    ----------
    first, second
        The scorings; what a program proposes and nobody decided on is no event of theirs.
    duration_s
        Length of the recording in seconds.
    tolerance_s
        By how many seconds the overlap may be shorter than half of the shorter event.

    Raises
    ------
    ValueError
        They have different numbers of epochs.
    """
    is_compared = _compared_epochs(first, second)
    both = tuple(_Side(one, is_compared, duration_s) for one in (first, second))
    found = []
    for name, kinds in COMPARED:
        events = [side.of(kinds) for side in both]
        if not any(events):
            continue
        marked = [side.seconds(kinds) for side in both]
        found.append(
            EventAgreement(
                name,
                len(events[0]),
                len(events[1]),
                len(same_events(*events, tolerance_s=tolerance_s)),
                _kappa(*marked),
                *(side.index(kinds) for side in both),
            )
        )
    return ComparedEvents(tuple(found), (both[0].n_left_out, both[1].n_left_out))


def _compared_epochs(first: Scoring, second: Scoring) -> npt.NDArray[np.bool_]:
    """In which epochs events are compared, shape (n_epochs,)."""
    if len(first) != len(second):
        raise ValueError(f"a scoring of {len(second)} epochs for {len(first)} epochs")
    staged = [
        np.array([stage is not Stage.UNSCORED for stage in one.stages], np.bool_)
        for one in (first, second)
    ]
    if all(one.any() for one in staged):
        return np.asarray(staged[0] & staged[1])
    return np.ones(len(first), np.bool_)


def same_events(
    first: Sequence[ScoredEvent], second: Sequence[ScoredEvent], *, tolerance_s: float = TOLERANCE_S
) -> list[tuple[ScoredEvent, ScoredEvent]]:
    """Pair events that are the same, each with one other at most, the largest overlap first.

    Two are the same where their overlap and the tolerance are together more than half of the
    shorter one.
    """
    there = EventIndex.of(second)
    pairs = []
    for one in first:
        for other in there.between(one.onset_s - tolerance_s, one.stop_s + tolerance_s):
            overlap_s = min(one.stop_s, other.stop_s) - max(one.onset_s, other.onset_s)
            if overlap_s + tolerance_s > min(one.duration_s, other.duration_s) / 2:
                pairs.append((overlap_s, one, other))
    pairs.sort(key=lambda pair: (-pair[0], pair[1].onset_s + pair[2].onset_s))
    taken: tuple[set[ScoredEvent], set[ScoredEvent]] = set(), set()
    same = []
    for _, one, other in pairs:
        if one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            same.append((one, other))
    return same


class _Side:
    """What one of the two scored where they are compared.

    Attributes
    ----------
    n_left_out
        How many of its events begin elsewhere.
    """

    def __init__(
        self, scoring: Scoring, is_compared: npt.NDArray[np.bool_], duration_s: float
    ) -> None:
        self._is_compared, self._duration_s = is_compared, duration_s
        self._marked = [one for one in scoring.events if one.kind in _KINDS and not one.is_proposed]
        self._events = [one for one in self._marked if self._is_there(one)]
        self.n_left_out = len(self._marked) - len(self._events)
        counted = (one.event for one in counted_events(scoring, duration_s))
        self._counted = [one for one in counted if self._is_there(one)]
        scores = [
            score if there else EpochScore()
            for score, there in zip(scoring.scores, is_compared, strict=True)
        ]
        there = Scoring(len(scoring), scores=scores, lights=scoring.lights)
        self._tst_min = sleep_statistics(there, duration_s)["tst"].value

    def of(self, kinds: Iterable[EventKind]) -> list[ScoredEvent]:
        return [one for one in self._events if one.kind in kinds]

    def index(self, kinds: Iterable[EventKind]) -> float | None:
        count = sum(one.kind in kinds for one in self._counted)
        return count / (self._tst_min / 60) if self._tst_min else None

    def seconds(self, kinds: Iterable[EventKind]) -> npt.NDArray[np.bool_]:
        """Whether each second that is compared is in such an event, by its middle."""
        marked = np.zeros(int(self._duration_s), np.bool_)
        for one in self._marked:
            if one.kind in kinds:
                marked[max(round(one.onset_s), 0) : max(round(one.stop_s), 0)] = True
        n_epochs = len(self._is_compared)
        if not n_epochs:
            return marked
        epochs = np.minimum(np.arange(marked.size) // int(EPOCH_S), n_epochs - 1)
        return np.asarray(marked[self._is_compared[epochs]])

    def _is_there(self, event: ScoredEvent) -> bool:
        n_epochs = len(self._is_compared)
        return not n_epochs or bool(self._is_compared[epoch_at(event.onset_s, n_epochs)])


def _kappa(first: npt.NDArray[np.bool_], second: npt.NDArray[np.bool_]) -> float | None:
    pairs = np.bincount(2 * first.astype(np.int64) + second, minlength=4)
    kappa = cohens_kappa(pairs.reshape(2, 2))
    return None if math.isnan(kappa) else kappa
