"""A batch: recordings that are staged into a folder, whoever stages them and whoever looks on."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

from sleepscorer.batch.archive import Found, Source, Task, tasks
from sleepscorer.batch.executors import Executor
from sleepscorer.batch.manifest import Manifest
from sleepscorer.batch.orders import Order, all_files
from sleepscorer.batch.outcomes import Failed, Making, Outcome, Staged, calibration_key
from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.domain.phrases import Phrase, phrase_of
from sleepscorer.domain.versions import ModelVersion
from sleepscorer.file_questions import absolute
from sleepscorer.io.atomic import drafts_beside, move_into_place
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.jobs.lock import HeldError, held
from sleepscorer.models.store import ModelStore
from sleepscorer.terminal import distinct_targets

LOCK_NAME = ".sleepscorer-batch.lock"


def made_by_version(making: Making, store: ModelStore, version: ModelVersion) -> Making:
    """Name the version that makes the results, without torch: whoever stages loads it."""
    fitted = store.calibration(version)
    key = "" if fitted is None else calibration_key(fitted.temperatures, fitted.biases)
    return replace(making, model=version.title, sha256=version.sha256, calibration=key)


def time_left_s(outcomes: Sequence[Outcome], n_all: int, begun_s: float) -> float | None:
    """How long the rest takes at most, in seconds, by what was staged so far.

    None while nothing was, and when nothing is left.

    Parameters
    ----------
    outcomes
        What became of recordings so far.
    n_all
        How many there are.
    begun_s
        When the first was begun, by the monotonic clock.
    """
    n_staged = sum(isinstance(one, Staged) for one in outcomes)
    n_left = n_all - len(outcomes)
    if n_left <= 0 or n_staged == 0:
        return None
    return (time.monotonic() - begun_s) / n_staged * n_left


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other batches out of a folder of results, where its file system has locks."""
    with ExitStack() as stack:
        try:
            stack.enter_context(held(folder / LOCK_NAME))
        except HeldError:
            raise ScoringError(
                "Another batch is writing into {folder}. Wait until it is done, or choose another "
                "folder.",
                folder=folder,
            ) from None
        except OSError:
            pass  # results are put into their places one by one all the same
        yield


class Batch:
    """Recordings that are staged into a folder, and what became of them so far.

    Parameters
    ----------
    found
        What there is.
    out
        Folder of the results.
    making
        How they are made.
    manifest
        Of that folder.
    overwrite
        Whether whatever is there is replaced.
    only
        Recordings of `found` that are staged; all by default. The others still have their names.
    on_anew
        Called with a `Task` that makes a result anew, before it begins.
    on_outcome
        Called with each outcome; what it raises ends the batch.

    Attributes
    ----------
    outcomes
        What became of the recordings, in the order in which it was known.
    """

    def __init__(
        self,
        found: Found,
        out: Path,
        making: Making,
        manifest: Manifest,
        *,
        overwrite: bool = False,
        only: Set[Path] | None = None,
        on_anew: Callable[[Task], object] = lambda _: None,
        on_outcome: Callable[[Outcome], object] = lambda _: None,
    ) -> None:
        self.outcomes: list[Outcome] = []
        self._found, self._out, self._making, self._manifest = found, out, making, manifest
        self._row = scoring_format(making.format_id)
        self._overwrite = overwrite
        self._sources = [one for one in found.sources if only is None or one.path in only]
        self._on_anew, self._on_outcome = on_anew, on_outcome
        self._begun_s = 0.0
        self._tasks: dict[Path, Task] = {}

    @property
    def n_sources(self) -> int:
        """How many recordings are to be staged."""
        return len(self._sources)

    @property
    def left_s(self) -> float | None:
        """See `time_left_s`."""
        return time_left_s(self.outcomes, self.n_sources, self._begun_s)

    @property
    def files(self) -> Iterator[Path]:
        """All files that results of the recordings have, whether or not they are there."""
        for source in self._found.sources:
            yield from self._files_of(self._place_of(source))

    def _place_of(self, source: Source) -> Path:
        return self._out / source.folder / self._row.file_name(source.path.name)

    def _files_of(self, target: Path) -> tuple[Path, ...]:
        return all_files(self._row, target, has_second=bool(self._making.second))

    def run(self, executor: Executor) -> None:
        """Stage what is to be staged.

        Raises
        ------
        SleepScorerError
            Another batch writes into the same folder, nobody can stage any more, or what became of
            a recording can't be written down.
        """
        with _alone(self._out):
            self._run(executor)

    def _run(self, executor: Executor) -> None:
        for failure in self._found.failures:
            self._account(failure)
        places = {source.path: source for source in self._found.sources}
        target_of = distinct_targets(
            list(places), lambda path: self._place_of(places[path]), self._files_of
        )

        def result_of(source: Source) -> Path:
            return target_of(source.path)

        self._begun_s = time.monotonic()
        with drafts_beside(self._out) as drafts:
            found_tasks = tasks(
                self._sources,
                self._manifest,
                self._making,
                result_of=result_of,
                files_of=self._files_of,
                overwrite=self._overwrite,
            )
            # Closed at once where something ends the batch, so that nobody stages on.
            with closing(executor.outcomes(self._orders(found_tasks, drafts))) as outcomes:
                for order, outcome in outcomes:
                    self._take(order, outcome)

    def _orders(self, found_tasks: Iterator[Task | Outcome], drafts: Path) -> Iterator[Order]:
        for number, task in enumerate(found_tasks):
            if not isinstance(task, Task):
                self._account(task)
                continue
            if task.why:
                self._on_anew(task)
            draft = drafts / str(number) / task.result.name
            self._tasks[draft] = task
            result = self._manifest.name_of(task.result)
            yield Order(
                absolute(task.source.path), result, draft, self._making, task.source.is_named
            )

    def _take(self, order: Order, outcome: Outcome) -> None:
        """Put a result at its place; the line about it is on the disk before."""
        task = self._tasks.pop(order.draft)
        self._manifest.add(outcome)
        if isinstance(outcome, Staged):
            try:
                task.result.parent.mkdir(parents=True, exist_ok=True)
                drafts = {
                    self._out / name: order.draft.with_name(Path(name).name)
                    for name in outcome.files
                }
                move_into_place(drafts, may_replace=task.may_replace)
            except SleepScorerError as error:
                outcome = Failed(outcome.recording, outcome.result, phrase_of(error))
            except OSError as error:
                sentence = Phrase(
                    "{folder} can't be made: {reason}.",
                    folder=task.result.parent,
                    reason=phrase_of(error),
                )
                outcome = Failed(outcome.recording, outcome.result, sentence)
            if not isinstance(outcome, Staged):
                self._manifest.add(outcome)
        shutil.rmtree(order.draft.parent, ignore_errors=True)
        self._account(outcome)

    def _account(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self._on_outcome(outcome)
