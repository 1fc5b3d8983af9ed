"""Sets to train on, to validate with and to test on, always parted by subject."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

from training.data.config import SplitConfig
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


def split_of(nights: Iterable[Night], split: SplitConfig, seed: int) -> Split:
    """Share out nights as a configuration says.

    Raises
    ------
    ValueError
        If there are too few subjects for it.
    """
    match split.protocol:
        case "named":
            return split_by_subject(nights, split.validation_subjects, split.test_subjects)
        case "folds":
            return fold_split(
                nights,
                fold=split.fold,
                n_folds=split.n_folds,
                n_validation=split.n_validation_subjects,
                seed=seed,
            )
        case "proportion":
            return proportional_split(
                nights,
                test_share=split.test_share,
                n_validation=split.n_validation_subjects,
                seed=seed,
            )


class OfSubject(Protocol):
    """A night of whatever kind."""

    @property
    def subject(self) -> str:
        """Whose it is."""
        ...


_Night = TypeVar("_Night", bound=OfSubject)


@dataclass(frozen=True, slots=True)
class PretrainingSplit(Generic[_Night]):
    """Nights of four disjoint sets of subjects.

    Attributes
    ----------
    unlabelled
        Whose signals are learnt from, and nothing that anybody scored.
    labelled
        Whose scorings are learnt from.
    validation
        Which of the training's passes is kept is decided on them.
    test
        What is reported is measured on them, and nothing is chosen by it.
    """

    unlabelled: tuple[_Night, ...]
    labelled: tuple[_Night, ...]
    validation: tuple[_Night, ...]
    test: tuple[_Night, ...]


def pretraining_split(
    nights: Sequence[_Night],
    *,
    test_share: float = 0.1,
    n_labelled: int = 50,
    n_validation: int = 10,
    seed: int = 0,
) -> PretrainingSplit[_Night]:
    """Split for pre-training without labels and learning from few.

    SynthSleepNet tests on a tenth of SHHS and learns the tasks from 50 subjects. Who is tested
    follows from a hash of the subject alone: it is the same whatever files are there, in whatever
    order, and stays so when a corpus grows.

    Parameters
    ----------
    nights
        Of all subjects.
    test_share
        Part of the subjects to test on, about.
    n_labelled, n_validation
        Subjects of those sets.
    seed
        Another one gives another split.

    Raises
    ------
    ValueError
        There are not enough subjects for all sets.
    """
    places = {
        night.subject: int(hashlib.sha256(f"{seed}:{night.subject}".encode()).hexdigest()[:12], 16)
        for night in nights
    }
    subjects = sorted(places, key=places.__getitem__)
    tested = [one for one in subjects if places[one] < test_share * 16**12]
    rest = [one for one in subjects if one not in set(tested)]
    validating, rest = rest[:n_validation], rest[n_validation:]
    learnt, pretrained = rest[:n_labelled], rest[n_labelled:]
    if not (tested and pretrained) or len(learnt) < n_labelled or len(validating) < n_validation:
        raise ValueError(
            f"{len(subjects)} subjects are too few to test on {test_share:.0%}, validate with "
            f"{n_validation}, learn from the scorings of {n_labelled} and from the signals of "
            "others"
        )

    def of(chosen: Sequence[str]) -> tuple[_Night, ...]:
        return tuple(night for night in nights if night.subject in set(chosen))

    return PretrainingSplit(of(pretrained), of(learnt), of(validating), of(tested))


def share_of_subjects(nights: Sequence[_Night], share: float, seed: int) -> tuple[_Night, ...]:
    """Take the nights of a share of the subjects, of one at least.

    Which they are follows from a hash of each subject: those of a smaller share are among those of
    a larger one, and the order of the files changes nothing.

    Raises
    ------
    ValueError
        The share is not above 0 and at most 1.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a share of subjects must be above 0 and at most 1, not {share}")
    subjects = {night.subject for night in nights}
    ranked = sorted(
        subjects, key=lambda one: hashlib.sha256(f"labels:{seed}:{one}".encode()).digest()
    )
    chosen = set(ranked[: max(1, round(share * len(ranked)))])
    return tuple(night for night in nights if night.subject in chosen)


def _shuffled_subjects(nights: tuple[Night, ...], seed: int) -> list[str]:
    subjects = sorted({night.subject for night in nights})
    order = np.random.default_rng(seed).permutation(len(subjects))
    return [subjects[index] for index in order]
