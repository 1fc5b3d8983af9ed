"""Low-rank adapters beside frozen linear maps (Hu et al., 2022)."""

from __future__ import annotations

import math

from torch import Tensor, nn


class LowRank(nn.Module):
    """A map of low rank that is added to a frozen linear map's output.

    It begins at zero, so that nothing changes before it has learnt. The scale is rank-stabilised,
    α / √r (Kalajdzievski, 2023), the first factor drawn from a normal distribution of deviation 1/r
    as in the published code of SynthSleepNet.

    Parameters
    ----------
    adapted
        The map that it goes with; it is not kept.
    rank, alpha
        r and α.
    dropout
        Probability with which an input is left out in training.
    """

    def __init__(self, adapted: nn.Linear, *, rank: int, alpha: float, dropout: float) -> None:
        super().__init__()
        self.scale = alpha / math.sqrt(rank)
        self.dropout = nn.Dropout(dropout)
        self.down = nn.Linear(adapted.in_features, rank, bias=False)
        self.up = nn.Linear(rank, adapted.out_features, bias=False)
        nn.init.normal_(self.down.weight, std=1 / rank)
        nn.init.zeros_(self.up.weight)

    def forward(self, x: Tensor) -> Tensor:
        """Map (..., d_in) to what is added, (..., d_out)."""
        added: Tensor = self.up(self.down(self.dropout(x)))
        return self.scale * added
