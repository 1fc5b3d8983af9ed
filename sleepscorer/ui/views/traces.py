"""The page of traces."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QScrollBar, QToolTip

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.event_rules import is_doubtful
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.legends import Legend, is_coded
from sleepscorer.domain.montage import AS_STORED, Trace, is_read_slowly
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Lights, Scoring
from sleepscorer.domain.waves import Waves
from sleepscorer.signals.pages import TraceFilters, fitted_range, sampled
from sleepscorer.ui.base.language import band_text, fall_text, number, tr
from sleepscorer.ui.base.pages import Pages
from sleepscorer.ui.base.plain_text import plain_tip
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.artefacts_on_page import ArtefactsOnPage
from sleepscorer.ui.views.event_marks import EventDrag, EventMark, EventMarks
from sleepscorer.ui.views.explanation import EXPLANATION_PX, Explanation
from sleepscorer.ui.views.inspection import LEAST_DRAG_PX, Inspection, Place
from sleepscorer.ui.views.lanes import LEAST_LANE_PX, READABLE_LANE_PX, lanes_of
from sleepscorer.ui.views.lights_markers import LightsOnPage
from sleepscorer.ui.views.overlays import CURSOR_PX, Cursor, Scale, ScaleBar
from sleepscorer.ui.views.stage_strip import STRIP_PX, StageStrip
from sleepscorer.ui.views.state_item import StateItem
from sleepscorer.ui.views.time_axis import ClockAxis
from sleepscorer.ui.views.time_split import SPLIT_PX, TimeSplit
from sleepscorer.ui.views.trace_item import TraceItem
from sleepscorer.ui.views.trace_row import TraceRow
from sleepscorer.ui.views.wave_marks import WaveMark, WaveMarks
from sleepscorer.ui.views.wheel import WheelSteps

AXIS_WIDTH_PX = 116
"""Width of the axes at the left, so that traces and night lie under each other."""

_GUIDE_UV = 37.5  # ± this: 75 µV from line to line, the slow-wave criterion of the AASM Manual
_SCROLL_LANES = 3
_EDGE_MS = 500
"""How long a drag waits at an edge of the page before that is turned."""
_NEGATIVE_UP = (ChannelKind.EEG, ChannelKind.EOG)
_OXYGEN_LAG_S = 30.0
"""From breathing to the finger and the next breaths: so long after an event its fall is sought."""
_WRITTEN_PX = 12

_LONGEST_MARKED_S = 60.0  # waves on longer pages would lie on each other

# Longest page in seconds for a distance of the finer and the stronger lines.
_GRIDS = ((30.0, 1.0, 5.0), (60.0, 1.0, 30.0), (120.0, 5.0, 30.0), (600.0, 30.0, 300.0))


@dataclass(frozen=True, slots=True)
class ChannelSpan:
    """A part of one channel.

    Attributes
    ----------
    channel
        Its label.
    span_s
        Start and stop in seconds from the start of the recording.
    """

    channel: str
    span_s: tuple[float, float]


class TracesView(pg.PlotWidget):
    """Stacked traces of one page.

    Positions on the time axis count from the start of the page and heights are pixels: turning a
    page changes the curves and nothing else.

    Attributes
    ----------
    inspection
        Time and value under the mouse, and the ruler.
    page_turned
        Emitted with how many pages the wheel, or a drag that waits at an edge, turns forwards;
        negative for backwards.
    epoch_chosen
        Emitted with an epoch whose stage is clicked.
    trace_selected
        Emitted with the name of the trace that was selected, empty for all.
    event_clicked
        Emitted with an event that is clicked, None when the click is beside all events.
    event_dragged
        Emitted with what the chosen event becomes once it, or an end of it, was dragged.
    traces_set
        Emitted when there are other traces.
    menu_wanted
        Emitted with what a right click is on, ``"event"``, ``"trace"`` or ``"stage"``, which is
        chosen by then, and where on the screen.
    read_failed
        Emitted with a `RecordingError` when the page can't be read.
    """

    menu_wanted = Signal(str, QPoint)

    traces_set = Signal()
    hiding_changed = Signal()
    page_turned = Signal(int)
    epoch_chosen = Signal(int)
    trace_selected = Signal(str)
    event_clicked = Signal(object)
    event_dragged = Signal(object)
    read_failed = Signal(object)

    def __init__(self, theme: Theme, pages: Pages) -> None:
        self._clock = ClockAxis()
        super().__init__(axisItems={"bottom": self._clock}, enableMenu=False)
        self._theme = theme
        self._pages, self._slow_pages = pages, pages.beside()
        self._recording: Recording | None = None
        self._page_s = (0.0, EPOCH_S)
        self._slow_page_s = 0.0
        self._montage: tuple[Trace, ...] = ()
        self._hidden: dict[Trace, float] = {}  # with their gains
        self._slow_drawn: object = None
        self._is_held = False
        self._legends: Mapping[str, Legend] = {}
        self._epoch = 0
        self._selected_epochs = range(1)
        self._waves: tuple[Waves, ...] = ()
        self._shares: tuple[int, npt.NDArray[np.float32] | None] = (0, None)
        self._explanation_px = 0
        self._events = EventIndex(())
        self._filled: Callable[[ScoredEvent], ScoredEvent] = lambda event: event
        self._lights = Lights()
        self._artefacts: tuple[int, ...] = ()
        self._chosen_event: ScoredEvent | None = None
        self._holds_event = False
        self._held_at_px = 0.0
        self._linked_events: frozenset[ScoredEvent] = frozenset()
        self._event_drag: EventDrag | None = None
        self._mouse: QPointF | None = None
        self._menu_place: QPointF | None = None
        self._wheel = WheelSteps()
        self._rows: tuple[TraceRow, ...] = ()
        self._rows_by_channel: dict[str, TraceRow] = {}
        self._selected: int | None = None
        self._filters = TraceFilters()
        self._has_guides = True
        self._is_negative_up = False
        self._has_scale_bar = True
        self._px_per_mm = 0.0
        self._cursor_s: float | None = None
        self._cursors = (Cursor(theme, self), Cursor(theme, self))
        self._is_held_open = False
        self._edge_steps = 0
        self._at_edge = QTimer(self)
        self._at_edge.setInterval(_EDGE_MS)
        self._at_edge.timeout.connect(self._turn_at_edge)
        item = self.getPlotItem()
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.getAxis("left").setWidth(AXIS_WIDTH_PX)
        # Every lane keeps its label, however many there are.
        item.getAxis("left").setStyle(tickLength=0, hideOverlappingLabels=False)
        # Labels stay while pages turn.
        item.getAxis("left").setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._epoch_band = self._rectangle(-70)
        self._slow_band = self._rectangle(-70)
        self._selection = self._rectangle(-60)
        self._fine_lines = self._line_item(-30)
        self._strong_lines = self._line_item(-20)
        self._guides = self._line_item(-10)
        self._strip = StageStrip(theme, self)
        self._strip.epoch_chosen.connect(self.epoch_chosen)
        self._strip.menu_wanted.connect(lambda place: self.menu_wanted.emit("stage", place))
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.hide()
        self._bar.valueChanged.connect(self._on_scrolled)
        self._scale_bar = ScaleBar(theme, self)
        self._wave_marks = WaveMarks(theme, self)
        self._explanation = Explanation(theme, self)
        self._split = TimeSplit(theme, self)
        self._artefacts_on_page = ArtefactsOnPage(theme, self)
        self._slow_artefacts = ArtefactsOnPage(theme, self)
        self._lights_on_page = LightsOnPage(theme, self)
        self._slow_lights = LightsOnPage(theme, self)
        self._marks = EventMarks(theme, self)
        self.inspection = Inspection(
            theme, self, self._clock_text, self._lane_px, self._oxygen_text
        )
        self.getViewBox().sigResized.connect(self._on_resized)
        pages.arrived.connect(self._show)
        self._slow_pages.arrived.connect(self._on_slow_arrived)
        for some in (pages, self._slow_pages):
            some.failed.connect(self.read_failed)
        self.set_theme(theme)

    @contextmanager
    def drawn_once(self) -> Iterator[None]:
        """Read and draw once in the end, however often the traces, page and place change."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
            self._show()

    def set_recording(self, recording: Recording | None) -> None:
        """Show another recording, or none; its traces are to be set next."""
        self.set_traces(())
        self._recording = recording
        for clock in (self._clock, self._split):
            clock.set_start(None if recording is None else recording.start)

    def set_legends(self, legends: Mapping[str, Legend]) -> None:
        """Draw channels, by their labels, as bands of states with names."""
        if legends != self._legends:
            self._legends = dict(legends)
            self._set_anew()

    def set_slow_page(self, length_s: float) -> None:
        """Give what is read slowly a longer page of its own below the others; 0 for the same."""
        if length_s != self._slow_page_s:
            self._slow_page_s = length_s
            self._set_anew()

    def _set_anew(self) -> None:
        """Set the same traces again; one that is selected stays so."""
        selected = None if self._selected is None else self._rows[self._selected].trace
        self._set()
        if selected in self.traces:
            self.select_trace(self.traces.index(selected))

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Show other traces of the recording; those that were there keep their sensitivity."""
        self._montage, self._hidden = traces, {}
        self._set()
        self.hiding_changed.emit()

    def hide_trace(self, trace: Trace) -> None:
        """Leave a trace out until it is shown again, or another montage is chosen."""
        self._hidden[trace] = self._rows[self.traces.index(trace)].gain
        self._set_anew()
        self.hiding_changed.emit()

    def show_hidden(self) -> None:
        """Show the traces that were left out, with their sensitivities."""
        gains = {trace.derivation.name: gain for trace, gain in self._hidden.items()}
        self._hidden = {}
        self._set_anew()
        self.set_gains(gains)
        self.hiding_changed.emit()

    @property
    def hides_traces(self) -> bool:
        """Whether a trace of the montage is left out."""
        return bool(self._hidden)

    def _set(self) -> None:
        gains = self.gains
        for row in self._rows:
            self.removeItem(row.curve)
            if row.states is not None:
                self.removeItem(row.states)
        self._slow_drawn = None
        traces = tuple(one for one in self._montage if one not in self._hidden)
        if self._slow_page_s:
            traces = tuple(sorted(traces, key=is_read_slowly))
        self._rows = tuple(self._row(trace, gains) for trace in traces)
        # The uppermost of those with the same channel comes last.
        self._rows_by_channel = {
            channel: row
            for row in reversed(self._rows)
            for channel in (row.name, row.trace.derivation.anode)
        }
        self._selected = None
        self.inspection.clear()
        self._bar.setValue(0)
        self._set_source()
        self._paint_rows()
        if traces:
            self.traces_set.emit()
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
    def traces_as_seen(self) -> tuple[Trace, ...]:
        """The traces with the heights that their sensitivities give them."""
        return tuple(row.as_seen for row in self._rows)

    @property
    def gains(self) -> dict[str, float]:
        """How much larger than usual each trace is drawn, by its name."""
        return {row.name: row.gain for row in self._rows}

    def set_gains(self, gains: Mapping[str, float]) -> None:
        """Draw traces larger or smaller than usual; those that are not named stay."""
        for row in self._rows:
            row.gain = gains.get(row.name, row.gain)
            row.draw()
        self._draw_scales()

    @property
    def labels(self) -> tuple[str, ...]:
        """What is written beside the traces."""
        return tuple(self._label(row) for row in self._rows)

    def show_page(self, start_s: float, stop_s: float) -> None:
        """Draw the traces of a page."""
        if (start_s, stop_s) == self._page_s and any(row.page for row in self._rows):
            return
        was_s, was_slow = self._page_s[1] - self._page_s[0], self._slow_rows
        begun, drag = self._begun_at(), self._event_drag
        self._page_s = (start_s, stop_s)
        self._strip.show_page(self._page_s)
        self.inspection.clear()
        if stop_s - start_s != was_s or self._slow_rows != was_slow:
            self._arrange()
        self._place_split()
        self._show()
        if drag is not None and self._mouse is not None:
            self._event_drag = self._dragged_to(drag, self._mouse)
        self._is_held_open = self._is_held_open and begun is not None
        if begun is not None:
            self._go_on_from(*begun)

    def keep_open(self, turn: Callable[[], None]) -> None:
        """Turn to another page, where what was dragged over goes on up to the mouse."""
        page_s, self._is_held_open = self._page_s, self.inspection.begin_place is not None
        turn()
        if page_s == self._page_s and self.inspection.begun_on is None:
            self._is_held_open = False

    @property
    def is_dragging_event(self) -> bool:
        """Whether an event, or an end of it, is being dragged."""
        return self._event_drag is not None

    def _begun_at(self) -> tuple[TraceRow, float, float] | None:
        """Trace, time in the recording and height in pixels where a stretch begins that goes on."""
        place = self.inspection.begin_place
        if place is None or not (self._is_held_open or self.inspection.begun_on is not None):
            return None
        return place.row, self._time_of(place), place.position.y()

    def _go_on_from(self, row: TraceRow, time_s: float, y: float) -> None:
        """Go on measuring on this page from a time that may be on another one."""
        area, (start_s, stop_s) = self._page_area(), self._page_of(row)
        x = area.left() + (time_s - start_s) / (stop_s - start_s) * area.width()
        self.inspection.go_on_from(Place(row, time_s - start_s, QPointF(x, y)))
        mouse = self._mouse or QPointF(area.right() if x < area.left() else area.left(), y)
        self.inspection.move(self._held_place(row, mouse), self._corner(), area)

    def _dragged_to(self, drag: EventDrag, position: QPointF) -> EventDrag:
        """Drag an event to where the mouse is."""
        row = self._dragged_row(drag, position)
        return drag if row is None else drag.to(self._time_of(self._held_place(row, position)))

    def _dragged_row(self, drag: EventDrag, position: QPointF) -> TraceRow | None:
        """The trace that an event is dragged on: its own, without one that under the mouse."""
        row, index = self._row_of(drag.event.channel), self._row_at(position)
        return self._rows[index] if row is None and index is not None else row

    def show_scoring(self, scoring: Scoring | None, epoch: int, selection: range) -> None:
        """Show the stages of the page over the traces, and which epochs are selected."""
        self._epoch = epoch
        self._selected_epochs = selection
        self._events = EventIndex(()) if scoring is None else scoring.event_index
        self._lights = Lights() if scoring is None else scoring.lights
        remarks = {} if scoring is None else scoring.remarks
        self._artefacts = tuple(epoch for epoch, remark in remarks.items() if remark.artefact)
        self._strip.show_scoring(scoring, epoch, selection)
        self._place_epoch_band()
        self._draw_events()
        self._draw_waves()
        self._draw_explanation()
        if self._mouse is not None and self._event_drag is None and self.inspection.readout:
            self._tell_under(self._mouse)  # what lies there may be another event now, or none

    def set_filters(self, filters: TraceFilters) -> None:
        """Filter in another way."""
        if filters != self._filters:
            self._filters = filters
            self.inspection.clear()
            self._set_source()
            self._show()

    def change_gain(self, steps: int) -> None:
        """Make the selected trace larger, or all; smaller by a negative number, usual by 0."""
        rows = self._rows if self._selected is None else (self._rows[self._selected],)
        self.inspection.clear()
        for row in rows:
            row.change_gain(steps, self._px_per_mm)
            row.draw()
        self._draw_scales()

    @property
    def row_in_question(self) -> TraceRow | None:
        """The trace that was dragged over, else the selected one; None without."""
        if self.inspection.stretch is not None:
            return self.inspection.stretch[0]
        return None if self._selected is None else self._rows[self._selected]

    @property
    def px_per_mm(self) -> float:
        """Pixels in a millimetre of this screen; 0 when it is not known."""
        return self._px_per_mm

    def values_in_question(self) -> npt.NDArray[np.float32]:
        """What is shown of that trace, or was dragged over; empty on long pages."""
        row = self.row_in_question
        if row is None or row.page is None or not row.page.values.size:
            return np.empty(0, np.float32)
        if self.inspection.stretch is None:
            return row.page.values
        _, start_s, stop_s = self.inspection.stretch
        return row.page.between(start_s, stop_s)

    def change_trace(self, former: Trace, changed: Trace) -> None:
        """Show a trace in another way until another montage is chosen; it stays selected."""
        place = self.traces.index(former)
        self._montage = tuple(changed if one == former else one for one in self._montage)
        self._set()
        if changed.height != former.height:
            self.set_gains({changed.derivation.name: 1.0})
        self.select_trace(place)

    def select_trace(self, index: int | None) -> None:
        """Let the sensitivity keys act on one trace, or on all."""
        self._selected = index
        self.inspection.clear()
        self._draw_scales()
        name = "" if index is None else self._rows[index].trace.derivation.name
        self.trace_selected.emit(name)

    def set_negative_up(self, on: bool) -> None:
        """Draw negative values of EEG and eyes upwards, as many laboratories read them."""
        self._is_negative_up = on
        for row in self._rows:
            row.is_upside_down = self._is_upside_down(row.trace)
            row.draw()
        self._draw_scales()

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

    def select_next_trace(self, steps: int) -> None:
        """Select the trace below, or above by a negative number."""
        if self._rows:
            first = 0 if steps > 0 else len(self._rows) - 1
            self.select_trace(
                first if self._selected is None else (self._selected + steps) % len(self._rows)
            )

    def show_waves(self, waves: Sequence[Waves]) -> None:
        """Mark waves that were found, or none."""
        self._waves = tuple(waves)
        self._draw_waves()

    def set_explaining(self, on: bool) -> None:
        """Keep a strip above the traces free for what moved the network, or not."""
        px = EXPLANATION_PX if on else 0
        if px != self._explanation_px:
            self._explanation_px = px
            self._on_resized()

    def show_explanation(self, epoch: int, shares: npt.NDArray[np.float32] | None) -> None:
        """Show how much each second of an epoch speaks for its stage, or nothing."""
        self._shares = (epoch, shares)
        self._draw_explanation()

    def show_cursor(self, time_s: float | None) -> None:
        """Show where on the page a moment of the recording is, which is played; None for none."""
        self._cursor_s = time_s
        self._place_cursor()

    def set_oximeter(self, filled: Callable[[ScoredEvent], ScoredEvent]) -> None:
        """Say of events what the report says: they are given with nadir and baseline, if any."""
        self._filled = filled

    def choose_event(self, event: ScoredEvent | None, linked: Sequence[ScoredEvent] = ()) -> None:
        """Show which event is chosen, and what belongs to it."""
        if event != self._chosen_event:
            self._event_drag = None
        self._chosen_event = event
        self._linked_events = frozenset(linked)
        self._draw_events()

    @property
    def stretch(self) -> ChannelSpan | None:
        """What was dragged over last on this page; None when the ruler is gone."""
        if self.inspection.stretch is None:
            return None
        row, start_s, stop_s = self.inspection.stretch
        page_s = self._page_of(row)[0]
        return ChannelSpan(row.trace.derivation.anode, (page_s + start_s, page_s + stop_s))

    def let_go_of_stretch(self) -> None:
        """Take away the ruler over what was dragged over."""
        if self.inspection.stretch is not None:
            self.inspection.clear()

    def place_for(self, duration_s: float) -> ChannelSpan | None:
        """Where something of that length goes: around the mouse; None while that is on no trace."""
        place = None if self._pointer is None else self._place(self._pointer)
        if place is None:
            return None
        centre_s = self._time_of(place)
        span_s = (centre_s - duration_s / 2, centre_s + duration_s / 2)
        return ChannelSpan(place.row.trace.derivation.anode, span_s)

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
        bands = ((self._epoch_band, 26), (self._slow_band, 26), (self._selection, 38))
        for rectangle, alpha in bands:
            colour = QColor(theme.accent)
            colour.setAlpha(alpha)
            rectangle.setBrush(colour)
            rectangle.setPen(pg.mkPen(None))
        self._strip.set_theme(theme)
        self._scale_bar.set_theme(theme)
        for cursor in self._cursors:
            cursor.set_theme(theme)
        self._artefacts_on_page.set_theme(theme)
        self._slow_artefacts.set_theme(theme)
        self._lights_on_page.set_theme(theme)
        self._slow_lights.set_theme(theme)
        self._split.set_theme(theme)
        self._marks.set_theme(theme)
        self._wave_marks.set_theme(theme)
        self._explanation.set_theme(theme)
        self.inspection.set_theme(theme)
        self._paint_rows()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.label_tip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(tip), self)
            return True
        return bool(super().viewportEvent(event))

    def label_tip(self, position: QPointF) -> str:
        """How the trace is shown whose label is at a place; empty beside the labels."""
        index = self._row_at(position)
        if index is None or position.x() >= self._page_area().left():
            return ""
        row = self._rows[index]
        band, notch_hz = self._filters.of(row.trace)
        filters = tr("as stored")
        if band is not None and band != AS_STORED:
            filters = f"{band_text(band)} Hz"
        if notch_hz is not None:
            filters += ", " + tr("without {hz} Hz").format(hz=number(notch_hz, "g"))
        lines = (
            f"{row.name} ⊖↑" if row.is_upside_down else row.name,
            tr("Filter: {filters}").format(filters=filters),
            tr("Rate: {rate} Hz").format(rate=number(row.trace.sfreq, "g")),
            row.sensitivity(self._px_per_mm),
        )
        return "\n".join(filter(None, lines))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102
        steps = self._wheel.take(event)
        modifiers = event.modifiers()
        if not steps:
            pass
        elif not modifiers & Qt.KeyboardModifier.ControlModifier:
            self.page_turned.emit(-steps)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.scroll(-steps * _SCROLL_LANES)
        else:
            self.change_gain(steps)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        on_page = event.position() - self._page_area().topLeft()
        under = self._marks.under(on_page)
        place = self._place(event.position())
        if self._is_held_open and self.inspection.begun_on is not None:
            self.mouseMoveEvent(event)  # the other end
        elif under is not None and under == self._chosen_event and place is not None:
            ends = self._marks.edge_under(on_page) or "start stop"
            self._event_drag = EventDrag(under, ends, self._time_of(place))
            self._holds_event, self._held_at_px = True, event.position().x()
        elif place is not None:
            self._is_held_open = False
            self.inspection.begin(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._mouse = event.position()
        self._watch_edge(self._mouse, is_held=bool(event.buttons() & Qt.MouseButton.LeftButton))
        if self._event_drag is not None:
            is_moved = abs(self._mouse.x() - self._held_at_px) >= LEAST_DRAG_PX
            if is_moved or self._event_drag.by_s:
                self._event_drag = self._dragged_to(self._event_drag, self._mouse)
            self._draw_events()
            text = self._event_text(self._event_drag.changed)
            self.inspection.tell(text, self._corner())
            return
        self._tell_under(self._mouse)
        on_edge = self._marks.edge_under(self._mouse - self._page_area().topLeft())
        self.viewport().setCursor(
            Qt.CursorShape.SizeHorCursor if on_edge else Qt.CursorShape.ArrowCursor
        )

    def _tell_under(self, mouse: QPointF) -> None:
        """Say what is under the mouse: an event, else a value."""
        begun_on = self.inspection.begun_on
        place = self._place(mouse) if begun_on is None else self._held_place(begun_on, mouse)
        self.inspection.move(place, self._corner(), self._page_area())
        under = self._marks.under(mouse - self._page_area().topLeft())
        if under is not None and begun_on is None:
            self.inspection.tell(self._event_text(under), self._corner())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._at_edge.stop()
        drag, self._event_drag = self._event_drag, None
        held, self._holds_event = self._holds_event, False
        if drag is not None:
            if drag.changed != drag.event:
                self.event_dragged.emit(drag.changed)
            self._draw_events()
        if held:
            return  # the event may have gone meanwhile: letting go of it is no click
        was_dragged = self.inspection.stretch is not None
        self._is_held_open = False
        self.inspection.end()
        if not was_dragged:
            self._on_clicked(event.position())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        self._mouse = None
        self.inspection.move(None, self._corner(), self._page_area())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102
        position = QPointF(event.pos())
        under = self._marks.under(position - self._page_area().topLeft())
        index = self._row_at(position)
        if under is None and index is None:
            return
        if under is not None:
            self.event_clicked.emit(under)
        elif self.inspection.stretch is None:  # selecting would let go of it
            self.select_trace(index)
        self._menu_place = position  # the mouse leaves the traces for the menu
        self.menu_wanted.emit("trace" if under is None else "event", event.globalPos())
        self._menu_place = None

    @property
    def _pointer(self) -> QPointF | None:
        """Where the mouse is, or was when it asked for a menu."""
        return self._mouse if self._menu_place is None else self._menu_place

    def _on_clicked(self, position: QPointF) -> None:
        under = self._marks.under(position - self._page_area().topLeft())
        if under is not None or self._chosen_event is not None:
            self.event_clicked.emit(under)
        else:
            self._select_at(position)

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
        row = self._rows[index]
        return Place(row, self._time_on(row, position), position)

    def _held_place(self, row: TraceRow, position: QPointF) -> Place:
        """Where a drag on a trace is, which the mouse may leave."""
        area = self._page_area()
        x = min(max(position.x(), area.left()), area.right())
        held = QPointF(x, min(max(position.y(), area.top()), area.bottom() - 1))
        return Place(row, self._time_on(row, held), held)

    def _watch_edge(self, position: QPointF, *, is_held: bool) -> None:
        """Turn pages as long as a drag waits at an edge of the page."""
        area = self._page_area()
        is_dragged = self._event_drag is not None or self.inspection.begun_on is not None
        beyond = (position.x() >= area.right() - 1) - (position.x() < area.left())
        self._edge_steps = int(beyond) if is_held and is_dragged else 0
        if not self._edge_steps:
            self._at_edge.stop()
        elif not self._at_edge.isActive():
            self._at_edge.start()

    def _turn_at_edge(self) -> None:
        row = self.inspection.begun_on
        if self._event_drag is not None and self._mouse is not None:
            row = self._dragged_row(self._event_drag, self._mouse)
        elif row is None:  # what was dragged is gone
            self._at_edge.stop()
            return
        (start_s, stop_s), base_s = self._page_s, self._page_of(row)
        length_s = stop_s - start_s
        forward = math.ceil((base_s[1] - start_s) / length_s)
        back = math.floor((start_s - base_s[0]) / length_s) + 1
        self.page_turned.emit(forward if self._edge_steps > 0 else -back)

    def _time_on(self, row: TraceRow, position: QPointF) -> float:
        """Seconds from the start of the page of a trace."""
        area, (start_s, stop_s) = self._page_area(), self._page_of(row)
        return (position.x() - area.left()) / area.width() * (stop_s - start_s)

    def _time_of(self, place: Place) -> float:
        """Seconds from the start of the recording."""
        return self._page_of(place.row)[0] + place.time_s

    @property
    def slow_s(self) -> tuple[float, float]:
        """The longer page, on a grid of its own length, that holds the current one."""
        start_s = self._page_s[0] // (self._slow_page_s or 1.0) * self._slow_page_s
        return start_s, start_s + self._slow_page_s

    @property
    def _slow_rows(self) -> tuple[TraceRow, ...]:
        """Rows with the longer page, below all others; none where there are no others."""
        if self._page_s[1] - self._page_s[0] >= self._slow_page_s:
            return ()
        slow = tuple(row for row in self._rows if row.is_read_slowly)
        return slow if len(slow) < len(self._rows) else ()

    def _page_of(self, row: TraceRow | None) -> tuple[float, float]:
        """Start and stop of the page on which a trace is shown."""
        return self._page_s if row is None or row.seconds == 1.0 else self.slow_s

    @property
    def _split_px(self) -> float | None:
        """Height at which the lanes of the longer page end; None without."""
        slow = self._slow_rows
        return slow[0].lane.bottom_px + slow[0].lane.height_px if slow else None

    def _place_split(self) -> None:
        """Show both clocks, and where the page lies in the longer one."""
        (start_s, stop_s), split_px, area = self._page_s, self._split_px, self._page_area()
        if split_px is None:
            self._clock.set_origin(start_s)
            self._split.hide()
            self._slow_lights.hide()
            self._slow_artefacts.hide()
            return
        slow_s = self.slow_s
        self._clock.set_origin(slow_s[0], (slow_s[1] - slow_s[0]) / (stop_s - start_s))
        top_px = area.bottom() - (split_px + SPLIT_PX - self._lowest_px)
        between = QRectF(area.left(), top_px, area.width(), SPLIT_PX)
        self._split.show_page(self._page_s, slow_s, between)

    def _select_at(self, position: QPointF) -> None:
        index = self._row_at(position)
        if index is not None:
            self.select_trace(None if index == self._selected else index)

    @property
    def needed_px(self) -> float:
        """Height at which every trace can be read."""
        beside_px = float(self.height()) - float(self.getViewBox().height())
        return len(self._rows) * READABLE_LANE_PX + SPLIT_PX * bool(self._slow_rows) + beside_px

    @property
    def _lanes_px(self) -> float:
        """Height of all lanes with what is left above and below them."""
        lanes_px = sum(row.lane.height_px for row in self._rows)
        lanes_px += SPLIT_PX * bool(self._slow_rows)
        return max(lanes_px, float(self.getViewBox().height()), 1.0)

    @property
    def _lowest_px(self) -> float:
        """Height of the lower border of what can be seen."""
        return float(self._bar.maximum() - self._bar.value()) if self._bar.isVisible() else 0.0

    def _arrange(self) -> None:
        """Share the height among the lanes and lay out all that depends on it."""
        self.inspection.clear()
        area_px = max(float(self.getViewBox().height()), 1.0)
        slow = self._slow_rows
        between_px = SPLIT_PX * bool(slow)
        length_s = self._page_s[1] - self._page_s[0]
        lanes = lanes_of([row.trace for row in self._rows], area_px - between_px)
        for row, lane in zip(self._rows, lanes, strict=True):
            row.seconds = self._slow_page_s / length_s if row in slow else 1.0
            raised_px = 0 if row in slow else between_px
            row.lane = replace(lane, bottom_px=lane.bottom_px + raised_px)
        hidden_px = round(self._lanes_px - area_px)
        self._bar.setVisible(hidden_px > 0)
        self._bar.setRange(0, max(hidden_px, 0))
        self._bar.setPageStep(round(area_px))
        self._bar.setSingleStep(round(LEAST_LANE_PX))
        bar_px = self._bar.sizeHint().width() if hidden_px > 0 else 0
        top_px = STRIP_PX + 2 + self._explanation_px
        self.getPlotItem().layout.setContentsMargins(1, top_px, 1 + bar_px, 1)
        self.setXRange(0, length_s, padding=0)
        self.setYRange(self._lowest_px, self._lowest_px + area_px, padding=0)
        for row in self._rows:
            # A trace may leave its lane but not the view.
            for item in (row.curve, row.states):
                if item is not None:
                    item.set_bounds(QRectF(0, 0, length_s, self._lanes_px))
        area = self._page_area()
        self._strip.setGeometry(QRectF(area.left(), 1, area.width(), STRIP_PX).toRect())
        self._bar.setGeometry(QRectF(area.right() + 1, area.top(), bar_px, area.height()).toRect())
        self._place_split()
        self._draw_grid()
        self._draw_scales()
        self._place_epoch_band()
        self._draw_events()
        self._draw_waves()
        self._draw_explanation()

    def _on_resized(self) -> None:
        self._arrange()
        self._show()

    def _on_scrolled(self) -> None:
        self._arrange()
        self._show()

    # Drawing

    def _show(self) -> None:
        """Read and draw what can be seen of the page."""
        if self._is_held:
            return
        low, high = self._lowest_px, self._lowest_px + self.getViewBox().height()
        shown = [
            index
            for index, row in enumerate(self._rows)
            if row.lane.bottom_px < high and row.lane.bottom_px + row.lane.height_px > low
        ]
        self._fit([self._rows[index] for index in shown])
        fast = [index for index in shown if self._rows[index].seconds == 1.0]
        slow = [index for index in shown if self._rows[index].seconds != 1.0]
        self._draw_page(self._pages, self._page_s, fast)
        # The longer page stays while pages turn in it: nothing is read or drawn for it then.
        drawn = (self.slow_s, [(index, self._rows[index].lane) for index in slow], self._n_columns)
        if slow and drawn != self._slow_drawn:
            self._slow_drawn = drawn
            self._draw_page(self._slow_pages, self.slow_s, slow)

    @property
    def _n_columns(self) -> int:
        return max(int(self.getViewBox().width()), 1)

    def _draw_page(self, pages: Pages, page_s: tuple[float, float], shown: Sequence[int]) -> None:
        """Read and draw rows, by their index, on a page."""
        if not shown:
            return
        try:
            read = pages.page(page_s, shown, self._n_columns)
        except RecordingError as error:
            self.read_failed.emit(error)
            return
        for index, page in zip(shown, read, strict=True):
            self._rows[index].page = page
            self._rows[index].draw()

    def _on_slow_arrived(self) -> None:
        self._slow_drawn = None
        self._show()

    def _set_source(self) -> None:
        self._slow_drawn = None
        for pages in (self._pages, self._slow_pages):
            pages.set_source(self._recording, self.traces, self._filters)

    def _fit(self, rows: Sequence[TraceRow]) -> None:
        """Fit rows to the night that are seen for the first time; of hundreds, few are at once.

        What should hold states but holds angles or voltages is drawn as a curve after all.
        """
        new = [row for row in rows if not (row.is_fitted and row.is_told)]
        if not new or self._recording is None:
            return
        try:
            nights = sampled(self._recording, [row.trace for row in new])
        except RecordingError as error:
            self.read_failed.emit(error)
            nights = None
        for place, row in enumerate(new):
            values = np.empty(0, np.float32) if nights is None else nights[place]
            if not row.is_fitted:
                row.fit(*fitted_range(row.trace, values))
            if nights is not None:
                self._tell_codes(row, values)
            row.is_told = True
        self._draw_scales()

    def _tell_codes(self, row: TraceRow, values: npt.NDArray[np.float32]) -> None:
        """Draw as a curve after all what should hold states but holds angles or voltages."""
        trace, legend = row.trace, row.legend
        if legend is None or row.states is None:
            return
        if trace.band is not None or not is_coded(values, trace.unit, legend):
            self.removeItem(row.states)
            row.legend = row.states = None

    def _row(self, trace: Trace, gains: Mapping[str, float]) -> TraceRow:
        curve = TraceItem()
        self.addItem(curve, ignoreBounds=True)
        gain = gains.get(trace.derivation.name, 1.0)
        is_stored = trace.derivation.cathode is None
        row = TraceRow(
            trace,
            curve,
            gain=gain,
            is_upside_down=self._is_upside_down(trace),
            legend=self._legends.get(trace.derivation.anode) if is_stored else None,
        )
        if row.legend is not None or trace.fixed is not None:
            row.states = StateItem(self._theme)
            self.addItem(row.states, ignoreBounds=True)
        return row

    def _is_upside_down(self, trace: Trace) -> bool:
        return (self._is_negative_up and trace.kind in _NEGATIVE_UP) != trace.is_inverted

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
        """Draw lines at round times, those of the longer page under its lanes."""
        split_px, lanes_px = self._split_px, self._lanes_px
        length_s = self._page_s[1] - self._page_s[0]
        bottom_px = 0.0 if split_px is None else split_px + SPLIT_PX
        bases = [(length_s, 1.0, (bottom_px, lanes_px))]
        if split_px is not None:
            bases.append((self._slow_page_s, self._slow_page_s / length_s, (0.0, split_px)))
        for item, place in ((self._fine_lines, 0), (self._strong_lines, 1)):
            times, heights = [], []
            for base_s, seconds, extent_px in bases:
                step_s = next((steps[place] for most, *steps in _GRIDS if base_s <= most), 0.0)
                lines = np.arange(step_s, base_s, step_s) / seconds if step_s else np.empty(0)
                times.append(np.repeat(lines, 2))
                heights.append(np.tile(extent_px, lines.size))
            item.setData(np.concatenate(times), np.concatenate(heights))

    def _draw_events(self) -> None:
        """Draw the events of the page in the lanes of their channels, lights and artefacts."""
        dragged = None if self._event_drag is None else self._event_drag.changed
        area = self._page_area()
        marks = []
        n_columns = max(round(area.width()), 1)
        for page_s, lanes in self._time_bases():
            start_s, stop_s = page_s
            px_per_s = area.width() / (stop_s - start_s)
            extents: dict[str, tuple[float, float] | None] = {}
            events = self._events.seen_between(start_s, stop_s, n_columns)
            if self._chosen_event is not None and self._chosen_event not in events:
                events = (*events, self._chosen_event)
            n_chosen = 0  # of events that are the same only one is
            for event in events:
                n_chosen += event == self._chosen_event
                is_twin = event == self._chosen_event and n_chosen > 1
                is_dragged = event == self._chosen_event and not is_twin
                shown = dragged if dragged is not None and is_dragged else event
                if shown.onset_s >= stop_s or shown.stop_s < start_s:
                    continue
                if event.channel not in extents:
                    extents[event.channel] = self._extent(event.channel, page_s, lanes)
                extent = extents[event.channel]
                if extent is not None:
                    left = (max(shown.onset_s, start_s) - start_s) * px_per_s
                    right = (min(shown.stop_s, stop_s) - start_s) * px_per_s
                    row = self._row_of(event.channel)
                    doubtful = is_doubtful(shown, None if row is None else row.trace.kind)
                    mark = QRectF(left, extent[0], right - left, extent[1])
                    is_linked = event in self._linked_events
                    marks.append(EventMark(event, mark, doubtful, is_linked, is_twin))
        written = self._written_px()
        self._marks.show_marks(marks, self._chosen_event, area, written)
        views = (
            (self._lights_on_page, self._artefacts_on_page),
            (self._slow_lights, self._slow_artefacts),
        )
        for (lights, artefacts), (page_s, (top, height)) in zip(
            views, self._time_bases(), strict=False
        ):
            place = QRectF(area.left(), area.top() + top, area.width(), height)
            here = [one.translated(0, -top) for one in written]
            lights.show_lights(self._lights, page_s, place, here)
            artefacts.show_epochs(self._artefacts, page_s, place)
        self._place_cursor()

    def _place_cursor(self) -> None:
        """Put the cursor into each group of lanes whose page holds its moment."""
        area, bases = self._page_area(), self._time_bases()
        for index, cursor in enumerate(self._cursors):
            is_here = self._cursor_s is not None and index < len(bases)
            if not is_here or self._cursor_s is None:
                cursor.hide()
                continue
            (start_s, stop_s), (top, height) = bases[index]
            x = (self._cursor_s - start_s) / (stop_s - start_s) * area.width()
            place = QRectF(area.left() + x - 1, area.top() + top, CURSOR_PX, height)
            cursor.setGeometry(place.toRect())
            cursor.setVisible(start_s <= self._cursor_s < stop_s)

    def _time_bases(self) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        """Each page, with top and height of its lanes in pixels from the top of all."""
        height_px, split_px = self._page_area().height(), self._split_px
        if split_px is None:
            return [(self._page_s, (0.0, height_px))]
        seen_px = split_px - self._lowest_px
        top_px = height_px - seen_px
        return [
            (self._page_s, (0.0, top_px - SPLIT_PX)),
            (self.slow_s, (top_px, max(seen_px, 0.0))),
        ]

    def _draw_waves(self) -> None:
        """Draw brackets over the waves of the page that were found in what is shown."""
        start_s, stop_s = self._page_s
        area = self._page_area()
        px_per_s = area.width() / (stop_s - start_s)
        marks: list[WaveMark] = []
        if stop_s - start_s <= _LONGEST_MARKED_S:
            for waves in self._waves:
                row = self._row_of(waves.channel.split(" and ")[0])
                if row is None or row.seconds != 1.0:
                    continue
                onsets_s, stops_s = waves.between(start_s, stop_s)
                top = area.height() - (row.lane.bottom_px - self._lowest_px + row.lane.height_px)
                marks += (
                    WaveMark(waves.kind, left, right, top + 2)
                    for left, right in zip(
                        ((onsets_s - start_s) * px_per_s).tolist(),
                        ((stops_s - start_s) * px_per_s).tolist(),
                        strict=True,
                    )
                )
        self._wave_marks.show_marks(marks, area)

    def _draw_explanation(self) -> None:
        start_s, stop_s = self._page_s
        area = self._page_area()
        epoch, shares = self._shares
        is_here = start_s <= epoch * EPOCH_S < stop_s <= start_s + _LONGEST_MARKED_S
        left = (epoch * EPOCH_S - start_s) / (stop_s - start_s) * area.width()
        width = EPOCH_S / (stop_s - start_s) * area.width()
        strip = QRectF(area.left() + left, STRIP_PX + 2, width, EXPLANATION_PX)
        self._explanation.show_shares(shares if is_here else None, strip)

    def _row_of(self, channel: str) -> TraceRow | None:
        """The trace of a channel's label or of a derivation's name."""
        return self._rows_by_channel.get(channel) if channel else None

    def _extent(
        self, channel: str, page_s: tuple[float, float], lanes: tuple[float, float]
    ) -> tuple[float, float] | None:
        """Top and height in pixels of the lane of a channel; of all lanes when it has none.

        None when the channel is shown on another page than this.
        """
        row = self._row_of(channel)
        if row is None:
            return lanes
        if self._page_of(row) != page_s:
            return None
        return self._lane_px(row)

    def _written_px(self) -> list[QRectF]:
        """Where lanes say which range the page has, or the names of their states."""
        written = []
        area, metrics = self._page_area(), self.fontMetrics()
        px_per_s = area.width() / (self._page_s[1] - self._page_s[0])
        for row in self._rows:
            if row.states is None:
                continue
            top_px, height_px = self._lane_px(row)
            texts = [(run.start_s * px_per_s, run.text) for run in row.states.runs]
            if row.states.text:
                texts.append((0.0, row.states.text))
            for left_px, text in texts:
                width_px = metrics.horizontalAdvance(text) + _WRITTEN_PX
                written.append(QRectF(left_px, top_px, width_px, height_px))
        return written

    def _lane_px(self, row: TraceRow) -> tuple[float, float]:
        """Top and height of a lane in pixels of the page."""
        bottom_px = self._page_area().height() - (row.lane.bottom_px - self._lowest_px)
        return bottom_px - row.lane.height_px, row.lane.height_px

    def _event_text(self, event: ScoredEvent) -> str:
        """How long an event is, how high its trace goes in it, and how far SpO₂ falls."""
        parts = [self._theme.name_of(event), f"{number(event.duration_s, '.1f')} s"]
        row = self._row_of(event.channel)
        values = self._values_of(row, event.onset_s, event.stop_s)
        if row is not None and values.size:
            height = f"{number(float(np.ptp(values)), '.3g')} {row.trace.unit}".rstrip()
            parts.append(tr("{value} peak to peak").format(value=height))
        filled = self._filled(event)
        if filled.spo2_baseline is not None and filled.spo2_nadir is not None:
            parts.append(fall_text(filled.spo2_baseline, filled.spo2_nadir))
        else:
            parts.append(self._fall_text(row, event.onset_s, event.stop_s))
        return "   ".join(filter(None, parts))

    def _fall_text(self, row: TraceRow | None, start_s: float, stop_s: float) -> str:
        """How far SpO₂ falls in a stretch of the recording, or soon after; or nothing."""
        oximeter = next((one for one in self._rows if one.trace.kind is ChannelKind.SPO2), None)
        lag_s = 0.0 if oximeter is row else _OXYGEN_LAG_S
        oxygen = self._values_of(oximeter, start_s, stop_s + lag_s)
        if not oxygen.size:
            return ""
        return fall_text(float(oxygen[: oxygen.argmin() + 1].max()), float(oxygen.min()))

    def _oxygen_text(self, row: TraceRow, start_s: float, stop_s: float) -> str:
        """How far SpO₂ falls where breathing or SpO₂ is measured, in seconds of its page."""
        if row.trace.kind not in (ChannelKind.RESPIRATION, ChannelKind.SPO2):
            return ""
        page_s = self._page_of(row)[0]
        return self._fall_text(row, page_s + start_s, page_s + stop_s)

    def _values_of(
        self, row: TraceRow | None, start_s: float, stop_s: float
    ) -> npt.NDArray[np.float32]:
        """What is drawn of a row in a stretch of the recording, without gaps."""
        if row is None or row.page is None:
            return np.empty(0, np.float32)
        page_s = self._page_of(row)[0]
        values = row.page.between(start_s - page_s, stop_s - page_s)
        return np.asarray(values[np.isfinite(values)], np.float32)

    def _place_epoch_band(self) -> None:
        selected, split_px = self._selected_epochs, self._split_px
        start_s, stop_s = self._page_s
        bottom_px = 0.0 if split_px is None else split_px + SPLIT_PX
        fast_px = (bottom_px, self._lanes_px - bottom_px)
        self._place_band(self._epoch_band, self._page_s, 1.0, fast_px)
        is_part = stop_s - start_s > EPOCH_S or len(selected) > 1
        self._epoch_band.setVisible(is_part and bool(self._rows))
        self._slow_band.setVisible(split_px is not None)
        if split_px is not None:
            seconds = self._slow_page_s / (stop_s - start_s)
            self._place_band(self._slow_band, self.slow_s, seconds, (0.0, split_px))

    def _place_band(
        self,
        band: QGraphicsRectItem,
        page_s: tuple[float, float],
        seconds: float,
        extent_px: tuple[float, float],
    ) -> None:
        """Lay a band over what of the selected epochs is on a page."""
        start_s, stop_s = page_s
        left_s = max(self._selected_epochs.start * EPOCH_S - start_s, 0.0)
        right_s = min(self._selected_epochs.stop * EPOCH_S - start_s, stop_s - start_s)
        bottom_px, height_px = extent_px
        width = (right_s - left_s) / seconds
        band.setRect(QRectF(left_s / seconds, bottom_px, width, height_px))

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
        with_scale = [row for row in self._rows if row.trace.height]
        row = selected or (with_scale[0] if with_scale else None)
        area = self._page_area()
        scale = None
        if row is not None and self._has_scale_bar:
            start_s, stop_s = self._page_of(row)
            px_per_s = area.width() / (stop_s - start_s)
            lane_px = row.lane.height_px
            scale = Scale(px_per_s, row.px_per_unit, row.trace.unit, row.name, lane_px)
        bottom_px = 0.0 if row is None else row.lane.bottom_px - self._lowest_px
        corner = self._corner() - QPointF(0, bottom_px)
        self._scale_bar.show_scale(scale, corner, QRectF(area))

    def _label(self, row: TraceRow) -> str:
        """Name and, where there is room for a second line, the sensitivity."""
        # A label wider than the axis would not be drawn at all.
        name = self.fontMetrics().elidedText(
            f"{row.name} ⊖↑" if row.is_upside_down else row.name,
            Qt.TextElideMode.ElideRight,
            AXIS_WIDTH_PX - 14,
        )
        sensitivity = row.sensitivity(self._px_per_mm)
        if not sensitivity or row.lane.height_px < 2 * self.fontMetrics().height():
            return str(name)
        return f"{name}\n{sensitivity}"

    def _paint_rows(self) -> None:
        for row in self._rows:
            if row.states is not None:
                row.states.set_theme(self._theme)
            row.curve.set_pen(_pen(row.trace.colour or self._theme.traces[row.trace.kind]))

    def _clock_text(self, place: Place) -> str:
        """Clock time of a place of the page, to hundredths of a second."""
        since_start = timedelta(seconds=self._time_of(place))
        recording = self._recording
        if recording is None or recording.start is None:
            return f"{number(since_start.total_seconds(), '.2f')} s"
        clock = recording.start + since_start
        seconds = number(clock.second + clock.microsecond // 10_000 / 100, "05.2f")
        return f"{clock:%H:%M}:{seconds}"


def _pen(colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> pg.mkPen:
    # Cosmetic and one pixel wide: Qt draws wider pens ten times slower.
    return pg.mkPen(colour, width=1, style=style, cosmetic=True)
