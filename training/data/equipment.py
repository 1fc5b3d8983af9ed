"""What a signal goes through on its way into a file: electrodes, an amplifier, its filters.

Gauges alter recordings by one of these at a time, and training nights by drawn ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import signal as sps

from model.mc2sleepnet.preprocessing import SFREQ_HZ

Signal = npt.NDArray[np.floating[Any]]

_SHELF_HZ = 4.0


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a signal at 100 Hz goes through, in the order of the attributes.

    Attributes
    ----------
    gain
        Factor on the amplitude; a negative one has the other electrode first.
    slow_gain_db
        Gain below 4 Hz, by a shelf of first order: derivations differ most there.
    noise_uv
        Standard deviation of white noise.
    noise_seed
        Of the noise.
    high_pass_hz, high_pass_order
        Of a causal filter; 0 Hz leaves it out.
    low_pass_hz
        Of a causal filter of second order; 0 leaves it out.
    """

    gain: float = 1.0
    slow_gain_db: float = 0.0
    noise_uv: float = 0.0
    noise_seed: int = 0
    high_pass_hz: float = 0.0
    high_pass_order: int = 1
    low_pass_hz: float = 0.0

    def record(self, signal_uv: Signal) -> Signal:
        """Alter continuous signals, µV at 100 Hz; the shape (…, n_times) stays."""
        altered = signal_uv if self.gain == 1 else signal_uv * self.gain
        if self.slow_gain_db:
            slow = _filtered(altered, 1, _SHELF_HZ, "lowpass")
            altered = altered + (10 ** (self.slow_gain_db / 20) - 1) * slow
        if self.noise_uv:
            rng = np.random.default_rng(self.noise_seed)
            altered = altered + rng.normal(0, self.noise_uv, altered.shape)
        if self.high_pass_hz:
            altered = _filtered(altered, self.high_pass_order, self.high_pass_hz, "highpass")
        if self.low_pass_hz:
            altered = _filtered(altered, 2, self.low_pass_hz, "lowpass")
        return altered


AS_RECORDED = Equipment()
"""Leaves a signal as it is."""


def _filtered(
    signal: Signal, order: int, cutoff_hz: float, kind: Literal["highpass", "lowpass"]
) -> Signal:
    sos = sps.butter(order, cutoff_hz, kind, fs=SFREQ_HZ, output="sos")
    # As if the first sample had always been there: an offset leaves no step.
    at_rest = sps.sosfilt_zi(sos).reshape(len(sos), *(1,) * (signal.ndim - 1), 2)
    filtered: Signal
    filtered, _ = sps.sosfilt(sos, signal, zi=at_rest * signal[..., :1])
    return filtered
