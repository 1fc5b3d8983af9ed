"""One line above the traces that tells what went wrong or what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip
from sleepscorer.ui.base.theme import Theme


class MessageKind(Enum):
    """How much a message matters."""

    REMARK = "remark"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a message.

    Attributes
    ----------
    text
        What is on it.
    take
        Called when it is pressed.
    """

    text: str
    take: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Message:
    """What is told.

    Attributes
    ----------
    text, kind
        What it says and how much that matters.
    offer
        What can be done about it.
    refusal
        The other answer. A message that has one stays until it is answered.
    outlasts_recording
        Whether it is about more than the recording that is open.
    """

    text: str
    kind: MessageKind
    offer: Choice | None = None
    refusal: Choice | None = None
    outlasts_recording: bool = False


class MessageBar(QFrame):
    """Shows the latest message, without stopping the work as a dialog would.

    The messages before it are kept below: each comes up again when those above it are gone, or
    in turn by the button that counts them.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._theme = theme
        self._messages: list[Message] = []
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = QToolButton()
        self._more.setObjectName("more")
        self._more.setAutoRaise(True)
        self._more.setToolTip(plain_tip(tr("Show the message before this one")))
        self._more.clicked.connect(self._turn)
        self.accept_button = QPushButton()
        self.accept_button.clicked.connect(self._on_accepted)
        self.refuse_button = QPushButton()
        self.refuse_button.clicked.connect(self._on_refused)
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(tr("Close this message"))
        self.close_button.clicked.connect(self._take_latest)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._label, 1)
        for widget in (self._more, self.accept_button, self.refuse_button, self.close_button):
            layout.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """The message shown; empty when there is none."""
        return self._messages[-1].text if self._messages else ""

    def show_error(self, text: str) -> None:
        """Show what went wrong and what to do."""
        self.show_message(Message(text, MessageKind.ERROR))

    def show_remark(self, text: str) -> None:
        """Show something worth knowing."""
        self.show_message(Message(text, MessageKind.REMARK))

    def show_message(self, message: Message) -> None:
        """Show a message above all others; the same text is not shown twice."""
        others = [one for one in self._messages if one.text != message.text]
        self._keep([*others, message])

    def withdraw(self, message: Message) -> None:
        """Take a message away that is no longer true."""
        self._keep([one for one in self._messages if one != message])

    def withdraw_errors(self) -> None:
        """Take away what went wrong before: something new is being done."""
        self._keep([one for one in self._messages if one.kind is not MessageKind.ERROR])

    def withdraw_about_recording(self) -> None:
        """Take away what was about the recording that was open."""
        self._keep([one for one in self._messages if one.outlasts_recording])

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        is_error = bool(self._messages) and self._messages[-1].kind is MessageKind.ERROR
        edge = theme.error if is_error else theme.warning
        self.setStyleSheet(
            f"#messageBar {{ background: {theme.surface}; border: none;"
            f" border-left: 4px solid {edge}; }}"
        )

    def _keep(self, messages: list[Message]) -> None:
        self._messages = messages
        if not messages:
            self.hide()
            return
        latest, n_more = messages[-1], len(messages) - 1
        self._label.setText(latest.text)
        self._more.setText(tr("and %n more", None, n_more))
        self._more.setVisible(n_more > 0)
        for button, choice in (
            (self.accept_button, latest.offer),
            (self.refuse_button, latest.refusal),
        ):
            button.setText(choice.text if choice else "")
            button.setVisible(choice is not None)
        self.close_button.setVisible(latest.refusal is None)
        self.set_theme(self._theme)
        self.show()

    def _turn(self) -> None:
        """Lay the message that is shown below the others."""
        *others, latest = self._messages
        self._keep([latest, *others])

    def _take_latest(self) -> Message:
        """Take the message that is shown away."""
        *others, latest = self._messages
        self._keep(others)
        return latest

    def _on_accepted(self) -> None:
        offer = self._take_latest().offer
        assert offer is not None
        offer.take()

    def _on_refused(self) -> None:
        refusal = self._take_latest().refusal
        assert refusal is not None
        refusal.take()
