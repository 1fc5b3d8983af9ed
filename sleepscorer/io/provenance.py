"""How sessions, journals and exports write who or what says that something is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sleepscorer.codec import Codec
from sleepscorer.domain.provenance import Imported, Joint, Model, Person, Provenance
from sleepscorer.domain.scoring import Scoring, SignOff

PROVENANCES: Codec[Provenance] = Codec(
    {"person": Person, "model": Model, "imported": Imported, "joint": Joint}
)
SIGN_OFFS: Codec[SignOff] = Codec({"sign_off": SignOff})


class SourceTable:
    """Sources by number: those of a night are few, its stages and events are many.

    Parameters
    ----------
    sources
        Each different one gets the next number, in order; None is nobody known.
    """

    def __init__(self, sources: Iterable[Provenance | None]) -> None:
        self._numbers: dict[Provenance, int] = {}
        # Half a million events share a few objects: each is looked at once, and is kept, so that
        # no other one can have its identity.
        self._seen = {id(source): source for source in sources if source is not None}
        for source in self._seen.values():
            self._numbers.setdefault(source, len(self._numbers))
        self._number_of_seen = {key: self._numbers[one] for key, one in self._seen.items()}

    @classmethod
    def of(cls, scoring: Scoring) -> SourceTable:
        """Sources of all stages and events."""
        stages = (score.source for score in scoring.scores)
        events = (*scoring.events, *scoring.decisions.rejected)
        return cls((*stages, *(event.source for event in events)))

    def number(self, source: Provenance | None) -> int:
        """Number of a source; -1 for None."""
        if source is None:
            return -1
        number = self._number_of_seen.get(id(source))
        return self._numbers[source] if number is None else number

    @property
    def sources(self) -> tuple[Provenance, ...]:
        """The sources in the order of their numbers."""
        return tuple(self._numbers)

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The sources in what JSON can hold, in the order of their numbers."""
        return [PROVENANCES.to_builtins(source) for source in self._numbers]

    @property
    def lines(self) -> list[str]:
        """The same, each as a line of JSON."""
        return [PROVENANCES.encode(source) for source in self._numbers]


def source_of(number: object, sources: Sequence[Provenance]) -> Provenance | None:
    """Source of a number that `SourceTable` gave.

    Raises
    ------
    ValueError
        There is none of that number.
    """
    if type(number) is not int or not -1 <= number < len(sources):
        raise ValueError(f"there is no source {number!r}")
    return None if number < 0 else sources[number]
