"""Fewer points to draw, the same picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def envelope(
    times_s: npt.NDArray[np.float64], values: npt.NDArray[np.float32], n_columns: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32]]:
    """Reduce a curve to the lowest and highest point of each pixel column.

    Parameters
    ----------
    times_s, values
        Shape (n_times,); NaN marks gaps.
    n_columns
        Pixel columns that the curve is drawn on, at least 1.

    Returns
    -------
    times_s, values
        At most two points a column and never more than given; a column with a gap keeps it.
    """
    step = -(-values.size // n_columns)
    if step <= 2:
        return times_s, values
    n_blocks = values.size // step
    # Transposed, since NumPy finds extremes along a short last axis one by one.
    blocks = np.ascontiguousarray(values[: n_blocks * step].reshape(n_blocks, step).T)
    pairs = np.stack((blocks.min(axis=0), blocks.max(axis=0)), axis=1)
    starts = times_s[: n_blocks * step : step]
    half_s = times_s[step // 2] - times_s[0]
    reduced_times = np.stack((starts, starts + half_s), axis=1).reshape(-1)
    reduced = pairs.reshape(-1)
    rest = values[n_blocks * step :]
    if rest.size == 0:
        return reduced_times, reduced
    return (
        np.concatenate((reduced_times, times_s[n_blocks * step :][[0, -1]])),
        np.concatenate((reduced, [rest.min(), rest.max()])).astype(np.float32),
    )
