"""Events and remarks of the night in lanes, as one graphics item."""

from __future__ import annotations

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPicture

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventGroup
from sleepscorer.domain.scoring import Scoring
from sleepscorer.ui.language import N_, tr
from sleepscorer.ui.theme import Theme

_THICKNESS = 0.6
_LEAST_WIDTH_S = 5.0  # so that a spindle can be seen in a night

_NAMES = {
    EventGroup.AROUSAL: N_("arousal"),
    EventGroup.APNEA: N_("apnea"),
    EventGroup.HYPOPNEA: N_("hypopnea"),
    EventGroup.RERA: N_("RERA"),
    EventGroup.DESATURATION: N_("desaturation"),
    EventGroup.LIMB_MOVEMENT: N_("limb"),
    EventGroup.PLM: N_("PLM"),
    EventGroup.MICROSTRUCTURE: N_("spindle, K"),
    EventGroup.OTHER: N_("other"),
}


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: what it is called and the stretches marked in it, in seconds."""

    name: str
    spans_s: tuple[tuple[float, float], ...]


def lanes_of(scoring: Scoring) -> tuple[Lane, ...]:
    """Lanes from top to bottom; only what the night has gets one."""
    lanes = [
        Lane(tr(name), tuple((event.onset_s, event.stop_s) for event in events))
        for group, name in _NAMES.items()
        if (events := [event for event in scoring.events if event.kind.group is group])
    ]
    remarks = scoring.remarks.items()
    for name, epochs in (
        (tr("artefact"), [epoch for epoch, remark in remarks if remark.artefact]),
        (tr("comment"), [epoch for epoch, remark in remarks if remark.comment]),
    ):
        if epochs:
            spans_s = tuple((epoch * EPOCH_S, (epoch + 1) * EPOCH_S) for epoch in epochs)
            lanes.append(Lane(name, spans_s))
    return tuple(lanes)


class EventLanesItem(pg.GraphicsObject):
    """Draws lanes, the first one at the top; the lowest lies at height 0."""

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF(0, -0.5, EPOCH_S, 1)
        self._picture = QPicture()

    def set_lanes(self, lanes: tuple[Lane, ...], duration_s: float, theme: Theme) -> None:
        """Draw other lanes of a night of that length."""
        self.prepareGeometryChange()
        self._bounds = QRectF(0, -0.5, duration_s, len(lanes))
        self._picture = QPicture()
        painter = QPainter(self._picture)
        colour = QColor(theme.event)
        for row, lane in enumerate(reversed(lanes)):
            for start_s, stop_s in lane.spans_s:
                width_s = max(stop_s - start_s, _LEAST_WIDTH_S)
                painter.fillRect(QRectF(start_s, row - _THICKNESS / 2, width_s, _THICKNESS), colour)
        painter.end()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: D102
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        self._picture.play(painter)
