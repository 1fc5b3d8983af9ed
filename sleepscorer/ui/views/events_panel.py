"""All that is marked in the night, as a table: filtered, sorted, gone to, changed in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.event_list import (
    KINDS,
    EventList,
    Listed,
    ListedKind,
    ListedRemark,
    ListFilter,
    ListOrder,
    RemarkKind,
    channel_of,
    source_of,
)
from sleepscorer.domain.event_rules import about_doubts
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.own_kinds import own_kind_of
from sleepscorer.domain.scoring import Scoring
from sleepscorer.ui.base.language import N_, fall_text, number, tr
from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.epoch_panel import NoteField

_Index = QModelIndex | QPersistentModelIndex

_SWATCH_PX = 10
_EDGE_PX = 2
_MARGINS_PX = 8
_ROW_MARGINS_PX = 3
_MARGINS = (6, 3, 6, 3)
_MARK = " ⚠"
_CUT_KIND = "Obstru…pnea"
"""Wide enough to tell kinds apart where they are cut in their middle."""

COLUMNS = (
    (ListOrder.TIME, N_("Time"), "22:58:30.0"),
    (ListOrder.KIND, N_("Kind"), ""),
    (ListOrder.DURATION, N_("Seconds"), "100.0 ⚠"),
    (ListOrder.STAGE, N_("Stage"), "N2"),
    (ListOrder.CHANNEL, N_("Channel"), "EEG C4-M1"),
    (ListOrder.TEXT, N_("Remark"), "Turns to the left"),
    (ListOrder.SOURCE, N_("By"), "Scorer"),
)
"""What the columns are sorted by, their names, and a text that is as wide as they are.

That of the kinds is as wide as the longest of their names.
"""

_ORDERS = [order for order, _, _ in COLUMNS]

_EDITABLE = (
    ListOrder.TIME,
    ListOrder.KIND,
    ListOrder.CHANNEL,
    ListOrder.DURATION,
    ListOrder.TEXT,
)


@dataclass(frozen=True, slots=True)
class ListEdit:
    """What a technician typed into a cell, for all selected rows.

    Attributes
    ----------
    items
        What is changed, the one of the cell first.
    order
        Which column.
    value
        A kind, or the text that was typed.
    """

    items: tuple[Listed, ...]
    order: ListOrder
    value: object


class EventsPanel(QWidget):
    """Filters and table.

    Attributes
    ----------
    is_seen
        Whether it can be seen.
    selection_changed
        Emitted when other rows are selected, or can be seen, than before.
    chosen
        Emitted with the rows that the technician selects, the one that was clicked first.
    edited
        Emitted with a `ListEdit`.
    menu_wanted
        Emitted with the place of a right click on a row, on the screen.
    """

    selection_changed = Signal()
    chosen = Signal(object)
    edited = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.is_seen = False
        self._list: EventList | None = None
        self._wanted = ListFilter()
        self._source: tuple[Scoring, Mapping[str, ChannelKind]] | None = None
        self._selected: tuple[Listed, ...] = ()
        self.kinds = _combo(tr("Only events of this kind"))
        self.channels = _combo(tr("Only events of this channel"))
        self.search = NoteField()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setToolTip(
            plain_tip(tr("Only what has this text in its kind, channel or remark"))
        )
        self.search.setClearButtonEnabled(True)
        self.doubtful = QCheckBox(tr("Beside the rule"))
        self.doubtful.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubtful.setToolTip(
            plain_tip(
                tr("Only events that are shorter, longer or elsewhere than the AASM Manual asks")
            )
        )
        self.count = PlainLabel()
        self.model = _Model(theme)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setItemDelegate(_Delegate(self))
        self.table.setWordWrap(False)  # a row is one line: what is too long ends in dots
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the window's
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_menu_requested)
        rows = self.table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + _ROW_MARGINS_PX)
        rows.setMinimumSectionSize(rows.defaultSectionSize())
        header = self.table.horizontalHeader()
        for column, (order, name, widest) in enumerate(COLUMNS):
            if order is not ListOrder.KIND:
                self.table.setColumnWidth(column, self._width_of(f"{tr(name)} ▾", tr(widest)))
        kinds = [tr(kind_label(kind)) for kind in (*EventKind, *RemarkKind)]
        self.table.fit_kinds(
            self._width_of(_CUT_KIND) + 2 * _SWATCH_PX, self._width_of(*kinds) + 2 * _SWATCH_PX
        )
        header.setStretchLastSection(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._arrange)
        self.table.clicked.connect(self._on_clicked)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.model.edited.connect(self._on_edited)
        self.kinds.activated.connect(lambda _: self._filter(kind=self.kinds.currentData()))
        self.channels.activated.connect(lambda _: self._filter(channel=self.channels.currentData()))
        self.search.textChanged.connect(lambda text: self._search(text.strip()))
        self.doubtful.toggled.connect(lambda on: self._filter(doubtful=on))
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.kinds, 1)
        first.addWidget(self.channels, 1)
        second.addWidget(self.search, 1)
        second.addWidget(self.doubtful)
        second.addWidget(self.count)
        # The window may be as low as before.
        self.table.setMinimumHeight(2 * rows.defaultSectionSize())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*_MARGINS)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.table, 1)

    @property
    def selected(self) -> tuple[Listed, ...]:
        """What is selected, in the order of the table."""
        return self._selected

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self.model.set_theme(theme)

    def set_clock(self, clock: Callable[[float], str]) -> None:
        """Write times in another way."""
        self.model.set_clock(clock)

    def set_oximeter(self, filled: Callable[[ScoredEvent], ScoredEvent]) -> None:
        """Say of events how far SpO₂ falls in them: they are given with nadir and baseline."""
        self.model.filled = filled

    def show_scoring(self, scoring: Scoring, channels: Mapping[str, ChannelKind]) -> None:
        """List what is marked in a scoring; it is worked out once it can be seen."""
        is_other = self._source is not None and self._source[0] is not scoring
        self._source = scoring, channels
        if self.is_seen:
            self._read()
        elif is_other:  # what is not seen keeps nothing of the night before
            self._list = None
            self.model.show_list(None)

    def set_seen(self, is_seen: bool) -> None:
        """Note whether it can be seen: the tab of another panel may be in front."""
        self.is_seen = is_seen
        if is_seen:
            wanted = self._selected
            self._read()
            self.select(wanted)
            QTimer.singleShot(0, self, self._scroll_to_selection)  # once the rows have places
        else:
            self.selection_changed.emit()

    def select(self, items: Sequence[Listed]) -> None:
        """Select other rows without telling of it, and show the first, once it can be seen."""
        self._selected = tuple(items)
        if not self.is_seen:
            self.selection_changed.emit()
            return
        self._show_selection()
        self._scroll_to_selection()

    def _scroll_to_selection(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self.table.scrollTo(rows[0])

    def select_all(self) -> None:
        """Select every row that is listed."""
        self.table.selectAll()

    def _width_of(self, *texts: str) -> int:
        return max(map(self.fontMetrics().horizontalAdvance, texts)) + _MARGINS_PX

    def _read(self) -> None:
        if self._source is None:
            return
        scoring, channels = self._source
        known = self._list
        is_same = known is not None and known.events is scoring.events
        if known is not None and is_same and known.remarks == tuple(scoring.remarks.items()):
            self.model.show_stages(scoring)
            return
        self._list = EventList(scoring, channels)
        self._offer()
        self._arrange()

    def _offer(self) -> None:
        """Offer the kinds and channels that there are, and what is wanted now."""
        assert self._list is not None
        kinds: list[tuple[str, object]] = [(tr("All kinds"), None)]
        kinds += [(tr(kind_label(kind)), kind) for kind in self._list.kinds]
        channels: list[tuple[str, object]] = [(tr("All channels"), None)]
        channels += [(label, label) for label in self._list.channels]
        for combo, choices, wanted in (
            (self.kinds, kinds, self._wanted.kind),
            (self.channels, channels, self._wanted.channel),
        ):
            there = [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())]
            if wanted not in (value for _, value in choices):
                # Its last one was taken away just now.
                text = wanted if isinstance(wanted, str) else tr(kind_label(wanted))
                choices.append((text, wanted))
            if there != choices:
                combo.clear()
                for text, value in choices:
                    combo.addItem(text, value)
            combo.setCurrentIndex([value for _, value in choices].index(wanted))

    def _search(self, text: str) -> None:
        shown = {kind: tr(kind_label(kind)).casefold() for kind in KINDS} if text else {}
        named = frozenset(kind for kind, name in shown.items() if text.casefold() in name)
        self._filter(text=text, named=named)

    def _filter(self, **changes: object) -> None:
        self._wanted = replace(self._wanted, **changes)  # type: ignore[arg-type]
        self._arrange()

    def _arrange(self) -> None:
        if self._list is None:
            return
        header = self.table.horizontalHeader()
        order = COLUMNS[header.sortIndicatorSection()][0]
        is_descending = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        self._list.arrange(self._wanted, order, descending=is_descending)
        self.model.show_list(self._list)
        n_shown, n_all = len(self._list), self._list.n_all
        self.count.setText(f"{n_shown}" if n_shown == n_all else f"{n_shown} / {n_all}")
        self._show_selection()

    def _show_selection(self) -> None:
        rows = [] if self._list is None else self._list.rows_of(self._selected)
        chosen = QItemSelection()
        for first, last in _runs(rows):
            chosen.select(self.model.index(first, 0), self.model.index(last, len(COLUMNS) - 1))
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(False)
        self.table.viewport().update()
        self._selected = tuple(self.model.item(row) for row in rows)
        self.selection_changed.emit()

    def _on_selected(self) -> None:
        """Tell what is selected, as a click or a drag goes on."""
        rows = self.table.selectionModel().selectedRows()
        self._selected = tuple(self.model.item(row) for row in sorted(one.row() for one in rows))
        self.selection_changed.emit()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.search.clearFocus()  # keys are meant for what is selected now
        self.chosen.emit(self._selected_from(self.model.item(index.row())) or self._selected)

    def _on_edited(self, row: int, order: ListOrder, value: object) -> None:
        item = self.model.item(row)
        self.edited.emit(ListEdit(self._selected_from(item) or (item,), order, value))

    def _selected_from(self, item: Listed) -> tuple[Listed, ...]:
        """What is selected with one of it in front; nothing where that is not selected."""
        if item not in self._selected:
            return ()
        place = self._selected.index(item)
        return (item, *self._selected[:place], *self._selected[place + 1 :])

    def _on_menu_requested(self, position: QPoint) -> None:
        index = self.table.indexAt(position)
        if not index.isValid():
            return
        item = self.model.item(index.row())
        if item not in self._selected:
            self.chosen.emit((item,))
        self.menu_wanted.emit(self.table.viewport().mapToGlobal(position))


class _Table(QTableView):
    """Cuts kinds where the columns that matter most would not be seen else: all up to durations."""

    _KIND, _DURATION = (_ORDERS.index(one) for one in (ListOrder.KIND, ListOrder.DURATION))

    def __init__(self) -> None:
        super().__init__()
        self._kinds_px = (0, 0)

    def fit_kinds(self, least_px: int, most_px: int) -> None:
        """Keep the column of the kinds between two widths."""
        self._kinds_px = least_px, most_px
        self.setColumnWidth(self._KIND, most_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            return
        others = (one for one in range(self._DURATION + 1) if one != self._KIND)
        room_px = event.size().width() - sum(map(self.columnWidth, others))
        least_px, most_px = self._kinds_px
        self.setColumnWidth(self._KIND, max(least_px, min(room_px, most_px)))


class _Model(QAbstractTableModel):
    """The list as a table; a cell is made when it is seen.

    Attributes
    ----------
    filled
        Gives an event with nadir and baseline of SpO₂, where they are known.
    edited
        Emitted with row, column and what was typed.
    """

    edited = Signal(int, object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._list: EventList | None = None
        self._clock: Callable[[float], str] = lambda time_s: number(time_s, ".1f")
        self.filled: Callable[[ScoredEvent], ScoredEvent] = lambda event: event

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._repaint(ListOrder.KIND)

    def set_clock(self, clock: Callable[[float], str]) -> None:
        self._clock = clock
        self._repaint(ListOrder.TIME)

    def show_list(self, listed: EventList | None) -> None:
        self.beginResetModel()
        self._list = listed
        self.endResetModel()

    def show_stages(self, scoring: Scoring) -> None:
        """Show what became of the stages."""
        if self._list is not None:
            self._list.see_stages_of(scoring)
            self._repaint(ListOrder.STAGE)

    def item(self, row: int) -> Listed:
        assert self._list is not None
        return self._list[row]

    @property
    def channel_labels(self) -> tuple[str, ...]:
        """Labels of all channels that an event can be of."""
        return () if self._list is None else self._list.labels

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._list is None or parent.isValid() else len(self._list)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section][1])
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self._can_be_edited(self.item(index.row()), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._list is None or not index.isValid():
            return None
        item, order = self.item(index.row()), COLUMNS[index.column()][0]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(item, order)
            case Qt.ItemDataRole.EditRole:
                return item.kind if order is ListOrder.KIND else self._text(item, order, bare=True)
            case Qt.ItemDataRole.DecorationRole if order is ListOrder.KIND:
                return _swatch(item, self._theme)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._told(item))
            case _:
                return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or value == self.data(index, role):
            return False
        # The edit goes through the document, and comes back as another list.
        self.edited.emit(index.row(), COLUMNS[index.column()][0], value)
        return True

    def _text(self, item: Listed, order: ListOrder, *, bare: bool = False) -> str:
        assert self._list is not None
        match order:
            case ListOrder.TIME:
                return self._clock(item.onset_s)
            case ListOrder.STAGE:
                return self._list.stage_of(item).label or "–"
            case ListOrder.KIND:
                own = isinstance(item, ScoredEvent) and own_kind_of(item, self._theme.own_kinds)
                return own.name if own else tr(kind_label(item.kind))
            case ListOrder.CHANNEL:
                return channel_of(item)
            case ListOrder.DURATION:
                mark = _MARK if not bare and self._list.doubts_about(item) else ""
                return f"{number(item.duration_s, '.1f')}{mark}"
            case ListOrder.TEXT:
                return item.text
            case ListOrder.SOURCE:
                return source_of(item)

    def _told(self, item: Listed) -> str:
        """All that is known of a row, where it has no room for that, and what is doubtful of it."""
        assert self._list is not None
        told = " · ".join(filter(None, (self._text(item, order) for order in _ORDERS)))
        if not isinstance(item, ScoredEvent):
            return told
        doubts, filled = self._list.doubts_about(item), self.filled(item)
        lines = [told, *([tr(about_doubts(item, doubts))] if doubts else [])]
        if filled.spo2_baseline is not None and filled.spo2_nadir is not None:
            lines.append(fall_text(filled.spo2_baseline, filled.spo2_nadir))
        return "\n".join(lines)

    def _can_be_edited(self, item: Listed, column: int) -> bool:
        order = COLUMNS[column][0]
        if isinstance(item, ListedRemark):
            return order is ListOrder.TEXT and item.kind is RemarkKind.COMMENT
        return order in _EDITABLE

    def _repaint(self, order: ListOrder) -> None:
        column = _ORDERS.index(order)
        if self.rowCount():
            last = self.index(self.rowCount() - 1, column)
            self.dataChanged.emit(self.index(0, column), last)


class _Delegate(QStyledItemDelegate):
    """Offers kinds and channels to choose from; everything else is typed."""

    def __init__(self, panel: EventsPanel) -> None:
        super().__init__(panel)
        self._panel = panel

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        order = COLUMNS[index.column()][0]
        if order not in (ListOrder.KIND, ListOrder.CHANNEL):
            editor = QLineEdit(parent)
            editor.setAcceptDrops(False)
            return editor
        combo = QComboBox(parent)
        if order is ListOrder.KIND:
            for kind in EventKind:
                combo.addItem(tr(kind.label), kind)
        else:
            for label in ("", *self._panel.model.channel_labels):
                combo.addItem(label, label)
        combo.activated.connect(partial(self._commit, combo))
        return combo

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        if COLUMNS[index.column()][0] is ListOrder.KIND:
            # Kinds differ at both ends: obstructive apnea, central apnea, obstructive hypopnea.
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        super().updateEditorGeometry(editor, option, index)
        place = editor.geometry()  # rows are lower than a field needs to be
        place.setSize(place.size().expandedTo(editor.sizeHint()))
        place.moveCenter(option.rect.center())
        place.moveLeft(option.rect.left())
        editor.setGeometry(place)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(value))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def _commit(self, combo: QComboBox, _index: int) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)


def kind_label(kind: ListedKind | None) -> str:
    """Name of a kind, before it is translated."""
    if isinstance(kind, EventKind):
        return kind.label
    return "" if kind is None else kind.value


def listed_colour(item: Listed, theme: Theme) -> str:
    """Colour of what is listed, as on the page."""
    if isinstance(item, ScoredEvent):
        return theme.of_event(item)
    return theme.warning if item.kind is RemarkKind.ARTEFACT else theme.faint_ink


def _combo(tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    combo.setToolTip(plain_tip(tip))
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _swatch(item: Listed, theme: Theme) -> QPixmap:
    """The colour of a kind; hollow, as on the traces, where it is only suggested."""
    swatch = QPixmap(_SWATCH_PX, _SWATCH_PX)
    swatch.fill(Qt.GlobalColor.transparent)
    painter = QPainter(swatch)
    painter.fillRect(swatch.rect(), QColor(listed_colour(item, theme)))
    if isinstance(item, ScoredEvent) and item.is_proposed:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        inside = swatch.rect().adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        painter.fillRect(inside, Qt.GlobalColor.black)
    painter.end()
    return swatch


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of rows that follow each other."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs
