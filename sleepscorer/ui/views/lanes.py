"""Where the traces lie, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.montage import Trace

LEAST_LANE_PX = 22.0
"""Lower lanes show nothing: when they don't fit, the traces scroll."""

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
    """Share a height among traces, from top to bottom; more than that when it is too little."""
    weights = [_WEIGHTS.get(trace.kind, 1.0) for trace in traces]
    heights = _shared(weights, height_px)
    bottom = sum(heights)
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
