"""Background work delivers on the GUI thread, once, or not at all."""

import gc
import resource
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from sleepscorer.ui.base import tasks
from sleepscorer.ui.base.memory import collecting_here
from sleepscorer.ui.base.tasks import Task, TaskRunner
from sleepscorer.ui.views.progress_strip import ProgressStrip


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.shutdown(), "a task outlived the test"
    qtbot.waitUntil(lambda: runner.is_idle)


def fail(error: Exception) -> None:
    raise AssertionError(error)


def test_that_results_arrive_on_the_gui_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    got: list[tuple[int, QThread]] = []
    gui = QThread.currentThread()
    for number in range(100):
        runner.submit(
            lambda _report, number=number: number,
            on_success=lambda value: got.append((value, QThread.currentThread())),
            on_failure=fail,
        )
    qtbot.waitUntil(lambda: len(got) == 100)
    assert sorted(value for value, _ in got) == list(range(100))
    assert all(thread is gui for _, thread in got)


def test_that_a_failure_is_delivered_and_not_swallowed(qtbot: QtBot, runner: TaskRunner) -> None:
    def work(_report: Callable[[float], None]) -> None:
        raise ValueError("bad file")

    errors: list[Exception] = []
    runner.submit(work, on_success=fail, on_failure=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "bad file"


class Panic(BaseException):
    """As native libraries raise it."""


@pytest.mark.parametrize("fault", [SystemExit(3), KeyboardInterrupt(), Panic("out of bounds")])
def test_that_what_ends_a_program_ends_only_the_task(
    qtbot: QtBot, runner: TaskRunner, fault: BaseException
) -> None:
    errors: list[Exception] = []

    def work(_report: Callable[[float], None]) -> None:
        raise fault

    runner.submit(work, on_success=fail, on_failure=errors.append, shown_as="work")
    qtbot.waitUntil(lambda: runner.is_idle)
    (error,) = errors
    assert isinstance(error, RuntimeError)
    assert type(fault).__name__ in str(error)
    assert not runner.shown_tasks


def test_that_a_task_that_is_cancelled_before_its_turn_never_starts(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    go, started, ended = threading.Event(), [], []
    for _ in range(3):  # every thread there is
        runner.submit(lambda _report: go.wait(5), on_success=lambda _: None, on_failure=fail)
    waiting = runner.submit(
        lambda _report: started.append(True),
        on_success=fail,
        on_failure=fail,
        on_finish=lambda: ended.append(True),
    )
    waiting.cancel()
    go.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert ended == [True]
    assert not started


def test_that_work_in_turn_runs_one_after_the_other_and_keeps_no_other_work_waiting(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    go, running, most, done = threading.Event(), [], [], []

    def work(_report: object) -> None:
        running.append(True)
        most.append(len(running))
        go.wait(5)
        running.pop()

    for _ in range(4):
        runner.submit(work, on_success=done.append, on_failure=fail, in_turn=True)
    with qtbot.waitSignal(runner.ended):
        runner.submit(lambda _report: None, on_success=lambda _: None, on_failure=fail)
    assert not done
    go.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert (len(done), max(most)) == (4, 1)


def test_that_cancelled_work_stops_at_its_next_report(qtbot: QtBot, runner: TaskRunner) -> None:
    started, ended = threading.Event(), []

    def work(report: Callable[[float], None]) -> None:
        while True:
            started.set()
            report(0.5)

    task = runner.submit(
        work, on_success=fail, on_failure=fail, on_finish=lambda: ended.append(True)
    )
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: ended == [True])


def test_that_a_result_on_its_way_is_dropped_when_the_task_is_cancelled(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    done = threading.Event()
    task = runner.submit(lambda _report: done.set(), on_success=fail, on_failure=fail)
    assert done.wait(5)  # the result waits in the event queue of this thread
    task.cancel()
    qtbot.waitUntil(lambda: runner.is_idle)


def test_that_cancel_stops_only_the_task_that_is_shown(qtbot: QtBot, runner: TaskRunner) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    runner.shown.connect(strip.watch)
    runner.ended.connect(strip.forget)
    go, got = threading.Event(), []

    def work(report: Callable[[float], None]) -> None:
        report(0.25)
        assert go.wait(5)
        report(0.5)

    for name in ("copying", "opening"):
        runner.submit(
            work,
            on_success=lambda _, name=name: got.append(name),
            on_failure=fail,
            shown_as=name,
        )
    assert strip.text == "opening"
    strip.cancel_button.click()
    assert strip.text == "copying"
    go.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert got == ["copying"]
    assert strip.text == ""
    assert strip.isHidden()


def test_that_the_time_left_is_told_by_the_pace_since_the_first_report(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = 0.0
    monkeypatch.setattr("sleepscorer.ui.views.progress_strip.time.monotonic", lambda: now_s)
    strip, task = ProgressStrip(), Task(None)
    qtbot.addWidget(strip)
    strip.watch(task, "training")
    now_s = 60.0  # loading
    task.report(0.5)  # goes on where it was
    assert strip.text == "training"
    now_s = 70.0
    task.report(0.6)
    assert strip.text == "training, about 40 s left"
    now_s = 152.0
    task.report(0.7)
    assert strip.text == "training, about 2 min left"
    assert strip.findChild(QProgressBar).text() == "70 %"


def test_that_work_that_is_over_at_once_never_stays_on_the_screen(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    runner.shown.connect(strip.watch)
    runner.ended.connect(strip.forget)
    for _ in range(400):
        runner.submit(
            lambda report: report(1.0),
            on_success=lambda _: None,
            on_failure=fail,
            shown_as="report",
        )
    qtbot.waitUntil(lambda: runner.is_idle)
    assert strip.text == ""
    assert strip.isHidden()


class Circle:
    """Holds itself, and tells which thread let go of it."""

    def __init__(self, ended: list[int]) -> None:
        self.itself, self.ended = self, ended

    def __del__(self) -> None:
        self.ended.append(threading.get_ident())


def test_that_no_task_lets_go_of_what_only_holds_itself(qtbot: QtBot, runner: TaskRunner) -> None:
    ended: list[int] = []

    def work(_report: Callable[[float], None]) -> None:
        for _ in range(1000):
            Circle(ended)
        assert len([[] for _ in range(100_000)]) == 100_000  # enough to collect for

    with collecting_here():
        runner.submit(work, on_success=lambda _: None, on_failure=fail)
        qtbot.waitUntil(lambda: len(ended) == 1000, timeout=20_000)
    assert set(ended) == {threading.get_ident()}
    assert gc.isenabled()


def held_mib() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give memory back by themselves")
def test_that_freed_memory_does_not_stay_with_the_window_after_a_long_task(
    qtbot: QtBot, runner: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "_LONG_S", 0.0)
    kept = []

    def work(_report: Callable[[float], None]) -> None:
        parts = [b"x" * 50_000 for _ in range(4000)]
        kept.append(b"x" * 50_000)  # lies behind all that is freed
        assert len(parts) == 4000

    before_mib = held_mib()
    runner.submit(work, on_success=lambda _: None, on_failure=fail)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    assert held_mib() - before_mib < 50
