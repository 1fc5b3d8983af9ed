"""What a version of a network makes of a recording, task by task."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.hypnodensity import Hypnodensity, freeze_distributions
from sleepscorer.domain.stages import SCORED_STAGES

STAGES = "stages"
"""Task whose classes are the five stages, in class order."""


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """Probabilities of every epoch for one task, and where they come from.

    Attributes
    ----------
    task
        What was asked, e.g. ``"stages"`` or ``"apnea"``.
    classes
        Names of the answers.
    probabilities
        Shape (n_epochs, n_classes), float32. A row sums to 1; a row of NaN is an epoch that the
        network could not judge (a gap in the recording).
    model
        Name and version of the network, e.g. ``"MC²SleepNet 4"``.
    sha256
        Hash of the version, hexadecimal.
    derivation
        What it was read from, e.g. ``"Fpz-Cz"``.

    Raises
    ------
    ValueError
        The probabilities have another shape, or a row is neither NaN nor a distribution.
    """

    task: str
    classes: tuple[str, ...]
    probabilities: npt.NDArray[np.float32]
    model: str
    sha256: str
    derivation: str

    def __post_init__(self) -> None:
        shape = self.probabilities.shape
        if len(shape) != 2 or shape[1] != len(self.classes):
            raise ValueError(f"probabilities have shape {shape}, not (n, {len(self.classes)})")
        freeze_distributions(self.probabilities)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Prediction)
            and (self.task, self.classes, self.model, self.sha256, self.derivation)
            == (other.task, other.classes, other.model, other.sha256, other.derivation)
            and np.array_equal(self.probabilities, other.probabilities, equal_nan=True)
        )

    @classmethod
    def of_stages(cls, hypnodensity: Hypnodensity) -> Prediction:
        """See a hypnodensity as a prediction of the stages."""
        return cls(
            STAGES,
            tuple(stage.label for stage in SCORED_STAGES),
            hypnodensity.probabilities,
            hypnodensity.model,
            hypnodensity.weights_sha256,
            hypnodensity.derivation,
        )

    @property
    def subject(self) -> tuple[str, str, str]:
        """Task and version: a scoring has one prediction of each."""
        return self.task, self.model, self.sha256

    def __len__(self) -> int:
        return int(self.probabilities.shape[0])

    def hypnodensity(self) -> Hypnodensity:
        """See the stages as a hypnodensity.

        Raises
        ------
        ValueError
            The task is another one.
        """
        if self.task != STAGES:
            raise ValueError(f"the task is {self.task}, not {STAGES}")
        return Hypnodensity(self.probabilities, self.model, self.sha256, self.derivation)
