"""What all detectors share: stretches without gaps, runs of a mask, half waves."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.montage import Band
from sleepscorer.domain.waves import WaveKind, Waves
from sleepscorer.signals.filters import filter_traces, finite_runs, settling_s

MIN_SFREQ_HZ = 64.0
"""Slowest signal that is searched: four samples in a cycle of the fastest spindle."""

_SHORTEST_S = 2.0
_AT_ONCE_S = 12 * 3600.0
_MARGIN_S = 120.0
"""Several times what any filter needs to settle, and a whole number of steps of any baseline."""

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]
Int = npt.NDArray[np.int64]

Found = tuple[Float64, Float64, Float64]
"""Onsets and durations in seconds and amplitudes in µV of waves, shape (n_waves,) each."""


def find_waves(
    kind: WaveKind,
    channel: str,
    values: Float32,
    sfreq: float,
    detect: Callable[[Float32, float], Found],
) -> Waves:
    """Run a detector over the stretches between gaps.

    Parameters
    ----------
    kind, channel
        See `Waves`.
    values
        Shape (n_times,), µV; NaN marks gaps.
    sfreq
        Sampling rate in Hz.
    detect
        Finds the waves of a stretch without gaps; onsets count from its start.

    Raises
    ------
    ValueError
        The sampling rate is below `MIN_SFREQ_HZ`, or the values are not of one signal.
    """
    check_signal(values, sfreq)
    found: list[Found] = [(np.empty(0), np.empty(0), np.empty(0))]
    for first, stop in finite_runs(values):
        if stop - first < _SHORTEST_S * sfreq:
            continue
        for part, own in parts_of(first, stop, sfreq):
            onsets_s, durations_s, amplitudes_uv = detect(values[part], sfreq)
            onsets_s = onsets_s + part.start / sfreq
            is_own = (onsets_s >= own.start / sfreq) & (onsets_s < own.stop / sfreq)
            found.append((onsets_s[is_own], durations_s[is_own], amplitudes_uv[is_own]))
    return Waves(kind, channel, *(np.concatenate(parts) for parts in zip(*found, strict=True)))


def parts_of(first: int, stop: int, sfreq: float) -> Iterator[tuple[slice, slice]]:
    """Cut a stretch into parts that are looked at one after the other.

    What is done to all of a recording of three days at once takes gigabytes; a usual night is one
    part.

    Yields
    ------
    part, own
        What is to be looked at, and what of it counts: the rest is there for filters to settle and
        for the background of what lies at the edges.
    """
    margin = round(_MARGIN_S * sfreq)
    n_parts = math.ceil((stop - first) / (_AT_ONCE_S * sfreq))
    starts = [first + round(part * _AT_ONCE_S * sfreq) for part in range(n_parts)]
    for own_first, own_stop in itertools.pairwise((*starts, stop)):
        part = slice(max(own_first - margin, first), min(own_stop + margin, stop))
        yield part, slice(own_first, own_stop)


def check_signal(values: Float32, sfreq: float) -> None:
    """Raise ValueError for what is not one signal of at least `MIN_SFREQ_HZ`."""
    if values.ndim != 1:
        raise ValueError(f"expected a signal of shape (n_times,), got {values.shape}")
    if sfreq < MIN_SFREQ_HZ:
        raise ValueError(f"a sampling rate of {sfreq:g} Hz is below {MIN_SFREQ_HZ:g} Hz")


def filtered(values: Float32, sfreq: float, low_hz: float, high_hz: float) -> Float32:
    """Band-pass one signal without phase shift."""
    return np.asarray(filter_traces(values[np.newaxis], sfreq, Band(low_hz, high_hz))[0])


def filtered_by_hours(
    values: Float32,
    sfreq: float,
    low_hz: float,
    high_hz: float,
    *,
    notches_hz: Sequence[float] = (),
) -> Float32:
    """Do the same an hour at a time, with what the filter needs to settle on either side.

    The spectrum of a fast channel of a whole night takes ten times what the channel does. Notches
    are frequencies of the mains that are taken away.
    """
    result = np.empty(values.size, np.float32)
    settled_s = max(settling_s(Band(low_hz, high_hz), one) for one in (None, *notches_hz))
    hour, margin = round(3600 * sfreq), math.ceil(settled_s * sfreq)
    for first in range(0, values.size, hour):
        begin = max(first - margin, 0)
        part = filtered(values[begin : first + hour + margin], sfreq, low_hz, high_hz)
        for notch_hz in notches_hz:
            part = filter_traces(part[np.newaxis], sfreq, None, notch_hz)[0]
        result[first : first + hour] = part[first - begin :][:hour]
    return result


def mask_runs(mask: Bool) -> tuple[Int, Int]:
    """First and stop index of each run of true values, shape (n_runs,) each."""
    edges = np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)


def bridged(firsts: Int, stops: Int, longest: int) -> tuple[Int, Int]:
    """Make one of runs between which at most so many samples lie, shape (n_runs,) each."""
    is_apart = firsts[1:] - stops[:-1] > longest
    begins = np.concatenate((np.ones(min(firsts.size, 1), bool), is_apart))
    ends = np.concatenate((is_apart, np.ones(min(firsts.size, 1), bool)))
    return firsts[begins], stops[ends]


def span_peak_to_peak(values: Float32, firsts: Int, stops: Int) -> Float64:
    """Highest minus lowest value of half-open spans, shape (n_spans,)."""
    if not firsts.size:
        return np.empty(0)
    # Pairs of edges; the spans between the spans are computed and thrown away.
    edges = np.stack((firsts, np.minimum(stops, values.size - 1)), axis=1).reshape(-1)
    highest, lowest = np.maximum.reduceat(values, edges), np.minimum.reduceat(values, edges)
    return (highest - lowest)[::2].astype(np.float64)


def covered(spans: Iterable[tuple[Int, Int]], n_times: int) -> Bool:
    """Samples that lie in any of the half-open spans, shape (n_times,)."""
    steps = np.zeros(n_times + 1, np.int32)
    for firsts, stops in spans:
        np.add.at(steps, firsts, 1)
        np.add.at(steps, stops, -1)
    return np.asarray(np.cumsum(steps[:-1]) > 0)


@dataclass(frozen=True, slots=True, eq=False)
class HalfWaves:
    """Parts of a signal between successive zero crossings.

    Attributes
    ----------
    edges
        Samples at which they begin, and the end of the last, shape (n_half_waves + 1,).
    peaks_uv
        Extreme value of each with its sign, shape (n_half_waves,).
    """

    edges: Int
    peaks_uv: Float64

    @classmethod
    def of(cls, values: Float32) -> HalfWaves:
        """Cut a signal at its zero crossings; what precedes the first is left out."""
        positive = values > 0
        edges = np.flatnonzero(positive[1:] != positive[:-1]) + 1
        if edges.size < 2:
            return cls(edges[:0], np.empty(0))
        highest = np.maximum.reduceat(values, edges)[:-1]
        lowest = np.minimum.reduceat(values, edges)[:-1]
        peaks_uv = np.where(positive[edges[:-1]], highest, lowest)
        return cls(edges, peaks_uv.astype(np.float64))

    @property
    def lengths(self) -> Int:
        """Samples in each, shape (n_half_waves,)."""
        return np.diff(self.edges)

    @property
    def peak_to_peak_uv(self) -> Float64:
        """From each half wave to the next, shape (n_half_waves - 1,)."""
        return np.abs(np.diff(self.peaks_uv))
