"""The hypnogram as one graphics item."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPicture

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import HYPNOGRAM_ROWS, Stage
from sleepscorer.ui.base.theme import Theme

ROW_OF_STAGE = {
    stage: len(HYPNOGRAM_ROWS) - 1 - index for index, stage in enumerate(HYPNOGRAM_ROWS)
}
"""Height of each stage's row: W at the top, N3 at 0."""

EDITED_ROW = len(HYPNOGRAM_ROWS) + 0.5
"""Height of the row that marks what a person decided, and what the network is not sure of."""

_MODEL_WIDTH_PX = 2.0  # a share of a row is 2 pixels high in one row and 3 in the next
_HUMAN_THICKNESS = 0.5


class HypnogramItem(pg.GraphicsObject):
    """Stages over time: the model's as thin lines, a person's as thick bars with a mark above.

    Epochs that are doubtful have a thin mark in the warning colour.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._scores: Sequence[EpochScore] = ()
        self._doubtful: Sequence[int] = ()
        self._picture = QPicture()

    def set_scores(self, scores: Sequence[EpochScore], doubtful: Sequence[int] = ()) -> None:
        """Draw other scores, with marks at the epochs that are doubtful."""
        self.prepareGeometryChange()
        self._scores, self._doubtful = scores, doubtful
        self._picture = self._drawn()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.set_scores(self._scores, self._doubtful)

    def boundingRect(self) -> QRectF:  # noqa: D102
        return QRectF(0, -0.5, max(len(self._scores), 1) * EPOCH_S, EDITED_ROW + 1)

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        self._picture.play(painter)

    def _drawn(self) -> QPicture:
        picture = QPicture()
        painter = QPainter(picture)
        connector = QPen(QColor(self._theme.faint_ink), 0)
        previous: EpochScore | None = None
        start = 0
        for epoch, score in enumerate((*self._scores, None)):
            if epoch and score == previous:
                continue
            if previous is not None and epoch > start:
                self._draw_run(painter, start, epoch, previous)
            if previous is not None and score is not None:
                self._connect(painter, connector, epoch, previous, score)
            previous, start = score, epoch
        doubt = QColor(self._theme.warning)
        for epoch in self._doubtful:
            painter.fillRect(QRectF(epoch * EPOCH_S, EDITED_ROW - 0.07, EPOCH_S, 0.14), doubt)
        painter.end()
        return picture

    def _draw_run(self, painter: QPainter, start: int, stop: int, score: EpochScore) -> None:
        left, width = start * EPOCH_S, (stop - start) * EPOCH_S
        colour = QColor(self._theme.stages[score.stage])
        if score.is_human:
            painter.fillRect(QRectF(left, EDITED_ROW - 0.18, width, 0.36), colour)
        if score.stage is Stage.UNSCORED:
            return
        row = ROW_OF_STAGE[score.stage]
        if score.is_human:
            top = row - _HUMAN_THICKNESS / 2
            painter.fillRect(QRectF(left, top, width, _HUMAN_THICKNESS), colour)
        else:
            pen = QPen(colour, _MODEL_WIDTH_PX)
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(left, row), QPointF(left + width, row))

    @staticmethod
    def _connect(
        painter: QPainter, pen: QPen, epoch: int, before: EpochScore, after: EpochScore
    ) -> None:
        if Stage.UNSCORED in (before.stage, after.stage) or before.stage is after.stage:
            return
        painter.setPen(pen)
        x = epoch * EPOCH_S
        painter.drawLine(
            QPointF(x, ROW_OF_STAGE[before.stage]), QPointF(x, ROW_OF_STAGE[after.stage])
        )
