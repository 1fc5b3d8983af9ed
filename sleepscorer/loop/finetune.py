"""Quick fine-tuning: the sequence level of a version learns from kept features, in its own process.

What is under way is a folder: it is there until the version that comes out is in the store, so that
training goes on after a pause, a crash or a restart of the computer, to the same end::

    plan.json              what is trained; written last, so that a folder with it is complete
    features.h5            the laboratory's nights
    start.safetensors      the version to begin with
    out/                   checkpoint, progress and, at the end, the version

A lock beside the folder is held by whoever changes it, and by the training itself: of two windows
only one trains.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sleepscorer.codec import Codec, CodecError
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.domain.versions import ModelVersion
from sleepscorer.file_questions import content_of, data_folder, is_file, is_folder
from sleepscorer.io.atomic import write_text
from sleepscorer.io.feature_set import FeatureSet, Part, read_feature_set, write_feature_set
from sleepscorer.jobs.events import Done, JobEvent, NothingGained, events_in
from sleepscorer.jobs.lock import HeldError, held
from sleepscorer.jobs.process import PATIENCE_S, Job
from sleepscorer.loop.collection import (
    CollectedNight,
    LeftEpochs,
    Library,
    features_network,
    make_own_folder,
    minutes_of,
)
from sleepscorer.loop.comparison import kept_features
from sleepscorer.loop.patients import LibraryError, chooses_weights
from sleepscorer.loop.replay import replay_path
from sleepscorer.models.store import ModelStore

if TYPE_CHECKING:
    from model.weights import LoadedModel  # torch takes seconds to import

Progress = Callable[[float], None]

N_STEPS = 200
"""At most: training stops where the validation nights gain no more."""

LEAST_LEARNT = 2
"""Patients: one is trained on, one says when to stop."""

_PLAN, _FEATURES, _START, _OUT = "plan.json", "features.h5", "start.safetensors", "out"
_PROGRESS = "progress.jsonl"
_LEAST_EPOCHS = 21
"""Consecutive epochs that the sequence level looks at."""


class NothingGainedError(LibraryError):
    """A training is done, and no version came of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be trained.

    Attributes
    ----------
    start, start_title
        The version to begin with.
    version
        Name of the one that comes out.
    nights
        Ids of the nights, held-out ones not among them.
    n_subjects
        Patients among whom they are.
    left
        How epochs count that a person saw and left.
    replays
        Whether nights of the first training are drawn from, too.
    card
        Of the version that comes out, in Markdown.
    by, at
        Who asked for it, and when.
    """

    start: str
    start_title: str
    version: str
    nights: tuple[str, ...]
    n_subjects: int
    left: LeftEpochs
    replays: bool
    card: str
    by: str
    at: datetime


_PLANS: Codec[Plan] = Codec({"finetune": Plan})


def parts_of(nights: Sequence[CollectedNight]) -> dict[str, Part]:
    """What each night to learn from is for, by its id: to train on, or to say when to stop.

    Held-out nights have no part. A quarter of the patients, by their hashes, say when to stop; at
    least one does, and at least one is trained on.

    Raises
    ------
    LibraryError
        The nights are of fewer than two patients.
    """
    usable = [night for night in nights if not night.is_held_out]
    subjects = sorted({night.subject for night in usable})
    if len(subjects) < LEAST_LEARNT:
        n_held_out = len({night.subject for night in nights if night.is_held_out})
        raise LibraryError(
            "There are nights of {number} patient(s) to learn from, and of {held_out} that are "
            "kept for comparing: what fits one patient alone says nothing of others, so training "
            "takes two to learn from. Add nights of further patients.",
            number=len(subjects),
            held_out=n_held_out,
        )
    choosing = {subject for subject in subjects if chooses_weights(subject)}
    if not choosing or len(choosing) == len(subjects):
        choosing = {subjects[0]}
    return {night.id: "validation" if night.subject in choosing else "train" for night in usable}


def prepare(
    library: Library,
    nights: Sequence[CollectedNight],
    store: ModelStore,
    start: ModelVersion,
    model: LoadedModel,
    left: LeftEpochs,
    *,
    by: str,
    folder: Path | None = None,
    progress: Progress = lambda _: None,
) -> Training:
    """Write down what is to be trained; nothing runs yet.

    Parameters
    ----------
    library, nights
        What is learnt from; held-out nights among them are left aside.
    store
        Where the start is, and where the version that comes out will be.
    start, model
        The version to begin with, and the same, loaded.
    left
        How epochs count that a person saw and left.
    by
        Who asks for it.
    folder
        Of what is under way; that of the person at the computer by default.
    progress
        Called with the fraction done; may raise to stop.

    Raises
    ------
    LibraryError
        The nights are too few, or can't be used.
    SleepScorerError
        Something can't be read or written.
    """
    network = features_network(model)
    parts = parts_of(nights)
    usable = [night for night in nights if night.id in parts]
    kept = []
    for index, night in enumerate(usable):
        features = kept_features(library, night, model)
        truth = night.truth(left)
        unjudged = ~np.isfinite(features.features.reshape(len(truth), -1)).all(axis=1)
        truth[unjudged] = -1
        kept.append(replace(features, part=parts[night.id], stages=truth))
        progress((index + 1) / len(usable))
    for part in ("train", "validation"):
        n_epochs = sum(int((one.stages >= 0).sum()) for one in kept if one.part == part)
        if n_epochs < _LEAST_EPOCHS:
            raise LibraryError(
                "The nights to train on, or those that say when to stop, have only {number} epochs "
                "that count; training takes {least}. Add nights, or count the epochs that were "
                "seen and left.",
                number=n_epochs,
                least=_LEAST_EPOCHS,
            )
    replays = replay_path(network.features_sha256) is not None
    plan = Plan(
        start=start.sha256,
        start_title=start.title,
        version=store.next_version(start),
        nights=tuple(night.id for night in usable),
        n_subjects=len({night.subject for night in usable}),
        left=left,
        replays=replays,
        card="",
        by=by,
        at=datetime.now(UTC),
    )
    plan = replace(plan, card=_card(plan, start, usable))
    training = Training(folder or data_folder() / "training")
    training.begin(plan, FeatureSet(network.features_sha256, tuple(kept)), store, start)
    return training


class Training:
    """A training that is under way, or waits to go on.

    Parameters
    ----------
    folder
        Of what is under way.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or data_folder() / "training"
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._is_to_stop = False

    @property
    def plan(self) -> Plan | None:
        """What is trained; None where nothing is under way.

        Raises
        ------
        LibraryError
            It can't be read.
        """
        path = self._folder / _PLAN
        if not is_file(path):
            return None
        try:
            return _PLANS.decode(content_of(path))
        except (OSError, CodecError) as error:
            raise LibraryError(
                "{path}, the plan of a training, can't be used: {reason}. Discard this training.",
                path=path,
                reason=error,
            ) from error

    @property
    def events(self) -> tuple[JobEvent, ...]:
        """What was reported so far, over all interruptions, but for lines that were cut."""
        try:
            lines = content_of(self._folder / _OUT / _PROGRESS).split(b"\n")[:-1]
        except OSError:
            return ()
        return tuple(events_in(lines))

    @property
    def command(self) -> list[str]:
        """What runs in the process.

        Raises
        ------
        LibraryError
            The installation has no training program, or nothing is under way.
        """
        plan = self.plan
        if plan is None:
            raise LibraryError("No training is under way.")
        command = [
            *training_program(),
            "finetune",
            str(self._folder / _FEATURES),
            *("--start", str(self._folder / _START)),
            *("--version", plan.version),
            *("--out", str(self._folder / _OUT)),
            "--resume",
        ]
        if plan.replays:
            features = read_feature_set(self._folder / _FEATURES)
            path = replay_path(features.features_sha256)
            command += [] if path is None else ["--replay", str(path)]
        return command

    def begin(
        self, plan: Plan, features: FeatureSet, store: ModelStore, start: ModelVersion
    ) -> None:
        """Write down what is to be trained.

        Raises
        ------
        LibraryError
            Another training is under way, or the folder can't be made.
        ScoringError
            Something can't be written.
        """
        with self._alone():
            if self.plan is not None:
                raise LibraryError("Another training is under way: finish or discard it first.")
            self._remove()  # what a crash left of a beginning
            make_own_folder(self._folder)
            write_feature_set(self._folder / _FEATURES, features)
            store.export(start, self._folder / _START)
            write_text(self._folder / _PLAN, _PLANS.encode(plan) + "\n")

    def run(self, on_event: Callable[[JobEvent], None] = lambda _: None) -> bool:
        """Train, from where it was interrupted on, and wait for the end.

        Returns
        -------
        bool
            Whether it is done; False where it was paused.

        Raises
        ------
        LibraryError
            It can't be started, is under way in another window, or ended by a fault.
        JobError
            It can't be listened to.
        """
        is_done = False
        # A training whose window was killed ends by itself, once nobody listens.
        with self._alone(PATIENCE_S) as lock, Job(self.command, inherits=(lock,)) as job:
            with self._lock:
                self._job = job
                is_stopped = self._is_to_stop
            if is_stopped:
                job.stop()
            try:
                for event in job.events():
                    is_done = is_done or isinstance(event, Done | NothingGained)
                    on_event(event)
            finally:
                with self._lock:
                    self._job = None
                    is_stopped, self._is_to_stop = self._is_to_stop, False
            if not is_done and not is_stopped:
                complaint = (job.complaint().splitlines() or ["without a word"])[-1]
                raise LibraryError(
                    "Training ended before it was done: {complaint} What it had learnt by its "
                    "last checkpoint is kept: start it again, or discard it.",
                    complaint=complaint,
                )
        return is_done

    def pause(self) -> None:
        """Let it end as soon as it can; `run` returns then, and can be called again to go on."""
        with self._lock:
            self._is_to_stop = True
            job = self._job
        if job is not None:
            job.stop()

    def finish(self, store: ModelStore) -> ModelVersion:
        """Put the version that came out into the store; it may be called again after a crash.

        Raises
        ------
        LibraryError
            There is none yet, or another window is about to do the same.
        NothingGainedError
            None came out: nothing is kept, and nothing is under way any more.
        ModelStoreError, ScoringError
            It can't be kept.
        """
        with self._alone():
            plan, ends = self.plan, self._ends()
            if plan is None or not ends:
                raise LibraryError("Training is not done yet.")
            end = ends[-1]
            if isinstance(end, NothingGained):
                self._remove()
                raise NothingGainedError(
                    "Nothing was gained: at no step did {start} agree better with the nights that "
                    "say when to stop. It stays as it is, and no version was stored. Add nights of "
                    "further patients, or calibrate only.",
                    start=plan.start_title,
                )
            version = store.add_trained(
                Path(end.weights), card=plan.card, start=plan.start, nights=plan.nights, by=plan.by
            )
            self._remove()
        return version

    @property
    def is_done(self) -> bool:
        """Whether it has ended, and waits for `finish`."""
        return bool(self._ends())

    def discard(self) -> None:
        """Give up what is under way.

        Raises
        ------
        LibraryError
            It runs in another window, or can't be removed.
        """
        with self._alone():
            self._remove()

    def _ends(self) -> list[Done | NothingGained]:
        return [event for event in self.events if isinstance(event, Done | NothingGained)]

    @contextmanager
    def _alone(self, patience_s: float = 0.0) -> Iterator[int]:
        """Keep other windows and commands from what is under way; give the lock's descriptor."""
        path = self._folder.with_suffix(".lock")
        with ExitStack() as stack:
            try:
                descriptor = stack.enter_context(held(path, patience_s))
            except HeldError:
                raise LibraryError(
                    "Another window or command of SleepScorer is training now. Wait until it is "
                    "done, or pause it there."
                ) from None
            except OSError as error:
                raise LibraryError(
                    "{path} can't be made: {reason}. Check the folder's permissions.",
                    path=path,
                    reason=error,
                ) from error
            yield descriptor

    def _remove(self) -> None:
        try:
            # The plan goes first: without it nothing is under way.
            (self._folder / _PLAN).unlink(missing_ok=True)
            if is_folder(self._folder):
                shutil.rmtree(self._folder)
        except OSError as error:
            raise LibraryError(
                "{path} can't be removed: {reason}. Check the folder's permissions.",
                path=self._folder,
                reason=error,
            ) from error


def training_program() -> list[str]:
    """How the training program is started.

    Raises
    ------
    LibraryError
        This installation has none.
    """
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "training"]
    beside = Path(sys.executable).with_name("sleepscorer-training" + Path(sys.executable).suffix)
    if is_file(beside):
        return [str(beside)]
    raise LibraryError(
        "This installation has no training program. Install SleepScorer with pip to train; "
        "calibrating, comparing and importing versions work here."
    )


def _card(plan: Plan, start: ModelVersion, nights: Sequence[CollectedNight]) -> str:
    minutes = minutes_of(nights, plan.left)
    corrections = sum((night.corrections for night in nights), np.zeros((5, 5), np.int64))
    counted = {
        LeftEpochs.LEFT_OUT: "what a person decided alone",
        LeftEpochs.COUNT: "what a person decided, or saw and left",
    }[plan.left]
    replay = (
        "features of nights of the first training (Sleep-EDF Database Expanded, PhysioNet, ODC-By "
        "1.0; Kemp et al. 2000, Goldberger et al. 2000), half of all that is drawn or less"
    )
    rows = "\n".join(f"| {stage.label} | {minutes[stage]:g} |" for stage in SCORED_STAGES)
    return f"""# {start.name} {plan.version}

Fine-tuned from {start.title} (`{start.sha256}`) on corrected nights of a laboratory, on
{plan.at:%Y-%m-%d %H:%M} UTC. Not a medical device; a qualified person reviews every result.

- Nights: {len(plan.nights)} of {plan.n_subjects} patients, some of whom said when to stop. Patients
  that are held out for comparing were not touched.
- What counted: {counted}. The network had called {int(corrections[1, 2])} epochs N1 that people
  call N2, and {int(corrections[2, 1])} the other way round.
- How: the sequence level alone, on features of the frozen epoch model, without masking, the three
  heads weighted 1, 1, 1, Adam at 1e-4, a moving average of the parameters, the best of the
  validations kept.
- Against forgetting: {replay if plan.replays else "nothing; no replay set fits this version"}.
- What it is better or worse at than the version in use is in the ledger, with who decided.

| Stage | Minutes |
|---|---|
{rows}
"""
