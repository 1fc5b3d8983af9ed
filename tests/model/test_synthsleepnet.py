from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from model import files, registry, weights
from model.files import Description, WeightsError
from model.network import ROLES
from model.shared.frame_encoder import EncoderConfig
from model.shared.mamba import Mamba2
from model.shared.transformer import draw_kept
from model.synthsleepnet.architecture import ScoringSynthSleepNet, input_spec
from model.synthsleepnet.config import (
    CHANNELS,
    PAPER,
    TINY,
    ChannelConfig,
    LoraConfig,
    SynthSleepNetConfig,
)
from model.synthsleepnet.network import SynthSleepNet

SMALL = SynthSleepNetConfig(
    encoder=EncoderConfig(
        stem=4, widths=(4, 4, 4, 4), gated=False, d_model=16, n_blocks=2, n_heads=2
    ),
    d_model=16,
    n_blocks=2,
    n_heads=2,
    d_decoder=8,
    n_decoder_blocks=1,
    n_decoder_heads=2,
    d_projection=(8, 8),
    tasks=("stages", "apnea", "hypopnea"),
    head="context",
    d_probe=8,
    context_length=5,
    d_head=8,
)
N_CHANNELS = len(CHANNELS)


def epochs(n: int, missing: tuple[int, ...] = ()) -> torch.Tensor:
    found = torch.randn(n, N_CHANNELS, 3000, generator=torch.Generator().manual_seed(1))
    found[:, list(missing)] = torch.nan
    return found


def n_parameters(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def outline(config: SynthSleepNetConfig) -> SynthSleepNet:
    with torch.device("meta"):
        return SynthSleepNet(config)


def kept_of(n: int) -> torch.Tensor:
    return draw_kept(n * N_CHANNELS, 27, 0.4).unflatten(0, (n, N_CHANNELS))


@pytest.fixture
def network() -> ScoringSynthSleepNet:
    torch.manual_seed(0)
    network = ScoringSynthSleepNet(SMALL).eval()
    for name, parameter in network.named_parameters():
        if ".up." in name:  # adapters begin at nothing: give them something to say
            nn.init.normal_(parameter, std=0.1)
    return network


def test_that_the_paper_has_its_numbers_of_parameters():
    network = outline(PAPER.with_head("context"))
    assert set(network.encoders) == {"EEG", "EOG", "ECG", "EMG"}  # one for each modality
    assert all(n_parameters(encoder) == 66_843_968 for encoder in network.encoders.values())
    assert len(network.adapters) == 6  # one for each channel
    assert all(n_parameters(one.blocks) == 4 * 4 * (768 + 768) for one in network.adapters)
    assert all(
        n_parameters(one.tuning) == 4 * (6656 + 3328) + 4 * (3328 + 3328)
        for one in network.adapters
    )
    assert n_parameters(network.blocks) + n_parameters(network.norm) == 12_610_560
    assert all(n_parameters(one.blocks) == 2_369_280 for one in network.decoders)
    assert [tuple(one.channel.shape) for one in network.embeddings] == [(27, 512)] * 6
    head = network.heads["stages"]
    assert n_parameters(head.context) == 1_603_792
    assert n_parameters(head.classify) == 199_429
    assert n_parameters(network.tuning) == 2 * 4 * (512 + 2048)
    lora = network.adapters[0].blocks["0"]["proj"]
    assert (lora.scale, lora.down.out_features, lora.dropout.p) == (8, 4, 0.05)
    assert network.tuning["fc1"].scale == 4


def test_that_the_tiny_one_has_its_number_of_parameters():
    network = outline(TINY)
    assert all(n_parameters(encoder) == 4_267_136 for encoder in network.encoders.values())
    # All but the encoders is small.
    assert n_parameters(network) - 4 * 4_267_136 < 2_000_000


def test_that_it_asks_for_what_the_publication_looks_at():
    spec = input_spec(PAPER)
    assert {channel.role for channel in spec.channels} <= set(ROLES)
    assert [channel.is_optional for channel in spec.channels] == [False] + [True] * 5
    assert all(channel.is_scaled for channel in spec.channels)
    bands = {channel.role: channel.band_hz for channel in spec.channels}
    assert (bands["EEG C4"], bands["ECG"], bands["EMG chin"]) == ((0.5, 40), (3, 30), (25, 49))
    assert spec.n_times == 3000


@pytest.mark.parametrize("config", [SMALL, replace(TINY, head="probe")], ids=["small", "tiny"])
def test_that_shapes_are_those_that_are_said(config):
    network = SynthSleepNet(config).eval()
    with torch.inference_mode():
        tokens, is_there = network.encode(epochs(2))
        assert tokens.shape == (2, 6, 28, config.encoder.d_model)
        assert is_there.all()
        fusion = network.pretrain(tokens, is_there, kept_of(2))
        assert fusion.guessed.shape == (2, 6, 27, config.encoder.d_model)
        assert fusion.projected.shape == (2, config.d_projection[1])
        assert fusion.projected_channels.shape == (2, 6, config.d_projection[1])
        features = network.features(epochs(2))
        assert features.shape == (2, config.d_model)
        for task, logits in network.judge(features[None]).items():
            assert logits.shape == (1, 2, 5 if task == "stages" else 2)


def test_that_channels_of_a_modality_share_an_encoder_and_differ_by_their_adapters(network):
    same = epochs(1)
    same[:, 1] = same[:, 0]
    tokens, _ = network.encode(same)
    assert not torch.allclose(tokens[:, 0], tokens[:, 1])
    with torch.no_grad():
        for ours, theirs in zip(
            network.adapters[0].parameters(), network.adapters[1].parameters(), strict=True
        ):
            theirs.copy_(ours)
    tokens, _ = network.encode(same)
    torch.testing.assert_close(tokens[:, 0], tokens[:, 1])


def test_that_frames_that_are_masked_are_not_seen(network):
    """Their own tokens know their neighbours, as published: it is the fusion that sees none."""
    torch.manual_seed(0)
    tokens, is_there = network.encode(epochs(2))
    kept = kept_of(2)
    changed = tokens.clone()
    for epoch in range(2):
        for channel in range(N_CHANNELS):
            masked = [1 + f for f in range(27) if f not in kept[epoch, channel].tolist()]
            changed[epoch, channel, masked] += 100
    ours, others = (network.pretrain(one, is_there, kept) for one in (tokens, changed))
    torch.testing.assert_close(ours.guessed, others.guessed, rtol=0, atol=0)
    torch.testing.assert_close(ours.projected, others.projected, rtol=0, atol=0)


def test_that_each_decoder_gets_its_own_channels_tokens(network):
    """The released code cuts overlapping pieces, one place off, out of the fused tokens."""
    seen = []
    for decoder in network.decoders:
        decoder.register_forward_hook(lambda _module, args, _output: seen.append(args))
    fused = torch.randn(2, N_CHANNELS, 16, 16)
    network.fuse = lambda embedded, is_there: fused
    kept = kept_of(2)
    tokens, is_there = network.encode(epochs(2))
    network.pretrain(tokens, is_there, kept)
    for index, (given, places) in enumerate(seen):
        assert torch.equal(given, fused[:, index])
        assert torch.equal(places, kept[:, index])


@pytest.mark.parametrize("missing", [(4, 5), (1, 2, 3, 4, 5)])
def test_that_what_is_missing_is_left_out_as_if_it_had_never_been(network, missing):
    config = replace(SMALL, channels=tuple(c for i, c in enumerate(CHANNELS) if i not in missing))
    smaller = SynthSleepNet(config).eval()
    there = [index for index in range(N_CHANNELS) if index not in missing]
    for name in ("adapters", "embeddings", "decoders", "channel_projectors"):
        for own, index in enumerate(there):
            state = getattr(network, name)[index].state_dict()
            getattr(smaller, name)[own].load_state_dict(state)
    for name in ("blocks", "norm", "projector", "tuning", "heads"):
        getattr(smaller, name).load_state_dict(getattr(network, name).state_dict())
    for modality in smaller.encoders:
        smaller.encoders[modality].load_state_dict(network.encoders[modality].state_dict())
    with torch.inference_mode():
        torch.testing.assert_close(
            network.features(epochs(3, missing)), smaller.features(epochs(3)[:, there])
        )


def test_that_one_epoch_without_a_channel_changes_no_other(network):
    whole, one = epochs(4), epochs(4)
    one[2, 3:] = torch.nan
    with torch.inference_mode():
        ours, others = network.features(whole), network.features(one)
    same = [0, 1, 3]
    torch.testing.assert_close(ours[same], others[same])
    assert not torch.allclose(ours[2], others[2])
    assert torch.isfinite(others).all()


def test_that_a_head_knows_the_past_alone_and_its_mamba_adds_to_the_epoch(network):
    torch.manual_seed(0)
    features = torch.randn(1, 5, 16)
    changed = features.clone()
    changed[:, 3:] = torch.randn(1, 2, 16)
    for task, logits in network.judge(features).items():
        others = network.judge(changed)[task]
        torch.testing.assert_close(logits[:, :3], others[:, :3])
    assert isinstance(network.heads["apnea"].context, Mamba2)
    head = network.heads["apnea"]
    nn.init.zeros_(head.context.out_proj.weight)  # what remains is the epoch itself
    alone = head.classify(head.norm(features[0]))[None]
    torch.testing.assert_close(head(features), alone)


def moving(network: SynthSleepNet, loss: torch.Tensor) -> set[str]:
    network.zero_grad()
    loss.backward()
    return {
        name
        for name, p in network.named_parameters()
        if p.grad is not None and p.grad.abs().sum() > 0
    }


def test_that_the_gradient_of_pre_training_reaches_all_but_what_is_not_used(network):
    network.train()
    tokens, is_there = network.encode(epochs(3))
    fusion = network.pretrain(tokens, is_there, kept_of(3))
    loss = fusion.guessed.square().sum() + (
        fusion.projected.square().sum() + fusion.projected_channels.square().sum()
    )
    every = {name for name, _ in network.named_parameters()}
    still = every - moving(network, loss)
    # A bias before a batch normalisation changes nothing.
    useless = {name for name in still if name.endswith((".widen.bias", "projector.0.bias"))}
    useless |= {f"channel_projectors.{index}.0.bias" for index in range(N_CHANNELS)}
    assert {name for name in still - useless if not name.startswith("heads.")} == set()
    assert {name for name in every if name.startswith("heads.")} <= still


def test_that_the_gradient_of_fine_tuning_reaches_the_heads_and_their_adapters(network):
    network.train()
    features = network.features(epochs(4)).unflatten(0, (2, 2))
    loss = sum(logits.square().sum() for logits in network.judge(features).values())
    found = moving(network, loss)
    assert {name for name, _ in network.named_parameters() if ".tuning." in name} <= found
    assert {"tuning.fc1.up.weight", "tuning.fc2.down.weight"} <= found
    # A sequence of two epochs has no use for the convolution's first steps, but some for all else.
    heads = {n for n, _ in network.named_parameters() if n.startswith("heads.")}
    useless = {n for n in heads if n.endswith(("classify.0.bias", "classify.4.bias"))}
    assert heads - found <= useless
    assert not any(name.startswith(("decoders", "projector", "channel_proj")) for name in found)


def test_that_all_tasks_are_answered_run_by_run(network):
    night = epochs(13, missing=(2,)).numpy()
    night[4, 5] = np.nan
    done: list[float] = []
    answer = network.predict(night, [(0, 6), (7, 13)], progress=done.append)
    assert set(answer.probabilities) == {"stages", "apnea", "hypopnea"}
    assert [task.name for task in network.tasks] == ["stages", "apnea", "hypopnea"]
    for task, probabilities in answer.probabilities.items():
        assert probabilities.shape == (13, 5 if task == "stages" else 2)
        assert np.isnan(probabilities[6]).all()
        rest = np.delete(probabilities, 6, axis=0)
        np.testing.assert_allclose(rest.sum(axis=1), 1, rtol=1e-5)
    alone = network.predict(night[7:], [(0, 6)], progress=done.append)
    np.testing.assert_allclose(
        alone.probabilities["apnea"], answer.probabilities["apnea"][7:], atol=1e-6
    )
    assert done[-1] == 1


def test_that_odd_input_is_refused(network):
    night = epochs(2).numpy()
    for channel, times in ((0, slice(None)), (3, slice(5, 9))):
        odd = night.copy()
        odd[1, channel, times] = np.nan
        with pytest.raises(ValueError, match="epoch 1 holds values"):
            network.predict(odd, [(0, 2)], progress=lambda _: None)
        network.predict(odd, [(0, 1)], progress=lambda _: None)  # outside the runs it is nothing
    with pytest.raises(ValueError, match=r"expected epochs \(n, 6, 3000\)"):
        network.predict(night[:, :1], [(0, 2)], progress=lambda _: None)
    with pytest.raises(ValueError, match="training mode"):
        network.train().predict(night, [(0, 2)], progress=lambda _: None)


def write(path: Path, network: SynthSleepNet, **entries) -> Path:
    configuration = {**asdict(network.config), **entries}
    description = Description("synthsleepnet", "SynthSleepNet", "1", configuration)
    files.write(path, description, weights.stored(network))
    return path


@pytest.mark.parametrize("head", ["none", "probe", "context"])
def test_that_a_version_comes_back_from_its_file(tmp_path, head):
    torch.manual_seed(0)
    network = ScoringSynthSleepNet(SMALL.with_head(head, ("apnea", "stages"))).eval()
    for parameter in network.parameters():
        parameter.data = parameter.data.half().float()  # as it is stored
    loaded = weights.load(write(tmp_path / "net.safetensors", network), "cpu").network
    assert loaded.config == network.config
    assert [task.name for task in loaded.tasks] == ([] if head == "none" else ["apnea", "stages"])
    assert not any(p.requires_grad for p in loaded.parameters())
    night = epochs(3).numpy()
    ours, theirs = (
        one.predict(night, [(0, 3)], progress=lambda _: None) for one in (network, loaded)
    )
    np.testing.assert_allclose(ours.features, theirs.features, atol=1e-6)
    for task in loaded.tasks:
        np.testing.assert_allclose(
            ours.probabilities[task.name], theirs.probabilities[task.name], atol=1e-6
        )


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"tasks": ["stages"]}, "missing or too many"),
        ({"d_decoder": 16}, "another shape"),
        ({"tasks": ["dreams"]}, "not understood"),
        ({"n_blocks": 10**6}, "more layers"),
    ],
)
def test_that_a_file_that_does_not_fit_its_description_is_refused(tmp_path, entries, said):
    path = write(tmp_path / "net.safetensors", SynthSleepNet(SMALL), **entries)
    with pytest.raises(WeightsError, match=said):
        weights.load(path, "cpu")


def test_that_it_is_found_by_its_folder():
    assert "synthsleepnet" in registry.names()


@pytest.mark.parametrize(
    "make",
    [
        lambda: replace(SMALL, channels=()),
        lambda: replace(SMALL, channels=CHANNELS[:1] * 2),
        lambda: replace(SMALL, tasks=()),
        lambda: replace(SMALL, head="x"),
        lambda: replace(SMALL, d_model=15),
        lambda: replace(SMALL, context_length=0),
        lambda: replace(SMALL, dropout=1.0),
        lambda: ChannelConfig("EEG", "MEG", (1.0, 2.0), 3.0),
        lambda: LoraConfig(rank=0),
    ],
)
def test_that_a_configuration_out_of_range_is_refused(make):
    with pytest.raises(ValueError, match=r"must be|multiple|unknown"):
        make()
