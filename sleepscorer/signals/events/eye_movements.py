"""Slow and rapid eye movements."""

from __future__ import annotations

import numpy as np

from sleepscorer.domain.waves import WaveKind, Waves
from sleepscorer.signals.events.runs import (
    Float32,
    Found,
    Int,
    covered,
    filtered,
    find_waves,
    mask_runs,
    span_peak_to_peak,
)

LEAST_UV = 50.0
"""Least deflection (Yetton et al. 2016, https://doi.org/10.1016/j.jneumeth.2015.11.015)."""

INITIAL_DEFLECTION_S = 0.5
"""A rapid movement's deflection takes less than this, a slow one's more (AASM Manual)."""

_RAPID_HZ = (0.5, 5.0)
_SLOW_HZ = (0.2, 1.0)
_LONGEST_SLOW_S = 3.0
_LARGEST_UV = 500.0


def gaze(left_uv: Float32, right_uv: Float32) -> Float32:
    """Half the difference of E1 and E2: what both eyes do together.

    Against one mastoid, conjugate movements deflect the two in opposite directions and the brain's
    slow waves in the same (AASM Manual); the difference keeps the former and cancels the latter.
    """
    difference = left_uv - right_uv
    difference /= 2
    return difference


def detect_rapid_eye_movements(values: Float32, sfreq: float, channel: str = "") -> Waves:
    """Find rapid eye movements, blinks among them.

    Sharply peaked, with an initial deflection of less than 0.5 s (AASM Manual): here deflections
    of the 0.5-5-Hz signal of at least 50 µV between two turning points. Deflections that follow
    each other at once are one movement.

    Parameters
    ----------
    values
        Shape (n_times,), µV, a horizontal EOG or the :func:`gaze`; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least 64.
    channel
        Name of the derivation.
    """
    return find_waves(WaveKind.RAPID_EYE_MOVEMENT, channel, values, sfreq, _rapid)


def detect_slow_eye_movements(values: Float32, sfreq: float, channel: str = "") -> Waves:
    """Find slow eye movements.

    Regular and sinusoidal, with an initial deflection of more than 0.5 s (AASM Manual): here
    deflections of the 0.2-1-Hz signal of at least 50 µV that take 0.5 to 3 s and hold no rapid
    movement. For the parameters see :func:`detect_rapid_eye_movements`.
    """
    return find_waves(WaveKind.SLOW_EYE_MOVEMENT, channel, values, sfreq, _slow)


def _rapid(values: Float32, sfreq: float) -> Found:
    smooth = filtered(values, sfreq, *_RAPID_HZ)
    return _merged(smooth, sfreq, *_deflections(smooth, sfreq, 0.0, INITIAL_DEFLECTION_S))


def _slow(values: Float32, sfreq: float) -> Found:
    sharp = filtered(values, sfreq, *_RAPID_HZ)
    rapid = covered([_deflections(sharp, sfreq, 0.0, INITIAL_DEFLECTION_S)], values.size)
    smooth = filtered(values, sfreq, *_SLOW_HZ)
    firsts, stops = _deflections(smooth, sfreq, INITIAL_DEFLECTION_S, _LONGEST_SLOW_S)
    n_rapid = np.concatenate(([0], np.cumsum(rapid)))
    undisturbed = n_rapid[stops] == n_rapid[firsts]
    return _merged(smooth, sfreq, firsts[undisturbed], stops[undisturbed])


def _deflections(
    smooth: Float32, sfreq: float, shortest_s: float, longest_s: float
) -> tuple[Int, Int]:
    """Spans from one turning point to the next that are high enough, shape (n_spans,) each."""
    rising = np.diff(smooth) > 0
    turns = np.flatnonzero(rising[1:] != rising[:-1]) + 1
    heights_uv = np.abs(np.diff(smooth[turns]))
    lengths_s = np.diff(turns) / sfreq
    chosen = (heights_uv >= LEAST_UV) & (heights_uv < _LARGEST_UV)
    chosen &= (lengths_s > shortest_s) & (lengths_s < longest_s)
    return turns[:-1][chosen], turns[1:][chosen]


def _merged(smooth: Float32, sfreq: float, firsts: Int, stops: Int) -> Found:
    """Movements from deflections; those that share a turning point are one."""
    firsts, stops = mask_runs(covered([(firsts, stops)], smooth.size))
    heights_uv = span_peak_to_peak(smooth, firsts, stops)
    return firsts / sfreq, (stops - firsts) / sfreq, heights_uv
