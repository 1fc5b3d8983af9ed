"""The rules beside the wording that they come from.

“Manual” is the AASM Manual for the Scoring of Sleep and Associated Events, paraphrased; limb
movements as tabulated in PMC9619152, table 3.
"""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.event_decisions import ordered_pair
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.events.limbs import limb_movements, movements_of_leg
from sleepscorer.events.links import links_of
from sleepscorer.events.oximetry import (
    Saturation,
    desaturations,
    hypoxic_burden,
    oximetry,
    with_saturation,
    with_saturation_among,
    with_saturations,
)
from sleepscorer.events.rules import RULE_1A, RULE_1B, Rule, credited
from sleepscorer.events.summary import night_statistics
from sleepscorer.io.definitions import definitions
from sleepscorer.io.scoring_formats import read_scoring

HYPOPNEA, APNEA = EventKind.HYPOPNEA, EventKind.OBSTRUCTIVE_APNEA
LEFT, RIGHT = EventKind.LEFT_LIMB_MOVEMENT, EventKind.RIGHT_LIMB_MOVEMENT


def left(*onsets_s: float, duration_s: float = 2.0) -> list[ScoredEvent]:
    return [ScoredEvent(LEFT, onset_s, duration_s) for onset_s in onsets_s]


def curve(*parts: tuple[float, int]) -> Saturation:
    """Saturation of constant parts: value and seconds of each."""
    return Saturation(np.concatenate([np.full(seconds, value, float) for value, seconds in parts]))


# Manual, hypopnea 1A: “a fall of at least 3 % from the pre-event baseline or an arousal”; 1B: “a
# fall of at least 4 %”.


@pytest.mark.parametrize(
    ("fall", "has_arousal", "by_1a", "by_1b"),
    [(2, False, 0, 0), (3, False, 1, 0), (4, False, 1, 1), (2, True, 1, 0), (4, True, 1, 1)],
)
def test_that_a_hypopnea_counts_by_its_fall_or_its_arousal(fall, has_arousal, by_1a, by_1b):
    events = [ScoredEvent(HYPOPNEA, 100, 20, spo2_baseline=96, spo2_nadir=96 - fall)]
    events += [ScoredEvent(EventKind.AROUSAL, 118, 5)] if has_arousal else []
    for rule, n_counted in ((RULE_1A, by_1a), (RULE_1B, by_1b)):
        assert len(credited(events, links_of(events), rule).counted) == n_counted


def test_that_a_hypopnea_without_a_measured_saturation_is_neither_counted_nor_left_out():
    event = ScoredEvent(HYPOPNEA, 100, 20)
    assert credited([event], {}, RULE_1B).untold == (event,)
    arousal = ScoredEvent(EventKind.AROUSAL, 121, 4)
    assert credited([event], links_of([event, arousal]), RULE_1B).untold == (event,)
    assert credited([event], links_of([event, arousal]), RULE_1A).counted == (event,)


def test_that_an_apnea_counts_by_its_flow_alone():
    event = ScoredEvent(APNEA, 100, 20, spo2_baseline=96, spo2_nadir=96)
    assert credited([event], {}, RULE_1B).counted == (event,)


def pairs(content: bytes) -> list[tuple[int, int]]:
    """Two numbers each, which hypothesis draws in one go."""
    return list(zip(content[::2], content[1::2], strict=False))


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_that_what_counts_by_the_stricter_rule_counts_by_the_other_and_nothing_is_lost(content):
    events = [
        ScoredEvent(
            APNEA if fall % 2 else HYPOPNEA,
            onset * 12,
            15,
            spo2_baseline=97,
            spo2_nadir=97 - fall // 2 % 11,
        )
        for onset, fall in pairs(content)
    ]
    links = links_of(events)
    loose, strict = credited(events, links, RULE_1A), credited(events, links, RULE_1B)
    assert set(strict.counted) <= set(loose.counted)
    for one in (loose, strict):
        assert sorted(map(repr, one.counted + one.left_out + one.untold)) == sorted(
            map(repr, events)
        )


@pytest.mark.parametrize("fall", [0.0, -3.0, 21.0, float("nan")])
def test_that_a_rule_of_no_fall_is_refused(fall):
    with pytest.raises(ValueError, match="none between 1 and 20 %"):
        Rule("own", fall, or_arousal=False)


def test_that_a_desaturation_and_an_arousal_belong_to_the_latest_event_alone():
    first, second = ScoredEvent(HYPOPNEA, 100, 20), ScoredEvent(HYPOPNEA, 130, 20)
    fall = ScoredEvent(EventKind.DESATURATION, 135, 20)
    arousal = ScoredEvent(EventKind.AROUSAL, 151, 4)
    late = ScoredEvent(EventKind.AROUSAL, 156, 4)
    links = links_of([first, second, fall, arousal, late])
    assert (links[first].desaturation, links[first].arousal) == (None, None)
    assert (links[second].desaturation, links[second].arousal) == (fall, arousal)


def test_that_an_arousal_in_which_the_next_event_begins_belongs_to_the_one_it_ended():
    first, second = ScoredEvent(HYPOPNEA, 80, 20), ScoredEvent(HYPOPNEA, 108, 20)
    arousal = ScoredEvent(EventKind.AROUSAL, 101, 9)
    links = links_of([first, second, arousal])
    assert (links[first].arousal, links[second].arousal) == (arousal, None)


def test_that_an_arousal_that_was_there_before_an_event_is_not_its():
    event, arousal = ScoredEvent(HYPOPNEA, 108, 20), ScoredEvent(EventKind.AROUSAL, 101, 9)
    assert links_of([event, arousal])[event].arousal is None


# Manual, limb movements: “a PLM series has at least four consecutive movements; the period from
# onset to onset is 5 to 90 s; movements of two legs whose onsets are less than 5 s apart count as
# one; none is scored from 0.5 s before to 0.5 s after a respiratory event”.


@pytest.mark.parametrize(
    ("onsets_s", "n_periodic"),
    [
        ((10, 30, 50), 0),
        ((10, 30, 50, 70), 4),
        ((10, 100, 190, 280), 4),
        ((10, 100, 190, 280.1), 0),
        ((10, 15, 20, 25), 4),
        ((10, 14.9, 30, 50), 0),
        ((10, 30, 50, 70, 200, 220, 240, 260), 8),
    ],
)
def test_that_a_series_has_four_movements_5_to_90_s_apart(onsets_s, n_periodic):
    assert len(limb_movements(left(*onsets_s)).periodic) == n_periodic


def test_that_both_legs_within_5_s_are_one_movement():
    both = [*left(10, 40, 70, 100), *(ScoredEvent(RIGHT, one, 2) for one in (12, 44.9, 71, 103))]
    assert [one.kind for one in limb_movements(both).counted] == [LEFT] * 4


@pytest.mark.parametrize(
    ("onset_s", "is_left_out"),
    [(97.6, True), (97.4, False), (120.4, True), (120.6, False), (110, True)],
)
def test_that_a_movement_near_a_respiratory_event_is_left_out_and_told_why(onset_s, is_left_out):
    apnea = ScoredEvent(APNEA, 100, 20)
    (movement,) = left(onset_s)
    found = limb_movements([apnea, movement])
    assert found.near_breathing == (((movement, apnea),) if is_left_out else ())
    assert found.counted == (() if is_left_out else (movement,))


def test_that_a_series_is_computed_anew_when_one_of_four_goes():
    events = left(310, 330, 350, 370)
    assert limb_movements(events).periodic
    assert not limb_movements(events[1:]).periodic


def test_that_movements_in_wake_hold_a_series_together_but_do_not_count():
    stages = [Stage.N2, Stage.N2, Stage.W, Stage.N2]
    events = [*left(10, 40, 70, 100), ScoredEvent(EventKind.AROUSAL, 42.4, 4)]
    scored = Scoring(4, scores=[EpochScore(one, Person("Jana")) for one in stages], events=events)
    figures = night_statistics(scored, 120)
    assert figures["plms"].value == pytest.approx(3 / (90 / 3600))
    assert figures["plms_arousal"].value == pytest.approx(1 / (90 / 3600))
    assert figures["plms_series"].value == 1


# Manual: “onset at 8 µV above the resting EMG; end at the start of a period of at least 0.5 s that
# does not exceed 2 µV above it; 0.5 to 10 s”.


def leg(*bursts: tuple[float, float, float]) -> np.ndarray:
    """Two minutes at 200 Hz with bursts of an onset, a duration and an amplitude."""
    rng = np.random.default_rng(5)
    values = rng.standard_normal(24000)
    for onset_s, duration_s, amplitude_uv in bursts:
        times = np.arange(round(duration_s * 200))
        span = slice(round(onset_s * 200), round(onset_s * 200) + times.size)
        values[span] += amplitude_uv * np.sin(2 * np.pi * 37.3 * times / 200)
    return values.astype(np.float32)


@pytest.mark.parametrize(
    ("bursts", "n_found"),
    [
        (((20, 2, 40),), 1),
        (((20, 2, 4),), 0),
        (((20, 0.2, 40),), 0),
        (((20, 12, 40),), 0),
        (((20, 9, 40),), 1),
        (((20, 1, 40), (21.2, 1, 40)), 1),
        (((20, 1, 40), (22.5, 1, 40)), 2),
    ],
)
def test_that_a_movement_rises_8_uv_and_lasts_half_a_second_to_ten(bursts, n_found):
    spans_s = movements_of_leg(leg(*bursts), 200.0)
    assert len(spans_s) == n_found
    if n_found:
        assert spans_s[0, 0] == pytest.approx(20, abs=0.1)
        assert spans_s[-1, 1] == pytest.approx(bursts[-1][0] + bursts[-1][1], abs=0.2)


def test_that_a_gap_in_the_leg_is_no_movement():
    values = leg((20, 2, 40), (60, 2, 40))
    values[8000:10000] = np.nan
    assert len(movements_of_leg(values, 200.0)) == 2
    assert len(movements_of_leg(np.full(2000, np.nan, np.float32), 200.0)) == 0


def test_that_falls_of_4_percent_are_among_those_of_3():
    night = curve((96, 100), (93, 15), (96, 100), (92, 15), (96, 100), (94, 15), (96, 100))
    threes, fours = desaturations(night, 3), desaturations(night, 4)
    assert [one.spo2_nadir for one in threes] == [93, 92]
    assert set(fours) < set(threes)
    assert threes[0].onset_s == 99
    assert threes[0].stop_s == 115


@settings(deadline=None)
@given(st.binary(min_size=2, max_size=60))
def test_that_desaturations_of_any_curve_are_in_order_and_deep_enough(content):
    night = curve(*((70 + value % 31, 1 + seconds % 60) for value, seconds in pairs(content)))
    found = desaturations(night, 3)
    assert all(one.spo2_baseline - one.spo2_nadir >= 3 for one in found)
    assert all(one.stop_s <= other.stop_s for one, other in itertools.pairwise(found))
    assert all(one.onset_s >= 0 and one.stop_s <= night.values.size for one in found)


@pytest.mark.parametrize("step", [100 / 65535, 100 / 4095, 0.1])
@pytest.mark.parametrize("baseline", [95.0, 95.3, 99.0])
def test_that_the_steps_of_a_file_cost_no_fall(step, baseline):
    parts = [
        (baseline, 100),
        (baseline - 4, 20),
        (baseline, 60),
        (baseline - 3, 20),
        (baseline, 60),
    ]
    stored = np.concatenate([np.full(n, np.round(value / step) * step) for value, n in parts])
    night = Saturation.of(stored.astype(np.float32), 1.0)
    assert len(desaturations(night, 3)) == 2
    assert len(desaturations(night, 4)) == 1
    event = with_saturation(ScoredEvent(HYPOPNEA, 90, 15), night)
    assert RULE_1B.admits(event, None)


def test_that_a_slow_drift_is_no_desaturation():
    night = Saturation(np.round(np.linspace(98, 90, 3600)))
    assert desaturations(night, 3) == ()


def test_that_a_loose_sensor_has_no_value():
    values = np.full(600, 96, np.float32)
    values[200:260] = 0
    values[400] = 80
    cleaned = Saturation.of(values, 1.0)
    assert np.isnan(cleaned.values[200:260]).all()
    assert np.isnan(cleaned.values[400])
    assert cleaned.between(0, 600).min() == 96
    assert Saturation.of(np.repeat(values, 4), 4.0).values.size == 600


def test_that_what_a_slipped_sensor_shows_until_it_is_put_back_is_no_saturation():
    values = np.full(3600, 96, np.float32)
    values[1800:2400] = 60
    slipped = Saturation.of(values, 1.0)
    assert np.isnan(slipped.values[1800:2400]).all()
    assert slipped.between(0, 3600).min() == 96
    values[2395:2400] = (66, 72, 78, 84, 94)  # it comes back in steps
    assert Saturation.of(values, 1.0).between(0, 3600).min() > 80


def test_that_a_deep_fall_of_an_oximeter_that_shows_steps_stays():
    values = np.full(600, 96, np.float32)
    down = np.repeat((91.0, 86.0, 81.0), 3)  # 5 % every three seconds, as of a slow display
    values[200:238] = np.r_[down, np.full(20, 76), down[::-1]]
    assert Saturation.of(values, 1.0).between(0, 600).min() == 76


def test_that_a_fast_fall_that_blood_comes_back_from_slowly_stays():
    values = np.full(600, 96, np.float32)
    values[200:240] = np.r_[np.full(10, 85), np.linspace(85, 96, 30)]
    values[500] = 70
    kept = Saturation.of(values, 1.0)
    assert kept.between(202, 240).min() == 85
    assert np.isfinite(kept.values[240:498]).all()


def test_that_minutes_and_shares_below_are_those_of_sleep():
    night = curve((85, 30), (89, 30), (96, 60))
    found = oximetry(night, [Stage.W, Stage.N2, Stage.N2, Stage.R])
    assert found is not None
    assert found.minutes_below == {90: 0.5, 88: 0, 85: 0, 80: 0}
    assert found.percent_below[90] == pytest.approx(100 / 3)
    assert (found.lowest, found.mean_by_stage[Stage.W]) == (89, 85)
    assert found.hypoxic_burden is None
    assert oximetry(night, [Stage.W] * 4) is None
    assert oximetry(Saturation(np.full(120, np.nan)), [Stage.N2] * 4) is None


# Azarbarzin et al. 2019, doi 10.1093/eurheartj/ehy624: the area under the baseline, the highest
# value of the 100 s before the end of the event.


def test_that_the_hypoxic_burden_is_the_area_under_the_baseline_of_the_event():
    night = curve((96, 300), (90, 30), (96, 300))
    apnea = ScoredEvent(APNEA, 275, 20)
    assert hypoxic_burden(night, [apnea]) == pytest.approx(6 * 30 / 60)
    assert hypoxic_burden(night, []) == 0


def test_that_the_window_of_the_burden_is_that_of_the_mean_of_many_events():
    night = curve(*((96, 170), (90, 30)) * 10, (96, 200))
    apneas = [ScoredEvent(APNEA, 150 + 200 * number, 20) for number in range(10)]
    assert hypoxic_burden(night, apneas) == pytest.approx(10 * 6 * 30 / 60, rel=0.05)


def test_that_an_event_gets_nadir_and_baseline_unless_it_has_them():
    night = curve((96, 300), (90, 30), (96, 300))
    filled = with_saturation(ScoredEvent(HYPOPNEA, 280, 20), night)
    assert (filled.spo2_baseline, filled.spo2_nadir) == (96, 90)
    own = ScoredEvent(HYPOPNEA, 280, 20, spo2_baseline=95, spo2_nadir=94)
    assert with_saturation(own, night) is own
    nothing = Saturation(np.full(630, np.nan))
    assert with_saturation(ScoredEvent(HYPOPNEA, 280, 20), nothing).spo2_nadir is None


def test_that_a_desaturation_that_somebody_marked_has_what_the_oximeter_shows_in_it():
    night = curve((96, 300), (90, 30), (96, 300))
    (found,) = desaturations(night, 3)
    bare = replace(found, spo2_nadir=None, spo2_baseline=None)
    assert with_saturation(bare, night) == found
    hypopnea = ScoredEvent(HYPOPNEA, 200, 12)  # the fall begins too late to be its own
    links = links_of([hypopnea, bare], {ordered_pair(hypopnea, bare): True})
    assert RULE_1B.admits(hypopnea, links[hypopnea]) is None
    filled = with_saturations([hypopnea, bare], night)
    links = links_of(filled, {ordered_pair(hypopnea, bare): True})
    assert RULE_1B.admits(filled[0], links[filled[0]]) is True
    half = Saturation(np.where(np.arange(630) % 3, np.nan, 96.0))
    assert with_saturation(bare, half) == bare


@given(st.lists(st.tuples(st.integers(-2, 3), st.integers(-40, 120)), min_size=1, max_size=4))
def test_that_falls_that_were_found_are_filled_alike_after_they_lost_their_numbers(steps):
    parts = [(96, 200), *((96 - max(fall, 0) * 2, 130 + s) for fall, s in steps), (96, 200)]
    night = curve(*parts)
    found = desaturations(night, 3)
    bare = [replace(one, spo2_nadir=None, spo2_baseline=None) for one in found]
    assert tuple(with_saturations(bare, night)) == found


def test_that_the_fall_of_the_next_event_is_not_that_of_the_one_before():
    fall = np.r_[np.linspace(96, 88, 15), np.linspace(88, 96, 15)]
    night = Saturation(np.r_[np.full(160, 96.0), fall, np.full(100, 96.0)])
    hypopnea, apnea = ScoredEvent(HYPOPNEA, 110, 12), ScoredEvent(APNEA, 142, 20)
    first, second = with_saturations([hypopnea, apnea], night)
    assert (first.spo2_nadir, second.spo2_nadir) == (96, 88)
    assert not RULE_1A.admits(first, None)
    alone, _ = with_saturations([hypopnea, ScoredEvent(EventKind.AROUSAL, 142, 20)], night)
    assert alone.spo2_nadir < 93


def test_that_a_fall_under_way_when_the_next_event_begins_stays_that_of_the_one_before():
    fall = np.r_[np.linspace(96, 90, 25), np.linspace(90, 96, 25)]
    night = Saturation(np.r_[np.full(115, 96.0), fall, np.full(100, 96.0)])
    hypopnea, apnea = ScoredEvent(HYPOPNEA, 100, 20), ScoredEvent(APNEA, 122, 12)
    assert with_saturations([hypopnea, apnea], night)[0].spo2_nadir == 90


def scoring(*events: ScoredEvent) -> Scoring:
    return Scoring(120, scores=[EpochScore(Stage.N2, Person("Jana"))] * 120, events=events)


def test_that_a_proposal_counts_in_no_index_until_a_person_confirms_it():
    proposed = ScoredEvent(APNEA, 100, 20, source=Model("event rules 1"))
    confirmed = proposed.by(Person("Jana"))
    before = sleep_statistics(scoring(proposed), 3600)
    assert before["ahi"].value is None
    assert before.events == ()
    assert any("1 suggested event that" in caveat for caveat in before.caveats)
    assert sleep_statistics(scoring(confirmed), 3600)["ahi"].value == 1
    assert night_statistics(scoring(proposed), 3600)["ahi_1a"].text == "not scored"
    night = night_statistics(scoring(confirmed), 3600)
    assert night["ahi_1a"].value == night["oai"].value == 1
    assert night["hi"].value == 0
    of_r, of_nrem = night.asleep
    assert of_nrem["ahi_1a"].value == 1
    assert of_r["ahi_1a"].value is None


def test_that_both_indices_come_from_one_scoring_and_each_has_a_definition():
    marked = scoring(
        ScoredEvent(HYPOPNEA, 100, 20, spo2_baseline=96, spo2_nadir=93),
        ScoredEvent(HYPOPNEA, 200, 20, spo2_baseline=96, spo2_nadir=92),
        *left(1000, 1030, 1060, 1090),
    )
    events = marked.events
    night = night_statistics(marked, 3600, rule=Rule.own(5, or_arousal=False))
    assert (night["ahi_1a"].value, night["ahi_1b"].value) == (2, 1)
    assert night["ahi_own"].value == 0
    assert night["ahi_own"].remark == "Rule chosen"
    assert night.rule == "own (5 %)"
    assert night["plms"].value == 4
    assert night["spo2_mean"].text == "not read"
    assert {one.id for one in night.figures} <= set(definitions())
    assert marked.events == events


NSRR = """<PSGAnnotation><SoftwareVersion>Compumedics</SoftwareVersion><EpochLength>30</EpochLength>
<ScoredEvents>{events}</ScoredEvents></PSGAnnotation>"""
NSRR_EVENT = (
    "<ScoredEvent><EventType>{kind}</EventType><EventConcept>{concept}</EventConcept>"
    "<Start>{start}</Start><Duration>{duration}</Duration>{more}</ScoredEvent>"
)
FELL = "<SpO2Nadir>{nadir}</SpO2Nadir><SpO2Baseline>96</SpO2Baseline>"


def test_that_another_rule_counts_imported_events_anew_and_changes_none_of_them(tmp_path):
    path = tmp_path / "night.xml"
    hypopnea = ("Respiratory|Respiratory", "Hypopnea|Hypopnea")
    fall = ("Respiratory|Respiratory", "SpO2 desaturation|SpO2 desaturation")
    rows = [
        ("Stages|Stages", "Stage 2 sleep|2", 0, 3600, ""),
        (*hypopnea, 100, 20, ""),
        (*fall, 110, 25, FELL.format(nadir=92)),
        (*hypopnea, 400, 20, ""),
        (*fall, 410, 25, FELL.format(nadir=93)),
        (*hypopnea, 800, 20, ""),
        ("Arousals|Arousals", "Arousal|Arousal ()", 819, 5, ""),
        ("Respiratory|Respiratory", "Obstructive apnea|Obstructive Apnea", 1200, 20, ""),
    ]
    names = ("kind", "concept", "start", "duration", "more")
    events = "".join(NSRR_EVENT.format(**dict(zip(names, row, strict=True))) for row in rows)
    path.write_text(NSRR.format(events=events), "utf-8")
    stored = read_scoring(path)
    night = Scoring(
        120,
        scores=[EpochScore(Stage.N2, Person("Jana"))] * 120,
        events=stored.events,
    )
    by = {rule: night_statistics(night, 3600, rule=rule) for rule in (RULE_1A, RULE_1B)}
    for found in by.values():
        assert (found["ahi_1a"].value, found["ahi_1b"].value) == (4, 2)
    assert by[RULE_1A]["ahi_1a"].remark == by[RULE_1B]["ahi_1b"].remark == "Rule chosen"
    assert night_statistics(night, 3600, rule=Rule.own(4, or_arousal=True))["ahi_own"].value == 3
    assert night.events == stored.events


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from((5, 10, 20)), st.integers(0, 2))))
def test_that_one_event_is_filled_as_among_all(content):
    saturation = Saturation(np.round(94 + 3 * np.sin(np.arange(400) / 7), 1))
    kinds = (HYPOPNEA, APNEA, EventKind.DESATURATION)
    events = EventIndex.of(
        ScoredEvent(kinds[kind], onset_s, duration_s) for onset_s, duration_s, kind in content
    )
    suggested = ScoredEvent(APNEA, 150.0, 20.0, source=Model("rules"))
    there = EventIndex.of((*events.events, suggested))
    alone = [with_saturation_among(one, there, saturation) for one in events.events]
    assert alone == with_saturations(events.events, saturation)
