import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scoring import (
    MODEL_SOURCE,
    Edit,
    EditSeries,
    EpochScore,
    EventEdit,
    Lights,
    LightsEdit,
    PredictionEdit,
    Remark,
    RemarkEdit,
    ScorerEdit,
    Scoring,
    StageEdit,
    prediction_edit,
    replacement_edit,
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
epochs = st.integers(0, N_EPOCHS - 1)
some_epochs = st.lists(epochs, unique=True).map(tuple)
# Few different ones, so that the same event occurs twice.
events = st.builds(
    ScoredEvent,
    st.sampled_from([EventKind.AROUSAL, EventKind.NOTE]),
    st.sampled_from([0.0, 30.0, 100.5]),
    st.sampled_from([0.0, 3.0]),
    text=st.sampled_from(["", "coughs"]),
)
remarks = st.builds(Remark, st.sampled_from(["", "sweat"]), st.booleans())
lights = st.builds(Lights, st.none() | st.floats(0, 50), st.none() | st.floats(50, 99))
names = st.sampled_from(["", "Jana", "王"])


@st.composite
def scorings(draw) -> Scoring:
    initial = draw(st.lists(scores, min_size=N_EPOCHS, max_size=N_EPOCHS))
    return Scoring(
        N_EPOCHS,
        scores=initial,
        hypnodensity=draw(st.none() | hypnodensities),
        events=draw(st.lists(events, max_size=5)),
        lights=draw(lights),
        remarks=draw(st.dictionaries(epochs, remarks, max_size=3)),
        scorer=draw(names),
    )


def content(scoring: Scoring) -> tuple[object, ...]:
    return (
        scoring.scores,
        scoring.hypnodensity,
        scoring.events,
        scoring.lights,
        dict(scoring.remarks),
        scoring.scorer,
    )


def single_edit(draw, scoring: Scoring) -> Edit:
    """Any edit that the scoring allows."""
    kind = draw(st.sampled_from(["stage", "model", "events", "remarks", "lights", "name", "all"]))
    if kind == "stage":
        return stage_edit(draw(some_epochs), draw(stages), "Jana")
    if kind == "model":
        return prediction_edit(scoring, draw(hypnodensities))
    if kind == "events":
        n_removed = draw(st.integers(0, len(scoring.events)))
        removed = draw(st.permutations(scoring.events))[:n_removed]
        return EventEdit(tuple(removed), tuple(draw(st.lists(events, max_size=3))))
    if kind == "remarks":
        remarked = draw(some_epochs)
        return RemarkEdit(remarked, tuple(draw(remarks) for _ in remarked))
    if kind == "lights":
        return LightsEdit(draw(lights))
    if kind == "name":
        return ScorerEdit(draw(names))
    return replacement_edit(scoring, draw(scorings()))


@given(scoring=scorings(), data=st.data())
def test_that_taking_back_all_edits_gives_the_scoring_of_the_start(scoring, data):
    start = content(scoring)
    undo_stack = []
    states = []
    for _ in range(data.draw(st.integers(0, 8))):
        states.append(content(scoring))
        undo_stack.append(scoring.apply(single_edit(data.draw, scoring)))
    end = content(scoring)
    redo_stack = []
    for state in reversed(states):
        redo_stack.append(scoring.apply(undo_stack.pop()))
        assert content(scoring) == state
    assert content(scoring) == start
    while redo_stack:
        scoring.apply(redo_stack.pop())
    assert content(scoring) == end


FAILING = (
    stage_edit([N_EPOCHS], Stage.R, "Jana"),
    stage_edit([0, -1], Stage.R, "Jana"),
    RemarkEdit((0, N_EPOCHS), (Remark("sweat"), Remark("sweat"))),
    EventEdit((ScoredEvent(EventKind.PLM, 5, 1),), (ScoredEvent(EventKind.RERA, 5, 1),)),
    PredictionEdit(hypnodensity_of([Stage.R]), stage_edit([0], Stage.R, "Jana")),
    PredictionEdit(hypnodensity_of([Stage.R] * N_EPOCHS), stage_edit([N_EPOCHS], Stage.R, "Jana")),
)


@given(scoring=scorings(), data=st.data())
def test_that_an_edit_that_fails_changes_nothing(scoring, data):
    before = content(scoring)
    heard = []
    scoring.subscribe(heard.append)
    failing = data.draw(st.sampled_from(FAILING))
    for edit in (failing, EditSeries((failing,))):
        with pytest.raises((IndexError, ValueError)):
            scoring.apply(edit)
        assert content(scoring) == before
    assert heard == []


@given(scoring=scorings(), data=st.data())
def test_that_a_series_that_fails_in_its_middle_changes_nothing(scoring, data):
    before = content(scoring)
    first = single_edit(data.draw, scoring)
    with pytest.raises((IndexError, ValueError)):
        scoring.apply(EditSeries((first, data.draw(st.sampled_from(FAILING)))))
    assert content(scoring) == before


@given(scoring=scorings(), other=scorings())
def test_that_a_replacement_makes_a_scoring_equal_to_another_and_back(scoring, other):
    before = content(scoring)
    inverse = scoring.apply(replacement_edit(scoring, other))
    assert content(scoring) == content(other)
    scoring.apply(inverse)
    assert content(scoring) == before


def test_that_a_scoring_of_another_length_is_no_replacement():
    with pytest.raises(ValueError, match="a scoring of 2 epochs for 3 epochs"):
        replacement_edit(Scoring(3), Scoring(2))


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


def test_that_an_epoch_from_which_a_person_took_the_stage_is_the_models_again():
    scoring = Scoring(2)
    scoring.apply(stage_edit([0, 1], Stage.W, "Jana"))
    scoring.apply(stage_edit([0], Stage.UNSCORED, "Jana"))
    assert scoring[0] == EpochScore()
    assert not scoring[0].is_human
    scoring.apply(prediction_edit(scoring, hypnodensity_of([Stage.N2, Stage.N2])))
    assert scoring.scores == (EpochScore(Stage.N2, MODEL_SOURCE), EpochScore(Stage.W, "Jana"))


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


@pytest.mark.parametrize("outside", [(0, 3), (-1,), (0, 1, 2, 100)])
def test_that_an_edit_outside_the_night_is_refused_by_its_epoch(outside):
    epoch = next(epoch for epoch in outside if epoch not in range(3))
    for edit in (
        stage_edit(outside, Stage.R, "Jana"),
        RemarkEdit(outside, (Remark("sweat"),) * len(outside)),
    ):
        with pytest.raises(IndexError, match=f"epoch {epoch} is outside the 3 epochs"):
            Scoring(3).apply(edit)


def test_that_an_event_that_is_not_there_can_not_be_taken_away():
    event = ScoredEvent(EventKind.AROUSAL, 5, 3)
    scoring = Scoring(3, events=[event])
    with pytest.raises(ValueError, match="there is no such event"):
        scoring.apply(EventEdit((event, event)))


def test_that_an_empty_remark_takes_the_remark_away():
    scoring = Scoring(3, remarks={2: Remark("sweat"), 0: Remark(artefact=True), 1: Remark()})
    assert list(scoring.remarks) == [0, 2]
    scoring.apply(RemarkEdit((2,), (Remark(),)))
    assert scoring.remarks == {0: Remark(artefact=True)}


def test_that_a_remark_outside_the_night_is_refused():
    with pytest.raises(IndexError, match="epoch 3 is outside the 3 epochs"):
        Scoring(3, remarks={3: Remark("sweat")})


def test_that_the_light_may_not_go_on_before_it_goes_off():
    assert Lights(5, 5) != Lights(5) != Lights(None, 5)
    with pytest.raises(ValueError, match="lights on at 6 s, before lights off at 7 s"):
        Lights(7, 6)


def test_that_edits_tell_the_epochs_that_they_touch():
    arousal, note = ScoredEvent(EventKind.AROUSAL, 65, 3), ScoredEvent(EventKind.NOTE, 29.9, 0)
    edits = (
        EventEdit((arousal,), (note, arousal)),
        RemarkEdit((3,), (Remark("sweat"),)),
        LightsEdit(Lights(5)),
        ScorerEdit("Jana"),
    )
    assert [edit.epochs for edit in edits] == [(0, 2), (3,), (), ()]
    assert EditSeries(edits).epochs == (0, 2, 3)


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
    ("edited", "n_values", "message"),
    [((0, 1), 1, "2 epochs but 1"), ((), 1, "0 epochs but 1"), ((1, 1), 2, "named twice")],
)
def test_that_a_contradictory_edit_is_refused(edited, n_values, message):
    with pytest.raises(ValueError, match=message):
        StageEdit(edited, (EpochScore(Stage.W, "Jana"),) * n_values)
    with pytest.raises(ValueError, match=message):
        RemarkEdit(edited, (Remark("sweat"),) * n_values)


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
