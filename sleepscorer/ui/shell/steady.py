"""What keeps the window as it is while the texts in its panels change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Steady(QWidget):
    """Holds a panel: the window is laid out anew only when that can't do with the room it has.

    By itself Qt does so, with an animation for each dock, whenever a label has another text: with
    every page.
    """

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        # Else window and dock were painted again for what is under it.
        self.setAutoFillBackground(True)
        panel.setParent(self)
        self._panel = panel
        self._needed = self.minimumSizeHint()

    def sizeHint(self) -> QSize:  # noqa: D102
        return self._panel.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return self._panel.minimumSizeHint().expandedTo(self._panel.minimumSize())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        self._panel.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() is QEvent.Type.LayoutRequest and self._needed != self.minimumSizeHint():
            self._needed = self.minimumSizeHint()
            self.updateGeometry()
        return bool(super().event(event))
