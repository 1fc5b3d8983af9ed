"""The list of work that was never saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import WrappedLabel

_WIDTH, _HEIGHT = 720, 320


@dataclass(frozen=True, slots=True)
class UnsavedRow:
    """A journal in the list.

    Attributes
    ----------
    text
        What work it holds.
    can_be_opened
        Whether there is anything to be had from it.
    """

    text: str
    can_be_opened: bool


@dataclass(frozen=True, slots=True)
class UnsavedChoice:
    """What becomes of one of them.

    Attributes
    ----------
    row
        Its index in the list.
    is_given_up
        Whether it is given up; else it is opened.
    """

    row: int
    is_given_up: bool


class UnsavedDialog(QDialog):
    """Lists work that was never saved, to open one or to give it up."""

    def __init__(self, parent: QWidget, rows: Sequence[UnsavedRow]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Unsaved work"))
        self.resize(_WIDTH, _HEIGHT)
        self.choice: UnsavedChoice | None = None
        self._rows = rows
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.addItems([row.text for row in rows])
        self.open_button = QPushButton(tr("Open it"))
        self.give_up_button = QPushButton(tr("Discard"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.give_up_button, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.rejected.connect(self.reject)
        self.open_button.clicked.connect(lambda: self._choose(is_given_up=False))
        self.give_up_button.clicked.connect(lambda: self._choose(is_given_up=True))
        self.list.currentRowChanged.connect(self._on_row_changed)
        layout = QVBoxLayout(self)
        hint = WrappedLabel(
            tr("This work was neither saved nor given up. It stays until you say so.")
        )
        layout.addWidget(hint)
        layout.addWidget(self.list)
        layout.addWidget(buttons)
        self.list.setCurrentRow(0)

    def _on_row_changed(self, row: int) -> None:
        self.open_button.setEnabled(row >= 0 and self._rows[row].can_be_opened)

    def _choose(self, *, is_given_up: bool) -> None:
        self.choice = UnsavedChoice(self.list.currentRow(), is_given_up)
        self.accept()
