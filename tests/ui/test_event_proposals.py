"""Proposed events: found, confirmed, rejected, counted only when a person decided."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulated_events import DIFFICULTIES, simulate_events
from sleepscorer.signals.simulation import SimulatedChannel
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.shell.main_window import MainWindow

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def planted_window(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window with a night of planted events whose stages a person scored."""
    night = simulate_events(5, 60, per_hour=30, difficulty=DIFFICULTIES["easy"])
    recording = night.recording
    channels = [
        SimulatedChannel("EEG C4-M1", "uV", 100.0, np.zeros(180_000, np.float32), (-500.0, 500.0))
    ]
    for channel in recording.channels:
        samples = recording.read(channel, 0.0, recording.duration_s)
        reach = (0.0, 131.07) if channel.unit == "%" else (-400.0, 400.0)
        unit = channel.unit.replace("µ", "u")
        channels.append(SimulatedChannel(channel.label, unit, channel.sfreq, samples, reach))
    path = tmp_path / "planted.edf"
    write_edf(path, channels, start=datetime(2026, 3, 1, 22, 15, 30))
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    window.document.score(range(60), Stage.N2)
    return window


def propose(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9, CTRL)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


def proposed(document: Document) -> list[ScoredEvent]:
    return [one for one in document.scoring.events if isinstance(one.source, Model)]


def test_that_proposals_are_decided_by_one_key_each_and_count_only_then(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    before = sleep_statistics(document.scoring, 1800.0)
    propose(qtbot, planted_window)
    found = proposed(document)
    assert len(found) > 10
    after = sleep_statistics(document.scoring, 1800.0)
    assert after.figures == before.figures

    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)  # goes to the first
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    (confirmed,) = set(document.scoring.events) - set(found)
    assert isinstance(confirmed.source, Person)
    assert confirmed.source.saw_model
    assert confirmed.mark == found[0].mark

    QTest.keyClick(planted_window, Qt.Key.Key_Delete, SHIFT)
    assert proposed(document) == found[2:]
    QTest.keyClick(planted_window, "Z", CTRL)
    assert proposed(document) == found[1:]


def test_that_what_was_decided_is_not_proposed_again_and_stays(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    propose(qtbot, planted_window)
    found = proposed(document)
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(planted_window, Qt.Key.Key_Delete, SHIFT)
    own = document.add_event(ScoredEvent(EventKind.AROUSAL, 1000.0, 5.0))
    propose(qtbot, planted_window)
    assert set(proposed(document)) <= set(found[2:])
    decided = [one for one in document.scoring.events if isinstance(one.source, Person)]
    assert {one.mark for one in decided} == {found[0].mark, own.mark}


def test_that_without_sleep_nothing_is_looked_for_and_that_is_said(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    QTest.keyClick(open_window, Qt.Key.Key_F9, CTRL)
    assert open_window.tasks.is_idle
    assert open_window.document.scoring.events == ()
    QTest.keyClick(open_window, Qt.Key.Key_Return, SHIFT)
    assert open_window.document.undo_stack.count() == 0
