"""Where to go after a stage key."""

from __future__ import annotations

from enum import Enum

from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.language import N_


class Advance(Enum):
    """What follows once epochs have been given a stage; the value is kept in the preferences."""

    ALWAYS = "always"
    FIRST_TIME = "first time"
    NEXT_UNSCORED = "next unscored"
    QUEUE = "queue"
    STAY = "stay"


ADVANCE_NAMES = {
    Advance.ALWAYS: N_("Go to the &next epoch"),
    Advance.FIRST_TIME: N_("Go to the next epoch when scored for the &first time"),
    Advance.NEXT_UNSCORED: N_("Go to the next &unscored epoch"),
    Advance.QUEUE: N_("Go to the next epoch of the &review"),
    Advance.STAY: N_("&Stay"),
}


def advance_mode(value: str) -> Advance:
    """Return the mode of a stored value, the default one for an unknown value."""
    return next((mode for mode in Advance if mode.value == value), Advance.ALWAYS)


def next_epoch(mode: Advance, scored: range, scoring: Scoring, *, was_human: bool) -> int | None:
    """Epoch to go to after scoring a range.

    Parameters
    ----------
    mode
        What the technician wants.
    scored
        Epochs that were just scored.
    scoring
        The scoring, with them.
    was_human
        Whether a person had scored all of them before.

    Returns
    -------
    epoch
        None to stay, or where the review decides; may be one after the last epoch.
    """
    following = scored[-1] + 1
    if mode is Advance.ALWAYS:
        return following
    if mode is Advance.FIRST_TIME:
        return None if was_human else following
    if mode is Advance.NEXT_UNSCORED:
        unscored = (
            epoch
            for epoch in range(following, len(scoring))
            if scoring[epoch].stage is Stage.UNSCORED
        )
        return next(unscored, None)
    return None
