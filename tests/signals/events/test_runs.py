import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.signals.events.runs import bridged, mask_runs


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
