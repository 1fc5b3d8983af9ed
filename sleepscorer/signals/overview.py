"""Extremes of the traces in short blocks: what a page of minutes or a whole night is drawn from.

They are computed in parts, so that a long page costs what it shows and no part of the night is
held in memory.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.montage import Trace
from sleepscorer.domain.recording import Recording
from sleepscorer.signals.pages import TraceFilters, TracePage, read_filtered

BLOCK_S = 0.25
PART_S = 300.0
_BLOCKS_A_PART = round(PART_S / BLOCK_S)

Extremes = npt.NDArray[np.float32]
"""Lowest and highest value of each block, shape (n_traces, n_blocks, 2); NaN where there is none"""


def parts_of(start_s: float, stop_s: float) -> range:
    """Indices of the parts that a stretch of the night lies in."""
    return range(int(start_s // PART_S), math.ceil(stop_s / PART_S))


def read_extremes(
    recording: Recording, traces: Sequence[Trace], part: int, filters: TraceFilters
) -> Extremes:
    """Read one part of the night and reduce it.

    Raises
    ------
    RecordingError
        The file can't be read there.
    """
    start_s = part * PART_S
    extremes = np.full((len(traces), _BLOCKS_A_PART, 2), np.nan, np.float32)
    edges_s = start_s + BLOCK_S * np.arange(_BLOCKS_A_PART)
    samples = read_filtered(recording, traces, start_s, start_s + PART_S, filters)
    for row, (trace, (first, values)) in enumerate(zip(traces, samples, strict=True)):
        # A rate need not have a whole number of samples in a block; one below 4 Hz has none in
        # some, and these show the sample that follows.
        starts = np.ceil(np.round(edges_s * trace.sfreq, 6)).astype(int) - first
        starts = starts[starts < values.size]
        if starts.size:
            extremes[row, : starts.size, 0] = np.fmin.reduceat(values, starts)
            extremes[row, : starts.size, 1] = np.fmax.reduceat(values, starts)
    return extremes


def overview_page(
    parts: Mapping[int, Extremes],
    traces: Sequence[int],
    page_s: tuple[float, float],
    n_columns: int,
) -> tuple[TracePage, ...]:
    """Build a page of some traces from the parts that are there; the rest of it is a gap."""
    start_s, stop_s = page_s
    needed = parts_of(start_s, stop_s)
    missing = np.full((1, _BLOCKS_A_PART, 2), np.nan, np.float32)
    first = round((start_s - needed.start * PART_S) / BLOCK_S)
    n_blocks = math.ceil((stop_s - start_s) / BLOCK_S)
    step = -(-n_blocks // n_columns)
    n_reduced = -(-n_blocks // step)
    times_s = (np.repeat(np.arange(n_reduced), 2) + np.tile((0.25, 0.75), n_reduced)) * (
        step * BLOCK_S
    )
    pages = []
    for trace in traces:
        rows = [parts[part][trace] if part in parts else missing[0] for part in needed]
        blocks = np.concatenate(rows)[first : first + n_blocks]
        rest = np.full((n_reduced * step - len(blocks), 2), np.nan, np.float32)
        # Transposed, since NumPy finds extremes along a short last axis one by one.
        columns = np.concatenate((blocks, rest)).reshape(n_reduced, step, 2).transpose(1, 0, 2)
        pairs = np.stack(
            (np.fmin.reduce(columns[..., 0], axis=0), np.fmax.reduce(columns[..., 1], axis=0)),
            axis=1,
        )
        points = pairs.reshape(-1).astype(np.float32)
        pages.append(TracePage(times_s, points, 0.0, 1 / BLOCK_S, np.empty(0, np.float32)))
    return tuple(pages)
