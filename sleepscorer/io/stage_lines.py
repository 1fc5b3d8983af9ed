"""Text files with a stage a line in YASA's labels and numbers; they are read as tables are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.io.atomic import write_text
from sleepscorer.io.codes import CODES_OF_STAGE, StageCodes

_COMMENT = "#"
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.0*)?")


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


def looks_like_numbers(head: str) -> bool:
    """Whether each line of a text holds a number and nothing else."""
    lines = _complete_lines(head)
    return bool(lines) and all(_NUMBER.fullmatch(line) for line in lines)


def looks_like_labels(head: str) -> bool:
    """Whether each line of a text holds one of YASA's labels and nothing else."""
    labels = {codes.yasa_label for codes in CODES_OF_STAGE.values()} | {"WAKE", "REM", "ART"}
    lines = _complete_lines(head)
    return bool(lines) and all(line.upper() in labels for line in lines)


def _complete_lines(head: str) -> list[str]:
    lines = [line.strip() for line in head.splitlines()]
    return [line for line in lines if line and not line.startswith(_COMMENT)]


def _write(path: Path, scored: ScoredRecording, text_of: Callable[[StageCodes], str]) -> None:
    lines = [f"{text_of(CODES_OF_STAGE[stage])}\n" for stage in scored.scoring.stages]
    write_text(path, "".join(lines))
