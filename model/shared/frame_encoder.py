"""NeuroNet's encoder: one channel's epoch as overlapping frames, and a transformer over them.

It is all of NeuroNet (Lee et al., 2024) that is left after its pre-training, and what SynthSleepNet
(Lee et al., 2025) takes for each of its channels.

Legend of the shape comments: b epochs, f frames of an epoch, w samples of a frame, c channels of a
feature map, t samples of one, d width of an embedding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.shared.transformer import Adapters, Block, adapted, blocks, positions, taken

_KERNELS = (3, 5, 7)
_POOLS = (16, 11, 6)
_STRIDES = (1, 1, 2, 2)
_GATE_REDUCTION = 16

EncoderAdapters = Mapping[str, Adapters]
"""Adapters of the blocks of the transformer, ``"0"`` and on, and of the last maps of the frame
network, ``"feature_layer"`` with the names ``"0"`` and ``"2"``."""
NO_ENCODER_ADAPTERS: EncoderAdapters = {}


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Architecture of an encoder; the defaults are SynthSleepNet's, with 66 843 968 parameters.

    Attributes
    ----------
    sfreq, epoch_s
        Sampling rate in Hz and length of an epoch in s.
    frame_s, hop_s
        Length of a frame and distance of one from the next, in s.
    stem
        Channels of the first convolution.
    widths
        Channels of the four blocks of each branch.
    gated
        Whether the blocks have squeeze-and-excitation gates, as SynthSleepNet's do.
    d_model, n_blocks, n_heads
        Of the transformer; the width is a multiple of the heads.

    Raises
    ------
    ValueError
        If a value is out of its range, or a frame is too short for the branches.
    """

    sfreq: float = 100.0
    epoch_s: float = 30.0
    frame_s: float = 4.0
    hop_s: float = 1.0
    stem: int = 64
    widths: tuple[int, int, int, int] = (64, 128, 128, 256)
    gated: bool = True
    d_model: int = 768
    n_blocks: int = 4
    n_heads: int = 8

    def __post_init__(self) -> None:
        for name in ("stem", "d_model", "n_blocks", "n_heads"):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"{name} must be a positive integer, not {value!r}")
        if len(self.widths) != len(_STRIDES) or min(self.widths) < 1:
            raise ValueError(f"widths must be {len(_STRIDES)} positive integers, not {self.widths}")
        if self.d_model % self.n_heads:
            raise ValueError(f"d_model {self.d_model} is no multiple of n_heads {self.n_heads}")
        if not 0 < self.hop_s <= self.frame_s <= self.epoch_s:
            raise ValueError("0 < hop_s <= frame_s <= epoch_s does not hold")
        if min(self.branch_times) < 1:
            raise ValueError(f"a frame of {self.frame_s:g} s is too short for the frame network")

    @property
    def frame_times(self) -> int:
        """Samples of a frame."""
        return round(self.frame_s * self.sfreq)

    @property
    def n_frames(self) -> int:
        """Frames that lie wholly in an epoch."""
        return 1 + int((self.epoch_s - self.frame_s) / self.hop_s)

    @property
    def frame_starts(self) -> tuple[int, ...]:
        """First sample of each frame."""
        return tuple(int(index * self.hop_s * self.sfreq) for index in range(self.n_frames))

    @property
    def branch_times(self) -> tuple[int, ...]:
        """Places that each branch of the frame network has in the end."""
        stem = (self.frame_times - 1) // 2 + 1  # convolution of width 7, stride 2, padding 3
        stem = (stem - 1) // 2 + 1  # pool of width 3, stride 2, padding 1
        found = []
        for kernel, pool in zip(_KERNELS, _POOLS, strict=True):
            n_times = stem
            for stride in _STRIDES:
                n_times = (n_times + 2 - kernel) // stride + 1
                n_times = n_times + 2 - kernel + 1
            found.append(n_times - pool + 1)
        return tuple(found)

    @property
    def d_features(self) -> int:
        """Features of a frame that the branches give together."""
        return sum(self.branch_times) * self.widths[-1]

    @property
    def d_frame(self) -> int:
        """Width of a frame's embedding."""
        return self.d_features // 2


TINY_ENCODER = EncoderConfig(stem=32, widths=(32, 32, 48, 64), gated=False, d_model=192)
"""4 267 136 parameters: small enough to be trained on a processor."""


class _Gate(nn.Module):
    """Squeeze-and-excitation over the mean of each channel (Hu et al., 2018)."""

    def __init__(self, n_channels: int) -> None:
        super().__init__()
        n_hidden = n_channels // _GATE_REDUCTION
        self.squeeze = nn.Linear(n_channels, n_hidden, bias=False)
        self.excite = nn.Linear(n_hidden, n_channels, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Scale the channels of (b, c, t)."""
        gate = torch.sigmoid(self.excite(F.relu(self.squeeze(x.mean(dim=-1)))))
        return x * gate[..., None]


class _ResidualBlock(nn.Module):
    """Two convolutions beside a shortcut, which is cropped to what they leave."""

    def __init__(self, n_in: int, n_out: int, kernel: int, stride: int, *, gated: bool) -> None:
        super().__init__()
        # One sample on either side whatever the width: wider ones shorten what they see.
        self.convolutions = nn.Sequential(
            nn.Conv1d(n_in, n_out, kernel, stride, padding=1, bias=False),
            nn.BatchNorm1d(n_out),
            nn.ELU(),
            nn.Conv1d(n_out, n_out, kernel, padding=1, bias=False),
            nn.BatchNorm1d(n_out),
        )
        self.gate = _Gate(n_out) if gated else nn.Identity()
        self.shortcut: nn.Module = nn.Identity()
        if n_in != n_out or stride != 1:
            self.shortcut = nn.Sequential(
                nn.Conv1d(n_in, n_out, 1, stride, bias=False), nn.BatchNorm1d(n_out)
            )

    def forward(self, x: Tensor) -> Tensor:
        """Map (b, c, t) to (b, c, t), with fewer samples."""
        convolved = self.gate(self.convolutions(x))
        return F.elu(convolved + self.shortcut(x)[..., : convolved.shape[-1]])


class FrameNetwork(nn.Module):
    """Convolutional network of three scales on single frames: (n, w) to (n, d)."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv1d(1, config.stem, 7, stride=2, padding=3, bias=False),
            nn.BatchNorm1d(config.stem),
            nn.ELU(),
            nn.MaxPool1d(3, stride=2, padding=1),
        )
        self.branches = nn.ModuleList(
            nn.Sequential(
                *(
                    _ResidualBlock(n_in, n_out, kernel, stride, gated=config.gated)
                    for n_in, n_out, stride in zip(
                        (config.stem, *config.widths), config.widths, _STRIDES, strict=False
                    )
                ),
                nn.AvgPool1d(pool, stride=1),
            )
            for kernel, pool in zip(_KERNELS, _POOLS, strict=True)
        )
        self.feature_layer = nn.Sequential(
            nn.Linear(config.d_features, config.d_frame),
            nn.ELU(),
            nn.Linear(config.d_frame, config.d_frame),
        )

    def forward(self, frames: Tensor, adapters: Adapters) -> Tensor:
        """Map frames (n, w) to embeddings (n, d); adapters are of the maps ``"0"`` and ``"2"``."""
        x = self.stem(frames[:, None])  # (n, c, t)
        features = torch.cat([branch(x) for branch in self.branches], dim=-1).flatten(1)
        for name, layer in self.feature_layer.named_children():
            features = (
                adapted(layer, features, adapters.get(name))
                if isinstance(layer, nn.Linear)
                else layer(features)
            )
        return features


class FrameEncoder(nn.Module):
    """One channel's epoch to its class token and a token for each frame."""

    position: Tensor

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.frame_network = FrameNetwork(config)
        self.embed = nn.Linear(config.d_frame, config.d_model)
        token = torch.empty(1, 1, config.d_model)
        self.class_token = nn.Parameter(nn.init.normal_(token, std=0.02))
        # Learnt, as published; the class token begins at the place of none.
        place = positions(config.n_frames, config.d_model)
        self.position = nn.Parameter(torch.cat((place.new_zeros(1, config.d_model), place)))
        self.blocks = blocks(config.n_blocks, config.d_model, config.n_heads)
        self.norm = nn.LayerNorm(config.d_model)

    @property
    def last_block(self) -> Block:
        """The last layer."""
        block = self.blocks[-1]
        assert isinstance(block, Block)
        return block

    def embed_frames(
        self, epochs: Tensor, adapters: EncoderAdapters = NO_ENCODER_ADAPTERS
    ) -> Tensor:
        """Embed each frame of epochs (b, n_times) by itself; (b, f, d_frame).

        All frames go through the network at once, so that in training the statistics of its batch
        normalisation are those of b · f frames; the published code takes one place in the epoch
        after the other.
        """
        starts = torch.tensor(self.config.frame_starts, device=epochs.device)
        within = torch.arange(self.config.frame_times, device=epochs.device)
        frames = epochs[:, starts[:, None] + within]  # (b, f, w)
        embedded = self.frame_network(frames.flatten(0, 1), adapters.get("feature_layer", {}))
        unflattened: Tensor = embedded.unflatten(0, frames.shape[:2])
        return unflattened

    def attend(
        self,
        embedded: Tensor,
        kept: Tensor | None = None,
        adapters: EncoderAdapters = NO_ENCODER_ADAPTERS,
    ) -> Tensor:
        """Let frames see each other, as far as the second half of the last layer.

        What is left, :meth:`finish`, is of each token by itself.

        Parameters
        ----------
        embedded
            Of frames, shape (b, f, d_frame).
        kept
            Indices of those that are seen, shape (b, k); all by default.
        adapters
            Of the blocks.

        Returns
        -------
        Tensor
            Shape (b, 1 + k, d): the class token, then those of the frames.
        """
        tokens = self.embed(embedded) + self.position[1:]
        if kept is not None:
            tokens = taken(tokens, kept)
        first = (self.class_token + self.position[:1]).to(tokens.dtype)
        tokens = torch.cat((first.expand(len(tokens), -1, -1), tokens), dim=1)
        for name, block in list(self.blocks.named_children())[:-1]:
            tokens = block(tokens, adapters=adapters.get(name, {}))
        last = adapters.get(str(len(self.blocks) - 1), {})
        return self.last_block.attend(tokens, adapters=last)

    def finish(self, tokens: Tensor) -> Tensor:
        """Second half of the last layer and the last norm, of tokens (..., d)."""
        finished: Tensor = self.norm(self.last_block.feed_forward(tokens))
        return finished

    def forward(
        self,
        epochs: Tensor,
        kept: Tensor | None = None,
        adapters: EncoderAdapters = NO_ENCODER_ADAPTERS,
    ) -> Tensor:
        """Map epochs (b, n_times) to tokens (b, 1 + f, d), the class token first."""
        embedded = self.embed_frames(epochs, adapters)
        return self.finish(self.attend(embedded, kept, adapters))
