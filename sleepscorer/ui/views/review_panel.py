"""The review queue: what is worth a look, and what looking at it is expected to bring."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.review import BUDGET_STEPS, ReviewFilter, ReviewItem, ReviewQueue
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel

_LEAST_ROWS = 3

_Index = QModelIndex | QPersistentModelIndex


class ReviewPanel(QWidget):
    """Filter, budget and list of the queue.

    Attributes
    ----------
    filter_chosen
        Emitted with the `ReviewFilter` that the technician chooses.
    epoch_chosen
        Emitted with the epoch that is clicked.
    """

    filter_chosen = Signal(object)
    epoch_chosen = Signal(int)

    def __init__(self, previous: QAction, following: QAction) -> None:
        super().__init__()
        self._queue: ReviewQueue | None = None
        self.filters = QComboBox()
        self.filters.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.filters.activated.connect(
            lambda index: self.filter_chosen.emit(self.filters.itemData(index))
        )
        self.place = PlainLabel()
        self.place.setToolTip(tr("Decided, of those in the queue"))
        self.budget = PlainLabel()
        self.budget.setWordWrap(True)
        self.budget.setToolTip(
            tr(
                "Agreement with a careful scorer that the probabilities of the network announce, "
                "when the next epochs of this queue are decided"
            )
        )
        self._model = _QueueModel()
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(_LEAST_ROWS * (self.fontMetrics().height() + 1))
        self.list.setToolTip(
            tr("Epoch, its stage | what it may be instead, and the chance that the stage is wrong")
        )
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the window's
        self.list.clicked.connect(lambda index: self.epoch_chosen.emit(self._item(index).epoch))
        top = QHBoxLayout()
        top.addWidget(self.filters, 1)
        top.addWidget(self.place)
        for action, arrow in (
            (previous, Qt.ArrowType.UpArrow),
            (following, Qt.ArrowType.DownArrow),
        ):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setArrowType(arrow)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.budget)
        layout.addWidget(self.list, 1)

    def offer_filters(self, filters: Sequence[ReviewFilter]) -> None:
        """Offer other filters, without a signal."""
        if [self.filters.itemData(row) for row in range(self.filters.count())] == list(filters):
            return
        self.filters.clear()
        for one in filters:
            self.filters.addItem(tr(one.value), one)

    def show_queue(self, queue: ReviewQueue | None, epoch: int) -> None:
        """Show another queue, with the current epoch marked."""
        self._queue = queue
        self._model.set_queue(queue)
        if queue is not None:
            self.filters.setCurrentIndex(self.filters.findData(queue.review_filter))
        self.budget.setText("" if queue is None else _budget_text(queue))
        self.show_epoch(epoch)

    def show_epoch(self, epoch: int) -> None:
        """Mark the current epoch where it is in the queue."""
        queue = self._queue
        if queue is None or not len(queue):
            self.place.setText("" if queue is None else tr("none"))
            return
        place = queue.place(epoch)
        if place is None:
            self.list.clearSelection()
        else:
            index = self._model.index(place)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        self.place.setText(f"{queue.n_reviewed} / {len(queue)}")

    def _item(self, index: QModelIndex) -> ReviewItem:
        assert self._queue is not None
        return self._queue[index.row()]


class _QueueModel(QAbstractListModel):
    """The queue as a list; a row is made when it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: ReviewQueue | None = None

    def set_queue(self, queue: ReviewQueue | None) -> None:
        self.beginResetModel()
        self._queue = queue
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._queue is None or parent.isValid() else len(self._queue)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._queue is None or not index.isValid():
            return None
        item = self._queue[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item_text(item)
        if role == Qt.ItemDataRole.FontRole and item.is_reviewed:
            font = QFont()
            font.setItalic(True)
            return font
        return None


def item_text(item: ReviewItem) -> str:
    """Row of an epoch: its number, its stage and what it may be instead, and how likely that is."""
    stage, rival = item.stage.label or "–", item.rival.label or "–"
    if item.is_reviewed:
        return f"{item.epoch + 1}   {stage}   ✓"
    return f"{item.epoch + 1}   {stage} | {rival}   {item.gain:.0%}".replace("%", " %")


def _budget_text(queue: ReviewQueue) -> str:
    budget = queue.budget
    if math.isnan(budget.now):
        return tr("Score automatically (F9) to see which epochs are doubtful.")
    now = f"{100 * budget.now:.0f}"
    if queue.n_reviewed == len(queue):
        return tr("Agreement expected: {now} % now; nothing is left to review").format(now=now)
    later = ", ".join(f"{100 * agreement:.0f}" for agreement in budget.later)
    steps = ", ".join(str(step) for step in BUDGET_STEPS)
    text = tr("Agreement expected: {now} % now; {later} % after {steps} more")
    return text.format(now=now, later=later, steps=steps)
