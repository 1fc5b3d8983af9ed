"""The whole network.

Legend of the shape comments: b sequences, l epochs in a sequence, d width of an embedding.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.epoch_model import EpochModel
from model.mc2sleepnet.layers import FeedForward
from model.mc2sleepnet.sequence_model import SequenceModel, StageLogits


class MC2SleepNet(nn.Module):
    """Epoch model, sequence model and the projections of contrastive pre-training.

    Attributes
    ----------
    config
        The architecture.
    temperature
        Positive number that the mean log-probabilities are divided by when a recording is
        scored; fitted after training. No parameter, so it can be fitted again without
        touching the weights.
    """

    def __init__(self, config: MC2SleepNetConfig | None = None) -> None:
        super().__init__()
        self.config = config or MC2SleepNetConfig()
        self.temperature = 1.0
        self.epoch_model = EpochModel(self.config)
        self.sequence_model = SequenceModel(self.config)
        self.signal_projection = _projection(self.config)
        self.spectrogram_projection = _projection(self.config)

    def project(self, features: Tensor) -> Tensor:
        """Map features (b, l, 2, d) to unit vectors (b, l, 2, d) in which modalities compare."""
        signal, spectrogram = features.unbind(dim=2)  # (b, l, d) each
        projected = torch.stack(
            (self.signal_projection(signal), self.spectrogram_projection(spectrogram)), dim=2
        )
        return F.normalize(projected, dim=-1)

    def forward(self, epochs: Tensor) -> StageLogits:
        """Score sequences of epochs (b, l, 3000) in µV without keeping their features."""
        features = self.epoch_model(epochs.flatten(0, 1)).unflatten(0, epochs.shape[:2])
        logits: StageLogits = self.sequence_model(features)
        return logits


def _projection(config: MC2SleepNetConfig) -> nn.Module:
    d_model = config.d_model
    if config.projection == "linear":
        return nn.Linear(d_model, d_model)
    return FeedForward(d_model, d_model, d_model, dropout=0.0)
