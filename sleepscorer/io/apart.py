"""What may hang, crash or ask for all memory, done in a process of its own.

Libraries for binary formats are written for files that are what they say. On others they loop
without end while no other thread can run, or end the process. Only another process can be ended.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, TypeVar

from sleepscorer.domain.errors import SleepScorerError

Result = TypeVar("Result")

_START_S = 60.0
"""How long a process may take to begin on a busy computer."""


class ApartError(SleepScorerError):
    """The work did not come to an end; the text says in a few words how it ended instead."""


class Apart:
    """A process that does one thing after the other; begun with the first, ended with ours.

    Parameters
    ----------
    limit_s
        How long a thing may take.
    most_bytes
        Memory that it may ask for, where the system can bound that.
    """

    def __init__(self, limit_s: float, most_bytes: int) -> None:
        self._limit_s = limit_s
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._running: tuple[SpawnProcess, Connection] | None = None

    def do(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Call a function there.

        Parameters
        ----------
        function
            Of a module, so that it is found there too; it and all else must be picklable.
        arguments
            What it is called with.

        Raises
        ------
        ApartError
            It took too long, or the process ended.
        Exception
            What the function raises.
        """
        with self._lock:
            try:
                is_result, value = self._answer(function, arguments)
            except (EOFError, OSError) as error:
                self._end()
                raise ApartError("reading it crashed") from error
            except BaseException:
                self._end()  # it may still be at work
                raise
        if is_result:
            result: Result = value
            return result
        raise value

    def end(self) -> None:
        """End the process; the next thing begins another."""
        with self._lock:
            self._end()

    def _answer(
        self, function: Callable[..., object], arguments: tuple[object, ...]
    ) -> tuple[bool, Any]:
        connection = self._start() if self._running is None else self._running[1]
        connection.send((function, arguments))
        if not connection.poll(self._limit_s):
            raise ApartError("reading it takes more than {limit_s:g} s", limit_s=self._limit_s)
        is_result, value = connection.recv()
        return is_result, value

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        connection, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._most_bytes), daemon=True)
        process.start()
        theirs.close()
        self._running = process, connection
        if not connection.poll(_START_S):
            raise ApartError("the process that reads it does not begin")
        connection.recv()
        return connection

    def _end(self) -> None:
        if self._running is not None:
            process, connection = self._running
            self._running = None
            connection.close()
            process.kill()
            process.join()
            process.close()


def _serve(connection: Connection, most_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is our parent that is interrupted
    _limit_memory(most_bytes)
    connection.send(None)
    with suppress(EOFError):  # our parent has ended
        while True:
            function, arguments = connection.recv()
            try:
                answer = True, function(*arguments)
            except Exception as error:  # noqa: BLE001  raised again in the other process
                answer = False, error.with_traceback(None)
            connection.send(answer)


def _limit_memory(most_bytes: int) -> None:
    if sys.platform != "linux":
        return
    import resource

    n_pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = n_pages * resource.getpagesize() + most_bytes
    with suppress(ValueError, OSError):  # it is bounded more narrowly already
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
