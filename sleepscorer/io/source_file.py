"""A file that is open for reading, and whether the disk still holds it as it was opened."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.file_questions import is_file, is_folder, is_there

_HEAD_BYTES = 2**17
"""Of a file's beginning, all is looked at: headers of up to five hundred signals."""

_N_SAMPLED = 32
_SAMPLED_BYTES = 4096

_State = tuple[int, int, int, int]


class SourceFile:
    """One opened file; safe to use from several threads.

    Whatever is made of a recording (pages, reports, copies) is read from here, so that it is of one
    file even if another takes its name.

    Attributes
    ----------
    path
        Where it was opened.
    n_bytes
        Its length at that time.

    Raises
    ------
    RecordingError
        It can't be opened, or is no ordinary file: a pipe would wait for its writer.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        refuse_pipe(path)
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise RecordingError(
                "{path} can't be opened: {reason}.", path=path, reason=error
            ) from error
        except ValueError as error:  # a NUL in the path
            raise RecordingError(
                "{path} can't be opened: {error}.", path=path, error=error
            ) from error
        try:
            self._state = _state(os.fstat(self._file.fileno()))
            self.n_bytes = self._state[2]
            self._digest = self._digest_of(self.read)
        except BaseException:
            self.close()
            raise

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return not self._file.closed

    def read(self, position: int, n_bytes: int) -> bytes:
        """Read a part of the file; less where it ended when it was opened.

        Raises
        ------
        RecordingError
            It can't be read any more, or is not what was opened any more.
        """
        n_bytes = max(min(n_bytes, self.n_bytes - position), 0)
        try:
            with self._lock:
                changed = _state(os.fstat(self._file.fileno())) != self._state
                self._file.seek(position)
                data = self._file.read(n_bytes)
        except (OSError, ValueError) as error:  # ValueError: closed meanwhile
            raise RecordingError(
                "{file} can't be read any more at byte {position} ({error}); check "
                "that the disk or network share is still there and open it again.",
                file=self.path.name,
                position=position,
                error=error,
            ) from error
        if len(data) != n_bytes:
            raise RecordingError(
                "{file} has become shorter while it was open (at byte {position}); open it again.",
                file=self.path.name,
                position=position,
            )
        if changed and (change := self.change()):
            raise RecordingError(change)
        return data

    def change(self) -> str:
        """Say how what the disk holds under this name differs from what was opened.

        Empty when it is the same. A file that something is still appended to is: a recording may
        be looked at while it is made.
        """
        name = self.path.name
        if is_there(self.path) and not is_file(self.path):
            return Phrase("{file} was replaced by what is no file since it was opened.", file=name)
        try:
            with self.path.open("rb") as other:
                state = _state(os.fstat(other.fileno()))
                if state == self._state:
                    return ""
                is_same_file = state[:2] == self._state[:2]
                if state[2] < self.n_bytes:
                    return Phrase(
                        "{file} has become shorter since it was opened; open it again.", file=name
                    )
                # Written to without growing: what was there may be gone.
                if is_same_file and state[2] == self.n_bytes:
                    return Phrase(
                        "{file} was overwritten since it was opened; open it again.", file=name
                    )

                def read(position: int, n_bytes: int) -> bytes:
                    other.seek(position)
                    return other.read(n_bytes)

                if self._digest_of(read) != self._digest:
                    return Phrase(
                        "{file} was replaced by another since it was opened; open it again.",
                        file=name,
                    )
        except FileNotFoundError:
            return Phrase(
                "{file} is not there any more: it was moved, renamed or deleted "
                "since it was opened. Put it back or open it again.",
                file=name,
            )
        except OSError as error:
            return Phrase(
                "{path} can't be looked at any more ({reason}); check that the disk "
                "or network share is still there.",
                path=self.path,
                reason=error,
            )
        if is_same_file:
            self._state = state
        return ""

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    def _digest_of(self, read: Callable[[int, int], bytes]) -> bytes:
        last = max(self.n_bytes - _SAMPLED_BYTES, 0)
        head = min(_HEAD_BYTES, self.n_bytes)
        sampled = ((last * number // _N_SAMPLED, _SAMPLED_BYTES) for number in range(1, _N_SAMPLED))
        return digest_of_pieces(read, [(0, head), *sampled, (last, _SAMPLED_BYTES)])


def digest_of_pieces(read: Callable[[int, int], bytes], pieces: Iterable[tuple[int, int]]) -> bytes:
    """Digest of some pieces of a file, each a position and a number of bytes."""
    digest = hashlib.sha256()
    for position, n_bytes in pieces:
        digest.update(read(position, n_bytes))
    return digest.digest()


def sampled_pieces(first: int, stop: int) -> tuple[tuple[int, int], ...]:
    """Places spread evenly over a part of a file, each a position and a number of bytes."""
    n_bytes = min(_SAMPLED_BYTES, stop - first)
    last = stop - first - n_bytes
    return tuple(
        (first + last * number // (_N_SAMPLED - 1), n_bytes) for number in range(_N_SAMPLED)
    )


def refuse_pipe(path: Path) -> None:
    """Refuse what would wait for somebody who writes when it is opened.

    Raises
    ------
    RecordingError
        It is a pipe or a device.
    """
    if is_there(path) and not (is_file(path) or is_folder(path)):
        raise RecordingError("{path} is a pipe or device, no file; choose a recording.", path=path)


def _state(status: os.stat_result) -> _State:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
