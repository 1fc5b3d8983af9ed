"""Whose night it is, what the file holds beside its signals, and who scores it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.event_list import ListOrder
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.ui.actions.action_table import ACTIONS, EVENTS, SCORING
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.events_panel import ListEdit

SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTES = (
    Annotation(60.0, 0.0, "Lights off"),
    Annotation(70.5, 0.0, "O2 electrode fixed"),
    Annotation(600.0, 0.0, "Lights on"),
)


@pytest.fixture
def named_path(night, tmp_path: Path) -> Path:
    """A recording that says whose it is and holds notes; its name says it, too."""
    path = tmp_path / "doe.edf"
    write_edf(
        path,
        night.channels,
        start=datetime(2026, 3, 1, 22, 15, 30),
        annotations=NOTES,
        patient_code="K-17",
        patient_name="Jane <b>Doe</b>",
    )
    return path


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> MainWindow:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    return window


def shown(window: MainWindow) -> str:
    identity = window.workspace.identity
    return identity.text() if identity.isVisible() else ""


def test_that_the_line_says_whose_night_it_is_unless_that_is_to_be_hidden(
    qtbot: QtBot, window: MainWindow, named_path: Path, tmp_path: Path, store, dialogs
) -> None:
    opened(qtbot, window, named_path)
    for text in ("Jane <b>Doe</b>", "K-17", "2026-03-01 22:15:30"):
        assert text in shown(window)
    assert "EEG C4-M1: " in window.workspace.identity.toolTip()
    assert "Hz" in window.workspace.identity.toolTip()
    information = window.actions_by_id["file.information"]
    window.actions_by_id["review.blind"].trigger()
    assert shown(window) == ""
    assert not information.isEnabled()
    window.actions_by_id["review.blind"].trigger()
    assert "K-17" in shown(window)
    window.actions_by_id["view.privacy"].trigger()
    assert shown(window) == ""
    assert not information.isEnabled()
    assert "doe" not in window.windowTitle()
    assert store.load().hides_identity
    window.document.score((0,), Stage.N2)
    dialogs.write_paths.append(tmp_path / "doe.h5")
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: window.statusBar().currentMessage().startswith("Saved"), timeout=20_000)
    assert window.statusBar().currentMessage() == "Saved."
    window.actions_by_id["view.privacy"].trigger()
    assert "K-17" in shown(window)
    assert "doe" in window.windowTitle()
    with qtbot.waitSignal(window.tasks.shown):
        information.trigger()
    qtbot.waitUntil(lambda: bool(dialogs.notices), timeout=20_000)
    ((_, page),) = dialogs.notices
    for text in ("&lt;b&gt;Doe", "K-17", "EEG C4-M1", "O2 electrode fixed", "22:16:40"):
        assert text in page


def test_that_a_file_without_names_or_notes_says_so(qtbot: QtBot, open_window: MainWindow) -> None:
    assert "patient not named" in shown(open_window)
    assert open_window.messages.text == ""


def test_that_what_the_file_itself_holds_is_offered_and_taken_over_as_one_step(
    qtbot: QtBot, window: MainWindow, named_path: Path, dialogs
) -> None:
    opened(qtbot, window, named_path)
    expected = "The file holds 3 annotations, lights off 22:16:30, lights on 22:25:30."
    assert window.messages.text == expected
    assert window.document.scoring.events == ()
    window.messages.accept_button.click()
    qtbot.waitUntil(lambda: window.document.scoring.lights.off_s == 60.0, timeout=20_000)
    assert [event.text for event in window.document.scoring.events] == ["O2 electrode fixed"]
    assert window.document.undo_stack.count() == 1
    assert window.messages.text == ""


def test_that_it_is_not_offered_again_when_the_session_is_opened(
    qtbot: QtBot, window: MainWindow, named_path: Path, dialogs, tmp_path: Path
) -> None:
    opened(qtbot, window, named_path)
    window.messages.accept_button.click()
    qtbot.waitUntil(lambda: window.document.undo_stack.count() == 1, timeout=20_000)
    window.document.save(tmp_path / "doe.h5")
    opened(qtbot, window, tmp_path / "doe.h5")
    assert window.messages.text == ""
    opened(qtbot, window, named_path)  # the session lies beside: that one first
    assert "saved session" in window.messages.text


def test_that_the_scorers_name_is_asked_before_the_first_stage_and_remembered(
    open_window: MainWindow, store, dialogs
) -> None:
    dialogs.own_names += ["", "Ana"]
    QTest.keyClick(open_window, "2")
    assert open_window.document.undo_stack.count() == 0
    assert "needs a name" in open_window.statusBar().currentMessage()
    QTest.keyClick(open_window, "2")
    assert open_window.document.scoring[0].stage is Stage.N2
    assert open_window.document.scoring[0].source.name == "Ana"
    assert store.load().scorer == "Ana"
    QTest.keyClick(open_window, "3")
    assert open_window.document.scoring[1].source.name == "Ana"
    assert len(dialogs.name_proposals) == 2


def test_that_nobody_is_asked_for_a_name_before_scoring(open_window: MainWindow, dialogs) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_T, Qt.Key.Key_E):
        QTest.keyClick(open_window, key)
    assert dialogs.name_proposals == []


@pytest.fixture
def marked(open_window: MainWindow, store, dialogs) -> MainWindow:
    """A night with lights, a comment and an event, whose scorer is not known."""
    document = open_window.document
    document.set_light("off", 120.0)
    document.comment(0, "restless")
    event = document.add_event(ScoredEvent(EventKind.AROUSAL, 5.0, 4.0))
    open_window.open_night.events.pick(event)
    assert store.load().scorer == ""
    return open_window


def drag_light(window: MainWindow) -> None:
    window.night.lights_moved.emit(0, 240.0)


def write_comment(window: MainWindow) -> None:
    window.panel.comment_changed.emit(0, "restless, talks")


def drag_event(window: MainWindow) -> None:
    event = window.open_night.events.chosen
    window.traces.event_dragged.emit(replace(event, onset_s=6.0))


def fill_in_list(window: MainWindow) -> None:
    event = window.open_night.events.chosen
    window.events_panel.edited.emit(ListEdit((event,), ListOrder.DURATION, "7"))


@pytest.mark.parametrize("act", [drag_light, write_comment, drag_event, fill_in_list])
def test_that_whatever_changes_the_scoring_first_asks_who_does(
    marked: MainWindow, dialogs, act: Callable[[MainWindow], None]
) -> None:
    document, n_steps = marked.document, marked.document.undo_stack.count()
    dialogs.own_names += ["", "Ana"]
    act(marked)
    assert document.undo_stack.count() == n_steps
    act(marked)
    assert document.undo_stack.count() == n_steps + 1
    assert document.scorer == "Ana"


def test_that_every_action_on_scoring_and_events_asks_unless_it_changes_nothing_of_ones_own() -> (
    None
):
    asking_nobody = {
        spec.id
        for spec in ACTIONS
        if spec.menu in (SCORING, EVENTS) and not spec.is_signed and not spec.checkable
    }
    assert asking_nobody == {
        "events.next",
        "events.previous",
        "events.select_all",
        "events.sensors",  # the laboratory's
        "scoring.auto",  # the network's
        "scoring.derivation",
        "scoring.prediction",
        "scoring.sign_off",  # asks for the name itself
    }
