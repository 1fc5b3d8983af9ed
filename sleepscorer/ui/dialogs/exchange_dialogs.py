"""Dialogs about files that come in and go out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.texts import markup
from sleepscorer.io.deidentified import Times
from sleepscorer.report.sheet import STYLE
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.plain_text import WrappedLabel

_WIDTH, _TALLEST = 560, 320
_BORDER_PX = 2

_TIMES_TEXTS = {
    Times.DATE_HIDDEN: N_("Keep the time of day, hide the date (1 January 1985)"),
    Times.SHIFTED: N_("Hide both: the recording begins at midnight"),
    Times.KEPT: N_("Keep date and time"),
}


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """How a de-identified copy is to be made.

    Attributes
    ----------
    folder
        Where it is written.
    name
        Name of its files without suffix.
    times
        What becomes of clock times.
    """

    folder: Path
    name: str
    times: Times


class NoticeDialog(QDialog):
    """A heading and a list of sentences, to be accepted or only read."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        heading: str,
        sentences: Sequence[str],
        footnote: str = "",
        accept_text: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        label = WrappedLabel(heading)
        layout.addWidget(label)
        if sentences:
            items = "".join(f"<li>{markup(tr(sentence))}</li>" for sentence in sentences)
            self.text = QTextBrowser()
            self.text.setHtml(f'<ul style="margin-left: -20px;">{items}</ul>')
            self.text.document().setTextWidth(_WIDTH - 60)
            needed = math.ceil(self.text.document().size().height())
            self.text.setFixedHeight(min(needed + 8, _TALLEST))
            layout.addWidget(self.text)
        self._extend(layout)
        if footnote:
            note = WrappedLabel(footnote)
            note.setEnabled(False)
            layout.addWidget(note)
        buttons = QDialogButtonBox()
        if accept_text:
            accept = buttons.addButton(accept_text, QDialogButtonBox.ButtonRole.AcceptRole)
            accept.setDefault(True)
            buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        else:
            buttons.addButton(QDialogButtonBox.StandardButton.Close)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def is_accepted(self) -> bool:
        """Show it and wait for the answer."""
        return self.exec() == QDialog.DialogCode.Accepted

    def _extend(self, layout: QVBoxLayout) -> None:
        """Add what else is to be answered."""


class NameDialog(NoticeDialog):
    """A notice that is accepted together with the name of a person."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        heading: str,
        sentences: Sequence[str],
        footnote: str,
        accept_text: str,
        *,
        label: str,
        name: str,
        hint: str = "",
    ) -> None:
        self.name = QLineEdit(name)
        self.name.setPlaceholderText(hint)
        self._label = label
        super().__init__(parent, title, heading, sentences, footnote, accept_text)

    def _extend(self, layout: QVBoxLayout) -> None:
        row = QFormLayout()
        row.addRow(self._label, self.name)
        layout.addLayout(row)

    def answer(self) -> str | None:
        """Show it and wait for the name; None when it is not accepted."""
        return self.name.text().strip() if self.is_accepted() else None


class PageDialog(QDialog):
    """A page of text and tables that can be selected and copied.

    Its pictures are named as they lie in a folder.
    """

    def __init__(
        self, parent: QWidget, title: str, html: str, pictures: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(960, 620)
        self.page = QTextBrowser()
        self.page.horizontalScrollBar().rangeChanged.connect(self._on_width_changed)
        if pictures is not None:
            self.page.setSearchPaths([str(pictures)])
        # Paper in dark themes, too: it is what will be printed.
        self.page.setStyleSheet("QTextBrowser { background: #FFFFFF; color: #1F2328; }")
        self.page.document().setDefaultStyleSheet(STYLE)
        self.page.setHtml(html)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.page, 1)
        layout.addWidget(buttons)

    def _on_width_changed(self, _first_px: int, last_px: int) -> None:
        """Show a scroll bar only where something is out of sight: tables are a border wider."""
        policy = Qt.ScrollBarPolicy
        is_needed = last_px > _BORDER_PX
        self.page.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if is_needed else policy.ScrollBarAlwaysOff
        )


class CopyDialog(QDialog):
    """Asks how a de-identified copy is to be made."""

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("De-identified copy"))
        self.setMinimumWidth(560)
        self.folder = QLineEdit(str(folder))
        choose = QPushButton(tr("Choose…"))
        choose.clicked.connect(self._choose_folder)
        line = QWidget(self)  # a form would leave what is in a layout alone to Python
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        self.name = QLineEdit("recording-1")
        self.times = QComboBox()
        for times, text in _TIMES_TEXTS.items():
            self.times.addItem(tr(text), times)
        explanation = WrappedLabel(
            tr(
                "Only what is known to name nobody goes into the copy: samples, stages, events, "
                "usual labels, units and filters. All names, free texts and unusual labels are "
                "removed or replaced. The list of what was removed is shown afterwards."
            )
        )
        explanation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._write = self.buttons.addButton(
            tr("Write copy"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(self._show_whether_possible)
        layout = QFormLayout(self)
        layout.addRow(explanation)
        layout.addRow(tr("Folder"), line)
        layout.addRow(tr("Name of the copy"), self.name)
        layout.addRow(tr("Times"), self.times)
        layout.addRow(self.buttons)

    @property
    def choice(self) -> CopyChoice:
        """What is chosen."""
        return CopyChoice(
            Path(self.folder.text()), self.name.text().strip(), self.times.currentData()
        )

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder of the copy"), self.folder.text())
        if name:
            self.folder.setText(name)

    def _show_whether_possible(self, name: str) -> None:
        self._write.setEnabled(bool(name.strip()) and Path(name.strip()).name == name.strip())
