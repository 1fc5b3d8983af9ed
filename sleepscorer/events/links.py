"""What belongs to a respiratory event: a desaturation, an arousal, limb movements."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TypeGuard

from sleepscorer.domain.event_decisions import Pair, bare, ordered_pair
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import (
    BREATHING_EVENTS,
    LIMB_EVENTS,
    EventGroup,
    ScoredEvent,
    in_order,
)

NOTHING_DECIDED: Mapping[Pair, bool] = MappingProxyType({})
"""Where no person said anything of two events."""

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


def links_of(
    events: Iterable[ScoredEvent], decided: Mapping[Pair, bool] = NOTHING_DECIDED
) -> Mapping[ScoredEvent, Links]:
    """Link every apnea, hypopnea and RERA of a night to what belongs to it.

    A desaturation or arousal belongs to one event alone, the latest that it can belong to. Where a
    person said what it belongs to, or what it does not, nothing is worked out.

    Parameters
    ----------
    events
        All events of the night, in any order.
    decided
        What people said of two events, see `EventDecisions.pairs`.
    """
    ordered = in_order(events)
    made = linked_to_breathing(ordered, decided)
    breathing = [event for event in ordered if event.kind.group in BREATHING_EVENTS]
    onsets_s = [event.onset_s for event in breathing]
    links = dict.fromkeys(breathing, Links())
    for event in ordered:
        group = event.kind.group
        if event in made:
            continue
        if group is EventGroup.DESATURATION:
            owner = _latest(breathing, onsets_s, event.onset_s, DESATURATION_AFTER_S)
            if _may_have(owner, event, decided) and links[owner].desaturation is None:
                old = links[owner]
                links[owner] = Links(event, old.arousal, old.limb_movements)
        elif group is EventGroup.AROUSAL:
            owner = _latest(breathing, onsets_s, event.onset_s, AROUSAL_AFTER_S)
            if _may_have(owner, event, decided) and links[owner].arousal is None:
                old = links[owner]
                links[owner] = Links(old.desaturation, event, old.limb_movements)
        elif group in LIMB_EVENTS:
            owner = _latest(breathing, onsets_s, event.stop_s + LIMB_NEAR_S, float("inf"))
            if _may_have(owner, event, decided) and is_near(event, owner):
                old = links[owner]
                links[owner] = Links(old.desaturation, old.arousal, (*old.limb_movements, event))
    for event, owner in made.items():
        old = links[owner]
        if event.kind.group is EventGroup.DESATURATION:
            links[owner] = Links(event, old.arousal, old.limb_movements)
        elif event.kind.group is EventGroup.AROUSAL:
            links[owner] = Links(old.desaturation, event, old.limb_movements)
        else:
            movements = in_order((*old.limb_movements, event))
            links[owner] = Links(old.desaturation, old.arousal, movements)
    return links


def _may_have(
    owner: ScoredEvent | None, event: ScoredEvent, decided: Mapping[Pair, bool]
) -> TypeGuard[ScoredEvent]:
    return owner is not None and (not decided or decided.get(ordered_pair(owner, event), True))


def linked_to_breathing(
    ordered: Sequence[ScoredEvent], decided: Mapping[Pair, bool]
) -> dict[ScoredEvent, ScoredEvent]:
    """What a person linked to a respiratory event that is there, each with the last such event."""
    if not decided:
        return {}
    there = {bare(event): event for event in ordered}
    made: dict[ScoredEvent, ScoredEvent] = {}
    for pair, holds in decided.items():
        events = [there[mark] for mark in pair if mark in there]
        breathing = [one for one in events if one.kind.group in BREATHING_EVENTS]
        others = [one for one in events if one.kind.group not in BREATHING_EVENTS]
        if holds and breathing and others:
            made[others[0]] = breathing[0]
    return made


def go_together(
    first: ScoredEvent, second: ScoredEvent, decided: Mapping[Pair, bool] = NOTHING_DECIDED
) -> bool:
    """Whether a limb movement belongs to an arousal or respiratory event: a person's word first."""
    said = decided.get(ordered_pair(first, second)) if decided else None
    return is_near(first, second) if said is None else said


def going_with(
    events: Iterable[ScoredEvent],
    others: EventIndex,
    decided: Mapping[Pair, bool] = NOTHING_DECIDED,
) -> frozenset[ScoredEvent]:
    """Events that at least one of some others goes with, see `go_together`."""
    there = set(map(bare, others.events)) if decided else set()
    # What a person linked may lie anywhere.
    linked = {
        mark
        for pair, holds in decided.items()
        if holds and not there.isdisjoint(pair)
        for mark in pair
    }
    return frozenset(
        event
        for event in events
        if (linked and bare(event) in linked)
        or any(
            go_together(event, other, decided)
            for other in others.between(event.onset_s - LIMB_NEAR_S, event.stop_s + LIMB_NEAR_S)
        )
    )


class Cause(Enum):
    """What an arousal goes with."""

    BREATHING = "breathing"
    LIMB = "limb"
    NONE = "none"


def causes_of(
    arousals: Iterable[ScoredEvent],
    links: Mapping[ScoredEvent, Links],
    movements: Iterable[ScoredEvent],
    decided: Mapping[Pair, bool] = NOTHING_DECIDED,
) -> dict[ScoredEvent, Cause]:
    """Say what each arousal goes with; one cause each, breathing before limbs.

    Parameters
    ----------
    arousals
        The arousals.
    links
        What `links_of` linked to respiratory events.
    movements
        Limb movements that count.
    decided
        What people said of two events, see `EventDecisions.pairs`.
    """
    arousals = tuple(arousals)
    by_breathing = {one.arousal for one in links.values()}
    by_limbs = going_with(arousals, EventIndex.of(movements), decided)

    def cause_of(arousal: ScoredEvent) -> Cause:
        if arousal in by_breathing:
            return Cause.BREATHING
        return Cause.LIMB if arousal in by_limbs else Cause.NONE

    return {arousal: cause_of(arousal) for arousal in arousals}


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
