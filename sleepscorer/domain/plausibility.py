"""How much a sequence of stages looks like a night of sleep."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

from sleepscorer.domain.stages import Stage

# What follows a stage when another one follows, and the first and last stage of a night: counted
# in the 400 scorings of DOD-H and DOD-O (80 nights by five experts, 47 823 changes of stage).
# Nothing is impossible, but that a night begins or ends in N3 nearly is. Rows and columns are
# W, N1, N2, N3, R, unscored; unscored epochs are rare between others.
_CHANGES = (
    (0.0, 0.89, 0.062, 0.003, 0.040, 0.005),
    (0.22, 0.0, 0.715, 0.003, 0.054, 0.005),
    (0.355, 0.245, 0.0, 0.295, 0.099, 0.005),
    (0.124, 0.025, 0.84, 0.0, 0.0065, 0.005),
    (0.495, 0.28, 0.217, 0.003, 0.0, 0.005),
    (0.6, 0.1, 0.15, 0.05, 0.1, 0.0),
)
_FIRST = (0.8, 0.02, 0.03, 1e-12, 2e-4, 0.14)
_LAST = (0.55, 0.06, 0.22, 1e-8, 0.08, 0.08)
_LONGEST_N1_EPOCHS = 6
_COST_OF_LONG_N1 = 0.3


def log_plausibility(runs: Iterable[tuple[Stage, float]]) -> float:
    """Logarithm of how probable a sequence of stages is; only differences mean something.

    Parameters
    ----------
    runs
        Stages as they follow each other and for how many 30-s epochs each.
    """
    merged = [
        (stage, sum(length for _, length in run))
        for stage, run in itertools.groupby(runs, key=lambda one: one[0])
    ]
    if not merged:
        return 0.0
    stages = [stage for stage, _ in merged]
    total = math.log(_FIRST[stages[0]]) + math.log(_LAST[stages[-1]])
    total += sum(math.log(_CHANGES[one][other]) for one, other in itertools.pairwise(stages))
    # N1 passes; a coding in which it lasts is a wrong one.
    long_n1 = sum(
        max(length - _LONGEST_N1_EPOCHS, 0.0) for stage, length in merged if stage is Stage.N1
    )
    return total - _COST_OF_LONG_N1 * long_n1
