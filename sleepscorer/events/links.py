"""What belongs to a respiratory event: a desaturation, an arousal, limb movements."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sleepscorer.domain.events import (
    BREATHING_EVENTS,
    LIMB_EVENTS,
    EventGroup,
    ScoredEvent,
    in_order,
)

AROUSAL_AFTER_S = 5.0
"""An arousal that begins later after a breathing event is not its. An own choice: the AASM Manual
asks for association and gives no number."""

DESATURATION_AFTER_S = 30.0
"""A desaturation that begins later after a breathing event is not its: an own choice, as above."""

LIMB_NEAR_S = 0.5
"""AASM Manual, as tabulated in PMC9619152, table 3: no limb movement is scored from 0.5 s before a
respiratory event to 0.5 s after it; a movement and an arousal belong together when less than 0.5 s
lie between the end of one and the onset of the other."""


@dataclass(frozen=True, slots=True)
class Links:
    """Events that belong to one respiratory event; None or empty for none."""

    desaturation: ScoredEvent | None = None
    arousal: ScoredEvent | None = None
    limb_movements: tuple[ScoredEvent, ...] = ()


def links_of(events: Iterable[ScoredEvent]) -> Mapping[ScoredEvent, Links]:
    """Link every apnea, hypopnea and RERA of a night to what belongs to it.

    A desaturation or arousal belongs to one event alone, the latest that it can belong to.

    Parameters
    ----------
    events
        All events of the night, in any order.
    """
    ordered = in_order(events)
    breathing = [event for event in ordered if event.kind.group in BREATHING_EVENTS]
    onsets_s = [event.onset_s for event in breathing]
    links = dict.fromkeys(breathing, Links())
    for event in ordered:
        group = event.kind.group
        if group is EventGroup.DESATURATION:
            owner = _latest(breathing, onsets_s, event.onset_s, DESATURATION_AFTER_S)
            if owner is not None and links[owner].desaturation is None:
                old = links[owner]
                links[owner] = Links(event, old.arousal, old.limb_movements)
        elif group is EventGroup.AROUSAL:
            owner = _latest(breathing, onsets_s, event.stop_s, AROUSAL_AFTER_S + event.duration_s)
            if owner is not None and links[owner].arousal is None:
                old = links[owner]
                links[owner] = Links(old.desaturation, event, old.limb_movements)
        elif group in LIMB_EVENTS:
            owner = _latest(breathing, onsets_s, event.stop_s + LIMB_NEAR_S, float("inf"))
            if owner is not None and is_near(event, owner):
                old = links[owner]
                links[owner] = Links(old.desaturation, old.arousal, (*old.limb_movements, event))
    return links


def is_near(first: ScoredEvent, second: ScoredEvent, within_s: float = LIMB_NEAR_S) -> bool:
    """Whether two events overlap, or less than some seconds lie between them."""
    gap_s = max(first.onset_s, second.onset_s) - min(first.stop_s, second.stop_s)
    return gap_s < within_s


def _latest(
    breathing: Sequence[ScoredEvent], onsets_s: Sequence[float], time_s: float, after_s: float
) -> ScoredEvent | None:
    """The last event that has begun at a time and ended no longer ago than that."""
    place = bisect.bisect_right(onsets_s, time_s) - 1
    if place < 0 or time_s > breathing[place].stop_s + after_s:
        return None
    return breathing[place]
