"""Mamba and Mamba-2 (Gu and Dao, 2023; Dao and Gu, 2024) in plain PyTorch.

Both are causal: what they say of an epoch rests on it and those before it. Parameters have the
names and shapes of ``mamba_ssm``, whose state dictionaries load; no CUDA kernel is needed.

Legend of the shape comments: b sequences, l steps of a sequence, d width of a step, e inner width,
h heads, p width of a head, n size of the state.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

_EPS = 1e-5
_LEAST_DT, _MOST_DT, _DT_FLOOR = 1e-3, 1e-1, 1e-4
_MOST_DECAY = 16


class GatedNorm(nn.Module):
    """Root-mean-square norm of what a gate lets through, ``rms(y · silu(z)) · weight``."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, y: Tensor, z: Tensor) -> Tensor:
        """Map y and its gate z, both (..., e)."""
        gated = y * F.silu(z)
        return gated * (gated.square().mean(dim=-1, keepdim=True) + _EPS).rsqrt() * self.weight


class Mamba2(nn.Module):
    """Mamba-2: a state of its own for each head, with one decay.

    Parameters
    ----------
    d_model
        Width of a step; twice of it is a multiple of `d_head`.
    d_state, d_conv, expand, d_head
        Size of the state, steps of the convolution, inner over outer width, width of a head.

    Raises
    ------
    ValueError
        The inner width is no multiple of `d_head`.
    """

    def __init__(
        self,
        d_model: int,
        *,
        d_state: int = 16,
        d_conv: int = 4,
        expand: int = 2,
        d_head: int = 64,
    ) -> None:
        super().__init__()
        self.d_inner, self.d_state = expand * d_model, d_state
        if self.d_inner % d_head:
            raise ValueError(f"an inner width of {self.d_inner} is no multiple of {d_head}")
        self.n_heads = self.d_inner // d_head
        d_mixed = self.d_inner + 2 * d_state
        self.in_proj = nn.Linear(d_model, self.d_inner + d_mixed + self.n_heads, bias=False)
        self.conv1d = nn.Conv1d(d_mixed, d_mixed, d_conv, groups=d_mixed)
        self.dt_bias = nn.Parameter(_inverse_softplus(_drawn_dt(self.n_heads)))
        self.A_log = nn.Parameter((1 + (_MOST_DECAY - 1) * torch.rand(self.n_heads)).log())
        self.D = nn.Parameter(torch.ones(self.n_heads))
        self.norm = GatedNorm(self.d_inner)
        self.out_proj = nn.Linear(self.d_inner, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map (b, l, d) to (b, l, d) by all pairs of steps at once: l² is small here."""
        z, values, b, c, dt = self._parts(x)
        log_decay = (dt * -self.A_log.exp()).cumsum(dim=1)  # (b, l, h)
        # Step t keeps exp(Σ of s+1 … t) of step s; nothing of what comes later.
        between = log_decay[:, :, None] - log_decay[:, None]  # (b, l, l, h)
        is_past = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device).tril()
        kept = between.masked_fill(~is_past[..., None], -torch.inf).exp()
        weight = kept * (c @ b.transpose(1, 2))[..., None] * dt[:, None]  # (b, l, l, h)
        y = torch.einsum("btsh,bshp->bthp", weight, values)
        return self._closed(y, values, z)

    def stepped(self, x: Tensor) -> Tensor:
        """Map (b, l, d) to (b, l, d) step by step: the same as :meth:`forward`, and slower."""
        z, values, b, c, dt = self._parts(x)
        decay = (dt * -self.A_log.exp()).exp()
        state = values.new_zeros(*values[:, 0].shape, self.d_state)  # (b, h, p, n)
        steps = []
        for t in range(x.shape[1]):
            fed = torch.einsum("bhp,bn->bhpn", dt[:, t, :, None] * values[:, t], b[:, t])
            state = decay[:, t, :, None, None] * state + fed
            steps.append(torch.einsum("bhpn,bn->bhp", state, c[:, t]))
        return self._closed(torch.stack(steps, dim=1), values, z)

    def _parts(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Gate (b, l, e), values (b, l, h, p), B and C (b, l, n), Δ (b, l, h)."""
        widths = [self.d_inner, self.d_inner + 2 * self.d_state, self.n_heads]
        z, mixed, dt = torch.split(self.in_proj(x), widths, dim=-1)
        mixed = F.silu(_causal(self.conv1d, mixed))
        values, b, c = torch.split(mixed, [self.d_inner, self.d_state, self.d_state], dim=-1)
        by_head = values.reshape(*values.shape[:-1], self.n_heads, -1)
        return z, by_head, b, c, F.softplus(dt + self.dt_bias)

    def _closed(self, y: Tensor, values: Tensor, z: Tensor) -> Tensor:
        summed = (y + self.D[:, None] * values).flatten(-2)  # (b, l, e)
        output: Tensor = self.out_proj(self.norm(summed, z))
        return output


class Mamba(nn.Module):
    """Mamba: a state and decays of its own for each inner channel.

    Parameters
    ----------
    d_model
        Width of a step.
    d_state, d_conv, expand
        As for :class:`Mamba2`.
    """

    def __init__(
        self, d_model: int, *, d_state: int = 16, d_conv: int = 4, expand: int = 2
    ) -> None:
        super().__init__()
        self.d_inner, self.d_state = expand * d_model, d_state
        self.dt_rank = math.ceil(d_model / 16)
        self.in_proj = nn.Linear(d_model, 2 * self.d_inner, bias=False)
        self.conv1d = nn.Conv1d(self.d_inner, self.d_inner, d_conv, groups=self.d_inner)
        self.x_proj = nn.Linear(self.d_inner, self.dt_rank + 2 * d_state, bias=False)
        self.dt_proj = nn.Linear(self.dt_rank, self.d_inner)
        nn.init.uniform_(self.dt_proj.weight, -(self.dt_rank**-0.5), self.dt_rank**-0.5)
        with torch.no_grad():
            self.dt_proj.bias.copy_(_inverse_softplus(_drawn_dt(self.d_inner)))
        rates = torch.arange(1, d_state + 1, dtype=torch.float32)
        self.A_log = nn.Parameter(rates.log().repeat(self.d_inner, 1))
        self.D = nn.Parameter(torch.ones(self.d_inner))
        self.out_proj = nn.Linear(self.d_inner, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map (b, l, d) to (b, l, d), step by step."""
        values, z = self.in_proj(x).chunk(2, dim=-1)
        values = F.silu(_causal(self.conv1d, values))  # (b, l, e)
        widths = [self.dt_rank, self.d_state, self.d_state]
        dt, b, c = torch.split(self.x_proj(values), widths, dim=-1)
        dt = F.softplus(self.dt_proj(dt))  # (b, l, e)
        decay = (dt[..., None] * -self.A_log.exp()).exp()  # (b, l, e, n)
        fed = (dt * values)[..., None] * b[:, :, None]
        state = fed.new_zeros(fed[:, 0].shape)
        steps = []
        for t in range(x.shape[1]):
            state = decay[:, t] * state + fed[:, t]
            steps.append((state * c[:, t, None]).sum(dim=-1))
        y = torch.stack(steps, dim=1) + self.D * values
        output: Tensor = self.out_proj(y * F.silu(z))
        return output


def _causal(convolution: nn.Conv1d, x: Tensor) -> Tensor:
    """Convolve (b, l, e) over its steps, with zeros before the first."""
    padded = F.pad(x.transpose(1, 2), (convolution.kernel_size[0] - 1, 0))
    convolved: Tensor = convolution(padded).transpose(1, 2)
    return convolved


def _drawn_dt(n: int) -> Tensor:
    """Draw the step sizes that a layer begins with, even over their logarithm."""
    low, high = math.log(_LEAST_DT), math.log(_MOST_DT)
    return (low + (high - low) * torch.rand(n)).exp().clamp(min=_DT_FLOOR)


def _inverse_softplus(x: Tensor) -> Tensor:
    return x + (-torch.expm1(-x)).log()
