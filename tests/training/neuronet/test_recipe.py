"""NeuroNet is trained stage by stage, can be killed, and knows whose labels it saw."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model import files, weights
from model.neuronet import config as presets
from model.neuronet.architecture import StagingNeuroNet
from model.neuronet.config import NeuroNetConfig
from model.shared.frame_encoder import EncoderConfig
from sleepscorer.jobs.events import JobEvent, StepDone
from training.__main__ import main
from training.corpora.partial_epochs import read_nights
from training.data.config import EpochsConfig, SplitConfig
from training.data.splits import split_by_subject
from training.engine.checkpoints import CheckpointError
from training.engine.config import SelectionConfig
from training.engine.run import CHECKPOINT_NAME
from training.engine.start import read_start
from training.evaluation.evaluate import score_nights
from training.neuronet.config import (
    HeadStageConfig,
    NeuroNetTrainingConfig,
    UnimodalStageConfig,
    read_config,
)
from training.neuronet.head_stage import HeadStage, cache_training_nights, cache_validation_nights
from training.neuronet.nights import ScaledNights
from training.neuronet.recipe import train
from training.neuronet.unimodal_stage import UnimodalStage, evenly, nearest_stages

SMALL = NeuroNetConfig(
    encoder=EncoderConfig(
        stem=4, widths=(4, 4, 4, 4), gated=False, d_model=8, n_blocks=1, n_heads=2
    ),
    d_decoder=8,
    n_decoder_blocks=1,
    n_decoder_heads=2,
    d_projection=(8, 8),
    d_context=8,
    context_length=5,
)
PRETRAINING = UnimodalStageConfig(steps=3, batch_size=4, most_epochs=8)
HEAD = HeadStageConfig(steps=3, batch_size=4, feature_copies=2)
CONFIG = NeuroNetTrainingConfig(
    name="Net",
    version="0",
    seed=3,
    checkpoint_every=2,
    split=SplitConfig(validation_subjects=("01",), test_subjects=("02",)),
    epochs=EpochsConfig(sequence_kinds=("mosaic", "pseudo")),
    selection=SelectionConfig(validate_every=2),
    pretraining=PRETRAINING,
)
PROBE = replace(CONFIG, probe=HEAD)
CONTEXT = replace(CONFIG, context=replace(HEAD, unfrozen_mlp=True))


class KilledError(Exception):
    pass


def ignore(_event: JobEvent) -> None:
    pass


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setitem(presets.PRESETS, "tiny", SMALL)


@pytest.fixture(scope="module")
def split(night_folder):
    return split_by_subject(read_nights(night_folder), ["01"], ["02"])


def trained(split, config, out, *, resume=False, report=ignore, start=None) -> Path:
    return train(split, config, out, resume=resume, report=report, data="nights", start=start)


def sha256(path: Path) -> str:
    return files.read(path).sha256


@pytest.mark.parametrize(
    ("config", "stage"), [(PROBE, "pretrain"), (PROBE, "probe"), (CONTEXT, "context")]
)
def test_that_a_killed_and_resumed_run_ends_like_an_uninterrupted_one(
    split, tmp_path, config, stage
):
    whole = trained(split, config, tmp_path / "whole")

    def kill(event: JobEvent) -> None:
        if isinstance(event, StepDone) and (event.stage, event.step) == (stage, 3):
            raise KilledError

    with pytest.raises(KilledError):
        trained(split, config, tmp_path / "killed", report=kill)
    torch.manual_seed(99)  # nothing may depend on the state a new process starts with
    events: list[JobEvent] = []
    resumed = trained(split, config, tmp_path / "killed", resume=True, report=events.append)
    assert sha256(resumed) == sha256(whole)
    first = next(e for e in events if isinstance(e, StepDone) and e.loss is not None)
    assert (first.stage, first.step) == (stage, 3)
    with pytest.raises(CheckpointError, match="another configuration"):
        trained(split, replace(config, seed=4), tmp_path / "killed", resume=True)


def test_that_a_version_stages_nights_and_says_whose_it_saw(split, tmp_path):
    first = trained(split, CONFIG, tmp_path / "first")
    assert weights.load(first, "cpu").network.tasks == ()
    start = read_start(first, "neuronet")
    alone = replace(CONTEXT, pretraining=replace(PRETRAINING, steps=0), version="1")
    loaded = weights.load(trained(split, alone, tmp_path / "second", start=start), "cpu")
    assert loaded.training["test_subjects"] == ["02"]
    assert loaded.description.subjects == ("00",)
    assert [one.version for one in loaded.description.ancestors] == ["0"]
    assert loaded.network.spec.channels[0].band_hz == (0.3, 35.0)  # as the nights were prepared
    scored = score_nights(loaded, split.test)
    assert set(scored) == {"pseudo", "mirrored"}
    (night,) = scored["pseudo"]
    np.testing.assert_allclose(night.probabilities.sum(axis=1), 1, rtol=1e-5)
    cooler = night.uncalibrated ** (1 / loaded.temperature)
    cooler /= cooler.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(night.probabilities, cooler, atol=1e-5)
    # The context's encoder is the first's but for the part that the head's stage moves.
    encoder = loaded.network.encoder
    same = {
        name: torch.equal(tensor, start.network[f"encoder.{name}"])
        for name, tensor in encoder.state_dict().items()
    }
    assert {name for name, is_same in same.items() if not is_same} <= {
        f"blocks.0.mlp.{part}.{kind}" for part in ("fc1", "fc2") for kind in ("weight", "bias")
    }
    assert not all(same.values())


def test_that_pre_training_asks_for_nobodys_stages_but_to_choose_a_step(split, tmp_path):
    """With other stages the same steps are made; only which is kept may differ."""
    config = replace(CONFIG, selection=SelectionConfig(validate_every=100))
    ours = trained(split, config, tmp_path / "ours")
    shuffled = replace(
        split,
        train=tuple(replace(night, stages=night.stages[::-1].copy()) for night in split.train),
    )
    theirs = trained(shuffled, config, tmp_path / "theirs")
    assert sha256(ours) == sha256(theirs)


def small_network(head: str) -> StagingNeuroNet:
    torch.manual_seed(0)
    return StagingNeuroNet(SMALL.with_head(head))


def moved(network, step) -> set[str]:
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    step()
    return {
        name
        for name, tensor in network.state_dict().items()
        if not torch.equal(tensor, before[name])
    }


def test_that_pre_training_moves_all_but_the_head(split):
    network = small_network("probe")
    nights = ScaledNights(split.train, CONFIG.epochs)
    stage = UnimodalStage(
        network,
        nights.source("pseudo", 0),
        PRETRAINING,
        CONFIG.optimisation,
        CONFIG.selection,
        seed=0,
    )
    found = moved(network, lambda: stage.train_step(0))
    still = set(network.state_dict()) - found
    assert still == {"head.linear.weight", "head.linear.bias"}


@pytest.mark.parametrize(("config", "head"), [(PROBE, "probe"), (CONTEXT, "context")])
def test_that_a_head_learns_on_an_encoder_that_stands_still(split, config, head):
    network = small_network(head)
    training = ScaledNights(split.train, config.epochs)
    validation = ScaledNights(split.validation, config.epochs)
    cached = cache_training_nights(network, training, ("pseudo",), 1, 0, ignore)
    stage_config = config.probe if head == "probe" else config.context
    asked = cache_validation_nights(network, validation)
    stage = HeadStage(network, cached, asked, stage_config, config)
    found = moved(network, lambda: stage.train_step(0))
    learning = {name for name in network.state_dict() if name.startswith("head.")}
    if head == "context":
        learning |= {n for n in network.state_dict() if n.startswith("encoder.blocks.0.mlp.")}
    assert found == learning
    assert {name for name, p in network.named_parameters() if p.grad is not None} <= learning


def test_that_each_night_has_one_scale_whatever_its_epochs_are_made_of(split):
    nights = ScaledNights(split.train, CONFIG.epochs)
    validated = nights.validated(0)
    low, middle, high = np.percentile(validated, (25, 50, 75))
    assert (high - low, middle) == pytest.approx((1, 0), abs=1e-4)
    louder = replace(split.train[0], samples_uv=split.train[0].samples_uv[:] * 3)
    same = ScaledNights([louder], CONFIG.epochs).validated(0)
    np.testing.assert_allclose(same, validated, atol=1e-3)
    source = nights.source("pseudo", 0)
    source.start_pass(0)
    row = len(split.train[0].stages) + 3  # of the second night
    np.testing.assert_array_equal(source.read_rows(np.array([row]))[0], nights.validated(1)[3])


def test_that_an_epoch_is_staged_as_its_nearest_neighbours_are():
    torch.manual_seed(0)
    middles = 10 * torch.randn(5, 6)
    stages = torch.arange(5).repeat(20)
    known = middles[stages] + torch.randn(100, 6)
    said = nearest_stages(known, stages, middles, n_neighbours=5, n_principal=3)
    assert said.argmax(dim=1).tolist() == [0, 1, 2, 3, 4]
    torch.testing.assert_close(said.exp().sum(dim=1), torch.ones(5))
    assert evenly(10, 3).tolist() == [0, 4, 8]
    assert evenly(0, 3).tolist() == []


def test_that_a_run_without_validation_or_encoder_is_refused(split, tmp_path):
    with pytest.raises(ValueError, match="name validation subjects"):
        trained(replace(split, validation=()), CONFIG, tmp_path)
    alone = replace(PROBE, pretraining=replace(PRETRAINING, steps=0))
    with pytest.raises(ValueError, match="--start"):
        trained(split, alone, tmp_path)
    with pytest.raises(ValueError, match="one head"):
        replace(CONTEXT, probe=HEAD)
    with pytest.raises(ValueError, match="must have steps"):
        replace(CONFIG, pretraining=replace(PRETRAINING, steps=0))


def test_that_a_night_without_signal_is_named(split):
    silent = replace(split.train[0], samples_uv=np.zeros((20, 500), np.float32))
    with pytest.raises(ValueError, match="SC4001 has no signal"):
        ScaledNights([silent], CONFIG.epochs)


def test_that_the_command_trains_evaluates_and_goes_on(night_folder, tmp_path, capsys):
    path = tmp_path / "net.toml"
    path.write_text(
        """
name = "Net"
version = "0"
seed = 1
[split]
validation_subjects = ["01"]
test_subjects = ["02"]
[pretraining]
steps = 1
batch_size = 2
most_epochs = 8
[probe]
steps = 1
feature_copies = 1
"""
    )
    out = [tmp_path / name for name in ("out", "on", "other")]
    arguments = ["--data", str(night_folder), "--config", str(path)]
    assert main(["train", "neuronet", *arguments, "--out", str(out[0])]) == 0
    start = ["--start", str(out[0] / CHECKPOINT_NAME)]
    assert main(["train", "neuronet", *arguments, *start, "--out", str(out[1])]) == 0
    stored = out[1] / "neuronet-0.safetensors"
    assert main(["evaluate", "--weights", str(stored), "--data", str(night_folder)]) == 0
    assert "pseudo epochs" in capsys.readouterr().out
    other = ["--data", str(night_folder), "--start", str(stored), "--out", str(out[2])]
    assert main(["train", *other]) == 1
    assert "is Net 0, which is no mc2sleepnet" in capsys.readouterr().err


def test_that_a_version_for_other_signals_is_not_measured_on_these(split, tmp_path, monkeypatch):
    loaded = weights.load(trained(split, PROBE, tmp_path), "cpu")
    loaded.network.config = replace(loaded.network.config, band_hz=(0.5, 40.0))
    with pytest.raises(ValueError, match=r"sees \(0.5, 40.0\) Hz"):
        score_nights(loaded, split.test)


def test_that_every_configuration_that_is_shipped_can_be_read():
    folder = Path(read_config.__code__.co_filename).parents[1] / "configs"
    found = sorted(folder.glob("neuronet-*.toml"))
    assert found
    for path in found:
        assert read_config(path).name == "NeuroNet"
