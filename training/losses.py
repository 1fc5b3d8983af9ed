"""Losses and their ingredients.

Legend of the shape comments: b sequences, l epochs in a sequence.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet import StageLogits


def sequence_loss(logits: StageLogits, stages: Tensor, label_smoothing: float) -> Tensor:
    """Sum of the three heads' cross-entropies, each averaged over all epochs.

    The weights 1, 1, 1 are those of the paper's fine-tuning.

    Parameters
    ----------
    logits
        Each of shape (b, l, 5).
    stages
        Classes, shape (b, l).
    label_smoothing
        Share of each label's mass spread over all stages.
    """
    target = stages.flatten()
    losses = [
        F.cross_entropy(head.flatten(0, 1), target, label_smoothing=label_smoothing)
        for head in logits
    ]
    return torch.stack(losses).sum()


def draw_mask(n_sequences: int, length: int, ratio: float) -> Tensor:
    """Draw a mask with exactly ``floor(length * ratio)`` epochs of each sequence.

    Draws come from torch's global generator.

    Returns
    -------
    Tensor
        Bool, shape (b, l), True where masked.
    """
    n_masked = int(length * ratio)
    ranks = torch.rand(n_sequences, length).argsort(dim=1)
    return ranks < n_masked
