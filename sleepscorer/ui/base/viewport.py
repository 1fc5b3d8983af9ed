"""Where in the night the technician is."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.epochs import EPOCH_S, epoch_at
from sleepscorer.ui.base.language import number, tr

PAGE_LENGTHS_S = (5.0, 10.0, 15.0, EPOCH_S, 60.0, 120.0, 300.0, 600.0, math.inf)
"""Lengths of a page that can be chosen; infinite for the whole night."""

SLOW_PAGES_S = (0.0, 120.0, 300.0, 600.0)
"""Lengths of the page of breathing that can be chosen; 0 for that of all others."""

_JUMP = 10  # epochs


def page_length_name(length_s: float) -> str:
    """Name of a page length, e.g. ``"30 s"``, ``"2 min"`` or ``"Whole night"``, translated."""
    if math.isinf(length_s):
        return tr("Whole night")
    return f"{number(length_s, 'g')} s" if length_s <= 60 else f"{number(length_s / 60, 'g')} min"


def slow_page_name(length_s: float) -> str:
    """Name of a length of the page of breathing, translated."""
    return page_length_name(length_s) if length_s else tr("As the others")


def page_length(length_s: float) -> float:
    """Return a stored page length, that of an epoch when it can't be chosen."""
    return length_s if length_s in PAGE_LENGTHS_S else EPOCH_S


class Viewport(QObject):
    """The current epoch, and the page that shows it or a part of it.

    Pages lie on a grid of their own length, so that an epoch is always met at the same place of
    the same page. A page that is shorter than an epoch shows a part of the current one.

    Attributes
    ----------
    moved
        Emitted with the current epoch when it, the page or the selection changes.
    """

    moved = Signal(int)

    def __init__(self, n_epochs: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._n_epochs = n_epochs
        self._epoch = 0
        self._anchor = 0
        self._offset_s = 0.0
        self._length_s = EPOCH_S

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action that moves through the night does, by its id."""
        return {
            "view.next": lambda: self.move_by(1),
            "view.previous": lambda: self.move_by(-1),
            "view.select_next": lambda: self.extend_by(1),
            "view.select_previous": lambda: self.extend_by(-1),
            "view.forward": lambda: self.move_by(_JUMP),
            "view.back": lambda: self.move_by(-_JUMP),
            "view.first": lambda: self.go_to(0),
            "view.last": lambda: self.go_to(self._n_epochs - 1),
        }

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
        length_s = min(self._length_s, self._n_epochs * EPOCH_S)
        start_s = self._epoch * EPOCH_S + self._offset_s
        if length_s > EPOCH_S:
            start_s -= start_s % length_s
        return start_s, start_s + length_s

    @property
    def page_length_s(self) -> float:
        """Length of the pages in seconds; infinite for the whole night."""
        return self._length_s

    def restart(self, n_epochs: int) -> None:
        """Begin at the first epoch of another recording, without a signal."""
        self._n_epochs = n_epochs
        self._epoch = self._anchor = 0
        self._offset_s = 0.0

    def set_page_length(self, length_s: float) -> None:
        """Choose one of `PAGE_LENGTHS_S`; the current epoch stays."""
        self._length_s = length_s
        self._offset_s = 0.0
        self.moved.emit(self._epoch)

    def turn_page(self, n_pages: int) -> None:
        """Turn pages forwards, or backwards by a negative number, and select no more."""
        if math.isinf(self._length_s):
            return
        if self._length_s > EPOCH_S:
            self.move_by(n_pages * round(self._length_s / EPOCH_S))
            return
        last_s = self._n_epochs * EPOCH_S - self._length_s
        start_s = self._epoch * EPOCH_S + self._offset_s + n_pages * self._length_s
        start_s = min(max(start_s, 0.0), last_s)
        epoch = epoch_at(start_s, self._n_epochs)
        self._place(epoch, anchor=epoch, offset_s=start_s - epoch * EPOCH_S)

    def go_to(self, epoch: int) -> None:
        """Move to an epoch, or to the first or last one for one beyond, and select it alone."""
        epoch = self._nearest(epoch)
        self._place(epoch, anchor=epoch)

    def move_by(self, n_epochs: int) -> None:
        """Move forwards, or backwards by a negative number."""
        self.go_to(self._epoch + n_epochs)

    def go_to_time(self, time_s: float) -> None:
        """Move to the epoch that contains a time, and to the page where that is shorter."""
        epoch = epoch_at(time_s, self._n_epochs)
        offset_s = 0.0
        if self._length_s < EPOCH_S:
            in_epoch_s = min(max(time_s - epoch * EPOCH_S, 0.0), EPOCH_S - self._length_s)
            offset_s = in_epoch_s - in_epoch_s % self._length_s
        self._place(epoch, anchor=epoch, offset_s=offset_s)

    def extend_by(self, n_epochs: int) -> None:
        """Move, and select everything from where the selection began."""
        self._place(self._nearest(self._epoch + n_epochs), anchor=self._anchor)

    def extend_to_time(self, time_s: float) -> None:
        """Move to a time, and select everything from where the selection began."""
        self._place(epoch_at(time_s, self._n_epochs), anchor=self._anchor)

    def _nearest(self, epoch: int) -> int:
        return min(max(epoch, 0), self._n_epochs - 1)

    def _place(self, epoch: int, *, anchor: int, offset_s: float = 0.0) -> None:
        if (epoch, anchor, offset_s) != (self._epoch, self._anchor, self._offset_s):
            self._epoch, self._anchor, self._offset_s = epoch, anchor, offset_s
            self.moved.emit(epoch)
