"""The arousal rule beside its wording.

“Manual” is section V of the AASM Manual for the Scoring of Sleep and Associated Events, quoted from
memory: “Score arousal during sleep stages N1, N2, N3, or R if there is an abrupt shift of EEG
frequency including alpha, theta and/or frequencies greater than 16 Hz (but not spindles) that lasts
at least 3 seconds, with at least 10 seconds of stable sleep preceding the change. Scoring of
arousal during REM requires a concurrent increase in submental EMG lasting at least 1 second.”
"""

import itertools
import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.event_agreement import same_events
from sleepscorer.domain.event_decisions import EventDecisions, EventLink
from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.stages import Stage
from sleepscorer.events import links
from sleepscorer.events.arousals import FrequencyShifts, Shift, arousals, chin_rises
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.links import Cause, causes_of, go_together, links_of
from sleepscorer.events.oximetry import with_saturations
from sleepscorer.events.plain_engine import PlainEngine
from sleepscorer.events.roles import Role, Roles
from sleepscorer.events.rules import RULE_1A, RULE_1B, credited
from sleepscorer.signals.simulated_arousals import AROUSAL_DIFFICULTIES, simulate_arousals
from sleepscorer.signals.simulated_events import DIFFICULTIES, simulate_events

HZ, CHIN_HZ = 100.0, 200.0
N_EPOCHS = 10
AT_S = 181.0
N2, R, W = Stage.N2, Stage.R, Stage.W


def noise(seed: int, uv: float = 1.0) -> np.ndarray:
    """What is alike at all frequencies: nothing shifts in it."""
    values = np.random.default_rng(seed).standard_normal(int(N_EPOCHS * 30 * HZ))
    return (uv * values).astype(np.float32)


def rhythm(hz: float, duration_s: float, at_s: float = AT_S, uv: float = 4.0) -> np.ndarray:
    values = np.zeros(int(N_EPOCHS * 30 * HZ), np.float32)
    first, stop = round(at_s * HZ), round((at_s + duration_s) * HZ)
    values[first:stop] = uv * np.sin(2 * np.pi * hz * np.arange(stop - first) / HZ)
    return values


def found_in(added, stages=(N2,) * N_EPOCHS, chin_s=None, seeds=(1, 2)) -> list[Shift]:
    derivations = [
        FrequencyShifts.of(noise(seed) + added, HZ, f"C{seed}-M1", stages) for seed in seeds
    ]
    return arousals(derivations, chin_s, stages)


def accepted(shifts) -> list[Shift]:
    return [one for one in shifts if one.missed is None]


def span(*pairs: tuple[float, float]) -> np.ndarray:
    return np.array(pairs, float).reshape(-1, 2)


# “an abrupt shift … including alpha, theta and/or frequencies greater than 16 Hz”


@pytest.mark.parametrize(
    ("hz", "band"), [(6.0, "theta"), (9.5, "alpha"), (22.0, "activity above 16 Hz")]
)
def test_that_a_shift_to_each_of_the_named_frequencies_is_an_arousal(hz, band):
    (shift,) = accepted(found_in(rhythm(hz, 5.0)))
    assert shift.band == band
    assert shift.onset_s == pytest.approx(AT_S, abs=0.5)
    assert shift.duration_s == pytest.approx(5.0, abs=0.75)
    assert shift.ratio > 2.5


@pytest.mark.parametrize("hz", [1.5, 2.5])
def test_that_more_slow_activity_is_none(hz):
    assert accepted(found_in(rhythm(hz, 5.0, uv=40.0))) == []


# “(but not spindles)”


@pytest.mark.parametrize("hz", [12.5, 13.0, 14.0])
def test_that_spindles_are_none_however_long_their_train(hz):
    train = sum(rhythm(hz, 1.2, AT_S + 1.5 * number, 12.0) for number in range(5))
    assert accepted(found_in(train)) == []


# “that lasts at least 3 seconds”


@settings(deadline=None, max_examples=20)
@given(st.integers(10, 24), st.integers(36, 100))
def test_that_only_what_lasts_3_s_is_one(short_ds, long_ds):
    assert accepted(found_in(rhythm(9.5, short_ds / 10))) == []
    (shift,) = accepted(found_in(rhythm(9.5, long_ds / 10)))
    assert shift.duration_s == pytest.approx(long_ds / 10, abs=0.75)


def test_that_what_nearly_lasts_3_s_says_how_long_it_does():
    (shift,) = found_in(rhythm(9.5, 2.4))
    assert "s, not 3 s" in shift.missed


# “with at least 10 seconds of stable sleep preceding the change”


def test_that_a_second_one_within_10_s_is_none():
    near, far = (
        found_in(rhythm(9.5, 4.0) + rhythm(9.5, 4.0, AT_S + 4 + pause_s)) for pause_s in (6, 14)
    )
    assert [one.missed for one in near] == [None, "Only 6 s of stable sleep before it, not 10 s."]
    assert [one.missed for one in far] == [None, None]


def test_that_the_10_s_may_begin_in_an_epoch_of_wake_that_is_sleep_by_its_eeg():
    stages = [N2] * 5 + [W] + [N2] * 4
    assert len(accepted(found_in(rhythm(9.5, 5.0, 184.0), stages))) == 1
    awake = rhythm(9.5, 26.0, 155.0)
    found = accepted(found_in(awake + rhythm(9.5, 5.0, 184.0, 8.0), stages))
    assert [one for one in found if one.stop_s > 184] == []


def test_that_one_in_an_epoch_of_wake_counts_where_sleep_goes_before_it():
    stages = [N2] * 6 + [W] * 4
    (shift,) = accepted(found_in(rhythm(9.5, 60.0, 185.0), stages))
    assert shift.duration_s == 15.0  # from then on it is wake
    assert found_in(rhythm(9.5, 5.0, 215.0), stages) == []  # ends a wake that has lasted
    assert found_in(rhythm(9.5, 5.0), [W] * N_EPOCHS) == []
    assert found_in(rhythm(9.5, 5.0), [Stage.UNSCORED] * N_EPOCHS) == []


# “Scoring of arousal during REM requires a concurrent increase in submental EMG lasting at least
# 1 second”


@pytest.mark.parametrize(
    ("chin_s", "missed"),
    [
        (span((181.5, 183.0)), None),
        (span((181.5, 182.25)), "In R the chin EMG rose for 0.8 s, not for 1 s."),
        (span((100.0, 104.0)), "In R the chin EMG rose for 0.0 s, not for 1 s."),
        (span(), "In R the chin EMG rose for 0.0 s, not for 1 s."),
        (None, "In R it needs the chin EMG, which is not there."),
    ],
)
def test_that_in_r_the_chin_has_to_rise_for_1_s(chin_s, missed):
    (shift,) = found_in(rhythm(9.5, 5.0), (R,) * N_EPOCHS, chin_s)
    assert shift.missed == missed
    assert len(accepted(found_in(rhythm(9.5, 5.0), chin_s=chin_s))) == 1  # not so in N2


def test_that_a_rise_of_the_chin_is_found_with_its_length_and_not_in_a_gap():
    rng = np.random.default_rng(4)
    values = rng.standard_normal(int(200 * CHIN_HZ)).astype(np.float32)
    values[int(90 * CHIN_HZ) : int(93 * CHIN_HZ)] *= 4
    values[int(120 * CHIN_HZ) : int(130 * CHIN_HZ)] = np.nan
    spans = [(a, b) for a, b in chin_rises(values, CHIN_HZ).tolist() if b - a >= 1]
    assert spans == [(pytest.approx(90, abs=0.5), pytest.approx(93, abs=0.5))]


# What it is compared with: “shift”, not more of everything.


@pytest.mark.parametrize("duration_s", [4, 6, 10])
def test_that_what_is_greater_at_all_frequencies_is_hardly_ever_one(duration_s):
    n_taken = 0
    for seed in range(40):
        values = noise(1000 + seed, 6.0)
        values[: round(AT_S * HZ)] = values[round((AT_S + duration_s) * HZ) :] = 0
        found = accepted(found_in(values, seeds=(2 * seed + 1, 2 * seed + 2)))
        n_taken += any(one.onset_s < AT_S + duration_s and one.stop_s > AT_S for one in found)
    assert n_taken <= 3


def test_that_an_offset_of_the_amplifier_changes_nothing():
    for seed in range(6):
        values = noise(1) + rhythm(9.5, 5.0) if seed == 0 else noise(seed, 6.0)
        values[: round(AT_S * HZ)] = values[round((AT_S + 6) * HZ) :] = 0
        values += noise(1)
        there, shifted = found_in(values), found_in(values + np.float32(5000.0))
        assert [one.missed for one in there] == [one.missed for one in shifted]


def test_that_an_alpha_rhythm_that_is_always_there_is_none():
    assert accepted(found_in(rhythm(9.5, 280.0, 10.0))) == []


def test_that_what_one_derivation_alone_shows_has_to_be_strong():
    quiet = FrequencyShifts.of(noise(2), HZ, "O2-M1", [N2] * N_EPOCHS)
    for uv, expected in ((0.6, ["Only C4-M1 shows it."]), (6.0, [None])):
        values = noise(1) + rhythm(9.5, 6.0, uv=uv)
        one = FrequencyShifts.of(values, HZ, "C4-M1", [N2] * N_EPOCHS)
        assert [shift.missed for shift in arousals([one, quiet], None, [N2] * N_EPOCHS)] == expected


def test_that_what_waxes_over_many_seconds_is_no_abrupt_shift():
    def risen(over_s: float) -> list[Shift]:
        times_s = np.arange(int(N_EPOCHS * 30 * HZ)) / HZ
        envelope = np.interp(
            times_s, (AT_S - over_s, AT_S, AT_S + 6, AT_S + 6 + over_s), (0.4, 1, 1, 0.4)
        )
        alpha = envelope * rhythm(9.5, 280.0, 10.0, 1.0)
        return found_in(alpha.astype(np.float32), seeds=(1, 2, 3))

    (shift,) = accepted(risen(0.2))
    assert shift.onset_s == pytest.approx(AT_S, abs=0.75)
    assert [one.missed for one in risen(20.0) if one.duration_s >= 3] == [
        "It begins little by little, not abruptly."
    ]


def test_that_a_short_burst_is_not_made_longer_by_what_one_derivation_shows_beside_it():
    shared, own = rhythm(9.5, 1.6, uv=1.3), rhythm(6.0, 2.4, AT_S + 1.7, 0.6)
    stages = (N2,) * N_EPOCHS
    several = [
        FrequencyShifts.of(noise(seed) + shared + (own if seed == 1 else 0), HZ, f"C{seed}", stages)
        for seed in (1, 2, 3)
    ]
    (shift,) = (one for one in arousals(several, None, stages) if one.duration_s >= 3)
    assert "together show it for 2" in shift.missed
    everywhere = [
        FrequencyShifts.of(noise(seed) + shared + own, HZ, f"C{seed}", stages) for seed in (1, 2, 3)
    ]
    assert len(accepted(arousals(everywhere, None, stages))) == 1


@pytest.mark.parametrize(
    ("name", "least_precision", "least_recall"),
    [("clear", 0.85, 0.9), ("faint", 0.85, 0.55), ("alpha sleep", 0.75, 0.5)],
)
def test_that_planted_arousals_are_found_and_little_else(name, least_precision, least_recall):
    planted = found = both = 0
    for seed in (200, 201):
        night = simulate_events(seed, 120, per_hour=20)
        night = simulate_arousals(night, seed, difficulty=AROUSAL_DIFFICULTIES[name])
        events = [one.event for one in of_arousals(propose(night).accepted)]
        truth = [one for one in night.events if one.kind is EventKind.AROUSAL]
        planted, found = planted + len(truth), found + len(events)
        both += len(same_events(truth, events))
    assert both / found >= least_precision
    assert both / planted >= least_recall


def test_that_a_derivation_without_a_signal_is_none_to_agree_with():
    stages = (N2,) * N_EPOCHS
    one = FrequencyShifts.of(noise(1) + rhythm(9.5, 6.0, uv=0.6), HZ, "C4-M1", stages)
    off = FrequencyShifts.of(np.full_like(noise(1), np.nan), HZ, "O2-M1", stages)
    alone = [shift.missed for shift in arousals([one], None, stages)]
    assert alone == [shift.missed for shift in arousals([one, off, off], None, stages)]
    assert alone == ["Only C4-M1 shows it."]


def test_that_gaps_hold_none_and_hide_none_beside_them():
    values = rhythm(9.5, 5.0)
    values[: round(60 * HZ)] = values[round(200 * HZ) :] = np.nan
    assert len(accepted(found_in(values))) == 1
    assert found_in(np.full_like(values, np.nan)) == []


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_that_noise_alone_gives_hardly_any(seed):
    assert len(accepted(found_in(np.float32(0), seeds=(seed, seed + 1)))) <= 1


# What they go with.


def test_that_each_arousal_has_one_cause_and_breathing_goes_before_limbs():
    apnea = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 100, 20)
    legs = [
        ScoredEvent(EventKind.LEFT_LIMB_MOVEMENT, onset_s, 2) for onset_s in (121.0, 200.0, 300.6)
    ]
    marks = [ScoredEvent(EventKind.AROUSAL, onset_s, 4) for onset_s in (121.0, 202.4, 296.0, 400)]
    causes = causes_of(marks, links_of([apnea, *legs, *marks]), legs)
    assert list(causes.values()) == [Cause.BREATHING, Cause.LIMB, Cause.NONE, Cause.NONE]


def test_that_a_link_far_away_holds_and_costs_no_more_than_what_is_near(monkeypatch):
    legs = [ScoredEvent(EventKind.LEFT_LIMB_MOVEMENT, 100.0 * n, 2) for n in range(200)]
    marks = [ScoredEvent(EventKind.AROUSAL, 100.0 * n + 50, 4) for n in range(200)]
    n_asked = 0

    def counting(*given):
        nonlocal n_asked
        n_asked += 1
        return go_together(*given)

    monkeypatch.setattr(links, "go_together", counting)
    decided = EventDecisions(links=(EventLink(marks[3], legs[150], holds=True),)).pairs
    causes = causes_of(marks, {}, legs, decided)
    assert [n for n, cause in enumerate(causes.values()) if cause is Cause.LIMB] == [3]
    assert n_asked < len(marks)


# All of it on a simulated night.


@pytest.fixture(scope="module")
def night():
    base = simulate_events(3, 120, per_hour=20, difficulty=DIFFICULTIES["easy"])
    return simulate_arousals(base, 3)


def propose(night, roles=None, marked=(), rejected=()):
    signals = NightSignals(night.recording, roles or Roles.recognised(night.recording.channels))
    return PlainEngine().propose(
        *(signals, night.stages, RULE_1A, marked), rejected=rejected, progress=lambda _: None
    )


def of_arousals(proposals):
    return [one for one in proposals if one.event.kind.group is EventGroup.AROUSAL]


def test_that_planted_arousals_are_proposed_with_evidence_and_cause(night):
    planted = [one for one in night.events if one.kind is EventKind.AROUSAL]
    proposals = propose(night)
    found = of_arousals(proposals.accepted)
    hit = [
        one
        for one in planted
        if any(
            other.event.onset_s < one.stop_s and one.onset_s < other.event.stop_s for other in found
        )
    ]
    assert len(planted) > 10
    assert len(hit) >= 0.9 * len(planted)
    assert len(found) <= 1.4 * len(planted)
    assert all("times what it was" in one.evidence for one in found)
    assert sum("respiratory" in one.evidence for one in found) > 3
    assert {one.event.channel for one in found} <= {"EEG C4-M1", "EEG O2-M1", "EEG F4-M1"}
    assert all(one.missed for one in of_arousals(proposals.rejected))


def test_that_a_person_s_arousal_is_not_proposed_again(night):
    first = of_arousals(propose(night).accepted)[0].event
    marked = [ScoredEvent(EventKind.AROUSAL, first.onset_s, 4.0, source=Person("Jana"))]
    found = [one.event for one in of_arousals(propose(night, marked=marked).accepted)]
    assert all(one.onset_s > marked[0].stop_s or one.stop_s < first.onset_s for one in found)


def test_that_an_arousal_that_was_rejected_makes_no_hypopnea(night):
    roles = Roles.recognised(night.recording.channels).having(Role.SPO2, None)

    def accepted(group, proposals):
        return [one.event for one in proposals.accepted if one.event.kind.group is group]

    before = propose(night, roles)
    assert len(accepted(EventGroup.HYPOPNEA, before)) == 2, "by arousals alone"
    arousals = accepted(EventGroup.AROUSAL, before)
    after = propose(night, roles, rejected=arousals)
    assert accepted(EventGroup.AROUSAL, after) == accepted(EventGroup.HYPOPNEA, after) == []
    assert f"Rejected before and left out: {len(arousals)}." in after.remarks


def test_that_without_a_chin_or_without_eeg_it_is_said_what_was_not_looked_for(night):
    roles = Roles.recognised(night.recording.channels)
    found = propose(night, roles.having(Role.CHIN, None))
    assert "No channel is known as chin: arousals in R were not looked for." in found.remarks
    in_r = [
        one
        for one in of_arousals(found.accepted)
        if night.stages[int(one.event.onset_s // 30)] is R
    ]
    assert in_r == []
    plain = simulate_events(3, 24)
    assert any("arousals were not looked for" in one for one in propose(plain).remarks)


def test_that_the_generator_plants_the_same_again_and_as_difficult_as_asked():
    base = simulate_events(1, 60, per_hour=20)
    nights = [
        simulate_arousals(base, 1, difficulty=difficulty)
        for difficulty in (*AROUSAL_DIFFICULTIES.values(), AROUSAL_DIFFICULTIES["clear"])
    ]
    assert all(one.events == nights[0].events for one in nights)
    contents = [
        one.recording.read(one.recording.channel("EEG C4-M1"), 0.0, 1800.0) for one in nights
    ]
    assert np.array_equal(contents[0], contents[-1])
    for one, other in itertools.combinations(contents[:-1], 2):
        assert not np.array_equal(one, other)
    assert all(base.stages[int(one.onset_s // 30)] is N2 for one in nights[0].spindles)
    assert len(nights[2].spindles) > 3 * len(nights[0].spindles) > 0


def test_that_borderline_hypopneas_are_those_that_the_rules_differ_in():
    night = simulate_events(2, 480, per_hour=45, difficulty=DIFFICULTIES["easy"], borderline=True)
    night = simulate_arousals(night, 2)
    links = links_of(night.events)
    kinds = Counter(
        (math.floor(one.spo2_baseline - one.spo2_nadir + 1e-6), links[one].arousal is not None)
        for one in night.events
        if one.kind is EventKind.HYPOPNEA
    )
    assert min(kinds[3, True], kinds[3, False]) >= 3  # 1A alone
    assert kinds[0, True] + kinds[1, True] >= 3  # 1A by the arousal
    assert kinds[0, False] + kinds[1, False] >= 3  # neither
    assert sum(n for (fall, _), n in kinds.items() if fall >= 4) >= 3  # both
    signals = NightSignals(night.recording, Roles.recognised(night.recording.channels))
    saturation, _ = signals.saturation()
    bare = [replace(one, spo2_nadir=None, spo2_baseline=None) for one in night.events]
    filled = with_saturations(bare, saturation)
    for rule in (RULE_1A, RULE_1B):
        planted, measured = (
            credited(some, links_of(some), rule) for some in (night.events, filled)
        )
        assert [one.onset_s for one in planted.counted] == [one.onset_s for one in measured.counted]
    indices = [len(credited(night.events, links, rule).counted) for rule in (RULE_1A, RULE_1B)]
    assert indices[0] >= indices[1] + 20
    assert simulate_events(2, 60).roused is None
