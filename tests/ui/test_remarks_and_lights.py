"""Comments, artefacts, lights and the lanes of events."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.scoring import LightInterruption, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.dialogs.dialogs import Answer
from sleepscorer.ui.dialogs.lights_dialog import LightsDialog
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.event_lanes_item import EventLane, event_lanes_of
from sleepscorer.ui.views.lights_markers import LightsOnPage


def test_that_a_comment_is_typed_and_the_next_key_scores_again(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.viewport.go_to(4)
    QTest.keyClick(open_window, "c")
    field = open_window.panel.findChild(QLineEdit, "comment")
    assert field.hasFocus()
    qtbot.keyClicks(field, "Was 12 Hz, R?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert open_window.document.scoring.remarks == {4: Remark("Was 12 Hz, R?")}
    assert open_window.document.scoring[4].stage is Stage.UNSCORED
    QTest.keyClick(open_window, "r")
    assert open_window.document.scoring[4].stage is Stage.R
    assert field.text() == ""
    open_window.viewport.go_to(4)
    assert field.text() == "Was 12 Hz, R?"
    open_window.actions_by_id["edit.undo"].trigger()
    open_window.actions_by_id["edit.undo"].trigger()
    assert open_window.document.scoring.remarks == {}


def test_that_a_comment_left_by_turning_the_page_stays_with_its_epoch(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    QTest.keyClick(open_window, "c")
    field = open_window.panel.findChild(QLineEdit, "comment")
    qtbot.keyClicks(field, "half a word")
    open_window.viewport.go_to(7)
    assert open_window.document.scoring.remarks == {0: Remark("half a word")}
    assert field.text() == ""


def test_that_a_comment_being_typed_is_not_lost_when_a_file_is_opened(
    qtbot: QtBot, open_window: MainWindow, dialogs, night_path: Path
) -> None:
    QTest.keyClick(open_window, "c")
    qtbot.keyClicks(open_window.panel.findChild(QLineEdit, "comment"), "unfinished")
    document = open_window.document
    dialogs.answers.append(Answer.CANCEL)
    with qtbot.waitSignal(open_window.files.finished, timeout=20_000):
        open_window.open_file(night_path)
    assert open_window.document is document
    assert document.scoring.remarks == {0: Remark("unfinished")}


def test_that_x_marks_the_selected_epochs_as_artefact_and_again_takes_it_away(
    open_window: MainWindow,
) -> None:
    open_window.viewport.extend_by(2)
    QTest.keyClick(open_window, "x")
    assert open_window.document.scoring.remarks == dict.fromkeys(range(3), Remark(artefact=True))
    assert open_window.panel.findChild(QLabel, "artefact").text() == "Artefact"
    QTest.keyClick(open_window, "x")
    assert open_window.document.scoring.remarks == {}
    assert open_window.document.undo_stack.count() == 2


def test_that_lights_are_marked_by_key_and_never_on_before_off(open_window: MainWindow) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    open_window.viewport.go_to(2)
    QTest.keyClick(open_window, "l")
    open_window.viewport.go_to(20)
    QTest.keyClick(open_window, "l", shift)
    assert open_window.document.scoring.lights == Lights(60.0, 600.0)
    open_window.viewport.go_to(1)
    QTest.keyClick(open_window, "l", shift)
    assert open_window.document.scoring.lights == Lights(60.0, 600.0)
    assert "can't be before" in open_window.messages.text
    open_window.actions_by_id["scoring.no_lights"].trigger()
    assert open_window.document.scoring.lights == Lights()


def test_that_the_light_may_be_on_for_a_while(open_window: MainWindow, dialogs) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    document = open_window.document

    def press(epoch: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Lights:
        open_window.viewport.go_to(epoch)
        QTest.keyClick(open_window, "l", modifier)
        return document.scoring.lights

    press(1)
    press(10, shift)
    # Off again after it went on: what lies between was an interruption.
    assert press(12) == Lights(30.0, None, (LightInterruption(300.0, 360.0),))
    assert "22:20:30" in open_window.statusBar().currentMessage()  # and it is said
    night = press(22, shift)
    assert night == Lights(30.0, 660.0, (LightInterruption(300.0, 360.0),))
    # On in the dark, before it goes on anyway: for good, for a while, or not meant.
    dialogs.lights_for_a_while += [None, True, False]
    assert press(15, shift) == night
    assert dialogs.lights_asked == ["22:26:30"]
    first, second = press(15, shift).interruptions
    assert (first, second) == (night.interruptions[0], LightInterruption(450.0, 480.0))
    assert press(18).interruptions[1] == LightInterruption(450.0, 540.0)
    assert press(20, shift) == Lights(30.0, 600.0, (first, LightInterruption(450.0, 540.0)))
    for _ in range(3):
        document.undo()
    assert document.scoring.lights == night


def test_that_interruptions_are_drawn_in_the_night_and_on_the_page(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    document, night = open_window.document, open_window.night
    document.set_lights(Lights(30.0, 660.0, (LightInterruption(305.0, 360.0),)))
    open_window.viewport.go_to(10)
    page = open_window.traces.findChild(LightsOnPage)
    ((place, is_off),) = page.marks
    assert not is_off
    assert place == pytest.approx(page.width() * 5 / 30, abs=1)
    assert page.lit == ((place, pytest.approx(page.width(), abs=1)),)
    qtbot.waitUntil(lambda: night.position_of(360) != QPoint())
    start, end = night.position_of(360), night.position_of(450)
    qtbot.mousePress(night.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(night.viewport(), end)
    qtbot.mouseRelease(night.viewport(), Qt.MouseButton.LeftButton, pos=end)
    (one,) = document.scoring.lights.interruptions
    assert one.off_s == pytest.approx(450, abs=2)
    open_window.viewport.go_to(0)
    assert page.lit == ()


def test_that_interruptions_are_typed(qtbot: QtBot, open_window: MainWindow) -> None:
    lights = Lights(30.0, 660.0, (LightInterruption(300.4, 360.0),))
    dialog = LightsDialog(open_window, lights, open_window.document.recording)
    qtbot.addWidget(dialog)
    dialog.more.click()
    assert dialog.lights == lights
    dialog.rows[1].began.setText("22:17")
    assert "both times" in dialog.problem.text()
    dialog.rows[1].ended.setText("22:17:30")
    assert dialog.lights.interruptions[0] == LightInterruption(90.0, 120.0)
    assert dialog.lights.interruptions[1] == LightInterruption(300.4, 360.0)  # not rounded
    dialog.off.setText("22:18")
    assert "between lights off and lights on" in dialog.problem.text()
    dialog.rows[1].widget.findChild(QPushButton).click()
    assert dialog.lights == Lights(150.0, 660.0, lights.interruptions)


def test_that_return_and_escape_leave_a_field_and_do_nothing_else(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.document.score((0, 1), Stage.N2)
    n_steps = open_window.document.undo_stack.count()
    open_window.panel.write_comment()
    field = open_window.panel.findChild(QLineEdit, "comment")
    qtbot.keyClicks(field, "slow")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert open_window.document.scoring.remarks[0].comment == "slow"
    assert open_window.document.undo_stack.count() == n_steps + 1
    assert open_window.viewport.epoch == 0
    open_window.panel.write_comment()
    qtbot.keyClicks(field, " and more")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "slow"
    QTest.keyClick(open_window, "3")
    assert open_window.document.scoring[0].stage is Stage.N3


def test_that_a_marker_of_the_lights_is_dragged(qtbot: QtBot, open_window: MainWindow) -> None:
    night = open_window.night
    open_window.document.set_light("off", 120.0)
    qtbot.waitUntil(lambda: night.position_of(120) != QPoint())
    start, end = night.position_of(120), night.position_of(300)
    qtbot.mousePress(night.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(night.viewport(), end)
    qtbot.mouseRelease(night.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert open_window.document.scoring.lights.off_s == pytest.approx(300, abs=2)
    assert open_window.viewport.epoch == 0


def test_that_a_click_on_a_marker_of_the_lights_goes_there_and_leaves_it(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    night = open_window.night
    open_window.document.set_light("off", 120.0)
    qtbot.waitUntil(lambda: night.position_of(120) != QPoint())
    place = night.position_of(130)
    qtbot.mouseClick(night.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert open_window.document.scoring.lights.off_s == 120.0
    assert open_window.viewport.epoch == 4


def test_that_only_what_the_night_has_gets_a_lane() -> None:
    arousal = ScoredEvent(EventKind.AROUSAL, 31.0, 4.0)
    apnea = ScoredEvent(EventKind.CENTRAL_APNEA, 40.0, 12.0)
    remarks = {2: Remark("slow"), 5: Remark("", artefact=True)}
    scoring = Scoring(10, events=(apnea, arousal), remarks=remarks)
    assert event_lanes_of(scoring) == (
        EventLane("arousal", ((EventGroup.AROUSAL, ((31.0, 35.0),)),)),
        EventLane("respiratory", ((EventGroup.APNEA, ((40.0, 52.0),)),)),
        EventLane("remark", ((None, ((60.0, 90.0), (150.0, 180.0))),)),
    )
    assert event_lanes_of(Scoring(10)) == ()


def test_that_a_lane_has_no_more_spans_than_can_be_seen_apart():
    events = [ScoredEvent(EventKind.SPINDLE, place * 0.5, 0.5) for place in range(2000)]
    events += [ScoredEvent(EventKind.SPINDLE, 2000.0, 1.0), ScoredEvent(EventKind.SPINDLE, 9e3, 2)]
    (lane,) = event_lanes_of(Scoring(400, events=events))
    ((_group, spans_s),) = lane.parts
    assert spans_s == ((0.0, 1000.0), (2000.0, 2001.0), (9000.0, 9002.0))
