"""Marking events by key and drag, and going through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.epochs import EPOCH_S, epoch_at
from sleepscorer.domain.event_rules import about_doubts, doubts_about
from sleepscorer.domain.events import LEAST_DURATIONS_S, EventKind, ScoredEvent
from sleepscorer.events.limbs import linked_with
from sleepscorer.ui.base.language import event_name, tr
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.sight import Sight
from sleepscorer.ui.views.traces import ChannelSpan

_STEP_S = 0.1


class EventControls(QObject):
    """Marks events where a stretch was dragged, else where the mouse is.

    The keys act on the chosen event, wherever the mouse is. One is chosen as well when it has just
    been marked, but becomes of another kind only when the technician chose it.

    Attributes
    ----------
    event_chosen
        Emitted with the event that the keys act on from now on, or None.
    suggestion_taken
        Emitted with a suggestion and the event of the technician that has its place now.
    """

    event_chosen = Signal(object)
    suggestion_taken = Signal(object, object)

    def __init__(self, document: Document, sight: Sight, life: Lifetime, desk: Desk) -> None:
        super().__init__(document)
        self._document = document
        self._sight = sight
        self._may_score = desk.may_score
        self._dialogs = desk.dialogs
        self._say = desk.say
        self._window = desk.window
        self._viewport = desk.viewport
        self._traces = desk.workspace.traces
        self._chosen: ScoredEvent | None = None
        self._is_picked = False
        life.connect(self._traces.event_clicked, self.pick)
        life.connect(self._traces.event_dragged, self._change_to)

    @property
    def chosen(self) -> ScoredEvent | None:
        """The event that the keys act on."""
        return self._chosen

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on events does, by its id."""
        return {
            "events.next": lambda: self.go_on(1),
            "events.previous": lambda: self.go_on(-1),
            "events.later": lambda: self._shift(_STEP_S, _STEP_S),
            "events.earlier": lambda: self._shift(-_STEP_S, -_STEP_S),
            "events.longer": lambda: self._shift(0.0, _STEP_S),
            "events.shorter": lambda: self._shift(0.0, -_STEP_S),
        }

    def choose(self, event: ScoredEvent | None) -> None:
        """Let the keys that move and remove act on an event, or on none."""
        self._chosen = event
        self._is_picked = False
        self._traces.choose_event(event, self._linked())
        self.event_chosen.emit(event)

    def _linked(self) -> tuple[ScoredEvent, ...]:
        """What belongs to the chosen event."""
        if self._chosen is None:
            return ()
        scoring = self._sight.scoring
        return linked_with(self._chosen, scoring.event_index, scoring.decisions)

    def pick(self, event: ScoredEvent | None) -> None:
        """Let all keys act on an event, those of the kinds too, because it was asked for.

        What was dragged over before is not meant any more.
        """
        if event is not None:
            self._traces.let_go_of_stretch()
        self.choose(event)
        self._is_picked = event is not None

    def mark(self, kind: EventKind, text: str = "") -> None:
        """Mark an event of a kind and choose it; the one that was picked becomes of that kind.

        That one is not meant when a stretch was dragged since. Without a place nothing is marked.
        The text of a note is asked for where it is not given. What was dragged over stays until it
        is marked.
        """
        stretch = self._traces.stretch
        is_change = stretch is None and self._is_picked
        # An artefact is as long as it is: only who sees it can say.
        if stretch is None and kind is not EventKind.ARTEFACT:
            stretch = self._traces.place_for(LEAST_DURATIONS_S[kind])
        if stretch is None and not is_change:
            hint = tr("{event}: drag over a trace, or hold the mouse over the place in it, first.")
            self._say(hint.format(event=text or tr(kind.label)))
            return
        if kind is EventKind.NOTE and not text:
            text = self._dialogs.note(self._window, self._chosen.text if self._chosen else "")
            if not text:
                return
        if is_change:
            self._make(kind, text)
        elif stretch is not None:
            self._add(kind, stretch, text)

    def mark_in_epoch(self, kind: EventKind, epoch: int) -> None:
        """Mark an event of a kind where a stretch was dragged, else all over an epoch."""
        span_s = (epoch * EPOCH_S, (epoch + 1) * EPOCH_S)
        stretch = self._traces.stretch
        if stretch is None or stretch.span_s[1] <= span_s[0] or stretch.span_s[0] >= span_s[1]:
            stretch = ChannelSpan("", span_s)
        self._add(kind, stretch, "")

    def remove(self) -> None:
        """Take the chosen event away."""
        if self._chosen is not None and self._may_score():
            event = self._chosen
            self.choose(None)
            self._document.remove_event(event)

    def go_on(self, steps: int) -> None:
        """Go to the next event, or to the one before by a negative number, and choose it."""
        events = self._sight.scoring.event_index
        chosen = None if self._chosen is None else events.place_of(self._chosen)
        if chosen is not None:
            index = chosen + steps
        else:
            before = events.n_before(self._viewport.epoch * EPOCH_S)
            index = before if steps > 0 else before - 1
        if 0 <= index < len(events.events):
            event = events.events[index]
            self._viewport.go_to_time(event.onset_s)
            self.pick(event)

    def show_scoring(self) -> None:
        """Let go of the chosen event when it is no longer there, or not to be seen."""
        events = self._sight.scoring.event_index
        if self._chosen is not None and events.place_of(self._chosen) is None:
            self.choose(None)
        elif self._chosen is not None:
            self._traces.choose_event(self._chosen, self._linked())

    def show_page(self) -> None:
        """Let go of the chosen event when another page is shown, or several epochs are chosen."""
        if self._chosen is not None and not self._traces.is_dragging_event:
            start_s, stop_s = self._viewport.page_s
            is_elsewhere = self._chosen.onset_s >= stop_s or self._chosen.stop_s < start_s
            if is_elsewhere or len(self._viewport.selection) > 1:
                self.choose(None)

    def _add(self, kind: EventKind, stretch: ChannelSpan, text: str) -> None:
        last_s = self._document.recording.duration_s
        start_s, stop_s = (min(max(time_s, 0.0), last_s) for time_s in stretch.span_s)
        event = ScoredEvent(
            kind, round(start_s, 3), round(stop_s - start_s, 3), stretch.channel, text
        )
        marked = self._sight.scoring.event_index.first_like(event)
        if marked is None:
            if not self._may_score():
                return
            marked = self._document.add_event(event)
        self._traces.inspection.clear()  # only now: who gives no name keeps what was dragged over
        self.choose(marked)
        self._say_doubts(marked)

    def _make(self, kind: EventKind, text: str) -> None:
        """Make the chosen event one of another kind, and say so."""
        former = self._chosen
        if former is None:
            return
        changed = replace(former, kind=kind, text=text)
        if changed.mark == former.mark:
            self._affirm(former)
        elif self._change_to(changed) and not former.is_proposed:
            sentence = tr("{former} is {event} now.")
            names = {"former": event_name(former), "event": event_name(changed)}
            self._say(sentence.format(**names))
            self._say_doubts(changed)

    def _affirm(self, event: ScoredEvent) -> None:
        """Take over a suggestion of the kind that a key names; say it of any other event."""
        if not event.is_proposed:
            text = tr("The chosen event is {event} already; Esc lets go of it.")
            self._say(text.format(event=event_name(event)))
        elif self._may_score():
            (self._chosen,) = self._document.confirm_events((event,))
            self.pick(self._chosen)
            self.suggestion_taken.emit(event, self._chosen)

    def _say_doubts(self, event: ScoredEvent) -> None:
        """Say how an event differs from what the AASM Manual asks of its kind, if it does."""
        kinds = {one.label: one.kind for one in self._document.recording.channels}
        doubts = doubts_about(event, kinds.get(event.channel))
        if doubts:
            self._say(tr(about_doubts(event, doubts)))

    def _shift(self, start_s: float, stop_s: float) -> None:
        if self._chosen is None:
            return
        onset_s = self._chosen.onset_s + start_s
        duration_s = max(self._chosen.stop_s + stop_s - onset_s, 0.0)
        self._change_to(replace(self._chosen, onset_s=onset_s, duration_s=duration_s))

    def _change_to(self, changed: ScoredEvent) -> bool:
        """Put another event in the place of the chosen one; return whether that may be."""
        if self._chosen is None:
            return False
        # At an end of the recording it stops, as long as it is.
        latest_s = max(self._document.recording.duration_s - changed.duration_s, 0.0)
        onset_s = min(max(changed.onset_s, 0.0), latest_s)
        changed = replace(
            changed, onset_s=round(onset_s, 3), duration_s=round(changed.duration_s, 3)
        ).in_place_of(self._chosen)
        if changed.mark != self._chosen.mark and not self._may_score():
            return False
        event, self._chosen = self._chosen, replace(changed, source=self._document.person)
        is_picked = self._is_picked
        self.choose(self._document.change_event(event, changed))
        self._is_picked = is_picked
        self._say_doubts(changed)
        if epoch_at(changed.onset_s, self._viewport.n_epochs) != self._viewport.epoch:
            page_start_s, page_stop_s = self._viewport.page_s
            if changed.onset_s >= page_stop_s or changed.stop_s < page_start_s:
                self._viewport.go_to_time(changed.onset_s)
        if event.is_proposed and self._chosen not in (None, event):
            self.suggestion_taken.emit(event, self._chosen)
        return True
