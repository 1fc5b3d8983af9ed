"""Nights with hundreds of channels and with more events than fit on the screen."""

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from types import FrameType

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EventEdit, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf import EdfRecording
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.signals.simulation import SimulatedChannel
from sleepscorer.ui.base.theme import LIGHT
from sleepscorer.ui.night import review, sanity_gate, spectrograms
from sleepscorer.ui.night.document import OpenedFile
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.event_marks import EventMark, EventMarks

N_CHANNELS = 256


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each channel is read while the window waits for it."""
    counts: Counter[str] = Counter()
    read = EdfRecording.read

    def counting(self: EdfRecording, channel, start_s, stop_s):
        if threading.current_thread() is threading.main_thread():
            counts[channel.label] += 1
        return read(self, channel, start_s, stop_s)

    monkeypatch.setattr(EdfRecording, "read", counting)
    return counts


def test_that_opening_reads_no_more_channels_than_are_shown(
    qtbot: QtBot, window: MainWindow, tmp_path, reads: Counter[str]
) -> None:
    path = tmp_path / "wide.edf"
    rng = np.random.default_rng(1)
    sizes = range(1, N_CHANNELS + 1)
    waves = [rng.normal(0, size, 6000).clip(-999, 999).astype(np.float32) for size in sizes]
    channels = [
        SimulatedChannel(f"Sensor {size}", "V", 10.0, wave, (-1000.0, 1000.0))
        for size, wave in zip(sizes, waves, strict=True)
    ]
    write_edf(path, channels, start=datetime(2026, 3, 1, 22))
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    shown = {row.name for row in window.traces._rows if row.page is not None}
    assert 5 < len(shown) < N_CHANNELS / 3
    assert set(reads) == shown
    assert (
        max(reads.values()) <= 8 + 8
    )  # pages to fit them to, and those drawn while all is laid out
    window.traces.scroll(1000)
    last = window.traces._rows[-1]
    assert last.height == pytest.approx(2 * 2.33e6 * N_CHANNELS / 0.7, rel=0.1)  # in µV


def test_that_names_of_events_never_lie_on_each_other(qtbot: QtBot, window: MainWindow) -> None:
    marks = EventMarks(LIGHT, window)
    chosen = ScoredEvent(EventKind.APNEA, 20.0, 5.0)
    events = [*(ScoredEvent(EventKind.AROUSAL, n / 10, 3.0) for n in range(400)), chosen]
    tops = (0.0, 60.0)
    drawn = [
        EventMark(event, QRectF(event.onset_s * 20, top, event.duration_s * 20, 60.0))
        for event in events
        for top in tops
    ]
    marks.show_marks(drawn, chosen, QRectF(0, 0, 800, 120))
    *others, last, _ = marks.labels()
    assert len(others) > 20
    assert not any(
        one.intersects(other)
        for place, (one, _) in enumerate(others)
        for other, _ in others[:place]
    )
    assert last[1] == "Apnea"
    assert all(0 <= area.left() <= area.right() <= 801 for area, _ in others)


def test_that_two_events_close_together_both_have_a_name(window: MainWindow) -> None:
    marks = EventMarks(LIGHT, window)
    events = [ScoredEvent(EventKind.AROUSAL, 3.0, 3.0), ScoredEvent(EventKind.PLM, 3.5, 1.0)]
    drawn = [EventMark(one, QRectF(one.onset_s * 20, 0, 40, 60.0)) for one in events]
    marks.show_marks(drawn, None, QRectF(0, 0, 800, 60))
    assert [text for _, text in marks.labels()] == ["Arousal", "Periodic limb movement"]


def test_that_a_crowded_night_is_drawn_with_as_many_marks_as_there_are_columns(
    open_window: MainWindow,
) -> None:
    crowd = tuple(ScoredEvent(EventKind.NOTE, n / 500, 0.001, text="x") for n in range(15_000))
    open_window.document.scoring.apply(EventEdit((), crowd))
    open_window.traces.show_scoring(open_window.document.scoring, 0, range(1))
    width_px = open_window.traces._page_area().width()
    assert width_px * 0.9 < len(open_window.traces._marks.marks) <= width_px + 1
    last = crowd[14_321]
    open_window.traces.choose_event(last)
    assert last in [mark.event for mark in open_window.traces._marks.marks]


@pytest.mark.parametrize(("longest_s", "n_in_turn"), [(0.0, 3), (24 * 3600.0, 0)])
def test_that_a_night_of_days_is_looked_at_in_one_way_after_the_other(
    qtbot: QtBot, window: MainWindow, night_path, monkeypatch, longest_s, n_in_turn
) -> None:
    for module in (review, sanity_gate, spectrograms):
        assert module.LONG_S == 24 * 3600.0
        monkeypatch.setattr(module, "LONG_S", longest_s)
    start, in_turn = window.tasks._in_turn.start, []
    monkeypatch.setattr(
        window.tasks._in_turn, "start", lambda one: (in_turn.append(one), start(one))
    )
    window.show_file(OpenedFile(night_path))
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    assert len(in_turn) == n_in_turn


N_IMPORTED = 20_000


@pytest.fixture
def work_of_the_window() -> Iterator[Callable[[], int]]:
    """Number of calls that the window's thread made since last asked, but for what Qt calls."""
    counts, rooms = Counter[str](), (f"sleepscorer{os.sep}domain", f"sleepscorer{os.sep}io")

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and any(room in frame.f_code.co_filename for room in rooms):
            counts[frame.f_code.co_name] += 1

    def n_calls() -> int:
        n_calls = counts.total()
        counts.clear()
        return n_calls

    sys.setprofile(count)  # of this thread alone
    yield n_calls
    sys.setprofile(None)


def test_that_the_window_does_not_work_through_the_events_that_are_imported_or_taken_back(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path, work_of_the_window
) -> None:
    window, document = open_window, open_window.document
    last_s = document.recording.duration_s - 31  # on another page than the one that is shown
    crowd = [
        ScoredEvent(EventKind.NOTE, round(last_s + 0.001 * n, 3), 0.5, "EEG C4-M1", "Snore")
        for n in range(N_IMPORTED)
    ]
    theirs = Scoring(len(document.scoring), events=crowd, scorer="Bea")
    identity = RecordingIdentity.of(document.recording)
    scoring_format("session").write(tmp_path / "theirs.h5", ScoredRecording(identity, theirs))
    window.actions_by_id["view.events_panel"].trigger()
    for epoch in range(2):  # all that is made once
        document.score((epoch,), Stage.W)
    work_of_the_window()
    document.score((3,), Stage.W)
    n_usual = work_of_the_window()
    dialogs.open_paths.append(tmp_path / "theirs.h5")
    dialogs.accepts.append(True)
    window.actions_by_id["file.import"].trigger()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    assert len(document.scoring.events) == N_IMPORTED
    most = n_usual + N_IMPORTED // 4
    assert work_of_the_window() < most
    document.undo()
    assert not document.scoring.events
    assert work_of_the_window() < most
    document.redo()
    assert len(document.scoring.events) == N_IMPORTED
    assert work_of_the_window() < most
