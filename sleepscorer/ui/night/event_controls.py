"""Marking events by key and drag, and going through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from sleepscorer.domain.epochs import EPOCH_S, epoch_at
from sleepscorer.domain.events import LEAST_DURATIONS_S, EventKind, ScoredEvent
from sleepscorer.ui.actions.action_table import EVENT_ACTIONS
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.lifetime import Lifetime

_STEP_S = 0.1


class EventControls(QObject):
    """Marks events where a stretch was dragged, else where the mouse or the chosen trace is."""

    def __init__(self, document: Document, life: Lifetime, desk: Desk) -> None:
        super().__init__(document)
        self._document = document
        self._dialogs = desk.dialogs
        self._window = desk.window
        self._viewport = desk.viewport
        self._traces = desk.workspace.traces
        self._chosen: ScoredEvent | None = None
        life.connect(self._traces.event_clicked, self.choose)
        life.connect(self._traces.event_dragged, self._change_to)

    @property
    def chosen(self) -> ScoredEvent | None:
        """The event that the keys act on."""
        return self._chosen

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on events does, by its id."""
        return {
            **{name: partial(self.mark, kind) for name, kind in EVENT_ACTIONS.items()},
            "events.next": lambda: self.go_on(1),
            "events.previous": lambda: self.go_on(-1),
            "events.remove": self.remove,
            "events.later": lambda: self._shift(_STEP_S, _STEP_S),
            "events.earlier": lambda: self._shift(-_STEP_S, -_STEP_S),
            "events.longer": lambda: self._shift(0.0, _STEP_S),
            "events.shorter": lambda: self._shift(0.0, -_STEP_S),
        }

    def choose(self, event: ScoredEvent | None) -> None:
        """Let the keys act on an event, or on none."""
        self._chosen = event
        self._traces.choose_event(event)

    def mark(self, kind: EventKind) -> None:
        """Mark an event of a kind and choose it; the one that is chosen becomes of that kind.

        The chosen one is not meant when a stretch was dragged or the mouse is somewhere else.
        """
        document = self._document
        stretch = self._traces.stretch()
        text = ""
        if kind is EventKind.NOTE:
            text = self._dialogs.note(self._window, self._chosen.text if self._chosen else "")
            if not text:
                return
        if stretch is None and self._chosen is not None and self._traces.is_mouse_on_chosen_event:
            self._change_to(replace(self._chosen, kind=kind, text=text))
            return
        if stretch is None:
            stretch = self._traces.place_for(LEAST_DURATIONS_S[kind])
        last_s = document.recording.duration_s
        start_s, stop_s = (min(max(time_s, 0.0), last_s) for time_s in stretch.span_s)
        event = ScoredEvent(
            kind, round(start_s, 3), round(stop_s - start_s, 3), stretch.channel, text
        )
        if event not in document.scoring.events:
            document.add_event(event)
        self.choose(event)

    def remove(self) -> None:
        """Take the chosen event away."""
        if self._chosen is not None:
            event = self._chosen
            self.choose(None)
            self._document.remove_event(event)

    def go_on(self, steps: int) -> None:
        """Go to the next event, or to the one before by a negative number, and choose it."""
        events = self._document.scoring.events
        if self._chosen in events:
            index = events.index(self._chosen) + steps
        else:
            here_s = self._viewport.epoch * EPOCH_S
            before = sum(event.onset_s < here_s for event in events)
            index = before if steps > 0 else before - 1
        if 0 <= index < len(events):
            event = events[index]
            self._viewport.go_to_time(event.onset_s)
            self.choose(event)

    def show_scoring(self) -> None:
        """Let go of the chosen event when it is no longer there."""
        if self._chosen is not None and self._chosen not in self._document.scoring.events:
            self.choose(None)

    def show_page(self) -> None:
        """Let go of the chosen event when another page is shown."""
        if self._chosen is not None:
            start_s, stop_s = self._viewport.page_s
            if self._chosen.onset_s >= stop_s or self._chosen.stop_s < start_s:
                self.choose(None)

    def _shift(self, start_s: float, stop_s: float) -> None:
        if self._chosen is None:
            return
        onset_s = self._chosen.onset_s + start_s
        duration_s = max(self._chosen.stop_s + stop_s - onset_s, 0.0)
        self._change_to(replace(self._chosen, onset_s=onset_s, duration_s=duration_s))

    def _change_to(self, changed: ScoredEvent) -> None:
        if self._chosen is None:
            return
        # At an end of the recording it stops, as long as it is.
        latest_s = max(self._document.recording.duration_s - changed.duration_s, 0.0)
        onset_s = min(max(changed.onset_s, 0.0), latest_s)
        changed = replace(
            changed, onset_s=round(onset_s, 3), duration_s=round(changed.duration_s, 3)
        )
        event, self._chosen = self._chosen, changed
        self._document.change_event(event, changed)
        self.choose(changed)
        if epoch_at(changed.onset_s, self._viewport.n_epochs) != self._viewport.epoch:
            page_start_s, page_stop_s = self._viewport.page_s
            if not page_start_s <= changed.onset_s < page_stop_s:
                self._viewport.go_to_time(changed.onset_s)
