"""The whole night in small, above the part of it that is shown large."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.hypnogram_item import EDITED_ROW, ROW_OF_STAGE

_HEIGHT_PX = 40
_MARGIN_PX = 4


class NightOverview(QWidget):
    """A small hypnogram with a frame around what is shown; click or drag to show another part.

    Attributes
    ----------
    part_chosen
        Emitted with the middle of the part that is chosen, in seconds from the start.
    """

    part_chosen = Signal(float)

    def __init__(self, theme: Theme, left_px: int) -> None:
        super().__init__()
        self._theme = theme
        self._left_px = left_px
        self._scoring: Scoring | None = None
        self._duration_s = EPOCH_S
        self._part_s = (0.0, EPOCH_S)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(600, _HEIGHT_PX)

    def show_scoring(self, scoring: Scoring | None) -> None:
        """Draw another hypnogram, or none."""
        self._scoring = scoring
        self.update()

    def show_part(self, start_s: float, stop_s: float, duration_s: float) -> None:
        """Frame the part of the night that is shown; there is nothing to see when that is all."""
        self._part_s, self._duration_s = (start_s, stop_s), duration_s
        self.setVisible(stop_s - start_s < duration_s)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.buttons() & Qt.MouseButton.LeftButton:
            share = (event.position().x() - self._left_px) / max(self.width() - self._left_px, 1)
            self.part_chosen.emit(min(max(share, 0.0), 1.0) * self._duration_s)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.surface))
        px_per_s = (self.width() - self._left_px) / self._duration_s
        row_px = (self.height() - 2 * _MARGIN_PX) / EDITED_ROW
        start = 0
        stages = () if self._scoring is None else self._scoring.stages
        for stage, run in groupby(stages):
            stop = start + sum(1 for _ in run)
            if stage is not Stage.UNSCORED:
                top = self.height() - _MARGIN_PX - (ROW_OF_STAGE[stage] + 1) * row_px
                left = self._left_px + start * EPOCH_S * px_per_s
                width = (stop - start) * EPOCH_S * px_per_s
                bar = QRectF(left, top, max(width, 1.0), row_px - 1)
                painter.fillRect(bar, QColor(self._theme.stages[stage]))
            start = stop
        start_s, stop_s = self._part_s
        frame = QRectF(
            self._left_px + start_s * px_per_s, 1, (stop_s - start_s) * px_per_s, self.height() - 2
        )
        veil = QColor(self._theme.accent)
        veil.setAlpha(28)
        painter.setBrush(veil)
        painter.setPen(QPen(QColor(self._theme.accent), 1))
        painter.drawRect(frame)
