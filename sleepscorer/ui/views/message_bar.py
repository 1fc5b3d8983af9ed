"""One line above the traces that tells what went wrong or what can be done."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from sleepscorer.ui.language import tr
from sleepscorer.ui.theme import Theme


class Severity(Enum):
    """How much a message matters."""

    REMARK = "remark"
    ERROR = "error"


class MessageBar(QFrame):
    """Shows one message at a time, without stopping the work as a dialog would."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._theme = theme
        self._severity = Severity.REMARK
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.accept_button = QPushButton()
        self.accept_button.clicked.connect(self._on_accepted)
        self._offer: Callable[[], None] | None = None
        close = QToolButton()
        close.setText("✕")
        close.setAutoRaise(True)
        close.setToolTip(tr("Close this message"))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.accept_button)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The message shown; empty when there is none."""
        return "" if self.isHidden() else self._label.text()

    def show_error(self, text: str) -> None:
        """Show what went wrong and what to do."""
        self._show(text, Severity.ERROR)

    def show_remark(
        self, text: str, *, offer: str = "", on_accept: Callable[[], None] | None = None
    ) -> None:
        """Show something worth knowing, with a button when there is something to do about it."""
        self._show(text, Severity.REMARK, offer, on_accept)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        edge = theme.error if self._severity is Severity.ERROR else theme.warning
        self.setStyleSheet(
            f"#messageBar {{ background: {theme.surface}; border: none;"
            f" border-left: 4px solid {edge}; }}"
        )

    def _show(
        self,
        text: str,
        severity: Severity,
        offer: str = "",
        on_accept: Callable[[], None] | None = None,
    ) -> None:
        self._severity = severity
        self._offer = on_accept
        self._label.setText(text)
        self.accept_button.setText(offer)
        self.accept_button.setVisible(on_accept is not None)
        self.set_theme(self._theme)
        self.show()

    def _on_accepted(self) -> None:
        self.hide()
        if self._offer is not None:
            self._offer()
