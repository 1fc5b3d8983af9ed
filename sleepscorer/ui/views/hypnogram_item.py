"""The hypnogram as one graphics item."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPicture, qGray

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
_EDGE_PX = 1.0
_LEAST_GREY = 64
"""By how much the grey of a colour, of 255, differs from the surface's to be seen thin."""

_HUMAN_THICKNESS = 0.5
_SHORT_S = 20 * EPOCH_S
"""What is no longer may share a pixel with others, where a night is drawn narrow."""


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
        runs: list[tuple[int, int, EpochScore]] = []
        connectors: list[QLineF] = []
        previous: EpochScore | None = None
        start = 0
        for epoch, score in enumerate((*self._scores, None)):
            if epoch and score == previous:
                continue
            if previous is not None and epoch > start:
                runs.append((start, epoch, previous))
            if previous is not None and score is not None:
                connectors += _connector(epoch, previous, score)
            previous, start = score, epoch
        # Below the stages: they would hide a run that is a pixel wide.
        painter.setPen(QPen(QColor(self._theme.faint_ink), 0))
        painter.drawLines(connectors)
        for stage in Stage:
            self._draw_stage(painter, stage, [run for run in runs if run[2].stage is stage])
        doubts = [
            QRectF(epoch * EPOCH_S, EDITED_ROW - 0.07, EPOCH_S, 0.14) for epoch in self._doubtful
        ]
        _fill(painter, doubts, QColor(self._theme.warning))
        painter.end()
        return picture

    def _draw_stage(
        self, painter: QPainter, stage: Stage, runs: Sequence[tuple[int, int, EpochScore]]
    ) -> None:
        colour, row = QColor(self._theme.stages[stage]), ROW_OF_STAGE.get(stage)
        bars: list[QRectF] = []
        lines: list[QLineF] = []
        for start, stop, score in runs:
            left, width = start * EPOCH_S, (stop - start) * EPOCH_S
            if score.is_human:
                bars.append(QRectF(left, EDITED_ROW - 0.18, width, 0.36))
            if row is None:
                continue
            if score.is_human:
                bars.append(QRectF(left, row - _HUMAN_THICKNESS / 2, width, _HUMAN_THICKNESS))
            else:
                lines.append(QLineF(left, row, left + width, row))
        _fill(painter, bars, colour)
        pen = QPen(colour, _MODEL_WIDTH_PX)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if abs(qGray(colour.rgb()) - qGray(QColor(self._theme.surface).rgb())) < _LEAST_GREY:
            edge = QPen(pen)
            edge.setColor(QColor(self._theme.faint_ink))
            edge.setWidthF(_MODEL_WIDTH_PX + 2 * _EDGE_PX)
            painter.setPen(edge)
            painter.drawLines(lines)
        painter.setPen(pen)
        painter.drawLines(lines)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        painter.setPen(pen)
        middles = [line.center() for line in lines if line.length() <= _SHORT_S]
        # Little more than their caps, which have a pixel even where the line has none.
        painter.drawLines([QLineF(at.x() - 1, at.y(), at.x() + 1, at.y()) for at in middles])


def _fill(painter: QPainter, bars: Sequence[QRectF], colour: QColor) -> None:
    """Fill bars that are at least a pixel wide, however many epochs share one."""
    for bar in bars:
        painter.fillRect(bar, colour)
    middles = [(bar.center().x(), bar) for bar in bars if bar.width() <= _SHORT_S]
    painter.setPen(QPen(colour, 0))
    painter.drawLines([QLineF(x, bar.top(), x, bar.bottom()) for x, bar in middles])


def _connector(epoch: int, before: EpochScore, after: EpochScore) -> list[QLineF]:
    """Join the rows of two stages; none where they are the same, or one of them is none."""
    if Stage.UNSCORED in (before.stage, after.stage) or before.stage is after.stage:
        return []
    x = epoch * EPOCH_S
    return [QLineF(x, ROW_OF_STAGE[before.stage], x, ROW_OF_STAGE[after.stage])]
