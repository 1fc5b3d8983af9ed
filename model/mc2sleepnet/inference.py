"""Scoring of whole recordings.

Legend of the shape comments: n epochs of the recording, b sequences of the batch, l epochs in
a sequence, d width of an embedding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.preprocessing import N_TIMES
from model.shared.precision import Precision, autocast
from model.shared.windows import check_runs

Progress = Callable[[float], None]
Head = Literal["signal", "spectrogram", "joint"]
"""The heads of the sequence model; the joint one scores recordings."""

_FEATURES_SHARE = 0.8  # of the time a night takes; the sequence model takes the rest

_AT_ONCE = 32
_EPOCHS_AT_ONCE_ON_CPU = 8
"""A tenth less time than 32, as more of it stays in the caches, and 90 MiB less at its peak."""

STRIDE_EPOCHS = 3
"""Between the sequences whose words are averaged: each epoch is seen by seven instead of 21.

On 6300 epochs of 18 nights 0.4 % of the stages are others than with every sequence, accuracy
(84.4 %), κ (0.786) and cross-entropy (0.419) the same, for a third of the time; with every seventh
sequence 1.4 % of the stages are others and the cross-entropy rises to 0.422.
"""


def _ignore(_fraction: float) -> None:
    """Stand in for a caller that does not follow the progress."""


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What the network makes of every epoch; rows outside all runs are NaN.

    Attributes
    ----------
    probabilities
        In class order W N1 N2 N3 R, shape (n, 5), float32.
    features
        Signal and spectrogram features of each epoch by itself, shape (n, 2, d), float32.
    """

    probabilities: npt.NDArray[np.float32]
    features: npt.NDArray[np.float32]


def predict(
    network: MC2SleepNet,
    epochs: npt.NDArray[np.float32],
    *,
    runs: Sequence[tuple[int, int]] | None = None,
    device: torch.device | str | None = None,
    batch_size: int | None = None,
    precision: Precision = "automatic",
    progress: Progress | None = None,
) -> npt.NDArray[np.float32]:
    """Compute the stage probabilities alone, shape (n, 5): see :func:`predict_with_features`."""
    return predict_with_features(
        network,
        epochs,
        runs=runs,
        device=device,
        batch_size=batch_size,
        precision=precision,
        progress=progress,
    ).probabilities


def predict_with_features(
    network: MC2SleepNet,
    epochs: npt.NDArray[np.float32],
    *,
    runs: Sequence[tuple[int, int]] | None = None,
    device: torch.device | str | None = None,
    batch_size: int | None = None,
    precision: Precision = "automatic",
    progress: Progress | None = None,
) -> Prediction:
    """Compute the stage probabilities of every epoch of a recording, and keep its features.

    The features of each epoch are computed once; the sequence model then slides over them, and the
    log-probabilities that an epoch received at its positions are averaged: see
    :func:`fuse_sequences`.

    Parameters
    ----------
    network
        In evaluation mode.
    epochs
        Prepared by :mod:`model.mc2sleepnet.preprocessing`, shape (n, 3000), µV at 100 Hz.
    runs
        Half-open ranges of consecutive epochs, ascending and disjoint; sequences never cross
        from one into the next. Everything by default.
    device
        Where to compute; the network is moved there. Where the network is by default.
    batch_size
        Epochs, and sequences, computed at once, if not as many as suit the device. Does not change
        the result.
    precision
        Of the features. On 1270 epochs of two recordings bfloat16, imitated, gives each the same
        stage (weights 8) and changes no probability by more than 0.004.
    progress
        Called with the fraction done, 0 to 1; may raise to cancel.

    Raises
    ------
    ValueError
        If the network is in training mode, shapes or runs are not as described, or an epoch
        inside a run holds values that are not finite.
    """
    if network.training:
        raise ValueError("the network is in training mode")
    if epochs.ndim != 2 or epochs.shape[1] != N_TIMES:
        raise ValueError(f"expected epochs of shape (n, {N_TIMES}), got {epochs.shape}")
    if batch_size is not None and batch_size < 1:
        raise ValueError(f"batch_size must be positive, not {batch_size}")
    runs = [(0, len(epochs))] if runs is None else list(runs)
    check_runs(runs, len(epochs))
    report = progress or _ignore
    if device is not None:
        network.to(device)

    probabilities = np.full((len(epochs), network.config.n_stages), np.nan, dtype=np.float32)
    all_features = np.full((len(epochs), 2, network.config.d_model), np.nan, dtype=np.float32)
    n_scored = sum(stop - start for start, stop in runs)
    n_done = 0
    report(0.0)
    for start, stop in runs:
        if start == stop:
            continue
        first, share = n_done / n_scored, (stop - start) / n_scored
        between = first + share * _FEATURES_SHARE
        features = epoch_features(
            network,
            epochs[start:stop],
            batch_size=batch_size,
            precision=precision,
            progress=_part(report, first, between),
        )
        log_probabilities = fuse_sequences(
            network,
            features,
            batch_size=batch_size or _AT_ONCE,
            progress=_part(report, between, first + share),
        )
        calibrated = (log_probabilities / network.temperature).softmax(dim=-1)
        probabilities[start:stop] = calibrated.cpu().numpy()
        all_features[start:stop] = features.cpu().numpy()
        n_done += stop - start
    report(1.0)
    return Prediction(probabilities, all_features)


def _part(report: Progress, first: float, last: float) -> Progress:
    """Map the progress of a part of the work to that of the whole."""
    return lambda fraction: report(first + (last - first) * fraction)


@torch.inference_mode()
def epoch_features(
    network: MC2SleepNet,
    epochs: npt.NDArray[np.float32],
    *,
    batch_size: int | None = None,
    precision: Precision = "float32",
    progress: Progress | None = None,
) -> Tensor:
    """Compute the features of each epoch, on the network's device.

    Parameters
    ----------
    network
        In evaluation mode.
    epochs
        Shape (n, 3000), µV.
    batch_size
        Epochs computed at once, if not as many as suit the device.
    precision
        That the layers compute in.
    progress
        Called with the fraction done.

    Returns
    -------
    Tensor
        Shape (n, 2, d), float32.

    Raises
    ------
    ValueError
        If a value is not finite: it would spoil up to 20 epochs on either side.
    """
    report = progress or _ignore
    device = _device_of(network)
    if batch_size is None:
        batch_size = _EPOCHS_AT_ONCE_ON_CPU if device.type == "cpu" else _AT_ONCE
    features = torch.empty(len(epochs), 2, network.config.d_model, device=device)
    for start in range(0, len(epochs), batch_size):
        batch = np.ascontiguousarray(epochs[start : start + batch_size], dtype=np.float32)
        if not np.isfinite(batch).all():
            raise ValueError(f"values that are not finite at or after epoch {start}")
        stop = start + len(batch)
        with autocast(device, precision):
            features[start:stop] = network.epoch_model(torch.tensor(batch, device=device))
        report(stop / len(epochs))
    return features


@torch.inference_mode()
def fuse_sequences(
    network: MC2SleepNet,
    features: Tensor,
    *,
    head: Head = "joint",
    stride: int = STRIDE_EPOCHS,
    batch_size: int = _AT_ONCE,
    progress: Progress | None = None,
) -> Tensor:
    """Slide the sequence model over a run and average what it says about each epoch.

    SleepTransformer (Phan et al., 2022) sums the log-probabilities of all sequences that
    contain an epoch. Here the sum is divided by their number: the stage chosen is the same,
    but an epoch in the middle, seen many times, and one at the edge, seen once, get
    probabilities of the same sharpness, so that one temperature calibrates both.

    Parameters
    ----------
    network
        In evaluation mode.
    features
        Of consecutive epochs, shape (n, 2, d), n at least 1. A run shorter than the
        sequence length is one shorter sequence.
    head
        Which of the three heads is asked.
    stride
        Epochs from the start of one sequence to that of the next, from 1 to the sequence length;
        the last sequence ends with the run in any case.
    batch_size
        Sequences computed at once.
    progress
        Called with the fraction done.

    Returns
    -------
    Tensor
        Mean log-probabilities, shape (n, 5).
    """
    report = progress or _ignore
    n_epochs = len(features)
    length = min(network.config.sequence_length, n_epochs)
    last = n_epochs - length
    step = min(stride, length)  # else short sequences would leave epochs out
    starts = torch.tensor([*range(0, last, step), last], device=features.device)
    positions = torch.arange(length, device=features.device)
    total = features.new_zeros(n_epochs, network.config.n_stages)
    n_seen = features.new_zeros(n_epochs, 1)
    for first in range(0, len(starts), batch_size):
        rows = starts[first : first + batch_size, None] + positions  # (b, l)
        logits: Tensor = getattr(network.sequence_model(features[rows]), head)
        log_probabilities = F.log_softmax(logits, dim=-1)  # (b, l, 5)
        for position in range(length):  # at one position no epoch stands twice
            total[rows[:, position]] += log_probabilities[:, position]
            n_seen[rows[:, position]] += 1
        report(min(first + batch_size, len(starts)) / len(starts))
    return total / n_seen


def fuse_runs(
    network: MC2SleepNet,
    features: Tensor,
    runs: Sequence[tuple[int, int]],
    *,
    head: Head = "joint",
) -> Tensor:
    """Fuse each run by itself; rows outside all runs are NaN.

    Parameters
    ----------
    network
        In evaluation mode.
    features
        Of a whole night, shape (n, 2, d).
    runs
        Half-open ranges of consecutive epochs, ascending and disjoint.
    head
        Which of the three heads is asked.

    Returns
    -------
    Tensor
        Mean log-probabilities, shape (n, 5).
    """
    fused = features.new_full((len(features), network.config.n_stages), torch.nan)
    for start, stop in runs:
        if start < stop:
            fused[start:stop] = fuse_sequences(network, features[start:stop], head=head)
    return fused


@torch.inference_mode()
def probabilities_of_features(
    network: MC2SleepNet,
    features: npt.NDArray[np.float32],
    runs: Sequence[tuple[int, int]],
) -> npt.NDArray[np.float32]:
    """Compute the stage probabilities, shape (n, 5), that features (n, 2, d) lead to.

    They are those of :func:`predict_with_features`; rows outside all runs are NaN.

    Raises
    ------
    ValueError
        If the network is in training mode, or shapes or runs are not as described.
    """
    if network.training:
        raise ValueError("the network is in training mode")
    if features.shape[1:] != (2, network.config.d_model):
        raise ValueError(f"expected features of shape (n, 2, d), got {features.shape}")
    check_runs(runs, len(features))
    tensor = torch.tensor(features, device=_device_of(network))
    said = fuse_runs(network, tensor, runs)
    return (said / network.temperature).softmax(dim=-1).cpu().numpy()


def _device_of(network: MC2SleepNet) -> torch.device:
    return next(network.parameters()).device
