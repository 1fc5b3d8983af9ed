"""Which suggested events matter most, and where the index will end once all are decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # which loads its parts at their first use: after the window is on the screen

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_decisions import Pair
from sleepscorer.domain.events import (
    LIMB_EVENTS,
    EventGroup,
    ScoredEvent,
)
from sleepscorer.domain.severity import AHI_LIMITS, class_of
from sleepscorer.domain.stages import Stage
from sleepscorer.events.breathing import Breathing
from sleepscorer.events.limbs import FEWEST_OF_SERIES, LONGEST_PERIOD_S, limb_movements
from sleepscorer.events.limbs import SHORTEST_S as SHORTEST_MOVEMENT_S
from sleepscorer.events.links import NOTHING_DECIDED
from sleepscorer.events.oximetry import Saturation
from sleepscorer.events.respiration import SHORTEST_S
from sleepscorer.events.rules import Rule

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
        How many more would count if all that is suggested were confirmed.
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
    low, high = np.searchsorted(np.cumsum(_chances(n_open, a, b)), _INTERVAL)
    share = a / (a + b)
    n_to_certain = next(
        n
        for n in range(n_open + 1)
        if class_of((n_counted + share * n) / hours, limits)
        == class_of((n_counted + n_open - (1 - share) * n) / hours, limits)
    )
    return Forecast(
        (n_counted + share * n_open) / hours,
        (n_counted + float(low)) / hours,
        (n_counted + float(high)) / hours,
        n_open,
        n_to_certain,
    )


def _chances(n: int, a: int, b: int) -> npt.NDArray[np.float64]:
    """Beta-binomial probabilities of 0 to n, shape (n + 1,).

    That of scipy.stats takes a second to load, and ten times as long.
    """
    k, betaln = np.arange(n + 1), scipy.special.betaln
    ways = -np.log(n + 1) - betaln(n - k + 1, k + 1)
    return np.asarray(np.exp(ways + betaln(k + a, n - k + b) - betaln(a, b)))


class Suggestions:
    """The suggested events of a night that nobody has decided on, by what they change.

    What counts now, and what would if all were confirmed, is what the report would say of the
    night as it is and of one in which they are.

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
        What fills nadir and baseline of events, as in the report; None where there is none.
    """

    def __init__(
        self,
        events: Sequence[ScoredEvent],
        stages: Sequence[Stage],
        rule: Rule,
        decided: Mapping[Pair, bool] = NOTHING_DECIDED,
        saturation: Saturation | None = None,
    ) -> None:
        self._rule = rule
        self._said = decided
        self._asleep = np.repeat(np.asarray(stages, np.int8) > Stage.W, round(EPOCH_S))
        self.hours = float(np.count_nonzero(self._asleep)) / 3600
        self._events = events
        self._open = [one for one in events if one.is_proposed]
        self._decided = [one for one in events if not one.is_proposed]
        now = Breathing(self._decided, self._asleep, decided, saturation)
        then = Breathing(events, self._asleep, decided, saturation)
        of_decided = iter(now.counts(rule))
        counting = [
            (one, filled, not one.is_proposed and next(of_decided), is_then)
            for one, filled, is_then in zip(events, then.events, then.counts(rule), strict=True)
        ]
        self._n_counted = sum(is_now for _, _, is_now, _ in counting)
        coming = [(one, filled) for one, filled, is_now, is_then in counting if is_then > is_now]
        self._n_coming = len(coming)
        self._coming = {one for one, _ in coming if one.is_proposed}
        for links in (then.links[filled] for one, filled in coming if not one.is_proposed):
            parts = (links.desaturation, links.arousal)
            self._coming.update(one for one in parts if one is not None and one.is_proposed)
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
            self._n_counted,
            self._n_coming,
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
        or hypopnea changes the AHI by one an hour of sleep, and so does what a hypopnea that was
        decided on lacks to count; a limb movement that of periodic ones
        by all that are periodic only with it. Of the same effect the more doubtful comes first: the
        one that passed its rule by less.
        """
        settled = self._settled()

        def key(event: ScoredEvent) -> tuple[bool, bool, float, float, float]:
            is_limb = event.kind.group in LIMB_EVENTS
            effect = self._losses.get(event, 0) / PLMS_LIMITS[0] if is_limb else 0.0
            if event in self._coming:
                effect = 1 / AHI_LIMITS[0]
            is_settled = not effect or settled[EventGroup.PLM if is_limb else EventGroup.APNEA]
            return is_settled, is_limb, -effect, self._margin(event), event.onset_s

        return tuple(sorted(self._open, key=key))

    def _settled(self) -> dict[EventGroup, bool]:
        """Whether no decision can change the class any more, of breathing and of limbs."""
        if not self.hours:
            return {EventGroup.APNEA: True, EventGroup.PLM: True}
        breathing = [self._n_counted, self._n_counted + self._n_coming]
        periodic = [self._n_periodic(some) for some in (self._decided, self._events)]
        return {
            group: len({class_of(n / self.hours, limits) for n in counts}) == 1
            for group, counts, limits in (
                (EventGroup.APNEA, breathing, AHI_LIMITS),
                (EventGroup.PLM, periodic, PLMS_LIMITS),
            )
        }

    def _n_periodic(self, events: Sequence[ScoredEvent]) -> int:
        movements = limb_movements(events, self._said).periodic
        return sum(self._is_asleep(one.onset_s) for one in movements)

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
