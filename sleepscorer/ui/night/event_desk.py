"""Joins the list of all that is marked with the page: gone to, changed and removed in bulk."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.clock_times import DAY_S, parse_time
from sleepscorer.domain.event_decisions import can_be_linked, ordered_pair
from sleepscorer.domain.event_list import Listed, ListedRemark, ListOrder
from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.domain.own_kinds import own_kinds_by_place
from sleepscorer.events.limbs import linked_with
from sleepscorer.ui.actions.action_table import EVENT_ACTIONS, OWN_KIND_ACTIONS
from sleepscorer.ui.base.language import event_name, number, tr
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.event_controls import EventControls
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.sight import Sight
from sleepscorer.ui.views.events_panel import ListEdit


class EventDesk(QObject):
    """Shows what may be seen of all that is marked, and acts on what is selected of it.

    One event that is selected is the chosen one, in the list and on the page. While several are,
    the keys that decide, remove and change kinds act on them all, until the page is turned
    otherwise.

    Attributes
    ----------
    suggestions_changed
        Emitted when a suggestion is among what is chosen, or none is any more.
    suggestions_taken
        Emitted with suggestions and the events of the technician that have their places now.
    """

    suggestions_changed = Signal()
    suggestions_taken = Signal(object, object)

    def __init__(
        self,
        document: Document,
        sight: Sight,
        events: EventControls,
        life: Lifetime,
        desk: Desk,
    ) -> None:
        super().__init__(document)
        self._document = document
        self._sight = sight
        self._events = events
        self._desk = desk
        self._panel = desk.events
        self._place: tuple[int, tuple[float, float]] | None = None
        self._had_suggestions = False
        self._channels = {one.label: one.kind for one in document.recording.channels}
        self._panel.set_clock(self._clock_text)
        events.event_chosen.connect(self._show_chosen)
        life.connect(self._panel.selection_changed, self._note_suggestions)
        life.connect(self._panel.chosen, self._go_to)
        life.connect(self._panel.edited, self._change)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on what is selected does, by its id."""
        return {
            **{name: partial(self._mark, kind) for name, kind in EVENT_ACTIONS.items()},
            **{
                name: partial(self._mark_own, number)
                for number, name in enumerate(OWN_KIND_ACTIONS)
            },
            "events.remove": self.remove,
            "events.select_all": self._select_all,
            "events.link": partial(self._link, holds=True),
            "events.cut_link": partial(self._link, holds=False),
        }

    @property
    def several(self) -> tuple[Listed, ...]:
        """What is selected in the list, unless that is the chosen event alone or out of sight."""
        selected = self._panel.selected if self._panel.is_seen else ()
        return () if selected == (self._events.chosen,) else selected

    @property
    def suggestions(self) -> tuple[ScoredEvent, ...]:
        """Those of the events that are chosen, or selected in the list, that nobody decided on."""
        chosen = self.several or (self._events.chosen,)
        return tuple(one for one in chosen if isinstance(one, ScoredEvent) and one.is_proposed)

    def show_scoring(self) -> None:
        """List what may be seen now."""
        self._panel.show_scoring(self._sight.scoring, self._channels)

    def show_page(self) -> None:
        """Let go of what is selected when another page is shown."""
        if self.several and self._where() != self._place:
            self._panel.select(())

    def choose(self, events: Sequence[ScoredEvent]) -> None:
        """Choose an event on the page and in the list, or select several in the list."""
        if len(events) == 1:
            self._events.pick(events[0])
        else:
            self._events.choose(None)
            self._panel.select(events)
            self._place = self._where()

    def remove(self) -> bool:
        """Take away what is selected, as one step; return whether there was anything."""
        several = self.several
        if several:
            if self._desk.may_score():
                self._panel.select(())
                self._document.remove_marks(several)
        elif self._events.chosen is not None:
            self._events.remove()
        else:
            return False
        return True

    def _mark_own(self, number: int) -> None:
        """Mark an event of one of the kinds that the laboratory made up."""
        kinds = own_kinds_by_place(self._desk.preferences().own_kinds)
        kind = kinds[number] if number < len(kinds) else None
        if kind is not None:
            self._mark(EventKind.NOTE, kind.text)
        else:
            self._desk.say(tr("No own kind has this key yet: Events > Own kinds gives it to one."))

    def _mark(self, kind: EventKind, text: str = "") -> None:
        """Make all that are selected of a kind; mark one where a stretch was dragged since."""
        events = [one for one in self.several if isinstance(one, ScoredEvent)]
        is_known = text or kind is not EventKind.NOTE
        if events and is_known and self._desk.workspace.traces.stretch is None:
            self._replace(
                events,
                lambda event: replace(event, kind=kind, text=text or event.text),
                confirms=True,
            )
        else:
            self._events.mark(kind, text)

    def _link(self, *, holds: bool) -> None:
        """Say of the two events that are selected whether they belong together."""
        several = self.several
        events = [one for one in several if isinstance(one, ScoredEvent)]
        if len(several) != 2 or len(events) != 2:
            self._desk.say(tr("Select two events in the list first."))
        elif not can_be_linked(*events):
            text = tr(
                "{first} and {second} never belong together: a respiratory event goes with a "
                "desaturation, an arousal or a limb movement, and an arousal with a limb movement."
            )
            names = [event_name(one) for one in events]
            self._desk.say(text.format(first=names[0], second=names[1]))
        else:
            said = self._document.scoring.decisions.pairs.get(ordered_pair(*events))
            if said is not holds and self._desk.may_score():
                before = self._belonging(events)
                self._document.link_events(*events, holds=holds)
                parted = before - self._belonging(events)
                if holds and parted:
                    self._say_parted(events, parted)

    def _belonging(self, events: Sequence[ScoredEvent]) -> set[frozenset[ScoredEvent]]:
        """Pairs of events that belong together, of which one is among some."""
        scoring = self._document.scoring
        return {
            frozenset((one, other))
            for one in events
            for other in linked_with(one, scoring.event_index, scoring.decisions)
        }

    def _say_parted(
        self, events: Iterable[ScoredEvent], parted: Iterable[Iterable[ScoredEvent]]
    ) -> None:
        """Say what a link cut: of desaturations and arousals an event has one each."""
        texts = {tuple(events): tr("{first} and {second} belong together now.")}
        for both in parted:
            texts[tuple(both)] = tr("{first} and {second} no longer do.")
        sentences = []
        for pair, text in texts.items():
            first, second = map(self._name_at, in_order(pair))
            sentences.append(text.format(first=first, second=second))
        self._desk.say(" ".join(sentences))

    def _name_at(self, event: ScoredEvent) -> str:
        text = tr("{event} at {time}")
        return text.format(event=event_name(event), time=self._clock_text(event.onset_s))

    def _select_all(self) -> None:
        self._desk.workspace.traces.let_go_of_stretch()
        self._events.choose(None)
        self._place = self._where()
        self._panel.select_all()

    def _show_chosen(self, event: ScoredEvent | None) -> None:
        self._panel.select(() if event is None else (event,))

    def _go_to(self, items: Sequence[Listed]) -> None:
        """Go to the first of some rows; an event that is selected alone is chosen there."""
        if items:
            self._desk.viewport.go_to_time(items[0].onset_s)
        if len(items) == 1 and isinstance(items[0], ScoredEvent):
            self._events.pick(items[0])
            return
        if items:
            self._desk.workspace.traces.let_go_of_stretch()
        self._events.choose(None)
        self._panel.select(items)
        self._place = self._where()

    def _change(self, edit: ListEdit) -> None:
        """Make what was typed into one row true of all that are selected with it."""
        clicked = edit.items[0]
        if isinstance(clicked, ListedRemark):
            if self._desk.may_score():
                self._document.comment(clicked.epoch, str(edit.value).strip())
            return
        events = [one for one in edit.items if isinstance(one, ScoredEvent)]
        try:
            self._replace(events, self._changing(clicked, edit.order, edit.value))
        except ValueError as error:
            self._desk.say(tr(error))

    def _changing(
        self, clicked: ScoredEvent, order: ListOrder, value: object
    ) -> Callable[[ScoredEvent], ScoredEvent]:
        """What becomes of an event; raise ValueError where the value makes no sense."""
        text = str(value).strip()
        if order is ListOrder.TIME:
            by_s = self._time_near(text, clicked.onset_s) - clicked.onset_s
            return lambda event: replace(event, onset_s=round(event.onset_s + by_s, 3))
        if order is ListOrder.DURATION:
            duration_s = _seconds(text)
            return lambda event: replace(event, duration_s=duration_s)
        if order is ListOrder.KIND and isinstance(value, EventKind):
            return lambda event: replace(event, kind=value)
        if order is ListOrder.CHANNEL:
            return lambda event: replace(event, channel=text)
        return lambda event: replace(event, text=text)

    def _replace(
        self,
        events: Sequence[ScoredEvent],
        changing: Callable[[ScoredEvent], ScoredEvent],
        *,
        confirms: bool = False,
    ) -> None:
        """Change events, as one step, and select what they have become.

        Suggestions that it leaves as they are stay suggestions, unless it confirms.

        Raises
        ------
        ValueError
            One would leave the recording; nothing is changed.
        """
        changed = [changing(event) for event in events]
        last_s = self._document.recording.duration_s
        for event in changed:
            if event.onset_s < 0 or event.stop_s > last_s:
                text = tr("{event} at {time} would leave the recording; nothing was changed.")
                time = self._clock_text(event.onset_s)
                raise ValueError(text.format(event=tr(event.kind.label), time=time))
        is_change = any(
            one.mark != new.mark or (confirms and one.is_proposed)
            for one, new in zip(events, changed, strict=True)
        )
        if is_change and not self._desk.may_score():
            return
        marked = self._document.change_events(events, changed, confirms=confirms)
        self.choose(marked)
        taken = [
            (one, new)
            for one, new in zip(events, marked, strict=True)
            if one.is_proposed and not new.is_proposed
        ]
        if taken:
            self.suggestions_taken.emit(*map(tuple, zip(*taken, strict=True)))

    def _note_suggestions(self) -> None:
        has_suggestions = bool(self.suggestions)
        if has_suggestions != self._had_suggestions:
            self._had_suggestions = has_suggestions
            self.suggestions_changed.emit()

    def _where(self) -> tuple[int, tuple[float, float]]:
        return self._desk.viewport.epoch, self._desk.viewport.page_s

    def _clock_text(self, time_s: float) -> str:
        """Time of day to tenths of a second, or seconds from the start."""
        clock = self._document.recording.clock_time(time_s)
        if clock is None:
            return number(time_s, ".1f")
        seconds = number(clock.second + clock.microsecond // 100_000 / 10, "04.1f")
        return f"{clock:%H:%M}:{seconds}"

    def _time_near(self, text: str, onset_s: float) -> float:
        """Moment that a text names: of several such times of day, the one nearest to another."""
        recording = self._document.recording
        if recording.start is None:
            return _seconds(text)
        time_s = parse_time(text.replace(",", "."), recording.start, recording.duration_s)
        days = round((onset_s - time_s) / DAY_S)
        return time_s + max(days, 0) * DAY_S


def _seconds(text: str) -> float:
    """Read a number of seconds; raise ValueError for anything else."""
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise ValueError(tr("“{text}” is no number of seconds.").format(text=text))
    return round(seconds, 3)
