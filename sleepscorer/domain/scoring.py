"""The scoring of a recording: what the technician edits and saves.

Every change is an edit, a value that knows how to apply itself and that yields the edit which
takes it back. Undo, the journal and tests are built on that one idea.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.stages import Stage

MODEL_SOURCE = "model"
"""Source of a stage that the network gave and nobody has touched."""


@dataclass(frozen=True, slots=True)
class EpochScore:
    """Stage of one epoch and who gave it.

    Attributes
    ----------
    stage
        The stage, or `Stage.UNSCORED`.
    source
        ``"model"``, the scorer's name, or empty where nobody has scored yet. A scorer who takes a
        stage away leaves an unscored epoch with the scorer's name.
    """

    stage: Stage = Stage.UNSCORED
    source: str = ""

    @property
    def is_human(self) -> bool:
        """Whether a person decided this epoch."""
        return self.source not in ("", MODEL_SOURCE)


class Edit(Protocol):
    """A change of a scoring."""

    @property
    def epochs(self) -> Sequence[int]:
        """Epochs that the change touches."""
        ...

    def apply_to(self, scoring: Scoring) -> Edit:
        """Change the scoring and return the edit that takes the change back."""
        ...


@dataclass(frozen=True, slots=True)
class StageEdit:
    """New scores of some epochs.

    Attributes
    ----------
    epochs
        Indices of the epochs, each at most once.
    scores
        Their new scores, as many as epochs.

    Raises
    ------
    ValueError
        Epochs and scores differ in number, or an epoch is named twice.
    """

    epochs: tuple[int, ...]
    scores: tuple[EpochScore, ...]

    def __post_init__(self) -> None:
        if len(self.epochs) != len(self.scores):
            raise ValueError(f"{len(self.epochs)} epochs but {len(self.scores)} scores")
        if len(set(self.epochs)) != len(self.epochs):
            raise ValueError("an epoch is named twice")

    def apply_to(self, scoring: Scoring) -> StageEdit:
        """Set the scores; raise IndexError, changing nothing, for an epoch out of range."""
        return StageEdit(self.epochs, scoring._replace_scores(self.epochs, self.scores))


@dataclass(frozen=True, slots=True)
class PredictionEdit:
    """A new hypnodensity together with the stages that follow from it."""

    hypnodensity: Hypnodensity | None
    stages: StageEdit

    @property
    def epochs(self) -> tuple[int, ...]:
        """Epochs whose stage changes; the hypnodensity itself concerns the whole night."""
        return self.stages.epochs

    def apply_to(self, scoring: Scoring) -> PredictionEdit:
        """Set both or neither; raise ValueError for a hypnodensity of another length."""
        scoring._check_epochs(self.stages.epochs)
        previous = scoring._replace_hypnodensity(self.hypnodensity)
        return PredictionEdit(previous, self.stages.apply_to(scoring))


Observer = Callable[[Sequence[int]], None]


class Scoring:
    """Scores of all epochs of a recording, with the network's opinion where there is one.

    Parameters
    ----------
    n_epochs
        Number of complete 30-s epochs of the recording.
    scores
        Initial scores; all unscored without.
    hypnodensity
        Initial hypnodensity.

    Raises
    ------
    ValueError
        Scores or hypnodensity are not of ``n_epochs`` epochs.
    """

    def __init__(
        self,
        n_epochs: int,
        *,
        scores: Iterable[EpochScore] | None = None,
        hypnodensity: Hypnodensity | None = None,
    ) -> None:
        self._scores = [EpochScore()] * n_epochs if scores is None else list(scores)
        if len(self._scores) != n_epochs:
            raise ValueError(f"{len(self._scores)} scores for {n_epochs} epochs")
        self._hypnodensity: Hypnodensity | None = None
        self._replace_hypnodensity(hypnodensity)
        self._observers: list[Observer] = []

    def __len__(self) -> int:
        return len(self._scores)

    def __getitem__(self, epoch: int) -> EpochScore:
        return self._scores[epoch]

    @property
    def scores(self) -> tuple[EpochScore, ...]:
        """Scores of all epochs."""
        return tuple(self._scores)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Stages of all epochs."""
        return tuple(score.stage for score in self._scores)

    @property
    def hypnodensity(self) -> Hypnodensity | None:
        """What the network believes, once it has been asked."""
        return self._hypnodensity

    def subscribe(self, observer: Observer) -> None:
        """Call the observer with the epochs concerned after each edit."""
        self._observers.append(observer)

    def apply(self, edit: Edit) -> Edit:
        """Apply an edit and return the edit that takes it back."""
        inverse = edit.apply_to(self)
        for observer in self._observers:
            observer(edit.epochs)
        return inverse

    def copy(self) -> Scoring:
        """Return an independent scoring with the same content and no observers."""
        return Scoring(len(self), scores=self._scores, hypnodensity=self._hypnodensity)

    def _check_epochs(self, epochs: tuple[int, ...]) -> None:
        for epoch in epochs:
            if not 0 <= epoch < len(self):
                raise IndexError(f"epoch {epoch} is outside the {len(self)} epochs")

    def _check_length(self, hypnodensity: Hypnodensity) -> None:
        if len(hypnodensity) != len(self):
            raise ValueError(f"hypnodensity of {len(hypnodensity)} epochs for {len(self)} epochs")

    def _replace_scores(
        self, epochs: tuple[int, ...], scores: tuple[EpochScore, ...]
    ) -> tuple[EpochScore, ...]:
        self._check_epochs(epochs)
        previous = tuple(self._scores[epoch] for epoch in epochs)
        for epoch, score in zip(epochs, scores, strict=True):
            self._scores[epoch] = score
        return previous

    def _replace_hypnodensity(self, hypnodensity: Hypnodensity | None) -> Hypnodensity | None:
        if hypnodensity is not None:
            self._check_length(hypnodensity)
        previous = self._hypnodensity
        self._hypnodensity = hypnodensity
        return previous


def stage_edit(epochs: Iterable[int], stage: Stage, scorer: str) -> StageEdit:
    """Build the edit with which a scorer gives one stage to some epochs."""
    indices = tuple(epochs)
    return StageEdit(indices, (EpochScore(stage, scorer),) * len(indices))


def prediction_edit(scoring: Scoring, hypnodensity: Hypnodensity) -> PredictionEdit:
    """Build the edit that takes over the network's stages wherever no person has decided.

    Raises
    ------
    ValueError
        The hypnodensity has another number of epochs.
    """
    scoring._check_length(hypnodensity)
    epochs = tuple(epoch for epoch in range(len(scoring)) if not scoring[epoch].is_human)
    scores = tuple(_model_score(hypnodensity.stage(epoch)) for epoch in epochs)
    return PredictionEdit(hypnodensity, StageEdit(epochs, scores))


def _model_score(stage: Stage) -> EpochScore:
    return EpochScore() if stage is Stage.UNSCORED else EpochScore(stage, MODEL_SOURCE)
