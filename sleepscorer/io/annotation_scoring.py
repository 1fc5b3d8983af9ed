"""Scorings as lists of annotations: what EDF+, EDFbrowser and BIDS files have in common."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from sleepscorer.domain.alignment import StageSpan, StoredScoring
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent, suspected_names
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scoring import EpochScore, LightInterruption, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.annotation_roles import Voice, rivals, roles_of, without_rivals
from sleepscorer.io.codes import (
    LIGHTS_OFF,
    LIGHTS_ON,
    NAMES_OF_EVENT,
    kind_of_text,
    remark_of_text,
    stage_of_text,
)
from sleepscorer.io.event_links import link_annotations, links_of_annotations
from sleepscorer.io.event_words import is_no_event
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.io.text_files import shortened

_MOST_NAMED = 8
_MOST_DOUBLE_SHARE = 0.1
_LEAST_DOUBLE_S = 5 * EPOCH_S
"""More of a night than this with two stages at once is the work of two scorers."""

MOST_DURATION_S = 366 * 86_400.0
"""Longest recording that is believed."""


def stage_annotations(
    scoring: Scoring, text_of: Callable[[Stage], str], *, merged: bool = False
) -> tuple[Annotation, ...]:
    """Annotations of all stages, contiguous from the start of the recording.

    Parameters
    ----------
    scoring
        The scoring.
    text_of
        Text of a stage.
    merged
        Whether epochs of the same stage that follow each other become one annotation.
    """
    runs = itertools.groupby(
        enumerate(scoring.stages), key=lambda pair: pair[1] if merged else pair
    )
    annotations = []
    for _, run in runs:
        (first, stage), *others = run
        duration_s = (1 + len(others)) * EPOCH_S
        annotations.append(Annotation(first * EPOCH_S, duration_s, text_of(stage)))
    return tuple(annotations)


def event_annotations(scoring: Scoring) -> tuple[Annotation, ...]:
    """Annotations of lights off and on, of all events and their links, in order of onset."""
    annotations = [
        Annotation(mark.time_s, 0.0, LIGHTS_OFF if mark.is_off else LIGHTS_ON)
        for mark in scoring.lights.marks
    ]
    annotations += [
        Annotation(event.onset_s, event.duration_s, event_text(event), event.channel)
        for event in scoring.events
    ]
    annotations += link_annotations(scoring.decisions.links)
    return tuple(sorted(annotations, key=lambda annotation: annotation.onset_s))


def event_text(event: ScoredEvent) -> str:
    """Text of an event's annotation: a note's own, else the standard one of its kind."""
    if event.kind is EventKind.NOTE and event.text:
        return event.text
    return NAMES_OF_EVENT[event.kind].edf


def scoring_of_annotations(
    path: Path,
    annotations: Iterable[Annotation],
    *,
    start: datetime | time | None,
    duration_s: float | None = None,
    events: Sequence[ScoredEvent] | None = None,
) -> StoredScoring:
    """Sort annotations into stages, lights off and on, and events; unknown texts become notes.

    Parameters
    ----------
    path
        The file, for messages.
    annotations
        In any order.
    start
        Clock time of second 0, as far as it is known.
    duration_s
        How long the file says that the recording is, in seconds.
    events
        What each annotation is if it is an event; made of the annotation itself without.

    Raises
    ------
    QuestionError
        Several scorers speak in it, and contradict each other.
    ScoringError
        There is nothing of a scoring among them, or a time makes no sense.
    """
    annotations = tuple(annotations)
    voices = rivals(annotations)
    if voices:

        def read_one(indices: Sequence[int]) -> StoredScoring:
            return scoring_of_annotations(
                path,
                [annotations[index] for index in indices],
                start=start,
                duration_s=duration_s,
                events=None if events is None else [events[index] for index in indices],
            )

        raise _question(path, annotations, voices, read_one)
    for one in annotations:
        if abs(one.onset_s) > MOST_DURATION_S or one.duration_s > MOST_DURATION_S:
            raise ScoringError(
                "{file}: “{description}” at {onset_s:g} s for {duration_s:g} s is no "
                "time of a recording; the file is damaged.",
                file=path.name,
                description=one.description[:60],
                onset_s=one.onset_s,
                duration_s=one.duration_s,
            )
    roles = roles_of(annotations)
    if not (roles.stages or roles.events or roles.offs_s or roles.ons_s):
        raise ScoringError(
            "{file} holds neither sleep stages nor events; choose the file with the scoring.",
            file=path.name,
        )
    lights, notes = lights_of(roles.offs_s, roles.ons_s)
    spans = spans_of_annotations(roles.stages)
    refuse_two_at_once(path, spans)
    found = {
        index: event_of_annotation(annotations[index]) if events is None else events[index]
        for index in roles.events
    }
    decisions, said = links_of_annotations(annotations, found.values())
    return StoredScoring(
        start=start,
        spans=spans,
        duration_s=duration_s,
        events=tuple(event for index, event in found.items() if index not in said),
        decisions=decisions,
        lights=lights,
        notes=notes,
    )


def _question(
    path: Path,
    annotations: Sequence[Annotation],
    voices: Sequence[Voice],
    read_one: Callable[[Sequence[int]], StoredScoring],
) -> QuestionError:
    """Build the question whose scoring is to be read."""

    def reading(voice: Voice) -> Callable[[], StoredScoring]:
        own = without_rivals(annotations, voice, voices)
        return lambda: replace(read_one(own), scorer=voice.author)

    names = [voice.author or f"“{voice.wording.strip()}”" for voice in voices]
    if len(set(names)) < len(names):
        names = [f"{name} {number}" for number, name in enumerate(names, start=1)]
    return QuestionError(
        "scorer",
        Phrase(
            "{file} holds the stages of {n} scorers ({names}), and they contradict each other.",
            file=path.name,
            n=len(voices),
            names=tuple(names),
        ),
        tuple(
            Option(
                name.replace(" ", "-"),
                Phrase("{name}: {n} {n:stage|stages}", name=name, n=len(voice.indices)),
                reading(voice),
            )
            for name, voice in zip(names, voices, strict=True)
        ),
    )


def refuse_two_at_once(path: Path, spans: Iterable[StageSpan]) -> None:
    """Refuse stages of two scorers when nothing tells whose each is.

    Raises
    ------
    ScoringError
        A good part of the night has two stages at once.
    """
    total_s = double_s = 0.0
    latest: StageSpan | None = None
    where_s = None
    for span in sorted(spans, key=lambda span: span.onset_s):
        total_s += span.duration_s
        if latest is not None and span.score.stage is not latest.score.stage:
            both_s = min(span.stop_s, latest.stop_s) - span.onset_s
            if both_s > 0:
                double_s += both_s
                where_s = span.onset_s if where_s is None else where_s
        if latest is None or span.stop_s > latest.stop_s:
            latest = span
    if double_s > max(_MOST_DOUBLE_SHARE * total_s, _LEAST_DOUBLE_S):
        raise ScoringError(
            "{file} has two stages at once for {double_s:g} s, first at "
            "{where_s:g} s, as when two scorers are in one file; export the "
            "scoring of one of them.",
            file=path.name,
            double_s=double_s,
            where_s=where_s,
        )


def lights_of(offs_s: Iterable[float], ons_s: Iterable[float]) -> tuple[Lights, tuple[Phrase, ...]]:
    """Make lights of all times at which a file says that the light went off or on.

    The night lasts from the first time off to the last time on; what lies between are
    interruptions.

    Parameters
    ----------
    offs_s, ons_s
        Seconds, in any order.

    Returns
    -------
    lights
        When it went off and on.
    notes
        A sentence for each mark that contradicts the one before it.
    """
    notes = []
    off_s: float | None = None
    on_s: float | None = None
    lit_s = 0.0  # the first time of those between two times off
    interruptions = []
    # At one moment the light goes off first: a night may have no length, an interruption has one.
    marks = sorted({(time_s, 0) for time_s in offs_s} | {(time_s, 1) for time_s in ons_s})
    offs_to_come = sum(not is_on for _, is_on in marks)
    for time_s, is_on in marks:
        offs_to_come -= not is_on
        if not is_on and off_s is None:
            off_s = time_s
        elif not is_on and on_s is None:
            notes.append(
                Phrase(
                    "The light goes off at {time_s:g} s though it is off already; the "
                    "first time counts.",
                    time_s=time_s,
                )
            )
        elif not is_on:
            if lit_s < time_s:
                interruptions.append(LightInterruption(lit_s, time_s))
            on_s = None
        elif off_s is None and offs_to_come:
            if time_s > 0:  # at the start it says how the recording begins
                notes.append(
                    Phrase(
                        "The light goes on at {time_s:g} s before it has gone off; the night "
                        "counts from the first time that it goes off.",
                        time_s=time_s,
                    )
                )
        elif on_s is not None:
            notes.append(
                Phrase(
                    "The light goes on at {time_s:g} s though it is on already; the last "
                    "time counts.",
                    time_s=time_s,
                )
            )
            on_s = time_s
        else:
            lit_s = on_s = time_s
    return Lights(off_s, on_s, tuple(interruptions)), tuple(notes)


def event_of_annotation(annotation: Annotation) -> ScoredEvent:
    """Event of an annotation that is no stage; a note when its text is no known kind."""
    text = annotation.description
    kind = kind_of_text(text)
    return ScoredEvent(
        kind or EventKind.NOTE,
        annotation.onset_s,
        max(annotation.duration_s, 0.0),
        channel=annotation.channel,
        text=text if kind is None else remark_of_text(text),
    )


def about_unknown_names(events: Iterable[ScoredEvent]) -> tuple[Phrase, ...]:
    """Say which names of a file are not known, and which counts may be too small for it."""
    notes = [event for event in events if event.kind is EventKind.NOTE and event.text]
    unknown = Counter(
        event.text
        for event in notes
        if not is_no_event(event.text) and not event.text.startswith(NAMES_OF_EVENT[event.kind].edf)
    )
    if not unknown:
        return ()
    sentences = [
        Phrase(
            "{n} {n:annotation has a name that is|annotations have names that are} not known "
            "here and {n:becomes a note|become notes}: {names}.",
            n=unknown.total(),
            names=_listed(unknown),
        )
    ]
    suspected = suspected_names(notes)
    if suspected:
        groups = tuple(group.value for group in suspected)
        names = sum(suspected.values(), Counter[str]())
        sentences.append(
            Phrase(
                "Some may be events that are counted: {names}. What is counted of "
                "these may be incomplete: {groups}.",
                names=_listed(names),
                groups=groups,
            )
        )
    return tuple(sentences)


def _listed(names: Counter[str]) -> Phrase:
    """The most frequent of some names with their numbers."""
    shown = tuple(
        Phrase("“{name}” ({n})", name=shortened(name), n=count)
        for name, count in names.most_common(_MOST_NAMED)
    )
    more = len(names) - len(shown)
    if more:
        return Phrase("{names} and {n} more", names=shown, n=more)
    return Phrase("{names}", names=shown)


def spans_of_annotations(stages: Iterable[Annotation]) -> tuple[StageSpan, ...]:
    """Spans of annotations that are stages."""
    spans = []
    for one in stages:
        stage = stage_of_text(one.description)
        assert stage is not None
        spans.append(StageSpan(one.onset_s, one.duration_s, EpochScore(stage)))
    return tuple(spans)
