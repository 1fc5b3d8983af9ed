"""The line at the bottom of the window, where nothing that is said is cut off unseen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStatusBar, QStyle, QStyleOption, QWidget

from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip

_MARGIN_PX = 6


class StatusLine(QStatusBar):
    """Says something for a while, beside what always stands at its right.

    What has no room ends in dots, and its tool tip holds it all.

    Parameters
    ----------
    notice
        A sentence that always stands there, up to its colon only while what is said needs room.
    """

    def __init__(self, notice: str) -> None:
        super().__init__()
        self._notice = notice
        self._label = PlainLabel(notice)
        self._label.setToolTip(plain_tip(notice))
        self._others: list[QWidget] = []
        self.addPermanentWidget(self._label)
        self.messageChanged.connect(self._fit)

    def add_left(self, widget: QWidget) -> None:
        """Put a widget at the left of what always stands there."""
        self._others.append(widget)
        self.insertPermanentWidget(0, widget)

    def add_right(self, widget: QWidget) -> None:
        """Put a widget at the right of what always stands there."""
        self._others.append(widget)
        self.addPermanentWidget(widget)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        # What is said for a while would make the window wider than its screen, and keep it so.
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit(self.currentMessage())
        return bool(super().event(event))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fit(self.currentMessage())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        panel = QStyle.PrimitiveElement.PE_PanelStatusBar
        self.style().drawPrimitive(panel, option, painter, self)
        place = self.rect().adjusted(_MARGIN_PX, 0, 0, 0)
        seen = [one for one in (self._label, *self._others) if one.isVisible()]
        place.setRight(min((one.x() for one in seen), default=self.width()) - _MARGIN_PX)
        text = self.fontMetrics().elidedText(
            self.currentMessage(), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.setPen(self.palette().windowText().color())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, left | Qt.TextFlag.TextSingleLine, text)

    def _fit(self, message: str) -> None:
        wide = self.fontMetrics().horizontalAdvance
        others_px = sum(
            one.sizeHint().width() + _MARGIN_PX for one in self._others if not one.isHidden()
        )
        room_px = self.width() - others_px - wide(self._notice) - 4 * _MARGIN_PX
        is_whole = wide(message) <= room_px
        notice = self._notice if is_whole else self._notice.partition(":")[0]
        if self._label.text() != notice:
            self._label.setText(notice)
        self.setToolTip(plain_tip(message))
