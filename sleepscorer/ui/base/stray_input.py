"""Input that was not meant for what it hits: the wheel over a box that nobody has chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QWidget

_VALUE_WIDGETS = (QComboBox, QAbstractSpinBox, QAbstractSlider)


def holds_value(widget: QObject) -> bool:
    """Whether a turn of the wheel would change a value of a widget, and not just what is seen."""
    return isinstance(widget, _VALUE_WIDGETS) and not isinstance(widget, QScrollBar)


class WheelGuard(QObject):
    """Lets the wheel change a box only when that has the focus; else what it lies in scrolls.

    It watches the whole application, so that no box of any window has to be told. Qt itself gives
    the focus to most boxes when the wheel is turned over them; that is taken from each when it is
    first shown.

    Parameters
    ----------
    application
        Is watched as long as this lives.
    parent
        Owner.
    """

    def __init__(self, application: QCoreApplication, parent: QObject) -> None:
        super().__init__(parent)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        kind = event.type()
        if kind is QEvent.Type.Polish:
            if holds_value(watched):
                _take_wheel_focus(watched)
        elif kind is QEvent.Type.Wheel and holds_value(watched):
            assert isinstance(watched, QWidget)
            if not watched.hasFocus():
                event.ignore()  # Qt then offers it to the parent
                return True
        return False


def _take_wheel_focus(widget: QObject) -> None:
    assert isinstance(widget, QWidget)
    if widget.focusPolicy() is Qt.FocusPolicy.WheelFocus:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
