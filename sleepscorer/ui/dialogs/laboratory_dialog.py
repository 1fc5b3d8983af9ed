"""Asks which channels are which sensors, what hypopneas need, and what suggests events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from sleepscorer.domain.channels import Channel
from sleepscorer.events.engines import ENGINE_NAMES, available_engines
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.events.roles import Role, Roles
from sleepscorer.events.rules import RULES, Rule
from sleepscorer.ui.base.language import N_, number, tr
from sleepscorer.ui.base.plain_text import PlainLabel

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
        self.supine = QLineEdit(" ".join(number(one, "g") for one in laboratory.supine))
        self.supine.setPlaceholderText(tr("not known: nothing is given by position"))
        self.engine = QComboBox()
        there = available_engines()
        for word, name in ENGINE_NAMES.items():
            text = tr(name) if word in there else tr("{engine} (not installed)")
            self.engine.addItem(text.format(engine=word), word)
            if word not in there:
                # Flags of an entry that can be neither chosen nor pressed.
                self.engine.setItemData(self.engine.count() - 1, 0, Qt.ItemDataRole.UserRole - 1)
        self.engine.setCurrentIndex(self.engine.findData(laboratory.engine))
        self.problem = PlainLabel()
        self.problem.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QFormLayout(self)
        note = PlainLabel(
            tr("What you change here is remembered for all recordings with these labels.")
        )
        note.setWordWrap(True)
        layout.addRow(note)
        for role, box in self.boxes.items():
            layout.addRow(tr(_NAMES[role]), box)
        layout.addRow(tr("Values of the position that mean supine"), self.supine)
        layout.addRow(tr("Hypopneas count by"), self.rule)
        layout.addRow(tr("Least fall of SpO₂"), self.fall)
        layout.addRow("", self.or_arousal)
        layout.addRow(tr("Events are suggested by"), self.engine)
        layout.addRow(self.problem)
        layout.addRow(self._buttons)
        self.setMinimumWidth(460)
        self.rule.currentIndexChanged.connect(self._check)
        self.supine.textChanged.connect(self._check)
        for box in self.boxes.values():
            box.currentIndexChanged.connect(self._check)
        self._check()

    @property
    def laboratory(self) -> Laboratory:
        """What is chosen; channels that were not changed are still recognised."""
        chosen = replace(
            self._laboratory,
            rule=self._rule,
            supine=_numbers(self.supine.text()),
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
        try:
            _numbers(self.supine.text())
        except ValueError:
            is_valid = False
            problems.append(tr("Write the values of the position as numbers with blanks between."))
        self.problem.setText(" ".join(problems))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_valid)


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(word.replace(",", ".")) for word in text.replace(";", " ").split())
