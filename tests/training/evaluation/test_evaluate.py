import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from model import weights
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.inference import predict
from model.mc2sleepnet.weights import save
from model.weights import LoadedModel
from training.corpora.partial_epochs import read_nights
from training.data.mosaic import bare_epochs
from training.data.nights import Night
from training.evaluation.calibration import expected_calibration_error
from training.evaluation.evaluate import (
    Evaluation,
    ScoredNight,
    evaluations,
    held_out_nights,
    score_night,
    score_nights,
)
from training.evaluation.intervals import accuracy_gain_by_subject


@pytest.fixture(scope="module")
def model(tmp_path_factory, tiny_config) -> LoadedModel:
    torch.manual_seed(0)
    network = MC2SleepNet(tiny_config.network)
    network.temperature = 0.5
    path = tmp_path_factory.mktemp("weights") / "net.safetensors"
    summary = {"train_subjects": ["00"], "test_subjects": ["02"]}
    save(path, network, name="Net", version="0", training=summary)
    return weights.load(path, "cpu")


def with_training(model: LoadedModel, training: dict[str, list[str]]) -> LoadedModel:
    return replace(model, description=replace(model.description, training=training))


def night_of(subject: str, stages: list[int], said: list[int]) -> ScoredNight:
    probabilities = np.eye(5)[said]
    return ScoredNight(subject, probabilities, probabilities, np.array(stages))


def test_that_partial_nights_are_scored_in_both_blind_kinds(model, night_folder):
    nights = held_out_nights(model, read_nights(night_folder), None)
    texts = [evaluation.text() for evaluation in evaluations(score_nights(model, nights))]
    for text, kind in zip(texts, ("pseudo", "mirrored"), strict=True):
        assert f"subjects 02, 1 nights, {kind} epochs made of 5-s pieces: 20 epochs" in text
        for figure in ("ACC", "macro-F1", "kappa", "F1  W", "ECE"):
            assert figure in text


def test_that_partial_nights_can_be_scored_as_epochs_of_five_seconds(model, night_folder):
    nights = held_out_nights(model, read_nights(night_folder), None)
    scored = score_nights(model, nights, ["bare"])
    assert bare_epochs(nights[0]).shape == (20, 500)
    assert scored["bare"][0].probabilities.shape == (20, 5)
    assert "bare epochs made of 5-s pieces" in evaluations(scored)[0].title


def test_that_whole_nights_are_scored_as_they_are(model):
    epochs = np.random.default_rng(0).normal(0, 20, (25, 3000)).astype(np.float32)
    stages = np.full(25, 2, dtype=np.int8)
    scored = score_nights(model, [Night("a", "05", epochs, stages)])
    assert list(scored) == ["full 30-s"]
    np.testing.assert_array_equal(
        scored["full 30-s"][0].probabilities, predict(model.network, epochs)
    )


def test_that_nights_are_pooled_and_unscored_epochs_left_out(model):
    rng = np.random.default_rng(0)
    epochs = rng.normal(0, 20, (25, 3000)).astype(np.float32)
    stages = rng.integers(-1, 5, 25)
    nights = [score_night(model, epochs[:n], stages[:n], "00") for n in (25, 9)]
    confusion = Evaluation.of("Two nights", nights).agreement.confusion
    np.testing.assert_array_equal(
        confusion.sum(axis=1),
        np.bincount(np.concatenate((stages, stages[:9])) + 1, minlength=6)[1:],
    )


def test_that_calibration_is_measured_with_and_without_temperature(model):
    epochs = np.random.default_rng(0).normal(0, 20, (25, 3000)).astype(np.float32)
    stages = np.full(25, 2)
    evaluation = Evaluation.of("Noise", [score_night(model, epochs, stages, "00")])
    calibrated = predict(model.network, epochs)
    assert evaluation.ece == pytest.approx(expected_calibration_error(calibrated, stages))
    uncalibrated = predict(at_temperature_one(model), epochs)
    expected = expected_calibration_error(uncalibrated, stages)
    assert evaluation.ece_uncalibrated == pytest.approx(expected, abs=1e-5)


def at_temperature_one(model: LoadedModel) -> MC2SleepNet:
    network = MC2SleepNet(model.network.config)
    network.load_state_dict(model.network.state_dict())
    return network.eval()


def test_that_a_night_of_another_subject_widens_the_interval():
    good = night_of("00", [0, 1, 2, 3, 4] * 4, [0, 1, 2, 3, 4] * 4)
    alike = Evaluation.of("Alike", [good, night_of("01", [0, 2], [0, 2])])
    bad = night_of("01", [0, 1, 2, 3, 4] * 4, [2] * 20)
    different = Evaluation.of("Different", [good, bad])
    assert alike.intervals["accuracy"].low == alike.intervals["accuracy"].high == 1
    assert different.intervals["accuracy"].low == pytest.approx(0.2)
    assert different.intervals["accuracy"].high == pytest.approx(1.0)
    assert "ACC 60.0 % [20.0, 100.0]" in different.text()


def test_that_a_gain_is_known_better_than_what_it_is_a_gain_over():
    truth = [0, 1, 2, 3, 4] * 4
    theirs = Evaluation.of(
        "Theirs", [night_of("00", truth, truth[:10] + [2] * 10), night_of("01", truth, [2] * 20)]
    )
    ours = Evaluation.of(
        "Ours",
        [night_of("00", truth, truth[:15] + [2] * 5), night_of("01", truth, truth[:5] + [2] * 15)],
    )
    assert theirs.intervals["accuracy"].high - theirs.intervals["accuracy"].low > 0.3
    gain = accuracy_gain_by_subject(ours.confusions, theirs.confusions)
    assert (gain.low, gain.high) == pytest.approx((0.2, 0.2))


def test_that_a_gain_needs_the_same_subjects():
    ours, theirs = ({subject: np.eye(5, dtype=int)} for subject in ("00", "01"))
    with pytest.raises(ValueError, match="same subjects"):
        accuracy_gain_by_subject(ours, theirs)


def test_that_one_subject_has_no_interval():
    nights = [night_of("00", [0, 2], [0, 2]), night_of("00", [3, 4], [3, 2])]
    evaluation = Evaluation.of("One", nights)
    assert evaluation.intervals is None
    assert "[" not in evaluation.text()
    assert json.loads(json.dumps(evaluation.summary()))["accuracy"] == 0.75


def test_that_weights_are_not_tested_on_what_they_were_trained_on(model, night_folder):
    with pytest.raises(ValueError, match="trained on subjects 00"):
        held_out_nights(model, read_nights(night_folder), ["00", "01"])


def test_that_weights_without_test_subjects_ask_for_some(model, night_folder):
    untested = with_training(model, {"train_subjects": ["00"], "test_subjects": []})
    with pytest.raises(ValueError, match="name some"):
        held_out_nights(untested, read_nights(night_folder), None)


def test_that_absent_subjects_are_reported(model, night_folder):
    with pytest.raises(ValueError, match="no nights of subjects 19"):
        held_out_nights(model, read_nights(night_folder), ["19"])
