"""Pages of any length, filters, and looking closer at the traces."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.base.viewport import PAGE_LENGTHS_S
from sleepscorer.ui.shell.main_window import MainWindow


def make_page(qtbot: QtBot, window: MainWindow, length_s: float) -> None:
    steps = PAGE_LENGTHS_S.index(length_s) - PAGE_LENGTHS_S.index(window.viewport.page_length_s)
    for _ in range(abs(steps)):
        QTest.keyClick(window, "]" if steps > 0 else "[")
    assert window.viewport.page_length_s == length_s
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)


@pytest.mark.parametrize("length_s", PAGE_LENGTHS_S)
def test_that_pages_of_every_length_show_the_samples_at_their_times(
    qtbot: QtBot, open_window: MainWindow, night: SimulatedNight, length_s: float
) -> None:
    open_window.actions_by_id["traces.filters"].trigger()
    make_page(qtbot, open_window, length_s)
    open_window.viewport.go_to(9)
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=20_000)
    start_s, stop_s = open_window.viewport.page_s
    assert start_s <= 270 < stop_s
    assert stop_s - start_s == min(length_s, 24 * 30)
    channel = next(channel for channel in night.channels if channel.label == "Airflow")
    curve = open_window.traces.curve("Airflow")
    inside = (curve.times_s >= 0) & (curve.times_s < stop_s - start_s)
    times_s = curve.times_s[inside] + start_s
    stored_times_s = np.arange(channel.samples.size) / channel.sfreq
    stored = np.interp(times_s, stored_times_s, channel.samples)
    if length_s <= 60:  # longer ones show the lowest and highest value of each column
        assert np.corrcoef(curve.heights[inside], stored)[0, 1] > 0.999
    assert times_s[0] - start_s < 2
    assert stop_s - times_s[-1] < 2


def test_that_the_page_length_is_remembered(qtbot: QtBot, open_window: MainWindow, store) -> None:
    make_page(qtbot, open_window, math.inf)
    assert math.isinf(store.load().page_s)


def test_that_epoch_keys_move_an_epoch_and_page_keys_a_page(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    make_page(qtbot, open_window, 120.0)
    QTest.keyClick(open_window, Qt.Key.Key_Right)
    assert open_window.viewport.epoch == 1
    assert open_window.viewport.page_s == (0.0, 120.0)
    QTest.keyClick(open_window, ".")
    assert open_window.viewport.epoch == 5
    assert open_window.viewport.page_s == (120.0, 240.0)
    make_page(qtbot, open_window, 10.0)
    assert open_window.viewport.page_s == (150.0, 160.0)
    for _ in range(3):
        QTest.keyClick(open_window, ".")
    assert open_window.viewport.page_s == (180.0, 190.0)
    assert open_window.viewport.epoch == 6
    QTest.keyClick(open_window, ",")
    assert open_window.viewport.page_s == (170.0, 180.0)
    assert open_window.viewport.epoch == 5


def test_that_a_stage_key_scores_the_epoch_and_not_the_page(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    make_page(qtbot, open_window, 300.0)
    open_window.viewport.go_to(12)
    QTest.keyClick(open_window, "2")
    stages = open_window.document.scoring.stages
    assert [epoch for epoch, stage in enumerate(stages) if stage.label] == [12]


def test_that_the_notch_is_chosen_in_turn_and_remembered(open_window: MainWindow, store) -> None:
    seen = []
    for _ in range(3):
        QTest.keyClick(open_window, "f", Qt.KeyboardModifier.ShiftModifier)
        seen.append(store.load().notch_hz)
    assert seen == [50, 60, 0]


def place_of(window: MainWindow, name: str, fraction: float) -> QPoint:
    """Place on the trace of that name, a fraction of the page from the left."""
    traces = window.traces
    row = next(row for row in traces._rows if row.name == name)
    place = QPointF(fraction * 30, row.lane.centre_px)
    return QPoint(traces.mapFromScene(traces.getViewBox().mapViewToScene(place)))


@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier]
)
def test_that_a_drag_measures_and_changes_nothing(
    qtbot: QtBot, open_window: MainWindow, modifier: Qt.KeyboardModifier
) -> None:
    begin, end = (place_of(open_window, "Fpz-Cz", part) for part in (0.2, 0.4))
    port = open_window.traces.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, modifier, begin)
    qtbot.mouseMove(port, end)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, modifier, end)
    text = open_window.traces.inspection.measurement
    name, seconds = text.splitlines()[0].split("   ")
    assert name == "Fpz-Cz"
    assert float(seconds.removesuffix(" s")) == pytest.approx(6, abs=0.1)  # to a pixel
    assert "µV peak to peak" in text
    assert open_window.document.undo_stack.count() == 0


def test_that_the_sensitivity_of_a_chosen_trace_changes_alone(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    def height(name: str) -> float:
        return float(np.ptp(open_window.traces.curve(name).heights))

    before = {name: height(name) for name in ("Fpz-Cz", "F4-M1")}
    place = place_of(open_window, "F4-M1", 0.5)
    qtbot.mouseClick(open_window.traces.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for _ in range(2):
        QTest.keyClick(open_window, Qt.Key.Key_Up)
    assert height("F4-M1") == pytest.approx(2 * before["F4-M1"], rel=1e-3)
    assert height("Fpz-Cz") == pytest.approx(before["Fpz-Cz"], rel=1e-3)
    QTest.keyClick(open_window, Qt.Key.Key_Escape)
    for _ in range(2):
        QTest.keyClick(open_window, Qt.Key.Key_Down)
    assert height("Fpz-Cz") == pytest.approx(before["Fpz-Cz"] / 2, rel=1e-3)


def test_that_a_label_says_how_its_trace_is_filtered(open_window: MainWindow) -> None:
    traces = open_window.traces
    open_window._prefer(notch_hz=50)
    row = next(one for one in traces._rows if one.name == "C4-M1")
    top_px, height_px = traces._lane_px(row)
    beside = QPointF(5, traces._page_area().top() + top_px + height_px / 2)
    tip = f"C4-M1\nFilter: 0.3–35 Hz, without 50 Hz\nRate: {row.trace.sfreq:g} Hz\n↕ 150 µV"
    assert traces.label_tip(beside) == tip
    open_window._prefer(filters=False)
    assert "Filter: as stored" in traces.label_tip(beside)
    assert traces.label_tip(beside + QPointF(traces._page_area().left(), 0)) == ""
    here = beside.toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, here, traces.viewport().mapToGlobal(here))
    QApplication.sendEvent(traces.viewport(), event)
    assert "C4-M1" in QToolTip.text()
    QToolTip.hideText()


def test_that_a_calibrated_screen_has_the_sensitivities_of_eeg_machines(
    open_window: MainWindow,
) -> None:
    open_window._prefer(px_per_mm=4.0)
    row = open_window.traces._rows[0]
    told = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(open_window, key)
        told.append(row.sensitivity(open_window.traces.px_per_mm))
    clinical = ("10", "7", "5", "3", "2", "1.5", "1", "15", "20", "30")
    assert {one.removesuffix(" µV/mm") for one in told} <= set(clinical)
    assert told[0] == told[2] != told[1]
