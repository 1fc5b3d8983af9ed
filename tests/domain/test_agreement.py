import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.agreement import Agreement, confusion_matrix

stage_codes = st.integers(-1, 4)
scorings = st.lists(st.tuples(stage_codes, stage_codes), max_size=60)


def agreement_of(reference: list[int], other: list[int]) -> Agreement:
    return Agreement.from_confusion(
        confusion_matrix(np.array(reference, int), np.array(other, int))
    )


def test_that_pairs_are_counted_by_row_of_the_reference():
    confusion = confusion_matrix(np.array([0, 1, 1, 4]), np.array([0, 2, 1, 4]))
    expected = np.zeros((5, 5), int)
    expected[0, 0] = expected[1, 2] = expected[1, 1] = expected[4, 4] = 1
    np.testing.assert_array_equal(confusion, expected)


def test_that_epochs_unscored_in_either_are_left_out():
    assert agreement_of([-1, 0, 2, -1], [0, -1, 2, -1]).n_epochs == 1


def test_that_small_integer_types_do_not_overflow():
    codes = np.full(10, 4, dtype=np.int8)
    assert confusion_matrix(codes, codes)[4, 4] == 10


@pytest.mark.parametrize(
    ("reference", "other", "message"),
    [
        ([0, 1], [0], "shapes"),
        ([[0]], [[0]], "shapes"),
        ([5], [0], "-1 to 4"),
        ([0], [-2], "-1 to 4"),
    ],
)
def test_that_scorings_that_cannot_be_compared_are_refused(reference, other, message):
    with pytest.raises(ValueError, match=message):
        confusion_matrix(np.array(reference), np.array(other))


@pytest.mark.parametrize("wrong", [np.zeros((4, 4), int), -np.ones((5, 5), int)])
def test_that_what_is_no_confusion_matrix_is_refused(wrong):
    with pytest.raises(ValueError, match="confusion matrix"):
        Agreement.from_confusion(wrong)


def test_that_the_figures_are_those_of_a_worked_example():
    # 20 + 15 of 50 agree; by chance (25 * 30 + 25 * 20) / 50**2 = 0.5 would.
    confusion = np.zeros((5, 5), int)
    confusion[:2, :2] = [[20, 5], [10, 15]]
    agreement = Agreement.from_confusion(confusion)
    assert agreement.n_epochs == 50
    assert agreement.accuracy == pytest.approx(0.7)
    assert agreement.kappa == pytest.approx(0.4)
    assert agreement.f1_per_stage[:2] == pytest.approx([40 / 55, 30 / 45])
    assert np.isnan(agreement.f1_per_stage[2:]).all()
    assert agreement.macro_f1 == pytest.approx((40 / 55 + 30 / 45) / 2)


def test_that_a_stage_only_one_of_them_uses_has_an_f1_of_zero():
    agreement = agreement_of([0, 0, 0], [0, 0, 3])
    assert agreement.f1_per_stage[3] == 0
    assert agreement.macro_f1 == pytest.approx(0.8 / 2)


def test_that_nothing_in_common_is_not_a_number():
    agreement = agreement_of([], [])
    assert agreement.n_epochs == 0
    for figure in (agreement.accuracy, agreement.kappa, agreement.macro_f1):
        assert np.isnan(figure)


def test_that_kappa_is_not_defined_when_all_is_one_stage():
    agreement = agreement_of([2, 2], [2, 2])
    assert agreement.accuracy == 1
    assert np.isnan(agreement.kappa)


def test_that_the_counts_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        agreement_of([0], [0]).confusion[0, 0] = 7


@given(scorings)
def test_that_agreement_is_the_same_in_both_directions(pairs):
    reference, other = [a for a, _ in pairs], [b for _, b in pairs]
    there, back = agreement_of(reference, other), agreement_of(other, reference)
    np.testing.assert_equal(there.accuracy, back.accuracy)
    np.testing.assert_equal(there.kappa, back.kappa)
    np.testing.assert_array_equal(there.f1_per_stage, back.f1_per_stage)


@given(scorings)
def test_that_every_figure_is_in_its_range(pairs):
    agreement = agreement_of([a for a, _ in pairs], [b for _, b in pairs])
    assert np.isnan(agreement.accuracy) or 0 <= agreement.accuracy <= 1
    assert np.isnan(agreement.kappa) or -1 <= agreement.kappa <= 1
    assert np.isnan(agreement.macro_f1) or 0 <= agreement.macro_f1 <= 1
