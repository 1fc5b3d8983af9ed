"""What the window does between the key and the painted page: that, and nothing that grows."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from types import FrameType

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QWidget
from pytestqt.qtbot import QtBot

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.scoring import EventEdit
from sleepscorer.ui.base.theme import LIGHT
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.shell.steady import Steady
from sleepscorer.ui.views.evidence_table import EvidenceTable
from sleepscorer.ui.views.time_axis import ClockAxis

N_STORED = 20_000


class Watch(QObject):
    """Keeps the events of a kind that widgets get, with what of them is painted."""

    def __init__(self, kind: QEvent.Type, *widgets: QWidget) -> None:
        super().__init__()
        self._kind = kind
        self.seen: list[tuple[QObject, QRect | None]] = []
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is self._kind:
            self.seen.append((watched, event.rect() if self._kind is QEvent.Type.Paint else None))
        return False


def turn(qtbot: QtBot, window: MainWindow) -> None:
    """Turn a page and let it be painted, with all that follows from it."""
    painted = Watch(QEvent.Type.Paint, window.traces.viewport())
    QTest.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(painted.seen))
    qtbot.waitUntil(lambda: window.tasks.is_idle)


@pytest.fixture
def calls() -> Iterator[Counter[str]]:
    """How often the window's thread called each function of the program."""
    counts: Counter[str] = Counter()
    program = f"{os.sep}sleepscorer{os.sep}"

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and program in frame.f_code.co_filename:
            counts[frame.f_code.co_qualname] += 1

    sys.setprofile(count)
    yield counts
    sys.setprofile(None)


def test_that_a_turned_page_does_not_lay_out_the_window_anew(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    window = open_window
    docks = window.findChildren(QDockWidget)
    turn(qtbot, window)
    laid_out = Watch(QEvent.Type.LayoutRequest, window, *docks)
    for _ in range(3):
        turn(qtbot, window)
    assert not laid_out.seen
    assert not window.findChildren(QPropertyAnimation)


def test_that_the_window_is_laid_out_anew_for_a_panel_that_needs_more(qtbot: QtBot) -> None:
    outer, panel = QDockWidget(), QWidget()
    outer.setWidget(Steady(panel))
    qtbot.addWidget(outer)
    outer.show()
    panel.setMinimumSize(240, 350)
    qtbot.waitUntil(lambda: outer.height() >= 350)
    assert panel.size() == outer.widget().size()
    assert panel.width() >= 240


def test_that_the_work_of_a_turned_page_does_not_grow_with_what_is_stored(
    qtbot: QtBot, open_window: MainWindow, calls: Counter[str]
) -> None:
    window, scoring = open_window, open_window.document.scoring

    def work() -> int:
        window.viewport.go_to(2)
        qtbot.waitUntil(lambda: window.tasks.is_idle)
        calls.clear()
        window.viewport.move_by(1)
        return calls.total()

    work()
    n_usual = work()
    assert calls["EpochScore.is_human"] < len(scoring) / 2  # those that the page shows
    last_s = window.document.recording.duration_s - 31
    channel = window.traces.traces[0].derivation.anode
    crowd = tuple(
        ScoredEvent(EventKind.HYPOPNEA, last_s + 0.001 * n, 0.5, channel) for n in range(N_STORED)
    )
    scoring.apply(EventEdit((), crowd))
    work()
    assert work() <= n_usual


def test_that_events_of_a_page_do_not_go_through_its_traces_one_by_one(
    qtbot: QtBot, open_window: MainWindow, calls: Counter[str]
) -> None:
    window = open_window
    labels = [trace.derivation.anode for trace in window.traces.traces]
    events = tuple(
        ScoredEvent(EventKind.HYPOPNEA, 60 + n / 10, 12.0, labels[n % len(labels)])
        for n in range(200)
    )
    window.document.scoring.apply(EventEdit((), events))
    window.viewport.go_to(1)
    calls.clear()
    window.viewport.move_by(1)
    assert len(window.traces._marks.marks) == len(events)
    assert calls["electrode_name"] == calls["Derivation.name"] == 0
    assert calls["TracesView._lane_px"] <= 3 * len(labels)
    n_phrases = sum(n for name, n in calls.items() if name.startswith("Phrase."))
    assert n_phrases < len(events)  # whether there is a doubt takes no words


def test_that_the_next_page_is_not_read_ahead_before_this_one_is_painted(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    pages = open_window.traces._pages
    pages._pause.start()
    open_window.viewport.move_by(1)
    assert not pages._pause.isActive()
    qtbot.waitUntil(pages._pause.isActive)
    qtbot.waitUntil(lambda: not pages._pause.isActive() and open_window.tasks.is_idle)
    assert pages._ahead


def test_that_only_the_numbers_of_the_evidence_are_painted_for_another_epoch(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    shown = open_window.panel.findChild(EvidenceTable)
    qtbot.waitUntil(lambda: bool(shown.rows), timeout=60_000)
    evidence = open_window.open_night.review_desk.review.evidence
    table = EvidenceTable(LIGHT)  # by itself: the window lays its panel out when it likes
    qtbot.addWidget(table)
    table.show_epoch(evidence, 0)
    table.resize(table.sizeHint())
    table.show()
    qtbot.waitExposed(table)
    names: list[str] = []
    n_painted = 0
    for epoch in range(evidence.n_epochs):
        table.show_epoch(evidence, epoch)
        has_other_rows = [name for name, _texts in table.rows] != names
        names = [name for name, _texts in table.rows]
        QTest.qWait(0)
        if has_other_rows:
            continue
        whole = image_of(table)
        painted = Watch(QEvent.Type.Paint, table)
        table.show_epoch(evidence, epoch)
        qtbot.waitUntil(lambda painted=painted: bool(painted.seen))
        (_table, area), *more = painted.seen
        assert not more
        assert area.left() >= table.width() / 3
        assert area.bottom() < table.height() - 16  # under them stands what they mean
        assert image_of(table) == whole
        n_painted += 1
    assert n_painted


def image_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()


@pytest.mark.parametrize(("length_s", "origin_s"), [(30.0, 3570.0), (28_800.0, 0.0), (7.0, 12.5)])
def test_that_the_clock_is_painted_as_pyqtgraph_paints_an_axis(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, length_s: float, origin_s: float
) -> None:
    def picture(paint: Callable[..., None]) -> QImage:
        monkeypatch.setattr(ClockAxis, "paint", paint)
        clock = ClockAxis()
        clock.set_start(datetime(2026, 3, 1, 22, 30, 5))
        clock.set_origin(origin_s)
        plot = pg.PlotWidget(axisItems={"bottom": clock})
        qtbot.addWidget(plot)
        clock.setPen(LIGHT.strong_grid)
        clock.setTextPen(LIGHT.ink)
        plot.resize(901, 200)
        plot.setXRange(0, length_s, padding=0)
        plot.show()
        return image_of(plot)

    assert picture(ClockAxis.paint) == picture(pg.AxisItem.paint)
