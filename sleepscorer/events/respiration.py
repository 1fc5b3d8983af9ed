"""Reductions of flow, and what the belts say of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from sleepscorer.domain.events import EventKind
from sleepscorer.signals.events.runs import bridged, filtered, mask_runs
from sleepscorer.signals.filters import finite_runs

APNEA_DROP, HYPOPNEA_DROP = 0.9, 0.3
"""The peak excursion drops by at least 90 % (apnea) or 30 % (hypopnea) of the baseline before the
event: Berry et al. 2012, https://doi.org/10.5664/jcsm.2172. Its abstract and figures of others
(https://doi.org/10.1186/s41606-018-0023-1) confirm 90 % and 10 s; 30 % is that of the National
Sleep Research Resource's “AASM 2015”."""

SHORTEST_S = 10.0
"""An apnea or hypopnea lasts at least 10 s: as above."""

LONGEST_S = 180.0
"""Flat for longer, a sensor came off: an own choice."""

ENVELOPE_HZ = 4.0

_Float32 = npt.NDArray[np.float32]
_Float64 = npt.NDArray[np.float64]

# Own choices. The Manual's baseline is the mean of stable breathing in the two minutes before, or
# the three largest breaths where it is unstable: an upper percentile lies between the two.
_BAND_HZ = (0.1, 1.0)
_SMOOTH_S = 2.0
_BASELINE_S, _BASELINE_PERCENTILE = 120.0, 75
_LEAST_OF_NIGHT = 0.15  # of the median baseline; below, the sensor does not measure
_SETTLING_S = 30.0
_BRIDGED_S = 1.5
_NO_EFFORT = 0.25  # of the effort before
_LEAST_PART = 0.4  # of a mixed apnea without effort; the rest with it


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """How deep somebody breathes, four values a second.

    Attributes
    ----------
    amplitude
        Shape (n_times,), in the unit of the channel; NaN where there is no signal.
    baseline
        What it was in the two minutes before, shape (n_times,); NaN where the sensor measured
        nothing.
    """

    amplitude: _Float64
    baseline: _Float64

    @classmethod
    def of(cls, values: _Float32, sfreq: float) -> Envelope:
        """Follow the depth of breathing in a signal of at least `ENVELOPE_HZ`.

        Parameters
        ----------
        values
            Shape (n_times,); NaN marks gaps.
        sfreq
            Sampling rate in Hz.
        """
        n_times = int(values.size / sfreq * ENVELOPE_HZ)
        amplitude = np.full(n_times, np.nan)
        baseline = np.full(n_times, np.nan)
        for first, stop in finite_runs(values):
            if stop - first < _SETTLING_S * sfreq:
                continue
            part = _amplitude(values[first:stop], sfreq)
            begin = round(first / sfreq * ENVELOPE_HZ)
            part = part[: n_times - begin]
            amplitude[begin : begin + part.size] = part
            baseline[begin : begin + part.size] = _baseline(part)
        if np.isfinite(baseline).any():
            with np.errstate(invalid="ignore"):
                baseline[baseline < _LEAST_OF_NIGHT * np.nanmedian(baseline)] = np.nan
        return cls(amplitude, baseline)

    @property
    def share(self) -> _Float64:
        """Depth of breathing, of that before; NaN where it can't be told."""
        return self.amplitude / self.baseline

    def during(self, onset_s: float, stop_s: float, baseline_at_s: float) -> _Float64:
        """Depth in a span, of the baseline at its beginning; empty where there is none."""
        place = min(round(baseline_at_s * ENVELOPE_HZ), self.baseline.size - 1)
        part = self.amplitude[round(onset_s * ENVELOPE_HZ) : round(stop_s * ENVELOPE_HZ)]
        if place < 0 or not np.isfinite(self.baseline[place]) or not np.isfinite(part).all():
            return np.empty(0)
        return np.asarray(part / self.baseline[place])


def _amplitude(values: _Float32, sfreq: float) -> _Float64:
    breathing = filtered(values - values.mean(), sfreq, *_BAND_HZ)
    # Blocks of at least four a second: the Hilbert transform of 8 h at 256 Hz would take seconds.
    times = np.arange(int(values.size / sfreq * ENVELOPE_HZ)) * (sfreq / ENVELOPE_HZ)
    slow = np.interp(times, np.arange(breathing.size), breathing)
    fast = scipy.fft.next_fast_len(slow.size)
    depth = np.abs(scipy.signal.hilbert(slow, fast)[: slow.size])
    width = round(_SMOOTH_S * ENVELOPE_HZ)
    return np.asarray(scipy.ndimage.uniform_filter1d(depth, width))


def _baseline(amplitude: _Float64) -> _Float64:
    coarse = amplitude[:: round(ENVELOPE_HZ)]
    width = round(_BASELINE_S)
    level = scipy.ndimage.percentile_filter(
        coarse, _BASELINE_PERCENTILE, width, mode="nearest", origin=width // 2 - 1
    )
    return np.repeat(level, round(ENVELOPE_HZ))[: amplitude.size]


@dataclass(frozen=True, slots=True)
class Reduction:
    """A time of less flow.

    Attributes
    ----------
    onset_s, stop_s
        Seconds from the start of the recording.
    drop
        By which part of the baseline the flow was less, 0 to 1: the median of its time.
    """

    onset_s: float
    stop_s: float
    drop: float

    @property
    def duration_s(self) -> float:
        """How long it lasts, in seconds."""
        return self.stop_s - self.onset_s


def reductions(envelope: Envelope, drop: float, shortest_s: float) -> list[Reduction]:
    """Find every time in which the flow is less by some part of its baseline.

    Parameters
    ----------
    envelope
        Of the flow.
    drop
        The part, e.g. `APNEA_DROP`.
    shortest_s
        Seconds that it lasts at least.
    """
    share = envelope.share
    with np.errstate(invalid="ignore"):
        is_less = share <= 1 - drop
    firsts, stops = bridged(*mask_runs(is_less), int(_BRIDGED_S * ENVELOPE_HZ))
    return [
        Reduction(
            first / ENVELOPE_HZ,
            stop / ENVELOPE_HZ,
            1 - float(np.nanmedian(share[first:stop])),
        )
        for first, stop in zip(firsts.tolist(), stops.tolist(), strict=True)
        if stop - first >= shortest_s * ENVELOPE_HZ
    ]


def type_of_apnea(efforts: list[Envelope], onset_s: float, stop_s: float) -> EventKind:
    """Tell by the belts whether an apnea is obstructive, central or mixed.

    AASM Manual: obstructive with continued or increased effort throughout, central without effort
    throughout, mixed without in the first part and with it in the second. Of two belts the one
    that moves more speaks; without a belt it stays an apnea.
    """
    parts = [
        part for one in efforts if (part := one.during(onset_s + 1, stop_s - 1, onset_s - 1)).size
    ]
    if not parts:
        return EventKind.APNEA
    moves = np.max(np.stack([part[: min(map(len, parts))] for part in parts]), axis=0) > _NO_EFFORT
    if moves.mean() < 1 - 0.8:
        return EventKind.CENTRAL_APNEA
    half = max(round(moves.size * _LEAST_PART), 1)
    if moves[:half].mean() < 0.3 and moves[-half:].mean() > 0.7:
        return EventKind.MIXED_APNEA
    return EventKind.OBSTRUCTIVE_APNEA
