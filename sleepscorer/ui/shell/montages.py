"""The montages of the lab: which one is shown, their keys, and changing them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from resources import MONTAGES_PATH
from sleepscorer.domain.channels import Channel, ChannelKind, kind_of_label
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.montage import Trace
from sleepscorer.domain.montages import (
    ALL_CHANNELS,
    SINGLE_EEG,
    FittedMontage,
    Montage,
    all_channels,
    fit,
    merged_montages,
    montage_of,
    single_eeg,
)
from sleepscorer.file_questions import is_missing
from sleepscorer.io.montages import put_aside, read_montages, write_montages
from sleepscorer.ui.actions.action_table import MONTAGE_ACTIONS
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.dialogs.dialogs import Dialogs

logger = logging.getLogger(__name__)

FILE_NAME = "montages.json"

_LONGEST_WAIT_MS = 2000


class Montages(QObject):
    """Fits montages to the recording that is open.

    Parameters
    ----------
    path
        File of the lab's montages; the presets are used until there is one.
    dialogs
        Asks the technician.
    actions
        Show the names of the montages and choose them.
    parent
        Owner, over which the editor is shown.

    Attributes
    ----------
    chosen
        Emitted with the name of the montage that the technician chooses.
    shown
        Emitted with a name and the `FittedMontage` of that name.
    listed
        Emitted when there are other montages, or they fit another recording.
    said
        Emitted with a sentence for the technician.
    failed
        Emitted with a `ScoringError` when the file can't be read or written.
    """

    chosen = Signal(str)
    shown = Signal(str, object)
    listed = Signal()
    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self, path: Path, dialogs: Dialogs, actions: Mapping[str, QAction], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._path = path
        self._dialogs = dialogs
        self._presets = read_montages(MONTAGES_PATH)
        self._montages = self._presets
        self._known = self._presets  # what this window last found in the file or wrote there
        self._channels: tuple[Channel, ...] = ()
        self._name: str = ALL_CHANNELS
        self._actions = [actions[action_id] for action_id in MONTAGE_ACTIONS]
        group = QActionGroup(self)
        for action in self._actions:
            action.setCheckable(True)
            action.setActionGroup(group)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on montages does, by its id."""
        return {
            **{
                action_id: partial(self._choose_number, number)
                for number, action_id in enumerate(MONTAGE_ACTIONS)
            },
            "traces.montages": self.edit,
        }

    @property
    def name(self) -> str:
        """Name of the montage that is shown."""
        return self._name

    @property
    def names(self) -> tuple[str, ...]:
        """Names of those of which the recording has at least one signal, in the order of keys."""
        return tuple(name for name in self._all_names if self._fitted(name).traces)

    def read(self) -> None:
        """Read the lab's montages."""
        if not is_missing(self._path):
            try:
                self._montages = self._known = read_montages(self._path)
            except ScoringError as error:
                self.failed.emit(error)
        self._list()

    def fit_to(self, channels: Sequence[Channel], preferred: str) -> None:
        """Show a recording with the montage that is preferred, or with one that fits it."""
        self._channels = tuple(channels)
        self._list()
        self._show_best(preferred)

    def choose(self, name: str) -> None:
        """Show a montage that the technician chooses."""
        self._show(name)
        self.chosen.emit(name)

    def edit(self, begin_with: str = "") -> None:
        """Let the technician change the montages."""
        self._edit(self._montages, begin_with or self._name)

    def keep(self, traces: Sequence[Trace]) -> None:
        """Make a montage of what is shown, and let the technician go on with it."""
        names = {montage.name for montage in self._montages}
        number = 1
        while (name := tr("Montage {number}").format(number=number)) in names:
            number += 1
        self._edit((*self._montages, montage_of(name, traces)), name)

    @property
    def _all_names(self) -> tuple[str, ...]:
        own = (montage.name for montage in self._montages)
        return (ALL_CHANNELS, *own, SINGLE_EEG)

    def _edit(self, montages: Sequence[Montage], current: str) -> None:
        changed = self._dialogs.montages(
            self._window, montages, self._presets, self._channels, current
        )
        if changed is None or changed == self._montages:
            return
        try:
            changed = write_with_others(self._path, self._known, changed, self.failed.emit)
            self._known = changed
        except ScoringError as error:
            self.failed.emit(error)  # they are used all the same until the program ends
        former, self._montages = self._montages, changed
        self._list()
        new = [montage.name for montage in changed if montage not in former]
        if new and new[-1] in self.names and self._name not in new:
            self.choose(new[-1])
            self._say_key()
        elif self._show_best(self._name):
            self._say_key()

    def _show_best(self, preferred: str) -> bool:
        """Show a montage or one that fits better, and return whether it is the one preferred.

        Where it is not, that is said.
        """
        best = self._best(preferred)
        self._show(best)
        if best != preferred and preferred in self._all_names:
            text = tr("This recording lacks {names} of “{montage}”; “{other}” is shown instead.")
            names = ", ".join(self._fitted(preferred).missing)
            self.said.emit(text.format(names=names, montage=tr(preferred), other=tr(best)))
        return best == preferred

    def _fitted(self, name: str) -> FittedMontage:
        if name == SINGLE_EEG:
            return single_eeg(self._channels)
        montages = {montage.name: montage for montage in self._montages}
        if name in montages:
            return fit(montages[name], self._channels)
        return all_channels(self._channels)

    def _best(self, preferred: str) -> str:
        """The preferred montage if most of it is there, else the lab's largest that is whole."""
        if preferred in self._all_names and _is_mostly_there(self._fitted(preferred)):
            return preferred
        whole = {
            name: len(fitted.traces)
            for name in self._all_names
            if (fitted := self._fitted(name)).traces and not fitted.missing
        }
        if preferred in whole or not preferred:
            return preferred or ALL_CHANNELS
        own = [montage.name for montage in self._montages if montage.name in whole]
        return max(own, key=lambda name: whole[name], default=ALL_CHANNELS)

    def _show(self, name: str) -> None:
        self._name = name
        if self._channels:
            self.shown.emit(name, self._fitted(name))
        for action, other in zip(self._actions, self._all_names, strict=False):
            action.setChecked(other == name)

    def _say_key(self) -> None:
        """Say which montage is shown, and by which key it comes back."""
        place = self._all_names.index(self._name)
        key = "–" if place >= len(self._actions) else self._actions[place].shortcut().toString()
        told = [tr("“{name}” is shown; its key is {key}.").format(name=tr(self._name), key=key)]
        if missing := self._fitted(self._name).missing:
            told.append(
                tr("This recording does not have: {names}").format(names=", ".join(missing))
            )
        self.said.emit(" ".join(told))

    def _choose_number(self, number: int) -> None:
        name = self._all_names[number]
        if name in self.names:
            self.choose(name)

    def _list(self) -> None:
        names, fitting = self._all_names, self.names
        for number, action in enumerate(self._actions):
            action.setVisible(number < len(names))
            name = names[number] if number < len(names) else ""
            action.setText(tr(name).replace("&", "&&") if name else "")
            action.setEnabled(name in fitting)
        self.listed.emit()


def _is_mostly_there(fitted: FittedMontage) -> bool:
    """Whether a recording lacks less of a montage than it has, and not all of its EEG."""
    has_eeg = any(trace.kind is ChannelKind.EEG for trace in fitted.traces)
    lacks_eeg = any(kind_of_label(name) is ChannelKind.EEG for name in fitted.missing)
    return (has_eeg or not lacks_eeg) and len(fitted.traces) > len(fitted.missing)


def write_with_others(
    path: Path,
    known: tuple[Montage, ...],
    changed: tuple[Montage, ...],
    tell: Callable[[ScoringError], object],
) -> tuple[Montage, ...]:
    """Write montages together with what another window has written since, and return both.

    Parameters
    ----------
    path
        File of the lab's montages.
    known
        What this window last found there.
    changed
        What has become of it here.
    tell
        Called with what is to be said where the file can't be read and is put aside.

    Raises
    ------
    ScoringError
        The file can be neither written nor put aside.
    """
    # Another window must not write between reading what it has and writing both; where nothing can
    # be locked, nothing can be written either, which is told.
    lock = QLockFile(f"{path}.lock")
    lock.tryLock(_LONGEST_WAIT_MS)
    try:
        merged = merged_montages(known, changed, _theirs(path, known, tell))
        write_montages(path, merged)
    finally:
        lock.unlock()
    return merged


def _theirs(
    path: Path, known: tuple[Montage, ...], tell: Callable[[ScoringError], object]
) -> tuple[Montage, ...]:
    """What is in the file now; a file that can't be read is put aside."""
    if is_missing(path):
        return known
    try:
        return read_montages(path)
    except ScoringError:
        aside = put_aside(path)
        tell(
            ScoringError(
                "The montages that could not be read are kept in {file}; mend them there "
                "with a text editor.",
                file=aside,
            )
        )
        return known
