import numpy as np
import pytest

from training.data.modalities import ModalNight
from training.data.splits import pretraining_split


def nights(subjects: range) -> list[ModalNight]:
    return [
        ModalNight(f"{subject}-{visit}", f"s{subject}", np.zeros((1, 2, 30)), np.zeros(1, np.int8))
        for subject in subjects
        for visit in (1, 2)
    ]


def split_of(found: list[ModalNight], **how):
    return pretraining_split(found, n_labelled=10, n_validation=5, **how)


def sets_of(split) -> list[set[str]]:
    parts = (split.unlabelled, split.labelled, split.validation, split.test)
    return [{night.subject for night in part} for part in parts]


def test_that_nobody_is_in_two_sets_and_everybody_in_one():
    sets = sets_of(split_of(nights(range(200))))
    assert sum(map(len, sets)) == len(set.union(*sets)) == 200
    assert [len(one) for one in sets[1:3]] == [10, 5]
    assert 10 <= len(sets[3]) <= 32


def test_that_the_order_of_files_changes_nothing():
    found = nights(range(200))
    assert sets_of(split_of(found)) == sets_of(split_of(found[::-1]))
    assert sets_of(split_of(found)) != sets_of(split_of(found, seed=1))


def test_that_who_is_tested_stays_so_when_the_corpus_grows():
    before, after = (sets_of(split_of(nights(range(n))))[3] for n in (150, 300))
    assert before == {one for one in after if int(one[1:]) < 150}


def test_that_too_few_subjects_are_refused():
    with pytest.raises(ValueError, match="12 subjects are too few"):
        split_of(nights(range(12)))
