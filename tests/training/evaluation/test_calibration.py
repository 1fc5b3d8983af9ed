import numpy as np
import pytest

from training.evaluation.calibration import expected_calibration_error, fit_temperature


def overconfident(factor: float) -> tuple[np.ndarray, np.ndarray]:
    """Log-probabilities that are `factor` times too large for the stages drawn from them."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, (20_000, 5))
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    uniform = rng.random((20_000, 1))
    stages = (probabilities.cumsum(axis=1) < uniform).sum(axis=1).clip(max=4)
    return logits * factor, stages


def softmax(logits: np.ndarray) -> np.ndarray:
    return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.5])
def test_that_the_temperature_undoes_wrong_confidence(factor):
    log_probabilities, stages = overconfident(factor)
    assert fit_temperature(log_probabilities, stages) == pytest.approx(factor, rel=0.04)


def test_that_the_calibration_error_falls_to_that_of_sampling():
    log_probabilities, stages = overconfident(2.5)
    assert expected_calibration_error(softmax(log_probabilities), stages) > 0.1
    assert expected_calibration_error(softmax(log_probabilities / 2.5), stages) < 0.015


def test_that_the_calibration_error_is_that_of_a_worked_example():
    probabilities = np.array([[1.0, 0, 0, 0, 0]] * 4)
    assert expected_calibration_error(probabilities, np.array([0, 0, 0, 1])) == 0.25
