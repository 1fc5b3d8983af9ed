"""Which events a person linked or parted, in formats that have no place of their own for it.

Where a format has columns or elements, the events that are linked have numbers, and the earlier of
two names that of the later. Where it has texts alone, an annotation beside the earlier one says it:
``Linked: hypopnea & arousal 118.5+4 EEG C4-M1``, with onset, duration and channel of the later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.event_decisions import EventDecisions, EventLink, bare, can_be_linked
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.io.text_files import seconds

_TEXT = re.compile(
    r"(Linked|Not linked): (\S+) & (\S+) (-?\d+(?:\.\d+)?)\+(\d+(?:\.\d+)?)(?: (.+))?"
)
_WORDS = {True: "Linked", False: "Not linked"}
_NUMBERS = re.compile(r"\d+")

Words = tuple[str, str, str]
"""Number of an event, and of those that it is linked with and parted from."""

NO_WORDS: Words = ("", "", "")


def numbered(links: Sequence[EventLink]) -> Mapping[ScoredEvent, Words]:
    """Give the events of some links, as `bare` gives them, numbers that say what is linked."""
    numbers: dict[ScoredEvent, int] = {}
    for link in links:
        for event in (link.first, link.second):
            numbers.setdefault(event, len(numbers) + 1)

    def others(event: ScoredEvent, *, holds: bool) -> str:
        return ",".join(
            str(numbers[one.second]) for one in links if one.first == event and one.holds is holds
        )

    return {
        event: (str(number), others(event, holds=True), others(event, holds=False))
        for event, number in numbers.items()
    }


def links_of_numbers(events: Iterable[tuple[ScoredEvent, Words]]) -> EventDecisions:
    """Read what `numbered` wrote; numbers that no event has say nothing."""
    events = tuple(events)
    by_number = {words[0]: bare(event) for event, words in events if words[0]}
    return EventDecisions(
        links=tuple(
            EventLink(bare(event), by_number[number], holds)
            for event, (_, linked, parted) in events
            for holds, text in ((True, linked), (False, parted))
            for number in _NUMBERS.findall(text)
            if number in by_number and can_be_linked(event, by_number[number])
        )
    )


def link_annotations(links: Iterable[EventLink]) -> Iterator[Annotation]:
    """Say of each link what is linked, beside the earlier of the two events."""
    for link in links:
        first, second = link.first, link.second
        place = f"{seconds(second.onset_s)}+{seconds(second.duration_s)} {_plain(second.channel)}"
        text = f"{_WORDS[link.holds]}: {first.kind.id} & {second.kind.id} {place.rstrip()}"
        yield Annotation(first.onset_s, first.duration_s, text, first.channel)


def says_link(text: str) -> bool:
    """Whether a text is one of those that `link_annotations` writes."""
    return _TEXT.fullmatch(text.strip()) is not None


def links_of_annotations(
    annotations: Sequence[Annotation], events: Iterable[ScoredEvent]
) -> tuple[EventDecisions, frozenset[int]]:
    """Read what `link_annotations` wrote.

    Parameters
    ----------
    annotations
        Of any kind.
    events
        Those of the same file.

    Returns
    -------
    decisions
        The links.
    indices
        Of the annotations that say them; one whose events are not there is none of those.
    """
    found = [
        (index, match)
        for index, one in enumerate(annotations)
        if (match := _TEXT.fullmatch(one.description.strip()))
    ]
    if not found:
        return EventDecisions(), frozenset()
    there = {
        _key(one.kind.id, one.onset_s, one.duration_s, _plain(one.channel)): bare(one)
        for one in events
    }
    links: list[EventLink] = []
    indices: set[int] = set()
    for index, match in found:
        beside = annotations[index]
        word, kind, other, onset, duration, channel = match.groups(default="")
        first = there.get(_key(kind, beside.onset_s, beside.duration_s, _plain(beside.channel)))
        second = there.get(_key(other, float(onset), float(duration), channel))
        if first is not None and second is not None and can_be_linked(first, second):
            links.append(EventLink(first, second, word == _WORDS[True]))
            indices.add(index)
    return EventDecisions(links=tuple(links)), frozenset(indices)


def _plain(channel: str) -> str:
    """A channel without the sign that begins one in EDF+ annotations."""
    return channel.replace("@", "(at)")


def _key(kind: str, onset_s: float, duration_s: float, channel: str) -> tuple[str, ...]:
    return kind, seconds(onset_s), seconds(max(duration_s, 0.0)), channel
