"""Which respiratory events of a night count: what the report says, and where its index will end.

Both ask here, so that they can't differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.event_decisions import Pair
from sleepscorer.domain.events import (
    APNEAS_AND_HYPOPNEAS,
    BREATHING_EVENTS,
    EventGroup,
    ScoredEvent,
)
from sleepscorer.events.links import NOTHING_DECIDED, links_of
from sleepscorer.events.oximetry import Saturation, with_saturations
from sleepscorer.events.rules import Credited, Rule, credited

_Bool = npt.NDArray[np.bool_]


class Breathing:
    """The respiratory events of a night with what the oximeter says of them and belongs to them.

    Parameters
    ----------
    events
        All events of the night that are taken to be so, of any kind, in order of time.
    asleep
        Which seconds are sleep between lights off and on, shape (n_seconds,).
    decided
        What people said of two events, see `EventDecisions.pairs`.
    saturation
        What fills nadir and baseline where they are missing; None where there is none.

    Attributes
    ----------
    events
        The same events, filled.
    links
        What belongs to each respiratory event.
    """

    def __init__(
        self,
        events: Sequence[ScoredEvent],
        asleep: _Bool,
        decided: Mapping[Pair, bool] = NOTHING_DECIDED,
        saturation: Saturation | None = None,
    ) -> None:
        self.events = events if saturation is None else with_saturations(events, saturation)
        self.links = links_of(self.events, decided)
        self._asleep = asleep
        self._has_arousals = any(one.kind.group is EventGroup.AROUSAL for one in events)

    @property
    def in_sleep(self) -> list[tuple[ScoredEvent, int]]:
        """Those that begin or end in sleep, each with the second that makes it count."""
        return [
            (event, second)
            for event in self.events
            if event.kind.group in BREATHING_EVENTS
            and (second := second_of_sleep(event, self._asleep)) is not None
        ]

    def credited(self, events: Iterable[ScoredEvent], rule: Rule) -> Credited:
        """Sort some of them by a rule."""
        return credited(events, self.links, rule, arousals_scored=self._has_arousals)

    def counts(self, rule: Rule) -> list[bool]:
        """Whether each event of the night is one of the AHI by a rule."""
        return [
            event.kind.group in APNEAS_AND_HYPOPNEAS
            and second_of_sleep(event, self._asleep) is not None
            and rule.admits(event, self.links.get(event)) is True
            for event in self.events
        ]


def second_of_sleep(event: ScoredEvent, asleep: _Bool) -> int | None:
    """The second of sleep that makes a respiratory event count: its first, else its last, or none.

    One that ends with an epoch does not reach into the next.
    """
    for time_s in (event.onset_s, max(event.stop_s - 1e-6, event.onset_s)):
        if 0 <= time_s < asleep.size and asleep[int(time_s)]:
            return int(time_s)
    return None
