"""The review of a night: which epochs to look at next, and the evidence in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from sleepscorer.domain.artefacts import artefacts_of, undisturbed
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.evidence import DOUBTED, AppliedRule, NightEvidence, applied_rule
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.review import ReviewFilter, ReviewQueue, review_queue
from sleepscorer.domain.scoring import Scoring
from sleepscorer.signals.events.night import gather_evidence
from sleepscorer.ui.base.tasks import Progress, Task
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.lifetime import LONG_S, Lifetime
from sleepscorer.ui.night.sight import Sight


class Review(QObject):
    """Keeps the queue of the open recording up to date and goes through it.

    Attributes
    ----------
    queue_changed
        Emitted with the `ReviewQueue`.
    round_done
        Emitted with the `ReviewQueue` once all of a round was looked at.
    evidence_found
        Emitted with the `NightEvidence`, or None while there is none.
    failed
        Emitted with the error.
    """

    queue_changed = Signal(object)
    round_done = Signal(object)
    evidence_found = Signal(object)
    failed = Signal(object)

    def __init__(
        self, document: Document, sight: Sight, life: Lifetime, viewport: Viewport
    ) -> None:
        super().__init__(document)
        self._recording = document.recording
        self._document = document
        self._sight = sight
        self._life = life
        self._viewport = viewport
        self._filter = ReviewFilter.DOUBTFUL
        self._queue: ReviewQueue | None = None
        self._round: frozenset[int] = frozenset()
        self._is_done = False
        self._staged: Hypnodensity | None = None
        self._passed: set[int] = set()
        self._trail: list[int] = []
        self._evidence: NightEvidence | None = None
        self._gathering: Task | None = None
        self._gathered: Derivation | None = None
        self._artefacts: tuple[ScoredEvent, ...] = ()
        # Once the page is painted: the queue is not what a key waits for.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._order)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the review does, by its id."""
        return {
            "review.next": self.go_on,
            "review.previous": self.go_back,
            "review.filter": self._choose_next_filter,
        }

    @property
    def filters(self) -> tuple[ReviewFilter, ...]:
        """Filters that make sense now."""
        is_alone = self._second is None
        return tuple(one for one in ReviewFilter if one is not ReviewFilter.SCORERS or not is_alone)

    @property
    def queue(self) -> ReviewQueue:
        """The queue as the scoring is now."""
        if self._queue is None or self._timer.isActive():
            self._queue = self._order()
        return self._queue

    @property
    def evidence(self) -> NightEvidence | None:
        """What was found in the signals; None until that is done."""
        return self._evidence

    def choose_filter(self, review_filter: ReviewFilter) -> None:
        """Restrict the queue."""
        self._filter = review_filter
        self._begin_anew()
        self._order()

    def gather(self, derivation: Derivation) -> None:
        """Look for evidence in the background."""
        if self._gathering is not None:
            self._gathering.cancel()
        if derivation != self._gathered:
            self._set_evidence(None)  # what was found elsewhere; without an artefact it may stay
        self._gathered, self._artefacts = derivation, artefacts_of(self._document.scoring)
        recording = undisturbed(self._recording, self._artefacts)

        def work(report: Progress) -> NightEvidence:
            return gather_evidence(recording, derivation, progress=report)

        self._gathering = self._life.submit(
            work,
            on_success=self._set_evidence,
            on_failure=self.failed.emit,
            in_turn=recording.duration_s > LONG_S,
        )

    def show_scoring(self) -> None:
        """Order the queue anew, soon; look for evidence again where other artefacts are marked."""
        self._timer.start(0)
        is_other = artefacts_of(self._document.scoring) != self._artefacts
        if is_other and self._gathered is not None:
            self.gather(self._gathered)

    def rule(self, epoch: int) -> AppliedRule | None:
        """The rule that applies to an epoch; None without evidence."""
        if self._evidence is None:
            return None
        scoring = self._sight.scoring
        around_s = ((epoch - 1) * EPOCH_S, (epoch + 2) * EPOCH_S)
        arousals = scoring.event_index.between(*around_s, EventKind.AROUSAL)
        rule = applied_rule(self._evidence, scoring.stages, epoch, arousals)
        hypnodensity = scoring.hypnodensity
        if rule.stage is not None and hypnodensity is not None and epoch < len(hypnodensity):
            share = float(hypnodensity.probabilities[epoch, rule.stage])
            if share < DOUBTED:  # NaN where the network saw nothing: then it says nothing
                return replace(rule, against=share)
        return rule

    def go_on(self) -> None:
        """Go to the epoch that is most worth a look; at the end of a round begin the next one."""
        if self._is_done:
            self._round, self._is_done = frozenset(), False
            self._order()
        self.follow()

    def follow(self) -> None:
        """Go to the epoch that is most worth a look in this round, or say that it is done."""
        epoch = self._viewport.epoch
        self._passed.add(epoch)
        queue = self.queue
        following = queue.next_epoch(epoch, self._passed)
        has_fresh = following is not None and following not in self._passed
        if self._filter.has_rounds and len(queue) and not has_fresh:
            self._is_done = True
            self.round_done.emit(queue)
        elif following is not None:
            self._trail.append(epoch)
            self._viewport.go_to(following)

    def go_back(self) -> None:
        """Go back to where the technician was before: decisions change the order of the queue."""
        if self._trail:
            self._viewport.go_to(self._trail.pop())

    def _choose_next_filter(self) -> None:
        filters = self.filters
        self.choose_filter(filters[(filters.index(self._filter) + 1) % len(filters)])

    @property
    def _second(self) -> Scoring | None:
        others = self._sight.others
        return others[-1][1] if others else None

    def _order(self) -> ReviewQueue:
        self._timer.stop()
        if self._filter not in self.filters:
            self._filter = ReviewFilter.DOUBTFUL  # the other scoring was taken away
        scoring, only = self._sight.scoring, None
        if self._filter.has_rounds:
            if scoring.hypnodensity is not self._staged:
                self._staged = scoring.hypnodensity
                self._begin_anew()
            only = self._epochs_of_round(scoring)
        self._queue = review_queue(scoring, self._filter, self._second, only)
        self.queue_changed.emit(self._queue)
        return self._queue

    def _begin_anew(self) -> None:
        self._passed.clear()
        self._round, self._is_done = frozenset(), False

    def _epochs_of_round(self, scoring: Scoring) -> frozenset[int]:
        """Epochs of the round, which stay the same from the first one that was looked at."""
        is_begun = bool(self._round & self._passed) or any(
            scoring[epoch].is_human for epoch in self._round
        )
        if not is_begun:
            everything = review_queue(scoring, self._filter, self._second)
            self._round = everything.first_open(self._passed)
            if not self._round and self._passed:
                self._passed.clear()  # what was left as it was comes again
                self._round = everything.first_open()
        return self._round

    def _set_evidence(self, evidence: NightEvidence | None) -> None:
        self._gathering = None
        self._evidence = evidence
        self.evidence_found.emit(evidence)
