import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scoring import (
    MODEL_SOURCE,
    EpochScore,
    PredictionEdit,
    Scoring,
    StageEdit,
    prediction_edit,
    stage_edit,
)
from sleepscorer.domain.stages import SCORED_STAGES, Stage

N_EPOCHS = 12


def hypnodensity_of(stages: list[Stage]) -> Hypnodensity:
    """Probabilities of 0.6 for the given stages, NaN for unscored."""
    probabilities = np.full((len(stages), 5), 0.1, np.float32)
    for epoch, stage in enumerate(stages):
        if stage is Stage.UNSCORED:
            probabilities[epoch] = np.nan
        else:
            probabilities[epoch, stage] = 0.6
    return Hypnodensity(probabilities, "Net 1", "00", "Fpz-Cz")


stages = st.sampled_from(Stage)
scores = st.builds(EpochScore, stages, st.sampled_from(["", MODEL_SOURCE, "Jana", "王"]))
hypnodensities = st.lists(stages, min_size=N_EPOCHS, max_size=N_EPOCHS).map(hypnodensity_of)
some_epochs = st.lists(st.integers(0, N_EPOCHS - 1), unique=True)


@st.composite
def scorings(draw) -> Scoring:
    initial = draw(st.lists(scores, min_size=N_EPOCHS, max_size=N_EPOCHS))
    return Scoring(N_EPOCHS, scores=initial, hypnodensity=draw(st.none() | hypnodensities))


def content(scoring: Scoring) -> tuple[object, ...]:
    return scoring.scores, scoring.hypnodensity


@given(scoring=scorings(), data=st.data())
def test_that_taking_back_all_edits_gives_the_scoring_of_the_start(scoring, data):
    start = content(scoring)
    undo_stack = []
    states = []
    for _ in range(data.draw(st.integers(0, 12))):
        states.append(content(scoring))
        if data.draw(st.booleans()):
            edit = stage_edit(data.draw(some_epochs), data.draw(stages), "Jana")
        else:
            edit = prediction_edit(scoring, data.draw(hypnodensities))
        undo_stack.append(scoring.apply(edit))
    end = content(scoring)
    redo_stack = []
    for state in reversed(states):
        redo_stack.append(scoring.apply(undo_stack.pop()))
        assert content(scoring) == state
    assert content(scoring) == start
    while redo_stack:
        scoring.apply(redo_stack.pop())
    assert content(scoring) == end


@given(scoring=scorings(), hypnodensity=hypnodensities)
def test_that_the_network_never_overwrites_what_a_person_decided(scoring, hypnodensity):
    before = scoring.scores
    scoring.apply(prediction_edit(scoring, hypnodensity))
    for epoch, (old, new) in enumerate(zip(before, scoring.scores, strict=True)):
        if old.source not in ("", MODEL_SOURCE):
            assert new == old
        else:
            assert new.stage is hypnodensity.stage(epoch)
            assert new.source == ("" if new.stage is Stage.UNSCORED else MODEL_SOURCE)
    assert scoring.hypnodensity is hypnodensity


def test_that_an_epoch_from_which_a_person_took_the_stage_stays_that_persons():
    scoring = Scoring(2)
    scoring.apply(stage_edit([0], Stage.UNSCORED, "Jana"))
    scoring.apply(prediction_edit(scoring, hypnodensity_of([Stage.N2, Stage.N2])))
    assert scoring.scores == (
        EpochScore(Stage.UNSCORED, "Jana"),
        EpochScore(Stage.N2, MODEL_SOURCE),
    )


@pytest.mark.parametrize(
    ("source", "is_human"), [("", False), (MODEL_SOURCE, False), ("Jana", True), ("Model", True)]
)
def test_that_every_source_but_the_model_and_none_is_a_person(source, is_human):
    assert EpochScore(Stage.W, source).is_human is is_human


def test_that_a_new_scoring_is_unscored():
    scoring = Scoring(3)
    assert len(scoring) == 3
    assert scoring.stages == (Stage.UNSCORED,) * 3
    assert scoring[1] == EpochScore()
    assert scoring.hypnodensity is None


@pytest.mark.parametrize("epochs", [(0, 3), (-1,), (0, 1, 2, 100)])
def test_that_an_edit_outside_the_night_changes_nothing(epochs):
    scoring = Scoring(3)
    with pytest.raises(IndexError, match="outside the 3 epochs"):
        scoring.apply(stage_edit(epochs, Stage.R, "Jana"))
    assert scoring.stages == (Stage.UNSCORED,) * 3


@pytest.mark.parametrize("n_epochs", [2, 4])
def test_that_a_prediction_of_another_length_changes_nothing(n_epochs):
    scoring = Scoring(3)
    hypnodensity = hypnodensity_of([Stage.R] * n_epochs)
    with pytest.raises(ValueError, match=f"{n_epochs} epochs for 3 epochs"):
        prediction_edit(scoring, hypnodensity)
    with pytest.raises(ValueError, match=f"{n_epochs} epochs for 3 epochs"):
        scoring.apply(PredictionEdit(hypnodensity, stage_edit([0], Stage.R, "Jana")))
    assert content(scoring) == content(Scoring(3))


def test_that_a_prediction_with_stages_outside_the_night_changes_nothing():
    scoring = Scoring(3)
    edit = PredictionEdit(hypnodensity_of([Stage.R] * 3), stage_edit([3], Stage.R, "Jana"))
    assert edit.epochs == (3,)
    with pytest.raises(IndexError):
        scoring.apply(edit)
    assert content(scoring) == content(Scoring(3))


@pytest.mark.parametrize(
    ("epochs", "n_scores", "message"),
    [((0, 1), 1, "2 epochs but 1 scores"), ((), 1, "0 epochs but 1"), ((1, 1), 2, "named twice")],
)
def test_that_a_contradictory_edit_is_refused(epochs, n_scores, message):
    with pytest.raises(ValueError, match=message):
        StageEdit(epochs, (EpochScore(Stage.W, "Jana"),) * n_scores)


@pytest.mark.parametrize("n_epochs", [-1, 2, 4])
def test_that_scores_of_another_number_of_epochs_are_refused(n_epochs):
    with pytest.raises(ValueError, match=f"3 scores for {n_epochs} epochs"):
        Scoring(n_epochs, scores=[EpochScore()] * 3)


def test_that_an_initial_hypnodensity_of_another_length_is_refused():
    with pytest.raises(ValueError, match="1 epochs for 2"):
        Scoring(2, hypnodensity=hypnodensity_of([Stage.W]))


def test_that_observers_hear_the_epochs_of_every_edit_and_of_its_inverse():
    scoring = Scoring(4)
    heard = []
    scoring.subscribe(lambda epochs: heard.append(tuple(epochs)))
    inverse = scoring.apply(stage_edit(range(1, 3), Stage.N1, "Jana"))
    scoring.apply(inverse)
    scoring.apply(prediction_edit(scoring, hypnodensity_of([Stage.N1] * 4)))
    assert heard == [(1, 2), (1, 2), (0, 1, 2, 3)]


def test_that_observers_hear_nothing_of_an_edit_that_failed():
    scoring = Scoring(1)
    heard = []
    scoring.subscribe(heard.append)
    with pytest.raises(IndexError):
        scoring.apply(stage_edit([1], Stage.N1, "Jana"))
    assert heard == []


def test_that_a_copy_is_independent_and_unobserved():
    scoring = Scoring(2, hypnodensity=hypnodensity_of([Stage.W, Stage.R]))
    heard = []
    scoring.subscribe(heard.append)
    copy = scoring.copy()
    assert content(copy) == content(scoring)
    copy.apply(stage_edit([0], SCORED_STAGES[3], "Jana"))
    assert scoring[0] == EpochScore()
    assert heard == []
