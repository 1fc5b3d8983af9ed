"""How probable the network takes apneas and hypopneas to be, in lanes beside the night."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_chances import PROBABLE, EventChance, event_chances
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import plain_tip
from sleepscorer.ui.base.theme import Theme

_ROW_PX = 22
_GAP_PX = 4
_NAME_GAP_PX = 6
_IMPROBABLE_ALPHA = 110


class ChanceStrip(QWidget):
    """One lane for each kind of event, hidden where the network says nothing of any.

    The height of a bar is the probability; a line lies at a half, and what is above is drawn full.
    It looks unlike the lanes of events, which people marked.

    Attributes
    ----------
    time_chosen
        Emitted with seconds from the start when the strip is clicked.
    kind_meant
        Emitted with the kind of event and the epoch that a right click was on.
    menu_wanted
        Emitted with the place on the screen of a right click, after `time_chosen`.
    """

    time_chosen = Signal(float)
    kind_meant = Signal(object, int)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, left_px: int) -> None:
        super().__init__()
        self._theme = theme
        self._left_px = left_px
        self._recording: Recording | None = None
        self._source: tuple[Hypnodensity | None, tuple[Prediction, ...]] = (None, ())
        self._chances: tuple[EventChance, ...] = ()
        self._epoch = 0
        self._part_s = (0.0, EPOCH_S)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(600, len(self._chances) * _ROW_PX + _GAP_PX)

    def set_recording(self, recording: Recording | None) -> None:
        """Tell times by the clock of another recording."""
        self._recording = recording

    def show_scoring(self, scoring: Scoring | None) -> None:
        """Show what the version says of events whose stages a scoring shows."""
        source = (None, ()) if scoring is None else (scoring.hypnodensity, scoring.others)
        if source[0] is self._source[0] and source[1] is self._source[1]:
            return  # this is asked for at every key
        self._source = source
        self._chances = () if scoring is None else event_chances(scoring)
        self.setVisible(bool(self._chances))
        self.updateGeometry()
        self.update()

    def set_epoch(self, epoch: int) -> None:
        """Move the cursor to an epoch."""
        self._epoch = epoch
        self.update()

    def show_part(self, start_s: float, stop_s: float, _duration_s: float) -> None:
        """Show another part of the night."""
        self._part_s = (start_s, stop_s)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def text_at(self, position: QPointF) -> str:
        """What is to be told of a place; empty where there is nothing."""
        found = self._at(position)
        if found is None:
            return ""
        chance, epoch = found
        began = None if self._recording is None else self._recording.start
        probability = chance.probabilities[epoch]
        names = {
            "event": tr(chance.kind.label),
            "time": time_text(epoch * EPOCH_S, began),
            "model": chance.model,
            "derivation": chance.derivation,
        }
        if np.isnan(probability):
            return tr("{event} at {time}: the network could not judge this epoch.").format(**names)
        return tr(
            "{event} at {time}: {probability} by {model} on {derivation}. It is no event and "
            "counts nowhere until somebody marks one."
        ).format(probability=f"{probability:.0%}", **names)

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            text = self.text_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() is Qt.MouseButton.LeftButton and event.position().x() >= self._left_px:
            self.time_chosen.emit(self._time_s(event.position().x()))

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
            painter.setPen(QColor(self._theme.faint_ink))
            name = QRectF(0, area.top(), self._left_px - _NAME_GAP_PX, _ROW_PX)
            text = painter.fontMetrics().elidedText(
                tr(chance.kind.label), Qt.TextElideMode.ElideRight, int(name.width())
            )
            painter.drawText(
                name, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )
            self._paint_bars(painter, chance, bars)
        cursor = self._x((self._epoch + 0.5) * EPOCH_S)
        if cursor >= self._left_px:
            # On a wider one of the surface's colour it is seen on every colour, as in the night.
            for colour, width in ((self._theme.surface, 5), (self._theme.accent, 2)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawLine(QPointF(cursor, 0), QPointF(cursor, self.height()))

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

    def _x(self, time_s: float) -> float:
        start_s, stop_s = self._part_s
        return self._left_px + (time_s - start_s) / (stop_s - start_s) * (
            self.width() - self._left_px
        )

    def _time_s(self, x: float) -> float:
        start_s, stop_s = self._part_s
        share = (x - self._left_px) / max(self.width() - self._left_px, 1)
        return start_s + share * (stop_s - start_s)
