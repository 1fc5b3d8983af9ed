"""Turns of the mouse wheel as whole steps."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent

_NOTCH = 120  # eighths of a degree; touch pads send a notch in many small parts


class WheelSteps:
    """Adds up turns until they make a step."""

    def __init__(self) -> None:
        self._rest = 0

    def take(self, event: QWheelEvent) -> int:
        """Whole steps that a turn completes, positive away from the technician; usually 0 or 1."""
        delta = event.angleDelta().y()
        if (delta > 0) != (self._rest > 0):
            self._rest = 0  # another direction begins anew
        self._rest += delta
        steps = int(self._rest / _NOTCH)
        self._rest -= steps * _NOTCH
        return steps
