"""What of the window is shown: panels one by one, the traces alone, layouts of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabBar, QWidget

from sleepscorer.ui.actions.action_table import LAYOUT_ACTIONS, PANEL_ACTIONS
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.layouts import FRAME_PX, USUAL, Layout, Layouts
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.views.workspace import Workspace

FIRST_SIZE = QSize(1440, 900)
LOW_SCREEN_PX = 800
_SIDE_SHARE, _MOST_SIDE_PX = 0.19, 400
_IN_FRONT = "is_in_front"


class Panels(QObject):
    """Shows and hides the panels around the traces and remembers how the window was left.

    Parameters
    ----------
    window
        Whose docks and geometry are kept.
    docks
        The docks by the id of their panel, from top to bottom.
    workspace
        Traces and night.
    layouts
        Where layouts are kept.
    dialogs
        Asks for the name of a layout.
    actions
        Show and choose what is shown.
    growth_px
        How much higher they have to be once a night is open.

    Attributes
    ----------
    said
        Emitted with a sentence for the technician.
    """

    said = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        docks: Mapping[str, QDockWidget],
        workspace: Workspace,
        layouts: Layouts,
        dialogs: Dialogs,
        actions: Mapping[str, QAction],
        growth_px: int,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._workspace = workspace
        self._layouts = layouts
        self._dialogs = dialogs
        self._actions = actions
        self._growth_px = growth_px
        self._hidden: frozenset[str] = frozenset()
        self._before_traces_alone: frozenset[str] | None = None
        self._impossible = frozenset(docks)
        self._usual_docks = b""
        self._is_as_at_first = False
        for dock in docks.values():
            dock.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._show_focused)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on panels and layouts does, by its id."""
        return {
            **{
                action_id: partial(self._on_panel_chosen, panel)
                for action_id, panel in PANEL_ACTIONS.items()
            },
            "view.traces_alone": self._show_traces_alone,
            "view.usual_layout": lambda: self.apply(USUAL),
            "view.keep_layout": self._keep,
            "view.remove_layout": self._remove,
            **{
                action_id: partial(self._choose_number, number)
                for number, action_id in enumerate(LAYOUT_ACTIONS)
            },
        }

    @property
    def layout(self) -> Layout:
        """What is shown now, and where."""
        docks = bytes(self._window.saveState().data())
        return Layout(self._hidden, self._workspace.own_heights_px, docks)

    def begin(self) -> None:
        """Show the window as it was left on these screens, else no larger than its screen."""
        screen_px = self._window.screen().availableSize().height()
        if screen_px < LOW_SCREEN_PX or not self._has_room():
            # Below the epoch there would be room for some rows of the list of events only.
            self._window.tabifyDockWidget(self._docks["epoch"], self._docks["events"])
            if not self._has_room():  # with a large font or scale not even for the queue
                self._window.tabifyDockWidget(self._docks["epoch"], self._docks["review"])
            self._docks["epoch"].raise_()
        self._give_usual_heights()
        docks = list(self._docks.values())
        # A wide screen has room for all columns of the list of events.
        width_px = round(_SIDE_SHARE * self._window.screen().availableSize().width())
        widths = [min(width_px, _MOST_SIDE_PX)] * len(docks)
        self._window.resizeDocks(docks, widths, Qt.Orientation.Horizontal)
        self._usual_docks = bytes(self._window.saveState().data())
        self._list()
        left = self._layouts.left(_screens())
        if left is None:
            room = self._window.screen().availableSize() - FRAME_PX
            self._window.resize(FIRST_SIZE.boundedTo(room))
            self.apply(USUAL)
            self._is_as_at_first = True
            return
        layout, geometry = left
        self._window.restoreGeometry(geometry)
        self.apply(layout)

    def _has_room(self) -> bool:
        """Whether the screen is as high as the window has to be with a night without a video."""
        screen_px = self._window.screen().availableSize().height()
        least_px = self._window.minimumSizeHint().height() + self._growth_px
        return least_px - self._docks["video"].minimumSizeHint().height() <= screen_px

    @property
    def is_first_start(self) -> bool:
        """Whether the window was never left on these screens."""
        return self._layouts.left(_screens()) is None

    def leave(self) -> None:
        """Remember how the window is left on these screens."""
        layout = self.layout
        if self._before_traces_alone is not None:
            layout = replace(layout, hidden=self._before_traces_alone)
        self._layouts.leave(_screens(), layout, self._window.saveGeometry())

    def apply(self, layout: Layout) -> None:
        """Show the window in another way."""
        self._before_traces_alone = None
        self._hidden = layout.hidden
        self._window.restoreState(layout.docks or self._usual_docks)
        chosen = self._chosen_tabs()
        for dock in self._docks.values():
            dock.setProperty(_IN_FRONT, dock.windowTitle() in chosen or None)
        self._workspace.set_heights(layout.heights_px)
        self._show()
        if not layout.docks:
            self._give_usual_heights()  # those that were kept are of a window of the first size

    def show_possible(self, *, is_open: bool, is_blind: bool, has_video: bool) -> None:
        """Keep back what makes no sense now, or would tell a blind scorer what others think."""
        impossible = frozenset() if is_open else frozenset(self._docks)
        impossible |= {"review"} if is_blind else frozenset()
        self._impossible = impossible | (frozenset() if has_video else {"video"})
        self._show()
        if is_open and self._is_as_at_first:
            self._is_as_at_first = False
            self._give_usual_heights()  # of a window that is as large as its screen by now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() is QEvent.Type.Close:  # by the button of the dock
            for panel, dock in self._docks.items():
                if dock is watched:
                    self._on_panel_chosen(panel, False)
        return super().eventFilter(watched, event)

    def _show_focused(self, _former: QWidget | None, focused: QWidget | None) -> None:
        """Bring a panel to the front that Tab led into: what is typed there is to be seen."""
        for dock in self._docks.values():
            if focused is not None and dock.isAncestorOf(focused):
                dock.raise_()

    def _on_panel_chosen(self, panel: str, is_wanted: bool) -> None:
        self._before_traces_alone = None
        self._hidden = self._hidden - {panel} if is_wanted else self._hidden | {panel}
        self._show()

    def _show_traces_alone(self, is_wanted: bool) -> None:
        if is_wanted:
            self._before_traces_alone = self._hidden
            self._hidden = frozenset(PANEL_ACTIONS.values())
        else:
            self._hidden = self._before_traces_alone or frozenset()
            self._before_traces_alone = None
        self._show()

    def _show(self) -> None:
        for panel, dock in self._docks.items():
            height_px = dock.height()
            is_shown = panel not in self._hidden | self._impossible
            if is_shown == dock.isHidden():
                # One behind another has no height of its own.
                if not is_shown and not dock.visibleRegion().isEmpty():
                    dock.setProperty("height_px", height_px)
                    dock.setProperty(_IN_FRONT, True)
                dock.setVisible(is_shown)
        self._give_heights_back()
        for dock in self._docks.values():
            if dock.property(_IN_FRONT) and not dock.isHidden():
                dock.setProperty(_IN_FRONT, None)
                dock.raise_()  # of those that share a place
        self._workspace.show_night_parts(self._hidden)
        for action_id, panel in PANEL_ACTIONS.items():
            self._check(action_id, panel not in self._hidden)
        self._check("view.traces_alone", self._before_traces_alone is not None)

    def _chosen_tabs(self) -> set[str]:
        """Titles of the docks that are in front of others; docks that are hidden forget it."""
        bars = self._window.findChildren(QTabBar)  # those of before are still among them
        chosen = {
            frozenset(map(bar.tabText, range(bar.count()))): bar.tabText(bar.currentIndex())
            for bar in bars
        }
        together = {
            frozenset(one.windowTitle() for one in (dock, *self._window.tabifiedDockWidgets(dock)))
            for dock in self._docks.values()
        }
        return {title for titles, title in chosen.items() if titles in together}

    def _give_usual_heights(self) -> None:
        """Let the epoch take what it needs; the queue has the rest."""
        docks = list(self._docks.values())
        heights = [1] * (len(docks) - 1) + [max(FIRST_SIZE.height(), self._window.height())]
        self._window.resizeDocks(docks, heights, Qt.Orientation.Vertical)

    def _give_heights_back(self) -> None:
        """Give docks that were hidden the height that they had."""
        shown = [dock for dock in self._docks.values() if not dock.isHidden()]
        heights = [dock.property("height_px") or dock.height() for dock in shown]
        if any(dock.property("height_px") for dock in shown):
            self._window.resizeDocks(shown, heights, Qt.Orientation.Vertical)
        for dock in shown:
            dock.setProperty("height_px", None)

    def _check(self, action_id: str, on: bool) -> None:
        with QSignalBlocker(self._actions[action_id]):
            self._actions[action_id].setChecked(on)

    def _keep(self) -> None:
        names = list(self._layouts.named)
        name = self._dialogs.layout_to_keep(self._window, names)
        if not name:
            return
        if name not in names and len(names) == len(LAYOUT_ACTIONS):
            text = tr("There are {n} layouts already: give it the name of one of them.")
            self.said.emit(text.format(n=len(names)))
            return
        self._layouts.keep(name, self.layout)
        self._list()
        key = self._actions[LAYOUT_ACTIONS[list(self._layouts.named).index(name)]].shortcut()
        text = tr("Kept as “{name}”, key {key}.")
        self.said.emit(text.format(name=name, key=key.toString(key.SequenceFormat.NativeText)))

    def _remove(self) -> None:
        names = list(self._layouts.named)
        if not names:
            self.said.emit(tr("There is no layout with a name."))
        elif name := self._dialogs.layout_to_remove(self._window, names):
            self._layouts.remove(name)
            self._list()

    def _choose_number(self, number: int) -> None:
        named = list(self._layouts.named.values())
        if number < len(named):
            self.apply(named[number])
        else:
            self.said.emit(tr("No layout has this key yet: “Keep this layout…” gives it to one."))

    def _list(self) -> None:
        names = list(self._layouts.named)[: len(LAYOUT_ACTIONS)]
        for number, action_id in enumerate(LAYOUT_ACTIONS):
            action = self._actions[action_id]
            free = tr("Layout {number} (free)").format(number=number + 1)
            action.setText(names[number].replace("&", "&&") if number < len(names) else free)


def _screens() -> list[QSize]:
    return [screen.size() for screen in QGuiApplication.screens()]
