import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.signals.events.runs import bridged, filtered, filtered_by_hours, mask_runs


@pytest.mark.parametrize(
    ("longest", "expected"),
    [(0, [(0, 2), (3, 4), (7, 8)]), (1, [(0, 4), (7, 8)]), (2, [(0, 4), (7, 8)]), (3, [(0, 8)])],
)
def test_that_runs_are_joined_over_as_many_samples_as_that(longest, expected):
    mask = np.array([1, 1, 0, 1, 0, 0, 0, 1], bool)
    assert list(zip(*bridged(*mask_runs(mask), longest), strict=True)) == expected


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 10))
def test_that_what_is_joined_is_what_filling_short_gaps_gives(mask, longest):
    filled = np.array(mask, bool)
    firsts, stops = mask_runs(filled)
    for stop, first in zip(stops[:-1], firsts[1:], strict=True):
        if first - stop <= longest:
            filled[stop:first] = True
    joined = bridged(firsts, stops, longest)
    assert [one.tolist() for one in joined] == [one.tolist() for one in mask_runs(filled)]


@pytest.mark.parametrize("band_hz", [(10.0, 100.0), (0.3, 30.0)])
def test_that_hour_by_hour_a_signal_is_filtered_as_in_one_go(band_hz):
    rng = np.random.default_rng(5)
    values = (50 * rng.standard_normal(round(2.3 * 3600 * 64)) + 300).astype(np.float32)
    whole = filtered(values, 64.0, *band_hz)
    by_hours = filtered_by_hours(values, 64.0, *band_hz)
    np.testing.assert_allclose(by_hours, whole, atol=0.5)
    assert np.abs(by_hours - whole)[100_000:130_000].max() < 1e-3  # far from where it is cut
