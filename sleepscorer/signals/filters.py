"""Filters for the traces on screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy  # which loads scipy.signal at its first use: after the window is on the screen

from sleepscorer.domain.montage import Band

_ORDER = 2


def settling_s(band: Band) -> float:
    """Seconds to read beyond either side of a page so that its edges are filtered right."""
    return min(3.0 / band.low_hz, 30.0)


def band_pass(values: npt.NDArray[np.float32], sfreq: float, band: Band) -> npt.NDArray[np.float32]:
    """Filter without phase shift (Butterworth, forwards and backwards).

    An edge at or above the Nyquist frequency is left out; a band that lies wholly above it
    leaves the signal as it is.

    Parameters
    ----------
    values
        Shape (n_times,); NaN marks gaps, and each stretch between them is filtered by itself.
    sfreq
        Sampling rate in Hz.
    band
        Pass band.

    Returns
    -------
    filtered
        Shape (n_times,), NaN where the input is.
    """
    sections = _sections(band, sfreq)
    if sections is None:
        return values
    filtered = np.full_like(values, np.nan)
    for first, stop in finite_runs(values):
        filtered[first:stop] = sections.filter_both_ways(values[first:stop])
    return filtered


@dataclass(frozen=True, slots=True, eq=False)
class _Sections:
    """A filter and the state in which a constant signal of 1 leaves it.

    Does what `scipy.signal.sosfiltfilt` does, which computes that state anew on each call: half of
    the time that a page takes.
    """

    sections: npt.NDArray[np.float64]
    settled: npt.NDArray[np.float64]

    def filter_both_ways(self, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        padding = min(3 * (2 * len(self.sections) + 1), values.size - 1)
        # An offset would leave a transient at the edges; the ends are reflected through a point.
        centred = values.astype(np.float64) - values.mean(dtype=np.float64)
        before = 2 * centred[0] - centred[padding:0:-1]
        after = 2 * centred[-1] - centred[-2 : -padding - 2 : -1]
        filtered = np.concatenate((before, centred, after))
        for _ in range(2):
            initial = self.settled * filtered[0]
            filtered = scipy.signal.sosfilt(self.sections, filtered, zi=initial)[0][::-1]
        return filtered[padding : padding + values.size]


@lru_cache(maxsize=64)
def _sections(band: Band, sfreq: float) -> _Sections | None:
    nyquist_hz = sfreq / 2
    if band.low_hz >= nyquist_hz:
        return None
    if band.high_hz >= nyquist_hz:
        sections = scipy.signal.butter(_ORDER, band.low_hz, "highpass", fs=sfreq, output="sos")
    else:
        edges_hz = (band.low_hz, band.high_hz)
        sections = scipy.signal.butter(_ORDER, edges_hz, "bandpass", fs=sfreq, output="sos")
    return _Sections(sections, scipy.signal.sosfilt_zi(sections))


def finite_runs(values: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """Half-open ranges of the samples between gaps (or values that are not finite)."""
    finite = np.isfinite(values)
    if values.size and finite.all():
        return [(0, values.size)]
    finite = np.concatenate(([False], finite, [False]))
    edges = np.flatnonzero(finite[1:] != finite[:-1])
    return [(int(first), int(stop)) for first, stop in zip(edges[::2], edges[1::2], strict=True)]
