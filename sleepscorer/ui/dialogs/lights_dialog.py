"""Asks when the lights went off and on."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from sleepscorer.domain.clock_times import parse_time, time_text
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Lights
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel


class LightsDialog(QDialog):
    """Takes two times; it can't be accepted while one of them is not in the recording."""

    def __init__(self, parent: QWidget, lights: Lights, recording: Recording) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Times of the lights"))
        self._recording = recording
        self._given = self._lights = lights
        self.off, self.on = (
            QLineEdit("" if time_s is None else time_text(time_s, recording.start))
            for time_s in (lights.off_s, lights.on_s)
        )
        self._stored = {
            self.off: (self.off.text(), lights.off_s),
            self.on: (self.on.text(), lights.on_s),
        }
        first, last = (time_text(time_s, recording.start) for time_s in (0.0, recording.duration_s))
        for field in (self.off, self.on):
            field.setPlaceholderText(tr("not marked"))
            field.textChanged.connect(self._check)
        self.problem = PlainLabel()
        self.problem.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QFormLayout(self)
        layout.addRow(
            PlainLabel(
                tr("The recording goes from {first} to {last}.").format(first=first, last=last)
            )
        )
        layout.addRow(tr("Lights off at"), self.off)
        layout.addRow(tr("Lights on at"), self.on)
        layout.addRow(self.problem)
        layout.addRow(self._buttons)
        self.setMinimumWidth(380)

    @property
    def lights(self) -> Lights:
        """The times that were typed."""
        return self._lights

    def _check(self) -> None:
        try:
            off_s, on_s = (self._time(field) for field in (self.off, self.on))
        except ValueError as error:
            self.problem.setText(str(error))
        else:
            is_upside_down = off_s is not None and on_s is not None and on_s < off_s
            self.problem.setText(tr("Lights on is before lights off.") if is_upside_down else "")
            if not is_upside_down:
                self._lights = self._given.between(off_s, on_s)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not self.problem.text())

    def _time(self, field: QLineEdit) -> float | None:
        if not field.text().strip():
            return None
        if field.text() == self._stored[field][0]:
            return self._stored[field][1]  # what was not typed anew is not rounded to a second
        return parse_time(field.text(), self._recording.start, self._recording.duration_s)
