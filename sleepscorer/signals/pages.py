"""What the traces show: the samples of a page, filtered, and as many points as can be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.montage import Band, Trace
from sleepscorer.domain.recording import Recording
from sleepscorer.signals.envelope import envelope
from sleepscorer.signals.filters import NOTCHED_KINDS, filter_traces, settling_s

_SAMPLED_PAGES = 8
_SAMPLED_VALUES = 2000  # of a page
_FIT = 0.7  # of the lane for a trace that is fitted to what is there


@dataclass(frozen=True, slots=True)
class TraceFilters:
    """Filters that are switched for all traces at once.

    Attributes
    ----------
    bands
        Whether each trace is filtered to its band; without, all is shown as it is stored.
    notch_hz
        Frequency of the mains to take away from voltages; None to leave it.
    """

    bands: bool = True
    notch_hz: float | None = None

    def of(self, trace: Trace) -> tuple[Band | None, float | None]:
        """Band and notch of a trace."""
        if not self.bands:
            return None, None
        return trace.band, self.notch_hz if trace.kind in NOTCHED_KINDS else None


@dataclass(frozen=True, slots=True, eq=False)
class TracePage:
    """One trace on one page.

    Attributes
    ----------
    times_s, points
        Points to draw, shape (n_points,); times count from the start of the page.
    start_s
        Time of the first of `values`, from the start of the page.
    sfreq
        Their rate in Hz.
    values
        All samples, shape (n_times,); none on a page so long that only extremes are kept.
    """

    times_s: npt.NDArray[np.float64]
    points: npt.NDArray[np.float32]
    start_s: float
    sfreq: float
    values: npt.NDArray[np.float32]

    def between(self, start_s: float, stop_s: float) -> npt.NDArray[np.float32]:
        """Samples, or else the points drawn, of a part of the page."""
        if self.values.size:
            first, stop = (
                min(max(round((time_s - self.start_s) * self.sfreq), 0), self.values.size)
                for time_s in (start_s, stop_s)
            )
            return self.values[first : stop + 1]
        first, stop = np.searchsorted(self.times_s, (start_s, stop_s))
        return self.points[first : stop + 1]


def read_filtered(
    recording: Recording,
    traces: Sequence[Trace],
    start_s: float,
    stop_s: float,
    filters: TraceFilters,
) -> list[tuple[int, npt.NDArray[np.float32]]]:
    """Read traces and filter those of the same rate and band together.

    Returns
    -------
    first, values
        For each trace the index of its first sample and the samples, one beyond either end of
        ``[start_s, stop_s)`` where there is one, so that curves run into the borders.

    Raises
    ------
    RecordingError
        The file can't be read there.
    """
    groups = defaultdict(list)
    for index, trace in enumerate(traces):
        groups[trace.sfreq, *filters.of(trace)].append(index)
    result: list[tuple[int, npt.NDArray[np.float32]]] = [(0, np.empty(0, np.float32))] * len(traces)
    for (sfreq, band, notch_hz), members in groups.items():
        margin_s = max(settling_s(band, notch_hz), 2 / sfreq)
        first_s = max(start_s - margin_s, 0.0)
        derivations = [traces[member].derivation for member in members]
        read = recording.read_derivations(derivations, first_s, stop_s + margin_s)
        values = filter_traces(np.stack(read), sfreq, band, notch_hz)
        first = int(np.ceil(round(first_s * sfreq, 6)))
        page_first = max(int(np.ceil(round(start_s * sfreq, 6))) - 1, first)
        page_stop = int(np.ceil(round(stop_s * sfreq, 6))) + 1
        for row, member in enumerate(members):
            result[member] = (page_first, values[row, page_first - first : page_stop - first])
    return result


def read_page(
    recording: Recording,
    traces: Sequence[Trace],
    page_s: tuple[float, float],
    filters: TraceFilters,
    n_columns: int,
) -> tuple[TracePage, ...]:
    """Read what a page shows on a number of pixel columns.

    Raises
    ------
    RecordingError
        The file can't be read there.
    """
    start_s, stop_s = page_s
    samples = read_filtered(recording, traces, start_s, stop_s, filters)
    rates = defaultdict(list)
    for index, (trace, (first, values)) in enumerate(zip(traces, samples, strict=True)):
        rates[trace.sfreq, first, values.size].append(index)
    pages: dict[int, TracePage] = {}
    for (sfreq, first, n_times), members in rates.items():
        times_s = np.arange(first, first + n_times) / sfreq - start_s
        stacked = np.stack([samples[member][1] for member in members])
        times, points = envelope(times_s, stacked, n_columns)
        for row, member in enumerate(members):
            values = samples[member][1]
            pages[member] = TracePage(times, points[row], first / sfreq - start_s, sfreq, values)
    return tuple(pages[index] for index in range(len(traces)))


def sampled(recording: Recording, traces: Sequence[Trace]) -> list[npt.NDArray[np.float32]]:
    """Some values of a few pages of the night, without gaps and offset where that is filtered.

    Pages are read one after the other with all traces: the file holds them side by side.

    Raises
    ------
    RecordingError
        The file can't be read.
    """
    pages: list[list[npt.NDArray[np.float32]]] = [[] for _ in traces]
    for start_s in np.linspace(0, max(recording.duration_s - EPOCH_S, 0), _SAMPLED_PAGES):
        derivations = [trace.derivation for trace in traces]
        read = recording.read_derivations(derivations, start_s, start_s + EPOCH_S)
        for trace, own, page in zip(traces, pages, read, strict=True):
            page = page[np.isfinite(page)]
            if trace.band is not None and page.size:
                page = page - np.float32(np.median(page))
            own.append(page[:: max(page.size // _SAMPLED_VALUES, 1)])
    return [np.concatenate(own) for own in pages]


def fitted_range(trace: Trace, values: npt.NDArray[np.float32]) -> tuple[float, float]:
    """Middle and height of a trace that fit what was sampled of it."""
    if values.size == 0:
        return 0.0, 1.0
    low, middle, high = (float(value) for value in np.percentile(values, (1, 50, 99)))
    return (0.0 if trace.band else middle), ((high - low) / _FIT or 1.0)
