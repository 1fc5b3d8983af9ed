"""A time axis that shows the recording's clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from sleepscorer.ui.base.language import tr

_STEPS_S = (1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200)
_PIXELS_A_LABEL = 90
_TEXT_FACTOR = 0.8  # of the height of a line: what pyqtgraph takes for that of its letters


class ClockAxis(pg.AxisItem):
    """Labels positions in seconds with clock time, or with the time since the start.

    Positions on the axis are relative to `origin_s`: when a page is turned, nothing but the words
    is another. They are painted as they are, since pyqtgraph would measure and record them first.
    """

    def __init__(self) -> None:
        super().__init__("bottom")
        self._start: datetime | None = None
        self._origin_s = 0.0
        self._seconds = 1.0
        self._names_days = False
        self.enableAutoSIPrefix(False)

    def set_start(self, start: datetime | None, *, names_days: bool = False) -> None:
        """Set the clock time of second 0, and whether each midnight names the day that begins."""
        self._start = start
        self._names_days = names_days
        self.update()

    def set_origin(self, origin_s: float, seconds: float = 1.0) -> None:
        """Set the second of the recording that is at position 0, and how many one place is."""
        self._origin_s, self._seconds = origin_s, seconds
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        area, reach = self.mapRectFromParent(self.geometry()), self.boundingRect()
        first, last = self.range
        if not area.width() or first == last:
            return
        painter.setPen(self.pen())
        painter.drawLine(area.topLeft() + QPointF(-1, 1), area.topRight() + QPointF(1, 1))
        spacing, places = self.tickValues(first, last, area.width() + 2)[0]
        at_px = [(place - first) * area.width() / (last - first) for place in places]
        for x in at_px:
            if 0 <= x <= area.width():
                top = QPointF(x, area.top())
                painter.drawLine(top, top + QPointF(0, self.style["tickLength"]))
        painter.setPen(self.textPen())
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        height = 0.0
        for x, text in zip(at_px, self.tickStrings(places, 1.0, spacing), strict=True):
            written = painter.boundingRect(QRectF(), Qt.AlignmentFlag.AlignCenter, text)
            width, height = written.width(), _TEXT_FACTOR * written.height()
            top = area.top() + self.style["tickTextOffset"][1]
            box = QRectF(x - width / 2, top, width, height)
            if 0 <= x <= area.width() and reach.contains(box):
                painter.drawText(box, centred | Qt.TextFlag.TextDontClip, text)
        self._updateMaxTextSize(height)  # and with it the height of the axis

    def tickValues(  # noqa: D102
        self,
        minVal: float,
        maxVal: float,
        size: float,
    ) -> list[tuple[float, list[float]]]:
        first_s, last_s = minVal * self._seconds, maxVal * self._seconds
        span_s = last_s - first_s
        most = max(size / _PIXELS_A_LABEL, 1)
        step_s = next((step for step in _STEPS_S if span_s / step <= most), _STEPS_S[-1])
        offset_s = self._clock_offset_s()
        first = -(-(first_s + offset_s) // step_s) * step_s - offset_s
        n_ticks = int((last_s - first) // step_s) + 1
        places = [(first + index * step_s) / self._seconds for index in range(n_ticks)]
        return [(step_s / self._seconds, places)]

    def tickStrings(  # noqa: D102
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        spacing_s = spacing * self._seconds
        return [self._label(self._origin_s + value * self._seconds, spacing_s) for value in values]

    def _clock_offset_s(self) -> float:
        """Seconds from midnight to position 0, so that labels fall on round times."""
        if self._start is None:
            return self._origin_s
        midnight = self._start.replace(hour=0, minute=0, second=0, microsecond=0)
        return self._origin_s + (self._start - midnight).total_seconds()

    def _label(self, time_s: float, spacing_s: float) -> str:
        start = datetime(1, 1, 1) if self._start is None else self._start
        clock = start + timedelta(seconds=round(time_s, 3))
        if self._names_days and (clock.hour, clock.minute, clock.second) == (0, 0, 0):
            # Not the date: it may be hidden whose night it is.
            return tr("day {number}").format(number=(clock.date() - start.date()).days + 1)
        return f"{clock:%H:%M}" if spacing_s >= 60 else f"{clock:%H:%M:%S}"
