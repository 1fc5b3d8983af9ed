"""The epoch level: two feature vectors from 30 s of signal.

Legend of the shape comments: b epochs, d width of an embedding.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from model.mc2sleepnet.backbones import SignalBackbone, SpectrogramBackbone
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.layers import token_pooling
from model.mc2sleepnet.preprocessing import N_BINS, log_spectrogram


class EpochModel(nn.Module):
    """Signal and spectrogram features of single epochs, independent of their neighbours.

    The features of a recording are computed once and kept while the sequence model slides
    over them: in evaluation mode they do not depend on what else is in the batch.

    Attributes
    ----------
    spectrogram_mean, spectrogram_std
        Mean and standard deviation of each bin of
        :func:`model.mc2sleepnet.preprocessing.log_spectrogram` over the training epochs, shape
        (129,); stored with the weights.
    """

    spectrogram_mean: Tensor
    spectrogram_std: Tensor

    def __init__(self, config: MC2SleepNetConfig) -> None:
        super().__init__()
        self.signal = SignalBackbone(config)
        self.spectrogram = SpectrogramBackbone(config)
        self.signal_attention = token_pooling(config)
        self.spectrogram_attention = token_pooling(config)
        self.register_buffer("spectrogram_mean", torch.zeros(N_BINS))
        self.register_buffer("spectrogram_std", torch.ones(N_BINS))

    def normalised_spectrogram(self, epochs: Tensor) -> Tensor:
        """Map epochs (b, 3000) in µV to z-scored frames (b, 29, 129)."""
        return (log_spectrogram(epochs) - self.spectrogram_mean) / self.spectrogram_std

    def encode(self, epochs: Tensor, spectrogram: Tensor) -> Tensor:
        """Compute features from both views of the same epochs.

        Kept apart from :meth:`forward` because training alters the views separately.

        Parameters
        ----------
        epochs
            Shape (b, 3000), µV.
        spectrogram
            Shape (b, 29, 129), normalised.

        Returns
        -------
        Tensor
            Shape (b, 2, d): signal features, then spectrogram features.
        """
        signal = self.signal_attention(self.signal(epochs))  # (b, d)
        spectral = self.spectrogram_attention(self.spectrogram(spectrogram))  # (b, d)
        return torch.stack((signal, spectral), dim=1)

    def forward(self, epochs: Tensor) -> Tensor:
        """Map epochs (b, 3000) in µV to features (b, 2, d)."""
        return self.encode(epochs, self.normalised_spectrogram(epochs))
