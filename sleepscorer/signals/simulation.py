"""Simulated nights for the demo and for tests.

They look like the polysomnogram of a healthy adult on a 30-s page, but nobody slept: they say
nothing about how well anything works on people, and no network that is to see people may be trained
on them.

The background EEG is random-phase noise whose spectrum follows the stage. Alpha, spindles,
K-complexes, slow waves, eye movements and artefacts are events of sources that reach each
derivation with a weight of its own. Signs are those of the amplifier: a K-complex begins below
zero, which a page with negative up draws upwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy  # which loads its parts at their first use: after the window is on the screen

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.domain.stages import SCORED_STAGES, Stage

GENERATOR_VERSION = 1
"""Raised whenever the same seed gives another night."""

_Float32 = npt.NDArray[np.float32]
_Float64 = npt.NDArray[np.float64]
_Bool = npt.NDArray[np.bool_]
_Int = npt.NDArray[np.int64]
_Numbers = tuple[float, ...]

_Wave = Callable[[_Int, _Float64], _Float64]
"""Value of events, from the index of the event and the seconds since its onset, both flat."""

_EPOCH_SECONDS = int(EPOCH_S)
_SECONDS_AN_HOUR = 3600

_SCALP_SFREQ = 100.0
_EMG_SFREQ = 200.0
_ECG_SFREQ = 125.0
_FLOW_SFREQ = 20.0
_SPO2_SFREQ = 1.0


def _amplifier_range(resolution: float) -> tuple[float, float]:
    """Range of a 16-bit amplifier with that step; zero is one of its values."""
    return round(-32768 * resolution, 4), round(32767 * resolution, 4)


_VOLTAGE_RANGE_UV = _amplifier_range(0.02)
_ECG_RANGE_MV = _amplifier_range(0.0002)
_FLOW_RANGE = _amplifier_range(0.005)
_SPO2_RANGE = (0.0, 131.07)


@dataclass(frozen=True, slots=True)
class SimulatedChannel:
    """One signal of a simulated night.

    Attributes
    ----------
    label
        As in the header of a recording, e.g. ``"EEG C4-M1"``.
    unit
        ``"uV"``, ``"mV"``, ``"L/min"`` or ``"%"``.
    sfreq
        Sampling rate in Hz.
    samples
        Shape (n_times,), in the unit, clipped to `physical_range`.
    physical_range
        Least and greatest value of the simulated amplifier. In 16 bits its step is 0.02 µV for
        EEG, EOG and EMG.
    """

    label: str
    unit: str
    sfreq: float
    samples: _Float32
    physical_range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class SimulatedNight:
    """A simulated polysomnogram and the stages that it was made from.

    Attributes
    ----------
    stages
        Stage of each 30-s epoch; none is unscored.
    channels
        EEG, EOG, chin EMG, ECG, airflow and SpO2, each of ``30 · n_epochs`` seconds.
    events
        Apneas and hypopneas, in order of time.
    """

    stages: tuple[Stage, ...]
    channels: tuple[SimulatedChannel, ...]
    events: tuple[ScoredEvent, ...]


@dataclass(frozen=True, slots=True)
class _Spans:
    """When events happen: seconds from the start, shape (n_events,) each."""

    onsets_s: _Float64
    durations_s: _Float64

    def __len__(self) -> int:
        return int(self.onsets_s.size)

    def chosen(self, mask: _Bool) -> _Spans:
        return _Spans(self.onsets_s[mask], self.durations_s[mask])

    def and_also(self, onsets_s: _Float64, durations_s: _Float64) -> _Spans:
        return _Spans(
            np.concatenate((self.onsets_s, onsets_s)),
            np.concatenate((self.durations_s, durations_s)),
        )


@dataclass(frozen=True, slots=True)
class _SimulatedNight:
    """Course of a night.

    Attributes
    ----------
    stages
        Class index of each epoch, shape (n_epochs,).
    mix
        Share of each stage in the signals of each second, shape (n_seconds, 5): transitions are
        gradual and arousals are partly W.
    depth
        Share of N3 in the minutes around each second, 0 to 1: N2 deepens towards N3.
    eyes_open, arousal, phasic
        Masks of seconds: open eyes (in W only), arousals (in sleep only), phasic R.
    movements, hypopneas, apneas
        Body movements; shallow breathing; no breathing.
    """

    stages: _Int
    mix: _Float64
    depth: _Float64
    eyes_open: _Bool
    arousal: _Bool
    phasic: _Bool
    movements: _Spans
    hypopneas: _Spans
    apneas: _Spans

    @property
    def n_seconds(self) -> int:
        return int(self.depth.size)

    def n_times(self, sfreq: float) -> int:
        return round(self.n_seconds * sfreq)

    def by_stage(self, values: _Numbers) -> _Float64:
        """Value of each second from those of W, N1, N2, N3 and R."""
        return np.asarray(self.mix @ np.array(values), np.float64)


def simulate_night(
    seed: int = 1,
    n_epochs: int = 960,
    *,
    apneas_per_h: float = 0.0,
    progress: Callable[[float], None] | None = None,
) -> SimulatedNight:
    """Simulate a night.

    Parameters
    ----------
    seed
        The same seed gives the same night.
    n_epochs
        Length in 30-s epochs, at least 1; 960 are eight hours. All stages have come after about
        200 epochs.
    apneas_per_h
        Apneas an hour of sleep, as many as find room. Each leaves its traces: the heart slows down
        in it and hurries after it, and it ends in an arousal, with alpha and faster EEG and a chin
        that tightens.
    progress
        Called with the fraction done, 0 to 1. What it raises ends the simulation.

    Raises
    ------
    ValueError
        ``n_epochs`` is below 1, or the apneas are fewer than none.
    """
    if n_epochs < 1:
        raise ValueError(f"a night has at least one epoch, not {n_epochs}")
    if apneas_per_h < 0:
        raise ValueError(f"{apneas_per_h:g} apneas an hour are fewer than none")
    report = progress or _ignore
    # Streams of their own, so that a change to one group of signals leaves the others as they are.
    streams = np.random.default_rng(seed).spawn(7)
    of_night, of_background, of_eeg, of_eyes, of_artefacts, of_body, of_apneas = streams
    night = _with_apneas(of_apneas, _night(of_night, n_epochs), apneas_per_h)
    scalp = _background(of_background, night, lambda fraction: report(0.65 * fraction))
    _add_rhythms(of_eeg, night, scalp)
    report(0.75)
    _add_transients(of_eeg, night, scalp)
    _add_eye_movements(of_eyes, night, scalp)
    _add_artefacts(of_artefacts, night, scalp)
    report(0.85)
    channels = [
        _channel(label, "uV", _SCALP_SFREQ, samples, _VOLTAGE_RANGE_UV)
        for label, samples in zip(_SCALP_LABELS, scalp, strict=True)
    ]
    channels += _body_channels(of_body, night)
    report(1.0)
    return SimulatedNight(
        tuple(Stage(int(code)) for code in night.stages), tuple(channels), _events(night)
    )


def _ignore(_fraction: float) -> None:
    pass


def _channel(
    label: str, unit: str, sfreq: float, samples: _Float32, physical_range: tuple[float, float]
) -> SimulatedChannel:
    np.clip(samples, *physical_range, out=samples)
    return SimulatedChannel(label, unit, sfreq, samples, physical_range)


# Epochs of N2 before N3, of N3, of N2 after it and of R in the cycles of a young adult: N3 early
# in the night, R late (Carskadon & Dement, Normal human sleep, in Principles and Practice of Sleep
# Medicine). The last row repeats.
_CYCLES = ((46, 68, 20, 20), (66, 50, 24, 38), (84, 28, 20, 50), (96, 8, 14, 58), (88, 0, 0, 56))
_CYCLE_STAGES = (Stage.N2, Stage.N3, Stage.N2, Stage.R)
_CYCLE_LENGTH_SD = 0.1

_SLEEP_LATENCY_EPOCHS = (18, 28)
_EPOCHS_PER_FINAL_WAKE_EPOCH = 80
_WAKE_AFTER_CYCLE = 0.6

# Chance that an interruption follows an epoch of a stage, and the interruptions: stage and
# greatest number of epochs.
_INTERRUPTIONS = {
    Stage.N2: (
        0.022,
        (((Stage.W, 2), (Stage.N1, 3)), ((Stage.N1, 2),), ((Stage.W, 5), (Stage.N1, 4))),
    ),
    Stage.N3: (0.05, (((Stage.N2, 2),),)),
    Stage.R: (0.025, (((Stage.N1, 1),), ((Stage.W, 1), (Stage.N1, 1)))),
}


def _hypnogram(rng: np.random.Generator, n_epochs: int) -> _Int:
    """Draw the class index of each epoch, shape (n_epochs,)."""
    stages: list[Stage] = []

    def add(stage: Stage, longest: int) -> None:
        stages.extend([stage] * int(rng.integers(1, longest + 1)))

    stages += [Stage.W] * int(rng.integers(*_SLEEP_LATENCY_EPOCHS))
    for stage, longest in ((Stage.N1, 3), (Stage.W, 2), (Stage.N1, 6)):
        add(stage, longest)
    cycle = 0
    while len(stages) < n_epochs:
        lengths = np.array(_CYCLES[min(cycle, len(_CYCLES) - 1)])
        lengths = np.rint(lengths * rng.normal(1, _CYCLE_LENGTH_SD, lengths.size)).astype(int)
        for stage in np.repeat(_CYCLE_STAGES, lengths):
            stages.append(stage)
            chance, interruptions = _INTERRUPTIONS[stage]
            if rng.random() < chance:
                for other, longest in interruptions[rng.integers(len(interruptions))]:
                    add(other, longest)
        if rng.random() < _WAKE_AFTER_CYCLE:
            add(Stage.W, 4)
        add(Stage.N1, 4)
        cycle += 1
    n_final = n_epochs // _EPOCHS_PER_FINAL_WAKE_EPOCH
    return np.array(stages[: n_epochs - n_final] + [Stage.W] * n_final, np.int64)


_EDGE_SHIFT_S = 7
"""The signals change up to this long before or after the edge of an epoch."""

_TRANSITION_S = 9
_DEPTH_S = 300

_AROUSALS_PER_H = (0.0, 20.0, 11.0, 3.0, 14.0)
_MOVEMENTS_PER_H = (7.0, 4.0, 1.0, 0.5, 2.0)
_HYPOPNEAS_PER_H = (0.0, 3.0, 3.0, 0.0, 7.0)
_AROUSAL_AFTER_HYPOPNEA = 0.5
_AROUSAL_MIX = (0.6, 0.4, 0.0, 0.0, 0.0)


def _night(rng: np.random.Generator, n_epochs: int) -> _SimulatedNight:
    stages = _hypnogram(rng, n_epochs)
    stage = np.repeat(stages, _EPOCH_SECONDS)
    for edge in (np.flatnonzero(np.diff(stages)) + 1) * _EPOCH_SECONDS:
        shift = int(rng.integers(-_EDGE_SHIFT_S, _EDGE_SHIFT_S + 1))
        first, stop = sorted((edge, edge + shift))
        stage[first:stop] = stage[edge - 1] if shift > 0 else stage[edge]
    n_seconds = stage.size
    asleep = stage != Stage.W
    has_slept = np.maximum.accumulate(asleep)

    hypopneas = _spans(rng, _hourly(stage, _HYPOPNEAS_PER_H), (12, 26), pause_s=60)
    ends_s = hypopneas.onsets_s + hypopneas.durations_s
    ends_s = ends_s[rng.random(ends_s.size) < _AROUSAL_AFTER_HYPOPNEA]
    arousals = _spans(rng, _hourly(stage, _AROUSALS_PER_H), (3.5, 10), pause_s=20)
    arousal = _mask(n_seconds, arousals.and_also(ends_s, np.full_like(ends_s, 5))) & asleep

    awakenings_s = np.flatnonzero(~asleep[1:] & asleep[:-1]).astype(np.float64)
    movements = _spans(rng, _hourly(stage, _MOVEMENTS_PER_H), (2, 9), pause_s=30)
    open_in_bed = _alternating(rng, n_seconds, on_s=9, off_s=38)
    open_later = _alternating(rng, n_seconds, on_s=22, off_s=14)

    share = np.eye(len(SCORED_STAGES))[stage]
    depth = _smoothed(share[:, Stage.N3], min(_DEPTH_S, n_seconds))
    share[arousal] = _AROUSAL_MIX
    return _SimulatedNight(
        stages=stages,
        mix=_smoothed(share, _TRANSITION_S),
        depth=depth,
        eyes_open=np.where(has_slept, open_later, open_in_bed) & ~asleep,
        arousal=arousal,
        phasic=_alternating(rng, n_seconds, on_s=9, off_s=26) & (stage == Stage.R) & ~arousal,
        movements=movements.and_also(awakenings_s, rng.uniform(3, 10, awakenings_s.size)),
        hypopneas=hypopneas,
        apneas=_Spans(np.empty(0), np.empty(0)),
    )


_APNEA_S = (12.0, 32.0)
_BETWEEN_APNEAS_S = 45.0
_AROUSAL_AFTER_APNEA_S = (4.0, 9.0)


def _with_apneas(rng: np.random.Generator, night: _SimulatedNight, per_h: float) -> _SimulatedNight:
    """Let the breath stop in sleep, away from hypopneas, each time until an arousal."""
    if not per_h:
        return night
    n_seconds = night.n_seconds
    asleep = np.repeat(night.stages != Stage.W, _EPOCH_SECONDS)
    spans = _spans(rng, asleep * per_h / _SECONDS_AN_HOUR, _APNEA_S, pause_s=_BETWEEN_APNEAS_S)
    lasts = np.minimum(np.ceil(spans.onsets_s + spans.durations_s), n_seconds - 1).astype(np.int64)
    onsets_s, stops_s = night.hypopneas.onsets_s, night.hypopneas.onsets_s + _BETWEEN_APNEAS_S
    beside = [
        not np.any((onsets_s < onset_s + _BETWEEN_APNEAS_S) & (stops_s > onset_s))
        for onset_s in spans.onsets_s
    ]
    apneas = spans.chosen(asleep[lasts] & np.array(beside, bool))
    ends_s = apneas.onsets_s + apneas.durations_s
    lengths_s = rng.uniform(*_AROUSAL_AFTER_APNEA_S, len(apneas))
    arousal = _mask(n_seconds, _Spans(ends_s, lengths_s)) & asleep
    share = _smoothed(arousal, _TRANSITION_S)[:, None]
    return replace(
        night,
        mix=(1 - share) * night.mix + share * np.array(_AROUSAL_MIX),
        arousal=night.arousal | arousal,
        phasic=night.phasic & ~arousal,
        apneas=apneas,
    )


def _events(night: _SimulatedNight) -> tuple[ScoredEvent, ...]:
    return in_order(
        ScoredEvent(kind, round(onset_s, 3), round(duration_s, 3))
        for kind, spans in (
            (EventKind.OBSTRUCTIVE_APNEA, night.apneas),
            (EventKind.HYPOPNEA, night.hypopneas),
        )
        for onset_s, duration_s in zip(
            spans.onsets_s.tolist(), spans.durations_s.tolist(), strict=True
        )
    )


_SCALP_LABELS = ("EEG F4-M1", "EEG C4-M1", "EEG O2-M1", "EEG Fpz-Cz", "EOG E1-M2", "EOG E2-M2")
_N_EEG = 4

# Weights of the sources in the order of `_SCALP_LABELS`, 1 where a source is strongest. Fpz-Cz is
# the difference of two active electrodes, so what is greatest at the vertex is inverted there.
_FRONTAL_SLOW_WAVE = (1.0, 0.8, 0.45, 0.85, 0.45, 0.5)
_K_COMPLEX = (1.0, 0.8, 0.4, 0.8, 0.45, 0.5)
_CENTRAL_SPINDLE = (0.75, 1.0, 0.35, 0.7, 0.2, 0.25)
_FRONTAL_SPINDLE = (1.0, 0.7, 0.2, 0.9, 0.3, 0.35)
_VERTEX = (0.65, 1.0, 0.4, -0.5, 0.2, 0.2)
_THETA = (0.8, 1.0, 0.7, 0.7, 0.3, 0.3)
_OCCIPITAL_ALPHA = (0.4, 0.55, 1.0, 0.35, 0.2, 0.2)
_HORIZONTAL_GAZE = (0.12, 0.04, 0.0, 0.08, -1.0, 0.9)
# E1 lies below its eye and E2 above, so that they see lids and vertical gaze with opposite signs.
_VERTICAL_GAZE = (0.4, 0.12, 0.02, 1.0, -0.5, 0.65)

# Background EEG in µV²/Hz at these frequencies, between them on a straight line of the logarithms;
# rows W (eyes open), N1, N2, N3, R. After the median spectra of young adults' Fpz-Cz in the
# Sleep-EDF database (Kemp et al. 2000, doi:10.1109/10.867928) less what the events add, with more
# beta, as derivations against the mastoid have.
_SPECTRUM_HZ = (0.25, 1.0, 2.0, 4.0, 6.0, 10.0, 13.0, 20.0, 35.0, 50.0)
_SPECTRUM_UV2_PER_HZ = (
    (14.0, 10.0, 6.0, 3.0, 2.2, 1.2, 0.85, 0.75, 0.5, 0.4),
    (22.0, 14.0, 7.5, 3.8, 2.6, 0.9, 0.5, 0.32, 0.14, 0.1),
    (45.0, 34.0, 20.0, 6.5, 2.8, 1.0, 0.5, 0.2, 0.07, 0.04),
    (85.0, 75.0, 48.0, 13.0, 4.6, 1.4, 0.6, 0.18, 0.06, 0.03),
    (20.0, 13.0, 9.0, 4.2, 2.7, 0.8, 0.36, 0.25, 0.1, 0.06),
)

# Amplitude of each derivation relative to the spectra at these frequencies, likewise.
_GAIN_HZ = (1.0, 6.0, 10.0, 20.0, 40.0)
_GAINS = (
    (1.1, 1.05, 1.0, 1.0, 1.1),
    (1.0, 1.1, 1.05, 1.0, 0.8),
    (0.75, 0.9, 1.1, 0.9, 0.9),
    (1.0, 0.9, 0.85, 0.9, 1.1),
    (0.75, 0.6, 0.5, 0.8, 1.2),
    (0.75, 0.6, 0.5, 0.8, 1.2),
)

# What derivations share of frontal, central and occipital noise; the rest is each one's own.
_COHERENCE = (
    (0.75, 0.4, 0.1),
    (0.45, 0.7, 0.2),
    (0.1, 0.35, 0.75),
    (0.7, -0.15, -0.1),
    (0.65, 0.15, 0.05),
    (0.7, 0.15, 0.05),
)

_HOP_S = 2

_LOG_POWER_SD = 0.4
_LOG_POWER_AR = 0.5
"""Band powers vary from epoch to epoch of the same stage with some memory."""

_SUBJECT_GAIN_SD = 0.15


def _background(
    rng: np.random.Generator, night: _SimulatedNight, report: Callable[[float], None]
) -> _Float32:
    """Noise with the spectrum of each stage, µV, shape (6, n_times), from overlapping segments."""
    n_hop = round(_HOP_S * _SCALP_SFREQ)
    n_segment = 2 * n_hop
    n_segments = night.n_seconds // _HOP_S + 1
    centres_s = np.minimum(np.arange(n_segments) * _HOP_S, night.n_seconds - 1)
    frequencies_hz = scipy.fft.rfftfreq(n_segment, 1 / _SCALP_SFREQ)

    log_spectra = _interpolated(frequencies_hz, _SPECTRUM_HZ, np.log(_SPECTRUM_UV2_PER_HZ))
    bands = _interpolated(frequencies_hz, _GAIN_HZ, np.eye(len(_GAIN_HZ)))
    log_power = night.mix[centres_s] @ log_spectra
    log_power += _band_variation(rng, night.stages.size)[centres_s // _EPOCH_SECONDS] @ bands
    log_power += 2 * rng.normal(0, _SUBJECT_GAIN_SD)
    # |X|² of a one-sided density S is S · sfreq · n / 2 in the convention of `irfft`.
    amplitude = np.exp(0.5 * log_power) * np.sqrt(_SCALP_SFREQ * n_segment / 2)
    amplitude[:, 0] = 0
    amplitude = amplitude.astype(np.float32)

    shape = (n_segments, frequencies_hz.size)
    shared = [_complex_noise(rng, shape) for _ in _COHERENCE[0]]
    gains = _interpolated(frequencies_hz, _GAIN_HZ, np.array(_GAINS)).astype(np.float32)
    # The halves of a sine overlap with powers that add up to one.
    window = np.sin(np.pi * (np.arange(n_segment) + 0.5) / n_segment).astype(np.float32)
    scalp = np.empty((len(_SCALP_LABELS), night.n_times(_SCALP_SFREQ)), np.float32)
    for index, weights in enumerate(_COHERENCE):
        report(index / len(_COHERENCE))
        spectrum = _complex_noise(rng, shape)
        spectrum *= np.float32(np.sqrt(1 - np.dot(weights, weights)))
        for source, weight in zip(shared, weights, strict=True):
            spectrum += np.float32(weight) * source
        spectrum *= amplitude
        spectrum *= gains[index]
        segments = scipy.fft.irfft(spectrum, n_segment, axis=1)
        segments *= window
        scalp[index] = (segments[:-1, n_hop:] + segments[1:, :n_hop]).reshape(-1)
    return scalp


def _band_variation(rng: np.random.Generator, n_epochs: int) -> _Float64:
    """Change of the log power of each band in each epoch, shape (n_epochs, n_bands)."""
    steps = rng.normal(0, _LOG_POWER_SD, (n_epochs, len(_GAIN_HZ)))
    steps[1:] *= np.sqrt(1 - _LOG_POWER_AR**2)
    return np.asarray(scipy.signal.lfilter([1], [1, -_LOG_POWER_AR], steps, axis=0), np.float64)


def _interpolated(frequencies_hz: _Float64, known_hz: _Numbers, rows: _Float64) -> _Float64:
    """Interpolate each row over the logarithm of the frequency, level beyond what is known."""
    log_hz = np.log(np.maximum(frequencies_hz, known_hz[0]))
    return np.array([np.interp(log_hz, np.log(known_hz), row) for row in rows])


def _complex_noise(rng: np.random.Generator, shape: tuple[int, int]) -> npt.NDArray[np.complex64]:
    """Noise of unit power."""
    parts = rng.standard_normal((*shape, 2), np.float32)
    parts *= np.float32(np.sqrt(0.5))
    return parts.view(np.complex64)[..., 0]


_ALPHA_HZ = 9.8
_ALPHA_SD_HZ = 0.4
_ALPHA_WANDER_HZ = 0.25
_ALPHA_UV = 22.0
_ALPHA_OF_STAGE = (1.0, 0.3, 0.02, 0.0, 0.05)
_ALPHA_EYES_OPEN = 0.08
_ALPHA_GRID_HZ = 10

_SLOW_WAVE_HZ = 0.95
_SLOW_WAVE_SD_HZ = 0.25
_SLOW_WAVE_UV = 85.0
# Share of the time with slow waves in light and what comes to it in deep sleep: in N2 it stays
# below the 20 % that make N3 (AASM Manual).
_SLOW_WAVES_LIGHT = (0.0, 0.0, 0.02, 0.5, 0.0)
_SLOW_WAVES_DEEP = (0.0, 0.0, 0.1, 0.4, 0.0)


def _add_rhythms(rng: np.random.Generator, night: _SimulatedNight, scalp: _Float32) -> None:
    """Add alpha and slow waves."""
    n_times = scalp.shape[1]
    relative = np.where(night.eyes_open, _ALPHA_EYES_OPEN, 1.0) * night.by_stage(_ALPHA_OF_STAGE)
    n_grid = night.n_seconds * _ALPHA_GRID_HZ
    waxing = np.hypot(_smooth_noise(rng, n_grid, 9), _smooth_noise(rng, n_grid, 9))
    envelope_uv = _resampled(relative, n_grid) * waxing * _ALPHA_UV / np.sqrt(np.pi / 2)
    rate_hz = _ALPHA_WANDER_HZ * _smooth_noise(rng, n_grid, 15)
    rate_hz += rng.normal(_ALPHA_HZ, _ALPHA_SD_HZ)
    phase = 2 * np.pi * np.cumsum(_resampled(rate_hz, n_times)) / _SCALP_SFREQ
    alpha = _resampled(envelope_uv, n_times) * np.sin(phase)
    _add_source(scalp, _OCCIPITAL_ALPHA, alpha.astype(np.float32))

    # A train lasts while a slowly changing uniform number stays below the share of slow waves.
    share = night.by_stage(_SLOW_WAVES_LIGHT) + night.depth * night.by_stage(_SLOW_WAVES_DEEP)
    in_train = scipy.special.ndtr(_smooth_noise(rng, night.n_seconds, 7)) < share
    height_uv = in_train * _SLOW_WAVE_UV * (0.75 + 0.35 * night.depth)
    slow_waves = _wave_train(rng, height_uv, _SLOW_WAVE_HZ, _SLOW_WAVE_SD_HZ, n_times)
    _add_source(scalp, _FRONTAL_SLOW_WAVE, slow_waves)


def _wave_train(
    rng: np.random.Generator, height: _Float64, mean_hz: float, sd_hz: float, n_times: int
) -> _Float32:
    """Waves one after the other, as high from trough to peak as `height` says each second."""
    rate_hz = rng.normal(mean_hz, sd_hz, round(1.5 * mean_hz * height.size) + 10)
    periods_s = 1 / np.clip(rate_hz, mean_hz / 2, 2 * mean_hz)
    waves = _Spans(np.cumsum(periods_s) - periods_s, periods_s)
    waves = waves.chosen(waves.onsets_s < height.size)
    waves = waves.chosen(height[waves.onsets_s.astype(int)] > 0)
    heights = _varied(rng, height[waves.onsets_s.astype(int)], len(waves), 0.32)

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        turn = np.sin(2 * np.pi * time_s / waves.durations_s[event])
        # The trough is deeper than the peak is high.
        return -heights[event] * np.where(turn > 0, 0.58, 0.42) * turn

    # The mean rounds the corners where a train begins and ends.
    return np.asarray(scipy.ndimage.uniform_filter1d(_source(n_times, waves, wave), 9))


_SPINDLE_HZ = 13.2
_SPINDLE_SD_HZ = 0.7
_FRONTAL_SPINDLE_BELOW_HZ = 12.6
_SPINDLE_UV = 20.0
_SPINDLES_PER_S = (0.0, 0.0, 0.11, 0.03, 0.0)
_SPINDLE_CLUSTER_S = 50
"""Spindles come in clusters of this period (Lecci et al. 2017, doi:10.1126/sciadv.1602026)."""

_K_COMPLEX_UV = 110.0
_K_COMPLEXES_PER_S = (0.0, 0.0, 0.022, 0.0, 0.0)
_SPINDLE_AFTER_K_COMPLEX = 0.4
_SPINDLE_DELAY_S = 0.6
_VERTEX_UV = 55.0
_VERTEX_WAVES_PER_S = (0.0, 0.05, 0.004, 0.0, 0.0)
_THETA_UV = 15.0
_THETA_BURSTS_PER_S = (0.01, 0.1, 0.03, 0.0, 0.07)
_SAWTOOTH_UV = 46.0
_SAWTOOTH_BEFORE_PHASIC = 0.35
_SAWTOOTH_LEAD_S = 2.0
"""Trains of sawtooth waves precede bursts of rapid eye movements."""


def _add_transients(rng: np.random.Generator, night: _SimulatedNight, scalp: _Float32) -> None:
    """Add K-complexes, spindles, theta bursts, vertex and sawtooth waves."""
    n_times = scalp.shape[1]
    quiet = ~night.arousal
    waves = _spans(rng, quiet * night.by_stage(_K_COMPLEXES_PER_S), (0.9, 1.3), pause_s=4)
    _add_source(scalp, _K_COMPLEX, _k_complexes(rng, waves, n_times))

    cluster = 1 + np.sin(2 * np.pi * np.arange(night.n_seconds) / _SPINDLE_CLUSTER_S)
    per_s = quiet * cluster * night.by_stage(_SPINDLES_PER_S)
    follows = rng.random(len(waves)) < _SPINDLE_AFTER_K_COMPLEX
    after_s = waves.onsets_s[follows] + _SPINDLE_DELAY_S
    spindles = _spans(rng, per_s, (0.6, 1.7), pause_s=1.5)
    spindles = spindles.and_also(after_s, rng.uniform(0.7, 1.3, after_s.size))
    rate_hz = rng.normal(_SPINDLE_HZ, _SPINDLE_SD_HZ, len(spindles))
    is_frontal = rate_hz < _FRONTAL_SPINDLE_BELOW_HZ
    for weights, mask in ((_FRONTAL_SPINDLE, is_frontal), (_CENTRAL_SPINDLE, ~is_frontal)):
        bursts = _bursts(rng, spindles.chosen(mask), rate_hz[mask], _SPINDLE_UV, n_times)
        _add_source(scalp, weights, bursts)

    thetas = _spans(rng, night.by_stage(_THETA_BURSTS_PER_S), (0.6, 2.0), pause_s=2)
    rate_hz = rng.uniform(4.2, 7, len(thetas))
    _add_source(scalp, _THETA, _bursts(rng, thetas, rate_hz, _THETA_UV, n_times))

    sharp = _spans(rng, night.by_stage(_VERTEX_WAVES_PER_S), (0.3, 0.5), pause_s=2)
    _add_source(scalp, _VERTEX, _vertex_waves(rng, sharp, n_times))
    phasic_s = np.flatnonzero(night.phasic[1:] & ~night.phasic[:-1]).astype(np.float64)
    begins_s = phasic_s[rng.random(phasic_s.size) < _SAWTOOTH_BEFORE_PHASIC] - _SAWTOOTH_LEAD_S
    trains = _Spans(begins_s, rng.uniform(2, 5, begins_s.size))
    _add_source(scalp, _VERTEX, _sawtooth_waves(rng, trains, n_times))


def _k_complexes(rng: np.random.Generator, spans: _Spans, n_times: int) -> _Float32:
    trough_uv = _varied(rng, _K_COMPLEX_UV, len(spans))
    peak_uv = trough_uv * rng.uniform(0.4, 0.7, len(spans))

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        part = time_s / spans.durations_s[event]
        trough = trough_uv[event] * _bell((part - 0.3) / 0.085)
        peak = peak_uv[event] * _bell((part - 0.63) / 0.13)
        return (peak - trough) * np.sqrt(np.sin(np.pi * part))

    return _source(n_times, spans, wave)


def _bursts(
    rng: np.random.Generator, spans: _Spans, rate_hz: _Float64, amplitude_uv: float, n_times: int
) -> _Float32:
    """Rhythms that wax and wane."""
    amplitudes_uv = _varied(rng, amplitude_uv, len(spans))
    phases = rng.uniform(0, 2 * np.pi, len(spans))

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        waxing = np.sin(np.pi * time_s / spans.durations_s[event])
        turn = np.sin(2 * np.pi * rate_hz[event] * time_s + phases[event])
        return amplitudes_uv[event] * waxing * turn

    return _source(n_times, spans, wave)


def _vertex_waves(rng: np.random.Generator, spans: _Spans, n_times: int) -> _Float32:
    heights_uv = _varied(rng, _VERTEX_UV, len(spans))

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        part = time_s / spans.durations_s[event]
        return -heights_uv[event] * (np.sin(np.pi * part) ** 3 - 0.3 * np.sin(np.pi * part**3))

    return _source(n_times, spans, wave)


def _sawtooth_waves(rng: np.random.Generator, spans: _Spans, n_times: int) -> _Float32:
    rate_hz = rng.uniform(2.2, 3.6, len(spans))

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        turn = scipy.signal.sawtooth(2 * np.pi * rate_hz[event] * time_s, 0.7)
        waxing = np.sin(np.pi * time_s / spans.durations_s[event])
        return np.asarray(0.5 * _SAWTOOTH_UV * waxing * turn, np.float64)

    return _source(n_times, spans, wave)


_BLINK_UV = 110.0
_BLINKS_PER_S = 0.25
_SACCADE_UV = 55.0
_SACCADES_PER_S = 0.7
_RAPID_MOVEMENT_UV = 105.0
_RAPID_MOVEMENTS_PER_S = 0.9
_VERTICAL_PART = 0.3
_SLOW_MOVEMENT_UV = 110.0
_SLOW_MOVEMENT_HZ = 0.28
_SLOW_MOVEMENT_SD_HZ = 0.07
_SLOW_MOVEMENT_OF_STAGE = (0.25, 1.0, 0.0, 0.0, 0.0)


def _add_eye_movements(rng: np.random.Generator, night: _SimulatedNight, scalp: _Float32) -> None:
    n_times = scalp.shape[1]
    blinks = _spans(rng, night.eyes_open * _BLINKS_PER_S, (0.28, 0.42), pause_s=0.8)
    vertical = _blinks(rng, blinks, n_times)
    drowsy = _alternating(rng, night.n_seconds, on_s=20, off_s=12) & ~night.eyes_open
    height_uv = _SLOW_MOVEMENT_UV * drowsy * night.by_stage(_SLOW_MOVEMENT_OF_STAGE)
    horizontal = _wave_train(rng, height_uv, _SLOW_MOVEMENT_HZ, _SLOW_MOVEMENT_SD_HZ, n_times)
    for per_s, size_uv in (
        (night.eyes_open * _SACCADES_PER_S, _SACCADE_UV),
        (night.phasic * _RAPID_MOVEMENTS_PER_S, _RAPID_MOVEMENT_UV),
    ):
        jumps = _spans(rng, per_s, (1.2, 2.0), pause_s=0.35)
        horizontal += _jumps(rng, jumps, size_uv, n_times)
        vertical += _jumps(rng, jumps, _VERTICAL_PART * size_uv, n_times)
    _add_source(scalp, _VERTICAL_GAZE, vertical)
    _add_source(scalp, _HORIZONTAL_GAZE, horizontal)


def _blinks(rng: np.random.Generator, spans: _Spans, n_times: int) -> _Float32:
    heights_uv = _varied(rng, _BLINK_UV, len(spans))

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        # The lid falls faster than it rises.
        part = (time_s / spans.durations_s[event]) ** 0.8
        return np.asarray(heights_uv[event] * np.sin(np.pi * part) ** 2, np.float64)

    return _source(n_times, spans, wave)


def _jumps(rng: np.random.Generator, spans: _Spans, size_uv: float, n_times: int) -> _Float32:
    """Jumps of the gaze as an amplifier with a high-pass shows them: steep, then falling back."""
    n_events = len(spans)
    sizes_uv = size_uv * rng.uniform(0.35, 1.4, n_events) * rng.choice((-1, 1), n_events)
    rises_s = rng.uniform(0.06, 0.13, n_events)
    falls_s = rng.uniform(0.2, 0.5, n_events)

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        rise_s = rises_s[event]
        risen = np.sin(0.5 * np.pi * np.minimum(time_s / rise_s, 1)) ** 2
        fallen = np.exp(-np.maximum(time_s - rise_s, 0) / falls_s[event])
        fading = 1 - time_s / spans.durations_s[event]
        return np.asarray(sizes_uv[event] * risen * fallen * fading, np.float64)

    return _source(n_times, spans, wave)


_MOVEMENT_UV = 190.0
_MUSCLE_UV = 22.0
_SWAYS = 7
"""Sines that make up the sway of a derivation in a movement."""

_POPS_PER_H = 0.7
_POP_UV = 170.0


def _add_artefacts(rng: np.random.Generator, night: _SimulatedNight, scalp: _Float32) -> None:
    """Add movements to all derivations and rare electrode pops to the EEG."""
    strengths = rng.uniform(0.4, 1.4, len(night.movements))
    for samples in scalp:
        wave = _movement(rng, night.movements, strengths)
        _place(samples, _SCALP_SFREQ, night.movements, wave)
    pops_per_s = np.full(night.n_seconds, _POPS_PER_H / _SECONDS_AN_HOUR)
    for samples in scalp[:_N_EEG]:
        pops = _spans(rng, pops_per_s, (2, 2.5), pause_s=5)
        _place(samples, _SCALP_SFREQ, pops, _pop(rng, len(pops)))


def _movement(rng: np.random.Generator, spans: _Spans, strengths: _Float64) -> _Wave:
    """Sway of one derivation, with muscle."""
    shape = (_SWAYS, len(spans))
    rates_hz = rng.uniform(0.2, 4, shape)
    phases = rng.uniform(0, 2 * np.pi, shape)
    sizes_uv = _MOVEMENT_UV * rng.uniform(0.2, 1, shape) / np.sqrt(_SWAYS)

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        waxing = strengths[event] * np.sin(np.pi * time_s / spans.durations_s[event]) ** 0.7
        turns = np.sin(2 * np.pi * rates_hz[:, event] * time_s + phases[:, event])
        muscle_uv = _MUSCLE_UV * rng.standard_normal(event.size)
        return np.asarray(waxing * ((sizes_uv[:, event] * turns).sum(axis=0) + muscle_uv))

    return wave


def _pop(rng: np.random.Generator, n_events: int) -> _Wave:
    sizes_uv = _POP_UV * rng.uniform(0.6, 1.5, n_events) * rng.choice((-1, 1), n_events)
    falls_s = rng.uniform(0.15, 0.4, n_events)

    def wave(event: _Int, time_s: _Float64) -> _Float64:
        return np.asarray(sizes_uv[event] * np.exp(-time_s / falls_s[event]), np.float64)

    return wave


def _body_channels(rng: np.random.Generator, night: _SimulatedNight) -> list[SimulatedChannel]:
    breath = np.cumsum(_resampled(_breaths_per_s(rng, night), night.n_times(_FLOW_SFREQ)))
    breath /= _FLOW_SFREQ
    beats_s = _beats_s(rng, night, breath)
    return [
        _channel("EMG Chin", "uV", _EMG_SFREQ, _emg(rng, night, beats_s), _VOLTAGE_RANGE_UV),
        _channel("ECG", "mV", _ECG_SFREQ, _ecg(rng, night, beats_s), _ECG_RANGE_MV),
        _channel("Airflow", "L/min", _FLOW_SFREQ, _flow(rng, night, breath), _FLOW_RANGE),
        _channel("SpO2", "%", _SPO2_SFREQ, _spo2(rng, night), _SPO2_RANGE),
    ]


_CHIN_TONE_UV = (13.0, 7.5, 5.0, 4.0, 1.5)
_EYES_OPEN_TONE = 1.25
_AROUSAL_TONE_UV = 9.0
_MOVEMENT_TONE_UV = 60.0
_EMG_ABOVE_HZ = 10
_TWITCH_UV = 12.0
_TWITCHES_PER_S = 0.25
_ECG_IN_EMG_UV = 6.0
_QRS_S = 0.06


def _emg(rng: np.random.Generator, night: _SimulatedNight, beats_s: _Float64) -> _Float32:
    """Chin EMG in µV: noise at the level of the tone, with ECG artefact."""
    n_seconds, n_times = night.n_seconds, night.n_times(_EMG_SFREQ)
    tone_uv = night.by_stage(_CHIN_TONE_UV) * np.exp(0.2 * _smooth_noise(rng, n_seconds, 120))
    tone_uv *= np.where(night.eyes_open, _EYES_OPEN_TONE, 1) * _varied(rng, 1, n_seconds, 0.12)
    strength = np.exp(0.5 * _smooth_noise(rng, n_seconds, 9))
    tone_uv += _smoothed(night.arousal, 3) * strength * _AROUSAL_TONE_UV
    tone_uv += _mask(n_seconds, night.movements) * _MOVEMENT_TONE_UV * rng.random(n_seconds)
    level_uv = _resampled(tone_uv, n_times).astype(np.float32)

    twitches = _spans(rng, night.phasic * _TWITCHES_PER_S, (0.1, 0.3), pause_s=0.3)
    sizes_uv = _varied(rng, _TWITCH_UV, len(twitches), 0.5)

    def twitch(event: _Int, time_s: _Float64) -> _Float64:
        return sizes_uv[event] * np.sin(np.pi * time_s / twitches.durations_s[event])

    def spike(_event: _Int, time_s: _Float64) -> _Float64:
        return _ECG_IN_EMG_UV * np.sin(2 * np.pi * time_s / _QRS_S)

    _place(level_uv, _EMG_SFREQ, twitches, twitch)
    high_pass = scipy.signal.butter(2, _EMG_ABOVE_HZ, "highpass", fs=_EMG_SFREQ, output="sos")
    noise = rng.standard_normal(n_times, np.float32)
    emg = level_uv * np.asarray(
        scipy.signal.sosfilt(high_pass.astype(np.float32), noise), np.float32
    )
    _place(emg, _EMG_SFREQ, _Spans(beats_s, np.full_like(beats_s, _QRS_S)), spike)
    return emg


_HEART_RATE_PER_MIN = (68.0, 63.0, 60.0, 58.0, 64.0)
_HEART_RATE_SD_PER_MIN = 1.5
_AROUSAL_HEART_RATE_PER_MIN = 9.0
_SINUS_ARRHYTHMIA_PER_MIN = 2.5
_APNEA_HEART_RATE_PER_MIN = -8.0
_AFTER_APNEA_HEART_RATE_PER_MIN = 10.0
_AFTER_APNEA_S = 10.0
"""The heart slows down in an apnea and hurries once breathing begins again (Guilleminault et al.,
1984)."""

# Height in mV, seconds after the R peak and width in seconds of P, Q, R, S and T.
_ECG_WAVES = (
    (0.1, -0.17, 0.022),
    (-0.1, -0.03, 0.009),
    (1.1, 0.0, 0.011),
    (-0.22, 0.032, 0.011),
    (0.28, 0.26, 0.045),
)
_ECG_WAVE_REACH = 3.5
_ECG_NOISE_MV = 0.012
_ECG_WANDER_MV = 0.06


def _beats_s(rng: np.random.Generator, night: _SimulatedNight, breath: _Float64) -> _Float64:
    """Times of the R peaks, shape (n_beats,)."""
    per_min = night.by_stage(_HEART_RATE_PER_MIN)
    per_min += _HEART_RATE_SD_PER_MIN * _smooth_noise(rng, night.n_seconds, 15)
    per_min += _AROUSAL_HEART_RATE_PER_MIN * _smoothed(night.arousal, 9)
    ends_s = night.apneas.onsets_s + night.apneas.durations_s
    after = _Spans(ends_s, np.full_like(ends_s, _AFTER_APNEA_S))
    for change, spans in (
        (_APNEA_HEART_RATE_PER_MIN, night.apneas),
        (_AFTER_APNEA_HEART_RATE_PER_MIN, after),
    ):
        per_min += change * _smoothed(_mask(night.n_seconds, spans), 9)
    per_min = _resampled(per_min, breath.size)
    per_min += _SINUS_ARRHYTHMIA_PER_MIN * np.sin(2 * np.pi * breath)
    beats = np.cumsum(per_min / 60 / _FLOW_SFREQ)
    times_s = np.arange(1, breath.size + 1) / _FLOW_SFREQ
    return np.interp(np.arange(1, int(beats[-1]) + 1), beats, times_s)


def _ecg(rng: np.random.Generator, night: _SimulatedNight, beats_s: _Float64) -> _Float32:
    """ECG in mV."""
    wander_mv = _ECG_WANDER_MV * _smooth_noise(rng, night.n_seconds, 5)
    ecg = _resampled(wander_mv, night.n_times(_ECG_SFREQ)).astype(np.float32)
    ecg += np.float32(_ECG_NOISE_MV) * rng.standard_normal(ecg.size, np.float32)
    for height_mv, delay_s, width_s in _ECG_WAVES:
        reach_s = _ECG_WAVE_REACH * width_s
        spans = _Spans(beats_s + delay_s - reach_s, np.full_like(beats_s, 2 * reach_s))
        _place(ecg, _ECG_SFREQ, spans, _ecg_wave(height_mv, width_s, reach_s))
    return ecg


def _ecg_wave(height_mv: float, width_s: float, reach_s: float) -> _Wave:
    def wave(_event: _Int, time_s: _Float64) -> _Float64:
        return height_mv * _bell((time_s - reach_s) / width_s)

    return wave


_BREATHS_PER_MIN = (15.5, 15.0, 14.5, 14.0, 16.0)
_BREATH_VARIATION = (0.1, 0.06, 0.04, 0.025, 0.12)
_FLOW_L_PER_MIN = 24.0
_HYPOPNEA_FLOW = 0.4
_APNEA_FLOW = 0.02
_SPO2_PERCENT = 96.3
_DESATURATION_PERCENT = 4.5
_APNEA_DESATURATION_PERCENT = 6.0
_DESATURATION_DELAY_S = 14


def _breaths_per_s(rng: np.random.Generator, night: _SimulatedNight) -> _Float64:
    variation = night.by_stage(_BREATH_VARIATION) * _smooth_noise(rng, night.n_seconds, 9)
    return night.by_stage(_BREATHS_PER_MIN) / 60 * np.maximum(1 + variation, 0.5)


def _flow(rng: np.random.Generator, night: _SimulatedNight, breath: _Float64) -> _Float32:
    """Airflow in L/min, inspiration positive; `breath` counts the breaths."""
    n_seconds = night.n_seconds
    shallow = _smoothed(_mask(n_seconds, night.hypopneas), 5)
    variation = 2 * night.by_stage(_BREATH_VARIATION) * _smooth_noise(rng, n_seconds, 9)
    level = _FLOW_L_PER_MIN * (1 - (1 - _HYPOPNEA_FLOW) * shallow) * np.maximum(1 + variation, 0.2)
    level *= 1 - (1 - _APNEA_FLOW) * _smoothed(_mask(n_seconds, night.apneas), 3)
    turn = 2 * np.pi * breath
    # Inspiration is shorter and rounder than expiration.
    flow = np.sin(turn) + 0.22 * np.sin(2 * turn - 0.6) + 0.02 * rng.standard_normal(breath.size)
    return (flow * _resampled(level, breath.size)).astype(np.float32)


def _spo2(rng: np.random.Generator, night: _SimulatedNight) -> _Float32:
    """SpO2 in whole percent, as an oximeter gives it."""
    n_seconds = night.n_seconds
    level = _SPO2_PERCENT + 0.5 * _smooth_noise(rng, n_seconds, 120)
    for fall, spans in (
        (_DESATURATION_PERCENT, night.hypopneas),
        (_APNEA_DESATURATION_PERCENT, night.apneas),
    ):
        delayed = _Spans(spans.onsets_s + _DESATURATION_DELAY_S, spans.durations_s)
        level -= fall * _smoothed(_mask(n_seconds, delayed), 31)
    return np.clip(np.rint(level), 0, 100).astype(np.float32)


def _hourly(stage: _Int, per_hour: _Numbers) -> _Float64:
    """Events a second from events an hour of each stage."""
    return np.array(per_hour)[stage] / _SECONDS_AN_HOUR


def _spans(
    rng: np.random.Generator,
    per_s: npt.NDArray[np.floating],
    length_s: tuple[float, float],
    *,
    pause_s: float,
) -> _Spans:
    """Draw events at a rate that is given for each second, of uniformly drawn duration.

    An event that would begin less than `pause_s` after the one before is left out.
    """
    seconds = np.repeat(np.arange(per_s.size), rng.poisson(per_s))
    onsets_s = np.sort(seconds + rng.random(seconds.size))
    onsets_s = onsets_s[np.diff(onsets_s, prepend=-np.inf) > pause_s]
    return _Spans(onsets_s, rng.uniform(*length_s, onsets_s.size))


def _mask(n_seconds: int, spans: _Spans) -> _Bool:
    """Seconds that an event covers, shape (n_seconds,)."""
    mask = np.zeros(n_seconds, bool)
    for onset_s, stop_s in zip(spans.onsets_s, spans.onsets_s + spans.durations_s, strict=True):
        mask[int(onset_s) : int(np.ceil(stop_s))] = True
    return mask


def _alternating(rng: np.random.Generator, n_seconds: int, *, on_s: float, off_s: float) -> _Bool:
    """Mask of seconds that goes on and off for exponentially drawn times of these means."""
    n_turns = 2 * round(n_seconds / (on_s + off_s)) + 20
    turns_s = np.cumsum(rng.exponential((off_s, on_s), (n_turns, 2)))
    return np.asarray(np.searchsorted(turns_s, np.arange(n_seconds)) % 2 == 1)


def _place(target: _Float32, sfreq: float, spans: _Spans, wave: _Wave) -> None:
    """Add the wave of each event to the samples that it covers; parts outside are left out."""
    first = np.ceil(spans.onsets_s * sfreq).astype(np.int64)
    lengths = np.ceil((spans.onsets_s + spans.durations_s) * sfreq).astype(np.int64) - first
    event = np.repeat(np.arange(lengths.size), lengths)
    sample = np.arange(event.size) + (first - np.cumsum(lengths) + lengths)[event]
    inside = (sample >= 0) & (sample < target.size)
    event, sample = event[inside], sample[inside]
    # Rounding must not lead out of the event, where the root of a sine is no number.
    time_s = np.clip(sample / sfreq - spans.onsets_s[event], 0, spans.durations_s[event])
    np.add.at(target, sample, wave(event, time_s).astype(np.float32))


def _source(n_times: int, spans: _Spans, wave: _Wave) -> _Float32:
    """Events by themselves, shape (n_times,), at the rate of EEG and EOG."""
    source = np.zeros(n_times, np.float32)
    _place(source, _SCALP_SFREQ, spans, wave)
    return source


def _add_source(scalp: _Float32, weights: _Numbers, source: _Float32) -> None:
    for samples, weight in zip(scalp, weights, strict=True):
        samples += np.float32(weight) * source


def _varied(
    rng: np.random.Generator, typical: float | _Float64, n_events: int, log_sd: float = 0.25
) -> _Float64:
    """Draw sizes around a typical one, shape (n_events,)."""
    return np.asarray(typical * rng.lognormal(0, log_sd, n_events))


def _bell(deviation: _Float64) -> _Float64:
    return np.asarray(np.exp(-0.5 * deviation**2), np.float64)


def _smooth_noise(rng: np.random.Generator, n_times: int, width: int) -> _Float64:
    """Gaussian noise of unit variance that changes over about `width` samples."""
    kernel = scipy.signal.windows.hann(width + 2)[1:-1]
    noise = rng.standard_normal(n_times + width - 1)
    return np.asarray(scipy.signal.oaconvolve(noise, kernel / np.linalg.norm(kernel), "valid"))


def _smoothed(values: _Float64 | _Bool, width_s: int) -> _Float64:
    """Mean over `width_s` seconds of what is never below zero, along the first axis."""
    mean = scipy.ndimage.uniform_filter1d(values.astype(np.float64), width_s, 0, mode="nearest")
    # The filter's running sum rounds to just below zero at times, and no rate may be negative.
    return np.asarray(np.maximum(mean, 0), np.float64)


def _resampled(values: _Float64, n_times: int) -> _Float64:
    """Draw straight lines between values that are spread evenly over the night."""
    step = values.size / n_times
    at = (np.arange(n_times) + 0.5) * step - 0.5
    return np.asarray(np.interp(at, np.arange(values.size), values), np.float64)
