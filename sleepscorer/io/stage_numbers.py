"""Stages written as numbers, and the number that means two things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.stages import Stage

_CERTAIN = {
    0: Stage.W,
    1: Stage.N1,
    2: Stage.N2,
    3: Stage.N3,
    5: Stage.R,
    **dict.fromkeys((-2, -1, 6, 7, 8, 9), Stage.UNSCORED),
}
_YASA_ONLY = {-2}
_RK_ONLY = {5, 6, 9}


class AmbiguousStagesError(ScoringError):
    """A file of numbers has 4 and nothing that says whether it is R or stage 4.

    Attributes
    ----------
    four_is_r
        The scoring if 4 is R, as in YASA.
    four_is_n3
        The scoring if 4 is stage 4, which is N3: as in R&K numbers, where R is 5.
    """

    def __init__(
        self, message: str, *, four_is_r: StoredScoring, four_is_n3: StoredScoring
    ) -> None:
        super().__init__(message)
        self.four_is_r = four_is_r
        self.four_is_n3 = four_is_n3


def scoring_of_numbers(
    path: Path, numbers: Sequence[int], build: Callable[[Sequence[Stage]], StoredScoring]
) -> StoredScoring:
    """Turn numbers into stages.

    Parameters
    ----------
    path
        The file, for messages.
    numbers
        One or more.
    build
        Makes a scoring of the stages of these numbers.

    Raises
    ------
    AmbiguousStagesError
        4 may be R or stage 4.
    ScoringError
        A number is no stage in any program.
    """
    found = set(numbers)
    unknown = sorted(found - set(_CERTAIN) - {4})
    if unknown:
        raise ScoringError(
            f"{path.name}: {unknown[0]} is the number of no stage; known are 0 W, 1 N1, 2 N2, 3 "
            "N3, 4, 5 R and those of unscored epochs (-2, -1, 6 to 9)."
        )

    def reading(four: Stage) -> StoredScoring:
        return build([four if value == 4 else _CERTAIN[value] for value in numbers])

    if 4 not in found or found & _RK_ONLY:
        return reading(Stage.N3)
    if found & _YASA_ONLY:
        return reading(Stage.R)
    raise AmbiguousStagesError(
        f"{path.name} has {sum(value == 4 for value in numbers)} times 4 and never 5: 4 is R in "
        "YASA's numbers and stage 4, now N3, in R&K numbers; say which it is here.",
        four_is_r=reading(Stage.R),
        four_is_n3=reading(Stage.N3),
    )
