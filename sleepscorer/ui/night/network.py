"""The network, loaded once for as long as the window lasts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.domain.recording import Recording
from sleepscorer.ui.base.memory import freeze
from sleepscorer.ui.base.tasks import TaskRunner

if TYPE_CHECKING:
    from model.weights import LoadedModel


class Network(QObject):
    """Keeps the network once it is loaded.

    Attributes
    ----------
    loaded
        Emitted with the network's name, version and device once it is there.
    failed
        Emitted with the exception.
    """

    loaded = Signal(str)
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._lock = threading.Lock()
        self._model: LoadedModel | None = None

    def load(self) -> None:
        """Load the network ahead of its first use."""
        self._tasks.submit(
            lambda _report: self.model(),
            on_success=self._on_loaded,
            on_failure=self.failed.emit,
        )

    def reload(self) -> None:
        """Load the version that is in use now, in place of the one before."""
        with self._lock:
            self._model = None
        self.load()

    def model(self) -> LoadedModel:
        """Give the network, to a worker: loading it takes seconds.

        Raises
        ------
        AutoscoringError
            torch or the weights can't be loaded.
        """
        try:
            from sleepscorer.autoscoring import load_model
        except (ImportError, OSError) as error:  # a library of torch is missing or too old
            raise AutoscoringError(
                "torch, which runs the network, can't be loaded ({error}). Scoring by hand, "
                "saving and exporting work without it; install SleepScorer again to stage.",
                error=error,
            ) from error
        with self._lock:
            if self._model is None:
                self._model = load_model()
                freeze()
            return self._model

    def preferred(self, recording: Recording) -> Derivation | None:
        """The derivation that the network was made for; None while it is loaded, or without EEG."""
        from sleepscorer.network_input import preferred_derivation

        with self._lock:
            model = self._model
        if model is None:
            return None
        try:
            return preferred_derivation(recording, model.network.spec)
        except AutoscoringError:
            return None

    def _on_loaded(self, model: LoadedModel) -> None:
        self.loaded.emit(f"{model.name} {model.version} · {model.device.upper()}")
