import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sleepscorer.signals.envelope import envelope

curves = hnp.arrays(
    np.float32,
    st.integers(0, 400),
    elements=st.floats(-1000, 1000, width=32) | st.just(np.float32(np.nan)),
)


def times(values: np.ndarray) -> np.ndarray:
    return 100 + np.arange(values.size) / 50


@given(values=curves, n_columns=st.integers(1, 100))
def test_that_there_are_never_more_than_two_points_a_column_nor_more_than_given(values, n_columns):
    times_s, reduced = envelope(times(values), values, n_columns)
    assert times_s.shape == reduced.shape
    assert reduced.size <= min(2 * n_columns, values.size)


@given(values=curves, n_columns=st.integers(1, 100))
def test_that_the_extremes_are_kept_at_their_place(values, n_columns):
    times_s, reduced = envelope(times(values), values, n_columns)
    assert (np.diff(times_s) >= 0).all()
    if not np.isnan(values).any() and values.size:
        assert reduced.min() == values.min()
        assert reduced.max() == values.max()
        column_s = -(-values.size // n_columns) / 50
        for find in (np.argmin, np.argmax):
            places = times_s[reduced == values[find(values)]]
            assert np.abs(places - times(values)[find(values)]).min() <= column_s


@given(values=curves, n_columns=st.integers(1, 100))
def test_that_gaps_are_kept_and_none_is_made(values, n_columns):
    _, reduced = envelope(times(values), values, n_columns)
    assert np.isnan(reduced).any() == np.isnan(values).any()
    if np.isnan(values).all():
        assert np.isnan(reduced).all()


@pytest.mark.parametrize("n_times", [0, 1, 2, 399, 400])
def test_that_a_curve_with_few_points_stays_as_it_is(n_times):
    values = np.arange(n_times, dtype=np.float32)
    times_s, reduced = envelope(times(values), values, 200)
    assert reduced is values
    np.testing.assert_array_equal(times_s, times(values))


def test_that_each_column_becomes_its_lowest_and_its_highest_point():
    values = np.array([1, 5, 2, 3, 9, -1, 0, 0, 0, 7], np.float32)
    times_s, reduced = envelope(np.arange(10.0), values, 3)
    np.testing.assert_array_equal(reduced, [1, 5, -1, 9, 0, 7])
    np.testing.assert_array_equal(times_s, [0, 2, 4, 6, 8, 9])
    assert reduced.dtype == np.float32


def test_that_a_gap_spoils_only_its_own_column():
    values = np.zeros(30, np.float32)
    values[12] = np.nan
    _, reduced = envelope(np.arange(30.0), values, 6)
    np.testing.assert_array_equal(np.isnan(reduced).reshape(6, 2).any(axis=1), np.arange(6) == 2)


@given(
    values=hnp.arrays(
        np.float32,
        st.tuples(st.integers(1, 4), st.integers(0, 200)),
        elements=st.floats(-1000, 1000, width=32) | st.just(np.float32(np.nan)),
    ),
    n_columns=st.integers(1, 100),
)
def test_that_curves_are_reduced_together_as_each_by_itself(values, n_columns):
    times_s, reduced = envelope(times(values[0]), values, n_columns)
    for row, curve in zip(reduced, values, strict=True):
        own_times_s, own = envelope(times(curve), curve, n_columns)
        np.testing.assert_array_equal(row, own)
        np.testing.assert_array_equal(times_s, own_times_s)
