import subprocess
import sys
import time

import pytest

from sleepscorer.jobs.lock import HeldError, held
from sleepscorer.jobs.process import Job

WAITING = "import sys, time; print(flush=True); sys.stdin.read()"


def test_that_only_one_holds_a_lock_at_a_time(tmp_path):
    path = tmp_path / "new" / "one.lock"
    with held(path), pytest.raises(HeldError), held(path):
        pytest.fail("two hold it")
    with held(path), held(tmp_path / "other.lock"):
        pass


def test_that_patience_is_as_long_as_it_says(tmp_path):
    path = tmp_path / "one.lock"
    with held(path):
        begun_s = time.monotonic()
        with pytest.raises(HeldError), held(path, 0.3):
            pytest.fail("two hold it")
        assert time.monotonic() - begun_s >= 0.3


@pytest.mark.skipif(sys.platform == "win32", reason="processes inherit no locks there")
def test_that_a_process_that_inherits_a_lock_holds_it_when_its_parent_is_gone(tmp_path):
    path = tmp_path / "one.lock"
    with held(path) as descriptor:
        heir = subprocess.Popen(
            [sys.executable, "-c", WAITING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(descriptor,),
        )
        assert heir.stdout.readline()
    with pytest.raises(HeldError), held(path):
        pytest.fail("two hold it")
    heir.communicate()
    with held(path):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="processes inherit no locks there")
def test_that_a_job_has_what_it_inherits(tmp_path):
    with held(tmp_path / "one.lock") as descriptor:
        asking = f"import os; os.fstat({descriptor})"
        with Job([sys.executable, "-c", asking], inherits=(descriptor,)) as job:
            assert list(job.events()) == []
            assert job.status == 0
        with Job([sys.executable, "-c", asking]) as job:
            assert list(job.events()) == []
            assert job.status == 1
