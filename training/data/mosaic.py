"""Whole epochs composed of the 5-s pieces of partial epochs.

None of these is a continuous 30 s: figures measured on them are named by their kind.

- *Mosaic* epochs use the labels: a piece's companions are of the same stage. For training.
- *Pseudo-epochs* join the pieces of epochs t-2 … t+3 and take the label of t, whatever the
  stages of the others. No label is used, so they can test; transitions are smeared.
- *Mirrored* epochs are an epoch's own piece, reflected back and forth. Nothing foreign, but
  only 5 s of information.
- *Bare* epochs are that piece alone, epochs of 5 s, joined to their neighbours only while they are
  filtered. The network takes them, at a sixth of the cost.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from model.mc2sleepnet.preprocessing import N_TIMES, SFREQ_HZ, prepare_signal
from training.corpora.partial_epochs import PIECE_TIMES
from training.data.config import BlindKind
from training.data.equipment import Signal
from training.data.nights import Night

PIECES_PER_EPOCH = N_TIMES // PIECE_TIMES

_BLIND_OFFSETS = np.arange(-2, 4)
_RAMP_TIMES = round(0.3 * SFREQ_HZ)


def mosaic_rows(
    stages: npt.NDArray[np.int8],
    rng: np.random.Generator,
    *,
    reach_epochs: int,
) -> npt.NDArray[np.intp]:
    """Draw which pieces make up each epoch of a mosaic night.

    An epoch consists of its own piece and five of the same stage from epochs at most
    `reach_epochs` away, in random order. Where there are fewer than five, they and the own
    piece are repeated as evenly as possible.

    Parameters
    ----------
    stages
        Shape (n,).
    rng
        Source of randomness.
    reach_epochs
        Largest distance, in rows.

    Returns
    -------
    ndarray of intp
        Shape (n, 6).
    """
    n_epochs = len(stages)
    rows = np.empty((n_epochs, PIECES_PER_EPOCH), dtype=np.intp)
    n_others = PIECES_PER_EPOCH - 1
    for epoch, stage in enumerate(stages):
        first = max(epoch - reach_epochs, 0)
        near = first + np.flatnonzero(stages[first : epoch + reach_epochs + 1] == stage)
        others = rng.permutation(near[near != epoch])
        if len(others) < n_others:
            others = np.resize(np.append(others, epoch), n_others)
        rows[epoch] = rng.permutation(np.append(others[:n_others], epoch))
    return rows


def blind_rows(n_epochs: int) -> npt.NDArray[np.intp]:
    """Rows t-2 … t+3 for each epoch t, held at the ends of the night; shape (n_epochs, 6)."""
    rows: npt.NDArray[np.intp] = np.arange(n_epochs)[:, None] + _BLIND_OFFSETS
    return rows.clip(0, n_epochs - 1)


def join_pieces(pieces_uv: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Join pieces into a continuous signal without offsets or steps.

    The mean of each piece is removed; at a join, half of the step is taken out on either side
    over a ramp of 0.3 s.

    Parameters
    ----------
    pieces_uv
        Shape (n_pieces, 500), µV.

    Returns
    -------
    ndarray of float32
        Shape (n_pieces * 500,).
    """
    joined: npt.NDArray[np.float32] = pieces_uv - pieces_uv.mean(axis=1, keepdims=True)
    half_step = (joined[1:, :1] - joined[:-1, -1:]) / 2  # (n_pieces - 1, 1)
    ramp = np.linspace(0, 1, _RAMP_TIMES + 1, dtype=np.float32)[1:]
    joined[:-1, -_RAMP_TIMES:] += half_step * ramp
    joined[1:, :_RAMP_TIMES] -= half_step * ramp[::-1]
    return joined.reshape(-1)


def compose(night: Night, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
    """Compose the prepared epochs of a partial night from rows of its pieces.

    Parameters
    ----------
    night
        Partial.
    rows
        Pieces of each epoch, shape (n, n_pieces_per_epoch).

    Returns
    -------
    ndarray of float32
        Shape (n, n_pieces_per_epoch * 500).
    """
    return _prepare(night, night.samples_uv[:][rows])


def _record(night: Night, pieces_uv: npt.NDArray[np.float32]) -> Signal:
    """Join the pieces (n, k, 500) of epochs as the night's equipment records them."""
    return night.equipment.record(join_pieces(pieces_uv.reshape(-1, PIECE_TIMES)))


def _prepare(night: Night, pieces_uv: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Prepared epochs (n, k * 500) of these pieces (n, k, 500)."""
    return prepare_signal(_record(night, pieces_uv), SFREQ_HZ).reshape(len(pieces_uv), -1)


def shortened(
    rows: npt.NDArray[np.intp], n_pieces: int, rng: np.random.Generator
) -> npt.NDArray[np.intp]:
    """Draw some of the pieces of each epoch, its own among them where it was.

    Parameters
    ----------
    rows
        Pieces of whole epochs, shape (n, 6); epoch k has row k.
    n_pieces
        How many to draw, 1 to 6.
    rng
        Source of randomness.

    Returns
    -------
    ndarray of intp
        Shape (n, n_pieces), in the order they had.
    """
    priority = rng.random(rows.shape)
    priority[rows == np.arange(len(rows))[:, None]] = -1.0
    chosen = np.sort(priority.argsort(axis=1)[:, :n_pieces], axis=1)
    drawn: npt.NDArray[np.intp] = np.take_along_axis(rows, chosen, axis=1)
    return drawn


def pseudo_epochs(night: Night) -> npt.NDArray[np.float32]:
    """Compose pseudo-epochs, label-blind; shape (n, 3000)."""
    return _prepare(night, _pseudo_pieces(night))


def mirrored_epochs(night: Night) -> npt.NDArray[np.float32]:
    """Compose mirrored epochs, label-blind; shape (n, 3000)."""
    return _prepare(night, _mirrored_pieces(night))


def bare_epochs(night: Night) -> npt.NDArray[np.float32]:
    """Prepare the pieces as epochs of 5 s, label-blind; shape (n, 500)."""
    return _prepare(night, _bare_pieces(night))


def _pseudo_pieces(night: Night) -> npt.NDArray[np.float32]:
    pieces: npt.NDArray[np.float32] = night.samples_uv[:][blind_rows(len(night.stages))]
    return pieces


def _mirrored_pieces(night: Night) -> npt.NDArray[np.float32]:
    there_and_back = np.stack(
        (night.samples_uv[:], night.samples_uv[:][:, ::-1]), axis=1
    )  # (n, 2, 500)
    return np.tile(there_and_back, (1, PIECES_PER_EPOCH // 2, 1))


def _bare_pieces(night: Night) -> npt.NDArray[np.float32]:
    pieces: npt.NDArray[np.float32] = night.samples_uv[:][:, None]
    return pieces


BLIND_KINDS: dict[BlindKind, Callable[[Night], npt.NDArray[np.float32]]] = {
    "pseudo": _pseudo_pieces,
    "mirrored": _mirrored_pieces,
    "bare": _bare_pieces,
}
"""The pieces (n, k, 500) of the kinds of epochs that may be used for testing."""


def blind_epochs(night: Night, kind: BlindKind) -> npt.NDArray[np.float32]:
    """Epochs to test with: a night's own whole ones, or a partial night's of the given kind."""
    if night.is_partial:
        return _prepare(night, BLIND_KINDS[kind](night))
    samples_uv: npt.NDArray[np.float32] = night.samples_uv[:]
    return samples_uv


def blind_signal(night: Night, kind: BlindKind) -> Signal:
    """Signal at 100 Hz of a partial night's epochs of a kind, joined and not prepared yet."""
    return _record(night, BLIND_KINDS[kind](night))
