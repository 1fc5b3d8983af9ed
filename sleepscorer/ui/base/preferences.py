"""What the technician prefers: a typed value; QSettings is only where it is kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.file_questions import absolute
from sleepscorer.ui.base.advance import Advance
from sleepscorer.ui.base.key_profiles import DEFAULT

_MOST_RECENT_FILES = 10


@dataclass(frozen=True, slots=True)
class Preferences:
    """Preferences that outlive the program.

    Attributes
    ----------
    scorer
        Name written beside the stages that the technician gives.
    advance
        What follows a stage key, a value of `Advance`.
    keys
        Id of the profile of stage keys.
    own_keys
        Keys that the technician chose, see `key_bindings.to_text`.
    numpad
        Whether a digit of the number pad goes on while one of the top row stays.
    keeps_scored
        Whether a stage key scores only the unscored epochs of a selection.
    montage
        Name of the montage that was chosen last; empty for all channels.
    filters
        Whether traces are shown with the AASM filters, or with those of their montage.
    notch_hz
        Frequency of the mains that is taken away; 0 to leave it.
    page_s
        Length of a page in seconds; infinite for the whole night.
    guides, scale_bar
        Whether the ±37.5 µV lines and the scale bar are shown.
    px_per_mm
        Pixels in a millimetre of the screen; 0 while it is not calibrated.
    waves, explanation
        Whether waves that were found, and what moved the network, are shown over the traces.
    neighbours
        Whether the epochs around the current one are shown.
    theme
        Word of one of `THEMES`.
    language
        Language of the interface, one of `LANGUAGES`; empty for the system's.
    letterhead
        Path of the letterhead of reports; empty for a plain one.
    recent_files
        Absolute paths, the latest first.
    """

    scorer: str = "Scorer"
    advance: str = Advance.ALWAYS.value
    keys: str = DEFAULT.id
    own_keys: tuple[str, ...] = ()
    numpad: bool = False
    keeps_scored: bool = False
    montage: str = ""
    filters: bool = True
    notch_hz: int = 0
    page_s: float = EPOCH_S
    guides: bool = True
    scale_bar: bool = False
    px_per_mm: float = 0.0
    waves: bool = True
    explanation: bool = False
    neighbours: bool = False
    theme: str = "light"
    language: str = ""
    letterhead: str = ""
    recent_files: tuple[str, ...] = ()

    def with_recent_file(self, path: Path) -> Preferences:
        """Return the preferences with a file at the head of the recent ones."""
        name = str(absolute(path))
        others = tuple(other for other in self.recent_files if other != name)
        return replace(self, recent_files=(name, *others)[:_MOST_RECENT_FILES])


class PreferenceStore:
    """Preferences and window layout in QSettings.

    Each preference is stored as JSON text, because QSettings gives other types back after a
    restart (``True`` becomes ``"true"``).
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def load(self) -> Preferences:
        """Read the preferences; a missing or damaged one has its default."""
        preferences = Preferences()
        for field in fields(Preferences):
            text = self._settings.value(f"preferences/{field.name}")
            try:
                value = json.loads(text) if isinstance(text, str) else None
            except json.JSONDecodeError:
                continue
            if isinstance(value, list):
                value = tuple(str(item) for item in value)
            if isinstance(value, type(getattr(preferences, field.name))):
                preferences = replace(preferences, **{field.name: value})
        return preferences

    def save(self, preferences: Preferences) -> None:
        """Write the preferences."""
        for name, value in asdict(preferences).items():
            self._settings.setValue(f"preferences/{name}", json.dumps(value))

    def load_layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Geometry and docks of the window when it was last closed."""
        geometry = self._settings.value("window/geometry")
        state = self._settings.value("window/state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    def save_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember geometry and docks of the window."""
        self._settings.setValue("window/geometry", geometry)
        self._settings.setValue("window/state", state)
