"""Hatching over what of the page is marked as an artefact or movement."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.ui.views.overlays import Overlay

_ALPHA = 60


class ArtefactsOnPage(Overlay):
    """Hatches whole epochs; stretches of one channel are events."""

    epochs: tuple[int, ...] = ()
    """The epochs that are hatched."""

    _page_s = (0.0, EPOCH_S)

    def show_epochs(self, epochs: Sequence[int], page_s: tuple[float, float], area: QRectF) -> None:
        """Show which of some epochs are on a page that fills an area."""
        start_s, stop_s = self._page_s = page_s
        self.epochs = tuple(
            epoch
            for epoch in epochs
            if start_s < (epoch + 1) * EPOCH_S and epoch * EPOCH_S < stop_s
        )
        self.setGeometry(area.toRect())
        self.setVisible(bool(self.epochs))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        colour = QColor(self._theme.warning)
        colour.setAlpha(_ALPHA)
        start_s, stop_s = self._page_s
        px_per_s = self.width() / (stop_s - start_s)
        for epoch in self.epochs:
            left = max(epoch * EPOCH_S - start_s, 0.0) * px_per_s
            right = min((epoch + 1) * EPOCH_S - start_s, stop_s - start_s) * px_per_s
            hatched = QRectF(left, 0, right - left, self.height())
            painter.fillRect(hatched, QBrush(colour, Qt.BrushStyle.BDiagPattern))
