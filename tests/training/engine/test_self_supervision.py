import math

import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from model.shared.transformer import draw_kept, is_masked
from training.engine.self_supervision import masked_error, nt_xent


def test_that_only_what_was_masked_counts():
    torch.manual_seed(0)
    target, guessed = torch.randn(4, 27, 8), torch.randn(4, 27, 8)
    kept = draw_kept(4, 27, 0.8)
    masked = is_masked(kept, 27)
    expected = (guessed[masked] - target[masked]).square().mean()
    torch.testing.assert_close(masked_error(guessed, target, kept), expected)
    guessed[~masked] += 100
    torch.testing.assert_close(masked_error(guessed, target, kept), expected)


def test_that_nt_xent_is_the_equation_of_simclr():
    torch.manual_seed(0)
    one, other = torch.randn(3, 8), torch.randn(3, 8)
    views = [*F.normalize(one, dim=1), *F.normalize(other, dim=1)]
    losses = []
    for i in range(6):
        j = (i + 3) % 6
        terms = {k: math.exp(float(views[i] @ views[k]) / 0.5) for k in range(6) if k != i}
        losses.append(-math.log(terms[j] / sum(terms.values())))
    assert float(nt_xent(one, other, 0.5)) == pytest.approx(sum(losses) / 6, rel=1e-5)


def test_that_views_that_agree_cost_less_than_those_that_do_not():
    torch.manual_seed(0)
    one = torch.randn(8, 16)
    assert nt_xent(one, one, 0.05) < 0.1 < nt_xent(one, one.roll(1, 0), 0.05)


def test_that_items_that_are_not_there_have_no_part():
    torch.manual_seed(0)
    one, other = torch.randn(5, 8), torch.randn(5, 8)
    counts = torch.tensor([True, False, True, True, False])
    expected = nt_xent(one[counts], other[counts], 0.5)
    torch.testing.assert_close(nt_xent(one, other, 0.5, counts), expected)
    alone = torch.tensor([True, False, False, False, False])
    assert nt_xent(one.requires_grad_(True), other, 0.5, alone).detach().item() == 0
