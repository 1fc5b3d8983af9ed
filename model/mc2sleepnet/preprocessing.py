"""The network's input: the one definition that training and application share.

A continuous stretch of one EEG derivation in µV becomes 100 Hz, 0.3-35 Hz, and is cut into
epochs of 30 s. Amplitudes are kept in µV: no scaling per recording, since amplitude itself
tells slow-wave sleep from lighter stages.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.network import InputChannel, InputSpec
from model.shared.filters import FloatArray, resample_and_filter

SFREQ_HZ = 100.0
EPOCH_S = 30.0
N_TIMES = 3000
BAND_HZ = (0.3, 35.0)
MIN_SFREQ_HZ = 40.0
"""Slowest recording accepted: below, the anti-alias filter removes spindles (up to 16 Hz)."""

N_FRAMES = 29
N_BINS = 129
SPECTROGRAM_FLOOR_UV = 2.0
"""Added to each magnitude before the logarithm.

Without it, bins that a recording's own low-pass or low sampling rate left empty come out at
-120 dB, values no other recording has.
"""

_FRAME = 200
_HOP = 100
_NFFT = 256

INPUT = InputSpec(
    channels=(InputChannel("EEG", BAND_HZ, MIN_SFREQ_HZ),), sfreq=SFREQ_HZ, epoch_s=EPOCH_S
)
"""What a recording is read for."""


def prepare_signal(signal_uv: FloatArray, sfreq: float) -> npt.NDArray[np.float32]:
    """Resample a continuous stretch to 100 Hz and band-pass it without phase shift.

    Output sample k lies at k / 100 s after the first input sample, whatever the input rate.

    Parameters
    ----------
    signal_uv
        One derivation in µV, shape (n_times,), without gaps.
    sfreq
        Its sampling rate in Hz, at least 40; need not be an integer.

    Returns
    -------
    ndarray of float32
        Signal in µV, shape (round(n_times * 100 / sfreq),).

    Raises
    ------
    ValueError
        If the signal is not one-dimensional, is shorter than two samples or contains values
        that are not finite, or if the rate is below 40 Hz.
    """
    prepared_uv = resample_and_filter(
        signal_uv,
        sfreq,
        wanted_sfreq=SFREQ_HZ,
        band_hz=BAND_HZ,
        least_sfreq=MIN_SFREQ_HZ,
    )
    return prepared_uv.astype(np.float32)


def cut_epochs(prepared_uv: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Cut a prepared signal into whole epochs; what remains at the end is left out.

    Parameters
    ----------
    prepared_uv
        Output of :func:`prepare_signal`, shape (n_times,).

    Returns
    -------
    ndarray of float32
        View of shape (n_times // 3000, 3000).
    """
    n_epochs = prepared_uv.size // N_TIMES
    return prepared_uv[: n_epochs * N_TIMES].reshape(n_epochs, N_TIMES)


def log_spectrogram(epochs: Tensor) -> Tensor:
    """Log-magnitude short-time spectrum of each epoch, time-major.

    Frames of 2 s every 1 s, Hamming window, 256-point FFT, no padding at the ends, as in
    SleepTransformer (Phan et al., 2022) and XSleepNet (Phan et al., 2021), with a floor of
    2 µV instead of none.

    Parameters
    ----------
    epochs
        Shape (b, 3000), µV at 100 Hz.

    Returns
    -------
    Tensor
        Shape (b, 29, 129), ``20 log10(|X| + 2)``; bin k lies at k · 100/256 Hz.
    """
    window = torch.hamming_window(_FRAME, periodic=False, dtype=epochs.dtype, device=epochs.device)
    frames = epochs.unfold(-1, _FRAME, _HOP) * window  # (b, 29, 200)
    magnitude = torch.fft.rfft(frames, n=_NFFT).abs()  # (b, 29, 129)
    return 20 * torch.log10(magnitude + SPECTROGRAM_FLOOR_UV)
