"""A right click chooses what is under it and offers rows of the table of actions."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.own_kinds import OwnKind
from sleepscorer.ui.actions.action_table import ACTIONS, CHANGING_MENUS, CONTEXT_MENUS
from sleepscorer.ui.shell.main_window import MainWindow


def right_click(window: MainWindow, widget: QWidget, place: QPoint, action_id: str) -> list[str]:
    """Ask for a menu, choose one of its actions, and return the ids of all."""
    offered: list[str] = []

    def choose(menu: QMenu, _position: QPoint) -> None:
        inner = [one for outer in menu.actions() if outer.menu() for one in outer.menu().actions()]
        every = (*menu.actions(), *inner)
        actions = {one.objectName(): one for one in every if one.objectName()}
        offered.extend(actions)
        actions[action_id].trigger()

    window.context_menus.ask = choose
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    return offered


def on_trace(window: MainWindow, name: str, time_s: float) -> QPoint:
    area = QRectF(window.traces.getViewBox().sceneBoundingRect())
    row = next(row for row in window.traces._rows if row.name == name)
    x = area.left() + time_s / 30 * area.width()
    return QPointF(x, area.bottom() - row.lane.centre_px).toPoint()


def test_that_every_entry_is_a_row_of_the_table() -> None:
    ids = {spec.id for spec in ACTIONS}
    for groups in CONTEXT_MENUS.values():
        entries = [action_id for group in groups for action_id in group]
        assert set(entries) <= ids
        assert len(set(entries)) == len(entries)


def test_that_a_right_click_on_a_trace_selects_it_and_marks_there(
    open_window: MainWindow,
) -> None:
    place = on_trace(open_window, "C4-M1", 10.0)
    right_click(open_window, open_window.traces.viewport(), place, "events.arousal")
    (event,) = open_window.document.scoring.events
    assert (event.kind, event.channel) == (EventKind.AROUSAL, "EEG C4-M1")
    assert event.onset_s == pytest.approx(8.5, abs=0.2)
    assert open_window.traces._rows[open_window.traces._selected].name == "C4-M1"


@pytest.mark.qt_log_ignore("grabbing the keyboard")  # without a screen Qt can't
def test_that_a_kind_is_chosen_in_the_menu_while_the_mouse_is_over_that(
    open_window: MainWindow,
) -> None:
    traces = open_window.traces

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        wanted = next(one for one in menu.actions() if one.objectName() == "events.hypopnea")
        place = menu.actionGeometry(wanted).center()
        QTest.mouseMove(menu.windowHandle(), place - QPoint(3, 0))
        QTest.mouseMove(menu.windowHandle(), place)
        seen.append(traces._mouse)
        QTest.mouseClick(menu.windowHandle(), Qt.MouseButton.LeftButton, pos=place)

    seen: list[QPointF | None] = []
    port, place = traces.viewport(), on_trace(open_window, "C4-M1", 15.0)
    QTest.mouseMove(open_window.windowHandle(), port.mapTo(open_window, place))
    QTimer.singleShot(0, choose)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(reason, place, port.mapToGlobal(place)))
    assert seen == [None], "the mouse left the traces for the menu"
    (event,) = open_window.document.scoring.events
    assert (event.kind, event.channel) == (EventKind.HYPOPNEA, "EEG C4-M1")
    assert event.onset_s == pytest.approx(10.0, abs=0.2)


def test_that_a_right_click_on_an_event_chooses_it_and_changes_it(
    open_window: MainWindow,
) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 10.0, 4.0, "EEG C4-M1"))
    port, place = open_window.traces.viewport(), on_trace(open_window, "C4-M1", 12.0)
    right_click(open_window, port, place, "events.k_complex")
    (event,) = open_window.document.scoring.events
    assert (event.kind, event.onset_s) == (EventKind.K_COMPLEX, 10.0)
    right_click(open_window, port, place, "events.remove")
    assert open_window.document.scoring.events == ()


def test_that_own_kinds_are_in_the_menus_of_traces_and_events(open_window: MainWindow) -> None:
    open_window._prefer(own_kinds=(OwnKind("Cough", "cough", "#112233").line,))
    port, place = open_window.traces.viewport(), on_trace(open_window, "C4-M1", 12.0)
    right_click(open_window, port, place, "events.own_1")
    right_click(open_window, port, place, "events.arousal")
    right_click(open_window, port, place, "events.own_1")
    (event,) = open_window.document.scoring.events
    assert (event.kind, event.text) == (EventKind.NOTE, "cough")


def test_that_traces_are_hidden_and_shown_again(open_window: MainWindow) -> None:
    traces = open_window.traces
    port, before = traces.viewport(), traces.traces
    traces.set_gains({"C4-M1": 2.0})
    show = open_window.actions_by_id["traces.show_hidden"]
    assert not show.isEnabled()
    assert "no trace is hidden" in show.toolTip()
    right_click(open_window, port, on_trace(open_window, "C4-M1", 12.0), "traces.hide")
    assert [one for one in before if one not in traces.traces] == [before[1]]
    assert "C4-M1 is hidden" in open_window.statusBar().currentMessage()
    assert show.isEnabled()
    assert "no trace is hidden" not in show.toolTip()
    open_window._prefer(slow_page_s=120.0)  # sets them anew
    assert before[1] not in traces.traces
    open_window._prefer(slow_page_s=0.0)
    right_click(open_window, port, on_trace(open_window, "F4-M1", 12.0), "traces.show_hidden")
    assert traces.traces == before
    assert traces.gains["C4-M1"] == 2.0
    assert not show.isEnabled()
    for one in before[1:]:
        traces.hide_trace(one)
    traces.select_trace(0)
    open_window.actions_by_id["traces.hide"].trigger()
    assert traces.traces == before[:1]
    open_window.actions_by_id["review.blind"].trigger()
    assert show.isEnabled()
    open_window.montages.choose(open_window.montages.name)
    assert traces.traces == before
    assert not show.isEnabled()


@pytest.mark.parametrize("place", CHANGING_MENUS)
def test_that_a_menu_says_that_a_kind_changes_what_was_chosen(
    open_window: MainWindow, place: str
) -> None:
    actions = open_window.context_menus._menus[place].actions()
    arousal = next(one for one in actions if one.objectName() == "events.arousal")
    heading = actions[actions.index(arousal) - 1]
    assert (heading.isSeparator(), heading.text()) == (True, "Change to")


def test_that_a_right_click_on_the_night_goes_there(
    open_window: MainWindow,
) -> None:
    place = open_window.night.position_of(130)
    right_click(open_window, open_window.night.viewport(), place, "scoring.lights_off")
    assert open_window.viewport.epoch == 4
    assert open_window.document.scoring.lights.off_s == 120.0


def test_that_a_menu_tells_a_blind_scorer_nothing(
    open_window: MainWindow,
) -> None:
    open_window.actions_by_id["review.blind"].trigger()
    place = open_window.night.position_of(130)
    offered = right_click(open_window, open_window.night.viewport(), place, "scoring.lights_off")
    telling = [spec.id for spec in ACTIONS if spec.tells and spec.id in offered]
    assert telling
    assert not any(open_window.actions_by_id[one].isEnabled() for one in telling)
