"""Automatic scoring off the GUI thread; keeps the network once it is loaded."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.domain.recording import Recording
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.tasks import Progress, Task, TaskRunner

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from model.weights import LoadedModel
    from sleepscorer.autoscoring import Staging


class Autoscorer(QObject):
    """Runs one automatic scoring at a time.

    Attributes
    ----------
    model_loaded
        Emitted with the network's name, version and device once it is there.
    staged
        Emitted with the `Staging`.
    explained
        Emitted with an epoch and how much each second of it speaks for its stage, shape (30,); None
        for a network that can't say.
    failed
        Emitted with the exception.
    """

    model_loaded = Signal(str)
    staged = Signal(object)
    explained = Signal(int, object)
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._lock = threading.Lock()
        self._model: LoadedModel | None = None
        self._task: Task | None = None
        self._explaining: Task | None = None

    def load(self) -> None:
        """Load the network ahead of its first use."""
        self._tasks.submit(
            lambda _report: self._loaded_model(),
            on_success=self._on_model_loaded,
            on_failure=self.failed.emit,
        )

    def start(self, recording: Recording, derivation: Derivation, gain: float = 1.0) -> None:
        """Score a recording; a scoring that still runs is cancelled.

        The signal is multiplied by the gain before the network sees it.
        """
        self.cancel()

        def work(report: Progress) -> Staging:
            model = self._loaded_model()
            # Imported in the worker: torch takes seconds to import.
            from sleepscorer.autoscoring import stage_recording

            return stage_recording(recording, derivation, model, gain=gain, progress=report)

        def on_finish() -> None:
            if self._task is task:
                self._task = None

        task = self._tasks.submit(
            work,
            on_success=self.staged.emit,
            on_failure=self.failed.emit,
            on_finish=on_finish,
            shown_as=tr("Scoring {derivation}").format(derivation=derivation.name),
        )
        self._task = task

    def cancel(self) -> None:
        """Stop the scoring that runs, if any."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def explain(self, staging: Staging, epoch: int, stage: int) -> None:
        """Measure in the background how much each second of an epoch speaks for a stage."""
        self.cancel_explaining()

        def work(_report: Progress) -> npt.NDArray[np.float32] | None:
            network = self._loaded_model().network
            from model.network import Explains

            if staging.features is None or not isinstance(network, Explains):
                return None
            return network.explain(staging.epochs, staging.features, epoch, stage)

        self._explaining = self._tasks.submit(
            work,
            on_success=lambda shares: self.explained.emit(epoch, shares),
            on_failure=self.failed.emit,
        )

    def cancel_explaining(self) -> None:
        """Give up measuring, if that is under way."""
        if self._explaining is not None:
            self._explaining.cancel()
            self._explaining = None

    def _loaded_model(self) -> LoadedModel:
        try:
            from sleepscorer.autoscoring import load_model
        except (ImportError, OSError) as error:  # a library of torch is missing or too old
            raise AutoscoringError(
                tr(
                    "torch, which runs the network, can't be loaded ({error}). Scoring by hand, "
                    "saving and exporting work without it; install SleepScorer again to stage."
                ).format(error=error)
            ) from error
        with self._lock:
            if self._model is None:
                self._model = load_model()
                # What was imported and loaded stays for good. Looking for garbage in it, too, would
                # hold up a key for a tenth of a second now and then.
                gc.freeze()
            return self._model

    def _on_model_loaded(self, model: LoadedModel) -> None:
        self.model_loaded.emit(f"{model.name} {model.version} · {model.device.upper()}")
