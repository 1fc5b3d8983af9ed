"""Which epochs hold an apnea or a hypopnea, as a network is to learn it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from model.network import APNEA, HYPOPNEA
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventGroup, ScoredEvent

UNKNOWN = -1
_LEAST_OVERLAP_S = 10.0
_LEAST_SHARE = 0.5
_ROUNDING_S = 1e-6

GROUPS: Mapping[str, EventGroup] = {
    APNEA.name: EventGroup.APNEA,
    HYPOPNEA.name: EventGroup.HYPOPNEA,
}
"""What each task asks for: apneas of all kinds, and hypopneas of all kinds."""


def event_targets(
    events: Iterable[ScoredEvent], group: EventGroup, n_epochs: int
) -> npt.NDArray[np.int8]:
    """Mark the epochs that hold an event.

    An epoch does of which an event covers 10 s or more, or that covers half of the event or more:
    so each event marks at least one, the shortest too. The released code of SynthSleepNet rounds
    both ends to whole epochs, by which an event from 2 s to 14 s marks none.

    Parameters
    ----------
    events
        Of the night, in seconds from its start. Proposals that nobody decided on mark nothing.
    group
        Kinds that count.
    n_epochs
        Length of the night.

    Returns
    -------
    targets
        Shape (n_epochs,), int8: 1 with an event, else 0.
    """
    targets = np.zeros(n_epochs, np.int8)
    for event in events:
        if event.kind.group is not group or event.is_proposed:
            continue
        needed_s = min(_LEAST_OVERLAP_S, _LEAST_SHARE * event.duration_s) - _ROUNDING_S
        first = max(int(event.onset_s // EPOCH_S), 0)
        for epoch in range(first, min(int(event.stop_s // EPOCH_S) + 1, n_epochs)):
            start_s, stop_s = epoch * EPOCH_S, (epoch + 1) * EPOCH_S
            overlap_s = min(event.stop_s, stop_s) - max(event.onset_s, start_s)
            if overlap_s >= needed_s and overlap_s >= 0:
                targets[epoch] = 1
    return targets


def targets_of(
    events: Iterable[ScoredEvent], n_epochs: int, known: npt.NDArray[np.bool_]
) -> dict[str, npt.NDArray[np.int8]]:
    """Targets of all tasks on events, by the name of the task.

    Parameters
    ----------
    events
        Of the night.
    n_epochs
        Its length.
    known
        Epochs of which anything is known, shape (n_epochs,); the others are `UNKNOWN`. So are all
        where nobody marked any event: a night without marks was not looked at for them.
    """
    decided = [event for event in events if not event.is_proposed]
    targets = {}
    for task, group in GROUPS.items():
        found = event_targets(decided, group, n_epochs)
        found[~known if decided else slice(None)] = UNKNOWN
        targets[task] = found
    return targets
