from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from model import files, registry, weights
from model.files import Description, WeightsError
from model.neuronet.architecture import StagingNeuroNet
from model.neuronet.config import ORIGINAL, PAPER, TINY, NeuroNetConfig
from model.neuronet.network import NeuroNet
from model.shared.frame_encoder import EncoderConfig
from model.shared.transformer import draw_kept, is_masked

SMALL = NeuroNetConfig(
    encoder=EncoderConfig(
        stem=8, widths=(8, 8, 8, 8), gated=False, d_model=16, n_blocks=2, n_heads=2
    ),
    d_decoder=8,
    n_decoder_blocks=1,
    n_decoder_heads=2,
    d_projection=(16, 8),
    d_context=16,
    context_length=6,
)


def epochs(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, 3000, generator=torch.Generator().manual_seed(1))


def n_parameters(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def outline(config: NeuroNetConfig) -> NeuroNet:
    with torch.device("meta"):
        return NeuroNet(config)


@pytest.fixture
def network() -> StagingNeuroNet:
    torch.manual_seed(0)
    return StagingNeuroNet(SMALL.with_head("context")).eval()


@pytest.mark.parametrize(
    ("config", "n_expected"),
    [
        (PAPER, 66_843_968),
        (TINY, 4_267_136),
        (ORIGINAL, 29_048_576),
        (replace(ORIGINAL, encoder=replace(ORIGINAL.encoder, d_model=512)), 13_221_120),
    ],
)
def test_that_an_encoder_has_exactly_its_number_of_parameters(config, n_expected):
    assert n_parameters(outline(config).encoder) == n_expected


def test_that_each_part_of_the_papers_encoder_has_its_number_of_parameters():
    encoder = outline(PAPER).encoder
    feature_layer = encoder.frame_network.feature_layer
    assert n_parameters(encoder.frame_network) - n_parameters(feature_layer) == 2_678_592
    assert n_parameters(feature_layer) == 33_233_408
    assert n_parameters(encoder.embed) == 2_556_672
    assert n_parameters(encoder.blocks) == 28_351_488
    # 27 frames of 4 s; three branches with ten, nine and seven places.
    assert encoder.config.n_frames == 27
    assert encoder.config.frame_times == 400
    assert encoder.config.branch_times == (10, 9, 7)
    assert (encoder.config.d_features, encoder.config.d_frame) == (6656, 3328)
    original = ORIGINAL.encoder
    assert (original.n_frames, original.frame_times) == (73, 300)
    assert (original.d_features, original.d_frame) == (512, 256)


@pytest.mark.parametrize("config", [TINY, SMALL, ORIGINAL], ids=["tiny", "small", "original"])
def test_that_shapes_are_those_that_are_said(config):
    network = NeuroNet(config.with_head("probe")).eval()
    with torch.inference_mode():
        embedded = network.encoder.embed_frames(epochs(2))
        kept = draw_kept(2, config.encoder.n_frames, 0.8)
        frames, projected = network.view(embedded, kept)
        assert embedded.shape == (2, config.encoder.n_frames, config.encoder.d_frame)
        assert frames.shape == embedded.shape
        assert projected.shape == (2, config.d_projection[1])
        features = network.features(epochs(2))
        assert features.shape == (2, config.encoder.d_model)
        assert network.judge(features[None]).shape == (1, 2, 5)
        tokens = network.encoder(epochs(2))
        assert tokens.shape == (2, 1 + config.encoder.n_frames, config.encoder.d_model)
        torch.testing.assert_close(network.encoder.finish(features), tokens[:, 0])


def test_that_frames_are_cut_where_they_are_said_to_be(network):
    moved = epochs(1)
    whole = network.encoder.embed_frames(moved)
    moved = moved.clone()
    moved[0, 1000:1100] += 1  # of the frames from 7 to 10 s on
    changed = (network.encoder.embed_frames(moved) != whole).any(dim=-1)[0]
    assert changed.nonzero()[:, 0].tolist() == [7, 8, 9, 10]


def test_that_what_is_masked_is_not_seen(network):
    torch.manual_seed(0)
    embedded = network.encoder.embed_frames(epochs(3))
    kept = draw_kept(3, 27, 0.8)
    changed = embedded.clone()
    changed[is_masked(kept, 27)] += 100
    for ours, others in zip(network.view(embedded, kept), network.view(changed, kept), strict=True):
        torch.testing.assert_close(ours, others, rtol=0, atol=0)
    changed = embedded.clone()
    changed[:, kept[0, 0]] += 100
    assert not torch.allclose(
        network.view(changed, kept).frames, network.view(embedded, kept).frames
    )


def test_that_features_do_not_depend_on_the_rest_of_the_batch(network):
    batch = epochs(5)
    with torch.inference_mode():
        together = network.features(batch)
        alone = torch.cat([network.features(epoch[None]) for epoch in batch])
    torch.testing.assert_close(together, alone, atol=1e-5, rtol=1e-5)


def test_that_an_epoch_is_judged_by_those_before_it_alone(network):
    features = torch.randn(1, 6, 16)
    changed = features.clone()
    changed[:, 4:] = torch.randn(1, 2, 16)
    torch.testing.assert_close(network.judge(changed)[:, :4], network.judge(features)[:, :4])
    assert not torch.allclose(network.judge(changed)[:, 5], network.judge(features)[:, 5])


def test_that_pre_training_reaches_every_parameter_but_the_heads():
    torch.manual_seed(0)
    network = NeuroNet(SMALL.with_head("probe"))
    embedded = network.encoder.embed_frames(epochs(2))
    view = network.view(embedded, draw_kept(2, 27, 0.8))
    (view.frames.square().sum() + view.projected.square().sum()).backward()
    reached = {name for name, p in network.named_parameters() if p.grad is not None}
    moved = {name for name in reached if network.get_parameter(name).grad.abs().sum() > 0}
    every = {name for name, _ in network.named_parameters()}
    assert every - reached == {"head.linear.weight", "head.linear.bias"}
    # A bias before a batch normalisation changes nothing.
    assert reached - moved <= {"projector.0.bias"}


def test_that_the_network_stages_runs_apart_and_leaves_out_the_rest(network):
    night = epochs(17, 1).numpy()
    done: list[float] = []
    answer = network.predict(night, [(0, 8), (9, 17)], progress=done.append)
    probabilities = answer.probabilities["stages"]
    assert probabilities.shape == (17, 5)
    assert answer.features.shape == (17, 16)
    assert np.isnan(probabilities[8]).all()
    np.testing.assert_allclose(np.delete(probabilities, 8, axis=0).sum(axis=1), 1, rtol=1e-5)
    alone = network.predict(night[9:], [(0, 8)], progress=done.append)
    np.testing.assert_allclose(alone.probabilities["stages"], probabilities[9:], atol=1e-6)
    assert done[-1] == 1
    nothing = network.predict(night, [], progress=done.append)
    assert np.isnan(nothing.probabilities["stages"]).all()


def test_that_odd_input_is_refused(network):
    night = epochs(3, 1).numpy()
    with pytest.raises(ValueError, match=r"expected epochs \(n, 1, 3000\)"):
        network.predict(night[..., :500], [(0, 3)], progress=lambda _: None)
    night[1] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        network.predict(night, [(0, 3)], progress=lambda _: None)
    with pytest.raises(ValueError, match="training mode"):
        network.train().predict(night, [(0, 1)], progress=lambda _: None)
    with pytest.raises(ValueError, match="no head yet"):
        NeuroNet(SMALL).judge(torch.zeros(1, 1, 16))


def write(path: Path, network: NeuroNet) -> Path:
    description = Description(
        architecture="neuronet",
        name="NeuroNet",
        version="1",
        configuration=asdict(network.config),
        temperature=1.5,
    )
    files.write(path, description, weights.stored(network))
    return path


@pytest.mark.parametrize("head", ["none", "probe", "context"])
def test_that_a_version_comes_back_from_its_file(tmp_path, head):
    torch.manual_seed(0)
    network = StagingNeuroNet(SMALL.with_head(head)).eval()
    for parameter in network.parameters():
        parameter.data = parameter.data.half().float()  # as it is stored
    loaded = weights.load(write(tmp_path / "net.safetensors", network), "cpu")
    assert loaded.network.config == network.config
    assert [task.name for task in loaded.network.tasks] == ([] if head == "none" else ["stages"])
    assert loaded.network.spec.n_times == 3000
    assert not any(p.requires_grad for p in loaded.network.parameters())
    night = epochs(4, 1).numpy()
    ours = network.predict(night, [(0, 4)], progress=lambda _: None)
    theirs = loaded.network.predict(night, [(0, 4)], progress=lambda _: None)
    np.testing.assert_allclose(ours.features, theirs.features, atol=1e-6)
    if head != "none":
        cooler = ours.probabilities["stages"] ** (1 / 1.5)
        cooler /= cooler.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(theirs.probabilities["stages"], cooler, atol=1e-5)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"head": "context"}, "the tensor head"),
        ({"encoder": {"stem": 8}}, "lacks entries"),
        ({"d_decoder": 16}, "another shape"),
        ({"colour": "red"}, "not understood"),
        ({"head": "wooden"}, "not understood"),
    ],
)
def test_that_a_file_that_does_not_fit_its_description_is_refused(tmp_path, entries, said):
    network = NeuroNet(SMALL)
    description = Description(
        "neuronet", "NeuroNet", "1", configuration={**asdict(SMALL), **entries}
    )
    path = tmp_path / "net.safetensors"
    files.write(path, description, weights.stored(network))
    with pytest.raises(WeightsError, match=said):
        weights.load(path, "cpu")


def test_that_it_is_found_by_its_folder():
    assert "neuronet" in registry.names()


@pytest.mark.parametrize(
    "entries",
    [
        {"stem": 0},
        {"d_model": 20},
        {"widths": (1, 2, 3, 0)},
        {"hop_s": 0.0},
        {"frame_s": 31.0},
        {"frame_s": 1.0},
    ],
)
def test_that_an_encoder_out_of_range_is_refused(entries):
    with pytest.raises(ValueError, match=r"must be|multiple|does not hold|too short"):
        EncoderConfig(**entries)


@pytest.mark.parametrize(
    "entries", [{"band_hz": (0.5, 50.0)}, {"d_context": 0}, {"d_decoder": 12}, {"head": "x"}]
)
def test_that_a_configuration_out_of_range_is_refused(entries):
    with pytest.raises(ValueError, match=r"must be|multiple|below half|unknown"):
        NeuroNetConfig(**entries)
