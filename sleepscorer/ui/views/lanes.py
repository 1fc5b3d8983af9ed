"""Where the traces lie, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.montage import Trace

LEAST_LANE_PX = 22.0
"""Lower lanes show nothing: when they don't fit, the traces scroll."""

READABLE_LANE_PX = 28.0
"""Height at which a trace can be read without being made larger."""

MOST_LANE_PX = 100.0
"""Of a weight of 1: higher, slow waves look enormous and 75 µV can't be judged by eye."""

_WEIGHTS = {ChannelKind.EEG: 1.6, ChannelKind.EOG: 1.2, ChannelKind.SPO2: 0.6}
"""Heights of the lanes relative to each other: stages are read from the EEG."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A horizontal strip, in pixels from the lower border of the lowest lane."""

    bottom_px: float
    height_px: float

    @property
    def centre_px(self) -> float:
        """Its middle."""
        return self.bottom_px + self.height_px / 2


def lanes_of(traces: Sequence[Trace], height_px: float) -> tuple[Lane, ...]:
    """Share a height among traces, from top to bottom; more than that when it is too little.

    When it is too much, they lie in its middle.
    """
    weights = [_WEIGHTS.get(trace.kind, 1.0) for trace in traces]
    heights = [
        min(height, weight * MOST_LANE_PX)
        for height, weight in zip(_shared(weights, height_px), weights, strict=True)
    ]
    bottom = sum(heights) + max(height_px - sum(heights), 0.0) / 2
    lanes = []
    for height in heights:
        bottom -= height
        lanes.append(Lane(bottom, height))
    return tuple(lanes)


def _shared(weights: Sequence[float], height_px: float) -> list[float]:
    """Heights in proportion to the weights, none below the least."""
    low: set[int] = set()
    while True:
        rest_px = height_px - LEAST_LANE_PX * len(low)
        rest = sum(weight for index, weight in enumerate(weights) if index not in low)
        scale = max(rest_px, 0.0) / rest if rest else 0.0
        lower = {
            index
            for index, weight in enumerate(weights)
            if index not in low and weight * scale < LEAST_LANE_PX
        }
        if not lower:
            return [
                LEAST_LANE_PX if index in low else weight * scale
                for index, weight in enumerate(weights)
            ]
        low |= lower
