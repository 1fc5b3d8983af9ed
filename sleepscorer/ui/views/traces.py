"""The page of traces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLabel

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.montage import Trace, default_montage
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.signals.envelope import envelope
from sleepscorer.signals.filters import band_pass, settling_s
from sleepscorer.ui.theme import Theme, restyle, stage_style
from sleepscorer.ui.views.time_axis import ClockAxis
from sleepscorer.ui.views.trace_item import TraceItem

AXIS_WIDTH_PX = 116
"""Width of the axes at the left, so that traces and night lie under each other."""

_LANE_WEIGHTS = {ChannelKind.EEG: 1.6, ChannelKind.EOG: 1.2, ChannelKind.SPO2: 0.6}
"""Heights of the lanes relative to each other: stages are read from the EEG."""

_GUIDE_UV = 37.5  # ± this: 75 µV from line to line, the slow-wave criterion of the AASM Manual
_GAIN_STEP = 2**0.5
_GAIN_RANGE = (1 / 64, 64.0)
_SAMPLED_PAGES = 8
_FIT = 0.7  # of the lane for a trace that is fitted to what is there


@dataclass(frozen=True, slots=True)
class _Lane:
    """Where a trace is drawn: ``y = centre + weight · gain · (value - offset) / height``."""

    trace: Trace
    centre: float
    weight: float
    offset: float
    height: float
    curve: TraceItem


class TracesView(pg.PlotWidget):
    """Stacked traces of one page.

    Positions on the time axis count from the start of the page: turning a page changes the
    curves and nothing else.

    Attributes
    ----------
    page_turned
        Emitted with +1 or -1 when the wheel is turned.
    read_failed
        Emitted with a `RecordingError` when the page can't be read.
    """

    page_turned = Signal(int)
    read_failed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        self._clock = ClockAxis()
        super().__init__(axisItems={"bottom": self._clock})
        self._theme = theme
        self._recording: Recording | None = None
        self._page_s = (0.0, EPOCH_S)
        self._lanes: tuple[_Lane, ...] = ()
        self._gain = 1.0
        self._filters = True
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.getAxis("left").setWidth(AXIS_WIDTH_PX)
        # Every lane keeps its label, however many there are.
        item.getAxis("left").setStyle(tickLength=0, hideOverlappingLabels=False)
        self._seconds = self._line_item(-30)
        self._five_seconds = self._line_item(-20)
        self._guides = self._line_item(-10)
        self.getViewBox().sigResized.connect(self._on_resized)
        self._badge = QLabel(self)
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._badge.move(AXIS_WIDTH_PX + 8, 8)
        self.set_theme(theme)

    def set_recording(self, recording: Recording | None) -> None:
        """Show another recording, or none, with its default montage."""
        for lane in self._lanes:
            self.removeItem(lane.curve)
        self._recording = recording
        self._gain = 1.0
        traces = () if recording is None else default_montage(recording.channels)
        self._lanes = self._stacked(traces)
        self._clock.set_start(None if recording is None else recording.start)
        self.setXRange(0, EPOCH_S, padding=0)
        self.setYRange(0, self._top, padding=0)
        for lane in self._lanes:
            # A trace may leave its lane but not the view.
            lane.curve.set_bounds(QRectF(0, 0, EPOCH_S, self._top))
        self._draw_grid()
        self._paint_lanes()

    def curve(self, name: str) -> TraceItem:
        """Return the curve of the derivation with that name; raise KeyError without one."""
        return {lane.trace.derivation.name: lane.curve for lane in self._lanes}[name]

    def show_page(self, start_s: float, stop_s: float) -> None:
        """Draw the traces of a page."""
        self._page_s = (start_s, stop_s)
        self._clock.set_origin(start_s)
        if self._recording is None:
            return
        n_columns = max(int(self.getViewBox().width()), 1)
        try:
            for lane in self._lanes:
                self._draw(lane, n_columns)
        except RecordingError as error:
            self.read_failed.emit(error)

    def show_score(self, score: EpochScore) -> None:
        """Show the stage of the page over the traces."""
        self._badge.setText(score.stage.label)
        style = f"{stage_style(score, self._theme)} padding: 1px 8px; font-weight: bold;"
        restyle(self._badge, style)
        self._badge.adjustSize()
        self._badge.setVisible(bool(score.stage.label))

    def set_filters(self, on: bool) -> None:
        """Switch the AASM filters on or off."""
        self._filters = on
        self.show_page(*self._page_s)

    def change_gain(self, steps: int) -> None:
        """Make all traces larger, or smaller by a negative number of steps."""
        low, high = _GAIN_RANGE
        self._gain = min(max(self._gain * _GAIN_STEP**steps, low), high)
        self._draw_grid()
        self.show_page(*self._page_s)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.setBackground(theme.surface)
        for name in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(name)
            axis.setPen(theme.strong_grid)
            axis.setTextPen(theme.ink if name == "left" else theme.faint_ink)
        self._seconds.setPen(_pen(theme.grid))
        self._five_seconds.setPen(_pen(theme.strong_grid))
        self._guides.setPen(_pen(theme.guide, Qt.PenStyle.DashLine))
        self._paint_lanes()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102
        steps = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.change_gain(1 if steps > 0 else -1)
        elif steps:
            self.page_turned.emit(-1 if steps > 0 else 1)
        event.accept()

    @property
    def _top(self) -> float:
        """Upper border of the highest lane."""
        return sum(lane.weight for lane in self._lanes) or 1.0

    def _line_item(self, z: int) -> pg.PlotCurveItem:
        item = pg.PlotCurveItem(connect="pairs", skipFiniteCheck=True)
        item.setZValue(z)
        self.addItem(item, ignoreBounds=True)
        return item

    def _stacked(self, traces: tuple[Trace, ...]) -> tuple[_Lane, ...]:
        """Lanes from top to bottom, the lower border of the lowest at 0."""
        weights = [_LANE_WEIGHTS.get(trace.kind, 1.0) for trace in traces]
        bottom = sum(weights)
        lanes = []
        for trace, weight in zip(traces, weights, strict=True):
            bottom -= weight
            offset, height = (0.0, trace.height) if trace.height else self._fit(trace)
            curve = TraceItem()
            self.addItem(curve, ignoreBounds=True)
            lanes.append(_Lane(trace, bottom + weight / 2, weight, offset, height, curve))
        return tuple(lanes)

    def _fit(self, trace: Trace) -> tuple[float, float]:
        """Middle and height that fit what the night holds, from a few of its pages."""
        assert self._recording is not None
        duration_s = self._recording.duration_s
        pages = [
            self._recording.read_derivation(trace.derivation, start_s, start_s + EPOCH_S)
            for start_s in np.linspace(0, max(duration_s - EPOCH_S, 0), _SAMPLED_PAGES)
        ]
        if trace.band is not None:
            pages = [page - np.float32(np.nanmedian(page)) for page in pages if page.size]
        values = np.concatenate(pages)
        values = values[np.isfinite(values)]
        if values.size == 0:
            return 0.0, 1.0
        low, middle, high = (float(value) for value in np.percentile(values, (1, 50, 99)))
        return (0.0 if trace.band else middle), ((high - low) / _FIT or 1.0)

    def _draw(self, lane: _Lane, n_columns: int) -> None:
        times_s, values = self._page_of(lane.trace)
        times_s, values = envelope(times_s, values, n_columns)
        scale = lane.weight * self._gain / lane.height
        lane.curve.set_points(times_s, lane.centre + (values - lane.offset) * scale)

    def _page_of(self, trace: Trace) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32]]:
        """Times from the start of the page and values of a trace on it."""
        assert self._recording is not None
        start_s, stop_s = self._page_s
        band = trace.band if self._filters else None
        # One sample on either side lets the curve run into the borders of the page.
        step_s = 1 / trace.sfreq
        margin_s = 2 * step_s if band is None else settling_s(band)
        first_s = max(start_s - margin_s, 0.0)
        values = self._recording.read_derivation(trace.derivation, first_s, stop_s + margin_s)
        first = int(np.ceil(round(first_s * trace.sfreq, 6)))
        if band is not None:
            values = band_pass(values, trace.sfreq, band)
        times_s = (first + np.arange(values.size)) / trace.sfreq - start_s
        page = (times_s > -1.5 * step_s) & (times_s < stop_s - start_s + 0.5 * step_s)
        return times_s[page], values[page]

    def _draw_grid(self) -> None:
        top = self._top
        seconds = np.arange(1, EPOCH_S)
        self._seconds.setData(np.repeat(seconds, 2), np.tile((0.0, top), seconds.size))
        fives = np.arange(5, EPOCH_S, 5)
        self._five_seconds.setData(np.repeat(fives, 2), np.tile((0.0, top), fives.size))
        heights = [
            lane.centre + sign * _GUIDE_UV * lane.weight * self._gain / lane.height
            for lane in self._lanes
            if lane.trace.kind is ChannelKind.EEG and lane.trace.height is not None
            for sign in (-1, 1)
        ]
        self._guides.setData(np.tile((0.0, EPOCH_S), len(heights)), np.repeat(heights, 2))
        self.getPlotItem().getAxis("left").setTicks(
            [[(lane.centre, self._label(lane)) for lane in self._lanes]]
        )

    def _on_resized(self) -> None:
        self._draw_grid()
        self.show_page(*self._page_s)

    def _label(self, lane: _Lane) -> str:
        """Name and, where there is room for a second line, what the lane's height means."""
        # A label wider than the axis would not be drawn at all.
        name = self.fontMetrics().elidedText(
            lane.trace.derivation.name, Qt.TextElideMode.ElideRight, AXIS_WIDTH_PX - 14
        )
        n_px = self.getViewBox().height() * lane.weight / self._top
        if lane.trace.height is None or n_px < 2 * self.fontMetrics().height():
            return str(name)
        return f"{name}\n{lane.height / self._gain:.0f} {lane.trace.unit}"

    def _paint_lanes(self) -> None:
        for lane in self._lanes:
            lane.curve.set_pen(_pen(self._theme.traces[lane.trace.kind]))


def _pen(colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> pg.mkPen:
    # Cosmetic and one pixel wide: Qt draws wider pens ten times slower.
    return pg.mkPen(colour, width=1, style=style, cosmetic=True)
