"""Events and remarks of the night in lanes, as one graphics item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPicture

from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventGroup
from sleepscorer.domain.scoring import Remark, Scoring
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.theme import Theme

_THICKNESS = 0.6
_LEAST_WIDTH_S = 5.0  # so that a spindle can be seen in a night

_LANES = {
    N_("arousal"): (EventGroup.AROUSAL,),
    N_("respiratory"): (
        EventGroup.APNEA,
        EventGroup.HYPOPNEA,
        EventGroup.RERA,
        EventGroup.DESATURATION,
    ),
    N_("limb"): (EventGroup.LIMB_MOVEMENT, EventGroup.PLM),
    N_("spindle, K"): (EventGroup.MICROSTRUCTURE,),
    N_("other"): (EventGroup.OTHER,),
    N_("artefact"): (EventGroup.ARTEFACT,),
}
"""Names of the lanes and what is in them: few enough to leave room for the hypnogram."""


@dataclass(frozen=True, slots=True)
class EventLane:
    """One row.

    Attributes
    ----------
    name
        What it is called.
    parts
        The stretches marked in it, in seconds, of each group of events; None for what is no event.
    """

    name: str
    parts: tuple[tuple[EventGroup | None, tuple[tuple[float, float], ...]], ...]


def event_lanes_of(scoring: Scoring) -> tuple[EventLane, ...]:
    """Lanes from top to bottom; only what the night has gets one."""
    lanes = []
    for name, groups in _LANES.items():
        found = ((one, _seen_spans_s(*scoring.event_index.spans_s({one}))) for one in groups)
        parts = tuple(part for part in found if part[1])
        if parts:
            lanes.append(EventLane(tr(name), parts))
    remarked = [epoch for epoch, remark in scoring.remarks.items() if remark != Remark()]
    if remarked:
        spans_s = tuple((epoch * EPOCH_S, (epoch + 1) * EPOCH_S) for epoch in remarked)
        lanes.append(EventLane(tr("remark"), ((None, spans_s),)))
    return tuple(lanes)


def _seen_spans_s(
    onsets_s: npt.NDArray[np.float64], stops_s: npt.NDArray[np.float64]
) -> tuple[tuple[float, float], ...]:
    """Spans that are seen apart; those too close for that are one: as many as a lane has room for.

    Onsets are ascending.
    """
    if not onsets_s.size:
        return ()
    reaches_s = np.maximum.accumulate(np.maximum(stops_s, onsets_s + _LEAST_WIDTH_S))
    firsts = np.flatnonzero(np.concatenate(([True], onsets_s[1:] > reaches_s[:-1])))
    ends_s = np.maximum.reduceat(stops_s, firsts)
    return tuple(zip(onsets_s[firsts].tolist(), ends_s.tolist(), strict=True))


def difference_lane(scoring: Scoring, name: str, other: Scoring) -> EventLane:
    """Lane of the epochs that another scorer stages differently."""
    spans_s = tuple(
        (epoch * EPOCH_S, (epoch + 1) * EPOCH_S)
        for epoch in Comparison.of(scoring, other).differing.tolist()
    )
    return EventLane(f"≠ {name}", ((None, spans_s),))


class EventLanesItem(pg.GraphicsObject):
    """Draws lanes, the first one at the top; the lowest lies at height 0."""

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF(0, -0.5, EPOCH_S, 1)
        self._picture = QPicture()

    def set_lanes(self, lanes: tuple[EventLane, ...], duration_s: float, theme: Theme) -> None:
        """Draw other lanes of a night of that length."""
        self.prepareGeometryChange()
        self._bounds = QRectF(0, -0.5, duration_s, len(lanes))
        self._picture = QPicture()
        painter = QPainter(self._picture)
        for row, lane in enumerate(reversed(lanes)):
            for group, spans_s in lane.parts:
                colour = QColor(theme.event if group is None else theme.events[group])
                for start_s, stop_s in spans_s:
                    width_s = max(stop_s - start_s, _LEAST_WIDTH_S)
                    area = QRectF(start_s, row - _THICKNESS / 2, width_s, _THICKNESS)
                    painter.fillRect(area, colour)
        painter.end()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: D102
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        self._picture.play(painter)
