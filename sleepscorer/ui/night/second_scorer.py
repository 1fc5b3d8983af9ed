"""Two scorers of one night: a second scoring beside the first, blind scoring, and deciding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.consensus import Comparison, consensus_scoring, second_scoring
from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.domain.event_agreement import event_agreement
from sleepscorer.domain.provenance import Joint, Model, text_of
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.second_opinion import JOINED_BY, fused_opinions
from sleepscorer.report.agreement_page import agreement_page
from sleepscorer.second_opinion import stager_of
from sleepscorer.ui.base.language import N_, tr, wording
from sleepscorer.ui.base.tasks import Task
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.exchange import Exchange
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.sight import Sight


class SecondScorer(QObject):
    """Puts another scoring beside, begins a blind one, and decides between two.

    Attributes
    ----------
    adjudication_begun
        Emitted when the technician begins to decide between two scorings.
    scorer_named
        Emitted with the name of whoever scores now.
    program_named
        Emitted with what another program is asked with.
    opinion_given
        Emitted when the stages of another program stand beside.
    """

    adjudication_begun = Signal()
    scorer_named = Signal(str)
    program_named = Signal(str)
    opinion_given = Signal()

    def __init__(
        self, document: Document, sight: Sight, exchange: Exchange, life: Lifetime, desk: Desk
    ) -> None:
        super().__init__(document)
        self._document = document
        self._sight = sight
        self._exchange = exchange
        self._life = life
        self._asking: Task | None = None
        self._desk = desk
        self._dialogs = desk.dialogs
        self._window = desk.window

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on two scorers does, by its id."""
        return {
            "review.opinion": self.ask_program,
            "review.fuse": self.join,
            "review.again": self.score_again,
            "review.blind": self._sight.set_blind,
            "review.agreement": self.show_agreement,
            "review.adjudicate": self.adjudicate,
            "review.no_second": self._take_away,
        }

    def load(self, folder: Path) -> None:
        """Ask for a second scoring and put it beside the first."""
        self._exchange.read_second(folder, self._set_second)

    def ask_program(self) -> None:
        """Let another program stage the night, and put what it says beside."""
        desk = self._desk
        derivation = desk.tool_bar.derivation
        if derivation is None:
            desk.say(tr("Choose a derivation to stage first."))
            return
        text = self._dialogs.other_program(self._window, desk.preferences().opinion)
        if not text:
            return
        try:
            stager = stager_of(text)
        except AutoscoringError as error:
            desk.fail(error)
            return
        self.program_named.emit(text)
        if self._asking is not None:
            self._asking.cancel()
        recording = self._document.recording
        self._asking = self._life.submit(
            lambda report: stager.stage(recording, derivation, progress=report),
            on_success=self._take_opinion,
            on_failure=desk.fail,
            shown_as=tr("{program} stages {derivation}").format(
                program=stager.title, derivation=derivation.name
            ),
        )

    def join(self) -> None:
        """Take over what the network and the other program say together, as one step to undo."""
        scoring = self._document.scoring
        opinions = [one.hypnodensity for _name, one in self._sight.beside]
        own, other = scoring.hypnodensity, opinions[-1] if opinions else None
        if own is None or other is None:
            self._desk.say(
                tr(
                    "Joining takes probabilities of the network and of another program: stage the "
                    "night, then ask a program that gives them."
                )
            )
            return
        if other.model in own.model.split(JOINED_BY):
            self._desk.say(tr("{program} is joined already.").format(program=other.model))
            return
        before = scoring.stages
        self._document.take_over(fused_opinions(own, other))
        n_changed = sum(one != another for one, another in zip(before, scoring.stages, strict=True))
        text = tr("{programs} together: %n epoch(s) changed.", None, n_changed)
        self._desk.say(text.format(programs=f"{own.model}{JOINED_BY}{other.model}"))

    def score_again(self) -> None:
        """Begin a second, blind scoring; the present one is kept beside it, out of sight."""
        document = self._document
        if self._must_be_saved(document):
            return
        first, name = document.scoring.copy(), _scorer_of(document.scoring)
        scorer = self._dialogs.scorer(self._window, "")
        if not scorer:
            return
        if scorer.casefold() == name.casefold():
            self._desk.say(
                tr("{name} made the first scoring; write another name.").format(name=name)
            )
            return
        self.scorer_named.emit(scorer)
        document.begin_another(second_scoring(first), N_("second scoring"))
        self._sight.hide((name, first))
        self._desk.say(
            tr("You score blind now: nothing of {name} or the model is shown.").format(name=name)
        )

    def show_agreement(self) -> None:
        """Show how far the two scorings agree."""
        scoring = self._document.scoring
        if not self._sight.beside:
            self._say_missing()
            return
        name, second = self._sight.beside[-1]
        names = (_with_share(_scorer_of(scoring), scoring), _with_share(name, second))
        events = event_agreement(scoring, second, self._document.recording.duration_s)
        page = agreement_page(Comparison.of(scoring, second), *names, wording(), events)
        self._dialogs.show_page(self._window, tr("Agreement of two scorers"), page)

    def adjudicate(self) -> None:
        """Take over what both scorers agree on; the rest is to be decided."""
        document = self._document
        if not self._sight.beside:
            self._say_missing()
            return
        if self._must_be_saved(document) or not self._desk.may_score():
            return
        first, (name, second) = document.scoring.copy(), self._sight.beside[-1]
        comparison = Comparison.of(first, second)
        consensus = consensus_scoring(first, second, document.scorer)
        document.begin_another(consensus, N_("consensus of two scorers"))
        self._sight.show((_scorer_of(first), first), (name, second))
        n_open = comparison.to_adjudicate.size
        self._desk.say(
            tr("%n epoch(s) to decide: Q goes to the next, a stage key decides.", None, n_open)
        )
        self.adjudication_begun.emit()
        events = [one for one in consensus.events if not one.is_proposed]
        n_alone = sum(not isinstance(one.source, Joint) for one in events)
        if n_alone:
            text = tr(
                "%n event(s) that only one of the two marked so count as they are: look through "
                "the list.",
                None,
                n_alone,
            )
            self._desk.workspace.messages.show_remark(text)

    def _take_opinion(self, opinion: Scoring) -> None:
        self._asking = None
        self._set_second(opinion, opinion.scorer)
        if 0 in opinion.remarks:  # what of it did not fit the recording
            text = f"{opinion.scorer}: {tr(opinion.remarks[0].comment)}"
            self._desk.workspace.messages.show_remark(text)
        if not self._sight.is_blind:
            self.opinion_given.emit()

    def _set_second(self, second: Scoring, name: str) -> None:
        self._sight.put_beside(name, second)
        if not self._sight.is_blind:
            n_differing = Comparison.of(self._document.scoring, second).differing.size
            text = tr("{name} stands beside yours; %n epoch(s) differ.", None, int(n_differing))
            self._desk.say(text.format(name=name))

    def _take_away(self) -> None:
        names = ", ".join(name for name, _scoring in self._sight.beside)
        self._sight.take_away()
        if names:
            self._desk.say(tr("No longer beside yours: {names}.").format(names=names))

    def _must_be_saved(self, document: Document) -> bool:
        """Whether the scoring has changes that another one beside it would put at risk."""
        if document.has_unsaved_changes:
            self._desk.say(tr("Save this scoring first (Ctrl+S): another one takes its place."))
        return document.has_unsaved_changes

    def _say_missing(self) -> None:
        self._desk.say(tr("There is no second scoring: load one, or score again blind."))


def _scorer_of(scoring: Scoring) -> str:
    """Name of whoever made a scoring, as far as it tells."""
    if scoring.scorer:
        return scoring.scorer
    sources = {score.source for score in scoring.scores if score.is_human}
    return tr(text_of(sources.pop())) if len(sources) == 1 else tr("the first scorer")


def _with_share(name: str, scoring: Scoring) -> str:
    """Name of a scorer, with how many of the stages are the network's."""
    n_model = sum(isinstance(score.source, Model) for score in scoring.scores)
    if not n_model:
        return name
    return tr("{name} (%n epoch(s) as the model proposed)", None, n_model).format(name=name)
