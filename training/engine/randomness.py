"""Random draws that depend on where a run is, not on how it got there.

Each draw is seeded by its purpose and its place (a step, a pass, a night). A run that was
stopped and resumed therefore draws the same as one that was not, and no generator state has
to be stored.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import torch


class Purpose(IntEnum):
    """What a draw is for; draws of different purposes are independent."""

    INITIAL_WEIGHTS = 0
    EPOCH_STAGE_NIGHT = 1
    EPOCH_STAGE_STEP = 2
    SEQUENCE_STAGE_NIGHT = 3
    SEQUENCE_STAGE_STEP = 4
    EPOCH_STAGE_HEADS = 5
    PRETRAIN_STAGE_NIGHT = 6
    PRETRAIN_STAGE_STEP = 7
    UNIMODAL_STAGE_NIGHT = 8
    UNIMODAL_STAGE_STEP = 9
    HEAD_STAGE_NIGHT = 10
    HEAD_STAGE_STEP = 11
    MULTIMODAL_STAGE_STEP = 12
    HEAD_WEIGHTS = 13


def seed_draws(seed: int, purpose: Purpose, *place: int) -> np.random.Generator:
    """Seed torch's global generator and return a numpy one for the same place."""
    rng = np.random.default_rng([seed, int(purpose), *place])
    torch.manual_seed(int(rng.integers(2**63)))
    return rng
