"""Where in the night the technician is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.epochs import EPOCH_S, epoch_at


class Viewport(QObject):
    """The current epoch, which is also the page shown.

    Attributes
    ----------
    moved
        Emitted with the new epoch when it or the selection changes.
    """

    moved = Signal(int)

    def __init__(self, n_epochs: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._n_epochs = n_epochs
        self._epoch = 0
        self._anchor = 0

    @property
    def n_epochs(self) -> int:
        """Number of epochs of the recording."""
        return self._n_epochs

    @property
    def epoch(self) -> int:
        """The current epoch, from 0."""
        return self._epoch

    @property
    def selection(self) -> range:
        """The selected epochs, the current one among them."""
        return range(min(self._epoch, self._anchor), max(self._epoch, self._anchor) + 1)

    @property
    def page_s(self) -> tuple[float, float]:
        """Start and stop of the page in seconds."""
        return self._epoch * EPOCH_S, (self._epoch + 1) * EPOCH_S

    def restart(self, n_epochs: int) -> None:
        """Begin at the first epoch of another recording, without a signal."""
        self._n_epochs = n_epochs
        self._epoch = self._anchor = 0

    def go_to(self, epoch: int) -> None:
        """Move to an epoch, or to the first or last one for one beyond, and select it alone."""
        epoch = self._nearest(epoch)
        self._place(epoch, anchor=epoch)

    def move_by(self, n_epochs: int) -> None:
        """Move forwards, or backwards by a negative number."""
        self.go_to(self._epoch + n_epochs)

    def go_to_time(self, time_s: float) -> None:
        """Move to the epoch that contains a time."""
        self.go_to(epoch_at(time_s, self._n_epochs))

    def extend_by(self, n_epochs: int) -> None:
        """Move, and select everything from where the selection began."""
        self._place(self._nearest(self._epoch + n_epochs), anchor=self._anchor)

    def extend_to_time(self, time_s: float) -> None:
        """Move to a time, and select everything from where the selection began."""
        self._place(epoch_at(time_s, self._n_epochs), anchor=self._anchor)

    def _nearest(self, epoch: int) -> int:
        return min(max(epoch, 0), self._n_epochs - 1)

    def _place(self, epoch: int, *, anchor: int) -> None:
        if (epoch, anchor) != (self._epoch, self._anchor):
            self._epoch, self._anchor = epoch, anchor
            self.moved.emit(epoch)
