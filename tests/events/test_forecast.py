"""Where an index will end, and in which order suggestions are worth a decision."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.stages import Stage
from sleepscorer.events.forecast import AHI_LIMITS, Suggestions, forecast
from sleepscorer.events.rules import RULE_1A, RULE_1B

RULES, ANN = Model("event rules 1"), Person("Ann")
COUNTS = st.integers(0, 60)


@settings(deadline=None)
@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_that_the_interval_holds_the_mean_and_lies_within_what_is_possible(
    n_counted, n_open, n_confirmed, n_rejected
):
    found = forecast(n_counted, n_open, n_confirmed=n_confirmed, n_rejected=n_rejected, hours=6.0)
    assert n_counted / 6 <= found.low <= found.high <= (n_counted + n_open) / 6
    assert found.low - 1 / 6 <= found.expected <= found.high + 1 / 6
    assert 0 <= found.n_to_certain <= n_open


def test_that_what_is_decided_has_no_interval_and_needs_no_decision():
    found = forecast(60, 0, n_confirmed=60, n_rejected=5, hours=6.0)
    assert (found.expected, found.low, found.high) == (10, 10, 10)
    assert found.n_to_certain == 0


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_that_nine_of_ten_intervals_hold_where_the_index_ends(share):
    rng = np.random.default_rng(5)
    n_held = 0
    for _ in range(400):
        decided = rng.random(40) < share
        found = forecast(
            int(decided.sum()),
            60,
            n_confirmed=int(decided.sum()),
            n_rejected=int((~decided).sum()),
            hours=6.0,
        )
        end = (decided.sum() + (rng.random(60) < share).sum()) / 6
        n_held += found.low <= end <= found.high
    assert 0.87 <= n_held / 400 <= 0.97


@given(COUNTS, COUNTS, COUNTS, COUNTS)
@settings(deadline=None)
def test_that_the_class_is_certain_after_the_decisions_named_when_they_go_as_expected(
    n_counted, n_open, n_confirmed, n_rejected
):
    found = forecast(n_counted, n_open, n_confirmed=n_confirmed, n_rejected=n_rejected, hours=6.0)
    share = (n_confirmed + 1) / (n_confirmed + n_rejected + 2)
    n = found.n_to_certain
    ends = ((n_counted + share * n) / 6, (n_counted + n_open - (1 - share) * n) / 6)
    assert len({sum(end >= limit - 1e-9 for limit in AHI_LIMITS) for end in ends}) == 1


def hypopnea(onset_s, *, fall=5, duration_s=20, source=RULES):
    return ScoredEvent(
        EventKind.HYPOPNEA,
        onset_s,
        duration_s,
        spo2_baseline=96,
        spo2_nadir=96 - fall,
        source=source,
    )


def movement(onset_s, source=RULES):
    return ScoredEvent(EventKind.LEFT_LIMB_MOVEMENT, onset_s, 2.0, source=source)


def suggestions(*events, rule=RULE_1A, n_epochs=120):
    return Suggestions(events, [Stage.N2] * n_epochs, rule)


def test_that_what_can_change_the_class_comes_first_and_the_doubtful_before_the_clear():
    clear, doubtful = hypopnea(200), hypopnea(600, fall=3)
    uncounted = hypopnea(100, fall=2)
    decided = [hypopnea(1000 + 40 * i, source=ANN) for i in range(4)]
    assert suggestions(uncounted, clear, doubtful, *decided).in_order() == (
        doubtful,
        clear,
        uncounted,
    )


def test_that_a_movement_that_a_whole_series_hangs_on_comes_before_one_of_many():
    lone = [movement(10.0 + 30 * i) for i in range(4)]
    many = [movement(1000.0 + 30 * i) for i in range(30)]
    ordered = suggestions(*lone, *many).in_order()
    assert set(ordered[:4]) == set(lone)


def test_that_breathing_is_decided_on_before_limbs():
    lone = [movement(10.0 + 30 * i) for i in range(4)]  # each takes all four out of the index
    ordered = suggestions(*lone, hypopnea(100), hypopnea(300)).in_order()
    assert [event.onset_s for event in ordered[:2]] == [100, 300]
    assert set(ordered[2:]) == set(lone)


def test_that_the_forecast_counts_by_the_rule_and_only_what_is_asleep():
    events = [hypopnea(100, fall=3, source=ANN), hypopnea(300, fall=3), hypopnea(500, fall=4)]
    awake = hypopnea(7000)
    found = suggestions(*events, awake).ahi(n_confirmed=1, n_rejected=0)
    assert found.n_open == 2
    assert found.expected == pytest.approx(1 + 2 * 2 / 3)
    assert suggestions(*events, rule=RULE_1B).ahi(n_confirmed=1, n_rejected=0).n_open == 1
    assert Suggestions(events, [Stage.W] * 9, RULE_1A).ahi(n_confirmed=0, n_rejected=0) is None
