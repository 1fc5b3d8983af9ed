"""Looking closer at the traces with the mouse: time and value under it, and the ruler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from sleepscorer.signals.measure import Measurement, measure
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.overlays import Readout, Ruler
from sleepscorer.ui.views.trace_row import TraceRow

LEAST_DRAG_PX = 3
"""A hand that clicks may move the mouse by less than this."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the page.

    Attributes
    ----------
    row
        The trace there.
    time_s
        Seconds from the start of the page of that trace.
    position
        In pixels of the view.
    """

    row: TraceRow
    time_s: float
    position: QPointF


class Inspection:
    """Shows what is under the mouse and measures what is dragged over; it changes nothing."""

    def __init__(
        self,
        theme: Theme,
        view: QWidget,
        clock_text: Callable[[Place], str],
        lane: Callable[[TraceRow], tuple[float, float]],
        oxygen_text: Callable[[TraceRow, float, float], str],
    ) -> None:
        self._clock_text = clock_text
        self._lane = lane
        self._oxygen_text = oxygen_text
        self._ruler = Ruler(theme, view)
        self._readout = Readout(view)
        self._begin: Place | None = None
        self._last_begin: Place | None = None
        self._is_begun_here = True
        self._stretch: tuple[TraceRow, float, float] | None = None

    @property
    def measurement(self) -> str:
        """What the ruler says; empty when nothing is measured."""
        return "" if self._ruler.isHidden() else self._ruler.text

    @property
    def readout(self) -> str:
        """Time and value under the mouse; empty when it is elsewhere."""
        return "" if self._readout.isHidden() else self._readout.text()

    @property
    def stretch(self) -> tuple[TraceRow, float, float] | None:
        """What the ruler lies on: trace, start and stop in seconds of the page."""
        return None if self._ruler.isHidden() else self._stretch

    @property
    def begin_place(self) -> Place | None:
        """Where the ruler begins; None while nothing is measured."""
        if self._begin is None and not self._ruler.isHidden():
            return self._last_begin
        return self._begin

    @property
    def begun_on(self) -> TraceRow | None:
        """The trace that is being measured; None while nothing is."""
        return None if self._begin is None else self._begin.row

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._ruler.set_theme(theme)
        self._readout.set_theme(theme)

    def clear(self) -> None:
        """Take the ruler and the value away: what was under them is elsewhere now."""
        self._begin = None
        self._ruler.hide()
        self._readout.hide()

    def begin(self, place: Place) -> None:
        """Lay the ruler on a trace."""
        self._begin = self._last_begin = place
        self._is_begun_here = True
        self._ruler.hide()

    def go_on_from(self, place: Place) -> None:
        """Measure from a place that is not on this page, until `end`."""
        self._begin = self._last_begin = place
        self._is_begun_here = False

    def move(self, place: Place | None, corner: QPointF, page: QRectF) -> None:
        """Follow the mouse, over the page or (None) elsewhere."""
        text = ""
        if place is not None:
            clock = self._clock_text(place)
            text = f"{clock}   {place.row.name}  {place.row.value_text(place.time_s)}"
        self._readout.show_text(text, corner)
        if place is not None and self._begin is not None:
            self._measure_to(place, page)

    def tell(self, text: str, corner: QPointF) -> None:
        """Say something else in the place of the value under the mouse."""
        self._readout.show_text(text, corner)

    def end(self) -> None:
        """Leave the ruler where it is."""
        self._begin = None

    def _measure_to(self, place: Place, page: QRectF) -> None:
        assert self._begin is not None
        begin, row = self._begin, self._begin.row
        if abs(place.position.x() - begin.position.x()) < LEAST_DRAG_PX or row.page is None:
            return
        start_s, stop_s = sorted((begin.time_s, place.time_s))
        self._stretch = row, start_s, stop_s
        values = row.page.between(start_s, stop_s)
        are_samples = row.page.values.size > 0
        result = measure(values, stop_s - start_s, are_samples=are_samples)
        self._ruler.setGeometry(page.toRect())
        area = QRectF(begin.position, place.position).normalized().translated(-page.topLeft())
        top_px, height_px = self._lane(row)
        lane = QRectF(area.left(), top_px, area.width(), height_px)
        fall = self._oxygen_text(row, start_s, stop_s)
        text = f"{_text(result, row.name, row.trace.unit)}\n{fall}".rstrip()
        if not self._is_begun_here:  # of what is on the page alone, heights would be too low
            text = f"{row.name}   {number(result.duration_s, '.3g')} s"
        self._ruler.show_measurement(area, lane, text)


def _text(result: Measurement, name: str, unit: str) -> str:
    lines = [
        f"{name}   {number(result.duration_s, '.3g')} s",
        tr("{value} peak to peak").format(value=f"{number(result.peak_to_peak, '.3g')} {unit}"),
        tr("1 / duration = {frequency}").format(
            frequency=f"{number(result.frequency_hz, '.3g')} Hz"
        ),
    ]
    if result.n_peaks is not None and result.peaks_hz is not None:
        peaks = tr("%n peak(s) = {frequency}", None, result.n_peaks)
        lines.append(peaks.format(frequency=f"{number(result.peaks_hz, '.3g')} Hz"))
    return "\n".join(lines)
