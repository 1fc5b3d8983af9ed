"""What of an open night may be seen: blind scoring, and the scorings of others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from sleepscorer.domain.provenance import Model
from sleepscorer.domain.scoring import Scoring, without_model
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.night.document import Document

_Others = tuple[tuple[str, Scoring], ...]


class _BesideCommand(QUndoCommand):
    """Other scorings beside this one, on the undo stack: nothing of it is to be saved."""

    def __init__(
        self, put: Callable[[_Others], None], others: _Others, former: _Others, text: str
    ) -> None:
        super().__init__(text)
        self._put = put
        self._others, self._former = others, former

    def redo(self) -> None:
        self._put(self._others)

    def undo(self) -> None:
        self._put(self._former)


class Sight(QObject):
    """Decides what may be seen, once for everything that shows or acts on the night.

    Attributes
    ----------
    changed
        Emitted when there is another second scoring, or blindness begins or ends.
    """

    changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._others: _Others = ()
        self._is_blind = False
        self._without_model: Scoring | None = None
        for changed in (document.scores_changed, document.hypnodensity_changed):
            changed.connect(self._forget)
        self._note_what_is_seen()

    @property
    def is_blind(self) -> bool:
        """Whether model and second scoring are hidden."""
        return self._is_blind

    @property
    def scoring(self) -> Scoring:
        """What may be seen of the scoring."""
        if not self._is_blind:
            return self._document.scoring
        if self._without_model is None:
            self._without_model = without_model(self._document.scoring)
        return self._without_model

    @property
    def others(self) -> _Others:
        """Scorings of others that may be seen, each with the scorer's name.

        One second scoring, or the two that are decided between; none while they are hidden.
        """
        return () if self._is_blind else self._others

    @property
    def beside(self) -> _Others:
        """Scorings of others, hidden or not."""
        return self._others

    def show(self, *others: tuple[str, Scoring]) -> None:
        """Put scorings of others beside, or none, and hide nothing any more."""
        self._set(others, is_blind=False)

    def put_beside(self, name: str, scoring: Scoring) -> None:
        """Put another scoring beside, as one step to undo; hidden where others are hidden."""
        self._push(((name, scoring),), tr("second scoring by {name}").format(name=name))

    def take_away(self) -> None:
        """Take the scorings of others away, as one step to undo; nothing is hidden any more."""
        self.set_blind(False)
        if self._others:
            self._push((), tr("no second scoring"))

    def hide(self, *others: tuple[str, Scoring]) -> None:
        """Put scorings of others beside, out of sight."""
        self._document.saw_model = False  # another scorer, who has seen nothing yet
        self._set(others, is_blind=True)

    def set_blind(self, on: bool) -> None:
        """Hide model and other scorings, or show them."""
        if on != self._is_blind:
            self._set(self._others, is_blind=on)

    def _push(self, others: _Others, text: str) -> None:
        self._document.undo_stack.push(_BesideCommand(self._put, others, self._others, text))

    def _put(self, others: _Others) -> None:
        self._set(others, is_blind=self._is_blind)

    def _set(self, others: _Others, *, is_blind: bool) -> None:
        self._others, self._is_blind = others, is_blind
        self._forget()
        self.changed.emit()

    def _forget(self) -> None:
        self._without_model = None
        self._note_what_is_seen()

    def _note_what_is_seen(self) -> None:
        """What was seen once stays seen, whatever is hidden afterwards."""
        shows_model = self._document.shows_model or any(
            isinstance(score.source, Model)
            for _name, other in self._others
            for score in other.scores
        )
        if not self._is_blind and shows_model:
            self._document.saw_model = True
