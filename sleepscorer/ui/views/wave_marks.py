"""Waves that detectors found, as brackets over the traces of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.waves import WaveKind
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.overlays import Overlay

SIGNS = {
    WaveKind.SPINDLE: "sp",
    WaveKind.K_COMPLEX: "K",
    WaveKind.SLOW_WAVE: "",
    WaveKind.VERTEX_WAVE: "V",
    WaveKind.SLOW_EYE_MOVEMENT: N_("slow eye"),
    WaveKind.RAPID_EYE_MOVEMENT: N_("eye"),
}
"""Letters over the brackets; slow waves are many and have none. “REM” would read as the stage."""

_TICK_PX = 4
_GAP_PX = 3
_FONT_FACTOR = 0.8


@dataclass(frozen=True, slots=True)
class WaveMark:
    """One wave on the page.

    Attributes
    ----------
    kind
        What it is.
    left_px, right_px, top_px
        Where its bracket lies.
    """

    kind: WaveKind
    left_px: float
    right_px: float
    top_px: float


class WaveMarks(Overlay):
    """Draws brackets; the mouse goes through them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._marks: tuple[WaveMark, ...] = ()

    @property
    def marks(self) -> tuple[WaveMark, ...]:
        """What is drawn."""
        return self._marks

    def show_marks(self, marks: Sequence[WaveMark], area: QRectF) -> None:
        """Draw other waves; their places count from the corner of `area`."""
        self._marks = tuple(marks)
        self.setGeometry(area.toRect())
        self.setVisible(bool(marks))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * _FONT_FACTOR)
        painter.setFont(font)
        colour = QColor(self._theme.found)
        painter.setPen(QPen(colour, 1))
        for mark in self._marks:
            top, bottom = mark.top_px, mark.top_px + _TICK_PX
            corners = (
                QPointF(mark.left_px, bottom),
                QPointF(mark.left_px, top),
                QPointF(mark.right_px, top),
                QPointF(mark.right_px, bottom),
            )
            painter.drawPolyline(corners)
        for place, sign in self.signs():
            painter.drawText(place, sign)

    def signs(self) -> list[tuple[QPointF, str]]:
        """Letters and where they stand: none on another one of its lane."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _FONT_FACTOR)
        metrics = QFontMetrics(font)
        found: list[tuple[QPointF, str]] = []
        taken_px: dict[float, float] = {}  # of each lane, from the left
        for mark in sorted(self._marks, key=lambda mark: mark.left_px):
            sign, left = SIGNS[mark.kind], mark.left_px + 2
            if sign and left >= taken_px.get(mark.top_px, left):
                sign = tr(sign)
                taken_px[mark.top_px] = left + metrics.horizontalAdvance(sign) + _GAP_PX
                found.append((QPointF(left, mark.top_px + _TICK_PX + 7), sign))
        return found
