"""What was made into a folder: an outcome a line, so that a batch that was ended can go on.

A line about a result is on the disk before the result is at its place. A kill between the two
leaves a line without a file, and that is staged again; it never leaves a file that nobody knows.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from sleepscorer.batch.outcomes import OUTCOMES, Making, Outcome, Staged, sha256_of
from sleepscorer.codec import CodecError
from sleepscorer.domain.errors import ScoringError
from sleepscorer.file_questions import is_there
from sleepscorer.io.appended_lines import AppendedLines

FILE_NAME = ".sleepscorer-batch.jsonl"


class Manifest:
    """The outcomes of all batches that wrote into a folder.

    Parameters
    ----------
    folder
        Of the results.

    Raises
    ------
    ScoringError
        Its file can't be read, or a line of it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines = AppendedLines(folder / FILE_NAME)
        self._staged: dict[str, Staged] = {}
        self._hashes: defaultdict[str, set[str]] = defaultdict(set)
        for number, line in enumerate(self._read(), start=1):
            try:
                self._take(OUTCOMES.decode(line))
            except CodecError as error:
                raise ScoringError(
                    "Line {number} of {path}, which says what was staged into this folder, is "
                    "damaged: {error}. Restore the file from a copy, or move it away; results that "
                    "are there are left alone then.",
                    number=number,
                    path=self._lines.path,
                    error=error,
                ) from error

    def staged(self, result: str) -> Staged | None:
        """What was last made at a place; None where nothing was."""
        return self._staged.get(result)

    @property
    def results(self) -> frozenset[Path]:
        """All files that were ever made here."""
        return frozenset(self._folder / name for name in self._hashes)

    def is_ours(self, files: tuple[Path, ...]) -> bool:
        """Whether files, as far as they are there, are as a batch left them.

        Raises
        ------
        OSError
            One can't be read.
        """
        return all(
            sha256_of([path]) in self._hashes.get(self.name_of(path), ())
            for path in files
            if is_there(path)
        )

    def is_whole(self, staged: Staged) -> bool:
        """Whether all files of a result are there as they were last made.

        Raises
        ------
        OSError
            One can't be read.
        """
        return all(
            is_there(self._folder / name) and sha256_of([self._folder / name]) == sha256
            for name, sha256 in staged.files.items()
        )

    def name_of(self, path: Path) -> str:
        """Path of a file from the folder, as the lines have it."""
        return path.relative_to(self._folder).as_posix()

    def add(self, outcome: Outcome) -> None:
        """Add an outcome; it is on the disk when this returns.

        Raises
        ------
        ScoringError
            It can't be written.
        """
        try:
            self._lines.append(OUTCOMES.encode(outcome))
        except OSError as error:
            raise ScoringError(
                "{path} can't be written: {reason}. Make room on the disk, or choose another "
                "folder, and begin again: what was staged stays.",
                path=self._lines.path,
                reason=error,
            ) from error
        self._take(outcome)

    def _take(self, outcome: Outcome) -> None:
        if isinstance(outcome, Staged):
            self._staged[outcome.result] = outcome
            for name, sha256 in outcome.files.items():
                self._hashes[name].add(sha256)

    def _read(self) -> list[bytes]:
        try:
            return self._lines.read()
        except OSError as error:
            raise ScoringError(
                "{path} can't be read: {reason}. Check the folder's permissions.",
                path=self._lines.path,
                reason=error,
            ) from error


def difference(staged: Staged, making: Making, recording: Path) -> str:
    """Say why a result is not what staging a recording would give; empty where it is.

    Raises
    ------
    OSError
        The recording can't be read.
    """
    return making.difference(staged.making) or (
        "" if staged.content.is_that_of(recording) else "the recording is another since"
    )
