"""From the columns of a table to a scoring; what can't be decided is asked."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from pathlib import Path

from sleepscorer.domain.alignment import StageSpan, StoredScoring
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import EpochScore, Remark
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.texts import cell_text
from sleepscorer.io.annotation_scoring import scoring_of_annotations
from sleepscorer.io.codes import stage_of_text
from sleepscorer.io.losses import NO_CHANNEL
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.io.stage_numbers import scoring_of_numbers
from sleepscorer.io.tables.cells import Row, Table, table_of
from sleepscorer.io.tables.clocks import seconds_of, times_of
from sleepscorer.io.tables.columns import columns_of, nights_of
from sleepscorer.io.tables.grid import grid_of
from sleepscorer.io.tables.lengths import durations_of, lengths_of, unit_of
from sleepscorer.io.tables.probabilities import most_probable
from sleepscorer.io.tables.programs import ANY, Program
from sleepscorer.io.tables.table_file import MISSING, TOLERANCE_S, TableFile
from sleepscorer.io.tables.times import (
    DAY_S,
    number_of,
)
from sleepscorer.io.text_files import read_text, shortened

_ARTEFACTS = ("a", "art", "artefact", "artifact", "artefakt", "-1", "artefacto", "artefatto")


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

    staged = most_probable(table)
    if staged is not None:
        raise QuestionError(
            "probabilities",
            Phrase("{file} says how probable each stage is, and not which it is.", file=path.name),
            (
                Option(
                    "most-probable",
                    Phrase("Each epoch has its most probable stage; of two alike it has none"),
                    partial(_read_nights, path, staged, program, recording),
                ),
            ),
        )
    return _read_nights(path, table, program, recording)


def _read_nights(
    path: Path, table: Table, program: Program, recording: RecordingIdentity | None
) -> StoredScoring:
    """Read the only night, or ask which."""

    def read(rows: tuple[Row, ...]) -> StoredScoring:
        one = replace(table, rows=rows)
        return _read(TableFile(path, one, columns_of(path, one), program, recording, _read))

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
                    Phrase("{name}: {n} {n:row|rows}", name=name, n=len(rows)),
                    partial(read, rows),
                )
                for name, rows in nights.items()
            ),
        )
    return read(table.rows)


def _read(file: TableFile) -> StoredScoring:
    event = file.columns.event
    if event is None:
        return _read_stages(file, _stage_column(file))
    if not file.columns.stages:
        return _read_events(file, event)
    rows = [row for row in file.table.rows if row.cells]
    n_events = sum(bool(row.cell(event)) for row in rows)
    if 2 * n_events > len(rows):
        events = _read_events(file, event)
        names = tuple(map(file.table.name, file.columns.stages))
        note = Phrase(
            "Each row is an event; {names} says in which stage it lies, and was "
            "not read as a scoring.",
            names=names,
        )
        return replace(events, notes=(*events.notes, note))
    return _read_both(file, _stage_column(file), event, n_events)


def _read_both(file: TableFile, column: int, event: int, n_events: int) -> StoredScoring:
    """Read epochs some of which have a remark of what happened in them."""
    stages = _read_stages(file, column)
    if not n_events:
        return stages
    if not file.columns.has_times:
        note = Phrase(
            "{n} {n:event|events} in {column} {n:has no time of its own; it was|have no times of "
            "their own; they were} left out.",
            n=n_events,
            column=file.table.name(event),
        )
        return replace(stages, notes=(*stages.notes, note))
    whole = replace(file, columns=replace(file.columns, duration=None, end=None))
    events = _read_events(whole, event)
    later_s = 0.0
    if isinstance(events.start, datetime) and isinstance(stages.start, datetime):
        later_s = (events.start - stages.start).total_seconds()
    elif isinstance(events.start, time) and isinstance(stages.start, time):
        later_s = (seconds_of(events.start) - seconds_of(stages.start)) % DAY_S
    events = events.later_by(later_s)
    return replace(
        stages,
        events=events.events,
        lights=events.lights,
        notes=tuple(dict.fromkeys((*stages.notes, *events.notes))),
    )


def _stage_column(file: TableFile) -> int:
    column = file.answers.column
    if column is None:
        if len(file.columns.stages) > 1:
            raise file.question(
                "column",
                Phrase(
                    "{n} columns hold stages: two scorers, or something else beside the stages.",
                    n=len(file.columns.stages),
                ),
                [
                    (str(one + 1), file.table.name(one), {"column": one})
                    for one in file.columns.stages
                ],
            )
        column = file.columns.stages[0]
    return column


def _read_events(file: TableFile, column: int) -> StoredScoring:
    columns = file.columns
    rows = [row for row in file.table.rows if row.cells and row.cell(column)]
    if not columns.has_times:
        raise ScoringError(
            "{file} has events but no column that says when they begin; export "
            "it with onsets or clock times.",
            file=file.path.name,
        )
    if not rows:
        raise ScoringError(
            "{file} holds neither sleep stages nor events; choose the file with the scoring.",
            file=file.path.name,
        )
    words = [row.cell(column) for row in rows]
    is_stage = [stage_of_text(word) is not None for word in words]
    times = times_of(file, rows, is_stage)
    durations = durations_of(file, rows, times.onsets_s)
    staged = [index for index, one in enumerate(is_stage) if one]
    if staged and all(math.isnan(durations[index]) for index in staged):
        lengths = lengths_of(
            file, [times.onsets_s[index] for index in staged], [words[index] for index in staged]
        )
        for index, length in zip(staged, lengths, strict=True):
            durations[index] = length
    lasting = [index for index in staged if durations[index] > 0]
    factor = 1.0
    if lasting and columns.clock is None:
        some = ([values[index] for index in lasting] for values in (times.onsets_s, durations))
        factor = unit_of(file, columns.elapsed, *some)
    annotations = []
    for index, row in enumerate(rows):
        onset_s = times.onsets_s[index] * factor
        if math.isnan(onset_s):
            raise file.error(row, file.time_column, Phrase("is no time"))
        text = row.cells[column]
        channel, author = row.cell(columns.channel), row.cell(columns.author)
        annotations.append(
            Annotation(
                round(onset_s, 6),
                0.0 if math.isnan(durations[index]) else durations[index] * factor,
                words[index] if is_stage[index] else cell_text(text),
                "" if channel.casefold() in NO_CHANNEL else cell_text(channel),
                "" if author.casefold() in MISSING else author,
            )
        )
    stored = scoring_of_annotations(file.path, annotations, start=times.start)
    return replace(stored, notes=(*stored.notes, *times.notes))


def _read_stages(file: TableFile, column: int) -> StoredScoring:
    columns = file.columns
    has_place = columns.has_times or columns.epoch is not None or columns.duration is not None
    filled = [row for row in file.table.rows if row.cells]
    rows = filled if has_place else _positioned(file, column)
    words = [row.cell(column) for row in rows]
    onsets_s, lengths_s, start, notes = grid_of(file, rows, words)
    _ask_whose(file, rows, onsets_s, lengths_s)
    stages: list[Stage] = []
    numbers: list[int | None] = []
    remarks: dict[int, Remark] = {}
    strange: Counter[str] = Counter()
    for word, onset_s in zip(words, onsets_s, strict=True):
        number = number_of(word)
        code = int(number) if number is not None and number == int(number) else None
        stage = stage_of_text(word)
        if code is None and stage is None and word.casefold() not in (*MISSING, *_ARTEFACTS):
            strange[word] += 1
        if word.casefold() in _ARTEFACTS and onset_s >= 0:
            remarks[math.floor(onset_s / EPOCH_S + 1e-6)] = Remark(artefact=True)
        numbers.append(code)
        stages.append(stage or Stage.UNSCORED if stage is None else stage)
    n_filled = sum(bool(word) for word in words)
    if strange.total() * 2 > n_filled:
        row = next(one for one in rows if one.cell(column) in strange)
        raise file.error(
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
                "{n} {n:epoch holds|epochs hold} what is no stage ({named}); {n:it is|they are} "
                "unscored.",
                n=strange.total(),
                named=named,
            ),
        )

    def build(found: Sequence[Stage]) -> StoredScoring:
        return StoredScoring(
            start,
            tuple(
                StageSpan(onset_s, length_s, EpochScore(stage))
                for onset_s, length_s, stage in _in_order(file, rows, onsets_s, lengths_s, found)
            ),
            remarks=remarks,
            notes=notes,
        )

    if all(number is None for number in numbers):
        return build(stages)
    return scoring_of_numbers(
        file.path,
        numbers,
        build,
        words=stages,
        lengths=[length_s / EPOCH_S for length_s in lengths_s],
    )


def _ask_whose(
    file: TableFile, rows: Sequence[Row], onsets_s: Sequence[float], lengths_s: Sequence[float]
) -> None:
    """Ask whose scoring is meant where rows of two scorers are about the same time."""
    column = file.columns.author
    if column is None:
        return
    order = sorted(range(len(rows)), key=lambda index: onsets_s[index])
    if not any(
        onsets_s[later] < onsets_s[earlier] + lengths_s[earlier] - TOLERANCE_S
        and rows[later].cell(column) != rows[earlier].cell(column)
        for earlier, later in itertools.pairwise(order)
    ):
        return
    counts = Counter(row.cell(column) for row in rows)
    raise QuestionError(
        "scorer",
        Phrase(
            "{file} holds the stages of {n} scorers ({names}).",
            file=file.path.name,
            n=len(counts),
            names=tuple(counts),
        ),
        tuple(
            Option(
                name.replace(" ", "-"),
                Phrase("{name}: {n} {n:stage|stages}", name=name, n=n_rows),
                _only(file, column, name),
            )
            for name, n_rows in counts.items()
        ),
    )


def _only(file: TableFile, column: int, name: str) -> Callable[[], StoredScoring]:
    rows = tuple(row for row in file.table.rows if row.cells and row.cell(column) == name)
    own = replace(file, table=replace(file.table, rows=rows))
    return lambda: replace(_read(own), scorer=name)


def _in_order(
    file: TableFile,
    rows: Sequence[Row],
    onsets_s: Sequence[float],
    lengths_s: Sequence[float],
    stages: Sequence[Stage],
) -> list[tuple[float, float, Stage]]:
    order = sorted(range(len(rows)), key=lambda index: onsets_s[index])
    kept: list[tuple[float, float, Stage]] = []
    for index in order:
        one = onsets_s[index], lengths_s[index], stages[index]
        if kept and abs(kept[-1][0] - one[0]) < TOLERANCE_S:
            if kept[-1][2] is not one[2]:
                raise ScoringError(
                    "{file}, line {line}: another line has another stage at the same "
                    "time ({time_s:g} s); correct one of them, or export one scorer alone.",
                    file=file.path.name,
                    line=rows[index].line,
                    time_s=one[0],
                )
            continue
        kept.append(one)
    return kept


def _positioned(file: TableFile, column: int) -> list[Row]:
    """Rows whose place says when they are; an empty one is an epoch without stage."""
    table = file.table
    if table.comments and file.answers.comments is None:
        raise file.question(
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
    if table.n_blank and file.answers.blanks is None:
        raise file.question(
            "empty-lines",
            Phrase(
                "{n} empty {n:line stands|lines stand} before the first stage.", n=table.n_blank
            ),
            [
                ("skipped", Phrase("They are no epochs"), {"blanks": "skipped"}),
                ("epochs", Phrase("They are epochs without a stage"), {"blanks": "epochs"}),
            ],
        )
    n_blank = table.n_blank if file.answers.blanks == "epochs" else 0
    rows = [*(Row(0, []) for _ in range(n_blank)), *table.rows]
    if file.answers.comments == "epochs":
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
    if n_open and file.answers.first_line is None:
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
        raise file.question(
            "first-line",
            what,
            [
                ("heading", Phrase("A heading"), {"first_line": "heading"}),
                ("epoch", Phrase("Without a stage"), {"first_line": "epoch"}),
            ],
        )
    return rows[n_open:] if file.answers.first_line == "heading" else rows


def _is_unknown(word: str) -> bool:
    """Whether a word is no stage, no number, and nothing that stands for an epoch without one."""
    return (
        word.casefold() not in (*MISSING, *_ARTEFACTS)
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
