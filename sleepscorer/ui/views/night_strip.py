"""What strips of rows beside the night share: its time axis, names, and a text for a place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.ui.base.plain_text import plain_tip
from sleepscorer.ui.base.theme import Theme

_NAME_GAP_PX = 6


class NightStrip(QWidget):
    """Rows over the part of the night that is shown, hidden where there is none.

    Attributes
    ----------
    time_chosen
        Emitted with seconds from the start when the strip is clicked.
    """

    time_chosen = Signal(float)

    def __init__(self, theme: Theme, left_px: int) -> None:
        super().__init__()
        self._theme = theme
        self._left_px = left_px
        self._recording: Recording | None = None
        self._source: tuple[Hypnodensity | None, tuple[Prediction, ...]] = (None, ())
        self._part_s = (0.0, EPOCH_S)
        self._epoch = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_recording(self, recording: Recording | None) -> None:
        """Tell times by the clock of another recording."""
        self._recording = recording

    def show_scoring(self, scoring: Scoring | None) -> None:
        """Show what was predicted beside the stages that a scoring shows."""
        source = (None, ()) if scoring is None else (scoring.hypnodensity, scoring.others)
        if source[0] is self._source[0] and source[1] is self._source[1]:
            return  # this is asked for at every key
        self._source = source
        self.setVisible(self._take(scoring))
        self.updateGeometry()
        self.update()

    def show_part(self, start_s: float, stop_s: float, _duration_s: float) -> None:
        """Show another part of the night."""
        self._part_s = (start_s, stop_s)
        self.update()

    def set_epoch(self, epoch: int) -> None:
        """Move the cursor to an epoch."""
        self._epoch = epoch
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def text_at(self, position: QPointF) -> str:
        """What is to be told of a place; empty where there is nothing."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            text = self.text_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() is Qt.MouseButton.LeftButton and event.position().x() >= self._left_px:
            self.time_chosen.emit(self._time_s(event.position().x()))

    def _take(self, scoring: Scoring | None) -> bool:
        """Take over what a scoring has for the rows, and say whether there are any."""
        raise NotImplementedError

    def _paint_name(self, painter: QPainter, name: str, top_px: float, row_px: float) -> None:
        """Write the name of a row before it."""
        painter.setPen(QColor(self._theme.faint_ink))
        place = QRectF(0, top_px, self._left_px - _NAME_GAP_PX, row_px)
        text = painter.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_cursor(self, painter: QPainter) -> None:
        cursor = self._x((self._epoch + 0.5) * EPOCH_S)
        if cursor >= self._left_px:
            # On a wider one of the surface's colour it is seen on every colour, as in the night.
            for colour, width in ((self._theme.surface, 5), (self._theme.accent, 2)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawLine(QPointF(cursor, 0), QPointF(cursor, self.height()))

    def _clock(self, epoch: int) -> str:
        """Time at which an epoch begins, as it is told."""
        return time_text(
            epoch * EPOCH_S, None if self._recording is None else self._recording.start
        )

    def _x(self, time_s: float) -> float:
        start_s, stop_s = self._part_s
        return self._left_px + (time_s - start_s) / (stop_s - start_s) * (
            self.width() - self._left_px
        )

    def _time_s(self, x: float) -> float:
        start_s, stop_s = self._part_s
        share = (x - self._left_px) / max(self.width() - self._left_px, 1)
        return start_s + share * (stop_s - start_s)
