"""What is learnt from without labels: guessing what was masked, and telling views apart.

Legend of the shape comments: b items of the batch, t tokens, k tokens that are kept, d width.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.shared.transformer import is_masked
from training.engine.parallel import gathered, n_processes


def masked_error(guessed: Tensor, target: Tensor, kept: Tensor) -> Tensor:
    """Mean squared error of the tokens that were not seen (He et al., 2022).

    Parameters
    ----------
    guessed, target
        Shape (b, t, d).
    kept
        Indices of the tokens that were seen, shape (b, k).
    """
    unseen = is_masked(kept, target.shape[1])  # (b, t)
    error = (guessed.float() - target.float()).square().mean(dim=-1)
    return (error * unseen).sum() / unseen.sum()


def nt_xent(one: Tensor, other: Tensor, temperature: float, counts: Tensor | None = None) -> Tensor:
    """Contrast two views of each item with those of all others (NT-Xent; Chen et al., 2020).

    Several processes contrast all of the batch, and the mean of their gradients is that of its
    loss.

    Parameters
    ----------
    one, other
        Views, shape (b, d); compared by their cosine.
    temperature
        Divides the similarities.
    counts
        Items that there are, bool, shape (b,); all by default. Of fewer than two there is no loss.
    """
    views = [gathered(F.normalize(view.float(), dim=-1)) for view in (one, other)]
    if counts is not None:
        # Gathered first: processes may have different numbers of them.
        there = gathered(counts.float()) > 0
        views = [view[there] for view in views]
    every = torch.cat(views)  # (2b, d)
    if len(every) < 4:
        return every.sum() * 0
    similarity = every @ every.T / temperature
    # An item is no negative of itself.
    similarity = similarity.masked_fill(
        torch.eye(len(every), dtype=torch.bool, device=every.device), -torch.inf
    )
    place = torch.arange(len(every), device=every.device)
    partner = place.roll(len(views[0]))
    return n_processes() * F.cross_entropy(similarity, partner)
