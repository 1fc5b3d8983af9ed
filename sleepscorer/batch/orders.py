"""What whoever stages is asked for; made and read without a network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sleepscorer.batch.outcomes import Making
from sleepscorer.io.scoring_formats import ScoringFormat


@dataclass(frozen=True, slots=True)
class Order:
    """A recording to be staged, by whatever process and on whatever computer.

    Attributes
    ----------
    recording
        The file, from the root.
    result
        Path of the result from the folder of all results, with ``/``.
    draft
        Where the result is to be written, under the name that it will have; made when missing.
    making
        How.
    is_named
        Whether somebody named the file: one that was merely found may turn out to be no recording.
    """

    recording: Path
    result: str
    draft: Path
    making: Making
    is_named: bool


def second_target(row: ScoringFormat, target: Path) -> Path:
    """File of the second opinion beside that of the result."""
    ending = row.file_name("x").removeprefix("x")
    stem = target.name.removesuffix(ending) if target.name.endswith(ending) else target.stem
    return target.with_name(row.file_name(f"{stem}-second{target.suffix}"))


def all_files(row: ScoringFormat, target: Path, *, has_second: bool) -> tuple[Path, ...]:
    """All files that are written with a result, itself first."""
    files = row.files(target)
    return (*files, *row.files(second_target(row, target))) if has_second else files
