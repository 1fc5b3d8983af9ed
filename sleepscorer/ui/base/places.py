"""Where the technician stopped in each night."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import QSettings

from sleepscorer.file_questions import absolute

_KEY = "window/places"
_MOST_PLACES = 50
_LARGEST_GAIN = 1e4


@dataclass(frozen=True, slots=True)
class LastPlace:
    """How a night was seen when it was closed.

    Attributes
    ----------
    epoch
        The current epoch, from 0.
    page_s
        Length of a page in seconds; infinite for the whole night.
    gains
        How much larger than usual each trace was drawn, by its name.
    """

    epoch: int
    page_s: float
    gains: Mapping[str, float] = field(default_factory=dict)


class Places:
    """Keeps the last places of the nights that were closed last, beside the preferences.

    A session is known by its path, a recording without one by a digest of what it is.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def of(self, night: Path | str) -> LastPlace | None:
        """Where a night was left; None when that is not known."""
        return _place_of(self._read().get(_name(night)))

    def keep(self, night: Path | str, place: LastPlace) -> None:
        """Remember where a night is left."""
        name = _name(night)
        self._settings.sync()  # another window may have written
        others = {key: value for key, value in self._read().items() if key != name}
        latest = dict(list(({name: asdict(place)} | others).items())[:_MOST_PLACES])
        self._settings.setValue(_KEY, json.dumps(latest))

    def _read(self) -> dict[str, object]:
        text = self._settings.value(_KEY)
        try:
            found = json.loads(text) if isinstance(text, str) else {}
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def _name(night: Path | str) -> str:
    return str(absolute(night)) if isinstance(night, Path) else f"recording {night}"


def _place_of(stored: object) -> LastPlace | None:
    """Read a place; None for what is none."""
    if not isinstance(stored, dict):
        return None
    epoch, page_s, gains = (stored.get(name) for name in ("epoch", "page_s", "gains"))
    if type(epoch) is not int or not isinstance(page_s, int | float) or math.isnan(page_s):
        return None
    known = gains.items() if isinstance(gains, dict) else ()
    return LastPlace(
        max(epoch, 0),
        float(page_s),
        {
            name: float(gain)
            for name, gain in known
            if isinstance(gain, int | float) and 1 / _LARGEST_GAIN < gain < _LARGEST_GAIN
        },
    )
