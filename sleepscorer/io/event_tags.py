"""How files of ours hold kinds of events that earlier versions do not know."""

from __future__ import annotations

from sleepscorer.domain.events import ADDED_KINDS, EventKind, ScoredEvent

_ADDED = {kind.id: kind for kind in ADDED_KINDS}


def tagged(event: ScoredEvent) -> tuple[str, str, str]:
    """Kind, text and tag of an event as a file holds them.

    A kind that earlier versions do not know is a note to them, and the tag says which it is.
    """
    if event.kind not in ADDED_KINDS:
        return event.kind.id, event.text, ""
    return EventKind.NOTE.id, event.text or event.kind.label, event.kind.id


def untagged(kind: str, text: str, tag: str) -> tuple[EventKind, str]:
    """Kind and text of an event that a file holds; what a later version tagged stays a note.

    Raises
    ------
    ValueError
        There is no such kind.
    """
    added = _ADDED.get(tag)
    if added is None:
        return EventKind.from_id(kind), text
    return added, "" if text == added.label else text
