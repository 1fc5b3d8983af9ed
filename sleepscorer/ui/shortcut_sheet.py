"""All keys in one list that can be searched."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.ui.actions import ACTIONS
from sleepscorer.ui.language import tr


class ShortcutSheet(QDialog):
    """Lists every action with its keys; typing narrows the list down."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(520, 640)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search: a key or what it does"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels([tr("Menu"), tr("Action"), tr("Keys")])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.table)
        for spec in ACTIONS:
            native = QKeySequence.SequenceFormat.NativeText
            keys = ", ".join(key.toString(native) for key in actions[spec.id].shortcuts())
            menu, text = (text.replace("&", "") for text in (tr(spec.menu), spec.shown_text))
            self._add(menu, text.rstrip("…"), keys)
        self.table.resizeColumnToContents(0)

    def shown_actions(self) -> list[str]:
        """Texts of the actions that the search leaves."""
        rows = range(self.table.rowCount())
        return [self._text(row, 1) for row in rows if not self.table.isRowHidden(row)]

    def _add(self, *texts: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(texts):
            self.table.setItem(row, column, QTableWidgetItem(text))

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text()

    def _narrow(self, wanted: str) -> None:
        for row in range(self.table.rowCount()):
            texts = " ".join(self._text(row, column) for column in range(3))
            self.table.setRowHidden(row, wanted.casefold() not in texts.casefold())
