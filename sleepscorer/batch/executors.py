"""Who stages: this process, several on this computer, or those of a Dask cluster.

Each gives the outcome of every order, in the order in which they come, whatever becomes of a
process. A network is loaded once by each process that stages, and torch imported by no other.
"""

from __future__ import annotations

import functools
import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from sleepscorer.batch.orders import Order
from sleepscorer.batch.outcomes import Failed, Outcome
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import Phrase, phrase_of

if TYPE_CHECKING:
    from model.weights import LoadedModel

_AHEAD = 2
"""Orders that a cluster has for each of its threads: none waits, and none has all."""

_HEARTBEAT_S = 0.2

_WITHOUT_WORKERS_S = 300.0
"""How long a cluster may have no worker: some end theirs and begin new ones."""


Outcomes: TypeAlias = Generator[tuple[Order, Outcome], None, None]


class ExecutorError(SleepScorerError):
    """Nobody can stage."""


class Executor(Protocol):
    """Stages recordings."""

    def outcomes(self, orders: Iterable[Order]) -> Outcomes:
        """Stage all; left early, what is under way is ended.

        Raises
        ------
        ExecutorError
            Nobody can stage any more.
        """
        ...


class InProcess:
    """Stages one after the other here.

    Parameters
    ----------
    model
        The network.
    progress_of
        Gives what follows the progress of an order.
    """

    def __init__(
        self, model: LoadedModel, progress_of: Callable[[Order], Callable[[float], None]]
    ) -> None:
        self._model = model
        self._progress_of = progress_of

    def outcomes(self, orders: Iterable[Order]) -> Outcomes:
        """Stage all; see `Executor`."""
        from sleepscorer.batch.staging import stage_one

        for order in orders:
            yield order, stage_one(order, self._model, progress=self._progress_of(order))


class Processes:
    """Stages in several processes of this computer.

    A process that ends, as the system ends one for its memory, fails its recording alone and is
    followed by another; so is one that takes too long, e.g. on a share that answers no more.

    Parameters
    ----------
    n_workers
        How many.
    limit_s
        How long a recording may take.
    meanwhile
        Called several times a second; what it raises ends all.
    """

    def __init__(
        self,
        n_workers: int,
        *,
        limit_s: float = math.inf,
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        self._n_workers = n_workers
        self._limit_s = limit_s
        self._meanwhile = meanwhile

    def outcomes(self, orders: Iterable[Order]) -> Outcomes:
        """Stage all; see `Executor`."""
        waiting = iter(orders)
        busy: dict[Connection, _Worker] = {}
        idle: list[_Worker] = []
        try:
            while True:
                while len(busy) < self._n_workers and (order := next(waiting, None)) is not None:
                    worker = idle.pop() if idle else _Worker(self._n_threads)
                    busy[worker.connection] = worker
                    worker.begin(order)
                if not busy:
                    return
                for connection in self._ready(busy):
                    worker = busy.pop(connection)
                    assert worker.order is not None
                    outcome = worker.outcome(self._limit_s)
                    if worker.has_ended:
                        worker.end()
                    else:
                        idle.append(worker)
                    yield worker.order, outcome
        finally:
            for worker in (*busy.values(), *idle):
                worker.end()

    @property
    def _n_threads(self) -> int:
        """Threads of each network: more than cores wait for each other."""
        return max((os.cpu_count() or 1) // self._n_workers, 1)

    def _ready(self, busy: dict[Connection, _Worker]) -> list[Connection]:
        """Wait for those that are done or have taken too long."""
        while True:
            first = min(worker.begun_s for worker in busy.values()) + self._limit_s
            patience_s = None if math.isinf(first) else max(first - time.monotonic(), 0.0)
            if self._meanwhile is not None:
                self._meanwhile()
                patience_s = _HEARTBEAT_S if patience_s is None else min(patience_s, _HEARTBEAT_S)
            ready = [one for one in wait(list(busy), patience_s) if isinstance(one, Connection)]
            overdue = time.monotonic() - self._limit_s
            ready += [
                connection
                for connection, worker in busy.items()
                if worker.begun_s <= overdue and connection not in ready
            ]
            if ready:
                return ready


@dataclass(slots=True)
class _Worker:
    """A process that stages one recording after the other; it ends with ours, however that ends."""

    n_threads: int
    connection: Connection = field(init=False)
    process: SpawnProcess = field(init=False)
    order: Order | None = field(init=False, default=None)
    begun_s: float = field(init=False, default=math.inf)
    has_ended: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.n_threads), daemon=True)
        with _uninterrupted():
            self.process.start()
        theirs.close()

    def begin(self, order: Order) -> None:
        self.order, self.begun_s = order, time.monotonic()
        with suppress(OSError):  # it has ended, which its outcome says
            self.connection.send(order)

    def outcome(self, limit_s: float) -> Outcome:
        """What became of the order; only asked for when there is an answer or none will come."""
        assert self.order is not None
        try:
            if self.connection.poll():
                outcome: Outcome = self.connection.recv()
                return outcome
            sentence = Phrase(
                "{file}: staging it takes more than {limit:g} min and was ended; do the disk or "
                "network share, and a second program, still answer? Begin again to try once more.",
                file=self.order.recording.name,
                limit=limit_s / 60,
            )
        except (EOFError, OSError):
            sentence = Phrase(
                "{file}: the process that staged it ended, perhaps for lack of memory; begin "
                "again, with fewer workers, to try once more.",
                file=self.order.recording.name,
            )
        self.has_ended = True
        return Failed(str(self.order.recording), self.order.result, sentence)

    def end(self) -> None:
        self.connection.close()
        # Asked first, so that it ends a program that it has started. One that waits for a share
        # that is gone ends when the share answers, not before.
        for end in (self.process.terminate, self.process.kill):
            end()
            self.process.join(timeout=1.0)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let a process that begins here know no Ctrl+C, which is for ours alone.

    It would end it before it can ignore that itself, with a traceback. On Windows nothing of it is
    inherited, and only the main thread may change it: there a process ends as it ended before.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def _serve(connection: Connection, n_threads: int) -> None:
    """Stage what comes; end when nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is our parent that is interrupted
    import torch

    torch.set_num_threads(n_threads)
    with suppress(EOFError, OSError):  # our parent has ended
        while True:
            order = connection.recv()
            signal.signal(signal.SIGTERM, _leave)
            outcome = stage_with_own_model(order)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)  # nothing is left to be cleaned up
            connection.send(outcome)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """End this process as if its work had failed: what was begun is cleaned up."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit


class Cluster:
    """Stages on the computers of a Dask cluster, which see the same folders under the same names.

    Parameters
    ----------
    address
        Of its scheduler, e.g. ``"tcp://host:8786"``.

    Raises
    ------
    ExecutorError
        Dask is not installed, or no scheduler answers there.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        try:
            import distributed
        except ImportError as error:
            raise ExecutorError(
                "A cluster needs Dask, which is not installed: pip install 'sleepscorer[cluster]'."
            ) from error
        self._distributed = distributed
        try:
            self._client = distributed.Client(address)
        except (OSError, ValueError, TypeError, ImportError) as error:
            raise ExecutorError(
                "No cluster answers at {address} ({reason}). Start one with dask scheduler and "
                "dask worker, or leave --cluster out.",
                address=address,
                reason=" ".join(str(error).split())[:200] or type(error).__name__,
            ) from error

    def outcomes(self, orders: Iterable[Order]) -> Outcomes:
        """Stage all; see `Executor`."""
        waiting = iter(orders)
        begun: dict[Any, Order] = {}
        done = self._distributed.as_completed(loop=self._client.loop)
        try:
            while True:
                n_threads = self._n_threads()
                while len(begun) < max(_AHEAD * n_threads, 1):
                    order = next(waiting, None)
                    if order is None:
                        break
                    future = self._client.submit(stage_with_own_model, order, pure=False)
                    begun[future] = order
                    done.add(future)
                if not begun:
                    return
                self._wait(done)
                future = next(done)
                order = begun.pop(future)
                outcome = _outcome_of(order, future)
                if isinstance(outcome, Failed):
                    self._n_threads()  # no fault of the recording where the scheduler has gone
                yield order, outcome
        finally:
            for future in begun:
                with suppress(OSError):  # a scheduler that is gone cancels nothing
                    future.cancel()
            self._client.close()

    def _wait(self, done: Any) -> None:
        """Wait until an order is done, as long as there is anybody who does it."""
        seen_s = asked_s = time.monotonic()
        while not done.has_ready():
            time.sleep(_HEARTBEAT_S / 10)
            now_s = time.monotonic()
            if now_s - asked_s < _WITHOUT_WORKERS_S / 60:
                continue
            asked_s = now_s
            if self._n_threads():
                seen_s = now_s
            elif now_s - seen_s >= _WITHOUT_WORKERS_S:
                raise ExecutorError(
                    "The cluster at {address} has had no worker for {n:g} min. Start one with dask "
                    "worker and begin again: what was staged stays.",
                    address=self._address,
                    n=_WITHOUT_WORKERS_S / 60,
                )

    def _n_threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except (OSError, ValueError, RuntimeError) as error:  # gone, or given up already
            raise ExecutorError(
                "The cluster at {address} answers no more. Start it again and begin again: what "
                "was staged stays.",
                address=self._address,
            ) from error


def _outcome_of(order: Order, future: Any) -> Outcome:
    try:
        outcome: Outcome = future.result()
    except Exception as error:  # noqa: BLE001  a worker that was ended, or what it can't import
        sentence = Phrase(
            "{file}: the cluster did not stage it ({kind}: {cause}); begin again to try once more.",
            file=order.recording.name,
            kind=type(error).__name__,
            cause=" ".join(str(error).split())[:200],
        )
        return Failed(str(order.recording), order.result, sentence)
    return outcome


_loading = threading.Lock()


def stage_with_own_model(order: Order) -> Outcome:
    """Stage with the network of this process, loaded with the first order."""
    from sleepscorer.batch.staging import stage_one

    try:
        with _loading:  # a process of a cluster has several threads
            model = _own_model(order.making.sha256)
    except SleepScorerError as error:
        return Failed(str(order.recording), order.result, phrase_of(error))
    return stage_one(order, model)


@functools.lru_cache(maxsize=1)
def _own_model(sha256: str) -> LoadedModel:
    from model.allocator import keep_freed_memory
    from sleepscorer.autoscoring import load_model

    keep_freed_memory()  # else a night takes a worker of a cluster 2.3 times as long
    return load_model(sha256=sha256)
