"""How the threads of a process wait for each other."""

from __future__ import annotations

import os
from collections.abc import MutableMapping


def sleep_while_waiting(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let threads that wait for the others of a computation sleep instead of spinning.

    OpenMP's spin by default. On two cores with other work on them, staging a night took twice the
    time and twice the processor's for it. It is for programs to call at their start, before torch
    is imported; what is set already stays.
    """
    environment.setdefault("OMP_WAIT_POLICY", "PASSIVE")
