"""One drawn trace."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from sleepscorer.signals.filters import finite_runs


class TraceItem(pg.GraphicsObject):
    """A curve of thousands of points that is replaced as a whole when the page turns.

    A third of the cost of pyqtgraph's general curve, which builds a path and looks for its bounds.

    Attributes
    ----------
    times_s, heights
        Points drawn, shape (n_points,); a height of NaN is a gap.
    """

    def __init__(self) -> None:
        super().__init__()
        self.times_s: npt.NDArray[np.float64] = np.empty(0)
        self.heights: npt.NDArray[np.float32] = np.empty(0, np.float32)
        self._polylines: list[QPolygonF] = []
        self._pen = QPen()
        self._bounds = QRectF()

    def set_points(
        self, times_s: npt.NDArray[np.float64], heights: npt.NDArray[np.float32]
    ) -> None:
        """Draw other points."""
        self.times_s, self.heights = times_s, heights
        self._polylines = [
            pg.functions.arrayToQPolygonF(times_s[first:stop], heights[first:stop])
            for first, stop in finite_runs(heights)
        ]
        self.update()

    def set_bounds(self, bounds: QRectF) -> None:
        """Set the part of the view that is painted anew when the points change."""
        self.prepareGeometryChange()
        self._bounds = bounds

    def set_pen(self, pen: QPen) -> None:
        """Draw with another pen."""
        self._pen = pen
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: D102
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        painter.setPen(self._pen)
        for polyline in self._polylines:
            painter.drawPolyline(polyline)
