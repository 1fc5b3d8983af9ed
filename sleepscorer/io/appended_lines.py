"""Files that lines are only ever added to: each line is on the disk before it counts."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from sleepscorer.file_questions import content_of
from sleepscorer.io.atomic import flush_folder

if sys.platform != "win32":
    import fcntl

_BLOCK_BYTES = 4096


class AppendedLines:
    """A file of lines.

    Parameters
    ----------
    path
        Of the file; there is none before the first line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> list[bytes]:
        """Read all lines; what a crash left of a last one never counted and is left out.

        Raises
        ------
        OSError
            The file is there and can't be read.
        """
        try:
            *lines, _unfinished = content_of(self.path).split(b"\n")
        except FileNotFoundError:
            return []
        return lines

    def append(self, line: str) -> None:
        """Add a line; it is on the disk when this returns.

        Raises
        ------
        OSError
            It can't be written.
        """
        with self.path.open("ab+") as file:
            _lock(file)
            # What a crash left of a line was none, and must not begin this one.
            end = _end_of_last_line(file)
            file.truncate(end)
            file.write(line.encode("utf-8", "surrogateescape") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if not end:  # the first line: without the name of its file it would be nowhere
            flush_folder(self.path.parent)


def _end_of_last_line(file: BinaryIO) -> int:
    """Place after the last end of a line: looked for from the end, since files grow long."""
    stop = file.seek(0, os.SEEK_END)
    while stop > 0:
        start = max(stop - _BLOCK_BYTES, 0)
        file.seek(start)
        place = file.read(stop - start).rfind(b"\n")
        if place >= 0:
            return start + place + 1
        stop = start
    return 0


def _lock(file: BinaryIO) -> None:
    """Wait until nobody else adds a line; the lock ends with the file."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:  # not every file system has locks
            return
