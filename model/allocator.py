"""Memory settings for programs that run networks on the CPU."""

from __future__ import annotations

import ctypes
import platform
import sys

# malloc.h
_M_TRIM_THRESHOLD = -1
_M_TOP_PAD = -2
_M_MMAP_MAX = -4

_NEVER_TRIM = 2**31 - 1
_TOP_PAD_BYTES = 64 * 2**20


def keep_freed_memory() -> bool:
    """Make glibc keep freed memory instead of returning it to the kernel.

    By default each large activation is mapped, faulted in page by page and unmapped again:
    that more than doubles the time of a training step and of scoring. The price is that the
    process keeps its largest heap. It changes the whole process, so it is for programs to
    call at their start, not for libraries.

    Returns
    -------
    bool
        Whether the settings were made; False on systems without glibc.
    """
    if not sys.platform.startswith("linux") or platform.libc_ver()[0] != "glibc":
        return False
    libc = ctypes.CDLL(None)
    settings = (
        (_M_MMAP_MAX, 0),
        (_M_TRIM_THRESHOLD, _NEVER_TRIM),
        (_M_TOP_PAD, _TOP_PAD_BYTES),
    )
    # Made one by one first: a refused setting does not keep the others from being made.
    made = [libc.mallopt(option, value) == 1 for option, value in settings]
    return all(made)
