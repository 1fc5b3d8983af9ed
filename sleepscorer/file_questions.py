"""Questions to the file system about a path of the user, which always have an answer.

A folder without permission, a share that has gone (EIO, ESTALE, ENOTCONN) or a name that is too
long makes `Path.exists` and its like raise, where nobody expects it: before a file dialog, at the
start, while closing. What can't be known is answered here in the way that loses nothing, and
whoever reads or writes the file afterwards says what is wrong with it. A test holds that nothing
else asks.
"""

from __future__ import annotations

import errno
import functools
import math
import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent import futures
from contextlib import suppress
from contextvars import ContextVar, copy_context
from pathlib import Path
from typing import TypeVar

from sleepscorer.domain.phrases import Phrase

# ValueError: a name with a NUL. OSError has all others, ENAMETOOLONG and ELOOP included; where the
# home or the working folder is unknown, pathlib raises RuntimeError or FileNotFoundError.
_UNKNOWN = (OSError, ValueError, RuntimeError)
_HEARTBEAT_S = 0.05
_MOMENT_S = 1.0
"""So long a window may stand still, once."""

Answer = TypeVar("Answer")
_NOTHING_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)

_given_up = ContextVar[tuple[threading.Event, ...]]("_given_up", default=())
"""Whether those who wait for what runs here have given it up."""


def answered(
    question: Callable[[], Answer],
    *,
    limit_s: float = math.inf,
    meanwhile: Callable[[], object] = lambda: None,
    too_late: Callable[[Answer], object] = lambda _: None,
) -> Answer:
    """Ask what a share that stalls may answer after minutes, or never.

    Nothing can end a thread that waits for a share. So the question is asked in one of its own,
    which ends when the share answers or the program does; whoever asks goes on without it. What is
    to be written then is not: see `is_waited_for`.

    Parameters
    ----------
    question
        Asks, and reads or writes if need be.
    limit_s
        How long to wait.
    meanwhile
        Called several times a second; what it raises ends the waiting.
    too_late
        Called, in the thread of the question, with an answer that nobody waits for any more.

    Raises
    ------
    TimeoutError
        There was no answer in time.
    Exception
        What the question or `meanwhile` raises.
    """
    answer: futures.Future[Answer] = futures.Future()
    given_up, deciding = threading.Event(), threading.Lock()

    def ask() -> None:
        _given_up.set((*_given_up.get(), given_up))
        try:
            found = question()
        except BaseException as error:  # noqa: BLE001  raised again where it was asked
            answer.set_exception(error)
            return
        with deciding:
            is_late = given_up.is_set()
            if not is_late:
                answer.set_result(found)
        if is_late:
            too_late(found)

    # In the same context, so that what may not be replaced may not be there either.
    threading.Thread(target=copy_context().run, args=(ask,), daemon=True).start()
    until_s = time.monotonic() + limit_s
    try:
        while not futures.wait([answer], min(_HEARTBEAT_S, max(limit_s, 0.0))).done:
            meanwhile()
            if time.monotonic() >= until_s:
                reason = Phrase("it does not answer within {limit_s:g} s", limit_s=limit_s)
                raise TimeoutError(reason)
    except BaseException:
        with deciding:
            given_up.set()
        if answer.done() and not answer.exception():
            too_late(answer.result())
        raise
    return answer.result()


def is_waited_for() -> bool:
    """Whether nobody gave up what is done here; what is not is not to change any file."""
    return not any(one.is_set() for one in _given_up.get())


def at_once(question: Callable[[], Answer], otherwise: Answer) -> Answer:
    """Answer of a share, or something else where it keeps a window waiting."""
    try:
        return answered(question, limit_s=_MOMENT_S)
    except TimeoutError:
        return otherwise


def files_at_once(paths: Iterable[Path]) -> Iterator[Path]:
    """Those of some files that are known at once to be there.

    Of a folder with one that keeps us waiting, no other is asked for.
    """
    silent: set[Path] = set()
    for path in paths:
        if path.parent in silent:
            continue
        is_known = at_once(functools.partial(is_file, path), None)
        if is_known is None:
            silent.add(path.parent)
        elif is_known:
            yield path


def is_there(path: Path) -> bool:
    """Whether something is known to be there; a link counts as what it leads to."""
    return _mode(path) is not None


def is_missing(path: Path) -> bool:
    """Whether it is known that nothing is there; False where that can't be known."""
    try:
        path.stat()
    except OSError as error:
        return error.errno in _NOTHING_THERE
    except _UNKNOWN:
        return False
    return False


def size_and_time(path: Path) -> tuple[int, int]:
    """Length in bytes, and when it was last changed, in ns of the file system.

    Raises
    ------
    OSError
        It can't be told.
    """
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def can_be_beside(path: Path) -> bool:
    """Whether its folder is there and can be looked into, so that a file may be written there."""
    return is_folder(path.parent) and (is_there(path) or is_missing(path))


def is_file(path: Path) -> bool:
    """Whether an ordinary file is known to be there."""
    mode = _mode(path)
    return mode is not None and stat.S_ISREG(mode)


def is_folder(path: Path) -> bool:
    """Whether a folder is known to be there."""
    mode = _mode(path)
    return mode is not None and stat.S_ISDIR(mode)


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths are known to lead to the same file."""
    try:
        return one.samefile(other)
    except _UNKNOWN:
        return False


def inode_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from all others of the computer; None where that can't be known."""
    try:
        status = path.stat()
    except _UNKNOWN:
        return None
    return status.st_dev, status.st_ino


def size_of(path: Path) -> int | None:
    """Size of a file in bytes; None where it can't be known."""
    try:
        return path.stat().st_size
    except _UNKNOWN:
        return None


def rested_s(path: Path) -> float:
    """Seconds since a file was last changed, by the clock; 0 where that can't be known."""
    try:
        return time.time() - path.stat().st_mtime
    except _UNKNOWN:
        return 0.0


def absolute(path: Path) -> Path:
    """Path from the root; the path itself where the working folder has gone."""
    try:
        return path.absolute()
    except _UNKNOWN:
        return path


def resolved(path: Path) -> Path:
    """Path from the root without links; as far as they can be followed."""
    try:
        return path.resolve()
    except _UNKNOWN:
        return absolute(path)


def home() -> Path:
    """Folder of the person at the computer; the root where there is none."""
    try:
        return Path.home()
    except _UNKNOWN:
        return Path("/")


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Folder of what the program keeps for the person at the computer, as the system wants it."""
    if sys.platform == "win32":
        parent = environment.get("LOCALAPPDATA") or home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        parent = home() / "Library" / "Application Support"
    else:
        parent = environment.get("XDG_DATA_HOME") or home() / ".local" / "share"
    return Path(parent) / "SleepScorer"


def content_of(path: Path) -> bytes:
    """Read a whole file.

    Raises
    ------
    OSError
        It can't be read, or is a pipe or device, which would wait for somebody who writes.
    """
    if _is_pipe(path):
        reason = Phrase("it is a pipe or device, no ordinary file")
        raise OSError(errno.EINVAL, reason, str(path))
    return path.read_bytes()


def files_in(folder: Path, *suffixes: str) -> list[Path]:
    """Files of a folder with some suffixes, by name; as many as can be listed, and no pipe."""
    found: list[Path] = []
    with suppress(*_UNKNOWN):
        for path in folder.iterdir():
            if path.suffix in suffixes and not _is_pipe(path):
                found.append(path)  # noqa: PERF401  what was listed before an error is kept
    return sorted(found)


def _is_pipe(path: Path) -> bool:
    """Whether a pipe or device is known to be there: opening it waits for somebody who writes."""
    mode = _mode(path)
    return mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except _UNKNOWN:
        return None
