"""Simulated EEG, EOG and chin EMG with planted arousals, for tests and benchmarks.

As the other simulated signals they say nothing of how well anything works on people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy  # which loads its parts at their first use: after the window is on the screen

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import (
    BREATHING_EVENTS,
    LIMB_EVENTS,
    EventKind,
    ScoredEvent,
    in_order,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.signals.simulated_events import PlantedNight

_Float32 = npt.NDArray[np.float32]

_EEG_HZ, _CHIN_HZ = 100.0, 200.0
_SEGMENT_S = 4.0
_APART_S = 25.0
_SHORT_S = (1.0, 2.0)
_LENGTHS_S = (3.5, 12.0)

# Share of a rhythm that each derivation sees: theta, alpha, fast.
_SEEN = {
    "EEG F4-M1": (0.8, 0.5, 0.9),
    "EEG C4-M1": (1.0, 0.8, 1.0),
    "EEG O2-M1": (0.7, 1.0, 0.7),
}
_EYES = ("EOG E1-M2", "EOG E2-M2")
_RHYTHMS_HZ = ((4.5, 7.0), (8.5, 11.0), (17.0, 28.0))

# µV²/Hz of W, N1, N2, N3 and R at these frequencies, between them on a straight line of the
# logarithms: in the order of what median spectra of young adults have.
_SPECTRUM_HZ = (0.5, 1.0, 2.0, 4.0, 6.0, 10.0, 13.0, 20.0, 35.0, 50.0)
_SPECTRUM_UV2_PER_HZ = (
    (14.0, 10.0, 6.0, 3.0, 2.2, 9.0, 0.9, 0.75, 0.5, 0.4),
    (22.0, 14.0, 7.5, 3.8, 2.6, 0.9, 0.5, 0.32, 0.14, 0.1),
    (45.0, 34.0, 20.0, 6.5, 2.8, 1.0, 0.5, 0.2, 0.07, 0.04),
    (240.0, 200.0, 90.0, 15.0, 4.6, 1.4, 0.6, 0.18, 0.06, 0.03),
    (20.0, 13.0, 9.0, 4.2, 2.7, 0.8, 0.36, 0.25, 0.1, 0.06),
)
_CHIN_UV = (8.0, 5.0, 4.0, 3.5, 1.2)


@dataclass(frozen=True, slots=True)
class ArousalDifficulty:
    """What makes arousals hard to find.

    Attributes
    ----------
    strength
        Least and greatest number of times that the power of a band is what it was before.
    spindles_per_min
        In N2, besides usual ones in trains of up to three.
    n_sways
        Movements an hour without an arousal, which sway the EEG.
    alpha_uv
        Amplitude of an alpha rhythm that waxes and wanes all through sleep.
    """

    strength: tuple[float, float] = (6.0, 30.0)
    spindles_per_min: float = 2.0
    n_sways: float = 0.0
    alpha_uv: float = 0.0


AROUSAL_DIFFICULTIES = {
    "clear": ArousalDifficulty(),
    "faint": ArousalDifficulty(strength=(2.5, 5.0)),
    "spindles": ArousalDifficulty(spindles_per_min=9.0),
    "movement": ArousalDifficulty(n_sways=30.0),
    "alpha sleep": ArousalDifficulty(alpha_uv=8.0),
}


def simulate_arousals(
    night: PlantedNight,
    seed: int,
    *,
    difficulty: ArousalDifficulty = AROUSAL_DIFFICULTIES["clear"],
    spontaneous_per_h: float = 8.0,
) -> PlantedNight:
    """Give a night three derivations of EEG, both eyes and a chin, and plant arousals in them.

    Most breathing events, or those that are said to, and some limb movements end in one; others
    come alone. Between them lie bursts that are too short to be arousals and, in R, alpha without
    any rise of the chin.

    Parameters
    ----------
    night
        Its events stay; its stages say what the background looks like.
    seed
        The same seed gives the same signals.
    difficulty
        What makes arousals hard to find.
    spontaneous_per_h
        Arousals an hour of sleep that go with nothing.
    """
    rng = np.random.default_rng((seed, 17))
    stages = night.stages
    arousals = _planted(rng, night, spontaneous_per_h)
    bursts = _bursts(rng, stages, arousals)
    backgrounds = {label: _background(rng, stages) for label in (*_SEEN, *_EYES)}
    eeg = [backgrounds[label] for label in _SEEN]
    for event in (*arousals, *bursts):
        _add_shift(rng, eeg, event, _stage_at(stages, event.onset_s), difficulty.strength)
    spindles = _add_spindles(rng, eeg, stages, difficulty.spindles_per_min)
    if difficulty.alpha_uv:
        _add_alpha_sleep(rng, eeg, stages, difficulty.alpha_uv)
    chin = _chin(rng, stages, arousals)
    sways = _times(rng, stages, difficulty.n_sways, arousals, 30.0)
    for onset_s in sways:
        _add_sway(rng, (*eeg, *(backgrounds[one] for one in _EYES)), chin, onset_s)
    signals = {label: ("µV", _EEG_HZ, values) for label, values in backgrounds.items()}
    signals["EMG Chin"] = ("µV", _CHIN_HZ, chin)
    return replace(
        night,
        recording=night.recording.having(signals),
        events=in_order((*night.events, *arousals)),
        spindles=spindles,
    )


def _stage_at(stages: Sequence[Stage], time_s: float) -> Stage:
    return stages[min(int(time_s // EPOCH_S), len(stages) - 1)]


def _planted(
    rng: np.random.Generator, night: PlantedNight, spontaneous_per_h: float
) -> list[ScoredEvent]:
    found: list[ScoredEvent] = []

    def plant(onset_s: float) -> None:
        duration_s = round(float(rng.uniform(*_LENGTHS_S)), 2)
        event = ScoredEvent(EventKind.AROUSAL, round(onset_s, 2), duration_s)
        begin_s, end_s = event.onset_s - _APART_S, event.stop_s + _APART_S
        around = (_stage_at(night.stages, one) for one in (event.onset_s - 11, event.stop_s))
        if all(one > Stage.W for one in around) and not any(
            one.onset_s < end_s and one.stop_s > begin_s for one in found
        ):
            found.append(event)

    for event in night.events:
        is_roused = event.kind.group in BREATHING_EVENTS and (
            rng.random() < 0.7 if night.roused is None else event in night.roused
        )
        if is_roused:
            plant(event.stop_s + float(rng.uniform(0, 2)))
    for event in night.events:
        if event.kind.group in LIMB_EVENTS and rng.random() < 0.1:
            plant(event.onset_s + float(rng.uniform(0, 0.3)))
    others = [one for one in night.events if one.kind.group not in LIMB_EVENTS]
    for onset_s in _times(rng, night.stages, spontaneous_per_h, others, 15.0):
        near = (abs(one.onset_s - onset_s) for one in night.events)
        if min(near, default=99.0) > 6:
            plant(onset_s)
    return found


def _times(
    rng: np.random.Generator,
    stages: Sequence[Stage],
    per_h: float,
    others: Iterable[ScoredEvent],
    apart_s: float,
) -> list[float]:
    """Times in sleep that are not near other events."""
    others = tuple(others)
    n_times = rng.poisson(per_h * len(stages) * EPOCH_S / 3600)
    times_s = np.sort(rng.uniform(60, len(stages) * EPOCH_S - 60, n_times)).tolist()
    return [
        time_s
        for time_s in times_s
        if _stage_at(stages, time_s) > Stage.W
        and all(one.stop_s + apart_s < time_s or one.onset_s - apart_s > time_s for one in others)
    ]


def _bursts(
    rng: np.random.Generator, stages: Sequence[Stage], arousals: Sequence[ScoredEvent]
) -> list[ScoredEvent]:
    """What looks like an arousal and is too short or, in R, has no rise of the chin."""
    found = []
    for onset_s in _times(rng, stages, 15.0, arousals, 20.0):
        in_r = _stage_at(stages, onset_s) is Stage.R
        duration_s = float(rng.uniform(*(_LENGTHS_S if in_r else _SHORT_S)))
        found.append(ScoredEvent(EventKind.AROUSAL, onset_s, duration_s))
    return found


def _background(rng: np.random.Generator, stages: Sequence[Stage]) -> _Float32:
    """Noise with the spectrum of each stage, µV, from segments that overlap by half."""
    n_segment = round(_SEGMENT_S * _EEG_HZ)
    n_hop = n_segment // 2
    n_times = round(len(stages) * EPOCH_S * _EEG_HZ)
    n_segments = n_times // n_hop + 1
    hz = scipy.fft.rfftfreq(n_segment, 1 / _EEG_HZ)
    logs = np.log(_SPECTRUM_UV2_PER_HZ)
    spectra = np.array([np.interp(np.log(hz.clip(0.5)), np.log(_SPECTRUM_HZ), row) for row in logs])
    amplitude = np.exp(0.5 * spectra) * np.sqrt(_EEG_HZ * n_segment / 2)
    amplitude[:, 0] = 0
    of_epoch = np.asarray(stages, np.int8)
    of_segment = (np.arange(n_segments) * n_hop / _EEG_HZ / EPOCH_S).astype(np.int64)
    levels = np.exp(0.15 * rng.standard_normal((n_segments, 1)))
    parts = rng.standard_normal((n_segments, hz.size, 2)) * np.sqrt(0.5)
    spectrum = (parts[..., 0] + 1j * parts[..., 1]) * levels
    spectrum *= amplitude[of_epoch[of_segment.clip(0, of_epoch.size - 1)]]
    # The halves of a sine overlap with powers that add up to one.
    segments = scipy.fft.irfft(spectrum, n_segment, axis=1)
    segments *= np.sin(np.pi * (np.arange(n_segment) + 0.5) / n_segment)
    return (segments[:-1, n_hop:] + segments[1:, :n_hop]).reshape(-1).astype(np.float32)


def _add_shift(
    rng: np.random.Generator,
    eeg: Sequence[_Float32],
    event: ScoredEvent,
    stage: Stage,
    strength: tuple[float, float],
) -> None:
    """Let one of the rhythms or two of them rise from one moment to the next."""
    first, stop = round(event.onset_s * _EEG_HZ), round(event.stop_s * _EEG_HZ)
    times_s = np.arange(stop - first) / _EEG_HZ
    edge = np.minimum(np.minimum(times_s, times_s[::-1]) / 0.3 + 0.1, 1.0)
    chosen = {1} if stage is Stage.R else {int(rng.integers(3))}
    if rng.random() < 0.5:
        chosen.add(int(rng.integers(1, 3)))
    for rhythm in chosen:
        low_hz, high_hz = _RHYTHMS_HZ[rhythm]
        power = _band_power(stage, low_hz, high_hz) * (float(rng.uniform(*strength)) - 1)
        if rhythm == 2:
            noise = scipy.signal.sosfilt(
                scipy.signal.butter(3, (low_hz, high_hz), "bandpass", fs=_EEG_HZ, output="sos"),
                rng.standard_normal(times_s.size + 100),
            )[100:]
            wave = noise / max(float(noise.std()), 1e-9) * np.sqrt(power)
        else:
            rate_hz = rng.uniform(low_hz, high_hz) + 0.3 * np.sin(times_s)
            turn = np.sin(2 * np.pi * np.cumsum(rate_hz) / _EEG_HZ + rng.uniform(0, 6))
            wave = turn * np.sqrt(2 * power)
        for values, seen in zip(eeg, _SEEN.values(), strict=True):
            values[first:stop] += (seen[rhythm] * edge * wave).astype(np.float32)


def _band_power(stage: Stage, low_hz: float, high_hz: float) -> float:
    """Power of the background in a band, µV²."""
    hz = np.linspace(low_hz, high_hz, 50)
    row = np.log(_SPECTRUM_UV2_PER_HZ[stage])
    density = np.exp(np.interp(np.log(hz), np.log(_SPECTRUM_HZ), row))
    return float(density.mean() * (high_hz - low_hz))


def _add_spindles(
    rng: np.random.Generator, eeg: Sequence[_Float32], stages: Sequence[Stage], per_min: float
) -> tuple[ScoredEvent, ...]:
    """Spindles in N2, some in trains with hardly a pause."""
    found: list[ScoredEvent] = []
    time_s = 0.0
    while True:
        time_s += float(rng.exponential(60 / per_min))
        if time_s > len(stages) * EPOCH_S - 10:
            return in_order(found)
        if _stage_at(stages, time_s) is not Stage.N2:
            continue
        begin_s, rate_hz = time_s, float(rng.normal(13.0, 0.6))
        for _ in range(int(rng.integers(1, 4))):
            duration_s = float(rng.uniform(0.6, 1.6))
            first = round(begin_s * _EEG_HZ)
            times_s = np.arange(round(duration_s * _EEG_HZ)) / _EEG_HZ
            wave = np.sin(np.pi * times_s / duration_s) * np.sin(2 * np.pi * rate_hz * times_s)
            for values, seen in zip(eeg, (14.0, 20.0, 9.0), strict=True):
                values[first : first + wave.size] += (seen * wave).astype(np.float32)
            found.append(ScoredEvent(EventKind.SPINDLE, round(begin_s, 2), round(duration_s, 2)))
            begin_s += duration_s + float(rng.uniform(0.2, 1.0))


def _add_alpha_sleep(
    rng: np.random.Generator, eeg: Sequence[_Float32], stages: Sequence[Stage], alpha_uv: float
) -> None:
    """An alpha rhythm that is there all through sleep, waxing and waning over ten seconds."""
    n_times = eeg[0].size
    grid = np.arange(len(stages) * round(EPOCH_S) // 5 + 2)
    level = scipy.ndimage.gaussian_filter1d(rng.standard_normal(grid.size), 1.5)
    level = 1 + 0.35 * (level / level.std()).clip(-2, 2)
    times_s = np.arange(n_times) / _EEG_HZ
    asleep = np.repeat(np.asarray(stages, np.int8) > Stage.W, round(EPOCH_S * _EEG_HZ))
    rate_hz = 9.2 + 0.4 * np.interp(times_s / 5, grid, rng.standard_normal(grid.size))
    wave = np.sin(2 * np.pi * np.cumsum(rate_hz) / _EEG_HZ) * np.interp(times_s / 5, grid, level)
    for values, seen in zip(eeg, _SEEN.values(), strict=True):
        values += (alpha_uv * seen[1] * asleep * wave).astype(np.float32)


def _chin(
    rng: np.random.Generator, stages: Sequence[Stage], arousals: Sequence[ScoredEvent]
) -> _Float32:
    """EMG of the chin, which rises with each arousal of R and with half of the others."""
    level = np.repeat(np.array(_CHIN_UV)[np.asarray(stages, np.int8)], round(EPOCH_S * _CHIN_HZ))
    for event in arousals:
        if _stage_at(stages, event.onset_s) is Stage.R or rng.random() < 0.5:
            first = round((event.onset_s + float(rng.uniform(0, 0.8))) * _CHIN_HZ)
            level[first : first + round(float(rng.uniform(1.5, 4.0)) * _CHIN_HZ)] *= 4
    return (level * rng.standard_normal(level.size)).astype(np.float32)


def _add_sway(
    rng: np.random.Generator, scalp: Sequence[_Float32], chin: _Float32, onset_s: float
) -> None:
    """A movement of some seconds: slow sways, far greater than the EEG, and muscle."""
    duration_s = float(rng.uniform(3, 8))
    times_s = np.arange(round(duration_s * _EEG_HZ)) / _EEG_HZ
    hump = np.sin(np.pi * times_s / duration_s)
    first = round(onset_s * _EEG_HZ)
    for values in scalp:
        sway = sum(
            rng.uniform(40, 160) * np.sin(2 * np.pi * rate_hz * times_s + rng.uniform(0, 6))
            for rate_hz in rng.uniform(0.3, 3.0, 5)
        )
        muscle = scipy.signal.sosfilt(
            scipy.signal.butter(2, 20.0, "highpass", fs=_EEG_HZ, output="sos"),
            rng.standard_normal(times_s.size),
        )
        values[first : first + times_s.size] += (hump * (sway + 9 * muscle)).astype(np.float32)
    first = round(onset_s * _CHIN_HZ)
    chin[first : first + round(duration_s * _CHIN_HZ)] *= 4
