"""What is under way, and what a key was meant for, is not lost."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.dialogs.dialogs import Answer
from sleepscorer.ui.shell.application import ErrorReport
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.message_bar import MessageBar


@contextmanager
def under_way(window: MainWindow, text: str) -> Iterator[list[str]]:
    """Let something be under way that the technician sees, until its end or a cancel."""
    go, ended = threading.Event(), []

    def work(report: Callable[[float], None]) -> None:
        while not go.wait(0.01):
            report(0.5)

    window.tasks.submit(
        work,
        on_success=lambda _: ended.append("done"),
        on_failure=window.files.failed.emit,
        on_finish=lambda: ended.append("over"),
        shown_as=text,
    )
    try:
        yield ended
    finally:
        go.set()


def test_that_closing_asks_about_a_report_that_is_being_made(
    open_window: MainWindow, qtbot: QtBot, dialogs
) -> None:
    with under_way(open_window, "Making the report") as ended:
        dialogs.may_stops.append(False)
        assert not open_window.close()
        assert dialogs.stopped == [("Making the report",)]
        assert not ended
    qtbot.waitUntil(lambda: ended == ["done", "over"])
    with under_way(open_window, "Making the report") as ended:
        dialogs.may_stops.append(True)
        assert open_window.close()
        qtbot.waitUntil(lambda: ended == ["over"])


def test_that_opening_another_file_asks_about_what_is_under_way_and_not_about_itself(
    open_window: MainWindow, qtbot: QtBot, dialogs, night_path: Path
) -> None:
    with under_way(open_window, "Writing copy.edf") as ended:
        dialogs.may_stops.append(False)
        before = open_window.document
        with qtbot.waitSignal(open_window.files.finished, timeout=20_000):
            open_window.open_file(night_path)
        assert dialogs.stopped == [("Writing copy.edf",)]
        assert open_window.document is before
        dialogs.may_stops.append(True)
        with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
            open_window.open_file(night_path)
        qtbot.waitUntil(lambda: ended == ["over"])


def test_that_what_is_under_way_goes_on_when_the_work_is_to_be_kept(
    open_window: MainWindow, qtbot: QtBot, dialogs
) -> None:
    QTest.keyClick(open_window, "2")
    with under_way(open_window, "Writing copy.edf") as ended:
        dialogs.answers.append(Answer.CANCEL)
        assert not open_window.close()
    qtbot.waitUntil(lambda: ended == ["done", "over"])


def test_that_an_epoch_set_to_unscored_is_staged_again(
    open_window: MainWindow, qtbot: QtBot, constant_prediction
) -> None:
    for _ in range(2):
        open_window.actions_by_id["scoring.auto"].trigger()
        qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)
        assert open_window.document.scoring[3].stage is Stage.N2
        open_window.document.score((3,), Stage.UNSCORED)
    open_window.document.undo()
    n_steps = open_window.document.undo_stack.count()
    open_window.actions_by_id["scoring.auto"].trigger()
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)
    assert open_window.document.undo_stack.index() == n_steps - 1  # there was nothing to change


def test_that_return_on_a_range_confirms_each_epochs_own_stage(open_window: MainWindow) -> None:
    document = open_window.document
    for epoch, stage in enumerate((Stage.W, Stage.N1, Stage.UNSCORED, Stage.N3)):
        document.score((epoch,), stage)
    open_window.panel.scorer_changed.emit("Li")
    open_window.viewport.go_to(0)
    for _ in range(3):
        QTest.keyClick(open_window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(open_window.viewport.selection) == 4
    QTest.keyClick(open_window, Qt.Key.Key_Return)
    assert document.scoring.stages[:4] == (Stage.W, Stage.N1, Stage.UNSCORED, Stage.N3)
    li = Person("Li")
    assert [document.scoring[epoch].source for epoch in range(4)] == [li, li, None, li]
    assert document.undo_stack.undoText() == "confirmation of 3 epochs"
    document.undo()
    assert document.scoring[3].source == Person("Scorer")


def test_that_a_fault_on_another_thread_is_shown_on_the_windows_own(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    threads = []
    show = MessageBar.show_error

    def shown(bar: MessageBar, text: str) -> None:
        threads.append(QThread.currentThread())
        assert isinstance(QLabel(), QLabel)
        show(bar, text)

    monkeypatch.setattr(MessageBar, "show_error", shown)
    report = ErrorReport(window)
    monkeypatch.setattr(threading, "excepthook", report.of_thread)

    def fail() -> None:
        raise SystemError("a library panicked")

    with caplog.at_level(logging.CRITICAL + 1):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [window.thread()]
    assert "SystemError: a library panicked" in window.messages.text


def test_that_too_little_memory_is_a_sentence(window: MainWindow) -> None:
    window.files.failed.emit(MemoryError())
    assert "not enough memory" in window.messages.text


def test_that_without_torch_the_window_says_what_works_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sleepscorer.autoscoring", None)  # as a missing library does
    with pytest.raises(AutoscoringError, match="Scoring by hand, saving and exporting work"):
        window.network.model()
