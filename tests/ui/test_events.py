"""Events: marked by key and drag, chosen, changed, counted and taken away."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.montages import SINGLE_EEG
from sleepscorer.domain.own_kinds import MOST_OWN_KINDS, OwnKind
from sleepscorer.domain.scoring import Lights
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions.action_table import EVENT_ACTIONS
from sleepscorer.ui.dialogs.own_kinds_dialog import OwnKindsDialog
from sleepscorer.ui.shell.main_window import MainWindow

SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def place(window: MainWindow, name: str, time_s: float) -> QPoint:
    """Where a time of the page lies on a trace."""
    area = QRectF(window.traces.getViewBox().sceneBoundingRect())
    row = next(row for row in window.traces._rows if row.name == name)
    x = area.left() + time_s / 30 * area.width()
    y = area.bottom() - row.lane.centre_px
    return QPoint(round(x), round(y))


def drag(qtbot: QtBot, window: MainWindow, name: str, start_s: float, stop_s: float) -> None:
    view = window.traces.viewport()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=place(window, name, start_s))
    qtbot.mouseMove(view, place(window, name, (start_s + stop_s) / 2))
    qtbot.mouseMove(view, place(window, name, stop_s))
    qtbot.mouseRelease(view, left, pos=place(window, name, stop_s))


def only(window: MainWindow) -> ScoredEvent:
    (event,) = window.document.scoring.events
    return event


def test_that_a_drag_and_a_key_mark_an_event_on_the_channel(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.viewport.go_to(3)
    drag(qtbot, open_window, "C4-M1", 5.0, 9.0)
    QTest.keyClick(open_window, "A", SHIFT)
    event = only(open_window)
    assert event.kind is EventKind.AROUSAL
    assert event.onset_s == pytest.approx(95.0, abs=0.1)
    assert event.duration_s == pytest.approx(4.0, abs=0.1)
    assert event.channel == "EEG C4-M1"
    assert open_window.traces.inspection.stretch is None
    QTest.keyClick(open_window, "Z", CTRL)
    assert open_window.document.scoring.events == ()


def test_that_what_was_dragged_over_stays_until_it_is_marked(
    qtbot: QtBot, open_window: MainWindow, dialogs
) -> None:
    drag(qtbot, open_window, "C4-M1", 5.0, 21.0)
    dialogs.own_names += ["", "Ana"]
    QTest.keyClick(open_window, "H", SHIFT)
    assert open_window.document.scoring.events == ()
    QTest.keyClick(open_window, "H", SHIFT)
    assert only(open_window).duration_s == pytest.approx(16.0, abs=0.1)
    assert open_window.traces.stretch is None


def test_that_a_note_without_a_text_leaves_what_was_dragged_over(
    qtbot: QtBot, open_window: MainWindow, dialogs
) -> None:
    drag(qtbot, open_window, "C4-M1", 5.0, 21.0)
    dialogs.notes += ["", "cough"]
    for _ in dialogs.notes[:]:
        QTest.keyClick(open_window, "N", SHIFT)
    assert only(open_window).duration_s == pytest.approx(16.0, abs=0.1)


def test_that_a_key_alone_marks_the_least_length_at_the_mouse(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    qtbot.mouseMove(open_window.traces.viewport(), place(open_window, "E1-M2", 20.0))
    QTest.keyClick(open_window, "D", SHIFT)
    event = only(open_window)
    assert (event.kind, event.channel) == (EventKind.DESATURATION, "EOG E1-M2")
    assert event.onset_s == pytest.approx(15.0, abs=0.1)
    assert event.duration_s == pytest.approx(10.0)


def hold_mouse(qtbot: QtBot, window: MainWindow, name: str, time_s: float) -> None:
    qtbot.mouseMove(window.traces.viewport(), place(window, name, time_s))


@pytest.mark.parametrize("action_id", list(EVENT_ACTIONS))
def test_that_an_event_key_without_a_place_does_nothing_and_says_why(
    qtbot: QtBot, open_window: MainWindow, action_id: str
) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 10.0, 4.0, "EEG C4-M1"))
    hold_mouse(qtbot, open_window, "C4-M1", 20.0)
    QApplication.sendEvent(open_window.traces, QEvent(QEvent.Type.Leave))
    open_window.actions_by_id[action_id].trigger()
    assert only(open_window).kind is EventKind.AROUSAL
    assert "drag over a trace" in open_window.statusBar().currentMessage()


def test_that_the_event_just_marked_is_left_alone_by_a_key_with_the_mouse_elsewhere(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    hold_mouse(qtbot, open_window, "C4-M1", 10.0)
    QTest.keyClick(open_window, "A", SHIFT)
    QApplication.sendEvent(open_window.traces, QEvent(QEvent.Type.Leave))
    QTest.keyClick(open_window, "H", SHIFT)
    assert only(open_window).kind is EventKind.AROUSAL


def test_that_a_mark_goes_to_the_trace_that_is_under_the_mouse_now(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    area = QRectF(open_window.traces.getViewBox().sceneBoundingRect())
    qtbot.mouseMove(open_window.traces.viewport(), area.center().toPoint())
    open_window.tool_bar.montage_chosen.emit(SINGLE_EEG)
    (trace,) = open_window.traces.traces
    QTest.keyClick(open_window, "A", SHIFT)
    assert only(open_window).channel == trace.derivation.anode


def test_that_a_key_changes_the_kind_of_an_event_that_was_clicked_and_says_so(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 10.0, 4.0, "EEG C4-M1"))
    position = place(open_window, "C4-M1", 12.0)
    port = open_window.traces.viewport()
    qtbot.mouseMove(port, position)
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=position)
    QTest.keyClick(open_window, "K", SHIFT)
    assert only(open_window).kind is EventKind.K_COMPLEX
    assert open_window.statusBar().currentMessage() == "Arousal is K-complex now."
    QTest.keyClick(open_window, "S", SHIFT)  # it is still the one that was clicked
    assert only(open_window).kind is EventKind.SPINDLE


def test_that_delete_removes_the_chosen_event_and_no_stage(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.document.score((0,), Stage.N2)
    event = open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 10.0, 4.0, "EEG C4-M1"))
    port = open_window.traces.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=place(open_window, "C4-M1", 12.0))
    QTest.keyClick(open_window, Qt.Key.Key_Delete)
    assert open_window.document.scoring.events == ()
    assert open_window.document.scoring[0].stage is Stage.N2
    assert open_window.viewport.epoch == 0
    assert open_window.statusBar().currentMessage() == "Done: removal of Arousal"
    QTest.keyClick(open_window, "Z", CTRL)
    assert open_window.document.scoring.events == (event,)
    assert open_window.statusBar().currentMessage() == "Undone: removal of Arousal"
    QTest.keyClick(open_window, Qt.Key.Key_Delete)  # nothing is chosen any more
    assert open_window.document.scoring.events == (event,)
    assert open_window.document.scoring[0].stage is Stage.UNSCORED
    assert open_window.statusBar().currentMessage() == "Done: no stage for epoch 1"


def test_that_choosing_several_epochs_lets_go_of_the_event(open_window: MainWindow) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 28.0, 40.0))
    QTest.keyClick(open_window, "E")
    QTest.keyClick(open_window, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(open_window, Qt.Key.Key_Delete)
    assert len(open_window.document.scoring.events) == 1


def test_that_another_key_changes_the_kind_of_the_chosen_event_until_the_page_turns(
    open_window: MainWindow,
) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.SPINDLE, 10.0, 1.0, "EEG C4-M1"))
    QTest.keyClick(open_window, "E")
    QTest.keyClick(open_window, "K", SHIFT)
    assert only(open_window).kind is EventKind.K_COMPLEX
    QTest.keyClick(open_window, Qt.Key.Key_Right)
    assert open_window.open_night.events.chosen is None
    QTest.keyClick(open_window, "S", SHIFT)
    assert only(open_window).kind is EventKind.K_COMPLEX


def test_that_a_kind_key_acts_on_the_chosen_event_wherever_the_mouse_is(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.SPINDLE, 10.0, 1.0, "EEG C4-M1"))
    hold_mouse(qtbot, open_window, "E1-M2", 20.0)
    QTest.keyClick(open_window, "E")
    QTest.keyClick(open_window, "K", SHIFT)
    assert only(open_window).kind is EventKind.K_COMPLEX
    QTest.keyClick(open_window, "K", SHIFT)
    assert open_window.statusBar().currentMessage() == (
        "The chosen event is K-complex already; Esc lets go of it."
    )
    assert only(open_window).onset_s == 10.0
    QTest.keyClick(open_window, Qt.Key.Key_Escape)
    QTest.keyClick(open_window, "K", SHIFT)
    assert [one.channel for one in open_window.document.scoring.events] == [
        "EEG C4-M1",
        "EOG E1-M2",
    ]


def test_that_an_event_chosen_on_another_page_is_left_alone_by_a_kind_key(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    first = open_window.document.add_event(ScoredEvent(EventKind.SPINDLE, 10.0, 1.0))
    QTest.keyClick(open_window, "E")
    open_window.viewport.go_to(3)
    hold_mouse(qtbot, open_window, "E1-M2", 10.0)
    QTest.keyClick(open_window, "K", SHIFT)
    assert first in open_window.document.scoring.events
    assert len(open_window.document.scoring.events) == 2


def test_that_of_a_stretch_and_a_chosen_event_the_later_is_meant(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    first = open_window.document.add_event(ScoredEvent(EventKind.SPINDLE, 10.0, 1.0))
    QTest.keyClick(open_window, "E")
    drag(qtbot, open_window, "C4-M1", 15.0, 18.0)
    QTest.keyClick(open_window, "A", SHIFT)
    assert first in open_window.document.scoring.events
    assert len(open_window.document.scoring.events) == 2
    drag(qtbot, open_window, "C4-M1", 22.0, 25.0)
    QTest.keyClick(open_window, "E", SHIFT)
    assert open_window.traces.stretch is None
    assert open_window.open_night.events.chosen == first
    QTest.keyClick(open_window, "K", SHIFT)
    assert [one.kind for one in open_window.document.scoring.events] == [
        EventKind.K_COMPLEX,
        EventKind.AROUSAL,
    ]


def test_that_keys_go_through_the_events_and_move_their_ends(open_window: MainWindow) -> None:
    second = open_window.document.add_event(ScoredEvent(EventKind.HYPOPNEA, 400.0, 12.0))
    first = open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 100.0, 3.0))
    QTest.keyClick(open_window, "E")
    assert open_window.open_night.events.chosen == first
    assert open_window.viewport.epoch == 3
    QTest.keyClick(open_window, "E")
    QTest.keyClick(open_window, "E")
    assert open_window.open_night.events.chosen == second
    QTest.keyClick(open_window, Qt.Key.Key_Right, ALT)
    QTest.keyClick(open_window, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(open_window, Qt.Key.Key_Right, CTRL)
    chosen = open_window.open_night.events.chosen
    assert (chosen.onset_s, chosen.duration_s) == (400.1, 12.2)
    QTest.keyClick(open_window, Qt.Key.Key_Left, CTRL)
    QTest.keyClick(open_window, Qt.Key.Key_Left, ALT)
    chosen = open_window.open_night.events.chosen
    assert chosen.mark == ScoredEvent(EventKind.HYPOPNEA, 400.0, 12.1)
    QTest.keyClick(open_window, "E", SHIFT)
    assert open_window.open_night.events.chosen == first
    QTest.keyClick(open_window, Qt.Key.Key_Delete, CTRL)
    assert open_window.open_night.events.chosen is None
    assert len(open_window.document.scoring.events) == 1


@pytest.mark.parametrize("at_s", [10.0, 12.0, 15.0])
def test_that_a_click_of_a_hand_that_is_not_still_moves_no_event(
    qtbot: QtBot, open_window: MainWindow, at_s: float
) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 10.0, 5.0, "EEG C4-M1"))
    open_window.open_night.events.pick(only(open_window))
    port, left = open_window.traces.viewport(), Qt.MouseButton.LeftButton
    at, beside = place(open_window, "C4-M1", at_s), QPoint(2, 1)
    qtbot.mousePress(port, left, pos=at)
    qtbot.mouseMove(port, at + beside)
    qtbot.mouseRelease(port, left, pos=at + beside)
    assert only(open_window).mark == ScoredEvent(EventKind.AROUSAL, 10.0, 5.0, "EEG C4-M1").mark
    assert open_window.document.undo_stack.count() == 1
    assert open_window.open_night.events.chosen == only(open_window)


def test_that_an_end_of_the_chosen_event_is_dragged(qtbot: QtBot, open_window: MainWindow) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 10.0, 5.0, "EEG C4-M1"))
    qtbot.mouseClick(
        open_window.traces.viewport(),
        Qt.MouseButton.LeftButton,
        pos=place(open_window, "C4-M1", 12.0),
    )
    assert open_window.open_night.events.chosen == only(open_window)
    drag(qtbot, open_window, "C4-M1", 15.0, 20.0)
    assert only(open_window).onset_s == 10.0
    assert only(open_window).stop_s == pytest.approx(20.0, abs=0.1)
    drag(qtbot, open_window, "C4-M1", 14.0, 17.0)  # its middle: all of it
    assert only(open_window).onset_s == pytest.approx(13.0, abs=0.1)
    assert only(open_window).duration_s == pytest.approx(10.0, abs=0.1)
    assert open_window.document.undo_stack.count() == 3
    qtbot.mouseClick(
        open_window.traces.viewport(),
        Qt.MouseButton.LeftButton,
        pos=place(open_window, "F4-M1", 2.0),
    )
    assert open_window.open_night.events.chosen is None


def test_that_an_event_never_leaves_the_recording(open_window: MainWindow) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 0.05, 3.0))
    QTest.keyClick(open_window, "E")
    for _ in range(3):
        QTest.keyClick(open_window, Qt.Key.Key_Left, ALT)
    assert (only(open_window).onset_s, only(open_window).duration_s) == (0.0, 3.0)
    open_window.document.remove_event(only(open_window))
    duration_s = open_window.document.recording.duration_s
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, duration_s - 3.05, 3.0))
    open_window.viewport.go_to(23)
    QTest.keyClick(open_window, "E")
    for _ in range(3):
        QTest.keyClick(open_window, Qt.Key.Key_Right, ALT)
    assert (only(open_window).stop_s, only(open_window).duration_s) == (duration_s, 3.0)


def test_that_the_same_key_marks_again_where_the_mouse_is(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    port = open_window.traces.viewport()
    for time_s in (5.0, 20.0):
        qtbot.mouseMove(port, place(open_window, "C4-M1", time_s))
        QTest.keyClick(open_window, "S", SHIFT)
    onsets_s = [event.onset_s for event in open_window.document.scoring.events]
    assert onsets_s == pytest.approx([4.75, 19.75], abs=0.1)
    QTest.keyClick(open_window, Qt.Key.Key_Escape)
    assert open_window.open_night.events.chosen is None


def test_that_a_note_has_a_text(qtbot: QtBot, open_window: MainWindow, dialogs) -> None:
    dialogs.notes += ["", "Talks in sleep"]
    hold_mouse(qtbot, open_window, "C4-M1", 10.0)
    QTest.keyClick(open_window, "N", SHIFT)
    assert open_window.document.scoring.events == ()
    QTest.keyClick(open_window, "N", SHIFT)
    assert (only(open_window).kind, only(open_window).text) == (EventKind.NOTE, "Talks in sleep")
    assert "Talks in sleep" in open_window.actions_by_id["edit.undo"].text()


def test_that_events_lie_in_the_lane_of_their_channel_and_others_over_all(
    open_window: MainWindow,
) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.SPINDLE, 5.0, 1.0, "EEG C4-M1"))
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 8.0, 4.0))
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 40.0, 4.0))
    spindle, arousal = open_window.traces._marks.marks
    row = next(row for row in open_window.traces._rows if row.name == "C4-M1")
    assert spindle.area.height() == pytest.approx(row.lane.height_px)
    assert arousal.area.height() > 5 * spindle.area.height()
    assert arousal.area.width() == pytest.approx(4 * spindle.area.width())


def test_that_a_drag_goes_on_when_the_page_turns(qtbot: QtBot, open_window: MainWindow) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 10.0, 5.0, "EEG C4-M1"))
    QTest.keyClick(open_window, "E")
    port = open_window.traces.viewport()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(port, left, pos=place(open_window, "C4-M1", 12.0))
    qtbot.mouseMove(port, place(open_window, "C4-M1", 14.0))
    QTest.keyClick(open_window, Qt.Key.Key_Right)
    qtbot.mouseRelease(port, left, pos=place(open_window, "C4-M1", 14.0))
    # From 12 s of the first page to 14 s of the second one.
    assert only(open_window).onset_s == pytest.approx(10.0 + 30.0 + 2.0, abs=0.1)


def test_that_letting_go_of_an_event_that_has_gone_is_no_click(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    document, traces = open_window.document, open_window.traces
    document.add_event(ScoredEvent(EventKind.AROUSAL, 10.0, 5.0, "EEG C4-M1"))
    QTest.keyClick(open_window, "E")
    other = document.add_event(ScoredEvent(EventKind.APNEA, 2.0, 25.0, "EEG C4-M1"))
    port, left, clicks = traces.viewport(), Qt.MouseButton.LeftButton, []
    traces.event_clicked.connect(clicks.append)
    qtbot.mousePress(port, left, pos=place(open_window, "C4-M1", 12.0))
    qtbot.mouseMove(port, place(open_window, "C4-M1", 14.0))
    assert traces.is_dragging_event
    document.remove_event(open_window.open_night.events.chosen)
    qtbot.mouseRelease(port, left, pos=place(open_window, "C4-M1", 14.0))
    assert not clicks
    assert open_window.open_night.events.chosen is None
    qtbot.mouseClick(port, left, pos=place(open_window, "C4-M1", 14.0))
    assert clicks == [other]


def test_that_of_two_equal_events_one_is_chosen_and_dragged(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    event = ScoredEvent(EventKind.AROUSAL, 10.0, 5.0, "EEG C4-M1")
    for _ in range(2):
        open_window.document.add_event(event)
    QTest.keyClick(open_window, "E")
    marks = open_window.traces._marks
    assert [marks._is_chosen(one) for one in marks.marks] == [True, False]
    port, left = open_window.traces.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(port, left, pos=place(open_window, "C4-M1", 12.0))
    qtbot.mouseMove(port, place(open_window, "C4-M1", 18.0))
    assert marks.marks[0].area.left() > marks.marks[1].area.right()
    qtbot.mouseRelease(port, left, pos=place(open_window, "C4-M1", 18.0))
    onsets_s = [one.onset_s for one in open_window.document.scoring.events]
    assert onsets_s == [10.0, pytest.approx(16.0, abs=0.1)]


SNORING = OwnKind("Snoring", "Snore train", "#0072B2")


def test_that_an_own_kind_is_marked_by_its_key_under_its_name_and_colour(
    qtbot: QtBot, open_window: MainWindow, dialogs, store
) -> None:
    QTest.keyClick(open_window, "1", ALT)
    assert "No own kind has this key yet" in open_window.statusBar().currentMessage()
    dialogs.own_kind_lists.append((SNORING,))
    open_window.actions_by_id["events.own_kinds"].trigger()
    assert store.load().own_kinds == (SNORING.line,)
    assert open_window.actions_by_id["events.own_1"].text() == "Snoring"
    assert "Snoring (Alt+1)" in open_window.actions_by_id["events.own_1"].toolTip()
    drag(qtbot, open_window, "C4-M1", 5.0, 9.0)
    QTest.keyClick(open_window, "1", ALT)
    event = only(open_window)
    assert (event.kind, event.text) == (EventKind.NOTE, "Snore train")
    open_window.viewport.go_to(1)
    open_window.viewport.go_to(0)
    assert [text for _, text in open_window.traces._marks.labels()] == ["Snoring"]
    theme = open_window._theme
    assert theme.of_event(event) == "#0072B2"
    assert theme.of_event(replace(event, text="Snoring")) == theme.events[EventGroup.OTHER]


def test_that_a_kind_stays_on_its_key_when_one_before_it_goes_and_none_lacks_a_name(
    qtbot: QtBot, open_window: MainWindow, dialogs
) -> None:
    dialogs.own_kind_lists.append((None, SNORING))
    open_window.actions_by_id["events.own_kinds"].trigger()
    assert open_window.actions_by_id["events.own_2"].text() == "Snoring"
    drag(qtbot, open_window, "C4-M1", 5.0, 9.0)
    QTest.keyClick(open_window, "1", ALT)
    assert open_window.document.scoring.events == ()
    QTest.keyClick(open_window, "2", ALT)
    assert only(open_window).text == "Snore train"
    dialog = OwnKindsDialog(open_window, (None, SNORING), [""] * MOST_OWN_KINDS)
    ok = dialog._buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert dialog.kinds[:3] == (None, SNORING, None)
    dialog.texts[0].setText("coughs")
    assert "“coughs” has no name yet." in dialog.problem.text()
    assert not ok.isEnabled()
    dialog.names[0].setText("Cough")
    assert ok.isEnabled()
    assert dialog.kinds[1] == SNORING
    dialog.close()


def test_that_an_artefact_is_as_long_as_what_was_dragged_over_and_hides_what_was_found(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    hold_mouse(qtbot, open_window, "C4-M1", 20.0)
    QTest.keyClick(open_window, "X", CTRL | SHIFT)
    assert open_window.document.scoring.events == ()
    assert "drag over a trace" in open_window.statusBar().currentMessage()
    review = open_window.open_night.review_desk.review
    drag(qtbot, open_window, "C4-M1", 2.0, 28.0)
    QTest.keyClick(open_window, "X", CTRL | SHIFT)
    assert only(open_window).kind is EventKind.ARTEFACT
    qtbot.waitUntil(lambda: review._gathering is None, timeout=60_000)
    for waves in review.evidence.waves:
        if waves.channel == "C4-M1":
            assert not ((waves.onsets_s < 27.0) & (waves.stops_s > 3.0)).any()
    QTest.keyClick(open_window, "Z", CTRL)
    qtbot.waitUntil(lambda: review._gathering is None, timeout=60_000)
    assert open_window.document.scoring.events == ()


def test_that_length_and_height_of_an_event_are_said_while_it_is_dragged(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    document, view = open_window.document, open_window.traces.viewport()
    event = document.add_event(ScoredEvent(EventKind.HYPOPNEA, 5.0, 10.0, "Airflow"))
    open_window.open_night.events.pick(event)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=place(open_window, "Airflow", 15.0))
    qtbot.mouseMove(view, place(open_window, "Airflow", 17.0))
    told = open_window.traces.inspection.readout
    qtbot.mouseRelease(view, left, pos=place(open_window, "Airflow", 17.0))
    assert "Hypopnea   12.0 s" in told
    assert "peak to peak" in told
    assert "SpO₂ falls by" in told


def test_that_the_fall_of_oxygen_is_said_while_breathing_is_measured(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    for name, is_said in (("Airflow", True), ("SpO2", True), ("C4-M1", False)):
        drag(qtbot, open_window, name, 5.0, 19.0)
        assert ("SpO₂ falls by" in open_window.traces.inspection.measurement) is is_said, name


def test_that_the_whole_lane_is_shaded_while_a_flat_trace_is_measured(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    drag(qtbot, open_window, "SpO2", 5.0, 9.0)
    ruler = open_window.traces.inspection._ruler
    row = next(row for row in open_window.traces._rows if row.name == "SpO2")
    assert ruler._lane.height() == pytest.approx(row.lane.height_px)
    assert ruler._lane.width() == pytest.approx(ruler._area.width())


def test_that_what_is_said_under_the_mouse_follows_what_lies_there(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    hold_mouse(qtbot, open_window, "Airflow", 10.0)
    inspection = open_window.traces.inspection
    event = open_window.document.add_event(ScoredEvent(EventKind.HYPOPNEA, 5.0, 10.0, "Airflow"))
    assert inspection.readout.startswith("Hypopnea   10.0 s")
    open_window.open_night.events.pick(event)
    QTest.keyClick(open_window, "O", Qt.KeyboardModifier.ShiftModifier)
    assert inspection.readout.startswith("Obstructive apnea   10.0 s")
    QTest.keyClick(open_window, Qt.Key.Key_Delete)
    assert "Airflow" in inspection.readout
    assert "apnea" not in inspection.readout


def test_that_no_name_covers_the_saturation(open_window: MainWindow) -> None:
    traces = open_window.traces
    open_window.document.add_event(ScoredEvent(EventKind.DESATURATION, 0.0, 20.0, "SpO2"))
    open_window.document.set_lights(Lights(0.0))
    row = next(row for row in traces._rows if row.name == "SpO2")
    assert row.states.text.endswith("%")
    (written,) = traces._written_px()
    assert written.width() > traces.fontMetrics().horizontalAdvance(row.states.text)
    ((area, name),) = traces._marks.labels()
    assert name == "Desaturation"
    assert area.left() >= written.right()
    assert traces._lights_on_page.label_of(0.0, is_off=True)[0].left() >= written.right()
