"""Simulated sensors of breathing, oxygen and legs with planted events, for tests and benchmarks.

As the other simulated signals they say nothing of how well anything works on people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel, kind_of_label
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.domain.recording import Recording, Stretch, sample_range
from sleepscorer.domain.stages import Stage

_Float32 = npt.NDArray[np.float32]
_Float64 = npt.NDArray[np.float64]

_FLOW_HZ, _LEG_HZ, _SPO2_HZ = 16.0, 128.0, 1.0
_BREATH_HZ = 0.25
_DELAY_S = 20.0  # from the lungs to the finger
_RISE_S = 12.0
_BASELINE = 96.3
_EDGE_S = 1.0
_BREATHING = (
    EventKind.OBSTRUCTIVE_APNEA,
    EventKind.CENTRAL_APNEA,
    EventKind.MIXED_APNEA,
    EventKind.HYPOPNEA,
)


# Per cent that a hypopnea takes from the saturation, and whether it ends in an arousal.
_BORDERLINE = (
    ((4.3, 7.0), None),
    ((3.2, 3.8), True),
    ((3.2, 3.8), False),
    ((0.3, 1.8), True),
    ((0.3, 1.8), False),
)


class RecordingInMemory(Recording):
    """A recording whose signals are arrays."""

    def __init__(self, signals: dict[str, tuple[str, float, _Float32]]) -> None:
        channels = tuple(
            Channel(index, label, kind_of_label(label), unit, sfreq)
            for index, (label, (unit, sfreq, _)) in enumerate(signals.items())
        )
        self._signals = signals
        self._values = [values for _, _, values in signals.values()]
        duration_s = max(
            values.size / channel.sfreq
            for values, channel in zip(self._values, channels, strict=True)
        )
        super().__init__(
            Path("simulated.edf"),
            start=None,
            channels=channels,
            stretches=(Stretch(0.0, duration_s),),
        )

    def having(self, signals: dict[str, tuple[str, float, _Float32]]) -> RecordingInMemory:
        """Build a recording that has other signals, too: label, then unit, rate and values."""
        return RecordingInMemory({**self._signals, **signals})

    def read(self, channel: Channel, start_s: float, stop_s: float) -> _Float32:
        """See `Recording`."""
        values = self._values[channel.index]
        first, stop = sample_range(start_s, stop_s, channel.sfreq, values.size)
        return values[first:stop].copy()

    def read_annotations(self) -> tuple[Annotation, ...]:
        """There are none."""
        return ()

    def close(self) -> None:
        """Nothing is to be released."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What makes events hard to find.

    Attributes
    ----------
    noise
        Standard deviation of the noise on flow and belts, of a breath's amplitude.
    variation
        By which part the depth of undisturbed breaths varies.
    hypopnea_depth
        Least and greatest part of the flow that a hypopnea takes.
    n_loose
        How often the sensor of flow or the oximeter comes off for some minutes.
    """

    noise: float
    variation: float
    hypopnea_depth: tuple[float, float]
    n_loose: int


DIFFICULTIES = {
    "easy": Difficulty(0.02, 0.05, (0.5, 0.7), 0),
    "usual": Difficulty(0.06, 0.15, (0.4, 0.65), 1),
    "hard": Difficulty(0.12, 0.25, (0.33, 0.5), 3),
}


@dataclass(frozen=True, slots=True)
class PlantedNight:
    """Sensors of a night and the events that were planted in them.

    Attributes
    ----------
    recording
        Thermistor, nasal pressure, belts, SpO₂, both legs.
    stages
        Stage of each epoch.
    events
        Apneas, hypopneas and limb movements.
    falls
        Desaturations that follow them, but for those in which the oximeter is off.
    spindles
        Where the night has an EEG.
    roused
        Breathing events that are to end in an arousal once the night has an EEG; None where that is
        left to chance.
    """

    recording: RecordingInMemory
    stages: tuple[Stage, ...]
    events: tuple[ScoredEvent, ...]
    falls: tuple[ScoredEvent, ...] = ()
    spindles: tuple[ScoredEvent, ...] = ()
    roused: frozenset[ScoredEvent] | None = None


def simulate_events(
    seed: int,
    n_epochs: int = 960,
    *,
    per_hour: float = 15.0,
    difficulty: Difficulty = DIFFICULTIES["usual"],
    borderline: bool = False,
) -> PlantedNight:
    """Simulate a night with planted events.

    After each apnea and hypopnea the saturation falls by more than 4 %, unless they are to be
    borderline.

    Parameters
    ----------
    seed
        The same seed gives the same night.
    n_epochs
        Length in 30-s epochs; the first and the last twentieth are awake.
    per_hour
        Apneas and hypopneas an hour of sleep; each kind is as frequent as the others.
    difficulty
        What makes them hard to find.
    borderline
        Whether hypopneas are such that the rules 1A and 1B differ: with falls of over 4 %, of 3 to
        4 % and of less than 2 %, the latter two with an arousal and without one, each as often as
        the others. The oximeter then has tenths of per cent, and apneas and hypopneas their planted
        nadir and baseline.
    """
    rng = np.random.default_rng(seed)
    awake = max(n_epochs // 20, 4)
    stages = np.tile(np.repeat([Stage.N2, Stage.N3, Stage.R], 40), n_epochs // 120 + 1)[:n_epochs]
    stages[:awake] = stages[-awake:] = Stage.W
    first_s, last_s = awake * EPOCH_S, (n_epochs - awake) * EPOCH_S
    breathing = _planted(rng, first_s + 150, last_s - 90, per_hour)
    movements = _movements(rng, first_s, last_s, breathing)
    roused = None
    if borderline:
        breathing, roused = _with_borderline(np.random.default_rng((seed, 3)), breathing)
    n_seconds = round(n_epochs * EPOCH_S)
    times_s = np.arange(round(n_seconds * _FLOW_HZ)) / _FLOW_HZ
    depths = {one: _depth(rng, one.kind, difficulty) for one in breathing}
    flow, effort = np.ones(times_s.size), np.ones(times_s.size)
    for one, depth in depths.items():
        flow *= 1 - depth * _shape(times_s, one.onset_s, one.stop_s)
        if one.kind is EventKind.CENTRAL_APNEA:
            effort *= 1 - 0.96 * _shape(times_s, one.onset_s, one.stop_s)
        elif one.kind is EventKind.MIXED_APNEA:
            effort *= 1 - 0.96 * _shape(times_s, one.onset_s, one.onset_s + one.duration_s / 2)
    breath = _breath(rng, times_s, difficulty.variation)
    values = {
        "Thermistor": ("", breath * flow),
        "Nasal Pressure": ("", breath * flow),
        "Thorax": ("", breath * effort),
        "Abdomen": ("", breath * effort * 0.8),
    }
    signals: dict[str, tuple[str, float, _Float32]] = {}
    for label, (unit, signal) in values.items():
        noisy = signal + difficulty.noise * rng.standard_normal(signal.size)
        signals[label] = (unit, _FLOW_HZ, noisy.astype(np.float32))
    saturation = _saturation(rng, n_seconds, depths)
    for _ in range(difficulty.n_loose):
        _loosen(rng, signals["Thermistor"][2], signals["Nasal Pressure"][2], saturation, n_seconds)
    signals["SpO2"] = ("%", _SPO2_HZ, saturation)
    for label, kind in (
        ("LAT", EventKind.LEFT_LIMB_MOVEMENT),
        ("RAT", EventKind.RIGHT_LIMB_MOVEMENT),
    ):
        signals[label] = ("µV", _LEG_HZ, _leg(rng, n_seconds, movements, kind))
    return PlantedNight(
        RecordingInMemory(signals),
        tuple(Stage(int(code)) for code in stages),
        in_order((*breathing, *movements)),
        tuple(
            one
            for one in map(_fall_after, filter(_has_fall, breathing))
            if saturation[int(one.onset_s) : int(one.stop_s)].all()
        ),
        roused=roused,
    )


def _with_borderline(
    rng: np.random.Generator, breathing: Iterable[ScoredEvent]
) -> tuple[list[ScoredEvent], frozenset[ScoredEvent]]:
    """Say of each event how far the saturation falls, and which are to end in an arousal."""
    found: list[ScoredEvent] = []
    roused: list[ScoredEvent] = []
    for event in breathing:
        range_, is_roused = _BORDERLINE[0]
        if event.kind is EventKind.HYPOPNEA:
            range_, is_roused = _BORDERLINE[int(rng.integers(len(_BORDERLINE)))]
        nadir = _BASELINE - round(float(rng.uniform(*range_)), 2)
        found.append(replace(event, spo2_baseline=_BASELINE, spo2_nadir=nadir))
        if rng.random() < 0.5 if is_roused is None else is_roused:
            roused.append(found[-1])
    return found, frozenset(roused)


def _has_fall(event: ScoredEvent) -> bool:
    """Whether a desaturation of 3 % follows."""
    if event.spo2_baseline is None or event.spo2_nadir is None:
        return True
    return event.spo2_baseline - event.spo2_nadir >= 3


def _planted(
    rng: np.random.Generator, first_s: float, last_s: float, per_hour: float
) -> list[ScoredEvent]:
    events: list[ScoredEvent] = []
    gap_s = 3600 / per_hour
    time_s = first_s
    while True:
        duration_s = round(float(rng.uniform(14, 32)), 2)
        if time_s + duration_s > last_s:
            return events
        kind = _BREATHING[int(rng.integers(len(_BREATHING)))]
        events.append(ScoredEvent(kind, round(time_s, 2), duration_s))
        pause_s = max(gap_s - duration_s, 20.0) * float(rng.uniform(0.6, 1.4))
        time_s += duration_s + max(pause_s, 20.0)


def _movements(
    rng: np.random.Generator, first_s: float, last_s: float, breathing: list[ScoredEvent]
) -> list[ScoredEvent]:
    """Movements of 25 s period, alternating legs, none near a breathing event."""
    found: list[ScoredEvent] = []
    for onset_s in np.arange(first_s + 20, last_s - 20, 25.0).tolist():
        duration_s = round(float(rng.uniform(0.8, 4.0)), 2)
        kind = (EventKind.LEFT_LIMB_MOVEMENT, EventKind.RIGHT_LIMB_MOVEMENT)[len(found) % 2]
        event = ScoredEvent(kind, onset_s, duration_s)
        if all(one.stop_s + 3 < onset_s or one.onset_s - 3 > event.stop_s for one in breathing):
            found.append(event)
    return found


def _depth(rng: np.random.Generator, kind: EventKind, difficulty: Difficulty) -> float:
    if kind is EventKind.HYPOPNEA:
        return float(rng.uniform(*difficulty.hypopnea_depth))
    return 0.98


def _shape(times_s: _Float64, start_s: float, stop_s: float) -> _Float64:
    """1 within a span, 0 outside, with edges of a second."""
    rising = np.clip((times_s - start_s) / _EDGE_S + 0.5, 0, 1)
    falling = np.clip((stop_s - times_s) / _EDGE_S + 0.5, 0, 1)
    return np.asarray(rising * falling)


def _breath(rng: np.random.Generator, times_s: _Float64, variation: float) -> _Float64:
    every_s = np.arange(0, times_s[-1] + 10, 10.0)
    rate = _BREATH_HZ * (1 + 0.1 * rng.standard_normal(every_s.size).clip(-2, 2))
    phase = 2 * np.pi * np.cumsum(np.interp(times_s, every_s, rate)) / _FLOW_HZ
    breaths_s = np.arange(0, times_s[-1] + 4, 4.0)
    depth = 1 + variation * rng.standard_normal(breaths_s.size).clip(-1.5, 1.5)
    return np.asarray(np.sin(phase) * np.interp(times_s, breaths_s, depth))


def _saturation(
    rng: np.random.Generator, n_seconds: int, depths: dict[ScoredEvent, float]
) -> _Float32:
    seconds = np.arange(n_seconds, dtype=np.float64)
    values = _BASELINE + 0.5 * np.sin(seconds / 700)
    decimals = 0
    for event, depth in depths.items():
        start_s, nadir_s = _fall_and_nadir(event)
        if event.spo2_nadir is None:
            fall = (5.0 if depth > 0.9 else 4.4) + float(rng.uniform(0, 3))
        else:
            decimals, fall = 1, _BASELINE - event.spo2_nadir
            nadir_s = math.floor(nadir_s)  # where a value of the oximeter sees all of it
        down = np.clip((seconds - start_s) / max(nadir_s - start_s, 1), 0, 1)
        up = np.clip((seconds - nadir_s) / _RISE_S, 0, 1)
        values -= fall * (down - up).clip(0)
    return np.round(values, decimals).astype(np.float32)


def _fall_and_nadir(event: ScoredEvent) -> tuple[float, float]:
    """When the saturation begins to fall after an event, and when it is lowest."""
    return event.onset_s + _DELAY_S * 0.6, event.stop_s + _DELAY_S * 0.5


def _fall_after(event: ScoredEvent) -> ScoredEvent:
    """The desaturation of an event, to where two thirds of it are made up."""
    start_s, nadir_s = _fall_and_nadir(event)
    return ScoredEvent(EventKind.DESATURATION, start_s, nadir_s + _RISE_S * 2 / 3 - start_s)


def _loosen(
    rng: np.random.Generator,
    thermistor: _Float32,
    pressure: _Float32,
    saturation: _Float32,
    n_seconds: int,
) -> None:
    start_s = int(rng.uniform(0.15, 0.8) * n_seconds)
    length_s = int(rng.uniform(200, 500))
    if rng.random() < 0.5:
        span = slice(round(start_s * _FLOW_HZ), round((start_s + length_s) * _FLOW_HZ))
        thermistor[span] *= 0.01
        pressure[span] *= 0.01
    else:
        saturation[start_s : start_s + length_s] = 0


def _leg(
    rng: np.random.Generator, n_seconds: int, movements: list[ScoredEvent], kind: EventKind
) -> _Float32:
    values = 2.0 * rng.standard_normal(round(n_seconds * _LEG_HZ)).astype(np.float32)
    for event in movements:
        if event.kind is kind:
            first, stop = round(event.onset_s * _LEG_HZ), round(event.stop_s * _LEG_HZ)
            values[first:stop] += 40 * rng.standard_normal(stop - first).astype(np.float32)
    return values
