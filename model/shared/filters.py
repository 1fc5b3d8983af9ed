"""From a continuous stretch of a signal to what a network sees of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import signal as sps

FloatArray = npt.NDArray[np.floating[Any]]

_FILTER_ORDER = 4
_FILTER_PAD = 1000  # samples reflected at each end: three time constants of 0.3 Hz take 5 s
_MAX_DENOMINATOR = 10_000  # rate exact to 1e-8: under 0.3 ms of drift in 8 h


def resample_and_filter(
    samples: FloatArray,
    sfreq: float,
    *,
    wanted_sfreq: float,
    band_hz: tuple[float, float],
    least_sfreq: float,
) -> npt.NDArray[np.float32]:
    """Resample a continuous stretch and band-pass it without phase shift.

    Output sample k lies at ``k / wanted_sfreq`` seconds after the first input sample, whatever the
    input rate.

    Parameters
    ----------
    samples
        Shape (n_times,), without gaps.
    sfreq
        Its sampling rate in Hz; need not be an integer.
    wanted_sfreq
        Rate of the result in Hz.
    band_hz
        Lower and upper corner of the filter.
    least_sfreq
        Slowest rate accepted.

    Returns
    -------
    ndarray of float32
        In the unit of the input, shape (round(n_times * wanted_sfreq / sfreq),).

    Raises
    ------
    ValueError
        If the signal is not one-dimensional, is shorter than two samples or contains values
        that are not finite, or if the rate is below the slowest one.
    """
    samples = np.asarray(samples, dtype=np.float64)
    if samples.ndim != 1 or samples.size < 2:
        raise ValueError(f"expected a signal of shape (n_times,), got {samples.shape}")
    if not np.isfinite(sfreq) or sfreq < least_sfreq:
        raise ValueError(f"a sampling rate of {sfreq} Hz is below {least_sfreq:g} Hz")
    if not np.isfinite(samples).all():
        raise ValueError("the signal contains values that are not finite")
    n_times = round(samples.size * wanted_sfreq / sfreq)
    ratio = Fraction(wanted_sfreq / sfreq).limit_denominator(_MAX_DENOMINATOR)
    if ratio != 1:
        # The line through both ends is kept out of the filter: an offset would ring at the edges.
        samples = sps.resample_poly(samples, ratio.numerator, ratio.denominator, padtype="line")
    sections = sps.butter(_FILTER_ORDER, band_hz, btype="bandpass", fs=wanted_sfreq, output="sos")
    filtered = sps.sosfiltfilt(sections, samples, padlen=min(_FILTER_PAD, samples.size - 1))
    return filtered[:n_times].astype(np.float32)
