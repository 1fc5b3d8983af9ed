import numpy as np
import pytest
import torch

from model.mc2sleepnet.inference import epoch_features, predict
from model.mc2sleepnet.preprocessing import cut_epochs, prepare_signal
from model.shared.precision import autocast, computes_in_bfloat16
from model.weights import load
from resources import WEIGHTS_FOLDER
from sleepscorer.signals.simulation import simulate_night

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def network():
    (path,) = WEIGHTS_FOLDER.glob("*.safetensors")
    return load(path, "cpu").network


@pytest.fixture(scope="module")
def epochs():
    channel = simulate_night(n_epochs=240).channels[0]
    return cut_epochs(prepare_signal(channel.samples, channel.sfreq))[::10]


def test_that_bfloat16_gives_the_same_stages(network, epochs):
    exact = predict(network, epochs, precision="float32")
    coarse = predict(network, epochs, precision="bfloat16")
    assert len(set(exact.argmax(axis=1))) > 1
    assert not np.array_equal(exact, coarse)
    assert np.array_equal(exact.argmax(axis=1), coarse.argmax(axis=1))
    np.testing.assert_allclose(coarse, exact, atol=0.01)


def test_that_features_are_float32_whatever_the_layers_computed_in(network, epochs):
    assert epoch_features(network, epochs[:2], precision="bfloat16").dtype is torch.float32


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        ({}, False),
        ({"avx2": True}, False),
        ({"avx512_bf16": True}, True),
        ({"amx_bf16": True}, True),
    ],
)
def test_that_only_a_processor_that_computes_in_bfloat16_is_asked_to(
    monkeypatch, capabilities, expected
):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities)
    computes_in_bfloat16.cache_clear()
    try:
        with autocast(CPU, "automatic"):
            assert torch.is_autocast_enabled("cpu") is expected
        with autocast(CPU, "float32"):
            assert not torch.is_autocast_enabled("cpu")
        assert not autocast(torch.device("cuda"), "automatic")._enabled
    finally:
        computes_in_bfloat16.cache_clear()
