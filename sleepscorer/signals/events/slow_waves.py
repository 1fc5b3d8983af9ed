"""Slow waves of deep sleep, and K-complexes and vertex waves, which are single ones."""

from __future__ import annotations

import numpy as np
import scipy  # which loads its parts at their first use: after the window is on the screen

from sleepscorer.domain.waves import WaveKind, Waves
from sleepscorer.signals.events.runs import (
    Bool,
    Float32,
    Float64,
    Found,
    HalfWaves,
    check_signal,
    covered,
    filtered,
    find_waves,
    parts_of,
)
from sleepscorer.signals.filters import finite_runs

SLOW_WAVE_UV = 75.0
"""Least peak-to-peak amplitude (AASM Manual)."""

_SLOW_WAVE_HZ = (0.5, 2.0)
_DELTA_HZ = (0.3, 4.0)

_K_COMPLEX_UV = 75.0
_K_COMPLEX_S = (0.5, 1.5)
_NEGATIVE_PHASE_S = (0.12, 0.75)
_NEGATIVE_SHARE = 0.4
_STANDS_OUT = 3.0
_WAVES_AROUND_K_COMPLEX = 21

_SHARP_HZ = (2.0, 16.0)
_VERTEX_UV = 50.0
_LONGEST_VERTEX_S = 0.5
_VERTEX_NEGATIVE_S = (0.05, 0.2)
_VERTEX_STANDS_OUT = 4.0
_WAVES_AROUND_VERTEX_WAVE = 61

_CLIPPED_UV = 500.0
"""Peak to peak that no wave of the brain reaches on the scalp: a movement."""


def detect_slow_waves(values: Float32, sfreq: float, channel: str = "") -> Waves:
    """Find slow waves: 0.5-2 Hz and more than 75 µV from peak to peak (AASM Manual).

    Between zero crossings of the 0.3-4-Hz signal (Carrier et al. 2011,
    https://doi.org/10.1111/j.1460-9568.2010.07543.x), a negative half wave and the positive one
    after it make a wave.

    Parameters
    ----------
    values
        Shape (n_times,), µV; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least 64.
    channel
        Name of the derivation.
    """
    return find_waves(WaveKind.SLOW_WAVE, channel, values, sfreq, _slow_waves)


def slow_wave_mask(values: Float32, sfreq: float) -> Bool:
    """Mark the samples that lie in a slow wave, whichever half comes first; shape (n_times,).

    Two half waves in a row make a wave as in :func:`detect_slow_waves`; on a page the eye takes
    either pair for one, and a derivation may be stored with its ends swapped.

    Raises
    ------
    ValueError
        The sampling rate is below 64 Hz, or the values are not of one signal.
    """
    check_signal(values, sfreq)
    mask = np.zeros(values.size, bool)
    for first, stop in finite_runs(values):
        for part, own in parts_of(first, stop, sfreq):
            half_waves, is_slow = _slow_pairs(values[part], sfreq)
            edges = half_waves.edges
            pairs = np.flatnonzero(is_slow)
            found = covered([(edges[pairs], edges[pairs + 2])], part.stop - part.start)
            mask[own] = found[own.start - part.start : own.stop - part.start]
    return mask


def _slow_pairs(values: Float32, sfreq: float) -> tuple[HalfWaves, Bool]:
    """Half waves of a stretch, and which of them make a slow wave with the next one."""
    half_waves = HalfWaves.of(filtered(values, sfreq, *_DELTA_HZ))
    periods_s = (half_waves.lengths[:-1] + half_waves.lengths[1:]) / sfreq
    height_uv = half_waves.peak_to_peak_uv
    lowest_hz, highest_hz = _SLOW_WAVE_HZ
    is_slow = (height_uv > SLOW_WAVE_UV) & (height_uv < _CLIPPED_UV)
    return half_waves, is_slow & (periods_s >= 1 / highest_hz) & (periods_s <= 1 / lowest_hz)


def _slow_waves(values: Float32, sfreq: float) -> Found:
    half_waves, is_slow = _slow_pairs(values, sfreq)
    return _pairs(half_waves, is_slow & (half_waves.peaks_uv[:-1] < 0), sfreq)


def detect_k_complexes(values: Float32, sfreq: float, channel: str = "") -> Waves:
    """Find K-complexes.

    A well-delineated negative sharp wave immediately followed by a positive component, standing
    out from the background, at least 0.5 s long in all (AASM Manual). The manual gives no
    amplitude; here a wave is taken that

    - has a negative half wave of 0.12-0.75 s and the positive one after it, 0.5-1.5 s in all, in
      the 0.3-4-Hz signal;
    - is more than 75 µV from peak to peak, at least two fifths of it below zero; and
    - is more than three times as high as the median of the 21 half waves around it, about 6 s, so
      that the slow waves of N3, which come in trains, are mostly left out.

    The last three figures are no published ones. Without a second derivation arousal-related
    waves and some movements are found too.

    Parameters
    ----------
    values
        Shape (n_times,), µV; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least 64.
    channel
        Name of the derivation.
    """
    return find_waves(WaveKind.K_COMPLEX, channel, values, sfreq, _k_complexes)


def _k_complexes(values: Float32, sfreq: float) -> Found:
    half_waves = HalfWaves.of(filtered(values, sfreq, *_DELTA_HZ))
    lengths_s = half_waves.lengths / sfreq
    periods_s = lengths_s[:-1] + lengths_s[1:]
    height_uv = half_waves.peak_to_peak_uv
    depth_uv = -half_waves.peaks_uv[:-1]
    is_complex = (
        (depth_uv >= _NEGATIVE_SHARE * height_uv)
        & (height_uv > _K_COMPLEX_UV)
        & (height_uv < _CLIPPED_UV)
        & _within(lengths_s[:-1], _NEGATIVE_PHASE_S)
        & _within(periods_s, _K_COMPLEX_S)
    )
    background_uv = _background(half_waves, _WAVES_AROUND_K_COMPLEX)
    return _pairs(half_waves, is_complex & (height_uv > _STANDS_OUT * background_uv), sfreq)


def detect_vertex_waves(values: Float32, sfreq: float, channel: str = "") -> Waves:
    """Find vertex sharp waves: sharply contoured, shorter than 0.5 s (AASM Manual).

    They are greatest over the central region and distinguishable from the background; the manual
    gives no amplitude. Here a negative half wave of 0.05-0.2 s and the positive one after it in
    the 2-16-Hz signal count that are more than 50 µV from peak to peak and more than four times as
    high as the median of the 61 half waves around, about 4 s. No published detector was found to
    go by: take what this one finds as a hint.

    Parameters
    ----------
    values
        Shape (n_times,), µV, of a central derivation; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least 64.
    channel
        Name of the derivation.
    """
    return find_waves(WaveKind.VERTEX_WAVE, channel, values, sfreq, _vertex_waves)


def _vertex_waves(values: Float32, sfreq: float) -> Found:
    half_waves = HalfWaves.of(filtered(values, sfreq, *_SHARP_HZ))
    lengths_s = half_waves.lengths / sfreq
    height_uv = half_waves.peak_to_peak_uv
    is_sharp = (
        (half_waves.peaks_uv[:-1] < 0)
        & (height_uv > _VERTEX_UV)
        & (height_uv < _CLIPPED_UV)
        & _within(lengths_s[:-1], _VERTEX_NEGATIVE_S)
        & (lengths_s[:-1] + lengths_s[1:] < _LONGEST_VERTEX_S)
    )
    background_uv = _background(half_waves, _WAVES_AROUND_VERTEX_WAVE)
    return _pairs(half_waves, is_sharp & (height_uv > _VERTEX_STANDS_OUT * background_uv), sfreq)


def _within(values: Float64, limits: tuple[float, float]) -> Bool:
    return np.asarray((values >= limits[0]) & (values <= limits[1]))


def _background(half_waves: HalfWaves, n_around: int) -> Float64:
    """Median height of as many waves around each one, shape (n_half_waves - 1,)."""
    return scipy.ndimage.median_filter(half_waves.peak_to_peak_uv, n_around, mode="nearest")


def _pairs(half_waves: HalfWaves, chosen: Bool, sfreq: float) -> Found:
    """Waves that begin with the chosen half waves."""
    waves = np.flatnonzero(chosen)
    onsets, stops = half_waves.edges[waves], half_waves.edges[waves + 2]
    return onsets / sfreq, (stops - onsets) / sfreq, half_waves.peak_to_peak_uv[waves]
