"""Where an index will end, and in which order suggestions are worth a decision."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.event_decisions import EventDecisions, EventLink, can_be_linked
from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring
from sleepscorer.domain.severity import AHI_LIMITS
from sleepscorer.domain.stages import Stage
from sleepscorer.events.forecast import Suggestions, forecast
from sleepscorer.events.oximetry import Saturation
from sleepscorer.events.rules import RULE_1A, RULE_1B
from sleepscorer.events.sensors import Sensors
from sleepscorer.events.summary import night_statistics, stages_in_bed

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


@given(st.integers(0, 300), COUNTS, COUNTS)
@settings(deadline=None)
def test_that_the_interval_is_that_of_the_beta_binomial(n_open, n_confirmed, n_rejected):
    found = forecast(0, n_open, n_confirmed=n_confirmed, n_rejected=n_rejected, hours=1.0)
    other = scipy.stats.betabinom(n_open, n_confirmed + 1, n_rejected + 1)
    for end, share in ((found.low, 0.05), (found.high, 0.95)):
        assert other.cdf(end) >= share - 1e-9
        assert end == 0 or other.cdf(end - 1) <= share + 1e-9


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


KINDS = (
    EventKind.OBSTRUCTIVE_APNEA,
    *(EventKind.HYPOPNEA,) * 3,
    *(EventKind.AROUSAL, EventKind.DESATURATION, EventKind.RERA, EventKind.LEFT_LIMB_MOVEMENT),
)
N_EPOCHS = 20


@st.composite
def nights(draw):
    """Events of a short night, stages and lights, what the oximeter says, and links."""
    events = []
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(KINDS))
        # So near to each other that many belong together.
        onset_s = 12 * draw(st.integers(0, N_EPOCHS)) + draw(st.sampled_from((0.0, 0.25)))
        fall = draw(st.sampled_from((None, None, 2.0, 4.0)))
        events.append(
            ScoredEvent(
                kind,
                onset_s,
                draw(st.sampled_from((0.0, 5.0, 10.0, 25.0, 40.0))),
                spo2_baseline=None if fall is None else 96.0,
                spo2_nadir=None if fall is None else 96.0 - fall,
                source=draw(st.sampled_from((RULES, ANN))),
            )
        )
    # Nobody is suggested what is marked already: both would be one event once it is confirmed.
    marked = {one.mark for one in events if not one.is_proposed}
    events = [one for one in events if not one.is_proposed or one.mark not in marked]
    stages = draw(st.lists(st.sampled_from(tuple(Stage)), min_size=N_EPOCHS, max_size=N_EPOCHS))
    lights = Lights(*draw(st.sampled_from(((None, None), (70.0, 500.0), (45.0, 900.0)))))
    seconds = np.arange(N_EPOCHS * 30)
    values = np.round(94 + draw(st.integers(0, 3)) * np.sin(seconds / draw(st.integers(5, 40))), 1)
    values[draw(st.integers(0, 500)) :][: draw(st.integers(0, 200))] = np.nan
    pairs = [
        (one, other)
        for one in events
        for other in events
        if one.mark != other.mark and can_be_linked(one, other)
    ]
    links = draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else []
    decisions = EventDecisions((), tuple(EventLink(*pair, draw(st.booleans())) for pair in links))
    scoring = Scoring(
        N_EPOCHS,
        scores=[EpochScore(stage, ANN) for stage in stages],
        lights=lights,
        events=in_order(events),
        decisions=decisions,
    )
    return scoring, Saturation(values)


def reported(scoring, saturation, rule):
    figure_id = "ahi_1a" if rule is RULE_1A else "ahi_1b"
    statistics = night_statistics(scoring, N_EPOCHS * 30.0, Sensors(saturation), rule)
    return statistics[figure_id].value or 0.0


@settings(deadline=None, max_examples=200)
@given(nights(), st.sampled_from((RULE_1A, RULE_1B)))
def test_that_a_forecast_is_what_the_report_says_now_and_once_all_is_confirmed(night, rule):
    scoring, saturation = night
    stages = stages_in_bed(scoring, N_EPOCHS * 30.0)

    def forecast_of(scoring):
        of_night = Suggestions(scoring.events, stages, rule, scoring.decisions.pairs, saturation)
        return of_night.ahi(n_confirmed=3, n_rejected=2)

    found = forecast_of(scoring)
    if found is None:
        assert reported(scoring, saturation, rule) == 0
        return
    assert found.low <= found.expected + 1
    hours = sum(stage > Stage.W for stage in stages) / 120
    now = reported(scoring, saturation, rule)
    assert found.expected == pytest.approx(now + 4 / 7 * found.n_open / hours)
    confirmed = Scoring(
        N_EPOCHS,
        scores=scoring.scores,
        lights=scoring.lights,
        events=in_order(one.by(ANN) if one.is_proposed else one for one in scoring.events),
        decisions=scoring.decisions,
    )
    n_end = reported(confirmed, saturation, rule) * hours
    assert found.n_open - 1e-9 <= n_end <= now * hours + found.n_open + 1e-9
    end = forecast_of(confirmed)
    assert end.n_open == 0
    assert end.low == end.expected == end.high == reported(confirmed, saturation, rule)


def test_that_a_hypopnea_counts_by_a_suggested_arousal_only_once_that_is_confirmed():
    small = hypopnea(100, fall=2, source=ANN)
    arousal = ScoredEvent(EventKind.AROUSAL, 121.0, 4.0, source=RULES)
    other = hypopnea(900, fall=5)
    scoring = Scoring(120, scores=[EpochScore(Stage.N2, ANN)] * 120, events=(small, arousal, other))
    found = suggestions(small, arousal, other)
    ahi = found.ahi(n_confirmed=0, n_rejected=0)
    assert (ahi.low, ahi.n_open) == (0.0, 2)
    assert night_statistics(scoring, 3600.0)["ahi_1a"].value == 0
    assert set(found.in_order()[:2]) == {arousal, other}


def test_that_a_suggestion_without_nadir_counts_by_the_oximeter_as_once_it_is_confirmed():
    values = np.full(3600, 96.0)
    values[120:140] = 91
    bare = ScoredEvent(EventKind.HYPOPNEA, 100.0, 20.0, source=RULES)
    found = Suggestions([bare], [Stage.N2] * 120, RULE_1B, saturation=Saturation(values))
    assert found.ahi(n_confirmed=0, n_rejected=0).n_open == 1


def test_that_a_suggestion_does_not_cut_the_fall_of_an_event_that_is_marked_before_it():
    values = np.full(3600, 96.0)
    values[140:160] = 91
    marked = ScoredEvent(EventKind.HYPOPNEA, 100.0, 20.0, source=ANN)
    near = ScoredEvent(
        EventKind.HYPOPNEA, 125.0, 20.0, spo2_baseline=96, spo2_nadir=91, source=RULES
    )
    events = (marked, near)
    found = Suggestions(events, [Stage.N2] * 120, RULE_1B, saturation=Saturation(values))
    assert found.ahi(n_confirmed=0, n_rejected=0).low == 1.0


def test_that_a_decision_asks_the_oximeter_of_the_events_near_it_alone(monkeypatch):
    values = Saturation(np.round(94 + 2 * np.sin(np.arange(3600) / 20)))
    asked = []
    work_out = Saturation._fall
    monkeypatch.setattr(
        Saturation, "_fall", lambda *place: (asked.append(place[1:]), work_out(*place))[1]
    )
    marked = [ScoredEvent(EventKind.HYPOPNEA, 40.0 * i, 15.0, source=ANN) for i in range(1, 80)]
    open_one = hypopnea(1625)
    stages = [Stage.N2] * 120
    Suggestions(in_order((*marked, open_one)), stages, RULE_1A, saturation=values)
    assert len(asked) >= 79
    asked.clear()
    confirmed = in_order((*marked, open_one.by(ANN)))
    Suggestions(confirmed, stages, RULE_1A, saturation=values)
    assert len(asked) <= 2
