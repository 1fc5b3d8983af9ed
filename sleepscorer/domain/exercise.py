"""An inter-scorer exercise: epochs of a night that others score blind, compared with a key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.provenance import is_human, saw_model
from sleepscorer.domain.scoring import EpochScore, Remark, Scoring
from sleepscorer.domain.stages import SCORED_STAGES, Stage

N_EPOCHS = 200
LEAST_OF_STAGE = 20
"""So many epochs of each stage are drawn at least, where the night has them: an own choice, so that
the agreement on a rare stage rests on more than a few."""

_MARK = "Exercise {seed}: {number} of {total}"  # in files: it is read again, in no language
_MARKED = re.compile(r"Exercise (\d+): (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class Exercise:
    """Epochs that somebody scored, beside the key.

    Attributes
    ----------
    seed
        What they were drawn with.
    epochs
        The epochs, in order of time.
    comparison
        Of the key and the scorer, over these epochs alone.
    n_by_program, n_saw
        Of how many of them the stage is not a person's, and of a person's who saw suggestions.
    """

    seed: int
    epochs: tuple[int, ...]
    comparison: Comparison
    n_by_program: int
    n_saw: int


def drawn(key: Scoring, n_epochs: int = N_EPOCHS, seed: int = 1) -> tuple[int, ...]:
    """Draw epochs that the key has a stage for, in order of time; the same for the same seed.

    Of each stage as many as its share of the night, but at least `LEAST_OF_STAGE`.

    Raises
    ------
    ScoringError
        The key has fewer epochs with a stage.
    """
    by_stage = {
        stage: [epoch for epoch, one in enumerate(key.stages) if one is stage]
        for stage in SCORED_STAGES
    }
    sizes = {stage: len(epochs) for stage, epochs in by_stage.items()}
    if not 1 <= n_epochs <= sum(sizes.values()):
        raise ScoringError(
            "Of the key {scored} epochs have a stage; {wanted} can't be drawn of them.",
            scored=sum(sizes.values()),
            wanted=n_epochs,
        )
    random = np.random.default_rng(seed)
    epochs = [
        epoch
        for stage, count in _shares(sizes, n_epochs).items()
        for epoch in random.permutation(by_stage[stage])[:count].tolist()
    ]
    return tuple(sorted(epochs))


def _shares(sizes: Mapping[Stage, int], n_epochs: int) -> dict[Stage, int]:
    """How many epochs of each stage are drawn."""
    least = min(LEAST_OF_STAGE, n_epochs // len(sizes))
    shares = {stage: min(size, least) for stage, size in sizes.items()}
    whole = sum(sizes.values())
    while sum(shares.values()) < n_epochs:
        # One to the stage that lacks most of its share of the night.
        missing = {
            stage: size / whole * n_epochs - shares[stage]
            for stage, size in sizes.items()
            if shares[stage] < size
        }
        shares[max(missing, key=missing.__getitem__)] += 1
    return shares


def blank(key: Scoring, epochs: tuple[int, ...], seed: int) -> Scoring:
    """Build a scoring in which the drawn epochs are marked by a comment and nothing else is told.

    The lights stay: they belong to the recording.
    """
    return Scoring(
        len(key),
        lights=key.lights,
        remarks={
            epoch: Remark(_MARK.format(seed=seed, number=number, total=len(epochs)))
            for number, epoch in enumerate(epochs, 1)
        },
    )


def marked(scoring: Scoring) -> tuple[int, tuple[int, ...]]:
    """Read the seed and the epochs of an exercise from the comments of a scoring.

    Raises
    ------
    ScoringError
        Comments are missing, or are of several exercises.
    """
    found = {
        epoch: match
        for epoch, remark in scoring.remarks.items()
        if (match := _MARKED.search(remark.comment)) is not None
    }
    told = {(match[1], match[3]) for match in found.values()}
    numbers = {int(match[2]) for match in found.values()}
    if len(told) != 1 or len(numbers) != len(found):
        raise ScoringError("It holds no exercise, or several: see sleepscorer exercise draw.")
    ((seed, total_text),) = told
    total = int(total_text)
    n_there = sum(1 <= number <= total for number in numbers)
    if n_there != total or len(numbers) != total:
        raise ScoringError(
            "Comments of {n} of {total} epochs are missing, by which the epochs of the exercise "
            "are known.",
            n=total - n_there,
            total=total,
        )
    return int(seed), tuple(sorted(found))


def compared(key: Scoring, answer: Scoring) -> Exercise:
    """Compare what somebody scored of an exercise with the key.

    Raises
    ------
    ScoringError
        The scoring holds no exercise, is of another night, or has no epoch in common with the key.
    """
    if len(key) != len(answer):
        raise ScoringError("It has another number of epochs than the key.")
    seed, epochs = marked(answer)
    sources = [answer[epoch].source for epoch in epochs if answer[epoch].stage >= Stage.W]
    if not sources:
        raise ScoringError("Nobody scored an epoch of the exercise yet.")
    comparison = Comparison.of(_only(key, epochs), _only(answer, epochs))
    if not comparison.agreement.n_epochs:
        raise ScoringError("The key has no stage of the epochs that were scored.")
    return Exercise(
        seed,
        epochs,
        comparison,
        n_by_program=sum(not is_human(source) for source in sources),
        n_saw=sum(is_human(source) and saw_model(source) for source in sources),
    )


def _only(scoring: Scoring, epochs: tuple[int, ...]) -> Scoring:
    scores = [EpochScore()] * len(scoring)
    for epoch in epochs:
        scores[epoch] = scoring[epoch]
    return Scoring(len(scoring), scores=scores)
