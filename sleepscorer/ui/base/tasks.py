"""Run Qt-free work off the GUI thread and deliver the result on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.file_questions import answered
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.memory import give_back

PER_CENT_DONE = "%p %"
"""What stands on a bar, per cent after a space as everywhere."""

Result = TypeVar("Result")
Progress = Callable[[float], None]

_LONG_S = 1.0
"""What takes longer has worked through a night, and leaves more behind than a page does."""

_PATIENCE_S = 3.0
"""How long work for files may take to notice that it was cancelled: else it waits for a share."""

_LONGER_PATIENCE_S = 10.0
"""The same of other work, which may compute or import for so long."""

SILENCE_S = 10.0
"""After this time it is said that a folder does not answer."""

LONGEST_SILENCE_S = 600.0
"""After this time a folder that does not answer is given up. Whole files come over slow lines."""


def no_answer_text(work: str, silent_s: float) -> str:
    """Say what is under way, and for how long its folder has kept it waiting."""
    text = tr("{work}: the folder has not answered for {seconds} s")
    return text.format(work=work, seconds=int(silent_s))


class Cancelled(Exception):  # noqa: N818  no error: somebody asked for it
    """The technician cancelled the task."""


class Task(QObject):
    """Handle of one piece of background work; its signals arrive on the GUI thread.

    Attributes
    ----------
    outlasts_recording
        Whether it goes on when another recording is opened.
    goes_on
        Whether it goes on where it was when it is asked for again: cancelling only pauses it.
    silent
        Emitted, where it is for files, with the seconds for which nothing was heard of it.
    """

    progressed = Signal(float)
    silent = Signal(float)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(
        self,
        parent: QObject,
        *,
        outlasts_recording: bool = False,
        goes_on: bool = False,
        is_for_files: bool = False,
    ) -> None:
        super().__init__(parent)
        self.outlasts_recording, self.goes_on = outlasts_recording, goes_on
        self._is_for_files = is_for_files
        self._cancelled = threading.Event()
        self._cancelled_s = self._heard_s = time.monotonic()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop; nothing is delivered any more."""
        if not self.is_cancelled:
            self._cancelled_s = time.monotonic()
            self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._cancelled.is_set()

    def report(self, fraction: float) -> None:
        """Report progress, 0 to 1, from the worker.

        Raises
        ------
        Cancelled
            The work was asked to stop.
        """
        if self.is_cancelled:
            raise Cancelled
        self._heard_s = time.monotonic()
        self.progressed.emit(fraction)

    def begin(self) -> None:
        """Count from now on for how long nothing is heard."""
        self._heard_s = time.monotonic()

    def wait(self) -> None:
        """Be waited for, to be called again and again.

        Raises
        ------
        Cancelled
            The work was asked to stop, and had time for it.
        SleepScorerError
            Its folder has not answered for so long that it is given up.
        """
        now_s = time.monotonic()
        silent_s = now_s - self._heard_s
        if self.is_cancelled:
            patience_s = _PATIENCE_S if self._is_for_files else _LONGER_PATIENCE_S
            if now_s - self._cancelled_s > patience_s:
                raise Cancelled
        elif self._is_for_files and silent_s > LONGEST_SILENCE_S:
            raise SleepScorerError(
                "The folder has not answered for {seconds:.0f} s and was given up. Check the disk "
                "or network share, and try again.",
                seconds=silent_s,
            )
        elif self._is_for_files and silent_s > SILENCE_S:
            self.silent.emit(silent_s)


class _Runnable(QRunnable):
    def __init__(
        self,
        task: Task,
        work: Callable[[Progress], object],
        too_late: Callable[[Any], object],
    ) -> None:
        super().__init__()
        self._task = task
        self._work = work
        self._too_late = too_late

    def run(self) -> None:
        if not self._task.is_cancelled:  # it may have waited for a thread until it was
            self._task.begin()
            begun_s = time.monotonic()
            self._deliver()
            if time.monotonic() - begun_s > _LONG_S:
                give_back()
        self._task.finished.emit()
        # Now and then PySide keeps a runnable for ever: not the recording that it worked on, too.
        del self._work, self._too_late

    def _deliver(self) -> None:
        try:
            result = answered(
                partial(self._work, self._task.report),
                meanwhile=self._task.wait,
                too_late=self._too_late,
            )
        except Cancelled:
            pass
        # The border of the thread: reported, not swallowed.
        except Exception as error:  # noqa: BLE001
            self._task.failed.emit(error)
        except BaseException as error:  # noqa: BLE001  what ends a program, and panics of libraries
            fault = RuntimeError(f"{type(error).__name__}: {error}")
            fault.__cause__ = error
            self._task.failed.emit(fault)
        else:
            self._task.succeeded.emit(result)


class TaskRunner(QObject):
    """Owns the running tasks, so that none is destroyed while it works.

    Work that is cancelled and does not notice, since it waits for a share, is left behind.

    Attributes
    ----------
    shown
        Emitted with a `Task` and what it does, before it starts, when the technician is to see it.
    ended
        Emitted with every `Task` once it has ended. Its own `finished` may be lost to others: it
        is emitted on the worker's thread, to one receiver after the other, and the first of them
        lets the task be deleted.
    """

    shown = Signal(object, str)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        # Reading and scoring both use every core by themselves; more threads only queue there.
        self._pool.setMaxThreadCount(3)
        self._in_turn = QThreadPool(self)
        self._in_turn.setMaxThreadCount(1)
        self._running: dict[Task, str] = {}

    @property
    def is_idle(self) -> bool:
        """Whether no task is running."""
        return not self._running

    @property
    def shown_tasks(self) -> dict[Task, str]:
        """Tasks under way that the technician sees, with what they do."""
        return {
            task: text for task, text in self._running.items() if text and not task.is_cancelled
        }

    def submit(
        self,
        work: Callable[[Progress], Result],
        *,
        on_success: Callable[[Result], None],
        on_failure: Callable[[Exception], None],
        on_finish: Callable[[], None] | None = None,
        too_late: Callable[[Result], object] = lambda _: None,
        shown_as: str = "",
        outlasts_recording: bool = False,
        goes_on: bool = False,
        is_for_files: bool = False,
        in_turn: bool = False,
    ) -> Task:
        """Start work in the background.

        Parameters
        ----------
        work
            Gets a function to report its progress to, which raises `Cancelled` when asked to stop.
        on_success, on_failure, on_finish
            Called on the GUI thread; after a cancel only `on_finish` is. They are connected
            before the work starts, since a signal that nobody is connected to is lost.
        too_late
            Called on any thread with the result of work that was cancelled and went on to its end,
            as it does where it waited for a share.
        shown_as
            A few words for the technician, who can then cancel it; empty to keep it to itself.
        outlasts_recording, goes_on
            As `Task` has them.
        is_for_files
            Whether it reads or writes files all the time: where nothing is heard of it, their
            folder does not answer.
        in_turn
            Whether it waits for others of which that is true, since each takes much memory.
        """
        task = Task(
            self,
            outlasts_recording=outlasts_recording,
            goes_on=goes_on,
            is_for_files=is_for_files,
        )

        # A result that was on its way when the technician cancelled is dropped.
        task.succeeded.connect(
            lambda result: too_late(result) if task.is_cancelled else on_success(result)
        )
        task.failed.connect(lambda error: None if task.is_cancelled else on_failure(error))
        task.finished.connect(lambda: self._forget(task, on_finish))
        self._running[task] = shown_as
        if shown_as:
            self.shown.emit(task, shown_as)
        (self._in_turn if in_turn else self._pool).start(_Runnable(task, work, too_late))
        return task

    def shutdown(self, timeout_ms: int = 10_000) -> bool:
        """Cancel everything and wait; False when a task does not end in time."""
        for task in self._running:
            task.cancel()
        begun_s = time.monotonic()
        has_ended = self._pool.waitForDone(timeout_ms)
        left_ms = timeout_ms - round(1e3 * (time.monotonic() - begun_s))
        return self._in_turn.waitForDone(max(left_ms, 0)) and has_ended

    def _forget(self, task: Task, on_finish: Callable[[], None] | None) -> None:
        del self._running[task]
        if on_finish is not None:
            on_finish()
        self.ended.emit(task)
        task.deleteLater()
