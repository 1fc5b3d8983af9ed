"""From a continuous stretch of a signal to what a network sees of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import signal as sps

FloatArray = npt.NDArray[np.floating[Any]]

_FILTER_ORDER = 4
_FILTER_PAD = 1000  # samples reflected at each end: three time constants of 0.3 Hz take 5 s
_MAX_DENOMINATOR = 10_000  # rate exact to 1e-8: under 0.3 ms of drift in 8 h
_AT_ONCE = 2**18  # samples: a signal of three days takes its own memory and little more


class SignalBlocks:
    """A long signal in blocks, which are let go of once what follows them is read.

    So it takes no room any more when what becomes of it needs that.

    Parameters
    ----------
    blocks
        Shape (n,) each, one after the other, of finite values; the list is emptied while it is
        read, and can be read only forwards.

    Attributes
    ----------
    size
        Number of samples.
    ends
        The first and the last of them.
    """

    def __init__(self, blocks: list[FloatArray]) -> None:
        self._blocks = blocks
        self._edges = np.cumsum([0, *(block.size for block in blocks)])
        self.size = int(self._edges[-1])
        self.ends = float(blocks[0][0]), float(blocks[-1][-1])

    def __getitem__(self, part: slice) -> FloatArray:
        """Samples of a part with its start and stop, which does not begin before the last one."""
        start, stop, _ = part.indices(self.size)
        first, last = np.searchsorted(self._edges, (start, stop), "right") - 1
        for number in range(first):
            self._blocks[number] = self._blocks[number][:0].copy()
        read = [
            block[max(start - edge, 0) : max(stop - edge, 0)]
            for block, edge in zip(
                self._blocks[first : last + 1], self._edges[first:], strict=False
            )
        ]
        return np.concatenate(read)


def resample_and_filter(
    samples: FloatArray | SignalBlocks,
    sfreq: float,
    *,
    wanted_sfreq: float,
    band_hz: tuple[float, float],
    least_sfreq: float,
) -> npt.NDArray[np.float64]:
    """Resample a continuous stretch and band-pass it without phase shift.

    Output sample k lies at ``k / wanted_sfreq`` seconds after the first input sample, whatever the
    input rate.

    Parameters
    ----------
    samples
        Shape (n_times,), without gaps. Of blocks nothing is left.
    sfreq
        Its sampling rate in Hz; need not be an integer.
    wanted_sfreq
        Rate of the result in Hz.
    band_hz
        Lower and upper corner of the filter.
    least_sfreq
        Slowest rate accepted.

    Returns
    -------
    ndarray of float64
        In the unit of the input, shape (round(n_times * wanted_sfreq / sfreq),).

    Raises
    ------
    ValueError
        If the signal is not one-dimensional, is shorter than two samples or contains values
        that are not finite, or if the rate is below the slowest one.
    """
    if not np.isfinite(sfreq) or sfreq < least_sfreq:
        raise ValueError(f"a sampling rate of {sfreq} Hz is below {least_sfreq:g} Hz")
    if not isinstance(samples, SignalBlocks):
        samples = np.asarray(samples)
        if samples.ndim != 1 or samples.size < 2:
            raise ValueError(f"expected a signal of shape (n_times,), got {samples.shape}")
        if not np.isfinite((samples.min(), samples.max())).all():  # takes no memory
            raise ValueError("the signal contains values that are not finite")
    n_times = round(samples.size * wanted_sfreq / sfreq)
    ratio = Fraction(wanted_sfreq / sfreq).limit_denominator(_MAX_DENOMINATOR)
    n_resampled = -(-samples.size * ratio.numerator // ratio.denominator)
    n_pad = min(_FILTER_PAD, n_resampled - 1)
    padded = np.empty(n_resampled + 2 * n_pad)
    inside = padded[n_pad : n_pad + n_resampled]
    _resample(samples, ratio, inside)
    padded[:n_pad] = 2 * inside[0] - inside[n_pad:0:-1]
    padded[n_pad + n_resampled :] = 2 * inside[-1] - inside[-2 : -n_pad - 2 : -1]
    sections = sps.butter(_FILTER_ORDER, band_hz, btype="bandpass", fs=wanted_sfreq, output="sos")
    _filter(padded, sections)
    _filter(padded[::-1], sections)
    return inside[:n_times]


def robust_scale(samples: FloatArray) -> tuple[np.float32, np.float32]:
    """Median and interquartile range of a recording's samples, of all its runs together."""
    low, middle, high = np.percentile(samples, (25, 50, 75))
    return np.float32(middle), np.float32(high - low)


def _resample(
    samples: FloatArray | SignalBlocks, ratio: Fraction, resampled: npt.NDArray[np.float64]
) -> None:
    """Fill an array with a resampled signal, as :func:`scipy.signal.resample_poly` would."""
    up, down = ratio.numerator, ratio.denominator
    if ratio == 1:
        resampled[:] = samples[:]
        return
    # What resample_poly designs by itself, anew for each block.
    half = 10 * max(up, down)
    low_pass = sps.firwin(2 * half + 1, 1 / max(up, down), window=("kaiser", 5.0))
    # Blocks begin where a sample of either rate is.
    margin = (-(-half // (up * down)) + 1) * down
    step = -(-max(_AT_ONCE, margin) // down) * down
    for start in range(0, samples.size, step):
        part = _extended(samples, start - margin, start + step + margin)
        part = sps.resample_poly(part, up, down, window=low_pass)  # type: ignore[call-overload]
        skip, begin = margin // down * up, start // down * up
        block = resampled[begin : begin + step // down * up]
        block[:] = part[skip : skip + block.size]


def _extended(samples: FloatArray | SignalBlocks, first: int, stop: int) -> npt.NDArray[np.float64]:
    """Part of a signal; beyond its ends the line through both, as an offset would ring there."""
    low, high = max(first, 0), min(stop, samples.size)
    part = np.empty(stop - first)
    part[low - first : high - first] = samples[low:high]
    if isinstance(samples, SignalBlocks):
        begin, end = samples.ends
    else:
        begin, end = float(samples[0]), float(samples[-1])
    slope = (end - begin) / (samples.size - 1)
    part[: low - first] = begin + np.arange(first, low) * slope
    part[high - first :] = end + np.arange(1, stop - high + 1) * slope
    return part


def _filter(samples: npt.NDArray[np.float64], sections: npt.NDArray[np.float64]) -> None:
    """Filter a signal once, in its place; it is taken to have begun long ago."""
    state = sps.sosfilt_zi(sections) * samples[0]
    for start in range(0, samples.size, _AT_ONCE):
        block = slice(start, start + _AT_ONCE)
        samples[block], state = sps.sosfilt(sections, samples[block], zi=state)
