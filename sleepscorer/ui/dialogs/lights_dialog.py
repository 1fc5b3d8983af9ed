"""Asks when the lights went off and on, and when they were on in between."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.clock_times import parse_time, time_text
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import LightInterruption, Lights
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel


@dataclass(frozen=True, slots=True)
class _Row:
    """Fields of an interruption, what takes it away, and the widget that they are on."""

    began: QLineEdit
    ended: QLineEdit
    remove: QPushButton
    widget: QWidget


class LightsDialog(QDialog):
    """Takes the times; it can't be accepted while one is not in the recording or in its place.

    An interruption with both fields empty is none.
    """

    def __init__(self, parent: QWidget, lights: Lights, recording: Recording) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Times of the lights"))
        self._recording = recording
        self._lights = lights
        self._stored: dict[QLineEdit, tuple[str, float | None]] = {}
        self.rows: list[_Row] = []
        self.off, self.on = self._field(lights.off_s), self._field(lights.on_s)
        for field in (self.off, self.on):
            field.setPlaceholderText(tr("not marked"))
        first, last = (time_text(time_s, recording.start) for time_s in (0.0, recording.duration_s))
        self.problem = WrappedLabel()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        # A form leaves what is in a layout of its own to Python, which deletes it once more.
        between = QWidget(self)
        self._interruptions = QVBoxLayout(between)
        self._interruptions.setContentsMargins(0, 0, 0, 0)
        self._interruptions.setSpacing(4)
        self.more = QPushButton(tr("&Add an interruption"))
        self.more.setAutoDefault(False)
        self.more.setToolTip(tr("For a time in the night during which the light was on"))
        self.more.clicked.connect(self._add_empty)
        self._interruptions.addWidget(self.more)
        for one in lights.interruptions:
            self._add(one.on_s, one.off_s)
        layout = QFormLayout(self)
        layout.addRow(
            PlainLabel(
                tr("The recording goes from {first} to {last}.").format(first=first, last=last)
            )
        )
        layout.addRow(tr("Lights off at"), self.off)
        layout.addRow(tr("Light on in between"), between)
        layout.addRow(tr("Lights on at"), self.on)
        layout.addRow(self.problem)
        layout.addRow(self._buttons)
        self.setMinimumWidth(420)
        self._order_keys()

    @property
    def lights(self) -> Lights:
        """The times that were typed."""
        return self._lights

    def _field(self, time_s: float | None) -> QLineEdit:
        text = "" if time_s is None else time_text(time_s, self._recording.start)
        field = QLineEdit(text)
        self._stored[field] = (text, time_s)
        field.textChanged.connect(self._check)
        return field

    def _add_empty(self) -> None:
        row = self._add(None, None)
        self._order_keys()
        row.began.setFocus()

    def _order_keys(self) -> None:
        """Let Tab go from top to bottom: by itself it goes to what was added last after all."""
        between = [one for row in self.rows for one in (row.began, row.ended, row.remove)]
        for one, following in pairwise((self.off, *between, self.more, self.on)):
            self.setTabOrder(one, following)

    def _add(self, on_s: float | None, off_s: float | None) -> _Row:
        remove = QPushButton(tr("Remove"))
        row = _Row(self._field(on_s), self._field(off_s), remove, QWidget())
        remove.setAutoDefault(False)
        remove.clicked.connect(lambda: self._remove(row))
        layout = QHBoxLayout(row.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row.began)
        layout.addWidget(PlainLabel(tr("to")))
        layout.addWidget(row.ended)
        layout.addWidget(remove)
        self._interruptions.insertWidget(len(self.rows), row.widget)
        self.rows.append(row)
        return row

    def _remove(self, row: _Row) -> None:
        self.rows.remove(row)
        row.widget.hide()
        row.widget.deleteLater()
        self._check()

    def _check(self) -> None:
        try:
            self._lights = self._typed()
        except ValueError as error:
            self.problem.setText(tr(error))
        else:
            self.problem.setText("")
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not self.problem.text())

    def _typed(self) -> Lights:
        """Lights as they are typed.

        Raises
        ------
        ValueError
            They are no times of the recording, or not in order, which the message says.
        """
        off_s, on_s = (self._time(field) for field in (self.off, self.on))
        if off_s is not None and on_s is not None and on_s < off_s:
            raise ValueError(tr("Lights on is before lights off."))
        interruptions = []
        for row in self.rows:
            began_s, ended_s = self._time(row.began), self._time(row.ended)
            if began_s is None and ended_s is None:
                continue
            if began_s is None or ended_s is None:
                raise ValueError(tr("An interruption needs both times, or neither."))
            if began_s >= ended_s:
                raise ValueError(tr("An interruption ends before it begins."))
            interruptions.append(LightInterruption(began_s, ended_s))
        interruptions.sort(key=lambda one: one.on_s)
        try:
            return Lights(off_s, on_s, tuple(interruptions))
        except ValueError as error:
            raise ValueError(
                tr("Interruptions lie between lights off and lights on, one after the other.")
            ) from error

    def _time(self, field: QLineEdit) -> float | None:
        if not field.text().strip():
            return None
        if field.text() == self._stored[field][0]:
            return self._stored[field][1]  # what was not typed anew is not rounded to a second
        return parse_time(field.text(), self._recording.start, self._recording.duration_s)
