"""The folder of journals: one for each recording that is open, and what others left unfinished."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QSysInfo, QTimer, Signal

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.io.history import StageChange, stage_history
from sleepscorer.io.journal import Journal
from sleepscorer.io.journal_folder import (
    UnfinishedWork,
    mark_finished,
    remove_old_journals,
    unfinished_work,
    unreadable_journals,
)

_SYNC_MS = 5_000


class Journals(QObject):
    """Begins journals and finds the work that a program which ended abruptly left behind.

    The journal of a program that still runs is locked, so that a second window does not take its
    work for lost.

    Attributes
    ----------
    failed
        Emitted with a `ScoringError` when a journal can't be written.
    """

    failed = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        remove_old_journals(folder)
        self._journal: Journal | None = None
        self._lock: QLockFile | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_SYNC_MS)
        self._timer.timeout.connect(self._sync)

    def begin(self, scored: ScoredRecording, source: Path, seal: bytes = b"") -> Journal | None:
        """Begin the journal of a recording that was opened; None when it can't be written."""
        self.end()
        remove_old_journals(self._folder)  # the program may run for months
        try:
            journal = Journal(self._folder, scored, source, seal)
        except ScoringError as error:
            self.failed.emit(error)
            return None
        self._journal = journal
        self._lock = _lock(journal.path)
        self._lock.tryLock(0)
        self._timer.start()
        return journal

    def end(self) -> None:
        """Let go of the journal of the recording that was closed."""
        self._timer.stop()
        self._journal = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def unfinished(self) -> Iterator[UnfinishedWork]:
        """Find all work that was neither saved nor given up, latest first."""
        return unfinished_work(self._folder, is_in_use=_is_locked)

    def unfinished_on(self, recording: RecordingIdentity) -> UnfinishedWork | None:
        """Find the latest unfinished work on a recording, before all under its file's name."""
        found = list(unfinished_work(self._folder, recording, is_in_use=_is_locked))
        found.sort(key=lambda work: work.recording.file_name != recording.file_name)
        return found[0] if found else None

    def unreadable(self) -> list[Path]:
        """Find the journals that nothing can be restored from, latest first."""
        return unreadable_journals(self._folder, is_in_use=_is_locked)

    def history(self, recording: RecordingIdentity) -> tuple[StageChange, ...]:
        """Changes of the stages of a recording, as far back as there are journals."""
        return stage_history(self._folder, recording)

    def finish(self, journal_path: Path) -> None:
        """Offer the work of a journal no more: it was restored or is not wanted."""
        try:
            mark_finished(journal_path)
        except ScoringError as error:
            self.failed.emit(error)

    def _sync(self) -> None:
        if self._journal is not None:
            try:
                self._journal.sync()
            except ScoringError as error:
                self.failed.emit(error)


def _lock(journal_path: Path) -> QLockFile:
    lock = QLockFile(f"{journal_path}.lock")
    lock.setStaleLockTime(0)  # only a program that has ended lets go of it
    return lock


def _is_locked(journal_path: Path) -> bool:
    lock = _lock(journal_path)
    if lock.tryLock(0):
        lock.unlock()
        return False
    if lock.error() is not QLockFile.LockError.LockFailedError:
        return False  # nothing can be locked here: the disk is full or only to be read
    return _holder_runs(lock)


def _holder_runs(lock: QLockFile) -> bool:
    """Whether the program that made a lock is there; where a lock can't be removed, it lies on."""
    process, host, _application = lock.getLockInfo()[-3:]
    if sys.platform == "win32" or process <= 0 or host != QSysInfo.machineHostName():
        return True
    try:
        os.kill(process, 0)  # asks, ends nothing
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
