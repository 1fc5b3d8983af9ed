"""Runs all detectors over a recording."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.channels import ChannelKind, Derivation, staging_derivations
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.evidence import NightEvidence
from sleepscorer.domain.montage import default_montage
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.waves import WaveKind, Waves
from sleepscorer.signals.events.eye_movements import (
    detect_rapid_eye_movements,
    detect_slow_eye_movements,
    gaze,
)
from sleepscorer.signals.events.rhythms import read_muscle_level, rhythms
from sleepscorer.signals.events.runs import MIN_SFREQ_HZ
from sleepscorer.signals.events.slow_waves import (
    detect_k_complexes,
    detect_slow_waves,
    detect_vertex_waves,
    slow_wave_mask,
)
from sleepscorer.signals.events.spindles import detect_spindles
from sleepscorer.signals.filters import read_downsampled

_WAVES_HZ = 100.0
_MOST_MISSING = 0.5
"""Of a second; one that lacks more has no signal."""

_CHIN = re.compile(r"CHIN|MENT", re.IGNORECASE)
_LEFT_EYE = re.compile(r"E1|LOC|LEFT", re.IGNORECASE)
_RIGHT_EYE = re.compile(r"E2|ROC|RIGHT", re.IGNORECASE)

_Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EvidenceChannels:
    """Where each kind of evidence is looked for.

    Attributes
    ----------
    frontal
        Slow waves and K-complexes; None when no EEG is fast enough.
    central
        Spindles and vertex waves.
    occipital
        Alpha and theta.
    eyes
        One EOG, or the left and the right one; empty without.
    chin
        EMG; None without.
    """

    frontal: Derivation | None
    central: Derivation | None
    occipital: Derivation | None
    eyes: tuple[Derivation, ...]
    chin: Derivation | None

    @classmethod
    def of(cls, recording: Recording, staged: Derivation | None = None) -> EvidenceChannels:
        """Choose by the regions in which the AASM Manual sees each kind greatest.

        A channel must be a voltage and sampled at 64 Hz or faster. Where a region has no
        derivation, the one that was staged stands in, or the best one.
        """
        usable = {
            channel.label
            for channel in recording.channels
            if channel.unit == "µV" and channel.sfreq >= MIN_SFREQ_HZ
        }
        eeg = [each for each in staging_derivations(recording.channels) if each.anode in usable]
        if staged is not None and staged.anode in usable:
            eeg.append(staged)
        stand_in = eeg[-1] if staged in eeg else next(iter(eeg), None)

        def over(*beginnings: str) -> Derivation | None:
            matching = (
                each
                for beginning in beginnings
                for each in eeg
                if each.name.upper().startswith(beginning)
            )
            return next(matching, stand_in)

        traces = [t for t in default_montage(recording.channels) if t.derivation.anode in usable]
        eyes = [trace.derivation for trace in traces if trace.kind is ChannelKind.EOG]
        left = [eye for eye in eyes if _LEFT_EYE.search(eye.anode)]
        right = [eye for eye in eyes if _RIGHT_EYE.search(eye.anode)]
        muscles = [trace.derivation for trace in traces if trace.kind is ChannelKind.EMG]
        chins = [muscle for muscle in muscles if _CHIN.search(muscle.anode)]
        return cls(
            over("F4", "F3", "FZ", "F"),
            over("C"),
            over("O", "PZ", "P"),
            (left[0], right[0]) if left and right else tuple(eyes[:1]),
            next(iter(chins or muscles), None),
        )

    @property
    def names(self) -> dict[str, str]:
        """What was looked for and in which derivation, for the reader."""
        named = {
            Phrase("slow waves and K-complexes"): (self.frontal,),
            Phrase("spindles and vertex waves"): (self.central,),
            Phrase("alpha and theta"): (self.occipital,),
            Phrase("eye movements"): self.eyes,
            Phrase("chin EMG"): (self.chin,),
        }
        return {
            purpose: " and ".join(each.name for each in derivations if each is not None)
            for purpose, derivations in named.items()
            if any(derivations)
        }


def gather_evidence(
    recording: Recording,
    staged: Derivation | None = None,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> NightEvidence:
    """Find the waves and rhythms of a whole night.

    Waves of the EEG that coincide with a rapid eye movement are taken for its reflection and left
    out; alpha is not counted in the seconds of a spindle.

    Parameters
    ----------
    recording
        Read from beginning to end.
    staged
        The derivation that was staged, see :meth:`EvidenceChannels.of`.
    progress
        Called with the fraction done, 0 to 1; may raise to stop.

    Raises
    ------
    RecordingError
        The recording can't be read.
    """
    channels = EvidenceChannels.of(recording, staged)
    n_seconds = recording.n_epochs * int(EPOCH_S)
    slow_wave_s = np.full(n_seconds, np.nan, np.float32)
    alpha_rules = theta_rules = np.zeros(n_seconds, bool)
    muscle_uv = np.full(n_seconds, np.nan, np.float32)
    if channels.chin is not None:
        level_uv = read_muscle_level(recording, channels.chin)[:n_seconds]
        muscle_uv[: level_uv.size] = level_uv
    progress(0.1)
    eye_waves = _eye_movements(recording, channels.eyes)
    blinks = eye_waves[:1]
    waves: list[Waves] = [*eye_waves]
    progress(0.2)
    if channels.frontal is not None:
        values, sfreq = read_downsampled(recording, channels.frontal, _WAVES_HZ)
        signal = (values, sfreq, channels.frontal.name)
        waves += _without(blinks, (detect_slow_waves(*signal), detect_k_complexes(*signal)))
        in_waves = _by_second(slow_wave_mask(values, sfreq), sfreq, n_seconds)
        slow_wave_s = np.where(_covered_seconds(blinks, n_seconds), 0, in_waves)
        # A gap has no slow waves to count: what happened in it nobody knows.
        slow_wave_s[_by_second(np.isnan(values), sfreq, n_seconds) > _MOST_MISSING] = np.nan
        del values, signal  # before the next is read: of three days each takes much memory
        progress(0.4)
    if channels.central is not None:
        values, sfreq = read_downsampled(recording, channels.central, _WAVES_HZ)
        signal = (values, sfreq, channels.central.name)
        waves += (detect_spindles(*signal), *_without(blinks, (detect_vertex_waves(*signal),)))
        del values, signal
        progress(0.7)
    if channels.occipital is not None:
        ruling = rhythms(*read_downsampled(recording, channels.occipital, _WAVES_HZ))
        alpha_rules = _padded(ruling.alpha_rules, n_seconds)
        spindles = tuple(found for found in waves if found.kind is WaveKind.SPINDLE)
        alpha_rules &= ~_covered_seconds(spindles, n_seconds)
        theta_rules = _padded(ruling.theta_rules, n_seconds)
        progress(0.8)
    progress(1.0)
    return NightEvidence(
        recording.n_epochs,
        tuple(waves),
        slow_wave_s.astype(np.float32),
        alpha_rules,
        theta_rules,
        muscle_uv,
        channels.names,
    )


def _eye_movements(recording: Recording, eyes: tuple[Derivation, ...]) -> tuple[Waves, ...]:
    """Rapid, then slow movements; nothing without EOG."""
    if not eyes:
        return ()
    values, sfreq = read_downsampled(recording, eyes[0], _WAVES_HZ)
    if len(eyes) == 2:
        right, right_hz = read_downsampled(recording, eyes[1], _WAVES_HZ)
        if right_hz == sfreq:
            values = gaze(values, right)
        else:
            eyes = eyes[:1]
        del right
    signal = (values, sfreq, " and ".join(eye.name for eye in eyes))
    return detect_rapid_eye_movements(*signal), detect_slow_eye_movements(*signal)


def _without(blinks: tuple[Waves, ...], found: tuple[Waves, ...]) -> tuple[Waves, ...]:
    """Leave out waves during which a rapid eye movement happens."""
    kept = found
    for moved in blinks:
        kept = tuple(
            waves.chosen(
                np.searchsorted(moved.onsets_s, waves.stops_s)
                == np.searchsorted(moved.stops_s, waves.onsets_s)
            )
            for waves in kept
        )
    return kept


def _covered_seconds(found: tuple[Waves, ...], n_seconds: int) -> npt.NDArray[np.bool_]:
    """Seconds that a wave touches, shape (n_seconds,)."""
    steps = np.zeros(n_seconds + 1, np.int64)
    for waves in found:
        np.add.at(steps, waves.onsets_s.astype(np.int64).clip(0, n_seconds), 1)
        np.add.at(steps, np.ceil(waves.stops_s).astype(np.int64).clip(0, n_seconds), -1)
    return np.asarray(np.cumsum(steps[:-1]) > 0)


def _by_second(mask: npt.NDArray[np.bool_], sfreq: float, n_seconds: int) -> _Float32:
    """Share of each second for which a mask of samples is true, shape (n_seconds,)."""
    edges = np.round(np.arange(n_seconds + 1) * sfreq).astype(np.int64).clip(0, mask.size)
    # One more, so that seconds after the end have a place to begin at; sums of all take gigabytes.
    padded = np.append(mask[: edges[-1]], False)
    counts = np.add.reduceat(padded, edges[:-1], dtype=np.int16)
    return np.asarray(counts / sfreq, np.float32)


def _padded(mask: npt.NDArray[np.bool_], n_seconds: int) -> npt.NDArray[np.bool_]:
    padded = np.zeros(n_seconds, bool)
    padded[: mask.size] = mask[:n_seconds]
    return padded
