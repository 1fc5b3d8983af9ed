import numpy as np
import pytest

from training.data.sequences import SequenceDrawer


def test_that_sequences_lie_inside_their_nights():
    lengths = [21, 30, 5, 100]
    drawer = SequenceDrawer([((0, n),) for n in lengths], 21, distinct_nights=False)
    drawn = drawer.draw(np.random.default_rng(0), 500)
    assert {night for night, _ in drawn} == {0, 1, 3}
    assert all(0 <= first <= lengths[night] - 21 for night, first in drawn)
    assert {first for night, first in drawn if night == 1} == set(range(10))


def test_that_every_sequence_is_as_likely():
    drawer = SequenceDrawer([((0, 21),), ((0, 30),)], 21, distinct_nights=False)
    nights = [night for night, _ in drawer.draw(np.random.default_rng(0), 11_000)]
    assert nights.count(0) == pytest.approx(1000, abs=100)


def test_that_a_batch_takes_each_night_once_while_there_are_enough():
    drawer = SequenceDrawer([((0, 25),)] * 8, 21, distinct_nights=True)
    rng = np.random.default_rng(0)
    for _ in range(20):
        assert len({night for night, _ in drawer.draw(rng, 8)}) == 8
    assert len(drawer.draw(rng, 9)) == 9


def test_that_nights_too_short_for_a_sequence_are_reported():
    with pytest.raises(ValueError, match="no night has 21 epochs"):
        SequenceDrawer([((0, 20),), ((0, 3),)], 21, distinct_nights=True)
