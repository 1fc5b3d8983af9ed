"""The epochs around the current one, small: the context that a stage is decided in."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.montage import Trace
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.signals.pages import TraceFilters, TracePage, read_page
from sleepscorer.ui.base.theme import Theme

N_BESIDE = 5
"""Epochs shown before, and after, the current one."""

_HEIGHT_PX = 74
_STAGE_PX = 16
# Later than the page itself: while a key is held, only the page is drawn.
_DELAY_MS = 60


class Neighbours(QWidget):
    """One EEG trace over eleven epochs, with their stages; a click goes to an epoch.

    Attributes
    ----------
    epoch_chosen
        Emitted with the epoch that is clicked.
    """

    epoch_chosen = Signal(int)

    def __init__(self, theme: Theme, left_px: int) -> None:
        super().__init__()
        self._theme = theme
        self._left_px = left_px
        self._recording: Recording | None = None
        self._trace: Trace | None = None
        self._scoring: Scoring | None = None
        self._epoch = 0
        self._page: TracePage | None = None
        self._page_first = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(600, _HEIGHT_PX)

    @property
    def epochs(self) -> range:
        """Epochs that have a place, those beyond the night among them."""
        return range(self._epoch - N_BESIDE, self._epoch + N_BESIDE + 1)

    def set_source(self, recording: Recording | None, trace: Trace | None) -> None:
        """Show a trace of a recording, or none."""
        self._recording, self._trace = recording, trace
        self._page = None
        self._timer.start()

    def show_epoch(self, scoring: Scoring | None, epoch: int) -> None:
        """Show the epochs around one."""
        self._scoring, self._epoch = scoring, epoch
        if self.isVisible():
            self._timer.start()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def showEvent(self, event: object) -> None:  # noqa: D102
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        self._timer.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() is Qt.MouseButton.LeftButton and self._scoring is not None:
            for epoch in self.epochs:
                if self._cell(epoch).contains(event.position()):
                    if 0 <= epoch < len(self._scoring):
                        self.epoch_chosen.emit(epoch)
                    return

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.surface))
        if self._scoring is None:
            return
        here = QColor(self._theme.accent)
        here.setAlpha(30)
        painter.fillRect(self._cell(self._epoch), here)
        for epoch in self.epochs:
            if 0 <= epoch < len(self._scoring):
                self._paint_stage(painter, epoch, self._scoring)
        self._paint_trace(painter)

    def _cell(self, epoch: int) -> QRectF:
        width = (self.width() - self._left_px) / len(self.epochs)
        left = self._left_px + (epoch - self.epochs.start) * width
        return QRectF(left, 0, width, self.height())

    def _paint_stage(self, painter: QPainter, epoch: int, scoring: Scoring) -> None:
        cell = self._cell(epoch)
        score = scoring[epoch]
        colour = QColor(self._theme.stages[score.stage])
        bar = QRectF(cell.left() + 1, cell.bottom() - 3, cell.width() - 2, 3)
        painter.fillRect(bar, colour)
        painter.setPen(QColor(self._theme.ink if epoch == self._epoch else self._theme.faint_ink))
        words = QRectF(cell.left(), cell.top(), cell.width(), _STAGE_PX)
        text = f"{epoch + 1}  {score.stage.label}" if score.stage.label else f"{epoch + 1}"
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QPen(QColor(self._theme.strong_grid), 1))
        painter.drawLine(cell.topLeft(), cell.bottomLeft())

    def _paint_trace(self, painter: QPainter) -> None:
        page, trace = self._page, self._trace
        if page is None or trace is None or self._page_first != self.epochs.start:
            return
        cell = self._cell(self.epochs.start)
        px_per_s = cell.width() / EPOCH_S
        height = self.height() - _STAGE_PX - 4
        px_per_unit = height / (trace.height or 1.0)
        xs = cell.left() + page.times_s * px_per_s
        ys = _STAGE_PX + height / 2 - page.points * px_per_unit
        ys = np.clip(ys, _STAGE_PX, _STAGE_PX + height)
        is_finite = np.isfinite(ys)
        painter.setPen(QPen(QColor(self._theme.traces[trace.kind]), 1))
        for part in np.split(np.arange(ys.size), np.flatnonzero(np.diff(is_finite)) + 1):
            if part.size and is_finite[part[0]]:
                painter.drawPolyline(QPolygonF([QPointF(xs[i], ys[i]) for i in part]))

    def _read(self) -> None:
        if self._recording is None or self._trace is None or not self.isVisible():
            return
        start_s = self.epochs.start * EPOCH_S
        span_s = (max(start_s, 0.0), min(self.epochs.stop * EPOCH_S, self._recording.duration_s))
        n_columns = max(self.width() - self._left_px, 1)
        try:
            (page,) = read_page(self._recording, [self._trace], span_s, TraceFilters(), n_columns)
        except RecordingError:
            return  # the page of traces says it
        before_s = span_s[0] - start_s
        self._page = TracePage(
            page.times_s + before_s, page.points, page.start_s + before_s, page.sfreq, page.values
        )
        self._page_first = self.epochs.start
        self.update()
