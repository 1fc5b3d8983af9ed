"""What a ruler laid on a trace says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # which loads scipy.signal at its first use: after the window is on the screen

_LEAST_PROMINENCE = 0.25  # of the peak-to-peak amplitude; lower humps are ripple on a wave


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measured stretch of a trace.

    Attributes
    ----------
    duration_s
        Its length.
    peak_to_peak
        Highest less lowest value, in the trace's unit; NaN in a gap.
    n_peaks
        Number of maxima that stand out; None when too few samples are known to tell.
    """

    duration_s: float
    peak_to_peak: float
    n_peaks: int | None

    @property
    def frequency_hz(self) -> float:
        """Frequency of a wave that lasts as long."""
        return 1 / self.duration_s if self.duration_s > 0 else float("nan")

    @property
    def peaks_hz(self) -> float | None:
        """Peaks in a second."""
        if self.n_peaks is None or self.duration_s <= 0:
            return None
        return self.n_peaks / self.duration_s


def measure(
    values: npt.NDArray[np.float32], duration_s: float, *, are_samples: bool
) -> Measurement:
    """Measure the values of a stretch, shape (n_times,).

    Peaks are counted only in samples: extremes of blocks have lost them.
    """
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return Measurement(duration_s, float("nan"), None)
    amplitude = float(finite.max() - finite.min())
    if not are_samples:
        return Measurement(duration_s, amplitude, None)
    prominence = max(_LEAST_PROMINENCE * amplitude, float(np.finfo(np.float32).tiny))
    n_peaks = len(scipy.signal.find_peaks(finite, prominence=prominence)[0])
    return Measurement(duration_s, amplitude, n_peaks)
