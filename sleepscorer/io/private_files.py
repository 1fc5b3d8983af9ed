"""Files that only their owner may read: they name people, files and what was remarked on them."""

from __future__ import annotations

import os
from contextlib import suppress
from io import FileIO
from pathlib import Path

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def make_private_folder(folder: Path) -> None:
    """Make a folder for its owner alone, or make one that is there so.

    Raises
    ------
    OSError
        It can't be made.
    """
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    with suppress(OSError):  # on a read-only disk it is as private as it can be
        folder.chmod(_FOLDER_MODE)


def make_private(path: Path) -> None:
    """Let a file that is there be read by its owner alone, where that can be had."""
    with suppress(OSError):
        path.chmod(_FILE_MODE)


def opened_private(path: Path) -> FileIO:
    """Make a new file for its owner alone and open it to write, without a buffer.

    Raises
    ------
    OSError
        It can't be made, or is there already.
    """
    return FileIO(path, "xb", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _FILE_MODE)
