from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import STAGES, Prediction
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Imported, Joint, Model, Person
from sleepscorer.domain.scoring import (
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
    SignOff,
    SignOffEdit,
    StageEdit,
    prediction_edit,
    replacement_edit,
    stage_edit,
    withdrawing,
    without_model,
)
from sleepscorer.domain.stages import SCORED_STAGES, Stage

N_EPOCHS = 12
MODEL = Model("Net 1", "00")


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
sources = st.sampled_from(
    [
        None,
        MODEL,
        UNKNOWN_MODEL,
        Imported("night.csv"),
        Imported("night.csv", Person("Li", saw_model=True)),
        Person("Jana"),
        Person("Jana", saw_model=True),
        Joint((Person("Jana"), Person("王"))),
    ]
)
scores = st.builds(EpochScore, stages, sources)
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
    source=sources,
)
remarks = st.builds(Remark, st.sampled_from(["", "sweat"]), st.booleans())
lights = st.builds(Lights, st.none() | st.floats(0, 50), st.none() | st.floats(50, 99))
names = st.sampled_from(["", "Jana", "王"])
sign_offs = st.builds(
    SignOff, st.sampled_from(["Jana", "王"]), st.just(datetime(2026, 3, 2, 8, tzinfo=UTC))
)


def other_prediction(model: str, task: str) -> Prediction:
    classes = ("no", "yes") if task == "apnea" else tuple(stage.label for stage in SCORED_STAGES)
    probabilities = np.full((N_EPOCHS, len(classes)), 1 / len(classes), np.float32)
    return Prediction(task, classes, probabilities, model, "11", "C4-M1")


predictions = st.lists(
    st.builds(
        other_prediction, st.sampled_from(["Net 2", "Net 3"]), st.sampled_from([STAGES, "apnea"])
    ),
    max_size=3,
    unique_by=lambda prediction: prediction.subject,
)


@st.composite
def scorings(draw) -> Scoring:
    initial = draw(st.lists(scores, min_size=N_EPOCHS, max_size=N_EPOCHS))
    return Scoring(
        N_EPOCHS,
        scores=initial,
        hypnodensity=draw(st.none() | hypnodensities),
        others=draw(predictions),
        events=draw(st.lists(events, max_size=5)),
        lights=draw(lights),
        remarks=draw(st.dictionaries(epochs, remarks, max_size=3)),
        scorer=draw(names),
        sign_off=draw(st.none() | sign_offs),
    )


def content(scoring: Scoring) -> tuple[object, ...]:
    return (
        scoring.scores,
        scoring.hypnodensity,
        scoring.others,
        scoring.events,
        scoring.lights,
        dict(scoring.remarks),
        scoring.scorer,
        scoring.sign_off,
    )


def single_edit(draw, scoring: Scoring) -> Edit:
    """Any edit that the scoring allows."""
    kinds = ["stage", "model", "events", "remarks", "lights", "name", "sign off", "withdraw", "all"]
    kind = draw(st.sampled_from(kinds))
    if kind == "stage":
        return stage_edit(draw(some_epochs), draw(stages), Person("Jana"))
    if kind == "model":
        hypnodensity = draw(hypnodensities)
        name = draw(st.sampled_from(["Net 1", "Net 2"]))
        return prediction_edit(scoring, replace(hypnodensity, model=name))
    if kind == "sign off":
        return SignOffEdit(draw(st.none() | sign_offs))
    if kind == "withdraw":
        return withdrawing(scoring, stage_edit(draw(some_epochs), draw(stages), Person("Jana")))
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
    stage_edit([N_EPOCHS], Stage.R, Person("Jana")),
    stage_edit([0, -1], Stage.R, Person("Jana")),
    RemarkEdit((0, N_EPOCHS), (Remark("sweat"), Remark("sweat"))),
    EventEdit((ScoredEvent(EventKind.PLM, 5, 1),), (ScoredEvent(EventKind.RERA, 5, 1),)),
    PredictionEdit(hypnodensity_of([Stage.R]), stage_edit([0], Stage.R, Person("Jana"))),
    PredictionEdit(
        hypnodensity_of([Stage.R] * N_EPOCHS), stage_edit([N_EPOCHS], Stage.R, Person("Jana"))
    ),
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
def test_that_the_network_overwrites_neither_people_nor_what_was_imported(scoring, hypnodensity):
    before = scoring.scores
    scoring.apply(prediction_edit(scoring, hypnodensity))
    for epoch, (old, new) in enumerate(zip(before, scoring.scores, strict=True)):
        if old.stage is Stage.UNSCORED or isinstance(old.source, Model):
            assert new == EpochScore(hypnodensity.stage(epoch), MODEL)
        else:
            assert new == old
    assert scoring.hypnodensity is hypnodensity


def test_that_an_epoch_from_which_a_person_took_the_stage_is_the_models_again():
    scoring = Scoring(2)
    scoring.apply(stage_edit([0, 1], Stage.W, Person("Jana")))
    scoring.apply(stage_edit([0], Stage.UNSCORED, Person("Jana")))
    assert scoring[0] == EpochScore()
    assert not scoring[0].is_human
    scoring.apply(prediction_edit(scoring, hypnodensity_of([Stage.N2, Stage.N2])))
    assert scoring.scores == (
        EpochScore(Stage.N2, MODEL),
        EpochScore(Stage.W, Person("Jana")),
    )


@pytest.mark.parametrize(
    ("source", "is_human", "is_open"),
    [
        (None, False, False),
        (MODEL, False, True),
        (Imported("night.csv"), False, False),
        (Imported("night.csv", Person("Li")), True, False),
        (Person("model"), True, False),
        (Joint((Person("Jana"), Person("Li"))), True, False),
    ],
)
def test_that_only_people_are_truth_and_only_models_give_way(source, is_human, is_open):
    score = EpochScore(Stage.W, source)
    assert (score.is_human, score.is_open) == (is_human, is_open)
    nobody = EpochScore(Stage.UNSCORED, source)
    assert (nobody.source, nobody.is_human, nobody.is_open) == (None, False, True)


def test_that_another_version_takes_the_place_and_the_former_stays_beside():
    first, second = hypnodensity_of([Stage.W] * 2), hypnodensity_of([Stage.R] * 2)
    second = replace(second, model="Net 2", weights_sha256="22")
    scoring = Scoring(2)
    scoring.apply(prediction_edit(scoring, first))
    scoring.apply(stage_edit([0], Stage.N1, Person("Jana")))
    scoring.apply(prediction_edit(scoring, second))
    assert [one.model for one in scoring.predictions] == ["Net 2", "Net 1"]
    assert scoring.scores[1] == EpochScore(Stage.R, Model("Net 2", "22"))
    scoring.apply(prediction_edit(scoring, scoring.others[0].hypnodensity()))
    assert [one.model for one in scoring.predictions] == ["Net 1", "Net 2"]
    assert scoring.scores == (
        EpochScore(Stage.N1, Person("Jana")),
        EpochScore(Stage.W, MODEL),
    )
    # The same version once more, on another derivation: there is one of each.
    scoring.apply(prediction_edit(scoring, replace(first, derivation="C4-M1")))
    assert [one.model for one in scoring.predictions] == ["Net 1", "Net 2"]


def test_that_any_change_ends_a_sign_off_and_taking_it_back_restores_it():
    signed = SignOff("Jana", datetime(2026, 3, 2, 8, tzinfo=UTC))
    scoring = Scoring(2, sign_off=signed)
    for edit in (
        stage_edit([0], Stage.W, Person("Li")),
        RemarkEdit((1,), (Remark("sweat"),)),
        LightsEdit(Lights(1.0, 2.0)),
        EventEdit(added=(ScoredEvent(EventKind.AROUSAL, 1.0, 3.0),)),
        prediction_edit(scoring, hypnodensity_of([Stage.W] * 2)),
    ):
        inverse = scoring.apply(withdrawing(scoring, edit))
        assert scoring.sign_off is None
        scoring.apply(inverse)
        assert scoring.sign_off == signed
    again = SignOffEdit(replace(signed, by="Li"))
    assert withdrawing(scoring, again) is again


@pytest.mark.parametrize(
    ("by", "at", "why"),
    [
        (" ", datetime(2026, 3, 2, tzinfo=UTC), "the name of a person"),
        ("Jana", datetime(2026, 3, 2), "a time with its zone"),
    ],
)
def test_that_nobody_signs_off_at_an_unknown_time(by, at, why):
    with pytest.raises(ValueError, match=why):
        SignOff(by, at)


def test_that_a_blind_scorer_sees_nothing_but_what_people_decided():
    by_people = ScoredEvent(EventKind.AROUSAL, 1.0, 3.0, source=Person("Jana"))
    scoring = Scoring(
        3,
        scores=[
            EpochScore(Stage.W, Person("Jana")),
            EpochScore(Stage.N1, MODEL),
            EpochScore(Stage.N2, Imported("other_program.csv")),
        ],
        hypnodensity=hypnodensity_of([Stage.W] * 3),
        others=[replace(Prediction.of_stages(hypnodensity_of([Stage.W] * 3)), model="Net 2")],
        events=[by_people, replace(by_people, onset_s=9.0, source=MODEL)],
    )
    blind = without_model(scoring)
    assert blind.scores == (scoring[0], EpochScore(), EpochScore())
    assert (blind.predictions, blind.events) == ((), (by_people,))


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
        stage_edit(outside, Stage.R, Person("Jana")),
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
        scoring.apply(PredictionEdit(hypnodensity, stage_edit([0], Stage.R, Person("Jana"))))
    assert content(scoring) == content(Scoring(3))


def test_that_a_prediction_with_stages_outside_the_night_changes_nothing():
    scoring = Scoring(3)
    edit = PredictionEdit(hypnodensity_of([Stage.R] * 3), stage_edit([3], Stage.R, Person("Jana")))
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
        StageEdit(edited, (EpochScore(Stage.W, Person("Jana")),) * n_values)
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
    inverse = scoring.apply(stage_edit(range(1, 3), Stage.N1, Person("Jana")))
    scoring.apply(inverse)
    scoring.apply(prediction_edit(scoring, hypnodensity_of([Stage.N1] * 4)))
    assert heard == [(1, 2), (1, 2), (0, 1, 2, 3)]


def test_that_observers_hear_nothing_of_an_edit_that_failed():
    scoring = Scoring(1)
    heard = []
    scoring.subscribe(heard.append)
    with pytest.raises(IndexError):
        scoring.apply(stage_edit([1], Stage.N1, Person("Jana")))
    assert heard == []


def test_that_a_copy_is_independent_and_unobserved():
    scoring = Scoring(2, hypnodensity=hypnodensity_of([Stage.W, Stage.R]))
    heard = []
    scoring.subscribe(heard.append)
    copy = scoring.copy()
    assert content(copy) == content(scoring)
    copy.apply(stage_edit([0], SCORED_STAGES[3], Person("Jana")))
    assert scoring[0] == EpochScore()
    assert heard == []
