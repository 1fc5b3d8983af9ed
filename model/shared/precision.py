"""Number formats that networks compute in."""

from __future__ import annotations

from functools import cache
from typing import Literal

import torch

Precision = Literal["float32", "bfloat16", "automatic"]
"""*Automatic* is bfloat16 where that pays, which differs between staging and training."""


def autocast(device: torch.device, precision: Precision) -> torch.autocast:
    """Return a context in which layers compute in a precision; parameters keep theirs.

    *Automatic* is what staging needs: bfloat16 on a processor that computes in it (AVX-512 BF16,
    AMX), else float32. Other processors would imitate it, eight times as slowly. A graphics card
    stages a night in 0.15 s in float32 and is bound by starting small kernels, so there it is for
    whoever asks.
    """
    is_half = precision == "bfloat16" or (
        precision == "automatic" and device.type == "cpu" and computes_in_bfloat16()
    )
    return torch.autocast(device.type, torch.bfloat16, enabled=is_half)


@cache
def computes_in_bfloat16() -> bool:
    """Whether this processor has instructions for bfloat16."""
    found = torch.cpu.get_capabilities()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))
