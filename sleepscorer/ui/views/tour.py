"""A walk through the window, which can be left at any moment and holds nothing up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.plain_text import PlainLabel
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.overlays import Overlay

_WIDTH_PX, _MARGIN_PX = 460, 24
_LEAVING = (Qt.Key.Key_Escape,)
_GOING_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

TOUR_TEXTS = (
    N_(
        "The traces of one epoch. The arrows or the wheel turn pages, ↑ and ↓ change the size. "
        "Drag over a trace to measure it; a key of the Events menu then marks an event there."
    ),
    N_(
        "F9 lets the network stage the night from the derivation named here. What it proposes is "
        "thin and outlined, what you give thick and filled; it never changes yours."
    ),
    N_(
        "All about this epoch: its stage, who gave it, what speaks for it. W, 1, 2, 3 and R give a "
        "stage and go on; Ctrl+Z takes anything back."
    ),
    N_(
        "What is worth a look, the most doubtful first. Q goes to the next one; after 25 the queue "
        "says that it is done."
    ),
    N_(
        "The whole night: spectrogram, probabilities, hypnogram and events. Click or drag to go "
        "there, Ctrl and the wheel zoom. F11 leaves the traces alone."
    ),
    N_(
        "Everything else is in the menus, with its key. Ctrl+S saves, Ctrl+E exports, Ctrl+P "
        "writes the report; ? lists all keys, and Help has a guide."
    ),
)
"""What is told of traces, tool bar, epoch, queue, night and menus."""

Step = tuple[QWidget, str]
"""What is told of, and what is told."""


class Tour(QFrame):
    """Tells of one part of the window after the other, framed in it.

    Return goes on and Escape leaves it, as in a dialog; all other keys go on working.

    Attributes
    ----------
    left
        Emitted when the technician leaves it, or has seen all.
    """

    left = Signal()

    def __init__(self, window: QWidget, theme: Theme, steps: Sequence[Step]) -> None:
        super().__init__(window)
        self._window = window
        self._steps = steps
        self._place = 0
        self._frame = _Frame(theme, window)
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.count = PlainLabel()
        self.back_button = QPushButton(tr("Back"))
        self.next_button = QPushButton()
        self.leave_button = QPushButton(tr("Leave the tour"))
        row = QHBoxLayout()
        row.addWidget(self.count, 1)
        for button, act in (
            (self.leave_button, self.leave),
            (self.back_button, lambda: self._go(-1)),
            (self.next_button, lambda: self._go(1)),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the window's
            button.clicked.connect(act)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text, 1)
        layout.addLayout(row)
        self.setObjectName("tour")
        self.setAutoFillBackground(True)
        self.setStyleSheet(
            f"#tour {{ background: {theme.window}; border: 2px solid {theme.accent};"
            " border-radius: 6px; }"
        )
        self._show()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        # What reaches the window is wanted by no field in it.
        if not isinstance(event, QKeyEvent) or self.isHidden():
            return False
        keypad = Qt.KeyboardModifier.KeypadModifier
        if event.key() not in (*_LEAVING, *_GOING_ON) or event.modifiers() & ~keypad:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # else it would be a key of the window's
            return True
        if event.type() is QEvent.Type.KeyPress:
            self.leave() if event.key() in _LEAVING else self._go(1)
            return True
        return False

    def leave(self) -> None:
        """End it wherever it is."""
        self._frame.deleteLater()
        self.hide()
        self.deleteLater()
        self.left.emit()

    def _go(self, steps: int) -> None:
        self._place += steps
        if self._place == len(self._steps):
            self.leave()
        else:
            self._show()

    def _show(self) -> None:
        widget, text = self._steps[self._place]
        window = self._window
        self.text.setText(text)
        self.count.setText(f"{self._place + 1} / {len(self._steps)}")
        self.back_button.setEnabled(self._place > 0)
        is_last = self._place + 1 == len(self._steps)
        self.next_button.setText(tr("Done") if is_last else tr("Next"))
        corner = widget.mapTo(window, widget.rect().topLeft())
        framed = QRect(corner, widget.size())
        self._frame.show_around(framed)
        self.setFixedWidth(min(_WIDTH_PX, window.width() - 2 * _MARGIN_PX))
        self.adjustSize()
        self.move(self._free_place(framed))
        self.show()
        self.raise_()

    def _free_place(self, framed: QRect) -> QPoint:
        """Beside what is framed where there is room, else over its middle."""
        room = self._window.rect().adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        own = QRect(QPoint(), self.size())
        middle = framed.center() - own.center()
        for place in (
            QPoint(framed.left() - own.width() - _MARGIN_PX, middle.y()),
            QPoint(middle.x(), framed.bottom() + _MARGIN_PX),
            QPoint(middle.x(), framed.top() - own.height() - _MARGIN_PX),
        ):
            inside = QPoint(
                min(max(place.x(), room.left()), room.right() - own.width()),
                min(max(place.y(), room.top()), room.bottom() - own.height()),
            )
            if not QRect(inside, own.size()).intersects(framed):
                return inside
        return middle


class _Frame(Overlay):
    """A line around a part of the window."""

    def show_around(self, place: QRect) -> None:
        self.setGeometry(place)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(self._theme.accent), 4))
        painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
