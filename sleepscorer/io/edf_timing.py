"""When the data records of a discontinuous EDF+ file were taken.

Each record has an onset. Where they run on, a record's onset less the duration of the records
before it, its offset, stays the same; a pause makes it larger. Onsets also jitter, drift against
the rate that the header gives, are damaged one by one, and follow a clock that is set to winter
time. A median over five tells a damaged one (it comes back) from a pause (it does not).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import Stretch

_ROUNDING_S = 2e-3
"""Onsets are written to the millisecond, so that two of them may be this far off without a gap."""

_JITTER = 0.1  # of a record: onsets may be this far off their grid
_LEAST_RECORDS = 20  # to tell jitter and drift from pauses
_KNOT_RECORDS = 64  # drift is followed in pieces of this length
_SMOOTHED_RECORDS = 16  # on either side of a knot
_HOUR_S = 3600.0
_CLOCK_ROUNDING_S = 2.0

_Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Records without a pause between them.

    Attributes
    ----------
    stretch
        Its time, counted from the first record.
    first, stop
        Half-open range of its records.
    knots
        Records and their times, shape (2, n_knots), between which samples are spread evenly where
        the recorder's clock drifts; None where they keep the rate of the header.
    """

    stretch: Stretch
    first: int
    stop: int
    knots: _Float64 | None = None

    def onsets_s(self, record_s: float) -> _Float64:
        """Onset of each of its records, shape (n_records,)."""
        if self.knots is not None:
            records, times_s = self.knots
            return np.asarray(np.interp(np.arange(self.first, self.stop), records, times_s))
        return np.asarray(self.stretch.start_s + np.arange(self.stop - self.first) * record_s)

    def records_at(self, times_s: _Float64) -> _Float64:
        """Records, with fractions, that were taken at some times of a run with knots."""
        assert self.knots is not None
        records, knot_times_s = self.knots
        return np.asarray(np.interp(times_s, knot_times_s, records))


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """When all records of a file were taken.

    Attributes
    ----------
    origin_s
        Onset of the first record on the file's own time scale.
    runs
        Records without pauses between them, in order.
    shifts_s
        What is to be added to the times that each record holds, shape (n_records,): the hour that
        a clock was set back.
    notices
        Sentences about what was odd and how it was read.
    """

    origin_s: float
    runs: tuple[Run, ...]
    shifts_s: _Float64
    notices: tuple[Phrase, ...] = ()


def continuous(n_records: int, record_s: float, origin_s: float) -> Timing:
    """Timing of a file whose records follow each other."""
    run = Run(Stretch(0.0, n_records * record_s), 0, n_records)
    return Timing(origin_s, (run,), np.zeros(n_records))


def timing_of(onsets_s: _Float64, record_s: float, name: str) -> Timing:
    """Find the runs of a discontinuous file.

    Parameters
    ----------
    onsets_s
        Onset of each record, shape (n_records,); NaN where it has none or an impossible one.
    record_s
        Duration of a record.
    name
        Name of the file, for errors and notices.

    Raises
    ------
    RecordingError
        Records overlap, or most onsets are missing.
    """
    notices: list[Phrase] = []
    n_records = onsets_s.size
    is_known = np.isfinite(onsets_s)
    if 2 * is_known.sum() <= n_records:
        raise RecordingError(
            "{file}: data record {number} of this discontinuous file has no "
            "onset, so its place in the night is unknown; too many have none to "
            "tell it from the others.",
            file=name,
            number=int(np.argmin(is_known)) + 1,
        )
    offsets_s = onsets_s - np.arange(n_records) * record_s
    offsets_s = _repaired(offsets_s, is_known, record_s, name, notices)
    shifts_s = _set_back(offsets_s, name, notices)
    offsets_s = offsets_s + shifts_s
    smooth_s = _median_of_five(offsets_s)
    steps_s, drift, least_gap_s = _gaps(offsets_s, smooth_s, record_s)
    breaks = np.flatnonzero(np.abs(steps_s - drift) > least_gap_s) + 1
    starts = (0, *(int(record) for record in breaks))
    runs = [
        _run(offsets_s, smooth_s, record_s, least_gap_s, first, stop)
        for first, stop in itertools.pairwise((*starts, n_records))
    ]
    origin_s = runs[0].stretch.start_s
    _say_drift(runs, record_s, name, notices)
    _say_skipped_hours(runs, name, notices)
    return Timing(origin_s, _fitted(runs, origin_s, record_s, name), shifts_s, tuple(notices))


def _repaired(
    offsets_s: _Float64,
    is_known: npt.NDArray[np.bool_],
    record_s: float,
    name: str,
    notices: list[Phrase],
) -> _Float64:
    """Put records without a possible onset, or with one that its neighbours refute, in place."""
    records = np.arange(offsets_s.size)
    # Those without: after the one before, and the first ones before the one after.
    last_known = np.maximum.accumulate(np.where(is_known, records, -1))
    offsets_s = offsets_s[np.where(last_known < 0, int(np.argmax(is_known)), last_known)]
    between = _median_of_five(offsets_s)
    if offsets_s.size >= 5:
        # At the ends nothing comes back; a pause can only make offsets larger.
        between[0] = min(between[0], float(np.median(offsets_s[1:4])))
        between[-1] = max(between[-1], float(np.median(offsets_s[-4:-1])))
    is_damaged = ~is_known | (
        np.abs(offsets_s - between) > max(2 * _JITTER * record_s, _ROUNDING_S)
    )
    if is_damaged.any():
        numbers = tuple(int(record) + 1 for record in np.flatnonzero(is_damaged)[:5])
        more = Phrase(" and others") if is_damaged.sum() > 5 else ""
        notices.append(
            Phrase(
                "{file}: the onset of data record {numbers}{more} is damaged; the "
                "records before and after say where it belongs, and it was put there.",
                file=name,
                numbers=numbers,
                more=more,
            )
        )
    return np.where(is_damaged, between, offsets_s)


def _median_of_five(values: _Float64) -> _Float64:
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(values, 2, mode="edge"), 5)
    return np.asarray(np.median(windows, axis=1), np.float64)


def _set_back(offsets_s: _Float64, name: str, notices: list[Phrase]) -> _Float64:
    """Hours to add after a clock was set to winter time: records can't be taken before others."""
    is_set_back = np.abs(np.diff(offsets_s) + _HOUR_S) < _CLOCK_ROUNDING_S
    notices += [
        Phrase(
            "{file}: at data record {number} the recorder's clock was set back "
            "by one hour, as at the end of summer time; what follows was taken "
            "for going on without a pause, and clock times after it are those of "
            "before the change.",
            file=name,
            number=record + 2,
        )
        for record in np.flatnonzero(is_set_back)
    ]
    return np.concatenate(([0.0], np.cumsum(is_set_back) * _HOUR_S))


def _gaps(
    offsets_s: _Float64, smooth_s: _Float64, record_s: float
) -> tuple[_Float64, float, float]:
    """Steps between records, what they usually are, and how far off one is that is a pause."""
    steps_s = np.diff(offsets_s)
    if offsets_s.size < _LEAST_RECORDS:
        return steps_s, 0.0, _ROUNDING_S
    drift = float(np.median(steps_s))
    if abs(drift) > _JITTER * record_s:
        drift = 0.0  # more pauses than records that run on
    jitter_s = float(np.median(np.abs(steps_s - drift)))
    least_gap_s = float(np.clip(6 * jitter_s, _ROUNDING_S, 2 * _JITTER * record_s))
    return np.diff(smooth_s), drift, max(least_gap_s, _ROUNDING_S)


def _run(
    offsets_s: _Float64,
    smooth_s: _Float64,
    record_s: float,
    least_gap_s: float,
    first: int,
    stop: int,
) -> Run:
    own = smooth_s[first:stop]
    start_s = first * record_s + float(offsets_s[first])
    n_knots = max(-(-own.size // _KNOT_RECORDS), 1) + 1
    places = np.unique(np.linspace(0, own.size - 1, n_knots).round().astype(np.int64))
    knots_s = np.array([_on_local_line(own, place) for place in places.tolist()])
    if np.ptp(own) <= _ROUNDING_S or np.ptp(knots_s) <= least_gap_s / 2:
        if np.ptp(own) > _ROUNDING_S:
            start_s = first * record_s + float(np.median(own))
        return Run(Stretch(start_s, start_s + (stop - first) * record_s), first, stop)
    records = first + places
    times_s = records * record_s + knots_s
    # The last record has a duration, too.
    per_record_s = (times_s[-1] - times_s[0]) / (records[-1] - records[0])
    knots = np.array([[*records, stop], [*times_s, times_s[-1] + per_record_s]])
    return Run(Stretch(float(knots[1, 0]), float(knots[1, -1])), first, stop, knots)


def _on_local_line(offsets_s: _Float64, place: int) -> float:
    """Offset at a record on the line through those around it."""
    n_around = min(2 * _SMOOTHED_RECORDS + 1, offsets_s.size)
    first = min(max(place - _SMOOTHED_RECORDS, 0), offsets_s.size - n_around)
    around = offsets_s[first : first + n_around]
    from_middle = np.arange(n_around) - (n_around - 1) / 2
    square = float(from_middle @ from_middle)
    slope = float(from_middle @ around) / square if square else 0.0
    return float(around.mean()) + slope * (place - first - (n_around - 1) / 2)


def _say_drift(runs: list[Run], record_s: float, name: str, notices: list[Phrase]) -> None:
    drifts = [
        (run.stretch.stop_s - run.stretch.start_s) / ((run.stop - run.first) * record_s) - 1
        for run in runs
        if run.knots is not None
    ]
    if drifts:
        largest = max(drifts, key=abs)
        notices.append(
            Phrase(
                "{file}: by the onsets of its data records the recording runs "
                "{share:.3%} {how} than the rate that its header gives; samples "
                "were placed by the onsets, so that now and then one is repeated or "
                "left out.",
                file=name,
                share=abs(largest),
                how=Phrase("slower") if largest > 0 else Phrase("faster"),
            )
        )


def _say_skipped_hours(runs: list[Run], name: str, notices: list[Phrase]) -> None:
    for before, after in itertools.pairwise(runs):
        pause_s = after.stretch.start_s - before.stretch.stop_s
        if abs(pause_s - _HOUR_S) < _CLOCK_ROUNDING_S:
            notices.append(
                Phrase(
                    "{file} pauses for exactly one hour at data record {number}. If that "
                    "is the beginning of summer time, nothing is missing there and what "
                    "follows lies one hour too late.",
                    file=name,
                    number=after.first + 1,
                )
            )


def _fitted(runs: list[Run], origin_s: float, record_s: float, name: str) -> tuple[Run, ...]:
    """Let times count from the first record, and each run end where the next one begins."""
    fitted = []
    for run, following in itertools.zip_longest(runs, runs[1:]):
        start_s, stop_s = run.stretch.start_s, run.stretch.stop_s
        if following is not None:
            if following.stretch.start_s < stop_s - record_s / 2:
                raise RecordingError(
                    "{file}: data record {number} begins before the one before it ends; "
                    "the file is damaged and its times can't be trusted.",
                    file=name,
                    number=following.first + 1,
                )
            stop_s = min(stop_s, following.stretch.start_s)  # may overlap a little
        knots = run.knots
        if knots is not None:
            knots = knots - np.array([[0.0], [origin_s]])
        stretch = Stretch(start_s - origin_s, stop_s - origin_s)
        fitted.append(Run(stretch, run.first, run.stop, knots))
    return tuple(fitted)
