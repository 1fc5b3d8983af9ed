"""`sleepscorer score`: stage recordings and archives without a window."""

from __future__ import annotations

import math
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sleepscorer import DISCLAIMER
from sleepscorer.batch.archive import Task, found_in, tasks
from sleepscorer.batch.executors import Cluster, Executor, InProcess, Processes
from sleepscorer.batch.manifest import Manifest
from sleepscorer.batch.orders import Order, all_files
from sleepscorer.batch.outcomes import (
    OUTCOMES,
    Failed,
    Making,
    Outcome,
    Skipped,
    Staged,
    calibration_key,
)
from sleepscorer.batch.summary import write_summary
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import phrase_of
from sleepscorer.domain.versions import ModelVersion
from sleepscorer.file_questions import absolute
from sleepscorer.io.atomic import drafts_beside, move_into_place, remove_abandoned
from sleepscorer.io.scoring_formats import ScoringFormat, scoring_format
from sleepscorer.models.store import ModelStore
from sleepscorer.second_opinion import stager_of
from sleepscorer.terminal import (
    distinct_targets,
    make_folder,
    say,
    stderr_is_terminal,
    write_stderr,
)

if TYPE_CHECKING:
    from model.weights import LoadedModel

VOTERS = 3
"""Derivations that vote unless another number is asked for: the least of which one can be wrong."""

ALL_WELL, SOME_FAILED, SOME_LEFT_ALONE, INTERRUPTED = 0, 1, 3, 130
"""Exit statuses; 2 is a wrong command line."""

_MOST_SEEN = 10
"""Files of a batch whose failures are on the screen at its end anyway."""


def score(
    recordings: Sequence[Path],
    *,
    out: Path,
    scoring_format: ScoringFormat,
    channel: str | None = None,
    voters: int = VOTERS,
    gain: float = 1.0,
    second: str | None = None,
    fuse: bool = False,
    overwrite: bool = False,
    strict: bool = False,
    workers: int = 1,
    cluster: str | None = None,
    limit_s: float = math.inf,
    summary: Path | None = None,
    as_json: bool = False,
    version: str = "",
) -> int:
    """Stage recordings and write one file for each; progress and problems go to stderr.

    What was made stands in a manifest in the folder of the results, so that a batch that was ended
    goes on where it was: see :mod:`sleepscorer.batch.archive`.

    Parameters
    ----------
    recordings
        Files to stage, and folders, of which all recordings are staged. Results of those stand in
        the same folders below `out`.
    out
        Folder for the results, made when it is missing.
    scoring_format
        What to write.
    channel
        The one derivation to stage, ``"LABEL"`` or ``"LABEL,LABEL"``; chosen from the labels
        without.
    voters
        At most so many derivations vote where none is named: the time goes with their number.
    gain
        What the signal is multiplied by before it is looked at and staged; the results say it.
    second
        Another program whose stages are written to a file of their own, see
        :func:`sleepscorer.second_opinion.stager_of`.
    fuse
        Whether the result is what both say together, where the other one gives probabilities.
    overwrite
        Whether a result that is there already is replaced: it may be somebody's work.
    strict
        Whether a recording that looks wrong fails instead.
    workers
        Processes that stage side by side.
    cluster
        Address of a Dask cluster that stages instead.
    limit_s
        How long a recording may take; with a limit it is staged in another process.
    summary
        Table of all nights to write at the end.
    as_json
        Whether each outcome is written to stdout, as a line of JSON.
    version
        Name of the version that stages, see :meth:`sleepscorer.models.store.ModelStore.named`; the
        one in use without.

    Returns
    -------
    exit_status
        0 when every recording has its result, 1 when one failed, 3 when none failed and a result
        that is none of ours was left alone, 130 when the batch was interrupted.
    """
    making = Making(
        model="",
        sha256="",
        calibration="",
        format_id=scoring_format.id,
        channel=channel,
        voters=voters,
        gain=gain,
        second=second or "",
        fuse=fuse,
        strict=strict,
    )
    out = absolute(out)
    executor: Executor
    try:
        if second is not None:
            stager_of(second)
        store = ModelStore()
        chosen = store.named(version) if version else store.active()
        if cluster is not None:
            making = _by_version(making, store, chosen)
            executor, who = Cluster(cluster), f"on the cluster at {cluster}"
        elif workers > 1 or math.isfinite(limit_s):
            making = _by_version(making, store, chosen)
            executor = Processes(workers, limit_s=limit_s)
            who = f"in {workers} processes" if workers > 1 else "in a process of its own"
        else:
            model = load_model(chosen.sha256)
            making = _by_model(making, model)
            executor = InProcess(model, lambda order: _ProgressLine(order.recording.name))
            who = f"on {model.device.upper()}"
        make_folder(out)
        remove_abandoned(out)
        manifest = Manifest(out)
        batch = _Batch(recordings, out, making, manifest, overwrite=overwrite, as_json=as_json)
        say(f"{making.model} {who}. {DISCLAIMER}")
        try:
            batch.run(executor)
        except KeyboardInterrupt:
            say("Interrupted. What was staged stays; the same command goes on with the rest.")
            return INTERRUPTED
        if summary is not None:
            write_summary(summary, batch.outcomes, manifest)
    except SleepScorerError as error:
        say(str(error))
        return SOME_FAILED
    return batch.status


def load_model(sha256: str) -> LoadedModel:
    """Load a version, and torch with it."""
    from sleepscorer import autoscoring

    return autoscoring.load_model(sha256=sha256)


def _by_model(making: Making, model: LoadedModel) -> Making:
    return replace(
        making,
        model=f"{model.name} {model.version}",
        sha256=model.sha256,
        calibration=calibration_key(model.temperatures, model.biases),
    )


def _by_version(making: Making, store: ModelStore, version: ModelVersion) -> Making:
    """The same without torch: whoever stages loads that version."""
    fitted = store.calibration(version)
    key = "" if fitted is None else calibration_key(fitted.temperatures, fitted.biases)
    return replace(making, model=version.title, sha256=version.sha256, calibration=key)


@dataclass(slots=True)
class _Batch:
    """Recordings that are staged into a folder, and what became of them so far."""

    recordings: Sequence[Path]
    out: Path
    making: Making
    manifest: Manifest
    overwrite: bool
    as_json: bool
    outcomes: list[Outcome] = field(init=False, default_factory=list)
    _n_sources: int = field(init=False, default=0)
    _begun_s: float = field(init=False, default=0.0)
    _said: set[str] = field(init=False, default_factory=set)
    _tasks: dict[Path, Task] = field(init=False, default_factory=dict)

    @property
    def status(self) -> int:
        """Exit status."""
        if any(isinstance(one, Failed) for one in self.outcomes):
            return SOME_FAILED
        left_alone = (
            isinstance(one, Skipped) and one.reason == "left alone" for one in self.outcomes
        )
        return SOME_LEFT_ALONE if any(left_alone) else ALL_WELL

    def run(self, executor: Executor) -> None:
        """Stage what is to be staged."""
        row = scoring_format(self.making.format_id)
        results = {absolute(path) for path in self.manifest.results}
        found = found_in(
            self.recordings, leave_out=lambda path: absolute(path) in {self.out, *results}
        )
        for failure in found.failures:
            self._account(failure)
        self._n_sources = len(found.sources)
        places = {source.path: source for source in found.sources}

        def files_of(target: Path) -> tuple[Path, ...]:
            return all_files(row, target, has_second=bool(self.making.second))

        target_of = distinct_targets(
            list(places),
            lambda path: self.out / places[path].folder / row.file_name(path.name),
            files_of,
        )
        self._begun_s = time.monotonic()
        with drafts_beside(self.out) as drafts:
            found_tasks = tasks(
                found.sources,
                self.manifest,
                self.making,
                result_of=lambda source: target_of(source.path),
                files_of=files_of,
                overwrite=self.overwrite,
            )
            for order, outcome in executor.outcomes(self._orders(found_tasks, drafts)):
                self._take(order, outcome)
        self._say_the_end()

    def _orders(self, found_tasks: Iterator[Task | Outcome], drafts: Path) -> Iterator[Order]:
        for number, task in enumerate(found_tasks):
            if not isinstance(task, Task):
                self._account(task)
                continue
            if task.why:
                say(f"{task.source.path.name} is staged anew: {task.why}.")
            draft = drafts / str(number) / task.result.name
            self._tasks[draft] = task
            result = self.manifest.name_of(task.result)
            yield Order(
                absolute(task.source.path), result, draft, self.making, task.source.is_named
            )

    def _take(self, order: Order, outcome: Outcome) -> None:
        """Put a result at its place; the line about it is on the disk before."""
        task = self._tasks.pop(order.draft)
        self.manifest.add(outcome)
        if isinstance(outcome, Staged):
            try:
                task.result.parent.mkdir(parents=True, exist_ok=True)
                drafts = {
                    self.out / name: order.draft.with_name(Path(name).name)
                    for name in outcome.files
                }
                move_into_place(drafts, may_replace=task.may_replace)
            except SleepScorerError as error:
                outcome = Failed(outcome.recording, outcome.result, str(error))
            except OSError as error:
                sentence = f"{task.result.parent} can't be made: {phrase_of(error)}."
                outcome = Failed(outcome.recording, outcome.result, sentence)
            if not isinstance(outcome, Staged):
                self.manifest.add(outcome)
        shutil.rmtree(order.draft.parent, ignore_errors=True)
        self._account(outcome)

    def _account(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        if self.as_json and sys.stdout is not None:
            sys.stdout.write(f"{OUTCOMES.encode(outcome)}\n")
            sys.stdout.flush()
        name = Path(outcome.recording).name
        match outcome:
            case Staged(n_epochs=n_epochs, derivation=derivation, result=result):
                for sentence in outcome.told:
                    say(sentence if name in sentence else f"{name}: {sentence}")
                for sentence in outcome.losses:
                    if sentence not in self._said:  # of every night of a batch the same
                        say(f"{scoring_format(self.making.format_id).name}: {sentence}")
                        self._said.add(sentence)
                done = f"{name}: {n_epochs} epochs from {derivation} → {self.out / result}."
                say(f"{done}{self._left}")
            case Skipped(sentence=sentence):
                say(f"{name} was skipped: {sentence}")
            case Failed(sentence=sentence):
                say(sentence)

    @property
    def _left(self) -> str:
        """How far it is, and how long the rest may take by what was staged so far."""
        n_staged = sum(isinstance(one, Staged) for one in self.outcomes)
        n_left = self._n_sources - len(self.outcomes)
        if n_left <= 0 or n_staged == 0:
            return ""
        minutes = (time.monotonic() - self._begun_s) / n_staged * n_left / 60
        long = f"{minutes / 60:.1f} h" if minutes >= 90 else f"{max(minutes, 1):.0f} min"
        return f" {len(self.outcomes)} of {self._n_sources}, at most about {long} left."

    def _say_the_end(self) -> None:
        kinds = Counter(type(one) for one in self.outcomes)
        if len(self.outcomes) > _MOST_SEEN and kinds[Failed]:
            say("Failed:")
            for one in self.outcomes:
                if isinstance(one, Failed):
                    say(f"  {one.recording}: {one.sentence}")
        skipped = f", {kinds[Skipped]} skipped" if kinds[Skipped] else ""
        failed = f", {kinds[Failed]} failed" if kinds[Failed] else ""
        say(f"{kinds[Staged]} of {len(self.outcomes)} files staged{skipped}{failed}.")


class _ProgressLine:
    """A line on stderr that is written again while the work goes on."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = -1

    def __call__(self, fraction: float) -> None:
        percent = int(fraction * 100)
        if percent == self._shown or not stderr_is_terminal():
            return
        self._shown = percent
        end = "\n" if percent == 100 else ""
        write_stderr(f"\r{self._name}: {percent:3d} %{end}")
