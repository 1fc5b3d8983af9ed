import pytest
import torch
from torch import nn

from training.engine.config import OptimisationConfig, StepsConfig
from training.engine.loop import ScheduledAdam, autocast, learning_rate
from training.engine.progress import StepTimer


def test_that_the_rate_rises_to_its_peak_and_falls_to_zero():
    rates = [learning_rate(step, 100, 1e-3, 10) for step in range(100)]
    assert rates[0] == pytest.approx(1e-4)
    assert rates[9] == pytest.approx(1e-3)
    assert rates[10] == pytest.approx(1e-3)
    assert rates == sorted(rates[:10]) + sorted(rates[10:], reverse=True)
    assert rates[-1] < 1e-6


def test_that_a_run_that_is_all_warm_up_has_a_rate():
    assert learning_rate(3, 4, 1.0, 4) == 1.0


def test_that_nothing_remains_after_the_last_step():
    assert StepTimer(20, 50).eta_s(50) == 0


def _stepped(parts: int, **how) -> torch.Tensor:
    torch.manual_seed(0)
    layer = nn.Linear(4, 1)
    x = torch.randn(6, 4)
    steps = StepsConfig(steps=3, learning_rate=0.1)

    def loss(part: torch.Tensor) -> torch.Tensor:
        return layer(part).square().mean()

    optimiser = ScheduledAdam(layer, loss, steps, OptimisationConfig(**how))
    for step in range(3):
        optimiser.descend_mean(step, [(part,) for part in x.chunk(parts)])
    return layer.weight.detach()


def test_that_a_batch_in_parts_moves_as_it_does_whole():
    torch.testing.assert_close(_stepped(3), _stepped(1))


def test_that_decoupled_decay_is_adamws():
    torch.manual_seed(0)
    layer = nn.Linear(4, 1)
    x = torch.randn(6, 4)
    adamw = torch.optim.AdamW(layer.parameters(), weight_decay=0.1)
    for step in range(3):
        adamw.param_groups[0]["lr"] = learning_rate(step, 3, 0.1, 0)
        adamw.zero_grad()
        layer(x).square().mean().backward()
        adamw.step()
    ours = _stepped(1, weight_decay=0.1, decoupled=True, max_gradient_norm=0.0)
    torch.testing.assert_close(ours, layer.weight.detach())
    coupled = _stepped(1, weight_decay=0.1, max_gradient_norm=0.0)
    assert not torch.allclose(ours, coupled, atol=1e-3)


@pytest.mark.parametrize(
    ("precision", "device", "is_half"),
    [
        ("float32", "cuda", False),
        ("automatic", "cuda", True),
        ("automatic", "cpu", False),
        ("bfloat16", "cpu", True),
    ],
)
def test_that_automatic_precision_is_half_on_a_graphics_card(
    monkeypatch, precision, device, is_half
):
    asked = {}
    monkeypatch.setattr(torch, "autocast", lambda kind, dtype, enabled: asked.update(on=enabled))
    autocast(torch.device(device), precision)
    assert asked["on"] is is_half
