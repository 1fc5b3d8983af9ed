"""The one way in which files are written: as a whole or not at all.

Everything is written into a hidden file beside the target and moved there at the end. A crash, a
full disk or an error leaves the former file as it was; what a kill leaves behind is removed by
`remove_abandoned`. What somebody gave up waiting for, on a share that stalls, is not moved there
any more. A test looks for other ways of writing, so that there are none.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import sys
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, cast

from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.texts import storable
from sleepscorer.file_questions import is_waited_for

if sys.platform != "win32":  # there, a file that somebody has open can't be removed anyway
    import fcntl

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_PREFIX, _SUFFIX = ".sleepscorer-", ".unfinished"
_LOCK_NAME = "lock"
_LEAST_AGE_S = 60.0
"""A younger file may be one that its writer has not locked yet."""

_ADVICE = {
    errno.ENOSPC: Phrase("make room on the disk, or choose another folder"),
    errno.EDQUOT: Phrase("make room on the disk, or choose another folder"),
    errno.ENAMETOOLONG: Phrase("choose a shorter name"),
    errno.EISDIR: Phrase("choose another name"),
}


_may_replace = ContextVar("_may_replace", default=True)


@contextmanager
def replaces(allowed: bool) -> Iterator[None]:
    """Say whether what is written in the block may replace files, whoever writes it.

    What was not there when somebody looked may be there once a night is staged: only the writer
    itself can leave it alone.
    """
    token = _may_replace.set(_may_replace.get() and allowed)
    try:
        yield
    finally:
        _may_replace.reset(token)


@contextmanager
def drafts_beside(folder: Path) -> Iterator[Path]:
    """Give a hidden folder for files that are made elsewhere and moved to their places whole.

    It is removed at the end; what is left of it by a kill, by `remove_abandoned`.

    Raises
    ------
    ScoringError
        It can't be made.
    """
    drafts = folder / f"{_PREFIX}{uuid.uuid4().hex}{_SUFFIX}"
    try:
        drafts.mkdir()
        lock = _CheckedFile(drafts / _LOCK_NAME, drafts)
    except OSError as error:
        raise not_written(drafts, error) from error
    try:
        with suppress(OSError):
            _lock(lock)
        yield drafts
    finally:
        lock.close()
        shutil.rmtree(drafts, ignore_errors=True)


def move_into_place(drafts: Mapping[Path, Path], *, may_replace: bool = True) -> None:
    """Move files that belong together to their places; each is whole, and on the same disk.

    Parameters
    ----------
    drafts
        By its place, where each is now.
    may_replace
        Whether files that are there may be replaced; never inside of ``replaces(False)``.

    Raises
    ------
    ScoringError
        As `replacing`.
    """
    targets = {path: _Target(path, may_replace=may_replace) for path in drafts}
    for target in targets.values():
        target.former()
    _refuse_what_was_given_up(drafts)
    for path, target in targets.items():
        target.take(drafts[path])


@contextmanager
def replacing(path: Path, *, may_replace: bool = True) -> Iterator[BinaryIO]:
    """Give a file to write into; it takes the place of `path` when the block ends without error.

    A link is followed: the file that it names is replaced. The mode of a replaced file is kept.

    Parameters
    ----------
    path
        The target.
    may_replace
        Whether a file that is there may be replaced; never inside of ``replaces(False)``.

    Raises
    ------
    ScoringError
        The folder can't be written to, the target must not be replaced, or writing failed. Other
        errors inside the block are not about the target and stay what they are.
    """
    with _Replacement(path, may_replace=may_replace) as replacement:
        yield replacement.file
        replacement.finish()
        _refuse_what_was_given_up([path])
        replacement.take_place()


def write_file(path: Path, content: bytes, *, may_replace: bool = True) -> None:
    """Write a file, wholly or not at all; see `replacing`."""
    write_files({path: content}, may_replace=may_replace)


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with the line ends that it has, wholly or not at all."""
    write_file(path, storable(text).encode())


def write_files(contents: Mapping[Path, bytes], *, may_replace: bool = True) -> None:
    """Write files that belong together; none is replaced before all are on the disk.

    Raises
    ------
    ScoringError
        As `replacing`.
    """
    with ExitStack() as stack:
        replacements = [
            stack.enter_context(_Replacement(path, may_replace=may_replace)) for path in contents
        ]
        for replacement, content in zip(replacements, contents.values(), strict=True):
            replacement.file.write(content)
            replacement.finish()
        _refuse_what_was_given_up(contents)
        for replacement in replacements:
            replacement.take_place()


def check_place(path: Path) -> None:
    """Make sure that a file can be written at a place, before there is anything to write.

    Raises
    ------
    ScoringError
        As `replacing`, whether or not files may be replaced.
    """
    with _Replacement(path, may_replace=True):
        pass


def prepare_folder(folder: Path) -> None:
    """Make a folder for results where there is none, and clear it of what killed writers left.

    Raises
    ------
    ScoringError
        It can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScoringError(
            "The folder {folder} can't be made: {reason}; choose another with --out.",
            folder=folder,
            reason=error,
        ) from error
    remove_abandoned(folder)


def flush_folder(folder: Path) -> None:
    """Bring the name of a new file onto the disk, too, where folders can be opened."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_abandoned(folder: Path) -> None:
    """Remove what writers that were killed left in a folder."""
    oldest_s = time.time() - _LEAST_AGE_S
    with suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with suppress(OSError):  # it can be removed another time
                if path.stat().st_mtime >= oldest_s:
                    continue
                if path.is_dir():
                    _remove_drafts(path)
                elif not _is_locked(path):
                    path.unlink()


def _remove_drafts(folder: Path) -> None:
    lock = folder / _LOCK_NAME
    with suppress(FileNotFoundError):
        if _is_locked(lock):
            return
        lock.unlink()  # first: where there are no locks, what is open can't be removed
    shutil.rmtree(folder, ignore_errors=True)


class _Target:
    """The place of a file that is made elsewhere; a link is followed."""

    def __init__(self, path: Path, *, may_replace: bool) -> None:
        self._path = path
        self._may_replace = may_replace and _may_replace.get()
        self.place = Path(os.path.realpath(path))

    def former(self) -> os.stat_result | None:
        """What is known of the file that is replaced; None where there is none."""
        try:
            former = self.place.stat()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise not_written(self._path, error) from error
        if not self._may_replace:
            raise _is_there_already(self._path)
        if not stat.S_ISREG(former.st_mode):
            code = errno.EISDIR if stat.S_ISDIR(former.st_mode) else errno.EINVAL
            raise not_written(self._path, OSError(code, os.strerror(code)))
        if not (former.st_mode & 0o222 and os.access(self.place, os.W_OK)):
            raise ScoringError(
                "{path} is read-only and was left alone; choose another name, or "
                "allow writing to it.",
                path=self._path,
            )
        return former

    def take(self, draft: Path) -> None:
        """Move a whole file here."""
        try:
            if self._may_replace:
                self.former()  # it may have become read-only meanwhile
                draft.replace(self.place)
            else:
                _move_without_replacing(draft, self.place)
        except FileExistsError as error:
            raise _is_there_already(self._path) from error
        except OSError as error:
            raise not_written(self._path, error) from error
        flush_folder(self.place.parent)


class _Replacement:
    """A hidden file that is to take the place of another."""

    def __init__(self, path: Path, *, may_replace: bool) -> None:
        self._path = path
        self._target = _Target(path, may_replace=may_replace)
        name = f"{_PREFIX}{uuid.uuid4().hex}{_SUFFIX}"
        self._temporary = self._target.place.with_name(name)
        former = self._target.former()
        try:
            self._file = _CheckedFile(self._temporary, path)
        except OSError as error:
            raise not_written(path, error) from error
        with suppress(OSError):  # not every file system has locks, or owners
            _lock(self._file)
        if former is not None:
            with suppress(OSError):
                self._temporary.chmod(stat.S_IMODE(former.st_mode))
            if sys.platform != "win32":
                with suppress(OSError):
                    os.chown(self._temporary, former.st_uid, former.st_gid)

    @property
    def file(self) -> BinaryIO:
        return cast("BinaryIO", self._file)

    def __enter__(self) -> _Replacement:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)

    def finish(self) -> None:
        """Bring what was written onto the disk."""
        try:
            os.fsync(self._file.fileno())
            if sys.platform == "win32":  # an open file can't be moved there
                self._file.close()
        except OSError as error:
            raise not_written(self._path, error) from error

    def take_place(self) -> None:
        """Move the file to its place; it is whole already."""
        self._target.take(self._temporary)


class _CheckedFile(io.FileIO):
    """A new file that writes all it is given, and whose errors name the file that is meant."""

    def __init__(self, temporary: Path, meant: Path) -> None:
        super().__init__(temporary, "xb")
        self._meant = meant

    def write(self, data: ReadableBuffer, /) -> int:
        rest = memoryview(data).cast("B")
        n_bytes = len(rest)
        try:
            while rest:
                rest = rest[super().write(rest) or 0 :]
        except OSError as error:
            raise not_written(self._meant, error) from error
        return n_bytes


def remove(path: Path, refusal: type[SleepScorerError]) -> None:
    """Remove a file that may have gone already.

    Raises
    ------
    SleepScorerError
        The kind that is given: it can't be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        text = Phrase(
            "{path} can't be removed: {reason}. Check the folder's permissions.",
            path=path,
            reason=error,
        )
        raise refusal(text) from error


def not_written(path: Path, error: Exception) -> ScoringError:
    """Error that says why a file could not be written, and what to do."""
    advice = _ADVICE.get(getattr(error, "errno", None) or 0, Phrase("choose another folder"))
    return ScoringError(
        "{path} can't be written: {reason}. Nothing was changed; {advice}.",
        path=path,
        reason=error,
        advice=advice,
    )


def _refuse_what_was_given_up(paths: Iterable[Path]) -> None:
    """Raise before the first of files that belong together takes its place, not between them."""
    if not is_waited_for():
        reason = Phrase("its folder did not answer until that was given up")
        raise not_written(next(iter(paths)), TimeoutError(reason))


def _is_there_already(path: Path) -> ScoringError:
    return ScoringError(
        "{path} is there already and was left alone; choose another name.", path=path
    )


def _move_without_replacing(temporary: Path, target: Path) -> None:
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # FAT and some shares have no second names
        os.close(os.open(target, os.O_CREAT | os.O_EXCL))
        temporary.replace(target)


def _lock(file: io.FileIO) -> None:
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_locked(path: Path) -> bool:
    if sys.platform != "win32":
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
    return False
