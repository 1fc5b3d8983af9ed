"""The six alterations of the signal that SleePyCo (Lee et al., 2024) publishes, with its ranges.

MC²SleepNet takes them over. All draws come from torch's global generator.

Legend of the shape comments: b epochs, t samples.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from scipy import signal as sps
from torch import Tensor

from model.mc2sleepnet.preprocessing import SFREQ_HZ

_PROBABILITY = 0.5
_SCALE = (0.5, 2.0)
_SHIFT_TIMES = 300
_OFFSET_UV = 10.0
_MASKED_TIMES = 300
_NOISE_UV = 0.2
_BAND_STOP_HZ = (0.5, 30.0)
_BAND_STOP_WIDTH_HZ = 2.0


def alter_one_of(epochs: Tensor) -> Tensor:
    """Draw one of the six for each epoch (b, t) and make it with probability one half."""
    which = torch.randint(len(ALTERATIONS), (len(epochs),))
    made = torch.rand(len(epochs)) < _PROBABILITY
    altered = epochs.clone()
    for index, alter in enumerate(ALTERATIONS.values()):
        chosen = made & (which == index)
        altered[chosen] = alter(epochs[chosen])
    return altered


def alter_each(epochs: Tensor) -> Tensor:
    """Make all six in turn on epochs (b, t), each with probability one half."""
    altered = epochs.clone()
    for alter in ALTERATIONS.values():
        chosen = torch.rand(len(epochs)) < _PROBABILITY
        altered[chosen] = alter(altered[chosen])
    return altered


def _uniform(n: int, low: float, high: float) -> Tensor:
    return low + (high - low) * torch.rand(n, 1)


def _scale(epochs: Tensor) -> Tensor:
    return epochs * _uniform(len(epochs), *_SCALE)


def _shift(epochs: Tensor) -> Tensor:
    """Shift by up to 3 s either way; zeros move in."""
    n_epochs, n_times = epochs.shape
    offset = torch.randint(-_SHIFT_TIMES, _SHIFT_TIMES + 1, (n_epochs, 1))
    source = torch.arange(n_times) - offset  # (b, t)
    inside = (source >= 0) & (source < n_times)
    return epochs.gather(1, source.clamp(0, n_times - 1)) * inside


def _offset(epochs: Tensor) -> Tensor:
    return epochs + _uniform(len(epochs), -_OFFSET_UV, _OFFSET_UV)


def _mask(epochs: Tensor) -> Tensor:
    """Zero a span of up to 3 s."""
    n_epochs, n_times = epochs.shape
    length = torch.randint(0, _MASKED_TIMES + 1, (n_epochs, 1))
    first = (torch.rand(n_epochs, 1) * (n_times - length + 1)).long()
    time = torch.arange(n_times)
    return epochs * ~((time >= first) & (time < first + length))


def _noise(epochs: Tensor) -> Tensor:
    return epochs + _uniform(len(epochs), 0.0, _NOISE_UV) * torch.randn_like(epochs)


def _band_stop(epochs: Tensor) -> Tensor:
    """Notch of 2 Hz, second order, causal."""
    lower_hz = _uniform(len(epochs), *_BAND_STOP_HZ)[:, 0]
    filtered = torch.empty_like(epochs)
    for index, low_hz in enumerate(lower_hz.tolist()):
        centre_hz = low_hz + _BAND_STOP_WIDTH_HZ / 2
        b, a = sps.iirnotch(centre_hz, centre_hz / _BAND_STOP_WIDTH_HZ, fs=SFREQ_HZ)
        filtered[index] = torch.from_numpy(sps.lfilter(b, a, epochs[index].numpy()))
    return filtered


ALTERATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "scale": _scale,
    "shift": _shift,
    "offset": _offset,
    "mask": _mask,
    "noise": _noise,
    "band_stop": _band_stop,
}
