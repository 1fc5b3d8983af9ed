"""Events that a program proposes, and a person's decision on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject

from sleepscorer.domain.artefacts import artefacts_of
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_decisions import is_of_family, is_rejected
from sleepscorer.domain.event_rules import about_doubts, doubts_about
from sleepscorer.domain.events import APNEAS_AND_HYPOPNEAS, LIMB_EVENTS, ScoredEvent, in_order
from sleepscorer.domain.phrases import Phrase, joined
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import Proposal, Proposals
from sleepscorer.events.engines import ENGINE_NAMES, ENGINES
from sleepscorer.events.forecast import Forecast, Suggestions
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.events.rules import Rule
from sleepscorer.events.summary import stages_in_bed
from sleepscorer.ui.base.language import event_name, number, tr
from sleepscorer.ui.base.tasks import Progress
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.event_controls import EventControls
from sleepscorer.ui.night.event_desk import EventDesk
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.oximeter import Oximeter
from sleepscorer.ui.night.sight import Sight


class EventProposals(QObject):
    """Looks for events off the GUI thread, and goes through what was found.

    A proposal counts in no index until a person confirms it, or marks it as of another kind. What
    was rejected is not proposed again, by no rule and no engine, before somebody asks for it.
    """

    def __init__(
        self,
        document: Document,
        sight: Sight,
        events: EventControls,
        event_desk: EventDesk,
        oximeter: Oximeter,
        life: Lifetime,
        desk: Desk,
    ) -> None:
        super().__init__(document)
        self._document = document
        self._sight = sight
        self._events = events
        self._event_desk = event_desk
        self._oximeter = oximeter
        self._life = life
        self._say, self._unsay, self._fail = desk.say, desk.unsay, desk.fail
        self._may_score = desk.may_score
        self._preferences = desk.preferences
        self._viewport: Viewport = desk.viewport
        self._rejected_before = frozenset(document.scoring.decisions.rejected)
        self._confirmed: set[ScoredEvent] = set()
        self._reasons: dict[ScoredEvent, Phrase] = {}
        self._candidates: tuple[Proposal, ...] = ()
        self._told = ""
        self._told_ahi = ""
        self._rule = self._preferences().laboratory.rule
        self._found_by: Rule | None = self._rule  # None where it was said to be another
        self._is_busy = False
        events.event_chosen.connect(self._tell_why)
        events.suggestion_taken.connect(self._on_taken)
        event_desk.suggestions_taken.connect(self._on_several_taken)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on proposals does, by its id."""
        return {
            "events.propose": self.propose,
            "events.next_suggestion": self._go_on,
            "events.confirm": self.confirm,
            "events.reject": self.reject,
            "events.candidate": self.show_candidate,
            "events.forget": self.forget,
        }

    def propose(self) -> None:
        """Look for events in the sleep that is scored; those that nobody decided on go."""
        stages = self._document.scoring.stages
        if not any(stage > Stage.W for stage in stages):
            self._say(tr("Score the stages first: events are suggested in sleep."))
            return
        if self._is_busy or not self._may_score():
            return
        recording, laboratory = self._document.recording, self._preferences().laboratory
        engine = ENGINES[laboratory.engine]()
        artefacts = artefacts_of(self._document.scoring)
        decided = [one for one in self._document.scoring.events if not one.is_proposed]
        rejected = self._document.scoring.decisions.rejected

        def work(report: Progress) -> Proposals:
            signals = laboratory.signals(recording, artefacts)
            return engine.propose(
                *(signals, stages, laboratory.rule, decided), rejected=rejected, progress=report
            )

        def on_finish() -> None:
            self._is_busy = False

        self._is_busy = True
        self._life.submit(
            work,
            on_success=lambda found: self._take_over(found, laboratory),
            on_failure=self._fail,
            on_finish=on_finish,
            shown_as=tr("Suggesting events"),
        )

    def confirm(self) -> None:
        """Answer for the chosen proposal, and go to the next; or for all that are selected."""
        suggestions = self._event_desk.suggestions
        if not suggestions or not self._may_score():
            return
        confirmed = self._document.confirm_events(suggestions)
        self._confirmed.update(confirmed)
        if len(suggestions) == 1:
            self._go_on(suggestions[0].onset_s)
            return
        self._event_desk.choose(confirmed)
        self._tell(
            tr("%n suggested event(s) confirmed.", None, len(suggestions)), decided=suggestions
        )

    def reject(self) -> None:
        """Take the chosen proposal away, and go to the next; or all that are selected."""
        suggestions = self._event_desk.suggestions
        if not suggestions or not self._may_score():
            return
        self._event_desk.choose(())
        self._document.reject_events(suggestions)
        if len(suggestions) == 1:
            self._go_on(suggestions[0].onset_s)
            return
        self._tell(
            tr("%n suggested event(s) rejected.", None, len(suggestions)), decided=suggestions
        )

    def forget(self) -> None:
        """Let what was rejected be suggested again."""
        count = len(self._document.scoring.decisions.rejected)
        if not count:
            self._say(tr("Nothing was rejected."))
        elif self._may_score():
            self._document.forget_rejections()
            self._say(tr("%n rejected event(s) can be suggested again.", None, count))

    def show_candidate(self) -> None:
        """Put the next candidate that missed something among the suggestions, and choose it."""
        events = self._document.scoring.event_index
        rejected = self._document.scoring.decisions.rejected
        left = [
            one
            for one in self._candidates
            if not is_rejected(one.event, rejected) and events.place_of(one.event) is None
        ]
        if not left:
            self._say(tr("No candidate is left that missed something; suggest events first."))
            return
        if not self._may_score():
            return
        chosen = self._events.chosen
        time_s = self._viewport.epoch * EPOCH_S if chosen is None else chosen.onset_s
        candidate = next((one for one in left if one.event.onset_s >= time_s), left[0])
        proposed = [one for one in events.events if one.is_proposed]
        self._document.propose_events(in_order((*proposed, candidate.event)))
        self._show(candidate.event)

    def show_scoring(self) -> None:
        """A decision that was taken back is none."""
        events = self._document.scoring.event_index
        self._confirmed = {one for one in self._confirmed if events.place_of(one) is not None}

    def show_preferences(self) -> None:
        """Say where the AHI will end by another rule, once that holds."""
        rule = self._preferences().laboratory.rule
        if rule == self._rule:
            return
        self._rule = rule
        self._unsay(self._told_ahi)
        are_open = any(one.is_proposed for one in self._sight.scoring.events)
        if not are_open and not self._told_ahi:
            return
        sentences = self._ahi_told(self._suggestions())
        if are_open and self._found_by not in (None, rule):
            self._found_by = None
            text = tr(
                "The open suggestions were found before the change of rule; suggest events again "
                "to have those of this one."
            )
            sentences.append(text)
        if sentences:
            self._say_ahi(*sentences)

    def _on_taken(self, suggestion: ScoredEvent, event: ScoredEvent) -> None:
        """Go to the next proposal after one that became of a kind; stay at one that was moved."""
        self._note_taken([suggestion], [event])
        names = {"former": event_name(suggestion), "event": event_name(event)}
        is_moved = (event.onset_s, event.stop_s) != (suggestion.onset_s, suggestion.stop_s)
        if event.mark == suggestion.mark:
            sentence = tr("{event} confirmed.")
        elif is_moved:
            sentence = tr("{event} is yours now, as you changed it.")
        else:
            sentence = tr("{former} is {event} now.")
        sentences = [sentence.format(**names)]
        kinds = {one.label: one.kind for one in self._document.recording.channels}
        doubts = doubts_about(event, kinds.get(event.channel))
        if doubts:
            sentences.append(tr(about_doubts(event, doubts)))
        said = " ".join(sentences)
        if is_moved:
            self._tell(said, decided=[event])
        else:
            self._go_on(suggestion.onset_s, said)

    def _on_several_taken(
        self, suggestions: Sequence[ScoredEvent], events: Sequence[ScoredEvent]
    ) -> None:
        self._note_taken(suggestions, events)
        sentence = tr("%n suggested event(s) are yours now.", None, len(events))
        self._tell(sentence, decided=(*suggestions, *events))

    def _note_taken(
        self, suggestions: Sequence[ScoredEvent], events: Sequence[ScoredEvent]
    ) -> None:
        """Count as confirmed what is still of its family; all others are rejected."""
        pairs = zip(suggestions, events, strict=True)
        self._confirmed.update(new for former, new in pairs if is_of_family(former, new))

    def _take_over(self, found: Proposals, laboratory: Laboratory) -> None:
        rejected = self._document.scoring.decisions.rejected  # those of meanwhile, too
        proposed = [one.event for one in found.accepted if not is_rejected(one.event, rejected)]
        self._candidates = found.rejected
        self._found_by = laboratory.rule
        self._reasons = {
            one.event: one.evidence if one.missed is None else joined(one.evidence, one.missed)
            for one in (*found.accepted, *found.rejected)
        }
        self._document.propose_events(proposed)
        sentence = Phrase(
            "{n} {n:event|events} suggested by {engine}, rule {rule}; {rejected} "
            "{rejected:candidate|candidates} missed something.",
            n=len(proposed),
            engine=ENGINE_NAMES[laboratory.engine],
            rule=laboratory.rule.name,
            rejected=len(found.rejected),
        )
        self._say(" ".join(map(tr, (sentence, *found.remarks))))

    def _suggestions(self) -> Suggestions:
        document = self._document
        return Suggestions(
            document.scoring.events,
            stages_in_bed(document.scoring, document.recording.duration_s),
            self._preferences().laboratory.rule,
            document.scoring.decisions.pairs,
            self._oximeter.saturation,
        )

    def _go_on(self, time_s: float | None = None, said: str = "") -> None:
        """Choose the next proposal after the chosen one or a time; or the one that changes most.

        What was decided of the one before is said with it.
        """
        suggestions = self._suggestions()
        left = suggestions.in_order()
        if not self._preferences().suggestions_by_effect:
            left = in_order(left)
            start_s = self._viewport.epoch * EPOCH_S if time_s is None else time_s
            left = (*(one for one in left if one.onset_s >= start_s), *left)
        if not left:
            none_left = tr("No suggestion is left to decide on.")
            ahi = [] if time_s is None else self._ahi_told(suggestions)
            self._say_ahi(said, none_left, *ahi)
            return
        chosen = self._events.chosen
        place = left.index(chosen) + 1 if chosen in left else 0
        self._show(left[place % len(left)])
        ahi = self._ahi_told(suggestions, only_open=True)
        if said or ahi:
            self._say_ahi(said, self._told, *ahi)
            self._told = self._told_ahi

    def _show(self, event: ScoredEvent) -> None:
        """Go to a proposal and say why it is one."""
        self._viewport.go_to_time(event.onset_s)
        self._events.pick(event)

    def _tell_why(self, event: ScoredEvent | None) -> None:
        """Say why an event is suggested that is chosen now, and no longer why another one was."""
        if event is None:
            return
        self._unsay(self._told)
        self._told = tr(self._reasons[event]) if event in self._reasons else ""
        if self._told:
            self._say(self._told)

    def _tell(self, sentence: str, decided: Sequence[ScoredEvent]) -> None:
        """Say what was decided of several proposals, and what became of the indices they change."""
        suggestions = self._suggestions()
        sentences = [sentence]
        if _n_of_ahi(decided):
            sentences += self._ahi_told(suggestions)
        periodic = suggestions.periodic_per_hour
        if periodic is not None and any(one.kind.group in LIMB_EVENTS for one in decided):
            text = tr("Periodic limb movements in sleep: {index} per hour.")
            sentences.append(text.format(index=number(periodic, ".1f")))
        self._say_ahi(*sentences)

    def _say_ahi(self, *sentences: str) -> None:
        """Say sentences with the AHI, which another rule makes another."""
        self._told_ahi = " ".join(filter(None, sentences))
        self._say(self._told_ahi)

    def _ahi_told(self, suggestions: Suggestions, *, only_open: bool = False) -> list[str]:
        """Where the AHI will end; nothing where that is not known, or if asked for, where it is."""
        if not self._oximeter.is_known:
            return []
        rejected = self._document.scoring.decisions.rejected
        found = suggestions.ahi(
            n_confirmed=_n_of_ahi(self._confirmed),
            n_rejected=_n_of_ahi(one for one in rejected if one not in self._rejected_before),
        )
        if found is None or (only_open and not found.n_open):
            return []
        return [tr(_said(found, self._preferences().laboratory.rule))]


def _n_of_ahi(events: Iterable[ScoredEvent]) -> int:
    return sum(one.kind.group in APNEAS_AND_HYPOPNEAS for one in events)


def _said(found: Forecast, rule: Rule) -> Phrase:
    """Say where the AHI will end, e.g. ``"Expected AHI 13.8 (9.9–18.1), rule AASM 1A; …"``."""
    if not found.n_open:
        return Phrase("AHI {expected:.1f}, rule {rule}.", expected=found.expected, rule=rule.name)
    ahi = Phrase(
        "Expected AHI {expected:.1f} ({low:.1f}–{high:.1f}), rule {rule}",
        expected=found.expected,
        low=found.low,
        high=found.high,
        rule=rule.name,
    )
    if not found.n_to_certain:
        return Phrase("{ahi}; its class is certain.", ahi=ahi)
    return Phrase(
        "{ahi}; its class is certain after about {n} more {n:decision|decisions}.",
        ahi=ahi,
        n=found.n_to_certain,
    )
