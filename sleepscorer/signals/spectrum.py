"""The spectrum of a short stretch of a signal."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_WINDOW_S = 4.0
LEAST_SPECTRUM_S = 1.0
"""Seconds without a gap that a spectrum needs at least."""


def amplitude_spectrum(
    values: npt.NDArray[np.float32], sfreq: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Estimate how much of each frequency there is, by Welch's method.

    Windows of four seconds (or of all there is) overlap by half and are tapered by Hann's window;
    those with a gap are left out.

    Parameters
    ----------
    values
        Shape (n_times,); NaN in gaps.
    sfreq
        Their rate in Hz.

    Returns
    -------
    frequencies_hz, amplitudes
        Shape (n,) each, the second in units of the signal per √Hz; empty where the stretch is
        shorter than `LEAST_SPECTRUM_S` without a gap.
    """
    n_window = min(round(_WINDOW_S * sfreq), values.size)
    step = max(n_window // 2, 1)
    if n_window < max(LEAST_SPECTRUM_S * sfreq, 2):
        return np.empty(0), np.empty(0)
    starts = range(0, values.size - n_window + 1, step)
    windows = np.stack([values[start : start + n_window] for start in starts]).astype(np.float64)
    windows = windows[np.isfinite(windows).all(axis=1)]
    if not windows.size:
        return np.empty(0), np.empty(0)
    taper = np.hanning(n_window + 1)[:-1]
    tapered = (windows - windows.mean(axis=1, keepdims=True)) * taper
    power = np.square(np.abs(np.fft.rfft(tapered, axis=1))).mean(axis=0)
    power *= 2 / (sfreq * np.square(taper).sum())
    frequencies_hz = np.asarray(np.fft.rfftfreq(n_window, 1 / sfreq), np.float64)
    return frequencies_hz, np.asarray(np.sqrt(power), np.float64)
