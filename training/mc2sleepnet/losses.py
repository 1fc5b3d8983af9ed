"""Losses and their ingredients.

Legend of the shape comments: b sequences, l epochs in a sequence, d width of an embedding, i and
k sequences of the batch.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.mc2sleepnet import StageLogits


def sequence_loss(
    logits: StageLogits,
    stages: Tensor,
    *,
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0),
    label_smoothing: float = 0.0,
    class_weights: Tensor | None = None,
    sum_over_sequence: bool = False,
) -> Tensor:
    """Weighted sum of the three heads' cross-entropies (Eq. 18-22).

    Parameters
    ----------
    logits
        Each of shape (b, l, 5).
    stages
        Classes, shape (b, l); -1 has no part in the loss.
    weights
        Of the signal, spectrogram and joint heads: 1, 0.1, 0.1 in pre-training and 1, 1, 1 in
        fine-tuning (Eq. 19).
    label_smoothing
        Share of each label's mass spread over all stages.
    class_weights
        Of each stage's epochs, shape (5,); all 1 by default.
    sum_over_sequence
        Add up the epochs of a sequence, as Eq. 18 is printed, instead of averaging over them.
    """
    target = stages.flatten()
    n_scored = (target >= 0).sum().clamp(min=1)
    losses = [
        weight
        * F.cross_entropy(
            head.flatten(0, 1),
            target,
            weight=class_weights,
            ignore_index=-1,
            label_smoothing=label_smoothing,
            reduction="sum",
        )
        / n_scored
        for weight, head in zip(weights, logits, strict=True)
    ]
    total = torch.stack(losses).sum()
    return total * stages.shape[1] if sum_over_sequence else total


def info_nce(
    signal: Tensor, spectrogram: Tensor, temperature: float, *, literal: bool = False
) -> Tensor:
    """Contrast both views of an epoch with those of other sequences (Eq. 14-16).

    The negatives of position j of a sequence are the other sequences' epochs at position j, so
    neighbours in one night are never negatives of each other.

    Parameters
    ----------
    signal, spectrogram
        Unit vectors, shape (b, l, d).
    temperature
        Divides the similarities.
    literal
        Take the logarithm of the mean over the positions, as printed, instead of the mean of the
        logarithms. That bounds the loss from below, and epochs whose views do not agree yet get
        next to no gradient.

    Returns
    -------
    Tensor
        Mean of both directions; ``log(b)`` for views that have nothing in common.
    """
    similarity = torch.einsum("ild,kld->lik", signal, spectrogram) / temperature  # (l, b, b)
    directions = []
    for logits in (similarity, similarity.transpose(1, 2)):
        log_share = logits.log_softmax(dim=-1).diagonal(dim1=1, dim2=2)  # (l, b)
        if literal:
            log_mean = log_share.logsumexp(dim=0) - math.log(len(log_share))  # (b,)
            directions.append(-log_mean.mean())
        else:
            directions.append(-log_share.mean())
    return torch.stack(directions).mean()


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
