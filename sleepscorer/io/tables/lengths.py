"""How long the rows of a table last, and in which unit it says so."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.io.annotation_scoring import MOST_DURATION_S
from sleepscorer.io.questions import QuestionError
from sleepscorer.io.tables.cells import Row
from sleepscorer.io.tables.headings import seconds_per_unit
from sleepscorer.io.tables.programs import ANY
from sleepscorer.io.tables.table_file import (
    HOUR_S,
    LONGEST_EPOCH_S,
    MISSING,
    TOLERANCE_S,
    TableFile,
)
from sleepscorer.io.tables.times import (
    DAY_S,
    moment_of,
    number_of,
    range_of,
)

_SHORTEST_EPOCH_S = 0.9
_LONGEST_STEP_S = 20 * 60.0
_FEWEST_REPEATED = 0.3
_FEWEST_RUNS = 20
_LEAST_COVERED = 0.1
_LONGEST_NIGHT_S = 36 * HOUR_S
_SHORTEST_STAGE_S = 4.9
FEWEST_TO_JUDGE = 4
_UNITS = (
    (EPOCH_S, "epochs", Phrase("Epochs of 30 s")),
    (60.0, "min", Phrase("Minutes")),
    (1e-3, "ms", Phrase("Milliseconds")),
    (HOUR_S, "h", Phrase("Hours")),
    (DAY_S, "days", Phrase("Days")),
)
_CLOCK_UNITS = ((1 / 60, "min:s", Phrase("Minutes and seconds")),)
_RATIOS = {0.001: 0.001, 0.0167: 1 / 60, 20.0: 20.0, 30.0: 30.0, 60.0: 60.0, 1000.0: 1000.0}


def durations_of(file: TableFile, rows: Sequence[Row], onsets_s: Sequence[float]) -> list[float]:
    """Duration of each row in seconds, as its cells say it; NaN where they don't."""
    columns = file.columns
    _, end_factor, factor = columns.factors
    durations = []
    for row, onset_s in zip(rows, onsets_s, strict=True):
        value = math.nan
        if columns.duration is not None:
            cell = row.cell(columns.duration)
            value = _length(file, row, columns.duration, cell, factor)
        if math.isnan(value) and columns.end is not None:
            value = _until(file, row, columns.end, onset_s, end_factor)
        if math.isnan(value) and columns.clock is not None:
            ends = range_of(row.cell(columns.clock))
            if ends is not None:
                value = _clock_step(ends[0], ends[1])
        durations.append(value)
    return durations


def stated_lengths(file: TableFile, rows: Sequence[Row]) -> list[float]:
    """Durations that rows state by themselves, in seconds; NaN for a row that does not."""
    column = file.columns.duration
    if column is None:
        return [math.nan] * len(rows)
    return [_length(file, row, column, row.cell(column), file.columns.factors[2]) for row in rows]


def lengths_of(
    file: TableFile, onsets_s: Sequence[float], words: Sequence[str], epoch_s: float | None = None
) -> list[float]:
    """Lengths of stages that say when they begin, but not for how long.

    Each lasts an epoch, or until the next: what repeats the stage before it is an epoch, and
    lists of many stages without such a row are runs.
    """
    order = sorted(range(len(onsets_s)), key=lambda index: onsets_s[index])
    steps = [
        round(onsets_s[later] - onsets_s[earlier], 6)
        for earlier, later in itertools.pairwise(order)
    ]
    positive = [step for step in steps if step > TOLERANCE_S]
    if not positive:
        return [epoch_s or EPOCH_S] * len(onsets_s)
    shortest = min(positive)
    if epoch_s is None:
        usual_s = Counter(positive).most_common(1)[0][0]
        epoch_s = usual_s if usual_s <= EPOCH_S else EPOCH_S
        _check_unit(file, shortest, len(positive))
    share = sum(
        words[earlier] == words[later] for earlier, later in itertools.pairwise(order)
    ) / len(steps)
    is_even = shortest <= LONGEST_EPOCH_S and all(step < shortest + 1 for step in positive)
    answer = file.answers.durations
    if is_even and share >= _FEWEST_REPEATED:
        if shortest > EPOCH_S + 1 and len(steps) < FEWEST_TO_JUDGE and answer is None:
            raise _whether_until_next(
                file,
                Phrase(
                    "nothing says how long each stage lasts, and the lines are {step_s:g} s apart.",
                    step_s=shortest,
                ),
                epoch_s,
            )
        if answer != "epochs":
            return [shortest] * len(onsets_s)  # epochs that follow each other, however long
    epochs = [epoch_s] * len(onsets_s)
    if all(step < epoch_s + 1 for step in positive):
        return epochs
    until_next = dict(zip(order, [*steps, epoch_s], strict=True))
    runs = [until_next[index] for index in range(len(onsets_s))]
    span_s = onsets_s[order[-1]] - onsets_s[order[0]] + epoch_s
    are_runs = share == 0 and (len(steps) >= _FEWEST_RUNS or sum(epochs) < _LEAST_COVERED * span_s)
    is_sparse = share >= _FEWEST_REPEATED and epoch_s not in positive
    if answer is None and not are_runs and (is_sparse or share < _FEWEST_REPEATED):
        raise _whether_until_next(
            file,
            Phrase(
                "nothing says how long each stage lasts, and some lines are further "
                "apart than others."
            ),
            epoch_s,
        )
    return runs if are_runs or answer == "runs" else epochs


def _whether_until_next(file: TableFile, what: Phrase, epoch_s: float) -> QuestionError:
    """Question of whether stages that only say when they begin last until the next."""
    return file.question(
        "durations",
        what,
        [
            ("runs", Phrase("Each lasts until the next"), {"durations": "runs"}),
            (
                "epochs",
                Phrase("Each lasts {epoch_s:g} s, the rest is unscored", epoch_s=epoch_s),
                {"durations": "epochs"},
            ),
        ],
    )


def in_unit_of_onsets(
    file: TableFile, onsets_s: Sequence[float], lengths: list[float]
) -> tuple[list[float], tuple[Phrase, ...]]:
    """Take durations in another unit than the onsets, as their ratio shows, for what they are.

    Each stage lasts until the next in nearly every file.
    """
    column = file.columns.duration
    if column is None or (file.table.names and seconds_per_unit(file.table.names[column])):
        return lengths, ()
    order = sorted(range(len(onsets_s)), key=lambda index: onsets_s[index])
    ratios = Counter(
        round((onsets_s[later] - onsets_s[earlier]) / lengths[earlier], 4)
        for earlier, later in itertools.pairwise(order)
        if lengths[earlier] > 0
    )
    for ratio, count in ratios.most_common(1):
        if ratio in _RATIOS and count > 0.8 * (len(order) - 1) and count > 2:
            return [length * _RATIOS[ratio] for length in lengths], (
                Phrase(
                    "The stages begin {ratio:g} times as far apart as {column} says that "
                    "they last; each was taken to last until the next.",
                    ratio=ratio,
                    column=file.table.name(column),
                ),
            )
    return lengths, ()


def refuse_overlap(file: TableFile, onsets_s: Sequence[float], lengths_s: Sequence[float]) -> None:
    """Refuse onsets that can't be of the same unit as the lengths: most stages lie in others.

    Raises
    ------
    ScoringError
        More than half of them begin before half of the one before them is over.
    """
    pairs = list(itertools.pairwise(sorted(zip(onsets_s, lengths_s, strict=True))))
    early = [
        (later - onset, length)
        for (onset, length), (later, _) in pairs
        if TOLERANCE_S < later - onset < length / 2
    ]
    if 2 * len(early) > len(pairs):
        step_s, length_s = early[0]
        raise ScoringError(
            "{file}, {column}: stages begin {step_s:g} s apart but last {length_s:g} s. If these "
            "are numbers of epochs, name the column “epoch” in a first line; otherwise name its "
            "unit there, such as “onset (min)”.",
            file=file.path.name,
            column=file.table.name(file.time_column),
            step_s=step_s,
            length_s=length_s,
        )


def unit_of(
    file: TableFile,
    column: int | None,
    onsets: Sequence[float],
    lengths: Sequence[float],
    *,
    is_clock: bool = False,
) -> float:
    """Seconds of the unit of a column that does not name it, where these may be others."""
    if file.answers.unit is not None:
        return file.answers.unit
    named = file.table.names[column] if column is not None and file.table.names else ""
    filled = [length for length in lengths if length > 0]
    if file.program is not ANY or seconds_per_unit(named) or not filled:
        return 1.0
    shortest = min(filled)
    extent = max(onset + length for onset, length in zip(onsets, lengths, strict=True))
    duration_s = None if file.recording is None else file.recording.duration_s
    most_s = _LONGEST_NIGHT_S if duration_s is None else duration_s + 2 * EPOCH_S
    if _are_seconds(filled, extent, duration_s):
        return 1.0
    units = _CLOCK_UNITS if is_clock else _UNITS
    possible = [
        one
        for one in units
        if _SHORTEST_STAGE_S <= shortest * one[0] <= _LONGEST_STEP_S and extent * one[0] <= most_s
    ]
    if not possible:
        return 1.0
    likely_s = 8 * HOUR_S if duration_s is None else duration_s
    possible.sort(key=lambda one: abs(extent * one[0] - likely_s))
    of_seconds = (1.0, "s", Phrase("Hours and minutes") if is_clock else Phrase("Seconds"))
    raise file.question(
        "unit",
        Phrase(
            "the times end with {extent:g} and the shortest is {shortest:g}, "
            "which can hardly be seconds, and nothing says what else.",
            extent=extent,
            shortest=shortest,
        ),
        [
            (word, text, {"unit": factor})
            for factor, word, text in dict.fromkeys((*possible, of_seconds))
        ],
    )


def _are_seconds(lengths: Sequence[float], extent: float, duration_s: float | None) -> bool:
    """Whether lengths of stages are those of seconds, and fill a night or a good part of it."""
    usual_s = max(set(lengths), key=lengths.count)
    is_even = lengths.count(usual_s) >= 0.8 * len(lengths)
    if is_even and usual_s in (20.0, EPOCH_S):
        return True
    if duration_s is not None and abs(extent - duration_s) < 2 * EPOCH_S:
        return True
    n_multiples = sum(abs(one - 5 * round(one / 5)) < 0.1 for one in lengths)
    is_usual = n_multiples >= 0.8 * len(lengths) or (is_even and usual_s == 4)
    if not is_usual or min(lengths) > _LONGEST_STEP_S:
        return False
    if duration_s is None or len(lengths) < FEWEST_TO_JUDGE:
        return extent <= _LONGEST_NIGHT_S
    return duration_s / 10 <= extent <= 3 * duration_s


def _length(file: TableFile, row: Row, column: int, cell: str, factor: float) -> float:
    if cell.casefold() in MISSING:
        return math.nan
    value = number_of(cell)
    if value is None:
        moment = moment_of(cell)
        if moment is None or moment.clock_s is None or moment.day is not None:
            raise file.error(row, column, Phrase("is no duration"))
        return moment.clock_s
    if not -1 <= value * factor <= MOST_DURATION_S:
        raise file.error(row, column, Phrase("is no duration"))
    return max(value * factor, 0.0)


def _until(file: TableFile, row: Row, column: int, onset_s: float, factor: float) -> float:
    cell = row.cell(column)
    if cell.casefold() in MISSING:
        return math.nan
    value = number_of(cell)
    if value is not None:
        lasts_s = value * factor - onset_s
    else:
        begin = None
        if file.columns.clock is not None:
            begin = moment_of(row.cell(file.columns.clock))
        end = moment_of(cell)
        if end is None or end.clock_s is None:
            raise file.error(row, column, Phrase("is no time"))
        if begin is None or begin.clock_s is None:
            lasts_s = end.clock_s - onset_s
        else:
            lasts_s = (end.clock_s - begin.clock_s) % DAY_S
    if not 0 <= lasts_s <= MOST_DURATION_S:
        raise file.error(row, column, Phrase("is before the beginning"))
    return round(lasts_s, 6)


def _check_unit(file: TableFile, shortest: float, n_steps: int) -> None:
    if shortest < _SHORTEST_EPOCH_S or (shortest > _LONGEST_STEP_S and n_steps > 1):
        raise ScoringError(
            "{file}, {column}: the times are {shortest:g} or more apart, so "
            "they are hardly seconds; name their unit in the heading, such as "
            "“onset (min)” or “onset (ms)”, or export seconds.",
            file=file.path.name,
            column=file.table.name(file.time_column),
            shortest=shortest,
        )


def _clock_step(begin: str, end: str) -> float:
    one, other = moment_of(begin), moment_of(end)
    assert one is not None
    assert other is not None
    return ((other.clock_s or 0.0) - (one.clock_s or 0.0)) % DAY_S
