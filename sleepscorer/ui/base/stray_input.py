"""Input that was not meant: the wheel over a box that nobody has chosen, a key that is held."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QWidget

_VALUE_WIDGETS = (QComboBox, QAbstractSpinBox, QAbstractSlider)


def holds_value(widget: QObject) -> bool:
    """Whether a turn of the wheel would change a value of a widget, and not just what is seen."""
    return isinstance(widget, _VALUE_WIDGETS) and not isinstance(widget, QScrollBar)


class StrayInputGuard(QObject):
    """Lets the wheel change a box only when that has the focus, and a held key do one thing once.

    It watches the whole application, so that no box and no action of any window has to be told.

    Where the wheel changes nothing, what the box lies in scrolls. Qt itself gives the focus to most
    boxes when the wheel is turned over them; that is taken from each when it is first shown. A list
    that only a click gives the focus, as beside the traces, lets go of it once something is chosen:
    the wheel that passes over it an hour later is not meant for it.

    X11 tells a key that repeats as released and pressed at the same millisecond. Qt joins the two
    only where both were read at once, which a remote or a busy display does not grant: what is left
    alone would give twenty epochs a stage while a finger rests on its key.

    Parameters
    ----------
    application
        Is watched as long as this lives.
    parent
        Owner; a key goes on repeating what an action of its does that repeats.
    """

    def __init__(self, application: QCoreApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._owner = parent
        self._released = (0, 0)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        kind = event.type()
        if kind is QEvent.Type.Polish:
            if holds_value(watched):
                _take_wheel_focus(watched)
                _let_go_once_chosen(watched)
        elif kind is QEvent.Type.Wheel and holds_value(watched):
            assert isinstance(watched, QWidget)
            if not watched.hasFocus():
                event.ignore()  # Qt then offers it to the parent
                return True
        elif kind is QEvent.Type.KeyRelease:
            assert isinstance(event, QKeyEvent)
            self._released = event.key(), event.timestamp()
        elif kind is QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            # The window is asked last: no field takes the key as text.
            is_last = isinstance(watched, QWidget) and watched.isWindow()
            if is_last and self._is_held(event) and not self._goes_on(event):
                event.accept()  # so that it is no shortcut
                return True
        elif kind is QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if self._is_held(event):
                return QCoreApplication.sendEvent(watched, _as_repeat(event))
        return False

    def _is_held(self, event: QKeyEvent) -> bool:
        """Whether a press that Qt takes for a new one only goes on; without a time, it is new."""
        is_new = not event.isAutoRepeat() and event.timestamp() > 0
        return is_new and self._released == (event.key(), event.timestamp())

    def _goes_on(self, event: QKeyEvent) -> bool:
        key = QKeySequence(event.keyCombination())
        actions = self._owner.findChildren(QAction)
        return any(action.autoRepeat() and key in action.shortcuts() for action in actions)


def _as_repeat(event: QKeyEvent) -> QKeyEvent:
    repeat = QKeyEvent(
        QEvent.Type.KeyPress,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        True,
        event.count(),
    )
    repeat.setTimestamp(event.timestamp())
    return repeat


def _take_wheel_focus(widget: QObject) -> None:
    assert isinstance(widget, QWidget)
    if widget.focusPolicy() is Qt.FocusPolicy.WheelFocus:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _let_go_once_chosen(widget: QObject) -> None:
    if isinstance(widget, QComboBox) and widget.focusPolicy() is Qt.FocusPolicy.ClickFocus:
        widget.activated.connect(widget.clearFocus)
