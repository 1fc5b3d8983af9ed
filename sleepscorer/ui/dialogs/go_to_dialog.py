"""Asks where in the night to go."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from sleepscorer.domain.clock_times import DAY_S, parse_time, time_text
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.recording import Recording
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel


class GoToDialog(QDialog):
    """Takes a time or the number of an epoch; it can't be accepted while that is not there.

    Attributes
    ----------
    time_s
        Seconds from the start of the recording.
    """

    def __init__(self, parent: QWidget, recording: Recording, epoch: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Go to"))
        self.setMinimumWidth(380)
        self._recording = recording
        self.time_s = epoch * EPOCH_S
        self.field = QLineEdit(str(epoch + 1))
        self.field.selectAll()
        self.field.textChanged.connect(self._check)
        self.problem = WrappedLabel()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        first, last = (time_text(time_s, recording.start) for time_s in (0.0, recording.duration_s))
        hint = tr("A time from {first} to {last}, or an epoch from 1 to {count}.")
        if recording.start is not None and recording.duration_s >= DAY_S:
            hint = tr("The first such time from {first} on, or an epoch from 1 to {count}.")
        layout = QFormLayout(self)
        layout.addRow(PlainLabel(hint.format(first=first, last=last, count=recording.n_epochs)))
        layout.addRow(tr("Time or epoch"), self.field)
        layout.addRow(self.problem)
        layout.addRow(self._buttons)

    def _check(self) -> None:
        try:
            self.time_s = self._time_of(self.field.text().strip())
        except ValueError as error:
            self.problem.setText(tr(error))
        else:
            self.problem.setText("")
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not self.problem.text())

    def _time_of(self, text: str) -> float:
        recording = self._recording
        if not text.isdecimal():
            return parse_time(text, recording.start, recording.duration_s)
        if len(text) > len(str(recording.n_epochs)) or not 1 <= int(text) <= recording.n_epochs:
            message = tr("There is no epoch {number}: they go from 1 to {count}.")
            raise ValueError(message.format(number=text, count=recording.n_epochs))
        return (int(text) - 1) * EPOCH_S
