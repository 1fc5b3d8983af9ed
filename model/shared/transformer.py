"""Transformer of tokens with the norm before each half, as vision transformers have it.

Legend of the shape comments: b items of the batch, h heads, t tokens, d width of an embedding.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

Adapters = Mapping[str, nn.Module]
"""What is added to the output of linear maps, by their names: see :mod:`model.shared.lora`."""

NO_ADAPTERS: Adapters = {}
_MLP_RATIO = 4


def adapted(linear: nn.Linear, x: Tensor, adapter: nn.Module | None) -> Tensor:
    """Map by a linear map and, where there is one, by its adapter too."""
    mapped: Tensor = linear(x)
    return mapped if adapter is None else mapped + adapter(x)


class Attention(nn.Module):
    """Scaled dot-product self-attention (Vaswani et al., 2017); its parts are named as in timm."""

    def __init__(self, d_model: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.proj = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, is_seen: Tensor | None, adapter: nn.Module | None) -> Tensor:
        """Let tokens (b, t, d) attend to each other; those not seen (b, t) are attended by none."""
        queries, keys, values = self.qkv(x).unflatten(-1, (3, self.n_heads, -1)).unbind(dim=2)
        mask = None if is_seen is None else is_seen[:, None, None]  # (b, 1, 1, t)
        context = F.scaled_dot_product_attention(
            queries.transpose(1, 2), keys.transpose(1, 2), values.transpose(1, 2), attn_mask=mask
        )  # (b, h, t, d/h)
        return adapted(self.proj, context.transpose(1, 2).flatten(-2), adapter)


class Mlp(nn.Module):
    """Two linear maps with GELU between them."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(d_model, _MLP_RATIO * d_model)
        self.fc2 = nn.Linear(_MLP_RATIO * d_model, d_model)

    def forward(self, x: Tensor, adapters: Adapters = NO_ADAPTERS) -> Tensor:
        """Map (..., d) to (..., d)."""
        hidden = F.gelu(adapted(self.fc1, x, adapters.get("fc1")))
        return adapted(self.fc2, hidden, adapters.get("fc2"))


class Block(nn.Module):
    """Pre-norm layer: attention, then feed-forward (Dosovitskiy et al., 2021)."""

    def __init__(self, d_model: int, n_heads: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(d_model)
        self.attn = Attention(d_model, n_heads)
        self.norm2 = nn.LayerNorm(d_model)
        self.mlp = Mlp(d_model)

    def attend(
        self, x: Tensor, is_seen: Tensor | None = None, adapters: Adapters = NO_ADAPTERS
    ) -> Tensor:
        """First half, the only one in which tokens (b, t, d) see each other."""
        attended: Tensor = self.attn(self.norm1(x), is_seen, adapters.get("proj"))
        return x + attended

    def feed_forward(self, x: Tensor, adapters: Adapters = NO_ADAPTERS) -> Tensor:
        """Second half, of each token (..., d) by itself."""
        fed: Tensor = self.mlp(self.norm2(x), adapters)
        return x + fed

    def forward(
        self, x: Tensor, is_seen: Tensor | None = None, adapters: Adapters = NO_ADAPTERS
    ) -> Tensor:
        """Map tokens to tokens.

        Parameters
        ----------
        x
            Shape (b, t, d).
        is_seen
            Tokens that may be attended to, bool, shape (b, t); all by default. Of each item at
            least one is.
        adapters
            Of ``"proj"``, the last map of the attention, and of ``"fc1"`` and ``"fc2"``.
        """
        return self.feed_forward(self.attend(x, is_seen, adapters), adapters)


def blocks(n_blocks: int, d_model: int, n_heads: int) -> nn.ModuleList:
    """Make the layers of a transformer."""
    return nn.ModuleList(Block(d_model, n_heads) for _ in range(n_blocks))


def positions(n_tokens: int, d_model: int) -> Tensor:
    """Sine and cosine positions of tokens on one axis, shape (n_tokens, d_model).

    The published code takes those that masked autoencoders have for images (He et al., 2022), of a
    grid of one row: of its two halves one is the same for all tokens. Here all of the width tells
    the place, the first half sines and the second cosines.
    """
    rate = 10_000.0 ** -(torch.arange(d_model // 2) / (d_model / 2))
    angle = torch.arange(n_tokens)[:, None] * rate
    return torch.cat((angle.sin(), angle.cos()), dim=1)


def draw_kept(n_items: int, n_tokens: int, mask_ratio: float) -> Tensor:
    """Draw which tokens of each item are kept, from torch's global generator.

    Returns
    -------
    Tensor
        Indices in ascending order, shape (n_items, round-down of n_tokens · (1 - mask_ratio)).
    """
    n_kept = int(n_tokens * (1 - mask_ratio))
    return torch.rand(n_items, n_tokens).argsort(dim=1)[:, :n_kept].sort(dim=1).values


def taken(tokens: Tensor, kept: Tensor) -> Tensor:
    """Take the kept (b, k) of tokens (b, t, d); (b, k, d)."""
    return tokens.gather(1, kept[..., None].expand(-1, -1, tokens.shape[-1]))


def put_back(tokens: Tensor, kept: Tensor, n_tokens: int, mask_token: Tensor) -> Tensor:
    """Put kept tokens (b, k, d) where they were, and the mask token everywhere else; (b, t, d)."""
    whole = mask_token.to(tokens.dtype).expand(len(tokens), n_tokens, -1)
    return whole.scatter(1, kept[..., None].expand_as(tokens), tokens)


def is_masked(kept: Tensor, n_tokens: int) -> Tensor:
    """Which of n_tokens are not kept (b, k); bool, (b, t)."""
    masked = torch.ones(len(kept), n_tokens, dtype=torch.bool, device=kept.device)
    return masked.scatter(1, kept, False)
