from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model import files, weights
from model.files import Ancestor
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.inference import epoch_features
from model.mc2sleepnet.weights import network_of
from sleepscorer.jobs.events import Done, JobEvent, StepDone, StoppedEarly, Validated
from training.corpora.eegmat import read_awake_subjects
from training.corpora.partial_epochs import read_nights
from training.data.config import AlterationConfig
from training.data.mosaic import mirrored_epochs, pseudo_epochs
from training.data.nights import Night
from training.data.splits import split_by_subject
from training.data.training_epochs import TrainingEpochs
from training.engine.checkpoints import CheckpointError
from training.engine.randomness import Purpose
from training.engine.run import CHECKPOINT_NAME
from training.engine.start import mean_start, read_start
from training.mc2sleepnet.config import _FLAT, changed
from training.mc2sleepnet.epoch_stage import EpochStage, set_spectrogram_statistics
from training.mc2sleepnet.pretrain_stage import PretrainStage
from training.mc2sleepnet.recipe import train
from training.mc2sleepnet.sequence_stage import SequenceStage, cache_training_nights, class_weights


class KilledError(Exception):
    pass


def ignore(_event: JobEvent) -> None:
    pass


@pytest.fixture(scope="module")
def split(night_folder):
    return split_by_subject(read_nights(night_folder), ["01"], ["02"])


@pytest.fixture(scope="module")
def uninterrupted(split, tiny_config, tmp_path_factory) -> tuple[Path, list[JobEvent]]:
    events: list[JobEvent] = []
    out = tmp_path_factory.mktemp("uninterrupted")
    return train(split, tiny_config, out, resume=False, report=events.append), events


def losses(events: list[JobEvent]) -> list[float]:
    return [e.loss for e in events if isinstance(e, StepDone) and e.loss is not None]


def sha256(path: Path) -> str:
    return files.read(path).sha256


def test_that_a_run_is_reproduced(split, tiny_config, uninterrupted, tmp_path):
    path, events = uninterrupted
    again: list[JobEvent] = []
    repeated = train(split, tiny_config, tmp_path, resume=False, report=again.append)
    assert sha256(repeated) == sha256(path)
    assert losses(again) == losses(events)


@pytest.mark.parametrize("stage", ["epoch", "pretrain", "sequence"])
def test_that_a_killed_and_resumed_run_ends_like_an_uninterrupted_one(
    split, tiny_config, uninterrupted, tmp_path, stage
):
    def kill(event: JobEvent) -> None:
        if isinstance(event, StepDone) and (event.stage, event.step) == (stage, 3):
            raise KilledError

    with pytest.raises(KilledError):
        train(split, tiny_config, tmp_path, resume=False, report=kill)
    torch.manual_seed(99)  # nothing may depend on the state a new process starts with
    resumed: list[JobEvent] = []
    path = train(split, tiny_config, tmp_path, resume=True, report=resumed.append)
    assert sha256(path) == sha256(uninterrupted[0])
    first = next(e for e in resumed if isinstance(e, StepDone) and e.loss is not None)
    assert (first.stage, first.step) == (stage, 3)


def test_that_a_run_from_before_configurations_had_tables_is_resumed(
    split, tiny_config, uninterrupted, tmp_path
):
    def kill(event: JobEvent) -> None:
        if isinstance(event, StepDone) and (event.stage, event.step) == ("pretrain", 3):
            raise KilledError

    with pytest.raises(KilledError):
        train(split, tiny_config, tmp_path, resume=False, report=kill)
    content = torch.load(tmp_path / CHECKPOINT_NAME, weights_only=True)
    tables = content["run"]["config"]
    flat = {name: tables[table][entry] for name, (table, entry) in _FLAT.items()}
    rest = ("name", "version", "seed", "checkpoint_every", "network", "altered")
    content["run"]["config"] = flat | {name: tables[name] for name in rest}
    torch.save(content, tmp_path / CHECKPOINT_NAME)
    path = train(split, tiny_config, tmp_path, resume=True, report=ignore)
    assert sha256(path) == sha256(uninterrupted[0])


def test_that_a_finished_run_can_be_resumed_without_another_step(split, tiny_config, uninterrupted):
    before, resumed = sha256(uninterrupted[0]), []
    train(split, tiny_config, uninterrupted[0].parent, resume=True, report=resumed.append)
    assert sha256(uninterrupted[0]) == before
    assert not losses(resumed)


def test_that_progress_tells_stage_step_loss_and_remaining_time(uninterrupted):
    _, events = uninterrupted
    steps = [e for e in events if isinstance(e, StepDone) and e.loss is not None]
    assert [(e.stage, e.step, e.of) for e in steps] == [
        ("epoch", 3, 3),
        ("pretrain", 3, 3),
        ("sequence", 3, 3),
    ]
    assert steps[-1].eta_s == 0
    validations = [(e.stage, e.step) for e in events if isinstance(e, Validated)]
    assert validations == [
        ("pretrain", 2),
        ("pretrain", 3),
        ("sequence", 2),
        ("sequence", 3),
    ]
    assert isinstance(events[-1], Done)


def test_that_the_weights_say_what_they_were_trained_on(uninterrupted):
    model = weights.load(uninterrupted[0], "cpu")
    assert (model.name, model.version) == ("Net", "0")
    assert model.training["train_subjects"] == ["00"]
    assert model.training["validation_subjects"] == ["01"]
    assert model.training["test_subjects"] == ["02"]
    assert model.training["n_train_epochs"] == 40
    assert model.training["config"]["seed"] == 3
    assert model.temperature > 0


def test_that_altered_copies_are_trained_on_and_a_resumed_run_draws_the_same(
    split, tiny_config, wake_folder, tmp_path
):
    def kill(event: JobEvent) -> None:
        if isinstance(event, StepDone) and (event.stage, event.step) == ("epoch", 3):
            raise KilledError

    altered = AlterationConfig(held_out_wake_subjects=("01",), wake_derivations=("C3-A2",))
    config = changed(replace(tiny_config, altered=altered), pretraining={"steps": 0})
    awake = read_awake_subjects(wake_folder)
    events: list[JobEvent] = []
    path = train(split, config, tmp_path / "a", resume=False, report=events.append, awake=awake)
    model = weights.load(path, "cpu")
    assert model.training["wake_subjects"] == ["00"]
    (own, *_starts) = read_start(tmp_path / "a" / CHECKPOINT_NAME, "mc2sleepnet").ancestry
    assert own.subjects == model.description.subjects
    assert model.training["n_train_epochs"] == 40
    assert "Zyma et al. 2019" in model.training["data"]
    features = [e for e in events if isinstance(e, StepDone) and e.stage == "features"]
    assert features[-1].of == 2 * 2 * config.sequence.feature_copies  # two nights and their copies

    with pytest.raises(KilledError):
        train(split, config, tmp_path / "b", resume=False, report=kill, awake=awake)
    resumed = train(split, config, tmp_path / "b", resume=True, report=ignore, awake=awake)
    assert sha256(resumed) == sha256(path)


def test_that_altered_copies_without_wake_are_refused(split, tiny_config, tmp_path):
    config = replace(tiny_config, altered=AlterationConfig())
    with pytest.raises(ValueError, match="name a folder with --wake"):
        train(split, config, tmp_path, resume=False, report=ignore)


def test_that_a_version_remembers_everybody_whom_its_starts_saw(split, tiny_config, tmp_path):
    """Two laboratories and a first version: who was seen by any of them can test nothing."""
    config = changed(
        tiny_config, epoch={"steps": 1}, pretraining={"steps": 0}, sequence={"steps": 1}
    )
    (night, *_others) = split.train
    start = None
    for index, subject in enumerate(("x", "y", "z")):
        nights = (replace(night, name=subject, subject=subject),)
        out = tmp_path / subject
        run = replace(config, version=str(index))
        path = train(
            replace(split, train=nights), run, out, resume=False, report=ignore, start=start
        )
        start = read_start(out / CHECKPOINT_NAME, "mc2sleepnet")
    description = files.read(path).description
    assert description.own_subjects == ("z",)
    assert description.subjects == ("x", "y", "z")
    assert [ancestor.version for ancestor in description.ancestors] == ["1", "0"]
    assert description.ancestors[0] == Ancestor("Net", "1", "", ("y",))
    assert description.input_range.lowest_uv < description.input_range.usual_uv
    # Nobody need name the start again to go on.
    resumed = train(replace(split, train=nights), run, out, resume=True, report=ignore)
    assert files.read(resumed).description.subjects == ("x", "y", "z")


def test_that_training_can_begin_with_a_version_and_says_so(split, tiny_config, uninterrupted):
    model = weights.load(uninterrupted[0], "cpu")
    start = read_start(uninterrupted[0], "mc2sleepnet")
    (nearest, *_further) = start.ancestry
    assert nearest == Ancestor("Net", "0", model.sha256, model.description.own_subjects)
    torch.testing.assert_close(start.network, dict(network_of(model).state_dict()))
    MC2SleepNet(tiny_config.network).load_state_dict(start.network)


def test_that_a_share_of_the_start_stays_in_the_epoch_model_and_nothing_is_averaged_twice(
    split, tiny_config, uninterrupted, tmp_path, monkeypatch
):
    monkeypatch.setattr("training.mc2sleepnet.average_stage._STATISTICS_BATCHES", 2)

    def kill(event: JobEvent) -> None:
        if isinstance(event, StepDone) and event.stage == "sequence":
            raise KilledError

    start = read_start(uninterrupted[0], "mc2sleepnet")
    config = changed(
        tiny_config, pretraining={"steps": 0}, sequence={"steps": 1, "feature_copies": 1}
    )

    def epoch_model(config, name):
        path = train(split, config, tmp_path / name, resume=False, report=ignore, start=start)
        return dict(network_of(weights.load(path, "cpu")).epoch_model.state_dict())

    tuned = epoch_model(config, "tuned")
    half = epoch_model(changed(config, epoch={"start_share": 0.5}), "half")
    begun = MC2SleepNet(config.network)
    begun.load_state_dict(start.network)
    for name, values in begun.epoch_model.named_parameters():
        mean = (values.detach() + tuned[name]) / 2
        torch.testing.assert_close(half[name], mean, rtol=2e-3, atol=2e-3)  # kept as float16
    moved = [name for name in half if "running_mean" in name]
    assert any((half[name] - tuned[name]).abs().max() > 1e-4 for name in moved)

    config = changed(config, epoch={"start_share": 0.5})
    with pytest.raises(KilledError):
        train(split, config, tmp_path / "b", resume=False, report=kill, start=start)
    resumed = train(split, config, tmp_path / "b", resume=True, report=ignore, start=start)
    again = dict(network_of(weights.load(resumed, "cpu")).epoch_model.state_dict())
    torch.testing.assert_close(again, half)


def test_that_a_run_without_sequence_steps_keeps_the_sequence_level_it_began_with(
    split, tiny_config, uninterrupted, tmp_path
):
    start = read_start(uninterrupted[0], "mc2sleepnet")
    config = changed(tiny_config, pretraining={"steps": 0}, sequence={"steps": 0})
    path = train(split, config, tmp_path, resume=False, report=ignore, start=start)
    made = network_of(weights.load(path, "cpu")).state_dict()
    moved = {
        name.split(".")[0] for name in made if not torch.equal(made[name], start.network[name])
    }
    assert moved == {"epoch_model"}


def test_that_a_share_of_no_start_is_refused(split, tiny_config, tmp_path):
    config = changed(tiny_config, pretraining={"steps": 0}, epoch={"start_share": 0.5})
    with pytest.raises(ValueError, match="name it with --start"):
        train(split, config, tmp_path, resume=False, report=ignore)


def test_that_a_mean_whose_batch_normalisation_nothing_measures_is_refused(
    split, tiny_config, uninterrupted, tmp_path
):
    start = mean_start([read_start(uninterrupted[0], "mc2sleepnet")] * 2)
    config = changed(tiny_config, pretraining={"steps": 0}, epoch={"steps": 0})
    with pytest.raises(ValueError, match="set start_share = 1"):
        train(split, config, tmp_path, resume=False, report=ignore, start=start)
    measured = changed(config, epoch={"start_share": 1.0}, sequence={"steps": 0})
    path = train(split, measured, tmp_path, resume=False, report=ignore, start=start)
    made = network_of(weights.load(path, "cpu"))
    for name, values in made.named_parameters():
        torch.testing.assert_close(values, start.network[name], rtol=2e-3, atol=2e-3)


def test_that_a_checkpoint_that_does_not_say_whom_it_saw_is_no_start(uninterrupted, tmp_path):
    content = torch.load(uninterrupted[0].with_name(CHECKPOINT_NAME), weights_only=True)
    del content["ancestry"]
    torch.save(content, tmp_path / "old.pt")
    with pytest.raises(CheckpointError, match="does not say whose nights"):
        read_start(tmp_path / "old.pt", "mc2sleepnet")


def test_that_the_test_nights_have_no_influence(split, tiny_config, tmp_path):
    config = changed(
        tiny_config, epoch={"steps": 1}, pretraining={"steps": 1}, sequence={"steps": 1}
    )
    with_test = train(split, config, tmp_path / "with", resume=False, report=ignore)
    without = train(
        replace(split, test=()), config, tmp_path / "without", resume=False, report=ignore
    )
    assert sha256(with_test) == sha256(without)


def test_that_a_checkpoint_of_another_configuration_is_refused(split, tiny_config, uninterrupted):
    out = uninterrupted[0].parent
    with pytest.raises(CheckpointError, match="another configuration"):
        train(split, replace(tiny_config, seed=4), out, resume=True, report=ignore)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "is missing"),
        (b"", "is no checkpoint, or damaged"),
        (b"garbage", "is no checkpoint, or damaged"),
    ],
)
def test_that_a_checkpoint_that_cannot_be_read_is_named(
    split, tiny_config, tmp_path, content, said
):
    if content is not None:
        (tmp_path / CHECKPOINT_NAME).write_bytes(content)
    with pytest.raises(CheckpointError, match=rf"checkpoint\.pt {said}.*without --resume"):
        train(split, tiny_config, tmp_path, resume=True, report=ignore)


def test_that_a_run_without_validation_subjects_is_refused(split, tiny_config, tmp_path):
    with pytest.raises(ValueError, match="name validation subjects"):
        train(replace(split, validation=()), tiny_config, tmp_path, resume=False, report=ignore)


def test_that_a_stage_stops_when_validations_bring_nothing(split, tiny_config, tmp_path):
    # At a rate of zero every validation is like the first.
    config = changed(
        tiny_config,
        epoch={"steps": 1},
        pretraining={"steps": 0},
        sequence={"steps": 50, "learning_rate": 0.0},
        selection={"patience": 2},
    )
    events: list[JobEvent] = []
    train(split, config, tmp_path, resume=False, report=events.append)
    assert next(e.step for e in events if isinstance(e, StoppedEarly)) == 6


@pytest.mark.parametrize("augmentation", ["light", "one_of"])
def test_that_the_loss_falls_on_stages_that_are_easy_to_tell(split, tiny_config, augmentation):
    config = changed(
        tiny_config, epoch={"steps": 10, "batch_size": 12}, augmentation={"kind": augmentation}
    )
    torch.manual_seed(0)
    network = MC2SleepNet(config.network)
    set_spectrogram_statistics(network, split.train, config)
    stage = EpochStage(network, split.train, config)
    losses = [stage.train_step(step) for step in range(config.epoch.steps)]
    assert np.mean(losses[-3:]) < 0.8 * np.mean(losses[:3])


def test_that_epochs_of_any_length_train_the_backbones(split, tiny_config):
    config = changed(tiny_config, epoch={"piece_counts": (1, 2, 6)})
    stage = EpochStage(MC2SleepNet(config.network), split.train, config)
    assert all(np.isfinite(stage.train_step(step)) for step in range(3))


def test_that_spectrogram_statistics_normalise_the_training_epochs(split, tiny_config):
    network = MC2SleepNet(tiny_config.network)
    set_spectrogram_statistics(network, split.train, tiny_config)
    epochs = TrainingEpochs(split.train, tiny_config.epochs, 3, Purpose.EPOCH_STAGE_NIGHT)
    epochs.start_pass(0)
    signal = torch.from_numpy(epochs.read_rows(np.arange(len(epochs))))
    frames = network.epoch_model.normalised_spectrogram(signal)
    torch.testing.assert_close(frames.mean(dim=(0, 1)), torch.zeros(129), atol=1e-3, rtol=0)
    torch.testing.assert_close(frames.std(dim=(0, 1)), torch.ones(129), atol=1e-3, rtol=0)


def test_that_pre_training_reaches_every_part_of_the_network(split, tiny_config):
    network = MC2SleepNet(tiny_config.network)
    stage = PretrainStage(network, split.train, split.validation, tiny_config)
    stage.train_step(0)
    without = [name for name, p in network.named_parameters() if p.grad is None]
    assert without == []


def test_that_both_losses_can_be_left_out(split, tiny_config):
    config = changed(tiny_config, pretraining={"contrastive_weight": 0.0, "mask_ratio": 0.0})
    network = MC2SleepNet(config.network)
    PretrainStage(network, split.train, split.validation, config).train_step(0)
    assert network.signal_projection.weight.grad is None
    assert network.sequence_model.mask_token.grad is None


def test_that_the_sequence_stage_leaves_the_epoch_model_alone(split, tiny_config):
    network = MC2SleepNet(tiny_config.network)
    before = {key: value.clone() for key, value in network.epoch_model.state_dict().items()}
    training = cache_training_nights(network, split.train, tiny_config, report=ignore)
    stage = SequenceStage(network, training, training, tiny_config)
    stage.train_step(0)
    for key, value in network.epoch_model.state_dict().items():
        assert torch.equal(value, before[key]), key


def test_that_the_sequence_model_is_the_average_of_what_was_learnt(split, tiny_config):
    def parameters_after(n_steps, averaging):
        config = changed(tiny_config, sequence={"averaging": averaging})
        torch.manual_seed(0)
        network = MC2SleepNet(config.network)
        cached = cache_training_nights(network, split.train, config, report=ignore)
        stage = SequenceStage(network, cached, cached, config)
        for step in range(n_steps):
            stage.train_step(step)
        return torch.cat([value.flatten() for value in network.sequence_model.parameters()])

    before, first, second = (parameters_after(n, 0.0) for n in range(3))
    assert not torch.equal(first, second)
    average = 0.1 * before + 0.9 * first  # the first steps are followed more closely
    torch.testing.assert_close(parameters_after(1, 0.99), average)
    average = 2 / 11 * average + 9 / 11 * second
    torch.testing.assert_close(parameters_after(2, 0.99), average)
    average = 0.05 * (0.05 * before + 0.95 * first) + 0.95 * second
    torch.testing.assert_close(parameters_after(2, 0.05), average)


def test_that_a_run_is_not_resumed_on_other_nights(split, tiny_config, tmp_path):
    train(split, tiny_config, tmp_path, resume=False, report=ignore)
    fewer = replace(split, train=split.train[:1])
    with pytest.raises(CheckpointError, match="other nights"):
        train(fewer, tiny_config, tmp_path, resume=True, report=ignore)


@pytest.mark.parametrize("stage", ["epoch", "sequence"])
def test_that_something_must_train_each_level(split, tiny_config, tmp_path, stage):
    config = changed(tiny_config, pretraining={"steps": 0}, **{stage: {"steps": 0}})
    with pytest.raises(ValueError, match="name a network to begin with"):
        train(split, config, tmp_path, resume=False, report=ignore)


def test_that_unscored_epochs_have_no_part_in_the_statistics(split, tiny_config):
    night = split.train[0]
    pieces = np.random.default_rng(0).normal(0, 20, (20, 3000)).astype(np.float32)
    pieces[10:] = 0
    whole = Night("whole", night.subject, pieces, np.repeat([2, -1], 10).astype(np.int8))
    scored = replace(whole, samples_uv=pieces[:10], stages=whole.stages[:10])
    statistics = []
    for nights in ([whole], [scored]):
        network = MC2SleepNet(tiny_config.network)
        set_spectrogram_statistics(network, nights, tiny_config)
        statistics.append(network.epoch_model.spectrogram_mean)
    torch.testing.assert_close(*statistics)


def test_that_the_class_balance_changes_the_loss(split, tiny_config):
    losses = []
    for balance in (0.0, 1.0):
        config = changed(tiny_config, sequence={"class_balance": balance})
        torch.manual_seed(0)
        network = MC2SleepNet(config.network)
        cached = cache_training_nights(network, split.train, config, report=ignore)
        uneven = [replace(night, stages=night.stages.clamp(max=1)) for night in cached]
        losses.append(SequenceStage(network, uneven, uneven, config).train_step(0))
    assert losses[0] != pytest.approx(losses[1], rel=1e-4)


def test_that_pretraining_takes_the_kinds_in_turn(split, tiny_config):
    def first_losses(kinds):
        config = changed(tiny_config, epochs={"sequence_kinds": kinds})
        torch.manual_seed(0)
        stage = PretrainStage(MC2SleepNet(config.network), split.train, split.validation, config)
        return [stage.train_step(step) for step in range(2)]

    mirrored, both = first_losses(("mirrored",)), first_losses(("mirrored", "pseudo"))
    assert both[0] == mirrored[0]
    assert both[1] != mirrored[1]


def test_that_the_versions_of_a_night_are_of_each_kind_in_turn(split, tiny_config):
    kinds = ("mirrored", "mosaic", "pseudo")
    config = changed(
        tiny_config,
        epochs={"sequence_kinds": kinds},
        sequence={"feature_copies": 4, "feature_augmentation": False},
    )
    network = MC2SleepNet(tiny_config.network).eval()
    n_nights = len(split.train)
    cached = cache_training_nights(network, split.train, config, report=ignore)
    first = [cached[version * n_nights].features for version in range(4)]
    night = split.train[0]
    torch.testing.assert_close(first[0], epoch_features(network, mirrored_epochs(night)))
    torch.testing.assert_close(first[2], epoch_features(network, pseudo_epochs(night)))
    torch.testing.assert_close(first[3], first[0])
    assert not torch.allclose(first[1], first[0], atol=1e-3)


def test_that_rare_stages_weigh_more_in_the_sequence_stage():
    stages = torch.tensor([0] * 16 + [1] * 4 + [-1] * 5)
    torch.testing.assert_close(class_weights(stages, 5, 0.0), torch.ones(5))
    balanced = class_weights(stages, 5, 1.0)
    assert balanced[1] == pytest.approx(4 * balanced[0])
    assert (16 * balanced[0] + 4 * balanced[1]) / 20 == pytest.approx(1)


@pytest.mark.parametrize("stage", [EpochStage, PretrainStage])
def test_that_mixed_precision_comes_close_to_full_precision(split, tiny_config, stage):
    losses = []
    for precision in ("float32", "bfloat16"):
        config = changed(tiny_config, optimisation={"precision": precision})
        torch.manual_seed(0)
        network = MC2SleepNet(config.network)
        sets = (split.train, split.validation) if stage is PretrainStage else (split.train,)
        losses.append(stage(network, *sets, config).train_step(0))
    assert losses[0] == pytest.approx(losses[1], rel=0.03)
    assert losses[0] != losses[1]
