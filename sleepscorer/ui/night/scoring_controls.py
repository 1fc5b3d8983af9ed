"""What the technician does to the scoring: stages, remarks, lights, and undoing all that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.scoring import Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions.action_table import STAGE_ACTIONS
from sleepscorer.ui.base.advance import Advance, next_epoch
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.night.current_document import CurrentDocument


class ScoringControls(QObject):
    """Carries the actions out on the selected epochs of the document.

    Attributes
    ----------
    advance
        What follows a stage key.
    keeps_scored
        Whether a stage key scores only the unscored epochs of a selection.
    numpad_goes_on
        Whether a stage key stays, because the digits of the number pad go on.
    visible
        What of a scoring may be seen; who scores blind must not act on the rest.
    numpad_actions
        What the digits of the number pad do then, by the id of the stage's action.
    decided
        Emitted when the review is to go on after a stage key.
    refused
        Emitted with a `SleepScorerError` when something can't be done; nothing was changed.
    """

    decided = Signal()
    refused = Signal(object)

    def __init__(
        self, current: CurrentDocument, viewport: Viewport, dialogs: Dialogs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._current = current
        self._window = parent
        self._viewport = viewport
        self._dialogs = dialogs
        self.advance = Advance.ALWAYS
        self.keeps_scored = False
        self.numpad_goes_on = False
        self.visible: Callable[[Scoring], Scoring] = lambda scoring: scoring
        self.numpad_actions = {
            action_id: self._numpad_action(stage) for action_id, stage in STAGE_ACTIONS.items()
        }

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the scoring does, by its id."""
        return {
            "edit.undo": lambda: self._go_where_changed(self._current.opened.undo()),
            "edit.redo": lambda: self._go_where_changed(self._current.opened.redo()),
            **{name: partial(self._score, stage) for name, stage in STAGE_ACTIONS.items()},
            "scoring.confirm": self._confirm,
            "scoring.artefact": self._toggle_artefact,
            "scoring.lights_off": lambda: self.set_light("off", self._viewport.epoch * EPOCH_S),
            "scoring.lights_on": lambda: self.set_light("on", self._viewport.epoch * EPOCH_S),
            "scoring.lights": self._type_lights,
            "scoring.no_lights": lambda: self._current.opened.set_lights(Lights()),
        }

    def score_selection(self, stage: Stage, advance: Advance | None = None) -> None:
        """Give the selected epochs a stage, and go on in a given way or as is preferred."""
        document = self._current.opened
        scoring = self.visible(document.scoring)
        selection = self._viewport.selection
        epochs: Sequence[int] = selection
        if self.keeps_scored and len(selection) > 1:
            epochs = [epoch for epoch in selection if scoring[epoch].stage is Stage.UNSCORED]
        self._decide(epochs, lambda: document.score(epochs, stage), advance)

    def _decide(
        self, epochs: Sequence[int], decide: Callable[[], None], advance: Advance | None
    ) -> None:
        """Make a change of some of the selected epochs, and go on."""
        document = self._current.opened
        scoring = self.visible(document.scoring)
        selection = self._viewport.selection
        was_human = all(scoring[epoch].is_human for epoch in selection)
        if epochs:
            decide()
            scoring = self.visible(document.scoring)
        mode = advance or self.advance
        if mode is Advance.QUEUE:
            self.decided.emit()
        following = next_epoch(mode, selection, scoring, was_human=was_human)
        if following is not None:
            self._viewport.go_to(following)

    def set_light(self, name: str, time_s: float) -> None:
        """Mark when the light went ``"off"`` or ``"on"``."""
        try:
            self._current.opened.set_light(name, time_s)
        except SleepScorerError as error:
            self.refused.emit(error)

    def comment(self, epoch: int, text: str) -> None:
        """Write a comment on an epoch; one that was of the recording before is let go."""
        document = self._current.document
        if document is not None and epoch < len(document.scoring):
            document.comment(epoch, text)

    def _numpad_action(self, stage: Stage) -> QAction:
        action = QAction(self._window)
        action.triggered.connect(lambda: self._go_on_with(stage))
        action.setAutoRepeat(False)
        self._window.addAction(action)
        return action

    def _go_on_with(self, stage: Stage) -> None:
        if self._current.document is not None:
            self.score_selection(stage, Advance.ALWAYS)

    @property
    def _key_advance(self) -> Advance | None:
        return Advance.STAY if self.numpad_goes_on else None

    def _score(self, stage: Stage) -> None:
        self.score_selection(stage, self._key_advance)

    def _confirm(self) -> None:
        """Take over the stages that the selected epochs have, each its own, whoever gave them."""
        document = self._current.opened
        scoring = self.visible(document.scoring)
        selection = self._viewport.selection
        epochs = [epoch for epoch in selection if scoring[epoch].stage is not Stage.UNSCORED]
        if epochs:
            self._decide(epochs, lambda: document.confirm(epochs), self._key_advance)

    def _toggle_artefact(self) -> None:
        self._current.opened.toggle_artefact(self._viewport.selection)

    def _type_lights(self) -> None:
        document = self._current.opened
        lights = self._dialogs.lights(self._window, document.scoring.lights, document.recording)
        if lights is not None:
            document.set_lights(lights)

    def _go_where_changed(self, epochs: Sequence[int]) -> None:
        """After undo or redo, show what it changed, unless that was the whole night."""
        if epochs and len(epochs) < len(self._current.opened.scoring) // 2:
            self._viewport.go_to(epochs[0])
