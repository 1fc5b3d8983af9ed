"""All keys in one list that can be searched, and changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.texts import markup
from sleepscorer.file_questions import home
from sleepscorer.io.atomic import write_file
from sleepscorer.io.text_files import read_text
from sleepscorer.ui.actions.action_table import (
    ACTIONS,
    EDIT,
    EVENTS,
    REVIEW,
    SCORING,
    TRACES,
    VIEW,
)
from sleepscorer.ui.actions.actions import ActionSpec
from sleepscorer.ui.actions.key_bindings import KeyBindings
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.layouts import FRAME_PX
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel

_MENU, _ACTION, _KEYS = range(3)
_HEIGHT_PX = 720
_FIRST_MENUS = (SCORING, REVIEW, EVENTS, VIEW, TRACES, EDIT)
"""Menus whose keys are pressed most, before all others."""


def _place(spec: ActionSpec) -> int:
    is_first = spec.menu in _FIRST_MENUS
    return _FIRST_MENUS.index(spec.menu) if is_first else len(_FIRST_MENUS)


_ROWS = sorted(ACTIONS, key=_place)


class ShortcutSheet(QDialog):
    """Lists every action with its keys; typing narrows the list down.

    A key is given to the chosen action by pressing it in the field below. When it belongs to
    another action, that is said before it is taken from there.
    """

    def __init__(self, bindings: KeyBindings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self._bindings = bindings
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search: a key or what it does"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.table = QTableWidget(len(_ROWS), 3)
        self.table.setTabKeyNavigation(False)  # Tab leads out of it
        self.table.setHorizontalHeaderLabels([tr("Menu"), tr("Action"), tr("Keys")])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(_ACTION, QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._on_action_chosen)
        self.key = QKeySequenceEdit()
        self.key.setMaximumSequenceLength(1)
        self.key.keySequenceChanged.connect(self._show_owner)
        self.message = PlainLabel()
        self.message.setWordWrap(True)
        self.message.setMinimumHeight(2 * self.fontMetrics().height())
        self.use_button = QPushButton(tr("Use this key"))
        self.add_button = QPushButton(tr("Add this key"))
        self.none_button = QPushButton(tr("No key"))
        self.usual_button = QPushButton(tr("Default keys"))
        self.all_usual_button = QPushButton(tr("Default keys for all"))
        self.use_button.clicked.connect(lambda: self._give(keep=False))
        self.add_button.clicked.connect(lambda: self._give(keep=True))
        self.none_button.clicked.connect(lambda: bindings.set_keys(self._chosen, ()))
        self.usual_button.clicked.connect(lambda: bindings.reset(self._chosen))
        self.all_usual_button.clicked.connect(bindings.reset_all)
        bindings.changed.connect(lambda _own: self._list_keys())
        row = QHBoxLayout()
        row.addWidget(PlainLabel(tr("New key")))
        row.addWidget(self.key, 1)
        for button in (self.use_button, self.add_button, self.none_button, self.usual_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.all_usual_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        mouse = WrappedLabel(
            tr(
                "The mouse: a drag over a trace measures it, and an event key then marks it; a "
                "click on an event chooses it, its ends can be dragged. The wheel turns pages, "
                "with Ctrl it changes the sensitivity or zooms the night. Shift+click in the "
                "night selects."
            )
        )
        layout.addWidget(mouse)
        layout.addWidget(self.table)
        layout.addWidget(self.message)
        layout.addLayout(row)
        self.print_button = QPushButton(tr("Print…"))
        self.print_button.clicked.connect(self._print)
        close_button = QPushButton(tr("Close"))
        close_button.clicked.connect(self.close)
        below = QHBoxLayout()
        self.save_button = QPushButton(tr("Save keys…"))
        self.save_button.clicked.connect(self._save)
        self.load_button = QPushButton(tr("Load keys…"))
        self.load_button.clicked.connect(self._load)
        below.addWidget(self.all_usual_button)
        for button in (self.save_button, self.load_button, self.print_button, close_button):
            if button is self.print_button:
                below.addStretch(1)
            button.setAutoDefault(False)
            below.addWidget(button)
        layout.addLayout(below)
        for place, spec in enumerate(_ROWS):
            menu = tr(spec.menu).replace("&", "")
            name = tr(spec.text) if spec.is_name else tr(spec.text).replace("&", "")
            # Montages have their names from the technician.
            name = name or bindings.actions[spec.id].text().replace("&&", "&")
            for column, text in ((_MENU, menu), (_ACTION, name.rstrip("…")), (_KEYS, "")):
                self.table.setItem(place, column, QTableWidgetItem(text))
        self._list_keys()
        for column in (_MENU, _KEYS):
            self.table.resizeColumnToContents(column)
        self._on_action_chosen()
        # Wide enough for the longest names of this language.
        margins = layout.contentsMargins()
        width_px = sum(map(self.table.sizeHintForColumn, (_MENU, _ACTION, _KEYS)))
        width_px += self.table.verticalScrollBar().sizeHint().width()
        width_px += margins.left() + margins.right() + 2 * self.table.frameWidth()
        room = self.screen().availableSize() - FRAME_PX
        self.resize(QSize(width_px, _HEIGHT_PX).boundedTo(room))

    def shown_actions(self) -> list[str]:
        """Texts of the actions that the search leaves."""
        rows = range(self.table.rowCount())
        return [self._text(row, _ACTION) for row in rows if not self.table.isRowHidden(row)]

    def choose(self, action_id: str) -> None:
        """Choose the action whose keys are to be changed."""
        self.table.selectRow([spec.id for spec in _ROWS].index(action_id))

    @property
    def page(self) -> str:
        """The actions that have keys, as a page to print."""
        rows = (
            [markup(self._text(row, column)) for column in (_MENU, _ACTION, _KEYS)]
            for row in range(self.table.rowCount())
            if self._text(row, _KEYS)
        )
        cells = "".join(
            f"<tr><td>{menu}</td><td>{action}</td><td><b>{keys}</b></td></tr>"
            for menu, action, keys in rows
        )
        return f"<h3>{markup(self.windowTitle())}</h3><table cellpadding='2'>{cells}</table>"

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            document = QTextDocument()
            document.setHtml(self.page)
            document.print_(printer)

    def _save(self) -> None:
        """Write the keys to a file, as for the other computers of a laboratory."""
        proposal = str(home() / "sleepscorer-keys.txt")
        kind = f"{tr('Keys')} (*.txt)"
        name, _ = QFileDialog.getSaveFileName(self, tr("Save keys"), proposal, kind)
        if name:
            self._try(lambda: write_file(Path(name), self._bindings.as_text.encode("utf-8")))

    def _load(self) -> None:
        kind = f"{tr('Keys')} (*.txt)"
        name, _ = QFileDialog.getOpenFileName(self, tr("Load keys"), str(home()), kind)
        if name:
            self._try(lambda: self._take(Path(name)))

    def _take(self, path: Path) -> None:
        if not self._bindings.take_text(read_text(path)):
            self.message.setText(tr("{file} holds no keys.").format(file=path.name))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except ScoringError as error:
            self.message.setText(tr(error))

    @property
    def _chosen(self) -> str:
        """Id of the chosen action; empty without."""
        rows = self.table.selectionModel().selectedRows()
        return _ROWS[rows[0].row()].id if rows else ""

    def _list_keys(self) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        for row, spec in enumerate(_ROWS):
            keys = self._bindings.keys[spec.id]
            item = self.table.item(row, _KEYS)
            assert item is not None
            item.setText(", ".join(QKeySequence(key).toString(native) for key in keys))
            font = item.font()
            font.setBold(self._bindings.is_own(spec.id))
            item.setFont(font)
        self._show_owner()

    def _on_action_chosen(self) -> None:
        self.key.clear()
        self._show_owner()

    def _show_owner(self) -> None:
        """Say whose key was pressed, and what can be done with it."""
        chosen, key = self._chosen, self.key.keySequence().toString()
        owner = self._bindings.owner(key) if key else ""
        for button in (self.use_button, self.add_button):
            button.setEnabled(bool(chosen and key and owner != chosen))
        self.none_button.setEnabled(bool(chosen))
        self.usual_button.setEnabled(bool(chosen) and self._bindings.is_own(chosen))
        if not chosen:
            text = tr("Choose an action, then press a key in the field below to give it to it.")
        elif not key:
            text = tr("Press the new key of “{action}”.").format(action=self._name(chosen))
        elif owner == chosen:
            text = tr("“{action}” has this key already.").format(action=self._name(chosen))
        elif owner:
            text = tr("This is the key of “{action}”, which would lose it.")
            text = text.format(action=self._name(owner))
        else:
            text = tr("This key is free.")
        self.message.setText(text)

    def _give(self, *, keep: bool) -> None:
        kept = self._bindings.keys[self._chosen] if keep else ()
        self._bindings.set_keys(self._chosen, (*kept, self.key.keySequence().toString()))

    def _name(self, action_id: str) -> str:
        return self._text([spec.id for spec in _ROWS].index(action_id), _ACTION)

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text()

    def _narrow(self, wanted: str) -> None:
        for row in range(self.table.rowCount()):
            texts = " ".join(self._text(row, column) for column in range(3))
            self.table.setRowHidden(row, wanted.casefold() not in texts.casefold())
