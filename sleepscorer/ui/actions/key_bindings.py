"""The keys of every action: the usual ones, those of a stage profile, and the technician's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions.action_table import ACTIONS, STAGE_ACTIONS
from sleepscorer.ui.base.key_profiles import DEFAULT, KeyProfile
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import plain_tip

Keys = Mapping[str, tuple[str, ...]]
"""Keys of some actions, by their ids, in the portable names of `QKeySequence`."""

_NUMPAD = "Num+"


class KeyBindings(QObject):
    """Gives the actions their keys; no key ever belongs to two actions.

    Attributes
    ----------
    changed
        Emitted with all of the technician's own keys when one of them is another.
    """

    changed = Signal(object)

    def __init__(
        self,
        actions: Mapping[str, QAction],
        numpad_actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.actions = actions
        self._numpad_actions = numpad_actions
        self._profile = DEFAULT
        self._own: dict[str, tuple[str, ...]] = {}
        self._applied: object = None
        self._reasons: dict[str, str] = {}

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Keys of every action as they are now."""
        return effective_keys(self._profile, self._own)

    @property
    def stage_keys(self) -> dict[str, Stage]:
        """Which stage each key gives."""
        return {key: stage for name, stage in STAGE_ACTIONS.items() for key in self.keys[name]}

    def apply(self, profile: KeyProfile, own: Keys, *, numpad: bool) -> None:
        """Give the actions their keys.

        Parameters
        ----------
        profile
            Keys of the stages.
        own
            Keys that the technician chose; they go before all others.
        numpad
            Whether the digits of the number pad are keys of their own.
        """
        self._profile, self._own = profile, dict(own)
        keys = self.keys
        wanted = keys, numpad, [action.text() for action in self.actions.values()]
        if wanted == self._applied:
            return
        self._applied = wanted
        # All are freed first: for a moment two actions would share a key, and neither would work.
        for action in (*self.actions.values(), *self._numpad_actions.values()):
            action.setShortcuts([])
        for action_id, action in self.actions.items():
            action.setShortcuts([QKeySequence(key) for key in keys[action_id]])
            self._show_tip(action_id)
        for action_id, action in self._numpad_actions.items():
            digits = [key for key in keys[action_id] if key.isdigit()] if numpad else []
            action.setShortcuts([QKeySequence(f"{_NUMPAD}{digit}") for digit in digits])

    def told(self, action_ids: Iterable[str]) -> tuple[str, ...]:
        """Lines with the keys of actions that are there and have one, and what these do."""
        actions = [self.actions[action_id] for action_id in action_ids]
        return tuple(
            f"{keys}: {_name(action)}"
            for action in actions
            if action.isVisible() and (keys := _keys(action))
        )

    def explain(self, action_id: str, reason: str) -> None:
        """Say in a tool tip why an action is off; without a reason it says what the action does."""
        if reason != self._reasons.get(action_id, ""):
            self._reasons[action_id] = reason
            self._show_tip(action_id)

    def owner(self, key: str) -> str:
        """Id of the action that has a key; empty when it is free."""
        return next((action_id for action_id, keys in self.keys.items() if key in keys), "")

    def set_keys(self, action_id: str, keys: Sequence[str]) -> None:
        """Choose the keys of an action; whatever had one of them loses it."""
        own = self._own | {action_id: tuple(keys)}
        for other, others in self.keys.items():
            if other != action_id and set(others) & set(keys):
                own[other] = tuple(key for key in others if key not in keys)
        self.changed.emit(own)

    @property
    def as_text(self) -> str:
        """The stage keys and all that are not the usual ones, for another technician's program."""
        usual = effective_keys(DEFAULT, {})
        kept = {
            action_id: keys
            for action_id, keys in self.keys.items()
            if action_id in STAGE_ACTIONS or keys != usual[action_id]
        }
        return "".join(f"{line}\n" for line in to_text(kept))

    def take_text(self, text: str) -> bool:
        """Take the keys of another technician over; return whether there were any."""
        own = from_text(line.strip() for line in text.splitlines())
        if own:
            self.changed.emit(own)
        return bool(own)

    def reset(self, action_id: str) -> None:
        """Give an action its usual keys again, but for those that another one has been given."""
        self.changed.emit({other: keys for other, keys in self._own.items() if other != action_id})

    def reset_all(self) -> None:
        """Give all actions their usual keys again."""
        self.changed.emit({})

    def is_own(self, action_id: str) -> bool:
        """Whether the technician chose the keys of an action."""
        return action_id in self._own

    def _show_tip(self, action_id: str) -> None:
        action = self.actions[action_id]
        lines = (_tip(action, _TIPS[action_id]), self._reasons.get(action_id, ""))
        action.setToolTip(plain_tip("\n".join(filter(None, lines))))


_TIPS = {spec.id: spec.tip for spec in ACTIONS}


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in action.shortcuts())


def _name(action: QAction) -> str:
    """Text of an action without the marks of the letters that are underlined."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _tip(action: QAction, tip: str) -> str:
    """What an action does, and its keys."""
    keys = _keys(action)
    what = tr(tip) if tip else _name(action)
    return f"{what} ({keys})" if keys else what


def effective_keys(profile: KeyProfile, own: Keys) -> dict[str, tuple[str, ...]]:
    """Keys of every action; a key that the technician chose belongs to no other action."""
    usual = {spec.id: spec.shortcuts for spec in ACTIONS} | {
        action_id: profile.keys[stage] for action_id, stage in STAGE_ACTIONS.items()
    }
    chosen = {action_id: keys for action_id, keys in own.items() if action_id in usual}
    taken = {key for keys in chosen.values() for key in keys}
    # A profile goes before the table: 7 means "unscored" to some and nothing to most.
    staging = {key for action_id in STAGE_ACTIONS for key in usual[action_id]}
    return {
        action_id: chosen.get(
            action_id,
            tuple(
                key
                for key in keys
                if key not in taken and (action_id in STAGE_ACTIONS or key not in staging)
            ),
        )
        for action_id, keys in usual.items()
    }


def to_text(own: Keys) -> tuple[str, ...]:
    """Write the technician's keys as a preference: ``"view.next=Right; Space"``."""
    return tuple(
        f"{action_id}={QKeySequence.listToString([QKeySequence(key) for key in keys])}"
        for action_id, keys in own.items()
    )


def from_text(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read the technician's keys from a preference; what is no such text is left out."""
    known = {spec.id for spec in ACTIONS}
    own: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for text in texts:
        action_id, separator, keys = text.partition("=")
        if separator and action_id in known:
            sequences = QKeySequence.listFromString(keys)
            names = [key.toString() for key in sequences if not key.isEmpty()]
            # Two windows may have given one key away; no key belongs to two actions.
            own[action_id] = tuple(name for name in names if name not in taken)
            taken.update(names)
    return own
