import numpy as np
import pytest
import torch

from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.inference import epoch_features
from model.mc2sleepnet.occlusion import occlusion

N_EPOCHS = 8


@pytest.fixture(scope="module")
def network() -> MC2SleepNet:
    """A network that has learnt nothing."""
    torch.manual_seed(0)
    config = MC2SleepNetConfig(
        n_epoch_layers=1, n_sequence_layers=1, d_feedforward=32, sequence_length=5
    )
    return MC2SleepNet(config).eval()


@pytest.fixture(scope="module")
def epochs() -> np.ndarray:
    values = np.random.default_rng(0).normal(0, 15, (N_EPOCHS, 3000)).astype(np.float32)
    # A burst in second 12 of epoch 4, as nothing else in the night.
    values[4, 1200:1300] += 300 * np.sin(2 * np.pi * 13 * np.arange(100) / 100)
    return values


@pytest.fixture(scope="module")
def features(network, epochs) -> np.ndarray:
    return epoch_features(network, epochs).numpy()


def test_that_the_second_that_differs_from_the_others_moves_the_network_most(
    network, epochs, features
):
    moved = occlusion(network, epochs, features, 4, stage=2)
    assert moved.shape == (30,)
    # The burst also stands in for the seconds 10 and 20 s before it.
    assert np.abs(moved).argmax() in (12, 2, 22)
    assert np.abs(moved[12]) > 3 * np.median(np.abs(moved))


def test_that_what_speaks_for_a_stage_speaks_against_its_rival(network, epochs, features):
    for_n2 = occlusion(network, epochs, features, 4, stage=2, rival=1)
    for_n1 = occlusion(network, epochs, features, 4, stage=1, rival=2)
    np.testing.assert_allclose(for_n2, -for_n1, atol=1e-5)


def test_that_a_constant_epoch_has_nothing_that_moves(network, epochs):
    epochs = epochs.copy()
    epochs[3] = 0
    features = epoch_features(network, epochs).numpy()
    np.testing.assert_allclose(occlusion(network, epochs, features, 3, 0), 0, atol=1e-5)


@pytest.mark.parametrize("epoch", [0, 2, 7])
def test_that_the_sequence_stays_on_its_side_of_a_gap(network, epochs, features, epoch):
    with_gap, elsewhere = features.copy(), features.copy()
    with_gap[3] = np.nan
    elsewhere[3] = np.nan
    elsewhere[4:] += 1
    alike = np.allclose(
        occlusion(network, epochs, with_gap, epoch, 1),
        occlusion(network, epochs, elsewhere, epoch, 1),
    )
    assert alike == (epoch < 3)


def test_that_what_cannot_be_answered_is_refused(network, epochs, features):
    with pytest.raises(IndexError, match="outside"):
        occlusion(network, epochs, features, N_EPOCHS, 0)
    missing = features.copy()
    missing[1] = np.nan
    with pytest.raises(ValueError, match="not scored"):
        occlusion(network, epochs, missing, 1, 0)
    with pytest.raises(ValueError, match="training mode"):
        occlusion(MC2SleepNet(network.config), epochs, features, 0, 0)
