"""What each of several derivations said of the night: where they disagree, and who was left out."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.votes import SignalFault, Vote
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.night_strip import NightStrip

_LEAST_ROW_PX = 13
_MARGIN_PX = 2
_REASON_GAP_PX = 6


class VoteStrip(NightStrip):
    """One row for each derivation that voted, hidden where none or a flawless single one did.

    Where a derivation speaks for another stage than the result, its row has the colour of that
    stage; where it was left out, it is hatched and says why.
    """

    def __init__(self, theme: Theme, left_px: int) -> None:
        super().__init__(theme, left_px)
        self._row_px = max(_LEAST_ROW_PX, self.fontMetrics().height())
        self._votes: tuple[Vote, ...] = ()
        self._rows: tuple[tuple[tuple[int, int, Stage, SignalFault], ...], ...] = ()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(600, len(self._votes) * self._row_px + 2 * _MARGIN_PX)

    def text_at(self, position: QPointF) -> str:
        """What a derivation says of a place; empty where there is none."""
        row = int((position.y() - _MARGIN_PX) // self._row_px)
        if not 0 <= row < len(self._rows) or position.x() < self._left_px:
            return ""
        epoch = int(self._time_s(position.x()) // EPOCH_S)
        name = self._votes[row].derivation
        for start, stop, stage, fault in self._rows[row]:
            if start <= epoch < stop:
                first, last = self._clock(start), self._clock(stop)
                if fault is not SignalFault.NONE:
                    return tr("{derivation} from {first} to {last}: {fault}").format(
                        derivation=name, first=first, last=last, fault=tr(fault.words)
                    )
                return tr("{derivation} from {first} to {last}: {stage}").format(
                    derivation=name, first=first, last=last, stage=stage.label
                )
        return tr("{derivation} agrees with the result").format(derivation=name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.surface))
        for row, (vote, runs) in enumerate(zip(self._votes, self._rows, strict=True)):
            top = _MARGIN_PX + row * self._row_px
            self._paint_name(painter, vote.derivation, top, self._row_px)
            painter.setClipRect(QRectF(self._left_px, top, self.width(), self._row_px))
            painter.setPen(QColor(self._theme.strong_grid))
            middle = top + self._row_px / 2
            painter.drawLine(QPointF(self._left_px, middle), QPointF(self.width(), middle))
            for start, stop, stage, fault in runs:
                left, right = self._x(start * EPOCH_S), self._x(stop * EPOCH_S)
                block = QRectF(left, top + 1, max(right - left, 1.0), self._row_px - 2)
                if fault is SignalFault.NONE:
                    painter.fillRect(block, QColor(self._theme.stages[stage]))
                else:
                    self._paint_left_out(painter, block, tr(fault.words))
            painter.setClipping(False)
        self._paint_cursor(painter)

    def _paint_left_out(self, painter: QPainter, block: QRectF, reason: str) -> None:
        painter.fillRect(block, QColor(self._theme.surface))
        hatching = QBrush(QColor(self._theme.error), Qt.BrushStyle.BDiagPattern)
        painter.fillRect(block, hatching)
        left_px = max(block.left(), self._left_px)
        room_px = min(block.right(), self.width()) - left_px
        width = painter.fontMetrics().horizontalAdvance(reason) + 2 * _REASON_GAP_PX
        if room_px >= width:
            middle = QRectF(left_px, block.top() - 1, room_px, self._row_px).center()
            label = QRectF(0, 0, width, self._row_px)
            label.moveCenter(middle)
            painter.fillRect(label, QColor(self._theme.surface))
            painter.setPen(QColor(self._theme.ink))
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, reason)

    def _take(self, scoring: Scoring | None) -> bool:
        self._votes = () if scoring is None else scoring.votes
        shown = None if scoring is None else scoring.hypnodensity
        self._rows = (
            () if shown is None else tuple(_runs_of_vote(vote, shown) for vote in self._votes)
        )
        return bool(self._votes)


def _runs_of_vote(
    vote: Vote, shown: Hypnodensity
) -> tuple[tuple[int, int, Stage, SignalFault], ...]:
    """Runs of epochs in which a vote is left out or speaks for another stage, with which and why.

    A vote has no stage where it is left out, and is in no run where it agrees or has no data.
    """
    together, own = shown.probabilities, vote.probabilities
    is_there = ~np.isnan(own[:, 0]) & ~np.isnan(together[:, 0]) & (vote.weights > 0)
    differs = is_there & (np.nan_to_num(own).argmax(axis=1) != np.nan_to_num(together).argmax(1))
    stages = np.where(differs, np.nan_to_num(own).argmax(axis=1), Stage.UNSCORED)
    faults = np.where(vote.faults == SignalFault.MISSING, SignalFault.NONE, vote.faults)
    runs, start = [], 0
    for (stage, fault), run in groupby(zip(stages.tolist(), faults.tolist(), strict=True)):
        stop = start + sum(1 for _ in run)
        if fault != SignalFault.NONE:
            runs.append((start, stop, Stage.UNSCORED, SignalFault(fault)))
        elif stage != Stage.UNSCORED:
            runs.append((start, stop, Stage(stage), SignalFault.NONE))
        start = stop
    return tuple(runs)
