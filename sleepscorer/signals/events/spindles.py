"""Sleep spindles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sleepscorer.domain.waves import WaveKind, Waves
from sleepscorer.signals.events.runs import (
    Float32,
    Float64,
    Found,
    Int,
    filtered,
    find_waves,
    mask_runs,
    span_peak_to_peak,
)

LEAST_DURATION_S = 0.5
"""Shortest spindle (AASM Manual)."""

_LONGEST_S = 2.5
_SIGMA_HZ = (11.0, 16.0)
_BROAD_HZ = (0.3, 30.0)
_REFERENCE_HZ = (4.5, 30.0)
_SLOW_HZ = (0.5, 8.0)
_FAST_HZ = (16.0, 30.0)
_LEAST_POWER = 1.25
_LEAST_RELATIVE_POWER = 1.6
_LEAST_COVARIANCE = 1.3
_LEAST_CORRELATION = 0.69
_LEAST_SLOW_RATIO = 0.9

_WINDOW_S = 0.3
_STEP_S = 0.1
_BASELINE_S = 30.0
_BASELINES_AT_ONCE = 4096
_SUMMED_AT_ONCE = 2**20
_BASELINE_STEPS = 20
_PERCENTILES = (10.0, 90.0)
_TINY = 1e-4


def detect_spindles(values: Float32, sfreq: float, channel: str = "") -> Waves:
    """Find sleep spindles.

    The A7 detector of Lacourse et al. 2019 (https://doi.org/10.1016/j.jneumeth.2018.08.014) with
    its published thresholds. In windows of 0.3 s four features must be high at once: the power at
    11-16 Hz (logarithm of µV², 1.25), its ratio to that at 4.5-30 Hz (z-score against the 30 s
    around, 1.6), the covariance of the 11-16-Hz signal with the 0.3-30-Hz signal (z-score, 1.3)
    and their correlation (0.69). A spindle extends as far as power and covariance stay high. It
    counts where slow activity (0.5-8 Hz) exceeds fast activity (16-30 Hz) by ten to the 0.9 in
    the 30 s around it, which leaves the alpha rhythm of wake out.

    Different from the paper: a spindle lasts at least 0.5 s (AASM Manual) instead of 0.3 s, the
    relative power comes from filtered signals instead of short spectra, and the baseline is
    computed every 2 s.

    Parameters
    ----------
    values
        Shape (n_times,), µV; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least 64.
    channel
        Name of the derivation.
    """
    return find_waves(WaveKind.SPINDLE, channel, values, sfreq, _spindles)


def _spindles(values: Float32, sfreq: float) -> Found:
    n_windows = int((values.size / sfreq - _WINDOW_S) / _STEP_S) + 1
    starts = np.round(np.arange(n_windows) * _STEP_S * sfreq).astype(np.int64)
    length = round(_WINDOW_S * sfreq)
    starts = np.minimum(starts, values.size - length)

    def power_in(band_hz: tuple[float, float]) -> Float64:
        return _power(filtered(values, sfreq, *band_hz), starts, length)

    # One after the other: hours of each take much memory.
    sigma = filtered(values, sfreq, *_SIGMA_HZ)
    broad = filtered(values, sfreq, *_BROAD_HZ)
    sigma_power, broad_power = (_power(signal, starts, length) for signal in (sigma, broad))
    broad *= sigma
    covariance = np.maximum(_window_means(broad, starts, length), 0)
    del broad
    ratio = sigma_power / (power_in(_REFERENCE_HZ) + _TINY)
    high_power = np.log10(sigma_power + _TINY) > _LEAST_POWER
    high_covariance = _z_scores(np.log10(covariance + _TINY)) > _LEAST_COVARIANCE
    certain = high_power & high_covariance
    certain &= _z_scores(np.log10(ratio + _TINY)) > _LEAST_RELATIVE_POWER
    certain &= covariance > _LEAST_CORRELATION * np.sqrt(sigma_power * broad_power)
    asleep = _surrounding(power_in(_SLOW_HZ)) > (
        10**_LEAST_SLOW_RATIO * _surrounding(power_in(_FAST_HZ))
    )
    firsts, stops = mask_runs(high_power & high_covariance)
    n_certain = np.concatenate(([0], np.cumsum(certain & asleep)))
    kept = n_certain[stops] > n_certain[firsts]
    # A feature belongs to the 0.1 s in the middle of its window.
    margin_s = (_WINDOW_S - _STEP_S) / 2
    onsets_s = np.asarray(firsts[kept] * _STEP_S + margin_s, np.float64)
    durations_s = np.asarray((stops - firsts)[kept] * _STEP_S, np.float64)
    lasting = (durations_s > LEAST_DURATION_S - _TINY) & (durations_s < _LONGEST_S + _TINY)
    onsets_s, durations_s = onsets_s[lasting], durations_s[lasting]
    samples = np.round(np.stack((onsets_s, onsets_s + durations_s)) * sfreq).astype(np.int64)
    return onsets_s, durations_s, span_peak_to_peak(sigma, samples[0], samples[1])


def _window_means(values: Float32, starts: Int, length: int, *, squared: bool = False) -> Float64:
    """Mean of the windows that begin at `starts`, which ascend, or mean square."""
    sums = np.zeros((2, starts.size))
    total = 0.0
    for first in range(0, values.size, _SUMMED_AT_ONCE):
        part = values[first : first + _SUMMED_AT_ONCE]
        if squared:
            part = part * part
        # Entry k is the sum of all values before first + k.
        running = np.add.accumulate(np.concatenate(([total], part)))
        for row, places in zip(sums, (starts, starts + length), strict=True):
            start, stop = places.searchsorted([first, first + part.size + 1])
            row[start:stop] = running[places[start:stop] - first]
        total = running[-1]
    return np.asarray((sums[1] - sums[0]) / length, np.float64)


def _power(values: Float32, starts: Int, length: int) -> Float64:
    """Mean square of the windows that begin at `starts`."""
    return _window_means(values, starts, length, squared=True)


def _of_baselines(feature: Float64, of: Callable[[Float64], Float64]) -> Float64:
    """Figures of the 30 s around every 2 s, shape (m, n), each column once for each value in them.

    Parameters
    ----------
    feature
        Shape (n,).
    of
        Makes m figures of each of k such stretches (k, 300): (m, k).
    """
    n_around = min(round(_BASELINE_S / _STEP_S), feature.size)
    firsts = np.arange(0, feature.size, _BASELINE_STEPS) - (n_around - _BASELINE_STEPS) // 2
    firsts = firsts.clip(0, feature.size - n_around)
    stretches = np.lib.stride_tricks.sliding_window_view(feature, n_around)
    # A day of them overlapping takes a hundred megabytes.
    parts = [
        of(stretches[firsts[first : first + _BASELINES_AT_ONCE]])
        for first in range(0, firsts.size, _BASELINES_AT_ONCE)
    ]
    figures = np.concatenate(parts, axis=1)
    return np.asarray(figures[:, np.arange(feature.size) // _BASELINE_STEPS])


def _z_scores(feature: Float64) -> Float64:
    """Deviations from the surrounding 30 s, outside percentiles 10 to 90 of them left out."""

    def middle_of(stretches: Float64) -> Float64:
        stretches.sort(axis=1)
        first, stop = (round(percent / 100 * stretches.shape[1]) for percent in _PERCENTILES)
        middle = stretches[:, first : max(stop, first + 1)]
        return np.stack((middle.mean(axis=1), middle.std(axis=1) + _TINY))

    means, deviations = _of_baselines(feature, middle_of)
    return np.asarray((feature - means) / deviations, np.float64)


def _surrounding(power: Float64) -> Float64:
    """Mean power of the surrounding 30 s."""
    return np.asarray(_of_baselines(power, lambda stretches: stretches.mean(axis=1)[None])[0])
