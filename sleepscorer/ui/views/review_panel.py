"""The review queue: what is worth a look, and what looking at it is expected to bring."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.phrases import per_cent
from sleepscorer.domain.review import BUDGET_STEPS, ReviewFilter, ReviewItem, ReviewQueue
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.plain_text import PlainLabel

_LEAST_ROWS = 3
_COLUMNS = (
    (N_("epoch"), N_("Number of the epoch; a click goes there")),
    (N_("is"), N_("Its stage now")),
    (N_("maybe"), N_("The stage that it may be instead")),
    (N_("risk"), N_("Chance that the stage is wrong; ✓ where a person has decided")),
)
_WIDE = 0, 2

_Index = QModelIndex | QPersistentModelIndex


class ReviewPanel(QWidget):
    """Filter, budget and list of the queue.

    Attributes
    ----------
    filter_chosen
        Emitted with the `ReviewFilter` that the technician chooses.
    epoch_chosen
        Emitted with the epoch that is clicked.
    menu_wanted
        Emitted with the place of a right click on an epoch, on the screen, once that is chosen.
    """

    filter_chosen = Signal(object)
    epoch_chosen = Signal(int)
    menu_wanted = Signal(QPoint)

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
        self.list = QTableView()
        self.list.setModel(self._model)
        self.list.setShowGrid(False)
        self.list.setWordWrap(False)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        rows = self.list.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(self.fontMetrics().height() + 2)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 2)
        columns = self.list.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in _WIDE:  # their headings may have no room in a quarter of the panel
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        columns.setResizeContentsPrecision(0)  # of rows that are seen
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        self.list.setMinimumHeight((_LEAST_ROWS + 1) * (self.fontMetrics().height() + 4))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the window's
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu_requested)
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
        layout.setContentsMargins(6, 3, 6, 3)
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
        """Show another queue from its top, with the current epoch marked."""
        former, self._queue = self._queue, queue
        place_px = self.list.verticalScrollBar().value()
        self._model.set_queue(queue)
        if queue is not None:
            self.filters.setCurrentIndex(self.filters.findData(queue.review_filter))
        text = "" if queue is None else _budget_text(queue)
        self.budget.setText(text.replace(" %", "\N{NO-BREAK SPACE}%"))
        self._mark(epoch)
        if _is_same_round(former, queue):
            self.list.verticalScrollBar().setValue(place_px)
        else:
            self.list.scrollToTop()

    def show_epoch(self, epoch: int) -> None:
        """Mark the current epoch where it is in the queue."""
        if self._mark(epoch):
            self.list.scrollTo(self.list.currentIndex())

    def _mark(self, epoch: int) -> bool:
        """Mark an epoch; return whether it is in the queue."""
        queue = self._queue
        if queue is None or not len(queue):
            self.place.setText("" if queue is None else tr("none"))
            return False
        self.place.setText(f"{queue.n_reviewed} / {len(queue)}")
        place = queue.place(epoch)
        if place is None:
            self.list.clearSelection()
            return False
        self.list.selectRow(place)
        return True

    def _on_menu_requested(self, position: QPoint) -> None:
        index = self.list.indexAt(position)
        if index.isValid():
            self.epoch_chosen.emit(self._item(index).epoch)
            self.menu_wanted.emit(self.list.viewport().mapToGlobal(position))

    def _item(self, index: QModelIndex) -> ReviewItem:
        assert self._queue is not None
        return self._queue[index.row()]


class _QueueModel(QAbstractTableModel):
    """The queue as a table; a row is made when it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: ReviewQueue | None = None

    def set_queue(self, queue: ReviewQueue | None) -> None:
        self.beginResetModel()
        self._queue = queue
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._queue is None or parent.isValid() else len(self._queue)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(_COLUMNS[section][0])
            if role == Qt.ItemDataRole.ToolTipRole:
                return tr(_COLUMNS[section][1])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._queue is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(_COLUMNS[index.column()][1])
        item = self._queue[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item_texts(item)[index.column()]
        if role == Qt.ItemDataRole.FontRole and item.is_reviewed:
            font = QFont()
            font.setItalic(True)
            return font
        return None


def item_texts(item: ReviewItem) -> tuple[str, str, str, str]:
    """Row of an epoch: its number, its stage, what it may be instead, how likely that is."""
    number, stage = str(item.epoch + 1), item.stage.label or "–"
    if item.is_reviewed:
        return number, stage, "", "✓"
    return number, stage, item.rival.label or "–", per_cent(item.gain)


def _is_same_round(former: ReviewQueue | None, queue: ReviewQueue | None) -> bool:
    if former is None or queue is None or former.review_filter is not queue.review_filter:
        return False
    return bool(np.isin(former.epochs, queue.epochs).any())


def done_text(queue: ReviewQueue) -> str:
    """Say that all of a round was looked at, and what comes after it."""
    done = tr("All %n epoch(s) worth a look were looked at.", None, len(queue))
    if queue.n_waiting:
        return f"{done} " + tr("Q begins with the next ones.")
    return f"{done} " + tr("Nothing else is doubtful; Q shows again what was left open.")


def _budget_text(queue: ReviewQueue) -> str:
    budget, n_open = queue.budget, len(queue) - queue.n_reviewed
    if math.isnan(budget.now):
        return tr("Score automatically (F9) to see which epochs are doubtful.")
    now = f"{100 * budget.now:.0f}"
    if not n_open and not queue.n_waiting:
        return tr("Agreement expected: {now} % now; nothing is left to review").format(now=now)
    if not n_open:
        text = tr("Done. Agreement expected: {now} % now; %n more can wait", None, queue.n_waiting)
        return text.format(now=now)
    if queue.review_filter.has_rounds:
        text = tr("%n worth a look. Agreement expected: {now} % now, {done} % after", None, n_open)
        return text.format(now=now, done=f"{100 * budget.done:.0f}")
    steps = [step for step in BUDGET_STEPS if step < n_open]
    later = [f"{100 * agreement:.0f}" for agreement in budget.later[: len(steps)]]
    text = tr("Agreement expected: {now} % now; {later} % after {steps} more")
    return text.format(
        now=now,
        later=", ".join((*later, f"{100 * budget.done:.0f}")),
        steps=", ".join(str(step) for step in (*steps, n_open)),
    )
