"""Arousals, by section V of the AASM Manual.

In its words, quoted from memory: “Score arousal during sleep stages N1, N2, N3, or R if there is an
abrupt shift of EEG frequency including alpha, theta and/or frequencies greater than 16 Hz (but not
spindles) that lasts at least 3 seconds, with at least 10 seconds of stable sleep preceding the
change. Scoring of arousal during REM requires a concurrent increase in submental EMG lasting at
least 1 second.” Its notes: central and occipital derivations both count; arousals in an epoch of
wake that meet all this are scored; the 10 s may begin in the epoch before, even where that is wake.

The Manual says what is to be seen, not how a program sees it. Here the power of each band is
compared with its median in the minute before, in each derivation by itself. It is a shift of
frequency, and not of amplitude, where the band gains a share of all power too, over the whole of
its rise: so neither a movement that sways the EEG nor a K-complex nor a burst of noise is one, and
an alpha rhythm that is always there has nothing to rise above. What has more power at 12–15 Hz than
at 8–11 Hz is a spindle, not alpha. In the mean over the derivations noise is less and an arousal is
not: there too a shift has to rise and to last, so that what only one shows has to be the stronger,
and no noise beside a short burst makes it longer. It is abrupt where 3 s of it are more than the
3 s before: an alpha rhythm that waxes and wanes is not.

Measured on simulated nights with planted arousals alone (``tests/benchmarks/benchmark_events.py``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import Stage
from sleepscorer.signals.events.runs import bridged, filtered_by_hours, mask_runs
from sleepscorer.signals.filters import finite_runs

SHORTEST_S = 3.0
STABLE_SLEEP_S = 10.0
SHORTEST_CHIN_S = 1.0

_Float32 = npt.NDArray[np.float32]
_Float64 = npt.NDArray[np.float64]
_Bool = npt.NDArray[np.bool_]

# Own choices, as said above. Hertz of a band are those of spectra of one second, both included.
_THETA, _ALPHA, _FAST = Phrase("theta"), Phrase("alpha"), Phrase("activity above 16 Hz")
_BANDS_HZ = {_THETA: (5, 7), _ALPHA: (8, 11), _FAST: (18, 30)}
_SLOW_HZ, _SPINDLE_HZ, _MUSCLE_HZ = (1, 4), (12, 15), (35, 45)
_WINDOW_S, _STEP_S = 1.0, 0.25
_SMOOTH_STEPS = 3
_BEFORE_S = 60.0
_PAUSE_S = 1.0  # from what is compared to the minute before
_LEAST_RATIO, _LEAST_SHARE_RATIO = 2.0, 1.5
_STRONG_RATIO = 2.5  # that the strongest band has in the mean
_LEAST_TOGETHER = {1: 3.0, 2: 2.0}  # times the minute before, in the mean over so many derivations
_LEAST_OF_MANY = 1.75
_HELD_RATIO, _LEAST_HELD_S = 1.75, 2.5
_ABRUPT_RATIO = 1.6  # of its 3 s to the 3 s before
_EDGE_STEPS = 4
_BRIDGED_S = 1.0
_HEIGHT_PERCENTILE = 75
_FAR_GREATER = 10.0
_NEARLY_S = 2.0
_LONGEST_S = 30.0
_LONGEST_INTO_WAKE_S = 15.0
_WAKEFUL_RATIO, _MOST_WAKEFUL_S = 3.0, 3.0
_CHIN_BAND_HZ = (10.0, 100.0)
_CHIN_RATIO = 1.5
_CHIN_SMOOTH_BLOCKS = 2
_CHIN_BEFORE_S = 30.0
_WINDOWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of the EEG's frequency.

    Attributes
    ----------
    onset_s, stop_s
        Seconds from the start of the recording.
    channel
        Name of the derivation that shows it for longest.
    band
        What rose most.
    ratio
        Power of that band, as a multiple of the minute before.
    missed
        What it lacks to be an arousal; None where it is one.
    """

    onset_s: float
    stop_s: float
    channel: str
    band: Phrase
    ratio: float
    missed: Phrase | None = None

    @property
    def duration_s(self) -> float:
        """How long it lasts, in seconds."""
        return self.stop_s - self.onset_s


@dataclass(frozen=True, slots=True, eq=False)
class FrequencyShifts:
    """What one derivation shows.

    Attributes
    ----------
    shifts
        In order of time, those that only nearly last long enough as well.
    is_wakeful
        Whether alpha or fast activity is far above what it is in sleep, by steps of a quarter of a
        second, shape (n_steps,).
    ratios
        Power of each band by steps, as a multiple of the minute before, shape (n_steps,) each.
    """

    shifts: tuple[Shift, ...]
    is_wakeful: _Bool
    ratios: Mapping[Phrase, _Float64]

    @classmethod
    def of(
        cls, values: _Float32, sfreq: float, channel: str, stages: Sequence[Stage]
    ) -> FrequencyShifts:
        """Look for shifts in a derivation.

        Parameters
        ----------
        values
            Shape (n_times,), µV; NaN marks gaps.
        sfreq
            Sampling rate in Hz, at least `MIN_SFREQ_HZ`.
        channel
            Name of the derivation.
        stages
            Stage of each epoch.
        """
        spectra = _Spectra.of(values, sfreq)
        asleep = _by_step(np.asarray(stages, np.int8) > Stage.W, spectra.n_steps)
        wakeful = np.zeros(spectra.n_steps, np.bool_)
        for band in (_ALPHA, _FAST):
            power = spectra.powers[band]
            known = power[asleep & np.isfinite(power)]
            if known.size:
                with np.errstate(invalid="ignore"):
                    wakeful |= power > _WAKEFUL_RATIO * np.median(known)
        ratios = {band: _ratio(power) for band, power in spectra.powers.items()}
        return cls(tuple(_shifts(spectra, ratios, channel)), wakeful, ratios)


@dataclass(frozen=True, slots=True, eq=False)
class _Spectra:
    """Power of the bands around each step, µV², shape (n_steps,) each; NaN near gaps."""

    powers: Mapping[Phrase, _Float64]
    slow: _Float64
    spindle: _Float64
    muscle: _Float64 | None

    @property
    def n_steps(self) -> int:
        return int(self.slow.size)

    @classmethod
    def of(cls, values: _Float32, sfreq: float) -> _Spectra:
        has_muscle = sfreq > 2 * _MUSCLE_HZ[1]
        bands = [*_BANDS_HZ.values(), _SLOW_HZ, _SPINDLE_HZ, *([_MUSCLE_HZ] if has_muscle else [])]
        n_steps = int(values.size / sfreq / _STEP_S)
        powers = np.full((len(bands), n_steps), np.nan)
        length = round(_WINDOW_S * sfreq)
        hz = np.fft.rfftfreq(length, 1 / sfreq)
        chosen = [(hz > low - 0.5) & (hz < high + 0.5) for low, high in bands]
        taper = scipy.signal.windows.hann(length, sym=False).astype(np.float32)
        for first, stop in finite_runs(values):
            if stop - first < length:
                continue
            # The middle of each window is the middle of its step.
            middles_s = (np.arange(n_steps) + 0.5) * _STEP_S
            starts = np.round(middles_s * sfreq - length / 2).astype(np.int64)
            inside = np.flatnonzero((starts >= first) & (starts + length <= stop))
            windows = np.lib.stride_tricks.sliding_window_view(values[first:stop], length)
            for begin in range(0, inside.size, _WINDOWS_AT_ONCE):
                steps = inside[begin : begin + _WINDOWS_AT_ONCE]
                part = windows[starts[steps] - first]
                # An offset leaks into the slowest bin, where all other power would be as nothing.
                spectrum = scipy.fft.rfft((part - part.mean(axis=1, keepdims=True)) * taper)
                power = np.square(spectrum.real) + np.square(spectrum.imag)
                for row, mask in zip(powers, chosen, strict=True):
                    row[steps] = power[:, mask].sum(axis=1)
        powers = _smoothed(powers, _SMOOTH_STEPS)
        named = dict(zip(_BANDS_HZ, powers, strict=False))
        slow, spindle = powers[len(named) : len(named) + 2]
        return cls(named, slow, spindle, powers[-1] if has_muscle else None)


def _shifts(spectra: _Spectra, ratios: Mapping[Phrase, _Float64], channel: str) -> Iterator[Shift]:
    total = spectra.slow + sum(spectra.powers.values())
    with np.errstate(invalid="ignore", divide="ignore"):
        is_more = {
            band: _is_shift(ratios[band], _ratio(power / total))
            for band, power in spectra.powers.items()
        }
        is_more[_ALPHA] &= spectra.powers[_ALPHA] >= spectra.spindle
        # Theta after alpha that went is falling asleep.
        is_more[_THETA] &= ratios[_ALPHA] >= 1
    rises = [
        (first, stop, float(np.nanmean(ratios[band][first:stop])))
        for band, mask in is_more.items()
        for first, stop in _risen(mask, ratios[band])
    ]
    bridge = round(_BRIDGED_S / _STEP_S)
    begins, ends, heights = np.array(rises).reshape(-1, 3).T
    above = np.zeros(spectra.n_steps, np.bool_)
    for first, stop, mean in rises:
        # What is far greater is not made longer by what happens to be beside it.
        is_beside = (begins <= stop + bridge) & (ends + bridge >= first)
        if np.max(heights[is_beside]) <= _FAR_GREATER * mean:
            above[first:stop] = True
    firsts, stops = bridged(*mask_runs(above), bridge)
    muscle = None if spectra.muscle is None else _ratio(spectra.muscle)
    for first, stop in zip(firsts.tolist(), stops.tolist(), strict=True):
        if (stop - first) * _STEP_S < _NEARLY_S:
            continue
        means = {
            band: float(np.nanmean(ratio[first:stop]))
            for band, ratio in ratios.items()
            if is_more[band][first:stop].any()
        }
        band = max(means, key=means.__getitem__)
        if means[band] < _STRONG_RATIO:
            continue
        missed = None
        if muscle is not None and set(means) == {_FAST}:
            risen = float(np.nanmean(muscle[first:stop]))
            if risen > means[_FAST]:
                missed = Phrase("Above 35 Hz it rose even more: it may be muscle and no EEG.")
        yield Shift(first * _STEP_S, stop * _STEP_S, channel, band, means[band], missed)


def _is_shift(ratio: _Float64, share_ratio: _Float64) -> _Bool:
    """Where a band rises and gains a share of all power, there and over the whole of its rise.

    Of noise that is alike at all frequencies a band has a greater share for a moment, too.
    """
    has_risen = ratio >= _LEAST_RATIO
    gains = np.zeros(ratio.size, np.bool_)
    firsts, stops = bridged(*mask_runs(has_risen), round(_BRIDGED_S / _STEP_S))
    for first, stop in zip(firsts.tolist(), stops.tolist(), strict=True):
        mean = np.exp(np.nanmean(np.log(share_ratio[first:stop])))
        gains[first:stop] = mean >= _LEAST_SHARE_RATIO
    return np.asarray(has_risen & gains & (share_ratio >= _LEAST_SHARE_RATIO))


def _risen(mask: _Bool, ratio: _Float64) -> Iterator[tuple[int, int]]:
    """First and stop step of each rise of a band.

    It begins and ends where it has half of its height: a window sees what is strong before it is
    there.
    """
    firsts, stops = bridged(*mask_runs(mask), round(_BRIDGED_S / _STEP_S))
    for first, stop in zip(firsts.tolist(), stops.tolist(), strict=True):
        part = np.nan_to_num(ratio[first:stop])
        high = np.flatnonzero(part >= np.percentile(part, _HEIGHT_PERCENTILE) / 2)
        yield first + int(high[0]), first + int(high[-1]) + 1


def _ratio(power: _Float64) -> _Float64:
    """A power, as a multiple of its median in the minute before; NaN where there is none."""
    return _compared(power, _BEFORE_S)


def _smoothed(values: _Float64, width: int) -> _Float64:
    """Running means along the last axis; NaN where one of them is."""
    missing = np.isnan(values)
    means = scipy.ndimage.uniform_filter1d(np.where(missing, 0.0, values), width)
    means[scipy.ndimage.maximum_filter1d(missing, width)] = np.nan
    return np.asarray(means)


def _compared(power: _Float64, before_s: float) -> _Float64:
    known = np.isfinite(power)
    if not known.any():
        return np.full(power.size, np.nan)
    every = round(1 / _STEP_S)
    coarse = np.where(known, power, np.median(power[known]))[::every]
    width = min(round(before_s), coarse.size)
    level = scipy.ndimage.median_filter(coarse, width, mode="nearest", origin=(width - 1) // 2)
    level = np.repeat(level, every)[: power.size]
    late = round(_PAUSE_S / _STEP_S)
    level = np.concatenate((np.full(min(late, level.size), level[0]), level[:-late]))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(power / level)


def _by_step(of_epoch: _Bool, n_steps: int) -> _Bool:
    """Values of epochs for each step; False beyond the last epoch."""
    steps = np.repeat(of_epoch, round(EPOCH_S / _STEP_S))[:n_steps]
    return np.concatenate((steps, np.zeros(n_steps - steps.size, np.bool_)))


def chin_rises(values: _Float32, sfreq: float) -> _Float64:
    """Find where the EMG of the chin is more than it was before.

    Parameters
    ----------
    values
        Shape (n_times,), µV; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least what the role needs, 50.

    Returns
    -------
    spans_s
        Onsets and ends in seconds, shape (n, 2), of any length.
    """
    block = max(round(_STEP_S * sfreq), 1)
    step_s = block / sfreq
    level = np.full(values.size // block, np.nan)
    for first, stop in finite_runs(values):
        begin, end = math.ceil(first / block), stop // block
        if end - begin < round(2 / step_s):
            continue
        part = filtered_by_hours(values[first:stop], sfreq, *_CHIN_BAND_HZ)
        part = part[begin * block - first : end * block - first]
        level[begin:end] = np.square(part).reshape(-1, block).mean(axis=1)
    level = np.sqrt(_smoothed(level, _CHIN_SMOOTH_BLOCKS))
    with np.errstate(invalid="ignore"):
        risen = _compared(level, _CHIN_BEFORE_S) >= _CHIN_RATIO
    firsts, stops = bridged(*mask_runs(risen), 1)
    return np.stack((firsts, stops), axis=1).astype(np.float64) * step_s


def arousals(
    derivations: Sequence[FrequencyShifts],
    chin_s: _Float64 | None,
    stages: Sequence[Stage],
) -> list[Shift]:
    """Say which shifts are arousals, and what the others lack.

    Parameters
    ----------
    derivations
        What each derivation shows. Of shifts that overlap, the longest speaks.
    chin_s
        What `chin_rises` found; None without a chin.
    stages
        Stage of each epoch.
    """
    found: list[Shift] = []
    shifts = (one for derivation in derivations for one in derivation.shifts)
    for shift in sorted(shifts, key=lambda one: (-one.duration_s, one.onset_s)):
        if not any(one.onset_s < shift.stop_s and shift.onset_s < one.stop_s for one in found):
            found.append(shift)
    wakeful = [one.is_wakeful for one in derivations]
    judged: list[Shift] = []
    together = _together(derivations)
    n_seen = sum(bool(np.isfinite(one.ratios[_ALPHA]).any()) for one in derivations)
    found = [replace(one, missed=one.missed or _unclear(one, together, n_seen)) for one in found]
    last_s = -math.inf
    for shift in sorted(found, key=lambda one: one.onset_s):
        if not _is_beside_sleep(shift.onset_s, stages):
            if shift.duration_s >= SHORTEST_S:
                last_s = shift.stop_s
            continue
        ended = _ended(shift, stages)
        missed = ended.missed or _missed(ended, last_s, wakeful, chin_s, stages)
        judged.append(replace(ended, missed=missed))
        if missed is None:
            last_s = shift.stop_s
    return judged


def _together(derivations: Sequence[FrequencyShifts]) -> Mapping[Phrase, _Float64]:
    """Power of each band, in the mean over the derivations: noise is another one in each."""
    n_steps = min((one.is_wakeful.size for one in derivations), default=0)
    means = {}
    for band in _BANDS_HZ:
        ratios = np.array([one.ratios[band][:n_steps] for one in derivations])
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(ratios)
            is_known = np.isfinite(logs)
            means[band] = np.exp(np.where(is_known, logs, 0.0).sum(axis=0) / is_known.sum(axis=0))
    return means


def _unclear(
    shift: Shift, together: Mapping[Phrase, _Float64], n_derivations: int
) -> Phrase | None:
    """What a shift lacks in the mean over the derivations."""
    first, stop = round(shift.onset_s / _STEP_S), round(shift.stop_s / _STEP_S)
    inside = together[shift.band][first:stop]
    least = _LEAST_TOGETHER.get(n_derivations, _LEAST_OF_MANY)
    if _mean_ratio(inside) < least:
        return Phrase("Only {channel} shows it.", channel=shift.channel)
    around = slice(max(first - _EDGE_STEPS, 0), stop + _EDGE_STEPS)
    held = np.any([ratio[around] >= _HELD_RATIO for ratio in together.values()], axis=0)
    held_s = np.count_nonzero(held) * _STEP_S
    if shift.duration_s >= SHORTEST_S and held_s < _LEAST_HELD_S:
        return Phrase("All derivations together show it for {held:.1f} s alone.", held=held_s)
    if _steepest(together[shift.band], first, stop) < _ABRUPT_RATIO:
        return Phrase("It begins little by little, not abruptly.")
    return None


def _steepest(ratio: _Float64, first: int, stop: int) -> float:
    """By how much 3 s of a shift are more than the 3 s before them, at most; NaN at the start."""
    width = round(SHORTEST_S / _STEP_S)
    steps = [
        _mean_ratio(ratio[step : step + width])
        / _mean_ratio(ratio[step - _EDGE_STEPS - width : step - _EDGE_STEPS])
        for step in range(first, min(first + width, stop) + 1)
        if step >= _EDGE_STEPS + width
    ]
    return max(steps, default=math.nan)


def _mean_ratio(ratios: _Float64) -> float:
    """Geometric mean of those that are known; NaN without any."""
    known = ratios[np.isfinite(ratios) & (ratios > 0)]
    return float(np.exp(np.log(known).mean())) if known.size else math.nan


def _stage(time_s: float, stages: Sequence[Stage]) -> Stage:
    epoch = int(time_s // EPOCH_S)
    return stages[epoch] if 0 <= epoch < len(stages) else Stage.UNSCORED


def _is_beside_sleep(onset_s: float, stages: Sequence[Stage]) -> bool:
    """Whether a time is in sleep, or in the first half of an epoch of wake that follows it."""
    if _stage(onset_s, stages) > Stage.W:
        return True
    return onset_s % EPOCH_S < EPOCH_S / 2 and _stage(onset_s - EPOCH_S, stages) > Stage.W


def _ended(shift: Shift, stages: Sequence[Stage]) -> Shift:
    """End what goes on into wake, where it is no arousal any more but being awake."""
    latest_s = shift.onset_s + _LONGEST_INTO_WAKE_S
    if shift.stop_s > latest_s and _stage(shift.stop_s - 1e-6, stages) is Stage.W:
        return replace(shift, stop_s=latest_s)
    return shift


def _missed(
    shift: Shift,
    last_s: float,
    wakeful: Sequence[_Bool],
    chin_s: _Float64 | None,
    stages: Sequence[Stage],
) -> Phrase | None:
    if shift.duration_s < SHORTEST_S:
        return Phrase("It lasts {duration:.1f} s, not 3 s.", duration=shift.duration_s)
    if shift.duration_s > _LONGEST_S:
        return Phrase(
            "It lasts {duration:.0f} s: the background is another one from then on.",
            duration=shift.duration_s,
        )
    stable_s = shift.onset_s - last_s
    if stable_s < STABLE_SLEEP_S:
        return Phrase("Only {stable:.0f} s of stable sleep before it, not 10 s.", stable=stable_s)
    if not _is_stable(shift.onset_s, wakeful, stages):
        return Phrase("The 10 s before it are not all sleep.")
    if _stage(shift.onset_s, stages) is Stage.R:
        if chin_s is None:
            return Phrase("In R it needs the chin EMG, which is not there.")
        beside = (chin_s[:, 0] < shift.stop_s) & (chin_s[:, 1] > shift.onset_s)
        risen_s = float(np.max(chin_s[beside, 1] - chin_s[beside, 0], initial=0.0))
        if risen_s < SHORTEST_CHIN_S:
            return Phrase("In R the chin EMG rose for {risen:.1f} s, not for 1 s.", risen=risen_s)
    return None


def _is_stable(onset_s: float, wakeful: Sequence[_Bool], stages: Sequence[Stage]) -> bool:
    """Whether sleep has lasted 10 s; where an epoch before was wake, the EEG itself has to say."""
    begin_s = onset_s - STABLE_SLEEP_S
    if begin_s < 0:
        return False
    if _stage(begin_s, stages) > Stage.W and _stage(onset_s, stages) > Stage.W:
        return True
    steps = slice(round(begin_s / _STEP_S), round(onset_s / _STEP_S))
    return all(np.count_nonzero(one[steps]) * _STEP_S <= _MOST_WAKEFUL_S for one in wakeful)
