"""Measures a network of several channels on every task that it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from model.network import STAGES
from model.weights import LoadedModel
from training.data.modalities import ModalNight
from training.evaluation.evaluate import Evaluation, ScoredNight
from training.evaluation.intervals import Interval
from training.evaluation.tasks import BinaryFigures, intervals_of_figures


@dataclass(frozen=True, slots=True, eq=False)
class ModalEvaluation:
    """What was measured of every task.

    Attributes
    ----------
    stages
        None for a network that does not stage.
    figures
        Of each other task, pooled over all epochs with an answer.
    intervals
        Of those figures, by subject; None for a single one.
    """

    stages: Evaluation | None
    figures: Mapping[str, BinaryFigures]
    intervals: Mapping[str, dict[str, Interval] | None]

    def text(self) -> str:
        """Lines for a terminal."""
        lines = [] if self.stages is None else [self.stages.text()]
        for task, figures in self.figures.items():
            lines.append(f"{task}: {figures.text()}")
            lines += [
                f"  {name} [{interval.low:.3f}, {interval.high:.3f}]"
                for name, interval in (self.intervals[task] or {}).items()
            ]
        return "\n".join(lines)

    def summary(self) -> dict[str, Any]:
        """Figures for a JSON file."""
        return {
            "stages": None if self.stages is None else self.stages.summary(),
            "tasks": {
                task: asdict(figures)
                | {
                    "intervals": {
                        name: [interval.low, interval.high]
                        for name, interval in (self.intervals[task] or {}).items()
                    }
                }
                for task, figures in self.figures.items()
            },
        }


def score_modal_nights(model: LoadedModel, nights: Sequence[ModalNight]) -> ModalEvaluation:
    """Ask a network about nights, run by run, and measure all of its tasks.

    Parameters
    ----------
    model
        To measure.
    nights
        Of subjects that it was not trained on.
    """
    scored: list[ScoredNight] = []
    said: dict[str, dict[str, list[tuple[np.ndarray, np.ndarray]]]] = {
        task.name: {} for task in model.network.tasks if task != STAGES
    }
    for night in nights:
        epochs = np.asarray(night.epochs[:], np.float32)
        answer = model.network.predict(epochs, night.runs, progress=lambda _: None)
        if STAGES.name in answer.probabilities:
            scored.append(_scored(model, night, answer.probabilities[STAGES.name]))
        for task, by_subject in said.items():
            yes = answer.probabilities[task][:, 1]
            by_subject.setdefault(night.subject, []).append((yes, night.target(task)))
    joined = {
        task: {
            subject: (np.concatenate([p for p, _ in parts]), np.concatenate([a for _, a in parts]))
            for subject, parts in by_subject.items()
        }
        for task, by_subject in said.items()
    }
    title = f"{len({night.subject for night in nights})} subjects, {len(nights)} nights"
    return ModalEvaluation(
        Evaluation.of(title, scored) if scored else None,
        {
            task: BinaryFigures.of(
                np.concatenate([p for p, _ in subjects.values()]),
                np.concatenate([a for _, a in subjects.values()]),
            )
            for task, subjects in joined.items()
        },
        {task: intervals_of_figures(subjects) for task, subjects in joined.items()},
    )


def _scored(model: LoadedModel, night: ModalNight, probabilities: np.ndarray) -> ScoredNight:
    known = (night.stages >= 0) & np.isfinite(probabilities[:, 0])
    found = probabilities[known].astype(np.float64)
    cold = found**model.temperature  # what was divided by the temperature is multiplied again
    return ScoredNight(
        night.subject,
        probabilities=found,
        uncalibrated=cold / cold.sum(axis=1, keepdims=True),
        stages=night.stages[known],
    )
