"""Hyper-parameters that define the architecture of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

CnnVariant = Literal["direct128", "direct128_gated", "sleepyco256_chanpool"]
Activation = Literal["relu", "gelu"]
EpochPooling = Literal["attention", "mean"]
CrossMemory = Literal["static", "dynamic"]
Projection = Literal["linear", "mlp"]
Heads = Literal["mlp", "linear"]

_CHOICES = {
    "cnn": CnnVariant,
    "activation": Activation,
    "epoch_pooling": EpochPooling,
    "cross_memory": CrossMemory,
    "projection": Projection,
    "heads": Heads,
}


@dataclass(frozen=True, slots=True)
class MC2SleepNetConfig:
    """Architecture of MC²SleepNet; the defaults give 5 764 380 parameters.

    The paper leaves several points of the architecture open. A point that changes the
    network is a field here, so that weights always travel with the reading they were
    trained under.

    Attributes
    ----------
    cnn
        How the signal backbone arrives at five tokens of `d_model` channels.
        ``"direct128"`` has widths 64-128-192-256-128, the only natural progression that meets
        the paper's 5.76e6 parameters; ``"direct128_gated"`` adds SleePyCo's channel gates.
        ``"sleepyco256_chanpool"`` is the backbone of SleePyCo
        (Lee et al., 2024): widths 64-128-192-256-256 with channel gates, and the paper's
        max-pool of width 2 acting on the channels; 6 183 252 parameters in all.
    sequence_length
        Number of consecutive epochs the sequence model sees at once.
    d_model
        Width of every embedding.
    n_heads
        Attention heads; `d_model` is a multiple of it.
    d_feedforward
        Width of the hidden layer in each transformer layer.
    n_epoch_layers
        Transformer layers of the spectrogram backbone.
    n_sequence_layers
        Layers of each of the two streams of the sequence model.
    d_head_hidden
        Width of the hidden layer of the three classification heads.
    dropout
        Probability used in transformer layers and heads.
    n_stages
        Number of classes: W, N1, N2, N3, R.
    activation
        Of the transformer layers: ReLU as printed (Eq. 4), or the GELU of the released fragments.
    double_residual
        Whether the sum before the feed-forward part is added once more after the last norm, as
        Eq. 7 is printed; otherwise layers are plainly post-norm.
    epoch_pooling
        How an epoch's tokens become one vector: by learned attention (Eq. 9-11), or by their mean,
        to see what the attention gives.
    cross_memory
        What a stream's cross-attention looks at: the other modality's epoch features at every
        layer, as the symbols of Eq. 17 say, or the other stream's output of the layer before.
    projection
        What stands between features and contrast: one linear map for each modality, or two with
        ReLU between them, as in SleePyCo.
    heads
        The three classifiers: each with a hidden layer, or each a linear map.
    linear_bias
        Whether the linear maps of the transformer layers have biases; the released fragments' have
        none.
    resize_kernel
        Frames that the map from frequency bins to the embedding looks at; odd.

    Raises
    ------
    ValueError
        If a value is out of its range.
    """

    cnn: CnnVariant = "direct128"
    sequence_length: int = 21
    d_model: int = 128
    n_heads: int = 8
    d_feedforward: int = 1024
    n_epoch_layers: int = 4
    n_sequence_layers: int = 4
    d_head_hidden: int = 128
    dropout: float = 0.1
    n_stages: int = 5
    activation: Activation = "relu"
    double_residual: bool = False
    epoch_pooling: EpochPooling = "attention"
    cross_memory: CrossMemory = "static"
    projection: Projection = "linear"
    heads: Heads = "mlp"
    linear_bias: bool = True
    resize_kernel: int = 1

    def __post_init__(self) -> None:
        for name, choice in _CHOICES.items():
            if getattr(self, name) not in get_args(choice):
                raise ValueError(f"unknown {name} {getattr(self, name)!r}")
        for name in (
            "sequence_length",
            "d_model",
            "n_heads",
            "d_feedforward",
            "n_epoch_layers",
            "n_sequence_layers",
            "d_head_hidden",
            "n_stages",
            "resize_kernel",
        ):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"{name} must be a positive integer, not {value!r}")
        if self.d_model % self.n_heads:
            raise ValueError(f"d_model {self.d_model} is no multiple of n_heads {self.n_heads}")
        if self.resize_kernel % 2 == 0:
            raise ValueError(f"resize_kernel must be odd, not {self.resize_kernel}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be in [0, 1), not {self.dropout}")
