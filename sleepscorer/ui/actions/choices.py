"""Menus of which one entry is chosen, and of the recent files: what a table can't hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from sleepscorer.ui.actions.action_table import FILE, SCORING, VIEW
from sleepscorer.ui.actions.actions import add_choice
from sleepscorer.ui.base.advance import ADVANCE_NAMES, advance_mode
from sleepscorer.ui.base.key_profiles import KEY_PROFILES, key_profile
from sleepscorer.ui.base.language import LANGUAGES, N_, tr
from sleepscorer.ui.base.preferences import Preferences
from sleepscorer.ui.base.theme import THEMES, theme_word

VOTERS = {
    1: N_("The &chosen one alone"),
    3: N_("Up to &3"),
    6: N_("Up to &6"),
}
"""How many derivations may vote, and what that is called."""


class Choices(QObject):
    """Shows the preferences in menus and changes them there.

    Parameters
    ----------
    menus, actions
        Of the window, by name and by id.
    prefer
        Keeps changed preferences.
    parent
        Owner.

    Attributes
    ----------
    voters, advance, keys, themes, languages
        The entries of each menu, by their value in the preferences.
    file_chosen
        Emitted with the path of a recent file.
    theme_chosen
        Emitted when another theme was chosen.
    language_chosen
        Emitted when another language was chosen, which takes effect at the next start.
    """

    file_chosen = Signal(Path)
    theme_chosen = Signal()
    language_chosen = Signal()

    def __init__(
        self,
        menus: Mapping[str, QMenu],
        actions: Mapping[str, QAction],
        prefer: Callable[..., None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._prefer = prefer
        self._recent = QMenu(tr("Ope&n recent"), parent)
        menus[FILE].insertMenu(actions["file.demo"], self._recent)
        menus[SCORING].addSeparator()
        self.voters = add_choice(
            menus[SCORING].addMenu(tr("Derivatio&ns that vote")),
            {str(number): tr(name) for number, name in VOTERS.items()},
            lambda value: prefer(voters=int(value)),
        )
        self.advance = add_choice(
            menus[SCORING].addMenu(tr("After a stage ke&y")),
            {mode.value: tr(name) for mode, name in ADVANCE_NAMES.items()},
            lambda value: prefer(advance=value),
        )
        self.keys = add_choice(
            menus[SCORING].addMenu(tr("Stage &keys of")),
            {profile.id: tr(profile.name) for profile in KEY_PROFILES},
            lambda value: prefer(keys=value),
        )
        self.themes = add_choice(
            menus[VIEW].addMenu(tr("The&me")),
            {word: tr(name) for word, (name, _theme) in THEMES.items()},
            self._on_theme_chosen,
        )
        self.languages = add_choice(
            menus[VIEW].addMenu(tr("Languag&e")),
            {"": tr("As the &system"), **LANGUAGES},
            self._on_language_chosen,
        )

    def show_preferences(self, preferences: Preferences) -> None:
        """Tick what is preferred."""
        self.advance[advance_mode(preferences.advance).value].setChecked(True)
        voters = next(number for number in VOTERS if number >= preferences.voters)
        self.voters[str(voters)].setChecked(True)
        self.keys[key_profile(preferences.keys).id].setChecked(True)
        self.themes[theme_word(preferences.theme)].setChecked(True)
        language = preferences.language if preferences.language in LANGUAGES else ""
        self.languages[language].setChecked(True)

    def show_recent(self, *, is_shown: bool) -> None:
        """Show the menu of the recent files, or hide it with the names that it tells."""
        self._recent.menuAction().setVisible(is_shown)

    def show_recent_files(self, names: tuple[str, ...]) -> None:
        """List the recent files."""
        self._recent.clear()
        for name in names:
            action = self._recent.addAction(name)
            action.triggered.connect(lambda _checked, name=name: self.file_chosen.emit(Path(name)))
        self._recent.setEnabled(bool(names))

    def _on_theme_chosen(self, word: str) -> None:
        self._prefer(theme=word)
        self.theme_chosen.emit()

    def _on_language_chosen(self, language: str) -> None:
        self._prefer(language=language)
        self.language_chosen.emit()
