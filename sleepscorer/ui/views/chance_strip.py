"""How probable the network takes apneas and hypopneas to be, in lanes beside the night."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_chances import PROBABLE, EventChance, event_chances
from sleepscorer.domain.phrases import per_cent
from sleepscorer.domain.scoring import Scoring
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.night_strip import NightStrip

_ROW_PX = 22
_GAP_PX = 4
_IMPROBABLE_ALPHA = 110


class ChanceStrip(NightStrip):
    """One lane for each kind of event, hidden where the network says nothing of any.

    The height of a bar is the probability; a line lies at a half, and what is above is drawn full.
    It looks unlike the lanes of events, which people marked, and its name ends in a question mark.

    Attributes
    ----------
    kind_meant
        Emitted with the kind of event and the epoch that a right click was on.
    menu_wanted
        Emitted with the place on the screen of a right click, after `time_chosen`.
    """

    kind_meant = Signal(object, int)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, left_px: int) -> None:
        super().__init__(theme, left_px)
        self._chances: tuple[EventChance, ...] = ()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(600, len(self._chances) * _ROW_PX + _GAP_PX)

    def text_at(self, position: QPointF) -> str:
        """What the network says of a place; empty where there is nothing."""
        found = self._at(position)
        if found is None:
            return ""
        chance, epoch = found
        probability = chance.probabilities[epoch]
        names = {
            "event": tr(chance.kind.label),
            "time": self._clock(epoch),
            "model": chance.model,
            "derivation": chance.derivation,
        }
        if np.isnan(probability):
            return tr("{event} at {time}: the network could not judge this epoch.").format(**names)
        return tr(
            "{event} at {time}: {probability} by {model} on {derivation}. It is no event and "
            "counts nowhere until somebody marks one."
        ).format(probability=per_cent(float(probability)), **names)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102
        found = self._at(QPointF(event.pos()))
        if found is not None:
            chance, epoch = found
            self.time_chosen.emit((epoch + 0.5) * EPOCH_S)
            self.kind_meant.emit(chance.kind, epoch)
            self.menu_wanted.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.surface))
        for row, chance in enumerate(self._chances):
            area = QRectF(
                self._left_px, _GAP_PX + row * _ROW_PX, self.width() - self._left_px, _ROW_PX
            )
            bars = area.adjusted(0, _GAP_PX / 2, 0, -_GAP_PX / 2)
            name = tr("{event}?").format(event=tr(chance.kind.label))  # asked, not marked
            self._paint_name(painter, name, area.top(), _ROW_PX)
            self._paint_bars(painter, chance, bars)
        self._paint_cursor(painter)

    def _take(self, scoring: Scoring | None) -> bool:
        self._chances = () if scoring is None else event_chances(scoring)
        return bool(self._chances)

    def _paint_bars(self, painter: QPainter, chance: EventChance, bars: QRectF) -> None:
        painter.save()
        painter.setClipRect(bars)
        probable = QColor(self._theme.events[chance.kind.group])
        improbable = QColor(probable)
        improbable.setAlpha(_IMPROBABLE_ALPHA)
        for left, right, probability in self._columns(chance.probabilities):
            height = probability * bars.height()
            bar = QRectF(left, bars.bottom() - height, right - left, height)
            painter.fillRect(bar, probable if probability >= PROBABLE else improbable)
        painter.restore()
        middle = bars.bottom() - PROBABLE * bars.height()
        painter.setPen(QPen(QColor(self._theme.strong_grid), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(bars.left(), middle), QPointF(bars.right(), middle))
        painter.setPen(QColor(self._theme.strong_grid))
        painter.drawLine(bars.bottomLeft(), bars.bottomRight())

    def _columns(self, probabilities: npt.NDArray[np.float32]) -> list[tuple[float, float, float]]:
        """Left and right end and height of each bar; of epochs on one pixel the greatest."""
        start_s, stop_s = self._part_s
        first = max(int(start_s // EPOCH_S), 0)
        stop = min(int(np.ceil(stop_s / EPOCH_S)), len(probabilities))
        px_per_epoch = (self.width() - self._left_px) * EPOCH_S / (stop_s - start_s)
        together = max(int(np.ceil(1 / max(px_per_epoch, 1e-6))), 1)
        columns = []
        for epoch in range(first - first % together, stop, together):
            part = probabilities[epoch : epoch + together]
            if not np.isnan(part).all():
                left, right = (self._x(one * EPOCH_S) for one in (epoch, epoch + together))
                columns.append((left, max(right, left + 1), float(np.nanmax(part))))
        return columns

    def _at(self, position: QPointF) -> tuple[EventChance, int] | None:
        row = int((position.y() - _GAP_PX) // _ROW_PX)
        if not 0 <= row < len(self._chances) or position.x() < self._left_px:
            return None
        chance, epoch = self._chances[row], int(self._time_s(position.x()) // EPOCH_S)
        return (chance, epoch) if 0 <= epoch < len(chance.probabilities) else None
