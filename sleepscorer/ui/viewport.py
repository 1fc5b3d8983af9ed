"""Where in the night the technician is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.epochs import EPOCH_S, epoch_at


class Viewport(QObject):
    """The current epoch, which is also the page shown.

    Attributes
    ----------
    moved
        Emitted with the new epoch, only when it changes.
    """

    moved = Signal(int)

    def __init__(self, n_epochs: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._n_epochs = n_epochs
        self._epoch = 0

    @property
    def n_epochs(self) -> int:
        """Number of epochs of the recording."""
        return self._n_epochs

    @property
    def epoch(self) -> int:
        """The current epoch, from 0."""
        return self._epoch

    @property
    def page_s(self) -> tuple[float, float]:
        """Start and stop of the page in seconds."""
        return self._epoch * EPOCH_S, (self._epoch + 1) * EPOCH_S

    def restart(self, n_epochs: int) -> None:
        """Begin at the first epoch of another recording, without a signal."""
        self._n_epochs = n_epochs
        self._epoch = 0

    def go_to(self, epoch: int) -> None:
        """Move to an epoch, or to the first or last one for one beyond."""
        epoch = min(max(epoch, 0), self._n_epochs - 1)
        if epoch != self._epoch:
            self._epoch = epoch
            self.moved.emit(epoch)

    def move_by(self, n_epochs: int) -> None:
        """Move forwards, or backwards by a negative number."""
        self.go_to(self._epoch + n_epochs)

    def go_to_time(self, time_s: float) -> None:
        """Move to the epoch that contains a time."""
        self.go_to(epoch_at(time_s, self._n_epochs))
