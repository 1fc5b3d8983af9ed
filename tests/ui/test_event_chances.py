"""What a network says of apneas beside the night: seen, told, hidden, and made an event by hand."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from model import weights
from sleepscorer.domain.events import EventKind
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.session import read_session
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.chance_strip import ChanceStrip

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
APNEA = (0.1, 0.9, 0.3, 0.2)
HYPOPNEA = (0.2, 0.6, 0.8)


@pytest.fixture(autouse=True)
def _several(write_several: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The network in use answers to apneas and hypopneas, too."""
    loaded = weights.load(write_several(apnea=APNEA, hypopnea=HYPOPNEA), "cpu")
    monkeypatch.setattr("sleepscorer.autoscoring.load_model", lambda: loaded)


@pytest.fixture
def staged(qtbot: QtBot, open_window: MainWindow) -> MainWindow:
    stage(qtbot, open_window)
    return open_window


def stage(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.open_night.autoscorer.staged, timeout=120_000):
        QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


def told(window: MainWindow) -> str:
    return " ".join(message.text for message in window.messages._messages)


def place_of(strip: ChanceStrip, row: int, epoch: int) -> QPoint:
    x = strip._x((epoch + 0.5) * 30)
    return QPointF(x, strip.height() / 2 * (row + 0.5)).toPoint()


def right_click(window: MainWindow, place: QPoint, action_id: str) -> None:
    def choose(menu: QMenu, _position: QPoint) -> None:
        next(one for one in menu.actions() if one.objectName() == action_id).trigger()

    window.context_menus.ask = choose
    strip, reason = window.workspace.chances, QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(strip, QContextMenuEvent(reason, place, strip.mapToGlobal(place)))


def test_that_lanes_come_with_the_staging_and_go_with_it(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    strip = open_window.workspace.chances
    assert not strip.isVisible()
    assert open_window.tool_bar.derivation.name == "C4-M1"  # what this network was made for
    stage(qtbot, open_window)
    assert strip.isVisible()
    text = strip.text_at(QPointF(place_of(strip, 0, 5)))
    assert "Apnea at 22:18:00: 90 % by Several 1 on C4-M1, ECG, EMG Chin." in text
    assert "counts nowhere until somebody marks one" in text
    assert "Hypopnea at 22:18:00: 80 %" in strip.text_at(QPointF(place_of(strip, 1, 5)))
    assert not strip.text_at(QPointF(2, 5))
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place_of(strip, 0, 12))
    assert open_window.viewport.epoch == 12
    QTest.keyClick(open_window, "Z", CTRL)
    assert not strip.isVisible()


def test_that_a_key_makes_an_event_of_it_that_is_the_persons_and_can_be_undone(
    staged: MainWindow,
) -> None:
    document = staged.document
    before = sleep_statistics(document.scoring, document.recording.duration_s)
    assert document.scoring.events == ()
    staged.viewport.go_to(5)
    QTest.keyClick(staged, Qt.Key.Key_Return, ALT)
    (event,) = document.scoring.events
    assert (event.kind, event.onset_s, event.duration_s) == (EventKind.APNEA, 150.0, 30.0)
    assert isinstance(event.source, Person)
    assert event.source.saw_model
    assert staged.open_night.events.chosen == event
    after = sleep_statistics(document.scoring, document.recording.duration_s)
    assert after.figures != before.figures  # now it counts, as a person's
    QTest.keyClick(staged, Qt.Key.Key_Return, ALT)
    assert len(document.scoring.events) == 1  # it is there already
    QTest.keyClick(staged, "Z", CTRL)
    assert document.scoring.events == ()


def test_that_the_kind_is_the_likeliest_or_the_one_that_was_clicked(staged: MainWindow) -> None:
    staged.viewport.go_to(2)  # 30 % and 80 %
    QTest.keyClick(staged, Qt.Key.Key_Return, ALT)
    right_click(staged, place_of(staged.workspace.chances, 0, 6), "events.from_network")
    hypopnea, apnea = staged.document.scoring.events
    assert (hypopnea.kind, hypopnea.onset_s) == (EventKind.HYPOPNEA, 60.0)
    assert (apnea.kind, apnea.onset_s) == (EventKind.APNEA, 180.0)  # 30 %: asked for all the same


def test_that_where_none_is_probable_none_is_marked_and_that_is_said(staged: MainWindow) -> None:
    staged.viewport.go_to(0)
    QTest.keyClick(staged, Qt.Key.Key_Return, ALT)
    assert staged.document.scoring.events == ()
    assert (
        "no event to be in epoch 1: Apnea 10 %, Hypopnea 20 %"
        in staged.statusBar().currentMessage()
    )


def test_that_who_scores_blind_sees_no_lanes_and_has_no_key(staged: MainWindow) -> None:
    staged.viewport.go_to(5)
    QTest.keyClick(staged, "H")
    assert not staged.workspace.chances.isVisible()
    assert not staged.actions_by_id["events.from_network"].isEnabled()
    QTest.keyClick(staged, "H")
    assert staged.workspace.chances.isVisible()


def test_that_lanes_are_kept_with_the_session(
    qtbot: QtBot, staged: MainWindow, tmp_path: Path
) -> None:
    session = tmp_path / "night.h5"
    staged.document.save(session)
    assert [one.task for one in read_session(session).scored.scoring.answers] == [
        "apnea",
        "hypopnea",
    ]
    with qtbot.waitSignal(staged.files.opened, timeout=20_000):
        staged.open_file(session)
    qtbot.waitUntil(lambda: staged.tasks.is_idle, timeout=60_000)
    assert staged.workspace.chances.isVisible()


def test_that_a_night_without_ecg_and_emg_has_lanes_and_says_what_is_missing(
    qtbot: QtBot, window: MainWindow, night: SimulatedNight, tmp_path: Path
) -> None:
    path = tmp_path / "eeg-alone.edf"
    channels = [
        one for one in night.channels if one.label.startswith("E") and "EMG" not in one.label
    ]
    channels = [one for one in channels if one.label != "ECG"]
    write_edf(path, channels, start=datetime(2026, 3, 1, 22, 15, 30))
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    stage(qtbot, window)
    assert window.workspace.chances.isVisible()
    assert "did without ECG, EMG (chin): the recording has no such signal" in told(window)


def test_that_without_such_a_network_it_is_said_where_to_get_one(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    QTest.keyClick(open_window, Qt.Key.Key_Return, ALT)
    assert open_window.document.scoring.events == ()
    assert "says nothing of apneas" in open_window.statusBar().currentMessage()
