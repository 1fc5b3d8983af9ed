"""Attention, position and transformer layers shared by both halves of the network.

Legend of the shape comments: b items of the batch, h heads, q queries, k keys, t tokens,
d width of an embedding.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet.config import Activation, MC2SleepNetConfig


class MultiHeadAttention(nn.Module):
    """Scaled dot-product attention with output projection (Vaswani et al., 2017).

    Parameters
    ----------
    d_model
        Width of queries, memory and output.
    n_heads
        Heads of width ``d_model / n_heads``.
    bias
        Whether its linear maps have biases.
    """

    def __init__(self, d_model: int, n_heads: int, *, bias: bool = True) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.query = nn.Linear(d_model, d_model, bias=bias)
        self.key_value = nn.Linear(d_model, 2 * d_model, bias=bias)
        self.output = nn.Linear(d_model, d_model, bias=bias)

    def forward(self, queries: Tensor, memory: Tensor) -> Tensor:
        """Let queries (b, q, d) attend to memory (b, k, d); returns (b, q, d)."""
        heads_q = self.query(queries).unflatten(-1, (self.n_heads, -1)).transpose(1, 2)
        heads_kv = self.key_value(memory).unflatten(-1, (2, self.n_heads, -1))  # (b, k, 2, h, d/h)
        keys, values = heads_kv.permute(2, 0, 3, 1, 4)  # two of (b, h, k, d/h)
        context = F.scaled_dot_product_attention(heads_q, keys, values)  # (b, h, q, d/h)
        output: Tensor = self.output(context.transpose(1, 2).flatten(-2))  # (b, q, d)
        return output


class FeedForward(nn.Module):
    """Two linear layers with an activation and dropout between them."""

    def __init__(
        self,
        d_model: int,
        d_hidden: int,
        d_out: int,
        dropout: float,
        *,
        activation: Activation = "relu",
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.activation = F.relu if activation == "relu" else F.gelu
        self.hidden = nn.Linear(d_model, d_hidden, bias=bias)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(d_hidden, d_out, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        """Map (..., d_model) to (..., d_out)."""
        output: Tensor = self.output(self.dropout(self.activation(self.hidden(x))))
        return output


def layer_feedforward(config: MC2SleepNetConfig) -> FeedForward:
    """Make the feed-forward part of a transformer layer."""
    return FeedForward(
        config.d_model,
        config.d_feedforward,
        config.d_model,
        config.dropout,
        activation=config.activation,
        bias=config.linear_bias,
    )


class SelfAttentionLayer(nn.Module):
    """Post-norm transformer layer: self-attention, then feed-forward."""

    def __init__(self, config: MC2SleepNetConfig) -> None:
        super().__init__()
        d_model, n_heads = config.d_model, config.n_heads
        self.attention = MultiHeadAttention(d_model, n_heads, bias=config.linear_bias)
        self.attention_norm = nn.LayerNorm(d_model)
        self.feedforward = layer_feedforward(config)
        self.feedforward_norm = nn.LayerNorm(d_model)
        self.dropout = nn.Dropout(config.dropout)
        self.double_residual = config.double_residual

    def forward(self, x: Tensor) -> Tensor:
        """Map (b, t, d) to (b, t, d)."""
        x = self.attention_norm(x + self.dropout(self.attention(x, x)))
        output: Tensor = self.feedforward_norm(x + self.dropout(self.feedforward(x)))
        return x + output if self.double_residual else output


class CrossAttentionLayer(nn.Module):
    """Self-attention layer with a cross-attention between its two halves.

    The cross-attention has weights of its own, and takes keys and values from a memory
    (MC²SleepNet, Eq. 17).
    """

    def __init__(self, config: MC2SleepNetConfig) -> None:
        super().__init__()
        d_model, n_heads = config.d_model, config.n_heads
        self.self_attention = MultiHeadAttention(d_model, n_heads, bias=config.linear_bias)
        self.self_norm = nn.LayerNorm(d_model)
        self.cross_attention = MultiHeadAttention(d_model, n_heads, bias=config.linear_bias)
        self.cross_norm = nn.LayerNorm(d_model)
        self.feedforward = layer_feedforward(config)
        self.feedforward_norm = nn.LayerNorm(d_model)
        self.dropout = nn.Dropout(config.dropout)
        self.double_residual = config.double_residual

    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        """Map x (b, t, d) to (b, t, d), with keys and values from memory (b, k, d)."""
        x = self.self_norm(x + self.dropout(self.self_attention(x, x)))
        x = self.cross_norm(x + self.dropout(self.cross_attention(x, memory)))
        output: Tensor = self.feedforward_norm(x + self.dropout(self.feedforward(x)))
        return x + output if self.double_residual else output


class PositionalEncoding(nn.Module):
    """Adds fixed sine and cosine positions (Vaswani et al., 2017)."""

    encoding: Tensor

    def __init__(self, n_positions: int, d_model: int) -> None:
        super().__init__()
        encoding = torch.empty(n_positions, d_model)
        if not encoding.is_meta:  # see model.shared.stored.check_shapes
            position = torch.arange(n_positions, dtype=torch.float32)[:, None]
            rate = torch.exp(torch.arange(0, d_model, 2) * (-math.log(10_000.0) / d_model))
            encoding[:, 0::2] = torch.sin(position * rate)
            encoding[:, 1::2] = torch.cos(position * rate)[:, : d_model // 2]
        # Recomputed from the configuration, so it is no part of the weights.
        self.register_buffer("encoding", encoding, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Add positions 0 … t-1 to (b, t, d)."""
        return x + self.encoding[: x.shape[1]]


class TokenAttention(nn.Module):
    """Pools the tokens of an epoch into one vector with learned weights (Eq. 9-11).

    The weights come from tanh states compared with a learned context vector; the sum is over
    the tokens themselves, as in SleepTransformer (Phan et al., 2022).
    """

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.state = nn.Linear(d_model, d_model)
        self.context = nn.Parameter(nn.init.normal_(torch.empty(d_model), std=0.1))

    def forward(self, tokens: Tensor) -> Tensor:
        """Pool tokens (b, t, d) to (b, d)."""
        scores = torch.tanh(self.state(tokens)) @ self.context  # (b, t)
        weights = scores.softmax(dim=-1)  # (b, t)
        return (weights[..., None] * tokens).sum(dim=1)


class TokenMean(nn.Module):
    """Pools the tokens of an epoch into their mean."""

    def forward(self, tokens: Tensor) -> Tensor:
        """Pool tokens (b, t, d) to (b, d)."""
        return tokens.mean(dim=1)


def token_pooling(config: MC2SleepNetConfig) -> nn.Module:
    """Make the configured way to pool an epoch's tokens."""
    return TokenAttention(config.d_model) if config.epoch_pooling == "attention" else TokenMean()
