"""From the columns of a table to a scoring; what can't be decided is asked."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from sleepscorer.domain.alignment import StageSpan, StoredScoring
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import EpochScore, Remark
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.texts import cell_text
from sleepscorer.io.annotation_scoring import MOST_DURATION_S, scoring_of_annotations
from sleepscorer.io.codes import stage_of_text
from sleepscorer.io.losses import NO_CHANNEL
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.io.stage_numbers import scoring_of_numbers
from sleepscorer.io.tables.cells import Row, Table, table_of
from sleepscorer.io.tables.columns import Columns, columns_of, nights_of
from sleepscorer.io.tables.headings import plain, seconds_per_unit
from sleepscorer.io.tables.programs import ANY, Program
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
from sleepscorer.io.text_files import read_text, shortened

_HOUR_S = 3600.0
_TOLERANCE_S = 1e-3
_EPOCH_LENGTHS_S = (30.0, 20.0, 15.0, 10.0, 5.0, 4.0, 2.0, 1.0)
_LONGEST_EPOCH_S = 120.0
_SHORTEST_EPOCH_S = 0.9
_LONGEST_STEP_S = 20 * 60.0
_FEWEST_REPEATED = 0.3
_FEWEST_RUNS = 20
_LEAST_COVERED = 0.1
_LONGEST_NIGHT_S = 36 * _HOUR_S
_SHORTEST_STAGE_S = 4.9
_FEWEST_TO_JUDGE = 4
_UNITS = (
    (EPOCH_S, "epochs", Phrase("Epochs of 30 s")),
    (60.0, "min", Phrase("Minutes")),
    (1e-3, "ms", Phrase("Milliseconds")),
    (_HOUR_S, "h", Phrase("Hours")),
    (DAY_S, "days", Phrase("Days")),
)
_CLOCK_UNITS = ((1 / 60, "min:s", Phrase("Minutes and seconds")),)
_RATIOS = {0.001: 0.001, 0.0167: 1 / 60, 20.0: 20.0, 30.0: 30.0, 60.0: 60.0, 1000.0: 1000.0}
_MISSING = ("", "nan", "n/a", "na", "null", "none", "ns", "l", "x", "<na>", "n.a.", "missing")
_ARTEFACTS = ("a", "art", "artefact", "artifact", "artefakt", "-1", "artefacto", "artefatto")
_NO_DATES = (date(1970, 1, 1), date(1970, 1, 2), date(1970, 1, 3))
_START_NAMES = (
    *("start time", "orig time", "start", "recording start", "start date", "startzeit"),
    *("recording start time", "start of recording", "recording date", "starttime", "beginn"),
    *("aufnahmebeginn", "aufnahmestart", "debut", "heure de debut", "debut de l enregistrement"),
    *("inicio", "hora de inicio", "hora inicio", "inicio del registro", "inicio do registro"),
    *("inizio", "ora di inizio", "ora inizio", "inizio registrazione"),
)
_RATE_NAMES = (
    *("rate", "epoch length", "epoch duration", "epochenlange", "scoring epoch", "epoch"),
    *("epoch length s", "duree de l epoque", "longitud de epoca"),
)


@dataclass(frozen=True, slots=True)
class _Answers:
    """What was answered about a file so far; None for what was not asked."""

    column: int | None = None
    times: str | None = None
    durations: str | None = None
    epoch_s: float | None = None
    first_line: str | None = None
    comments: str | None = None
    blanks: str | None = None
    change: str | None = None
    half: str | None = None
    unit: float | None = None
    first_epoch: int | None = None


@dataclass(frozen=True, slots=True)
class _Times:
    """When rows begin, in seconds from `start`; NaN for a row that does not say it."""

    start: datetime | time | None
    onsets_s: list[float]
    notes: tuple[Phrase, ...] = ()


def read_table(
    path: Path, recording: RecordingIdentity | None = None, *, program: Program = ANY
) -> StoredScoring:
    """Read the stages and events of a text table.

    Parameters
    ----------
    path
        The file.
    recording
        The recording that it belongs to, where that is known.
    program
        What is known of the program that wrote it.

    Raises
    ------
    QuestionError
        It can be read in more than one way.
    ScoringError
        It can't be read or a row makes no sense.
    """
    table = table_of(path, read_text(path), is_quoted=program.is_quoted)
    if not any(row.cells for row in table.rows):
        raise ScoringError("{file} is empty; choose the file with the scoring.", file=path.name)

    def read(rows: tuple[Row, ...]) -> StoredScoring:
        one = replace(table, rows=rows)
        return _Reading(path, one, columns_of(path, one), program, recording, _Answers()).read()

    nights = nights_of(table)
    if nights:
        raise QuestionError(
            "night",
            Phrase(
                "{file} holds {n} nights ({names}).",
                file=path.name,
                n=len(nights),
                names=shortened(", ".join(nights)),
            ),
            tuple(
                Option(
                    name.replace(" ", "-"),
                    Phrase("{name}: {n} rows", name=name, n=len(rows)),
                    partial(read, rows),
                )
                for name, rows in nights.items()
            ),
        )
    return read(table.rows)


@dataclass(frozen=True, slots=True)
class _Reading:
    path: Path
    table: Table
    columns: Columns
    program: Program
    recording: RecordingIdentity | None
    answers: _Answers
    notes: tuple[Phrase, ...] = field(default=())

    def read(self) -> StoredScoring:
        event = self.columns.event
        if event is None:
            return self._read_stages(self._stage_column())
        if not self.columns.stages:
            return self._read_events(event)
        rows = [row for row in self.table.rows if row.cells]
        n_events = sum(bool(row.cell(event)) for row in rows)
        if 2 * n_events > len(rows):
            events = self._read_events(event)
            names = tuple(map(self.table.name, self.columns.stages))
            note = Phrase(
                "Each row is an event; {names} says in which stage it lies, and was "
                "not read as a scoring.",
                names=names,
            )
            return replace(events, notes=(*events.notes, note))
        return self._read_both(self._stage_column(), event, n_events)

    def _read_both(self, column: int, event: int, n_events: int) -> StoredScoring:
        """Read epochs some of which have a remark of what happened in them."""
        stages = self._read_stages(column)
        if not n_events:
            return stages
        if not self.columns.has_times:
            note = Phrase(
                "{n} events in {column} have no times of their own; they were left out.",
                n=n_events,
                column=self.table.name(event),
            )
            return replace(stages, notes=(*stages.notes, note))
        whole = replace(self, columns=replace(self.columns, duration=None, end=None))
        events = whole._read_events(event)
        later_s = 0.0
        if isinstance(events.start, datetime) and isinstance(stages.start, datetime):
            later_s = (events.start - stages.start).total_seconds()
        elif isinstance(events.start, time) and isinstance(stages.start, time):
            later_s = (_seconds_of(events.start) - _seconds_of(stages.start)) % DAY_S
        events = events.later_by(later_s)
        return replace(
            stages,
            events=events.events,
            lights=events.lights,
            notes=tuple(dict.fromkeys((*stages.notes, *events.notes))),
        )

    def _stage_column(self) -> int:
        column = self.answers.column
        if column is None:
            if len(self.columns.stages) > 1:
                raise self._question(
                    "column",
                    Phrase(
                        "{n} columns hold stages: two scorers, or something else beside "
                        "the stages.",
                        n=len(self.columns.stages),
                    ),
                    [
                        (str(one + 1), self.table.name(one), {"column": one})
                        for one in self.columns.stages
                    ],
                )
            column = self.columns.stages[0]
        return column

    # Questions and errors

    def _question(
        self, topic: str, message: Phrase, options: Sequence[tuple[str, Phrase, dict[str, object]]]
    ) -> QuestionError:
        return QuestionError(
            topic,
            Phrase("{file}: {question}", file=self.path.name, question=message),
            tuple(
                Option(word, text, replace(self, answers=replace(self.answers, **changes)).read)  # type: ignore[arg-type]
                for word, text, changes in options
            ),
        )

    def _error(self, row: Row, column: int, what: Phrase) -> ScoringError:
        cell = shortened(row.cell(column))
        return ScoringError(
            "{file}, line {line}, {column}: “{cell}” {what}; correct the line or "
            "export the file again.",
            file=self.path.name,
            line=row.line,
            column=self.table.name(column),
            cell=cell,
            what=what,
        )

    # Events

    def _read_events(self, column: int) -> StoredScoring:
        columns = self.columns
        rows = [row for row in self.table.rows if row.cells and row.cell(column)]
        if not columns.has_times:
            raise ScoringError(
                "{file} has events but no column that says when they begin; export "
                "it with onsets or clock times.",
                file=self.path.name,
            )
        if not rows:
            raise ScoringError(
                "{file} holds neither sleep stages nor events; choose the file with the scoring.",
                file=self.path.name,
            )
        words = [row.cell(column) for row in rows]
        is_stage = [stage_of_text(word) is not None for word in words]
        times = self._times(rows, is_stage)
        durations = self._durations(rows, times.onsets_s)
        staged = [index for index, one in enumerate(is_stage) if one]
        if staged and all(math.isnan(durations[index]) for index in staged):
            lengths = self._lengths(
                [times.onsets_s[index] for index in staged], [words[index] for index in staged]
            )
            for index, length in zip(staged, lengths, strict=True):
                durations[index] = length
        lasting = [index for index in staged if durations[index] > 0]
        factor = 1.0
        if lasting and columns.clock is None:
            some = ([values[index] for index in lasting] for values in (times.onsets_s, durations))
            factor = self._unit(columns.elapsed, *some)
        annotations = []
        for index, row in enumerate(rows):
            onset_s = times.onsets_s[index] * factor
            if math.isnan(onset_s):
                raise self._error(row, self._time_column, Phrase("is no time"))
            text = row.cells[column]
            channel, author = row.cell(columns.channel), row.cell(columns.author)
            annotations.append(
                Annotation(
                    round(onset_s, 6),
                    0.0 if math.isnan(durations[index]) else durations[index] * factor,
                    words[index] if is_stage[index] else cell_text(text),
                    "" if channel.casefold() in NO_CHANNEL else cell_text(channel),
                    "" if author.casefold() in _MISSING else author,
                )
            )
        stored = scoring_of_annotations(self.path, annotations, start=times.start)
        return replace(stored, notes=(*stored.notes, *times.notes))

    # Stages

    def _read_stages(self, column: int) -> StoredScoring:
        columns = self.columns
        has_place = columns.has_times or columns.epoch is not None or columns.duration is not None
        if has_place:
            rows = [row for row in self.table.rows if row.cells]
        else:
            rows = self._positioned(column)
        words = [row.cell(column) for row in rows]
        onsets_s, lengths_s, start, notes = self._grid(rows, words)
        self._ask_whose(rows, onsets_s, lengths_s)
        stages: list[Stage] = []
        numbers: list[int | None] = []
        remarks: dict[int, Remark] = {}
        strange: Counter[str] = Counter()
        for word, onset_s in zip(words, onsets_s, strict=True):
            number = number_of(word)
            code = int(number) if number is not None and number == int(number) else None
            stage = stage_of_text(word)
            if code is None and stage is None and word.casefold() not in (*_MISSING, *_ARTEFACTS):
                strange[word] += 1
            if word.casefold() in _ARTEFACTS and onset_s >= 0:
                remarks[math.floor(onset_s / EPOCH_S + 1e-6)] = Remark(artefact=True)
            numbers.append(code)
            stages.append(stage or Stage.UNSCORED if stage is None else stage)
        n_filled = sum(bool(word) for word in words)
        if strange.total() * 2 > n_filled:
            row = next(one for one in rows if one.cell(column) in strange)
            raise self._error(
                row,
                column,
                Phrase(
                    "is no sleep stage, and most others are none (known are W, N1, N2, "
                    "N3, R, their older names, and numbers)"
                ),
            )
        if strange:
            named = tuple(
                Phrase("“{text}” {n} times", text=shortened(word), n=count)
                if count > 1
                else Phrase("“{name}”", name=shortened(word))
                for word, count in strange.most_common(5)
            )
            notes = (
                *notes,
                Phrase(
                    "{n} epochs hold what is no stage ({named}); they are unscored.",
                    n=strange.total(),
                    named=named,
                ),
            )

        def build(found: Sequence[Stage]) -> StoredScoring:
            return StoredScoring(
                start,
                tuple(
                    StageSpan(onset_s, length_s, EpochScore(stage))
                    for onset_s, length_s, stage in self._in_order(rows, onsets_s, lengths_s, found)
                ),
                remarks=remarks,
                notes=notes,
            )

        if all(number is None for number in numbers):
            return build(stages)
        return scoring_of_numbers(
            self.path,
            numbers,
            build,
            words=stages,
            lengths=[length_s / EPOCH_S for length_s in lengths_s],
        )

    def _ask_whose(
        self, rows: Sequence[Row], onsets_s: Sequence[float], lengths_s: Sequence[float]
    ) -> None:
        """Ask whose scoring is meant where rows of two scorers are about the same time."""
        column = self.columns.author
        if column is None:
            return
        order = sorted(range(len(rows)), key=lambda index: onsets_s[index])
        if not any(
            onsets_s[later] < onsets_s[earlier] + lengths_s[earlier] - _TOLERANCE_S
            and rows[later].cell(column) != rows[earlier].cell(column)
            for earlier, later in itertools.pairwise(order)
        ):
            return
        counts = Counter(row.cell(column) for row in rows)
        raise QuestionError(
            "scorer",
            Phrase(
                "{file} holds the stages of {n} scorers ({names}).",
                file=self.path.name,
                n=len(counts),
                names=tuple(counts),
            ),
            tuple(
                Option(
                    name.replace(" ", "-"),
                    Phrase("{name}: {n} stages", name=name, n=n_rows),
                    self._only(column, name),
                )
                for name, n_rows in counts.items()
            ),
        )

    def _only(self, column: int, name: str) -> Callable[[], StoredScoring]:
        rows = tuple(row for row in self.table.rows if row.cells and row.cell(column) == name)
        own = replace(self, table=replace(self.table, rows=rows))
        return lambda: replace(own.read(), scorer=name)

    def _in_order(
        self,
        rows: Sequence[Row],
        onsets_s: Sequence[float],
        lengths_s: Sequence[float],
        stages: Sequence[Stage],
    ) -> list[tuple[float, float, Stage]]:
        order = sorted(range(len(rows)), key=lambda index: onsets_s[index])
        kept: list[tuple[float, float, Stage]] = []
        for index in order:
            one = onsets_s[index], lengths_s[index], stages[index]
            if kept and abs(kept[-1][0] - one[0]) < _TOLERANCE_S:
                if kept[-1][2] is not one[2]:
                    raise ScoringError(
                        "{file}, line {line}: another line has another stage at the same "
                        "time ({time_s:g} s); correct one of them, or export one scorer alone.",
                        file=self.path.name,
                        line=rows[index].line,
                        time_s=one[0],
                    )
                continue
            kept.append(one)
        return kept

    def _positioned(self, column: int) -> list[Row]:
        """Rows whose place says when they are; an empty one is an epoch without stage."""
        table = self.table
        if table.comments and self.answers.comments is None:
            raise self._question(
                "comments",
                Phrase(
                    "line {line} among the stages begins as comments do.",
                    line=table.comments[0],
                ),
                [
                    ("skipped", Phrase("Such lines are no epochs"), {"comments": "skipped"}),
                    (
                        "epochs",
                        Phrase("Such lines are epochs without a stage"),
                        {"comments": "epochs"},
                    ),
                ],
            )
        if table.n_blank and self.answers.blanks is None:
            raise self._question(
                "empty-lines",
                Phrase("{n} empty lines stand before the first stage.", n=table.n_blank),
                [
                    ("skipped", Phrase("They are no epochs"), {"blanks": "skipped"}),
                    ("epochs", Phrase("They are epochs without a stage"), {"blanks": "epochs"}),
                ],
            )
        n_blank = table.n_blank if self.answers.blanks == "epochs" else 0
        rows = [*(Row(0, []) for _ in range(n_blank)), *table.rows]
        if self.answers.comments == "epochs":
            rows = sorted(
                [*rows, *(Row(line, []) for line in table.comments)], key=lambda row: row.line
            )
        words = [row.cell(column) for row in rows]
        counts = Counter(words)
        n_open = 0
        if not table.names:
            n_open = sum(
                1
                for _ in itertools.takewhile(
                    lambda word: _is_unknown(word) and counts[word] == 1, words[:-1]
                )
            )
        if n_open and self.answers.first_line is None:
            what = (
                Phrase(
                    "the first line (“{text}”) is no stage: a heading, or the first "
                    "epoch without a stage.",
                    text=shortened(words[0]),
                )
                if n_open == 1
                else Phrase(
                    "the first {n} lines (“{text}” …) are no stages: a heading, or "
                    "epochs without a stage.",
                    n=n_open,
                    text=shortened(words[0]),
                )
            )
            raise self._question(
                "first-line",
                what,
                [
                    ("heading", Phrase("A heading"), {"first_line": "heading"}),
                    ("epoch", Phrase("Without a stage"), {"first_line": "epoch"}),
                ],
            )
        return rows[n_open:] if self.answers.first_line == "heading" else rows

    # Times

    @property
    def _time_column(self) -> int:
        columns = self.columns
        for column in (columns.elapsed, columns.clock, columns.epoch):
            if column is not None:
                return column
        return 0

    def _grid(
        self, rows: Sequence[Row], words: Sequence[str]
    ) -> tuple[list[float], list[float], datetime | time | None, tuple[Phrase, ...]]:
        """Onset and length of each row in seconds, the start, and notes."""
        columns = self.columns
        if columns.has_times:
            times = self._times(rows, [True] * len(rows))
            for row, onset_s in zip(rows, times.onsets_s, strict=True):
                if math.isnan(onset_s):
                    raise self._error(row, self._time_column, Phrase("is no time"))
            onsets = times.onsets_s
            lengths, notes = self._in_unit_of_onsets(onsets, self._durations(rows, onsets))
            if any(math.isnan(length) for length in lengths) or not any(lengths):
                lengths = self._lengths(onsets, words)
            elif columns.clock is None:
                factor = self._unit(columns.elapsed, onsets, lengths)
                onsets, lengths = ([one * factor for one in some] for some in (onsets, lengths))
            return onsets, lengths, times.start, (*times.notes, *notes)
        if columns.duration is not None and columns.epoch is None:
            lengths = self._durations(rows, [0.0] * len(rows))
            for row, length in zip(rows, lengths, strict=True):
                if math.isnan(length):
                    raise self._error(row, columns.duration, Phrase("is no duration"))
            onsets = [0.0, *itertools.accumulate(lengths)][:-1]
            is_clock = all(":" in row.cell(columns.duration) for row in rows)
            factor = self._unit(columns.duration, onsets, lengths, is_clock=is_clock)
            onsets, lengths = ([one * factor for one in some] for some in (onsets, lengths))
            return onsets, lengths, self._start_without_rows(), ()
        places = self._places(rows)
        lengths = self._durations(rows, [math.nan] * len(rows))
        if columns.epoch is not None and not any(math.isnan(length) for length in lengths):
            epoch_s = _epoch_of(places, lengths)
            onsets = [place * epoch_s for place in places]
            return onsets, lengths, self._start_without_rows(), ()
        epoch_s, notes = self._epoch_s(places, words)
        onsets = [place * epoch_s for place in places]
        lengths = [epoch_s] * len(rows)
        if columns.epoch is not None:
            lengths = self._lengths(onsets, words, epoch_s)
        return onsets, lengths, self._start_without_rows(), notes

    def _in_unit_of_onsets(
        self, onsets_s: Sequence[float], lengths: list[float]
    ) -> tuple[list[float], tuple[Phrase, ...]]:
        """Take durations in another unit than the onsets, as their ratio shows, for what they are.

        Each stage lasts until the next in nearly every file.
        """
        column = self.columns.duration
        if column is None or (self.table.names and seconds_per_unit(self.table.names[column])):
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
                        column=self.table.name(column),
                    ),
                )
        return lengths, ()

    def _unit(
        self,
        column: int | None,
        onsets: Sequence[float],
        lengths: Sequence[float],
        *,
        is_clock: bool = False,
    ) -> float:
        """Seconds of the unit of a column that does not name it, where these may be others."""
        if self.answers.unit is not None:
            return self.answers.unit
        named = self.table.names[column] if column is not None and self.table.names else ""
        filled = [length for length in lengths if length > 0]
        if self.program is not ANY or seconds_per_unit(named) or not filled:
            return 1.0
        shortest = min(filled)
        extent = max(onset + length for onset, length in zip(onsets, lengths, strict=True))
        duration_s = None if self.recording is None else self.recording.duration_s
        most_s = _LONGEST_NIGHT_S if duration_s is None else duration_s + 2 * EPOCH_S
        if self._are_seconds(filled, extent, duration_s):
            return 1.0
        units = _CLOCK_UNITS if is_clock else _UNITS
        possible = [
            one
            for one in units
            if _SHORTEST_STAGE_S <= shortest * one[0] <= _LONGEST_STEP_S
            and extent * one[0] <= most_s
        ]
        if not possible:
            return 1.0
        likely_s = 8 * _HOUR_S if duration_s is None else duration_s
        possible.sort(key=lambda one: abs(extent * one[0] - likely_s))
        of_seconds = (1.0, "s", Phrase("Hours and minutes") if is_clock else Phrase("Seconds"))
        raise self._question(
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

    @staticmethod
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
        if duration_s is None or len(lengths) < _FEWEST_TO_JUDGE:
            return extent <= _LONGEST_NIGHT_S
        return duration_s / 10 <= extent <= 3 * duration_s

    def _places(self, rows: Sequence[Row]) -> list[int]:
        """Number of each row's epoch, from 0."""
        column = self.columns.epoch
        if column is None:
            if len(rows) > MOST_EPOCHS:
                raise ScoringError(
                    "{file} has {n} lines, more epochs than any recording.",
                    file=self.path.name,
                    n=len(rows),
                )
            return list(range(len(rows)))
        numbers = []
        for row in rows:
            value = number_of(row.cell(column))
            if value is None or value != int(value) or not 0 <= value <= MOST_EPOCHS:
                raise self._error(row, column, Phrase("is no number of an epoch"))
            numbers.append(int(value))
        base = self.answers.first_epoch
        if base is None:
            base = min(numbers)
            if base > 1:
                raise self._question(
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
        self, places: Sequence[int], words: Sequence[str]
    ) -> tuple[float, tuple[Phrase, ...]]:
        """Length of the epochs of a file that does not say when they begin."""
        for name, text in self.table.preamble.items():
            if plain(name) in _RATE_NAMES:
                value = number_of(text.split()[0]) if text else None
                if value is not None and 1 <= value <= _LONGEST_EPOCH_S:
                    return value, ()
        if self.answers.epoch_s is not None:
            return self.answers.epoch_s, ()
        runs = [sum(1 for _ in run) for _, run in itertools.groupby(words)]
        common = math.gcd(*runs[:-1]) if len(runs) > 2 else 1
        # A night has stages that last one epoch; where all last many values, those are shorter.
        repeated = [
            one for one in _EPOCH_LENGTHS_S[3:] if common > 1 and common % round(EPOCH_S / one) == 0
        ]
        n_values = max(places) + 1
        duration_s = None if self.recording is None else self.recording.duration_s
        if duration_s is not None:
            exact = [
                one
                for one in _EPOCH_LENGTHS_S
                if abs(n_values * one - duration_s) < max(one, EPOCH_S)
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
        lengths = sorted({EPOCH_S, *repeated}, key=lambda one: self._fit(n_values * one))
        raise self._question(
            "epoch",
            Phrase(
                "all stages last a multiple of {n} lines, so that a line is "
                "hardly an epoch of 30 s.",
                n=common,
            ),
            [
                (f"{one:g}", Phrase("A line every {epoch_s:g} s", epoch_s=one), {"epoch_s": one})
                for one in lengths
            ],
        )

    def _fit(self, duration_s: float) -> float:
        if self.recording is None:
            return abs(duration_s - 8 * _HOUR_S)
        excess_s = duration_s - self.recording.duration_s
        return excess_s * 1000 if excess_s > EPOCH_S else -excess_s

    def _durations(self, rows: Sequence[Row], onsets_s: Sequence[float]) -> list[float]:
        """Duration of each row in seconds, as its cells say it; NaN where they don't."""
        columns = self.columns
        _, end_factor, factor = columns.factors
        durations = []
        for row, onset_s in zip(rows, onsets_s, strict=True):
            value = math.nan
            if columns.duration is not None:
                cell = row.cell(columns.duration)
                value = self._length(row, columns.duration, cell, factor)
            if math.isnan(value) and columns.end is not None:
                value = self._until(row, columns.end, onset_s, end_factor)
            if math.isnan(value) and columns.clock is not None:
                ends = range_of(row.cell(columns.clock))
                if ends is not None:
                    value = _clock_step(ends[0], ends[1])
            durations.append(value)
        return durations

    def _length(self, row: Row, column: int, cell: str, factor: float) -> float:
        if cell.casefold() in _MISSING:
            return math.nan
        value = number_of(cell)
        if value is None:
            moment = moment_of(cell)
            if moment is None or moment.clock_s is None or moment.day is not None:
                raise self._error(row, column, Phrase("is no duration"))
            return moment.clock_s
        if not -1 <= value * factor <= MOST_DURATION_S:
            raise self._error(row, column, Phrase("is no duration"))
        return max(value * factor, 0.0)

    def _until(self, row: Row, column: int, onset_s: float, factor: float) -> float:
        cell = row.cell(column)
        if cell.casefold() in _MISSING:
            return math.nan
        value = number_of(cell)
        if value is not None:
            lasts_s = value * factor - onset_s
        else:
            begin = None
            if self.columns.clock is not None:
                begin = moment_of(row.cell(self.columns.clock))
            end = moment_of(cell)
            if end is None or end.clock_s is None:
                raise self._error(row, column, Phrase("is no time"))
            if begin is None or begin.clock_s is None:
                lasts_s = end.clock_s - onset_s
            else:
                lasts_s = (end.clock_s - begin.clock_s) % DAY_S
        if not 0 <= lasts_s <= MOST_DURATION_S:
            raise self._error(row, column, Phrase("is before the beginning"))
        return round(lasts_s, 6)

    def _lengths(
        self, onsets_s: Sequence[float], words: Sequence[str], epoch_s: float | None = None
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
        positive = [step for step in steps if step > _TOLERANCE_S]
        if not positive:
            return [epoch_s or EPOCH_S] * len(onsets_s)
        shortest = min(positive)
        if epoch_s is None:
            usual_s = Counter(positive).most_common(1)[0][0]
            epoch_s = usual_s if usual_s <= EPOCH_S else EPOCH_S
            self._check_unit(shortest, len(positive))
        share = sum(
            words[earlier] == words[later] for earlier, later in itertools.pairwise(order)
        ) / len(steps)
        is_even = shortest <= _LONGEST_EPOCH_S and all(step < shortest + 1 for step in positive)
        if is_even and share >= _FEWEST_REPEATED:
            return [shortest] * len(onsets_s)  # epochs that follow each other, however long
        epochs = [epoch_s] * len(onsets_s)
        if all(step < epoch_s + 1 for step in positive):
            return epochs
        until_next = dict(zip(order, [*steps, epoch_s], strict=True))
        runs = [until_next[index] for index in range(len(onsets_s))]
        span_s = onsets_s[order[-1]] - onsets_s[order[0]] + epoch_s
        are_runs = share == 0 and (
            len(steps) >= _FEWEST_RUNS or sum(epochs) < _LEAST_COVERED * span_s
        )
        answer = self.answers.durations
        is_sparse = share >= _FEWEST_REPEATED and epoch_s not in positive
        if answer is None and not are_runs and (is_sparse or share < _FEWEST_REPEATED):
            raise self._question(
                "durations",
                Phrase(
                    "nothing says how long each stage lasts, and some lines are further "
                    "apart than others."
                ),
                [
                    ("runs", Phrase("Each lasts until the next"), {"durations": "runs"}),
                    (
                        "epochs",
                        Phrase("Each lasts {epoch_s:g} s, the rest is unscored", epoch_s=epoch_s),
                        {"durations": "epochs"},
                    ),
                ],
            )
        return runs if are_runs or answer == "runs" else epochs

    def _check_unit(self, shortest: float, n_steps: int) -> None:
        if shortest < _SHORTEST_EPOCH_S or (shortest > _LONGEST_STEP_S and n_steps > 1):
            raise ScoringError(
                "{file}, {column}: the times are {shortest:g} or more apart, so "
                "they are hardly seconds; name their unit in the heading, such as "
                "“onset (min)” or “onset (ms)”, or export seconds.",
                file=self.path.name,
                column=self.table.name(self._time_column),
                shortest=shortest,
            )

    def _times(self, rows: Sequence[Row], is_stage: Sequence[bool]) -> _Times:
        columns = self.columns
        clock = self._clock_times(rows, is_stage)
        if columns.elapsed is None:
            if clock is None:
                raise ScoringError(
                    "{file} has no column that says when rows begin.", file=self.path.name
                )
            return clock
        factor = columns.factors[0]
        onsets = []
        for row in rows:
            value = number_of(row.cell(columns.elapsed))
            if value is None or abs(value * factor) > MOST_DURATION_S:
                raise self._error(
                    row, columns.elapsed, Phrase("is no number that an onset can have")
                )
            onsets.append(round(value * factor, 6))
        if clock is None:
            return _Times(self._start_without_rows(), onsets)
        return _Times(self._start_of_both(clock, onsets), onsets, clock.notes)

    def _start_of_both(self, clock: _Times, onsets_s: Sequence[float]) -> datetime | time | None:
        """Clock time of second 0 where rows have both seconds and clock times."""
        if clock.start is None:
            return None
        first = min(range(len(onsets_s)), key=lambda index: onsets_s[index])
        at_first_s = clock.onsets_s[first] - onsets_s[first]
        if isinstance(clock.start, datetime):
            return clock.start + timedelta(seconds=at_first_s)
        start_s = (_seconds_of(clock.start) + at_first_s) % DAY_S
        if start_s < 1 and not self._says_clock():
            return None  # the same seconds once more
        return _time_of(start_s)

    def _says_clock(self) -> bool:
        column = self.columns.clock
        if self.program.has_clock or column is None:
            return self.program.has_clock
        words = plain(self.table.names[column]).split() if column < len(self.table.names) else []
        return bool({"clock", "uhrzeit", "day", "heure", "hora", "ora"} & set(words))

    def _start_without_rows(self) -> datetime | time | None:
        moment = self._stated_start()
        if moment is None or moment.clock_s is None or moment.clock_s >= DAY_S:
            return None
        try:
            dates = dates_of([moment])
        except ValueError:
            dates = None
        clock = _time_of(moment.clock_s)
        if not dates or moment.day is None:
            return clock
        return datetime.combine(dates[moment.day], clock)

    def _stated_start(self) -> Moment | None:
        for name, text in self.table.preamble.items():
            if plain(name) in _START_NAMES:
                moment = moment_of(text)
                if moment is not None and moment.clock_s is not None:
                    return moment
        return None

    def _clock_times(self, rows: Sequence[Row], is_stage: Sequence[bool]) -> _Times | None:
        columns = self.columns
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
                    raise self._error(row, columns.date, Phrase("is no date"))
                moment = Moment(day.day, day.sign, moment.clock_s, moment.is_half_day)
            if moment is None or moment.clock_s is None:
                raise self._error(row, columns.clock, Phrase("is no clock time"))
            moments.append(moment)
        n_dated = sum(moment.day is not None for moment in moments)
        if 0 < n_dated < len(moments):
            odd = next(
                row
                for row, moment in zip(rows, moments, strict=True)
                if (moment.day is None) == (moments[0].day is not None)
            )
            raise self._error(
                odd, columns.clock, Phrase("has no date where others have one, or one more")
            )
        clocks_s = [moment.clock_s or 0.0 for moment in moments]
        if n_dated:
            return self._dated(rows, moments, clocks_s, is_stage)
        return self._undated(rows, clocks_s, is_stage)

    def _dated(
        self,
        rows: Sequence[Row],
        moments: Sequence[Moment],
        clocks_s: Sequence[float],
        is_stage: Sequence[bool],
    ) -> _Times:
        assert self.columns.clock is not None
        column = self.columns.clock if self.columns.date is None else self.columns.date
        try:
            dates = dates_of(moments)
        except ValueError as error:
            raise self._error(rows[0], column, Phrase("and the others are no dates")) from error
        if dates is None:
            times = self._undated(rows, clocks_s, is_stage)
            note = Phrase(
                "The dates ({text}) may have the day or the month first; only the "
                "time of day was taken.",
                text=rows[0].cell(column),
            )
            return replace(times, notes=(*times.notes, note))
        days = [dates[one.day] for one in moments if one.day is not None]
        first = min(days)
        seconds = [
            (day - first).days * DAY_S + clock_s
            for day, clock_s in zip(days, clocks_s, strict=True)
        ]
        seconds, stuck = _after_midnight(days, seconds)
        if max(seconds) - min(seconds) > MOST_DURATION_S:
            raise self._error(
                rows[0], self.columns.clock, Phrase("is a year or more from another row")
            )
        if first in _NO_DATES:  # seconds after nothing, as MNE writes them
            shift_s = (first - _NO_DATES[0]).days * DAY_S
            return _Times(None, [one + shift_s for one in seconds])
        seconds, notes = self._without_change(rows, seconds, is_stage, first)
        begin_s = min(seconds)
        start = datetime.combine(first, time()) + timedelta(seconds=begin_s)
        return _Times(start, [round(one - begin_s, 6) for one in seconds], (*stuck, *notes))

    def _undated(
        self, rows: Sequence[Row], clocks_s: Sequence[float], is_stage: Sequence[bool]
    ) -> _Times:
        stated = self._stated_start()
        near_s = None if stated is None else stated.clock_s
        earliest_s = min(clocks_s)
        # 24:10 in a list that begins in the evening is ten minutes after midnight.
        is_elapsed = self.answers.times == "elapsed" or (
            max(clocks_s) >= DAY_S and earliest_s < DAY_S / 2
        )
        if (
            earliest_s < 60
            and not is_elapsed
            and stated is None
            and self.answers.times is None
            and not self._says_clock()
            and max(clocks_s) < DAY_S / 2
            and self.columns.elapsed is None
            and not self._begins_at_midnight()
        ):
            raise self._question(
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
            return _Times(None, list(clocks_s))
        clocks_s = self._of_whole_day([clock_s % DAY_S for clock_s in clocks_s])
        seconds = unwrapped(clocks_s, near_s)
        first_day = self._day_of_recording()
        seconds, notes = self._without_change(rows, seconds, is_stage, first_day)
        if near_s is not None:
            start = self._start_without_rows()
            offset_s = near_s
            if min(seconds) < near_s - _TOLERANCE_S:  # rows before what the file calls its start
                offset_s = min(seconds)
                moved_s = offset_s - near_s
                start = (
                    start + timedelta(seconds=moved_s)
                    if isinstance(start, datetime)
                    else _time_of(offset_s % DAY_S)
                )
            return _Times(start, [round(one - offset_s, 6) for one in seconds], notes)
        begin_s = min(seconds)
        return _Times(
            _time_of(begin_s % DAY_S), [round(one - begin_s, 6) for one in seconds], notes
        )

    def _of_whole_day(self, clocks_s: list[float]) -> list[float]:
        """Take clocks of twelve hours without AM and PM for what they are."""
        back = [
            index
            for index, (earlier, later) in enumerate(itertools.pairwise(clocks_s), start=1)
            if later < earlier
        ]
        steps = [(later - earlier) % (DAY_S / 2) for earlier, later in itertools.pairwise(clocks_s)]
        is_half = (
            len(back) == 1
            and min(clocks_s) >= _HOUR_S
            and max(clocks_s) < DAY_S / 2 + _HOUR_S
            and clocks_s[back[0] - 1] >= DAY_S / 2
            and clocks_s[back[0]] < DAY_S / 2
            and 2 * steps[back[0] - 1] < _HOUR_S
        )
        if not is_half:
            return clocks_s
        if self.answers.half is None:
            raise self._question(
                "half-day",
                Phrase(
                    "the clock goes from {before} to {after} without AM and PM.",
                    before=_clock_text(clocks_s[back[0] - 1]),
                    after=_clock_text(clocks_s[back[0]]),
                ),
                [
                    ("pm", Phrase("The first time is in the evening or at noon"), {"half": "pm"}),
                    (
                        "am",
                        Phrase("The first time is in the morning or at midnight"),
                        {"half": "am"},
                    ),
                ],
            )
        begin_s = clocks_s[0] % (DAY_S / 2) + (DAY_S / 2 if self.answers.half == "pm" else 0.0)
        return [(begin_s + one) % DAY_S for one in (0.0, *itertools.accumulate(steps))]

    def _begins_at_midnight(self) -> bool:
        start = None if self.recording is None else self.recording.start
        return start is not None and _seconds_of(start.time()) < 60

    def _day_of_recording(self) -> date | None:
        start = None if self.recording is None else self.recording.start
        if start is not None:
            return start.date()
        stated = self._start_without_rows()
        return stated.date() if isinstance(stated, datetime) else None

    # The change of clocks

    def _without_change(
        self,
        rows: Sequence[Row],
        seconds: list[float],
        is_stage: Sequence[bool],
        first_day: date | None,
    ) -> tuple[list[float], tuple[Phrase, ...]]:
        """Take out the hour that clocks skip or repeat in a night of the year."""
        staged = [index for index, one in enumerate(is_stage) if one]
        lengths = self._stated_lengths(rows)
        steps = [
            (seconds[later] - seconds[earlier], earlier, later)
            for earlier, later in itertools.pairwise(staged)
        ]
        if len(steps) < 3:
            return seconds, ()
        if any(math.isnan(lengths[index]) for index in staged):
            epoch_s = Counter(round(step, 3) for step, *_ in steps).most_common(1)[0][0]
            if not 0 < epoch_s <= _LONGEST_EPOCH_S:
                return seconds, ()
            lengths = [epoch_s] * len(rows)
        excess = [(step - lengths[before], before, after) for step, before, after in steps]
        if sum(abs(one) < 1 for one, *_ in excess) < len(excess) * 0.8 - 1:
            return seconds, ()
        back = [one for one in excess if one[0] < -1]
        if len(back) == 1 and abs(back[0][0] + _HOUR_S) < 1:
            _, before, after = back[0]
            moved = [one + _HOUR_S if index >= after else one for index, one in enumerate(seconds)]
            return moved, (
                Phrase(
                    "The hour after {time} is there twice, as when clocks are put "
                    "back; the epochs were taken as they follow each other.",
                    time=_clock_text(seconds[after]),
                ),
            )
        jumps = [one for one in excess if abs(one[0] - _HOUR_S) < 1]
        if back or len(jumps) != 1:
            return seconds, ()
        _, before, after = jumps[0]
        # Clocks change at a full hour, which may lie within a stage that lasts long.
        hours = range(4)
        first_s, last_s = seconds[before] % DAY_S, seconds[before] % DAY_S + lengths[before] + 1
        if not any(first_s < hour * _HOUR_S <= last_s for hour in hours):
            return seconds, ()
        if first_day is not None:
            if not is_night_of_change(days_after(first_day, seconds[before])):
                return seconds, ()
        elif self.answers.change is None:
            raise self._question(
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
        elif self.answers.change == "no":
            return seconds, ()
        border_s = seconds[before] + lengths[before] + _HOUR_S
        moved = [one - _HOUR_S if one >= border_s - 1 else one for one in seconds]
        return moved, (
            Phrase(
                "The clock goes from {before} to {after}, as when clocks are put "
                "forward; no epoch is missing there.",
                before=_clock_text(seconds[before]),
                after=_clock_text(seconds[after]),
            ),
        )

    def _stated_lengths(self, rows: Sequence[Row]) -> list[float]:
        """Durations that rows state by themselves, in seconds; NaN for a row that does not."""
        column = self.columns.duration
        if column is None:
            return [math.nan] * len(rows)
        return [
            self._length(row, column, row.cell(column), self.columns.factors[2]) for row in rows
        ]


def _epoch_of(places: Sequence[int], lengths_s: Sequence[float]) -> float:
    """Length of an epoch where rows have the number of their first one and a duration."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    pairs = [
        (lengths_s[one], places[other] - places[one])
        for one, other in itertools.pairwise(order)
        if places[other] > places[one]
    ]
    found = Counter(length_s / step for length_s, step in pairs)
    for epoch_s, count in found.most_common(1):
        if count > len(pairs) / 2 and epoch_s in _EPOCH_LENGTHS_S:
            return epoch_s
    possible = [
        epoch_s
        for epoch_s in _EPOCH_LENGTHS_S
        if all(length_s <= step * epoch_s + _TOLERANCE_S for length_s, step in pairs)
    ]
    return possible[0] if possible else EPOCH_S


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


def _clock_step(begin: str, end: str) -> float:
    one, other = moment_of(begin), moment_of(end)
    assert one is not None
    assert other is not None
    return ((other.clock_s or 0.0) - (one.clock_s or 0.0)) % DAY_S


def _seconds_of(clock: time) -> float:
    return clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6


def _time_of(seconds: float) -> time:
    return (datetime.min + timedelta(seconds=round(seconds % DAY_S, 6) % DAY_S)).time()


def _clock_text(seconds: float) -> str:
    return f"{_time_of(seconds % DAY_S):%H:%M:%S}"


def _is_unknown(word: str) -> bool:
    """Whether a word is no stage, no number, and nothing that stands for an epoch without one."""
    return (
        word.casefold() not in (*_MISSING, *_ARTEFACTS)
        and number_of(word) is None
        and stage_of_text(word) is None
    )


TableReader = Callable[[Path, RecordingIdentity | None], StoredScoring]


def reader_of(program: Program) -> TableReader:
    """Reader of a program's tables."""
    return lambda path, recording: read_table(path, recording, program=program)


def looks_like_table(head: str) -> bool:
    """Whether a text that begins so is a table with stages in it."""
    if "\0" in head:
        return False
    path = Path("head")
    try:
        table = table_of(path, head)
    except ScoringError:
        return any(stage_of_text(word) is not None for word in head.split())
    try:
        columns_of(path, table)
    except ScoringError:
        # Where it has names or stages it is for the reader to say what is wrong.
        cells = itertools.chain.from_iterable(row.cells for row in table.rows)
        return bool(table.names) or any(stage_of_text(cell) is not None for cell in cells)
    return True
