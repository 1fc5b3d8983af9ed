"""Which signals a network has seen in training: what the application judges recordings by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.files import InputRange
from model.mc2sleepnet.preprocessing import MIN_SFREQ_HZ
from training.data.nights import Night

_MARGIN = 2.0
"""Other derivations are lower, and other people higher, than those trained on."""


def known_range(nights: Sequence[Night]) -> InputRange | None:
    """Range of the typical deviation of an epoch in these nights, with a margin on either side.

    Parameters
    ----------
    nights
        That were trained on; a night without scored epochs is left out.

    Returns
    -------
    InputRange or None
        None where nothing deviates.
    """
    typical_uv = np.array([_typical_uv(night) for night in nights if (night.stages >= 0).any()])
    typical_uv = typical_uv[typical_uv > 0]
    if not typical_uv.size:
        return None
    lowest, highest = float(typical_uv.min()), float(typical_uv.max())
    return InputRange(
        lowest_uv=round(lowest / _MARGIN, 2),
        usual_uv=round(float(np.sqrt(lowest * highest)), 2),
        highest_uv=round(highest * _MARGIN, 2),
        least_sfreq=MIN_SFREQ_HZ,
    )


def _typical_uv(night: Night) -> float:
    """Median over the scored epochs of their deviation."""
    scored = night.samples_uv[:][night.stages >= 0]
    return float(np.median(scored.std(axis=1)))
