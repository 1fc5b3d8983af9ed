"""Stage keys of the programs that technicians come from.

Keys: AASM ISR viewer, wonambi and SleepTrip as their manuals give them. They disagree on 4 (REM for
one, stage 4 for others), which is why the default leaves it alone. Del, which takes the stage away
in all of them, acts on a chosen event first: it belongs to `edit.delete`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.language import N_


@dataclass(frozen=True, slots=True)
class KeyProfile:
    """Keys that give stages.

    Attributes
    ----------
    id
        Word in the preferences.
    name
        Name in the menu, before it is translated.
    keys
        Keys of each stage, the first one shown in the menu.
    """

    id: str
    name: str
    keys: Mapping[Stage, tuple[str, ...]]


_DIGITS = {Stage.N1: ("1",), Stage.N2: ("2",), Stage.N3: ("3",)}

DEFAULT = KeyProfile(
    "default",
    N_("Default"),
    _DIGITS | {Stage.W: ("W", "0"), Stage.R: ("R", "5"), Stage.UNSCORED: ("U",)},
)
KEY_PROFILES = (
    DEFAULT,
    KeyProfile(
        "isr",
        "AASM ISR viewer",
        _DIGITS | {Stage.W: ("0",), Stage.R: ("4",), Stage.UNSCORED: ("U",)},
    ),
    KeyProfile(
        "wonambi",
        "wonambi",
        _DIGITS | {Stage.W: ("9",), Stage.R: ("5",), Stage.UNSCORED: ("0",)},
    ),
    KeyProfile(
        "sleeptrip",
        "SleepTrip",
        _DIGITS | {Stage.W: ("0", "W"), Stage.R: ("5", "R"), Stage.UNSCORED: ("7", "D")},
    ),
)


def key_profile(profile_id: str) -> KeyProfile:
    """Return the profile of an id, the default one for an unknown id."""
    return next((profile for profile in KEY_PROFILES if profile.id == profile_id), DEFAULT)
