"""Luna's ``.annot`` files.

Format: https://zzz.bwh.harvard.edu/luna/ref/annotations/#annot-files
"""

from __future__ import annotations

import re
from pathlib import Path

from sleepscorer.domain.alignment import StageSpan, StoredScoring
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.io.annotation_scoring import MOST_DURATION_S, light_marks, lights_of
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
from sleepscorer.io.night_clock import NightClock
from sleepscorer.io.text_files import number, read_text, seconds

HEADER = "class\tinstance\tchannel\tstart\tstop\tmeta"
_NONE = "."
_LIGHTS_OFF, _LIGHTS_ON = "lights_off", "lights_on"
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})[:.](\d{2}(?:\.\d+)?)")
_EPOCH = re.compile(r"e:(\d{1,6})")


def write_luna_annot(path: Path, scored: ScoredRecording) -> None:
    """Write stages, events and lights off and on, in seconds from the recording's start.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    scoring = scored.scoring
    rows: list[tuple[float, float, str, str, str]] = [
        (epoch * EPOCH_S, EPOCH_S, CODES_OF_STAGE[stage].luna, "", "")
        for epoch, stage in enumerate(scoring.stages)
    ]
    rows += [
        (time_s, 0.0, _LIGHTS_OFF if is_off else _LIGHTS_ON, "", "")
        for time_s, is_off in light_marks(scoring.lights)
    ]
    rows += [
        (event.onset_s, event.duration_s, NAMES_OF_EVENT[event.kind].luna, event.channel, meta)
        for event in scoring.events
        for meta in (_meta(event),)
    ]
    lines = [HEADER]
    lines += [
        "\t".join(
            (
                name,
                _NONE,
                channel or _NONE,
                seconds(onset_s),
                seconds(onset_s + duration_s),
                meta or _NONE,
            )
        )
        for onset_s, duration_s, name, channel, meta in sorted(rows, key=lambda row: row[0])
    ]
    write_text(path, "\n".join(lines) + "\n")


def _meta(event: ScoredEvent) -> str:
    """Values of an event as Luna has them: key=value, separated by bars."""
    values = [
        f"{key}={seconds(value)}"
        for key, value in (("nadir", event.spo2_nadir), ("baseline", event.spo2_baseline))
        if value is not None
    ]
    if event.text:
        values.append(f"text={event.text}")
    return "|".join(values)


def read_luna_annot(path: Path) -> StoredScoring:
    """Read stages and events with three, four or six columns, in seconds or clock times.

    Raises
    ------
    ScoringError
        The file can't be read or a line makes no sense.
    """
    spans: list[StageSpan] = []
    events: list[ScoredEvent] = []
    offs_s: list[float] = []
    ons_s: list[float] = []
    clock = NightClock()
    rows = list(_rows(path, read_text(path)))
    for index, (line, name, channel, start, stop, meta) in enumerate(rows):
        onset_s = _time_s(path, line, start, clock)
        if stop == "...":
            following = rows[index + 1][3] if index + 1 < len(rows) else None
            stop_s = onset_s + EPOCH_S
            if following is not None:
                stop_s = _time_s(path, line, following, clock)
        elif stop.startswith("+"):
            stop_s = onset_s + number(path, line, "duration", stop[1:], minimum=0.0)
        elif stop == _NONE:
            stop_s = onset_s + (EPOCH_S if _EPOCH.match(start) else 0.0)
        else:
            epochs = EPOCH_S if _EPOCH.match(stop) else 0.0
            stop_s = _time_s(path, line, stop, clock) + epochs
        duration_s = round(stop_s - onset_s, 6)
        if not 0 <= duration_s <= MOST_DURATION_S or abs(onset_s) > MOST_DURATION_S:
            raise ScoringError(
                f"{path.name}, line {line}: “{name[:60]}” goes from {start[:20]} to {stop[:20]}, "
                "which is no time of a recording."
            )
        stage = stage_of_text(name)
        if is_lights_off(name):
            offs_s.append(onset_s)
        elif is_lights_on(name):
            ons_s.append(onset_s)
        elif stage is not None:
            spans.append(StageSpan(onset_s, duration_s, EpochScore(stage)))
        else:
            events.append(_event(path, line, name, channel, onset_s, duration_s, meta))
    if not spans and not events:
        raise ScoringError(f"{path.name} holds neither sleep stages nor events.")
    lights, notes = lights_of(offs_s, ons_s)
    return StoredScoring(
        clock.start, tuple(spans), events=tuple(events), lights=lights, notes=notes
    )


def _time_s(path: Path, line: int, text: str, clock: NightClock) -> float:
    epoch = _EPOCH.match(text)
    if epoch:
        return (int(epoch[1]) - 1) * EPOCH_S
    if text.startswith("0+"):
        parts = _CLOCK.fullmatch(text[2:])
        if parts:
            return int(parts[1]) * 3600 + int(parts[2]) * 60 + float(parts[3])
    elif _CLOCK.fullmatch(text):
        return clock.seconds(path, line, text)
    return number(path, line, "time", text)


def _rows(path: Path, text: str) -> list[tuple[int, str, str, str, str, str]]:
    """Line number, class, channel, start, stop and meta of each line with data."""
    rows = []
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip() or content.startswith("#"):
            continue
        cells = content.rstrip("\r").split("\t" if "\t" in content else None)
        cells = [cell.strip() for cell in cells]
        if cells[0] == "class":
            continue
        if len(cells) == 6:
            name, _, channel, start, stop, meta = cells
        elif len(cells) in (3, 4):
            (name, *_, start, stop), channel, meta = cells, _NONE, _NONE
        else:
            raise ScoringError(
                f"{path.name}, line {line}: there are {len(cells)} columns; Luna's files have "
                "three, four or six."
            )
        channel = "" if channel == _NONE else channel
        rows.append((line, name, channel, start, stop, "" if meta == _NONE else meta))
    return rows


def _event(
    path: Path, line: int, name: str, channel: str, onset_s: float, duration_s: float, meta: str
) -> ScoredEvent:
    kind = kind_of_text(name)
    values = dict(part.partition("=")[::2] for part in meta.split("|") if "=" in part)
    text = values.get("text", "")
    if kind is None:
        text = f"{name}: {text}" if text else name
    return ScoredEvent(
        kind or EventKind.NOTE,
        onset_s,
        duration_s,
        channel=channel,
        text=text or remark_of_text(name),
        spo2_nadir=_value(path, line, values, "nadir"),
        spo2_baseline=_value(path, line, values, "baseline"),
    )


def _value(path: Path, line: int, values: dict[str, str], key: str) -> float | None:
    return number(path, line, key, values[key]) if key in values else None
