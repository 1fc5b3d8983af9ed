"""What in an epoch moved the network, as a row of bars above its traces."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.overlays import Overlay

EXPLANATION_PX = 34
_LEAST_FULL = 0.5  # log-odds: weaker ones are not blown up to the full height


class Explanation(Overlay):
    """One bar a second: up where it speaks for the network's stage, down where against it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._shares: npt.NDArray[np.float32] | None = None

    @property
    def shares(self) -> npt.NDArray[np.float32] | None:
        """What is drawn: change of the log-odds for each second; None for nothing."""
        return self._shares

    def show_shares(self, shares: npt.NDArray[np.float32] | None, area: QRectF) -> None:
        """Draw the seconds of an epoch over an area, or nothing."""
        self._shares = shares
        self.setGeometry(area.toRect())
        self.setVisible(shares is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        if self._shares is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.surface))
        middle = self.height() / 2
        full = max(float(np.abs(self._shares).max()), _LEAST_FULL)
        width = self.width() / self._shares.size
        for second, share in enumerate(self._shares):
            height = float(share) / full * (middle - 2)
            colour = QColor(self._theme.found if share > 0 else self._theme.error)
            top = middle - height if height > 0 else middle
            painter.fillRect(QRectF(second * width + 1, top, width - 2, abs(height)), colour)
        painter.setPen(QColor(self._theme.faint_ink))
        painter.drawLine(0, round(middle), self.width(), round(middle))
        painter.drawText(
            self.rect().adjusted(4, 0, 0, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
            tr("for the stage ↑   against ↓"),
        )
