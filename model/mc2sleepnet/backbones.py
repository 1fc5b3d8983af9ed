"""The two backbones that turn one epoch into tokens.

Legend of the shape comments: b epochs, c channels of a feature map, t samples or tokens,
d width of an embedding.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet.config import CnnVariant, MC2SleepNetConfig
from model.mc2sleepnet.layers import PositionalEncoding, SelfAttentionLayer
from model.mc2sleepnet.preprocessing import N_BINS, N_FRAMES


@dataclass(frozen=True, slots=True)
class _CnnPlan:
    """Widths of the five blocks, and what sets the variants apart."""

    widths: tuple[int, ...]
    gated: bool
    pool_channels: bool


_PLANS: dict[CnnVariant, _CnnPlan] = {
    "direct128": _CnnPlan((64, 128, 192, 256, 128), gated=False, pool_channels=False),
    "direct128_gated": _CnnPlan((64, 128, 192, 256, 128), gated=True, pool_channels=False),
    "sleepyco256_chanpool": _CnnPlan((64, 128, 192, 256, 256), gated=True, pool_channels=True),
}
_CONVS_PER_BLOCK = (2, 2, 3, 3, 3)
_POOL = 5
_GATE_REDUCTION = 16


class ChannelGate(nn.Module):
    """Squeeze-and-excitation gate over the mean of each channel (Hu et al., 2018)."""

    def __init__(self, n_channels: int) -> None:
        super().__init__()
        n_hidden = n_channels // _GATE_REDUCTION
        self.squeeze = nn.Linear(n_channels, n_hidden)
        self.excite = nn.Linear(n_hidden, n_channels)

    def forward(self, x: Tensor) -> Tensor:
        """Scale the channels of (b, c, t)."""
        gate = torch.sigmoid(self.excite(F.relu(self.squeeze(x.mean(dim=-1)))))  # (b, c)
        return x * gate[..., None]


def _block(n_in: int, n_out: int, n_convs: int, *, gated: bool) -> nn.Sequential:
    layers: list[nn.Module] = []
    for index in range(n_convs):
        layers += [nn.Conv1d(n_in, n_out, kernel_size=3, padding=1), nn.BatchNorm1d(n_out)]
        if gated and index == n_convs - 1:
            layers.append(ChannelGate(n_out))
        layers.append(nn.PReLU())
        n_in = n_out
    return nn.Sequential(*layers)


class SignalBackbone(nn.Module):
    """Convolutional network on the signal: (b, 3000) µV to (b, 5, d).

    Thirteen convolutions in five blocks. The four max-pools of width 5 sit between the blocks,
    as in SleePyCo (Lee et al., 2024): the same tokens as pooling after each later block at a
    third of the cost. The last pool rounds up, since 24 is no multiple of 5.

    Raises
    ------
    ValueError
        If the last block does not give `d_model` channels.
    """

    def __init__(self, config: MC2SleepNetConfig) -> None:
        super().__init__()
        plan = _PLANS[config.cnn]
        self.pool_channels = plan.pool_channels
        d_token = plan.widths[-1] // (2 if plan.pool_channels else 1)
        if d_token != config.d_model:
            raise ValueError(f"cnn {config.cnn} gives {d_token} channels, not {config.d_model}")
        self.blocks = nn.ModuleList(
            _block(n_in, n_out, n_convs, gated=plan.gated)
            for n_in, n_out, n_convs in zip(
                (1, *plan.widths), plan.widths, _CONVS_PER_BLOCK, strict=False
            )
        )

    def forward(self, epochs: Tensor) -> Tensor:
        """Map epochs (b, 3000) to tokens (b, 5, d)."""
        x = self.blocks[0](epochs[:, None])  # (b, 64, 3000)
        for block in self.blocks[1:]:
            # t: 3000 → 600 → 120 → 24 → 5
            x = block(F.max_pool1d(x, _POOL, ceil_mode=True))
        tokens: Tensor = x.transpose(1, 2)  # (b, 5, c)
        return F.max_pool1d(tokens, 2) if self.pool_channels else tokens  # (b, 5, d)


class FrameConvolution(nn.Module):
    """Convolution over the frames of a spectrogram, which keeps their number."""

    def __init__(self, n_bins: int, d_model: int, kernel: int) -> None:
        super().__init__()
        self.convolution = nn.Conv1d(n_bins, d_model, kernel, padding=kernel // 2)

    def forward(self, spectrogram: Tensor) -> Tensor:
        """Map frames (b, t, n_bins) to (b, t, d)."""
        tokens: Tensor = self.convolution(spectrogram.transpose(1, 2)).transpose(1, 2)
        return tokens


class SpectrogramBackbone(nn.Module):
    """Transformer on the normalised log spectrogram: (b, 29, 129) to (b, 29, d)."""

    def __init__(self, config: MC2SleepNetConfig) -> None:
        super().__init__()
        # A convolution of width 1 over the frames is written as the linear map that it is.
        self.resize: nn.Module = (
            nn.Linear(N_BINS, config.d_model)
            if config.resize_kernel == 1
            else FrameConvolution(N_BINS, config.d_model, config.resize_kernel)
        )
        self.position = PositionalEncoding(N_FRAMES, config.d_model)
        self.layers = nn.ModuleList(
            SelfAttentionLayer(config) for _ in range(config.n_epoch_layers)
        )

    def forward(self, spectrogram: Tensor) -> Tensor:
        """Map frames (b, 29, 129) to tokens (b, 29, d)."""
        tokens: Tensor = self.position(F.relu(self.resize(spectrogram)))  # (b, 29, d)
        for layer in self.layers:
            tokens = layer(tokens)
        return tokens
