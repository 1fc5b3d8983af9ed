"""Mamba and Mamba-2 in plain PyTorch, beside the equations of their papers."""

import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from model.shared.mamba import Mamba, Mamba2

OUTLINES = {
    Mamba2: {
        "dt_bias": (16,),
        "A_log": (16,),
        "D": (16,),
        "in_proj.weight": (2096, 512),
        "conv1d.weight": (1056, 1, 4),
        "conv1d.bias": (1056,),
        "norm.weight": (1024,),
        "out_proj.weight": (512, 1024),
    },
    Mamba: {
        "A_log": (512, 16),
        "D": (512,),
        "in_proj.weight": (1024, 256),
        "conv1d.weight": (512, 1, 4),
        "conv1d.bias": (512,),
        "x_proj.weight": (48, 512),
        "dt_proj.weight": (512, 16),
        "dt_proj.bias": (512,),
        "out_proj.weight": (256, 512),
    },
}
"""State dictionaries that the constructors of mamba_ssm 2.2.6 give, in their order: ``Mamba2(512,
d_state=16, d_conv=4, expand=2, headdim=64)`` and ``Mamba(256, d_state=16, d_conv=4, expand=2)``."""

SAID = {
    Mamba2: [
        [0.09841, 0.47545, 0.33517, -0.16979],
        [0.2016, 0.34807, 0.11582, -0.24245],
        [-0.30115, -0.68341, -0.32208, 0.38969],
        [0.90787, 1.1354, 0.12755, -1.01909],
        [-1.00689, -1.83552, -0.66699, 1.22726],
        [1.07137, 2.1137, 0.85619, -1.3329],
    ],
    Mamba: [
        [-0.72753, 0.22455, 0.93231, 0.62566],
        [0.03101, 1.71783, 1.53554, -0.31751],
        [1.17637, 0.70033, -0.53771, -1.19069],
        [-0.64505, -1.55933, -0.77696, 0.85079],
        [-1.21279, -0.48183, 0.7734, 1.18712],
        [-0.50302, 1.51024, 1.88027, 0.20445],
    ],
}
"""Every fifth value of what the modules of mamba_ssm 2.2.6 said of the state and the steps in the
test, with its own references for the kernels (``mamba_split_conv1d_scan_ref`` and
``selective_scan_ref``) on a processor."""


@pytest.mark.parametrize(("make", "width"), [(Mamba2, 512), (Mamba, 256)])
def test_that_a_state_dictionary_of_mamba_ssm_loads(make, width):
    mamba = make(width)
    assert [(n, tuple(t.shape)) for n, t in mamba.state_dict().items()] == [*OUTLINES[make].items()]
    assert {tensor.dtype for tensor in mamba.state_dict().values()} == {torch.float32}
    state = {name: torch.full(shape, 0.5) for name, shape in OUTLINES[make].items()}
    mamba.load_state_dict(state)
    assert all((tensor == 0.5).all() for tensor in mamba.state_dict().values())
    # With groups or without a norm it is another network.
    with pytest.raises(RuntimeError, match="size mismatch"):
        mamba.load_state_dict({**state, "conv1d.bias": torch.zeros(width)})


def test_that_mamba_2_has_its_number_of_parameters():
    assert sum(p.numel() for p in Mamba2(512).parameters()) == 1_603_792


@pytest.mark.parametrize("mamba", [Mamba2(16, d_state=4, d_head=8), Mamba(16, d_state=4)])
def test_that_mamba_ssm_says_the_same_with_the_same_parameters(mamba):
    state = {
        name: (0.7 * torch.arange(tensor.numel(), dtype=torch.float64) + place).sin() / 2
        for place, (name, tensor) in enumerate(sorted(mamba.state_dict().items()))
    }
    mamba.load_state_dict({n: t.reshape(mamba.get_parameter(n).shape) for n, t in state.items()})
    x = (0.3 * torch.arange(6 * 16, dtype=torch.float64)).cos().reshape(1, 6, 16).float()
    with torch.no_grad():
        said = mamba(x)[0, :, ::5]
    torch.testing.assert_close(said, torch.tensor(SAID[type(mamba)]), rtol=0, atol=2e-5)


@pytest.mark.parametrize("length", [1, 3, 20])
def test_that_all_pairs_at_once_are_the_same_as_step_by_step(length):
    torch.manual_seed(0)
    mamba = Mamba2(32, d_head=16).double()
    x = torch.randn(2, length, 32, dtype=torch.double)
    torch.testing.assert_close(mamba(x), mamba.stepped(x), rtol=1e-12, atol=1e-12)


def test_that_a_steep_decay_stays_finite_with_its_gradient():
    mamba = Mamba2(32, d_head=16)
    with torch.no_grad():
        mamba.dt_bias.fill_(50.0)
        mamba.A_log.fill_(5.0)
    mamba(torch.randn(2, 40, 32)).sum().backward()
    assert all(torch.isfinite(p.grad).all() for p in mamba.parameters())


@pytest.mark.parametrize("make", [lambda: Mamba(32), lambda: Mamba2(32, d_head=16)])
def test_that_the_future_changes_nothing_and_the_past_does(make):
    torch.manual_seed(0)
    mamba = make()
    x = torch.randn(1, 12, 32)
    later, earlier = x.clone(), x.clone()
    later[:, 7:] += 1
    earlier[:, 2] += 1
    torch.testing.assert_close(mamba(later)[:, :7], mamba(x)[:, :7], rtol=0, atol=1e-6)
    assert not torch.allclose(mamba(earlier)[:, 11], mamba(x)[:, 11], atol=1e-7)


@pytest.mark.parametrize("make", [lambda: Mamba(32), lambda: Mamba2(32, d_head=16)])
def test_that_every_parameter_learns(make):
    torch.manual_seed(0)
    mamba = make()
    mamba(torch.randn(2, 5, 32)).square().sum().backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in mamba.parameters())


def test_that_mamba_is_its_recurrence():
    """The selective scan of Gu and Dao (2023), written out for one channel at a time."""
    torch.manual_seed(0)
    mamba = Mamba(16).double()
    x = torch.randn(1, 6, 16, dtype=torch.double)
    inner, z = (x[0] @ mamba.in_proj.weight.T).chunk(2, dim=-1)
    padded = torch.cat((inner.new_zeros(3, 32), inner))
    kernel = mamba.conv1d.weight[:, 0]
    convolved = torch.stack(
        [(padded[t : t + 4] * kernel.T).sum(dim=0) + mamba.conv1d.bias for t in range(6)]
    )
    u = F.silu(convolved)
    low_rank, b, c = (u @ mamba.x_proj.weight.T).split((1, 16, 16), dim=-1)
    dt = F.softplus(low_rank @ mamba.dt_proj.weight.T + mamba.dt_proj.bias)
    y = torch.zeros(6, 32, dtype=torch.double)
    for channel in range(32):
        state = torch.zeros(16, dtype=torch.double)
        for t in range(6):
            decay = torch.exp(-dt[t, channel] * mamba.A_log[channel].exp())
            state = decay * state + dt[t, channel] * b[t] * u[t, channel]
            y[t, channel] = c[t] @ state + mamba.D[channel] * u[t, channel]
    expected = (y * F.silu(z)) @ mamba.out_proj.weight.T
    torch.testing.assert_close(mamba(x)[0], expected)


def test_that_mamba_2_is_the_equation_of_its_paper():
    """y_t = Σ exp(Σ Δ A) Δ_s (C_t · B_s) x_s + D x_t, for each head."""
    torch.manual_seed(1)
    mamba = Mamba2(16, d_state=4, d_head=8).double()
    x = torch.randn(1, 5, 16, dtype=torch.double)
    z, mixed, dt = (x[0] @ mamba.in_proj.weight.T).split((32, 40, 4), dim=-1)
    padded = torch.cat((mixed.new_zeros(3, 40), mixed))
    kernel = mamba.conv1d.weight[:, 0]
    mixed = F.silu(
        torch.stack(
            [(padded[t : t + 4] * kernel.T).sum(dim=0) + mamba.conv1d.bias for t in range(5)]
        )
    )
    values, b, c = mixed.split((32, 4, 4), dim=-1)
    dt = F.softplus(dt + mamba.dt_bias)
    y = torch.zeros(5, 32, dtype=torch.double)
    for head in range(4):
        part = slice(8 * head, 8 * head + 8)
        for t in range(5):
            for s in range(t + 1):
                decay = torch.exp(-mamba.A_log[head].exp() * dt[s + 1 : t + 1, head].sum())
                y[t, part] += decay * dt[s, head] * (c[t] @ b[s]) * values[s, part]
            y[t, part] += mamba.D[head] * values[t, part]
    gated = y * F.silu(z)
    normed = gated / (gated.square().mean(dim=-1, keepdim=True) + 1e-5).sqrt()
    expected = (normed * mamba.norm.weight) @ mamba.out_proj.weight.T
    torch.testing.assert_close(mamba(x)[0], expected)


def test_that_a_head_must_fit_the_inner_width():
    with pytest.raises(ValueError, match="no multiple of 64"):
        Mamba2(16)
