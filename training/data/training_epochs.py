"""The epochs of a training set as one pass over it sees them.

Whole epochs are read where they are asked for. Partial epochs are composed to one of several
kinds (see :mod:`training.data.mosaic`), mosaics and altered copies anew for every pass.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from training.corpora.partial_epochs import PIECE_TIMES
from training.data.config import EpochKind, EpochsConfig
from training.data.mosaic import (
    PIECES_PER_EPOCH,
    blind_epochs,
    compose,
    mirrored_epochs,
    mosaic_rows,
    shortened,
)
from training.data.nights import Night
from training.engine.randomness import Purpose, seed_draws


def draw_mosaic(
    night: Night,
    rng: np.random.Generator,
    config: EpochsConfig,
    n_pieces: int = PIECES_PER_EPOCH,
) -> npt.NDArray[np.float32]:
    """Draw the mosaic of a partial night.

    Parameters
    ----------
    night
        Partial.
    rng
        Source of randomness.
    config
        Reach of the mosaics, and share of epochs of a piece alone.
    n_pieces
        Length of each epoch in pieces.

    Returns
    -------
    ndarray of float32
        Shape (n, n_pieces * 500), prepared, µV.
    """
    rows = mosaic_rows(night.stages, rng, reach_epochs=config.reach_epochs)
    epochs = compose(night, shortened(rows, n_pieces, rng))
    if config.own_share:
        own = rng.random(len(epochs)) < config.own_share
        epochs[own] = mirrored_epochs(night)[own, : epochs.shape[1]]
    return epochs


def draw_epochs(
    night: Night,
    kind: EpochKind,
    rng: np.random.Generator,
    config: EpochsConfig,
    n_pieces: int = PIECES_PER_EPOCH,
) -> npt.NDArray[np.float32]:
    """Make epochs (n, t) of a kind from a partial night.

    The parameters are those of :func:`draw_mosaic`; only mosaics are drawn, in any length.
    """
    drawn = night.drawn(rng)
    if kind == "mosaic":
        return draw_mosaic(drawn, rng, config, n_pieces)
    return blind_epochs(drawn, kind)


def validation_epochs(night: Night, config: EpochsConfig) -> npt.NDArray[np.float32]:
    """Epochs (n, t) that are validated on: whole ones, or a partial night's first blind kind."""
    return blind_epochs(night, config.blind_kinds[0])


class TrainingEpochs:
    """Epochs of several nights, by night and row.

    Parameters
    ----------
    nights
        To train on.
    config
        What mosaics are made of.
    seed, purpose
        Of the draws.
    n_pieces
        Length of the epochs in pieces of 5 s. Whole epochs are cut to it, at a place that moves
        on with every pass.
    kind
        Of partial nights' epochs. ``"bare"`` ones have one piece, whatever `n_pieces`.
    """

    def __init__(
        self,
        nights: Sequence[Night],
        config: EpochsConfig,
        seed: int,
        purpose: Purpose,
        n_pieces: int = PIECES_PER_EPOCH,
        kind: EpochKind = "mosaic",
    ) -> None:
        self._nights = nights
        self._config = config
        self._seed = seed
        self._purpose = purpose
        self._n_pieces = 1 if kind == "bare" else n_pieces
        self._kind: EpochKind = kind
        self._composed: dict[int, npt.NDArray[np.float32]] = {}
        self._train_pass = -1
        self._first_rows = np.cumsum([0, *(len(night.stages) for night in nights)])

    def __len__(self) -> int:
        return int(self._first_rows[-1])

    def start_pass(self, train_pass: int) -> None:
        """Compose the partial nights of a pass, unless it is the current one."""
        if train_pass == self._train_pass:
            return
        for index, night in enumerate(self._nights):
            is_anew = self._kind == "mosaic" or night.is_redrawn
            if night.is_partial and (is_anew or index not in self._composed):
                place = (train_pass, index, self._n_pieces)
                rng = seed_draws(self._seed, self._purpose, *place)
                self._composed[index] = draw_epochs(
                    night, self._kind, rng, self._config, self._n_pieces
                )
        self._train_pass = train_pass

    def read(self, night: int, first: int, stop: int) -> npt.NDArray[np.float32]:
        """Epochs ``[first, stop)`` of a night, shape (stop - first, n_times)."""
        if night in self._composed:
            return self._composed[night][first:stop]
        start = PIECE_TIMES * (self._train_pass % (PIECES_PER_EPOCH + 1 - self._n_pieces))
        samples: npt.NDArray[np.float32] = self._nights[night].samples_uv[first:stop]
        return samples[:, start : start + self._n_pieces * PIECE_TIMES]

    def read_rows(self, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        """Epochs by their number among those of all nights, shape (n_rows, n_times)."""
        nights = self._first_rows.searchsorted(rows, side="right") - 1
        places = zip(nights.tolist(), (rows - self._first_rows[nights]).tolist(), strict=True)
        return np.concatenate([self.read(night, row, row + 1) for night, row in places])
