import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.event_agreement import event_agreement, same_events
from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.report.agreement_page import agreement_page

APNEA, HYPOPNEA = EventKind.OBSTRUCTIVE_APNEA, EventKind.HYPOPNEA
N_S = 3600.0


def scored(*events: ScoredEvent, stage: Stage = Stage.N2) -> Scoring:
    return Scoring(120, scores=[EpochScore(stage, Person("Jana"))] * 120, events=in_order(events))


def by_name(*scorings: Scoring):
    return {one.name: one for one in event_agreement(*scorings, N_S)}


def test_that_the_same_events_agree_wholly_and_kinds_that_nobody_marked_are_left_out():
    one = scored(ScoredEvent(APNEA, 100, 20), ScoredEvent(EventKind.AROUSAL, 119, 5))
    found = by_name(one, one)
    assert set(found) == {"Apneas and hypopneas", "Obstructive apneas", "Arousals"}
    for agreement in found.values():
        assert (agreement.f1, agreement.kappa) == (1, 1)
        assert agreement.index_first == agreement.index_second == 1


def test_that_a_hypopnea_for_an_apnea_agrees_on_breathing_but_not_on_the_kind():
    found = by_name(scored(ScoredEvent(APNEA, 100, 20)), scored(ScoredEvent(HYPOPNEA, 101, 20)))
    assert found["Apneas and hypopneas"].f1 == 1
    assert found["Obstructive apneas"].f1 == found["Hypopneas"].f1 == 0
    assert 0.9 < found["Apneas and hypopneas"].kappa < 1


@pytest.mark.parametrize(
    ("onset_s", "duration_s", "is_same"),
    [
        (100, 20, True),
        (110.9, 20, True),
        (111.1, 20, False),
        (119, 3, True),
        (120.5, 0, True),
        (123, 3, False),
    ],
)
def test_that_events_are_the_same_where_half_of_the_shorter_overlaps_within_a_second(
    onset_s, duration_s, is_same
):
    one, other = ScoredEvent(APNEA, 100, 20), ScoredEvent(APNEA, onset_s, duration_s)
    assert bool(same_events([one], [other])) is is_same


def test_that_one_long_event_is_the_same_as_one_of_two_short_ones():
    short = [ScoredEvent(APNEA, 100, 20), ScoredEvent(APNEA, 125, 24)]
    found = by_name(scored(ScoredEvent(APNEA, 100, 50)), scored(*short))["Obstructive apneas"]
    assert (found.n_first, found.n_second, found.n_both) == (1, 2, 1)
    assert found.f1 == pytest.approx(2 / 3)


def test_that_suggestions_and_events_in_wake_are_told_apart():
    suggested = scored(ScoredEvent(APNEA, 100, 20, source=Model("event rules 1")))
    assert event_agreement(suggested, suggested, N_S) == ()
    awake = scored(ScoredEvent(APNEA, 100, 20), stage=Stage.W)
    (found, _) = event_agreement(awake, awake, N_S)
    assert found.index_first is None


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40)), max_size=8, unique=True)


@settings(deadline=None)
@given(SPANS, SPANS)
def test_that_it_is_the_same_whoever_is_the_first(first, second):
    one, other = (
        scored(*(ScoredEvent(APNEA, float(onset_s), float(length)) for onset_s, length in spans))
        for spans in (first, second)
    )
    for found, turned in zip(
        event_agreement(one, other, N_S), event_agreement(other, one, N_S), strict=True
    ):
        assert (found.n_both, found.kappa) == (turned.n_both, turned.kappa)
        assert found.n_both <= min(found.n_first, found.n_second)


def test_that_the_page_shows_the_agreement_on_events_with_its_definitions():
    one = scored(ScoredEvent(APNEA, 100, 20))
    other = scored(ScoredEvent(APNEA, 101, 20), ScoredEvent(APNEA, 500, 20))
    page = agreement_page(
        Comparison.of(one, other), "A", "B", events=event_agreement(one, other, N_S)
    )
    for text in ("Agreement on events", "66.7 %", "1.0/h", "2.0/h", "F1 of events"):
        assert text in page
    assert "Agreement on events" not in agreement_page(Comparison.of(one, other), "A", "B")
