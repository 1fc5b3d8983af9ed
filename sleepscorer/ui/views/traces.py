"""The page of traces."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsRectItem, QScrollBar

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.montage import Trace, default_montage
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.signals.pages import TraceFilters, fitted_range
from sleepscorer.ui.pages import Pages
from sleepscorer.ui.theme import Theme
from sleepscorer.ui.views.inspection import Inspection, Place
from sleepscorer.ui.views.lanes import LEAST_LANE_PX, lanes_of
from sleepscorer.ui.views.overlays import Scale, ScaleBar
from sleepscorer.ui.views.stage_strip import STRIP_PX, StageStrip
from sleepscorer.ui.views.time_axis import ClockAxis
from sleepscorer.ui.views.trace_item import TraceItem
from sleepscorer.ui.views.trace_row import TraceRow

AXIS_WIDTH_PX = 116
"""Width of the axes at the left, so that traces and night lie under each other."""

_GUIDE_UV = 37.5  # ± this: 75 µV from line to line, the slow-wave criterion of the AASM Manual
_SCROLL_LANES = 3

# Longest page in seconds for a distance of the finer and the stronger lines.
_GRIDS = ((30.0, 1.0, 5.0), (60.0, 1.0, 30.0), (120.0, 5.0, 30.0), (600.0, 30.0, 300.0))


class TracesView(pg.PlotWidget):
    """Stacked traces of one page.

    Positions on the time axis count from the start of the page and heights are pixels: turning a
    page changes the curves and nothing else.

    Attributes
    ----------
    inspection
        Time and value under the mouse, and the ruler.
    page_turned
        Emitted with +1 or -1 when the wheel is turned.
    epoch_chosen
        Emitted with an epoch whose stage is clicked.
    trace_selected
        Emitted with the name of the trace that was selected, empty for all.
    read_failed
        Emitted with a `RecordingError` when the page can't be read.
    """

    page_turned = Signal(int)
    epoch_chosen = Signal(int)
    trace_selected = Signal(str)
    read_failed = Signal(object)

    def __init__(self, theme: Theme, pages: Pages) -> None:
        self._clock = ClockAxis()
        super().__init__(axisItems={"bottom": self._clock})
        self._theme = theme
        self._pages = pages
        self._recording: Recording | None = None
        self._page_s = (0.0, EPOCH_S)
        self._epoch = 0
        self._rows: tuple[TraceRow, ...] = ()
        self._selected: int | None = None
        self._filters = TraceFilters()
        self._has_guides = True
        self._has_scale_bar = True
        self._px_per_mm = 0.0
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.getAxis("left").setWidth(AXIS_WIDTH_PX)
        # Every lane keeps its label, however many there are.
        item.getAxis("left").setStyle(tickLength=0, hideOverlappingLabels=False)
        self._epoch_band = self._rectangle(-70)
        self._selection = self._rectangle(-60)
        self._fine_lines = self._line_item(-30)
        self._strong_lines = self._line_item(-20)
        self._guides = self._line_item(-10)
        self._strip = StageStrip(theme, self)
        self._strip.epoch_chosen.connect(self.epoch_chosen)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.hide()
        self._bar.valueChanged.connect(self._on_scrolled)
        self._scale_bar = ScaleBar(theme, self)
        self.inspection = Inspection(theme, self, self._clock_text)
        self.getViewBox().sigResized.connect(self._on_resized)
        pages.arrived.connect(self._show)
        pages.failed.connect(self.read_failed)
        self.set_theme(theme)

    def set_recording(self, recording: Recording | None) -> None:
        """Show another recording, or none, with its default montage."""
        self._recording = recording
        self._clock.set_start(None if recording is None else recording.start)
        self.set_traces(() if recording is None else default_montage(recording.channels))

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Show other traces of the recording."""
        for row in self._rows:
            self.removeItem(row.curve)
        self._rows = tuple(self._row(trace) for trace in traces)
        self._selected = None
        self.inspection.clear()
        self._bar.setValue(0)
        self._pages.set_source(self._recording, traces, self._filters)
        self._paint_rows()
        self._arrange()
        self._show()

    def curve(self, name: str) -> TraceItem:
        """Return the curve of the derivation with that name; raise KeyError without one."""
        return {row.trace.derivation.name: row.curve for row in self._rows}[name]

    @property
    def traces(self) -> tuple[Trace, ...]:
        """The traces shown, from top to bottom."""
        return tuple(row.trace for row in self._rows)

    @property
    def labels(self) -> tuple[str, ...]:
        """What is written beside the traces."""
        return tuple(self._label(row) for row in self._rows)

    def show_page(self, start_s: float, stop_s: float) -> None:
        """Draw the traces of a page."""
        if (start_s, stop_s) == self._page_s and any(row.page for row in self._rows):
            return
        was_s = self._page_s[1] - self._page_s[0]
        self._page_s = (start_s, stop_s)
        self._clock.set_origin(start_s)
        self._strip.show_page(self._page_s)
        self.inspection.clear()
        if stop_s - start_s != was_s:
            self._arrange()
        self._show()

    def show_scoring(self, scoring: Scoring | None, epoch: int) -> None:
        """Show the stages of the page over the traces and where the current epoch is."""
        self._epoch = epoch
        self._strip.show_scoring(scoring, epoch)
        self._place_epoch_band()

    def set_filters(self, filters: TraceFilters) -> None:
        """Filter in another way."""
        if filters != self._filters:
            self._filters = filters
            self._pages.set_source(self._recording, self.traces, filters)
            self._show()

    def change_gain(self, steps: int) -> None:
        """Make the selected trace larger, or all; smaller by a negative number of steps."""
        rows = self._rows if self._selected is None else (self._rows[self._selected],)
        for row in rows:
            row.change_gain(steps, self._px_per_mm)
            row.draw()
        self._draw_scales()

    def select_trace(self, index: int | None) -> None:
        """Let the sensitivity keys act on one trace, or on all."""
        self._selected = index
        self.inspection.clear()
        self._draw_scales()
        name = "" if index is None else self._rows[index].trace.derivation.name
        self.trace_selected.emit(name)

    def set_guides(self, on: bool) -> None:
        """Show or hide the ±37.5 µV lines."""
        self._has_guides = on
        self._draw_scales()

    def set_scale_bar(self, on: bool) -> None:
        """Show or hide the scale bar."""
        self._has_scale_bar = on
        self._draw_scales()

    def set_px_per_mm(self, px_per_mm: float) -> None:
        """Show sensitivities in units per millimetre of this screen; 0 when it is not known."""
        self._px_per_mm = px_per_mm
        self._draw_scales()

    def set_measuring(self, on: bool) -> None:
        """Let a drag measure without Shift, too."""
        self.inspection.measures_always = on
        self.inspection.clear()
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def scroll(self, n_lanes: int) -> None:
        """Scroll down, or up by a negative number, where the traces don't all fit."""
        self._bar.setValue(self._bar.value() + round(n_lanes * LEAST_LANE_PX))

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.setBackground(theme.surface)
        for name in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(name)
            axis.setPen(theme.strong_grid)
            axis.setTextPen(theme.ink if name == "left" else theme.faint_ink)
        self._fine_lines.setPen(_pen(theme.grid))
        self._strong_lines.setPen(_pen(theme.strong_grid))
        self._guides.setPen(_pen(theme.guide, Qt.PenStyle.DashLine))
        for rectangle, alpha in ((self._epoch_band, 26), (self._selection, 38)):
            colour = QColor(theme.accent)
            colour.setAlpha(alpha)
            rectangle.setBrush(colour)
            rectangle.setPen(pg.mkPen(None))
        self._strip.set_theme(theme)
        self._scale_bar.set_theme(theme)
        self.inspection.set_theme(theme)
        self._paint_rows()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102
        steps = event.angleDelta().y()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.scroll(-_SCROLL_LANES if steps > 0 else _SCROLL_LANES)
            else:
                self.change_gain(1 if steps > 0 else -1)
        elif steps:
            self.page_turned.emit(-1 if steps > 0 else 1)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = self._place(event.position())
        with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if place is not None and (with_shift or self.inspection.measures_always):
            self.inspection.begin(place)
        else:
            self._select_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.inspection.move(self._place(event.position()), self._corner(), self._page_area())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.inspection.end()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        self.inspection.move(None, self._corner(), self._page_area())

    # Geometry

    def _page_area(self) -> QRectF:
        """Where the traces are, in pixels of this widget."""
        return QRectF(self.getViewBox().sceneBoundingRect())

    def _corner(self) -> QPointF:
        return self._page_area().bottomRight()

    def _row_at(self, position: QPointF) -> int | None:
        area = self._page_area()
        if not area.top() <= position.y() < area.bottom():
            return None
        height_px = self._lowest_px + area.bottom() - position.y()
        for index, row in enumerate(self._rows):
            if row.lane.bottom_px <= height_px < row.lane.bottom_px + row.lane.height_px:
                return index
        return None

    def _place(self, position: QPointF) -> Place | None:
        index, area = self._row_at(position), self._page_area()
        if index is None or not area.left() <= position.x() < area.right():
            return None
        length_s = self._page_s[1] - self._page_s[0]
        time_s = (position.x() - area.left()) / area.width() * length_s
        return Place(self._rows[index], time_s, position)

    def _select_at(self, position: QPointF) -> None:
        index = self._row_at(position)
        if index is not None:
            self.select_trace(None if index == self._selected else index)

    @property
    def _lanes_px(self) -> float:
        """Height of all lanes."""
        return sum(row.lane.height_px for row in self._rows) or 1.0

    @property
    def _lowest_px(self) -> float:
        """Height of the lower border of what can be seen."""
        return float(self._bar.maximum() - self._bar.value()) if self._bar.isVisible() else 0.0

    def _arrange(self) -> None:
        """Share the height among the lanes and lay out all that depends on it."""
        area_px = max(float(self.getViewBox().height()), 1.0)
        lanes = lanes_of([row.trace for row in self._rows], area_px)
        for row, lane in zip(self._rows, lanes, strict=True):
            row.lane = lane
        hidden_px = round(self._lanes_px - area_px)
        self._bar.setVisible(hidden_px > 0)
        self._bar.setRange(0, max(hidden_px, 0))
        self._bar.setPageStep(round(area_px))
        self._bar.setSingleStep(round(LEAST_LANE_PX))
        bar_px = self._bar.sizeHint().width() if hidden_px > 0 else 0
        self.getPlotItem().layout.setContentsMargins(1, STRIP_PX + 2, 1 + bar_px, 1)
        length_s = self._page_s[1] - self._page_s[0]
        self.setXRange(0, length_s, padding=0)
        self.setYRange(self._lowest_px, self._lowest_px + area_px, padding=0)
        for row in self._rows:
            # A trace may leave its lane but not the view.
            row.curve.set_bounds(QRectF(0, 0, length_s, self._lanes_px))
        area = self._page_area()
        self._strip.setGeometry(QRectF(area.left(), 1, area.width(), STRIP_PX).toRect())
        self._bar.setGeometry(QRectF(area.right() + 1, area.top(), bar_px, area.height()).toRect())
        self._draw_grid()
        self._draw_scales()
        self._place_epoch_band()

    def _on_resized(self) -> None:
        self._arrange()
        self._show()

    def _on_scrolled(self) -> None:
        self._arrange()
        self._show()

    # Drawing

    def _show(self) -> None:
        """Read and draw what can be seen of the page."""
        low, high = self._lowest_px, self._lowest_px + self.getViewBox().height()
        shown = [
            index
            for index, row in enumerate(self._rows)
            if row.lane.bottom_px < high and row.lane.bottom_px + row.lane.height_px > low
        ]
        n_columns = max(int(self.getViewBox().width()), 1)
        try:
            pages = self._pages.page(self._page_s, shown, n_columns)
        except RecordingError as error:
            self.read_failed.emit(error)
            return
        for index, page in zip(shown, pages, strict=True):
            self._rows[index].page = page
            self._rows[index].draw()

    def _row(self, trace: Trace) -> TraceRow:
        assert self._recording is not None
        offset, height = (0.0, trace.height) if trace.height else (0.0, 1.0)
        if not trace.height:
            offset, height = fitted_range(self._recording, trace)
        curve = TraceItem()
        self.addItem(curve, ignoreBounds=True)
        return TraceRow(trace, offset, height, curve)

    def _rectangle(self, z: int) -> QGraphicsRectItem:
        rectangle = QGraphicsRectItem()
        rectangle.setZValue(z)
        rectangle.hide()
        self.addItem(rectangle, ignoreBounds=True)
        return rectangle

    def _line_item(self, z: int) -> pg.PlotCurveItem:
        item = pg.PlotCurveItem(connect="pairs", skipFiniteCheck=True)
        item.setZValue(z)
        self.addItem(item, ignoreBounds=True)
        return item

    def _draw_grid(self) -> None:
        length_s = self._page_s[1] - self._page_s[0]
        steps = next(((fine, strong) for most, fine, strong in _GRIDS if length_s <= most), None)
        for item, step_s in zip(
            (self._fine_lines, self._strong_lines), steps or (0, 0), strict=True
        ):
            times_s = np.arange(step_s, length_s, step_s) if step_s else np.empty(0)
            item.setData(np.repeat(times_s, 2), np.tile((0.0, self._lanes_px), times_s.size))

    def _place_epoch_band(self) -> None:
        start_s, stop_s = self._page_s
        left_s = self._epoch * EPOCH_S - start_s
        self._epoch_band.setRect(QRectF(left_s, 0, EPOCH_S, self._lanes_px))
        self._epoch_band.setVisible(stop_s - start_s > EPOCH_S and bool(self._rows))

    def _draw_scales(self) -> None:
        """Draw labels, guides, scale bar and which trace is selected."""
        length_s = self._page_s[1] - self._page_s[0]
        heights = [
            row.lane.centre_px + sign * _GUIDE_UV * row.px_per_unit
            for row in self._rows
            if self._has_guides and row.trace.kind is ChannelKind.EEG and row.trace.height
            for sign in (-1, 1)
        ]
        self._guides.setData(np.tile((0.0, length_s), len(heights)), np.repeat(heights, 2))
        self.getPlotItem().getAxis("left").setTicks(
            [
                [
                    (row.lane.centre_px, label)
                    for row, label in zip(self._rows, self.labels, strict=True)
                ]
            ]
        )
        selected = None if self._selected is None else self._rows[self._selected]
        self._selection.setVisible(selected is not None)
        if selected is not None:
            lane = selected.lane
            self._selection.setRect(QRectF(0, lane.bottom_px, length_s, lane.height_px))
        self._draw_scale_bar(selected)

    def _draw_scale_bar(self, selected: TraceRow | None) -> None:
        with_scale = (row for row in self._rows if row.trace.height)
        row = selected or next(with_scale, None)
        area = self._page_area()
        scale = None
        if row is not None and self._has_scale_bar:
            px_per_s = area.width() / (self._page_s[1] - self._page_s[0])
            lane_px = row.lane.height_px
            scale = Scale(px_per_s, row.px_per_unit, row.trace.unit, row.name, lane_px)
        self._scale_bar.show_scale(scale, self._corner() - QPointF(0, 26), area.width())

    def _label(self, row: TraceRow) -> str:
        """Name and, where there is room for a second line, the sensitivity."""
        # A label wider than the axis would not be drawn at all.
        name = self.fontMetrics().elidedText(
            row.name, Qt.TextElideMode.ElideRight, AXIS_WIDTH_PX - 14
        )
        sensitivity = row.sensitivity(self._px_per_mm)
        if not sensitivity or row.lane.height_px < 2 * self.fontMetrics().height():
            return str(name)
        return f"{name}\n{sensitivity}"

    def _paint_rows(self) -> None:
        for row in self._rows:
            row.curve.set_pen(_pen(row.trace.colour or self._theme.traces[row.trace.kind]))

    def _clock_text(self, time_s: float) -> str:
        """Clock time of a moment of the page, to hundredths of a second."""
        since_start = timedelta(seconds=self._page_s[0] + time_s)
        recording = self._recording
        if recording is None or recording.start is None:
            return f"{since_start.total_seconds():.2f} s"
        clock = recording.start + since_start
        return f"{clock:%H:%M:%S}.{clock.microsecond // 10_000:02d}"


def _pen(colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> pg.mkPen:
    # Cosmetic and one pixel wide: Qt draws wider pens ten times slower.
    return pg.mkPen(colour, width=1, style=style, cosmetic=True)
