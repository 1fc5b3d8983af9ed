"""The sequence level: stages from the features of consecutive epochs.

Legend of the shape comments: b sequences, l epochs in a sequence, d width of an embedding.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.layers import CrossAttentionLayer, FeedForward, PositionalEncoding


class StageLogits(NamedTuple):
    """Unnormalised log-probabilities of the three heads, each (b, l, 5)."""

    signal: Tensor
    spectrogram: Tensor
    joint: Tensor
    """From both streams together; the one used for scoring."""


class Stream(nn.Module):
    """Layers of one modality's sequence, which attend to the other modality too."""

    def __init__(self, config: MC2SleepNetConfig) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            CrossAttentionLayer(config) for _ in range(config.n_sequence_layers)
        )


class SequenceModel(nn.Module):
    """Two streams with cross-attention and three classification heads (Eq. 17-22).

    A stream's own sequence may be masked, while its keys and values come from the other
    modality's unmasked features (those of a dynamic memory only in the first layer). Masking is
    for training only.
    """

    def __init__(self, config: MC2SleepNetConfig) -> None:
        super().__init__()
        self.cross_memory = config.cross_memory
        self.mask_token = nn.Parameter(nn.init.normal_(torch.empty(config.d_model), std=0.02))
        self.position = PositionalEncoding(config.sequence_length, config.d_model)
        self.signal_stream = Stream(config)
        self.spectrogram_stream = Stream(config)
        self.signal_head = self._head(config, n_streams=1)
        self.spectrogram_head = self._head(config, n_streams=1)
        self.joint_head = self._head(config, n_streams=2)

    @staticmethod
    def _head(config: MC2SleepNetConfig, n_streams: int) -> nn.Module:
        d_input = n_streams * config.d_model
        if config.heads == "linear":
            return nn.Linear(d_input, config.n_stages)
        return FeedForward(d_input, config.d_head_hidden, config.n_stages, config.dropout)

    def _masked(self, features: Tensor, mask: Tensor | None) -> Tensor:
        return features if mask is None else torch.where(mask[..., None], self.mask_token, features)

    def forward(
        self,
        features: Tensor,
        signal_mask: Tensor | None = None,
        spectrogram_mask: Tensor | None = None,
    ) -> StageLogits:
        """Score sequences of features.

        Parameters
        ----------
        features
            Output of the epoch model for consecutive epochs, shape (b, l, 2, d) with l at most
            the configured sequence length.
        signal_mask, spectrogram_mask
            True where a stream's own epoch is replaced by the mask token, shape (b, l).

        Returns
        -------
        StageLogits
            Each of shape (b, l, 5).
        """
        signal, spectrogram = features.unbind(dim=2)  # (b, l, d) each
        # Position is added after masking: a masked epoch still knows where it is.
        signal_out = self.position(self._masked(signal, signal_mask))
        spectrogram_out = self.position(self._masked(spectrogram, spectrogram_mask))
        signal_memory, spectrogram_memory = self.position(signal), self.position(spectrogram)
        for signal_layer, spectrogram_layer in zip(
            self.signal_stream.layers, self.spectrogram_stream.layers, strict=True
        ):
            signal_out, spectrogram_out = (
                signal_layer(signal_out, spectrogram_memory),
                spectrogram_layer(spectrogram_out, signal_memory),
            )
            if self.cross_memory == "dynamic":
                signal_memory, spectrogram_memory = signal_out, spectrogram_out
        return StageLogits(
            signal=self.signal_head(signal_out),
            spectrogram=self.spectrogram_head(spectrogram_out),
            joint=self.joint_head(torch.cat((signal_out, spectrogram_out), dim=-1)),
        )
