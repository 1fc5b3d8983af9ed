from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model import files, weights
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.weights import save
from sleepscorer.io.feature_set import (
    FeatureNight,
    FeatureSet,
    read_feature_set,
    write_feature_set,
)
from sleepscorer.jobs.events import Done, JobEvent, NothingGained, StepDone, Validated
from training.__main__ import main
from training.corpora.partial_epochs import read_nights
from training.engine.config import OptimisationConfig, SelectionConfig
from training.mc2sleepnet.config import (
    LossConfig,
    SequenceStageConfig,
    TrainingConfig,
    read_config,
)
from training.mc2sleepnet.finetune import _balanced, finetune
from training.mc2sleepnet.replay import replay_set

N_EPOCHS = 40
CPU = torch.device("cpu")


class KilledError(Exception):
    pass


def night(name: str, part: str, *, subject: str = "", seed: int = 0) -> FeatureNight:
    """Stages that features tell, but for one epoch without a stage and one without features."""
    rng = np.random.default_rng(seed)
    stages = np.repeat(np.arange(5), N_EPOCHS // 5).astype(np.int8)
    features = rng.normal(0, 0.3, (N_EPOCHS, 2, 128)).astype(np.float32)
    features[np.arange(N_EPOCHS), :, stages] += 3
    stages[5] = -1
    stages[20], features[20] = -1, np.nan
    runs = ((0, 20), (21, N_EPOCHS))
    return FeatureNight(name, subject or name, part, features, stages, runs)


@pytest.fixture
def nights(start_path) -> FeatureSet:
    return FeatureSet(
        weights.load(start_path, "cpu").network.features_sha256,
        (night("a", "train"), night("b", "validation", seed=1), night("c", "test", seed=2)),
    )


@pytest.fixture
def quick(tiny_config) -> TrainingConfig:
    return TrainingConfig(
        name="Net",
        version="1-lab1",
        seed=1,
        network=tiny_config.network,
        checkpoint_every=5,
        optimisation=OptimisationConfig(schedule="constant"),
        loss=LossConfig(label_smoothing=0.0),
        selection=SelectionConfig("accuracy", validate_every=5),
        sequence=SequenceStageConfig(12, 4, warmup_steps=0, feature_noise=0.0, mask_ratio=0.0),
    )


def run(start, nights, config, out, *, replay=None, resume=False, report=lambda _: None) -> Path:
    model = weights.load(start, "cpu")
    return finetune(model, nights, replay, config, out, resume=resume, report=report)


@pytest.fixture
def start_path(tmp_path, tiny_config) -> Path:
    path = tmp_path / "start.safetensors"
    torch.manual_seed(0)
    save(
        path,
        MC2SleepNet(tiny_config.network),
        name="Net",
        version="1",
        training={"train_subjects": ["00"]},
    )
    return path


def test_that_it_learns_and_leaves_the_epoch_model_as_it_is(start_path, nights, quick, tmp_path):
    events: list[JobEvent] = []
    longer = replace(quick, sequence=replace(quick.sequence, steps=40))
    path = run(start_path, nights, longer, tmp_path / "out", report=events.append)
    validated = [event for event in events if isinstance(event, Validated)]
    assert [event.step for event in validated[:2]] == [0, 5]  # what it begins with is told, too
    assert validated[-1].accuracy > validated[0].accuracy + 0.2
    made = weights.load(path, "cpu")
    assert made.network.features_sha256 == nights.features_sha256
    assert made.sha256 != weights.load(start_path, "cpu").sha256
    assert isinstance(events[-1], Done)


def test_that_the_lineage_is_the_union(start_path, nights, quick, tmp_path):
    path = run(start_path, nights, quick, tmp_path / "out")
    known = files.read(path).description
    assert known.subjects == ("00", "a")
    assert known.ancestors[0].sha256 == files.read(start_path).sha256
    assert known.training["validation_subjects"] == ["b"]
    assert known.version == "1-lab1"


def test_that_a_start_that_can_t_get_better_stays(start_path, nights, quick, tmp_path):
    first = run(start_path, nights, quick, tmp_path / "first")
    shuffled = night("a", "train")
    shuffled.stages[shuffled.stages >= 0] = shuffled.stages[shuffled.stages >= 0][::-1]
    worse = FeatureSet(nights.features_sha256, (shuffled, *nights.nights[1:]))
    second = run(first, worse, quick, tmp_path / "second") or first
    before, after = (weights.load(path, "cpu").network for path in (first, second))
    held_out = nights.nights[2]
    said = [net.judge(held_out.features, held_out.runs) for net in (before, after)]
    stages = [np.nan_to_num(one.probabilities["stages"]).argmax(axis=1) for one in said]
    scored = held_out.stages >= 0
    right = [(one == held_out.stages)[scored].mean() for one in stages]
    assert right[1] >= right[0] - 0.1


def test_that_nothing_is_written_where_nothing_is_gained(start_path, nights, quick, tmp_path):
    (train, validation, _) = nights.nights
    upside_down = replace(train, stages=np.where(train.stages >= 0, 4 - train.stages, -1))
    # Whoever chooses says what the start says already, so that any step is a loss.
    said = weights.load(start_path, "cpu").network.judge(validation.features, validation.runs)
    own = np.nan_to_num(said.probabilities["stages"]).argmax(axis=1).astype(np.int8)
    own[validation.stages < 0] = -1
    hopeless = FeatureSet(nights.features_sha256, (upside_down, replace(validation, stages=own)))
    events: list[JobEvent] = []
    assert run(start_path, hopeless, quick, tmp_path / "out", report=events.append) is None
    assert events[-1] == NothingGained()
    assert not list((tmp_path / "out").glob("*.safetensors"))


@pytest.mark.parametrize("n_steps", [1, 7])
def test_that_a_killed_and_resumed_run_ends_like_one_that_was_not(
    start_path, nights, quick, tmp_path, n_steps
):
    whole = run(start_path, nights, quick, tmp_path / "whole")

    def dying(event: JobEvent) -> None:
        if isinstance(event, StepDone) and event.step > n_steps:
            raise KilledError

    with pytest.raises(KilledError):
        run(start_path, nights, quick, tmp_path / "parts", resume=True, report=dying)
    parts = run(start_path, nights, quick, tmp_path / "parts", resume=True)
    assert files.read(parts).sha256 == files.read(whole).sha256


def test_that_a_run_is_not_resumed_with_other_nights(start_path, nights, quick, tmp_path):
    run(start_path, nights, quick, tmp_path)
    other = FeatureSet(nights.features_sha256, (night("z", "train"), *nights.nights[1:]))
    with pytest.raises(Exception, match="other nights"):
        run(start_path, other, quick, tmp_path, resume=True)


def test_that_features_of_another_epoch_model_are_refused(start_path, nights, quick, tmp_path):
    other = FeatureSet("0" * 64, nights.nights)
    with pytest.raises(ValueError, match="not made by the epoch model of Net 1"):
        run(start_path, other, quick, tmp_path / "out")


def test_that_replayed_nights_are_half_of_what_is_drawn():
    own, replayed = [night("a", "train")], [night(str(number), "train") for number in range(6)]
    drawn = _balanced(own, replayed, CPU)
    assert len(drawn) == 12
    assert len(_balanced(replayed, own, CPU)) == 7


def test_that_kept_features_are_where_the_network_is():
    kept = _balanced([night("a", "train")], [night("r", "train")], torch.device("meta"))
    assert [one.features.device.type for one in kept] == ["meta", "meta"]


def test_that_the_replay_set_says_when_to_stop_where_the_laboratory_has_no_such_night(
    start_path, nights, quick, tmp_path
):
    alone = FeatureSet(nights.features_sha256, nights.nights[:1])
    with pytest.raises(ValueError, match="one to validate with"):
        run(start_path, alone, quick, tmp_path / "out")
    replay = FeatureSet(alone.features_sha256, nights.nights[1:], "Somebody 2000")
    path = run(start_path, alone, quick, tmp_path / "out", replay=replay)
    assert "Somebody 2000" in files.read(path).description.training["data"]


def test_that_the_command_line_fine_tunes_on_files(start_path, nights, tmp_path, capsys):
    write_feature_set(tmp_path / "f.h5", nights)
    config = tmp_path / "tiny.toml"
    config.write_text('name = ""\nversion = ""\nseed = 1\n[sequence]\nsteps = 40\nbatch_size = 4\n')
    arguments = [
        *("finetune", str(tmp_path / "f.h5"), "--start", str(start_path)),
        *("--version", "1-lab1", "--out", str(tmp_path / "out"), "--config", str(config)),
    ]
    assert main([*arguments, "--resume"]) == 0
    assert files.read(tmp_path / "out" / "mc2sleepnet-1-lab1.safetensors").description.name == "Net"


def test_that_a_replay_set_tells_training_from_tests(night_folder, start_path):
    model = weights.load(start_path, "cpu")
    made = replay_set(model, read_nights(night_folder), "Somebody 2000")
    assert [(one.name, one.part) for one in made.nights] == [
        ("SC4001", "validation"),
        ("SC4011", "test"),
        ("SC4021", "test"),
    ]
    assert made.features_sha256 == model.network.features_sha256
    assert made.nights[0].features.dtype == np.float16


def test_that_a_feature_set_comes_back_as_it_was_written(nights, tmp_path):
    write_feature_set(tmp_path / "f.h5", nights)
    back = read_feature_set(tmp_path / "f.h5")
    assert back.features_sha256 == nights.features_sha256
    for one, other in zip(back.nights, nights.nights, strict=True):
        assert (one.name, one.subject, one.part, one.runs) == (
            *(other.name, other.subject, other.part),
            other.runs,
        )
        np.testing.assert_array_equal(one.features, other.features)
        np.testing.assert_array_equal(one.stages, other.stages)


def test_that_the_window_knows_how_many_steps_there_are():
    from sleepscorer.loop.finetune import N_STEPS

    assert (
        read_config(
            Path(__file__).parents[3] / "training" / "configs" / "quick.toml"
        ).sequence.steps
        == N_STEPS
    )
