import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sleepscorer.jobs.events import StoppedEarly
from sleepscorer.jobs.process import Job, JobError

EVENT = '{"event": "stopped_early", "stage": "epoch", "step": %d}'
SAY_TWO = f"""
for step in (1, 2):
    print({EVENT!r} % step, flush=True)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print({event!r} % 1, flush=True)
time.sleep(60)
"""


def job(program: str) -> Job:
    return Job([sys.executable, "-c", program])


def test_that_events_are_read_until_the_job_has_ended():
    with job(SAY_TWO) as running:
        assert list(running.events()) == [StoppedEarly("epoch", 1), StoppedEarly("epoch", 2)]
        assert running.status == 0


def test_that_a_line_that_is_no_event_is_an_error_with_its_number():
    program = SAY_TWO + "print('Loading…')"
    with job(program) as running, pytest.raises(JobError, match=r"Line 3 .* is no event"):
        list(running.events())


def test_that_what_a_job_complains_about_can_be_read_however_much_it_is():
    program = (
        "import sys; sys.stderr.write('x' * 300_000 + '\\nnight.edf is damaged.\\n'); sys.exit(3)"
    )
    with job(program) as running:
        assert list(running.events()) == []
        assert running.status == 3
        assert running.complaint().endswith("night.edf is damaged.")


def test_that_a_program_that_is_not_there_is_named():
    with pytest.raises(JobError, match="nowhere can't be started"):
        Job(["/nowhere"])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_that_a_job_is_asked_to_end_before_it_is_ended(tmp_path):
    program = f"""
import signal, sys, time
from pathlib import Path
def end(*_):
    Path({str(tmp_path / "kept")!r}).write_text("kept")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print({EVENT!r} % 1, flush=True)
while True:
    time.sleep(0.1)  # a signal just before a longer one would be handled after it
"""
    with job(program) as running:
        next(running.events())
        assert running.stop() == 0
    assert (tmp_path / "kept").read_text() == "kept"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_that_a_job_that_does_not_end_is_killed_after_its_time():
    with job(STUBBORN.format(event=EVENT)) as running:
        next(running.events())
        start_s = time.monotonic()
        assert running.stop(patience_s=0.2) == -signal.SIGKILL
        assert time.monotonic() - start_s < 30


def test_that_stopping_from_another_thread_ends_the_listening():
    with job(STUBBORN.format(event=EVENT)) as running:
        events = running.events()
        next(events)
        stopper = threading.Thread(target=running.stop, args=(0.1,))
        stopper.start()
        assert list(events) == []
        stopper.join()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the process in /proc")
def test_that_what_a_job_started_ends_with_it():
    program = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print({EVENT!r} % child.pid, flush=True)
child.wait()
"""
    with job(program) as running:
        child = next(running.events()).step
        assert is_running(child)
    gone_by_s = time.monotonic() + 5  # the system ends what was killed as soon as it can
    while is_running(child) and time.monotonic() < gone_by_s:
        time.sleep(0.01)
    assert not is_running(child)


def is_running(pid: int) -> bool:
    """Whether a process is there and is no zombie that nobody waits for."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_that_jobs_need_neither_a_window_nor_a_network():
    program = (
        "import sys, sleepscorer.jobs.process; "
        "assert not {'torch', 'PySide6', 'numpy'} & set(sys.modules), sys.modules.keys()"
    )
    environment = os.environ | {"PYTHONWARNINGS": "default"}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
