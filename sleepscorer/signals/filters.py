"""Filters, for the traces on screen and before an analysis."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy  # which loads its parts at their first use: after the window is on the screen

from sleepscorer.domain.channels import ChannelKind, Derivation
from sleepscorer.domain.montage import Band
from sleepscorer.domain.recording import Recording

NOTCHED_KINDS = (ChannelKind.EEG, ChannelKind.EOG, ChannelKind.EMG, ChannelKind.ECG)
"""What the mains are picked up by."""

_ORDER = 2
_NOTCH_QUALITY = 30.0  # of 50 Hz, 1.7 Hz are taken away
_NOTCH_SETTLING_S = 1.0
_HALF_LENGTH = 10  # of the anti-alias filter, in samples of the new rate
_READ_AT_ONCE_S = 1800.0


def settling_s(band: Band | None, notch_hz: float | None = None) -> float:
    """Seconds to read beyond either side of a page so that its edges are filtered right."""
    low_s = 0.0 if band is None or band.low_hz == 0 else min(3.0 / band.low_hz, 30.0)
    high_s = 0.0 if band is None or math.isinf(band.high_hz) else 3.0 / band.high_hz
    return max(low_s, high_s, _NOTCH_SETTLING_S if notch_hz else 0.0)


def filter_traces(
    values: npt.NDArray[np.float32], sfreq: float, band: Band | None, notch_hz: float | None = None
) -> npt.NDArray[np.float32]:
    """Filter without phase shift, as a Butterworth filter run forwards and backwards does.

    The filter is applied to the spectrum, all signals at once: a third of the time that the
    recursive form takes. An edge at or above the Nyquist frequency is left out; a band that lies
    wholly above it leaves the signal as it is.

    Parameters
    ----------
    values
        Shape (n_signals, n_times); NaN marks gaps, and each stretch between them is filtered by
        itself.
    sfreq
        Sampling rate in Hz.
    band
        Pass band; None to let everything pass.
    notch_hz
        Frequency of the mains, to be taken away; None to leave it.

    Returns
    -------
    filtered
        Shape (n_signals, n_times), NaN where the input is.
    """
    nyquist_hz = sfreq / 2
    if band is not None and band.low_hz >= nyquist_hz:
        band = None
    if notch_hz is not None and notch_hz >= nyquist_hz:
        notch_hz = None
    if (band is None and notch_hz is None) or values.size == 0:
        return values
    if np.isfinite(values).all():
        return _without_phase_shift(values, sfreq, band, notch_hz)
    filtered = np.full_like(values, np.nan)
    for row, signal in enumerate(values):
        for first, stop in finite_runs(signal):
            run = signal[np.newaxis, first:stop]
            filtered[row, first:stop] = _without_phase_shift(run, sfreq, band, notch_hz)[0]
    return filtered


def _without_phase_shift(
    values: npt.NDArray[np.float32], sfreq: float, band: Band | None, notch_hz: float | None
) -> npt.NDArray[np.float32]:
    n_times = values.shape[1]
    margin = min(n_times - 1, math.ceil(settling_s(band, notch_hz) * sfreq / 3))
    n_padded = scipy.fft.next_fast_len(n_times + 2 * margin, real=True)
    # An offset would leave a transient at the edges; the ends are reflected through a point.
    middle = values.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)
    padded = np.zeros((len(values), n_padded), np.float32)
    inside = padded[:, margin : margin + n_times]
    np.subtract(values, middle, out=inside)
    if margin:
        before, after = inside[:, margin:0:-1], inside[:, -2 : -margin - 2 : -1]
        padded[:, :margin] = 2 * inside[:, :1] - before
        padded[:, margin + n_times : 2 * margin + n_times] = 2 * inside[:, -1:] - after
    spectrum = scipy.fft.rfft(padded)
    spectrum *= _power_gain(band, notch_hz, sfreq, n_padded)
    filtered = scipy.fft.irfft(spectrum, n_padded)[:, margin : margin + n_times]
    if band is None or band.low_hz == 0:
        filtered += middle
    return np.asarray(filtered, np.float32)


@lru_cache(maxsize=64)
def _power_gain(
    band: Band | None, notch_hz: float | None, sfreq: float, n_times: int
) -> npt.NDArray[np.float32]:
    """Gain of both runs together at the frequencies of a spectrum, shape (n_times // 2 + 1,)."""
    gain = np.ones(n_times // 2 + 1)
    frequencies_hz = np.arange(gain.size) * sfreq / n_times
    if band is not None:
        sections = _butterworth(band, sfreq)
        if sections is not None:
            response = scipy.signal.freqz_sos(sections, frequencies_hz, fs=sfreq)[1]
            gain *= np.abs(response) ** 2
    if notch_hz is not None:
        numerator, denominator = scipy.signal.iirnotch(notch_hz, _NOTCH_QUALITY, fs=sfreq)
        response = scipy.signal.freqz(numerator, denominator, frequencies_hz, fs=sfreq)[1]
        gain *= np.abs(response) ** 2
    return gain.astype(np.float32)


def _butterworth(band: Band, sfreq: float) -> npt.NDArray[np.float64] | None:
    has_low, has_high = band.low_hz > 0, band.high_hz < sfreq / 2
    if has_low and has_high:
        edges_hz = (band.low_hz, band.high_hz)
        return scipy.signal.butter(_ORDER, edges_hz, "bandpass", fs=sfreq, output="sos")
    if has_low:
        return scipy.signal.butter(_ORDER, band.low_hz, "highpass", fs=sfreq, output="sos")
    if has_high:
        return scipy.signal.butter(_ORDER, band.high_hz, "lowpass", fs=sfreq, output="sos")
    return None


def finite_runs(values: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """Half-open ranges of the samples between gaps (or values that are not finite)."""
    if values.size and np.isfinite((values.min(), values.max())).all():  # takes no memory
        return [(0, values.size)]
    finite = np.concatenate(([False], np.isfinite(values), [False]))
    edges = np.flatnonzero(finite[1:] != finite[:-1])
    return [(int(first), int(stop)) for first, stop in zip(edges[::2], edges[1::2], strict=True)]


def downsampled(
    values: npt.NDArray[np.float32], sfreq: float, least_hz: float
) -> tuple[npt.NDArray[np.float32], float]:
    """Keep every n-th sample of a signal behind an anti-alias filter.

    Parameters
    ----------
    values
        Shape (n_times,); NaN marks gaps.
    sfreq
        Sampling rate in Hz.
    least_hz
        The new rate is the lowest whole part of the old one that is not below this.

    Returns
    -------
    reduced, sfreq
        The signal, its first sample at the same time, and its rate.
    """
    factor = int(sfreq // least_hz)
    if factor < 2:
        return values, sfreq
    return _reduced(values, factor), _part_of(sfreq, factor)


def read_downsampled(
    recording: Recording, derivation: Derivation, least_hz: float
) -> tuple[npt.NDArray[np.float32], float]:
    """Read a derivation from beginning to end as :func:`downsampled` would give it.

    It is read part by part: three days at their full rate take more memory than what is kept.

    Raises
    ------
    RecordingError
        It can't be read.
    """
    sfreq = recording.channel(derivation.anode).sfreq
    factor = int(sfreq // least_hz)
    if factor < 2:
        return recording.read_derivation(derivation, 0.0, recording.duration_s), sfreq
    margin = _HALF_LENGTH * factor
    step = max(round(_READ_AT_ONCE_S * sfreq / factor), 1) * factor
    reduced = np.empty(math.ceil(recording.duration_s * sfreq / factor) + 1, np.float32)
    n_reduced = 0
    for first in range(0, math.ceil(recording.duration_s * sfreq), step):
        before = min(first, margin)
        part = recording.read_derivation(
            derivation, (first - before) / sfreq, (first + step + margin) / sfreq
        )
        own = _reduced(part, factor)[before // factor :][: step // factor]
        reduced[n_reduced : n_reduced + own.size] = own
        n_reduced += own.size
    return reduced[:n_reduced], _part_of(sfreq, factor)


def _part_of(sfreq: float, factor: int) -> float:
    return float(Fraction(sfreq).limit_denominator(1000) / factor)


def _reduced(values: npt.NDArray[np.float32], factor: int) -> npt.NDArray[np.float32]:
    gaps = np.isnan(values)
    filled = np.where(gaps, np.float32(0), values)
    # What resample_poly designs by itself. There scipy asks whether something is torch's, and fails
    # while another thread imports that.
    low_pass = np.sinc(np.arange(-_HALF_LENGTH * factor, _HALF_LENGTH * factor + 1) / factor)
    low_pass *= np.kaiser(low_pass.size, 5.0)
    low_pass = (low_pass / low_pass.sum()).astype(np.float32)
    reduced = scipy.signal.resample_poly(filled, 1, factor, window=low_pass)
    if gaps.any():
        reduced[gaps[::factor]] = np.nan
    return np.asarray(reduced)
