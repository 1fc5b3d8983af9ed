from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.exercise import LEAST_OF_STAGE, blank, compared, drawn, marked
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, RemarkEdit, Scoring, stage_edit
from sleepscorer.domain.stages import SCORED_STAGES, Stage

ANN, BEA = Person("Ann"), Person("Bea")


def scoring(stages: list[Stage], **more) -> Scoring:
    return Scoring(len(stages), scores=[EpochScore(one, ANN) for one in stages], **more)


NIGHT = [Stage.W] * 100 + [Stage.N1] * 30 + [Stage.N2] * 500 + [Stage.N3] * 200 + [Stage.R] * 130


def test_that_each_stage_has_its_share_and_rare_ones_at_least_20():
    epochs = drawn(scoring(NIGHT))
    counts = Counter(NIGHT[epoch] for epoch in epochs)
    assert sum(counts.values()) == 200
    assert counts[Stage.N1] == LEAST_OF_STAGE  # its share would be 6
    assert counts[Stage.N2] == pytest.approx(500 / 960 * 200, abs=15)
    assert counts[Stage.N2] > counts[Stage.N3] > counts[Stage.R] > counts[Stage.N1]


def test_that_the_same_seed_draws_the_same_and_another_others():
    key = scoring(NIGHT)
    assert drawn(key) == drawn(key, seed=1)
    assert drawn(key) != drawn(key, seed=2)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(list(Stage)), min_size=1, max_size=400),
    st.integers(1, 300),
    st.integers(0, 1000),
)
def test_that_so_many_are_drawn_in_order_once_each_and_never_an_unscored_one(stages, n, seed):
    key = scoring(stages)
    n_scored = sum(one is not Stage.UNSCORED for one in stages)
    if n > n_scored:
        with pytest.raises(ScoringError, match="can't be drawn"):
            drawn(key, n, seed)
        return
    epochs = drawn(key, n, seed)
    assert len(set(epochs)) == n
    assert list(epochs) == sorted(epochs)
    assert all(stages[epoch] is not Stage.UNSCORED for epoch in epochs)
    counts, of_night = Counter(stages[epoch] for epoch in epochs), Counter(stages)
    for stage in SCORED_STAGES:
        assert counts[stage] >= min(of_night[stage], LEAST_OF_STAGE, n // 5)


def test_that_an_exercise_tells_nothing_of_the_key_but_which_epochs():
    key = scoring(NIGHT, lights=Lights(30, 9000), scorer="Ann", remarks={3: Remark("REM!")})
    epochs = drawn(key, seed=7)
    made = blank(key, epochs, 7)
    assert set(made.stages) == {Stage.UNSCORED}
    assert (made.scorer, made.events, made.lights) == ("", (), Lights(30, 9000))
    assert marked(made) == (7, epochs)
    assert made.remarks[epochs[0]].comment == "Exercise 7: 1 of 200"
    assert all("REM!" not in one.comment for one in made.remarks.values())


def answered(key: Scoring, epochs: tuple[int, ...], wrong: int = 0) -> Scoring:
    answer = blank(key, epochs, 1)
    for place, epoch in enumerate(epochs):
        stage = key[epoch].stage
        other = Stage.W if stage is not Stage.W else Stage.N1
        answer.apply(stage_edit((epoch,), other if place < wrong else stage, BEA))
    return answer


def test_that_the_agreement_is_that_of_the_drawn_epochs_alone():
    key = scoring(NIGHT)
    epochs = drawn(key)
    answer = answered(key, epochs, wrong=20)
    outside = next(epoch for epoch in range(len(NIGHT)) if epoch not in epochs)
    answer.apply(stage_edit((outside,), Stage.N1, BEA))
    made = compared(key, answer)
    assert (made.epochs, made.seed) == (epochs, 1)
    assert made.comparison.agreement.n_epochs == 200
    assert made.comparison.agreement.accuracy == 0.9
    assert made.comparison.differing.tolist() == list(epochs[:20])
    assert (made.n_by_program, made.n_saw) == (0, 0)


def test_that_what_a_program_gave_and_what_is_open_is_told():
    key = scoring(NIGHT)
    epochs = drawn(key)
    answer = answered(key, epochs)
    answer.apply(stage_edit(epochs[:5], Stage.N2, Model("net", "ab")))
    answer.apply(stage_edit(epochs[5:7], Stage.N2, Person("Bea", saw_model=True)))
    answer.apply(stage_edit(epochs[7:10], Stage.UNSCORED, BEA))
    made = compared(key, answer)
    assert (made.n_by_program, made.n_saw) == (5, 2)
    assert made.comparison.only_first.size == 3
    assert made.comparison.agreement.n_epochs == 197


def test_that_an_exercise_with_a_comment_missing_or_none_at_all_is_refused():
    key = scoring(NIGHT)
    answer = answered(key, drawn(key))
    epoch = next(iter(answer.remarks))
    answer.apply(RemarkEdit((epoch,), (Remark("Exercise 1: 1 of 200, difficult"),)))
    assert marked(answer)[1][0] == epoch  # more may be noted beside it
    answer.apply(RemarkEdit((epoch,), (Remark(),)))
    with pytest.raises(ScoringError, match="Comments of 1 of 200 epochs are missing"):
        compared(key, answer)
    with pytest.raises(ScoringError, match="holds no exercise"):
        compared(key, key)
    with pytest.raises(ScoringError, match="another number of epochs"):
        compared(scoring(NIGHT[:-1]), answer)


def test_that_what_has_no_epoch_in_common_with_the_key_is_refused():
    key = scoring(NIGHT)
    epochs = drawn(key)
    with pytest.raises(ScoringError, match="Nobody scored an epoch"):
        compared(key, blank(key, epochs, 1))
    with pytest.raises(ScoringError, match="The key has no stage"):
        compared(blank(key, epochs, 1), answered(key, epochs))
