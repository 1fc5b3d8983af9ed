"""Which sequences of consecutive epochs make up a batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sleepscorer.network_input import Runs


class SequenceDrawer:
    """Draws sequences evenly from everything that several nights offer.

    Parameters
    ----------
    runs
        Of each night, half-open ranges of the epochs that a sequence may lie in; those shorter than
        a sequence are never drawn from.
    length
        Epochs in a sequence.
    distinct_nights
        Whether a batch takes each night once at most, as far as there are enough of them.

    Raises
    ------
    ValueError
        If all runs are shorter than a sequence.
    """

    def __init__(self, runs: Sequence[Runs], length: int, *, distinct_nights: bool) -> None:
        self._length = length
        self._distinct_nights = distinct_nights
        self._starts = [
            np.concatenate([np.arange(start, stop - length + 1) for start, stop in night])
            for night in runs
        ]
        self._n_starts = np.array([len(starts) for starts in self._starts])
        if not self._n_starts.any():
            raise ValueError(f"no night has {length} epochs to train on")
        self._probabilities = self._n_starts / self._n_starts.sum()

    def draw(self, rng: np.random.Generator, n_sequences: int) -> list[tuple[int, int]]:
        """Draw the night and the first epoch of each sequence."""
        enough = np.count_nonzero(self._n_starts) >= n_sequences
        nights = rng.choice(
            len(self._n_starts),
            n_sequences,
            replace=not (self._distinct_nights and enough),
            p=self._probabilities,
        )
        return [
            (int(night), int(self._starts[night][rng.integers(self._n_starts[night])]))
            for night in nights
        ]
