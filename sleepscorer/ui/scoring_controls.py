"""What the technician does to the scoring: stages, remarks, lights, and undoing all that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions import STAGE_ACTIONS
from sleepscorer.ui.advance import Advance, next_epoch
from sleepscorer.ui.document import Document
from sleepscorer.ui.viewport import Viewport


class ScoringControls(QObject):
    """Carries the actions out on the selected epochs of the document.

    Attributes
    ----------
    advance
        What follows a stage key.
    document
        What is open; the actions are off while there is none.
    refused
        Emitted with a `SleepScorerError` when something can't be done; nothing was changed.
    """

    refused = Signal(object)

    def __init__(self, viewport: Viewport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self.advance = Advance.ALWAYS
        self.document: Document | None = None

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the scoring does, by its id."""
        return {
            "edit.undo": lambda: self._go_where_changed(self._open_document().undo()),
            "edit.redo": lambda: self._go_where_changed(self._open_document().redo()),
            **{name: partial(self.score_selection, stage) for name, stage in STAGE_ACTIONS.items()},
            "scoring.artefact": self._toggle_artefact,
            "scoring.lights_off": lambda: self.set_light("off", self._viewport.epoch * EPOCH_S),
            "scoring.lights_on": lambda: self.set_light("on", self._viewport.epoch * EPOCH_S),
            "scoring.no_lights": self._remove_lights,
        }

    def score_selection(self, stage: Stage) -> None:
        """Give the selected epochs a stage, and go on as the technician likes it."""
        document = self._open_document()
        selection = self._viewport.selection
        was_human = all(document.scoring[epoch].is_human for epoch in selection)
        document.score(selection, stage)
        following = next_epoch(self.advance, selection, document.scoring, was_human=was_human)
        if following is not None:
            self._viewport.go_to(following)

    def set_light(self, name: str, time_s: float | None) -> None:
        """Mark when the light went ``"off"`` or ``"on"``; None takes the mark away."""
        try:
            self._open_document().set_light(name, time_s)
        except SleepScorerError as error:
            self.refused.emit(error)

    def comment(self, epoch: int, text: str) -> None:
        """Write a comment on an epoch; one that was of the recording before is let go."""
        if self.document is not None and epoch < len(self.document.scoring):
            self.document.comment(epoch, text)

    def _open_document(self) -> Document:
        assert self.document is not None
        return self.document

    def _toggle_artefact(self) -> None:
        self._open_document().toggle_artefact(self._viewport.selection)

    def _remove_lights(self) -> None:
        for name in ("off", "on"):
            self.set_light(name, None)

    def _go_where_changed(self, epochs: Sequence[int]) -> None:
        """After undo or redo, show what it changed, unless that was the whole night."""
        if epochs and len(epochs) < len(self._open_document().scoring) // 2:
            self._viewport.go_to(epochs[0])
