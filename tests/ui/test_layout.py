"""A layout of one's own: panels, the traces alone, heights, layouts with names, small screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget
from pytestqt.qtbot import QtBot

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.montage import Trace, default_montage
from sleepscorer.domain.scoring import EventEdit, Scoring
from sleepscorer.ui.actions.action_table import PANEL_ACTIONS
from sleepscorer.ui.base.layouts import Layout, Layouts
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.base.theme import theme_of
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.lanes import MOST_LANE_PX, lanes_of
from sleepscorer.ui.views.night import NightView

CTRL = Qt.KeyboardModifier.ControlModifier


def docks_of(window: MainWindow) -> dict[str, bool]:
    """Which docks are shown; there is none of a video without one."""
    docks = [one for one in window.findChildren(QDockWidget) if one.objectName() != "video_dock"]
    return {dock.objectName(): dock.isVisible() for dock in docks}


def heights_of(window: MainWindow) -> list[int]:
    QCoreApplication.processEvents()
    return window.workspace._splitter.sizes()


def test_that_each_panel_can_be_hidden_and_shown(open_window: MainWindow) -> None:
    assert all(docks_of(open_window).values())
    for action_id in PANEL_ACTIONS:
        open_window.actions_by_id[action_id].trigger()
    assert not any(docks_of(open_window).values())
    assert not open_window.night.isVisible()
    for action_id in PANEL_ACTIONS:
        open_window.actions_by_id[action_id].trigger()
    assert all(docks_of(open_window).values())
    assert open_window.night.shown_parts == ("spectrogram", "probabilities", "hypnogram")


def test_that_a_dock_that_is_closed_by_its_button_is_unticked_in_the_menu(
    open_window: MainWindow,
) -> None:
    dock = open_window.findChild(QDockWidget, "review_dock")
    dock.close()
    assert not open_window.actions_by_id["view.review_panel"].isChecked()
    open_window.actions_by_id["view.review_panel"].trigger()
    assert dock.isVisible()


def test_that_one_key_leaves_the_traces_alone_and_brings_back_what_was_there(
    open_window: MainWindow,
) -> None:
    open_window.actions_by_id["view.spectrogram"].trigger()
    QTest.keyClick(open_window, Qt.Key.Key_F11)
    assert not any(docks_of(open_window).values())
    assert not open_window.night.isVisible()
    QTest.keyClick(open_window, Qt.Key.Key_F11)
    assert all(docks_of(open_window).values())
    assert open_window.night.shown_parts == ("probabilities", "hypnogram")


def test_that_keys_work_while_a_floating_panel_is_the_active_window(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    dock = open_window.findChild(QDockWidget, "review_dock")
    dock.setFloating(True)
    dock.activateWindow()
    qtbot.waitActive(dock)
    QTest.keyClick(dock, Qt.Key.Key_Right)
    assert open_window.viewport.epoch == 1


def test_that_the_hypnogram_is_the_last_to_go_and_nothing_is_cut(qtbot: QtBot) -> None:
    night = NightView(theme_of("light"))
    qtbot.addWidget(night)
    night.show()
    shown = []
    for height_px in (400, 170, night.minimumHeight()):
        night.resize(900, height_px)
        QCoreApplication.processEvents()
        shown.append(night.shown_parts)
        assert night._events_plot.geometry().bottom() == pytest.approx(height_px)
        ranges = {tuple(plot.viewRange()[0]) for plot in night._plots}
        assert ranges == {night.part_s}, "every part shows the same part of the night"
    assert shown == [
        ("spectrogram", "probabilities", "hypnogram"),
        ("probabilities", "hypnogram"),
        ("hypnogram",),
    ]


def test_that_lanes_of_events_keep_their_names_on_a_low_screen(qtbot: QtBot) -> None:
    kinds = (EventKind.AROUSAL, EventKind.HYPOPNEA, EventKind.LIMB_MOVEMENT, EventKind.NOTE)
    scoring = Scoring(60)
    for kind in kinds:
        EventEdit(added=(ScoredEvent(kind, 60.0, 12.0, text="x"),)).apply_to(scoring)
    night = NightView(theme_of("light"))
    qtbot.addWidget(night)
    night.resize(980, 186)  # of a screen of 768 lines with fifteen traces
    night.set_scoring(scoring)
    night.show()
    QCoreApplication.processEvents()
    assert len(night._lane_names) == len(kinds)
    assert night._events_plot.getAxis("left").style["showValues"]
    assert night.shown_parts == ("probabilities", "hypnogram")


def many(trace: Trace, number: int) -> tuple[Trace, ...]:
    return tuple(
        Trace(
            Derivation(f"{trace.derivation.anode}{index}", None),
            trace.kind,
            trace.unit,
            trace.sfreq,
            trace.band,
            trace.height,
        )
        for index in range(number)
    )


def test_that_traces_come_first_where_there_are_many(open_window: MainWindow) -> None:
    open_window.resize(1366, 768)
    few_px = heights_of(open_window)
    traces = default_montage(open_window.document.recording.channels)
    open_window.traces.set_traces(traces * 3)
    many_px = heights_of(open_window)
    assert many_px[1] < few_px[1]
    assert many_px[1] >= 0.24 * sum(many_px)
    assert "hypnogram" in open_window.night.shown_parts


def test_that_a_height_of_ones_own_is_kept_whatever_is_shown(open_window: MainWindow) -> None:
    open_window.workspace._splitter.moveSplitter(300, 1)
    own_px = heights_of(open_window)
    traces = default_montage(open_window.document.recording.channels)
    open_window.traces.set_traces(traces * 3)
    assert heights_of(open_window) == own_px


def test_that_a_single_trace_is_no_higher_than_one_can_judge_by_eye(
    open_window: MainWindow,
) -> None:
    trace = open_window.traces.traces[0]
    (lane,) = lanes_of((trace,), 800)
    assert lane.height_px == pytest.approx(1.6 * MOST_LANE_PX)
    assert lane.centre_px == pytest.approx(400)


def test_that_the_queue_has_its_height_again_after_a_blind_look(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    dock = open_window.findChild(QDockWidget, "review_dock")
    # What is worked out meanwhile makes the panel of the epoch higher.
    qtbot.waitUntil(lambda: open_window.tasks.is_idle and dock.height() > 60, timeout=60_000)
    qtbot.wait(200)
    before_px = dock.height()
    QTest.keyClick(open_window, "H")
    assert not dock.isVisible()
    QTest.keyClick(open_window, "H")
    qtbot.waitUntil(lambda: abs(dock.height() - before_px) <= 2)
    events = open_window.findChild(QDockWidget, "events_dock")
    events.raise_()
    qtbot.waitUntil(lambda: abs(events.height() - before_px) <= 2)
    QTest.keyClick(open_window, "H")
    QTest.keyClick(open_window, "H")
    QTest.qWait(100)
    assert abs(events.height() - before_px) <= 2


def in_front(window: MainWindow) -> str:
    QCoreApplication.processEvents()
    docks = [window.findChild(QDockWidget, f"{word}_dock") for word in ("review", "events")]
    (seen,) = [dock.objectName() for dock in docks if not dock.visibleRegion().isEmpty()]
    return seen


def test_that_the_queue_is_in_front_at_first_and_again_after_a_blind_look(
    open_window: MainWindow,
) -> None:
    assert in_front(open_window) == "review_dock"
    QTest.keyClick(open_window, "H")
    QTest.keyClick(open_window, "H")
    assert in_front(open_window) == "review_dock"
    open_window.findChild(QDockWidget, "events_dock").raise_()
    QTest.keyClick(open_window, "H")
    QTest.keyClick(open_window, "H")
    assert in_front(open_window) == "events_dock"
    for _ in range(2):
        open_window.actions_by_id["view.traces_alone"].trigger()
    assert in_front(open_window) == "events_dock"


def test_that_layouts_are_kept_under_names_and_keys(open_window: MainWindow, dialogs) -> None:
    open_window.actions_by_id["view.epoch_panel"].trigger()
    dialogs.layout_names.append("Events & more")
    open_window.actions_by_id["view.keep_layout"].trigger()
    assert "Ctrl+1" in open_window.statusBar().currentMessage()
    QTest.keyClick(open_window, "6", CTRL)
    assert all(docks_of(open_window).values())
    QTest.keyClick(open_window, "1", CTRL)
    assert docks_of(open_window) == {
        "epoch_dock": False,
        "review_dock": True,
        "events_dock": True,
    }
    dialogs.layout_names.append("Events & more")
    open_window.actions_by_id["view.remove_layout"].trigger()
    QTest.keyClick(open_window, "1", CTRL)
    assert open_window.statusBar().currentMessage().startswith("No layout has this key yet")


@pytest.fixture
def another_start(qtbot: QtBot, tmp_path: Path, dialogs) -> Iterator[object]:
    windows = []

    def start() -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        store = PreferenceStore(settings)
        window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
        windows.append(window)
        return window

    yield start
    for window in windows:
        window.close()
        qtbot.waitUntil(lambda window=window: window.tasks.is_idle)
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_that_a_first_window_is_no_larger_than_its_screen(another_start) -> None:
    window = another_start()
    room = QGuiApplication.primaryScreen().availableSize()
    assert window.width() <= room.width()
    assert window.height() <= room.height()
    assert window.panels.is_first_start


@pytest.mark.parametrize("action", ["", "view.usual_layout"])
def test_that_on_a_large_screen_the_queue_has_what_the_epoch_does_not_need(
    another_start, action: str
) -> None:
    window = another_start()
    window.show()
    window.resize(2560, 1440)
    QApplication.processEvents()
    window.panels.show_possible(is_open=True, is_blind=False, has_video=False)
    if action:
        QApplication.processEvents()
        window.actions_by_id[action].trigger()
    QApplication.processEvents()
    epoch, review = (window.findChild(QDockWidget, f"{one}_dock") for one in ("epoch", "review"))
    assert epoch.height() <= epoch.minimumSizeHint().height() + 1
    assert review.height() > 900


def test_that_on_a_low_screen_the_list_of_events_has_the_place_of_the_epoch(
    another_start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sleepscorer.ui.shell.panels.LOW_SCREEN_PX", 10_000)
    window = another_start()
    window.show()
    window.resize(1366, 749)
    window.panels.show_possible(is_open=True, is_blind=False, has_video=False)
    QApplication.processEvents()
    docks = {word: window.findChild(QDockWidget, f"{word}_dock") for word in ("epoch", "events")}
    assert not docks["epoch"].visibleRegion().isEmpty()
    docks["events"].raise_()
    QApplication.processEvents()
    assert docks["epoch"].visibleRegion().isEmpty()
    assert docks["events"].height() >= docks["epoch"].minimumSizeHint().height()
    assert not window.findChild(QDockWidget, "review_dock").visibleRegion().isEmpty()


def test_that_a_window_comes_back_as_it_was_left(another_start) -> None:
    first = another_start()
    first.actions_by_id["view.spectrogram"].trigger()
    first.workspace.set_heights((300, 120))
    first.show()
    first.panels.show_possible(is_open=True, is_blind=False, has_video=False)
    first.findChild(QDockWidget, "events_dock").raise_()
    assert in_front(first) == "events_dock"
    first.close()
    again = another_start()
    again.show()
    again.panels.show_possible(is_open=True, is_blind=False, has_video=False)
    assert in_front(again) == "events_dock"
    assert not again.panels.is_first_start
    assert not again.actions_by_id["view.spectrogram"].isChecked()
    assert again.workspace.own_heights_px == (300, 120)


def test_that_each_set_of_screens_has_its_own_layout(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    laptop, desk = [QSize(1366, 768)], [QSize(2560, 1440), QSize(1366, 768)]
    layouts = Layouts(settings)
    small, large = Layout(frozenset({"spectrogram"}), (400, 200)), Layout(docks=b"\0\1")
    layouts.leave(laptop, small, QByteArray(b"a"))
    layouts.leave(desk, large, QByteArray(b"b"))
    assert layouts.left(laptop) == (small, QByteArray(b"a"))
    assert layouts.left(desk[::-1]) == (large, QByteArray(b"b"))
    assert layouts.left([QSize(1, 1)]) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"1x1": 3}', '{"1x1": {"hidden": [1]}}'])
def test_that_a_damaged_layout_is_as_if_it_were_not_there(tmp_path: Path, text: str) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    for key in ("window/screens", "window/layouts"):
        settings.setValue(key, text)
    layouts = Layouts(settings)
    assert layouts.left([QSize(1, 1)]) is None
    assert layouts.named == {}
    layouts.keep("mine", Layout())
    assert layouts.named == {"mine": Layout()}
