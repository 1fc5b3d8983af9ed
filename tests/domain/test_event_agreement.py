import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.event_agreement import ComparedEvents, event_agreement, same_events
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
    return {one.name: one for one in event_agreement(*scorings, N_S).kinds}


def in_part(scoring: Scoring, n_staged: int) -> Scoring:
    scores = [*scoring.scores[:n_staged], *[EpochScore()] * (len(scoring) - n_staged)]
    return Scoring(len(scoring), scores=scores, events=scoring.events)


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
    assert event_agreement(suggested, suggested, N_S) == ComparedEvents()
    awake = scored(ScoredEvent(APNEA, 100, 20), stage=Stage.W)
    (found, _) = event_agreement(awake, awake, N_S).kinds
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
        event_agreement(one, other, N_S).kinds, event_agreement(other, one, N_S).kinds, strict=True
    ):
        assert (found.n_both, found.kappa) == (turned.n_both, turned.kappa)
        assert found.n_both <= min(found.n_first, found.n_second)


def test_that_a_half_scored_night_is_compared_where_both_gave_stages():
    early, late = ScoredEvent(APNEA, 100, 20), ScoredEvent(HYPOPNEA, 3000, 20)
    across = ScoredEvent(APNEA, 1795, 20)
    whole, half = scored(early, across, late), in_part(scored(early, across), 60)
    compared = event_agreement(whole, half, N_S)
    found = {one.name: one for one in compared.kinds}
    assert set(found) == {"Apneas and hypopneas", "Obstructive apneas"}
    for agreement in found.values():
        assert (agreement.n_first, agreement.n_second, agreement.n_both) == (2, 2, 2)
        assert (agreement.f1, agreement.kappa) == (1, 1)
        assert agreement.index_first == agreement.index_second == 4
    assert compared.n_left_out == (1, 0)
    assert event_agreement(half, whole, N_S).n_left_out == (0, 1)


def test_that_halves_without_an_epoch_in_common_agree_on_nothing_and_all_is_left_out():
    event = ScoredEvent(APNEA, 100, 20)
    first = in_part(scored(event), 60)
    second = Scoring(120, scores=first.scores[::-1], events=(event,))
    compared = event_agreement(first, second, N_S)
    assert compared == ComparedEvents((), (1, 1))
    page = agreement_page(Comparison.of(first, second), "A", "B", events=compared)
    assert "1 of A, 1 of B" in page
    assert "F1 of events" not in page


def test_that_who_scores_events_alone_is_compared_over_the_whole_night():
    events = ScoredEvent(APNEA, 100, 20), ScoredEvent(APNEA, 3590, 20)
    alone, staged = in_part(scored(*events), 0), in_part(scored(*events), 60)
    for one, other in ((alone, staged), (staged, alone), (alone, alone)):
        compared = event_agreement(one, other, N_S)
        assert [agreement.n_both for agreement in compared.kinds] == [2, 2]
        assert compared.n_left_out == (0, 0)


@pytest.mark.parametrize("n_epochs", [0, 119])
def test_that_what_is_marked_beyond_the_last_complete_epoch_is_compared_with_it(n_epochs):
    event = ScoredEvent(APNEA, n_epochs * 30 + 5, 20)
    one = Scoring(
        n_epochs, scores=[EpochScore(Stage.N2, Person("Jana"))] * n_epochs, events=(event,)
    )
    compared = event_agreement(one, one, n_epochs * 30 + 29.0)
    assert [(found.n_both, found.kappa) for found in compared.kinds] == [(1, 1)] * 2
    assert compared.n_left_out == (0, 0)


def test_that_scorings_of_different_lengths_are_not_compared():
    with pytest.raises(ValueError, match="119 epochs"):
        event_agreement(Scoring(120), Scoring(119), N_S)


def test_that_the_page_says_how_many_events_are_left_out():
    whole = scored(ScoredEvent(APNEA, 100, 20), ScoredEvent(APNEA, 3000, 20))
    half = in_part(scored(ScoredEvent(APNEA, 100, 20)), 60)
    page = agreement_page(
        Comparison.of(whole, half), "A", "B", events=event_agreement(whole, half, N_S)
    )
    for text in ("100.0 %", "1 of A, 0 of B"):
        assert text in page
    page = agreement_page(
        Comparison.of(whole, whole), "A", "B", events=event_agreement(whole, whole, N_S)
    )
    assert "left out, as" not in page


def test_that_the_page_shows_the_agreement_on_events_with_its_definitions():
    one = scored(ScoredEvent(APNEA, 100, 20))
    other = scored(ScoredEvent(APNEA, 101, 20), ScoredEvent(APNEA, 500, 20))
    page = agreement_page(
        Comparison.of(one, other), "A", "B", events=event_agreement(one, other, N_S)
    )
    for text in ("Agreement on events", "66.7 %", "1.0/h", "2.0/h", "F1 of events"):
        assert text in page
    assert "Agreement on events" not in agreement_page(Comparison.of(one, other), "A", "B")
