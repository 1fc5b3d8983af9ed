"""A job in a process of its own: started, listened to, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from sleepscorer.codec import CodecError
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.jobs.events import EVENTS, JobEvent

PATIENCE_S = 10.0
"""How long a job may take to end when it is asked to."""

_COMPLAINT_BYTES = 4096
_OWN_GROUP = sys.platform != "win32"
"""Whether a job and the processes that it starts can be ended together."""


class JobError(SleepScorerError):
    """A job can't be started, or reports what is no event."""


class Job:
    """A program that reports events on its standard output.

    Leaving the context ends it. It may be stopped from another thread than the one that listens.

    Parameters
    ----------
    command
        Program and arguments.
    folder
        Where it runs; where this process does by default.
    environment
        Its variables; those of this process by default.
    inherits
        File descriptors that it has, too, as those of locks. On Windows it has none.

    Raises
    ------
    JobError
        It can't be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        inherits: Collection[int] = (),
    ) -> None:
        # A file takes any amount of complaints without somebody to read them at the same time.
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  closed with the job
        self.name = Path(command[0]).name
        try:
            self._process = subprocess.Popen(  # noqa: S603  the program's own commands
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                start_new_session=_OWN_GROUP,
                pass_fds=inherits if _OWN_GROUP else (),
            )
        except OSError as error:
            self._complaints.close()
            raise JobError(
                "{command} can't be started: {reason}. Install SleepScorer again.",
                command=command[0],
                reason=error,
            ) from error

    def __enter__(self) -> Job:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._complaints.close()

    @property
    def status(self) -> int | None:
        """Exit status; None while it runs, negative when a signal ended it."""
        return self._process.poll()

    def events(self) -> Iterator[JobEvent]:
        """Wait for the events, one after the other, until the job has ended.

        Raises
        ------
        JobError
            A line is no event: from then on nothing that the job says can be relied on.
        """
        assert self._process.stdout is not None
        for number, line in enumerate(self._process.stdout, start=1):
            try:
                yield EVENTS.decode(line)
            except CodecError as error:
                raise JobError(
                    "Line {number} that {job} reports is no event: {error}. Start it "
                    "again; if that does not help, install SleepScorer again.",
                    number=number,
                    job=self.name,
                    error=error,
                ) from error
        self._process.wait()

    def complaint(self) -> str:
        """Last lines that the job wrote to its standard error."""
        size = self._complaints.seek(0, os.SEEK_END)
        self._complaints.seek(max(size - _COMPLAINT_BYTES, 0))
        return self._complaints.read().decode("utf-8", "replace").strip()

    def stop(self, patience_s: float = PATIENCE_S) -> int:
        """Ask the job to end, wait, and end it where it does not; return its exit status.

        Parameters
        ----------
        patience_s
            Seconds that it may take to write down where it is.
        """
        if self._process.poll() is None:
            self._send(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience_s)
        # A job that ended may have left processes that it started.
        self._kill()
        return self._process.wait()

    def _send(self, number: signal.Signals) -> None:
        if _OWN_GROUP:
            os.killpg(self._process.pid, number)
        else:
            self._process.terminate()

    def _kill(self) -> None:
        if not _OWN_GROUP:
            self._process.kill()
            return
        with suppress(ProcessLookupError):  # none is left
            os.killpg(self._process.pid, signal.SIGKILL)
