"""What networks with context say of a whole run, by sequences that may overlap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import torch
from torch import Tensor

Runs = Sequence[tuple[int, int]]


def window_starts(n_epochs: int, length: int, step: int) -> list[int]:
    """First epochs of sequences that cover a run: every `step`, and one that ends with the run.

    A run shorter than a sequence is one shorter sequence.
    """
    last = max(n_epochs - length, 0)
    return [*range(0, last, step), last]


def over_windows(
    judge: Callable[[Tensor], Tensor], features: Tensor, *, length: int, step: int, at_once: int
) -> Tensor:
    """Mean of what is said of each epoch over the sequences that have it.

    Parameters
    ----------
    judge
        Maps sequences (b, l, ...) to what is said of each epoch (b, l, c).
    features
        Of the consecutive epochs of a run, shape (n, ...), n at least 1.
    length, step
        Of the sequences, in epochs.
    at_once
        Sequences in a batch.

    Returns
    -------
    Tensor
        Shape (n, c).
    """
    starts = window_starts(len(features), length, step)
    length = min(length, len(features))
    total, n_said = features.new_zeros(0), features.new_zeros(len(features), 1)
    for first in range(0, len(starts), at_once):
        batch = starts[first : first + at_once]
        said = judge(torch.stack([features[start : start + length] for start in batch]))
        if not total.numel():
            total = said.new_zeros(len(features), said.shape[-1])
        for start, row in zip(batch, said, strict=True):
            total[start : start + length] += row
            n_said[start : start + length] += 1
    return total / n_said


def check_runs(runs: Runs, n_epochs: int) -> None:
    """Refuse runs that are not ascending, disjoint and inside a recording.

    Raises
    ------
    ValueError
        Naming the run.
    """
    for start, stop in runs:
        if not 0 <= start <= stop <= n_epochs:
            raise ValueError(f"run [{start}, {stop}) is not within the {n_epochs} epochs")
    for (_, stop), (start, _) in pairwise(runs):
        if start < stop:
            raise ValueError(f"run starting at {start} overlaps the one ending at {stop}")
