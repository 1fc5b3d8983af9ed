import numpy as np
import pytest

from sleepscorer.domain.legends import Position, is_coded, nearest_codes

LEGEND = {1.0: Position.SUPINE, 2.5: Position.LEFT}


def values(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32)


def test_that_values_are_the_codes_near_them_those_of_the_legend_first():
    codes = nearest_codes(values(0.95, 1.08, 2.45, 3.0, 3.4, np.nan), LEGEND)
    np.testing.assert_array_equal(codes, [1.0, 1.0, 2.5, 3.0, np.nan, np.nan])


@pytest.mark.parametrize(
    ("numbers", "unit", "expected"),
    [
        ((0, 1, 4), "", True),
        ((0.98, 2.02, 2.5), "", True),
        ((0, 1, 3.4), "V", False),
        ((0, 90, 180), "deg", False),
        ((0, 90, 180), "°", False),
        (range(40), "", False),
        ((), "", False),
    ],
)
def test_that_codes_are_told_from_angles_and_voltages(numbers, unit, expected):
    assert is_coded(values(*numbers), unit, LEGEND) is expected


def test_that_every_position_has_a_name():
    assert len({one.label for one in Position}) == len(Position)
