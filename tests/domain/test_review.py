import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.review import (
    BUDGET_STEPS,
    ROUND_SIZE,
    ReviewFilter,
    epochs_near,
    review_queue,
)
from sleepscorer.domain.scoring import (
    EpochScore,
    Remark,
    Scoring,
    prediction_edit,
    stage_edit,
)
from sleepscorer.domain.stages import Stage

N1, N2, W, R = Stage.N1, Stage.N2, Stage.W, Stage.R


def scored_by_model(*rows: dict[Stage, float] | None, **parts) -> Scoring:
    """A scoring whose stages are the most probable ones; None is a gap."""
    probabilities = np.full((len(rows), 5), np.nan, np.float32)
    for epoch, row in enumerate(rows):
        if row is not None:
            probabilities[epoch] = [row.get(Stage(code), 0.0) for code in range(5)]
    scoring = Scoring(len(rows), **parts)
    hypnodensity = Hypnodensity(probabilities, "Net 1", "00", "Fpz-Cz")
    scoring.apply(prediction_edit(scoring, hypnodensity))
    return scoring


def random_scoring(n_epochs: int, seed: int = 0) -> Scoring:
    rng = np.random.default_rng(seed)
    rows = rng.dirichlet(np.full(5, 0.4), n_epochs)
    return scored_by_model(*({Stage(c): p for c, p in enumerate(row)} for row in rows))


def epochs_of(scoring: Scoring, review_filter: ReviewFilter, second=None) -> list[int]:
    return review_queue(scoring, review_filter, second).epochs.tolist()


def test_that_the_most_doubtful_epoch_comes_first():
    scoring = scored_by_model({W: 0.7, N1: 0.3}, {N2: 0.95, N1: 0.05}, {N1: 0.5, N2: 0.3, W: 0.2})
    queue = review_queue(scoring, ReviewFilter.DOUBTFUL)
    assert queue.epochs.tolist() == [2, 0]
    item = queue[0]
    assert (item.epoch, item.stage, item.rival, item.is_reviewed) == (2, N1, N2, False)
    assert item.gain == pytest.approx(0.5)


def test_that_of_equal_doubt_the_earlier_epoch_comes_first():
    scoring = scored_by_model(*[{W: 0.75, N1: 0.25}] * 5)
    assert epochs_of(scoring, ReviewFilter.DOUBTFUL) == [0, 1, 2, 3, 4]


def test_that_n1_n2_doubt_asks_only_how_probable_the_other_of_the_two_is():
    scoring = scored_by_model(
        {N1: 0.5, N2: 0.4, W: 0.1}, {N1: 0.4, W: 0.35, N2: 0.25}, {W: 0.5, N1: 0.25, N2: 0.25}
    )
    queue = review_queue(scoring, ReviewFilter.N1_N2)
    assert queue.epochs.tolist() == [0, 1]
    np.testing.assert_allclose(queue.gains, [0.4, 0.25], rtol=1e-6)
    assert queue[0].rival is N2


def test_that_both_sides_of_a_transition_are_listed_but_no_edge_of_a_gap():
    scoring = scored_by_model({W: 1.0}, {N1: 1.0}, {N1: 1.0}, None, {N2: 1.0}, {N2: 1.0})
    assert epochs_of(scoring, ReviewFilter.TRANSITIONS) == [0, 1]


def test_that_differences_from_the_model_are_listed_the_likeliest_mistake_first():
    scoring = scored_by_model({N2: 0.9, N1: 0.1}, {N2: 0.6, N1: 0.4}, {N2: 0.99, N1: 0.01})
    scoring.apply(stage_edit([0, 1], N1, Person("Jana")))
    queue = review_queue(scoring, ReviewFilter.MODEL_AND_HUMAN)
    assert queue.epochs.tolist() == [0, 1]
    assert queue[0].rival is N2
    assert queue[0].gain == pytest.approx(0.9)
    assert queue.n_reviewed == 0


def test_that_differences_of_two_scorers_are_listed_in_time_without_a_model():
    first = Scoring(4, scores=[EpochScore(s, Person("Jana")) for s in (W, N1, N2, N2)])
    second = Scoring(4, scores=[EpochScore(s, Person("Li")) for s in (N1, N1, N1, Stage.UNSCORED)])
    queue = review_queue(first, ReviewFilter.SCORERS, second)
    assert queue.epochs.tolist() == [0, 2]
    assert [queue[place].rival for place in range(2)] == [N1, N1]


def test_that_a_stage_nobody_believes_in_is_even_odds():
    scoring = scored_by_model({N2: 1.0})
    scoring.apply(stage_edit([0], W, Person("Jana")))
    second = Scoring(1, scores=[EpochScore(R, Person("Li"))])
    assert review_queue(scoring, ReviewFilter.SCORERS, second).gains.tolist() == [0.5]


def test_that_a_missing_or_unfitting_second_scoring_is_refused():
    with pytest.raises(ValueError, match="second scoring is needed"):
        review_queue(Scoring(3), ReviewFilter.SCORERS)
    with pytest.raises(ValueError, match="of 2 epochs for 3"):
        review_queue(Scoring(3), ReviewFilter.SCORERS, Scoring(2))


def test_that_epochs_near_an_event_are_listed_but_not_near_a_spindle():
    arousal = ScoredEvent(EventKind.AROUSAL, 80, 4)  # from 65 to 99 s with its surroundings
    spindle = ScoredEvent(EventKind.SPINDLE, 10, 1)
    assert np.flatnonzero(epochs_near(EventIndex.of([arousal, spindle]), 6)).tolist() == [2, 3]
    early, late = ScoredEvent(EventKind.AROUSAL, -90, 4), ScoredEvent(EventKind.AROUSAL, 900, 4)
    assert not epochs_near(EventIndex.of([early, late]), 6).any()
    scoring = scored_by_model(*[{N2: 1.0}] * 6, events=[arousal])
    assert epochs_of(scoring, ReviewFilter.NEAR_EVENTS) == [2, 3]


def test_that_artefacts_and_unscored_epochs_are_listed():
    remarks = {0: Remark("sweat"), 1: Remark(artefact=True)}
    scoring = scored_by_model({N2: 1.0}, {N2: 1.0}, None, None, remarks=remarks)
    assert epochs_of(scoring, ReviewFilter.ARTEFACTS) == [1]
    queue = review_queue(scoring, ReviewFilter.UNSCORED)
    assert queue.epochs.tolist() == [2, 3]
    assert queue.n_reviewed == 0


def test_that_a_decision_marks_the_epoch_reviewed_and_leaves_it_in_the_queue():
    scoring = scored_by_model({N1: 0.5, N2: 0.5}, {N1: 0.6, N2: 0.4})
    scoring.apply(stage_edit([0], N1, Person("Jana")))
    queue = review_queue(scoring, ReviewFilter.N1_N2)
    assert queue.epochs.tolist() == [0, 1]
    assert queue.reviewed.tolist() == [True, False]
    assert queue.n_reviewed == 1


def test_that_going_on_leads_to_the_best_epoch_still_open():
    scoring = scored_by_model({N1: 0.6, N2: 0.4}, {N1: 0.5, N2: 0.5}, {N1: 0.7, N2: 0.3})
    queue = review_queue(scoring, ReviewFilter.N1_N2)
    assert queue.next_epoch(99) == 1
    assert queue.next_epoch(1) == 0
    assert queue.next_epoch(0, passed={1}) == 2
    assert queue.next_epoch(2, passed={0, 1, 2}) == 1
    assert [queue.previous_epoch(epoch) for epoch in (2, 0, 1, 99)] == [0, 1, None, None]
    scoring.apply(stage_edit([0, 1, 2], N2, Person("Jana")))
    assert review_queue(scoring, ReviewFilter.N1_N2).next_epoch(0) is None


def test_that_more_errors_than_announced_raise_the_doubt_in_that_stage_only():
    rows = [{N1: 0.8, N2: 0.2}] * 41 + [{R: 0.8, N1: 0.2}]
    scoring = scored_by_model(*rows)
    before = review_queue(scoring, ReviewFilter.DOUBTFUL)
    scoring.apply(stage_edit(range(40), N2, Person("Jana")))
    after = review_queue(scoring, ReviewFilter.DOUBTFUL)
    # 40 errors found and 8 announced, with five of the prior on either side.
    assert after.gains[after.place(40)] == pytest.approx(0.2 * 45 / 13, rel=1e-6)
    assert after.gains[after.place(41)] == before.gains[before.place(41)]
    assert after.next_epoch(0) == 40


def test_that_the_budget_adds_up_the_probabilities():
    scoring = scored_by_model(*[{N1: 0.75, N2: 0.25}] * 30, *[{N2: 1.0}] * 70)
    budget = review_queue(scoring, ReviewFilter.DOUBTFUL).budget
    assert budget.now == pytest.approx(1 - 7.5 / 100)
    np.testing.assert_allclose(budget.later, [1 - 2.5 / 100, 1, 1])


def test_that_the_budget_takes_decisions_as_right_and_leaves_gaps_out():
    scoring = scored_by_model({N1: 0.5, N2: 0.5}, {W: 0.5, N1: 0.5}, None, None)
    assert review_queue(scoring, ReviewFilter.DOUBTFUL).budget.now == pytest.approx(0.5)
    scoring.apply(stage_edit([1], W, Person("Jana")))
    budget = review_queue(scoring, ReviewFilter.DOUBTFUL).budget
    assert 0.5 < budget.now < 0.8
    assert budget.later[0] == pytest.approx(1)


def test_that_the_budget_is_unknown_without_a_model():
    for scoring in (Scoring(0), Scoring(3), Scoring(1, scores=[EpochScore(N2, Person("Jana"))])):
        budget = review_queue(scoring, ReviewFilter.DOUBTFUL).budget
        assert np.isnan([budget.now, *budget.later]).all()


@given(st.integers(0, 60), st.sampled_from(ReviewFilter), st.integers(0, 9))
def test_that_every_queue_is_in_order_and_its_budget_grows(n_epochs, review_filter, seed):
    scoring = random_scoring(n_epochs, seed)
    scoring.apply(stage_edit(range(0, n_epochs, 7), N1, Person("Jana")))
    queue = review_queue(scoring, review_filter, random_scoring(n_epochs, seed + 1))
    assert (np.diff(queue.gains) <= 0).all()
    assert np.isin(queue.gains, queue.gains.clip(0, 1)).all()
    assert len(set(queue.epochs.tolist())) == len(queue)
    assert len(queue.budget.later) == len(BUDGET_STEPS)
    if n_epochs:
        series = np.array([queue.budget.now, *queue.budget.later])
        assert (np.diff(series) >= 0).all()
        assert series[0] >= 0
        assert series[-1] <= 1 + 1e-9


def test_that_a_round_holds_the_most_worthwhile_epochs_and_says_how_many_wait() -> None:
    scoring = random_scoring(200)
    everything = review_queue(scoring, ReviewFilter.DOUBTFUL)
    first = everything.first_open()
    assert first == frozenset(everything.epochs[:ROUND_SIZE].tolist())
    queue = review_queue(scoring, ReviewFilter.DOUBTFUL, only=first)
    assert queue.epochs.tolist() == everything.epochs[:ROUND_SIZE].tolist()
    assert queue.n_waiting == len(everything) - ROUND_SIZE
    assert everything.first_open(first) == frozenset(
        everything.epochs[ROUND_SIZE : 2 * ROUND_SIZE].tolist()
    )


def test_that_the_gain_of_a_round_is_that_of_its_epochs() -> None:
    scoring = scored_by_model({W: 0.7, N1: 0.3}, {N2: 0.6, N1: 0.4}, {R: 1.0})
    budget = review_queue(scoring, ReviewFilter.DOUBTFUL, only={1}).budget
    assert budget.done - budget.now == pytest.approx(0.4 / 3)
    whole = review_queue(scoring, ReviewFilter.DOUBTFUL).budget
    assert whole.done == pytest.approx(whole.later[-1])


def test_that_only_queues_of_doubt_are_gone_through_in_rounds():
    in_rounds = [one for one in ReviewFilter if one.has_rounds]
    assert in_rounds == [ReviewFilter.DOUBTFUL, ReviewFilter.N1_N2]
