"""Learning from corrections, as long as the window lasts: what runs, and what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.versions import Comparison, Decision, ModelVersion
from sleepscorer.models.calibration import Calibration
from sleepscorer.models.store import ModelStore
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.tasks import Progress, Task, TaskRunner
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.network import Network

if TYPE_CHECKING:
    from model.weights import LoadedModel
    from sleepscorer.jobs.events import JobEvent
    from sleepscorer.loop.collection import CollectedNight, LeftEpochs, Library
    from sleepscorer.loop.comparison import ComparedOnNight
    from sleepscorer.loop.finetune import Training

# What needs torch or SciPy is imported where it is used: the window is not to wait for them.


@dataclass(frozen=True, slots=True)
class Trial:
    """A version, or a calibration of the one in use, that waits for a decision.

    Attributes
    ----------
    version
        Which it is.
    comparison
        What was found.
    left_out
        Sentences about nights that could not be compared on.
    calibration
        What was compared, where it is no version.
    """

    version: ModelVersion
    comparison: Comparison
    left_out: tuple[str, ...]
    calibration: Calibration | None = None


class _Work(Enum):
    """What may be under way, one of each: nights are kept while a training runs."""

    LEARNING = "learning"
    KEEPING = "keeping"


class Learning(QObject):
    """Collects nights, trains, compares and decides, off the GUI thread.

    Attributes
    ----------
    changed
        Emitted when nights, versions or what runs are others than before.
    reported
        Emitted with each `JobEvent` of the training.
    compared
        Emitted when there is something to decide about.
    imported
        Emitted with a `ModelVersion` that came from a file.
    failed
        Emitted with the exception.
    said
        Emitted with what was done, in words.
    """

    changed = Signal()
    reported = Signal(object)
    compared = Signal()
    imported = Signal(object)
    failed = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        dialogs: Dialogs,
        tasks: TaskRunner,
        network: Network,
        scorer: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self.store = ModelStore()
        self.trial: Trial | None = None
        self._window, self._dialogs, self._tasks = window, dialogs, tasks
        self._network, self._scorer = network, scorer
        self._running: dict[_Work, Task] = {}

    # What there is

    @cached_property
    def library(self) -> Library:
        """Nights to learn from."""
        from sleepscorer.loop.collection import Library

        return Library()

    @cached_property
    def training(self) -> Training:
        """What is trained, or waits to go on."""
        from sleepscorer.loop.finetune import Training

        return Training()

    @property
    def is_busy(self) -> bool:
        """Whether a version is made or compared."""
        return _Work.LEARNING in self._running

    @property
    def is_keeping(self) -> bool:
        """Whether a night is being added."""
        return _Work.KEEPING in self._running

    def nights(self) -> tuple[CollectedNight, ...]:
        """Nights to learn from; none where they can't be read, which is said."""
        try:
            return self.library.nights()
        except SleepScorerError as error:
            self.failed.emit(error)
            return ()

    # What can be done

    def add_night(self, document: Document, derivation: Derivation | None, gain: float) -> None:
        """Keep the open night to learn from, after asking whose it is where that is not known."""
        if derivation is not None:
            self._add(document, derivation, gain, "")

    def remove_night(self, night: CollectedNight) -> None:
        """Take a night out, after asking."""
        text = tr("Take {file} out of the nights to learn from? The recording stays.")
        if self._dialogs.may_remove(self._window, text.format(file=night.recording.file_name)):
            self._do(lambda: self.library.remove(night))

    def train(self, left: LeftEpochs) -> None:
        """Fine-tune the version in use, or go on with what was interrupted."""
        by = self._scorer()
        if not by:
            return

        def work(report: Progress) -> Trial | None:
            from sleepscorer.loop.finetune import prepare

            if self.training.plan is None:
                start = self.store.active()
                model = self._network.model()
                nights = self.library.nights()
                prepare(self.library, nights, self.store, start, model, left, by=by)
                self.changed.emit()  # it can be paused from now on
            if not self.training.is_done and not self.training.run(self._report_to(report)):
                return None
            return self._tried(self.training.finish(self.store), report)

        self._start(work, tr("Training"), self._show_trial, goes_on=True)

    def calibrate(self) -> None:
        """Fit how sure the version in use is to be, and compare."""
        by = self._scorer()
        if not by:
            return

        def work(report: Progress) -> Trial:
            from sleepscorer.loop.calibrating import fit_calibration, with_calibration

            model = self._network.model()
            learnt = [night for night in self.library.nights() if not night.is_held_out]
            calibration = fit_calibration(self.library, learnt, model, by=by)
            version = self.store.version(model.sha256)
            return self._tried(version, report, with_calibration(model, calibration), calibration)

        self._start(work, tr("Calibrating"), self._show_trial)

    def compare(self, version: ModelVersion) -> None:
        """Compare a version with the one in use."""
        self._start(lambda report: self._tried(version, report), tr("Comparing"), self._show_trial)

    def compare_on_night(
        self,
        document: Document,
        derivation: Derivation,
        gain: float,
        versions: tuple[ModelVersion, ModelVersion],
    ) -> None:
        """Let any two versions stage the open night, and show what they make of it."""
        recording, scoring = document.recording, document.scoring.copy()

        def work(report: Progress) -> ComparedOnNight:
            from sleepscorer.loop.comparison import compare_on_night

            first, second = (self._loaded(one) for one in versions)
            return compare_on_night(
                *(recording, scoring, derivation, first, second), gain=gain, progress=report
            )

        def show(found: ComparedOnNight) -> None:
            from sleepscorer.ui.loop.night_page import night_page

            names = (versions[0].title, versions[1].title)
            page = night_page(found, recording.path.name, names)
            self._dialogs.show_page(self._window, tr("Two versions on one night"), page)

        self._start(work, tr("Comparing"), show, outlasts_recording=False)

    def pause(self) -> None:
        """Let the training end; it goes on where its last checkpoint is."""
        if self.is_busy:
            self.training.pause()

    def discard(self) -> None:
        """Give up a training that was interrupted, after asking."""
        text = tr("Give up this training? What it has learnt so far is lost; no version changes.")
        if self._dialogs.may_remove(self._window, text):
            self._do(self.training.discard)

    def accept(self, why: str) -> None:
        """Use what was compared."""
        trial, by = self.trial, self._scorer()
        if trial is None or not by:
            return
        from sleepscorer.loop.decision import accept

        comparison, calibration = trial.comparison, trial.calibration
        if self._do(
            lambda: accept(self.store, comparison, by=by, why=why, calibration=calibration)
        ):
            self._conclude()
            self._use(trial.version)

    def reject(self, why: str) -> None:
        """Write down that what was compared is not to be used."""
        self._answer("reject", why)

    def postpone(self, why: str) -> None:
        """Write down that it is decided later."""
        self._answer("postpone", why)

    def use(self, version: ModelVersion) -> None:
        """Use a version on the technician's word alone."""
        by = self._scorer()
        if not by:
            return
        decision = Decision(version.sha256, by, datetime.now(UTC))
        if self._do(lambda: self.store.activate(decision)):
            self._use(version)

    def go_back(self) -> None:
        """Use the version again that was used before."""
        by = self._scorer()
        if by and self._do(lambda: self.store.roll_back(by=by)):
            self._use(self.store.active())

    def uncalibrate(self, version: ModelVersion) -> None:
        """Take the calibration of a version away, after asking."""
        by = self._scorer()
        text = tr("Stage without the calibration of {title} from now on?")
        if (
            by
            and self._dialogs.may_remove(self._window, text.format(title=version.title))
            and self._do(lambda: self.store.uncalibrate(version, by=by))
        ):
            self._use(self.store.active())

    def export(self, version: ModelVersion) -> None:
        """Write a version as one file."""
        proposal = Path(f"{version.architecture}-{version.version}.safetensors")
        path = self._dialogs.file_to_write(self._window, proposal, tr("Version of the network"))
        if path is not None:
            self._do(lambda: self.store.export(version, path))

    def import_version(self) -> None:
        """Add a version from a file."""
        by = self._scorer()
        path = self._dialogs.version_to_import(self._window) if by else None
        if path is None:
            return
        try:
            version = self.store.import_file(path, by=by)
        except SleepScorerError as error:
            self.failed.emit(error)
            return
        self.changed.emit()
        self.imported.emit(version)
        text = tr("{title} is there now; the version in use is the same as before.")
        self.said.emit(text.format(title=version.title))

    def delete(self, version: ModelVersion) -> None:
        """Remove a version, after asking."""
        by = self._scorer()
        text = tr("Delete {title}? Sessions keep the stages that it gave.")
        if by and self._dialogs.may_remove(self._window, text.format(title=version.title)):
            self._do(lambda: self.store.delete(version, by=by))

    def stop(self) -> None:
        """Let all work end; a training goes on when it is asked to after the next start."""
        if self.is_busy:
            self.training.pause()
        for task in self._running.values():
            task.cancel()

    # How

    def _add(self, document: Document, derivation: Derivation, gain: float, code: str) -> None:
        recording, scoring = document.recording, document.scoring.copy()

        def work(report: Progress) -> CollectedNight:
            from sleepscorer.loop.collection import check_worth, collect

            check_worth(recording.path.name, scoring)
            model = self._network.model()
            return collect(
                *(self.library, recording, scoring, model, derivation),
                gain=gain,
                code=code,
                progress=report,
            )

        def on_failure(error: Exception) -> None:
            from sleepscorer.loop.patients import WhoseNightError

            given = ""
            if isinstance(error, WhoseNightError):
                given = self._dialogs.patient_code(self._window, tr(error))
                if given:
                    self._add(document, derivation, gain, given)
            else:
                self.failed.emit(error)

        self._start(
            *(work, tr("Keeping the night"), self._say_kept, on_failure),
            kind=_Work.KEEPING,
            outlasts_recording=False,
        )

    def _say_kept(self, night: CollectedNight) -> None:
        text = tr("Kept to learn from: %n epoch(s) decided on.", None, int(night.decided.sum()))
        if night.is_held_out:
            text = tr("Kept to compare versions on: this patient is never trained on.")
        self.said.emit(text)

    def _tried(
        self,
        version: ModelVersion,
        report: Progress,
        candidate: LoadedModel | None = None,
        calibration: Calibration | None = None,
    ) -> Trial:
        from sleepscorer.loop.comparison import compare_held_out

        found = compare_held_out(
            self.library,
            self._network.model(),
            candidate or self._loaded(version),
            aim="accuracy" if calibration is None else "cross_entropy",
            progress=report,
        )
        return Trial(version, found.comparison, found.left_out, calibration)

    def _loaded(self, version: ModelVersion) -> LoadedModel:
        """Give a version with its calibration; the one in use is there already."""
        from sleepscorer.autoscoring import load_model
        from sleepscorer.loop.calibrating import with_calibration

        current = self._network.model()
        if version.sha256 == current.sha256:
            return current
        loaded = load_model(self.store.path_of(version))
        return with_calibration(loaded, self.store.calibration(version))

    def _report_to(self, report: Progress) -> Callable[[JobEvent], None]:
        from sleepscorer.jobs.events import StepDone

        def on_event(event: JobEvent) -> None:
            self.reported.emit(event)
            if isinstance(event, StepDone):
                report(event.step / event.of)

        return on_event

    def _show_trial(self, trial: Trial | None) -> None:
        self.trial = trial
        if trial is not None:
            self.compared.emit()

    def _answer(self, answer: str, why: str) -> None:
        trial, by = self.trial, self._scorer()
        if trial is None or not by:
            return
        from sleepscorer.loop import decision

        answering = decision.reject if answer == "reject" else decision.postpone
        if self._do(lambda: answering(self.store, trial.comparison, by=by, why=why)):
            self._conclude()

    def _conclude(self) -> None:
        self.trial = None
        self.compared.emit()

    def _use(self, version: ModelVersion) -> None:
        self._network.reload()
        self.said.emit(tr("{title} is in use.").format(title=version.title))
        self.changed.emit()

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except SleepScorerError as error:
            self.failed.emit(error)
            return False
        self.changed.emit()
        return True

    def _start(
        self,
        work: Callable[[Progress], object],
        text: str,
        on_success: Callable[..., None],
        on_failure: Callable[[Exception], None] | None = None,
        *,
        kind: _Work = _Work.LEARNING,
        outlasts_recording: bool = True,
        goes_on: bool = False,
    ) -> None:
        if kind in self._running:
            self.said.emit(tr("Something else is still under way."))
            return

        def on_finish() -> None:
            if self._running.get(kind) is task:
                del self._running[kind]
            self.changed.emit()

        def fail(error: Exception) -> None:
            del self._running[kind]  # what failed may be tried again at once, with an answer
            (on_failure or self.failed.emit)(error)

        task = self._tasks.submit(
            work,
            on_success=on_success,
            on_failure=fail,
            on_finish=on_finish,
            shown_as=text,
            outlasts_recording=outlasts_recording,
            goes_on=goes_on,
        )
        self._running[kind] = task
        self.changed.emit()
