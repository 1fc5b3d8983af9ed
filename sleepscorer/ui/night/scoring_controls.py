"""What the technician does to the scoring: stages, remarks, lights, and undoing all that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.provenance import Model
from sleepscorer.domain.scoring import LightMark, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions.action_table import STAGE_ACTIONS
from sleepscorer.ui.base.advance import Advance, advance_mode, next_epoch
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.sight import Sight


class ScoringControls(QObject):
    """Carries the actions out on the selected epochs of the document.

    Attributes
    ----------
    decided
        Emitted when the review is to go on after a stage key.
    refused
        Emitted with a `SleepScorerError` when something can't be done; nothing was changed.
    """

    decided = Signal()
    refused = Signal(object)

    def __init__(self, document: Document, sight: Sight, desk: Desk) -> None:
        super().__init__(document)
        self._document = document
        self._sight = sight
        self._desk = desk
        self._dialogs = desk.dialogs
        self._window = desk.window
        self._viewport = desk.viewport

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the scoring does, by its id."""
        return {
            "edit.undo": lambda: self._go_where_changed(self._document.undo()),
            "edit.redo": lambda: self._go_where_changed(self._document.redo()),
            **{name: partial(self.score, stage) for name, stage in STAGE_ACTIONS.items()},
            "scoring.confirm": self._confirm,
            "scoring.artefact": self._toggle_artefact,
            "scoring.lights_off": partial(self._switch_here, self._light_off, is_off=True),
            "scoring.lights_on": partial(self._switch_here, self._light_on, is_off=False),
            "scoring.lights": self._type_lights,
            "scoring.sign_off": self._sign_off,
            "scoring.no_lights": lambda: self._set_lights(Lights()),
        }

    def score(self, stage: Stage) -> None:
        """Give the selected epochs a stage as its key does."""
        self.score_selection(stage, self._key_advance)

    def score_selection(self, stage: Stage, advance: Advance | None = None) -> None:
        """Give the selected epochs a stage, and go on in a given way or as is preferred."""
        scoring, selection = self._sight.scoring, self._viewport.selection
        epochs: Sequence[int] = selection
        if self._desk.preferences().keeps_scored and len(selection) > 1:
            epochs = [epoch for epoch in selection if scoring[epoch].stage is Stage.UNSCORED]
        if self._document.is_scored(epochs, stage) or self._desk.may_score():
            self._decide(lambda: self._document.score(epochs, stage), advance)

    def _decide(self, decide: Callable[[], None], advance: Advance | None) -> None:
        """Make a change of some of the selected epochs, and go on."""
        selection = self._viewport.selection
        was_human = all(self._sight.scoring[epoch].is_human for epoch in selection)
        decide()
        mode = advance or advance_mode(self._desk.preferences().advance)
        if mode is Advance.QUEUE:
            self.decided.emit()
        following = next_epoch(mode, selection, self._sight.scoring, was_human=was_human)
        if following is not None:
            self._viewport.go_to(following)

    def move_light(self, index: int, time_s: float) -> None:
        """Move one of the marks of the lights, once it is known who does."""
        if self._desk.may_score():
            self._try(lambda: self._document.move_light(index, time_s))

    def _switch_here(self, switch: Callable[[float], None], *, is_off: bool) -> None:
        """Mark at the current epoch that the light was switched, unless that is marked there."""
        mark = LightMark(self._viewport.epoch * EPOCH_S, is_off=is_off)
        if mark not in self._document.scoring.lights.marks and self._desk.may_score():
            switch(mark.time_s)

    def _set_lights(self, lights: Lights) -> None:
        if lights != self._document.scoring.lights and self._desk.may_score():
            self._document.set_lights(lights)

    def _light_off(self, time_s: float) -> None:
        document = self._document
        n_before = len(document.scoring.lights.interruptions)
        self._try(lambda: document.set_light("off", time_s))
        interruptions = document.scoring.lights.interruptions
        if len(interruptions) > n_before:
            began_s, ended_s = interruptions[-1].on_s, interruptions[-1].off_s
            start = document.recording.start
            self._desk.say(
                tr(
                    "The light was on from {first} to {last}: an interruption of the night. Mark "
                    "“lights on” where the night ends."
                ).format(first=time_text(began_s, start), last=time_text(ended_s, start))
            )

    def _light_on(self, time_s: float) -> None:
        """Mark that the light went on; ask whether for good where it does so later anyway."""
        document = self._document
        marks = document.scoring.lights.marks
        later = [mark for mark in marks if mark.time_s > time_s]
        is_dark = len(later) < len(marks) and marks[-len(later) - 1].is_off
        if later and is_dark:
            when = time_text(later[0].time_s, document.recording.start)
            is_for_a_while = self._dialogs.light_on_for_a_while(self._window, when)
            if is_for_a_while is None:
                return
            if is_for_a_while:
                off_s = min(time_s + EPOCH_S, later[0].time_s)
                self._try(lambda: document.interrupt_night(time_s, off_s))
                self._desk.say(tr("Mark “lights off” where the light goes off again."))
                return
        self._try(lambda: document.set_light("on", time_s))

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except SleepScorerError as error:
            self.refused.emit(error)

    def comment(self, epoch: int, text: str) -> None:
        """Write a comment on an epoch, once it is known who does."""
        is_there = epoch < len(self._document.scoring)
        if is_there and text != self._document.comment_on(epoch) and self._desk.may_score():
            self._document.comment(epoch, text)

    @property
    def _key_advance(self) -> Advance | None:
        return Advance.STAY if self._desk.preferences().numpad else None

    def _confirm(self) -> None:
        """Take over the stages that the selected epochs have, each its own, whoever gave them."""
        scoring, selection = self._sight.scoring, self._viewport.selection
        epochs = [epoch for epoch in selection if scoring[epoch].stage is not Stage.UNSCORED]
        if epochs and (self._document.is_scored(epochs) or self._desk.may_score()):
            self._decide(lambda: self._document.confirm(epochs), self._key_advance)

    def _toggle_artefact(self) -> None:
        if self._desk.may_score():
            self._document.toggle_artefact(self._viewport.selection)

    def _type_lights(self) -> None:
        document = self._document
        lights = self._dialogs.lights(self._window, document.scoring.lights, document.recording)
        if lights is not None:
            self._set_lights(lights)

    def _sign_off(self) -> None:
        """Ask who answers for the night, once what is still open in it has been said."""
        document = self._document
        name = self._dialogs.sign_off(self._window, _open_points(document.scoring), document.scorer)
        if name:
            document.sign_off(name, datetime.now(UTC))

    def _go_where_changed(self, epochs: Sequence[int]) -> None:
        """After undo or redo, show what it changed, unless that was the whole night."""
        if epochs and len(epochs) < len(self._document.scoring) // 2:
            self._viewport.go_to(epochs[0])


def _open_points(scoring: Scoring) -> list[str]:
    """Say in a sentence each what nobody has decided yet."""
    scores = scoring.scores
    n_unscored = sum(score.stage is Stage.UNSCORED for score in scores)
    n_model = sum(isinstance(score.source, Model) for score in scores)
    n_imported = sum(not score.is_human for score in scores) - n_unscored - n_model
    n_suggested = sum(event.is_proposed for event in scoring.events)
    waiting = tr(
        "%n suggested event(s) wait for a decision; they count nowhere.", None, n_suggested
    )
    return [
        text
        for count, text in (
            (n_unscored, tr("%n epoch(s) have no stage.", None, n_unscored)),
            (n_model, tr("%n epoch(s) are as the model proposed.", None, n_model)),
            (n_imported, tr("%n epoch(s) are as they were imported.", None, n_imported)),
            (n_suggested, waiting),
        )
        if count
    ]
