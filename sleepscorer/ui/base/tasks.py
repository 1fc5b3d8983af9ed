"""Run Qt-free work off the GUI thread and deliver the result on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from sleepscorer.ui.base.memory import give_back

Result = TypeVar("Result")
Progress = Callable[[float], None]

_LONG_S = 1.0
"""What takes longer has worked through a night, and leaves more behind than a page does."""


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
    """

    progressed = Signal(float)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(
        self, parent: QObject, *, outlasts_recording: bool = False, goes_on: bool = False
    ) -> None:
        super().__init__(parent)
        self.outlasts_recording, self.goes_on = outlasts_recording, goes_on
        self._cancelled = threading.Event()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop; nothing is delivered any more."""
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
        self.progressed.emit(fraction)


class _Runnable(QRunnable):
    def __init__(self, task: Task, work: Callable[[Progress], object]) -> None:
        super().__init__()
        self._task = task
        self._work = work

    def run(self) -> None:
        if not self._task.is_cancelled:  # it may have waited for a thread until it was
            begun_s = time.monotonic()
            self._deliver()
            if time.monotonic() - begun_s > _LONG_S:
                give_back()
        self._task.finished.emit()

    def _deliver(self) -> None:
        try:
            result = self._work(self._task.report)
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
        shown_as: str = "",
        outlasts_recording: bool = False,
        goes_on: bool = False,
    ) -> Task:
        """Start work in the background.

        Parameters
        ----------
        work
            Gets a function to report its progress to, which raises `Cancelled` when asked to stop.
        on_success, on_failure, on_finish
            Called on the GUI thread; after a cancel only `on_finish` is. They are connected
            before the work starts, since a signal that nobody is connected to is lost.
        shown_as
            A few words for the technician, who can then cancel it; empty to keep it to itself.
        outlasts_recording, goes_on
            As `Task` has them.
        """
        task = Task(self, outlasts_recording=outlasts_recording, goes_on=goes_on)

        def deliver(callback: Callable[[Any], None]) -> Callable[[Any], None]:
            # A result that was on its way when the technician cancelled is dropped.
            return lambda value: None if task.is_cancelled else callback(value)

        task.succeeded.connect(deliver(on_success))
        task.failed.connect(deliver(on_failure))
        task.finished.connect(lambda: self._forget(task, on_finish))
        self._running[task] = shown_as
        if shown_as:
            self.shown.emit(task, shown_as)
        self._pool.start(_Runnable(task, work))
        return task

    def shutdown(self, timeout_ms: int = 10_000) -> bool:
        """Cancel everything and wait; False when a task does not end in time."""
        for task in self._running:
            task.cancel()
        return self._pool.waitForDone(timeout_ms)

    def _forget(self, task: Task, on_finish: Callable[[], None] | None) -> None:
        del self._running[task]
        if on_finish is not None:
            on_finish()
        self.ended.emit(task)
        task.deleteLater()
