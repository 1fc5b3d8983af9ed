"""How one trace is shown, and what frequencies a stretch of it holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.montage import AASM_BANDS, AS_STORED, Trace
from sleepscorer.signals.spectrum import amplitude_spectrum
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.base.plain_text import WrappedLabel, plain_tip
from sleepscorer.ui.dialogs.montage_editor import ColourBox, band_choice, band_of_text

_MOST_UNITS = 1e6
_HIGHEST_HZ = 40.0
_SPECTRUM_PX = QSize(420, 150)
_TICKS_HZ = 5


class TraceDialog(QDialog):
    """Changes one trace of what is shown; nothing is changed until it is accepted.

    Parameters
    ----------
    parent
        Over which it is shown.
    trace
        The trace.
    height
        Units from the bottom to the top of its lane now.
    px_per_mm, lane_px
        Pixels of a millimetre (0 while the screen is not calibrated) and of the lane's height.
    values
        What is shown of it, or was dragged over, shape (n_times,); empty on long pages.
    """

    def __init__(
        self,
        parent: QWidget,
        trace: Trace,
        height: float,
        *,
        px_per_mm: float,
        lane_px: float,
        values: npt.NDArray[np.float32],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(trace.derivation.name)
        self._trace = trace
        self._unit_per_shown = lane_px / px_per_mm if px_per_mm > 0 else 1.0
        self.height_box = QDoubleSpinBox()
        self.height_box.setRange(0.0, _MOST_UNITS)
        self.height_box.setDecimals(1)
        self.height_box.setValue(height / self._unit_per_shown)
        unit = f"{trace.unit}/mm" if px_per_mm > 0 else trace.unit
        self.height_box.setSuffix(f" {unit}".rstrip())
        self._shown_height = self.height_box.value()
        self.band = band_choice(AS_STORED if trace.band is None else trace.band)
        self.band.currentTextChanged.connect(self._show_problem)
        self.colour = ColourBox(trace.colour)
        self.inverted = QCheckBox(tr("Upside down"))
        self.inverted.setChecked(trace.is_inverted)
        self.spectrum = Spectrum(values, trace.sfreq, trace.unit)
        self.problem = WrappedLabel()
        form = QFormLayout()
        height_name = tr("Sensitivity") if px_per_mm > 0 else tr("Lane height")
        form.addRow(height_name, self.height_box)
        form.addRow(tr("Filter, Hz"), self.band)
        form.addRow(tr("Colour"), self.colour)
        form.addRow("", self.inverted)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.spectrum)
        layout.addWidget(self.problem)
        layout.addWidget(self._buttons)

    @property
    def trace(self) -> Trace:
        """The trace as it is to be shown.

        Raises
        ------
        ValueError
            The filter is none.
        """
        band = band_of_text(self.band.currentText()) or AASM_BANDS.get(self._trace.kind)
        height = self._trace.height
        if self.height_box.value() != self._shown_height:
            height = self.height_box.value() * self._unit_per_shown or None
        return replace(
            self._trace,
            band=None if band == AS_STORED else band,
            height=height,
            colour=self.colour.colour,
            is_inverted=self.inverted.isChecked(),
        )

    def _show_problem(self) -> None:
        problem = ""
        try:
            band_of_text(self.band.currentText())
        except ValueError as error:
            problem = tr(error)
        self.problem.setText(problem)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)


class Spectrum(QWidget):
    """How much of each frequency a stretch holds, up to 40 Hz."""

    def __init__(self, values: npt.NDArray[np.float32], sfreq: float, unit: str) -> None:
        super().__init__()
        self._unit = unit
        frequencies, amplitudes = amplitude_spectrum(values, sfreq)
        seen = (frequencies > 0) & (frequencies <= _HIGHEST_HZ) & (amplitudes.max(initial=0) > 0)
        self._frequencies, self._amplitudes = frequencies[seen], amplitudes[seen]
        self._seconds = values.size / sfreq
        self._line_px = self.fontMetrics().height() + 2
        self.setToolTip(plain_tip(self.text))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: D102
        return _SPECTRUM_PX

    @property
    def text(self) -> str:
        """What it says: the strongest frequency, or why there is no spectrum."""
        if not self._amplitudes.size:
            return tr(
                "No spectrum: drag over a second of the trace at least that is not flat, on a "
                "shorter page."
            )
        peak = int(self._amplitudes.argmax())
        return tr("Spectrum of {seconds} s: most at {peak} Hz, {amplitude} {unit}/√Hz").format(
            seconds=number(self._seconds, ".3g"),
            peak=number(float(self._frequencies[peak]), ".3g"),
            amplitude=number(float(self._amplitudes[peak]), ".3g"),
            unit=self._unit,
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter, palette = QPainter(self), self.palette()
        line_px = self._line_px
        frame = QRectF(self.rect()).adjusted(0, line_px, -1, -line_px)
        painter.fillRect(frame, palette.base())
        painter.setPen(palette.text().color())
        above = QRectF(0, 0, self.width(), line_px)
        elided = painter.fontMetrics().elidedText(
            self.text, Qt.TextElideMode.ElideRight, self.width()
        )
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(above, left, elided)
        if not self._amplitudes.size:
            return
        highest_hz = float(self._frequencies[-1])
        for hz in range(_TICKS_HZ, int(highest_hz) + 1, _TICKS_HZ):
            x = frame.left() + hz / highest_hz * frame.width()
            painter.setPen(palette.mid().color())
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            wide = painter.fontMetrics().horizontalAdvance(str(hz)) + 2
            first = min(x - wide / 2, self.width() - wide)
            painter.setPen(palette.text().color())
            place = QRectF(first, frame.bottom(), wide, line_px)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(hz))
        xs = frame.left() + self._frequencies / highest_hz * frame.width()
        ys = frame.bottom() - self._amplitudes / self._amplitudes.max() * frame.height()
        painter.setPen(palette.highlight().color())
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)]))
