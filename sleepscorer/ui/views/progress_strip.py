"""How far the work in the background is."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel
from sleepscorer.ui.base.tasks import PER_CENT_DONE, Task, no_answer_text

_ESTIMATE_AFTER_S = 2.0
_LONG_S = 120.0
"""What takes longer is said in minutes."""


@dataclass(slots=True)
class _Work:
    text: str
    fraction: float = 0.0
    silent_s: float = 0.0
    begun: tuple[float, float] | None = None  # when the first fraction was reported, and which

    def left_s(self) -> float | None:
        """Seconds that are left; None where they can't be told yet.

        What went before the first report is left aside: loading is no measure of the pace, and
        work that goes on where it was begins with what was done before.
        """
        if self.begun is None:
            return None
        begun_s, first = self.begun
        elapsed_s, done = time.monotonic() - begun_s, self.fraction - first
        if elapsed_s <= _ESTIMATE_AFTER_S or done <= 0:
            return None
        return elapsed_s * (1 - self.fraction) / done


class ProgressStrip(QWidget):
    """What is being done, how far it is, how long it will take, and Cancel.

    Of several tasks the one that began last is shown, and Cancel stops that one alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._works: dict[Task, _Work] = {}
        self._label = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setFormat(PER_CENT_DONE)
        self._bar.setFixedWidth(200)
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel_shown)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 6, 0)
        for widget in (self._label, self._bar, self.cancel_button):
            layout.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty when nothing is done."""
        return self._label.text() if self._works else ""

    def watch(self, task: Task, text: str) -> None:
        """Show a task, which has not started yet, until it is said to have ended."""
        self._works[task] = _Work(text)
        task.progressed.connect(lambda fraction: self._on_progressed(task, fraction))
        task.silent.connect(lambda silent_s: self._on_silent(task, silent_s))
        self._show_latest()

    def forget(self, task: Task) -> None:
        """Show a task no more."""
        self._works.pop(task, None)
        self._show_latest()

    def _on_progressed(self, task: Task, fraction: float) -> None:
        if task in self._works:
            work = self._works[task]
            work.fraction, work.silent_s = fraction, 0.0
            work.begun = work.begun or (time.monotonic(), fraction)
            self._show_latest()

    def _on_silent(self, task: Task, silent_s: float) -> None:
        if task in self._works:
            self._works[task].silent_s = silent_s
            self._show_latest()

    def _cancel_shown(self) -> None:
        task = next(reversed(self._works))
        task.cancel()
        self.forget(task)

    def _show_latest(self) -> None:
        # One that was cancelled elsewhere may take a while to notice.
        self._works = {task: work for task, work in self._works.items() if not task.is_cancelled}
        if not self._works:
            self.hide()
            return
        work = next(reversed(self._works.values()))
        text, left_s = work.text, work.left_s()
        if work.silent_s:
            text = no_answer_text(text, work.silent_s)
        elif left_s is not None and left_s > _LONG_S:
            text = tr("{work}, about {minutes} min left").format(
                work=text, minutes=round(left_s / 60)
            )
        elif left_s is not None:
            text = tr("{work}, about {seconds} s left").format(work=text, seconds=round(left_s))
        self._label.setText(text)
        self._bar.setValue(round(work.fraction * 100))
        self.show()
