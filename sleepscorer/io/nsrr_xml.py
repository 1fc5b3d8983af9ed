"""XML of the National Sleep Research Resource.

Format: https://github.com/nsrr/edf-editor-translator/wiki; as read by Luna.
"""

from __future__ import annotations

import itertools
import re
from datetime import time
from pathlib import Path
from xml.etree.ElementTree import Element

from sleepscorer.domain.alignment import StageSpan, StoredScoring
from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_decisions import bare
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import Stage
from sleepscorer.io.annotation_scoring import MOST_DURATION_S, refuse_two_at_once
from sleepscorer.io.codes import (
    CODES_OF_STAGE,
    NAMES_OF_EVENT,
    kind_of_text,
    remark_of_text,
    stage_of_text,
)
from sleepscorer.io.event_links import NO_WORDS, Words, links_of_numbers, numbered
from sleepscorer.io.text_files import number, seconds
from sleepscorer.io.xml_files import XmlElement, element, read_elements, write_xml

ROOT = "PSGAnnotation"
_RECORDING_START = "Recording Start Time"
_STAGES = "Stages|Stages"
_LINK_TAGS = ("EventNumber", "LinkedWith", "NotLinkedWith")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})[.:](\d{2})\s*$")


def write_nsrr_xml(path: Path, scored: ScoredRecording) -> None:
    """Write stages, run-length merged, and events.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    start = scored.recording.start
    length_s = len(scored.scoring) * EPOCH_S
    first = [
        ("EventType", ""),
        ("EventConcept", _RECORDING_START),
        ("Start", "0"),
        ("Duration", seconds(length_s)),
    ]
    if start is not None and known_start(start) is not None:
        first.append(("ClockTime", f"00.00.00 {start:%H.%M.%S}"))
    events = [element("ScoredEvent", *first)]
    for stage, run in itertools.groupby(enumerate(scored.scoring.stages), key=lambda pair: pair[1]):
        epochs = [epoch for epoch, _ in run]
        events.append(
            element(
                "ScoredEvent",
                ("EventType", _STAGES),
                ("EventConcept", CODES_OF_STAGE[stage].nsrr),
                ("Start", seconds(epochs[0] * EPOCH_S)),
                ("Duration", seconds(len(epochs) * EPOCH_S)),
            )
        )
    words = numbered(scored.scoring.decisions.links)
    events += [
        _event_element(event, words.get(bare(event), NO_WORDS) if words else NO_WORDS)
        for event in scored.scoring.events
    ]
    root = element(
        ROOT,
        ("SoftwareVersion", "SleepScorer"),
        *told_rule(scored),
        ("EpochLength", f"{EPOCH_S:g}"),
    )
    root.append(element("ScoredEvents", *events))
    write_xml(path, root)


def told_rule(scored: ScoredRecording) -> list[tuple[str, str]]:
    """The rule that hypopneas count by, in an element of ours that other readers pass over."""
    return [("ScoringRule", scored.rule_told)] if scored.rule_told else []


def _event_element(event: ScoredEvent, words: Words) -> Element:
    names = NAMES_OF_EVENT[event.kind].nsrr
    assert names is not None
    children = [
        ("EventType", names[0]),
        ("EventConcept", names[1]),
        ("Start", seconds(event.onset_s)),
        ("Duration", seconds(event.duration_s)),
    ]
    if event.channel:
        children.append(("SignalLocation", event.channel))
    for tag, value in (("SpO2Nadir", event.spo2_nadir), ("SpO2Baseline", event.spo2_baseline)):
        if value is not None:
            children.append((tag, seconds(value)))
    # Elements of ours, which other readers pass over.
    children += [pair for pair in zip(_LINK_TAGS, words, strict=True) if pair[1]]
    return element("ScoredEvent", *children)


def read_nsrr_xml(path: Path) -> StoredScoring:
    """Read stages and events.

    Raises
    ------
    ScoringError
        The file can't be read or something in it makes no sense.
    """
    start: time | None = None
    duration_s: float | None = None
    spans: list[StageSpan] = []
    events: list[ScoredEvent] = []
    numbered_events: list[tuple[ScoredEvent, Words]] = []
    for found in read_elements(path, ROOT, frozenset({"ScoredEvent"})):
        concept = found.children.get("EventConcept", "").strip()
        onset_s = time_of(path, found, "Start")
        lasts_s = time_of(path, found, "Duration", default=0.0)
        if concept == _RECORDING_START:
            start = _clock_time(found.children.get("ClockTime", ""))
            duration_s = lasts_s or None
        elif "Stages" in found.children.get("EventType", ""):
            spans.append(StageSpan(onset_s, lasts_s, EpochScore(_stage(path, found, concept))))
        elif concept:
            event = event_of_element(path, found, concept, onset_s, lasts_s)
            number, linked, parted = (found.children.get(tag, "") for tag in _LINK_TAGS)
            events.append(event)
            numbered_events.append((event, (number, linked, parted)))
    if not spans and not events:
        raise ScoringError("{file} holds no scored stages and no events.", file=path.name)
    refuse_two_at_once(path, spans)
    return StoredScoring(
        start,
        tuple(spans),
        duration_s=duration_s,
        events=tuple(events),
        decisions=links_of_numbers(numbered_events),
    )


def time_of(path: Path, found: XmlElement, tag: str, *, default: float | None = None) -> float:
    """Time in an element in seconds.

    Raises
    ------
    ScoringError
        There is none, or it is no time of a recording.
    """
    text = found.children.get(tag, "")
    if not text and default is not None:
        return default
    minimum = -MOST_DURATION_S if tag == "Start" else 0.0
    value = number(path, found.line, tag, text, minimum=minimum)
    if value > MOST_DURATION_S:
        raise ScoringError(
            "{file}, line {line}: {tag} is {value:g} s, longer than any recording.",
            file=path.name,
            line=found.line,
            tag=tag,
            value=value,
        )
    return value


def event_of_element(
    path: Path, found: XmlElement, name: str, onset_s: float, duration_s: float
) -> ScoredEvent:
    """Event with what NSRR and Profusion files tell of it; unknown names become notes."""
    kind = kind_of_text(name)
    channel = found.children.get("SignalLocation") or found.children.get("Input") or ""
    nadir = _saturation(path, found, "SpO2Nadir", "LowestSpO2")
    baseline = _saturation(path, found, "SpO2Baseline")
    drop = _saturation(path, found, "Desaturation")
    if baseline is None and nadir is not None and drop is not None:
        baseline = round(nadir + drop, 6)
    return ScoredEvent(
        kind or EventKind.NOTE,
        onset_s,
        duration_s,
        channel=channel,
        text=name if kind is None else remark_of_text(name),
        spo2_nadir=nadir,
        spo2_baseline=baseline,
    )


def _saturation(path: Path, found: XmlElement, *tags: str) -> float | None:
    for tag in tags:
        if found.children.get(tag):
            return number(path, found.line, tag, found.children[tag], minimum=0.0)
    return None


def _stage(path: Path, found: XmlElement, concept: str) -> Stage:
    stage = stage_of_text(concept)
    if stage is None:
        stage = stage_of_text(concept.partition("|")[0])
    if stage is None:
        raise ScoringError(
            "{file}, line {line}: “{text}” is no sleep stage of NSRR files.",
            file=path.name,
            line=found.line,
            text=concept[:60],
        )
    return stage


def _clock_time(text: str) -> time | None:
    """Time of day of ``00.00.00 22.13.30``; its date is a placeholder."""
    match = _CLOCK.search(text)
    if match is None:
        return None
    hour, minute, second = (int(part) for part in match.groups())
    try:
        return time(hour, minute, second)
    except ValueError:
        return None
