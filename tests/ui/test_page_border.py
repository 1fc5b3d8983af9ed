"""Marks that go over the border of a page, and what lies at its borders."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.ui.shell.main_window import MainWindow

CHANNEL = "Airflow"
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class Mouse:
    """Drags over the page of traces."""

    def __init__(self, window: MainWindow) -> None:
        self.traces, self.view = window.traces, window.traces.viewport()

    def place(self, time_s: float) -> QPoint:
        row = self.traces._row_of(CHANNEL)
        area, (start_s, stop_s) = self.traces._page_area(), self.traces._page_of(row)
        x = area.left() + (time_s - start_s) / (stop_s - start_s) * area.width()
        down = area.bottom() - row.lane.centre_px + self.traces._lowest_px
        return QPointF(x, down).toPoint()

    def press(self, time_s: float) -> None:
        QTest.mousePress(self.view, LEFT, PLAIN, self.place(time_s))

    def move(self, place: QPoint, buttons: Qt.MouseButton = LEFT) -> None:
        whole, nothing = QPointF(self.view.mapToGlobal(place)), Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), whole, nothing, buttons, PLAIN)
        QApplication.sendEvent(self.view, event)

    def release(self, time_s: float) -> None:
        QTest.mouseRelease(self.view, LEFT, PLAIN, self.place(time_s))

    def beyond(self, steps: int) -> QPoint:
        area, middle = self.traces._page_area(), self.place(0.0).y()
        return QPoint(round(area.right() + 4 if steps > 0 else area.left() - 4), middle)


@pytest.fixture
def mouse(qtbot: QtBot, open_window: MainWindow) -> Mouse:
    qtbot.waitUntil(lambda: open_window.tasks.is_idle)
    open_window.viewport.go_to(4)
    return Mouse(open_window)


def marked(window: MainWindow) -> tuple[float, float]:
    (event,) = window.document.scoring.events
    assert event.channel == CHANNEL
    return event.onset_s, event.stop_s


def test_that_a_drag_that_waits_at_the_edge_turns_the_page_and_goes_on(
    qtbot: QtBot, open_window: MainWindow, mouse: Mouse
) -> None:
    mouse.press(4 * EPOCH_S + 25)
    mouse.move(mouse.place(4 * EPOCH_S + 28))
    mouse.move(mouse.beyond(1))
    qtbot.waitUntil(lambda: open_window.viewport.epoch == 5)
    mouse.move(mouse.place(5 * EPOCH_S + 7))
    assert "12 s" in open_window.traces.inspection.measurement
    assert "peak to peak" not in open_window.traces.inspection.measurement
    mouse.release(5 * EPOCH_S + 7)
    assert not open_window.traces._at_edge.isActive()
    QTest.keyClick(open_window, "h", SHIFT)
    assert marked(open_window) == pytest.approx((145.0, 157.0), abs=0.1)


def test_that_a_drag_goes_backwards_over_the_edge_too(
    qtbot: QtBot, open_window: MainWindow, mouse: Mouse
) -> None:
    mouse.press(4 * EPOCH_S + 5)
    mouse.move(mouse.place(4 * EPOCH_S + 2))
    mouse.move(mouse.beyond(-1))
    qtbot.waitUntil(lambda: open_window.viewport.epoch == 3)
    mouse.move(mouse.place(3 * EPOCH_S + 20))
    mouse.release(3 * EPOCH_S + 20)
    QTest.keyClick(open_window, "h", SHIFT)
    assert marked(open_window) == pytest.approx((110.0, 125.0), abs=0.1)


def test_that_a_drag_that_comes_back_from_the_edge_in_time_turns_no_page(
    open_window: MainWindow, mouse: Mouse
) -> None:
    mouse.press(4 * EPOCH_S + 25)
    mouse.move(mouse.beyond(1))
    assert open_window.traces._at_edge.isActive()
    mouse.move(mouse.place(4 * EPOCH_S + 28))
    assert not open_window.traces._at_edge.isActive()
    mouse.release(4 * EPOCH_S + 28)
    assert open_window.viewport.epoch == 4


def test_that_a_key_turns_the_page_and_keeps_the_mark_open_until_a_click(
    open_window: MainWindow, mouse: Mouse
) -> None:
    mouse.press(4 * EPOCH_S + 25)
    mouse.move(mouse.place(4 * EPOCH_S + 29))
    mouse.release(4 * EPOCH_S + 29)
    QTest.keyClick(open_window, Qt.Key.Key_PageDown, SHIFT)
    assert open_window.viewport.epoch == 5
    mouse.move(mouse.place(5 * EPOCH_S + 8), Qt.MouseButton.NoButton)
    assert "13 s" in open_window.traces.inspection.measurement
    mouse.press(5 * EPOCH_S + 6)
    mouse.release(5 * EPOCH_S + 6)
    mouse.move(mouse.place(5 * EPOCH_S + 20), Qt.MouseButton.NoButton)
    QTest.keyClick(open_window, "h", SHIFT)
    assert marked(open_window) == pytest.approx((145.0, 156.0), abs=0.1)


def test_that_turning_a_page_by_another_key_lets_go_of_what_was_dragged_over(
    open_window: MainWindow, mouse: Mouse
) -> None:
    mouse.press(4 * EPOCH_S + 25)
    mouse.move(mouse.place(4 * EPOCH_S + 29))
    mouse.release(4 * EPOCH_S + 29)
    QTest.keyClick(open_window, ".")
    assert open_window.viewport.epoch == 5
    assert open_window.traces.inspection.stretch is None


def test_that_at_the_end_of_the_night_nothing_stays_open(
    open_window: MainWindow, mouse: Mouse
) -> None:
    last = open_window.viewport.n_epochs - 1
    open_window.viewport.go_to(last)
    mouse.press(last * EPOCH_S + 5)
    mouse.move(mouse.place(last * EPOCH_S + 9))
    mouse.release(last * EPOCH_S + 9)
    QTest.keyClick(open_window, Qt.Key.Key_PageDown, SHIFT)
    assert open_window.viewport.epoch == last
    QTest.keyClick(open_window, ",")
    assert open_window.viewport.epoch == last - 1
    assert open_window.traces.inspection.stretch is None


def test_that_the_end_of_an_event_is_dragged_over_the_edge(
    qtbot: QtBot, open_window: MainWindow, mouse: Mouse
) -> None:
    mouse.press(4 * EPOCH_S + 10)
    mouse.move(mouse.place(4 * EPOCH_S + 25))
    mouse.release(4 * EPOCH_S + 25)
    QTest.keyClick(open_window, "h", SHIFT)
    mouse.press(marked(open_window)[1])
    mouse.move(mouse.place(4 * EPOCH_S + 28))
    mouse.move(mouse.beyond(1))
    qtbot.waitUntil(lambda: open_window.viewport.epoch == 5)
    mouse.move(mouse.place(5 * EPOCH_S + 5))
    mouse.release(5 * EPOCH_S + 5)
    assert marked(open_window) == pytest.approx((130.0, 155.0), abs=0.1)
    assert open_window.viewport.epoch == 5


@pytest.fixture
def slow_mouse(qtbot: QtBot, open_window: MainWindow, mouse: Mouse) -> Mouse:
    """A mouse on a page of two minutes of breathing, below pages of an epoch."""
    open_window._prefer(slow_page_s=120.0)
    qtbot.waitUntil(lambda: open_window.tasks.is_idle)
    return mouse


def chosen(window: MainWindow, channel: str, onset_s: float, stop_s: float) -> None:
    """Mark an event and choose it, as a click would."""
    event = ScoredEvent(EventKind.DESATURATION, onset_s, stop_s - onset_s, channel)
    window._night.events.pick(window.document.add_event(event))


@pytest.mark.parametrize("channel", ["", CHANNEL])
def test_that_turning_pages_moves_no_event_that_is_dragged_on_the_longer_page(
    open_window: MainWindow, slow_mouse: Mouse, channel: str
) -> None:
    chosen(open_window, channel, 125.0, 205.0)
    slow_mouse.press(160.0)
    slow_mouse.move(slow_mouse.place(170.0))
    for _ in range(2):
        open_window.viewport.turn_page(1)
    assert open_window.viewport.epoch == 6
    slow_mouse.move(slow_mouse.place(170.0))
    slow_mouse.release(170.0)
    (event,) = open_window.document.scoring.events
    assert (event.onset_s, event.stop_s) == pytest.approx((135.0, 215.0), abs=0.4)


@pytest.mark.parametrize("channel", ["", CHANNEL])
def test_that_an_event_dragged_over_the_edge_of_the_longer_page_goes_on_at_the_mouse(
    qtbot: QtBot, open_window: MainWindow, slow_mouse: Mouse, channel: str
) -> None:
    chosen(open_window, channel, 125.0, 205.0)
    slow_mouse.press(160.0)
    slow_mouse.move(slow_mouse.place(170.0))
    slow_mouse.move(slow_mouse.beyond(1))
    qtbot.waitUntil(lambda: open_window.viewport.epoch == 8)
    slow_mouse.move(slow_mouse.place(260.0))
    slow_mouse.release(260.0)
    (event,) = open_window.document.scoring.events
    assert (event.onset_s, event.stop_s) == pytest.approx((225.0, 305.0), abs=0.4)


@pytest.mark.parametrize(
    ("start_s", "steps", "reached_s"),
    [(0.0, 1, 360.0), (240.0, 1, 360.0), (360.0, 1, 600.0), (360.0, -1, 240.0), (480.0, -1, 240.0)],
)
def test_that_the_edge_leads_to_the_next_of_longer_pages_that_hold_no_whole_number_of_pages(
    open_window: MainWindow, slow_mouse: Mouse, start_s: float, steps: int, reached_s: float
) -> None:
    open_window._prefer(page_s=120.0, slow_page_s=300.0)
    open_window.viewport.go_to_time(start_s)
    traces = slow_mouse.traces
    assert traces._row_of(CHANNEL).seconds == 2.5
    begin_s = traces.slow_s[0] + 100
    slow_mouse.press(begin_s)
    slow_mouse.move(slow_mouse.place(begin_s + 20))
    slow_mouse.move(slow_mouse.beyond(steps))
    before_s = traces.slow_s
    traces._turn_at_edge()
    assert open_window.viewport.page_s[0] == reached_s
    assert traces.slow_s == (before_s[0] + steps * 300, before_s[1] + steps * 300)
    slow_mouse.release(begin_s)


def test_that_scoring_goes_on_while_an_event_is_dragged(
    open_window: MainWindow, mouse: Mouse
) -> None:
    chosen(open_window, CHANNEL, 130.0, 140.0)
    mouse.press(135.0)
    mouse.move(mouse.place(140.0))
    open_window.document.toggle_artefact(range(9, 10))
    assert mouse.traces.is_dragging_event
    mouse.move(mouse.place(142.0))
    mouse.release(142.0)
    (event,) = open_window.document.scoring.events
    assert (event.onset_s, event.stop_s) == pytest.approx((137.0, 147.0), abs=0.1)


def test_that_an_event_that_is_gone_turns_no_page(
    qtbot: QtBot, open_window: MainWindow, mouse: Mouse
) -> None:
    chosen(open_window, CHANNEL, 130.0, 140.0)
    mouse.press(135.0)
    mouse.move(mouse.place(140.0))
    mouse.move(mouse.beyond(1))
    open_window.document.undo()
    assert not mouse.traces.is_dragging_event
    qtbot.waitUntil(lambda: not mouse.traces._at_edge.isActive())
    assert open_window.viewport.epoch == 4


def test_that_the_scale_bar_lies_below_the_stages_of_the_page(open_window: MainWindow) -> None:
    open_window._prefer(scale_bar=True)
    traces = open_window.traces
    assert not traces._scale_bar.isHidden()
    assert not QRectF(traces._scale_bar.geometry()).intersects(QRectF(traces._strip.geometry()))


def test_that_artefacts_are_hatched_and_comments_stand_on_the_page(
    open_window: MainWindow, mouse: Mouse
) -> None:
    open_window.document.toggle_artefact(range(4, 5))
    open_window.document.comment(4, "turns over")
    traces = mouse.traces
    assert traces._artefacts_on_page.epochs == (4,)
    assert not traces._artefacts_on_page.isHidden()
    cells = traces._strip.cells()
    assert traces._strip.comment_shown(4, cells[4]) == "✎ turns over"
    assert traces._strip.comment_shown(3, cells[3]) == ""
    open_window.viewport.go_to(6)
    assert traces._artefacts_on_page.isHidden()
    open_window._prefer(page_s=300.0)
    assert traces._artefacts_on_page.epochs == (4,)
