import pytest
import torch
from torch import nn

from model.shared.lora import LowRank
from model.shared.transformer import Block, draw_kept, is_masked, positions, put_back, taken


@pytest.fixture
def block() -> Block:
    torch.manual_seed(0)
    return Block(16, 4)


def test_that_a_block_has_the_parameters_of_a_vision_transformers():
    assert sum(p.numel() for p in Block(768, 8).parameters()) == 7_087_872


def test_that_tokens_that_are_not_seen_change_nothing(block):
    x = torch.randn(2, 5, 16)
    is_seen = torch.tensor([[True] * 5, [True, True, False, True, False]])
    changed = x.clone()
    changed[1, 2], changed[1, 4] = 7.0, -7.0
    ours, others = block(x, is_seen), block(changed, is_seen)
    torch.testing.assert_close(ours[0], others[0], rtol=0, atol=0)
    torch.testing.assert_close(ours[1, [0, 1, 3]], others[1, [0, 1, 3]], rtol=0, atol=0)
    torch.testing.assert_close(ours[1, [0, 1, 3]], block(x[1:, [0, 1, 3]])[0])


def test_that_a_block_without_mask_is_one_whose_tokens_are_all_seen(block):
    x = torch.randn(2, 5, 16)
    torch.testing.assert_close(block(x), block(x, torch.ones(2, 5, dtype=torch.bool)))


def test_that_an_adapter_begins_at_nothing_and_scales_by_its_rank():
    torch.manual_seed(0)
    linear = nn.Linear(16, 8)
    adapter = LowRank(linear, rank=4, alpha=16, dropout=0.0)
    x = torch.randn(3, 16)
    assert not adapter(x).any()
    nn.init.ones_(adapter.up.weight)
    expected = 8 * adapter.down(x).sum(dim=-1, keepdim=True).expand(3, 8)
    torch.testing.assert_close(adapter(x), expected)
    assert sum(p.numel() for p in adapter.parameters()) == 4 * (16 + 8)


def test_that_adapters_reach_the_maps_they_are_of(block):
    x = torch.randn(1, 5, 16)
    for name, linear in (
        ("proj", block.attn.proj),
        ("fc1", block.mlp.fc1),
        ("fc2", block.mlp.fc2),
    ):
        adapter = LowRank(linear, rank=2, alpha=2, dropout=0.0)
        torch.testing.assert_close(block(x, adapters={name: adapter}), block(x))
        nn.init.normal_(adapter.up.weight)
        assert not torch.allclose(block(x, adapters={name: adapter}), block(x))


def test_that_kept_tokens_come_back_to_their_places():
    torch.manual_seed(0)
    kept = draw_kept(100, 27, 0.4)
    assert kept.shape == (100, 16)  # SynthSleepNet keeps 16 of 27
    assert (kept.diff(dim=1) > 0).all()
    assert len(torch.unique(kept, dim=0)) > 90
    assert draw_kept(1, 27, 0.8).shape == (1, 5)
    tokens, blank = torch.randn(100, 27, 3), torch.full((1, 1, 3), 9.0)
    whole = put_back(taken(tokens, kept), kept, 27, blank)
    masked = is_masked(kept, 27)
    assert (masked.sum(dim=1) == 11).all()
    assert torch.equal(whole[~masked], tokens[~masked])
    assert (whole[masked] == 9).all()


def test_that_every_place_has_a_position_of_its_own():
    place = positions(27, 16)
    assert place.shape == (27, 16)
    assert torch.cdist(place, place).fill_diagonal_(1).min() > 0.1
