"""Which rhythm rules each second of the EEG, and how tense the muscles are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # which loads its parts at their first use: after the window is on the screen

from sleepscorer.domain.channels import ChannelKind, Derivation
from sleepscorer.domain.montage import AASM_BANDS, Band
from sleepscorer.domain.recording import Recording
from sleepscorer.signals.events.runs import Float32, check_signal, parts_of
from sleepscorer.signals.filters import DownsampledSignal, filter_traces

THETA_HZ = (4.0, 8.0)
ALPHA_HZ = (8.0, 13.0)
_ALL_HZ = (4.0, 30.0)
_MUSCLE_HZ = 200.0
_WINDOW_S = 2.0
_RULES = 0.5
_WINDOWS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Rhythms:
    """Share of the power at 4-30 Hz that theta and alpha have around each second.

    Attributes
    ----------
    theta, alpha
        4-8 Hz and 8-13 Hz, 0 to 1, shape (n_seconds,); NaN where a gap is near.
    """

    theta: npt.NDArray[np.float32]
    alpha: npt.NDArray[np.float32]

    @property
    def theta_rules(self) -> npt.NDArray[np.bool_]:
        """Seconds in which theta has more than half of the power; False near gaps."""
        return np.asarray(self.theta > _RULES)

    @property
    def alpha_rules(self) -> npt.NDArray[np.bool_]:
        """Seconds in which alpha has more than half of the power; False near gaps."""
        return np.asarray(self.alpha > _RULES)


def rhythms(values: Float32, sfreq: float) -> Rhythms:
    """Measure theta and alpha in each second.

    Spectra of 2 s around the middle of each second (Hann window). The AASM Manual has alpha at
    8-13 Hz and theta at 4-7.99 Hz and leaves it to the eye whether a rhythm is there; that it has
    more than half of the power at 4-30 Hz is this program's reading.

    Parameters
    ----------
    values
        Shape (n_times,), µV, EEG; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least 64.

    Raises
    ------
    ValueError
        The sampling rate is below 64 Hz, or the values are not of one signal.
    """
    check_signal(values, sfreq)
    n_seconds = int(values.size / sfreq + 1e-6)
    length = round(_WINDOW_S * sfreq)
    if values.size < length:
        nothing = np.full(n_seconds, np.nan, np.float32)
        return Rhythms(nothing, nothing)
    starts = np.round((np.arange(n_seconds) + 0.5) * sfreq - length / 2).astype(np.int64)
    starts = starts.clip(0, values.size - length)
    frequencies_hz = np.fft.rfftfreq(length, 1 / sfreq)
    taper = scipy.signal.windows.hann(length, sym=False).astype(np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(values, length)
    shares = np.empty((2, n_seconds), np.float32)
    for first in range(0, n_seconds, _WINDOWS_AT_ONCE):
        chosen = slice(first, first + _WINDOWS_AT_ONCE)
        power = np.abs(scipy.fft.rfft(windows[starts[chosen]] * taper)) ** 2
        total, theta, alpha = (
            power[:, (frequencies_hz >= low_hz) & (frequencies_hz < high_hz)].sum(axis=1)
            for low_hz, high_hz in (_ALL_HZ, THETA_HZ, ALPHA_HZ)
        )
        with np.errstate(invalid="ignore"):  # 0 / 0 of a flat signal: no rhythm
            shares[:, chosen] = np.stack((theta, alpha)) / total
    return Rhythms(shares[0], shares[1])


def muscle_level(values: Float32, sfreq: float) -> npt.NDArray[np.float32]:
    """Root mean square of the EMG above 10 Hz in each second.

    Parameters
    ----------
    values
        Shape (n_times,), µV, chin EMG; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least 64.

    Returns
    -------
    level_uv
        Shape (n_seconds,); NaN where a gap is.

    Raises
    ------
    ValueError
        The sampling rate is below 64 Hz, or the values are not of one signal.
    """
    check_signal(values, sfreq)
    return _muscle_level(values, sfreq)


def read_muscle_level(recording: Recording, derivation: Derivation) -> npt.NDArray[np.float32]:
    """Read a chin EMG, part by part, and find its `muscle_level`.

    Raises
    ------
    RecordingError
        It can't be read.
    ValueError
        Its sampling rate is below 64 Hz.
    """
    signal = DownsampledSignal(recording, derivation, _MUSCLE_HZ)
    check_signal(signal[:0], signal.sfreq)
    return _muscle_level(signal, signal.sfreq)


def _muscle_level(values: Float32 | DownsampledSignal, sfreq: float) -> npt.NDArray[np.float32]:
    band = AASM_BANDS[ChannelKind.EMG]
    tense = Band(band.low_hz, math.inf)
    n_seconds = int(values.size / sfreq + 1e-6)
    edges = np.round(np.arange(n_seconds + 1) * sfreq).astype(np.int64)
    sums = np.empty(n_seconds, np.float32)
    for part, own in parts_of(0, values.size, sfreq):
        first, last = np.searchsorted(edges, (own.start, own.stop)).clip(0, n_seconds)
        if first == last:
            continue
        filtered = filter_traces(values[part][np.newaxis], sfreq, tense)[0]
        squares = filtered[own.start - part.start : edges[last] - part.start] ** 2
        sums[first:last] = np.add.reduceat(squares, edges[first:last] - own.start)
    return np.sqrt(sums / np.diff(edges)).astype(np.float32)
