from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import (
    AllEventsEdit,
    EditSeries,
    EpochScore,
    EventEdit,
    LightInterruption,
    Lights,
    LightsEdit,
    Remark,
    RemarkEdit,
    ScorerEdit,
    Scoring,
    StageEdit,
)
from sleepscorer.domain.stages import Stage

N_EPOCHS = 6

epochs = st.integers(0, N_EPOCHS - 1)
events = st.builds(
    ScoredEvent,
    st.sampled_from(list(EventKind)),
    st.integers(0, 170).map(float),
    st.integers(0, 40).map(float),
    channel=st.sampled_from(["", "EEG C4-M1"]),
    spo2_nadir=st.none() | st.just(88.0),
)
stage_edits = st.builds(
    lambda epoch, stage: StageEdit((epoch,), (EpochScore(stage, Person("Ann")),)),
    epochs,
    st.sampled_from(list(Stage)),
)
event_edits = st.builds(
    lambda added: EventEdit(added=tuple(added)), st.lists(events, min_size=1, max_size=3)
)
remark_edits = st.builds(
    lambda epoch, text, artefact: RemarkEdit((epoch,), (Remark(text, artefact),)),
    epochs,
    st.sampled_from(["", "electrode off"]),
    st.booleans(),
)
lights_edits = st.builds(
    lambda off_s, on_s: LightsEdit(Lights(off_s, on_s)),
    st.none() | st.just(10.0),
    st.none() | st.just(150.0),
)
scorer_edits = st.builds(ScorerEdit, st.sampled_from(["", "Ann", "Bea"]))
single_edits = st.one_of(stage_edits, event_edits, remark_edits, lights_edits, scorer_edits)
edits = single_edits | st.lists(single_edits, max_size=3).map(lambda some: EditSeries(tuple(some)))


def content(scoring: Scoring) -> tuple[object, ...]:
    return scoring.scores, scoring.events, dict(scoring.remarks), scoring.lights, scoring.scorer


@given(st.lists(edits, max_size=12))
def test_that_taking_every_edit_back_leads_to_the_start(some_edits):
    scoring = Scoring(N_EPOCHS)
    states = []
    inverses = []
    for edit in some_edits:
        states.append(content(scoring))
        inverses.append(scoring.apply(edit))
    for state, inverse in zip(reversed(states), reversed(inverses), strict=True):
        scoring.apply(inverse)
        assert content(scoring) == state


@given(st.lists(edits, max_size=6))
def test_that_a_copy_holds_everything_and_is_independent(some_edits):
    scoring = Scoring(N_EPOCHS)
    for edit in some_edits:
        scoring.apply(edit)
    copy = scoring.copy()
    assert content(copy) == content(scoring)
    copy.apply(ScorerEdit("Someone else"))
    assert scoring.scorer != "Someone else"


def test_that_an_event_that_is_not_there_cannot_be_removed():
    event = ScoredEvent(EventKind.AROUSAL, 1.0, 3.0)
    scoring = Scoring(N_EPOCHS, events=[event])
    with pytest.raises(ValueError, match="no such event"):
        scoring.apply(EventEdit(removed=(event, event)))
    assert scoring.events == (event,)


def test_that_a_series_that_fails_changes_nothing():
    scoring = Scoring(N_EPOCHS)
    series = EditSeries(
        (ScorerEdit("Ann"), LightsEdit(Lights(1.0, 2.0)), RemarkEdit((99,), (Remark("x"),)))
    )
    with pytest.raises(IndexError, match="99"):
        scoring.apply(series)
    assert content(scoring) == content(Scoring(N_EPOCHS))


def test_that_edits_name_the_epochs_that_they_touch():
    edit = EditSeries(
        (
            StageEdit((4,), (EpochScore(Stage.W),)),
            EventEdit(added=(ScoredEvent(EventKind.AROUSAL, 35.0, 3.0),)),
            LightsEdit(Lights()),
            ScorerEdit("Ann"),
        )
    )
    assert edit.epochs == (1, 4)
    there, others = (
        EventIndex.of([ScoredEvent(EventKind.AROUSAL, time_s, 3.0) for time_s in times_s])
        for times_s in ((35.0, 299.9), (30.0, 300.0))
    )
    assert AllEventsEdit(others, there).epochs == (1, 9, 10)


def test_that_an_empty_remark_takes_the_remark_away():
    scoring = Scoring(N_EPOCHS, remarks={2: Remark("off"), 1: Remark(artefact=True)})
    assert list(scoring.remarks) == [1, 2]
    scoring.apply(RemarkEdit((2,), (Remark(),)))
    assert dict(scoring.remarks) == {1: Remark(artefact=True)}


@pytest.mark.parametrize(
    ("onset_s", "duration_s"),
    [(float("nan"), 1.0), (float("inf"), 1.0), (0.0, -1.0), (0.0, float("inf"))],
)
def test_that_an_event_without_a_time_is_refused(onset_s, duration_s):
    with pytest.raises(ValueError, match="an event"):
        ScoredEvent(EventKind.AROUSAL, onset_s, duration_s)


def test_that_lights_on_before_lights_off_are_refused():
    with pytest.raises(ValueError, match="before lights off"):
        Lights(20.0, 10.0)


@given(st.permutations([ScoredEvent(kind, 1.0, 2.0) for kind in EventKind]))
def test_that_events_have_one_order(shuffled):
    assert in_order(shuffled) == tuple(ScoredEvent(kind, 1.0, 2.0) for kind in EventKind)


def test_that_kinds_are_found_by_their_word():
    for kind in EventKind:
        assert EventKind.from_id(kind.id) is kind
    with pytest.raises(ValueError, match="no event"):
        EventKind.from_id("sneeze")


def test_that_a_note_is_described_by_its_text():
    assert ScoredEvent(EventKind.NOTE, 0.0, 0.0, text="Dog barks").description == "Dog barks"
    assert ScoredEvent(EventKind.NOTE, 0.0, 0.0).description == "Note"
    assert ScoredEvent(EventKind.RERA, 0.0, 0.0, text="weak").description == "RERA"


NIGHT = Lights(60.0, 900.0, (LightInterruption(300.0, 360.0),))


@pytest.mark.parametrize(
    ("lights", "switch", "found"),
    [
        (Lights(), ("off", 60.0), Lights(60.0)),
        (Lights(), ("on", 60.0), Lights(None, 60.0)),
        (Lights(None, 900.0), ("off", 60.0), Lights(60.0, 900.0)),
        (Lights(60.0), ("off", 90.0), Lights(90.0)),
        (Lights(60.0), ("on", 900.0), Lights(60.0, 900.0)),
        # Off again after it went on: an interruption, whose night goes on.
        (Lights(60.0, 300.0), ("off", 360.0), Lights(60.0, None, NIGHT.interruptions)),
        (Lights(60.0, None, NIGHT.interruptions), ("on", 900.0), NIGHT),
        (Lights(60.0, 300.0), ("off", 300.0), Lights(60.0)),  # it never was on
        # Within the night the mark moves that begins what is there.
        (NIGHT, ("off", 30.0), replace(NIGHT, off_s=30.0)),
        (NIGHT, ("off", 90.0), replace(NIGHT, off_s=90.0)),
        (NIGHT, ("off", 330.0), Lights(60.0, 900.0, (LightInterruption(300.0, 330.0),))),
        (NIGHT, ("off", 400.0), Lights(60.0, 900.0, (LightInterruption(300.0, 400.0),))),
        (NIGHT, ("on", 270.0), Lights(60.0, 900.0, (LightInterruption(270.0, 360.0),))),
        (NIGHT, ("on", 330.0), Lights(60.0, 900.0, (LightInterruption(330.0, 360.0),))),
        (NIGHT, ("on", 600.0), replace(NIGHT, on_s=600.0)),
        (NIGHT, ("on", 960.0), replace(NIGHT, on_s=960.0)),
    ],
)
def test_that_a_switch_of_the_light_goes_where_a_technician_expects_it(lights, switch, found):
    name, time_s = switch
    assert lights.switched(time_s, is_off=name == "off") == found


def test_that_marks_of_the_lights_stay_in_order():
    assert NIGHT.moved(1, 240.0).interruptions == (LightInterruption(240.0, 360.0),)
    assert NIGHT.interrupted(600.0, 630.0).interruptions[1] == LightInterruption(600.0, 630.0)
    for wrong in (
        lambda: NIGHT.switched(30.0, is_off=False),
        lambda: NIGHT.moved(1, 30.0),
        lambda: NIGHT.moved(3, 330.0),
        lambda: NIGHT.interrupted(330.0, 350.0),
        lambda: NIGHT.interrupted(890.0, 920.0),
        lambda: NIGHT.interrupted(30.0, 50.0),
    ):
        with pytest.raises(ValueError, match="light"):
            wrong()
