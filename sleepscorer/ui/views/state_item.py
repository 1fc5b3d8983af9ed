"""Words in a lane: the states that a channel holds as bands, or what it reads on a fixed scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from sleepscorer.domain.legends import Legend, Position, nearest_codes
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.base.theme import Theme

_MARGIN_PX = 6.0
_ALPHAS = {
    Position.SUPINE: 110,
    Position.LEFT: 80,
    Position.RIGHT: 50,
    Position.PRONE: 110,
    Position.UPRIGHT: 30,
}
_STAGE_ALPHA, _OTHER_ALPHA, _BEHIND_ALPHA = 110, 60, 210


@dataclass(frozen=True, slots=True)
class StateRun:
    """A stretch of a page in which a channel holds one code.

    Attributes
    ----------
    start_s, stop_s
        In seconds of the page.
    code
        The code.
    state
        What it means; None where nobody said.
    """

    start_s: float
    stop_s: float
    code: float
    state: Position | Stage | None

    @property
    def text(self) -> str:
        """Its name, translated; the code itself where it has none."""
        return number(self.code, "g") if self.state is None else tr(self.state.label)


def runs_of(
    times_s: npt.NDArray[np.float64], values: npt.NDArray[np.float32], legend: Legend
) -> tuple[StateRun, ...]:
    """Find the stretches of one code, without gaps; what is no code is the value that it is."""
    if not values.size:
        return ()
    codes = nearest_codes(values, legend)
    codes = np.where(np.isnan(codes), np.round(values.astype(np.float64), 1), codes)
    keys = np.nan_to_num(codes, nan=np.inf)
    firsts = [0, *(np.flatnonzero(keys[1:] != keys[:-1]) + 1)]
    step_s = times_s[-1] - times_s[-2] if times_s.size > 1 else 0.0
    stops_s = np.append(times_s, times_s[-1] + step_s)
    return tuple(
        StateRun(
            float(times_s[first]),
            float(stops_s[stop]),
            float(codes[first]),
            legend.get(float(codes[first])),
        )
        for first, stop in zip(firsts, [*firsts[1:], values.size], strict=True)
        if np.isfinite(codes[first])
    )


class StateItem(pg.GraphicsObject):
    """Draws the bands of a lane, each with its name where there is room, or a text at its left.

    Attributes
    ----------
    runs
        What is drawn as bands.
    text
        What stands at the left of the lane.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.runs: tuple[StateRun, ...] = ()
        self.text = ""
        self._theme = theme
        self._lane, self._is_below = (0.0, 1.0), False
        self._bounds = QRectF()

    def show_runs(self, runs: Sequence[StateRun], lane: tuple[float, float]) -> None:
        """Draw bands in a lane, given by its bottom and height in pixels."""
        self.setZValue(-5)
        self.runs, self.text, self._lane = tuple(runs), "", lane
        self.update()

    def show_text(self, text: str, lane: tuple[float, float], *, is_below: bool) -> None:
        """Write a text at the left of a lane, at its top or at its bottom."""
        self.setZValue(5)  # the curve may cross it
        self.runs, self.text, self._lane, self._is_below = (), text, lane, is_below
        self.update()

    def set_bounds(self, bounds: QRectF) -> None:
        """Set the part of the view that is painted anew when something changes."""
        self.prepareGeometryChange()
        self._bounds = bounds

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: D102
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        bottom_px, height_px = self._lane
        to_screen = painter.transform()
        painter.resetTransform()
        whole = to_screen.mapRect(QRectF(0, bottom_px, self._bounds.width(), height_px))
        for run in self.runs:
            band = QRectF(run.start_s, bottom_px, run.stop_s - run.start_s, height_px)
            band = to_screen.mapRect(band).intersected(whole).adjusted(0, 2, 0, -2)
            painter.fillRect(band, self._colour(run.state))
            painter.setPen(QColor(self._theme.strong_grid))
            painter.drawLine(band.topLeft(), band.bottomLeft())
            painter.setPen(QColor(self._theme.ink))
            inner = band.adjusted(_MARGIN_PX, 0, -_MARGIN_PX, 0)
            if painter.fontMetrics().horizontalAdvance(run.text) <= inner.width():
                left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(inner, left, run.text)
        if self.text:
            metrics = painter.fontMetrics()
            width_px, line_px = metrics.horizontalAdvance(self.text) + _MARGIN_PX, metrics.height()
            top_px = whole.bottom() - line_px if self._is_below else whole.top()
            place = QRectF(whole.left() + 2, top_px, width_px, line_px)
            behind = QColor(self._theme.surface)
            behind.setAlpha(_BEHIND_ALPHA)
            painter.fillRect(place, behind)
            painter.setPen(QColor(self._theme.ink))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text)

    def _colour(self, state: Position | Stage | None) -> QColor:
        if isinstance(state, Stage):
            colour, alpha = QColor(self._theme.stages[state]), _STAGE_ALPHA
        elif state is None:
            colour, alpha = QColor(self._theme.strong_grid), _OTHER_ALPHA
        else:
            is_supine = state is Position.SUPINE
            colour = QColor(self._theme.warning if is_supine else self._theme.accent)
            alpha = _ALPHAS[state]
        colour.setAlpha(alpha)
        return colour
