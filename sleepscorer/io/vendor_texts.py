"""Texts that recording systems export: RemLogic, Domino (Somnomedics) and Alice.

They are read only. Columns and headings vary between versions and languages, so cells are told
by what they hold.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from sleepscorer.domain.alignment import StageSpan, StoredScoring
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import Stage
from sleepscorer.io.annotation_scoring import MOST_DURATION_S, event_of_annotation
from sleepscorer.io.codes import stage_of_text
from sleepscorer.io.night_clock import NightClock
from sleepscorer.io.text_files import number, read_text, shortened

REMLOGIC_MARK = "RemLogic Event Export"
_REMLOGIC_STAGE = "SLEEP-"
DOMINO_MARK = re.compile(r"^Signal ID\s*:", re.MULTILINE)
_DOMINO_RATE = re.compile(r"^Rate\s*:\s*(\d+)\s*s", re.MULTILINE)
_DOMINO_START = re.compile(
    r"^Start Time\s*:\s*(\d{1,2})[./](\d{1,2})[./](\d{4}) (\d{1,2}):(\d{2}):(\d{2})", re.MULTILINE
)
_CLOCK = r"\d{1,2}:\d{2}:\d{2}"
_DOMINO_ROW = re.compile(rf"({_CLOCK}(?:[.,]\d+)?)(?:\s*-\s*({_CLOCK}(?:[.,]\d+)?))?\s*;(.*)")
ALICE_ROW = re.compile(rf"^.*?\b({_CLOCK} [AaPp][Mm])\b.*?[\t,; ]([A-Za-z]\w{{0,2}})\s*$", re.M)


def read_remlogic(path: Path) -> StoredScoring:
    """Read stages and events of RemLogic's event export.

    Raises
    ------
    ScoringError
        The file can't be read or a line makes no sense.
    """
    lines = read_text(path).splitlines()
    heading = next((n for n, content in enumerate(lines) if "[hh:mm:ss]" in content), None)
    if heading is None:
        raise ScoringError(f"{path.name} has no heading “Time [hh:mm:ss]”; export it again.")
    names = [name.casefold() for name in re.split(r"\t+", lines[heading].strip())]
    clock = _RemlogicClock()
    spans: list[StageSpan] = []
    events: list[ScoredEvent] = []
    for line, content in enumerate(lines[heading + 1 :], start=heading + 2):
        cells = re.split(r"\t+", content.strip())
        if len(cells) < 2:
            continue
        # French exports have “Heure [hh:mm:ss]”, “Evénement” and “Durée[s]”.
        row = {_remlogic_column(name): cell for name, cell in zip(names, cells, strict=False)}
        if "time" not in row or "event" not in row:
            raise ScoringError(
                f"{path.name}, line {line}: “{shortened(content)}” has no time and event under the "
                "heading."
            )
        what = row["event"]
        onset_s = clock.seconds(path, line, row["time"])
        duration_s = number(path, line, "duration", row.get("duration", "0"), minimum=0.0)
        stage = stage_of_text(what) if what.upper().startswith(_REMLOGIC_STAGE) else None
        if stage is None:
            annotation = Annotation(onset_s, duration_s, what, row.get("location", ""))
            events.append(_event(path, line, annotation))
        else:
            spans.append(StageSpan(onset_s, duration_s or EPOCH_S, EpochScore(stage)))
    return _stored(path, clock.start, spans, events)


def _remlogic_column(heading: str) -> str:
    if "[hh:mm:ss]" in heading:
        return "time"
    if "[s]" in heading:
        return "duration"
    return "event" if heading.startswith(("event", "ev")) else heading


class _RemlogicClock(NightClock):
    """Also takes full dates, which newer versions write."""

    def seconds(self, path: Path, line: int, text: str) -> float:
        if "T" not in text:
            return super().seconds(path, line, text)
        try:
            moment = datetime.fromisoformat(text[:26]).replace(tzinfo=None)
        except ValueError as error:
            raise ScoringError(
                f"{path.name}, line {line}: “{text[:60]}” is no date and time."
            ) from error
        if self.start is None:
            self.start = moment
        if not isinstance(self.start, datetime):
            raise ScoringError(f"{path.name}, line {line}: times with and without date are mixed.")
        return (moment - self.start).total_seconds()


def read_domino(path: Path) -> StoredScoring:
    """Read a sleep profile or an event list of Domino.

    Raises
    ------
    ScoringError
        The file can't be read or a line makes no sense.
    """
    text = read_text(path)
    rate = _DOMINO_RATE.search(text)
    epoch_s = number(path, 1, "Rate", rate[1], minimum=1.0) if rate else EPOCH_S
    clock = NightClock(_domino_start(path, text))
    spans: list[StageSpan] = []
    events: list[ScoredEvent] = []
    for line, content in enumerate(text.splitlines(), start=1):
        row = _DOMINO_ROW.match(content.strip())
        if row is None:
            if content[:1].isdigit():
                raise ScoringError(
                    f"{path.name}, line {line}: “{shortened(content)}” is no line of a profile."
                )
            continue
        onset_s = clock.seconds(path, line, row[1])
        words = [word.strip() for word in row[3].split(";")]
        if row[2] is None:
            spans.append(StageSpan(onset_s, epoch_s, EpochScore(_stage(path, line, words[0]))))
        else:
            duration_s = max(clock.seconds(path, line, row[2]) - onset_s, 0.0)
            name = next((w for w in words if w and not w.replace(".", "").isdigit()), "")
            if name:
                events.append(_event(path, line, Annotation(onset_s, duration_s, name)))
    return _stored(path, clock.start, spans, events)


def _domino_start(path: Path, text: str) -> datetime | None:
    match = _DOMINO_START.search(text)
    if match is None:
        return None
    day, month, year, hour, minute, second = (int(part) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError as error:
        raise ScoringError(f"{path.name}: “{match[0]}” is no date and time.") from error


def read_alice(path: Path) -> StoredScoring:
    """Read the stages of Alice's export: an epoch, its clock time and its stage a line.

    Raises
    ------
    ScoringError
        The file can't be read or a line makes no sense.
    """
    clock = NightClock()
    rows = [
        (clock.seconds(path, line, match[1]), _stage(path, line, match[2]))
        for line, match in _alice_rows(read_text(path))
    ]
    steps_s = [later[0] - earlier[0] for earlier, later in itertools.pairwise(rows)]
    epoch_s = min((step_s for step_s in steps_s if step_s > 0), default=EPOCH_S)
    spans = [StageSpan(onset_s, epoch_s, EpochScore(stage)) for onset_s, stage in rows]
    return _stored(path, clock.start, spans, [])


def _alice_rows(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for line, content in enumerate(text.splitlines(), start=1):
        match = ALICE_ROW.match(content[:200])
        if match is not None:
            yield line, match


def _stage(path: Path, line: int, word: str) -> Stage:
    stage = stage_of_text(word)
    if stage is None:
        raise ScoringError(f"{path.name}, line {line}: “{shortened(word)}” is no sleep stage.")
    return stage


def _event(path: Path, line: int, annotation: Annotation) -> ScoredEvent:
    if annotation.duration_s > MOST_DURATION_S:
        raise ScoringError(f"{path.name}, line {line}: the event lasts longer than any recording.")
    return event_of_annotation(annotation)


def _stored(
    path: Path,
    start: datetime | time | None,
    spans: list[StageSpan],
    events: list[ScoredEvent],
) -> StoredScoring:
    if not spans and not events:
        raise ScoringError(f"{path.name} holds neither sleep stages nor events.")
    return StoredScoring(start, tuple(spans), events=tuple(events))
