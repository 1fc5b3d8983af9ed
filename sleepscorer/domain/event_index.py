"""Where the events of a night lie, for questions that are asked again at every key.

A recorder can write a thousand annotations a minute: what is asked of each event in turn would take
seconds a key.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent, in_order, sorting_key
from sleepscorer.domain.provenance import Provenance

_KINDS = tuple(EventKind)
_CODE = {kind: code for code, kind in enumerate(_KINDS)}

_Float64 = npt.NDArray[np.float64]


class EventIndex:
    """Events in order of time, and arrays of where they lie.

    Attributes
    ----------
    events
        All of them.
    channels
        Labels of their channels, each once.
    """

    def __init__(self, events: tuple[ScoredEvent, ...]) -> None:
        self.events = events
        self._onsets_s = np.array([event.onset_s for event in events], np.float64)
        durations_s = np.array([event.duration_s for event in events], np.float64)
        self._stops_s = self._onsets_s + durations_s
        self._kinds = np.array([_CODE[event.kind] for event in events], np.int8)
        codes: dict[str, int] = {}
        of_event = (codes.setdefault(event.channel, len(codes)) for event in events)
        self._channels = np.fromiter(of_event, np.int64, len(events))
        self.channels = tuple(codes)

    @property
    def onsets_s(self) -> _Float64:
        """Where they begin, in seconds from the start of the recording, shape (n,)."""
        return self._onsets_s

    @property
    def kinds(self) -> tuple[EventKind, ...]:
        """Kinds of which there are any, in their order."""
        return tuple(_KINDS[code] for code in np.unique(self._kinds).tolist())

    @classmethod
    def of(cls, events: Iterable[ScoredEvent]) -> EventIndex:
        """Index of events in any order."""
        return cls(in_order(events))

    def without(self, source: type[Provenance]) -> EventIndex:
        """Index of all events but those that have a source of some kind."""
        kept = tuple(event for event in self.events if not isinstance(event.source, source))
        return self if len(kept) == len(self.events) else EventIndex(kept)

    def between(
        self, start_s: float, stop_s: float, kind: EventKind | None = None
    ) -> tuple[ScoredEvent, ...]:
        """Events that reach into a stretch or touch its start, of one kind or of all."""
        found = (self._onsets_s < stop_s) & (self._stops_s >= start_s)
        if kind is not None:
            found &= self._kinds == _CODE[kind]
        return tuple(self.events[place] for place in np.flatnonzero(found).tolist())

    def seen_between(
        self, start_s: float, stop_s: float, n_columns: int
    ) -> tuple[ScoredEvent, ...]:
        """Events of a stretch that can be told apart when it is drawn on so many columns.

        Where there are more events than columns, only the longest is one of those of the same kind
        and channel that begin in the same column.
        """
        found = np.flatnonzero((self._onsets_s < stop_s) & (self._stops_s >= start_s))
        if found.size > n_columns:
            column_s = (stop_s - start_s) / n_columns
            columns = (self._onsets_s[found].clip(start_s) - start_s) // column_s
            shared = (self._channels[found], self._kinds[found], columns)
            longest_last = np.lexsort((self._stops_s[found], *shared))
            ordered = np.stack([one[longest_last] for one in shared])
            is_last = np.append((ordered[:, 1:] != ordered[:, :-1]).any(axis=0), True)
            found = np.sort(found[longest_last[is_last]])
        return tuple(self.events[place] for place in found.tolist())

    def n_before(self, time_s: float) -> int:
        """Number of events that begin before a time."""
        return int(np.searchsorted(self._onsets_s, time_s))

    def place_of(self, event: ScoredEvent) -> int | None:
        """Place of an event in the order; None when there is no such event."""
        place = bisect_left(self.events, sorting_key(event), key=sorting_key)
        is_here = place < len(self.events) and self.events[place] == event
        return place if is_here else None

    def first_like(self, event: ScoredEvent) -> ScoredEvent | None:
        """First event with the same mark, whoever made it; None when there is none."""
        # Of those with the same mark, one by nobody known would be the first.
        place = bisect_left(self.events, sorting_key(event.mark), key=sorting_key)
        if place < len(self.events) and self.events[place].mark == event.mark:
            return self.events[place]
        return None

    def spans_s(self, groups: Collection[EventGroup]) -> tuple[_Float64, _Float64]:
        """Onsets and stops in seconds of the events of some groups, shape (n,) each."""
        chosen = np.array([kind.group in groups for kind in _KINDS])[self._kinds]
        return self._onsets_s[chosen], self._stops_s[chosen]
