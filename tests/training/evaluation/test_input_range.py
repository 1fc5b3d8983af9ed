import numpy as np
import pytest

from training.data.nights import Night
from training.evaluation.input_range import known_range


def night(name: str, *deviations_uv: float, unscored: int = 0) -> Night:
    wave = np.sqrt(2) * np.sin(2 * np.pi * 2 * np.arange(3000) / 100)
    samples_uv = np.outer(deviations_uv, wave).astype(np.float32)
    stages = np.full(len(deviations_uv), 2, np.int8)
    stages[:unscored] = -1
    return Night(name, name, samples_uv, stages)


def test_that_the_range_spans_what_nights_are_like_with_a_margin():
    # The limits of weights 4 had been set by hand from nights of 9 to 29 µV: 4, 16 and 60.
    known = known_range([night("a", 5, 9, 200), night("b", 29, 29, 29), night("c", 20)])
    assert (known.lowest_uv, known.highest_uv) == (4.5, 58.0)
    assert known.usual_uv == pytest.approx(16.16, abs=0.01)
    assert known.least_sfreq == 40


def test_that_what_nobody_scored_does_not_count():
    known = known_range([night("a", 1000, 1000, 10, unscored=2), night("b", 500, unscored=1)])
    assert (known.lowest_uv, known.highest_uv) == (5.0, 20.0)


def test_that_nothing_is_known_of_flat_nights():
    assert known_range([night("a", 0.0)]) is None
