"""Sets to train on, to validate with and to test on, always parted by subject."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from training.data.nights import Night


@dataclass(frozen=True, slots=True)
class Split:
    """Nights of three disjoint sets of subjects."""

    train: tuple[Night, ...]
    validation: tuple[Night, ...]
    test: tuple[Night, ...]


def split_by_subject(
    nights: Iterable[Night],
    validation_subjects: Collection[str],
    test_subjects: Collection[str],
) -> Split:
    """Share out nights so that no subject is in two sets.

    Raises
    ------
    ValueError
        If a subject is named twice or has no night, or if nothing is left to train on.
    """
    nights = tuple(nights)
    named = [*validation_subjects, *test_subjects]
    if len(set(named)) != len(named):
        raise ValueError(f"a subject is named twice in {named}")
    absent = set(named) - {night.subject for night in nights}
    if absent:
        raise ValueError(f"no nights of subjects {', '.join(sorted(absent))}")
    split = Split(
        train=tuple(night for night in nights if night.subject not in named),
        validation=tuple(night for night in nights if night.subject in validation_subjects),
        test=tuple(night for night in nights if night.subject in test_subjects),
    )
    if not split.train:
        raise ValueError("no subject is left to train on")
    return split


def fold_split(
    nights: Iterable[Night], *, fold: int, n_folds: int, n_validation: int, seed: int
) -> Split:
    """Split for one fold of a cross-validation in which every subject is tested once.

    SleePyCo (Lee et al., 2024) shares the 78 subjects of Sleep-EDF into 10 folds and takes 7 of
    the rest for validation.

    Parameters
    ----------
    nights
        Of all subjects.
    fold
        0 to ``n_folds - 1``.
    n_folds
        Number of test sets, which differ by at most one subject in size.
    n_validation
        Subjects taken from those that are not tested.
    seed
        Of the order of the subjects, which is the same for all folds.

    Raises
    ------
    ValueError
        If there are fewer subjects than folds, no such fold, or nobody left to train on.
    """
    nights = tuple(nights)
    subjects = _shuffled_subjects(nights, seed)
    if not 2 <= n_folds <= len(subjects):
        raise ValueError(f"{n_folds} folds can't be made of {len(subjects)} subjects")
    if not 0 <= fold < n_folds:
        raise ValueError(f"there is no fold {fold}; folds are 0 to {n_folds - 1}")
    tested = subjects[fold::n_folds]
    # Each fold validates with the subjects that follow its own, so that none is favoured.
    rest = [s for shift in range(1, n_folds) for s in subjects[(fold + shift) % n_folds :: n_folds]]
    return split_by_subject(nights, rest[:n_validation], tested)


def proportional_split(
    nights: Iterable[Night], *, test_share: float, n_validation: int, seed: int
) -> Split:
    """Split into a share of subjects to test on, some to validate with, and the rest.

    SleepTransformer (Phan et al., 2022) tests on 30 % of SHHS's subjects and validates with 100
    of the others.

    Raises
    ------
    ValueError
        If nobody is left to train on or to test.
    """
    nights = tuple(nights)
    subjects = _shuffled_subjects(nights, seed)
    n_test = round(test_share * len(subjects))
    if n_test < 1:
        raise ValueError(f"a share of {test_share} of {len(subjects)} subjects is nobody")
    return split_by_subject(nights, subjects[n_test : n_test + n_validation], subjects[:n_test])


def _shuffled_subjects(nights: tuple[Night, ...], seed: int) -> list[str]:
    subjects = sorted({night.subject for night in nights})
    order = np.random.default_rng(seed).permutation(len(subjects))
    return [subjects[index] for index in order]
