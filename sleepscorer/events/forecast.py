"""Which suggested events matter most, and where the index will end once all are decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_decisions import Pair
from sleepscorer.domain.events import (
    APNEAS_AND_HYPOPNEAS,
    LIMB_EVENTS,
    EventGroup,
    ScoredEvent,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.events.limbs import FEWEST_OF_SERIES, LONGEST_PERIOD_S, limb_movements
from sleepscorer.events.limbs import SHORTEST_S as SHORTEST_MOVEMENT_S
from sleepscorer.events.links import NOTHING_DECIDED, Links, links_of
from sleepscorer.events.oximetry import Saturation, with_saturations
from sleepscorer.events.respiration import SHORTEST_S
from sleepscorer.events.rules import Rule

AHI_LIMITS = (5.0, 15.0, 30.0)
"""Apneas and hypopneas an hour from which they are called mild, moderate and severe: the usual
classes in adults (AASM Task Force 1999, Sleep 22:667), cited from memory."""

PLMS_LIMITS = (15.0,)
"""Periodic limb movements an hour that the third edition of the International Classification of
Sleep Disorders asks for in adults, cited from memory."""

_INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where an index will be when every suggestion is decided.

    Attributes
    ----------
    expected, low, high
        Events per hour: the mean, and the ends of the interval that holds it with 90 %.
    n_open
        Suggestions that it depends on.
    n_to_certain
        After about so many decisions the class can't change any more, whatever the others are.
    """

    expected: float
    low: float
    high: float
    n_open: int
    n_to_certain: int


def forecast(
    n_counted: int,
    n_open: int,
    *,
    n_confirmed: int,
    n_rejected: int,
    hours: float,
    limits: Sequence[float] = AHI_LIMITS,
) -> Forecast:
    """Say where an index will end.

    Each open suggestion is taken to be confirmed as often as those that were decided, which are
    few: with an even prior the number that will be confirmed is beta-binomial with
    ``n_confirmed + 1`` and ``n_rejected + 1``, and the interval goes from its 5th to its 95th
    percentile. That suggestions are alike is an assumption; they are looked at in an order in which
    the doubtful come first, which makes the interval lie too low rather than too high.

    Parameters
    ----------
    n_counted
        Events that people marked or confirmed and that count.
    n_open
        Suggestions that would count.
    n_confirmed, n_rejected
        What became of those that were decided.
    hours
        Of sleep, more than 0.
    limits
        From where each class begins.
    """
    a, b = n_confirmed + 1, n_rejected + 1
    low, high = scipy.stats.betabinom(n_open, a, b).ppf(_INTERVAL) if n_open else (0, 0)
    share = a / (a + b)
    n_to_certain = next(
        n
        for n in range(n_open + 1)
        if _class((n_counted + share * n) / hours, limits)
        == _class((n_counted + n_open - (1 - share) * n) / hours, limits)
    )
    return Forecast(
        (n_counted + share * n_open) / hours,
        (n_counted + float(low)) / hours,
        (n_counted + float(high)) / hours,
        n_open,
        n_to_certain,
    )


def _class(index: float, limits: Sequence[float]) -> int:
    return sum(index >= limit - 1e-9 for limit in limits)


class Suggestions:
    """The suggested events of a night that nobody has decided on, by what they change.

    Parameters
    ----------
    events
        All events of the night.
    stages
        Stage of each epoch between lights off and on, unscored outside.
    rule
        What hypopneas need to count.
    decided
        What people said of two events, see `EventDecisions.pairs`.
    saturation
        What fills nadir and baseline of events that people marked, as in the report; None where it
        is not known.
    """

    def __init__(
        self,
        events: Sequence[ScoredEvent],
        stages: Sequence[Stage],
        rule: Rule,
        decided: Mapping[Pair, bool] = NOTHING_DECIDED,
        saturation: Saturation | None = None,
    ) -> None:
        if saturation is not None:
            filled = with_saturations(events, saturation)
            events = [
                one if one.is_proposed else other for one, other in zip(events, filled, strict=True)
            ]
        self._rule = rule
        self._said = decided
        self._asleep = np.repeat(np.asarray(stages, np.int8) > Stage.W, round(EPOCH_S))
        self.hours = float(np.count_nonzero(self._asleep)) / 3600
        self._links = links_of(events, decided)
        self._events = events
        self._open = [one for one in events if one.is_proposed]
        self._decided = [one for one in events if not one.is_proposed]
        self._losses = _losses(events, decided)

    def ahi(self, *, n_confirmed: int, n_rejected: int) -> Forecast | None:
        """Forecast the AHI by the rule; None without sleep.

        Parameters
        ----------
        n_confirmed, n_rejected
            Apneas and hypopneas that were suggested and decided on.
        """
        if not self.hours:
            return None
        return forecast(
            sum(map(self._counts, self._decided)),
            sum(map(self._counts, self._open)),
            n_confirmed=n_confirmed,
            n_rejected=n_rejected,
            hours=self.hours,
        )

    @property
    def periodic_per_hour(self) -> float | None:
        """Periodic limb movements in sleep, of what people decided, an hour; None without sleep."""
        return self._n_periodic(self._decided) / self.hours if self.hours else None

    def in_order(self) -> tuple[ScoredEvent, ...]:
        """Those first whose decision can change a class, then what changes its index most.

        Breathing comes before limbs: the two are looked at on pages of different lengths. An apnea
        or hypopnea changes the AHI by one an hour of sleep, a limb movement that of periodic ones
        by all that are periodic only with it. Of the same effect the more doubtful comes first: the
        one that passed its rule by less.
        """
        settled = self._settled()

        def key(event: ScoredEvent) -> tuple[bool, bool, float, float, float]:
            is_limb = event.kind.group in LIMB_EVENTS
            effect = self._losses.get(event, 0) / PLMS_LIMITS[0] if is_limb else 0.0
            if self._counts(event):
                effect = 1 / AHI_LIMITS[0]
            is_settled = not effect or settled[EventGroup.PLM if is_limb else EventGroup.APNEA]
            return is_settled, is_limb, -effect, self._margin(event), event.onset_s

        return tuple(sorted(self._open, key=key))

    def _settled(self) -> dict[EventGroup, bool]:
        """Whether no decision can change the class any more, of breathing and of limbs."""
        if not self.hours:
            return {EventGroup.APNEA: True, EventGroup.PLM: True}
        breathing = [sum(map(self._counts, some)) for some in (self._decided, self._events)]
        periodic = [self._n_periodic(some) for some in (self._decided, self._events)]
        return {
            group: len({_class(n / self.hours, limits) for n in counts}) == 1
            for group, counts, limits in (
                (EventGroup.APNEA, breathing, AHI_LIMITS),
                (EventGroup.PLM, periodic, PLMS_LIMITS),
            )
        }

    def _n_periodic(self, events: Sequence[ScoredEvent]) -> int:
        movements = limb_movements(events, self._said).periodic
        return sum(self._is_asleep(one.onset_s) for one in movements)

    def _counts(self, event: ScoredEvent) -> bool:
        """Whether an event is one of the AHI, or would be once it is confirmed."""
        return (
            event.kind.group in APNEAS_AND_HYPOPNEAS
            and (self._is_asleep(event.onset_s) or self._is_asleep(event.stop_s - 1e-6))
            and self._rule.admits(event, self._links.get(event, Links())) is True
        )

    def _margin(self, event: ScoredEvent) -> float:
        """By which part of what is asked an event passes it, the least of all that is asked."""
        if event.kind.group in LIMB_EVENTS:
            return event.duration_s / SHORTEST_MOVEMENT_S - 1
        margins = [event.duration_s / SHORTEST_S - 1]
        if event.spo2_baseline is not None and event.spo2_nadir is not None:
            margins.append((event.spo2_baseline - event.spo2_nadir) / self._rule.fall - 1)
        return min(margins)

    def _is_asleep(self, time_s: float) -> bool:
        return 0 <= time_s < self._asleep.size and bool(self._asleep[int(time_s)])


def _losses(events: Sequence[ScoredEvent], decided: Mapping[Pair, bool]) -> dict[ScoredEvent, int]:
    """How many movements are periodic only with each movement of a series, itself included."""
    losses: dict[ScoredEvent, int] = {}
    for series in limb_movements(events, decided).series:
        n = len(series)
        for place, event in enumerate(series):
            parts = [place, n - place - 1]
            if (
                0 < place < n - 1
                and series[place + 1].onset_s - series[place - 1].onset_s <= LONGEST_PERIOD_S
            ):
                parts = [n - 1]
            losses[event] = n - sum(part for part in parts if part >= FEWEST_OF_SERIES)
    return losses
