"""Which epochs are worth a look, in which order, and what looking at them is expected to bring.

The expected gain of reviewing an epoch is the chance that its stage is wrong: one minus the
calibrated probability of that stage. What the scorer has found in this night so far sharpens it.
For each stage that the network gave, the errors that it made in the epochs decided by a person are
set against the errors that its probabilities had announced there, and the doubt of the remaining
epochs of that stage is scaled by their ratio::

    scale = (errors found + 5) / (errors announced + 5)

The five are a prior that the probabilities are right; their number was chosen on nights that the
network was not trained on. A night without decisions is ordered by lowest confidence.

The agreement that is forecast is as good as the probabilities: in seven held-out recordings it was
off by four points in the median and by 37 in one that the network staged badly
(``tests/benchmarks/benchmark_review.py``). What it says about the gain is closer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import EventGroup
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import SCORED_STAGES, Stage

BUDGET_STEPS = (20, 40, 80)
"""Numbers of further epochs for which the expected agreement is shown."""

LEAST_GAIN = 0.1
"""Doubt below which an epoch is not offered as doubtful."""

ROUND_SIZE = 25
"""Epochs of one round: as many as are looked at in a few minutes, the most worthwhile first."""

NEAR_EVENT_S = 15.0
"""Half an epoch: what an event changes is seen up to here on either side of it."""

_PRIOR_ERRORS = 5.0
_STAGE_NEUTRAL_GROUPS = (EventGroup.MICROSTRUCTURE, EventGroup.OTHER, EventGroup.ARTEFACT)

_Bool = npt.NDArray[np.bool_]
_Float = npt.NDArray[np.float64]
_Int = npt.NDArray[np.int64]


class ReviewFilter(Enum):
    """What a queue is restricted to; the value is the name shown."""

    DOUBTFUL = Phrase("All doubtful")
    N1_N2 = Phrase("N1/N2 doubt")
    TRANSITIONS = Phrase("Stage transitions")
    MODEL_AND_HUMAN = Phrase("Model ≠ human")
    SCORERS = Phrase("Scorer ≠ scorer")
    NEAR_EVENTS = Phrase("Near events")
    ARTEFACTS = Phrase("Artefacts")
    UNSCORED = Phrase("Unscored")

    @property
    def has_rounds(self) -> bool:
        """Whether it is gone through in rounds: of what it lets through, little is wrong."""
        return self in (ReviewFilter.DOUBTFUL, ReviewFilter.N1_N2)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One epoch of a queue.

    Attributes
    ----------
    epoch
        Its index.
    stage
        Its stage now.
    rival
        What it might be instead: the other scorer's or the network's stage where they differ,
        else the most probable other stage; unscored when nothing is known.
    gain
        Expected gain of reviewing it, 0 to 1.
    is_reviewed
        Whether a person has decided it.
    """

    epoch: int
    stage: Stage
    rival: Stage
    gain: float
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class ReviewBudget:
    """Agreement with a careful scorer that is to be expected, each 0 to 1.

    Epochs decided by a person count as right, those that nobody and nothing has staged are left
    out. NaN when there is no epoch or the network has not been asked.

    Attributes
    ----------
    now
        As the scoring stands.
    done
        When all of the queue is decided.
    later
        After each of `BUDGET_STEPS` further epochs that the filter lets through, or after the last.
    """

    now: float
    done: float
    later: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReviewQueue:
    """Epochs to look at, the most worthwhile first.

    Attributes
    ----------
    review_filter
        What it is restricted to.
    epochs
        Indices in order of falling gain, shape (n_items,); of equal gains the earlier first.
    stages, rivals
        Stage codes, see `ReviewItem`, shape (n_items,).
    gains
        Expected gains, shape (n_items,), 0 to 1; those of reviewed epochs are what they would be
        without the decision, so that an epoch does not change its place by it.
    reviewed
        Whether a person has decided each, shape (n_items,).
    n_waiting
        Further epochs that the filter lets through and nobody has decided.
    budget
        What the scoring is worth now and after more of this queue.
    """

    review_filter: ReviewFilter
    epochs: _Int
    stages: _Int
    rivals: _Int
    gains: _Float
    reviewed: _Bool
    n_waiting: int
    budget: ReviewBudget

    def __len__(self) -> int:
        return int(self.epochs.size)

    def __getitem__(self, place: int) -> ReviewItem:
        return ReviewItem(
            int(self.epochs[place]),
            Stage(int(self.stages[place])),
            Stage(int(self.rivals[place])),
            float(self.gains[place]),
            bool(self.reviewed[place]),
        )

    @property
    def n_reviewed(self) -> int:
        """Items that a person has decided."""
        return int(self.reviewed.sum())

    def place(self, epoch: int) -> int | None:
        """Place of an epoch in the order, from 0; None when it is not in the queue."""
        places = np.flatnonzero(self.epochs == epoch)
        return int(places[0]) if places.size else None

    def next_epoch(self, epoch: int, passed: Collection[int] = ()) -> int | None:
        """Epoch to look at after another one: the most worthwhile that is not reviewed.

        Parameters
        ----------
        epoch
            Where the technician is; need not be in the queue.
        passed
            Epochs looked at and left as they were. They come again once the others are done.

        Returns
        -------
        epoch
            None when nothing is left but the epoch itself.
        """
        open_epochs = self.epochs[~self.reviewed & (self.epochs != epoch)]
        fresh = open_epochs[~np.isin(open_epochs, list(passed))]
        chosen = fresh if fresh.size else open_epochs
        return int(chosen[0]) if chosen.size else None

    def first_open(self, passed: Collection[int] = ()) -> frozenset[int]:
        """The next round: the most worthwhile epochs neither decided nor passed, `ROUND_SIZE`."""
        is_passed = np.isin(self.epochs, list(passed))
        return frozenset(self.epochs[~self.reviewed & ~is_passed][:ROUND_SIZE].tolist())

    def previous_epoch(self, epoch: int) -> int | None:
        """Epoch before another one in the order, reviewed or not; None at its beginning."""
        place = self.place(epoch)
        return int(self.epochs[place - 1]) if place else None


def review_queue(
    scoring: Scoring,
    review_filter: ReviewFilter,
    second: Scoring | None = None,
    only: Collection[int] | None = None,
) -> ReviewQueue:
    """Order the epochs that a filter lets through by the expected gain of reviewing them.

    Parameters
    ----------
    scoring
        What is being edited. Without a hypnodensity all gains are alike and the order is that of
        time.
    review_filter
        What to restrict the queue to.
    second
        Another scoring of the same night, for `ReviewFilter.SCORERS`.
    only
        Epochs of one round; the others wait. None for all.

    Raises
    ------
    ValueError
        The second scoring is missing where it is needed or has another number of epochs.
    """
    if review_filter is ReviewFilter.SCORERS and second is None:
        raise ValueError("a second scoring is needed to find where two scorers differ")
    if second is not None and len(second) != len(scoring):
        raise ValueError(f"a second scoring of {len(second)} epochs for {len(scoring)} epochs")
    night = _Epochs.of(scoring)
    members, gains, rivals = _restricted(night, scoring, review_filter, second)
    epochs = np.flatnonzero(members)
    epochs = epochs[np.argsort(-gains[epochs], kind="stable")]
    # Where two opinions differ a person's decision does not end the difference.
    is_difference = review_filter in (ReviewFilter.MODEL_AND_HUMAN, ReviewFilter.SCORERS)
    reviewed = np.zeros(len(scoring), bool) if is_difference else night.human
    chosen = epochs if only is None else epochs[np.isin(epochs, list(only))]
    to_review, in_round = (some[~night.human[some]] for some in (epochs, chosen))
    return ReviewQueue(
        review_filter,
        chosen,
        night.stages[chosen],
        rivals[chosen],
        gains[chosen],
        reviewed[chosen],
        int((~reviewed[epochs]).sum() - (~reviewed[chosen]).sum()),
        night.budget(to_review, in_round),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Epochs:
    """A scoring as arrays over its epochs.

    Attributes
    ----------
    stages
        Stage codes now, shape (n_epochs,).
    human
        Whether a person decided, shape (n_epochs,).
    probabilities
        Of the network, shape (n_epochs, 5); NaN where it has none.
    scales
        Of the doubt in each of the network's stages, shape (5,).
    """

    stages: _Int
    human: _Bool
    probabilities: _Float
    scales: _Float

    @classmethod
    def of(cls, scoring: Scoring) -> _Epochs:
        scores, n_epochs = scoring.scores, len(scoring)
        stages = np.fromiter((score.stage for score in scores), np.int64, n_epochs)
        human = np.fromiter((score.is_human for score in scores), np.bool_, n_epochs)
        probabilities = _probabilities(scoring.hypnodensity, n_epochs)
        return cls(stages, human, probabilities, _scales(stages, human, probabilities))

    @property
    def proposals(self) -> _Int:
        """Stages of the network, unscored where it has none, shape (n_epochs,)."""
        known = ~np.isnan(self.probabilities[:, 0])
        return np.where(known, self.probabilities.argmax(axis=1), Stage.UNSCORED)

    def probability(self, stages: _Int) -> _Float:
        """Probability of a stage in each epoch; NaN where nothing is known."""
        rows = np.arange(stages.size)
        return np.where(stages >= 0, self.probabilities[rows, stages], np.nan)

    def doubts(self) -> _Float:
        """Chance that each stage is wrong if nobody has decided it; NaN without probability."""
        return np.minimum((1 - self.probability(self.stages)) * self.scales[self.stages], 1)

    def rivals(self) -> _Int:
        """Most probable stage other than the present one; unscored where nothing is known."""
        others = self.probabilities.copy()
        staged = np.flatnonzero(self.stages >= 0)
        others[staged, self.stages[staged]] = -1
        return np.where(np.isnan(others[:, 0]), Stage.UNSCORED, others.argmax(axis=1))

    def budget(self, to_review: _Int, in_round: _Int) -> ReviewBudget:
        """Agreement expected now, after a round and when more of those to review are decided."""
        doubts = np.where(self.human, 0, self.doubts())
        counted = (self.stages >= 0) & ~np.isnan(doubts)
        n_counted = int(counted.sum())
        if not n_counted or np.isnan(self.probabilities).all():
            return ReviewBudget(np.nan, np.nan, (np.nan,) * len(BUDGET_STEPS))
        now = 1 - doubts[counted].sum() / n_counted
        gains = np.where(counted, doubts, 0)
        gained = np.concatenate(([0], np.nancumsum(gains[to_review])))
        later = (now + gained[min(step, to_review.size)] / n_counted for step in BUDGET_STEPS)
        done = now + gains[in_round].sum() / n_counted
        return ReviewBudget(float(now), float(done), tuple(float(later_one) for later_one in later))


def _probabilities(hypnodensity: Hypnodensity | None, n_epochs: int) -> _Float:
    if hypnodensity is None:
        return np.full((n_epochs, len(SCORED_STAGES)), np.nan)
    return hypnodensity.probabilities.astype(np.float64)


def _scales(stages: _Int, human: _Bool, probabilities: _Float) -> _Float:
    """Errors found in the network's stages relative to those announced, shape (5,)."""
    decided = np.flatnonzero(human & (stages >= 0) & ~np.isnan(probabilities[:, 0]))
    proposals = probabilities[decided].argmax(axis=1)
    announced = 1 - probabilities[decided].max(axis=1)
    n_stages = len(SCORED_STAGES)
    n_found = np.bincount(proposals, proposals != stages[decided], minlength=n_stages)
    n_announced = np.bincount(proposals, announced, minlength=n_stages)
    return np.asarray((n_found + _PRIOR_ERRORS) / (n_announced + _PRIOR_ERRORS), np.float64)


def _restricted(
    night: _Epochs, scoring: Scoring, review_filter: ReviewFilter, second: Scoring | None
) -> tuple[_Bool, _Float, _Int]:
    """Members of a queue, their gains and rivals, of shape (n_epochs,) each."""
    doubts, rivals = np.nan_to_num(night.doubts()), night.rivals()
    if review_filter is ReviewFilter.DOUBTFUL:
        return doubts >= LEAST_GAIN, doubts, rivals
    if review_filter is ReviewFilter.N1_N2:
        return _n1_n2(night)
    if review_filter is ReviewFilter.TRANSITIONS:
        return _transitions(night.stages), doubts, rivals
    if review_filter is ReviewFilter.NEAR_EVENTS:
        return epochs_near(scoring.event_index, len(scoring)), doubts, rivals
    if review_filter is ReviewFilter.ARTEFACTS:
        members = np.zeros(len(scoring), bool)
        members[[epoch for epoch, remark in scoring.remarks.items() if remark.artefact]] = True
        return members, doubts, rivals
    if review_filter is ReviewFilter.UNSCORED:
        return night.stages == Stage.UNSCORED, np.ones(len(scoring)), rivals
    if second is None:
        return _differences(night, np.where(night.human, night.proposals, Stage.UNSCORED))
    return _differences(night, np.fromiter(second.stages, np.int64, len(second)))


def _n1_n2(night: _Epochs) -> tuple[_Bool, _Float, _Int]:
    """Epochs staged N1 that may be N2, and the reverse."""
    rivals = np.full_like(night.stages, Stage.UNSCORED)
    rivals[night.stages == Stage.N1] = Stage.N2
    rivals[night.stages == Stage.N2] = Stage.N1
    gains = np.minimum(night.probability(rivals) * night.scales[night.stages], 1)
    gains = np.nan_to_num(gains)
    return gains >= LEAST_GAIN, gains, rivals


def _transitions(stages: _Int) -> _Bool:
    """Epochs on either side of a change of stage."""
    members = np.zeros(stages.size, bool)
    changed = (stages[1:] != stages[:-1]) & (stages[1:] >= 0) & (stages[:-1] >= 0)
    members[1:] |= changed
    members[:-1] |= changed
    return members


def epochs_near(events: EventIndex, n_epochs: int) -> _Bool:
    """Epochs within `NEAR_EVENT_S` of an event that may change the stage, shape (n_epochs,).

    Arousals, respiratory events, desaturations and limb movements do; spindles, K-complexes,
    bruxism and notes are left out.
    """
    onsets_s, stops_s = events.spans_s(set(EventGroup) - set(_STAGE_NEUTRAL_GROUPS))
    firsts = ((onsets_s - NEAR_EVENT_S) // EPOCH_S).clip(0, n_epochs).astype(np.int64)
    stops = ((stops_s + NEAR_EVENT_S) // EPOCH_S + 1).clip(0, n_epochs).astype(np.int64)
    steps = np.bincount(firsts, minlength=n_epochs + 1) - np.bincount(stops, minlength=n_epochs + 1)
    return np.asarray(np.cumsum(steps[:-1]) > 0)


def _differences(night: _Epochs, others: _Int) -> tuple[_Bool, _Float, _Int]:
    """Epochs with two different opinions; the gain is the chance that the other one is right."""
    members = (night.stages >= 0) & (others >= 0) & (night.stages != others)
    own, other = night.probability(night.stages), night.probability(others)
    with np.errstate(invalid="ignore"):  # 0 / 0: the network believes neither
        gains = np.nan_to_num(other / (own + other), nan=0.5)
    return members, gains, others
