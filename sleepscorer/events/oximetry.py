"""Oxygen saturation of a night: artefacts, desaturations, time below, hypoxic burden.

Everything is computed from one value a second.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import (
    APNEAS_AND_HYPOPNEAS,
    WITH_SATURATION,
    EventGroup,
    EventKind,
    ScoredEvent,
)
from sleepscorer.domain.provenance import Provenance
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.signals.events.runs import mask_runs

THRESHOLDS = (90, 88, 85, 80)
"""Per cent below which the time is told."""

_Float64 = npt.NDArray[np.float64]
_Bool = npt.NDArray[np.bool_]

# Own choices, named in the definitions: no rule of the AASM Manual gives numbers for them.
_LEAST, _MOST = 50.0, 100.0
_FASTEST = 4.0  # per cent a second; blood does not change faster, a sensor that slips does
_AROUND_JUMP_S = 2
_LONGEST_FALL_S = 120
_REVERSAL = 2.0  # per cent that it has to come up, so that the next fall is another one
_SHORTEST_S, _LONGEST_RECOVERY_S = 10, 120
_ROUNDING = 1e-6  # 95.3 − 91.3 is not quite 4
_BASELINE_S, _DELAY_S, _EARLIEST_FALL_S = 30, 45, 10

# Azarbarzin et al. 2019: baseline and window of the hypoxic burden.
_BURDEN_BASELINE_S = 100
_AVERAGED_S = 120
_FALLBACK_WINDOW_S = (-5, 45)
_FEWEST_AVERAGED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Saturation:
    """Oxygen saturation, one value a second.

    Attributes
    ----------
    values
        Shape (n_seconds,), per cent; NaN where there is none that can be relied on.
    """

    values: _Float64
    _falls: dict[tuple[float, float, float], tuple[float, float] | None] = field(
        default_factory=dict, init=False, repr=False
    )

    @classmethod
    def of(cls, values: npt.NDArray[np.float32], sfreq: float) -> Saturation:
        """Clean a signal: what lies outside 50–100 % or beside a jump of over 4 %/s is none.

        Nor is what lies between a jump down and one up, is lower throughout and lasts longer than a
        fall, as where a sensor slipped and somebody put it back.

        Parameters
        ----------
        values
            Shape (n_times,), per cent; NaN marks gaps.
        sfreq
            Sampling rate in Hz.
        """
        # Oximeters send whole or tenths of per cent, which a file's own steps miss by a little.
        seconds = np.round(each_second(values, sfreq), 1)
        seconds[(seconds < _LEAST) | (seconds > _MOST + 0.5)] = np.nan
        np.minimum(seconds, _MOST, out=seconds)
        with np.errstate(invalid="ignore"):
            steps = np.diff(seconds)
            fastest = _FASTEST * max(1.0, 1 / sfreq) + _ROUNDING
            jumps = np.flatnonzero(np.abs(steps) > fastest)
        for down, up in itertools.pairwise(jumps.tolist()):
            between = seconds[down + 1 : up + 1]
            is_slip = steps[down] < 0 < steps[up] and between.size > _LONGEST_FALL_S
            if is_slip and np.isfinite(between).all() and between.max() < seconds[down] - _FASTEST:
                between[:] = np.nan
        for jump in jumps.tolist():
            seconds[max(jump - _AROUND_JUMP_S + 1, 0) : jump + _AROUND_JUMP_S + 1] = np.nan
        return cls(seconds)

    def between(self, start_s: float, stop_s: float) -> _Float64:
        """The values from one second to another, without those that are none."""
        part = self.values[max(int(start_s), 0) : max(int(np.ceil(stop_s)), 0)]
        return part[np.isfinite(part)]

    def fall(
        self, onset_s: float, duration_s: float, next_onset_s: float = float("inf")
    ) -> tuple[float, float] | None:
        """Baseline and nadir of an apnea or hypopnea, in per cent; None without enough values.

        The baseline is the highest value from 30 s before the event to its middle, the nadir the
        lowest from its onset to 45 s after its end: the blood takes its time to the finger. There
        are none where half of that time has no value.

        Where the next event begins in that time, the nadir is looked for up to 10 s after its
        onset, and on while the saturation is 2 % below the baseline and does not rise: a fall that
        begins later is that of the next event.

        What was asked for once is remembered: a person's decision on one event changes nothing for
        those far from it.

        Parameters
        ----------
        onset_s, duration_s
            Of the event, in seconds.
        next_onset_s
            Onset of the next apnea or hypopnea.
        """
        if next_onset_s + _EARLIEST_FALL_S >= onset_s + duration_s + _DELAY_S:
            next_onset_s = float("inf")
        place = onset_s, duration_s, next_onset_s
        if place not in self._falls:
            self._falls[place] = self._fall(*place)
        return self._falls[place]

    def range_within(self, onset_s: float, duration_s: float) -> tuple[float, float] | None:
        """Highest and lowest value of a desaturation as it is marked; None where half has none."""
        there = self.between(onset_s, onset_s + duration_s)
        if not there.size or there.size < duration_s / 2:
            return None
        return float(there.max()), float(there.min())

    def _fall(
        self, onset_s: float, duration_s: float, next_onset_s: float
    ) -> tuple[float, float] | None:
        stop_s = onset_s + duration_s
        before = self.between(onset_s - _BASELINE_S, onset_s + duration_s / 2)
        until_s = stop_s + _DELAY_S
        after = self.between(onset_s, until_s)
        if before.size < _BASELINE_S / 2 or after.size < (duration_s + _DELAY_S) / 2:
            return None
        others_s = max(stop_s, next_onset_s + _EARLIEST_FALL_S)
        if others_s < until_s:
            own = self.between(onset_s, others_s)
            later = self.between(math.ceil(others_s), until_s)
            steps = np.diff(np.concatenate((own[-1:], later)))
            if own.size:
                is_over = (steps > 0) | (later > before.max() - _REVERSAL)
                n_more = int(np.argmax(is_over)) if is_over.any() else later.size
                after = np.concatenate((own, later[:n_more]))
        return float(before.max()), float(after.min())


def each_second(values: npt.NDArray[np.float32], sfreq: float) -> _Float64:
    """Take one value of each second of a slow signal, shape (n_seconds,), as it is stored."""
    n_seconds = int(values.size / sfreq)
    edges = np.round(np.arange(n_seconds + 1) * sfreq).astype(np.int64)
    if sfreq >= 1:
        # The last of each second: sensors send whole numbers, and a mean would make others.
        return values[edges[1:] - 1].astype(np.float64)
    return values[np.minimum(edges[:-1], values.size - 1)].astype(np.float64)


def desaturations(
    saturation: Saturation,
    fall: float,
    *,
    channel: str = "",
    source: Provenance | None = None,
) -> tuple[ScoredEvent, ...]:
    """Find every fall of some per cent.

    A fall goes from the highest value of at most 120 s to the next lowest one, and a rise of 2 %
    ends it. It lasts from where the highest was left to where two thirds of it are made up, or to
    the next fall; one of less than 10 s is an artefact.

    Parameters
    ----------
    saturation
        One value a second.
    fall
        Per cent: 3 or 4.
    channel, source
        Of the events.
    """
    found: list[ScoredEvent] = []
    values = saturation.values
    for peak, nadir, limit in _falls(values):
        first = max(peak, nadir - _LONGEST_FALL_S)
        window = values[first : nadir + 1]
        baseline = float(np.nanmax(window))
        depth = baseline - float(values[nadir])
        if depth < fall - _ROUNDING:
            continue
        onset = first + int(np.flatnonzero(window == baseline)[-1])
        stop = nadir + 1
        until = min(limit, nadir + _LONGEST_RECOVERY_S)
        while stop < until and values[stop] < values[nadir] + depth * 2 / 3:
            stop += 1
        if stop - onset >= _SHORTEST_S:
            found.append(
                ScoredEvent(
                    EventKind.DESATURATION,
                    float(onset),
                    float(stop - onset),
                    channel,
                    spo2_nadir=float(values[nadir]),
                    spo2_baseline=baseline,
                    source=source,
                )
            )
    return tuple(found)


def _falls(values: _Float64) -> Iterable[tuple[int, int, int]]:
    """Highest, lowest and next highest second of each fall, of stretches without artefacts."""
    for first, stop in zip(*mask_runs(np.isfinite(values)), strict=True):
        peak = nadir = first
        is_falling = False
        for second in range(first + 1, stop):
            value = values[second]
            if is_falling:
                if value < values[nadir]:
                    nadir = second
                elif value >= values[nadir] + _REVERSAL:
                    turn = second
                    yield peak, nadir, _next_fall(values, turn, stop)
                    peak, is_falling = second, False
            elif value >= values[peak]:
                peak = second
            elif value <= values[peak] - _REVERSAL:
                nadir, is_falling = second, True
        if is_falling:
            yield peak, nadir, stop


def _next_fall(values: _Float64, first: int, stop: int) -> int:
    """Second of the highest value before it falls again."""
    peak = first
    for second in range(first + 1, stop):
        if values[second] >= values[peak]:
            peak = second
        elif values[second] <= values[peak] - _REVERSAL:
            break
        if second - first > _LONGEST_RECOVERY_S:
            break
    return peak


def with_saturations(
    events: Sequence[ScoredEvent], saturation: Saturation, others: Iterable[ScoredEvent] = ()
) -> list[ScoredEvent]:
    """Fill nadir and baseline of all apneas, hypopneas and desaturations, see `with_saturation`.

    Parameters
    ----------
    events
        Of any kind, in any order.
    saturation
        One value a second.
    others
        Events of the same night that stay as they are.
    """
    onsets_s = sorted(
        one.onset_s
        for one in (*events, *others)
        if one.kind.group in APNEAS_AND_HYPOPNEAS and one.duration_s >= _SHORTEST_S
    )
    onsets_s.append(float("inf"))
    return [
        with_saturation(event, saturation, onsets_s[bisect.bisect_right(onsets_s, event.onset_s)])
        if event.kind.group in WITH_SATURATION
        else event
        for event in events
    ]


def with_saturation(
    event: ScoredEvent, saturation: Saturation, next_onset_s: float = float("inf")
) -> ScoredEvent:
    """Fill nadir and baseline of an event that has none.

    Those of a desaturation are `Saturation.range_within` it, of others `Saturation.fall`.

    Parameters
    ----------
    event
        An apnea, hypopnea or desaturation.
    saturation
        One value a second.
    next_onset_s
        Onset of the next apnea or hypopnea.
    """
    nadir, baseline = event.spo2_nadir, event.spo2_baseline
    if nadir is not None and baseline is not None:
        return event
    if event.kind.group is EventGroup.DESATURATION:
        found = saturation.range_within(event.onset_s, event.duration_s)
    else:
        found = saturation.fall(event.onset_s, event.duration_s, next_onset_s)
    if found is None:
        return event
    return ScoredEvent(
        event.kind,
        event.onset_s,
        event.duration_s,
        event.channel,
        event.text,
        found[1] if nadir is None else nadir,
        found[0] if baseline is None else baseline,
        event.source,
    )


def with_saturation_among(
    event: ScoredEvent, index: EventIndex, saturation: Saturation
) -> ScoredEvent:
    """Fill nadir and baseline of one event, whatever its kind, as `with_saturations` fills all.

    Parameters
    ----------
    event
        Any event; those that are no apnea, hypopnea or desaturation stay as they are.
    index
        All events of the night; what nobody decided on yet is none that follows.
    saturation
        One value a second.
    """
    if event.kind.group not in WITH_SATURATION:
        return event
    near = index.between(event.onset_s, event.stop_s + _DELAY_S)
    onsets_s = (
        one.onset_s
        for one in near
        if one.onset_s > event.onset_s
        and one.kind.group in APNEAS_AND_HYPOPNEAS
        and one.duration_s >= _SHORTEST_S
        and not one.is_proposed
    )
    return with_saturation(event, saturation, min(onsets_s, default=float("inf")))


@dataclass(frozen=True, slots=True)
class Oximetry:
    """Numbers of the oxygen saturation in sleep.

    Attributes
    ----------
    valid_min
        Minutes of sleep with a value that can be relied on.
    mean, lowest
        Per cent, in sleep.
    mean_by_stage
        Per cent, wake included; stages without a value are left out.
    minutes_below, percent_below
        Minutes, and per cent of `valid_min`, below each of `THRESHOLDS`.
    odi_3, odi_4
        Desaturations of 3 % and 4 % that begin or end in sleep, per hour of total sleep time.
    hypoxic_burden
        %·min per hour of total sleep time; None where no apneas or hypopneas are scored.
    """

    valid_min: float
    mean: float
    lowest: float
    mean_by_stage: Mapping[Stage, float]
    minutes_below: Mapping[int, float]
    percent_below: Mapping[int, float]
    odi_3: float
    odi_4: float
    hypoxic_burden: float | None


def oximetry(
    saturation: Saturation, stages: Sequence[Stage], events: Iterable[ScoredEvent] = ()
) -> Oximetry | None:
    """Compute the numbers of a night; None without sleep or without a value in it.

    Parameters
    ----------
    saturation
        One value a second.
    stages
        Stage of each 30-s epoch between lights off and on, unscored outside.
    events
        Events that count; apneas and hypopneas make the hypoxic burden.
    """
    by_second = np.repeat(np.asarray(stages, np.int8), round(EPOCH_S))[: saturation.values.size]
    values = saturation.values[: by_second.size]
    is_valid = np.isfinite(values)
    asleep = by_second > Stage.W
    in_sleep = values[asleep & is_valid]
    if not in_sleep.size:
        return None
    hours = np.count_nonzero(np.asarray(stages, np.int8) > Stage.W) * EPOCH_S / 3600
    threes = _in_sleep(desaturations(saturation, 3.0), asleep)
    n_four = sum(_depth(event) >= 4 - _ROUNDING for event in threes)
    respiratory = [event for event in events if event.kind.group in APNEAS_AND_HYPOPNEAS]
    burden = hypoxic_burden(saturation, respiratory) / hours if respiratory else None
    below = {limit: float(np.count_nonzero(in_sleep < limit)) / 60 for limit in THRESHOLDS}
    return Oximetry(
        valid_min=in_sleep.size / 60,
        mean=float(in_sleep.mean()),
        lowest=float(in_sleep.min()),
        mean_by_stage={
            stage: float(values[of_stage].mean())
            for stage in SCORED_STAGES
            if (of_stage := (by_second == stage) & is_valid).any()
        },
        minutes_below=below,
        percent_below={
            limit: minutes * 60 / in_sleep.size * 100 for limit, minutes in below.items()
        },
        odi_3=len(threes) / hours,
        odi_4=n_four / hours,
        hypoxic_burden=burden,
    )


def _depth(event: ScoredEvent) -> float:
    return (event.spo2_baseline or 0.0) - (event.spo2_nadir or 0.0)


def _in_sleep(events: Iterable[ScoredEvent], asleep: _Bool) -> list[ScoredEvent]:
    last = asleep.size - 1
    return [
        event
        for event in events
        if int(event.onset_s) <= last
        and (asleep[int(event.onset_s)] or asleep[min(int(event.stop_s) - 1, last)])
    ]


def hypoxic_burden(saturation: Saturation, events: Sequence[ScoredEvent]) -> float:
    """Area below the baseline that goes with apneas and hypopneas, in %·min.

    After Azarbarzin et al. 2019, Eur Heart J 40:1149, https://doi.org/10.1093/eurheartj/ehy624, and
    from memory: the text of the paper could not be looked at, and no code of others was compared.
    The baseline of an
    event is the highest saturation in the 100 s before its end; the area is taken in a window
    that is the patient's own, between the two highest points of the mean of all curves, aligned at
    the ends of the events. Own choices where the paper is silent: the mean is looked at from 120 s
    before to 120 s after; of fewer than three events the window is 5 s before to 45 s after the
    end; where windows overlap, a second counts once, as in the nearer event.

    Parameters
    ----------
    saturation
        One value a second.
    events
        Apneas and hypopneas that count, in order of time.
    """
    values = saturation.values
    ends = [round(event.stop_s) for event in events if round(event.stop_s) < values.size]
    before, after = _burden_window(values, ends)
    area, done = 0.0, 0
    for end in ends:
        last_100 = values[max(end - _BURDEN_BASELINE_S, 0) : end + 1]
        first = max(end + before, done, 0)
        window = values[first : max(end + after, first)]
        done = max(end + after, done)
        if np.isfinite(last_100).any() and window.size:
            area += float(np.nansum(np.maximum(np.nanmax(last_100) - window, 0.0)))
    return area / 60


def _burden_window(values: _Float64, ends: Sequence[int]) -> tuple[int, int]:
    reach = np.arange(-_AVERAGED_S, _AVERAGED_S + 1)
    inner = [end for end in ends if end >= _AVERAGED_S and end + _AVERAGED_S < values.size]
    if len(inner) < _FEWEST_AVERAGED:
        return _FALLBACK_WINDOW_S
    curves = values[np.array(inner)[:, np.newaxis] + reach]
    n_valid = np.isfinite(curves).sum(axis=0)
    if (n_valid == 0).any():
        return _FALLBACK_WINDOW_S
    mean = np.nansum(curves, axis=0) / n_valid
    lowest = _AVERAGED_S + int(mean[_AVERAGED_S : _AVERAGED_S + 61].argmin())
    left = int(mean[: lowest + 1].argmax())
    right = lowest + int(mean[lowest:].argmax())
    # Periodic events have a peak on either side: the nearest that is as good as the highest.
    while left + 1 < lowest and mean[left + 1 : lowest].max() >= mean[left] - 0.1:
        left = left + 1 + int(mean[left + 1 : lowest].argmax())
    near = np.flatnonzero(mean[lowest:right] >= mean[right] - 0.1)
    right = lowest + int(near[0]) if near.size else right
    return left - _AVERAGED_S, right - _AVERAGED_S
