import numpy as np
import pytest
import torch

from model import weights
from model.inference import predict
from model.mc2sleepnet import MC2SleepNet
from model.weights import LoadedModel
from training.calibration import expected_calibration_error
from training.evaluate import evaluate_nights, evaluate_partial_nights, held_out_subjects
from training.partial_epochs import read_nights


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> LoadedModel:
    torch.manual_seed(0)
    network = MC2SleepNet()
    network.temperature = 0.5
    path = tmp_path_factory.mktemp("weights") / "net.safetensors"
    summary = {"train_subjects": ["00"], "config": {"test_subjects": ["02"]}}
    weights.save(path, network, name="Net", version="0", training=summary)
    return weights.load(path, "cpu")


@pytest.mark.parametrize("kind", ["pseudo", "mirrored"])
def test_that_the_text_names_subjects_and_kind_of_epochs(model, night_folder, kind):
    nights = held_out_subjects(model, read_nights(night_folder), None)
    text = evaluate_partial_nights(model, nights, kind).text()
    assert "subjects 02, 1 nights" in text
    assert f"{kind} epochs made of 5-s pieces: 60 epochs" in text
    for figure in ("ACC", "macro-F1", "kappa", "F1  W", "ECE"):
        assert figure in text


def test_that_nights_are_pooled_and_unscored_epochs_left_out(model):
    rng = np.random.default_rng(0)
    epochs = rng.normal(0, 20, (25, 3000)).astype(np.float32)
    stages = rng.integers(-1, 5, 25)
    evaluation = evaluate_nights(model, [(epochs, stages), (epochs[:3], stages[:3])], "Two nights")
    confusion = evaluation.agreement.confusion
    np.testing.assert_array_equal(
        confusion.sum(axis=1),
        np.bincount(np.concatenate((stages, stages[:3])) + 1, minlength=6)[1:],
    )


def test_that_calibration_is_measured_with_and_without_temperature(model):
    epochs = np.random.default_rng(0).normal(0, 20, (25, 3000)).astype(np.float32)
    stages = np.full(25, 2)
    evaluation = evaluate_nights(model, [(epochs, stages)], "Noise")
    calibrated = predict(model.network, epochs)
    assert evaluation.ece == pytest.approx(expected_calibration_error(calibrated, stages))
    network = weights_at_temperature_one(model)
    uncalibrated = predict(network, epochs)
    expected = expected_calibration_error(uncalibrated, stages)
    assert evaluation.ece_uncalibrated == pytest.approx(expected, abs=1e-5)


def weights_at_temperature_one(model: LoadedModel) -> MC2SleepNet:
    network = MC2SleepNet(model.config)
    network.load_state_dict(model.network.state_dict())
    return network.eval()


def test_that_weights_are_not_tested_on_what_they_were_trained_on(model, night_folder):
    with pytest.raises(ValueError, match="trained on subjects 00"):
        held_out_subjects(model, read_nights(night_folder), ["00", "01"])


def test_that_absent_subjects_are_reported(model, night_folder):
    with pytest.raises(ValueError, match="no nights of subjects 19"):
        held_out_subjects(model, read_nights(night_folder), ["19"])
