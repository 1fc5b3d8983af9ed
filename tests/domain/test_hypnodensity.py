import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.stages import Stage

ROW = [0.1, 0.2, 0.4, 0.2, 0.1]
GAP = [np.nan] * 5


def hypnodensity(*rows: list[float]) -> Hypnodensity:
    probabilities = np.array(rows, np.float32).reshape(-1, 5)
    return Hypnodensity(probabilities, "Net 1", "ab" * 32, "Fpz-Cz")


def test_that_the_stage_is_the_most_probable_one():
    one = hypnodensity(ROW, [0.6, 0.1, 0.1, 0.1, 0.1])
    assert len(one) == 2
    assert (one.stage(0), one.stage(1)) == (Stage.N2, Stage.W)
    assert one.confidence(0) == pytest.approx(0.4)


def test_that_an_epoch_that_could_not_be_staged_has_no_stage_and_no_confidence():
    one = hypnodensity(GAP, ROW)
    assert one.stage(0) is Stage.UNSCORED
    assert np.isnan(one.confidence(0))


def test_that_a_hypnodensity_of_no_epochs_is_possible():
    assert len(hypnodensity()) == 0


def test_that_its_probabilities_can_not_be_changed():
    one = hypnodensity(ROW)
    with pytest.raises(ValueError, match="read-only"):
        one.probabilities[0, 0] = 1


@given(
    weights=hnp.arrays(
        np.float64, st.tuples(st.integers(1, 20), st.just(5)), elements=st.floats(0.01, 1)
    )
)
def test_that_every_distribution_is_accepted(weights):
    probabilities = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    one = Hypnodensity(probabilities, "Net 1", "", "")
    for epoch in range(len(one)):
        assert one.confidence(epoch) == probabilities[epoch, one.stage(epoch)]


@pytest.mark.parametrize("shape", [(5,), (3, 4), (3, 6), (2, 5, 1), ()])
def test_that_another_shape_is_refused(shape):
    with pytest.raises(ValueError, match="shape"):
        Hypnodensity(np.zeros(shape, np.float32), "", "", "")


@pytest.mark.parametrize(
    "row",
    [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [0.5, 0.5, 0.5, 0.0, 0.0],
        [-0.2, 0.6, 0.2, 0.2, 0.2],
        [1.2, -0.1, -0.1, 0.0, 0.0],
        [np.nan, 0.25, 0.25, 0.25, 0.25],
        [np.inf, 0.0, 0.0, 0.0, 0.0],
    ],
)
def test_that_a_row_that_is_no_distribution_is_refused_by_its_number(row):
    with pytest.raises(ValueError, match="row 1 is not a probability distribution"):
        hypnodensity(ROW, row, ROW)
