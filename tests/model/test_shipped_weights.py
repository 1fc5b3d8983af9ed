"""The weights that ship: complete, small enough, and able to stage real sleep."""

import json

import edfio
import numpy as np
import pytest

from model import weights
from model.files import newest
from model.mc2sleepnet.inference import predict
from model.mc2sleepnet.preprocessing import cut_epochs, prepare_signal
from model.weights import LoadedModel
from resources import WEIGHTS_FOLDER

STAGE_NAMES = ("W", "N1", "N2", "N3", "R")


WEIGHTS_PATH = newest(WEIGHTS_FOLDER)


@pytest.fixture(scope="module")
def shipped() -> LoadedModel:
    return weights.load(WEIGHTS_PATH, "cpu")


def test_that_the_shipped_weights_are_the_described_network(shipped):
    n_parameters = sum(parameter.numel() for parameter in shipped.network.parameters())
    assert n_parameters == 5_764_380
    named = WEIGHTS_PATH.stem.rpartition("-")[2]
    assert (shipped.name, shipped.version) == ("MC²SleepNet", named)


def test_that_the_weights_file_stays_under_16_mebibytes():
    assert WEIGHTS_PATH.stat().st_size < 16 * 2**20


def test_that_the_card_is_about_this_file(shipped):
    card = WEIGHTS_PATH.with_name("MODEL_CARD.md").read_text(encoding="utf-8")
    assert shipped.sha256 in card
    assert "not a medical device" in card.lower()


def test_that_no_subject_was_trained_on_and_tested_on(shipped):
    groups = [shipped.training[f"{part}_subjects"] for part in ("train", "validation", "test")]
    subjects = [subject for group in groups for subject in group]
    assert len(subjects) == len(set(subjects)) == 16
    json.dumps(shipped.training)


def test_that_a_real_recording_is_staged_far_better_than_by_chance(shipped, sleepscorer_data):
    folder = sleepscorer_data / "continuous"
    signal = edfio.read_edf(folder / "dynamo-segment1.edf").signals[0]
    epochs = cut_epochs(prepare_signal(signal.data, signal.sampling_frequency))
    lines = (folder / "dynamo-segment1-stages.txt").read_text(encoding="utf-8").split()
    stages = np.array([STAGE_NAMES.index(line) for line in lines])
    probabilities = predict(shipped.network, epochs)
    accuracy = (probabilities.argmax(axis=1) == stages).mean()
    assert accuracy > 0.75  # always N2 would be right in 57 %
