"""Keys: each action's own, wherever the focus is, and keys that the technician chooses."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions.action_table import ACTIONS, STAGE_ACTIONS
from sleepscorer.ui.actions.key_bindings import effective_keys, from_text, to_text
from sleepscorer.ui.base.key_profiles import DEFAULT, KEY_PROFILES
from sleepscorer.ui.dialogs.shortcut_sheet import ShortcutSheet
from sleepscorer.ui.shell.main_window import MainWindow

KEYPAD = Qt.KeyboardModifier.KeypadModifier
KEYS = [(action_id, key) for action_id, keys in effective_keys(DEFAULT, {}).items() for key in keys]


class Presses(QObject):
    """Counts what actions are asked for instead of doing it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.counts: Counter[str] = Counter()
        for spec in ACTIONS:
            action = window.actions_by_id[spec.id]
            action.setEnabled(True)
            action.setVisible(True)
            signal = action.toggled if spec.checkable else action.triggered
            signal.disconnect()
            signal.connect(lambda _on, action_id=spec.id: self.counts.update([action_id]))


def press(widget: QWidget, key: str) -> None:
    combination = QKeySequence(key)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def test_that_every_key_does_what_the_table_says_with_the_focus_on_a_plot(
    open_window: MainWindow,
) -> None:
    for view in (open_window.traces, open_window.night):
        presses = Presses(open_window)
        view.setFocus()
        for _action_id, key in KEYS:
            press(view, key)
        assert presses.counts == Counter(action_id for action_id, _key in KEYS)


def test_that_digits_type_in_a_spin_box_and_other_keys_still_act(open_window: MainWindow) -> None:
    field = QDoubleSpinBox(open_window)
    field.setRange(0, 1e6)
    field.setDecimals(0)
    field.show()
    field.setFocus()
    field.selectAll()
    presses = Presses(open_window)
    for key in "2350":
        QTest.keyClick(field, key)
    assert field.value() == 2350
    assert not presses.counts
    press(field, "F9")
    press(field, "Ctrl+S")
    assert presses.counts == Counter(["scoring.auto", "file.save"])


def test_that_no_key_acts_behind_a_dialog(qtbot: QtBot, open_window: MainWindow) -> None:
    dialog = QDialog(open_window)
    dialog.setModal(True)
    field = QDoubleSpinBox()
    QVBoxLayout(dialog).addWidget(field)
    dialog.show()
    qtbot.waitActive(dialog)
    field.setFocus()
    presses = Presses(open_window)
    for _action_id, key in KEYS:
        if key != "Esc":
            press(field, key)
    dialog.close()
    assert not presses.counts


def test_that_a_held_key_repeats_what_shows_but_nothing_that_scores(
    open_window: MainWindow,
) -> None:
    changes = {"edit", "scoring", "file"}
    for spec in ACTIONS:
        action = open_window.actions_by_id[spec.id]
        assert action.autoRepeat() is spec.repeats
        if spec.id.split(".")[0] in changes:
            assert not spec.repeats, spec.id
    assert open_window.actions_by_id["view.next"].autoRepeat()
    assert not any(a.autoRepeat() for a in open_window.numpad_actions.values())


def test_that_the_number_pad_goes_on_while_the_top_row_stays(open_window: MainWindow) -> None:
    QTest.keyClick(open_window, Qt.Key.Key_2, KEYPAD)  # as long as it is not chosen: like "2"
    assert open_window.document.scoring[0].stage is Stage.N2
    open_window.actions_by_id["scoring.numpad"].setChecked(True)
    open_window.viewport.go_to(4)
    QTest.keyClick(open_window, "3")
    assert open_window.viewport.epoch == 4
    QTest.keyClick(open_window, Qt.Key.Key_1, KEYPAD)
    assert open_window.viewport.epoch == 5
    assert open_window.document.scoring[4].stage is Stage.N1
    open_window.choices.keys["isr"].trigger()
    QTest.keyClick(open_window, Qt.Key.Key_4, KEYPAD)
    assert open_window.document.scoring[5].stage is Stage.R
    assert open_window.viewport.epoch == 6


def test_that_only_unscored_epochs_of_a_selection_are_scored_on_request(
    open_window: MainWindow,
) -> None:
    open_window.document.score((2,), Stage.R)
    open_window.actions_by_id["scoring.fill"].setChecked(True)
    open_window.viewport.go_to(1)
    for _ in range(3):
        QTest.keyClick(open_window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(open_window, "2")
    assert open_window.document.scoring.stages[1:5] == (Stage.N2, Stage.R, Stage.N2, Stage.N2)
    open_window.viewport.go_to(2)
    QTest.keyClick(open_window, "1")  # a single epoch is meant
    assert open_window.document.scoring[2].stage is Stage.N1


def test_that_the_technician_gives_an_action_another_key(open_window: MainWindow, store) -> None:
    QTest.keyClick(open_window, "?")
    sheet = open_window.findChild(ShortcutSheet)
    sheet.choose("scoring.auto")
    sheet.key.setKeySequence(QKeySequence("4"))
    assert "free" in sheet.message.text()
    sheet.use_button.click()
    assert open_window.bindings.keys["scoring.auto"] == ("4",)
    assert from_text(store.load().own_keys) == {"scoring.auto": ("4",)}
    assert open_window.actions_by_id["scoring.auto"].shortcuts() == [QKeySequence("4")]
    sheet.usual_button.click()
    assert open_window.bindings.keys["scoring.auto"] == ("F9",)
    sheet.close()


def test_that_a_key_is_taken_from_another_action_only_after_saying_so(
    open_window: MainWindow,
) -> None:
    QTest.keyClick(open_window, "?")
    sheet = open_window.findChild(ShortcutSheet)
    sheet.choose("view.next")
    sheet.key.setKeySequence(QKeySequence("X"))
    assert "Artefact" in sheet.message.text()
    assert open_window.bindings.owner("X") == "scoring.artefact"
    sheet.add_button.click()
    assert open_window.bindings.keys["view.next"] == ("Right", "Space", "X")
    assert open_window.bindings.keys["scoring.artefact"] == ()
    sheet.all_usual_button.click()
    assert open_window.bindings.owner("X") == "scoring.artefact"
    sheet.none_button.click()
    assert open_window.bindings.keys["view.next"] == ()
    sheet.close()


@pytest.mark.parametrize("profile", KEY_PROFILES, ids=lambda profile: profile.id)
def test_that_no_two_actions_share_a_key_whatever_was_chosen(profile) -> None:
    for own in ({}, {"file.open": ("4", "7", "D", "Right")}, {"unknown": ("1",)}):
        keys = [key for keys in effective_keys(profile, own).values() for key in keys]
        assert max(Counter(keys).values()) == 1
        assert set(effective_keys(profile, own)) == {spec.id for spec in ACTIONS}


def test_that_a_chosen_key_goes_before_the_profile_and_the_profile_before_the_table() -> None:
    keys = effective_keys(KEY_PROFILES[-1], {"file.open": ("D",)})
    unscored = next(name for name, stage in STAGE_ACTIONS.items() if stage is Stage.UNSCORED)
    assert "D" not in keys[unscored]
    assert "7" in keys[unscored]


def test_that_own_keys_survive_the_preferences() -> None:
    own = {"view.next": ("Right", ";", "Ctrl+,"), "view.previous": (), "traces.all": ("Esc",)}
    assert from_text(to_text(own)) == own
    assert from_text(("nonsense", "unknown=F1", "view.next=F2")) == {"view.next": ("F2",)}


def test_that_keys_are_carried_to_another_program_by_a_file(
    open_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.txt"
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))
    QTest.keyClick(open_window, "?")
    sheet = open_window.findChild(ShortcutSheet)
    open_window._prefer(keys="sleeptrip")
    open_window.bindings.set_keys("events.hypopnea", ("Y", ";"))
    theirs = open_window.bindings.keys
    sheet.save_button.click()
    for profile in ("default", "isr"):
        open_window._prefer(keys=profile, own_keys=())
        sheet.load_button.click()
        assert open_window.bindings.keys == theirs
    path.write_text("no keys", "utf-8")
    sheet.load_button.click()
    assert "keys.txt holds no keys" in sheet.message.text()
    path.unlink()
    sheet.load_button.click()
    assert "keys.txt" in sheet.message.text()
    assert open_window.bindings.keys == theirs
    sheet.close()


def test_that_only_one_list_of_keys_is_open(open_window: MainWindow) -> None:
    QTest.keyClick(open_window, "?")
    open_window.activateWindow()
    QTest.keyClick(open_window, "?")
    sheets = [w for w in QApplication.topLevelWidgets() if isinstance(w, ShortcutSheet)]
    assert sum(sheet.isVisible() for sheet in sheets) == 1
    for sheet in sheets:
        sheet.close()
