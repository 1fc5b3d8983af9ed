"""What the technician prefers: a typed value; QSettings is only where it is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSettings

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.legends import Position
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.events.engines import ENGINES
from sleepscorer.events.laboratory import USUAL_ENGINE, Laboratory, rule_of, rule_text
from sleepscorer.events.roles import Role
from sleepscorer.file_questions import absolute, content_of, is_there
from sleepscorer.io.atomic import write_file
from sleepscorer.io.private_files import make_private
from sleepscorer.ui.base.advance import Advance
from sleepscorer.ui.base.key_profiles import DEFAULT
from sleepscorer.ui.base.layouts import Layouts
from sleepscorer.ui.base.places import Places

_MOST_RECENT_FILES = 10
_STAGES = {stage.label: stage for stage in SCORED_STAGES}
_Codes = tuple[float, ...]
_State = TypeVar("_State")


@dataclass(frozen=True, slots=True)
class Preferences:
    """Preferences that outlive the program.

    Attributes
    ----------
    scorer
        Name written beside the stages that the technician gives; empty until it was asked for.
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
    collects
        Whether nights that are signed off are kept to learn from without being asked.
    voters
        How many derivations vote on each stage, at most; the one that is chosen alone for 1.
    opinion
        What another program is asked for a second opinion with: ``"yasa"`` or a command.
    montage
        Name of the montage that was chosen last; empty for all channels.
    filters
        Whether traces are shown with the AASM filters, or with those of their montage.
    notch_hz
        Frequency of the mains that is taken away; 0 to leave it.
    page_s
        Length of a page in seconds; infinite for the whole night. A new recording begins with an
        epoch, a night that was open before as it was left.
    slow_page_s
        Length of the page of breathing, SpO₂, legs and position; 0 for that of all others.
    negative_up
        Whether negative values of EEG and eyes are drawn upwards.
    guides, scale_bar
        Whether the ±37.5 µV lines and the scale bar are shown.
    px_per_mm
        Pixels in a millimetre of the screen; 0 while it is not calibrated.
    waves, explanation
        Whether waves that were found, and what moved the network, are shown over the traces.
    neighbours
        Whether the epochs around the current one are shown.
    toured
        Whether the tour of the window was begun once.
    hides_identity
        Whether it is hidden whose night is open.
    theme
        Word of one of `THEMES`.
    language
        Language of the interface, one of `LANGUAGES`; empty for the system's.
    letterhead
        Path of the letterhead of reports; empty for a plain one.
    rule
        What hypopneas need to count, as `rule_text` writes it.
    roles
        Channels that have a role, each text a role, ``=`` and a JSON list of labels.
    own_kinds
        Kinds of events that the laboratory made up, see `OwnKind.line`.
    supine
        Values of the position channel that mean lying on the back.
    engine
        Word of what suggests events, one of `ENGINES`.
    positions, stage_codes
        Values that mean other positions, and stages, each text a word, ``=`` and a value.
    suggestions_by_effect
        Whether suggested events come by what they change, not in order of time.
    study_folders
        Folders of the study list, see `StudyFolder.line`.
    recent_files
        Absolute paths, the latest first.
    """

    scorer: str = ""
    advance: str = Advance.ALWAYS.value
    keys: str = DEFAULT.id
    own_keys: tuple[str, ...] = ()
    numpad: bool = False
    keeps_scored: bool = False
    collects: bool = False
    voters: int = 1
    opinion: str = "yasa"
    montage: str = ""
    filters: bool = True
    notch_hz: int = 0
    page_s: float = EPOCH_S
    slow_page_s: float = 0.0
    negative_up: bool = False
    guides: bool = True
    scale_bar: bool = False
    px_per_mm: float = 0.0
    waves: bool = True
    explanation: bool = False
    neighbours: bool = False
    toured: bool = False
    hides_identity: bool = False
    theme: str = "light"
    language: str = ""
    letterhead: str = ""
    rule: str = "1a"
    roles: tuple[str, ...] = ()
    own_kinds: tuple[str, ...] = ()
    supine: tuple[str, ...] = ()
    engine: str = USUAL_ENGINE
    positions: tuple[str, ...] = ()
    stage_codes: tuple[str, ...] = ()
    suggestions_by_effect: bool = False
    study_folders: tuple[str, ...] = ()
    recent_files: tuple[str, ...] = ()

    def with_recent_file(self, path: Path) -> Preferences:
        """Return the preferences with a file at the head of the recent ones."""
        name = str(absolute(path))
        others = tuple(other for other in self.recent_files if other != name)
        return replace(self, recent_files=(name, *others)[:_MOST_RECENT_FILES])

    @property
    def laboratory(self) -> Laboratory:
        """What was decided about events; what makes no sense of it is left out."""
        roles: dict[Role, tuple[str, ...]] = {}
        for text in self.roles:
            word, _, labels = text.partition("=")
            with suppress(ValueError, TypeError):
                roles[Role(word)] = tuple(map(str, json.loads(labels)))
        supine = []
        for text in self.supine:
            with suppress(ValueError):
                supine.append(float(text))
        return Laboratory(
            rule_of(self.rule),
            roles,
            tuple(supine),
            self.engine,
            _codes(self.positions, Position),
            _codes(self.stage_codes, _STAGES.__getitem__),
        )

    def with_laboratory(self, laboratory: Laboratory) -> Preferences:
        """Return the preferences with what was decided about events."""
        roles = tuple(
            f"{role.value}={json.dumps(labels, ensure_ascii=False)}"
            for role, labels in laboratory.roles.items()
        )
        return replace(
            self,
            rule=rule_text(laboratory.rule),
            roles=roles,
            supine=tuple(map(repr, laboratory.supine)),
            engine=laboratory.engine,
            positions=tuple(
                f"{position.value}={code!r}"
                for position, codes in laboratory.positions.items()
                for code in codes
            ),
            stage_codes=tuple(
                f"{stage.label}={code!r}"
                for stage, codes in laboratory.stages.items()
                for code in codes
            ),
        )


def _codes(texts: tuple[str, ...], state_of: Callable[[str], _State]) -> dict[_State, _Codes]:
    """Values of each state; what makes no sense is left out."""
    codes: dict[_State, _Codes] = {}
    for text in texts:
        word, _, code = text.partition("=")
        with suppress(ValueError, KeyError):
            state = state_of(word)
            codes[state] = (*codes.get(state, ()), float(code))
    return codes


def _is_rule(text: str) -> bool:
    try:
        rule_of(text)
    except ValueError:
        return False
    return True


_VALID: Mapping[str, Callable[[Any], bool]] = {
    "voters": lambda value: 1 <= value <= 6,
    "engine": lambda value: value in ENGINES,
    "notch_hz": lambda value: 0 <= value <= 1000,
    "page_s": lambda value: value > 0,
    "slow_page_s": lambda value: value >= 0,
    "px_per_mm": lambda value: 0 <= value <= 1000,
    "rule": _is_rule,
}
"""What a value has to be beside one of its type."""


class PreferenceStore:
    """Preferences in QSettings.

    Each preference is stored as JSON text, because QSettings gives other types back after a
    restart (``True`` becomes ``"true"``). A second window may have the same settings open: only
    what was changed here is written, and lists are put together with what is there.

    Attributes
    ----------
    places
        Where the technician stopped in each night.
    layouts
        How the window was left, and layouts with a name.
    damaged
        Names of the preferences that could not be read. What was there is kept under
        ``damaged/`` in the settings.
    damaged_file
        Copy of a settings file that is none or has lines that say nothing: Qt writes what it could
        read over it. None where there was no such thing.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._known = Preferences()
        self.places = Places(settings)
        self.layouts = Layouts(settings)
        self.damaged: tuple[str, ...] = ()
        self.damaged_file: Path | None = None

    @property
    def place(self) -> str:
        """Where the settings are kept."""
        return self._settings.fileName()

    def load(self) -> Preferences:
        """Read the preferences; a missing one has its default, a damaged one too."""
        self._settings.allKeys()  # which reads all of the file, so that it is known what it is
        if self._settings.status() is QSettings.Status.FormatError and self.damaged_file is None:
            self.damaged_file = _copied_aside(Path(self.place))
        preferences = Preferences()
        damaged = []
        for field in fields(Preferences):
            text = self._settings.value(f"preferences/{field.name}")
            if text is None:
                continue
            try:
                value = _value_of(text, field.name, getattr(preferences, field.name))
            except (ValueError, TypeError, OverflowError, RecursionError):
                damaged.append(field.name)
                self._settings.setValue(f"damaged/{field.name}", text)
                self._settings.remove(f"preferences/{field.name}")
                continue
            preferences = replace(preferences, **{field.name: value})
        self.damaged += tuple(damaged)
        self._known = preferences
        return preferences

    def save(self, preferences: Preferences) -> None:
        """Write what is different from what was read or written here before."""
        self._settings.sync()  # another window may have written
        known = asdict(self._known)
        for name, value in asdict(preferences).items():
            key = f"preferences/{name}"
            if value == known[name] and self._settings.contains(key):
                continue
            if isinstance(value, tuple):
                theirs = self._stored_texts(name, known[name])
                value = _merged_texts(known[name], value, theirs)
                if name == "recent_files":
                    value = value[:_MOST_RECENT_FILES]
            self._settings.setValue(key, json.dumps(value))
        self._known = preferences
        self._settings.sync()
        make_private(Path(self.place))  # it names files and the scorer

    def _stored_texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        try:
            value = _value_of(self._settings.value(f"preferences/{name}"), name, default)
        except (ValueError, TypeError, RecursionError):
            return default
        return tuple(value)


def _copied_aside(path: Path) -> Path | None:
    """Copy a settings file beside itself; None where that is not possible."""
    number = 1
    while is_there(aside := path.with_stem(f"{path.stem}-damaged-{number}")):
        number += 1
    try:
        write_file(aside, content_of(path), may_replace=False)
        make_private(aside)
    except (OSError, SleepScorerError):
        return None
    return aside


def _value_of(text: object, name: str, default: object) -> Any:
    """Read a stored preference; raise an error for what is none."""
    if not isinstance(text, str):
        raise TypeError(f"{name} is no text")
    value = json.loads(text)
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise TypeError(f"{name} is no list of texts")
        return tuple(value)
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    if type(value) is not type(default) or not _VALID.get(name, lambda _: True)(value):
        raise ValueError(f"{name} is {text}")
    return value


def _merged_texts(
    known: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    """Put two windows' changes of a list together, mine first.

    A text is told by what stands before its ``=``: an action and its keys are one.
    """
    before, own, others = ({_head(text): text for text in texts} for texts in (known, mine, theirs))
    merged = []
    for head, text in own.items():
        if text != before.get(head):
            merged.append(text)
        elif head in others:  # else it was taken away there
            merged.append(others[head])
    merged += [text for head, text in others.items() if head not in own and head not in before]
    return tuple(merged)


def _head(text: str) -> str:
    return text.partition("=")[0]
