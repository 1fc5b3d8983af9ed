"""Text files with a stage a line: YASA's labels and numbers, and those of other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring, spans_of
from sleepscorer.domain.epochs import MOST_EPOCHS
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Remark
from sleepscorer.domain.stages import Stage
from sleepscorer.io.atomic import write_text
from sleepscorer.io.codes import CODES_OF_STAGE, StageCodes, stage_of_text
from sleepscorer.io.stage_numbers import scoring_of_numbers
from sleepscorer.io.text_files import read_text, shortened

_COMMENT = "#"
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.0*)?")
_ARTEFACTS = ("art", "artefact", "artifact", "-1")


def write_yasa_labels(path: Path, scored: ScoredRecording) -> None:
    """Write W, N1, N2, N3, R or UNS, one line an epoch.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    _write(path, scored, lambda codes: codes.yasa_label)


def write_yasa_numbers(path: Path, scored: ScoredRecording) -> None:
    """Write YASA's numbers, one line an epoch: 4 is R there, -2 unscored.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    _write(path, scored, lambda codes: str(codes.yasa_number))


def read_stage_lines(path: Path) -> StoredScoring:
    """Read a file whose lines each hold a stage of a 30-s epoch, as a word or a number.

    Other columns may stand before it; lines that begin with # and empty ones are passed over, and
    so is a first line that holds no stage.

    Raises
    ------
    AmbiguousStagesError
        The numbers may mean two things.
    ScoringError
        The file can't be read or a line holds no stage.
    """
    cells = stage_cells(read_text(path))
    if len(cells) > 1 and not _is_stage(cells[0][1]):
        cells = cells[1:]  # a heading
    if not cells:
        raise ScoringError(f"{path.name} is empty; choose the file with the scoring.")
    if len(cells) > MOST_EPOCHS:
        raise ScoringError(f"{path.name} has {len(cells)} lines, more epochs than any recording.")
    words = [word for _, word in cells]
    remarks = {
        epoch: Remark(artefact=True)
        for epoch, word in enumerate(words)
        if word.casefold() in _ARTEFACTS
    }

    def build(stages: Sequence[Stage]) -> StoredScoring:
        spans = spans_of([EpochScore(stage) for stage in stages])
        return StoredScoring(start=None, spans=spans, remarks=remarks)

    if all(_NUMBER.fullmatch(word) for word in words):
        return scoring_of_numbers(path, [int(float(word)) for word in words], build)
    stages = []
    for line, word in cells:
        stage = stage_of_text(word)
        if stage is None:
            raise ScoringError(
                f"{path.name}, line {line}: “{shortened(word)}” is no sleep stage; known are W, "
                "N1, N2, N3, R, their older names, or numbers throughout."
            )
        stages.append(stage)
    return build(stages)


def stage_cells(text: str) -> list[tuple[int, str]]:
    """Number and last cell of each line that holds something."""
    cells = []
    for line, content in enumerate(text.splitlines(), start=1):
        stripped = content.strip()
        if stripped and not stripped.startswith(_COMMENT):
            words = [word for word in re.split(r"[,;\t]", stripped) if word.strip()]
            cells.append((line, words[-1].strip() if words else stripped))
    return cells


def _is_stage(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or stage_of_text(word) is not None


def looks_like_numbers(head: str) -> bool:
    """Whether each line of a text holds a number and nothing else."""
    lines = _complete_lines(head)
    return bool(lines) and all(_NUMBER.fullmatch(line) for line in lines)


def looks_like_labels(head: str) -> bool:
    """Whether each line of a text holds one of YASA's labels and nothing else."""
    labels = {codes.yasa_label for codes in CODES_OF_STAGE.values()} | {"WAKE", "REM", "ART"}
    lines = _complete_lines(head)
    return bool(lines) and all(line.upper() in labels for line in lines)


def looks_like_stage_lines(head: str) -> bool:
    """Whether most lines of a text end with a stage."""
    cells = stage_cells(head)
    return bool(cells) and sum(_is_stage(word) for _, word in cells) > len(cells) / 2


def _complete_lines(head: str) -> list[str]:
    lines = [line.strip() for line in head.splitlines()]
    return [line for line in lines if line and not line.startswith(_COMMENT)]


def _write(path: Path, scored: ScoredRecording, text_of: Callable[[StageCodes], str]) -> None:
    lines = [f"{text_of(CODES_OF_STAGE[stage])}\n" for stage in scored.scoring.stages]
    write_text(path, "".join(lines))
