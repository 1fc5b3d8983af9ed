"""Copies of recordings and scorings that name nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import Enum
from pathlib import Path

from sleepscorer.domain.errors import RecordingError, ScoringError, SleepScorerError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import (
    UNKNOWN_MODEL,
    Imported,
    Joint,
    Model,
    Person,
    Provenance,
    people_of,
)
from sleepscorer.domain.recording import UNKNOWN_DATE, Recording
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Remark, Scoring
from sleepscorer.file_questions import is_missing
from sleepscorer.io.edf import EdfRecording, open_edf
from sleepscorer.io.edf_copy import HeaderTexts, copy_with_annotations
from sleepscorer.io.edf_header import MONTHS
from sleepscorer.io.harmless import (
    harmless_annotation,
    harmless_channel,
    harmless_labels,
    harmless_model,
    harmless_sha256,
    is_harmless_label,
)
from sleepscorer.io.recordings import EDF_SUFFIXES
from sleepscorer.io.session import SUFFIX, write_session_scoring


class Times(Enum):
    """What becomes of clock times; the value is the word on the command line."""

    KEPT = "keep"
    DATE_HIDDEN = "hide-date"
    SHIFTED = "hide-time"


@dataclass(frozen=True, slots=True)
class Deidentified:
    """What was written and what was taken away.

    Attributes
    ----------
    recording, session
        The two files; no session when there was no scoring.
    removed
        A sentence for each thing that was removed or changed.
    """

    recording: Path
    session: Path | None
    removed: tuple[Phrase, ...]


def write_deidentified(
    source: Recording,
    folder: Path,
    name: str,
    *,
    times: Times,
    scoring: Scoring | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> Deidentified:
    """Write a copy of a recording, and of its scoring, under another name.

    What stays is what is known to name nobody, see `harmless`: samples, numbers, usual labels,
    units and filters, stages, events. All else is removed or replaced.

    Parameters
    ----------
    source
        The open recording, an EDF, EDF+ or BDF file.
    folder
        Where the copies are written.
    name
        Name of the copies without suffix; it must not name anybody.
    times
        Whether date and time of day are kept, only the time of day is (the date becomes 1 January
        1985, as EDF+ has it), or neither (the recording begins at midnight).
    scoring
        The scoring of the recording.
    progress
        Called with the fraction done; may raise to stop, which leaves no file.

    Raises
    ------
    ScoringError
        A file is there already or can't be written.
    RecordingError
        The recording can't be read, is no EDF or BDF file, or its file is not what was opened any
        more.
    """
    if not isinstance(source, EdfRecording):
        raise RecordingError(
            "{file} is no EDF or BDF file; only of these a de-identified copy can be made.",
            file=source.path.name,
        )
    source.check_on_disk()
    suffix = source.path.suffix.casefold()
    if suffix not in EDF_SUFFIXES:
        suffix = ".edf" if source.header.sample_bytes == 2 else ".bdf"
    target = folder / f"{name}{suffix}"
    for path in (target, target.with_suffix(SUFFIX)):
        if not is_missing(path):
            raise ScoringError(
                "{path} is there already and was left alone; choose another name.", path=path
            )
    start = source.start
    new_start = _new_start(start, times)
    patient, recording = source.identification
    annotations = source.read_annotations()
    labels = tuple(signal.label for signal in source.header.signals)
    new_labels = dict(zip(labels, harmless_labels(labels), strict=True))
    said = (harmless_annotation(one, new_labels) for one in annotations)
    kept = tuple(one for one in said if one is not None)
    removed = [
        Phrase("The file's name, {file}, became {new}.", file=source.path.name, new=target.name)
    ]
    if patient:
        removed.append(Phrase("Patient field: “{patient}”.", patient=patient))
    if recording:
        removed.append(Phrase("Recording field: “{recording}”.", recording=recording))
    removed.append(
        Phrase(
            "Transducer and reserved texts of the signals, and what their filter "
            "texts say beside the filters."
        )
    )
    removed += [
        Phrase("Label “{label}”, which became “{new}”.", label=label, new=new)
        for label, new in new_labels.items()
        if label != new
    ]
    removed += _about_times(start, new_start, times)
    if len(annotations) > len(kept):
        removed.append(
            Phrase(
                "{n} {n:annotation|annotations} of free text; stages, events and lights off and on "
                "were kept.",
                n=len(annotations) - len(kept),
            )
        )
    day = "X"
    if times is Times.KEPT and start is not None:
        day = f"{start:%d}-{MONTHS[start.month - 1]}-{start.year}"
    texts = HeaderTexts("X X X X", f"Startdate {day} X X X", new_start, harmless=True)
    copy_with_annotations(source, target, kept, texts, may_replace=False, progress=progress)
    if scoring is None:
        return Deidentified(target, None, tuple(removed))
    nameless, about_scoring = deidentified_scoring(scoring, new_labels)
    session = target.with_suffix(SUFFIX)
    try:
        with closing(open_edf(target)) as copy:
            identity = RecordingIdentity.of(copy)
        # Only the name: the folder of a session names its owner often enough.
        write_session_scoring(session, ScoredRecording(identity, nameless), may_replace=False)
    except SleepScorerError:
        target.unlink()  # both or neither
        raise
    return Deidentified(target, session, (*removed, *about_scoring))


def deidentified_scoring(
    scoring: Scoring, new_labels: Mapping[str, str]
) -> tuple[Scoring, tuple[Phrase, ...]]:
    """Take names and free texts out of a scoring.

    Parameters
    ----------
    scoring
        The scoring.
    new_labels
        Label in the copy of each label of the recording.

    Returns
    -------
    scoring
        Scorers are numbered in order of appearance; notes and comments are gone.
    removed
        A sentence for each thing that was removed.
    """
    sources = _Nameless(scoring)
    removed = list(sources.removed)
    counts: Counter[str] = Counter()
    events: list[ScoredEvent] = []
    for event in scoring.events:
        if event.kind is EventKind.NOTE:
            counts[Phrase("notes")] += 1
            continue
        counts[Phrase("remarks on events")] += bool(event.text)
        channel = harmless_channel(event.channel, new_labels)
        counts[Phrase("channels of events that are none of the recording")] += (
            event.channel != "" == channel
        )
        events.append(
            replace(event, text="", channel=channel, source=sources.nameless(event.source))
        )
    counts[Phrase("comments on epochs")] = sum(
        bool(one.comment) for one in scoring.remarks.values()
    )
    removed += [
        Phrase("Free texts: {n} {what}.", n=count, what=what)
        for what, count in counts.items()
        if count
    ]
    hypnodensity = scoring.hypnodensity
    if hypnodensity is not None:
        known = replace(
            hypnodensity,
            model=harmless_model(hypnodensity.model),
            weights_sha256=harmless_sha256(hypnodensity.weights_sha256),
            derivation=_harmless_derivation(hypnodensity.derivation, new_labels),
        )
        if known != hypnodensity:
            removed.append(Phrase("What the model, its weights or its derivation are called."))
        hypnodensity = known
    if scoring.others:
        removed.append(
            Phrase("What other versions of the model predict: {n}.", n=len(scoring.others))
        )
    if scoring.decisions:
        removed.append(
            Phrase("Which suggested events were rejected, and which events a person linked.")
        )
    if scoring.sign_off is not None:
        removed.append(Phrase("The sign-off, with its name and time."))
    nameless = Scoring(
        len(scoring),
        scores=[replace(score, source=sources.nameless(score.source)) for score in scoring.scores],
        hypnodensity=hypnodensity,
        events=events,
        lights=scoring.lights,
        remarks={
            epoch: Remark(artefact=True)
            for epoch, remark in scoring.remarks.items()
            if remark.artefact
        },
        scorer=sources.number(scoring.scorer) if scoring.scorer else "",
    )
    return nameless, tuple(removed)


class _Nameless:
    """Numbers in place of the names of people and of imported files, in order of appearance."""

    def __init__(self, scoring: Scoring) -> None:
        scores = (score.source for score in scoring.scores)
        sources = (*scores, *(event.source for event in scoring.events))
        names = [person.name for source in sources for person in people_of(source)]
        names += [scoring.scorer] if scoring.scorer else []
        files = [source.file for source in sources if isinstance(source, Imported)]
        self._names = _numbered("Scorer", names)
        self._files = _numbered("file", files)

    @property
    def removed(self) -> Iterator[Phrase]:
        """A sentence for each kind of names that there are."""
        if self._names:
            yield Phrase("Names of scorers became numbers: {n}.", n=len(self._names))
        if self._files:
            yield Phrase("Names of imported files became numbers: {n}.", n=len(self._files))

    def number(self, name: str) -> str:
        """What a person is called in the copy."""
        return self._names[name]

    def nameless(self, source: Provenance | None) -> Provenance | None:
        """Who or what said something, in the copy."""
        match source:
            case Person():
                return self._person(source)
            case Joint(people=people):
                return Joint(tuple(self._person(person) for person in people))
            case Imported(file=file, by=by):
                return Imported(self._files[file], None if by is None else self._person(by))
            case Model(name=name, sha256=sha256) if source != UNKNOWN_MODEL:
                name = harmless_model(name)
                return Model(name, harmless_sha256(sha256)) if name else UNKNOWN_MODEL
            case _:
                return source

    def _person(self, person: Person) -> Person:
        return replace(person, name=self._names[person.name])


def _numbered(word: str, names: Iterable[str]) -> dict[str, str]:
    return {name: f"{word} {number}" for number, name in enumerate(dict.fromkeys(names), start=1)}


def _harmless_derivation(name: str, new_labels: Mapping[str, str]) -> str:
    """Name of a derivation, which is made of labels; empty where it is not known what it says."""
    for label, new in new_labels.items():
        if label != new:
            name = name.replace(label, new)
    return name if is_harmless_label(name) else ""


def _new_start(start: datetime | None, times: Times) -> datetime:
    hidden = datetime.combine(UNKNOWN_DATE, time())
    if start is None or times is Times.SHIFTED:
        return hidden
    if times is Times.DATE_HIDDEN:
        return datetime.combine(UNKNOWN_DATE, start.time())
    return start


def _about_times(start: datetime | None, new_start: datetime, times: Times) -> list[Phrase]:
    if start is None:
        return []
    if times is Times.KEPT:
        return [
            Phrase(
                "Not removed: date and time of the recording ({start:%Y-%m-%d %H:%M:%S}).",
                start=start,
            )
        ]
    return [Phrase("The recording begins at {start:%Y-%m-%d %H:%M:%S} now.", start=new_start)]
