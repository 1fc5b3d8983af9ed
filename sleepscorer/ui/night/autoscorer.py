"""Automatic scoring of one recording off the GUI thread, and what moved the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.recording import Recording
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.tasks import Progress, Task
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.network import Network

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from sleepscorer.autoscoring import Staging


class Autoscorer(QObject):
    """Runs one automatic scoring at a time.

    Attributes
    ----------
    running_changed
        Emitted with whether a scoring runs, when one begins or none does any more.
    staged
        Emitted with the `Staging`.
    explained
        Emitted with an epoch and how much each second of it speaks for its stage, shape (30,); None
        for a network that can't say.
    failed
        Emitted with the exception.
    """

    running_changed = Signal(bool)
    staged = Signal(object)
    explained = Signal(int, object)
    failed = Signal(object)

    def __init__(
        self, recording: Recording, network: Network, life: Lifetime, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._recording = recording
        self._network = network
        self._life = life
        self._task: Task | None = None
        self._explaining: Task | None = None

    def start(self, derivation: Derivation, gain: float = 1.0, voters: int = 1) -> None:
        """Score the recording; a scoring that still runs is cancelled.

        Parameters
        ----------
        derivation
            What is staged, and evidence is shown of.
        gain
            What the signals are multiplied by before the network sees them.
        voters
            How many derivations vote, that one among them.
        """
        self.cancel()

        def work(report: Progress) -> Staging:
            model = self._network.model()
            # Imported in the worker: torch takes seconds to import.
            from sleepscorer.autoscoring import stage_montage
            from sleepscorer.network_input import voting_derivations

            recording, spec = self._recording, model.network.spec
            voting = voting_derivations(recording, spec, voters, derivation)
            return stage_montage(recording, voting, model, gain=gain, progress=report)

        def on_finish() -> None:
            if self._task is task:
                self._task = None
                self.running_changed.emit(False)

        task = self._life.submit(
            work,
            on_success=self.staged.emit,
            on_failure=self.failed.emit,
            on_finish=on_finish,
            shown_as=tr("Scoring {derivation}").format(derivation=derivation.name),
        )
        self._task = task
        self.running_changed.emit(True)

    def cancel(self) -> None:
        """Stop the scoring that runs, if any."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.running_changed.emit(False)

    def explain(self, staging: Staging, epoch: int, stage: int) -> None:
        """Measure in the background how much each second of an epoch speaks for a stage."""
        if self._explaining is not None:
            self._explaining.cancel()

        def work(_report: Progress) -> npt.NDArray[np.float32] | None:
            model = self._network.model()
            from sleepscorer.autoscoring import explained

            return explained(staging, model, epoch, stage)

        self._explaining = self._life.submit(
            work,
            on_success=lambda shares: self.explained.emit(epoch, shares),
            on_failure=self.failed.emit,
        )
