from dataclasses import replace

import pytest
import torch

from training.data.augment import augment_epochs, augment_night
from training.data.config import AugmentationConfig

NOTHING = AugmentationConfig(gain_ratio=1.0, equaliser_db=0.0, shift_s=0.0, noise_share=0.0)


@pytest.fixture
def epochs() -> torch.Tensor:
    torch.manual_seed(0)
    return torch.randn(16, 3000) * 20


@pytest.mark.parametrize("augment", [augment_epochs, augment_night])
def test_that_ranges_of_zero_change_nothing(augment, epochs):
    torch.testing.assert_close(augment(epochs, NOTHING), epochs, atol=1e-3, rtol=1e-4)


def test_that_the_gain_of_each_epoch_is_in_its_range(epochs):
    altered = augment_epochs(epochs, replace(NOTHING, gain_ratio=1.3))
    gain = altered.std(dim=1) / epochs.std(dim=1)
    assert 1 / 1.301 < gain.min() < 0.95
    assert 1.05 < gain.max() < 1.301


def test_that_a_night_has_one_gain(epochs):
    altered = augment_night(epochs, replace(NOTHING, gain_ratio=1.3))
    gain = altered.std(dim=1) / epochs.std(dim=1)
    torch.testing.assert_close(gain, gain[:1].expand(16))
    assert not torch.isclose(gain[0], torch.tensor(1.0))


def test_that_the_frequency_response_stays_within_its_range(epochs):
    altered = augment_epochs(epochs, replace(NOTHING, equaliser_db=1.0))
    response = torch.fft.rfft(altered).abs() / torch.fft.rfft(epochs).abs()
    response_db = 20 * torch.log10(response[:, 5:1400])
    assert response_db.abs().max() <= 1.01
    assert response_db.std(dim=1).min() > 0.05


def test_that_a_shift_is_circular_and_in_its_range():
    epochs = torch.arange(3000.0).expand(50, -1)
    altered = augment_epochs(epochs, replace(NOTHING, shift_s=3.0))
    first = altered[:, 0].round()
    offset = torch.where(first > 1500, first - 3000, first)
    assert offset.abs().max() <= 300
    assert len(offset.unique()) > 25
    torch.testing.assert_close(altered.sort(dim=1).values, epochs, atol=0.1, rtol=0)


def test_that_a_share_of_epochs_gets_noise(epochs):
    settings = replace(NOTHING, noise_share=0.5, noise_uv=(1.0, 2.0))
    added = (augment_epochs(epochs, settings) - epochs).std(dim=1)
    noisy = added > 0.5
    assert 2 <= noisy.sum() <= 14
    assert added[noisy].min() > 0.9
    assert added[noisy].max() < 2.1


def test_that_a_share_of_epochs_changes_its_sign(epochs):
    altered = augment_epochs(epochs, replace(NOTHING, flip_share=0.5))
    signs = (altered * epochs).sum(dim=1).sign()
    torch.testing.assert_close(altered, signs[:, None] * epochs, atol=1e-3, rtol=1e-4)
    assert set(signs.tolist()) == {-1.0, 1.0}


def test_that_a_night_changes_its_sign_as_a_whole(epochs):
    altered = augment_night(epochs, replace(NOTHING, flip_share=1.0))
    torch.testing.assert_close(altered, -epochs, atol=1e-3, rtol=1e-4)


@pytest.mark.parametrize("augment", [augment_epochs, augment_night])
def test_that_the_same_seed_draws_the_same_alterations(augment, epochs):
    settings = AugmentationConfig()
    torch.manual_seed(3)
    first = augment(epochs, settings)
    torch.manual_seed(3)
    assert torch.equal(augment(epochs, settings), first)
