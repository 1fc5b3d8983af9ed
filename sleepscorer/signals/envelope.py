"""Fewer points to draw, the same picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def envelope(
    times_s: npt.NDArray[np.float64], values: npt.NDArray[np.float32], n_columns: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32]]:
    """Reduce curves to the lowest and highest point of each pixel column.

    Parameters
    ----------
    times_s
        Times of all curves, shape (n_times,).
    values
        Shape (…, n_times); NaN marks gaps.
    n_columns
        Pixel columns that a curve is drawn on, at least 1.

    Returns
    -------
    times_s, values
        At most two points a column and never more than given; a column with a gap keeps it.
    """
    n_times = times_s.size
    step = -(-n_times // n_columns)
    if step <= 2:
        return times_s, values
    n_missing = -n_times % step  # of the last column, which may have its last sample again
    half_s = times_s[step // 2] - times_s[0]
    reduced_times = np.repeat(times_s[::step], 2)
    reduced_times[1::2] += half_s
    if n_missing:
        reduced_times[-1] = times_s[-1]
    padded = np.concatenate((values, *[values[..., -1:]] * n_missing), axis=-1)
    # Transposed, since NumPy finds extremes along a short last axis one by one.
    columns = np.moveaxis(padded.reshape(*values.shape[:-1], -1, step), -1, 0).copy()
    pairs = np.stack((columns.min(axis=0), columns.max(axis=0)), axis=-1)
    return reduced_times, pairs.reshape(*values.shape[:-1], -1)
