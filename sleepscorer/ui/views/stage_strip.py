"""The stages of the epochs on the page, above its traces."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.epochs import EPOCH_S, epoch_at
from sleepscorer.domain.scoring import EpochScore, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.theme import Theme

STRIP_PX = 22
_NEIGHBOUR_PX = 56
_LEAST_TEXT_PX = 24
_LEAST_COMMENT_PX = 40
_CORNER_PX = 8


class StageStrip(QWidget):
    """One cell for each epoch of the page, filled for a person's stage, outlined for the model's.

    A page of one epoch or less shows the epochs before and after it as well.

    Attributes
    ----------
    epoch_chosen
        Emitted with the epoch that is clicked.
    """

    epoch_chosen = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        # It fills all of itself: without this, the traces are painted again for what is under it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self._scoring: Scoring | None = None
        self._remarks: Mapping[int, Remark] = {}
        self._epoch = 0
        self._selection = range(1)
        self._page_s = (0.0, EPOCH_S)
        self.setToolTip(tr("Stages of this page; click one to go to its epoch"))

    def show_page(self, page_s: tuple[float, float]) -> None:
        """Show another page."""
        self._page_s = page_s
        self.update()

    def show_scoring(self, scoring: Scoring | None, epoch: int, selection: range) -> None:
        """Show the stages around the current epoch, and which ones are selected."""
        self._scoring, self._epoch, self._selection = scoring, epoch, selection
        self._remarks = {} if scoring is None else scoring.remarks
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def cells(self) -> dict[int, QRectF]:
        """Place of each epoch shown."""
        if self._scoring is None:
            return {}
        n_epochs = len(self._scoring)
        start_s, stop_s = self._page_s
        width, height = float(self.width()), float(self.height())
        if stop_s - start_s <= EPOCH_S:
            epoch = epoch_at(start_s, n_epochs)
            cells = {epoch: QRectF(_NEIGHBOUR_PX, 0, width - 2 * _NEIGHBOUR_PX, height)}
            if epoch > 0:
                cells[epoch - 1] = QRectF(0, 0, _NEIGHBOUR_PX, height)
            if epoch + 1 < n_epochs:
                cells[epoch + 1] = QRectF(width - _NEIGHBOUR_PX, 0, _NEIGHBOUR_PX, height)
            return cells
        px_per_s = width / (stop_s - start_s)
        first, last = (epoch_at(time_s, n_epochs) for time_s in (start_s, stop_s - 1e-6))
        return {
            epoch: QRectF((epoch * EPOCH_S - start_s) * px_per_s, 0, EPOCH_S * px_per_s, height)
            for epoch in range(first, last + 1)
        }

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        for epoch, cell in self.cells().items():
            if cell.contains(event.position()):
                self.epoch_chosen.emit(epoch)
                return

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102
        self.menu_wanted.emit(event.globalPos())  # the click itself went to the epoch

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.surface))
        if self._scoring is None:
            return
        bold = QFont(self.font())
        bold.setBold(True)
        cells = self.cells()
        for epoch, cell in cells.items():
            score = self._scoring[epoch]
            is_current = epoch == self._epoch
            painter.setFont(bold if is_current else self.font())
            self._paint_cell(painter, cell, score)
            if cell.width() >= _LEAST_TEXT_PX:
                self._paint_text(painter, cell, epoch, score)
            painter.setFont(self.font())
            self._paint_remark(painter, cell, epoch)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for epoch, cell in cells.items():
            if epoch in self._selection and len(cells) > 1:
                painter.setPen(QPen(QColor(self._theme.accent), 2 if epoch == self._epoch else 1))
                painter.drawRect(cell.adjusted(1, 1, -1, -1))
        self._paint_part(painter)

    def _paint_part(self, painter: QPainter) -> None:
        """Underline what a page shorter than an epoch shows of it."""
        start_s, stop_s = self._page_s
        if stop_s - start_s >= EPOCH_S or self._scoring is None:
            return
        epoch = epoch_at(start_s, len(self._scoring))
        cell = self.cells()[epoch]
        px_per_s = cell.width() / EPOCH_S
        left = cell.left() + (start_s - epoch * EPOCH_S) * px_per_s
        part = QRectF(left, cell.bottom() - 6, (stop_s - start_s) * px_per_s, 6)
        painter.fillRect(part & cell, QColor(self._theme.accent))

    def _paint_cell(self, painter: QPainter, cell: QRectF, score: EpochScore) -> None:
        if score.stage is Stage.UNSCORED:
            painter.setPen(QColor(self._theme.strong_grid))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            colour = QColor(self._theme.stages[score.stage])
            painter.setPen(colour)
            painter.setBrush(colour if score.is_human else Qt.BrushStyle.NoBrush)
        if cell.width() < 4 and score.stage is not Stage.UNSCORED:
            # Outlines would run together: the model's stages are half as high instead.
            top = 2 if score.is_human else cell.height() / 2
            colour = QColor(self._theme.stages[score.stage])
            painter.fillRect(cell.adjusted(0, top, 0, -2), colour)
        elif cell.width() >= 4:
            painter.drawRect(cell.adjusted(1.5, 2.5, -1.5, -2.5))

    def comment_shown(self, epoch: int, cell: QRectF) -> str:
        """What of the comment on an epoch has room beside its stage; empty where none has."""
        comment = self._remarks.get(epoch, Remark()).comment
        room_px = int(cell.width() / 2 - _LEAST_TEXT_PX)
        if not comment or room_px < _LEAST_COMMENT_PX:
            return ""
        text = self.fontMetrics().elidedText(f"✎ {comment}", Qt.TextElideMode.ElideRight, room_px)
        return str(text)

    def _paint_remark(self, painter: QPainter, cell: QRectF, epoch: int) -> None:
        """Write a comment at the left, a corner where it has no room; hatch an artefact."""
        assert self._scoring is not None
        remark = self._remarks.get(epoch, Remark())
        if remark.artefact:
            colour = QColor(self._theme.warning)
            painter.fillRect(
                cell.adjusted(2, 3, -2, -3), QBrush(colour, Qt.BrushStyle.BDiagPattern)
            )
        text = self.comment_shown(epoch, cell)
        if text:
            place = QRectF(cell.left() + 6, cell.top(), cell.width() / 2, cell.height())
            painter.setPen(self._ink(self._scoring[epoch]))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, left, text)
        elif remark.comment:
            corner = cell.topLeft() + QPointF(1, 2)
            sides = [corner, corner + QPointF(_CORNER_PX, 0), corner + QPointF(0, _CORNER_PX)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.warning))
            painter.drawPolygon(QPolygonF(sides))

    def _ink(self, score: EpochScore) -> QColor:
        """Colour that can be read on a cell."""
        if score.stage is Stage.UNSCORED:
            return QColor(self._theme.faint_ink)
        if not score.is_human:
            return QColor(self._theme.ink)
        is_dark = QColor(self._theme.stages[score.stage]).lightnessF() < 0.6
        return QColor("#FFFFFF" if is_dark else "#14161A")

    def _paint_text(self, painter: QPainter, cell: QRectF, epoch: int, score: EpochScore) -> None:
        text = score.stage.label or "–"
        if self._page_s[1] - self._page_s[0] <= EPOCH_S and epoch != self._epoch:
            text = f"‹ {text}" if epoch < self._epoch else f"{text} ›"
        painter.setPen(self._ink(score))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)
