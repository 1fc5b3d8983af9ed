"""Memory that nobody uses any more goes back to the system."""

from __future__ import annotations

import ctypes
import sys


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
