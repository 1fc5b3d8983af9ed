"""All numbers of a night from one place: by stage, by position, by cause, and what is missing."""

import numpy as np
import pytest

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import SleepStatistics
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.laboratory import Laboratory, rule_of, rule_text
from sleepscorer.events.oximetry import Saturation
from sleepscorer.events.roles import Role
from sleepscorer.events.rules import RULE_1A, RULE_1B, Rule
from sleepscorer.events.sensors import OTHER, SUPINE, Sensors
from sleepscorer.events.summary import DIAGNOSTIC, TREATED, night_statistics
from sleepscorer.events.treatment import Treatment
from sleepscorer.signals.simulated_events import RecordingInMemory

JANA = Person("Jana")
APNEA, HYPOPNEA = EventKind.OBSTRUCTIVE_APNEA, EventKind.HYPOPNEA
N_SECONDS = 7200


def scoring(*events: ScoredEvent, **changes) -> Scoring:
    """An hour of N2, then an hour of R."""
    stages = [Stage.N2] * 120 + [Stage.R] * 120
    scores = [EpochScore(stage, JANA) for stage in stages]
    content = {"scores": scores, "events": events, "lights": Lights(0, N_SECONDS)} | changes
    return Scoring(240, **content)


def on_the_back_at_first(seconds: int = 1800) -> Sensors:
    is_supine = np.arange(N_SECONDS) < seconds
    return Sensors(
        Saturation(np.where(is_supine, 88.0, 96.0)),
        np.where(is_supine, 70.0, 60.0),
        {SUPINE: is_supine, OTHER: ~is_supine},
    )


def values(night: SleepStatistics, figure_id: str) -> dict[str, float | None]:
    return {part.id: part[figure_id].value for part in night.asleep}


def test_that_events_count_in_the_stage_and_position_of_the_second_that_makes_them_count():
    events = [ScoredEvent(APNEA, onset_s, 20.0) for onset_s in (100, 1790, 1900, 4000)]
    night = night_statistics(scoring(*events), N_SECONDS, on_the_back_at_first())
    assert night["oai"].value == 2
    assert values(night, "oai") == {"rem": 1, "nrem": 3, SUPINE: 4, OTHER: pytest.approx(2 / 1.5)}
    assert values(night, "tst") == {"rem": 60, "nrem": 60, SUPINE: 30, OTHER: 90}
    assert values(night, "spo2_lowest") == {"rem": 96, "nrem": 88, SUPINE: 88, OTHER: 96}


def test_that_the_parts_add_up_to_the_night():
    rng = np.random.default_rng(1)
    onsets_s = np.sort(rng.uniform(0, N_SECONDS - 30, 60)).round(1).tolist()
    kinds = (APNEA, HYPOPNEA, EventKind.RERA)
    events = [
        ScoredEvent(kinds[place % 3], onset_s, 15.0, spo2_baseline=96, spo2_nadir=92)
        for place, onset_s in enumerate(onsets_s)
    ]
    night = night_statistics(scoring(*events), N_SECONDS, on_the_back_at_first())
    hours = values(night, "tst")
    for figure_id in ("ahi_1a", "ahi_1b", "oai", "hi", "rera_index", "odi_3"):
        whole = night[figure_id].value * 2
        counts = {
            word: index * hours[word] / 60 for word, index in values(night, figure_id).items()
        }
        assert counts["rem"] + counts["nrem"] == pytest.approx(whole)
        assert counts[SUPINE] + counts[OTHER] == pytest.approx(whole)


def test_that_each_arousal_has_one_cause_and_the_causes_add_up():
    night = night_statistics(
        scoring(
            ScoredEvent(APNEA, 100, 20),
            ScoredEvent(EventKind.AROUSAL, 121, 4),
            ScoredEvent(EventKind.LIMB_MOVEMENT, 300, 2),
            ScoredEvent(EventKind.AROUSAL, 302.3, 4),
            ScoredEvent(EventKind.AROUSAL, 500, 4),
        ),
        N_SECONDS,
    )
    causes = ("arousal_respiratory", "arousal_limb", "arousal_spontaneous")
    assert [night[one].value for one in causes] == [0.5, 0.5, 0.5]
    assert night["arousal_index"].value == 1.5
    assert not night["arousal_spontaneous"].is_incomplete


def test_that_a_cause_that_nobody_scored_is_not_zero():
    night = night_statistics(scoring(ScoredEvent(EventKind.AROUSAL, 500, 4)), N_SECONDS)
    assert night["arousal_respiratory"].text == "not scored"
    assert night["arousal_spontaneous"].is_incomplete
    assert night["oai"].text == night["plms"].text == night["plms_series"].text == "not scored"


def test_that_a_hypopnea_of_too_small_a_fall_is_not_left_out_where_nobody_scored_arousals():
    hypopnea = ScoredEvent(HYPOPNEA, 100, 20, spo2_baseline=96, spo2_nadir=94)
    apnea, arousal = ScoredEvent(APNEA, 500, 20), ScoredEvent(EventKind.AROUSAL, 900, 4)
    unlooked = night_statistics(scoring(hypopnea, apnea), N_SECONDS)
    assert unlooked["ahi_1a"].is_incomplete
    assert not unlooked["ahi_1b"].is_incomplete
    assert "Of 1 hypopnea the rule can't tell whether it counts." in [
        one.text for one in unlooked.checks
    ]
    looked = night_statistics(scoring(hypopnea, apnea, arousal), N_SECONDS)
    assert not looked["ahi_1a"].is_incomplete
    assert looked["ahi_1a"].value == unlooked["ahi_1a"].value == 0.5


# Manual, parameters to be reported: the RDI has apneas, hypopneas and RERAs, so it is more than the
# AHI by RERAs alone.
def test_that_the_rdi_is_the_ahi_by_the_rule_and_reras():
    small = [ScoredEvent(HYPOPNEA, at, 20, spo2_baseline=96, spo2_nadir=94) for at in (100, 300)]
    deep = ScoredEvent(HYPOPNEA, 500, 20, spo2_baseline=96, spo2_nadir=90)
    rera, arousal = ScoredEvent(EventKind.RERA, 700, 20), ScoredEvent(EventKind.AROUSAL, 2000, 5)
    without = night_statistics(scoring(*small, deep, arousal), N_SECONDS)
    assert without["rdi"].value == without["ahi_1a"].value == 0.5
    assert without["rdi"].remark == "No RERAs scored"
    whole = night_statistics(scoring(*small, deep, rera, arousal), N_SECONDS)
    assert (whole["rdi"].value, whole["rdi"].remark) == (1, "")
    untold = night_statistics(scoring(ScoredEvent(HYPOPNEA, 100, 20), rera), N_SECONDS)
    assert untold["rdi"].is_incomplete
    assert [figure.id for figure in whole.figures].count("rdi") == 1


def test_that_no_sensor_is_told_from_one_that_was_not_read():
    assert night_statistics(scoring(), N_SECONDS)["spo2_lowest"].text == "not read"
    signals = NightSignals(
        RecordingInMemory({"C4-M1": ("µV", 1.0, zeros())}), Laboratory().roles_of(())
    )
    night = night_statistics(scoring(), N_SECONDS, Sensors.read(signals))
    assert night["spo2_lowest"].text == night["pulse_mean"].text == "not recorded"


def zeros() -> np.ndarray:
    return np.zeros(N_SECONDS, np.float32)


def sensors_of(**signals: np.ndarray) -> Sensors:
    recording = RecordingInMemory({name: ("", 1.0, one) for name, one in signals.items()})
    roles = Laboratory().roles_of(recording.channels)
    return Sensors.read(NightSignals(recording, roles), (2.0,))


def test_that_the_heart_rate_leaves_out_what_is_none_and_follows_the_clip_of_the_oximeter():
    pulse, spo2 = zeros() + 60, zeros() + 96
    pulse[100:200], pulse[300] = 0, 255
    pulse[400:500], spo2[400:500] = 180, 0
    night = night_statistics(scoring(), N_SECONDS, sensors_of(Pulse=pulse, SpO2=spo2))
    for figure_id in ("pulse_mean", "pulse_lowest", "pulse_highest", "pulse_highest_recording"):
        assert night[figure_id].value == 60


def test_that_a_pulse_wave_is_no_heart_rate_and_that_is_said():
    wave = (100 + 90 * np.sin(np.arange(N_SECONDS) * 1.3)).astype(np.float32)
    sensors = sensors_of(Pulse=wave)
    assert sensors.pulse is None
    assert "“Pulse” is no heart rate" in sensors.remarks[0]


def test_that_a_position_is_known_only_where_somebody_said_what_its_values_mean():
    codes = zeros()
    codes[:3600] = 2
    sensors = sensors_of(Position=codes)
    assert sensors.positions[SUPINE][:3600].all()
    assert sensors.positions[OTHER][3600:].all()
    recording = RecordingInMemory({"Position": ("", 1.0, codes)})
    signals = NightSignals(recording, Laboratory().roles_of(recording.channels))
    told = Sensors.read(signals)
    assert told.positions == {}
    assert "mean supine" in told.remarks[0]


def test_that_a_laboratory_gives_roles_by_label_and_remembers_several_recorders():
    recording = RecordingInMemory(
        {name: ("", 16.0, zeros()) for name in ("Thermistor", "AUX 3", "Pulse")}
    )
    channels = recording.channels
    laboratory = Laboratory().having(Role.THERMISTOR, "AUX 9").having(Role.THERMISTOR, "AUX 3")
    assert laboratory.roles[Role.THERMISTOR] == ("AUX 3", "AUX 9")
    assert laboratory.roles_of(channels)[Role.THERMISTOR].label == "AUX 3"
    assert laboratory.roles_of(channels[:1])[Role.THERMISTOR].label == "Thermistor"
    assert Role.PULSE not in laboratory.having(Role.PULSE, None).roles_of(channels)


@pytest.mark.parametrize(
    "rule", [RULE_1A, RULE_1B, *(Rule.own(3.5, or_arousal=one) for one in (True, False))]
)
def test_that_a_rule_survives_being_kept(rule):
    assert rule_of(rule_text(rule)) == rule


def test_that_the_checks_say_what_is_missing_before_a_signature():
    proposal = ScoredEvent(APNEA, 100, 20, source=Model("event rules 1"))
    seen = ScoredEvent(EventKind.APNEA, 200, 20, source=Person("Jana", saw_model=True))
    scores = [EpochScore(Stage.N2, Model("MC²SleepNet 5"))] * 239 + [EpochScore()]
    night = night_statistics(scoring(proposal, seen, scores=scores, lights=Lights()), N_SECONDS)
    missing = " ".join(one.text for one in night.checks if not one.is_done)
    for part in (
        *("Lights off or on is not marked", "1 epoch has no stage"),
        *("239 epochs hold a stage that no person", "Arousals are not scored"),
        *("1 suggested event waits", "Of 1 event that people marked, 1 was"),
        *("1 apnea has no type", "no SpO₂", "not signed off"),
    ):
        assert part in missing
    assert "Respiratory events are scored." in [one.text for one in night.checks if one.is_done]


@pytest.mark.parametrize(
    ("onsets_s", "n_over"), [((100, 120, 140), 0), ((100, 119.5), 0), ((100, 110, 118, 200), 2)]
)
def test_that_breaths_that_were_marked_twice_are_said(onsets_s, n_over):
    kinds = (APNEA, EventKind.HYPOPNEA, EventKind.RERA, APNEA)
    marks = [
        ScoredEvent(kind, onset_s, 20.0) for kind, onset_s in zip(kinds, onsets_s, strict=False)
    ]
    checks = night_statistics(scoring(*marks), N_SECONDS).checks
    said = {one.text: one.is_done for one in checks if "over another" in one.text}
    if not n_over:
        assert said == {"No respiratory event lies over another.": True}
    else:
        assert list(said.values()) == [False]
        assert next(iter(said)).startswith(f"{n_over} respiratory events")


def test_that_numbers_are_incomplete_while_suggestions_wait_that_would_count_in_them():
    marked = [
        ScoredEvent(kind, 200, 20, source=Person("Jana"))
        for kind in (APNEA, EventKind.LIMB_MOVEMENT)
    ]
    waiting = [
        ScoredEvent(APNEA, 100, 20, source=Model("event rules 1")),
        ScoredEvent(EventKind.DESATURATION, 110, 20, source=Model("event rules 1")),
    ]
    ids = ("ahi_1a", "rdi", "oai", "plms", "plms_series", "limb_movements")
    for events, told in ((waiting, ids[:3]), ([], ())):
        night = night_statistics(scoring(*marked, *events), N_SECONDS)
        assert tuple(one for one in ids if night[one].is_incomplete) == told
        nrem = next(part for part in night.asleep if part.id == "nrem")
        assert [one.is_incomplete for one in nrem.figures if one.id == "ahi_1b"] == [bool(told)]


@pytest.mark.parametrize(
    ("stage", "text"), [(Stage.W, "no sleep"), (Stage.UNSCORED, "not scored"), (None, "not scored")]
)
def test_that_without_sleep_no_index_is_a_number_and_it_is_said_why(stage, text):
    marks = [ScoredEvent(kind, 600.0, 20.0) for kind in EventKind]
    night = scoring(*marks, scores=[EpochScore(Stage.N2 if stage is None else stage, JANA)] * 240)
    if stage is None:
        night = scoring(*marks, lights=Lights(600.0, 600.0))
    found = night_statistics(night, N_SECONDS, on_the_back_at_first())
    per_sleep = ("ahi", "ahi_1a", "rdi", "odi", "odi_3", "arousal_index", "limb_movements", "plms")
    for figure_id in (*per_sleep, "oai", "spo2_mean", "spo2_lowest", "pulse_mean"):
        assert (found[figure_id].value, found[figure_id].text) == (None, text)
    assert all(one.value is None for part in found.asleep for one in part.figures[1:])
    assert not any("There is no SpO₂" in one.text for one in found.checks)


def test_that_what_is_counted_in_a_saturation_of_half_the_sleep_is_incomplete():
    values = np.full(N_SECONDS, 96.0)
    values[600:630] = 90
    values[3600:] = np.nan
    apnea = ScoredEvent(APNEA, 590, 20)
    half = night_statistics(scoring(apnea), N_SECONDS, Sensors(Saturation(values)))
    counted = ("odi_3", "odi_4", "spo2_below_90", "hypoxic_burden")
    assert all(half[one].is_incomplete for one in counted)
    assert not half["spo2_mean"].is_incomplete
    assert [part["odi_3"].is_incomplete for part in half.asleep] == [False, False]
    whole = night_statistics(scoring(apnea), N_SECONDS, on_the_back_at_first())
    assert not any(whole[one].is_incomplete for one in counted)


def test_that_the_time_below_90_of_a_treated_part_without_a_value_is_incomplete():
    values = np.full(N_SECONDS, 89.0)
    values[3600:] = np.nan
    values[3600:3660] = 89
    night = night_statistics(
        *(scoring(), N_SECONDS, Sensors(Saturation(values))),
        treatment=Treatment(3600.0, float(N_SECONDS), Phrase("typed"), ()),
    )
    found = {one.id: one["spo2_below_90"] for one in night.treated.parts}
    assert [found[one].value for one in (DIAGNOSTIC, TREATED)] == [60, 1]
    assert [found[one].is_incomplete for one in (DIAGNOSTIC, TREATED)] == [False, True]


def test_that_it_is_said_how_many_movements_go_with_breathing():
    apnea = ScoredEvent(APNEA, 500, 20)
    movements = [ScoredEvent(EventKind.LEFT_LIMB_MOVEMENT, at_s, 2) for at_s in (100, 518, 520)]
    said = "2 limb movements in sleep go with a respiratory event"
    assert any(
        said in one for one in night_statistics(scoring(apnea, *movements), N_SECONDS).caveats
    )
    alone = night_statistics(scoring(*movements), N_SECONDS).caveats
    assert not any("limb movements in sleep go" in one for one in alone)


def test_that_a_series_before_lights_off_is_none_of_the_night():
    movements = [ScoredEvent(EventKind.LEFT_LIMB_MOVEMENT, at_s, 2) for at_s in range(100, 200, 20)]
    awake = night_statistics(scoring(*movements, lights=Lights(600, N_SECONDS)), N_SECONDS)
    assert (awake["plms_series"].value, awake["plms"].value) == (0, 0)
    assert night_statistics(scoring(*movements), N_SECONDS)["plms_series"].value == 1


def test_that_the_mean_saturation_is_told_of_each_stage():
    night = night_statistics(scoring(), N_SECONDS, on_the_back_at_first(3600))
    assert (night["spo2_mean_n2"].value, night["spo2_mean_r"].value) == (88, 96)
    assert night["spo2_mean_n3"].text == "no value"
    assert night_statistics(scoring(), N_SECONDS)["spo2_mean_r"].text == "not read"


def test_that_a_sensor_that_was_off_in_all_sleep_has_no_value():
    nothing = Sensors(Saturation(np.full(N_SECONDS, np.nan)), np.full(N_SECONDS, np.nan))
    found = night_statistics(scoring(), N_SECONDS, nothing)
    for figure_id in ("spo2_mean", "spo2_lowest", "odi_3", "pulse_mean"):
        assert (found[figure_id].value, found[figure_id].text) == (None, "no value")


def test_that_what_lies_across_lights_off_counts_where_it_reaches_into_sleep():
    marks = [
        ScoredEvent(APNEA, 590.0, 20.0),
        ScoredEvent(APNEA, 560.0, 30.0),
        ScoredEvent(EventKind.AROUSAL, 598.0, 5.0),
        ScoredEvent(APNEA, 6595.0, 20.0),
        ScoredEvent(APNEA, 6610.0, 20.0),
    ]
    night = scoring(*marks, lights=Lights(600.0, 6600.0))
    found = night_statistics(night, N_SECONDS)
    assert found["oai"].value == found["ahi"].value == pytest.approx(2 / (6000 / 3600))
    assert found["arousal_index"].value == 0
