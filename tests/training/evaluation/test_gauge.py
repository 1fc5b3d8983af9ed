import json

import numpy as np
import pytest
import torch

from model import weights
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.weights import save
from model.weights import LoadedModel
from training.corpora.eegmat import AwakeSubject
from training.corpora.partial_epochs import read_nights
from training.data.equipment import Equipment
from training.data.nights import Night
from training.evaluation.alterations import as_it_is
from training.evaluation.evaluate import ScoredNight, score_nights
from training.evaluation.full_epochs import FullRecording
from training.evaluation.gauge import (
    Figures,
    heading,
    pool_groups,
    signal_of_recording,
    signals_of_awake,
    signals_of_nights,
    stage_signals,
    table_row,
    write_figures,
)

N_TIMES = 18_200  # six epochs and a rest


@pytest.fixture(scope="module")
def model(tmp_path_factory, tiny_config) -> LoadedModel:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "net.safetensors"
    summary = {"train_subjects": ["00"], "wake_subjects": ["02"]}
    save(path, MC2SleepNet(tiny_config.network), name="Net", version="0", training=summary)
    return weights.load(path, "cpu")


@pytest.fixture
def awake() -> list[AwakeSubject]:
    signal_uv = np.random.default_rng(0).normal(0, 10, N_TIMES).astype(np.float32)
    parts = (signal_uv, signal_uv[:7000])
    return [AwakeSubject(s, {"C3-A2": parts, "Pz-LE": parts}) for s in ("02", "03")]


def scored(stages: list[int], said: list[int], confidence: float = 1.0) -> ScoredNight:
    probabilities = np.where(np.eye(5)[said] == 1, confidence, (1 - confidence) / 4)
    return ScoredNight("00", probabilities, probabilities, np.array(stages))


def test_that_recall_and_precision_of_wake_are_told_apart():
    figures = Figures.of("inverted", "pseudo", [scored([0, 0, 0, 0, 2, 4], [0, 0, 0, 1, 0, 4])])
    assert figures.wake_recall == pytest.approx(3 / 4)
    assert figures.wake_precision == pytest.approx(3 / 4)
    never = Figures.of("inverted", "pseudo", [scored([0, 2], [2, 2])])
    assert never.wake_recall == 0
    assert np.isnan(never.wake_precision)
    assert never.summary()["wake_precision"] is None


def test_that_calibration_is_that_of_the_pooled_epochs():
    sure = Figures.of("inverted", "pseudo", [scored([0], [0], 0.9), scored([2], [0], 0.9)])
    assert sure.ece == pytest.approx(0.4)


def test_that_nights_are_staged_as_they_are_when_nothing_is_altered(model, night_folder):
    nights = [night for night in read_nights(night_folder) if night.subject != "00"]
    figures = pool_groups("-", stage_signals(model, signals_of_nights(nights), as_it_is))
    evaluated = score_nights(model, nights)
    assert [each.group for each in figures] == sorted(evaluated)
    for each in figures:
        said = np.concatenate([night.probabilities for night in evaluated[each.group]]).argmax(1)
        assert (
            each.agreement.confusion.sum(axis=0).tolist() == np.bincount(said, minlength=5).tolist()
        )


def test_that_of_each_subject_one_night_is_altered_in_one_kind(night_folder):
    nights = [night for night in read_nights(night_folder) if night.subject == "00"]
    assert [(signal.group, signal.is_altered) for signal in signals_of_nights(nights)] == [
        ("pseudo", True),
        ("mirrored", False),
        ("pseudo", False),
        ("mirrored", False),
    ]


def test_that_whole_nights_are_taken_as_they_are():
    epochs = np.random.default_rng(0).normal(0, 20, (4, 3000)).astype(np.float32)
    stages = np.zeros(4, dtype=np.int8)
    (signal,) = signals_of_nights([Night("a", "05", epochs, stages)])
    assert (signal.group, signal.is_altered) == ("full 30-s", True)
    np.testing.assert_array_equal(signal.signal_uv, epochs.reshape(-1))


def test_that_the_whole_epochs_of_people_awake_are_wake(model, awake):
    signals = list(signals_of_awake(model, awake, ["03"]))
    assert [signal.group for signal in signals] == ["wake C3-A2"] * 2 + ["wake Pz-LE"] * 2
    assert [len(signal.stages) for signal in signals] == [6, 2] * 2
    assert [signal.is_altered for signal in signals] == [True, True, False, False]
    figures = pool_groups("-", stage_signals(model, signals, as_it_is))
    assert [each.agreement.n_epochs for each in figures] == [8, 8]
    assert all(each.agreement.confusion[1:].sum() == 0 for each in figures)


def test_that_people_who_were_trained_on_are_refused(model, awake):
    with pytest.raises(ValueError, match="trained on awake subjects 02"):
        list(signals_of_awake(model, awake, ["02", "03"]))
    with pytest.raises(ValueError, match="no awake subjects 09"):
        list(signals_of_awake(model, awake, ["09"]))


@pytest.mark.parametrize(
    ("signal_uv", "sfreq", "message"),
    [
        (np.zeros(7680), 256.0, "night is sampled at 256 Hz"),
        (np.full(3000, np.nan), 100.0, "night has a gap"),
    ],
)
def test_that_a_recording_that_can_not_be_altered_is_refused(signal_uv, sfreq, message):
    epochs, stages = np.zeros((1, 3000), dtype=np.float32), np.zeros(1, dtype=np.int8)
    recording = FullRecording("night", signal_uv, sfreq, epochs, stages, ((0, 1),))
    with pytest.raises(ValueError, match=message):
        signal_of_recording(recording)


def test_that_an_alteration_reaches_the_network(model, awake):
    signals = list(signals_of_awake(model, awake, ["03"]))
    before = stage_signals(model, signals, as_it_is)
    after = stage_signals(model, signals, lambda s: (Equipment(gain=5).record(s), 100.0))
    for (_, first), (_, second) in zip(before, after, strict=True):
        assert not np.allclose(first.probabilities, second.probabilities)


def test_that_the_table_and_the_file_say_the_same(model, tmp_path):
    figures = [
        Figures.of("inverted", "pseudo", [scored([0, 2, 2], [0, 2, 1])]),
        Figures.of("inverted", "wake C3-A2", [scored([0, 0], [0, 3])]),
    ]
    assert heading(figures).split() == ["pseudo", "κ", "ECE", "W", "C3-A2"]
    cells = table_row(figures).split()
    assert (cells[0], cells[1], cells[-1]) == ("inverted", "66.7", "0.50")
    assert "recall of W 0.50" in figures[1].details()
    path = tmp_path / "gauges.json"
    write_figures(path, model, figures, figures[1:])
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["sha256"] == model.sha256
    assert content["as_recorded"][0]["accuracy"] == 0.6667
    assert [each["wake_recall"] for each in content["altered"]] == [0.5]
