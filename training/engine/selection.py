"""Validation: what is measured, which parameters are kept and when a stage stops."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from typing import Any

from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from sleepscorer.domain.agreement import Agreement, confusion_matrix
from training.engine.config import SelectionConfig
from training.engine.loop import ScheduledAdam
from training.engine.parallel import average_statistics

Measured = dict[str, float]
Monitor = Callable[[], Measured]


def measure(log_probabilities: Tensor, stages: Tensor) -> dict[str, float]:
    """Agreement with the scoring, and mean cross-entropy.

    Parameters
    ----------
    log_probabilities
        Shape (n, 5).
    stages
        Shape (n,); -1 is left out.
    """
    stages = stages.to(log_probabilities.device)
    agreement = Agreement.from_confusion(
        confusion_matrix(stages.cpu().numpy(), log_probabilities.argmax(dim=-1).cpu().numpy())
    )
    cross_entropy = F.cross_entropy(log_probabilities, stages, ignore_index=-1)
    return {
        "accuracy": round(agreement.accuracy, 4),
        "macro_f1": round(agreement.macro_f1, 4),
        "kappa": round(agreement.kappa, 4),
        "cross_entropy": round(float(cross_entropy), 4),
    }


class Selection:
    """Keeps the parameters of the best validation and counts those without gain.

    Parameters
    ----------
    module
        Whose parameters are kept.
    config
        What is best, and after how long it is time to stop; equals are told apart by the lower
        cross-entropy.
    """

    def __init__(self, module: nn.Module, config: SelectionConfig) -> None:
        self.module = module
        self.validate_every = config.validate_every
        self._criterion = config.criterion
        self._patience = config.patience
        self._best: dict[str, Tensor] = {}
        self._best_score: tuple[float, float] | None = None
        self._n_without_gain = 0

    @property
    def is_exhausted(self) -> bool:
        """Whether the patience is at its end."""
        return 0 < self._patience <= self._n_without_gain

    def offer(self, measured: dict[str, float]) -> None:
        """Keep the parameters as they are now if they are the best so far."""
        sign = -1.0 if self._criterion == "cross_entropy" else 1.0
        score = (_or_lowest(sign * measured[self._criterion]), -measured["cross_entropy"])
        if self._best_score is None or score > self._best_score:
            self._best_score = score
            self._best = copy.deepcopy(self.module.state_dict())
            self._n_without_gain = 0
        else:
            self._n_without_gain += 1

    def keep_best(self) -> None:
        """Return to the best parameters; to the last ones without any validation."""
        if self._best:
            self.module.load_state_dict(self._best)

    def state(self) -> dict[str, Any]:
        """State for a checkpoint."""
        return {
            "best": self._best,
            "best_score": self._best_score,
            "n_without_gain": self._n_without_gain,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state."""
        self._best = state["best"]
        self._best_score = state["best_score"]
        self._n_without_gain = state["n_without_gain"]


class SelectingStage:
    """Validations, end and checkpoint of a training stage that keeps its best validation.

    A stage sets all of these when it is made.
    """

    n_steps: int
    _optimiser: ScheduledAdam
    _selection: Selection

    @property
    def is_exhausted(self) -> bool:
        """Whether validations have been without gain for too long."""
        return self._selection.is_exhausted

    def validate(self, n_steps_done: int) -> Measured | None:
        """Measure when it is time to, and keep the parameters if they are the best so far."""
        selection = self._selection
        if n_steps_done % selection.validate_every and n_steps_done < self.n_steps:
            return None
        average_statistics(selection.module)
        selection.module.eval()
        measured = self._measure()
        if measured is not None:
            selection.offer(measured)
        return measured

    def _measure(self) -> Measured | None:
        """Measure on validation nights, where there are any; what selects is among it."""
        raise NotImplementedError

    def finish(self) -> None:
        """Return to the best validation, with the same statistics in all processes."""
        average_statistics(self._selection.module)
        self._selection.keep_best()

    def state(self) -> dict[str, Any]:
        """State of the optimiser and of the selection."""
        return {"optimiser": self._optimiser.state_dict(), "selection": self._selection.state()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state."""
        self._optimiser.load_state_dict(state["optimiser"])
        self._selection.restore(state["selection"])


class MonitoredStage(SelectingStage):
    """A stage without labels, which is validated by something beside it where there is anything."""

    _monitor: Monitor | None

    def _measure(self) -> Measured | None:
        return None if self._monitor is None else self._monitor()


def _or_lowest(figure: float) -> float:
    """Make a figure that is not defined, as κ of a single stage, lose to any that is."""
    return -math.inf if math.isnan(figure) else figure
