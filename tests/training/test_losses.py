import math

import pytest
import torch

from model.mc2sleepnet import StageLogits
from training.losses import draw_mask, sequence_loss


def test_that_chance_costs_the_logarithm_of_five_on_each_head():
    logits = StageLogits(*(torch.zeros(2, 3, 5) for _ in range(3)))
    loss = sequence_loss(logits, torch.zeros(2, 3, dtype=torch.long), label_smoothing=0.0)
    assert float(loss) == pytest.approx(3 * math.log(5))


@pytest.mark.parametrize("head", range(3))
def test_that_every_head_counts(head):
    stages = torch.tensor([[0, 4, 2]])
    right = 50.0 * torch.nn.functional.one_hot(stages, 5)
    heads = [right, right, right]
    assert float(sequence_loss(StageLogits(*heads), stages, 0.0)) == pytest.approx(0, abs=1e-6)
    heads[head] = right.roll(1, dims=-1)
    assert float(sequence_loss(StageLogits(*heads), stages, 0.0)) == pytest.approx(50)


@pytest.mark.parametrize(("ratio", "n_masked"), [(0.0, 0), (0.15, 3), (0.5, 10), (1.0, 21)])
def test_that_a_mask_hides_exactly_its_share(ratio, n_masked):
    mask = draw_mask(200, 21, ratio)
    assert mask.shape == (200, 21)
    assert (mask.sum(dim=1) == n_masked).all()


def test_that_every_position_gets_masked_as_often():
    torch.manual_seed(0)
    share = draw_mask(4000, 21, 0.5).float().mean(dim=0)
    torch.testing.assert_close(share, torch.full((21,), 10 / 21), atol=0.05, rtol=0)
