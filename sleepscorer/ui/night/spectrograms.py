"""The spectrogram of the night, computed while the technician goes on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.recording import Recording
from sleepscorer.signals.spectrogram import Spectrogram, read_spectrogram
from sleepscorer.ui.base.tasks import Progress, Task
from sleepscorer.ui.night.lifetime import LONG_S, Lifetime


class Spectrograms(QObject):
    """Computes one spectrogram at a time; a new one takes the place of one under way.

    Attributes
    ----------
    begun
        Emitted with the name of a derivation whose spectrogram is computed from now on.
    computed
        Emitted with a `Spectrogram` and the name of its derivation.
    failed
        Emitted with the error.
    """

    begun = Signal(str)
    computed = Signal(object, str)
    failed = Signal(object)

    def __init__(self, recording: Recording, life: Lifetime, parent: QObject) -> None:
        super().__init__(parent)
        self._recording = recording
        self._life = life
        self._task: Task | None = None

    def start(self, derivation: Derivation) -> None:
        """Compute the spectrogram of a derivation."""
        self.cancel()
        self.begun.emit(derivation.name)
        recording = self._recording

        def work(report: Progress) -> Spectrogram:
            return read_spectrogram(recording, derivation, progress=report)

        self._task = self._life.submit(
            work,
            on_success=lambda spectrogram: self.computed.emit(spectrogram, derivation.name),
            on_failure=self.failed.emit,
            in_turn=recording.duration_s > LONG_S,
        )

    def cancel(self) -> None:
        """Give up the one under way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
