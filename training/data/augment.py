"""Alterations of training epochs that leave their stage unchanged.

Legend of the shape comments: b epochs, t samples, f frequency bins.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from model.mc2sleepnet.preprocessing import SFREQ_HZ
from training.data.config import AugmentationConfig
from training.data.published_augmentation import alter_each, alter_one_of

_KNOTS_HZ = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


def augment_epochs(epochs: Tensor, config: AugmentationConfig) -> Tensor:
    """Alter each epoch on its own, in the configured way.

    Draws come from torch's global generator.

    Parameters
    ----------
    epochs
        Shape (b, t), µV at 100 Hz.
    config
        Ranges of the alterations.

    Returns
    -------
    Tensor
        Shape (b, t).
    """
    match config.kind:
        case "none":
            return epochs
        case "one_of":
            return alter_one_of(epochs)
        case "each":
            return alter_each(epochs)
        case "light":
            shifted = _shift(epochs, round(config.shift_s * SFREQ_HZ))
            return _alter(shifted, len(epochs), config)


def augment_spectrogram(spectrogram: Tensor, config: AugmentationConfig) -> Tensor:
    """Add noise to normalised spectrograms (b, n_frames, f), of a strength drawn for each.

    The strength is uniform between 0 and the configured one, 0.2 in the paper.
    """
    if config.spectrogram_noise == 0:
        return spectrogram
    level = config.spectrogram_noise * torch.rand(len(spectrogram), 1, 1)
    noise = level * torch.randn(spectrogram.shape)
    return spectrogram + noise.to(spectrogram.device)


def augment_night(epochs: Tensor, config: AugmentationConfig) -> Tensor:
    """Alter a night lightly, as another amplifier would: the same way from start to end.

    Draws come from torch's global generator.

    Parameters
    ----------
    epochs
        Shape (b, t), µV at 100 Hz.
    config
        Ranges of the alterations.

    Returns
    -------
    Tensor
        Shape (b, t).
    """
    return _alter(epochs, 1, config)


def _alter(epochs: Tensor, n_draws: int, config: AugmentationConfig) -> Tensor:
    """Alter epochs (b, t) with one draw for each, or one for all."""
    signed = torch.where(torch.rand(n_draws, 1) < config.flip_share, -epochs, epochs)
    equalised = _equalise(signed, _responses_db(n_draws, config))
    noisy = torch.rand(n_draws, 1) < config.noise_share
    low_uv, high_uv = config.noise_uv
    level_uv = low_uv + (high_uv - low_uv) * torch.rand(n_draws, 1)
    return equalised + noisy * level_uv * torch.randn_like(equalised)


def _shift(epochs: Tensor, max_times: int) -> Tensor:
    n_epochs, n_times = epochs.shape
    offset = torch.randint(-max_times, max_times + 1, (n_epochs, 1))
    return epochs.gather(1, (torch.arange(n_times) + offset) % n_times)


def _responses_db(n: int, config: AugmentationConfig) -> Tensor:
    """Gain plus frequency response at the knots, (n, n_knots)."""
    max_gain_db = 20 * math.log10(config.gain_ratio)
    gain = (2 * torch.rand(n, 1) - 1) * max_gain_db
    return gain + (2 * torch.rand(n, len(_KNOTS_HZ)) - 1) * config.equaliser_db


def _equalise(epochs: Tensor, responses_db: Tensor) -> Tensor:
    """Filter without phase shift; responses are linear in dB over log frequency."""
    spectrum = torch.fft.rfft(epochs)  # (b, f)
    frequency = torch.fft.rfftfreq(epochs.shape[1], 1 / SFREQ_HZ)  # (f,)
    octave = torch.log2(frequency.clamp(_KNOTS_HZ[0], _KNOTS_HZ[-1]) / _KNOTS_HZ[0])
    below = octave.floor().long().clamp(max=len(_KNOTS_HZ) - 2)  # knots lie one octave apart
    fraction = octave - below
    response = responses_db[:, below] * (1 - fraction) + responses_db[:, below + 1] * fraction
    equalised: Tensor = torch.fft.irfft(spectrum * 10 ** (response / 20), n=epochs.shape[1])
    return equalised
