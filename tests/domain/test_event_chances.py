import numpy as np
import pytest

from sleepscorer.domain.event_chances import EventChance, event_chances, likeliest
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EventEdit, Scoring, prediction_edit, without_model
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.domain.votes import Vote

STAGES = Hypnodensity(np.full((3, len(SCORED_STAGES)), 0.2, np.float32), "Net 1", "a", "C4-M1")


def said(task: str, *yes: float, sha256: str = "a", classes=("no", "yes")) -> Prediction:
    rows = np.array([[1 - one, one] for one in yes], np.float32)
    return Prediction(task, classes, rows, "Net 1", sha256, "C4-M1, ECG")


def scored(*beside: Prediction) -> Scoring:
    scoring = Scoring(3)
    scoring.apply(prediction_edit(scoring, STAGES, beside=beside))
    return scoring


def test_that_apneas_come_before_hypopneas_and_unknown_tasks_are_left_out():
    scoring = scored(
        said("hypopnea", 0.1, 0.2, 0.3), said("snoring", 1, 1, 1), said("apnea", 0.7, 0.6, 0.5)
    )
    chances = event_chances(scoring)
    assert [one.kind for one in chances] == [EventKind.APNEA, EventKind.HYPOPNEA]
    assert chances[0].probabilities.tolist() == pytest.approx([0.7, 0.6, 0.5])
    assert (chances[0].model, chances[0].derivation) == ("Net 1", "C4-M1, ECG")


def test_that_only_the_version_that_is_shown_is_listened_to():
    assert event_chances(scored(said("apnea", 0.7, 0.6, 0.5, sha256="b"))) == ()
    assert event_chances(Scoring(3, others=[said("apnea", 0.7, 0.6, 0.5)])) == ()


def test_that_what_derivations_said_is_no_answer_of_the_version():
    scoring = Scoring(3)
    vote = Vote("C4-M1", STAGES.probabilities, np.ones(3, np.float32), np.zeros(3, np.int8))
    other = Vote("C3-M2", STAGES.probabilities, np.ones(3, np.float32), np.zeros(3, np.int8))
    answer = said("apnea", 0.7, 0.6, 0.5)
    scoring.apply(prediction_edit(scoring, STAGES, (vote, other), (answer,)))
    assert scoring.answers == (answer,)
    assert len(scoring.votes) == 2


def test_that_who_scores_blind_sees_none():
    assert event_chances(without_model(scored(said("apnea", 0.7, 0.6, 0.5)))) == ()


def test_that_answers_of_another_length_are_refused():
    with pytest.raises(ValueError, match="2 epochs for 3"):
        prediction_edit(Scoring(3), STAGES, beside=(said("apnea", 0.7, 0.6),))


def test_that_the_likeliest_is_told_where_one_is_probable():
    apnea, hypopnea = (
        EventChance(kind, np.array(values, np.float32), "Net 1", "C4-M1")
        for kind, values in (
            (EventKind.APNEA, [0.6, 0.1, np.nan]),
            (EventKind.HYPOPNEA, [0.8, 0.4, np.nan]),
        )
    )
    assert likeliest((apnea, hypopnea), 0) is hypopnea
    assert likeliest((apnea, hypopnea), 1) is None
    assert likeliest((apnea, hypopnea), 2) is None
    assert likeliest((), 0) is None


def test_that_certain_chances_change_no_figure_and_no_index():
    """An AHI counts what somebody marked: a network's answer alone makes none."""
    scoring = scored(said("apnea", 1, 1, 1), said("hypopnea", 1, 1, 1))
    silent = scored()
    assert len(event_chances(scoring)) == 2
    for one in (scoring, silent):
        assert one.events == ()
        assert one.event_index.events == ()
    ours, theirs = (sleep_statistics(one, 90.0) for one in (scoring, silent))
    assert repr(ours) == repr(theirs)
    apnea = ScoredEvent(EventKind.APNEA, 0.0, 30.0, source=Person("Anna"))
    scoring.apply(EventEdit((), (apnea,)))  # somebody marks one
    assert repr(sleep_statistics(scoring, 90.0)) != repr(theirs)
