"""The whole network.

Legend of the shape comments: b epochs, m channels, f frames of an epoch, k frames that are kept, t
samples, l epochs of a sequence, d width of an embedding.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from model.shared.frame_encoder import FrameEncoder
from model.shared.lora import LowRank
from model.shared.mamba import Mamba2
from model.shared.transformer import Block, blocks, positions, put_back, taken
from model.synthsleepnet.config import TASKS, LoraConfig, SynthSleepNetConfig


@dataclass(frozen=True, slots=True, eq=False)
class Fusion:
    """What pre-training compares.

    Attributes
    ----------
    guessed
        Every channel's frames as they were guessed from what was kept of all, (b, m, f, d_encoder).
    projected
        The fused epoch, (b, d_projection).
    projected_channels
        Each channel's own epoch, (b, m, d_projection); zero where it is missing, or there in no
        other epoch.
    """

    guessed: Tensor
    projected: Tensor
    projected_channels: Tensor


class ChannelAdapters(nn.Module):
    """What sets one channel apart from others of its modality: adapters of their encoder."""

    def __init__(self, encoder: FrameEncoder, lora: LoraConfig, tuning: LoraConfig | None) -> None:
        super().__init__()
        self.blocks = nn.ModuleDict(
            {
                name: nn.ModuleDict({"proj": _low_rank(block.attn.proj, lora)})
                for name, block in encoder.blocks.named_children()
                if isinstance(block, Block)
            }
        )
        self.tuning = nn.ModuleDict()
        if tuning is not None:
            for name, layer in encoder.frame_network.feature_layer.named_children():
                if isinstance(layer, nn.Linear):
                    self.tuning[name] = _low_rank(layer, tuning)

    def named(self) -> dict[str, dict[str, nn.Module]]:
        """As an encoder takes them."""
        found = {
            name: dict(adapters.items())
            for name, adapters in self.blocks.items()
            if isinstance(adapters, nn.ModuleDict)
        }
        return {**found, "feature_layer": dict(self.tuning.items())}


class TokenEmbedding(nn.Module):
    """Brings a channel's tokens to the width of the fusion and says which channel they are of."""

    position: Tensor

    def __init__(self, d_in: int, d_model: int, n_frames: int) -> None:
        super().__init__()
        self.widen = nn.Linear(d_in, d_model)
        self.norm = nn.BatchNorm1d(d_model)
        self.mix = nn.Sequential(nn.ELU(), nn.Linear(d_model, d_model))
        self.channel = nn.Parameter(nn.init.normal_(torch.empty(n_frames, d_model), std=0.02))
        self.register_buffer("position", positions(n_frames, d_model), persistent=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """Map tokens of frames (b, f, d_encoder) to (b, f, d)."""
        normed = self.norm(self.widen(tokens).flatten(0, 1))  # (b·f, d)
        mixed: Tensor = self.mix(normed).unflatten(0, tokens.shape[:2])
        return mixed + self.channel + self.position


class ChannelDecoder(nn.Module):
    """Guesses all frames of one channel from its fused tokens."""

    position: Tensor

    def __init__(self, config: SynthSleepNetConfig) -> None:
        super().__init__()
        d_model, n_frames = config.d_decoder, config.encoder.n_frames
        self.embed = nn.Linear(config.d_model, d_model)
        self.mask_token = nn.Parameter(nn.init.normal_(torch.empty(1, 1, d_model), std=0.02))
        self.register_buffer("position", positions(n_frames, d_model), persistent=False)
        self.blocks = blocks(config.n_decoder_blocks, d_model, config.n_decoder_heads)
        self.norm = nn.LayerNorm(d_model)
        self.guess = nn.Linear(d_model, config.encoder.d_model)

    def forward(self, tokens: Tensor, kept: Tensor) -> Tensor:
        """Map fused tokens (b, k, d) of the frames at (b, k) to all frames (b, f, d_encoder)."""
        n_frames = len(self.position)
        x = put_back(self.embed(tokens), kept, n_frames, self.mask_token) + self.position
        for block in self.blocks:
            x = block(x)
        guessed: Tensor = self.guess(self.norm(x))
        return guessed


class Classifier(nn.Module):
    """Answers a task for each epoch, after a Mamba-2 over epochs where it has one."""

    def __init__(self, config: SynthSleepNetConfig, n_classes: int) -> None:
        super().__init__()
        self.context: nn.Module | None = None
        if config.head == "context":
            self.norm = nn.BatchNorm1d(config.d_model)
            self.context = Mamba2(
                config.d_model,
                d_state=config.d_state,
                d_conv=config.d_conv,
                expand=config.expand,
                d_head=config.d_head,
            )
        self.classify = nn.Sequential(
            nn.Linear(config.d_model, config.d_probe),
            nn.BatchNorm1d(config.d_probe),
            nn.ELU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.d_probe, config.d_probe),
            nn.BatchNorm1d(config.d_probe),
            nn.ELU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.d_probe, n_classes),
        )

    def forward(self, features: Tensor) -> Tensor:
        """Map features of sequences (b, l, d) to logits (b, l, n_classes)."""
        x = features
        if self.context is not None:
            x = self.norm(x.flatten(0, 1)).unflatten(0, features.shape[:2])
            x = x + self.context(x)
        logits: Tensor = self.classify(x.flatten(0, 1)).unflatten(0, features.shape[:2])
        return logits


class SynthSleepNet(nn.Module):
    """SynthSleepNet (Lee et al., 2025): several channels, some of which may be missing.

    The encoders, one for each modality, are NeuroNet's and stand still once they are pre-trained;
    each channel has adapters of its own. A channel whose samples are NaN in an epoch has no tokens
    there: the others are fused without.

    Attributes
    ----------
    config
        The architecture.
    temperature
        Positive number that log-probabilities of the stages are divided by.
    """

    def __init__(self, config: SynthSleepNetConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or SynthSleepNetConfig()
        self.temperature = 1.0
        d_encoder, n_frames = config.encoder.d_model, config.encoder.n_frames
        n_channels = len(config.channels)
        tuning = config.tuning if config.has_tuning else None
        self.encoders = nn.ModuleDict(
            {modality: FrameEncoder(config.encoder) for modality in config.modalities}
        )
        self.adapters = nn.ModuleList(
            ChannelAdapters(self._encoder(index), config.lora, tuning)
            for index in range(n_channels)
        )
        self.embeddings = nn.ModuleList(
            TokenEmbedding(d_encoder, config.d_model, n_frames) for _ in range(n_channels)
        )
        self.blocks = blocks(config.n_blocks, config.d_model, config.n_heads)
        self.norm = nn.LayerNorm(config.d_model)
        self.decoders = nn.ModuleList(ChannelDecoder(config) for _ in range(n_channels))
        self.projector = _projector(config.d_model, config.d_projection)
        self.channel_projectors = nn.ModuleList(
            _projector(d_encoder, config.d_projection) for _ in range(n_channels)
        )
        self.tuning = nn.ModuleDict()
        if tuning is not None:
            mlp = self._last_block.mlp
            self.tuning["fc1"] = _low_rank(mlp.fc1, tuning)
            self.tuning["fc2"] = _low_rank(mlp.fc2, tuning)
        self.heads = nn.ModuleDict()
        if config.head != "none":
            for task in config.tasks:
                self.heads[task] = Classifier(config, len(TASKS[task].classes))

    @property
    def _last_block(self) -> Block:
        block = self.blocks[-1]
        assert isinstance(block, Block)
        return block

    def _encoder(self, channel: int) -> FrameEncoder:
        encoder = self.encoders[self.config.channels[channel].modality]
        assert isinstance(encoder, FrameEncoder)
        return encoder

    def encode(self, epochs: Tensor) -> tuple[Tensor, Tensor]:
        """Encode each channel by itself.

        Parameters
        ----------
        epochs
            Shape (b, m, t); NaN in all samples where a channel is missing, of each epoch not in
            all channels.

        Returns
        -------
        tokens
            The class token and one of each frame, (b, m, 1 + f, d_encoder); zero where a channel is
            missing.
        is_there
            Which channels are there, bool, (b, m).
        """
        is_there = ~epochs[..., 0].isnan()  # (b, m)
        encoder = self.config.encoder
        shape = (*is_there.shape, 1 + encoder.n_frames, encoder.d_model)
        tokens = epochs.new_zeros(shape)
        for index, adapters in enumerate(self.adapters):
            there = is_there[:, index].nonzero()[:, 0]
            if len(there):
                assert isinstance(adapters, ChannelAdapters)
                encoded = self._encoder(index)(epochs[there, index], adapters=adapters.named())
                tokens[there, index] = encoded.to(tokens.dtype)
        return tokens, is_there

    def embed(self, tokens: Tensor, is_there: Tensor) -> Tensor:
        """Bring the frames' tokens of all channels to one width.

        Parameters
        ----------
        tokens, is_there
            From :meth:`encode`.

        Returns
        -------
        Tensor
            Shape (b, m, f, d); zero where a channel is missing.
        """
        n_epochs, n_channels = is_there.shape
        embedded = tokens.new_zeros(
            n_epochs, n_channels, self.config.encoder.n_frames, self.config.d_model
        )
        for index, embedding in enumerate(self.embeddings):
            there = is_there[:, index].nonzero()[:, 0]
            # Of one epoch there is no statistic: its tokens are as many as it has frames.
            if len(there):
                embedded[there, index] = embedding(tokens[there, index, 1:]).to(embedded.dtype)
        return embedded

    def fuse(self, embedded: Tensor, is_there: Tensor) -> Tensor:
        """Let tokens of all channels that are there see each other; (b, m, k, d) to the same."""
        n_channels, n_tokens = embedded.shape[1:3]
        is_seen = is_there.repeat_interleave(n_tokens, dim=1)  # (b, m·k)
        x = embedded.flatten(1, 2)
        for block in list(self.blocks)[:-1]:
            x = block(x, is_seen)
        x = self._last_block(x, is_seen, dict(self.tuning.items()))
        fused: Tensor = self.norm(x).unflatten(1, (n_channels, n_tokens))
        return fused

    def features(self, epochs: Tensor) -> Tensor:
        """Map epochs (b, m, t) to one vector each, the mean of all fused tokens (b, d)."""
        tokens, is_there = self.encode(epochs)
        return _mean(self.fuse(self.embed(tokens, is_there), is_there), is_there)

    def pretrain(self, tokens: Tensor, is_there: Tensor, kept: Tensor) -> Fusion:
        """See some frames of each channel, and guess all.

        Parameters
        ----------
        tokens, is_there
            From :meth:`encode`.
        kept
            Indices of the frames that are seen, ascending, shape (b, m, k).
        """
        embedded = self.embed(tokens, is_there)
        seen = taken(embedded.flatten(0, 1), kept.flatten(0, 1))
        seen = seen.reshape(*kept.shape, self.config.d_model)
        fused = self.fuse(seen, is_there)  # (b, m, k, d)
        # Each decoder gets what was fused of its own channel, as the publication draws it.
        guessed = torch.stack(
            [
                decoder(fused[:, index], kept[:, index])
                for index, decoder in enumerate(self.decoders)
            ],
            dim=1,
        )
        projected = self.projector(_mean(fused, is_there))
        own = projected.new_zeros(*is_there.shape, projected.shape[-1])
        for index, projector in enumerate(self.channel_projectors):
            there = is_there[:, index].nonzero()[:, 0]
            if len(there) > 1:  # a single one can be compared with nobody
                own[there, index] = projector(tokens[there, index].mean(dim=1)).to(own.dtype)
        return Fusion(guessed, projected, own)

    def judge(self, features: Tensor) -> dict[str, Tensor]:
        """Map features of sequences (b, l, d) to logits (b, l, n_classes) of each task."""
        return {task: head(features) for task, head in self.heads.items()}


def _mean(fused: Tensor, is_there: Tensor) -> Tensor:
    """Mean (b, d) of the tokens (b, m, k, d) of the channels that are there (b, m)."""
    weight = is_there.to(fused.dtype)
    total = (fused.mean(dim=2) * weight[..., None]).sum(dim=1)
    return total / weight.sum(dim=1, keepdim=True)


def _low_rank(linear: nn.Linear, config: LoraConfig) -> LowRank:
    return LowRank(linear, rank=config.rank, alpha=config.alpha, dropout=config.dropout)


def _projector(d_in: int, widths: tuple[int, int]) -> nn.Sequential:
    d_hidden, d_out = widths
    return nn.Sequential(
        nn.Linear(d_in, d_hidden), nn.BatchNorm1d(d_hidden), nn.ELU(), nn.Linear(d_hidden, d_out)
    )
