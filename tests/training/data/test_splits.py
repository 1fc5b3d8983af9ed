import numpy as np
import pytest

from training.data.nights import Night
from training.data.splits import (
    Split,
    fold_split,
    proportional_split,
    share_of_subjects,
    split_by_subject,
)


def nights(n_subjects: int) -> list[Night]:
    return [
        Night(
            f"SC4{subject:02}{number}", f"{subject:02}", np.zeros((1, 3000)), np.zeros(1, np.int8)
        )
        for subject in range(n_subjects)
        for number in (1, 2)
    ]


def subjects(split: Split) -> tuple[set[str], set[str], set[str]]:
    sets = (split.train, split.validation, split.test)
    train, validation, test = ({night.subject for night in part} for part in sets)
    return train, validation, test


def assert_disjoint(split: Split) -> None:
    train, validation, test = subjects(split)
    assert not train & validation
    assert not train & test
    assert not validation & test


def test_that_named_subjects_are_kept_apart():
    split = split_by_subject(nights(3), ["01"], ["02"])
    assert subjects(split) == ({"00"}, {"01"}, {"02"})
    assert [night.name for night in split.train] == ["SC4001", "SC4002"]


@pytest.mark.parametrize(
    ("validation", "test", "message"),
    [
        (["01"], ["01"], "named twice"),
        (["01", "01"], [], "named twice"),
        (["17"], [], "no nights of subjects 17"),
        (["00", "01"], ["02"], "left to train on"),
    ],
)
def test_that_an_impossible_split_is_refused(validation, test, message):
    with pytest.raises(ValueError, match=message):
        split_by_subject(nights(3), validation, test)


@pytest.mark.parametrize(("n_subjects", "n_folds"), [(78, 10), (16, 4), (5, 5)])
def test_that_every_subject_is_tested_once(n_subjects, n_folds):
    n_validation = min(7, n_subjects - n_subjects // n_folds - 2)
    splits = [
        fold_split(
            nights(n_subjects), fold=fold, n_folds=n_folds, n_validation=n_validation, seed=1
        )
        for fold in range(n_folds)
    ]
    tested = [subject for split in splits for subject in subjects(split)[2]]
    assert len(tested) == n_subjects == len(set(tested))
    for split in splits:
        assert_disjoint(split)
        assert len(subjects(split)[1]) == n_validation
        assert len(split.train) + len(split.validation) + len(split.test) == 2 * n_subjects


def test_that_the_folds_of_sleep_edf_have_the_published_sizes():
    split = fold_split(nights(78), fold=0, n_folds=10, n_validation=7, seed=1)
    assert [len(part) for part in subjects(split)] == [63, 7, 8]


def test_that_a_share_of_the_subjects_is_tested():
    split = proportional_split(nights(20), test_share=0.3, n_validation=4, seed=1)
    assert [len(part) for part in subjects(split)] == [10, 4, 6]
    assert_disjoint(split)


def test_that_the_seed_decides_who_is_tested():
    drawn = [
        subjects(proportional_split(nights(20), test_share=0.3, n_validation=4, seed=seed))[2]
        for seed in (1, 1, 2)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_folds": 4}, "4 folds can't be made of 3 subjects"),
        ({"fold": 3}, "there is no fold 3"),
        ({"n_validation": 2}, "left to train on"),
    ],
)
def test_that_an_impossible_fold_is_refused(options, message):
    options = {"fold": 0, "n_folds": 3, "n_validation": 1, "seed": 1} | options
    with pytest.raises(ValueError, match=message):
        fold_split(nights(3), **options)


def test_that_a_share_of_nobody_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        proportional_split(nights(3), test_share=0.1, n_validation=1, seed=1)


def test_that_a_smaller_share_of_the_subjects_is_part_of_a_larger_one():
    every = nights(100)
    found = {
        share: {one.subject for one in share_of_subjects(every, share, 3)}
        for share in (0.01, 0.05, 0.5, 1.0)
    }
    assert [len(chosen) for chosen in found.values()] == [1, 5, 50, 100]
    assert found[0.01] < found[0.05] < found[0.5] < found[1.0]
    assert {one.subject for one in share_of_subjects(every[::-1], 0.05, 3)} == found[0.05]
    assert {one.subject for one in share_of_subjects(every, 0.05, 4)} != found[0.05]
    # Whole subjects, and one at least.
    assert len(share_of_subjects(every, 0.05, 3)) == 10
    assert len(share_of_subjects(every[:6], 0.01, 3)) == 2


@pytest.mark.parametrize("share", [0.0, -0.1, 1.1])
def test_that_a_share_of_nobody_or_of_more_than_all_is_refused(share):
    with pytest.raises(ValueError, match="share of subjects must be above 0"):
        share_of_subjects(nights(1), share, 0)
