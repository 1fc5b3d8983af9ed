"""Small plots: how training goes, and how honest confidence is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from sleepscorer.ui.base.language import number, tr

_LEFT_PX, _TOP_PX, _RIGHT_PX, _BOTTOM_PX = 52, 24, 12, 22
_BETWEEN_PX = 16  # names of curves
_COLOURS = ("#0072b2", "#d55e00", "#009e73")  # told apart with any colour vision
_COLOURS_ON_DARK = ("#56b4e9", "#e69f00", "#009e73")


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a plot.

    Attributes
    ----------
    name
        In the legend.
    points
        In order.
    """

    name: str
    points: Sequence[tuple[float, float]]


class Plot(QWidget):
    """Curves in a frame, with the ends of both axes.

    Parameters
    ----------
    title
        What is shown; several curves are named beside it.
    x_name
        What the horizontal axis is.
    unit_square
        Whether both axes go from 0 to 1, with the diagonal drawn.
    """

    def __init__(self, title: str, x_name: str, *, unit_square: bool = False) -> None:
        super().__init__()
        self._title = title
        self._x_name = x_name
        self._is_unit_square = unit_square
        self.curves: tuple[Curve, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(360, 200)

    def show_curves(self, *curves: Curve) -> None:
        """Show these curves in place of others."""
        self.curves = tuple(curve for curve in curves if curve.points)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(_LEFT_PX, _TOP_PX, -_RIGHT_PX, -_BOTTOM_PX)
        palette = self.palette()
        painter.fillRect(frame, palette.base())
        painter.setPen(palette.placeholderText().color())
        painter.drawRect(frame)
        points = [point for curve in self.curves for point in curve.points]
        if self._is_unit_square:
            x_range = y_range = (0.0, 1.0)
            painter.drawLine(frame.bottomLeft(), frame.topRight())
        else:
            x_range = _range([x for x, _ in points])
            y_range = _range([y for _, y in points])
        painter.setPen(palette.text().color())
        if points or self._is_unit_square:
            self._write_ends(painter, frame, x_range, y_range)
        place = QPointF(frame.left(), frame.top() - 8)
        painter.drawText(place, self._title)
        place.setX(place.x() + painter.fontMetrics().horizontalAdvance(self._title))
        if not self.curves:
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, tr("Nothing yet"))
        is_dark = palette.base().color().lightness() < palette.text().color().lightness()
        colours = _COLOURS_ON_DARK if is_dark else _COLOURS
        for index, curve in enumerate(self.curves):
            colour = QColor(colours[index % len(colours)])
            placed = [_placed(frame, point, x_range, y_range) for point in curve.points]
            painter.setPen(QPen(colour, 2))
            painter.drawPolyline(QPolygonF(placed))
            if len(placed) < 20:
                for point in placed:
                    painter.drawEllipse(point, 2.5, 2.5)
            if len(self.curves) > 1:
                place.setX(place.x() + _BETWEEN_PX)
                painter.drawText(place, curve.name)
                place.setX(place.x() + painter.fontMetrics().horizontalAdvance(curve.name))

    def _write_ends(
        self,
        painter: QPainter,
        frame: QRectF,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
    ) -> None:
        right = Qt.AlignmentFlag.AlignRight
        for value, y in ((y_range[1], frame.top()), (y_range[0], frame.bottom() - 14)):
            painter.drawText(QRectF(0, y, _LEFT_PX - 6, 16), right, number(value, ".3g"))
        below = QRectF(frame.left(), frame.bottom() + 3, frame.width(), 18)
        painter.drawText(below, number(x_range[0], "g"))
        painter.drawText(below, right, f"{self._x_name} {number(x_range[1], 'g')}")


def _range(values: Sequence[float]) -> tuple[float, float]:
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _placed(
    frame: QRectF,
    point: tuple[float, float],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
) -> QPointF:
    x = (point[0] - x_range[0]) / (x_range[1] - x_range[0])
    y = (point[1] - y_range[0]) / (y_range[1] - y_range[0])
    return QPointF(frame.left() + x * frame.width(), frame.bottom() - y * frame.height())
