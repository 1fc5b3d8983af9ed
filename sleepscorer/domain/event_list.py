"""All that is marked in a night as a list: events, comments and artefacts, filtered and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.epochs import EPOCH_S, epoch_at
from sleepscorer.domain.event_rules import doubts_about
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import text_of
from sleepscorer.domain.scoring import Remark, Scoring
from sleepscorer.domain.stages import Stage


class RemarkKind(Enum):
    """What a scorer noted about an epoch; the value is the name shown."""

    ARTEFACT = Phrase("Artefact")
    COMMENT = Phrase("Comment")


@dataclass(frozen=True, slots=True)
class ListedRemark:
    """The artefact or the comment of one epoch.

    Attributes
    ----------
    kind
        Which of the two.
    epoch
        Index of the epoch.
    text
        The comment; empty for an artefact.
    """

    kind: RemarkKind
    epoch: int
    text: str = ""

    @property
    def onset_s(self) -> float:
        """Seconds from the start of the recording."""
        return self.epoch * EPOCH_S

    @property
    def duration_s(self) -> float:
        """Seconds."""
        return EPOCH_S


Listed = ScoredEvent | ListedRemark
ListedKind = EventKind | RemarkKind
KINDS: tuple[ListedKind, ...] = (*EventKind, *RemarkKind)
"""What can be listed, in the order in which kinds are sorted."""

_PLACE = {kind: place for place, kind in enumerate(KINDS)}


class ListOrder(Enum):
    """What a list is sorted by."""

    TIME = "time"
    STAGE = "stage"
    KIND = "kind"
    CHANNEL = "channel"
    DURATION = "duration"
    TEXT = "text"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What of a list is wanted.

    Attributes
    ----------
    kind
        The only kind; None for all.
    channel
        Label of the only channel; None for all.
    text
        What stands in the remark or in the label of the channel, in any case of its letters;
        empty for anything.
    named
        Kinds in whose name it stands, in the language that is shown: they are wanted, too.
    doubtful
        Whether only what differs from the AASM Manual's rules.
    """

    kind: ListedKind | None = None
    channel: str | None = None
    text: str = ""
    named: frozenset[ListedKind] = frozenset()
    doubtful: bool = False


class EventList:
    """What is marked in a scoring, in order of time until it is arranged otherwise.

    Parameters
    ----------
    scoring
        Whose events and remarks are listed, as they are now.
    channels
        What each channel measures, by its label.
    """

    def __init__(self, scoring: Scoring, channels: Mapping[str, ChannelKind]) -> None:
        self._scoring = scoring
        self._channels = channels
        self.events = scoring.events
        self.remarks = tuple(scoring.remarks.items())
        self._index = scoring.event_index
        self._remarks = tuple(
            one for epoch, remark in self.remarks for one in _listed(epoch, remark)
        )
        self._rows = self._by_time()

    def __len__(self) -> int:
        return int(self._rows.size)

    def __getitem__(self, row: int) -> Listed:
        return self._item(int(self._rows[row]))

    @property
    def n_all(self) -> int:
        """How many there are without any filter."""
        return len(self.events) + len(self._remarks)

    @property
    def kinds(self) -> tuple[ListedKind, ...]:
        """Kinds of which there are any, in their order."""
        there = {*self._index.kinds, *(remark.kind for remark in self._remarks)}
        return tuple(kind for kind in KINDS if kind in there)

    @property
    def channels(self) -> tuple[str, ...]:
        """Labels of the channels of the events, sorted."""
        return tuple(sorted(label for label in self._index.channels if label))

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of all channels of the recording."""
        return tuple(self._channels)

    def see_stages_of(self, scoring: Scoring) -> None:
        """Take stages from another state of the scoring, whose events are the same."""
        self._scoring = scoring

    def arrange(self, wanted: ListFilter, order: ListOrder, *, descending: bool) -> None:
        """List only what is wanted, in some order; what is equal in that stays in that of time."""
        rows = self._by_time()
        if wanted != ListFilter():
            kept = [place for place in rows.tolist() if self._is_wanted(place, wanted)]
            rows = np.array(kept, np.int64)
        if order is not ListOrder.TIME:
            key = self._key(order)
            places = sorted(rows.tolist(), key=lambda place: key(self._item(place)))
            rows = np.array(places, np.int64)
        self._rows = rows[::-1] if descending else rows

    def stage_of(self, item: Listed) -> Stage:
        """Stage of the epoch in which it begins."""
        return self._scoring[epoch_at(item.onset_s, len(self._scoring))].stage

    def doubts_about(self, item: Listed) -> tuple[Phrase, ...]:
        """How it differs from what the AASM Manual asks of its kind."""
        if isinstance(item, ListedRemark):
            return ()
        return doubts_about(item, self._channels.get(item.channel))

    def rows_of(self, items: Iterable[Listed]) -> list[int]:
        """Rows of those of some items that are listed; of those that are the same, as many."""
        wanted, rows = Counter(items), list[int]()
        for row, place in enumerate(self._rows.tolist() if wanted else ()):
            item = self._item(place)
            if wanted[item]:
                wanted[item] -= 1
                rows.append(row)
        return rows

    def _by_time(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        onsets_s = [remark.onset_s for remark in self._remarks]
        return np.argsort(np.append(self._index.onsets_s, onsets_s), kind="stable")

    def _item(self, place: int) -> Listed:
        n_events = len(self.events)
        return self.events[place] if place < n_events else self._remarks[place - n_events]

    def _is_wanted(self, place: int, wanted: ListFilter) -> bool:
        item = self._item(place)
        return (
            wanted.kind in (None, item.kind)
            and wanted.channel in (None, channel_of(item))
            and _has(item, wanted)
            and (not wanted.doubtful or bool(self.doubts_about(item)))
        )

    def _key(self, order: ListOrder) -> Callable[[Listed], float | str]:
        keys: dict[ListOrder, Callable[[Listed], float | str]] = {
            ListOrder.STAGE: lambda item: self.stage_of(item).value,
            ListOrder.KIND: lambda item: _PLACE[item.kind],
            ListOrder.CHANNEL: channel_of,
            ListOrder.DURATION: lambda item: item.duration_s,
            ListOrder.TEXT: lambda item: item.text.casefold(),
            ListOrder.SOURCE: source_of,
        }
        return keys[order]


def _has(item: Listed, wanted: ListFilter) -> bool:
    text = wanted.text.casefold()
    shown = (item.text, channel_of(item))
    return item.kind in wanted.named or any(text in one.casefold() for one in shown)


def channel_of(item: Listed) -> str:
    """Label of the channel it is seen in; empty where it belongs to the whole recording."""
    return item.channel if isinstance(item, ScoredEvent) else ""


def source_of(item: Listed) -> str:
    """Who or what marked it, in a few words; empty where that is not known."""
    return text_of(item.source) if isinstance(item, ScoredEvent) else ""


def _listed(epoch: int, remark: Remark) -> tuple[ListedRemark, ...]:
    artefact = (ListedRemark(RemarkKind.ARTEFACT, epoch),) if remark.artefact else ()
    comment = (ListedRemark(RemarkKind.COMMENT, epoch, remark.comment),) if remark.comment else ()
    return artefact + comment
