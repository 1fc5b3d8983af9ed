"""Luna's ``.annot`` files.

Format: https://zzz.bwh.harvard.edu/luna/ref/annotations/#annot-files
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_decisions import bare
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.texts import cell, cell_text
from sleepscorer.io.annotation_scoring import (
    MOST_DURATION_S,
    scoring_of_annotations,
)
from sleepscorer.io.atomic import write_text
from sleepscorer.io.codes import (
    CODES_OF_STAGE,
    NAMES_OF_EVENT,
    is_lights_off,
    is_lights_on,
    kind_of_text,
    remark_of_text,
    stage_of_text,
)
from sleepscorer.io.event_links import NO_WORDS, Words, links_of_numbers, numbered
from sleepscorer.io.night_clock import NightClock
from sleepscorer.io.text_files import number, read_text, seconds

HEADER = "class\tinstance\tchannel\tstart\tstop\tmeta"
_NONE = "."
_LIGHTS_OFF, _LIGHTS_ON = "lights_off", "lights_on"
_UNTIL_NEXT = "..."
_COLUMNS, _MOST_COLUMNS = (3, 4, 6), 6
_ROWS_LOOKED_AT = 50
_ROUNDING_S = 1e-3
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}[:.]\d{2}(?:[.,]\d+)?(?:\s*[AaPp]\.?[Mm]\.?)?")
_ELAPSED = re.compile(r"0\+(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)")
# Epoch, and where they are given its length and the step from one to the next in seconds.
_EPOCH = re.compile(r"e:(\d{1,6})(?::(\d{1,4}(?:\.\d+)?))?(?::(\d{1,4}(?:\.\d+)?))?")


def write_luna_annot(path: Path, scored: ScoredRecording) -> None:
    """Write stages, events and lights off and on, in seconds from the recording's start.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    scoring = scored.scoring
    words = numbered(scoring.decisions.links)
    rows: list[tuple[float, float, str, str, str, str]] = [
        (epoch * EPOCH_S, EPOCH_S, CODES_OF_STAGE[stage].luna, "", "", "")
        for epoch, stage in enumerate(scoring.stages)
    ]
    rows += [
        (mark.time_s, 0.0, _LIGHTS_OFF if mark.is_off else _LIGHTS_ON, "", "", "")
        for mark in scoring.lights.marks
    ]
    rows += [
        (
            *(event.onset_s, event.duration_s, NAMES_OF_EVENT[event.kind].luna),
            *(number, event.channel, _meta(event, linked, parted)),
        )
        for event in scoring.events
        for number, linked, parted in (words.get(bare(event), NO_WORDS) if words else NO_WORDS,)
    ]
    name = NAMES_OF_EVENT[EventKind.HYPOPNEA].luna
    lines = [f"# {name} | counts by {scored.rule_told}"] if scored.rule_told else []
    lines.append(HEADER)
    lines += [
        "\t".join(
            (
                name,
                instance or _NONE,
                cell(channel) or _NONE,
                seconds(onset_s),
                seconds(onset_s + duration_s),
                meta or _NONE,
            )
        )
        for onset_s, duration_s, name, instance, channel, meta in sorted(
            rows, key=lambda row: row[0]
        )
    ]
    write_text(path, "\n".join(lines) + "\n")


def _meta(event: ScoredEvent, linked: str, parted: str) -> str:
    """Values of an event as Luna has them: key=value, separated by bars.

    What is linked is named by the column of instances.
    """
    values = [
        f"{key}={seconds(value)}"
        for key, value in (("nadir", event.spo2_nadir), ("baseline", event.spo2_baseline))
        if value is not None
    ]
    values += [f"{key}={text}" for key, text in (("linked", linked), ("parted", parted)) if text]
    if event.text:
        values.append(f"text={event.text}")
    return "|".join(values)


def is_luna_annot(text: str) -> bool:
    """Whether a text looks like a `.annot` file: by its heading, its preamble or its rows.

    Without a heading, every row must have a class and go from one time to a later one, some class
    must be known, and the stages must lie apart: where numbers fit better as lengths or as epochs,
    a table has them.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    rows = [line for line in lines if not line.startswith("#")]
    if not rows:
        return False
    if rows[0].split()[:2] in (["class", "instance"], ["class", "start"]):
        return True
    cells = [_cells(row) for row in rows[:_ROWS_LOOKED_AT]]
    classes = [row[0] for row in cells]
    return all(map(_looks_like_row, cells)) and any(map(_is_known, classes)) and _lie_apart(cells)


def _is_known(name: str) -> bool:
    """Whether a class is a stage, an event, or lights off or on."""
    is_lights = is_lights_off(name) or is_lights_on(name)
    return is_lights or stage_of_text(name) is not None or kind_of_text(name) is not None


def _lie_apart(rows: Sequence[list[str]]) -> bool:
    """Whether no stage begins before another ends, and their last column is not their length."""
    if len(rows[0]) == _MOST_COLUMNS:
        return True
    times = [_columns(cells)[3:5] for cells in rows if stage_of_text(cells[0]) is not None]
    if not all(_NUMBER.fullmatch(text) for pair in times for text in pair):
        return True
    pairs = list(itertools.pairwise(sorted((float(start), float(stop)) for start, stop in times)))
    gaps = [later - stop for (_, stop), (later, _) in pairs]
    gaps_by_length = [later - (start + length) for (start, length), (later, _) in pairs]
    is_length = any(map(_is_gap, gaps)) and not any(map(_is_gap, gaps_by_length))
    return all(gap > -_ROUNDING_S for gap in gaps) and not is_length


def _is_gap(gap_s: float) -> bool:
    return abs(gap_s) > _ROUNDING_S


def _looks_like_row(cells: list[str]) -> bool:
    if len(cells) not in _COLUMNS or not re.search(r"[^\W\d]|\?", cells[0]):
        return False
    _, _, _, start, stop, _ = _columns(cells)
    if not (_is_time(start) and (stop in (_NONE, _UNTIL_NEXT) or _is_time(stop.lstrip("+")))):
        return False
    is_number = _NUMBER.fullmatch(start) and _NUMBER.fullmatch(stop)
    return not is_number or float(stop) >= float(start)


def _is_time(text: str) -> bool:
    return any(one.fullmatch(text) for one in (_NUMBER, _CLOCK, _ELAPSED, _EPOCH))


def read_luna_annot(path: Path) -> StoredScoring:
    """Read stages and events with three, four or six columns, with a heading or without.

    Times are seconds, ``0+hh:mm:ss``, clock times or epochs such as ``e:3`` and ``e:3:20``. All but
    clock times count from the start of the recording; a file may mix them.

    Raises
    ------
    QuestionError
        Its stages are written in two ways that contradict each other.
    ScoringError
        The file can't be read or a line makes no sense.
    """
    clock = NightClock()
    rows = list(_rows(path, read_text(path)))
    timed = _timed(path, rows, clock)
    kinds = {one.has_clock for one in timed}
    by_clock, elapsed = (
        _stored(path, [one for one in timed if one.has_clock is has_clock])
        if has_clock in kinds
        else None
        for has_clock in (True, False)
    )
    if by_clock is None or elapsed is None:
        found = by_clock or elapsed
        if found is None:
            raise ScoringError("{file} holds neither sleep stages nor events.", file=path.name)
        return replace(found, start=clock.start)
    return replace(by_clock, start=clock.start, elapsed=elapsed)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with data; `start` and `stop` as they are written."""

    line: int
    name: str
    instance: str
    channel: str
    start: str
    stop: str
    meta: str


@dataclass(frozen=True, slots=True)
class _Timed:
    """A row with its times in seconds, from the first clock time or from the recording's start."""

    row: _Row
    onset_s: float
    duration_s: float
    has_clock: bool
    is_open: bool


def _timed(path: Path, rows: Sequence[_Row], clock: NightClock) -> list[_Timed]:
    starts = [_time_s(path, row.line, row.start, clock) for row in rows]
    timed = []
    for index, (row, onset_s) in enumerate(zip(rows, starts, strict=True)):
        has_clock = _CLOCK.fullmatch(row.start) is not None
        epoch = _EPOCH.fullmatch(row.start)
        is_open = False
        if row.stop == _UNTIL_NEXT:
            is_open = index + 1 == len(rows)
            stop_s = onset_s + EPOCH_S if is_open else starts[index + 1]
            if not is_open and (_CLOCK.fullmatch(rows[index + 1].start) is not None) != has_clock:
                raise ScoringError(
                    "{file}, line {line}: “{name}” lasts until the next row, but of the "
                    "two only one has a clock time; give it an end.",
                    file=path.name,
                    line=row.line,
                    name=row.name[:60],
                )
        elif row.stop.startswith("+"):
            stop_s = onset_s + number(path, row.line, "duration", row.stop[1:], minimum=0.0)
        elif row.stop == _NONE:
            stop_s = onset_s + (_epoch_s(epoch) if epoch else 0.0)
        else:
            if (_CLOCK.fullmatch(row.stop) is not None) != has_clock:
                raise ScoringError(
                    "{file}, line {line}: “{name}” goes from {start} to {stop}, of which "
                    "only one is a clock time; write both alike.",
                    file=path.name,
                    line=row.line,
                    name=row.name[:60],
                    start=row.start[:20],
                    stop=row.stop[:20],
                )
            last = _EPOCH.fullmatch(row.stop)
            stop_s = _time_s(path, row.line, row.stop, clock) + (_epoch_s(last) if last else 0.0)
        duration_s = round(stop_s - onset_s, 6)
        if not 0 <= duration_s <= MOST_DURATION_S or abs(onset_s) > MOST_DURATION_S:
            raise ScoringError(
                "{file}, line {line}: “{name}” goes from {start} to {stop}, which is "
                "no time of a recording.",
                file=path.name,
                line=row.line,
                name=row.name[:60],
                start=row.start[:20],
                stop=row.stop[:20],
            )
        timed.append(_Timed(row, onset_s, duration_s, has_clock, is_open))
    return timed


def _stored(path: Path, timed: Sequence[_Timed]) -> StoredScoring:
    """Scoring of rows that count from one moment."""
    events = [_event(path, one) for one in timed]
    found = scoring_of_annotations(
        path,
        [Annotation(one.onset_s, one.duration_s, one.row.name, one.row.channel) for one in timed],
        start=None,
        events=events,
    )
    words = [_words(one.row) for one in timed]
    decisions = links_of_numbers(zip(events, words, strict=True))
    is_open = any(one.is_open and stage_of_text(one.row.name) is not None for one in timed)
    return replace(found, decisions=decisions, is_open_ended=is_open)


def _words(row: _Row) -> Words:
    values = _values(row.meta)
    return row.instance, values.get("linked", ""), values.get("parted", "")


def _epoch_s(epoch: re.Match[str]) -> float:
    return float(epoch[2] or EPOCH_S)


def _time_s(path: Path, line: int, text: str, clock: NightClock) -> float:
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        step_s = float(epoch[3] or _epoch_s(epoch))
        return (int(epoch[1]) - 1) * step_s
    elapsed = _ELAPSED.fullmatch(text)
    if elapsed:
        return int(elapsed[1]) * 3600 + int(elapsed[2]) * 60 + float(elapsed[3])
    if _CLOCK.fullmatch(text):
        return clock.seconds(path, line, text)
    return number(path, line, "time", text)


def _cells(line: str) -> list[str]:
    cells = line.rstrip("\r").split("\t" if "\t" in line else None)
    return [cell.strip() for cell in cells]


def _columns(cells: Sequence[str]) -> tuple[str, str, str, str, str, str]:
    """Class, instance, channel, start, stop and meta of a row."""
    if len(cells) == _MOST_COLUMNS:
        name, instance, channel, start, stop, meta = cells
        return name, instance, channel, start, stop, meta
    name, *_, start, stop = cells
    return name, _NONE, _NONE, start, stop, _NONE


def _rows(path: Path, text: str) -> Iterator[_Row]:
    """Yield each line with data."""
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip() or content.startswith("#"):
            continue
        cells = _cells(content)
        if cells[0] == "class":
            continue
        if len(cells) not in _COLUMNS:
            raise ScoringError(
                "{file}, line {line}: there are {n} columns; Luna's files have three, four or six.",
                file=path.name,
                line=line,
                n=len(cells),
            )
        name, instance, channel, start, stop, meta = _columns(cells)
        yield _Row(
            line,
            name,
            "" if instance == _NONE else instance,
            "" if channel == _NONE else cell_text(channel),
            start,
            stop,
            "" if meta == _NONE else meta,
        )


def _event(path: Path, timed: _Timed) -> ScoredEvent:
    row = timed.row
    kind = kind_of_text(row.name)
    values = _values(row.meta)
    text = values.get("text", "")
    if kind is None:
        text = f"{row.name}: {text}" if text else row.name
    return ScoredEvent(
        kind or EventKind.NOTE,
        timed.onset_s,
        timed.duration_s,
        channel=row.channel,
        text=text or remark_of_text(row.name),
        spo2_nadir=_value(path, row.line, values, "nadir"),
        spo2_baseline=_value(path, row.line, values, "baseline"),
    )


def _values(meta: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in meta.split("|") if "=" in part)


def _value(path: Path, line: int, values: dict[str, str], key: str) -> float | None:
    return number(path, line, key, values[key]) if key in values else None
