import numpy as np
import pytest

from sleepscorer.domain.similarity import FeatureSpace


def two_kinds(n_epochs: int = 40) -> np.ndarray:
    """Features of epochs of two kinds that take turns, shape (n_epochs, 2, 8)."""
    rng = np.random.default_rng(0)
    kinds = rng.standard_normal((2, 2, 8))
    return kinds[np.arange(n_epochs) % 2] + 0.1 * rng.standard_normal((n_epochs, 2, 8))


def epochs_of(nearest) -> list[int]:
    return [similar.epoch for similar in nearest]


def test_that_the_nearest_epochs_are_of_the_same_kind():
    space = FeatureSpace.of(two_kinds())
    for epoch in (0, 7):
        nearest = space.nearest(epoch)
        assert len(nearest) == 10
        assert {similar.epoch % 2 for similar in nearest} == {epoch % 2}


def test_that_the_most_similar_comes_first_and_the_epoch_itself_never():
    space = FeatureSpace.of(two_kinds())
    nearest = space.nearest(3, n_nearest=100)
    similarities = [similar.similarity for similar in nearest]
    assert similarities == sorted(similarities, reverse=True)
    assert sorted([3, *epochs_of(nearest)]) == list(range(40))
    assert -1.001 <= similarities[-1] <= similarities[0] <= 1.001


def test_that_a_feature_of_large_numbers_does_not_decide_alone():
    features = two_kinds()
    features[:, 0, 0] = 1e4 * np.random.default_rng(1).standard_normal(40)
    nearest = FeatureSpace.of(features).nearest(0)
    assert sum(similar.epoch % 2 for similar in nearest) <= 1


def test_that_only_the_epochs_asked_for_are_found():
    among = np.zeros(40, bool)
    among[[0, 2, 5]] = True
    assert epochs_of(FeatureSpace.of(two_kinds()).nearest(0, among=among)) == [2, 5]


def test_that_epochs_without_features_neither_find_nor_are_found():
    features = two_kinds()
    features[[1, 6]] = np.nan
    space = FeatureSpace.of(features)
    assert not {1, 6} & set(epochs_of(space.nearest(0, 100)))
    assert space.nearest(1) == ()
    assert FeatureSpace.of(np.full((3, 4), np.nan)).nearest(0) == ()


def test_that_epochs_that_are_all_alike_are_found_in_order():
    assert epochs_of(FeatureSpace.of(np.ones((4, 8))).nearest(1)) == [0, 2, 3]


def test_that_an_epoch_outside_the_night_is_refused():
    with pytest.raises(IndexError, match="outside"):
        FeatureSpace.of(two_kinds()).nearest(40)
