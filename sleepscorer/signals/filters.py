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
_GAINS_AT_ONCE = 2**16
_LONG = 2**20  # samples
_MOST_LONG = 6  # as many as are asked for again and again of hours; each takes tens of megabytes


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


def _power_gain(
    band: Band | None, notch_hz: float | None, sfreq: float, n_times: int
) -> npt.NDArray[np.float32]:
    known = _gain_of_page if n_times < _LONG else _gain_of_hours
    return known(band, notch_hz, sfreq, n_times)


def _new_gain(
    band: Band | None, notch_hz: float | None, sfreq: float, n_times: int
) -> npt.NDArray[np.float32]:
    """Gain of both runs together at the frequencies of a spectrum, shape (n_times // 2 + 1,)."""
    gain = np.empty(n_times // 2 + 1, np.float32)
    # For each frequency, a response takes a hundred bytes on its way: half a gigabyte for hours.
    for first in range(0, gain.size, _GAINS_AT_ONCE):
        places = np.arange(first, min(first + _GAINS_AT_ONCE, gain.size))
        gain[places] = _gain_at(places * sfreq / n_times, band, notch_hz, sfreq)
    return gain


_gain_of_page = lru_cache(maxsize=64)(_new_gain)
_gain_of_hours = lru_cache(maxsize=_MOST_LONG)(_new_gain)


def _gain_at(
    frequencies_hz: npt.NDArray[np.float64],
    band: Band | None,
    notch_hz: float | None,
    sfreq: float,
) -> npt.NDArray[np.float64]:
    gain = np.ones(frequencies_hz.size)
    if band is not None:
        sections = _butterworth(band, sfreq)
        if sections is not None:
            response = scipy.signal.freqz_sos(sections, frequencies_hz, fs=sfreq)[1]
            gain *= np.abs(response) ** 2
    if notch_hz is not None:
        numerator, denominator = scipy.signal.iirnotch(notch_hz, _NOTCH_QUALITY, fs=sfreq)
        response = scipy.signal.freqz(numerator, denominator, frequencies_hz, fs=sfreq)[1]
        gain *= np.abs(response) ** 2
    return gain


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
    # Takes no memory.
    if values.size and math.isfinite(values.min()) and math.isfinite(values.max()):
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


class DownsampledSignal:
    """A derivation of a whole recording as :func:`downsampled` would give it, read as it is asked.

    Three days at their full rate take more memory than what is kept, and all that is kept more than
    what is looked at at once.

    Parameters
    ----------
    recording, derivation
        What is read.
    least_hz
        The new rate is the lowest whole part of the old one that is not below this.

    Attributes
    ----------
    sfreq
        The new rate in Hz.
    size
        Number of samples.
    """

    def __init__(self, recording: Recording, derivation: Derivation, least_hz: float) -> None:
        self._recording, self._derivation = recording, derivation
        self._full_hz = recording.channel(derivation.anode).sfreq
        self._factor = max(int(self._full_hz // least_hz), 1)
        self.sfreq = self._full_hz if self._factor == 1 else _part_of(self._full_hz, self._factor)
        self.size = math.ceil(round(recording.duration_s * self._full_hz) / self._factor)

    def __getitem__(self, part: slice) -> npt.NDArray[np.float32]:
        """Read a part, with its start and stop; raise RecordingError where that can't be done."""
        start, stop, _ = part.indices(self.size)
        if self._factor == 1:
            return self._read(start, stop)
        factor, margin = self._factor, _HALF_LENGTH * self._factor
        step = max(round(_READ_AT_ONCE_S * self._full_hz / factor), 1)
        values = np.full(stop - start, np.nan, np.float32)
        # Always cut at the same places: a sample is the same whatever is read with it.
        for first in range(start - start % step, stop, step):
            before = min(first * factor, margin)
            read = self._read(first * factor - before, (first + step) * factor + margin)
            own = _reduced(read, factor)[before // factor :][:step]
            low, high = max(first, start), min(first + own.size, stop)
            values[low - start : high - start] = own[low - first : high - first]
        return values

    def _read(self, first: int, stop: int) -> npt.NDArray[np.float32]:
        span_s = first / self._full_hz, stop / self._full_hz
        return self._recording.read_derivation(self._derivation, *span_s)


def read_downsampled(
    recording: Recording, derivation: Derivation, least_hz: float
) -> tuple[npt.NDArray[np.float32], float]:
    """Read a derivation from beginning to end as :func:`downsampled` would give it.

    Raises
    ------
    RecordingError
        It can't be read.
    """
    signal = DownsampledSignal(recording, derivation, least_hz)
    return signal[:], signal.sfreq


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
