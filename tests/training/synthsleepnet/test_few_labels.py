import numpy as np
import pytest

from model.synthsleepnet.architecture import input_spec
from model.synthsleepnet.config import TINY
from training.__main__ import main
from training.synthsleepnet.few_labels import Arm, Plan, gain, simulated_nights


def arm(name: str, strength: float, n_subjects: int = 6) -> Arm:
    pairs = {}
    for subject in range(n_subjects):
        rng = np.random.default_rng(subject)
        answers = (rng.random(200) < 0.2).astype(np.int8)
        yes = 1 / (1 + np.exp(2 - strength * answers - rng.normal(0, 1, 200)))
        pairs[str(subject)] = (yes.astype(np.float32), answers)
    return Arm(name, 2, pairs)


def test_that_nights_are_prepared_as_recordings_are_and_nobody_is_in_two_sets():
    plan = Plan(n_unlabelled=1, n_validation=1, n_test=2, labelled=(1, 2), n_epochs=60)
    split = simulated_nights(plan, input_spec(TINY))
    nights = (*split.unlabelled, *split.labelled, *split.validation, *split.test)
    parts = (split.unlabelled, split.labelled, split.validation, split.test)
    assert [len(part) for part in parts] == [1, 2, 1, 2]
    assert len({night.subject for night in nights}) == 6
    for night in nights:
        assert night.epochs.shape == (60, 6, 3000)
        assert np.isfinite(night.epochs[:, 0]).all()
    assert any((night.targets["apnea"] == 1).any() for night in nights)
    again = simulated_nights(plan, input_spec(TINY))
    np.testing.assert_array_equal(again.test[0].epochs, split.test[0].epochs)


def test_that_a_gain_is_told_with_its_interval_over_the_same_persons():
    better, worse = arm("better", 2.0), arm("worse", 0.5)
    value, interval = gain(better, worse)
    assert interval.low < value < interval.high
    assert interval.low > 0
    nothing, around = gain(better, better)
    assert (nothing, around.low, around.high) == (0, 0, 0)
    text = better.text()
    assert text.startswith("2 scored, better: f1")
    assert all(word in text for word in ("kappa", "auroc", "auprc", "prevalence"))


def test_that_a_single_person_tested_is_refused(tmp_path, capsys):
    assert main(["few-labels", "--out", str(tmp_path), "--test", "1"]) == 1
    assert "intervals rest on persons" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["few-labels"])
