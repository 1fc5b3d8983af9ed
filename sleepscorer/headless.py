"""`sleepscorer score`: stage recordings and archives without a window."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sleepscorer import DISCLAIMER
from sleepscorer.batch.archive import Task, found_in
from sleepscorer.batch.executors import Cluster, Executor, InProcess, Processes
from sleepscorer.batch.manifest import Manifest
from sleepscorer.batch.outcomes import (
    OUTCOMES,
    Failed,
    Making,
    Outcome,
    Skipped,
    Staged,
    calibration_key,
)
from sleepscorer.batch.run import Batch, made_by_version
from sleepscorer.batch.summary import check_summary, write_summary
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.file_questions import absolute
from sleepscorer.io.atomic import prepare_folder
from sleepscorer.io.scoring_formats import ScoringFormat, scoring_format
from sleepscorer.models.store import ModelStore
from sleepscorer.second_opinion import stager_of
from sleepscorer.terminal import INTERRUPTED, say, stderr_is_terminal, write_result, write_stderr

if TYPE_CHECKING:
    from model.weights import LoadedModel

VOTERS = 3
"""Derivations that vote unless another number is asked for: the least of which one can be wrong."""

ALL_WELL, SOME_FAILED, SOME_LEFT_ALONE = 0, 1, 3
"""Exit statuses; 2 is a wrong command line."""

_WITHOUT_READER = Phrase(
    "what was staged stays, and the same command goes on with the rest, without --json or with its "
    "output elsewhere"
)

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
            making = made_by_version(making, store, chosen)
            executor, who = Cluster(cluster), f"on the cluster at {cluster}"
        elif workers > 1 or math.isfinite(limit_s):
            making = made_by_version(making, store, chosen)
            executor = Processes(workers, limit_s=limit_s)
            who = f"in {workers} processes" if workers > 1 else "in a process of its own"
        else:
            model = load_model(chosen.sha256)
            making = _by_model(making, model)
            executor = InProcess(model, lambda order: told.progress_of(order.recording.name))
            who = f"on {model.device.upper()}"
        prepare_folder(out)
        manifest = Manifest(out)
        results = {absolute(path) for path in manifest.results}
        found = found_in(recordings, leave_out=lambda path: absolute(path) in {out, *results})
        told = _Told(out, making, as_json=as_json)
        batch = Batch(
            *(found, out, making, manifest),
            overwrite=overwrite,
            on_anew=told.anew,
            on_outcome=lambda outcome: told.outcome(outcome, _left(batch)),
        )
        if summary is not None:
            read = (absolute(source.path) for source in found.sources)
            check_summary(summary, [*read, *batch.files, *results], overwrite=overwrite)
        say(f"{making.model} {who}. {DISCLAIMER}")
        try:
            with closing(told):
                batch.run(executor)
            told.the_end(batch.outcomes)
        except KeyboardInterrupt:
            say("Interrupted. What was staged stays; the same command goes on with the rest.")
            return INTERRUPTED
        if summary is not None:
            write_summary(summary, batch.outcomes, manifest)
    except SleepScorerError as error:
        say(str(error))
        return SOME_FAILED
    return _status(batch.outcomes)


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


class _Told:
    """Says what becomes of a batch while it runs, and at its end."""

    def __init__(self, out: Path, making: Making, *, as_json: bool) -> None:
        self._out, self._making, self._as_json = out, making, as_json
        self._said: set[str] = set()
        self._line: _ProgressLine | None = None

    def progress_of(self, name: str) -> _ProgressLine:
        """Give what shows how far a recording is."""
        self._line = _ProgressLine(name)
        return self._line

    def close(self) -> None:
        """End the line of a recording that was left, so that what is said next has its own."""
        if self._line is not None:
            self._line.end()

    def anew(self, task: Task) -> None:
        """Say why a result that is there is made once more."""
        say(f"{task.source.path.name} is staged anew: {task.why}.")

    def outcome(self, outcome: Outcome, left: str) -> None:
        """Say what became of a recording, and how much is left."""
        if self._as_json and sys.stdout is not None:
            write_result(f"{OUTCOMES.encode(outcome)}\n", _WITHOUT_READER)
        self.close()
        name = Path(outcome.recording).name
        match outcome:
            case Staged(n_epochs=n_epochs, derivation=derivation, result=result):
                for sentence in outcome.told:
                    say(sentence if name in sentence else f"{name}: {sentence}")
                for sentence in outcome.losses:
                    if sentence not in self._said:  # of every night of a batch the same
                        say(f"{scoring_format(self._making.format_id).name}: {sentence}")
                        self._said.add(sentence)
                say(f"{name}: {n_epochs} epochs from {derivation} → {self._out / result}.{left}")
            case Skipped(sentence=sentence):
                say(f"{name} was skipped: {sentence}")
            case Failed(sentence=sentence):
                say(sentence if name in sentence else f"{name}: {sentence}")

    def the_end(self, outcomes: Sequence[Outcome]) -> None:
        """Sum up."""
        kinds = Counter(type(one) for one in outcomes)
        if len(outcomes) > _MOST_SEEN and kinds[Failed]:
            say("Failed:")
            for one in outcomes:
                if isinstance(one, Failed):
                    say(f"  {one.recording}: {one.sentence}")
        skipped = f", {kinds[Skipped]} skipped" if kinds[Skipped] else ""
        failed = f", {kinds[Failed]} failed" if kinds[Failed] else ""
        say(f"{kinds[Staged]} of {len(outcomes)} files staged{skipped}{failed}.")


def _status(outcomes: Sequence[Outcome]) -> int:
    if any(isinstance(one, Failed) for one in outcomes):
        return SOME_FAILED
    left_alone = (isinstance(one, Skipped) and one.reason == "left alone" for one in outcomes)
    return SOME_LEFT_ALONE if any(left_alone) else ALL_WELL


def _left(batch: Batch) -> str:
    """How far it is, and how long the rest may take."""
    if batch.left_s is None:
        return ""
    minutes = batch.left_s / 60
    long = f"{minutes / 60:.1f} h" if minutes >= 90 else f"{max(minutes, 1):.0f} min"
    return f" {len(batch.outcomes)} of {batch.n_sources}, at most about {long} left."


class _ProgressLine:
    """A line on stderr that is written again while the work goes on."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = -1
        self._is_open = False

    def __call__(self, fraction: float) -> None:
        percent = int(fraction * 100)
        if percent == self._shown or not stderr_is_terminal():
            return
        self._shown, self._is_open = percent, True
        write_stderr(f"\r{self._name}: {percent:3d} %")
        if percent == 100:
            self.end()

    def end(self) -> None:
        """Begin a new line after it."""
        if self._is_open:
            write_stderr("\n")
        self._is_open = False
