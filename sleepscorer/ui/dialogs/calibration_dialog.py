"""Asks how large a millimetre is on this screen."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel

_WIDTH_PX = 640
_MARGIN_PX = 20
_USUAL_PX_PER_MM = 3.78  # 96 px an inch
_RULER_MM = 100.0


class RulerLine(QWidget):
    """A line whose right end can be dragged.

    Attributes
    ----------
    length_px
        Its length.
    dragged
        Emitted when the length is another one.
    """

    dragged = Signal()

    def __init__(self, length_px: float) -> None:
        super().__init__()
        self.length_px = min(max(length_px, 50.0), float(_WIDTH_PX - 2 * _MARGIN_PX))
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(_WIDTH_PX, 60)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._drag_to(event.position().x())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().windowText().color(), 2))
        middle, right = self.height() / 2, _MARGIN_PX + self.length_px
        painter.drawLine(QPointF(_MARGIN_PX, middle), QPointF(right, middle))
        for end in (float(_MARGIN_PX), right):
            painter.drawLine(QPointF(end, middle - 14), QPointF(end, middle + 14))

    def _drag_to(self, x_px: float) -> None:
        self.length_px = min(max(x_px - _MARGIN_PX, 50.0), float(self.width() - 2 * _MARGIN_PX))
        self.update()
        self.dragged.emit()


class CalibrationDialog(QDialog):
    """Shows a line to hold a ruler against; it is dragged, or its length is typed."""

    def __init__(self, parent: QWidget, px_per_mm: float) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Calibrate the screen"))
        self.line = RulerLine(_RULER_MM * (px_per_mm or _USUAL_PX_PER_MM))
        self.length_mm = QDoubleSpinBox()
        self.length_mm.setRange(10.0, 500.0)
        self.length_mm.setDecimals(1)
        self.length_mm.setSuffix(" mm")
        self.length_mm.setValue(self.line.length_px / (px_per_mm or _USUAL_PX_PER_MM))
        self._result = PlainLabel()
        self.line.dragged.connect(self._show_result)
        self.length_mm.valueChanged.connect(self._show_result)
        explanation = WrappedLabel(
            tr(
                "Hold a ruler against the line and drag its right end to the length below, or "
                "write the length that the ruler shows. Sensitivities are then given in µV/mm."
            )
        )
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(tr("Length of the line on the ruler"), self.length_mm)
        form.addRow(tr("This screen"), self._result)
        layout = QVBoxLayout(self)
        layout.addWidget(explanation)
        layout.addWidget(self.line)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._show_result()

    @property
    def px_per_mm(self) -> float:
        """Pixels in a millimetre."""
        return self.line.length_px / self.length_mm.value()

    def _show_result(self) -> None:
        number = QLocale().toString(self.px_per_mm, "f", 2)
        self._result.setText(tr("{number} pixels in a millimetre").format(number=number))
