"""The video of the night goes with the pages, and the pages go with it."""

import importlib
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QLineEdit
from pytestqt.qtbot import QtBot

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.ui.shell.main_window import MainWindow


class Player:
    """Stands for Qt's player, which is an extra."""

    def __init__(self) -> None:
        self.source, self.position_ms, self.plays = QUrl(), -1, False

    def setSource(self, source: QUrl) -> None:  # noqa: N802
        self.source = source

    def setPosition(self, position_ms: int) -> None:  # noqa: N802
        self.position_ms = position_ms

    def isPlaying(self) -> bool:  # noqa: N802
        return self.plays

    def play(self) -> None:
        self.plays = True

    def pause(self) -> None:
        self.plays = False

    stop = pause


@pytest.fixture
def player(qtbot: QtBot, open_window: MainWindow) -> Player:
    """A player in a window whose recording has a video, which begins with it."""
    qtbot.waitUntil(lambda: open_window.tasks.is_idle)
    player = open_window.video_panel._player = Player()
    path = open_window.document.recording.path
    path.with_suffix(".mp4").touch()
    open_window._night.video.find()
    qtbot.waitUntil(lambda: open_window.tasks.is_idle)
    return player


def is_seen(window: MainWindow) -> bool:
    return not window.panels._docks["video"].isHidden()


def cursor_px(window: MainWindow) -> float:
    (cursor, _) = window.traces._cursors
    assert not cursor.isHidden()
    return cursor.geometry().center().x() - window.traces._page_area().left()


def test_that_there_is_no_panel_without_a_video(open_window: MainWindow) -> None:
    assert not is_seen(open_window)


def test_that_the_video_goes_to_the_page(open_window: MainWindow, player: Player) -> None:
    assert is_seen(open_window)
    assert Path(player.source.toLocalFile()).suffix == ".mp4"
    assert "taken to begin with the recording" in open_window.video_panel.message.text()
    open_window.viewport.go_to(3)
    assert player.position_ms == 3 * 30_000


def test_that_what_is_played_is_a_cursor_that_turns_the_page_without_a_jump_of_the_video(
    open_window: MainWindow, player: Player
) -> None:
    open_window.actions_by_id["view.play_video"].trigger()
    assert player.plays
    width_px = open_window.traces._page_area().width()
    open_window.video_panel.position_changed.emit(15_000)
    assert cursor_px(open_window) == pytest.approx(width_px / 2, abs=2)
    before_ms = player.position_ms
    open_window.video_panel.position_changed.emit(31_000)
    assert open_window.viewport.epoch == 1
    assert player.position_ms == before_ms
    assert cursor_px(open_window) == pytest.approx(width_px / 30, abs=2)
    open_window.actions_by_id["view.play_video"].trigger()
    assert not player.plays


@pytest.mark.parametrize("busy", ["menu", "mouse", "dialog", "comment", "cell"])
def test_that_what_is_played_turns_no_page_while_hands_are_busy_with_this_one(
    qtbot: QtBot, open_window: MainWindow, player: Player, busy: str
) -> None:
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 5.0, 4.0))
    open_window.actions_by_id["view.play_video"].trigger()
    with pytest.MonkeyPatch.context() as patch:
        let_go = begin(qtbot, open_window, patch, busy)
        open_window.video_panel.position_changed.emit(31_000)
        assert open_window.viewport.epoch == 0
        let_go()
    open_window.video_panel.position_changed.emit(31_100)
    assert open_window.viewport.epoch == 1


def begin(
    qtbot: QtBot, window: MainWindow, patch: pytest.MonkeyPatch, busy: str
) -> Callable[[], object]:
    """Open a menu or dialog, hold the mouse or write something; return what ends it."""
    if busy == "menu":
        # Without a window system none can be opened.
        patch.setattr(QApplication, "activePopupWidget", lambda: window)
        return lambda: None
    if busy == "mouse":
        patch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
        return lambda: None
    if busy == "dialog":
        dialog = QDialog(window)
        dialog.setModal(True)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog.close
    if busy == "comment":
        QTest.keyClick(window, "C")
        field = window.panel.findChild(QLineEdit, "comment")
        assert field.hasFocus()
        return lambda: QTest.keyClick(field, Qt.Key.Key_Return)
    window.findChild(QDockWidget, "events_dock").raise_()
    qtbot.waitUntil(lambda: window.events_panel.is_seen)
    table = window.events_panel.table
    table.edit(window.events_panel.model.index(0, 0))
    field = table.findChild(QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    return lambda: QTest.keyClick(field, Qt.Key.Key_Escape)


def test_that_a_video_that_waits_turns_no_page(open_window: MainWindow, player: Player) -> None:
    open_window.video_panel.position_changed.emit(95_000)
    assert open_window.viewport.epoch == 0
    assert all(cursor.isHidden() for cursor in open_window.traces._cursors)


@pytest.mark.parametrize(
    ("text", "offset_s"),
    [
        ("12,5", 12.5),
        ("-30", -30.0),
        ("22:00:30", -900.0),
        ("22:15:40", 10.0),
    ],
)
def test_that_the_start_can_be_written(
    open_window: MainWindow, player: Player, text: str, offset_s: float
) -> None:
    open_window.video_panel.start_written.emit(text)
    open_window.viewport.go_to(4)
    assert player.position_ms == round((4 * EPOCH_S - offset_s) * 1000)


def test_that_a_time_outside_is_refused_with_the_times_of_the_recording(
    open_window: MainWindow, player: Player
) -> None:
    start = open_window.document.recording.start
    open_window.video_panel.start_written.emit("9:00")
    said = open_window.statusBar().currentMessage()
    assert f"from {start:%H:%M:%S} to" in said
    assert "12 hours before it" in said


@pytest.mark.parametrize("text", ["early", "nan", ""])
def test_that_what_is_no_time_changes_nothing(
    open_window: MainWindow, player: Player, text: str
) -> None:
    open_window.video_panel.start_written.emit(text)
    open_window.viewport.go_to(4)
    assert player.position_ms == 120_000
    assert open_window.video_panel.start.text() == "22:15:30"


def test_that_what_is_played_turns_pages_that_are_shorter_than_an_epoch(
    open_window: MainWindow, player: Player
) -> None:
    open_window._prefer(page_s=10.0)
    player.plays = True
    pages = []
    for position_ms in (9_000, 12_000, 25_000, 31_000, 29_000):
        open_window.video_panel.position_changed.emit(position_ms)
        pages.append(open_window.viewport.page_s)
    assert pages == [(0.0, 10.0), (10.0, 20.0), (20.0, 30.0), (30.0, 40.0), (20.0, 30.0)]
    last_s = open_window.viewport.n_epochs * EPOCH_S
    open_window.viewport.go_to_time(last_s + 5)
    assert open_window.viewport.page_s == (last_s - 10, last_s)


def test_that_the_video_of_another_night_is_gone_before_that_of_this_one_is_found(
    qtbot: QtBot,
    open_window: MainWindow,
    player: Player,
    night_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Path(shutil.copy(night_path, tmp_path / "other.edf"))
    answers = threading.Event()
    monkeypatch.setattr(
        "sleepscorer.ui.night.video.video_beside", lambda _path: answers.wait(20) and None
    )
    player.plays = True
    with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
        open_window.open_file(other)
    has_former = player.plays or not player.source.isEmpty()
    answers.set()
    qtbot.waitUntil(lambda: open_window.tasks.is_idle)
    assert not has_former


@pytest.mark.parametrize("action_id", ["review.blind", "view.privacy"])
def test_that_whoever_is_not_to_know_who_it_is_sees_no_video(
    open_window: MainWindow, player: Player, action_id: str
) -> None:
    player.plays = True
    open_window.actions_by_id[action_id].trigger()
    assert not is_seen(open_window)
    assert not player.plays
    assert player.source.isEmpty()
    open_window.viewport.go_to(2)
    assert player.position_ms != 60_000
    open_window.actions_by_id[action_id].trigger()
    assert is_seen(open_window)
    assert player.position_ms == 60_000


def test_that_a_name_with_a_time_places_the_video(
    open_window: MainWindow, player: Player, dialogs, tmp_path: Path
) -> None:
    start = open_window.document.recording.start
    path = tmp_path / f"cam_{start + timedelta(seconds=10):%Y%m%d_%H%M%S}.avi"
    path.touch()
    dialogs.videos.append(path)
    open_window.actions_by_id["view.video"].trigger()
    open_window.viewport.go_to(1)
    assert player.position_ms == 20_000
    assert open_window.video_panel.message.text() == ""


def test_that_without_qt_multimedia_one_sentence_says_what_is_missing(
    qtbot: QtBot, open_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: open_window.tasks.is_idle)

    def missing(name: str) -> None:
        raise ImportError(name)

    open_window.document.recording.path.with_suffix(".mp4").touch()
    with monkeypatch.context() as patch:
        patch.setattr(importlib, "import_module", missing)
        open_window._night.video.find()
        qtbot.waitUntil(lambda: is_seen(open_window))
    assert "extra “video”" in open_window.video_panel.message.text()
    open_window.actions_by_id["view.play_video"].trigger()
    assert not open_window.video_panel.is_playing
