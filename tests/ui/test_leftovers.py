"""That the tests of the window notice what one of them leaves at work."""

import sys
import threading

from PySide6.QtCore import QObject, QThread, QThreadPool, QTimer, QVariantAnimation


def test_that_a_running_timer_is_named_with_the_line_that_started_it(leftovers):
    timer = QTimer()
    timer.setInterval(60_000)
    line = sys._getframe().f_lineno + 1
    timer.start()
    (told,) = leftovers.lines()
    assert told.startswith(f"QTimer started at {__file__}:{line}")
    timer.stop()
    assert leftovers.lines() == []


def test_that_a_timer_that_went_with_its_owner_is_none(leftovers, qtbot):
    owner = QObject()
    timer = QTimer(owner)
    timer.start(60_000)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not leftovers.lines())


def test_that_a_running_thread_is_named(leftovers):
    go = threading.Event()
    thread = threading.Thread(target=go.wait)
    thread.start()
    (line,) = leftovers.lines(patience_ms=1)
    assert line.startswith(f"Thread started at {__file__}:")
    go.set()
    assert leftovers.lines() == []


def test_that_a_running_thread_of_qt_is_named(leftovers):
    thread = QThread()
    thread.start()
    (line,) = leftovers.lines(patience_ms=1)
    assert line.startswith(f"QThread started at {__file__}:")
    thread.quit()
    assert leftovers.lines() == []


def test_that_work_in_a_pool_is_named(leftovers):
    pool, go = QThreadPool(), threading.Event()
    pool.start(go.wait)
    (line,) = leftovers.lines(patience_ms=1)
    assert line.startswith(f"QThreadPool started at {__file__}:")
    go.set()
    assert leftovers.lines() == []


def test_that_a_running_animation_is_named(leftovers):
    animation = QVariantAnimation()
    animation.setStartValue(0)
    animation.setEndValue(1)
    animation.setDuration(60_000)
    animation.start()
    (line,) = leftovers.lines()
    assert line.startswith(f"QVariantAnimation started at {__file__}:")
    animation.stop()
