"""XML of Compumedics Profusion; read by names of elements, never by their position."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from sleepscorer.domain.alignment import StoredScoring, spans_of
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import Stage
from sleepscorer.io.codes import CODES_OF_STAGE, NAMES_OF_EVENT
from sleepscorer.io.nsrr_xml import event_of_element, time_of, told_rule
from sleepscorer.io.text_files import number, seconds, shortened
from sleepscorer.io.xml_files import XmlElement, element, read_elements, write_xml

ROOT = "CMPStudyConfig"
_STAGE_OF_CODE = {codes.profusion: stage for stage, codes in CODES_OF_STAGE.items()} | {
    4: Stage.N3,
    6: Stage.UNSCORED,
    7: Stage.UNSCORED,
    8: Stage.UNSCORED,
    -1: Stage.UNSCORED,
}
_CODE = re.compile(r"-?\d")


def write_profusion_xml(path: Path, scored: ScoredRecording) -> None:
    """Write one stage an epoch and the events.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    stages = [
        ("SleepStage", str(CODES_OF_STAGE[stage].profusion)) for stage in scored.scoring.stages
    ]
    events = [_event_element(event) for event in scored.scoring.events]
    root = element(ROOT, ("EpochLength", f"{EPOCH_S:g}"), *told_rule(scored))
    root.append(element("ScoredEvents", *events))
    root.append(element("SleepStages", *stages))
    write_xml(path, root)


def _event_element(event: ScoredEvent) -> Element:
    name = NAMES_OF_EVENT[event.kind].profusion
    assert name is not None
    children = [
        ("Name", name),
        ("Start", seconds(event.onset_s)),
        ("Duration", seconds(event.duration_s)),
        ("Input", event.channel),
    ]
    nadir, baseline = event.spo2_nadir, event.spo2_baseline
    if nadir is not None:
        children.append(("LowestSpO2", seconds(nadir)))
    if nadir is not None and baseline is not None and baseline >= nadir:
        children.append(("Desaturation", seconds(baseline - nadir)))
    elif baseline is not None:
        children.append(("SpO2Baseline", seconds(baseline)))
    return element("ScoredEvent", *children)


def read_profusion_xml(path: Path) -> StoredScoring:
    """Read stages and events.

    Raises
    ------
    ScoringError
        The file can't be read or something in it makes no sense.
    """
    epoch_s = EPOCH_S
    scores: list[EpochScore] = []
    events: list[ScoredEvent] = []
    for found in read_elements(path, ROOT, frozenset({"EpochLength", "ScoredEvent", "SleepStage"})):
        if found.tag == "EpochLength":
            epoch_s = number(path, found.line, "EpochLength", found.text, minimum=1.0)
        elif found.tag == "SleepStage":
            scores.append(EpochScore(_stage(path, found)))
        elif found.children.get("Name"):
            onset_s = time_of(path, found, "Start")
            duration_s = time_of(path, found, "Duration", default=0.0)
            name = found.children["Name"]
            events.append(event_of_element(path, found, name, onset_s, duration_s))
    if not scores and not events:
        raise ScoringError("{file} holds no scored stages and no events.", file=path.name)
    return StoredScoring(None, spans_of(scores, epoch_s=epoch_s), events=tuple(events))


def _stage(path: Path, found: XmlElement) -> Stage:
    code = int(found.text) if _CODE.fullmatch(found.text) else None
    if code not in _STAGE_OF_CODE:
        raise ScoringError(
            "{file}, line {line}: “{text}” is no sleep stage of Profusion; known "
            "are 0 to 5, 9 and -1.",
            file=path.name,
            line=found.line,
            text=shortened(found.text),
        )
    return _STAGE_OF_CODE[code]
