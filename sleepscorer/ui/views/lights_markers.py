"""The markers of lights off and lights on."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF

from sleepscorer.domain.scoring import Lights
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.theme import Theme

_REACH_PX = 6


class LightsMarkers:
    """Two lines on a plot, drawn where the light went off and on."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._box = plot.getViewBox()
        self._lines = {
            name: pg.InfiniteLine(
                angle=90,
                movable=False,
                label=tr(text),
                labelOpts={"position": 0.93, "anchors": anchors},
            )
            # The words lie inside the time in bed.
            for name, text, anchors in (
                ("off", N_("lights off"), [(0, 0.5), (0, 0.5)]),
                ("on", N_("lights on"), [(1, 0.5), (1, 0.5)]),
            )
        }
        for line in self._lines.values():
            plot.addItem(line, ignoreBounds=True)
            line.hide()

    def show(self, lights: Lights) -> None:
        """Show the times that are marked."""
        for name, time_s in (("off", lights.off_s), ("on", lights.on_s)):
            self._lines[name].setVisible(time_s is not None)
            if time_s is not None:
                self._lines[name].setValue(time_s)

    def under(self, scene_position: QPointF) -> str:
        """Name of the marker within reach of the mouse, ``"off"`` or ``"on"``; empty without."""
        for name, line in self._lines.items():
            place = self._box.mapViewToScene(QPointF(line.value(), 0.0))
            if line.isVisible() and abs(place.x() - scene_position.x()) <= _REACH_PX:
                return name
        return ""

    def move(self, name: str, time_s: float) -> None:
        """Draw a marker elsewhere while it is dragged."""
        self._lines[name].setValue(time_s)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        for line in self._lines.values():
            line.setPen(pg.mkPen(theme.warning, width=2))
            line.label.setColor(theme.warning)
