"""A scored night as the training sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from model.mc2sleepnet.preprocessing import N_TIMES
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.network_input import Runs
from training.data.equipment import AS_RECORDED, Equipment


class Samples(Protocol):
    """An array in memory, or a dataset of an HDF5 file that is read where it is sliced."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of epochs and of samples in each."""

    def __getitem__(self, rows: slice, /) -> npt.NDArray[Any]:
        """Read some epochs."""


@dataclass(frozen=True, slots=True, eq=False)
class Night:
    """One night's epochs of one derivation, and their stages.

    Attributes
    ----------
    name
        Unique in a training set, e.g. ``"SC4001"``.
    subject
        Whose night it is; a subject may have several nights, and is never in two sets.
    samples_uv
        Whole epochs, prepared by :mod:`model.mc2sleepnet.preprocessing`, shape (n, 3000), or the
        pieces of partial epochs, shape (n, 500); µV at 100 Hz.
    stages
        Shape (n,), int8, 0-4 in class order, or -1 for unscored.
    runs
        Half-open ranges of the epochs between which the recording has no gap, ascending; all of
        them by default. What is left out without a gap makes neighbours of those beside it.
    equipment
        What joined pieces go through before they are prepared.
    """

    name: str
    subject: str
    samples_uv: Samples
    stages: npt.NDArray[np.int8]
    runs: Runs = ()
    equipment: Equipment = AS_RECORDED

    def __post_init__(self) -> None:
        if not self.runs:
            object.__setattr__(self, "runs", ((0, len(self.stages)),))

    @property
    def is_partial(self) -> bool:
        """Whether only a piece of each epoch is known."""
        return self.samples_uv.shape[1] != N_TIMES

    @property
    def is_redrawn(self) -> bool:
        """Whether it is another one each time it is drawn."""
        return False

    def drawn(self, rng: np.random.Generator) -> Night:  # noqa: ARG002
        """Return the night as one pass over the training set sees it: as it is."""
        return self


def stage_counts(stages: npt.NDArray[np.int8]) -> str:
    """Say how many epochs (n,) have each stage, for the log; -1 counts as none."""
    counts = np.bincount(stages[stages >= 0], minlength=len(SCORED_STAGES))
    return ", ".join(f"{n} {stage.label}" for stage, n in zip(SCORED_STAGES, counts, strict=True))
