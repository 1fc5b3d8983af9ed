"""What a right click offers: rows of the table of actions, so that keys and blindness follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from sleepscorer.ui.actions.action_table import CHANGING_MENUS, CONTEXT_MENUS, EVENT_ACTIONS
from sleepscorer.ui.base.language import tr


class ContextMenus:
    """Shows the menu of a place, for what was chosen there by the same click.

    Parameters
    ----------
    window
        Owner of the menus.
    actions
        All actions, by their ids.
    own_kinds
        Menu of the kinds of events that the laboratory made up; stands below the others.

    Attributes
    ----------
    ask
        Shows a menu at a position until something is chosen or it is left; tests choose in its
        place. Whoever asked for it may forget the place only then.
    """

    def __init__(self, window: QWidget, actions: Mapping[str, QAction], own_kinds: QMenu) -> None:
        self.ask: Callable[[QMenu, QPoint], object] = lambda menu, position: menu.exec(position)
        self._menus: dict[str, QMenu] = {}
        for place, groups in CONTEXT_MENUS.items():
            menu = self._menus[place] = QMenu(window)
            menu.setObjectName(f"context.{place}")
            menu.setToolTipsVisible(True)
            for group in groups:
                are_kinds = group == tuple(EVENT_ACTIONS)
                if place in CHANGING_MENUS and are_kinds:
                    menu.addSection(tr("Change to"))
                else:
                    menu.addSeparator()
                menu.addActions([actions[action_id] for action_id in group])
                if are_kinds:
                    menu.addMenu(own_kinds)

    def show(self, place: str, position: QPoint) -> None:
        """Show the menu of a place at a position on the screen."""
        self.ask(self._menus[place], position)
