"""Asks which channels are which sensors, what hypopneas need, and what suggests events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.channels import Channel, is_stage
from sleepscorer.domain.legends import Position
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.events.engines import ENGINE_NAMES, available_engines
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.events.roles import Role, Roles
from sleepscorer.events.rules import RULES, Rule
from sleepscorer.ui.base.language import N_, number, tr
from sleepscorer.ui.base.layouts import FRAME_PX
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel, plain_tip

_NAMES = {
    Role.THERMISTOR: N_("Thermistor"),
    Role.NASAL_PRESSURE: N_("Nasal pressure"),
    Role.PAP_FLOW: N_("PAP flow"),
    Role.PAP_PRESSURE: N_("PAP pressure"),
    Role.THORAX: N_("Thorax"),
    Role.ABDOMEN: N_("Abdomen"),
    Role.SPO2: N_("SpO₂"),
    Role.PULSE: N_("Heart rate"),
    Role.POSITION: N_("Position"),
    Role.SNORE: N_("Snore"),
    Role.LEFT_LEG: N_("Left leg"),
    Role.RIGHT_LEG: N_("Right leg"),
    Role.LEG: N_("Both legs in one channel"),
    Role.CHIN: N_("Chin"),
}
_OWN = "own"
_LEAST_FIELD_PX = 44
_State = TypeVar("_State", Position, Stage)


class LaboratoryDialog(QDialog):
    """Shows what was recognised in the recording that is open; what is changed is remembered."""

    def __init__(
        self, parent: QWidget, laboratory: Laboratory, channels: Sequence[Channel]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Sensors, rule and engine"))
        self._laboratory = laboratory
        self._channels = {channel.label: channel for channel in channels}
        recognised = laboratory.roles_of(channels)
        self.boxes = {role: self._box(recognised, role) for role in Role}
        self._shown = {role: box.currentData() for role, box in self.boxes.items()}
        self.rule = QComboBox()
        for word, rule in RULES.items():
            self.rule.addItem(tr(rule.name), word)
        self.rule.addItem(tr("A rule of our own"), _OWN)
        known = {rule: word for word, rule in RULES.items()}
        self.rule.setCurrentIndex(self.rule.findData(known.get(laboratory.rule, _OWN)))
        self.fall = QDoubleSpinBox()
        self.fall.setRange(1.0, 20.0)
        self.fall.setSingleStep(0.5)
        self.fall.setDecimals(1)
        self.fall.setSuffix(" %")
        self.fall.setValue(laboratory.rule.fall)
        self.or_arousal = QCheckBox(tr("or an arousal"))
        self.or_arousal.setChecked(laboratory.rule.or_arousal)
        self.engine = QComboBox()
        there = available_engines()
        for word, name in ENGINE_NAMES.items():
            text = tr(name) if word in there else tr("{engine} (not installed)")
            self.engine.addItem(text.format(engine=word), word)
            if word not in there:
                # Flags of an entry that can be neither chosen nor pressed.
                self.engine.setItemData(self.engine.count() - 1, 0, Qt.ItemDataRole.UserRole - 1)
        self.engine.setCurrentIndex(self.engine.findData(laboratory.engine))
        self.positions = CodesRow(
            {Position.SUPINE: laboratory.supine, **laboratory.positions}, Position
        )
        self.positions.setToolTip(
            plain_tip(
                tr(
                    "As your recorder stores them, with blanks between; nothing is given by a "
                    "position whose values nobody wrote"
                )
            )
        )
        self.stages = CodesRow(laboratory.stages, SCORED_STAGES)
        self.stages.setToolTip(
            plain_tip(
                tr(
                    "As your recorder stores them, with blanks between; they are shown but never "
                    "counted, and a value that nobody wrote is shown as a number"
                )
            )
        )
        self.problem = WrappedLabel()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        note = WrappedLabel(
            tr("What you change here is remembered for all recordings with these labels.")
        )
        form.addRow(note)
        for role, box in self.boxes.items():
            form.addRow(tr(_NAMES[role]), box)
        form.addRow(tr("Values of the position"), self.positions)
        # Rare, and the dialog is high enough for a small screen without it.
        if any(is_stage(label) for label in self._channels):
            form.addRow(tr("Values of the stored stages"), self.stages)
        form.addRow(tr("Hypopneas count by"), self.rule)
        form.addRow(tr("Least fall of SpO₂"), self.fall)
        form.addRow("", self.or_arousal)
        form.addRow(tr("Events are suggested by"), self.engine)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(fields)
        area.setMinimumWidth(
            fields.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width()
        )
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(self.problem)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(460)
        self.rule.currentIndexChanged.connect(self._check)
        for row in (self.positions, self.stages):
            row.changed.connect(self._check)
        for box in self.boxes.values():
            box.currentIndexChanged.connect(self._check)
        self._check()
        beside_px = self.sizeHint().height() - area.sizeHint().height()
        room = self.screen().availableSize() - FRAME_PX
        self.resize(
            QSize(self.sizeHint().width(), fields.sizeHint().height() + beside_px).boundedTo(room)
        )

    @property
    def laboratory(self) -> Laboratory:
        """What is chosen; channels that were not changed are still recognised."""
        positions = self.positions.codes
        chosen = replace(
            self._laboratory,
            rule=self._rule,
            supine=positions.pop(Position.SUPINE, ()),
            positions=positions,
            stages=self.stages.codes,
            engine=self.engine.currentData(),
        )
        for role, box in self.boxes.items():
            if box.currentData() != self._shown[role]:
                chosen = chosen.having(role, box.currentData())
        return chosen

    @property
    def _rule(self) -> Rule:
        word = self.rule.currentData()
        if word != _OWN:
            return RULES[word]
        return Rule.own(self.fall.value(), or_arousal=self.or_arousal.isChecked())

    def _box(self, recognised: Roles, role: Role) -> QComboBox:
        box = QComboBox()
        box.addItem(tr("none"), None)
        for label in self._channels:
            box.addItem(label, label)
        if role in recognised:
            box.setCurrentIndex(box.findData(recognised[role].label))
        return box

    def _check(self) -> None:
        """Say what is wrong with a channel for its role, and refuse values that are none."""
        is_own = self.rule.currentData() == _OWN
        self.fall.setEnabled(is_own)
        self.or_arousal.setEnabled(is_own)
        roles = Roles(
            {
                role: self._channels[box.currentData()]
                for role, box in self.boxes.items()
                if box.currentData() is not None
            }
        )
        problems = [tr(problem) for _, problem in roles.problems()]
        is_valid = True
        for row in (self.positions, self.stages):
            if row.problem:
                is_valid = False
                problems.append(row.problem)
        self.problem.setText(" ".join(problems))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_valid)


class CodesRow(QWidget):
    """Asks which values mean which states, a field for each.

    Attributes
    ----------
    fields
        The fields of the states.
    changed
        Emitted when something else is written.
    """

    changed = Signal()

    def __init__(self, codes: Mapping[_State, tuple[float, ...]], states: Iterable[_State]) -> None:
        super().__init__()
        self.fields: dict[Any, QLineEdit] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(1)
        for column, state in enumerate(states):
            field = QLineEdit(" ".join(number(one, "g") for one in codes.get(state, ())))
            field.setPlaceholderText("–")
            field.setMinimumSize(_LEAST_FIELD_PX, field.sizeHint().height())  # else half a line
            field.textChanged.connect(self.changed)
            name = PlainLabel(tr(state.label))
            name.setBuddy(field)
            layout.addWidget(name, 0, column)
            layout.addWidget(field, 1, column)
            self.fields[state] = field

    @property
    def codes(self) -> dict[Any, tuple[float, ...]]:
        """Values of each state that has some; raise ValueError for what is no number."""
        codes = {state: _numbers(field.text()) for state, field in self.fields.items()}
        return {state: own for state, own in codes.items() if own}

    @property
    def problem(self) -> str:
        """What is wrong with the values; empty while nothing is."""
        try:
            values = [code for own in self.codes.values() for code in own]
        except ValueError:
            return tr("Write the values as numbers with blanks between.")
        twice = next((code for code in values if values.count(code) > 1), None)
        if twice is None:
            return ""
        return tr("The value {value} has two names.").format(value=number(twice, "g"))


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(word.replace(",", ".")) for word in text.replace(";", " ").split())
