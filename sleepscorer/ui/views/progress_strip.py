"""How far the work in the background is."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from sleepscorer.ui.language import tr

_ESTIMATE_AFTER_S = 2.0


class ProgressStrip(QWidget):
    """What is being done, how far it is, how long it will take, and Cancel.

    Attributes
    ----------
    cancelled
        Emitted when the technician wants it stopped.
    """

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._started_s = 0.0
        self._text = ""
        self._label = QLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setFixedWidth(200)
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 6, 0)
        for widget in (self._label, self._bar, self.cancel_button):
            layout.addWidget(widget)
        self.hide()

    def start(self, text: str) -> None:
        """Show that work has begun."""
        self._started_s = time.monotonic()
        self._text = text
        self.show_fraction(0.0)
        self.show()

    def show_fraction(self, fraction: float) -> None:
        """Show how much is done, 0 to 1."""
        elapsed_s = time.monotonic() - self._started_s
        text = self._text
        if fraction > 0 and elapsed_s > _ESTIMATE_AFTER_S:
            left_s = elapsed_s * (1 - fraction) / fraction
            text = tr("{work}, about {seconds} s left").format(work=text, seconds=round(left_s))
        self._label.setText(text)
        self._bar.setValue(round(fraction * 100))
