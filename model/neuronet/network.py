"""The whole network.

Legend of the shape comments: b epochs, f frames of an epoch, k frames that are kept, l epochs of a
sequence, d width of an embedding.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from model.neuronet.config import NeuroNetConfig
from model.shared.frame_encoder import FrameEncoder
from model.shared.mamba import Mamba
from model.shared.transformer import blocks, positions, put_back


class View(NamedTuple):
    """What the network makes of epochs of which it sees some frames.

    Attributes
    ----------
    frames
        All frames' embeddings as they were guessed, shape (b, f, d_frame).
    projected
        Class tokens in the space in which views are compared, shape (b, d_projection).
    """

    frames: Tensor
    projected: Tensor


class Decoder(nn.Module):
    """Guesses the embeddings of all frames from the tokens of those that are seen.

    Parameters
    ----------
    d_in, d_out
        Width of the tokens and of what is guessed.
    n_tokens
        Of an epoch, the class token apart.
    d_model, n_blocks, n_heads
        Of its transformer.
    """

    position: Tensor

    def __init__(
        self, d_in: int, d_out: int, n_tokens: int, *, d_model: int, n_blocks: int, n_heads: int
    ) -> None:
        super().__init__()
        self.embed = nn.Linear(d_in, d_model)
        self.mask_token = nn.Parameter(nn.init.normal_(torch.empty(1, 1, d_model), std=0.02))
        self.register_buffer("position", positions(n_tokens, d_model), persistent=False)
        self.blocks = blocks(n_blocks, d_model, n_heads)
        self.norm = nn.LayerNorm(d_model)
        self.guess = nn.Linear(d_model, d_out)

    def forward(self, tokens: Tensor, kept: Tensor) -> Tensor:
        """Map tokens (b, 1 + k, d) and the places (b, k) of all but the first to (b, f, d_out)."""
        embedded = self.embed(tokens)
        first, seen = embedded[:, :1], embedded[:, 1:]
        whole = put_back(seen, kept, len(self.position), self.mask_token) + self.position
        x = torch.cat((first, whole), dim=1)  # (b, 1 + f, d)
        for block in self.blocks:
            x = block(x)
        guessed: Tensor = self.guess(self.norm(x[:, 1:]))
        return guessed


class Probe(nn.Module):
    """Linear probe: stages of single epochs, by one linear map of their class tokens."""

    def __init__(self, d_model: int, n_stages: int) -> None:
        super().__init__()
        self.linear = nn.Linear(d_model, n_stages)

    def forward(self, features: Tensor) -> Tensor:
        """Map class tokens (b, l, d) to logits (b, l, n_stages)."""
        logits: Tensor = self.linear(features)
        return logits


class TemporalContext(nn.Module):
    """Temporal context module: one Mamba over consecutive epochs, which sees no later ones."""

    def __init__(self, d_in: int, d_model: int, n_stages: int) -> None:
        super().__init__()
        self.embed = nn.Linear(d_in, d_model)
        self.norm = nn.BatchNorm1d(d_model)
        self.mix = nn.Sequential(nn.ELU(), nn.Linear(d_model, d_model))
        self.mamba = Mamba(d_model)
        self.output = nn.Linear(d_model, n_stages)

    def forward(self, features: Tensor) -> Tensor:
        """Map class tokens (b, l, d) to logits (b, l, n_stages)."""
        embedded = self.norm(self.embed(features).flatten(0, 1))  # (b·l, d)
        x = self.mix(embedded).unflatten(0, features.shape[:2])
        logits: Tensor = self.output(self.mamba(x))
        return logits


class NeuroNet(nn.Module):
    """NeuroNet (Lee et al., 2024): encoder, decoder and projection of pre-training, and a head.

    Attributes
    ----------
    config
        The architecture.
    temperature
        Positive number that log-probabilities are divided by when a recording is scored.
    """

    def __init__(self, config: NeuroNetConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or NeuroNetConfig()
        self.temperature = 1.0
        d_model = config.encoder.d_model
        self.encoder = FrameEncoder(config.encoder)
        self.decoder = Decoder(
            d_model,
            config.encoder.d_frame,
            config.encoder.n_frames,
            d_model=config.d_decoder,
            n_blocks=config.n_decoder_blocks,
            n_heads=config.n_decoder_heads,
        )
        d_hidden, d_projection = config.d_projection
        self.projector = nn.Sequential(
            nn.Linear(d_model, d_hidden),
            nn.BatchNorm1d(d_hidden),
            nn.ELU(),
            nn.Linear(d_hidden, d_projection),
        )
        self.head: nn.Module | None = None
        if config.head == "probe":
            self.head = Probe(d_model, config.n_stages)
        elif config.head == "context":
            self.head = TemporalContext(d_model, config.d_context, config.n_stages)

    def view(self, embedded: Tensor, kept: Tensor) -> View:
        """See some frames of epochs, and guess all.

        Parameters
        ----------
        embedded
            Of frames, from :meth:`FrameEncoder.embed_frames`, shape (b, f, d_frame).
        kept
            Indices of those that are seen, ascending, shape (b, k).
        """
        tokens = self.encoder.finish(self.encoder.attend(embedded, kept))
        return View(self.decoder(tokens, kept), self.projector(tokens[:, 0]))

    def features(self, epochs: Tensor) -> Tensor:
        """Class tokens of epochs (b, n_times) before the last feed-forward part, (b, d).

        Fine-tuning moves that part and what follows: all before it can be computed once.
        """
        return self.encoder.attend(self.encoder.embed_frames(epochs))[:, 0]

    def judge(self, features: Tensor) -> Tensor:
        """Map the :meth:`features` of sequences (b, l, d) to logits (b, l, n_stages).

        Raises
        ------
        ValueError
            The network has no head.
        """
        if self.head is None:
            raise ValueError("the network has no head yet")
        logits: Tensor = self.head(self.encoder.finish(features))
        return logits
