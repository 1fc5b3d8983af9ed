"""What of a scoring a format can hold, and what would be lost in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_decisions import EventDecisions, EventLink, bare
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Provenance, provenance_of, text_of
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.io.codes import NAMES_OF_EVENT, means_something

_Value = TypeVar("_Value")


class Part(Enum):
    """A part of a scoring beside the stages; the value is the name in a loss notice."""

    SOURCES = Phrase("who gave each stage")
    NAMED_SOURCES = Phrase("which version of a model gave a stage, and whether a scorer saw it")
    EVENT_SOURCES = Phrase("who marked each event")
    REJECTED = Phrase("which suggested events were rejected")
    LINKS = Phrase("which events a person linked or parted")
    LINKS_OF_EVENTS = Phrase(
        "which events a person linked or parted, where it does not hold both of them"
    )
    SIGN_OFF = Phrase("the sign-off")
    SCORER = Phrase("the scorer's name")
    PROBABILITIES = Phrase("the model's probabilities")
    OTHER_PREDICTIONS = Phrase("what other versions of the model predict")
    ROUNDED_PROBABILITIES = Phrase("the model's probabilities, to four decimals")
    LIGHTS = Phrase("lights off and on")
    COMMENTS = Phrase("comments")
    ARTEFACTS = Phrase("artefact marks")
    CHANNELS = Phrase("the channels of events")
    EVENT_REMARKS = Phrase("remarks on events")
    SPO2 = Phrase("oxygen saturation of events")
    START = Phrase("the time of day at which the scoring begins")
    DATE = Phrase("the date on which the scoring begins")


EVERYTHING = frozenset(Part)


def _unchanged(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Holds:
    """What a format can hold beside the stages.

    Attributes
    ----------
    parts
        The parts of a scoring that it holds.
    kinds
        What each kind of event is read back as; kinds that are not there are lost.
    text, channel
        Give a text or the label of a channel the form that the format can hold.
    note
        The same for the text of a note; it must not be taken for anything else.
    """

    parts: frozenset[Part] = frozenset()
    kinds: Mapping[EventKind, EventKind] = field(default_factory=dict)
    text: Callable[[str], str] = field(default=_unchanged)
    channel: Callable[[str], str] = field(default=_unchanged)
    note: Callable[[str], str] = field(default=_unchanged)


ALL_KINDS = MappingProxyType({kind: kind for kind in EventKind})

# Where a format has no name for a kind, the kind that says less.
_LESS_SPECIFIC = {
    EventKind.OBSTRUCTIVE_HYPOPNEA: EventKind.HYPOPNEA,
    EventKind.CENTRAL_HYPOPNEA: EventKind.HYPOPNEA,
}


def kinds_with(names: Callable[[EventKind], object]) -> Mapping[EventKind, EventKind]:
    """Kinds of a format that has no name for some; those become less specific or are lost."""
    kept: dict[EventKind, EventKind] = {}
    for kind in EventKind:
        for found in (kind, _LESS_SPECIFIC.get(kind, kind)):
            if names(found) is not None:
                kept.setdefault(kind, found)
    return MappingProxyType(kept)


def one_line(text: str) -> str:
    """Text without line breaks, control characters and repeated blanks."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def free_note(text: str) -> str:
    """Text of a note on one line, marked as a note where it would be taken for an event."""
    text = one_line(text)
    if not means_something(text):
        return text
    # What stands beside a bar is read by itself.
    return f"{NAMES_OF_EVENT[EventKind.NOTE].edf}: {text.replace('|', '/')}"


def edf_text(text: str) -> str:
    """Text on one line without the sign that begins a channel in EDF+ annotations."""
    # “@@” begins the channel and a lone one before it would belong to it.
    return one_line(text).replace("@", "(at)")


NO_CHANNEL = ("", ".", "n/a", "nan")
"""Words that stand for none in the column of channels, in small letters."""


def channel_name(label: str) -> str:
    """Channel on one line; the words that stand for none in tables are none."""
    label = one_line(label)
    return "" if label.casefold() in NO_CHANNEL else label


def unquoted(text: str) -> str:
    """Text without the sign that makes readers of tables take what follows for one cell."""
    return text.replace('"', "'")


def reduced(scoring: Scoring, holds: Holds) -> tuple[Scoring, tuple[Phrase, ...]]:
    """Reduce a scoring to what a format holds.

    Parameters
    ----------
    scoring
        All there is.
    holds
        What the format holds.

    Returns
    -------
    scoring
        What reading the file back gives.
    losses
        A sentence for each thing that is lost; empty when the two scorings are the same.
    """
    losses: list[Phrase] = []
    parts = holds.parts
    notes: list[ScoredEvent] = []
    becomes: dict[ScoredEvent, ScoredEvent] = {}
    reduced_scoring = Scoring(
        len(scoring),
        scores=_scores(scoring, parts, losses),
        hypnodensity=_hypnodensity(scoring.hypnodensity, parts, losses),
        others=_kept(scoring.others, Part.OTHER_PREDICTIONS, parts, losses) or (),
        lights=_lights(scoring.lights, parts, losses),
        remarks=_remarks(scoring.remarks, holds, notes, losses),
        events=(*_events(scoring, holds, losses, becomes), *notes),
        decisions=EventDecisions(
            _kept(scoring.decisions.rejected, Part.REJECTED, parts, losses) or (),
            _links(scoring.decisions.links, parts, losses, becomes),
        ),
        scorer=_kept(scoring.scorer, Part.SCORER, parts, losses) or "",
        sign_off=_kept(scoring.sign_off, Part.SIGN_OFF, parts, losses),
    )
    return reduced_scoring, tuple(losses)


def losses_of_start(start: datetime | None, holds: Holds) -> tuple[Phrase, ...]:
    """Say what is lost of the start of a scoring that no recording tells the start of.

    Parameters
    ----------
    start
        Clock time of its first epoch, on `UNKNOWN_DATE` where the date is not known; None when
        nothing is.
    holds
        What the format holds.
    """
    known = known_start(start)
    if known is None or {Part.START, Part.DATE} <= holds.parts:
        return ()
    if Part.START not in holds.parts:
        return (
            Phrase(
                "It does not hold {part} ({known:%H:%M:%S}): in a recording that "
                "begins at another time it is misplaced. Give the recording with "
                "--recording.",
                part=Part.START.value,
                known=known,
            ),
        )
    if isinstance(known, datetime):
        return (
            Phrase(
                "It does not hold {part} ({known:%Y-%m-%d}).", part=Part.DATE.value, known=known
            ),
        )
    return ()


def _scores(
    scoring: Scoring, parts: frozenset[Part], losses: list[Phrase]
) -> tuple[EpochScore, ...]:
    if Part.SOURCES in parts:
        return scoring.scores
    if Part.NAMED_SOURCES in parts:
        named = tuple(
            EpochScore(score.stage, provenance_of(text_of(score.source)))
            for score in scoring.scores
        )
        if named != scoring.scores:
            losses.append(Phrase("It does not hold {part}.", part=Part.NAMED_SOURCES.value))
        return named
    if any(score.source for score in scoring.scores):
        losses.append(
            Phrase(
                "It does not hold {part}: model and persons look the same.", part=Part.SOURCES.value
            )
        )
    return tuple(EpochScore(score.stage) for score in scoring.scores)


def _hypnodensity(
    hypnodensity: Hypnodensity | None, parts: frozenset[Part], losses: list[Phrase]
) -> Hypnodensity | None:
    if hypnodensity is None or Part.PROBABILITIES in parts:
        return hypnodensity
    if Part.ROUNDED_PROBABILITIES not in parts:
        losses.append(
            Phrase(
                "It does not hold {part}, version and derivation.", part=Part.PROBABILITIES.value
            )
        )
        return None
    if np.isnan(hypnodensity.probabilities).all():
        losses.append(Phrase("The model's version and derivation are not held."))
        return None
    rounded = Hypnodensity(
        np.array(
            [[float(f"{value:.4f}") for value in row] for row in hypnodensity.probabilities],
            np.float32,
        ).reshape(-1, 5),
        model="",
        weights_sha256="",
        derivation="",
    )
    losses.append(
        Phrase(
            "Probabilities are rounded to four decimals; the model's version and "
            "derivation are not held."
        )
    )
    return rounded


def _lights(lights: Lights, parts: frozenset[Part], losses: list[Phrase]) -> Lights:
    if Part.LIGHTS in parts or lights == Lights():
        return lights
    losses.append(Phrase("It does not hold {part}.", part=Part.LIGHTS.value))
    return Lights()


def _kept(
    value: _Value | None, part: Part, parts: frozenset[Part], losses: list[Phrase]
) -> _Value | None:
    """Keep a part as it is or not at all."""
    if part in parts or not value:
        return value
    losses.append(Phrase("It does not hold {part}.", part=part.value))
    return None


def _remarks(
    remarks: Mapping[int, Remark], holds: Holds, notes: list[ScoredEvent], losses: list[Phrase]
) -> dict[int, Remark]:
    """Remarks that are kept; comments that have no other place become notes."""
    n_artefacts = sum(remark.artefact for remark in remarks.values())
    holds_artefacts = Part.ARTEFACTS in holds.parts
    if n_artefacts and not holds_artefacts:
        losses.append(
            Phrase(
                "It does not hold {part} ({amount}).",
                part=Part.ARTEFACTS.value,
                amount=_epochs(n_artefacts),
            )
        )
    comments = {epoch: remark.comment for epoch, remark in remarks.items() if remark.comment}
    if Part.COMMENTS not in holds.parts and comments:
        if EventKind.NOTE in holds.kinds:
            losses.append(
                Phrase(
                    "Comments ({amount}) become notes among the events.",
                    amount=_epochs(len(comments)),
                )
            )
            notes += [
                ScoredEvent(EventKind.NOTE, epoch * EPOCH_S, EPOCH_S, text=holds.note(comment))
                for epoch, comment in comments.items()
            ]
        else:
            losses.append(
                Phrase(
                    "It does not hold {part} ({amount}).",
                    part=Part.COMMENTS.value,
                    amount=_epochs(len(comments)),
                )
            )
        comments = {}
    return {
        epoch: Remark(comments.get(epoch, ""), remark.artefact and holds_artefacts)
        for epoch, remark in remarks.items()
    }


def _links(
    links: tuple[EventLink, ...],
    parts: frozenset[Part],
    losses: list[Phrase],
    becomes: Mapping[ScoredEvent, ScoredEvent],
) -> tuple[EventLink, ...]:
    """Links between what events become; where not all are held, those whose events are."""
    if Part.LINKS in parts or not links or Part.LINKS_OF_EVENTS not in parts:
        return _kept(links, Part.LINKS, parts, losses) or ()
    kept = tuple(
        EventLink(becomes[one.first], becomes[one.second], one.holds)
        for one in links
        if one.first in becomes and one.second in becomes
    )
    if len(kept) < len(links):
        losses.append(Phrase("It does not hold {part}.", part=Part.LINKS_OF_EVENTS.value))
    return kept


def _events(
    scoring: Scoring,
    holds: Holds,
    losses: list[Phrase],
    becomes: dict[ScoredEvent, ScoredEvent],
) -> Iterable[ScoredEvent]:
    """Events that are kept; of those that are linked it is noted what they become."""
    events = scoring.events
    linked = {mark for one in scoring.decisions.links for mark in (one.first, one.second)}
    lost: Counter[EventKind] = Counter()
    changed: Counter[tuple[EventKind, EventKind]] = Counter()
    n_without: Counter[Part] = Counter()
    n_texts = n_undecided = 0
    # Half a million events repeat a few texts.
    channel_of, remark_of, note_of = cache(holds.channel), cache(holds.text), cache(holds.note)
    kept = []
    for event in events:
        if event.is_proposed and Part.EVENT_SOURCES not in holds.parts:
            n_undecided += 1  # there it would be an event like those of people, and be counted
            continue
        kind = holds.kinds.get(event.kind)
        if kind is None:
            lost[event.kind] += 1
            continue
        if kind is not event.kind:
            changed[event.kind, kind] += 1
        is_note = kind is EventKind.NOTE
        channel, text = event.channel, event.text
        nadir, baseline = event.spo2_nadir, event.spo2_baseline
        if channel and Part.CHANNELS not in holds.parts:
            n_without[Part.CHANNELS] += 1
            channel = ""
        if text and not is_note and Part.EVENT_REMARKS not in holds.parts:
            n_without[Part.EVENT_REMARKS] += 1
            text = ""
        if (nadir, baseline) != (None, None) and Part.SPO2 not in holds.parts:
            n_without[Part.SPO2] += 1
            nadir = baseline = None
        source: Provenance | None = event.source
        if source is not None and Part.EVENT_SOURCES not in holds.parts:
            n_without[Part.EVENT_SOURCES] += 1
            source = None
        written_channel = channel_of(channel)
        written_text = note_of(text) if is_note else remark_of(text)
        n_texts += (written_channel, written_text) != (channel, text)
        kept.append(
            # `replace` takes three times as long.
            ScoredEvent(
                kind,
                event.onset_s,
                event.duration_s,
                written_channel,
                written_text,
                nadir,
                baseline,
                source,
            )
        )
        if linked and (mark := bare(event)) in linked:
            becomes[mark] = bare(kept[-1])
    if n_undecided:
        losses.append(
            Phrase(
                "It does not hold what a program suggests ({n} {n:event|events}).", n=n_undecided
            )
        )
    if lost:
        counts = tuple(
            Phrase("{name} ({n})", name=kind.label, n=count) for kind, count in lost.items()
        )
        losses.append(Phrase("It does not hold these events: {counts}.", counts=counts))
    losses += [
        Phrase("{name} ({n}) becomes {other}.", name=kind.label, n=count, other=found.label)
        for (kind, found), count in changed.items()
    ]
    losses += [
        Phrase("It does not hold {part} ({n} {n:event|events}).", part=part.value, n=count)
        for part, count in n_without.items()
    ]
    if n_texts:
        losses.append(
            Phrase("Texts or channels of {n} {n:event|events} are written differently.", n=n_texts)
        )
    return kept


def _epochs(count: int) -> Phrase:
    return Phrase("1 epoch") if count == 1 else Phrase("{n} {n:epoch|epochs}", n=count)
