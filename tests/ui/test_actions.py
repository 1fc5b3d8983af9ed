"""Every action by its key, wherever the focus is."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sleepscorer.domain.provenance import Person
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions.action_table import ACTIONS, STAGE_ACTIONS
from sleepscorer.ui.base.key_profiles import DEFAULT, KEY_PROFILES, KeyProfile
from sleepscorer.ui.base.language import ENGLISH, speak
from sleepscorer.ui.dialogs.shortcut_sheet import ShortcutSheet
from sleepscorer.ui.shell.main_window import MainWindow


@pytest.mark.parametrize("profile", KEY_PROFILES, ids=lambda profile: profile.id)
def test_that_no_two_actions_share_a_key(profile: KeyProfile) -> None:
    keys = [key for spec in ACTIONS for key in spec.shortcuts]
    keys += [key for stage_keys in profile.keys.values() for key in stage_keys]
    counts = Counter(key.casefold() for key in keys)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("profile", KEY_PROFILES, ids=lambda profile: profile.id)
def test_that_every_stage_has_a_key(profile: KeyProfile) -> None:
    assert set(profile.keys) == set(Stage)
    assert all(profile.keys.values())


def test_that_4_is_left_alone_because_programs_disagree_on_it() -> None:
    assert all("4" not in keys for keys in DEFAULT.keys.values())


def test_that_another_programs_keys_can_be_chosen(open_window: MainWindow, store) -> None:
    open_window.choices.keys["isr"].trigger()
    QTest.keyClick(open_window, "4")
    QTest.keyClick(open_window, "5")
    assert open_window.document.scoring.stages[:2] == (Stage.R, Stage.UNSCORED)
    assert open_window.viewport.epoch == 1
    assert "4" in open_window.panel.stage_buttons[-1].text()
    assert store.load().keys == "isr"
    open_window.choices.keys["wonambi"].trigger()
    QTest.keyClick(open_window, "9")
    QTest.keyClick(open_window, "4")
    assert open_window.document.scoring[1].stage is Stage.W
    assert open_window.viewport.epoch == 2


def test_that_every_action_is_in_a_menu_and_has_a_handler(window: MainWindow) -> None:
    in_menus = {
        action.objectName()
        for menu in window.menus.values()
        for action in menu.actions()
        if action.objectName()
    }
    assert in_menus == {spec.id for spec in ACTIONS}


def test_that_actions_that_need_a_recording_are_off_without_one(window: MainWindow) -> None:
    for spec in ACTIONS:
        assert window.actions_by_id[spec.id].isEnabled() is not spec.needs_document, spec.id
    QTest.keyClick(window, "2")
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.document is None


@pytest.mark.parametrize(
    ("key", "stage"),
    [
        ("w", Stage.W),
        ("0", Stage.W),
        ("1", Stage.N1),
        ("2", Stage.N2),
        ("3", Stage.N3),
        ("r", Stage.R),
        ("5", Stage.R),
        ("u", Stage.UNSCORED),
        (Qt.Key.Key_Delete, Stage.UNSCORED),
    ],
)
def test_that_a_stage_key_scores_the_epoch_and_moves_on(
    open_window: MainWindow, key: str | Qt.Key, stage: Stage
) -> None:
    open_window.viewport.go_to(3)
    QTest.keyClick(open_window, key)
    score = open_window.document.scoring[3]
    assert score.stage is stage
    assert score.source == (None if stage is Stage.UNSCORED else Person("Scorer"))
    assert open_window.viewport.epoch == 4


@pytest.mark.parametrize("view", ["traces", "night", "panel", "tool_bar"])
def test_that_stage_keys_work_wherever_the_focus_is(open_window: MainWindow, view: str) -> None:
    widget = getattr(open_window, view)
    widget.setFocus()
    QTest.keyClick(widget, "3")
    assert open_window.document.scoring[0].stage is Stage.N3


def test_that_digits_and_letters_still_type_in_a_field(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    field = open_window.panel.findChild(QLineEdit, "scorer")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Rw 23")
    assert field.text() == "Rw 23"
    assert open_window.document.undo_stack.count() == 0
    QTest.keyClick(field, Qt.Key.Key_Return)
    open_window.traces.setFocus()
    QTest.keyClick(open_window, "1")
    assert open_window.document.scoring[0].source == Person("Rw 23")


def test_that_nobody_can_score_under_the_models_name(qtbot: QtBot, open_window: MainWindow) -> None:
    field = open_window.panel.findChild(QLineEdit, "scorer")
    field.setText("model")
    field.editingFinished.emit()
    assert field.text() == ""
    assert "can't be named" in open_window.messages.text


@pytest.mark.parametrize(
    ("mode", "places"),
    [
        ("always", [1, 2, 3, 3]),  # whatever was there before
        ("first time", [1, 1, 1, 2]),  # 1 and 2 had a stage
        ("next unscored", [3, 4, 5, 5]),
        ("stay", [0, 0, 0, 2]),
    ],
)
def test_that_the_advance_modes_go_where_they_say(
    open_window: MainWindow, store, mode: str, places: list[int]
) -> None:
    open_window.document.score((1, 2), Stage.N2)
    open_window.choices.advance[mode].trigger()
    assert store.load().advance == mode
    seen = []
    for key in "311":
        QTest.keyClick(open_window, key)
        seen.append(open_window.viewport.epoch)
    open_window.viewport.go_to(2)
    QTest.keyClick(open_window, "2")
    seen.append(open_window.viewport.epoch)
    assert seen == places


def test_that_a_selected_range_is_scored_in_one_step(open_window: MainWindow) -> None:
    open_window.viewport.go_to(4)
    for _ in range(3):
        QTest.keyClick(open_window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(open_window, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert open_window.viewport.selection == range(4, 7)
    QTest.keyClick(open_window, "3")
    assert open_window.document.scoring.stages[4:7] == (Stage.N3,) * 3
    assert open_window.viewport.epoch == 7
    assert open_window.viewport.selection == range(7, 8)
    assert open_window.document.undo_stack.count() == 1
    QTest.keyClick(open_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert open_window.document.scoring.stages[4:7] == (Stage.UNSCORED,) * 3


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Qt.Key.Key_Right, 5, 6),
        (Qt.Key.Key_Space, 5, 6),
        (Qt.Key.Key_Left, 5, 4),
        (Qt.Key.Key_Backspace, 5, 4),
        (Qt.Key.Key_PageDown, 5, 15),
        (Qt.Key.Key_PageUp, 15, 5),
        (Qt.Key.Key_Home, 5, 0),
        (Qt.Key.Key_End, 5, 23),
        (Qt.Key.Key_Left, 0, 0),
        (Qt.Key.Key_Right, 23, 23),
    ],
)
def test_that_keys_turn_the_pages(
    open_window: MainWindow, key: Qt.Key, start: int, end: int
) -> None:
    open_window.viewport.go_to(start)
    QTest.keyClick(open_window, key)
    assert open_window.viewport.epoch == end


def test_that_the_arrow_keys_change_the_sensitivity(open_window: MainWindow) -> None:
    def top() -> float:
        curve = open_window.traces.curve("F4-M1")
        return float(curve.heights.max() - curve.heights.min())

    before = top()
    QTest.keyClick(open_window, Qt.Key.Key_Up)
    QTest.keyClick(open_window, Qt.Key.Key_Up)
    assert top() == pytest.approx(2 * before, rel=1e-3)
    QTest.keyClick(open_window, Qt.Key.Key_Down)
    QTest.keyClick(open_window, Qt.Key.Key_Down)
    assert top() == pytest.approx(before, rel=1e-3)


def test_that_f_switches_the_filters(open_window: MainWindow) -> None:
    filtered = open_window.traces.curve("Fpz-Cz").heights.copy()
    QTest.keyClick(open_window, "f")
    stored = open_window.traces.curve("Fpz-Cz").heights
    assert filtered.shape == stored.shape
    assert not (filtered == stored).all()


def test_that_the_theme_is_switched_and_remembered(open_window: MainWindow, store) -> None:
    open_window.choices.themes["dark"].trigger()
    assert QApplication.palette().window().color().lightnessF() < 0.3
    assert store.load().theme == "dark"
    open_window.choices.themes["safe"].trigger()
    assert QApplication.palette().window().color().lightnessF() > 0.7


def test_that_the_stage_buttons_score_too(qtbot: QtBot, open_window: MainWindow) -> None:
    buttons = {button.text().split()[0]: button for button in open_window.panel.stage_buttons}
    assert list(buttons) == ["W", "N1", "N2", "N3", "R"]
    buttons["N2"].click()
    assert open_window.document.scoring[0].stage is Stage.N2


def test_that_about_says_what_the_program_is_not(window: MainWindow, dialogs) -> None:
    window.actions_by_id["help.about"].trigger()
    assert dialogs.n_about == 1


def test_that_the_definitions_are_shown_in_the_language_of_the_window(
    window: MainWindow, dialogs, qapp
) -> None:
    window.actions_by_id["help.definitions"].trigger()
    speak(qapp, "de")
    try:
        window.actions_by_id["help.definitions"].trigger()
    finally:
        speak(qapp, ENGLISH)
    (_, english), (title, german) = dialogs.notices
    assert "Sleep fragmentation index (SFI)" in english
    assert "Index der Schlaffragmentierung (SFI)" in german
    assert title == "Definitionen aller Zahlen"


def test_that_the_list_of_keys_is_searched_by_key_and_by_what_it_does(
    window: MainWindow,
) -> None:
    QTest.keyClick(window, "?")
    sheet = window.findChild(ShortcutSheet)
    assert sheet.isVisible()
    assert len(sheet.shown_actions()) == len(ACTIONS)
    sheet.search.setText("ctrl+shift+s")
    assert sheet.shown_actions() == ["Save session as"]
    sheet.search.setText("EPOCH")
    assert "Next epoch" in sheet.shown_actions()
    assert "Open" not in sheet.shown_actions()
    sheet.close()


def test_that_undo_names_what_it_takes_back(open_window: MainWindow) -> None:
    QTest.keyClick(open_window, "2")
    assert "N2 for epoch 1" in open_window.actions_by_id["edit.undo"].text()


def test_that_every_stage_has_its_action() -> None:
    assert set(STAGE_ACTIONS.values()) == set(Stage)
