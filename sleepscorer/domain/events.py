"""Events of a night: what is marked beside the stages."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Model, Provenance


class EventGroup(Enum):
    """What kinds of events belong together; the value is the name shown."""

    AROUSAL = Phrase("Arousals")
    APNEA = Phrase("Apneas")
    HYPOPNEA = Phrase("Hypopneas")
    RERA = Phrase("RERAs")
    DESATURATION = Phrase("Desaturations")
    LIMB_MOVEMENT = Phrase("Limb movements")
    PLM = Phrase("Periodic limb movements")
    MICROSTRUCTURE = Phrase("Spindles and K-complexes")
    OTHER = Phrase("Other events")
    ARTEFACT = Phrase("Artefacts of a channel")


class EventKind(Enum):
    """One kind of event.

    Attributes
    ----------
    id
        Word in our files; also the value of the enumeration.
    label
        Name shown.
    group
        What it is counted with.
    """

    AROUSAL = ("arousal", Phrase("Arousal"), EventGroup.AROUSAL)
    OBSTRUCTIVE_APNEA = ("obstructive_apnea", Phrase("Obstructive apnea"), EventGroup.APNEA)
    CENTRAL_APNEA = ("central_apnea", Phrase("Central apnea"), EventGroup.APNEA)
    MIXED_APNEA = ("mixed_apnea", Phrase("Mixed apnea"), EventGroup.APNEA)
    APNEA = ("apnea", Phrase("Apnea"), EventGroup.APNEA)
    OBSTRUCTIVE_HYPOPNEA = (
        "obstructive_hypopnea",
        Phrase("Obstructive hypopnea"),
        EventGroup.HYPOPNEA,
    )
    CENTRAL_HYPOPNEA = ("central_hypopnea", Phrase("Central hypopnea"), EventGroup.HYPOPNEA)
    HYPOPNEA = ("hypopnea", Phrase("Hypopnea"), EventGroup.HYPOPNEA)
    RERA = ("rera", Phrase("RERA"), EventGroup.RERA)
    DESATURATION = ("desaturation", Phrase("Desaturation"), EventGroup.DESATURATION)
    LEFT_LIMB_MOVEMENT = (
        "left_limb_movement",
        Phrase("Limb movement, left"),
        EventGroup.LIMB_MOVEMENT,
    )
    RIGHT_LIMB_MOVEMENT = (
        "right_limb_movement",
        Phrase("Limb movement, right"),
        EventGroup.LIMB_MOVEMENT,
    )
    LIMB_MOVEMENT = ("limb_movement", Phrase("Limb movement"), EventGroup.LIMB_MOVEMENT)
    PLM = ("plm", Phrase("Periodic limb movement"), EventGroup.PLM)
    SPINDLE = ("spindle", Phrase("Spindle"), EventGroup.MICROSTRUCTURE)
    K_COMPLEX = ("k_complex", Phrase("K-complex"), EventGroup.MICROSTRUCTURE)
    BRUXISM = ("bruxism", Phrase("Bruxism"), EventGroup.OTHER)
    NOTE = ("note", Phrase("Note"), EventGroup.OTHER)
    ARTEFACT = ("artefact", Phrase("Artefact"), EventGroup.ARTEFACT)

    id: str
    label: Phrase
    group: EventGroup

    def __new__(cls, event_id: str, label: Phrase, group: EventGroup) -> EventKind:  # noqa: D102
        kind = object.__new__(cls)
        kind._value_ = event_id
        kind.id = event_id
        kind.label = label
        kind.group = group
        return kind

    @classmethod
    def from_id(cls, event_id: str) -> EventKind:
        """Kind of a word in our files; raise ValueError for an unknown one."""
        for kind in cls:
            if kind.id == event_id:
                return kind
        raise ValueError(f"there is no event “{event_id[:40]}”")


LEAST_DURATIONS_S = {
    EventKind.AROUSAL: 3.0,
    EventKind.OBSTRUCTIVE_APNEA: 10.0,
    EventKind.CENTRAL_APNEA: 10.0,
    EventKind.MIXED_APNEA: 10.0,
    EventKind.APNEA: 10.0,
    EventKind.OBSTRUCTIVE_HYPOPNEA: 10.0,
    EventKind.CENTRAL_HYPOPNEA: 10.0,
    EventKind.HYPOPNEA: 10.0,
    EventKind.RERA: 10.0,
    EventKind.DESATURATION: 10.0,
    EventKind.LEFT_LIMB_MOVEMENT: 0.5,
    EventKind.RIGHT_LIMB_MOVEMENT: 0.5,
    EventKind.LIMB_MOVEMENT: 0.5,
    EventKind.PLM: 0.5,
    EventKind.SPINDLE: 0.5,
    EventKind.K_COMPLEX: 0.5,
    EventKind.BRUXISM: 2.0,
    EventKind.NOTE: 0.0,
    EventKind.ARTEFACT: 0.0,
}
"""Seconds that an event lasts at least by the AASM Manual; a desaturation goes with its apnea."""


APNEAS_AND_HYPOPNEAS = (EventGroup.APNEA, EventGroup.HYPOPNEA)
"""What an AHI counts."""

WITH_SATURATION = (*APNEAS_AND_HYPOPNEAS, EventGroup.DESATURATION)
"""What has a nadir and a baseline of the oxygen saturation."""

BREATHING_EVENTS = (*APNEAS_AND_HYPOPNEAS, EventGroup.RERA)
"""What an RDI counts."""

LIMB_EVENTS = (EventGroup.LIMB_MOVEMENT, EventGroup.PLM)

ADDED_KINDS = (EventKind.ARTEFACT,)
"""Kinds that earlier versions do not know: files of ours hold them as notes that are tagged."""


@dataclass(frozen=True, slots=True)
class ScoredEvent:
    """One event.

    Attributes
    ----------
    kind
        What it is; free text is a `EventKind.NOTE`.
    onset_s
        Seconds from the start of the recording.
    duration_s
        Seconds; 0 when it marks an instant.
    channel
        Label of the channel it was seen in; empty when it belongs to the whole recording.
    text
        A note's text; for any other kind a remark.
    spo2_nadir, spo2_baseline
        Oxygen saturation at its lowest and before the event, in %; None where it was not measured.
    source
        Who or what marked it; None where that is not known.

    Raises
    ------
    ValueError
        Onset or duration is no time, or a saturation is no number.
    """

    kind: EventKind
    onset_s: float
    duration_s: float
    channel: str = ""
    text: str = ""
    spo2_nadir: float | None = None
    spo2_baseline: float | None = None
    source: Provenance | None = None

    def __post_init__(self) -> None:
        if not math.isfinite(self.onset_s):
            raise ValueError(f"an event begins at {self.onset_s} s")
        if not 0 <= self.duration_s < math.inf:
            raise ValueError(f"an event lasts {self.duration_s} s")
        for saturation in (self.spo2_nadir, self.spo2_baseline):
            if saturation is not None and not math.isfinite(saturation):
                raise ValueError(f"the oxygen saturation of an event is {saturation} %")

    @property
    def stop_s(self) -> float:
        """Seconds from the start of the recording to the event's end."""
        return self.onset_s + self.duration_s

    @property
    def is_proposed(self) -> bool:
        """Whether a program found it and no person has decided on it: it counts nowhere yet."""
        return isinstance(self.source, Model)

    @property
    def mark(self) -> ScoredEvent:
        """The same event whoever marked it."""
        return self if self.source is None else self.by(None)

    def in_place_of(self, former: ScoredEvent) -> ScoredEvent:
        """Build the same event without the saturation of one that it is made of, if not its own.

        That was measured where the former lay, and for what it was: of an apnea that becomes a
        hypopnea it stays.
        """
        groups = {self.kind.group, former.kind.group}
        is_same = self.kind is former.kind or groups.issubset(APNEAS_AND_HYPOPNEAS)
        if is_same and (self.onset_s, self.duration_s) == (former.onset_s, former.duration_s):
            return self
        return replace(self, spo2_nadir=None, spo2_baseline=None)

    def by(self, source: Provenance | None) -> ScoredEvent:
        """Build the same event, marked by somebody else."""
        # Half a million of them are imported at once: `replace` takes three times as long.
        return ScoredEvent(
            self.kind,
            self.onset_s,
            self.duration_s,
            self.channel,
            self.text,
            self.spo2_nadir,
            self.spo2_baseline,
            source,
        )

    @property
    def description(self) -> str:
        """What is shown beside it: a note's text, else the name of the kind."""
        return self.text if self.kind is EventKind.NOTE and self.text else self.kind.label


# Stems of names in six languages, of letters without accents.
_STEMS = {
    EventGroup.AROUSAL: re.compile(r"arous|micro.?eveil|weckreakt|micro.?desp|micro.?risv"),
    EventGroup.APNEA: re.compile(r"(?<!h.po)(?<!i.po)apn|unsure"),
    EventGroup.HYPOPNEA: re.compile(r"h[yi]po.?pn|ipopn|\bhyp\b|unsure"),
    EventGroup.RERA: re.compile(r"\brera|effort.?related|effort.?event"),
    EventGroup.DESATURATION: re.compile(r"desat|dessat|entsatt"),
    EventGroup.LIMB_MOVEMENT: re.compile(
        r"\b(limb|leg|lm|bein|jambe|membre|pierna|gamb|perna)s?.?(mov|beweg|mouv|$)|beinbeweg"
        r"|mo?uv.*(jambe|membre|pierna|gamb|perna)"
    ),
    EventGroup.PLM: re.compile(r"\bplm|periodic.*(limb|leg)|period.*(jambe|pierna|gamb|perna)"),
}
_NO_EVENT = re.compile(r"^note:|art[ei]fa[ck]?t|threshold|index")
_MOST_WORDS = 6  # a longer text is a sentence, not a name


def suspected_groups(event: ScoredEvent) -> frozenset[EventGroup]:
    """Groups whose events a note may be one of, by its words.

    A file of another program may name an event in a way that is not known here; it is kept as a
    note, and what is counted of its group may be too little.
    """
    if event.kind is not EventKind.NOTE or len(event.text.split()) > _MOST_WORDS:
        return frozenset()
    plain = unicodedata.normalize("NFKD", event.text.casefold().replace("_", " "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if _NO_EVENT.search(plain):
        return frozenset()
    return frozenset(group for group, stem in _STEMS.items() if stem.search(plain))


def suspected_names(events: Iterable[ScoredEvent]) -> dict[EventGroup, Counter[str]]:
    """Count the notes that may be events of a group, by their text; groups without are left out."""
    names: dict[EventGroup, Counter[str]] = {}
    for event in events:
        for group in suspected_groups(event):
            names.setdefault(group, Counter())[event.text] += 1
    return names


_Key = tuple[float | int | str | bool, ...]
_ORDER = {kind: place for place, kind in enumerate(EventKind)}


def in_order(events: Iterable[ScoredEvent]) -> tuple[ScoredEvent, ...]:
    """Sort events by time; those of the same time always in the same order."""
    events = tuple(events)
    if all(map(_is_before, events, events[1:])):
        return events
    return tuple(sorted(events, key=sorting_key))


def _is_before(one: ScoredEvent, following: ScoredEvent) -> bool:
    if one.onset_s != following.onset_s:
        return one.onset_s < following.onset_s
    return sorting_key(one) <= sorting_key(following)


_source_key = lru_cache(maxsize=1024)(repr)  # half a million events have the same few sources


def sorting_key(event: ScoredEvent) -> _Key:
    """What events are ordered by; only equal events have equal keys."""
    return (*mark_key(event), "" if event.source is None else _source_key(event.source))


def mark_key(event: ScoredEvent) -> _Key:
    """What is the same in events that differ in nothing but who marked them."""
    return (
        event.onset_s,
        event.duration_s,
        _ORDER[event.kind],
        event.channel,
        event.text,
        event.spo2_nadir is not None,
        event.spo2_nadir or 0.0,
        event.spo2_baseline is not None,
        event.spo2_baseline or 0.0,
    )
