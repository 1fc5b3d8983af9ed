"""What in an epoch moved the network: pieces of it are hidden, one after the other.

Legend of the shape comments: v versions of the epoch, l epochs in a sequence, d width of an
embedding.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.inference import epoch_features
from model.mc2sleepnet.preprocessing import N_TIMES, SFREQ_HZ

PIECE_S = 1.0
"""Length of the pieces."""

_PIECE_TIMES = round(PIECE_S * SFREQ_HZ)
_STAND_INS_S = (10.0, 20.0)
_RAMP_TIMES = 10


def occlusion(
    network: MC2SleepNet,
    epochs: npt.NDArray[np.float32],
    features: npt.NDArray[np.float32],
    epoch: int,
    stage: int,
    rival: int | None = None,
) -> npt.NDArray[np.float32]:
    """Measure how much each second of an epoch speaks for a stage.

    Each second in turn is replaced by a second of the same epoch from 10 s and from 20 s further
    on (at the end of the epoch, from its beginning), faded in over 0.1 s. The measure is how much
    the log-odds of the stage fall, averaged over both. Real signal of the same night and state
    stands in: silence, which no epoch has, is something the network answers to by itself. Seconds
    found so move the network when they are hidden in another way, more than those found with
    silence do; the weights of its attention hardly do so more than chance
    (``tests/benchmarks/benchmark_occlusion.py``).

    The epoch is seen in one sequence, in its middle where the neighbours allow, with the features
    of the neighbours as they are.

    Parameters
    ----------
    network
        In evaluation mode.
    epochs
        Prepared epochs of the night, shape (n, 3000), µV.
    features
        Of the same epochs, shape (n, 2, d); NaN where an epoch was not scored.
    epoch
        Index of the epoch asked about.
    stage
        Class of the stage asked about.
    rival
        Class that its odds are against; all others by default.

    Returns
    -------
    ndarray of float32
        Shape (30,), in units of the natural logarithm of the odds: positive where a second speaks
        for the stage, negative where it speaks against it.

    Raises
    ------
    IndexError
        There is no such epoch.
    ValueError
        The epoch was not scored, or the network is in training mode.
    """
    if network.training:
        raise ValueError("the network is in training mode")
    if not 0 <= epoch < len(epochs):
        raise IndexError(f"epoch {epoch} is outside the {len(epochs)} epochs")
    if not np.isfinite(features[epoch]).all():
        raise ValueError(f"epoch {epoch} was not scored")
    first, stop = _sequence_around(features, epoch, network.config.sequence_length)
    versions = epoch_features(network, _versions(epochs[epoch]))  # (v, 2, d)
    context = torch.tensor(features[first:stop], device=versions.device)  # (l, 2, d)
    odds = _log_odds(network, versions, context, epoch - first, stage, rival).cpu().numpy()
    return np.asarray(odds[0] - odds[1:].reshape(len(_STAND_INS_S), -1).mean(axis=0), np.float32)


def _sequence_around(features: npt.NDArray[np.float32], epoch: int, length: int) -> tuple[int, int]:
    """Half-open range of a sequence that contains the epoch and crosses no gap."""
    gaps = np.flatnonzero(~np.isfinite(features).all(axis=(1, 2)))
    n_before = int(np.searchsorted(gaps, epoch))
    run_first = int(gaps[n_before - 1]) + 1 if n_before else 0
    run_stop = int(gaps[n_before]) if n_before < gaps.size else len(features)
    first = min(max(epoch - length // 2, run_first), max(run_stop - length, run_first))
    return first, min(first + length, run_stop)


def _versions(signal: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Build the epoch as it is, then with each second replaced, for each stand-in."""
    n_pieces = N_TIMES // _PIECE_TIMES
    ramp = np.arange(1, _RAMP_TIMES + 1, dtype=np.float32) / (_RAMP_TIMES + 1)
    fade = np.ones(_PIECE_TIMES, np.float32)
    fade[:_RAMP_TIMES], fade[-_RAMP_TIMES:] = ramp, ramp[::-1]
    versions = np.tile(signal, (1 + len(_STAND_INS_S) * n_pieces, 1))
    for place, stand_in_s in enumerate(_STAND_INS_S):
        shifted = np.roll(signal, -round(stand_in_s * SFREQ_HZ))
        for piece in range(n_pieces):
            hidden = slice(piece * _PIECE_TIMES, (piece + 1) * _PIECE_TIMES)
            row = versions[1 + place * n_pieces + piece]
            row[hidden] += fade * (shifted[hidden] - signal[hidden])
    return versions


@torch.inference_mode()
def _log_odds(
    network: MC2SleepNet,
    versions: Tensor,
    context: Tensor,
    position: int,
    stage: int,
    rival: int | None,
) -> Tensor:
    """Log-odds of the stage for each version of the epoch in its sequence, shape (v,)."""
    sequences = context.repeat(len(versions), 1, 1, 1)  # (v, l, 2, d)
    sequences[:, position] = versions
    logits = network.sequence_model(sequences).joint[:, position]  # (v, 5)
    log_probabilities = F.log_softmax(logits, dim=-1)
    others = [rival] if rival is not None else [s for s in range(logits.shape[1]) if s != stage]
    against = log_probabilities[:, others].logsumexp(dim=-1)
    return log_probabilities[:, stage] - against
