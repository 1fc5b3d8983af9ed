"""Which column of a table means what: by its name, else by what it holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sleepscorer.domain.errors import ScoringError
from sleepscorer.io.codes import is_lights_off, is_lights_on, kind_of_text, stage_of_text
from sleepscorer.io.tables.cells import Row, Table
from sleepscorer.io.tables.headings import (
    Meaning,
    meaning_of_heading,
    names_unknown_unit,
    seconds_per_unit,
)
from sleepscorer.io.tables.times import DAY_S, is_time, moment_of, number_of, range_of
from sleepscorer.io.text_files import shortened

_SAMPLE = 4000
_TOLERANCE_S = 1e-3
_FEWEST_NAMELESS_ROWS = 4
_LONGEST_CODE = 9
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Numbers of the columns that a scoring is read from; None for what is not there.

    Attributes
    ----------
    elapsed
        Onsets in seconds, or as a time since the beginning.
    clock
        Onsets as clock times, with or without a date; also a cell with both ends.
    end, duration, date, epoch, event, channel, author
        What they say.
    stages
        Each of these holds stages; more than one has to be chosen from.
    factors
        Seconds per unit of the numbers in elapsed, end and duration.
    """

    elapsed: int | None = None
    clock: int | None = None
    end: int | None = None
    duration: int | None = None
    date: int | None = None
    epoch: int | None = None
    event: int | None = None
    channel: int | None = None
    author: int | None = None
    stages: tuple[int, ...] = ()
    factors: tuple[float, float, float] = (1.0, 1.0, 1.0)

    @property
    def has_times(self) -> bool:
        """Whether rows say when they begin."""
        return self.elapsed is not None or self.clock is not None


@dataclass(frozen=True, slots=True)
class _Content:
    """What most cells of a column hold."""

    n_filled: int
    n_numbers: int
    n_times: int
    n_ranges: int
    n_stages: int
    n_events: int
    n_codes: int
    numbers: tuple[float, ...]
    words: tuple[str, ...]

    @property
    def is_numeric(self) -> bool:
        return 0 < self.n_filled <= self.n_numbers + self.n_filled * 0.05

    @property
    def is_clock(self) -> bool:
        return self.n_filled > 0 and self.n_times + self.n_ranges >= self.n_filled * 0.9

    @property
    def has_clock(self) -> bool:
        """Whether it holds more times than numbers; it may hold a mistake as well."""
        return self.n_times + self.n_ranges > self.n_numbers

    @property
    def is_stages(self) -> bool:
        """Whether words for stages are common in it, numbers beside letters counted."""
        return self.n_stages > 0 and self.n_stages + self.n_codes >= self.n_filled * 0.5

    @property
    def is_codes(self) -> bool:
        return self.n_filled > 0 and self.n_codes >= self.n_filled * 0.5

    @property
    def counts_on(self) -> bool:
        """Whether it numbers the rows, in whatever order they stand."""
        pairs = list(itertools.pairwise(sorted(self.numbers)))
        return self.is_numeric and bool(pairs) and all(b - a == 1 for a, b in pairs)

    @property
    def rises(self) -> bool:
        pairs = list(itertools.pairwise(self.numbers))
        return self.is_numeric and bool(pairs) and all(b > a for a, b in pairs)


def columns_of(path: Path, table: Table) -> Columns:
    """Find the columns.

    Raises
    ------
    ScoringError
        None holds stages or events, or one can't be told.
    """
    contents = [_content(table.rows, column) for column in range(table.n_columns)]
    columns = _named(path, table, contents) if table.names else _nameless(path, table, contents)
    for column in (columns.elapsed, columns.end, columns.epoch):
        _refuse_thousands(path, table, column)
    if columns.event is None and not columns.stages:
        raise ScoringError(
            "{file} has no column of stages or events; name one “stage” in a "
            "first line, or choose the file with the scoring.",
            file=path.name,
        )
    return columns


def nights_of(table: Table) -> dict[str, tuple[Row, ...]]:
    """Rows by what a column such as “Patient” says; empty where there is none or one night."""
    named = [
        column
        for column, name in enumerate(table.names)
        if meaning_of_heading(name) is Meaning.NIGHT
    ]
    nights: dict[str, list[Row]] = {}
    for row in table.rows:
        if row.cells:
            nights.setdefault(" ".join(row.cell(column) for column in named), []).append(row)
    return {night: tuple(rows) for night, rows in nights.items()} if len(nights) > 1 else {}


def _refuse_thousands(path: Path, table: Table, column: int | None) -> None:
    """Refuse numbers such as 1,020 after ones such as 990, which are no decimals."""
    cells = [row.cell(column) for row in table.rows[:_SAMPLE] if row.cell(column)]
    grouped = [cell for cell in cells if _GROUPED.fullmatch(cell)]
    others = [cell for cell in cells if cell not in grouped]
    whole = [cell for cell in others if cell.isdecimal()]
    if not grouped or not whole or len(whole) < len(others):
        return
    decimals = [number_of(cell) or 0.0 for cell in cells]
    thousands = [int(re.sub("[.,]", "", cell)) for cell in cells]
    if thousands == sorted(thousands) and decimals != sorted(decimals):
        raise ScoringError(
            "{file}: “{text}” in {column} may be a thousand and more, or a "
            "number with decimals; export the numbers without separators of "
            "thousands.",
            file=path.name,
            text=grouped[0],
            column=table.name(column or 0),
        )


def _content(rows: Sequence[Row], column: int) -> _Content:
    cells = [row.cell(column) for row in rows[:_SAMPLE] if row.cells]
    filled = [cell for cell in cells if cell]
    numbers = [number_of(cell) for cell in filled]
    values = tuple(value for value in numbers if value is not None)
    words = tuple(cell for cell, value in zip(filled, numbers, strict=True) if value is None)
    return _Content(
        n_filled=len(filled),
        n_numbers=len(values),
        n_times=sum(map(is_time, words)),
        n_ranges=sum(range_of(word) is not None for word in words),
        n_stages=sum(stage_of_text(word) is not None for word in words),
        n_events=sum(
            kind_of_text(word) is not None or is_lights_off(word) or is_lights_on(word)
            for word in words
        ),
        n_codes=sum(abs(value) <= _LONGEST_CODE and value == int(value) for value in values),
        numbers=values,
        words=words,
    )


def _named(path: Path, table: Table, contents: Sequence[_Content]) -> Columns:
    found: dict[Meaning, list[int]] = {meaning: [] for meaning in Meaning}
    unknown = []
    for column, content in enumerate(contents):
        name = table.names[column] if column < len(table.names) else ""
        meaning = meaning_of_heading(name)
        if meaning is None:
            unknown.append(column)
            continue
        if meaning in (Meaning.DATE, Meaning.DURATION, Meaning.EPOCH) and content.is_stages:
            meaning = Meaning.STAGE
        if meaning is Meaning.DATE and any(
            moment is not None and moment.clock_s is not None
            for moment in map(moment_of, content.words[:20])
        ):
            meaning = Meaning.ONSET
        if meaning in (Meaning.ONSET, Meaning.END, Meaning.DURATION) and names_unknown_unit(name):
            raise ScoringError(
                "{file}: {column} counts samples, not seconds; export it in seconds "
                "or with clock times.",
                file=path.name,
                column=table.name(column),
            )
        found[meaning].append(column)
    onsets = found[Meaning.ONSET]
    if not onsets:
        onsets = [column for column in unknown if contents[column].is_clock]
        if len(onsets) > 1:
            raise _unclear(path, table, onsets[0])
        unknown = [column for column in unknown if column not in onsets]
    clocks = [column for column in onsets if contents[column].has_clock]
    elapsed = [column for column in onsets if contents[column].n_numbers and column not in clocks]
    for column in onsets:
        if contents[column].n_filled and column not in (*clocks, *elapsed):
            raise _unclear(path, table, column)
    ends, durations = found[Meaning.END], found[Meaning.DURATION]
    stages, events = found[Meaning.STAGE], found[Meaning.EVENT]
    if not stages and not events:
        stages = _staging(unknown, contents)
    event = _first(
        sorted(events, key=lambda one: -(contents[one].n_stages + contents[one].n_events))
    )
    if (
        event is not None
        and contents[event].is_codes
        and not contents[event].n_stages
        and not stages
    ):
        stages, event = [event], None
    if event is not None and stages and contents[event].n_stages:
        stages = []  # each row says in which stage it lies; the events themselves have them
    if event is None and len(stages) == 1 and contents[stages[0]].n_events:
        event, stages = stages[0], []
    date = _first(found[Meaning.DATE])
    epochs = [column for column in found[Meaning.EPOCH] if contents[column].n_filled]
    if not (clocks or elapsed or durations):
        # Nothing but the place of a row would say when it is: whatever else counts must fit.
        counting = [column for column in unknown if column not in stages]
        epochs += [column for column in counting if not epochs and contents[column].counts_on]
        rising = [column for column in (*counting, *ends) if contents[column].rises]
        unread = [column for column in epochs if not contents[column].is_numeric]
        for column in (*unread, *rising):
            if column not in epochs or column in unread:
                raise _unclear(path, table, column)
    columns = Columns(
        elapsed=_first(elapsed),
        clock=_first(clocks),
        end=_first(ends),
        duration=_first(durations),
        date=date if clocks else None,
        epoch=_first([column for column in epochs if contents[column].is_numeric]),
        event=event,
        channel=_first(found[Meaning.CHANNEL]),
        author=_first(found[Meaning.AUTHOR]),
        stages=tuple(stages),
    )
    factors = [
        _factor(table, column) for column in (columns.elapsed, columns.end, columns.duration)
    ]
    return replace(columns, factors=(factors[0], factors[1], factors[2]))


def _unclear(path: Path, table: Table, column: int) -> ScoringError:
    cell = next(row.cell(column) for row in table.rows if row.cell(column))
    return ScoringError(
        "{file}: what {column} (“{cell}” …) means can't be told; name the "
        "column “onset”, “end”, “duration” or “epoch” and give it times or "
        "numbers, or take it out.",
        file=path.name,
        column=table.name(column),
        cell=shortened(cell),
    )


def _factor(table: Table, column: int | None) -> float:
    if column is None or column >= len(table.names):
        return 1.0
    return seconds_per_unit(table.names[column]) or 1.0


def _staging(candidates: Sequence[int], contents: Sequence[_Content]) -> list[int]:
    """Columns that hold stages: words if any has them, else small numbers that are no flags."""
    words = [column for column in candidates if contents[column].is_stages]
    if words:
        return words
    codes = [
        column
        for column in candidates
        if contents[column].is_codes and (len(contents) == 1 or not contents[column].counts_on)
    ]
    varied = [column for column in codes if not set(contents[column].numbers) <= {0.0, 1.0}]
    return varied or codes


def _nameless(path: Path, table: Table, contents: Sequence[_Content]) -> Columns:
    n_rows = sum(bool(row.cells) for row in table.rows)
    if len(contents) > 1 and n_rows < _FEWEST_NAMELESS_ROWS:
        raise ScoringError(
            "{file} has {n} rows and no names over its columns, too few to "
            "tell what they mean; put a first line of names into the file, such "
            "as “onset, duration, stage”.",
            file=path.name,
            n=n_rows,
        )
    columns = range(len(contents))
    clocks = [column for column in columns if contents[column].is_clock]
    is_range = bool(clocks) and contents[clocks[0]].n_ranges > 0
    dates = [column for column in clocks if _is_date(contents[column])]
    clocks = [column for column in clocks if column not in dates]
    texts = [
        column for column in columns if contents[column].words and not contents[column].is_clock
    ]
    rest = [column for column in columns if column not in (*clocks, *dates)]
    event = None
    stages = _staging(rest, contents)
    if is_range and texts:
        event, stages = texts[0], []
    elif len(stages) == 1 and contents[stages[0]].n_events:
        event, stages = stages[0], []
    numeric = [
        column
        for column in rest
        if contents[column].is_numeric and column not in stages and column != event
    ]
    epoch = _first([column for column in numeric if contents[column].counts_on])
    open_columns = [
        column
        for column in numeric
        if column != epoch and not set(contents[column].numbers) <= {0.0, 1.0}
    ]
    elapsed = _first([column for column in open_columns if contents[column].rises])
    end = duration = None
    if elapsed is not None:
        others = [
            column
            for column in numeric
            if column not in (elapsed, epoch)
            and contents[column].n_filled == contents[elapsed].n_filled
        ]
        duration = _first([c for c in others if _follows(contents, elapsed, c, is_end=False)])
        end = _first([c for c in others if _follows(contents, elapsed, c, is_end=True)])
    if duration is None and end is None:
        duration = _first([column for column in numeric if _is_epoch_length(contents[column])])
    if len(clocks) > 1:
        clocks = sorted(clocks[:2], key=lambda column: _is_later(contents, clocks, column))
        end = clocks[1]
    unexplained = [column for column in open_columns if column not in (elapsed, end, duration)]
    if unexplained and not is_range:
        raise ScoringError(
            "{file}: what {column} means can't be told; put a first line "
            "with the names of the columns into the file, such as “onset, "
            "duration, stage”.",
            file=path.name,
            column=table.name(unexplained[0]),
        )
    return Columns(
        elapsed=elapsed,
        clock=_first(clocks),
        end=end,
        duration=duration,
        date=_first(dates) if clocks else None,
        epoch=epoch,
        event=event,
        stages=tuple(stages),
    )


def _is_date(content: _Content) -> bool:
    moments = [moment_of(word) for word in content.words[:20]]
    return all(one is not None and one.clock_s is None and one.day for one in moments)


def _is_later(contents: Sequence[_Content], clocks: Sequence[int], column: int) -> bool:
    """Whether a column of times is the later one of two, as most rows show."""
    other = clocks[1] if column == clocks[0] else clocks[0]
    pairs = [
        (one.clock_s, earlier.clock_s)
        for one, earlier in zip(
            map(moment_of, contents[column].words),
            map(moment_of, contents[other].words),
            strict=False,
        )
        if one is not None and earlier is not None
    ]
    n_later = sum(
        0 < ((one_s or 0.0) - (earlier_s or 0.0)) % DAY_S < DAY_S / 2 for one_s, earlier_s in pairs
    )
    return n_later > len(pairs) / 2


def _is_epoch_length(content: _Content) -> bool:
    """Whether all cells hold the same number, and it is the length of whole epochs in seconds."""
    values = set(content.numbers)
    if len(values) != 1:
        return False
    value = values.pop()
    return value > 0 and (value % 30 == 0 or value % 20 == 0)


def _follows(contents: Sequence[_Content], onset: int, other: int, *, is_end: bool) -> bool:
    """Whether a column holds ends or durations of what begins in another, as most rows show."""
    onsets, values = contents[onset].numbers, contents[other].numbers
    steps = list(itertools.pairwise(onsets))
    if not steps:
        return False
    n_alike = sum(
        abs((value if is_end else first + value) - second) < _TOLERANCE_S
        for (first, second), value in zip(steps, values, strict=False)
    )
    return n_alike > len(steps) / 2


def _first(columns: Sequence[int]) -> int | None:
    return columns[0] if columns else None
