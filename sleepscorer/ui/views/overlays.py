"""What lies over the traces: the value under the mouse, the ruler and the scale bar."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepscorer.ui.base.language import number
from sleepscorer.ui.base.plain_text import PlainLabel
from sleepscorer.ui.base.theme import Theme

CURSOR_PX = 2
"""Width of a cursor."""

_MARGIN_PX = 6
_BAR_FRACTION = 0.25  # of the page's width, at most, for the scale bar
_ROUND = (1, 2, 5)
_BEHIND_ALPHA = 215


class Readout(PlainLabel):
    """Clock time and value under the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, text: str, corner: QPointF) -> None:
        """Show a text with its lower right corner there; nothing for an empty one."""
        self.setText(text)
        self.setVisible(bool(text))
        self.adjustSize()
        self.move(int(corner.x()) - self.width() - 4, int(corner.y()) - self.height() - 4)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self.setStyleSheet(
            f"background: {theme.window}; color: {theme.ink}; padding: 1px 6px;"
            f" border: 1px solid {theme.strong_grid};"
        )


class Overlay(QWidget):
    """Lies over a view, hidden until there is something to show; the mouse goes through it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()


class Cursor(Overlay):
    """A line at a moment."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        QPainter(self).fillRect(self.rect(), QColor(self._theme.accent))


class Ruler(Overlay):
    """A marked stretch with what was measured in it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._area = self._lane = QRectF()
        self.text = ""

    def show_measurement(self, area: QRectF, lane: QRectF, text: str) -> None:
        """Mark an area and, fainter, its lane, in this widget's pixels, with a text beside it.

        On a flat trace the area itself is hardly more than a line.
        """
        self._area, self._lane, self.text = area, lane, text
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        accent = QColor(self._theme.accent)
        accent.setAlpha(22)
        painter.fillRect(self._lane, accent)
        painter.setPen(QColor(self._theme.accent))
        accent.setAlpha(36)
        painter.setBrush(accent)
        painter.drawRect(self._area)
        bounds = painter.boundingRect(
            QRectF(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignLeft, self.text
        ).adjusted(-_MARGIN_PX, -3, _MARGIN_PX, 3)
        bounds.moveTopLeft(self._area.topRight() + QPointF(_MARGIN_PX, 0))
        if bounds.right() > self.width():
            bounds.moveTopRight(self._area.topLeft() - QPointF(_MARGIN_PX, 0))
        if bounds.left() < 0:
            bounds.moveTopLeft(QPointF(0, self._area.bottom() + _MARGIN_PX))
        bounds.moveBottom(min(bounds.bottom(), self.height() - 1.0))
        painter.setBrush(QColor(self._theme.surface))
        painter.setPen(QColor(self._theme.accent))
        painter.drawRect(bounds)
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(bounds, Qt.AlignmentFlag.AlignCenter, self.text)


@dataclass(frozen=True, slots=True)
class Scale:
    """How far a second and a unit go.

    Attributes
    ----------
    px_per_s, px_per_unit
        Pixels.
    unit
        Unit of the trace that the bar stands for.
    name
        Its name.
    height_px
        Height of its lane.
    """

    px_per_s: float
    px_per_unit: float
    unit: str
    name: str
    height_px: float


class ScaleBar(Overlay):
    """Lengths of a round number of seconds and of units, drawn to scale."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._scale: Scale | None = None
        self.texts = ("", "")

    def show_scale(self, scale: Scale | None, corner: QPointF, page: QRectF) -> None:
        """Show a scale with the lower right corner there, on the page and nothing beside it."""
        self._scale = scale
        self.setVisible(scale is not None)
        if scale is None:
            return
        self._seconds = round_below(min(_BAR_FRACTION * page.width(), 120.0) / scale.px_per_s)
        self._units = round_below(max(scale.height_px, 24.0) / scale.px_per_unit)
        time = (
            f"{number(self._seconds, 'g')} s"
            if self._seconds < 60
            else f"{number(self._seconds / 60, '.3g')} min"
        )
        self.texts = (time, f"{number(self._units, 'g')} {scale.unit}")
        metrics = self.fontMetrics()
        text_px = max(metrics.horizontalAdvance(text) for text in self.texts)
        bar_px = self._seconds * scale.px_per_s
        width = max(bar_px, text_px) + 3 * _MARGIN_PX
        height = max(self._units * scale.px_per_unit, 2 * metrics.height()) + metrics.height()
        self.resize(int(width), int(height + 3 * _MARGIN_PX))
        top = max(corner.y() - self.height(), page.top())  # above it are the stages
        self.move(int(corner.x()) - self.width() - 4, int(top))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        if self._scale is None:
            return
        painter = QPainter(self)
        behind = QColor(self._theme.surface)
        behind.setAlpha(_BEHIND_ALPHA)
        painter.fillRect(self.rect(), behind)
        painter.setPen(QPen(QColor(self._theme.ink), 2))
        line_px = self.fontMetrics().height()
        left = float(_MARGIN_PX)
        bottom = self.height() - line_px - _MARGIN_PX - 1.0
        right = left + self._seconds * self._scale.px_per_s
        top = bottom - self._units * self._scale.px_per_unit
        painter.drawLine(QPointF(left, top), QPointF(left, bottom))
        painter.drawLine(QPointF(left, bottom), QPointF(right, bottom))
        painter.drawText(QPointF(left + _MARGIN_PX, bottom - _MARGIN_PX), self.texts[1])
        painter.drawText(QPointF(left, bottom + line_px), self.texts[0])


def round_below(value: float) -> float:
    """Largest of 1, 2, 5, 10, 20 … (or 0.5, 0.2 …) that is no more than a positive value."""
    power = 1.0
    while power > value:
        power /= 10
    while power * 10 <= value:
        power *= 10
    return max(step * power for step in _ROUND if step * power <= value)
