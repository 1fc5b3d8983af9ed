"""The review of a night: which epochs to look at next, and the evidence in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.evidence import AppliedRule, NightEvidence, applied_rule
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.review import ReviewFilter, ReviewQueue, review_queue
from sleepscorer.domain.scoring import Scoring
from sleepscorer.signals.events.night import gather_evidence
from sleepscorer.ui.base.tasks import Progress, Task, TaskRunner
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.night.current_document import CurrentDocument


class Review(QObject):
    """Keeps the queue of the open recording up to date and goes through it.

    Attributes
    ----------
    queue_changed
        Emitted with the `ReviewQueue`, or None while nothing is open.
    evidence_found
        Emitted with the `NightEvidence`, or None while there is none.
    failed
        Emitted with the error.
    visible
        What of a scoring may be seen; who scores blind is told nothing that rests on the rest.
    """

    queue_changed = Signal(object)
    evidence_found = Signal(object)
    failed = Signal(object)

    def __init__(
        self, current: CurrentDocument, tasks: TaskRunner, viewport: Viewport, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._current = current
        current.changed.connect(self._restart)
        self._tasks = tasks
        self._viewport = viewport
        self.visible: Callable[[Scoring], Scoring] = lambda scoring: scoring
        self._filter = ReviewFilter.DOUBTFUL
        self._second: Scoring | None = None
        self._queue: ReviewQueue | None = None
        self._passed: set[int] = set()
        self._trail: list[int] = []
        self._evidence: NightEvidence | None = None
        self._gathering: Task | None = None
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

    def _restart(self) -> None:
        """Forget what belongs to the former document."""
        self._second = None
        self._passed.clear()
        self._trail.clear()
        if self._filter is ReviewFilter.SCORERS:
            self._filter = ReviewFilter.DOUBTFUL
        self._forget_evidence()
        self.show_scoring()

    @property
    def second(self) -> Scoring | None:
        """Another scoring of the same night."""
        return self._second

    @second.setter
    def second(self, second: Scoring | None) -> None:
        self._second = second
        if second is None and self._filter is ReviewFilter.SCORERS:
            self._filter = ReviewFilter.DOUBTFUL
        self.show_scoring()

    @property
    def filters(self) -> tuple[ReviewFilter, ...]:
        """Filters that make sense now."""
        is_alone = self._second is None
        return tuple(one for one in ReviewFilter if one is not ReviewFilter.SCORERS or not is_alone)

    @property
    def queue(self) -> ReviewQueue | None:
        """The queue as the scoring is now."""
        if self._timer.isActive():
            self._timer.stop()
            self._order()
        return self._queue

    @property
    def evidence(self) -> NightEvidence | None:
        """What was found in the signals; None until that is done."""
        return self._evidence

    def choose_filter(self, review_filter: ReviewFilter) -> None:
        """Restrict the queue."""
        self._filter = review_filter
        self._passed.clear()
        self._order()

    def gather(self, recording: Recording, derivation: Derivation) -> None:
        """Look for evidence in the background."""
        self._forget_evidence()

        def work(report: Progress) -> NightEvidence:
            return gather_evidence(recording, derivation, progress=report)

        self._gathering = self._tasks.submit(
            work, on_success=self._set_evidence, on_failure=self.failed.emit
        )

    def show_scoring(self) -> None:
        """Order the queue anew, soon."""
        self._timer.start(0)

    def rule(self, epoch: int) -> AppliedRule | None:
        """The rule that applies to an epoch; None without evidence."""
        if self._evidence is None or self._current.document is None:
            return None
        scoring = self.visible(self._current.document.scoring)
        return applied_rule(self._evidence, scoring.stages, epoch, scoring.events)

    def go_on(self) -> None:
        """Go to the epoch that is most worth a look."""
        queue, epoch = self.queue, self._viewport.epoch
        if queue is None:
            return
        self._passed.add(epoch)
        following = queue.next_epoch(epoch, self._passed)
        if following is not None:
            self._trail.append(epoch)
            self._viewport.go_to(following)

    def go_back(self) -> None:
        """Go back to where the technician was before: decisions change the order of the queue."""
        if self._trail:
            self._viewport.go_to(self._trail.pop())

    def _choose_next_filter(self) -> None:
        filters = self.filters
        self.choose_filter(filters[(filters.index(self._filter) + 1) % len(filters)])

    def _order(self) -> None:
        self._timer.stop()
        document = self._current.document
        self._queue = None
        if document is not None:
            # Its order would tell who scores blind where the network is in doubt.
            scoring = self.visible(document.scoring)
            self._queue = review_queue(scoring, self._filter, self._second)
        self.queue_changed.emit(self._queue)

    def _forget_evidence(self) -> None:
        if self._gathering is not None:
            self._gathering.cancel()
        self._set_evidence(None)

    def _set_evidence(self, evidence: NightEvidence | None) -> None:
        self._gathering = None
        self._evidence = evidence
        self.evidence_found.emit(evidence)
