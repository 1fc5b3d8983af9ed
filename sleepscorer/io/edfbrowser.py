"""Annotations as EDFbrowser exports and imports them, in CSV and XML.

Format: https://www.teuniz.net/edfbrowser/EDFbrowser%20manual.html#Annotation_editor; its hypnogram
dock takes the texts W, R, N1, N2 and N3 for stages.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.io.annotation_scoring import (
    event_annotations,
    scoring_of_annotations,
    stage_annotations,
)
from sleepscorer.io.atomic import write_text
from sleepscorer.io.codes import CODES_OF_STAGE
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.io.text_files import csv_text, number, seconds
from sleepscorer.io.xml_files import element, read_elements, write_xml

CSV_HEADER = "onset,duration,description"
ROOT = "annotationlist"
_EARLY_HOUR = 6  # before it hardly a recording begins


def write_edfbrowser_csv(path: Path, scored: ScoredRecording) -> None:
    """Write onset, duration and text of all stages and events.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    rows = (
        (seconds(one.onset_s), seconds(one.duration_s), one.description)
        for one in _annotations(scored)
    )
    write_text(path, csv_text((CSV_HEADER.split(","), *rows)))


def write_edfbrowser_xml(path: Path, scored: ScoredRecording) -> None:
    """Write all stages and events with their clock times.

    Raises
    ------
    ScoringError
        The file can't be written or the recording's start is unknown.
    """
    start = scored.recording.start
    if start is None:
        raise ScoringError(
            "{file} can't be written: EDFbrowser's XML holds clock times and the "
            "recording does not say when it begins; choose EDFbrowser's CSV.",
            file=path.name,
        )
    write_xml(
        path,
        element(
            ROOT,
            *(
                element(
                    "annotation",
                    ("onset", (start + timedelta(seconds=one.onset_s)).isoformat()),
                    ("duration", seconds(one.duration_s)),
                    ("description", one.description),
                )
                for one in _annotations(scored)
            ),
        ),
    )


def read_edfbrowser_xml(path: Path) -> StoredScoring:
    """Read stages and events; onsets are clock times or seconds.

    Raises
    ------
    ScoringError
        The file can't be read or an annotation makes no sense.
    """
    found = [
        (
            one.line,
            one.children.get("onset", ""),
            one.children.get("duration", ""),
            one.children.get("description", ""),
        )
        for one in read_elements(path, ROOT, frozenset({"annotation"}))
    ]
    return _stored(path, found)


def _annotations(scored: ScoredRecording) -> tuple[Annotation, ...]:
    stages = stage_annotations(scored.scoring, lambda stage: CODES_OF_STAGE[stage].edfbrowser)
    both = itertools.chain(stages, event_annotations(scored.scoring))
    return tuple(sorted(both, key=lambda one: one.onset_s))


def _stored(path: Path, rows: list[tuple[int, str, str, str]]) -> StoredScoring:
    onsets = [_onset(path, line, onset) for line, onset, _, _ in rows]
    # Clock times count from the first of them; alignment places them in the recording.
    start = min((onset for onset in onsets if isinstance(onset, datetime)), default=None)
    annotations = []
    for (line, _, duration, description), onset in zip(rows, onsets, strict=True):
        if isinstance(onset, datetime) != isinstance(start, datetime):
            raise ScoringError(
                "{file}, line {line}: clock times and seconds are mixed in this file.",
                file=path.name,
                line=line,
            )
        onset_s = onset if isinstance(onset, float) else _seconds_between(start, onset)
        lasts = number(path, line, "duration", duration or "0", minimum=-1.0)
        annotations.append(Annotation(onset_s, max(lasts, 0.0), description))

    def reading(begins: datetime | None, later_s: float = 0.0) -> StoredScoring:
        moved = [replace(one, onset_s=one.onset_s + later_s) for one in annotations]
        return scoring_of_annotations(path, moved, start=begins)

    known = known_start(start)
    if isinstance(start, datetime) and isinstance(known, time) and known.hour < _EARLY_HOUR:
        # A recording of an unknown start counts from midnight; one of an unknown date may have
        # begun after midnight.
        midnight = datetime.combine(start, time())
        raise QuestionError(
            "times",
            Phrase(
                "{file} has no date and its times begin at {known:%H:%M:%S}.",
                file=path.name,
                known=known,
            ),
            (
                Option(
                    "elapsed",
                    Phrase("They count from the start of the recording"),
                    lambda: reading(None, (start - midnight).total_seconds()),
                ),
                Option("clock", Phrase("They are clock times"), lambda: reading(start)),
            ),
        )
    return reading(start)


def _seconds_between(start: datetime | None, moment: datetime) -> float:
    assert start is not None
    return (moment - start).total_seconds()


def _onset(path: Path, line: int, text: str) -> float | datetime:
    # Seven decimals, as EDFbrowser writes them, are one more than a clock time has here.
    head, point, fraction = text.strip().partition(".")
    try:
        moment = datetime.fromisoformat(head + point + fraction[:6])
    except ValueError:
        return number(path, line, "onset", text.strip())
    if moment.tzinfo is not None or len(head) < 10:
        raise ScoringError(
            "{file}, line {line}: “{text}” is no local date and time.",
            file=path.name,
            line=line,
            text=text[:60],
        )
    return moment
