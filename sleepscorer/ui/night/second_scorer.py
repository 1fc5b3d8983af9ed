"""Two scorers of one night: a second scoring beside the first, blind scoring, and deciding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.consensus import Comparison, consensus_scoring, second_scoring
from sleepscorer.domain.scoring import MODEL_SOURCE, Scoring, without_model
from sleepscorer.report.agreement_page import agreement_page
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.night.current_document import CurrentDocument
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.exchange import Exchange


class SecondScorer(QObject):
    """Keeps a second scoring, and what may be seen while a scorer works blind.

    Attributes
    ----------
    changed
        Emitted when there is another second scoring, or blindness begins or ends.
    adjudication_begun
        Emitted when the technician begins to decide between two scorings.
    said
        Emitted with a sentence.
    scorer_named
        Emitted with the name of whoever scores now.
    """

    changed = Signal()
    adjudication_begun = Signal()
    said = Signal(str)
    scorer_named = Signal(str)

    def __init__(
        self, current: CurrentDocument, exchange: Exchange, dialogs: Dialogs, window: QWidget
    ) -> None:
        super().__init__(window)
        self._current = current
        current.changed.connect(self._restart)
        self._window = window
        self._exchange = exchange
        self._dialogs = dialogs
        self._others: tuple[tuple[str, Scoring], ...] = ()
        self._is_blind = False

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on two scorers does, by its id."""
        return {
            "review.again": self.score_again,
            "review.blind": self.set_blind,
            "review.agreement": self.show_agreement,
            "review.adjudicate": self.adjudicate,
            "review.no_second": self._take_away,
        }

    def _restart(self) -> None:
        """Forget what belongs to the former document."""
        self._others, self._is_blind = (), False

    @property
    def is_blind(self) -> bool:
        """Whether model and second scoring are hidden."""
        return self._is_blind

    @property
    def others(self) -> tuple[tuple[str, Scoring], ...]:
        """Scorings of others that may be seen, each with the scorer's name.

        One second scoring, or the two that are decided between; none while they are hidden.
        """
        return () if self._is_blind else self._others

    def visible(self, scoring: Scoring) -> Scoring:
        """What of a scoring may be seen."""
        return without_model(scoring) if self._is_blind else scoring

    def load(self, folder: Path) -> None:
        """Ask for a second scoring and put it beside the first."""
        self._exchange.read_second(folder, self._set_second)

    def score_again(self) -> None:
        """Begin a second, blind scoring; the present one is kept beside it, out of sight."""
        document = self._current.opened
        if self._must_be_saved(document):
            return
        first, name = document.scoring.copy(), _scorer_of(document.scoring)
        scorer = self._dialogs.scorer(self._window, "")
        if not scorer:
            return
        if scorer.casefold() == name.casefold():
            self.said.emit(
                tr("{name} made the first scoring; write another name.").format(name=name)
            )
            return
        self.scorer_named.emit(scorer)
        document.begin_another(second_scoring(first), N_("second scoring"))
        self._others, self._is_blind = ((name, first),), True
        self.said.emit(
            tr("You score blind now: nothing of {name} or the model is shown.").format(name=name)
        )
        self.changed.emit()

    def set_blind(self, on: bool) -> None:
        """Hide model and second scoring, or show them."""
        if on != self._is_blind:
            self._is_blind = on
            self.changed.emit()

    def show_agreement(self) -> None:
        """Show how far the two scorings agree."""
        scoring = self._current.opened.scoring
        if not self._others:
            self._say_missing()
            return
        name, second = self._others[-1]
        names = (_with_share(_scorer_of(scoring), scoring), _with_share(name, second))
        page = agreement_page(Comparison.of(scoring, second), *names)
        self._dialogs.show_page(self._window, tr("Agreement of two scorers"), page)

    def adjudicate(self) -> None:
        """Take over what both scorers agree on; the rest is to be decided."""
        document = self._current.opened
        if not self._others:
            self._say_missing()
            return
        if self._must_be_saved(document):
            return
        first, (name, second) = document.scoring.copy(), self._others[-1]
        comparison = Comparison.of(first, second)
        consensus = consensus_scoring(first, second, document.scorer)
        document.begin_another(consensus, N_("consensus of two scorers"))
        self._others, self._is_blind = ((_scorer_of(first), first), (name, second)), False
        n_open = comparison.to_adjudicate.size
        self.said.emit(
            tr("%n epoch(s) to decide: Q goes to the next, a stage key decides.", None, n_open)
        )
        self.changed.emit()
        self.adjudication_begun.emit()

    def _set_second(self, second: Scoring, name: str) -> None:
        self._others = ((name, second),)
        if not self._is_blind:
            n_differing = Comparison.of(self._current.opened.scoring, second).differing.size
            text = tr("{name} stands beside yours; %n epoch(s) differ.", None, int(n_differing))
            self.said.emit(text.format(name=name))
        self.changed.emit()

    def _take_away(self) -> None:
        self._others, self._is_blind = (), False
        self.changed.emit()

    def _must_be_saved(self, document: Document) -> bool:
        """Whether the scoring has changes that another one beside it would put at risk."""
        if document.has_unsaved_changes:
            self.said.emit(tr("Save this scoring first (Ctrl+S): another one takes its place."))
        return document.has_unsaved_changes

    def _say_missing(self) -> None:
        self.said.emit(tr("There is no second scoring: load one, or score again blind."))


def _scorer_of(scoring: Scoring) -> str:
    """Name of whoever made a scoring, as far as it tells."""
    if scoring.scorer:
        return scoring.scorer
    sources = {score.source for score in scoring.scores if score.is_human}
    return sources.pop() if len(sources) == 1 else tr("the first scorer")


def _with_share(name: str, scoring: Scoring) -> str:
    """Name of a scorer, with how many of the stages are the network's."""
    n_model = sum(score.source == MODEL_SOURCE for score in scoring.scores)
    if not n_model:
        return name
    return tr("{name} (%n epoch(s) as the model proposed)", None, n_model).format(name=name)
