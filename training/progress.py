"""Progress as JSON lines, for the program that started the training."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Report = Callable[[dict[str, Any]], None]


def write_json_line(event: dict[str, Any]) -> None:
    """Write an event to standard output at once."""
    sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
    sys.stdout.flush()


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
