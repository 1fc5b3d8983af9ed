"""One process at a time: a lock on a file, which ends with the processes that hold it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_EVERY_S = 0.1


class HeldError(Exception):
    """Another process holds the lock."""


@contextmanager
def held(path: Path, patience_s: float = 0.0) -> Iterator[int]:
    """Hold a lock as long as the context lasts.

    Parameters
    ----------
    path
        Of the file, which is made, stays empty and is never removed: whoever removed it would let
        somebody else lock another one of the same name.
    patience_s
        How long to wait for another process that holds it.

    Yields
    ------
    int
        Its file descriptor. Except on Windows, a process that inherits it holds the lock, too.

    Raises
    ------
    HeldError
        Another process holds it.
    OSError
        The file can't be made, or its file system has no locks.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline_s = time.monotonic() + patience_s
        while not _is_taken(descriptor):
            if time.monotonic() >= deadline_s:
                raise HeldError
            time.sleep(_EVERY_S)
        yield descriptor
    finally:
        os.close(descriptor)


def _is_taken(descriptor: int) -> bool:
    """Take the lock, if nobody else holds it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if sys.platform != "win32" and not isinstance(error, BlockingIOError):
            raise
        return False
    return True
