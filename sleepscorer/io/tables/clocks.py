"""When the rows of a table begin: seconds, clock times, midnight, the change of clocks."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.io.annotation_scoring import MOST_DURATION_S
from sleepscorer.io.tables.cells import Row
from sleepscorer.io.tables.headings import plain
from sleepscorer.io.tables.lengths import stated_lengths
from sleepscorer.io.tables.table_file import HOUR_S, LONGEST_EPOCH_S, TOLERANCE_S, TableFile
from sleepscorer.io.tables.times import (
    DAY_S,
    Moment,
    dates_of,
    days_after,
    is_night_of_change,
    moment_of,
    number_of,
    range_of,
    unwrapped,
)

_NO_DATES = (date(1970, 1, 1), date(1970, 1, 2), date(1970, 1, 3))
_START_NAMES = (
    *("start time", "orig time", "start", "recording start", "start date", "startzeit"),
    *("recording start time", "start of recording", "recording date", "starttime", "beginn"),
    *("aufnahmebeginn", "aufnahmestart", "debut", "heure de debut", "debut de l enregistrement"),
    *("inicio", "hora de inicio", "hora inicio", "inicio del registro", "inicio do registro"),
    *("inizio", "ora di inizio", "ora inizio", "inizio registrazione"),
)


@dataclass(frozen=True, slots=True)
class Times:
    """When rows begin, in seconds from `start`; NaN for a row that does not say it."""

    start: datetime | time | None
    onsets_s: list[float]
    notes: tuple[Phrase, ...] = ()


def times_of(file: TableFile, rows: Sequence[Row], is_stage: Sequence[bool]) -> Times:
    """When rows begin; `is_stage` says which are stages, among which clocks may change."""
    columns = file.columns
    clock = _clock_times(file, rows, is_stage)
    if columns.elapsed is None:
        if clock is None:
            raise ScoringError(
                "{file} has no column that says when rows begin.", file=file.path.name
            )
        return clock
    factor = columns.factors[0]
    onsets = []
    for row in rows:
        value = number_of(row.cell(columns.elapsed))
        if value is None or abs(value * factor) > MOST_DURATION_S:
            raise file.error(row, columns.elapsed, Phrase("is no number that an onset can have"))
        onsets.append(round(value * factor, 6))
    if clock is None:
        return Times(start_without_rows(file), onsets)
    return Times(_start_of_both(file, clock, onsets), onsets, clock.notes)


def start_without_rows(file: TableFile) -> datetime | time | None:
    """Start that stands above the rows."""
    moment = _stated_start(file)
    if moment is None or moment.clock_s is None or moment.clock_s >= DAY_S:
        return None
    try:
        dates = dates_of([moment], _recorded_on(file))
    except ValueError:
        dates = None
    clock = _time_of(moment.clock_s)
    if not dates or moment.day is None:
        return clock
    return datetime.combine(dates[moment.day], clock)


def _start_of_both(
    file: TableFile, clock: Times, onsets_s: Sequence[float]
) -> datetime | time | None:
    """Clock time of second 0 where rows have both seconds and clock times."""
    if clock.start is None:
        return None
    first = min(range(len(onsets_s)), key=lambda index: onsets_s[index])
    at_first_s = clock.onsets_s[first] - onsets_s[first]
    if isinstance(clock.start, datetime):
        return clock.start + timedelta(seconds=at_first_s)
    start_s = (seconds_of(clock.start) + at_first_s) % DAY_S
    if start_s < 1 and not _says_clock(file):
        return None  # the same seconds once more
    return _time_of(start_s)


def _says_clock(file: TableFile) -> bool:
    column = file.columns.clock
    if file.program.has_clock or column is None:
        return file.program.has_clock
    words = plain(file.table.names[column]).split() if column < len(file.table.names) else []
    return bool({"clock", "uhrzeit", "day", "heure", "hora", "ora"} & set(words))


def _stated_start(file: TableFile) -> Moment | None:
    for name, text in file.table.preamble.items():
        if plain(name) in _START_NAMES:
            moment = moment_of(text)
            if moment is not None and moment.clock_s is not None:
                return moment
    return None


def _clock_times(file: TableFile, rows: Sequence[Row], is_stage: Sequence[bool]) -> Times | None:
    columns = file.columns
    if columns.clock is None:
        return None
    moments: list[Moment] = []
    for row in rows:
        cell = row.cell(columns.clock)
        ends = range_of(cell)
        moment = moment_of(ends[0] if ends else cell)
        if columns.date is not None and moment is not None and moment.day is None:
            day = moment_of(row.cell(columns.date))
            if day is None or day.day is None:
                raise file.error(row, columns.date, Phrase("is no date"))
            moment = Moment(day.day, day.sign, moment.clock_s, moment.is_half_day)
        if moment is None or moment.clock_s is None:
            raise file.error(row, columns.clock, Phrase("is no clock time"))
        moments.append(moment)
    n_dated = sum(moment.day is not None for moment in moments)
    if 0 < n_dated < len(moments):
        odd = next(
            row
            for row, moment in zip(rows, moments, strict=True)
            if (moment.day is None) == (moments[0].day is not None)
        )
        raise file.error(
            odd, columns.clock, Phrase("has no date where others have one, or one more")
        )
    clocks_s = [moment.clock_s or 0.0 for moment in moments]
    if n_dated:
        return _dated(file, rows, moments, clocks_s, is_stage)
    return _undated(file, rows, clocks_s, is_stage, says_half=moments[0].is_half_day)


def _dated(
    file: TableFile,
    rows: Sequence[Row],
    moments: Sequence[Moment],
    clocks_s: Sequence[float],
    is_stage: Sequence[bool],
) -> Times:
    assert file.columns.clock is not None
    column = file.columns.clock if file.columns.date is None else file.columns.date
    try:
        dates = dates_of(moments, _day_of_recording(file))
    except ValueError as error:
        raise file.error(rows[0], column, Phrase("and the others are no dates")) from error
    if dates is None:
        times = _undated(file, rows, clocks_s, is_stage, says_half=moments[0].is_half_day)
        note = Phrase(
            "The dates ({text}) may have the day, the month or the year first; only "
            "the time of day was taken.",
            text=rows[0].cell(column),
        )
        return replace(times, notes=(*times.notes, note))
    days = [dates[one.day] for one in moments if one.day is not None]
    first = min(days)
    seconds = [
        (day - first).days * DAY_S + clock_s for day, clock_s in zip(days, clocks_s, strict=True)
    ]
    seconds, stuck = _after_midnight(days, seconds)
    if max(seconds) - min(seconds) > MOST_DURATION_S:
        raise file.error(rows[0], file.columns.clock, Phrase("is a year or more from another row"))
    if first in _NO_DATES:  # seconds after nothing, as MNE writes them
        shift_s = (first - _NO_DATES[0]).days * DAY_S
        return Times(None, [one + shift_s for one in seconds])
    seconds, notes = _without_change(file, rows, seconds, is_stage, first)
    begin_s = min(seconds)
    start = datetime.combine(first, time()) + timedelta(seconds=begin_s)
    return Times(start, [round(one - begin_s, 6) for one in seconds], (*stuck, *notes))


def _undated(
    file: TableFile,
    rows: Sequence[Row],
    clocks_s: Sequence[float],
    is_stage: Sequence[bool],
    *,
    says_half: bool,
) -> Times:
    stated = _stated_start(file)
    near_s = None if stated is None else stated.clock_s
    earliest_s = min(clocks_s)
    # 24:10 in a list that begins in the evening is ten minutes after midnight.
    is_elapsed = file.answers.times == "elapsed" or (
        max(clocks_s) >= DAY_S and earliest_s < DAY_S / 2
    )
    if (
        earliest_s < 60
        and not is_elapsed
        and stated is None
        and file.answers.times is None
        and not _says_clock(file)
        and max(clocks_s) < DAY_S / 2
        and file.columns.elapsed is None
        and not _begins_at_midnight(file)
    ):
        raise file.question(
            "times",
            Phrase("the times begin at 00:00."),
            [
                (
                    "elapsed",
                    Phrase("They count from the start of the recording"),
                    {"times": "elapsed"},
                ),
                ("clock", Phrase("They are clock times"), {"times": "clock"}),
            ],
        )
    if is_elapsed:
        return Times(None, list(clocks_s))
    clocks_s = _of_whole_day(file, [clock_s % DAY_S for clock_s in clocks_s], says_half=says_half)
    seconds = unwrapped(clocks_s, near_s)
    first_day = _day_of_recording(file)
    seconds, notes = _without_change(file, rows, seconds, is_stage, first_day)
    if near_s is not None:
        start = start_without_rows(file)
        offset_s = near_s
        if min(seconds) < near_s - TOLERANCE_S:  # rows before what the file calls its start
            offset_s = min(seconds)
            moved_s = offset_s - near_s
            start = (
                start + timedelta(seconds=moved_s)
                if isinstance(start, datetime)
                else _time_of(offset_s % DAY_S)
            )
        return Times(start, [round(one - offset_s, 6) for one in seconds], notes)
    begin_s = min(seconds)
    return Times(_time_of(begin_s % DAY_S), [round(one - begin_s, 6) for one in seconds], notes)


def _of_whole_day(file: TableFile, clocks_s: list[float], *, says_half: bool) -> list[float]:
    """Take clocks of twelve hours without AM and PM for what they are."""
    if says_half or min(clocks_s) < HOUR_S or max(clocks_s) >= DAY_S / 2 + HOUR_S:
        return clocks_s
    back = [
        index
        for index, (earlier, later) in enumerate(itertools.pairwise(clocks_s), start=1)
        if later < earlier
    ]
    steps = [(later - earlier) % (DAY_S / 2) for earlier, later in itertools.pairwise(clocks_s)]
    goes_round = (
        len(back) == 1
        and clocks_s[back[0] - 1] >= DAY_S / 2
        and clocks_s[back[0]] < DAY_S / 2
        and 2 * steps[back[0] - 1] < HOUR_S
    )
    if goes_round:
        seen = Phrase(
            "the clock goes from {before} to {after} without AM and PM.",
            before=_clock_text(clocks_s[back[0] - 1]),
            after=_clock_text(clocks_s[back[0]]),
        )
    elif _is_half_a_day_early(file, clocks_s):
        seen = Phrase(
            "the times from {first} to {last} are not in the recording, but they are "
            "twelve hours later, as when AM and PM are missing.",
            first=_clock_text(min(clocks_s)),
            last=_clock_text(max(clocks_s)),
        )
    else:
        return clocks_s
    if file.answers.half is None:
        raise file.question(
            "half-day",
            seen,
            [
                ("pm", Phrase("The first time is in the evening or at noon"), {"half": "pm"}),
                (
                    "am",
                    Phrase("The first time is in the morning or at midnight"),
                    {"half": "am"},
                ),
            ],
        )
    is_later = file.answers.half == "pm"
    if not goes_round:
        return [(one + DAY_S / 2) % DAY_S if is_later else one for one in clocks_s]
    begin_s = clocks_s[0] % (DAY_S / 2) + (DAY_S / 2 if is_later else 0.0)
    return [(begin_s + one) % DAY_S for one in (0.0, *itertools.accumulate(steps))]


def _is_half_a_day_early(file: TableFile, clocks_s: Sequence[float]) -> bool:
    """Whether no time lies in the recording, and all do twelve hours later."""
    recording = file.recording
    if recording is None or recording.start is None:
        return False
    begin_s = seconds_of(recording.start.time()) - EPOCH_S
    stop_s = recording.duration_s + 2 * EPOCH_S
    since_s = [(one - begin_s) % DAY_S for one in clocks_s]
    later_s = [(one + DAY_S / 2) % DAY_S for one in since_s]
    return all(one >= stop_s for one in since_s) and all(one < stop_s for one in later_s)


def _begins_at_midnight(file: TableFile) -> bool:
    start = None if file.recording is None else file.recording.start
    return start is not None and seconds_of(start.time()) < 60


def _recorded_on(file: TableFile) -> date | None:
    start = None if file.recording is None else file.recording.start
    return None if start is None else start.date()


def _day_of_recording(file: TableFile) -> date | None:
    stated = start_without_rows(file)
    return _recorded_on(file) or (stated.date() if isinstance(stated, datetime) else None)


def _without_change(
    file: TableFile,
    rows: Sequence[Row],
    seconds: list[float],
    is_stage: Sequence[bool],
    first_day: date | None,
) -> tuple[list[float], tuple[Phrase, ...]]:
    """Take out the hour that clocks skip or repeat in a night of the year."""
    staged = [index for index, one in enumerate(is_stage) if one]
    lengths = stated_lengths(file, rows)
    steps = [
        (seconds[later] - seconds[earlier], earlier, later)
        for earlier, later in itertools.pairwise(staged)
    ]
    if len(steps) < 3:
        return seconds, ()
    if any(math.isnan(lengths[index]) for index in staged):
        epoch_s = Counter(round(step, 3) for step, *_ in steps).most_common(1)[0][0]
        if not 0 < epoch_s <= LONGEST_EPOCH_S:
            return seconds, ()
        lengths = [epoch_s] * len(rows)
    excess = [(step - lengths[before], before, after) for step, before, after in steps]
    if sum(abs(one) < 1 for one, *_ in excess) < len(excess) * 0.8 - 1:
        return seconds, ()
    back = [one for one in excess if one[0] < -1]
    if len(back) == 1 and abs(back[0][0] + HOUR_S) < 1:
        _, before, after = back[0]
        moved = [one + HOUR_S if index >= after else one for index, one in enumerate(seconds)]
        return moved, (
            Phrase(
                "The hour after {time} is there twice, as when clocks are put "
                "back; the epochs were taken as they follow each other.",
                time=_clock_text(seconds[after]),
            ),
        )
    jumps = [one for one in excess if abs(one[0] - HOUR_S) < 1]
    if back or len(jumps) != 1:
        return seconds, ()
    _, before, after = jumps[0]
    # Clocks change at a full hour, which may lie within a stage that lasts long.
    hours = range(4)
    first_s, last_s = seconds[before] % DAY_S, seconds[before] % DAY_S + lengths[before] + 1
    if not any(first_s < hour * HOUR_S <= last_s for hour in hours):
        return seconds, ()
    if first_day is not None:
        if not is_night_of_change(days_after(first_day, seconds[before])):
            return seconds, ()
    elif file.answers.change is None:
        raise file.question(
            "clock-change",
            Phrase(
                "the clock goes from {before} to {after}.",
                before=_clock_text(seconds[before]),
                after=_clock_text(seconds[after]),
            ),
            [
                (
                    "yes",
                    Phrase("Clocks were put forward: no epoch is missing"),
                    {"change": "yes"},
                ),
                ("no", Phrase("An hour is unscored"), {"change": "no"}),
            ],
        )
    elif file.answers.change == "no":
        return seconds, ()
    border_s = seconds[before] + lengths[before] + HOUR_S
    moved = [one - HOUR_S if one >= border_s - 1 else one for one in seconds]
    return moved, (
        Phrase(
            "The clock goes from {before} to {after}, as when clocks are put "
            "forward; no epoch is missing there.",
            before=_clock_text(seconds[before]),
            after=_clock_text(seconds[after]),
        ),
    )


def _after_midnight(
    days: Sequence[date], seconds: list[float]
) -> tuple[list[float], tuple[Phrase, ...]]:
    """Go on to the next day at midnight where all rows have the date of the evening."""
    steps = [later - earlier for earlier, later in itertools.pairwise(seconds)]
    back = [index for index, step in enumerate(steps, start=1) if step < 0]
    if len(set(days)) > 1 or len(back) != 1 or steps[back[0] - 1] > -DAY_S / 2:
        return seconds, ()
    moved = [one + DAY_S if index >= back[0] else one for index, one in enumerate(seconds)]
    return moved, (
        Phrase(
            "All rows are dated {day:%Y-%m-%d} though midnight lies among them; "
            "those after it were taken for the next day's.",
            day=days[0],
        ),
    )


def seconds_of(clock: time) -> float:
    """Seconds from midnight."""
    return clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6


def _time_of(seconds: float) -> time:
    return (datetime.min + timedelta(seconds=round(seconds % DAY_S, 6) % DAY_S)).time()


def _clock_text(seconds: float) -> str:
    return f"{_time_of(seconds % DAY_S):%H:%M:%S}"
