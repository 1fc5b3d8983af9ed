"""Breathing on a page of minutes under the other traces: one cursor, one set of keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.channels import Channel, ChannelKind, Derivation, is_leg, kind_of_label
from sleepscorer.domain.events import EventKind
from sleepscorer.domain.montage import is_read_slowly, trace_of
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.traces import TracesView

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def split(qtbot: QtBot, open_window: MainWindow) -> MainWindow:
    QTest.keyClick(open_window, "P")
    qtbot.waitUntil(lambda: open_window.tasks.is_idle)
    return open_window


def place_of(traces: TracesView, name: str, time_s: float) -> QPoint:
    """Where a moment of the recording lies on a trace."""
    row = traces._row_of(name)
    assert row is not None
    start_s, stop_s = traces._page_of(row)
    area = traces._page_area()
    across = area.left() + (time_s - start_s) / (stop_s - start_s) * area.width()
    down = area.bottom() - (row.lane.centre_px - traces._lowest_px)
    return QPointF(across, down).toPoint()


@pytest.mark.parametrize(
    ("label", "is_slow"),
    [
        ("Airflow", True),
        ("SpO2", True),
        ("Leg L", True),
        ("EMG LAT", True),
        ("PLMr", True),
        ("EEG C4-M1", False),
        ("EMG Chin", False),
        ("ECG", False),
        ("EOG E1-M2", False),
    ],
)
def test_that_breathing_and_legs_are_read_slowly(label: str, is_slow: bool) -> None:
    channel = Channel(0, label, kind_of_label(label), "µV", 100.0)
    assert is_read_slowly(trace_of(Derivation(label, None), channel)) is is_slow
    assert not is_leg("Chin")


def test_that_an_unknown_channel_is_read_slowly_only_if_it_is_stored_slowly() -> None:
    for sfreq, is_slow in ((1.0, True), (256.0, False)):
        channel = Channel(0, "X7", ChannelKind.OTHER, "", sfreq)
        assert is_read_slowly(trace_of(Derivation("X7", None), channel)) is is_slow


def test_that_a_key_gives_breathing_a_page_of_its_own_below_the_others(split: MainWindow) -> None:
    traces = split.traces
    slow = {row.name for row in traces._rows if row.seconds != 1.0}
    assert slow == {"Airflow", "SpO2"}
    assert [row.name in slow for row in traces._rows] == sorted(
        row.name in slow for row in traces._rows
    )
    assert traces.slow_s == (0.0, 120.0)
    airflow = traces.curve("Airflow")
    assert airflow.times_s[-1] == pytest.approx(30.0, abs=0.2), "it fills the page's width"
    page = traces._row_of("Airflow").page
    assert page.times_s[-1] == pytest.approx(120.0, abs=1.0)


def test_that_the_longer_page_stays_while_pages_turn_in_it(
    split: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    traces, asked = split.traces, []
    page = traces._slow_pages.page

    def count(*arguments: object) -> object:
        asked.append(arguments)
        return page(*arguments)

    monkeypatch.setattr(traces._slow_pages, "page", count)
    for _ in range(3):
        QTest.keyClick(split, Qt.Key.Key_Right)
    assert traces.slow_s == (0.0, 120.0)
    assert not asked, "nothing of it is read or drawn"
    left, right = traces._split.part_px
    assert left == pytest.approx(traces._split.width() * 3 / 4)
    assert right == pytest.approx(traces._split.width())
    QTest.keyClick(split, Qt.Key.Key_Right)
    assert traces.slow_s == (120.0, 240.0)
    assert len(asked) == 1


def test_that_an_event_is_marked_where_the_mouse_is_on_either_page(split: MainWindow) -> None:
    traces = split.traces
    for name, time_s in (("Airflow", 95.0), ("C4-M1", 12.0)):
        QTest.mouseMove(traces.viewport(), place_of(traces, name, time_s))
        QTest.keyClick(split, "A", SHIFT)
        (event,) = [one for one in split.document.scoring.events if abs(one.onset_s - time_s) < 15]
        middle_s = event.onset_s + event.duration_s / 2
        assert middle_s == pytest.approx(time_s, abs=0.3)
        assert event.kind is EventKind.AROUSAL


def test_that_a_drag_over_breathing_measures_on_its_page(split: MainWindow) -> None:
    traces = split.traces
    view, left = traces.viewport(), Qt.MouseButton.LeftButton
    begin, end = (place_of(traces, "Airflow", time_s) for time_s in (40.0, 70.0))
    QTest.mousePress(view, left, pos=begin)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, left, pos=end)
    assert "30" in traces.inspection.measurement.splitlines()[0]
    QTest.keyClick(split, "H", SHIFT)
    (event,) = split.document.scoring.events
    assert event.onset_s == pytest.approx(40.0, abs=0.3)
    assert event.duration_s == pytest.approx(30.0, abs=0.5)


def test_that_the_value_under_the_mouse_is_that_of_its_page(split: MainWindow) -> None:
    traces = split.traces
    QTest.mouseMove(traces.viewport(), place_of(traces, "Airflow", 95.0))
    clock = split.document.recording.clock_time(95.0)
    shown = traces.inspection.readout.split()[0]
    assert shown[:5] == f"{clock:%H:%M}"
    row = traces._row_of("Airflow")
    near = np.argmin(np.abs(row.page.times_s - 95.0))
    assert row.page.times_s[near] == pytest.approx(95.0, abs=0.5)


def test_that_a_page_that_is_as_long_is_not_split(split: MainWindow) -> None:
    split._prefer(page_s=120.0)
    assert split.traces._split.isHidden()
    assert all(row.seconds == 1.0 for row in split.traces._rows)
    split._prefer(page_s=30.0)
    assert not split.traces._split.isHidden()


def test_that_the_order_of_the_montage_comes_back(open_window: MainWindow) -> None:
    before = open_window.traces.traces
    for _ in range(4):
        QTest.keyClick(open_window, "P")
    assert open_window.traces.traces == before
