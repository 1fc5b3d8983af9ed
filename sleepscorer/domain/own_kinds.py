"""Kinds of events that a laboratory made up: notes of a fixed text, with a name and a colour."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase

MOST_OWN_KINDS = 6
_FREE = "null"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class OwnKind:
    """A kind of events that the program knows nothing of.

    Every file can hold it, because its events are notes: the text tells them apart from others,
    in ours and in other programs.

    Attributes
    ----------
    name
        What is shown.
    text
        What its events are called in files.
    colour
        ``#RRGGBB``.

    Raises
    ------
    ValueError
        It has no name or no text, or the colour is none.
    """

    name: str
    text: str
    colour: str

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.text.strip():
            raise ValueError(Phrase("an own kind of events needs a name and a text for files"))
        if not _COLOUR.fullmatch(self.colour):
            raise ValueError(
                Phrase(
                    "the colour of {name} is “{colour}”, not like #1F2328",
                    name=self.name,
                    colour=self.colour,
                )
            )

    def is_kind_of(self, event: ScoredEvent) -> bool:
        """Whether an event is one of this kind."""
        return event.kind is EventKind.NOTE and event.text == self.text

    @property
    def line(self) -> str:
        """What settings keep of it."""
        return json.dumps([self.name, self.text, self.colour], ensure_ascii=False)


def own_kinds_of(lines: Iterable[str]) -> tuple[OwnKind, ...]:
    """Read kinds that settings kept; what makes no sense of them is left out."""
    return tuple(kind for kind in own_kinds_by_place(lines) if kind is not None)


def own_kinds_by_place(lines: Iterable[str]) -> tuple[OwnKind | None, ...]:
    """Read what settings kept for each key: a kind, or None where it is free or makes no sense."""
    kinds: list[OwnKind | None] = []
    for line in lines:
        kind = _own_kind(line)
        is_twice = any(kind and other and kind.text == other.text for other in kinds)
        kinds.append(None if is_twice else kind)
    return tuple(kinds[:MOST_OWN_KINDS])


def lines_of(kinds: Iterable[OwnKind | None]) -> tuple[str, ...]:
    """What settings keep of kinds by their places, so that each stays on its key."""
    return tuple(_FREE if kind is None else kind.line for kind in kinds)


def _own_kind(line: str) -> OwnKind | None:
    try:
        name, text, colour = map(str, json.loads(line))
        return OwnKind(name, text, colour)
    except (ValueError, TypeError):
        return None


def own_kind_of(event: ScoredEvent, kinds: Iterable[OwnKind]) -> OwnKind | None:
    """The kind that an event is of; None for all others."""
    return next((kind for kind in kinds if kind.is_kind_of(event)), None)
