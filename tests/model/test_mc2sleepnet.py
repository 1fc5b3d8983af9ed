import pytest
import torch
from torch import nn

from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.backbones import SignalBackbone, SpectrogramBackbone
from model.mc2sleepnet.config import MC2SleepNetConfig


@pytest.fixture(scope="module")
def network() -> MC2SleepNet:
    torch.manual_seed(0)
    return MC2SleepNet().eval()


def epochs_uv(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, 3000, generator=torch.Generator().manual_seed(1)) * 20


def n_parameters(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize(
    ("reading", "n_expected"),
    [
        ({"cnn": "direct128"}, 5_764_380),
        ({"cnn": "direct128_gated"}, 5_782_604),
        ({"cnn": "direct128_gated", "linear_bias": False}, 5_758_540),
        ({"resize_kernel": 3, "projection": "mlp", "heads": "linear"}, 5_765_148),
        ({"cnn": "sleepyco256_chanpool"}, 6_183_252),
        ({"cnn": "sleepyco256_chanpool", "linear_bias": False}, 6_159_188),
    ],
)
def test_that_a_reading_has_exactly_its_number_of_parameters(reading, n_expected):
    assert n_parameters(MC2SleepNet(MC2SleepNetConfig(**reading))) == n_expected


def test_that_each_part_has_exactly_its_number_of_parameters(network):
    epoch_model, sequence_model = network.epoch_model, network.sequence_model
    assert n_parameters(epoch_model.signal) == 1_124_749
    assert n_parameters(epoch_model.spectrogram) == 1_336_064
    assert n_parameters(epoch_model.signal_attention) == 16_640
    assert n_parameters(network.signal_projection) == 16_512
    assert n_parameters(sequence_model.signal_stream) == 1_584_640
    assert n_parameters(sequence_model.signal_head) == 17_157
    assert n_parameters(sequence_model.joint_head) == 33_541
    assert sequence_model.mask_token.numel() == 128


@pytest.mark.parametrize("cnn", ["direct128", "sleepyco256_chanpool"])
def test_that_the_signal_becomes_five_tokens_and_the_spectrogram_29(cnn):
    config = MC2SleepNetConfig(cnn=cnn)
    assert SignalBackbone(config)(epochs_uv(2)).shape == (2, 5, 128)
    assert SpectrogramBackbone(config)(torch.randn(2, 29, 129)).shape == (2, 29, 128)


def test_that_the_network_scores_every_epoch_with_three_heads(network):
    with torch.inference_mode():
        logits = network(epochs_uv(2, 21))
    assert [head.shape for head in logits] == [(2, 21, 5)] * 3


def test_that_features_do_not_depend_on_the_rest_of_the_batch(network):
    epochs = epochs_uv(8)
    with torch.inference_mode():
        together = network.epoch_model(epochs)
        alone = torch.cat([network.epoch_model(epoch[None]) for epoch in epochs])
    torch.testing.assert_close(together, alone, atol=1e-5, rtol=1e-5)


def test_that_cached_features_give_the_same_scores(network):
    epochs = epochs_uv(30)
    with torch.inference_mode():
        features = network.epoch_model(epochs)
        cached = network.sequence_model(torch.stack([features[0:21], features[9:30]]))
        uncached = network(torch.stack([epochs[0:21], epochs[9:30]]))
    torch.testing.assert_close(cached.joint, uncached.joint, atol=1e-5, rtol=1e-5)


def test_that_the_gradient_reaches_every_parameter():
    torch.manual_seed(0)
    network = MC2SleepNet().train()
    epochs = epochs_uv(2, 4)
    mask = torch.tensor([[True, False, False, True]]).expand(2, -1)
    features = network.epoch_model(epochs.flatten(0, 1)).unflatten(0, (2, 4))
    signal, spectrogram = network.project(features).unbind(dim=2)
    heads = network.sequence_model(features, mask, mask)
    loss = sum(head.square().sum() for head in heads) + (signal * spectrogram).sum()
    loss.backward()
    # A bias before batch normalisation is taken out again by it.
    without_effect = {
        f"{name}.bias" for name, part in network.named_modules() if isinstance(part, nn.Conv1d)
    }
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.isfinite().all(), name
        assert name in without_effect or parameter.grad.abs().sum() > 0, name


def test_that_projections_have_unit_length(network):
    with torch.inference_mode():
        projected = network.project(torch.randn(2, 3, 2, 128))
    torch.testing.assert_close(projected.norm(dim=-1), torch.ones(2, 3, 2))


def test_that_a_mask_hides_a_streams_own_epoch_and_not_the_others_keys_and_values(network):
    features = torch.randn(1, 5, 2, 128)
    other_signal = features.clone()
    other_signal[0, 2, 0] = 0.0
    mask = torch.tensor([[False, False, True, False, False]])
    with torch.inference_mode():
        before = network.sequence_model(features, signal_mask=mask)
        after = network.sequence_model(other_signal, signal_mask=mask)
    torch.testing.assert_close(before.signal, after.signal)
    assert not torch.allclose(before.spectrogram, after.spectrogram)


def test_that_the_order_of_epochs_matters(network):
    features = torch.randn(1, 6, 2, 128)
    with torch.inference_mode():
        forwards = network.sequence_model(features).joint
        backwards = network.sequence_model(features.flip(1)).joint.flip(1)
    assert not torch.allclose(forwards, backwards, atol=1e-4)


@pytest.mark.parametrize(
    "wrong",
    [{"cnn": "resnet"}, {"n_heads": 7}, {"dropout": 1.0}, {"sequence_length": 0}, {"d_model": 1.5}],
)
def test_that_an_impossible_configuration_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        MC2SleepNetConfig(**wrong)


def test_that_a_backbone_refuses_a_width_it_does_not_give():
    with pytest.raises(ValueError, match="128 channels, not 64"):
        SignalBackbone(MC2SleepNetConfig(d_model=64))


@pytest.mark.parametrize(
    ("choice", "n_more"),
    [
        ({"activation": "gelu"}, 0),
        ({"double_residual": True}, 0),
        ({"cross_memory": "dynamic"}, 0),
        ({"epoch_pooling": "mean"}, -2 * 16_640),
        ({"projection": "mlp"}, 2 * 16_512),
        ({"heads": "linear"}, -2 * 16_512 - 32_256),
        ({"resize_kernel": 3}, 2 * 129 * 128),
    ],
)
def test_that_another_reading_of_the_paper_changes_the_output(network, choice, n_more):
    other = MC2SleepNet(MC2SleepNetConfig(**choice)).eval()
    assert n_parameters(other) - n_parameters(network) == n_more
    other.load_state_dict(network.state_dict(), strict=False)
    epochs = epochs_uv(1, 3)
    with torch.inference_mode():
        if "projection" in choice:
            outputs = [n.project(n.epoch_model(epochs[0])[None]) for n in (network, other)]
        else:
            outputs = [n(epochs).joint for n in (network, other)]
    assert not torch.allclose(*outputs, atol=1e-4)


def test_that_an_unknown_reading_is_refused():
    with pytest.raises(ValueError, match="unknown cross_memory 'both'"):
        MC2SleepNetConfig(cross_memory="both")
