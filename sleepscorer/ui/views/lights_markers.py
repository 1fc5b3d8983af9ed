"""The markers of lights off and lights on, in the night and on the page."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.scoring import Lights
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.event_marks import right_of
from sleepscorer.ui.views.overlays import Overlay

_REACH_PX = 6
_LIT_ALPHA = 46
_LIT_PAGE_ALPHA = 22
_BEHIND_ALPHA = 210
_WORDS = {True: N_("lights off"), False: N_("lights on")}


class LightsMarkers:
    """Lines on a plot where the light went off and on; the time that it interrupts is tinted."""

    def __init__(self, plot: pg.PlotItem, theme: Theme) -> None:
        self._plot = plot
        self._theme = theme
        self._lights = Lights()
        self._lines: list[pg.InfiniteLine] = []
        self._lit: list[pg.LinearRegionItem] = []

    def show(self, lights: Lights) -> None:
        """Show the times that are marked."""
        self._lights = lights
        for item in (*self._lines, *self._lit):
            self._plot.removeItem(item)
        marks = lights.marks
        # Words at the ends of the night alone, inside the time in bed: between them the tint says
        # the same.
        self._lines = [
            self._line(
                mark.time_s,
                tr(_WORDS[mark.is_off]) if mark.time_s in (lights.off_s, lights.on_s) else "",
                is_off=mark.is_off,
            )
            for mark in marks
        ]
        self._lit = [self._region(one.on_s, one.off_s) for one in lights.interruptions]
        for item in (*self._lit, *self._lines):
            self._plot.addItem(item, ignoreBounds=True)

    def under(self, scene_position: QPointF) -> int | None:
        """Number of the nearest mark within reach of the mouse; None without."""
        box = self._plot.getViewBox()
        distances_px = [
            abs(box.mapViewToScene(QPointF(line.value(), 0.0)).x() - scene_position.x())
            for line in self._lines
        ]
        nearest_px = min(distances_px, default=_REACH_PX + 1)
        return distances_px.index(nearest_px) if nearest_px <= _REACH_PX else None

    def move(self, index: int, time_s: float) -> None:
        """Draw a mark elsewhere while it is dragged."""
        self._lines[index].setValue(time_s)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.show(self._lights)

    def _line(self, time_s: float, text: str, *, is_off: bool) -> pg.InfiniteLine:
        anchor = (0 if is_off else 1, 0.5)
        # The words may lie on stages: the surface behind them keeps both legible.
        behind = QColor(self._theme.surface)
        behind.setAlpha(_BEHIND_ALPHA)
        line = pg.InfiniteLine(
            time_s,
            angle=90,
            movable=False,
            pen=pg.mkPen(self._theme.warning, width=2 if text else 1),
            label=text or None,
            labelOpts={"position": 0.93, "anchors": [anchor, anchor], "fill": behind},
        )
        if text:
            line.label.setColor(self._theme.warning)
        return line

    def _region(self, on_s: float, off_s: float) -> pg.LinearRegionItem:
        colour = QColor(self._theme.warning)
        colour.setAlpha(_LIT_ALPHA)
        region = pg.LinearRegionItem((on_s, off_s), movable=False, brush=colour, pen=pg.mkPen(None))
        region.setZValue(-5)
        return region


class LightsOnPage(Overlay):
    """Lines on the page where the light goes off and on, a tint while it interrupts the night."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._lights = Lights()
        self._page_s = (0.0, 1.0)
        self._written: tuple[QRectF, ...] = ()

    def show_lights(
        self,
        lights: Lights,
        page_s: tuple[float, float],
        area: QRectF,
        written: Sequence[QRectF] = (),
    ) -> None:
        """Show what of the lights falls on a page that fills an area, beside what is `written`."""
        self._lights, self._page_s, self._written = lights, page_s, tuple(written)
        self.setGeometry(area.toRect())
        self.setVisible(bool(self.marks or self.lit))
        self.update()

    @property
    def marks(self) -> tuple[tuple[float, bool], ...]:
        """Places of the marks on the page in pixels, True where the light goes off."""
        start_s, stop_s = self._page_s
        return tuple(
            (self._place(mark.time_s), mark.is_off)
            for mark in self._lights.marks
            if start_s <= mark.time_s <= stop_s
        )

    @property
    def lit(self) -> tuple[tuple[float, float], ...]:
        """Places of what of the interruptions is on the page, in pixels."""
        start_s, stop_s = self._page_s
        return tuple(
            (self._place(max(one.on_s, start_s)), self._place(min(one.off_s, stop_s)))
            for one in self._lights.interruptions
            if one.on_s < stop_s and one.off_s > start_s
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        colour = QColor(self._theme.warning)
        tint = QColor(colour)
        tint.setAlpha(_LIT_PAGE_ALPHA)
        for left, right in self.lit:
            painter.fillRect(QRectF(left, 0, right - left, self.height()), tint)
        for place, is_off in self.marks:
            painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine))
            at = min(max(place, 1.0), self.width() - 1.0)
            painter.drawLine(QPointF(at, 0), QPointF(at, self.height()))
            label, text = self.label_of(at, is_off=is_off)
            behind = QColor(self._theme.surface)
            behind.setAlpha(_BEHIND_ALPHA)
            painter.fillRect(label, behind)
            painter.setPen(colour)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def label_of(self, place: float, *, is_off: bool) -> tuple[QRectF, str]:
        """Where the words of a mark stand, and the words."""
        metrics, text = self.fontMetrics(), tr(_WORDS[is_off])
        width_px = metrics.horizontalAdvance(text) + 8
        # The words stand in the dark, as in the night.
        left = place + 3 if is_off else place - width_px - 3
        left = min(max(left, 0.0), self.width() - width_px)
        label = QRectF(left, self.height() - metrics.height() - 2, width_px, metrics.height())
        label.moveLeft(right_of(self._written, label))
        return label, text

    def _place(self, time_s: float) -> float:
        start_s, stop_s = self._page_s
        return (time_s - start_s) / (stop_s - start_s) * self.width()
