"""Where the lanes of the page end and those with a longer page of their own begin."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.overlays import Overlay
from sleepscorer.ui.views.time_axis import ClockAxis

SPLIT_PX = 30
"""Height between both groups of lanes."""

_TICK_PX = 4


class TimeSplit(Overlay):
    """The clock of the page, and lines to where the page lies in the longer one below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._clock = ClockAxis()
        self._length_s = 1.0
        self._part = (0.0, 1.0)

    def set_start(self, start: datetime | None) -> None:
        """Set the clock time of second 0 of the recording."""
        self._clock.set_start(start)

    def show_page(
        self, page_s: tuple[float, float], slow_s: tuple[float, float], area: QRectF
    ) -> None:
        """Show a page, and where it lies in the longer one, on an area between their lanes."""
        slow_length_s = slow_s[1] - slow_s[0]
        self._length_s = page_s[1] - page_s[0]
        self._clock.set_origin(page_s[0])
        self._part = (
            (page_s[0] - slow_s[0]) / slow_length_s,
            (page_s[1] - slow_s[0]) / slow_length_s,
        )
        self.setGeometry(area.toRect())
        self.show()
        self.update()

    @property
    def part_px(self) -> tuple[float, float]:
        """Where the page lies in the longer one, in pixels from its left end."""
        return self._part[0] * self.width(), self._part[1] * self.width()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.window))
        width, height = float(self.width()), float(self.height())
        painter.setPen(QPen(QColor(self._theme.accent), 1))
        for left, right in zip((0.0, width - 1), self.part_px, strict=True):
            painter.drawLine(QPointF(left, 0), QPointF(right, height))
        painter.setPen(QColor(self._theme.faint_ink))
        for spacing_s, times_s in self._clock.tickValues(0.0, self._length_s, width):
            texts = self._clock.tickStrings(times_s, 1.0, spacing_s)
            for time_s, text in zip(times_s, texts, strict=True):
                at = time_s / self._length_s * width
                painter.drawLine(QPointF(at, 0), QPointF(at, _TICK_PX))
                box = QRectF(at - 60, _TICK_PX, 120, height - _TICK_PX)
                top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
                if box.left() >= 0 and box.right() <= width:
                    written = painter.boundingRect(box, top, text).adjusted(-2, 0, 2, 0)
                    painter.fillRect(written, QColor(self._theme.window))  # a line may cross it
                    painter.drawText(box, top, text)
