"""Progress as JSON lines, for the program that started the training, and for later."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from sleepscorer.jobs.events import EVENTS, Done, JobEvent, Validated, events_in
from training.engine.curves import curves_svg
from training.engine.parallel import process_index

Report = Callable[[JobEvent], None]

PROGRESS_NAME = "progress.jsonl"
CURVES_NAME = "curves.svg"


class ProgressLog:
    """Writes events to standard output at once, keeps them in a file and draws their curves.

    Of several processes only the first one does.

    Parameters
    ----------
    out
        Folder of the files; created.
    resume
        Continue the file that is there, instead of beginning a new one with the first event.
    """

    def __init__(self, out: Path, *, resume: bool) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self._progress, self._curves = out / PROGRESS_NAME, out / CURVES_NAME
        self._mode = "a" if resume else "w"

    def __call__(self, event: JobEvent) -> None:
        """Report an event."""
        if process_index() != 0:
            return
        line = EVENTS.encode(event)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        with self._progress.open(self._mode, encoding="utf-8") as file:
            file.write(line + "\n")
        self._mode = "a"
        if isinstance(event, Validated | Done):
            lines = self._progress.read_text(encoding="utf-8").splitlines()
            self._curves.write_text(curves_svg(events_in(lines)), encoding="utf-8")


class StepTimer:
    """Estimates how long the remaining steps of a stage will take."""

    def __init__(self, first_step: int, n_steps: int) -> None:
        self._first_step = first_step
        self._n_steps = n_steps
        self._start_s = time.monotonic()

    def eta_s(self, n_done: int) -> float:
        """Remaining seconds after `n_done` steps of the stage, at the mean pace so far."""
        n_timed = max(n_done - self._first_step, 1)
        elapsed_s = time.monotonic() - self._start_s
        return round(elapsed_s / n_timed * (self._n_steps - n_done), 1)
