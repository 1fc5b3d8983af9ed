import math

import pytest
import torch

from model.mc2sleepnet import StageLogits
from training.mc2sleepnet.losses import draw_mask, info_nce, sequence_loss


def test_that_chance_costs_the_logarithm_of_five_on_each_head():
    logits = StageLogits(*(torch.zeros(2, 3, 5) for _ in range(3)))
    loss = sequence_loss(logits, torch.zeros(2, 3, dtype=torch.long))
    assert float(loss) == pytest.approx(3 * math.log(5))


@pytest.mark.parametrize("head", range(3))
def test_that_every_head_counts(head):
    stages = torch.tensor([[0, 4, 2]])
    right = 50.0 * torch.nn.functional.one_hot(stages, 5)
    heads = [right, right, right]
    assert float(sequence_loss(StageLogits(*heads), stages)) == pytest.approx(0, abs=1e-6)
    heads[head] = right.roll(1, dims=-1)
    assert float(sequence_loss(StageLogits(*heads), stages)) == pytest.approx(50)


@pytest.mark.parametrize(("ratio", "n_masked"), [(0.0, 0), (0.15, 3), (0.5, 10), (1.0, 21)])
def test_that_a_mask_hides_exactly_its_share(ratio, n_masked):
    mask = draw_mask(200, 21, ratio)
    assert mask.shape == (200, 21)
    assert (mask.sum(dim=1) == n_masked).all()


def test_that_every_position_gets_masked_as_often():
    torch.manual_seed(0)
    share = draw_mask(4000, 21, 0.5).float().mean(dim=0)
    torch.testing.assert_close(share, torch.full((21,), 10 / 21), atol=0.05, rtol=0)


def test_that_heads_are_weighted():
    logits = StageLogits(*(torch.zeros(2, 3, 5) for _ in range(3)))
    stages = torch.zeros(2, 3, dtype=torch.long)
    loss = sequence_loss(logits, stages, weights=(1.0, 0.1, 0.1))
    assert float(loss) == pytest.approx(1.2 * math.log(5))


def test_that_stages_are_weighted():
    torch.manual_seed(0)
    logits = StageLogits(*(torch.randn(1, 2, 5) for _ in range(3)))
    weights = torch.tensor([0.0, 3.0, 1.0, 1.0, 1.0])
    first_ignored = sequence_loss(logits, torch.tensor([[0, 1]]), class_weights=weights)
    alone = StageLogits(*(head[:, 1:] for head in logits))
    torch.testing.assert_close(first_ignored, 1.5 * sequence_loss(alone, torch.tensor([[1]])))


def test_that_unscored_epochs_have_no_part_in_the_loss():
    torch.manual_seed(0)
    logits = StageLogits(*(torch.randn(1, 4, 5) for _ in range(3)))
    stages = torch.tensor([[1, -1, 3, -1]])
    scored = StageLogits(*(head[:, ::2] for head in logits))
    torch.testing.assert_close(sequence_loss(logits, stages), sequence_loss(scored, stages[:, ::2]))


def test_that_a_batch_without_any_stage_costs_nothing():
    logits = StageLogits(*(torch.randn(1, 4, 5) for _ in range(3)))
    assert float(sequence_loss(logits, torch.full((1, 4), -1))) == 0


def test_that_a_sum_over_the_sequence_is_its_length_times_the_mean():
    torch.manual_seed(0)
    logits = StageLogits(*(torch.randn(2, 21, 5) for _ in range(3)))
    stages = torch.randint(5, (2, 21))
    mean = sequence_loss(logits, stages)
    torch.testing.assert_close(sequence_loss(logits, stages, sum_over_sequence=True), 21 * mean)


def orthonormal(n_sequences: int, length: int) -> torch.Tensor:
    torch.manual_seed(0)
    bases = [torch.linalg.qr(torch.randn(16, 16)).Q[:n_sequences] for _ in range(length)]
    return torch.stack(bases, dim=1)


@pytest.mark.parametrize("literal", [False, True])
def test_that_views_that_agree_cost_next_to_nothing(literal):
    view = orthonormal(8, 5)
    assert float(info_nce(view, view, 0.07, literal=literal)) < 1e-4


def test_that_unrelated_views_cost_the_logarithm_of_the_batch():
    view = torch.ones(8, 5, 16) / 4
    assert float(info_nce(view, view, 0.07)) == pytest.approx(math.log(8))


def test_that_negatives_are_other_sequences_at_the_same_position():
    # All epochs of a sequence look alike: as negatives of each other they would cost a lot.
    view = orthonormal(8, 1).expand(8, 5, 16)
    assert float(info_nce(view, view, 0.07)) < 1e-4


def test_that_the_printed_loss_is_below_the_mean_of_logarithms():
    torch.manual_seed(1)
    signal, spectrogram = torch.nn.functional.normalize(torch.randn(2, 6, 21, 16), dim=-1)
    literal = info_nce(signal, spectrogram, 0.07, literal=True)
    assert float(literal) < float(info_nce(signal, spectrogram, 0.07))
