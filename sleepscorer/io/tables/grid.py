"""When each stage of a table begins and how long it lasts."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time

from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.io.tables.cells import Row
from sleepscorer.io.tables.clocks import start_without_rows, times_of
from sleepscorer.io.tables.headings import plain
from sleepscorer.io.tables.lengths import (
    FEWEST_TO_JUDGE,
    durations_of,
    in_unit_of_onsets,
    lengths_of,
    refuse_overlap,
    unit_of,
)
from sleepscorer.io.tables.table_file import HOUR_S, LONGEST_EPOCH_S, TOLERANCE_S, TableFile
from sleepscorer.io.tables.times import (
    number_of,
)

_EPOCH_LENGTHS_S = (30.0, 20.0, 15.0, 10.0, 5.0, 4.0, 2.0, 1.0)
_RATE_NAMES = (
    *("rate", "epoch length", "epoch duration", "epochenlange", "scoring epoch", "epoch"),
    *("epoch length s", "duree de l epoque", "longitud de epoca"),
)


def grid_of(
    file: TableFile, rows: Sequence[Row], words: Sequence[str]
) -> tuple[list[float], list[float], datetime | time | None, tuple[Phrase, ...]]:
    """Onset and length of each row in seconds, the start, and notes."""
    columns = file.columns
    if columns.has_times:
        times = times_of(file, rows, [True] * len(rows))
        for row, onset_s in zip(rows, times.onsets_s, strict=True):
            if math.isnan(onset_s):
                raise file.error(row, file.time_column, Phrase("is no time"))
        onsets = times.onsets_s
        lengths, notes = in_unit_of_onsets(file, onsets, durations_of(file, rows, onsets))
        if any(math.isnan(length) for length in lengths) or not any(lengths):
            lengths = lengths_of(file, onsets, words)
        elif columns.clock is None:
            refuse_overlap(file, onsets, lengths)
        if columns.clock is None:
            factor = unit_of(file, columns.elapsed, onsets, lengths)
            onsets, lengths = ([one * factor for one in some] for some in (onsets, lengths))
        return onsets, lengths, times.start, (*times.notes, *notes)
    if columns.duration is not None and columns.epoch is None:
        lengths = durations_of(file, rows, [0.0] * len(rows))
        for row, length in zip(rows, lengths, strict=True):
            if math.isnan(length):
                raise file.error(row, columns.duration, Phrase("is no duration"))
        onsets = [0.0, *itertools.accumulate(lengths)][:-1]
        is_clock = all(":" in row.cell(columns.duration) for row in rows)
        factor = unit_of(file, columns.duration, onsets, lengths, is_clock=is_clock)
        onsets, lengths = ([one * factor for one in some] for some in (onsets, lengths))
        return onsets, lengths, start_without_rows(file), ()
    places = _places(file, rows)
    lengths = durations_of(file, rows, [math.nan] * len(rows))
    if columns.epoch is not None and not any(math.isnan(length) for length in lengths):
        epoch_s = _epoch_of(file, places, lengths)
        onsets = [place * epoch_s for place in places]
        return onsets, lengths, start_without_rows(file), ()
    epoch_s, notes = _epoch_s(file, places, words)
    onsets = [place * epoch_s for place in places]
    lengths = [epoch_s] * len(rows)
    if columns.epoch is not None:
        lengths = lengths_of(file, onsets, words, epoch_s)
    return onsets, lengths, start_without_rows(file), notes


def _places(file: TableFile, rows: Sequence[Row]) -> list[int]:
    """Number of each row's epoch, from 0."""
    column = file.columns.epoch
    if column is None:
        if len(rows) > MOST_EPOCHS:
            raise ScoringError(
                "{file} has {n} lines, more epochs than any recording.",
                file=file.path.name,
                n=len(rows),
            )
        return list(range(len(rows)))
    numbers = []
    for row in rows:
        value = number_of(row.cell(column))
        if value is None or value != int(value) or not 0 <= value <= MOST_EPOCHS:
            raise file.error(row, column, Phrase("is no number of an epoch"))
        numbers.append(int(value))
    base = file.answers.first_epoch
    if base is None:
        base = min(numbers)
        if base > 1:
            raise file.question(
                "first-epoch",
                Phrase("the first epoch has the number {base}.", base=base),
                [
                    ("1", Phrase("Epochs count from 1"), {"first_epoch": 1}),
                    ("0", Phrase("Epochs count from 0"), {"first_epoch": 0}),
                    (
                        str(base),
                        Phrase("The scoring begins with the recording"),
                        {"first_epoch": base},
                    ),
                ],
            )
    return [number - base for number in numbers]


def _epoch_s(
    file: TableFile, places: Sequence[int], words: Sequence[str]
) -> tuple[float, tuple[Phrase, ...]]:
    """Length of the epochs of a file that does not say when they begin."""
    for name, text in file.table.preamble.items():
        if plain(name) in _RATE_NAMES:
            value = number_of(text.split()[0]) if text else None
            if value is not None and 1 <= value <= LONGEST_EPOCH_S:
                return value, ()
    if file.answers.epoch_s is not None:
        return file.answers.epoch_s, ()
    runs = [sum(1 for _ in run) for _, run in itertools.groupby(words)]
    common = math.gcd(*runs[:-1]) if len(runs) > 2 else 1
    # A night has stages that last one epoch; where all last many values, those are shorter.
    repeated = [
        one for one in _EPOCH_LENGTHS_S[3:] if common > 1 and common % round(EPOCH_S / one) == 0
    ]
    n_values = max(places) + 1
    duration_s = None if file.recording is None else file.recording.duration_s
    if duration_s is not None:
        exact = [
            one for one in _EPOCH_LENGTHS_S if abs(n_values * one - duration_s) < max(one, EPOCH_S)
        ]
        if n_values * EPOCH_S <= duration_s + EPOCH_S and not repeated:
            return EPOCH_S, ()
        if exact and exact[0] != EPOCH_S:
            return exact[0], (
                Phrase(
                    "The file has {n} stages, as many as the recording has epochs "
                    "of {epoch_s:g} s; it was read so.",
                    n=n_values,
                    epoch_s=exact[0],
                ),
            )
        if exact:
            return EPOCH_S, ()
    if not repeated:
        return EPOCH_S, ()
    lengths = sorted({EPOCH_S, *repeated}, key=lambda one: _fit(file, n_values * one))
    raise file.question(
        "epoch",
        Phrase(
            "all stages last a multiple of {n} lines, so that a line is hardly an epoch of 30 s.",
            n=common,
        ),
        [
            (f"{one:g}", Phrase("A line every {epoch_s:g} s", epoch_s=one), {"epoch_s": one})
            for one in lengths
        ],
    )


def _fit(file: TableFile, duration_s: float) -> float:
    if file.recording is None:
        return abs(duration_s - 8 * HOUR_S)
    excess_s = duration_s - file.recording.duration_s
    return excess_s * 1000 if excess_s > EPOCH_S else -excess_s


def _epoch_of(file: TableFile, places: Sequence[int], lengths_s: Sequence[float]) -> float:
    """Length of an epoch where rows have the number of their first one and a duration."""
    if file.answers.epoch_s is not None:
        return file.answers.epoch_s
    order = sorted(range(len(places)), key=lambda index: places[index])
    pairs = [
        (lengths_s[one], places[other] - places[one])
        for one, other in itertools.pairwise(order)
        if places[other] > places[one]
    ]
    found = Counter(length_s / step for length_s, step in pairs)
    possible = [
        epoch_s
        for epoch_s in _EPOCH_LENGTHS_S
        if all(length_s <= step * epoch_s + TOLERANCE_S for length_s, step in pairs)
    ]
    epoch_s, count = found.most_common(1)[0] if found else (EPOCH_S, 0)
    if 2 * count <= len(pairs) or epoch_s not in _EPOCH_LENGTHS_S:
        return possible[0] if possible else EPOCH_S
    if epoch_s != EPOCH_S and EPOCH_S in possible and len(pairs) < FEWEST_TO_JUDGE:
        raise file.question(
            "epoch",
            Phrase("either epochs are missing between the lines, or epochs are short."),
            [
                (f"{one:g}", Phrase("Epochs of {length_s:g} s", length_s=one), {"epoch_s": one})
                for one in (EPOCH_S, epoch_s)
            ],
        )
    return epoch_s
