"""The whole night's multitaper spectrogram."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # which loads its parts at their first use: after the window is on the screen

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.recording import Recording
from sleepscorer.signals.filters import downsampled, read_downsampled

WINDOW_S = 30.0
STEP_S = 10.0
_TIME_HALF_BANDWIDTH = 7.5
_N_TAPERS = 14
_HIGHEST_HZ = 30.0
_BIN_HZ = 0.2  # a whole number of the 1/30 Hz that a window resolves
_ANALYSIS_HZ = 80.0
_FLOOR = 1e-6  # µV²/Hz, below any amplifier's noise; keeps a flat signal finite
_WINDOWS_AT_ONCE = 64


@dataclass(frozen=True, slots=True, eq=False)
class Spectrogram:
    """Power over time and frequency.

    Attributes
    ----------
    power_db
        Shape (n_frequencies, n_windows), float32, dB relative to 1 µV²/Hz; NaN in gaps.
    start_s
        Time of the left edge of the first column.
    step_s
        Width of a column in seconds.
    bin_hz
        Height of a row in Hz; the first row begins at 0 Hz.
    """

    power_db: npt.NDArray[np.float32]
    start_s: float
    step_s: float
    bin_hz: float

    @property
    def stop_s(self) -> float:
        """Time of the right edge of the last column."""
        return self.start_s + float(self.power_db.shape[1]) * self.step_s

    @property
    def highest_hz(self) -> float:
        """Upper edge of the last row."""
        return float(self.power_db.shape[0]) * self.bin_hz


def read_spectrogram(
    recording: Recording,
    derivation: Derivation,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> Spectrogram:
    """Estimate the spectrogram of a derivation of a whole recording.

    Raises
    ------
    RecordingError
        It can't be read.
    """
    values, sfreq = read_downsampled(recording, derivation, _ANALYSIS_HZ)
    return multitaper_spectrogram(values, sfreq, progress=progress)


def multitaper_spectrogram(
    values: npt.NDArray[np.float32],
    sfreq: float,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> Spectrogram:
    """Estimate the spectrogram with Slepian tapers.

    Windows of 30 s every 10 s, time-half-bandwidth 7.5 (resolution 0.5 Hz), 14 tapers, in the
    manner of Prerau et al. 2017 (https://doi.org/10.1152/physiol.00062.2015).

    Parameters
    ----------
    values
        Shape (n_times,), µV; NaN marks gaps.
    sfreq
        Sampling rate in Hz.
    progress
        Called with the fraction done; may raise to stop.

    Returns
    -------
    spectrogram
        0 to 30 Hz, or to the Nyquist frequency where that is lower.
    """
    values, sfreq = downsampled(values, sfreq, _ANALYSIS_HZ)
    n_window = round(WINDOW_S * sfreq)
    n_windows = max(int((values.size / sfreq - WINDOW_S) // STEP_S) + 1, 0)
    firsts = np.round(np.arange(n_windows) * STEP_S * sfreq).astype(np.int64)
    firsts = np.minimum(firsts, values.size - n_window)  # the last one may be rounded up
    bins_per_row = round(_BIN_HZ * WINDOW_S)
    n_bins = int(min(_HIGHEST_HZ, sfreq / 2) / _BIN_HZ + 1e-6)
    if n_window <= 2 * _TIME_HALF_BANDWIDTH:  # so slow a signal holds nothing that can be resolved
        nothing = np.full((max(n_bins, 1), n_windows), np.nan, np.float32)
        return Spectrogram(nothing, (WINDOW_S - STEP_S) / 2, STEP_S, _BIN_HZ)
    tapers = scipy.signal.windows.dpss(n_window, _TIME_HALF_BANDWIDTH, _N_TAPERS).astype(np.float32)
    power = np.empty((n_windows, n_bins), np.float32)
    within = np.arange(n_window)
    for start in range(0, n_windows, _WINDOWS_AT_ONCE):
        chosen = slice(start, start + _WINDOWS_AT_ONCE)
        windows = values[firsts[chosen, None] + within]
        windows = windows - windows.mean(axis=1, keepdims=True)
        spectrum = scipy.fft.rfft(windows[:, None, :] * tapers, axis=2)
        density = (np.abs(spectrum) ** 2).mean(axis=1) * (2 / sfreq)
        density = density[:, : n_bins * bins_per_row]
        power[chosen] = density.reshape(len(windows), n_bins, bins_per_row).mean(axis=2)
        progress(min((start + _WINDOWS_AT_ONCE) / n_windows, 1.0))
    power_db = 10 * np.log10(np.maximum(power.T, _FLOOR))
    # A column stands for the middle 10 s of its window.
    return Spectrogram(power_db, (WINDOW_S - STEP_S) / 2, STEP_S, _BIN_HZ)
