"""Stages written as numbers, which mean other stages in other programs."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.plausibility import log_plausibility
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.io.questions import Option, QuestionError

_W, _N1, _N2, _N3, _R = SCORED_STAGES
_UNSCORED = dict.fromkeys((-3, -2, -1, 6, 7, 8, 9), Stage.UNSCORED)
_RK_ONLY = {5, 6, 9}
_YASA_ONLY = {-2}
_FEWEST_EPOCHS = 40
"""With less sleep than twenty minutes nothing can be told from how stages follow each other."""

_MOST_OPTIONS = 5
_MOST_NO_STAGES = 0.05


@dataclass(frozen=True, slots=True)
class Coding:
    """What the numbers of a program mean.

    Attributes
    ----------
    id
        Word on the command line.
    text
        The same for a person.
    stages
        Stage of each number.
    """

    id: str
    text: Phrase
    stages: Mapping[int, Stage]


def _coding(coding_id: str, text: Phrase, numbers: Mapping[int, Stage]) -> Coding:
    return Coding(coding_id, text, _UNSCORED | dict(numbers))


_RK = _coding(
    "rk",
    Phrase("0 W, 1 N1, 2 N2, 3 and 4 N3, 5 R (R&K, NSRR, Profusion)"),
    {0: _W, 1: _N1, 2: _N2, 3: _N3, 4: _N3, 5: _R},
)
_YASA = _coding(
    "yasa", Phrase("0 W, 1 N1, 2 N2, 3 N3, 4 R (YASA)"), {0: _W, 1: _N1, 2: _N2, 3: _N3, 4: _R}
)
CODINGS = (
    _RK,
    _YASA,
    _coding(
        "0w-1r-2n1",
        Phrase("0 W, 1 R, 2 N1, 3 N2, 4 and 5 N3"),
        {0: _W, 1: _R, 2: _N1, 3: _N2, 4: _N3, 5: _N3},
    ),
    _coding(
        "5w-4r-3n1",
        Phrase("5 W, 4 R, 3 N1, 2 N2, 1 and 0 N3 (DREAMS)"),
        {5: _W, 4: _R, 3: _N1, 2: _N2, 1: _N3, 0: _N3},
    ),
    _coding(
        "1w-2n1-5r",
        Phrase("1 W, 2 N1, 3 N2, 4 N3, 5 R, 0 unscored"),
        {0: Stage.UNSCORED, 1: _W, 2: _N1, 3: _N2, 4: _N3, 5: _R},
    ),
    _coding(
        "1w-2r-3n1",
        Phrase("1 W, 2 R, 3 N1, 4 N2, 5 and 6 N3, 0 unscored"),
        {0: Stage.UNSCORED, 1: _W, 2: _R, 3: _N1, 4: _N2, 5: _N3, 6: _N3},
    ),
    _coding(
        "5w-1n1-4r",
        Phrase("5 W, 1 N1, 2 N2, 3 N3, 4 R, 0 unscored"),
        {0: Stage.UNSCORED, 1: _N1, 2: _N2, 3: _N3, 4: _R, 5: _W},
    ),
    _coding(
        "4w-3r-2n1", Phrase("4 W, 3 R, 2 N1, 1 N2, 0 N3"), {4: _W, 3: _R, 2: _N1, 1: _N2, 0: _N3}
    ),
    _coding(
        "5w-0r-1n1",
        Phrase("5 W, 0 R, 1 N1, 2 N2, 3 and 4 N3"),
        {5: _W, 0: _R, 1: _N1, 2: _N2, 3: _N3, 4: _N3},
    ),
)
"""What numbers mean, the two that are taken without a question first."""


def scoring_of_numbers(
    path: Path,
    numbers: Sequence[int | None],
    build: Callable[[Sequence[Stage]], StoredScoring],
    *,
    words: Sequence[Stage] = (),
    lengths: Sequence[float] = (),
) -> StoredScoring:
    """Turn numbers into stages.

    Parameters
    ----------
    path
        The file, for messages.
    numbers
        One or more; None where the file has a word in its place.
    build
        Makes a scoring of the stages of these numbers.
    words
        Stages of the words where there are some, as many as numbers. A stage that has a word has
        no number in the same file.
    lengths
        How many 30-s epochs each number stands for; one each without.

    Raises
    ------
    QuestionError
        The numbers may mean two things: 4 is R or stage 4, or the night is more like one in
        another coding.
    ScoringError
        A number is no stage in any program.
    """
    words = words or [Stage.UNSCORED] * len(numbers)
    found = {number for number in numbers if number is not None}
    named = {stage for stage in words if stage is not Stage.UNSCORED}
    possible = [
        one
        for one in CODINGS
        if found <= one.stages.keys() and not named & {one.stages[number] for number in found}
    ]
    if not possible:
        known = {number for one in CODINGS for number in one.stages}
        unknown = sorted(found - known)
        why = (
            Phrase("{number} is the number of no stage", number=unknown[0])
            if unknown
            else Phrase(
                "the numbers {numbers} stand beside words for the same stages",
                numbers=tuple(sorted(found)),
            )
        )
        raise ScoringError(
            "{file}: {why}; known are 0 W, 1 N1, 2 N2, 3 N3, 4, 5 R and those of "
            "unscored epochs (-3 to -1, 6 to 9): correct the file or export it "
            "with words.",
            file=path.name,
            why=why,
        )
    runs = _runs(numbers, words, lengths)

    def reading(coding: Coding) -> Callable[[], StoredScoring]:
        def read() -> StoredScoring:
            scoring = build(
                [
                    word if number is None else coding.stages[number]
                    for number, word in zip(numbers, words, strict=True)
                ]
            )
            return replace(scoring, notes=(*scoring.notes, *_about_no_stages(numbers, coding)))

        return read

    usual = _usual(found, possible)
    ranked = sorted(possible, key=lambda one: -_plausibility(runs, one))
    is_night = sum(length for *_, length in runs) >= _FEWEST_EPOCHS
    if len(usual) == 1 and not (is_night and _is_better(ranked[0], usual[0], runs)):
        return reading(usual[0])()
    if len(ranked) == 1:
        return reading(ranked[0])()
    offered = [
        one
        for one in ranked
        if one in usual or not usual or (is_night and _is_better(one, usual[0], runs))
    ][:_MOST_OPTIONS]
    message = (
        Phrase(
            "{file} has {n} times 4 and never 5: 4 is R in YASA's numbers and "
            "stage 4, now N3, in R&K numbers.",
            file=path.name,
            n=sum(number == 4 for number in numbers),
        )
        if len(usual) > 1
        else Phrase(
            "{file} holds numbers ({numbers}) that do not look like a night in the "
            "usual coding (0 W, 1 N1, 2 N2, 3 N3, 4 stage 4, 5 R).",
            file=path.name,
            numbers=tuple(sorted(found)),
        )
    )
    options = tuple(Option(one.id, one.text, reading(one)) for one in offered)
    raise QuestionError("coding", message, options)


def _about_no_stages(numbers: Sequence[int | None], coding: Coding) -> tuple[Phrase, ...]:
    """Say which numbers were taken for no stage, where many epochs have them."""
    counts = Counter(one for one in numbers if one is not None)
    return tuple(
        Phrase(
            "{n} {n:epoch has|epochs have} the number {number}, which was taken for no stage; "
            "{n:it is|they are} unscored.",
            n=count,
            number=number,
        )
        for number, count in counts.items()
        if coding.stages[number] is Stage.UNSCORED and count > _MOST_NO_STAGES * len(numbers)
    )


def _usual(found: set[int], possible: Sequence[Coding]) -> list[Coding]:
    """Which of the two codings that are usual numbers may be in."""
    if 4 not in found or found & _RK_ONLY:
        candidates = [_RK]
    elif found & _YASA_ONLY:
        candidates = [_YASA]
    else:
        candidates = [_YASA, _RK]
    return [one for one in candidates if one in possible]


_Runs = list[tuple[int | None, Stage, float]]


def _runs(numbers: Sequence[int | None], words: Sequence[Stage], lengths: Sequence[float]) -> _Runs:
    cells = zip(numbers, words, lengths or [1.0] * len(numbers), strict=True)
    return [
        (number, word, sum(length for *_, length in run))
        for (number, word), run in itertools.groupby(cells, key=lambda cell: cell[:2])
    ]


def _plausibility(runs: _Runs, coding: Coding) -> float:
    return log_plausibility(
        (word if number is None else coding.stages[number], length) for number, word, length in runs
    )


def _is_better(one: Coding, other: Coding, runs: _Runs) -> bool:
    return _plausibility(runs, one) > _plausibility(runs, other) + 1e-9
