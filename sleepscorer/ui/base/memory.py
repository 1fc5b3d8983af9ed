"""Memory that nobody uses any more goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pyqtgraph.util.garbage_collector import GarbageCollector


@contextmanager
def collecting_here() -> Iterator[None]:
    """Let this thread alone, that of the window, collect what only holds itself.

    Python does so on whichever thread makes the next object. Among what a task's thread would
    collect are objects of Qt: letting go of one takes a lock of Qt's while Python's is held, and
    the window's thread may hold the first and wait for the other, for ever.
    """
    collector = GarbageCollector()
    try:
        yield
    finally:
        collector.timer.stop()
        gc.enable()


def freeze() -> None:
    """Look for no garbage any more in what is there now.

    What was imported and loaded stays for good. Looking through it, too, would hold up a key for a
    tenth of a second now and then.
    """
    gc.freeze()


def collect_frozen() -> None:
    """Look for it once more, as what was frozen holds a night that has been closed since."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def give_back() -> None:
    """Give freed memory back that the C library keeps for later.

    That of Linux has heaps for each thread and returns only what is free at their very end: after a
    night was worked through in the background, hundreds of megabytes would stay with the window.
    Other systems do so by themselves.
    """
    if sys.platform == "linux":
        # Not every C library of Linux has it.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
