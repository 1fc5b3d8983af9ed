"""A training that can be stopped between two steps and resumed to the same end."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from torch import nn

from model.files import Ancestor
from training.engine.checkpoints import (
    Checkpoint,
    CheckpointError,
    read_checkpoint,
    write_checkpoint,
)
from training.engine.loop import TrainingStage, run_stage
from training.engine.parallel import average_statistics, process_index
from training.engine.progress import Report

CHECKPOINT_NAME = "checkpoint.pt"


def can_resume(folder: Path) -> bool:
    """Whether a training in a folder has come to its first checkpoint."""
    return (folder / CHECKPOINT_NAME).exists()


_logger = logging.getLogger(__name__)


class Run:
    """A network in training, stage by stage, with its checkpoint.

    Parameters
    ----------
    network
        To train; takes up the checkpoint's state.
    folder
        Where the checkpoint is.
    description
        What determines the run, with its configuration as ``"config"``: a resumed one must have
        the same.
    completed
        Gives a configuration that was written by an earlier version what it lacks.
    ancestry
        The version in training, then those that it begins with, the nearest first.
    checkpoint_every
        Steps between checkpoints.
    resume
        Continue from the checkpoint.
    report
        Called with the progress events.

    Raises
    ------
    CheckpointError
        There is nothing to resume from, or it is of another run; or one would be begun where
        there is one.
    """

    def __init__(
        self,
        network: nn.Module,
        folder: Path,
        description: Mapping[str, Any],
        completed: Callable[[Mapping[str, Any]], dict[str, Any]],
        *,
        ancestry: tuple[Ancestor, ...],
        checkpoint_every: int,
        resume: bool,
        report: Report,
    ) -> None:
        self._network = network
        self._path = folder / CHECKPOINT_NAME
        self._description = description
        self._ancestry = ancestry
        self._checkpoint_every = checkpoint_every
        self._report = report
        self._checkpoint: Checkpoint | None = None
        elapsed_s = 0.0
        if resume:
            self._checkpoint = read_checkpoint(self._path, description, completed)
            # Whoever resumes need not name the start again.
            self._ancestry = ancestry[:1] + (self._checkpoint.ancestry or ancestry)[1:]
            network.load_state_dict(self._checkpoint.network)
            elapsed_s = self._checkpoint.elapsed_s
            _logger.info("resuming stage %s", self._checkpoint.stage)
        elif can_resume(folder):
            raise CheckpointError(
                f"{folder} holds a training already: choose another folder, or go on with it "
                "with --resume"
            )
        self._start_s = time.monotonic() - elapsed_s

    @property
    def ancestors(self) -> tuple[Ancestor, ...]:
        """Versions that this training began with."""
        return self._ancestry[1:]

    @property
    def is_new(self) -> bool:
        """Whether nothing is to be taken up from a checkpoint."""
        return self._checkpoint is None

    @property
    def elapsed_s(self) -> float:
        """Wall time spent, over all resumptions."""
        return time.monotonic() - self._start_s

    @property
    def minutes(self) -> float:
        """The same as a version's description gives it."""
        return round(self.elapsed_s / 60, 1)

    def fit(self, name: str, prepare_stage: Callable[[], TrainingStage]) -> None:
        """Run a stage to its end, from the checkpoint on if there is one.

        Parameters
        ----------
        name
            Of the stage.
        prepare_stage
            Makes it; not called when the checkpoint is beyond it.
        """
        if self._checkpoint is not None and self._checkpoint.stage != name:
            return  # it was completed before the interruption
        stage = prepare_stage()
        n_steps_done = 0
        if self._checkpoint is not None:
            n_steps_done = self._checkpoint.n_steps_done
            if n_steps_done:
                stage.restore(self._checkpoint.stage_state)
            self._checkpoint = None
        run_stage(
            stage,
            n_steps_done=n_steps_done,
            checkpoint_every=self._checkpoint_every,
            write_checkpoint=lambda n: self._write_checkpoint(name, n, stage.state()),
            report=self._report,
        )
        self._write_checkpoint(name, stage.n_steps, stage.state())

    def _write_checkpoint(self, stage: str, n_steps_done: int, state: dict[str, Any]) -> None:
        average_statistics(self._network)  # a resumed run has one copy of them for all processes
        if process_index() != 0:
            return
        checkpoint = Checkpoint(
            stage=stage,
            n_steps_done=n_steps_done,
            network=self._network.state_dict(),
            stage_state=state,
            elapsed_s=self.elapsed_s,
            ancestry=self._ancestry,
        )
        write_checkpoint(self._path, checkpoint, self._description)
