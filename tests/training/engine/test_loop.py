import pytest

from training.engine.loop import learning_rate
from training.engine.progress import StepTimer


def test_that_the_rate_rises_to_its_peak_and_falls_to_zero():
    rates = [learning_rate(step, 100, 1e-3, 10) for step in range(100)]
    assert rates[0] == pytest.approx(1e-4)
    assert rates[9] == pytest.approx(1e-3)
    assert rates[10] == pytest.approx(1e-3)
    assert rates == sorted(rates[:10]) + sorted(rates[10:], reverse=True)
    assert rates[-1] < 1e-6


def test_that_a_run_that_is_all_warm_up_has_a_rate():
    assert learning_rate(3, 4, 1.0, 4) == 1.0


def test_that_nothing_remains_after_the_last_step():
    assert StepTimer(20, 50).eta_s(50) == 0
