"""Every action by its key, wherever the focus is."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions import ACTIONS, STAGE_ACTIONS
from sleepscorer.ui.main_window import MainWindow


@pytest.fixture
def scored_window(qtbot: QtBot, window: MainWindow, night_path: Path) -> MainWindow:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    return window


def test_that_no_two_actions_share_a_key() -> None:
    counts = Counter(key.casefold() for spec in ACTIONS for key in spec.shortcuts)
    assert [key for key, count in counts.items() if count > 1] == []


def test_that_4_is_left_alone_because_programs_disagree_on_it() -> None:
    assert all("4" not in spec.shortcuts for spec in ACTIONS)


def test_that_every_action_is_in_a_menu_and_has_a_handler(window: MainWindow) -> None:
    in_menus = {
        action.objectName()
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()
        if action.objectName()
    }
    assert in_menus == {spec.id for spec in ACTIONS}


def test_that_actions_that_need_a_recording_are_off_without_one(window: MainWindow) -> None:
    for spec in ACTIONS:
        assert window.actions_by_id[spec.id].isEnabled() is not spec.needs_document, spec.id
    QTest.keyClick(window, "2")
    QTest.keyClick(window, Qt.Key.Key_F5)
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
    scored_window: MainWindow, key: str | Qt.Key, stage: Stage
) -> None:
    scored_window.viewport.go_to(3)
    QTest.keyClick(scored_window, key)
    score = scored_window.document.scoring[3]
    assert score.stage is stage
    assert score.source == "Scorer"
    assert scored_window.viewport.epoch == 4


@pytest.mark.parametrize("view", ["traces", "night", "panel", "tool_bar"])
def test_that_stage_keys_work_wherever_the_focus_is(scored_window: MainWindow, view: str) -> None:
    widget = getattr(scored_window, view)
    widget.setFocus()
    QTest.keyClick(widget, "3")
    assert scored_window.document.scoring[0].stage is Stage.N3


def test_that_digits_and_letters_still_type_in_a_field(
    qtbot: QtBot, scored_window: MainWindow
) -> None:
    field = scored_window.panel.findChild(QLineEdit)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Rw 23")
    assert field.text() == "Rw 23"
    assert scored_window.document.undo_stack.count() == 0
    QTest.keyClick(field, Qt.Key.Key_Return)
    scored_window.traces.setFocus()
    QTest.keyClick(scored_window, "1")
    assert scored_window.document.scoring[0].source == "Rw 23"


def test_that_nobody_can_score_under_the_models_name(
    qtbot: QtBot, scored_window: MainWindow
) -> None:
    field = scored_window.panel.findChild(QLineEdit)
    field.setText("model")
    field.editingFinished.emit()
    assert field.text() == "Scorer"
    assert "can't be named" in scored_window.messages.text


def test_that_the_page_stays_when_advancing_is_switched_off(scored_window: MainWindow) -> None:
    scored_window.actions_by_id["scoring.advance"].trigger()
    QTest.keyClick(scored_window, "2")
    assert scored_window.viewport.epoch == 0
    scored_window.actions_by_id["scoring.advance"].trigger()
    QTest.keyClick(scored_window, "2")
    assert scored_window.viewport.epoch == 1


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
    scored_window: MainWindow, key: Qt.Key, start: int, end: int
) -> None:
    scored_window.viewport.go_to(start)
    QTest.keyClick(scored_window, key)
    assert scored_window.viewport.epoch == end


def test_that_the_arrow_keys_change_the_sensitivity(scored_window: MainWindow) -> None:
    def top() -> float:
        curve = scored_window.traces.curve("F4-M1")
        return float(curve.yData.max() - curve.yData.min())

    before = top()
    QTest.keyClick(scored_window, Qt.Key.Key_Up)
    QTest.keyClick(scored_window, Qt.Key.Key_Up)
    assert top() == pytest.approx(2 * before, rel=1e-3)
    QTest.keyClick(scored_window, Qt.Key.Key_Down)
    QTest.keyClick(scored_window, Qt.Key.Key_Down)
    assert top() == pytest.approx(before, rel=1e-3)


def test_that_f_switches_the_filters(scored_window: MainWindow) -> None:
    filtered = scored_window.traces.curve("Fpz-Cz").yData.copy()
    QTest.keyClick(scored_window, "f")
    stored = scored_window.traces.curve("Fpz-Cz").yData
    assert filtered.shape == stored.shape
    assert not (filtered == stored).all()


def test_that_the_theme_is_switched_and_remembered(scored_window: MainWindow, store) -> None:
    scored_window.actions_by_id["view.dark"].trigger()
    assert QApplication.palette().window().color().lightnessF() < 0.3
    assert store.load().dark
    scored_window.actions_by_id["view.dark"].trigger()
    assert QApplication.palette().window().color().lightnessF() > 0.7


def test_that_the_stage_buttons_score_too(qtbot: QtBot, scored_window: MainWindow) -> None:
    buttons = {button.text().split("\n")[0]: button for button in scored_window.panel.stage_buttons}
    assert list(buttons) == ["W", "N1", "N2", "N3", "R"]
    buttons["N2"].click()
    assert scored_window.document.scoring[0].stage is Stage.N2


def test_that_about_says_what_the_program_is_not(window: MainWindow, dialogs) -> None:
    window.actions_by_id["help.about"].trigger()
    assert dialogs.n_about == 1


def test_that_undo_names_what_it_takes_back(scored_window: MainWindow) -> None:
    QTest.keyClick(scored_window, "2")
    assert "N2 for epoch 1" in scored_window.actions_by_id["edit.undo"].text()


def test_that_every_stage_has_its_action() -> None:
    assert set(STAGE_ACTIONS.values()) == set(Stage)
