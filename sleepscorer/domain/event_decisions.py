"""What people decided on events beside marking them: what they rejected, and what belongs together.

Both outlive what they are about: a suggestion is worked out anew, a link is between two marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sleepscorer.domain.events import (
    BREATHING_EVENTS,
    LIMB_EVENTS,
    EventGroup,
    ScoredEvent,
    in_order,
    mark_key,
)

_SAME_PART = 0.5

_LINKED_GROUPS = (
    (frozenset(BREATHING_EVENTS), frozenset({EventGroup.DESATURATION})),
    (frozenset(BREATHING_EVENTS), frozenset({EventGroup.AROUSAL})),
    (frozenset(BREATHING_EVENTS), frozenset(LIMB_EVENTS)),
    (frozenset({EventGroup.AROUSAL}), frozenset(LIMB_EVENTS)),
)

Pair = tuple[ScoredEvent, ScoredEvent]


@dataclass(frozen=True, slots=True)
class EventLink:
    """A person says of two events whether they belong together.

    Attributes
    ----------
    first, second
        The two as `bare` gives them, the earlier first.
    holds
        Whether they do; what is worked out says nothing any more.

    Raises
    ------
    ValueError
        They are the same, or their kinds never belong together.
    """

    first: ScoredEvent
    second: ScoredEvent
    holds: bool

    def __post_init__(self) -> None:
        first, second = ordered_pair(self.first, self.second)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "second", second)
        if not can_be_linked(first, second):
            raise ValueError(f"{first.kind.id} and {second.kind.id} do not belong together")


def bare(event: ScoredEvent) -> ScoredEvent:
    """The same event whoever marked it, and whatever the oximeter measured in it."""
    return ScoredEvent(event.kind, event.onset_s, event.duration_s, event.channel, event.text)


def ordered_pair(first: ScoredEvent, second: ScoredEvent) -> Pair:
    """Two events as links have them, the earlier first."""
    one, other = in_order((bare(first), bare(second)))
    return one, other


def can_be_linked(first: ScoredEvent, second: ScoredEvent) -> bool:
    """Whether events of such kinds can belong together.

    Respiratory events with desaturations, arousals and limb movements, and arousals with limb
    movements.
    """
    groups = first.kind.group, second.kind.group
    return any(
        (groups[0] in some and groups[1] in others) or (groups[1] in some and groups[0] in others)
        for some, others in _LINKED_GROUPS
    )


@dataclass(frozen=True, slots=True)
class EventDecisions:
    """What people decided, of a whole night or in one step.

    Attributes
    ----------
    rejected
        Events that a program suggested and a person rejected, in order of time.
    links
        What people said of two events, in order of time; the last word on a pair alone.
    """

    rejected: tuple[ScoredEvent, ...] = ()
    links: tuple[EventLink, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "rejected", in_order(dict.fromkeys(self.rejected)))
        of_pair = {(one.first, one.second): one for one in self.links}
        links = sorted(
            of_pair.values(), key=lambda one: (mark_key(one.first), mark_key(one.second))
        )
        object.__setattr__(self, "links", tuple(links))

    def __bool__(self) -> bool:
        return bool(self.rejected or self.links)

    @property
    def pairs(self) -> Mapping[Pair, bool]:
        """Whether two events belong together, for each pair that a person decided on."""
        return {(one.first, one.second): one.holds for one in self.links}

    def changed(self, removed: EventDecisions, added: EventDecisions) -> EventDecisions:
        """Take some away and put others in; what is not there can't be taken away."""
        gone = {(one.first, one.second) for one in removed.links}
        return EventDecisions(
            (*(one for one in self.rejected if one not in removed.rejected), *added.rejected),
            (
                *(one for one in self.links if (one.first, one.second) not in gone),
                *added.links,
            ),
        )

    def later_by(self, offset_s: float) -> EventDecisions:
        """The same with all times moved by some seconds, to the microsecond."""
        if not offset_s:
            return self

        def moved(event: ScoredEvent) -> ScoredEvent:
            return replace(event, onset_s=round(event.onset_s + offset_s, 6))

        return EventDecisions(
            tuple(map(moved, self.rejected)),
            tuple(EventLink(moved(one.first), moved(one.second), one.holds) for one in self.links),
        )

    def involving(self, events: Iterable[ScoredEvent]) -> tuple[EventLink, ...]:
        """Links of some events."""
        known = set(map(bare, events))
        return tuple(one for one in self.links if one.first in known or one.second in known)


NO_DECISIONS = EventDecisions()


def following(
    decisions: EventDecisions, becomes: Mapping[ScoredEvent, ScoredEvent | None]
) -> tuple[EventDecisions, EventDecisions]:
    """What is taken away of links, and what is put in, when events become others or go.

    A link with an event that goes, or that becomes one of a kind that is never linked, goes too.

    Parameters
    ----------
    decisions
        Of the night.
    becomes
        What each event that changes becomes; None where it goes.
    """
    marks = {
        bare(event): None if other is None else bare(other) for event, other in becomes.items()
    }
    former = decisions.involving(marks)
    added = []
    for link in former:
        first, second = (marks.get(one, one) for one in (link.first, link.second))
        if first is not None and second is not None and can_be_linked(first, second):
            added.append(EventLink(first, second, link.holds))
    return EventDecisions(links=former), EventDecisions(links=tuple(added))


def is_rejected(event: ScoredEvent, rejected: Iterable[ScoredEvent]) -> bool:
    """Whether a person rejected what is suggested: the same finding, however it was found.

    It is the same where the two share half of the longer one and are of one family: respiratory
    events are, whatever their type, and movements of one leg.
    """
    return any(_is_same(event, one) for one in rejected)


def _is_same(event: ScoredEvent, other: ScoredEvent) -> bool:
    if _family(event) != _family(other):
        return False
    shared_s = min(event.stop_s, other.stop_s) - max(event.onset_s, other.onset_s)
    longest_s = max(event.duration_s, other.duration_s)
    return event.mark == other.mark or (shared_s > 0 and shared_s >= _SAME_PART * longest_s)


def _family(event: ScoredEvent) -> object:
    group = event.kind.group
    if group in BREATHING_EVENTS:
        return BREATHING_EVENTS
    return event.kind if group in LIMB_EVENTS else group


def is_of_family(event: ScoredEvent, other: ScoredEvent) -> bool:
    """Whether two events are what one may be taken for when it is the other."""
    return _family(event) == _family(other)
