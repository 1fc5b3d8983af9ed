"""The loop that every training stage runs in."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import torch
from torch import Tensor, nn, optim

from model.shared.precision import Precision
from model.shared.precision import autocast as computed_in
from sleepscorer.jobs.events import StepDone, StoppedEarly, Validated
from training.engine.config import OptimisationConfig, Schedule, StepsConfig
from training.engine.parallel import shared
from training.engine.progress import Report, StepTimer

_REPORT_EVERY = 5


class TrainingStage(Protocol):
    """One stage of a recipe: optimiser steps, and what is kept of them."""

    name: str
    n_steps: int

    def train_step(self, step: int) -> float:
        """Make step number `step`, counted from 0, and return its loss."""

    def validate(self, n_steps_done: int) -> dict[str, float] | None:
        """Measure on validation nights when it is time to, and return what was measured."""

    @property
    def is_exhausted(self) -> bool:
        """Whether validations have been without gain for so long that it is time to stop."""

    def finish(self) -> None:
        """Leave the network as the stage's result."""

    def state(self) -> dict[str, Any]:
        """State beyond the network's own, for a checkpoint."""

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state."""


def run_stage(
    stage: TrainingStage,
    *,
    n_steps_done: int,
    checkpoint_every: int,
    write_checkpoint: Callable[[int], None],
    report: Report,
) -> None:
    """Run a stage from a step to its end.

    Parameters
    ----------
    stage
        To run; its state is that after `n_steps_done` steps.
    n_steps_done
        0 for a new stage.
    checkpoint_every
        Steps between checkpoints.
    write_checkpoint
        Called with the number of steps done.
    report
        Called with the progress events.
    """
    timer = StepTimer(n_steps_done, stage.n_steps)
    for step in range(n_steps_done, stage.n_steps):
        if stage.is_exhausted:
            report(StoppedEarly(stage.name, step))
            break
        loss = stage.train_step(step)
        n_done = step + 1
        if n_done % _REPORT_EVERY == 0 or n_done == stage.n_steps:
            eta_s = timer.eta_s(n_done)
            report(StepDone(stage.name, n_done, stage.n_steps, round(loss, 5), eta_s))
        measured = stage.validate(n_done)
        if measured is not None:
            report(Validated(stage.name, n_done, **measured))
        if n_done % checkpoint_every == 0 and n_done < stage.n_steps:
            write_checkpoint(n_done)
    stage.finish()


def learning_rate(
    step: int, n_steps: int, peak: float, n_warmup: int, schedule: Schedule = "cosine"
) -> float:
    """Rate at a step: linear warm-up to the peak, then constant or half a cosine down to zero."""
    if step < n_warmup:
        return peak * (step + 1) / n_warmup
    if schedule == "constant":
        return peak
    return peak * 0.5 * (1 + math.cos(math.pi * (step - n_warmup) / max(n_steps - n_warmup, 1)))


class ScheduledAdam(optim.Adam):
    """Adam for one stage, with its loss, its schedule and clipped gradients.

    Parameters
    ----------
    learning
        Whose parameters are trained.
    loss
        What they make smaller.
    steps
        Of the stage.
    config
        Of all stages.
    """

    def __init__(
        self,
        learning: nn.Module,
        loss: Callable[..., Tensor],
        steps: StepsConfig,
        config: OptimisationConfig,
    ) -> None:
        super().__init__(
            learning.parameters(),
            weight_decay=config.weight_decay,
            decoupled_weight_decay=config.decoupled,
        )
        self._loss = shared(learning, loss)
        self._steps = steps
        self._config = config

    def descend(self, step: int, *batch: Any) -> float:
        """Make step number `step`, counted from 0, on what the loss takes, and return the loss."""
        return self.descend_mean(step, [batch])

    def descend_mean(self, step: int, parts: Sequence[Sequence[Any]]) -> float:
        """Make a step on the mean loss of the parts of a batch.

        Each is let go of before the next is made, so that a batch takes the memory of its parts.
        """
        self.zero_grad()
        total = 0.0
        for part in parts:
            loss = self._loss(*part)
            (loss / len(parts)).backward()  # type: ignore[no-untyped-call]  # untyped in torch
            total += float(loss.detach()) / len(parts)
        (group,) = self.param_groups
        if self._config.max_gradient_norm:
            nn.utils.clip_grad_norm_(group["params"], self._config.max_gradient_norm)
        steps = self._steps
        group["lr"] = learning_rate(
            step, steps.steps, steps.learning_rate, steps.warmup_steps, self._config.schedule
        )
        self.step()
        return total


def autocast(device: torch.device, precision: Precision) -> torch.autocast:
    """Context in which products are computed in the given precision."""
    if precision == "automatic":
        precision = "bfloat16" if device.type == "cuda" else "float32"
    return computed_in(device, precision)
