"""Says what becomes of a file that is held over a window, until it is dropped or taken away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

_FRAME_PX = 3
_MARGIN_PX = 12
_VEIL = 0.85
_LARGER = 1.4


def accept_as_copy(event: QDropEvent) -> None:
    """Take what is dropped; whoever offers to move it would else remove the file from there."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


class DropHint(QWidget):
    """Covers a window with a sentence.

    Parameters
    ----------
    text
        The sentence.
    window
        Which is covered; it tells this of what is held over it.
    """

    def __init__(self, text: str, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.text = text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        self.setFont(font)
        self.hide()

    def appear(self) -> None:
        """Cover all of the window as large as it is now."""
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.setOpacity(_VEIL)
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Window))
        painter.setOpacity(1)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), _FRAME_PX))
        within = QRectF(self.rect()).adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        painter.drawRoundedRect(within, _MARGIN_PX, _MARGIN_PX)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(within, Qt.AlignmentFlag.AlignCenter, self.text)
