"""The work and the connections that end with one open recording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec

from PySide6.QtCore import QMetaObject, QObject

from sleepscorer.ui.base.tasks import Task, TaskRunner

LONG_S = 24 * 3600.0
"""Of a longer recording one thing is worked out after the other: each takes hundreds of MB."""

_How = ParamSpec("_How")


class Lifetime:
    """Starts tasks and connects signals, and ends both together.

    Parameters
    ----------
    tasks
        Runs the work.

    Attributes
    ----------
    submit
        Starts work as `TaskRunner.submit` does; it is cancelled when this ends.
    """

    def __init__(self, tasks: TaskRunner) -> None:
        self._running: set[Task] = set()
        self._connections: list[QMetaObject.Connection] = []
        self._afterwards: Callable[[], None] | None = None
        self._ended = tasks.ended.connect(self._on_ended)
        self.submit = _kept(tasks.submit, self._running)

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

    def _on_ended(self, task: Task) -> None:
        self._running.discard(task)
        self._conclude()

    def _conclude(self) -> None:
        if self._afterwards is not None and not self._running:
            afterwards, self._afterwards = self._afterwards, None
            QObject.disconnect(self._ended)
            afterwards()


def _kept(submit: Callable[_How, Task], running: set[Task]) -> Callable[_How, Task]:
    def submit_and_keep(*work: _How.args, **how: _How.kwargs) -> Task:
        task = submit(*work, **how)
        running.add(task)
        return task

    return submit_and_keep
