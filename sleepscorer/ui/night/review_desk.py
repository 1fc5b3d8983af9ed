"""Joins queue, evidence, sanity gate and similar epochs with the views that show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.review import ReviewFilter, ReviewQueue
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.similarity import FeatureSpace
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.tasks import TaskRunner
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.dialogs.similar_dialog import Sample
from sleepscorer.ui.night.autoscorer import Autoscorer
from sleepscorer.ui.night.current_document import CurrentDocument
from sleepscorer.ui.night.review import Review
from sleepscorer.ui.night.sanity_gate import SanityGate
from sleepscorer.ui.views.epoch_panel import EpochPanel
from sleepscorer.ui.views.message_bar import MessageBar
from sleepscorer.ui.views.review_panel import ReviewPanel
from sleepscorer.ui.views.traces import TracesView

if TYPE_CHECKING:
    from sleepscorer.autoscoring import Staging

N_SIMILAR = 10


@dataclass(frozen=True, slots=True)
class _Views:
    """Where things are shown."""

    traces: TracesView
    panel: EpochPanel
    queue: ReviewPanel


class ReviewDesk(QObject):
    """Everything that tells the technician where to look, and why.

    Parameters
    ----------
    current
        Has what is open.
    tasks
        Runs what takes time.
    autoscorer
        Has the network.
    viewport
        Where the technician is.
    dialogs
        Asks the technician.
    window
        Owner, over which dialogs are shown.

    Attributes
    ----------
    review, gate
        The queue with the evidence, and what looks at signals and stages.
    said
        Emitted with a sentence.
    stage_keys
        Gives the keys of the stages.
    staging_wanted
        Emitted when something needs the network's features, which are not there yet.
    """

    said = Signal(str)
    staging_wanted = Signal()

    def __init__(
        self,
        current: CurrentDocument,
        tasks: TaskRunner,
        autoscorer: Autoscorer,
        viewport: Viewport,
        dialogs: Dialogs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._autoscorer = autoscorer
        self._viewport = viewport
        self._dialogs = dialogs
        self._current = current
        self.review = Review(current, tasks, viewport, self)
        current.changed.connect(self._restart)
        self._staging: Staging | None = None
        self._views: _Views | None = None
        self._similar_is_wanted = False
        self._space: FeatureSpace | None = None
        self._explains = self._is_blind = False
        self.stage_keys: Callable[[], dict[str, Stage]] = dict
        self._marks_waves = True

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the review does, by its id."""
        return {**self.review.handlers, "review.similar": self.show_similar}

    def _restart(self) -> None:
        """Forget what belongs to the former document."""
        self.gate.cancel()
        self._autoscorer.cancel_explaining()
        self._staging = self._space = None
        self._similar_is_wanted = False

    def attach(
        self, messages: MessageBar, traces: TracesView, panel: EpochPanel, queue: ReviewPanel
    ) -> None:
        """Show everything in these views."""
        self._views = _Views(traces, panel, queue)
        self.gate = SanityGate(self._tasks, messages, self)
        self.gate.failed.connect(self.review.failed)
        self.gate.said.connect(self.said)
        queue.filter_chosen.connect(self.review.choose_filter)
        queue.epoch_chosen.connect(self._viewport.go_to)
        self.review.queue_changed.connect(self._show_queue)
        self.review.evidence_found.connect(lambda _evidence: self._show_evidence())
        self._autoscorer.explained.connect(self._on_explained)

    @property
    def views(self) -> _Views:
        """Where it is shown."""
        assert self._views is not None
        return self._views

    def look_at(self, recording: Recording, derivation: Derivation) -> None:
        """Look for faults, then for evidence, in the derivation that is to be staged."""
        self.gate.check(recording, derivation)
        self.review.gather(recording, derivation)

    def show_preferences(self, *, waves: bool, explanation: bool) -> None:
        """Mark waves and what moved the network, or not."""
        if (waves, explanation) == (self._marks_waves, self._explains):
            return
        if explanation and not self._explains and self._current.document and self._staging is None:
            self.said.emit(tr("Score automatically (F9) to see what moves the network."))
        self._marks_waves, self._explains = waves, explanation
        self._show_evidence()
        self._explain()

    def show_epoch(self) -> None:
        """Show what is known of the current epoch."""
        epoch = self._viewport.epoch
        self.views.queue.show_epoch(epoch)
        self.views.panel.show_evidence(self.review.evidence, self.review.rule(epoch), epoch)
        if self._explains:
            self.views.traces.show_explanation(epoch, None)
            self._explain()

    def show_scoring(self) -> None:
        """Take up that the scoring is another one."""
        self.review.show_scoring()

    def set_blind(self, on: bool) -> None:
        """Hide what the network says, or show it."""
        self._is_blind = on
        self.views.queue.setVisible(not on)
        self._explain()

    def begin_adjudication(self) -> None:
        """Go through the epochs on which two scorers differ."""
        self.review.choose_filter(ReviewFilter.UNSCORED)
        self.review.go_on()

    def take_staging(self, staging: Staging) -> None:
        """Keep what staging left behind, and say what is implausible about the stages."""
        self._staging = staging
        self._space = None if staging.features is None else FeatureSpace.of(staging.features)
        self.gate.check_stages(staging.hypnodensity)
        self._explain()
        if self._similar_is_wanted:
            self._similar_is_wanted = False
            # Not shown at once: the technician is elsewhere by now, and a key would act in it.
            self.said.emit(tr("Epochs like the current one can be shown now (S)."))

    def show_similar(self) -> None:
        """Show the epochs most like the current one, and stage those that are ticked."""
        document = self._current.document
        assert document is not None
        if self._staging is not None and self._space is None:
            self.said.emit(tr("The network in use can't tell which epochs are alike."))
            return
        if self._staging is None or self._space is None:
            self._similar_is_wanted = True
            self.staging_wanted.emit()
            return
        epoch = self._viewport.epoch
        found = self._space.nearest(epoch, N_SIMILAR)
        if not found:
            self.said.emit(tr("The network has not seen this epoch: there is a gap in it."))
            return
        asked = self._sample(document.scoring, epoch, 1.0)
        similar = [self._sample(document.scoring, one.epoch, one.similarity) for one in found]
        name = self._staging.hypnodensity.derivation
        keys = self.stage_keys()
        chosen = self._dialogs.similar_epochs(self._window, asked, similar, name, keys)
        if chosen is not None and document is self._current.document:
            epochs, stage = chosen
            document.score(epochs, stage)

    def _sample(self, scoring: Scoring, epoch: int, similarity: float) -> Sample:
        assert self._staging is not None
        return Sample(epoch, scoring[epoch], similarity, self._staging.epochs[epoch, 0])

    def _show_queue(self, queue: ReviewQueue | None) -> None:
        self.views.queue.offer_filters(self.review.filters)
        self.views.queue.show_queue(queue, self._viewport.epoch)

    def _show_evidence(self) -> None:
        evidence = self.review.evidence
        shown = evidence.waves if evidence is not None and self._marks_waves else ()
        self.views.traces.show_waves(shown)
        epoch = self._viewport.epoch
        self.views.panel.show_evidence(evidence, self.review.rule(epoch), epoch)

    def _explain(self) -> None:
        epoch = self._viewport.epoch
        staging = self._staging
        stage = Stage.UNSCORED
        if staging is not None and epoch < len(staging.hypnodensity):
            stage = staging.hypnodensity.stage(epoch)
        is_shown = self._explains and not self._is_blind
        if is_shown and staging is not None and stage is not Stage.UNSCORED:
            self._autoscorer.explain(staging, epoch, stage)
        elif self._views is not None:
            self.views.traces.show_explanation(epoch, None)

    def _on_explained(self, epoch: int, shares: npt.NDArray[np.float32] | None) -> None:
        if epoch == self._viewport.epoch and self._explains and not self._is_blind:
            self.views.traces.show_explanation(epoch, shares)
