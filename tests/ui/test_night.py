"""The night: zoom, colours, the overview, neighbouring epochs and typed times."""

from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.clock_times import parse_time, time_text
from sleepscorer.domain.scoring import Lights
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.dialogs.lights_dialog import LightsDialog
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.night import doubtful_epochs

LONG = 24 * 30.0


def test_that_zooming_keeps_the_epoch_in_sight(open_window: MainWindow) -> None:
    night = open_window.night
    assert night.part_s == (0.0, LONG)
    assert not open_window.workspace.overview.isVisible()
    open_window.viewport.go_to(20)
    for _ in range(3):
        QTest.keyClick(open_window, "Z")
    start_s, stop_s = night.part_s
    assert stop_s - start_s == 600.0  # twenty epochs are the least
    assert start_s <= 20 * 30 <= stop_s
    assert open_window.workspace.overview.isVisible()
    open_window.viewport.go_to(0)
    assert night.part_s == (0.0, 600.0)
    QTest.keyClick(open_window, "0", Qt.KeyboardModifier.ControlModifier)
    assert night.part_s == (0.0, LONG)
    assert not open_window.workspace.overview.isVisible()


def test_that_a_click_in_the_overview_shows_that_part(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    QTest.keyClick(open_window, "Z")
    overview = open_window.workspace.overview
    place = QPoint(overview.width() - 2, overview.height() // 2)
    qtbot.mouseClick(overview, Qt.MouseButton.LeftButton, pos=place)
    assert open_window.night.part_s == (LONG - 600.0, LONG)
    assert open_window.viewport.epoch == 0


def test_that_the_colours_of_the_spectrogram_are_moved_and_fitted(
    open_window: MainWindow,
) -> None:
    low, high = open_window.night.levels_db
    assert low < high
    QTest.keyClick(open_window, "B")
    assert open_window.night.levels_db == pytest.approx((low - 2, high - 2))
    assert "dB" in open_window.statusBar().currentMessage()
    QTest.keyClick(open_window, "V")
    assert open_window.night.levels_db == pytest.approx((low - 1, high - 3))
    for _ in range(100):
        QTest.keyClick(open_window, "V")
    assert open_window.night.levels_db[0] < open_window.night.levels_db[1]
    QTest.keyClick(open_window, "B", Qt.KeyboardModifier.ControlModifier)
    assert open_window.night.levels_db == pytest.approx((low, high))


def test_that_a_click_on_the_names_of_the_rows_goes_nowhere(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.viewport.go_to(7)
    place = QPoint(20, open_window.night.position_of(0).y())
    qtbot.mouseClick(open_window.night.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert open_window.viewport.epoch == 7


def test_that_doubtful_epochs_are_those_that_only_the_network_staged(
    qtbot: QtBot, open_window: MainWindow, constant_prediction
) -> None:
    assert doubtful_epochs(open_window.document.scoring) == ()
    QTest.keyClick(open_window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: open_window.document.scoring.hypnodensity is not None, timeout=60_000)
    open_window.document.score((3, 4), Stage.N1)
    expected = tuple(epoch for epoch in range(24) if epoch not in (3, 4))
    assert doubtful_epochs(open_window.document.scoring) == expected


def test_that_neighbouring_epochs_are_shown_and_clicked(
    qtbot: QtBot, open_window: MainWindow, store
) -> None:
    neighbours = open_window.workspace.neighbours
    assert not neighbours.isVisible()
    QTest.keyClick(open_window, "N")
    assert neighbours.isVisible()
    assert store.load().neighbours
    open_window.viewport.go_to(10)
    qtbot.waitUntil(lambda: neighbours._page_first == 5)
    assert neighbours.epochs == range(5, 16)
    cell = neighbours._cell(14).center().toPoint()
    qtbot.mouseClick(neighbours, Qt.MouseButton.LeftButton, pos=cell)
    assert open_window.viewport.epoch == 14
    open_window.viewport.go_to(0)
    before = neighbours._cell(-2).center().toPoint()
    qtbot.mouseClick(neighbours, Qt.MouseButton.LeftButton, pos=before)
    assert open_window.viewport.epoch == 0


def test_that_the_times_of_the_lights_are_typed(open_window: MainWindow, dialogs) -> None:
    dialogs.light_times += [Lights(30.0, 600.0), None]
    open_window.actions_by_id["scoring.lights"].trigger()
    assert open_window.document.scoring.lights == Lights(30.0, 600.0)
    open_window.actions_by_id["scoring.lights"].trigger()
    assert open_window.document.undo_stack.count() == 1
    open_window.actions_by_id["scoring.no_lights"].trigger()
    open_window.actions_by_id["scoring.no_lights"].trigger()
    assert open_window.document.scoring.lights == Lights()
    assert open_window.document.undo_stack.count() == 2


def test_that_the_dialog_of_the_lights_takes_times_of_day(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    recording = open_window.document.recording
    dialog = LightsDialog(open_window, Lights(30.0, None), recording)
    qtbot.addWidget(dialog)
    assert dialog.off.text() == "22:16:00"
    dialog.on.setText("22:20")
    assert dialog.lights == Lights(30.0, 270.0)
    dialog.on.setText("22:15:40")
    assert "before" in dialog.problem.text()
    dialog.on.setText("23:59")
    assert "22:27:30" in dialog.problem.text()
    dialog.on.setText("")
    dialog.off.setText("")
    assert (dialog.lights, dialog.problem.text()) == (Lights(), "")


NIGHT = datetime(2026, 3, 1, 22, 15, 30)


@pytest.mark.parametrize(
    ("text", "start", "time_s"),
    [
        ("22:15:30", NIGHT, 0.0),
        (" 23:00 ", NIGHT, 2670.0),
        ("6:00", NIGHT, 27870.0),
        ("0:10", None, 600.0),
        ("1:00:30.5", None, 3630.5),
    ],
)
def test_that_times_are_read_as_they_are_typed(text, start, time_s) -> None:
    assert parse_time(text, start, 8 * 3600.0) == pytest.approx(time_s)


@pytest.mark.parametrize(
    ("text", "start", "complaint"),
    [
        ("late", NIGHT, "is no time"),
        ("22:61", NIGHT, "is no time"),
        ("22:15:61", NIGHT, "is no time"),
        ("25:00", NIGHT, "hours go from 0 to 23"),
        ("22:00", NIGHT, "The recording goes from 22:15:30 to 06:15:30"),
        ("9:00", None, "from 0:00:00 to 8:00:00"),
    ],
)
def test_that_other_times_are_refused_with_a_sentence(text, start, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_time(text, start, 8 * 3600.0)


@pytest.mark.parametrize(
    ("text", "time_s"), [("22:00:30", -900.0), ("10:15:30", -43_200.0), ("23:00", 2670.0)]
)
def test_that_a_time_of_day_before_the_recording_is_meant_where_it_may_be(text, time_s) -> None:
    assert parse_time(text, NIGHT, 8 * 3600.0, before_s=12 * 3600.0) == pytest.approx(time_s)


def test_that_a_time_too_long_before_the_recording_is_refused_with_its_own_times() -> None:
    complaint = "from 22:15:30 to 06:15:30; 9:00 is neither in it nor in the 12 hours before it"
    with pytest.raises(ValueError, match=complaint):
        parse_time("9:00", NIGHT, 8 * 3600.0, before_s=12 * 3600.0)


def test_that_a_time_that_was_written_is_read_back() -> None:
    for start in (NIGHT, None):
        for time_s in (0.0, 59.0, 3600.0, 20_000.0):
            assert parse_time(time_text(time_s, start), start, 8 * 3600.0) == time_s


def test_that_the_night_tells_what_lies_under_the_mouse_and_what_its_rows_are(
    open_window: MainWindow,
) -> None:
    open_window.document.score((1,), Stage.N2)
    night = open_window.night
    place = night.position_of(45.0)
    parts = [part.sceneBoundingRect() for part in night._parts.values()]
    heights = [QPoint(place.x(), round(part.center().y())) for part in parts]
    tips = [night.tip_at(one) for one in heights]
    assert all(tip.startswith("22:16:00, epoch 2: N2\n") for tip in tips)
    assert len(set(tips)) == 3
    assert "in doubt" in night.tip_at(QPoint(5, heights[-1].y()))  # on “hand, doubt”
