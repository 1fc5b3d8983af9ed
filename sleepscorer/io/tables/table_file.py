"""A table that is being read: what is known of it, what was answered, and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.io.tables.cells import Row, Table
from sleepscorer.io.tables.columns import Columns
from sleepscorer.io.tables.programs import Program
from sleepscorer.io.text_files import shortened

HOUR_S = 3600.0
TOLERANCE_S = 1e-3
LONGEST_EPOCH_S = 120.0
MISSING = ("", "nan", "n/a", "na", "null", "none", "ns", "l", "x", "<na>", "n.a.", "missing")


@dataclass(frozen=True, slots=True)
class Answers:
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
class TableFile:
    """A table of stages or events, and what is known of it.

    Attributes
    ----------
    path
        The file.
    table, columns
        Its cells, and what they mean.
    program
        What is known of the program that wrote it.
    recording
        The recording that it belongs to, where that is known.
    read
        Reads a table once more, when something was answered.
    answers
        What was answered so far.
    """

    path: Path
    table: Table
    columns: Columns
    program: Program
    recording: RecordingIdentity | None
    read: Callable[[TableFile], StoredScoring]
    answers: Answers = Answers()

    @property
    def time_column(self) -> int:
        """The column that says when rows begin, to name it in a message."""
        columns = self.columns
        for column in (columns.elapsed, columns.clock, columns.epoch):
            if column is not None:
                return column
        return 0

    def question(
        self, topic: str, message: Phrase, options: Sequence[tuple[str, Phrase, dict[str, object]]]
    ) -> QuestionError:
        """Ask something about the file.

        Parameters
        ----------
        topic
            Word for it on the command line.
        message
            What is to be known for the answer.
        options
            Word, text and the `Answers` that each changes, the most probable one first.
        """
        return QuestionError(
            topic,
            Phrase("{file}: {question}", file=self.path.name, question=message),
            tuple(
                Option(word, text, partial(self.read, self._answered(changes)))
                for word, text, changes in options
            ),
        )

    def _answered(self, changes: dict[str, object]) -> TableFile:
        return replace(self, answers=replace(self.answers, **changes))  # type: ignore[arg-type]

    def error(self, row: Row, column: int, what: Phrase) -> ScoringError:
        """Say what a cell is not, as in ``"is no time"``."""
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
