"""What each of several derivations said of the night: where they disagree, and who was left out."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.votes import SignalFault, Vote
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import plain_tip
from sleepscorer.ui.base.theme import Theme

_ROW_PX = 13
_MARGIN_PX = 2
_NAME_GAP_PX = 6


class VoteStrip(QWidget):
    """One row for each derivation that voted, hidden where none or a flawless single one did.

    Where a derivation speaks for another stage than the result, its row has the colour of that
    stage; where it was left out, it is hatched and says why.

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
        self._votes: tuple[Vote, ...] = ()
        self._rows: tuple[tuple[tuple[int, int, Stage, SignalFault], ...], ...] = ()
        self._part_s = (0.0, EPOCH_S)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(600, len(self._votes) * _ROW_PX + 2 * _MARGIN_PX)

    def set_recording(self, recording: Recording | None) -> None:
        """Tell times by the clock of another recording."""
        self._recording = recording

    def show_scoring(self, scoring: Scoring | None) -> None:
        """Show what derivations said of the stages that a scoring shows."""
        source = (None, ()) if scoring is None else (scoring.hypnodensity, scoring.others)
        if source[0] is self._source[0] and source[1] is self._source[1]:
            return  # this is asked for at every key
        self._source = source
        self._votes = () if scoring is None else scoring.votes
        shown = source[0]
        self._rows = (
            () if shown is None else tuple(_runs_of_vote(vote, shown) for vote in self._votes)
        )
        self.setVisible(bool(self._votes))
        self.updateGeometry()
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
        row = int((position.y() - _MARGIN_PX) // _ROW_PX)
        if not 0 <= row < len(self._rows) or position.x() < self._left_px:
            return ""
        epoch = int(self._time_s(position.x()) // EPOCH_S)
        name = self._votes[row].derivation
        for start, stop, stage, fault in self._rows[row]:
            if start <= epoch < stop:
                began = None if self._recording is None else self._recording.start
                first, last = (time_text(edge * EPOCH_S, began) for edge in (start, stop))
                if fault is not SignalFault.NONE:
                    return tr("{derivation} from {first} to {last}: {fault}").format(
                        derivation=name, first=first, last=last, fault=tr(fault.words)
                    )
                return tr("{derivation} from {first} to {last}: {stage}").format(
                    derivation=name, first=first, last=last, stage=stage.label
                )
        return tr("{derivation} agrees with the result").format(derivation=name)

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            text = self.text_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() is Qt.MouseButton.LeftButton and event.position().x() >= self._left_px:
            self.time_chosen.emit(self._time_s(event.position().x()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.surface))
        for row, (vote, runs) in enumerate(zip(self._votes, self._rows, strict=True)):
            top = _MARGIN_PX + row * _ROW_PX
            painter.setPen(QColor(self._theme.faint_ink))
            name = QRectF(0, top, self._left_px - _NAME_GAP_PX, _ROW_PX)
            text = painter.fontMetrics().elidedText(
                vote.derivation, Qt.TextElideMode.ElideRight, int(name.width())
            )
            painter.drawText(
                name, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )
            painter.setClipRect(QRectF(self._left_px, top, self.width(), _ROW_PX))
            painter.setPen(QColor(self._theme.strong_grid))
            middle = top + _ROW_PX / 2
            painter.drawLine(QPointF(self._left_px, middle), QPointF(self.width(), middle))
            for start, stop, stage, fault in runs:
                left, right = self._x(start * EPOCH_S), self._x(stop * EPOCH_S)
                block = QRectF(left, top + 1, max(right - left, 1.0), _ROW_PX - 2)
                if fault is SignalFault.NONE:
                    painter.fillRect(block, QColor(self._theme.stages[stage]))
                else:
                    self._paint_left_out(painter, block, tr(fault.words))
            painter.setClipping(False)

    def _paint_left_out(self, painter: QPainter, block: QRectF, reason: str) -> None:
        painter.fillRect(block, QColor(self._theme.surface))
        hatching = QBrush(QColor(self._theme.error), Qt.BrushStyle.BDiagPattern)
        painter.fillRect(block, hatching)
        seen = block & QRectF(self._left_px, block.top(), self.width() - self._left_px, _ROW_PX)
        width = painter.fontMetrics().horizontalAdvance(reason) + 2 * _NAME_GAP_PX
        if seen.width() >= width:
            label = QRectF(seen.left(), seen.top(), width, seen.height())
            label.moveCenter(seen.center())
            painter.fillRect(label, QColor(self._theme.surface))
            painter.setPen(QColor(self._theme.ink))
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, reason)

    def _x(self, time_s: float) -> float:
        start_s, stop_s = self._part_s
        return self._left_px + (time_s - start_s) / (stop_s - start_s) * (
            self.width() - self._left_px
        )

    def _time_s(self, x: float) -> float:
        start_s, stop_s = self._part_s
        share = (x - self._left_px) / max(self.width() - self._left_px, 1)
        return start_s + share * (stop_s - start_s)


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
