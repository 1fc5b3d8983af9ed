"""The work and the connections that end with one open recording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMetaObject, QObject

from sleepscorer.ui.base.tasks import Progress, Result, Task, TaskRunner


class Lifetime:
    """Starts tasks and connects signals, and ends both together.

    Parameters
    ----------
    tasks
        Runs the work.
    """

    def __init__(self, tasks: TaskRunner) -> None:
        self._tasks = tasks
        self._running: set[Task] = set()
        self._connections: list[QMetaObject.Connection] = []
        self._afterwards: Callable[[], None] | None = None

    def submit(
        self,
        work: Callable[[Progress], Result],
        *,
        on_success: Callable[[Result], None],
        on_failure: Callable[[Exception], None],
        on_finish: Callable[[], None] | None = None,
        shown_as: str = "",
    ) -> Task:
        """Start work as `TaskRunner.submit` does; it is cancelled when this ends."""

        def finish() -> None:
            if on_finish is not None:
                on_finish()
            self._running.discard(task)
            self._conclude()

        task = self._tasks.submit(
            work,
            on_success=on_success,
            on_failure=on_failure,
            on_finish=finish,
            shown_as=shown_as,
        )
        self._running.add(task)
        return task

    def connect(self, signal: Any, slot: Callable[..., object]) -> None:
        """Connect a signal of something that lasts longer."""
        self._connections.append(signal.connect(slot))

    def end(self, afterwards: Callable[[], None], *, has_stopped: bool = False) -> None:
        """Let go of all signals, cancel all work, and do something once the last of it stopped.

        Parameters
        ----------
        afterwards
            Called on the GUI thread.
        has_stopped
            Whether no work runs any more, though its end was not delivered yet.
        """
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        for task in self._running:
            task.cancel()
        if has_stopped:
            self._running.clear()
        self._afterwards = afterwards
        self._conclude()

    def _conclude(self) -> None:
        if self._afterwards is not None and not self._running:
            afterwards, self._afterwards = self._afterwards, None
            afterwards()
