import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from model import weights
from model.mc2sleepnet import MC2SleepNet
from training.checkpoints import CheckpointError
from training.config import TrainingConfig
from training.epoch_stage import EpochStage
from training.partial_epochs import read_nights, split_by_subject
from training.recipe import CHECKPOINT_NAME, train
from training.sequence_stage import SequenceStage, cache_training_nights

TINY = TrainingConfig(
    name="Net",
    version="0",
    seed=3,
    validation_subjects=("01",),
    test_subjects=("02",),
    blind_share=0.2,
    epoch_steps=5,
    epoch_batch_size=16,
    epoch_warmup_steps=1,
    feature_copies=1,
    sequence_steps=6,
    sequence_batch_size=4,
    sequence_warmup_steps=1,
    validate_every=2,
    checkpoint_every=2,
)


class KilledError(Exception):
    pass


@pytest.fixture(scope="module")
def split(night_folder):
    return split_by_subject(read_nights(night_folder), ["01"], ["02"])


@pytest.fixture(scope="module")
def uninterrupted(split, tmp_path_factory) -> tuple[Path, list[dict[str, Any]]]:
    events: list[dict[str, Any]] = []
    out = tmp_path_factory.mktemp("uninterrupted")
    return train(split, TINY, out, resume=False, report=events.append), events


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_that_a_run_is_reproduced(split, uninterrupted, tmp_path):
    path, events = uninterrupted
    again: list[dict[str, Any]] = []
    assert sha256(train(split, TINY, tmp_path, resume=False, report=again.append)) == sha256(path)
    assert [e.get("loss") for e in again] == [e.get("loss") for e in events]


@pytest.mark.parametrize(("stage", "step"), [("epoch", 5), ("sequence", 5)])
def test_that_a_killed_and_resumed_run_ends_like_an_uninterrupted_one(
    split, uninterrupted, tmp_path, stage, step
):
    def kill(event: dict[str, Any]) -> None:
        if event.get("stage") == stage and event.get("step") == step:
            raise KilledError

    with pytest.raises(KilledError):
        train(split, TINY, tmp_path, resume=False, report=kill)
    torch.manual_seed(99)  # nothing may depend on the state a new process starts with
    resumed: list[dict[str, Any]] = []
    path = train(split, TINY, tmp_path, resume=True, report=resumed.append)
    assert sha256(path) == sha256(uninterrupted[0])
    first = next(event for event in resumed if event["event"] == "step" and "loss" in event)
    assert (first["stage"], first["step"]) == (stage, 5)


def test_that_progress_tells_stage_step_loss_and_remaining_time(uninterrupted):
    _, events = uninterrupted
    steps = [event for event in events if event["event"] == "step" and "loss" in event]
    assert [(e["stage"], e["step"], e["of"]) for e in steps] == [
        ("epoch", 5, 5),
        ("sequence", 5, 6),
        ("sequence", 6, 6),
    ]
    assert steps[-1]["eta_s"] == 0
    assert [e["step"] for e in events if e["event"] == "validation"] == [2, 4, 6]
    assert events[-1]["event"] == "done"
    json.dumps(events)


def test_that_the_weights_say_what_they_were_trained_on(uninterrupted):
    model = weights.load(uninterrupted[0], "cpu")
    assert (model.name, model.version) == ("Net", "0")
    assert model.training["train_subjects"] == ["00"]
    assert model.training["n_train_epochs"] == 120
    assert model.training["config"]["test_subjects"] == ["02"]
    assert model.temperature > 0


def test_that_the_test_nights_have_no_influence(split, uninterrupted, tmp_path):
    path = train(replace(split, test=()), TINY, tmp_path, resume=False, report=lambda _: None)
    assert sha256(path) == sha256(uninterrupted[0])


def test_that_a_checkpoint_of_another_configuration_is_refused(split, uninterrupted):
    out = uninterrupted[0].parent
    with pytest.raises(CheckpointError, match="another configuration"):
        train(split, replace(TINY, seed=4), out, resume=True, report=lambda _: None)


@pytest.mark.parametrize("content", [None, b"", b"garbage"])
def test_that_a_checkpoint_that_cannot_be_read_is_named(split, tmp_path, content):
    if content is not None:
        (tmp_path / CHECKPOINT_NAME).write_bytes(content)
    with pytest.raises(CheckpointError, match=r"checkpoint\.pt can't be read"):
        train(split, TINY, tmp_path, resume=True, report=lambda _: None)


def test_that_the_loss_falls_on_stages_that_are_easy_to_tell(split):
    config = replace(TINY, epoch_steps=10, epoch_batch_size=24)
    stage = EpochStage(MC2SleepNet(), split.train, config)
    stage.set_spectrogram_statistics()
    losses = [stage.train_step(step) for step in range(config.epoch_steps)]
    assert np.mean(losses[-3:]) < 0.8 * np.mean(losses[:3])


def test_that_spectrogram_statistics_normalise_the_training_epochs(split):
    network = MC2SleepNet()
    stage = EpochStage(network, split.train, TINY)
    stage.set_spectrogram_statistics()
    frames = network.epoch_model.normalised_spectrogram(stage._epochs)
    torch.testing.assert_close(frames.mean(dim=(0, 1)), torch.zeros(129), atol=1e-3, rtol=0)
    torch.testing.assert_close(frames.std(dim=(0, 1)), torch.ones(129), atol=1e-3, rtol=0)


def test_that_the_sequence_stage_leaves_the_epoch_model_alone(split):
    network = MC2SleepNet()
    before = {key: value.clone() for key, value in network.epoch_model.state_dict().items()}
    training = cache_training_nights(network, split.train, TINY, report=lambda _: None)
    stage = SequenceStage(network, training, training, TINY)
    stage.train_step(0)
    for key, value in network.epoch_model.state_dict().items():
        assert torch.equal(value, before[key]), key
