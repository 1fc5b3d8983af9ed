import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import Figure, PartOfSleep, counted_events, sleep_statistics

W, N1, N2, N3, R, U = Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R, Stage.UNSCORED


def statistics_of(stages, **scoring):
    scores = [EpochScore(stage) for stage in stages]
    return sleep_statistics(Scoring(len(scores), scores=scores, **scoring), len(scores) * 30.0)


def test_that_the_figures_are_those_of_a_worked_example():
    # Minutes: W 1, N1 1, N2 2, W 1, N2 1, R 1.5, W 1.5.
    stages = [W] * 2 + [N1] * 2 + [N2] * 4 + [W] * 2 + [N2] * 2 + [R] * 3 + [W] * 3
    figures = statistics_of(stages)
    expected = {
        "trt": 9.0,
        "tst": 5.5,
        "spt": 6.5,
        "sol": 1.0,
        "r_latency": 5.0,
        "waso": 2.5,
        "waso_spt": 1.0,
        "se": 5.5 / 9 * 100,
        "sme": 5.5 / 6.5 * 100,
        "awakenings": 1,
        "stage_shifts": 4,
        "sleep_stage_shifts": 2,
        "sfi": (1 + 2) / (5.5 / 60),
        "cycles": 0,
        "w_min": 3.5,
        "n1_min": 1.0,
        "n2_min": 3.0,
        "n3_min": 0.0,
        "r_min": 1.5,
        "n1_percent": 1 / 5.5 * 100,
        "n1_latency": 1.0,
        "n2_latency": 2.0,
        "n3_latency": None,
        "unscored_min": 0.0,
    }
    for figure_id, value in expected.items():
        assert figures[figure_id].value == (None if value is None else pytest.approx(value))


def test_that_a_figure_is_found_by_its_word_and_one_of_another_table_is_not():
    night = statistics_of([Stage.N2] * 120)
    assert "tst" in night
    assert night["tst"].value == 60
    assert "ahi_of_whales" not in night
    part = PartOfSleep("rem", Phrase("in R"), (Figure("ahi", 4.0), Figure("odi", 2.0)))
    assert "odi" in part
    assert "tst" not in part
    assert part["odi"].value == 2


def test_that_lights_off_and_on_bound_the_night():
    figures = statistics_of([N2, W, W, N2, N2, W], lights=Lights(45.0, 165.0))
    assert figures["trt"].value == 2.0
    assert figures["sol"].value == 0.75
    assert figures["tst"].value == 1.0
    assert "whole recording" not in " ".join(figures.caveats)


def test_that_a_night_without_sleep_has_no_figures_of_sleep():
    figures = statistics_of([W] * 10)
    for figure_id in (
        "spt",
        "sol",
        "r_latency",
        "waso",
        "waso_spt",
        "sme",
        "lps",
        "sfi",
        "cycles",
        "ahi",
    ):
        assert figures[figure_id].value is None
    assert figures["tst"].value == 0
    assert figures["se"].value == 0


def test_that_nothing_scored_is_not_zero():
    figures = statistics_of([U] * 10)
    assert figures["tst"].value is None
    assert figures["se"].value is None
    assert figures["w_min"].value is None
    assert figures["trt"].value == 5.0


def test_that_an_index_without_any_mark_is_not_zero():
    events = [ScoredEvent(EventKind.AROUSAL, 5.0, 3.0)]
    figures = statistics_of([N2] * 10, events=events)
    assert figures["ahi"].value is None
    assert figures["arousal_index"].value == pytest.approx(12.0)
    assert "respiratory events" in " ".join(figures.caveats)


@given(st.lists(st.sampled_from(list(Stage)), min_size=1, max_size=80))
def test_that_the_figures_agree_with_each_other(stages):
    figures = {one.id: one.value for one in statistics_of(stages).figures}
    if figures["tst"] is not None:
        parts = ("n1_min", "n2_min", "n3_min", "r_min")
        assert figures["tst"] == sum(figures[name] for name in parts)
        assert 0 <= figures["se"] <= 100
    if figures["spt"] is not None and U not in stages:
        assert figures["spt"] == figures["tst"] + figures["waso_spt"]
        assert figures["waso"] == figures["trt"] - figures["sol"] - figures["tst"]
        assert figures["waso"] >= figures["waso_spt"]


def test_that_arousals_are_counted_by_the_stage_that_they_begin_in():
    stages = [Stage.W, Stage.N1, Stage.N2, Stage.N2, Stage.R, Stage.W]
    scoring = Scoring(
        len(stages),
        scores=[EpochScore(stage, Person("Ana")) for stage in stages],
        events=[ScoredEvent(EventKind.AROUSAL, 30.0 * epoch + 1, 3.0) for epoch in (0, 1, 2, 3, 4)],
        lights=Lights(30.0, 180.0),
    )
    (count,) = sleep_statistics(scoring, 180.0).events
    assert count.n_by_stage == {
        Stage.W: 0,  # the one before lights off
        Stage.N1: 1,
        Stage.N2: 2,
        Stage.N3: 0,
        Stage.R: 1,
    }
    assert (count.n_counted, count.n_not_counted) == (4, 1)


def test_that_events_beside_the_rules_are_counted_and_named():
    person = Person("Ana")
    short = ScoredEvent(EventKind.AROUSAL, 40.0, 1.0, source=person)
    usual = ScoredEvent(EventKind.AROUSAL, 70.0, 5.0, source=person)
    statistics = statistics_of([Stage.N2] * 4, events=[short, usual])
    assert statistics["arousal_index"].value == pytest.approx(2 / (2 / 60))
    (caveat,) = [one for one in statistics.caveats if "AASM Manual asks" in one]
    assert "Arousal (1)" in caveat


def test_that_an_event_that_is_left_out_is_one_of_its_kind_that_does_not_count():
    marked = [ScoredEvent(EventKind.HYPOPNEA, onset_s, 12.0) for onset_s in (40.0, 70.0, 70.0)]
    scores = [EpochScore(Stage.N2)] * 4
    scoring = Scoring(4, scores=scores, events=marked)
    (count,) = sleep_statistics(scoring, 120.0, left_out=[marked[1]]).events
    assert (count.n_counted, count.n_not_counted) == (2, 1)
    (count,) = sleep_statistics(scoring, 120.0).events
    assert (count.n_counted, count.n_not_counted) == (3, 0)


def test_that_what_a_program_suggests_counts_nowhere_and_is_told_of():
    suggested = ScoredEvent(EventKind.AROUSAL, 40.0, 5.0, source=Model("Net 1"))
    statistics = statistics_of([Stage.N2] * 4, events=[suggested])
    assert statistics["arousal_index"].value is None
    assert any(one.startswith("1 suggested event that") for one in statistics.caveats)


@pytest.mark.parametrize(("onset_s", "is_incomplete"), [(40.0, True), (1.0, False)])
def test_that_an_index_is_incomplete_while_suggestions_that_would_count_in_it_wait(
    onset_s, is_incomplete
):
    marked = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 70.0, 15.0, source=Person("Ana"))
    suggested = ScoredEvent(EventKind.HYPOPNEA, onset_s, 15.0, source=Model("Net 1"))
    arousal = ScoredEvent(EventKind.AROUSAL, 80.0, 5.0, source=Person("Ana"))
    stages = [Stage.W, *[Stage.N2] * 4]
    statistics = statistics_of(stages, events=[marked, suggested, arousal])
    assert statistics["ahi"].is_incomplete is is_incomplete
    assert not statistics["arousal_index"].is_incomplete


def test_that_what_counts_is_told_with_the_stage_that_makes_it_count():
    ends_asleep = ScoredEvent(EventKind.HYPOPNEA, 20.0, 20.0)
    in_wake = ScoredEvent(EventKind.HYPOPNEA, 1.0, 10.0)
    instant = ScoredEvent(EventKind.HYPOPNEA, 120.0, 0.0)  # begins with W and ends there
    stages = [Stage.W, Stage.N1, Stage.N2, Stage.R, Stage.W]
    scores = [EpochScore(stage) for stage in stages]
    scoring = Scoring(5, scores=scores, events=[ends_asleep, in_wake, instant])
    assert counted_events(scoring, 150.0) == [(ends_asleep, Stage.N1)]
