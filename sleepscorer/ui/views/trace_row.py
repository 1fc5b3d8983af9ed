"""A trace as it is shown: its lane, its sensitivity and what of it is on the page."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from sleepscorer.domain.legends import Legend
from sleepscorer.domain.montage import PAP_RANGE, Trace, is_read_slowly
from sleepscorer.signals.pages import TracePage
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.views.lanes import Lane
from sleepscorer.ui.views.state_item import StateItem, runs_of
from sleepscorer.ui.views.trace_item import TraceItem

_GAIN_STEP = 2**0.5
_GAIN_RANGE = (1 / 64, 64.0)
_CLINICAL_STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
"""Sensitivities of EEG machines in µV/mm, and these times powers of ten."""


@dataclass(slots=True, eq=False)
class TraceRow:
    """``y = centre + gain · lane height · (value - offset) / height``, in pixels.

    Attributes
    ----------
    trace
        What is shown.
    curve
        Its curve.
    lane
        Where it lies.
    gain
        How much larger it is shown.
    page
        What was drawn last; None before the first page.
    is_upside_down
        Whether negative values are drawn upwards.
    seconds
        How many seconds of its own page are one of the page that the view shows.
    legend
        What its values mean where it holds states; None where it does not.
    states
        What is written into its lane; None for nothing.
    offset, height
        Value in the middle of the lane, and units from its bottom to its top at a gain of 1.
    is_fitted
        Whether they are the trace's own, or fit the night.
    is_told
        Whether it is known if its values are the codes of a legend.
    name
        Name of the derivation.
    is_read_slowly
        Whether it may have a longer page of its own.
    """

    trace: Trace
    curve: TraceItem
    lane: Lane = field(default_factory=lambda: Lane(0.0, 1.0))
    gain: float = 1.0
    page: TracePage | None = None
    is_upside_down: bool = False
    seconds: float = 1.0
    legend: Legend | None = None
    states: StateItem | None = None
    offset: float = field(init=False, default=0.0)
    height: float = field(init=False)
    is_fitted: bool = field(init=False)
    is_told: bool = field(init=False)
    name: str = field(init=False)
    is_read_slowly: bool = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.trace.derivation.name  # every event on a page asks for it
        self.is_read_slowly = is_read_slowly(self.trace)
        self.is_told = self.legend is None
        self.height = self.trace.height or 1.0
        self.is_fitted = bool(self.trace.height)
        if self.trace.fixed is not None:
            low, high = self.trace.fixed
            self.fit((low + high) / 2, high - low)

    def fit(self, offset: float, height: float) -> None:
        """Show another range: its middle, and how much it is from bottom to top."""
        self.offset, self.height, self.is_fitted = offset, height, True

    @property
    def px_per_unit(self) -> float:
        """Pixels that one unit goes up."""
        return self.lane.height_px * self.gain / self.height

    @property
    def as_seen(self) -> Trace:
        """The trace with the height that its sensitivity gives it; fitted ones stay fitted."""
        if self.trace.height is None:
            return self.trace
        return replace(self.trace, height=float(format(self.height / self.gain, ".4g")))

    def change_gain(self, steps: int, px_per_mm: float) -> None:
        """Make it larger, or smaller by a negative number of steps; 0 for its usual size.

        On a calibrated screen the steps are those of EEG machines.
        """
        if steps == 0:
            self.gain = 1.0
            return
        factor = float(_GAIN_STEP**steps)
        if px_per_mm > 0 and self.trace.height is not None:
            units_per_mm = px_per_mm / self.px_per_unit
            factor = units_per_mm / _clinical(units_per_mm, -steps)
        low, high = _GAIN_RANGE
        self.gain = min(max(self.gain * factor, low), high)

    def sensitivity(self, px_per_mm: float) -> str:
        """What the height of the lane means, or µV/mm on a calibrated screen.

        A fixed range is given by its ends.
        """
        if self.legend is not None:
            return ""
        if px_per_mm > 0 and self.trace.height is not None:
            return f"{number(px_per_mm / self.px_per_unit, '.3g')} {self.trace.unit}/mm"
        if self.trace.fixed is not None and self.gain == 1.0:
            low, high = self.trace.fixed
            return f"{number(low, 'g')}–{number(high, 'g')} {self.trace.unit}".rstrip()
        height = self.height / self.gain
        written = number(height, ".0f" if height >= 100 else ".3g")
        return f"↕ {written} {self.trace.unit}".rstrip()

    def draw(self) -> None:
        """Draw the page anew."""
        if self.page is not None and self.legend is not None and self.states is not None:
            runs = runs_of(self.page.times_s / self.seconds, self.page.points, self.legend)
            self.states.show_runs(runs, (self.lane.bottom_px, self.lane.height_px))
            self.curve.set_points(np.empty(0), np.empty(0, np.float32))
        elif self.page is not None:
            if self.states is not None:
                text = self._range_text
                lane_px = self.lane.bottom_px, self.lane.height_px
                is_high = bool(np.nanmean(self.page.points) > self.offset) if text else False
                self.states.show_text(text, lane_px, is_below=is_high)
            up_px = -self.px_per_unit if self.is_upside_down else self.px_per_unit
            heights = self.lane.centre_px + (self.page.points - self.offset) * up_px
            self.curve.set_points(self.page.times_s / self.seconds, heights)

    @property
    def _range_text(self) -> str:
        """Least and greatest value on the page."""
        assert self.page is not None
        values = self.page.points[np.isfinite(self.page.points)]
        if not values.size:
            return ""
        form = ".1f" if self.trace.fixed == PAP_RANGE else ".0f"
        low, high = (number(float(value), form) for value in (values.min(), values.max()))
        return f"{low if low == high else f'{low}–{high}'} {self.trace.unit}".rstrip()

    def value_text(self, time_s: float) -> str:
        """Value at a time of the page, or the extremes there on a long page."""
        if self.page is None:
            return ""
        unit = f" {self.trace.unit}".rstrip()
        if self.page.values.size:
            near = self.page.between(time_s, time_s)
            if not near.size or not math.isfinite(near[0]):
                return tr("gap")
            if self.legend is not None:
                return runs_of(np.zeros(1), near[:1], self.legend)[0].text
            return f"{number(near[0], '.4g')}{unit}"
        half_s = self.page.times_s[2] - self.page.times_s[0] if self.page.times_s.size > 2 else 1.0
        near = self.page.between(time_s - half_s, time_s + half_s)
        near = near[np.isfinite(near)]
        if not near.size:
            return tr("gap")
        extremes = {"low": number(near.min(), ".4g"), "high": f"{number(near.max(), '.4g')}{unit}"}
        return tr("{low} to {high}").format(**extremes)


def _clinical(units_per_mm: float, steps: int) -> float:
    """The sensitivity that many steps coarser (or finer) on the scale of EEG machines."""
    power = math.floor(math.log10(units_per_mm))
    scale = [
        step * 10.0**exponent
        for exponent in range(power - 4, power + 5)
        for step in _CLINICAL_STEPS
    ]
    if steps > 0:
        above = [value for value in scale if value > units_per_mm * 1.001]
        return above[min(steps, len(above)) - 1]
    if steps < 0:
        below = [value for value in scale if value < units_per_mm * 0.999]
        return below[max(steps, -len(below))]
    return units_per_mm
