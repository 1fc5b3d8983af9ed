"""Texts of others in the window, shown as they are: Qt takes for HTML what looks like it.

In HTML an image can be any file of this computer, on Windows of any other as well. A test looks for
labels, tips and questions that are made in another way.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from sleepscorer.domain.texts import markup, storable


class PlainLabel(QLabel):
    """A label that shows every letter of its text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: D102
        super().setText(storable(text))


class WrappedLabel(PlainLabel):
    """A label of several lines that is as high as its text needs to be where it stands.

    Layouts ask for that before they give it its width, and would cut the last lines off.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:  # noqa: D102
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(0)  # else the height that it has is thought to be needed
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


class PlainMessageBox(QMessageBox):
    """A question that shows every letter of its text."""

    def __init__(
        self,
        icon: QMessageBox.Icon,
        title: str,
        text: str,
        buttons: QMessageBox.StandardButton,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIcon(icon)
        self.setWindowTitle(title)
        self.setText(storable(text))
        self.setStandardButtons(buttons)


def plain_tip(text: str) -> str:
    """Text for a tool tip, which has no other way to be told that it is no HTML."""
    lines = markup(text).replace("\n", "<br/>")
    return f"<qt>{lines}</qt>" if text else ""
