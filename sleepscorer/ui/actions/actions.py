"""What an action is, and making menus and shortcuts of a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import plain_tip


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    id
        Unique name.
    text
        Text in the menu, before it is translated.
    menu
        Menu that it is in, before it is translated.
    shortcuts
        Keys; the first one is shown in the menu.
    tip
        What it does, for the tool tip, before it is translated.
    needs_document
        Whether it makes sense only with a recording open.
    tells
        Whether it tells what the network or another scorer thinks, or whose night it is: off for
        who scores blind.
    needs_suggestion
        Whether it decides on suggested events: off while none is chosen.
    checkable
        Whether it is a switch; its handler then gets the new state.
    starts_group
        Whether a line separates it from the action before.
    repeats
        Whether it happens again while the key is held: never what changes the scoring.
    is_name
        Whether the text is a name to choose, in which no letter is underlined.
    """

    id: str
    text: str
    menu: str
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    needs_document: bool = True
    tells: bool = False
    needs_suggestion: bool = False
    checkable: bool = False
    starts_group: bool = False
    repeats: bool = False
    is_name: bool = False

    def makes_sense(self, *, is_open: bool, is_blind: bool, has_suggestion: bool) -> bool:
        """Whether it can be done: a recording is open, its scorer sees, a suggestion is chosen."""
        return (
            (is_open or not self.needs_document)
            and not (is_blind and self.tells)
            and (has_suggestion or not self.needs_suggestion)
        )

    @property
    def shown_text(self) -> str:
        """Text in the menu, in the language of the interface."""
        return f"{tr(self.text)}…".replace("&", "&&") if self.is_name else tr(self.text)


def install(
    window: QMainWindow,
    specs: Iterable[ActionSpec],
    menu_names: Mapping[str, str],
    handlers: Mapping[str, Callable[..., object]],
) -> tuple[dict[str, QAction], dict[str, QMenu]]:
    """Create all actions and their menus on a window.

    Parameters
    ----------
    window
        Gets menus, actions and shortcuts.
    specs
        The actions, in the order of their menus.
    menu_names
        The menus, each with the one it is in; empty for those of the bar. One that is in another
        stands where its first action does.
    handlers
        What each action does, by its id; a switch's handler gets the new state.

    Returns
    -------
    actions, menus
        By id and by name.

    Raises
    ------
    KeyError
        An action has no handler.
    """
    menus: dict[str, QMenu] = {
        name: window.menuBar().addMenu(tr(name)) for name, outer in menu_names.items() if not outer
    }
    actions = {}
    for spec in specs:
        action = QAction(spec.shown_text, window)
        action.setObjectName(spec.id)
        action.setAutoRepeat(spec.repeats)
        action.setShortcuts([QKeySequence(key) for key in spec.shortcuts])
        if spec.tip:
            action.setToolTip(plain_tip(tr(spec.tip)))
            action.setStatusTip(tr(spec.tip))
        handler = handlers[spec.id]
        if spec.checkable:
            action.setCheckable(True)
            action.toggled.connect(handler)
        else:
            action.triggered.connect(lambda _checked, handler=handler: handler())
        if spec.menu not in menus:
            menus[spec.menu] = menus[menu_names[spec.menu]].addMenu(tr(spec.menu))
        if spec.starts_group:
            menus[spec.menu].addSeparator()
        menus[spec.menu].addAction(action)
        menus[spec.menu].setToolTipsVisible(True)  # why something is off
        actions[spec.id] = action
    return actions, menus


def add_choice(
    menu: QMenu, options: Mapping[str, str], on_choice: Callable[[str], object]
) -> dict[str, QAction]:
    """Add options to a menu, of which one is chosen.

    Parameters
    ----------
    menu
        Gets the options.
    options
        Their texts by value.
    on_choice
        Called with the value that the technician chooses.
    """
    group = QActionGroup(menu)
    actions = {}
    for value, text in options.items():
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setActionGroup(group)
        action.triggered.connect(lambda _checked, value=value: on_choice(value))
        actions[value] = action
    return actions
