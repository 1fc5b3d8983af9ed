"""What the technician can change about the traces: page, filters, sensitivity and what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sleepscorer.signals.pages import TraceFilters
from sleepscorer.ui.actions.action_table import TRACES, VIEW
from sleepscorer.ui.actions.actions import add_choice
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.preferences import Preferences
from sleepscorer.ui.base.viewport import (
    PAGE_LENGTHS_S,
    SLOW_PAGES_S,
    Viewport,
    page_length,
    page_length_name,
    slow_page_name,
)
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.views.trace_row import TraceRow
from sleepscorer.ui.views.traces import TracesView

NOTCHES = {0: N_("&Off"), 50: "&50 Hz", 60: "&60 Hz"}
"""Frequencies of the mains in the world."""


class TraceControls(QObject):
    """Carries the actions out on the traces and keeps the choices among the preferences.

    Parameters
    ----------
    viewport
        Whose pages are turned.
    dialogs
        Asks the technician.
    prefer
        Keeps changed preferences, which are then shown.
    traces
        The view that is controlled.
    menus, actions
        Get the choices of page lengths and mains.
    parent
        Owner.

    Attributes
    ----------
    said
        Emitted with a sentence for the technician.
    """

    said = Signal(str)

    def __init__(
        self,
        viewport: Viewport,
        dialogs: Dialogs,
        prefer: Callable[..., None],
        traces: TracesView,
        menus: Mapping[str, QMenu],
        actions: Mapping[str, QAction],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._dialogs = dialogs
        self._prefer = prefer
        self._preferences = Preferences()
        self.traces, self._actions = traces, actions
        traces.page_turned.connect(viewport.turn_page)
        traces.epoch_chosen.connect(viewport.go_to)
        pages = QMenu(tr("Pa&ge length"), menus[VIEW])
        self.page_actions = add_choice(
            pages,
            {str(length_s): page_length_name(length_s) for length_s in PAGE_LENGTHS_S},
            lambda value: self._prefer(page_s=float(value)),
        )
        menus[VIEW].insertMenu(actions["view.page_longer"], pages)
        slow_pages = QMenu(tr("Page length of breathing"), menus[VIEW])
        self.slow_page_actions = add_choice(
            slow_pages,
            {str(length_s): slow_page_name(length_s) for length_s in SLOW_PAGES_S},
            lambda value: self._prefer(slow_page_s=float(value)),
        )
        menus[VIEW].insertMenu(actions["view.slow_page"], slow_pages)
        notches = QMenu(tr("Mains notc&h"), menus[TRACES])
        self.notch_actions = add_choice(
            notches,
            {str(notch_hz): tr(text) for notch_hz, text in NOTCHES.items()},
            lambda value: self._prefer(notch_hz=int(value)),
        )
        menus[TRACES].insertMenu(actions["traces.notch"], notches)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the traces does, by its id."""
        return {
            "view.page_forward": lambda: self._viewport.turn_page(1),
            "view.page_back": lambda: self._viewport.turn_page(-1),
            "view.mark_forward": lambda: self._turn_with_mark(1),
            "view.mark_back": lambda: self._turn_with_mark(-1),
            "view.page_longer": lambda: self._change_page_length(1),
            "view.page_shorter": lambda: self._change_page_length(-1),
            "view.slow_page": self._change_slow_page,
            "traces.larger": lambda: self.traces.change_gain(1),
            "traces.smaller": lambda: self.traces.change_gain(-1),
            "traces.usual": lambda: self.traces.change_gain(0),
            "traces.next": lambda: self.traces.select_next_trace(1),
            "traces.previous": lambda: self.traces.select_next_trace(-1),
            "traces.filters": lambda on: self._prefer(filters=on),
            "traces.notch": self._change_notch,
            "traces.guides": lambda on: self._prefer(guides=on),
            "traces.negative_up": lambda on: self._prefer(negative_up=on),
            "traces.scale_bar": lambda on: self._prefer(scale_bar=on),
            "traces.calibrate": self._calibrate,
            "traces.trace": self._change_trace,
            "traces.hide": self._hide_trace,
            "traces.show_hidden": self.traces.show_hidden,
        }

    def _turn_with_mark(self, n_pages: int) -> None:
        """Turn a page and let what was dragged over go on there."""
        self.traces.keep_open(lambda: self._viewport.turn_page(n_pages))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the traces as the technician prefers them."""
        self._preferences = preferences
        length_s = page_length(preferences.page_s)
        if length_s != self._viewport.page_length_s:
            self._viewport.set_page_length(length_s)
        self.page_actions[str(length_s)].setChecked(True)
        slow_page_s = _slow_page(preferences.slow_page_s)
        self.slow_page_actions[str(slow_page_s)].setChecked(True)
        self.traces.set_slow_page(slow_page_s)
        notch_hz = preferences.notch_hz if preferences.notch_hz in NOTCHES else 0
        self.notch_actions[str(notch_hz)].setChecked(True)
        for name, on in (
            ("traces.filters", preferences.filters),
            ("traces.guides", preferences.guides),
            ("traces.negative_up", preferences.negative_up),
            ("traces.scale_bar", preferences.scale_bar),
        ):
            self._actions[name].setChecked(on)
        self.traces.set_filters(TraceFilters(preferences.filters, notch_hz or None))
        self.traces.set_guides(preferences.guides)
        self.traces.set_negative_up(preferences.negative_up)
        # What filters hide is said where it is seen: a notch changes every trace.
        mains = f" · {notch_hz} Hz" if notch_hz and preferences.filters else ""
        self._actions["traces.filters"].setIconText(tr("AASM filters") + mains)
        self.traces.set_scale_bar(preferences.scale_bar)
        self.traces.set_px_per_mm(max(preferences.px_per_mm, 0.0))

    def _change_page_length(self, steps: int) -> None:
        index = PAGE_LENGTHS_S.index(self._viewport.page_length_s) + steps
        if 0 <= index < len(PAGE_LENGTHS_S):
            self._prefer(page_s=PAGE_LENGTHS_S[index])

    def _change_slow_page(self) -> None:
        place = SLOW_PAGES_S.index(_slow_page(self._preferences.slow_page_s)) + 1
        self._prefer(slow_page_s=SLOW_PAGES_S[place % len(SLOW_PAGES_S)])

    def _change_notch(self) -> None:
        following = dict(zip(NOTCHES, (*list(NOTCHES)[1:], 0), strict=True))
        self._prefer(notch_hz=following.get(self._preferences.notch_hz, 0))

    def _row_in_question(self) -> TraceRow | None:
        """The trace that was dragged over, else the selected one; without, say what is missing."""
        row = self.traces.row_in_question
        if row is None:
            self.said.emit(tr("Select a trace first: click on it, or press T."))
        return row

    def _hide_trace(self) -> None:
        """Leave a trace out, unless it is the last, and say how it comes back."""
        row = self._row_in_question()
        if row is None:
            return
        if len(self.traces.traces) == 1:
            self.said.emit(tr("The last trace stays."))
            return
        self.traces.hide_trace(row.trace)
        text = tr("{trace} is hidden: Traces > Show hidden traces brings it back.")
        self.said.emit(text.format(trace=row.name))

    def _change_trace(self) -> None:
        """Ask how the selected trace, or the one that was dragged over, is to be shown."""
        traces, row = self.traces, self._row_in_question()
        if row is None:
            return
        changed = self._dialogs.trace(
            traces,
            row.trace,
            row.height / row.gain,
            px_per_mm=traces.px_per_mm,
            lane_px=row.lane.height_px,
            values=traces.values_in_question(),
        )
        if changed is not None and changed != row.trace:
            traces.change_trace(row.trace, changed)

    def _calibrate(self) -> None:
        px_per_mm = self._dialogs.screen_calibration(self.traces, self._preferences.px_per_mm)
        if px_per_mm is not None:
            self._prefer(px_per_mm=px_per_mm)


def _slow_page(length_s: float) -> float:
    """Return a stored length, that of all others when it can't be chosen."""
    return length_s if length_s in SLOW_PAGES_S else 0.0
