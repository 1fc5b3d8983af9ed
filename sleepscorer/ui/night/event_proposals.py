"""Events that a program proposes, and a person's decision on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from sleepscorer.domain.artefacts import artefacts_of
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_decisions import is_rejected
from sleepscorer.domain.events import APNEAS_AND_HYPOPNEAS, ScoredEvent, in_order
from sleepscorer.domain.phrases import Phrase, joined
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import Proposal, Proposals
from sleepscorer.events.engines import ENGINE_NAMES, ENGINES
from sleepscorer.events.forecast import Forecast, Suggestions
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.events.summary import stages_in_bed
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.tasks import Progress
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.event_controls import EventControls
from sleepscorer.ui.night.lifetime import Lifetime


class EventProposals(QObject):
    """Looks for events off the GUI thread, and goes through what was found.

    A proposal counts in no index until a person confirms it, or marks it as of another kind. What
    was rejected is not proposed again, by no rule and no engine, before somebody asks for it.
    """

    def __init__(
        self, document: Document, events: EventControls, life: Lifetime, desk: Desk
    ) -> None:
        super().__init__(document)
        self._document = document
        self._events = events
        self._life = life
        self._say, self._fail = desk.say, desk.fail
        self._preferences = desk.preferences
        self._viewport: Viewport = desk.viewport
        self._rejected_before = frozenset(document.scoring.decisions.rejected)
        self._confirmed: set[ScoredEvent] = set()
        self._reasons: dict[ScoredEvent, Phrase] = {}
        self._candidates: tuple[Proposal, ...] = ()
        self._is_busy = False

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on proposals does, by its id."""
        return {
            "events.propose": self.propose,
            "events.confirm": self.confirm,
            "events.reject": self.reject,
            "events.candidate": self.show_candidate,
            "events.forget": self.forget,
        }

    def propose(self) -> None:
        """Look for events in the sleep that is scored; those that nobody decided on go."""
        stages = self._document.scoring.stages
        if not any(stage > Stage.W for stage in stages):
            self._say(tr("Score the stages first: events are proposed in sleep."))
            return
        if self._is_busy:
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
            shown_as=tr("Proposing events"),
        )

    def confirm(self) -> None:
        """Answer for the chosen proposal, and go to the next."""
        self._decide(lambda event: self._confirmed.add(self._document.confirm_event(event)))

    def reject(self) -> None:
        """Take the chosen proposal away, and go to the next."""
        self._decide(self._document.remove_event)

    def forget(self) -> None:
        """Let what was rejected be suggested again."""
        count = len(self._document.scoring.decisions.rejected)
        if not count:
            self._say(tr("Nothing was rejected."))
            return
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

    def _take_over(self, found: Proposals, laboratory: Laboratory) -> None:
        rejected = self._document.scoring.decisions.rejected  # those of meanwhile, too
        proposed = [one.event for one in found.accepted if not is_rejected(one.event, rejected)]
        self._candidates = found.rejected
        self._reasons = {
            one.event: one.evidence if one.missed is None else joined(one.evidence, one.missed)
            for one in (*found.accepted, *found.rejected)
        }
        self._document.propose_events(proposed)
        text = tr(
            "{n} events proposed by {engine}, rule {rule}; {rejected} candidates missed something."
        )
        sentence = text.format(
            n=len(proposed),
            engine=tr(ENGINE_NAMES[laboratory.engine]),
            rule=tr(laboratory.rule.name),
            rejected=len(found.rejected),
        )
        self._say(" ".join((sentence, *map(tr, found.remarks))))

    def _decide(self, decide: Callable[[ScoredEvent], object]) -> None:
        event = self._events.chosen
        if event is not None and event.is_proposed:
            self._events.choose(None)
            decide(event)
            self._go_on(event.onset_s)
        else:
            self._go_on(self._viewport.epoch * EPOCH_S)

    def _go_on(self, time_s: float) -> None:
        """Choose the next proposal from a time on, or the first; or the one that changes most."""
        document, preferences = self._document, self._preferences()
        suggestions = Suggestions(
            document.scoring.events,
            stages_in_bed(document.scoring, document.recording.duration_s),
            preferences.laboratory.rule,
            document.scoring.decisions.pairs,
        )
        left = suggestions.in_order()
        if not preferences.suggestions_by_effect:
            left = in_order(left)
            left = (*(one for one in left if one.onset_s >= time_s), *left)
        if not left:
            self._say(tr("No proposal is left to decide on."))
            return
        self._show(left[0], suggestions)

    def _show(self, event: ScoredEvent, suggestions: Suggestions | None = None) -> None:
        """Go to a proposal and say why it is one, and where the AHI will end."""
        self._viewport.go_to_time(event.onset_s)
        self._events.pick(event)
        sentences = [tr(self._reasons[event])] if event in self._reasons else []
        found = None
        if suggestions is not None:
            rejected = self._document.scoring.decisions.rejected
            found = suggestions.ahi(
                n_confirmed=_n_of_ahi(self._confirmed),
                n_rejected=_n_of_ahi(one for one in rejected if one not in self._rejected_before),
            )
        if found is not None and found.n_open:
            sentences.append(tr(_said(found)))
        if sentences:
            self._say(" ".join(sentences))


def _n_of_ahi(events: Iterable[ScoredEvent]) -> int:
    return sum(one.kind.group in APNEAS_AND_HYPOPNEAS for one in events)


def _said(found: Forecast) -> Phrase:
    """Say where the AHI will end, e.g. ``"AHI 13.8 (9.9–18.1); …"``."""
    ahi = Phrase(
        "AHI {expected:.1f} ({low:.1f}–{high:.1f})",
        expected=found.expected,
        low=found.low,
        high=found.high,
    )
    if not found.n_to_certain:
        return Phrase("{ahi}; its class is certain.", ahi=ahi)
    return Phrase(
        "{ahi}; its class is certain after about {n} more decisions.",
        ahi=ahi,
        n=found.n_to_certain,
    )
