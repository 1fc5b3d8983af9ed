"""How probable a network takes events to be, epoch by epoch.

That is no event: it says nothing of onset and length, counts in no index and is in no exported
list. It becomes one when a person marks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.events import EventKind
from sleepscorer.domain.scoring import Scoring

_KINDS = {"apnea": EventKind.APNEA, "hypopnea": EventKind.HYPOPNEA}
"""Event that each task asks for, by the name of the task."""

PROBABLE = 0.5
"""From here on a network takes an event to be there rather than not."""


@dataclass(frozen=True, slots=True, eq=False)
class EventChance:
    """What a network says of one kind of event.

    Attributes
    ----------
    kind
        Of the event.
    probabilities
        That there is one in an epoch, shape (n_epochs,), float32; NaN where it could not judge.
    model
        Name and version of the network.
    derivation
        What it was read from.
    """

    kind: EventKind
    probabilities: npt.NDArray[np.float32]
    model: str
    derivation: str


def event_chances(scoring: Scoring) -> tuple[EventChance, ...]:
    """Chances of events by the version whose stages a scoring shows, apneas first.

    Tasks that are not known here are left out, and so are those with other answers than no and yes.
    """
    found = {one.task: one for one in scoring.answers if len(one.classes) == 2}
    return tuple(
        EventChance(
            kind, found[task].probabilities[:, 1], found[task].model, found[task].derivation
        )
        for task, kind in _KINDS.items()
        if task in found
    )


def likeliest(chances: Sequence[EventChance], epoch: int) -> EventChance | None:
    """The chance that is greatest in an epoch; None where none is probable."""
    probable = [one for one in chances if one.probabilities[epoch] >= PROBABLE]
    return max(probable, key=lambda one: float(one.probabilities[epoch]), default=None)
