"""Filters for the traces on screen."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy.signal

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
        stretch = values[first:stop].astype(np.float64)
        stretch -= stretch.mean()  # so that an offset leaves no transient at the edges
        padding = min(3 * (2 * len(sections) + 1), stretch.size - 1)
        filtered[first:stop] = scipy.signal.sosfiltfilt(sections, stretch, padlen=padding)
    return filtered


@lru_cache(maxsize=64)
def _sections(band: Band, sfreq: float) -> npt.NDArray[np.float64] | None:
    nyquist_hz = sfreq / 2
    if band.low_hz >= nyquist_hz:
        return None
    if band.high_hz >= nyquist_hz:
        return scipy.signal.butter(_ORDER, band.low_hz, "highpass", fs=sfreq, output="sos")
    edges_hz = (band.low_hz, band.high_hz)
    return scipy.signal.butter(_ORDER, edges_hz, "bandpass", fs=sfreq, output="sos")


def finite_runs(values: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """Half-open ranges of the samples between gaps (or values that are not finite)."""
    finite = np.concatenate(([False], np.isfinite(values), [False]))
    edges = np.flatnonzero(finite[1:] != finite[:-1])
    return [(int(first), int(stop)) for first, stop in zip(edges[::2], edges[1::2], strict=True)]
