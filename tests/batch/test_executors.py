"""The same outcomes whoever stages: this process, several, or a cluster."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from sleepscorer import headless
from sleepscorer.autoscoring import load_model
from sleepscorer.batch import executors
from sleepscorer.batch.executors import Cluster, ExecutorError, InProcess, Processes
from sleepscorer.batch.orders import Order
from sleepscorer.batch.outcomes import OUTCOMES, Failed, Making, Staged
from sleepscorer.batch.run import made_by_version
from sleepscorer.domain.phrases import Phrase
from sleepscorer.headless import ALL_WELL, SOME_FAILED, score
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.models.store import ModelStore

CSV = scoring_format("csv")


@pytest.fixture(scope="module")
def making() -> Making:
    return headless._by_model(Making("", "", "", "csv"), load_model())


@pytest.fixture
def workers() -> Callable[[], list[BaseProcess]]:
    """Processes that a test began: others that read odd files may live as long as the tests."""
    before = multiprocessing.active_children()
    return lambda: [one for one in multiprocessing.active_children() if one not in before]


@pytest.fixture
def order_of(tmp_path, making):
    def make(path: Path, **changes) -> Order:
        draft = tmp_path / "drafts" / path.stem / f"{path.stem}.csv"
        order = Order(path, f"{path.stem}.csv", draft, making, is_named=True)
        return replace(order, **changes)

    return make


@pytest.fixture
def broken(tmp_path) -> Path:
    path = tmp_path / "broken.edf"
    path.write_bytes(b"Dear colleague")
    return path


def test_that_processes_give_what_this_process_gives(archive, broken, order_of, workers):
    paths = [archive / "a.edf", broken, archive / "b.edf"]
    orders = [order_of(path) for path in paths]
    here = dict(InProcess(load_model(), lambda _: lambda _: None).outcomes(orders))
    kept = {path: order_of(path).draft.read_text("utf-8") for path in (paths[0], paths[2])}
    there = dict(Processes(2).outcomes(orders))
    assert {order.recording.name: type(one) for order, one in there.items()} == {
        "a.edf": Staged,
        "broken.edf": Failed,
        "b.edf": Staged,
    }
    assert all(
        isinstance(one.sentence, Phrase) for one in there.values() if isinstance(one, Failed)
    )
    assert not workers()
    for order, outcome in there.items():
        assert outcome == here[order]
        if isinstance(outcome, Staged):
            assert order.draft.read_text("utf-8") == kept[order.recording]


def test_that_a_process_that_is_ended_fails_its_recording_alone(archive, order_of, workers):
    def orders() -> Iterator[Order]:
        yield order_of(archive / "a.edf")
        (at_work,) = workers()
        at_work.kill()
        at_work.join()
        yield order_of(archive / "b.edf")

    outcomes = {order.recording.name: one for order, one in Processes(2).outcomes(orders())}
    assert isinstance(outcomes["b.edf"], Staged)
    assert isinstance(outcomes["a.edf"], Failed)
    assert "the process that staged it ended, perhaps for lack of memory" in (
        outcomes["a.edf"].sentence
    )
    assert isinstance(outcomes["a.edf"].sentence, Phrase), "a window may say it in its language"


def test_that_what_takes_too_long_is_ended_and_the_others_go_on(archive, order_of, workers):
    # Nobody stages in a hundredth of a second: it takes longer to begin.
    names = [archive / "a.edf", archive / "b.edf"]
    outcomes = list(Processes(1, limit_s=0.01).outcomes(map(order_of, names)))
    assert [order.recording.name for order, _ in outcomes] == ["a.edf", "b.edf"]
    assert all(isinstance(one, Failed) for _, one in outcomes)
    assert all("takes more than" in one.sentence for _, one in outcomes)
    assert not workers()


@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended without being asked")
def test_that_a_process_that_is_ended_ends_the_program_that_it_has_started(
    archive, order_of, making, tmp_path
):
    program, told = tmp_path / "hangs.py", tmp_path / "number"
    program.write_text(
        "import os, pathlib, time\n"
        f"told = pathlib.Path({str(told)!r})\n"
        "told.with_suffix('.new').write_text(str(os.getpid()))\n"
        "told.with_suffix('.new').rename(told)\n"
        "time.sleep(600)\n"
    )
    second = f"{sys.executable} {program} {{recording}} {{out}}"
    worker = executors._Worker(1)
    worker.begin(order_of(archive / "a.edf", making=replace(making, second=second)))
    end_s = time.monotonic() + 120
    while not told.exists() and time.monotonic() < end_s:
        time.sleep(0.1)
    worker.end()
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
    assert not worker.process.is_alive()


def test_that_nothing_is_left_running_where_nobody_waits_for_the_rest(archive, order_of, workers):
    outcomes = Processes(1).outcomes(map(order_of, [archive / "a.edf", archive / "b.edf"]))
    next(outcomes)
    outcomes.close()
    assert not workers()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing about signals is inherited there")
def test_that_ctrl_c_ends_no_process_that_only_begins(archive, order_of, workers):
    def orders() -> Iterator[Order]:
        yield order_of(archive / "a.edf")
        (at_work,) = workers()
        os.kill(at_work.pid, signal.SIGINT)  # which a terminal sends to all

    before = signal.getsignal(signal.SIGINT)
    ((_, outcome),) = Processes(2).outcomes(orders())
    assert isinstance(outcome, Staged)
    assert signal.getsignal(signal.SIGINT) is before


def test_that_a_network_is_loaded_once_by_a_process(archive, order_of, monkeypatch):
    loaded, memory = [], []

    def counting(*, sha256):
        loaded.append(sha256)
        return load_model(sha256=sha256)

    monkeypatch.setattr("sleepscorer.autoscoring.load_model", counting)
    monkeypatch.setattr("model.allocator.keep_freed_memory", lambda: memory.append("kept"))
    executors._own_model.cache_clear()
    for name in ("a.edf", "b.edf"):
        assert isinstance(executors.stage_with_own_model(order_of(archive / name)), Staged)
    assert loaded == [order_of(archive / "a.edf").making.sha256]
    assert memory == ["kept"]  # also by a process of a cluster, which nobody else prepares
    executors._own_model.cache_clear()


def test_that_a_computer_with_another_version_stages_nothing(archive, order_of, making):
    order = order_of(archive / "a.edf", making=replace(making, sha256="0" * 64))
    ((_, outcome),) = InProcess(load_model(), lambda _: lambda _: None).outcomes([order])
    assert isinstance(outcome, Failed)
    assert "Choose the same version on all computers" in outcome.sentence
    assert not order.draft.exists()


def test_that_the_command_stages_in_processes(archive, tmp_path, capsys):
    out = tmp_path / "out"
    assert score([archive], out=out, scoring_format=CSV, voters=1, workers=2) == ALL_WELL
    told = capsys.readouterr().err
    assert "in 2 processes." in told
    assert told.endswith("4 of 4 files staged.\n")


# A cluster

CLUSTER = """
import sys, tempfile
from distributed import LocalCluster

def main():
    with tempfile.TemporaryDirectory() as folder, LocalCluster(
        n_workers=1, threads_per_worker=2, dashboard_address=None, local_directory=folder
    ) as cluster:
        from sleepscorer.__main__ import main
        return main([*sys.argv[1:], "--cluster", cluster.scheduler_address])

if __name__ == "__main__":
    sys.exit(main())
"""


@pytest.mark.timeout(600)  # Dask begins slowly where cores are busy
def test_that_a_cluster_gives_what_this_process_gives(archive, broken, tmp_path, capsys):
    pytest.importorskip("distributed", reason="Dask is not installed")
    (archive / "broken.edf").write_bytes(broken.read_bytes())
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER, "utf-8")
    out, here = tmp_path / "out", tmp_path / "here"
    command = [sys.executable, str(script), "score", str(archive), "--out", str(out), "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert ended.returncode == SOME_FAILED, ended.stderr[-3000:]
    assert "4 of 5 files staged, 1 failed." in ended.stderr
    assert "Traceback" not in ended.stderr
    assert score([archive], out=here, scoring_format=CSV, voters=1, as_json=True) == SOME_FAILED
    key = lambda outcome: outcome.recording  # noqa: E731
    by_cluster = sorted(map(OUTCOMES.decode, ended.stdout.splitlines()), key=key)
    by_us = sorted(map(OUTCOMES.decode, capsys.readouterr().out.splitlines()), key=key)
    assert by_cluster == by_us
    for outcome in by_us:
        if isinstance(outcome, Staged):
            assert (out / outcome.result).read_bytes() == (here / outcome.result).read_bytes()
    assert json.loads(ended.stdout.splitlines()[0])


class LonelyClient:
    """Of a scheduler that answers so many times more, whose workers have all ended."""

    loop = None

    def __init__(self, n_answers: int) -> None:
        self._n_answers = n_answers
        self.is_closed = False

    def nthreads(self):
        self._n_answers -= 1
        if self._n_answers < 0:
            raise OSError("Timed out trying to connect")
        return {}

    def submit(self, *arguments, **options):
        return LostFuture()

    def close(self):
        self.is_closed = True


class LostFuture:
    def cancel(self):
        raise OSError("Stream is closed")

    def result(self):
        raise OSError("Stream is closed")


class Completed:
    """Futures that are all done, or never."""

    def __init__(self, is_ready: bool) -> None:
        self._is_ready = is_ready
        self._futures = []

    def add(self, future):
        self._futures.append(future)

    def has_ready(self):
        return self._is_ready

    def __next__(self):
        return self._futures.pop()


@pytest.mark.parametrize(
    ("n_answers", "is_ready", "sentence"),
    [
        (1000, False, "has had no worker for"),
        (1, False, "answers no more"),
        (1, True, "answers no more"),
    ],
)
def test_that_a_cluster_that_is_lost_in_the_middle_is_said(
    archive, order_of, monkeypatch, n_answers, is_ready, sentence
):
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    client = LonelyClient(n_answers)
    monkeypatch.setattr(distributed, "Client", lambda address: client)
    monkeypatch.setattr(distributed, "as_completed", lambda loop: Completed(is_ready))
    monkeypatch.setattr(executors, "_WITHOUT_WORKERS_S", 0.5)
    orders = [order_of(archive / "a.edf"), order_of(archive / "b.edf")]
    with pytest.raises(ExecutorError, match=sentence):
        list(Cluster("tcp://lost:8786").outcomes(orders))
    assert client.is_closed


def test_that_a_cluster_that_does_not_answer_is_named(monkeypatch):
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")

    def refuse(address):
        raise OSError(f"Timed out trying to connect to {address}")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(ExecutorError, match="No cluster answers at tcp://gone:8786"):
        Cluster("tcp://gone:8786")


def test_that_a_missing_dask_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError, match=r"pip install 'sleepscorer\[cluster\]'"):
        Cluster("tcp://here:8786")


def test_that_what_this_process_loads_is_what_others_are_asked_for():
    nothing = Making("", "", "", "csv")
    store = ModelStore()
    by_version = made_by_version(nothing, store, store.active())
    assert by_version == headless._by_model(nothing, load_model())


def test_that_torch_is_imported_by_nobody_but_those_who_stage():
    code = "import sys, sleepscorer.headless; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
