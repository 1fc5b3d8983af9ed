"""Joins queue, evidence, sanity gate and similar epochs with the views that show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.evidence import NightEvidence
from sleepscorer.domain.review import ReviewFilter, ReviewQueue
from sleepscorer.domain.similarity import FeatureSpace
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.dialogs.similar_dialog import Sample
from sleepscorer.ui.night.autoscorer import Autoscorer
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.review import Review
from sleepscorer.ui.night.sanity_gate import SanityGate
from sleepscorer.ui.night.sight import Sight
from sleepscorer.ui.views.review_panel import done_text

if TYPE_CHECKING:
    from sleepscorer.autoscoring import Staging

N_SIMILAR = 10


class ReviewDesk(QObject):
    """Everything that tells the technician where to look, and why.

    Attributes
    ----------
    review, gate
        The queue with the evidence, and what looks at signals and stages.
    staging_wanted
        Emitted when something needs the network's features, which are not there yet.
    """

    staging_wanted = Signal()

    def __init__(
        self, document: Document, sight: Sight, autoscorer: Autoscorer, life: Lifetime, desk: Desk
    ) -> None:
        super().__init__(document)
        self._document = document
        self._sight = sight
        self._autoscorer = autoscorer
        self._desk = desk
        self._viewport = desk.viewport
        self._traces, self._panel, self._queue = desk.workspace.traces, desk.panel, desk.queue
        self.review = Review(document, sight, life, desk.viewport)
        self.gate = SanityGate(document.recording, life, desk.workspace.messages, self)
        self._staging: Staging | None = None
        self._space: FeatureSpace | None = None
        self._similar_is_wanted = False
        self._shown = (desk.preferences().waves, desk.preferences().explanation)
        self.review.queue_changed.connect(self._show_queue)
        self.review.round_done.connect(lambda queue: desk.say(done_text(queue)))
        self.review.evidence_found.connect(lambda _evidence: self._show_evidence())
        for part in (self.gate, self.review):
            part.failed.connect(desk.fail)
        self.gate.said.connect(desk.say)
        autoscorer.explained.connect(self._on_explained)
        life.connect(self._queue.filter_chosen, self.review.choose_filter)
        life.connect(self._queue.epoch_chosen, desk.viewport.go_to)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the review does, by its id."""
        return {**self.review.handlers, "review.similar": self.show_similar}

    def look_at(self, derivation: Derivation) -> None:
        """Look for faults, then for evidence, in the derivation that is to be staged."""
        self.gate.check(derivation)
        self.review.gather(derivation)

    def show_preferences(self) -> None:
        """Mark waves and what moved the network, or not, as is preferred now."""
        preferences = self._desk.preferences()
        wanted = (preferences.waves, preferences.explanation)
        if wanted == self._shown:
            return
        if preferences.explanation and not self._shown[1] and self._staging is None:
            self._desk.say(tr("Score automatically (F9) to see what moves the network."))
        self._shown = wanted
        self._traces.set_explaining(self._explains)
        self._show_evidence()
        self._explain()

    def show_epoch(self) -> None:
        """Show what is known of the current epoch."""
        epoch = self._viewport.epoch
        self._queue.show_epoch(epoch)
        evidence = self._evidence
        self._panel.show_evidence(evidence, self.review.rule(epoch) if evidence else None, epoch)
        if self._shown[1]:
            self._traces.show_explanation(epoch, None)
            self._explain()

    def show_scoring(self) -> None:
        """Take up that the scoring is another one."""
        self.review.show_scoring()

    def show_sight(self) -> None:
        """Show what may be seen now."""
        self._queue.setVisible(not self._sight.is_blind)
        self.review.show_scoring()
        self._traces.set_explaining(self._explains)
        self._show_evidence()
        self._explain()

    def begin_adjudication(self) -> None:
        """Go through the epochs on which two scorers differ."""
        self.review.choose_filter(ReviewFilter.UNSCORED)
        self.review.go_on()

    def begin_comparison(self) -> None:
        """Show the epochs on which two scorers differ first."""
        self.review.choose_filter(ReviewFilter.SCORERS)

    def take_staging(self, staging: Staging) -> None:
        """Keep what staging left behind, and say what is implausible about the stages."""
        self._staging = staging
        self._space = None if staging.features is None else FeatureSpace.of(staging.features)
        self.gate.check_stages(staging.hypnodensity)
        self._explain()
        if self._similar_is_wanted:
            self._similar_is_wanted = False
            if self._space is None:
                self._desk.say(tr("The network in use can't tell which epochs are alike."))
                return
            # Not shown at once: the technician is elsewhere by now, and a key would act in it.
            self._desk.say(tr("Epochs like the current one can be shown now (S)."))

    def show_similar(self) -> None:
        """Show the epochs most like the current one, and stage those that are ticked."""
        document, staging = self._document, self._staging
        if staging is not None and self._space is None:
            self._desk.say(tr("The network in use can't tell which epochs are alike."))
            return
        if staging is None or self._space is None:
            self._similar_is_wanted = True
            self.staging_wanted.emit()
            return
        epoch = self._viewport.epoch
        found = self._space.nearest(epoch, N_SIMILAR)
        if not found:
            self._desk.say(tr("The network has not seen this epoch: there is a gap in it."))
            return

        def sample(epoch: int, similarity: float) -> Sample:
            return Sample(epoch, document.scoring[epoch], similarity, staging.epochs[epoch, 0])

        asked = sample(epoch, 1.0)
        similar = [sample(one.epoch, one.similarity) for one in found]
        name, keys = staging.hypnodensity.derivation, self._desk.stage_keys()
        chosen = self._desk.dialogs.similar_epochs(self._desk.window, asked, similar, name, keys)
        if chosen is not None:
            epochs, stage = chosen
            if document.is_scored(epochs, stage) or self._desk.may_score():
                document.score(epochs, stage)

    def _show_queue(self, queue: ReviewQueue) -> None:
        self._queue.offer_filters(self.review.filters)
        self._queue.show_queue(queue, self._viewport.epoch)

    def _show_evidence(self) -> None:
        evidence, epoch = self._evidence, self._viewport.epoch
        self._traces.show_waves(evidence.waves if evidence is not None and self._shown[0] else ())
        self._panel.show_evidence(evidence, self.review.rule(epoch) if evidence else None, epoch)

    @property
    def _evidence(self) -> NightEvidence | None:
        """What was found in the signals; who scores blind is shown no opinion of a machine."""
        return None if self._sight.is_blind else self.review.evidence

    def _explain(self) -> None:
        epoch = self._viewport.epoch
        staging = self._staging
        stage = Stage.UNSCORED
        if staging is not None and epoch < len(staging.hypnodensity):
            stage = staging.hypnodensity.stage(epoch)
        is_shown = self._explains and stage is not Stage.UNSCORED
        if is_shown and staging is not None:
            self._autoscorer.explain(staging, epoch, stage)
        else:
            self._traces.show_explanation(epoch, None)

    @property
    def _explains(self) -> bool:
        return self._shown[1] and not self._sight.is_blind

    def _on_explained(self, epoch: int, shares: npt.NDArray[np.float32] | None) -> None:
        if epoch == self._viewport.epoch and self._explains:
            self._traces.show_explanation(epoch, shares)
