"""What other laboratories, amplifiers and electrodes do to a recording, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from scipy import signal as sps

from model.mc2sleepnet.preprocessing import SFREQ_HZ
from training.data.equipment import Equipment, Signal

Alteration = Callable[[Signal], tuple[Signal, float]]
"""From a continuous signal, µV at 100 Hz, to another one and its sampling rate in Hz."""

_MAINS_HZ = 50
_MAINS_SFREQ_HZ = 256
_SPELL_S = 120
_LOOSE_SHARE = 0.3
_POPS_PER_S = 0.1
_POP_UV = 300
_POP_DECAY_S = 0.4
_DRIFT_HZ = 1.0
_DRIFT_UV = 60


def through(equipment: Equipment) -> Alteration:
    """Record with other equipment."""
    return lambda signal: (equipment.record(signal), SFREQ_HZ)


def sampled_at(sfreq_hz: int) -> Alteration:
    """Sample at another rate."""
    ratio = Fraction(sfreq_hz, round(SFREQ_HZ))
    return lambda signal: (
        sps.resample_poly(signal, ratio.numerator, ratio.denominator),
        float(sfreq_hz),
    )


def with_mains(amplitude_uv: float) -> Alteration:
    """Add mains, at a rate that shows them."""

    def add(signal: Signal) -> tuple[Signal, float]:
        fine, sfreq_hz = sampled_at(_MAINS_SFREQ_HZ)(signal)
        times_s = np.arange(fine.size) / sfreq_hz
        return fine + amplitude_uv * np.sin(2 * np.pi * _MAINS_HZ * times_s), sfreq_hz

    return add


def with_loose_electrode(signal: Signal) -> tuple[Signal, float]:
    """Have an electrode come loose in three of ten spells of 2 min.

    The EEG is at three tenths of its amplitude then; drift below 1 Hz and pops are added.
    """
    rng = np.random.default_rng(0)
    spell_times = round(_SPELL_S * SFREQ_HZ)
    n_spells = -(-signal.size // spell_times)
    is_loose = np.repeat(rng.random(n_spells) < _LOOSE_SHARE, spell_times)[: signal.size]
    low_pass = sps.butter(2, _DRIFT_HZ, "lowpass", fs=SFREQ_HZ, output="sos")
    drift = sps.sosfilt(low_pass, rng.normal(size=signal.size))
    drift *= _DRIFT_UV / drift.std()
    pops = (rng.random(signal.size) < _POPS_PER_S / SFREQ_HZ) * rng.normal(0, _POP_UV, signal.size)
    decay = np.exp(-1 / (_POP_DECAY_S * SFREQ_HZ))
    artefact = drift + sps.lfilter([1.0], [1.0, -decay], pops)
    return np.where(is_loose, 0.3 * signal + artefact, signal), SFREQ_HZ


def as_it_is(signal: Signal) -> tuple[Signal, float]:
    """Leave it."""
    return signal, SFREQ_HZ


ALTERATIONS: dict[str, Alteration] = {
    **{f"gain × {gain:g}": through(Equipment(gain=gain)) for gain in (0.3, 0.5, 0.67, 1.5, 2.0)},
    "inverted": through(Equipment(gain=-1)),
    **{f"slow waves {db:g} dB": through(Equipment(slow_gain_db=db)) for db in (-3.0, -6.0)},
    **{
        f"high-pass {cutoff_hz:g} Hz": through(Equipment(high_pass_hz=cutoff_hz))
        for cutoff_hz in (0.5, 1.0)
    },
    **{
        f"low-pass {cutoff_hz:g} Hz": through(Equipment(low_pass_hz=cutoff_hz))
        for cutoff_hz in (30.0, 20.0, 15.0)
    },
    **{f"{sfreq_hz} Hz sampling": sampled_at(sfreq_hz) for sfreq_hz in (50, 128, 512)},
    **{
        f"white noise {noise_uv:g} µV": through(Equipment(noise_uv=noise_uv))
        for noise_uv in (1.0, 2.0, 5.0, 10.0)
    },
    "mains 50 µV": with_mains(50),
    "loose electrode": with_loose_electrode,
}
"""By name."""
