import pytest
import torch

from training.data.published_augmentation import ALTERATIONS, alter_each, alter_one_of


@pytest.fixture
def epochs() -> torch.Tensor:
    torch.manual_seed(0)
    return torch.randn(64, 3000) * 20 + 50


def altered(name: str, epochs: torch.Tensor) -> torch.Tensor:
    torch.manual_seed(1)
    return ALTERATIONS[name](epochs)


def test_that_amplitudes_are_halved_to_doubled(epochs):
    factor = altered("scale", epochs).std(dim=1) / epochs.std(dim=1)
    assert 0.5 <= factor.min() < 0.6
    assert 1.8 < factor.max() <= 2.0


def test_that_zeros_move_in_where_a_signal_is_shifted(epochs):
    shifted = altered("shift", epochs)
    for before, after in zip(epochs, shifted, strict=True):
        n_zeros = int((after == 0).sum())
        assert n_zeros <= 300
        moves_later = bool(after[0] == 0)
        kept = after[n_zeros:] if moves_later else after[: 3000 - n_zeros]
        expected = before[: 3000 - n_zeros] if moves_later else before[n_zeros:]
        assert torch.equal(kept, expected)


def test_that_an_offset_is_at_most_10_uv(epochs):
    offset = (altered("offset", epochs) - epochs).mean(dim=1)
    assert 8 < offset.abs().max() <= 10
    torch.testing.assert_close(altered("offset", epochs) - offset[:, None], epochs)


def test_that_one_span_of_at_most_3_s_is_zeroed(epochs):
    masked = altered("mask", epochs) == 0
    assert masked.sum(dim=1).max() <= 300
    assert masked.sum(dim=1).float().mean() > 100
    edges = masked.int().diff(dim=1).abs().sum(dim=1)
    assert edges.max() <= 2


def test_that_noise_is_at_most_a_fifth_of_a_microvolt(epochs):
    level = (altered("noise", epochs) - epochs).std(dim=1)
    assert 0.15 < level.max() < 0.21


def test_that_a_band_of_2_hz_is_taken_out():
    torch.manual_seed(0)
    noise = torch.randn(8, 3000)
    stopped = altered("band_stop", noise)
    for before, after in zip(noise, stopped, strict=True):
        gain = torch.fft.rfft(after).abs() / torch.fft.rfft(before).abs()
        smooth = gain[:1500].unfold(0, 15, 5).median(dim=1).values
        lowest = smooth.argmin() * 5 / 30
        assert smooth.min() < 0.5
        assert 0.5 <= lowest <= 33
        assert smooth.median() == pytest.approx(1, abs=0.05)


def test_that_about_half_of_the_epochs_get_one_alteration(epochs):
    torch.manual_seed(2)
    changed = (alter_one_of(epochs) != epochs).any(dim=1).float().mean()
    assert 0.3 < changed < 0.7


def test_that_most_epochs_are_altered_when_each_alteration_is_drawn(epochs):
    torch.manual_seed(2)
    changed = (alter_each(epochs) != epochs).any(dim=1).float().mean()
    assert changed > 0.9


@pytest.mark.parametrize("alter", [alter_one_of, alter_each])
def test_that_the_epochs_given_are_left_as_they_are(alter, epochs):
    before = epochs.clone()
    alter(epochs)
    assert torch.equal(epochs, before)
