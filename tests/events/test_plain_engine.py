import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from sleepscorer.__main__ import main
from sleepscorer.domain.event_agreement import same_events
from sleepscorer.domain.event_decisions import EventDecisions
from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import DecisionsEdit, EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.plain_engine import PlainEngine
from sleepscorer.events.roles import Role, Roles
from sleepscorer.events.rules import RULE_1A, RULE_1B
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.session import write_session_scoring
from sleepscorer.signals.simulated_events import DIFFICULTIES, RecordingInMemory, simulate_events

RESPIRATORY = (EventGroup.APNEA, EventGroup.HYPOPNEA)


@pytest.fixture(scope="module")
def night():
    return simulate_events(3, 240, per_hour=20, difficulty=DIFFICULTIES["easy"])


def propose(night, *, roles=None, rule=RULE_1A, marked=(), rejected=(), stages=None):
    roles = roles or Roles.recognised(night.recording.channels)
    signals = NightSignals(night.recording, roles)
    return PlainEngine().propose(
        *(signals, stages or night.stages, rule, marked),
        rejected=rejected,
        progress=lambda _: None,
    )


def breathing(proposals):
    return [one.event for one in proposals.accepted if one.event.kind.group in RESPIRATORY]


def test_that_planted_events_are_proposed_with_their_type_and_nothing_else(night):
    planted = [one for one in night.events if one.kind.group in RESPIRATORY]
    found = breathing(propose(night))
    assert Counter(one.kind for one in found) == Counter(one.kind for one in planted)
    for one, other in zip(planted, found, strict=True):
        assert other.onset_s == pytest.approx(one.onset_s, abs=3)
        assert other.stop_s == pytest.approx(one.stop_s, abs=3)
    assert all(isinstance(one.source, Model) for one in found)
    assert all(one.spo2_nadir < one.spo2_baseline for one in found)


def test_that_planted_falls_are_proposed_but_for_those_that_the_oximeter_misses(night):
    groups = (one.event for one in propose(night).accepted)
    found = [one for one in groups if one.kind.group is EventGroup.DESATURATION]
    assert len(same_events(night.falls, found)) == len(night.falls) == len(found) > 10
    loose = simulate_events(3, 240, per_hour=20, difficulty=DIFFICULTIES["hard"])
    n_planted = sum(one.kind.group in RESPIRATORY for one in loose.events)
    assert len(night.falls) - 10 < len(loose.falls) < n_planted


def having(night, **values):
    """The night with other values in some channels, whose labels have underscores for blanks."""
    changed = {
        channel.label: (channel.unit, channel.sfreq, values[channel.label.replace(" ", "_")])
        for channel in night.recording.channels
        if channel.label.replace(" ", "_") in values
    }
    return replace(night, recording=night.recording.having(changed))


def read(night, label):
    recording = night.recording
    return recording.read(recording.channel(label), 0, recording.duration_s)


def kinds_and_onsets(proposals):
    return [(one.event.kind, round(one.event.onset_s)) for one in proposals.accepted]


def test_that_a_saturation_stored_as_a_fraction_gives_the_same_and_another_signal_a_word(night):
    expected = propose(night)
    fraction = propose(having(night, SpO2=(read(night, "SpO2") / 100).astype(np.float32)))
    assert kinds_and_onsets(fraction) == kinds_and_onsets(expected)
    assert [one for one in fraction.remarks if "fraction of one" in one]
    other = propose(having(night, SpO2=read(night, "SpO2") * 0 + 3))
    assert any("is no oxygen saturation" in one for one in other.remarks)
    groups = Counter(one.event.kind.group for one in other.accepted)
    assert groups[EventGroup.APNEA] > 0
    assert groups[EventGroup.DESATURATION] == 0


def test_that_hum_of_the_mains_hides_no_movement_and_an_inverted_sensor_no_breath(night):
    times_s = np.arange(read(night, "LAT").size) / 128.0
    hum = np.sin(2 * np.pi * 50 * times_s)
    # Of one leg it is always there, of the other it comes and goes with what touches the lead.
    hums = {"LAT": 200 * hum, "RAT": 50 * hum * (times_s // 600 % 2)}
    legs = {one: (read(night, one) + added).astype(np.float32) for one, added in hums.items()}
    found = kinds_and_onsets(propose(having(night, **legs)))
    assert found == kinds_and_onsets(propose(night))
    inverted = {
        one: -read(night, one.replace("_", " ")) for one in ("Thermistor", "Nasal_Pressure")
    }
    assert kinds_and_onsets(propose(having(night, **inverted))) == kinds_and_onsets(propose(night))


@pytest.mark.parametrize("stage", [Stage.W, Stage.UNSCORED])
def test_that_without_any_sleep_it_is_said_that_nothing_can_be_suggested(night, stage):
    found = propose(night, stages=[stage] * len(night.stages))
    assert (found.accepted, found.rejected) == ((), ())
    assert "No epoch is scored as sleep: nothing can be suggested." in found.remarks
    half = [*night.stages[:120], *[Stage.UNSCORED] * 120]
    assert (
        "120 of 240 epochs have no stage: nothing was looked for in them."
        in propose(night, stages=half).remarks
    )


def test_that_fast_channels_are_read_more_slowly_with_the_same_result(night):
    fast = {}
    for channel in night.recording.channels:
        values = night.recording.read(channel, 0, night.recording.duration_s)
        factor = 1 if channel.unit == "%" else 4
        stretched = np.repeat(values, factor).astype(np.float32)
        fast[channel.label] = (channel.unit, channel.sfreq * factor, stretched)
    recording = RecordingInMemory(fast)
    signals = NightSignals(recording, Roles.recognised(recording.channels))
    assert [signals.read(role, 32.0)[1] for role in (Role.THORAX, Role.LEFT_LEG)] == [32, 32]
    assert signals.read(Role.LEFT_LEG)[1] == 512
    found, there = (
        propose(replace(night, recording=one)).accepted for one in (recording, night.recording)
    )
    assert [one.event.kind for one in found] == [one.event.kind for one in there]
    for one, other in zip(found, there, strict=True):
        assert one.event.onset_s == pytest.approx(other.event.onset_s, abs=0.5)


def test_that_of_two_channels_of_one_label_that_of_the_role_is_read():
    twice = RecordingInMemory(
        {
            name: (unit, 64.0, np.full(64 * 3600, value, np.float32))
            for name, unit, value in (("Thorax", "", 1.0), ("Abdomen", "", 2.0))
        }
    )
    second = replace(twice.channels[1], label="Thorax")
    twice.channels = (twice.channels[0], second)
    signals = NightSignals(twice, Roles({Role.ABDOMEN: second}))
    assert set(signals.read(Role.ABDOMEN, 32.0)[0].tolist()) == {2.0}


def test_that_planted_limb_movements_are_proposed(night):
    planted = [one for one in night.events if one.kind.group is EventGroup.LIMB_MOVEMENT]
    groups = (one.event for one in propose(night).accepted)
    found = [one for one in groups if one.kind.group is EventGroup.LIMB_MOVEMENT]
    assert [one.kind for one in found] == [one.kind for one in planted]


def test_that_nothing_is_proposed_in_wake(night):
    found = propose(night, stages=[Stage.W] * len(night.stages))
    assert (found.accepted, found.rejected) == ((), ())


def test_that_what_a_person_marked_is_not_proposed_again(night):
    first = breathing(propose(night))[0]
    marked = ScoredEvent(EventKind.RERA, first.onset_s, 12, source=Person("Jana"))
    found = breathing(propose(night, marked=[marked]))
    assert not any(abs(one.onset_s - first.onset_s) < 1 for one in found)


def test_that_a_stricter_rule_rejects_and_says_what_was_missed(night):
    loose, strict = propose(night), propose(night, rule=RULE_1B)
    assert set(breathing(strict)) <= set(breathing(loose))
    missed = {one.event: one.missed for one in strict.rejected}
    for event in set(breathing(loose)) - set(breathing(strict)):
        assert missed[event] == "SpO₂ fell by 3 %, not by 4 %."


def test_that_missing_channels_are_told_and_the_rest_is_looked_for(night):
    roles = Roles.recognised(night.recording.channels)
    for role in (Role.SPO2, Role.THORAX, Role.ABDOMEN, Role.LEFT_LEG, Role.RIGHT_LEG):
        roles = roles.having(role, None)
    found = propose(night, roles=roles)
    assert {one.kind for one in breathing(found)} == {EventKind.APNEA}
    assert all(one.missed for one in found.rejected)
    assert len(found.remarks) == 4
    assert len(propose(night, roles=Roles({})).remarks) == 4


def test_that_a_sensor_that_came_off_is_no_apnea():
    night = simulate_events(4, 240, per_hour=6, difficulty=DIFFICULTIES["easy"])
    recording = night.recording
    for label in ("Thermistor", "Nasal Pressure"):
        values = recording._values[recording.channel(label).index]
        values[2500 * 16 : 2800 * 16] *= np.float32(0.01)
    assert not any(one.duration_s > 100 for one in breathing(propose(night)))
    flat = [one.missed for one in propose(night).rejected if one.event.duration_s > 100]
    assert all("the sensor may be off" in missed for missed in flat)


def test_that_what_was_rejected_takes_no_limb_movement_with_it():
    night = simulate_events(0, 120, per_hour=40, difficulty=DIFFICULTIES["usual"])

    def limbs(proposals):
        return {one.event for one in proposals if one.event.kind.group is EventGroup.LIMB_MOVEMENT}

    before = propose(night)
    rejected = breathing(before)
    after = propose(night, rejected=rejected)
    taken = limbs(before.rejected)
    assert len(taken) == 3
    assert limbs(after.accepted) == limbs(before.accepted) | taken
    assert breathing(after) == []
    assert f"Rejected before and left out: {len(rejected)}." in after.remarks
    assert not any("Rejected before" in one for one in before.remarks)


def test_that_the_command_does_not_list_what_a_person_rejected(tmp_path, planted_path, capsys):
    session = planted_path.with_suffix(".h5")
    recording = open_recording(planted_path)
    scores = [EpochScore(Stage.N2, Person("Ana"))] * recording.n_epochs
    scored = ScoredRecording.of(recording, Scoring(recording.n_epochs, scores=scores))
    recording.close()
    write_session_scoring(session, scored)

    def written(out):
        assert main(["events", str(session), "--out", str(out)]) == 0
        return json.loads((out / "planted-events.json").read_text())

    before = written(tmp_path / "before")
    first = before["proposals"][0]
    kind = EventKind.from_id(first["kind"])
    rejected = ScoredEvent(kind, first["onset_s"], first["duration_s"])
    scored.scoring.apply(DecisionsEdit(added=EventDecisions(rejected=(rejected,))))
    write_session_scoring(session, scored)
    after = written(tmp_path / "after")
    assert after["proposals"] == before["proposals"][1:]
    assert first not in after["rejected"]
    assert "Rejected before and left out: 1." in after["remarks"]
    assert "Rejected before and left out: 1." in capsys.readouterr().err


def test_that_a_session_without_sleep_or_a_scoring_without_its_recording_is_refused(
    tmp_path, sleepscorer_data, capsys
):
    source = sleepscorer_data / "continuous" / "SC4001-first5min.edf"
    table = tmp_path / "stages.csv"
    table.write_text("epoch,stage\n" + "".join(f"{number},W\n" for number in range(1, 11)))
    out = tmp_path / "out"
    assert main(["events", str(table), "--out", str(out)]) == 1
    assert "name it with --recording" in capsys.readouterr().err
    command = ["events", str(table), "--recording", str(source), "--out", str(out)]
    assert main(command) == 1
    assert "score its stages first" in capsys.readouterr().err


def test_that_the_command_writes_proposals_figures_rule_and_roles(tmp_path, sleepscorer_data):
    source = sleepscorer_data / "continuous" / "SC4001-first5min.edf"
    table = tmp_path / "stages.csv"
    table.write_text("epoch,stage\n" + "".join(f"{number},N2\n" for number in range(1, 11)))
    command = ["events", str(table), "--recording", str(source), "--out", str(tmp_path)]
    assert main([*command, "--fall", "5", "--no-arousal"]) == 0
    document = json.loads((tmp_path / "stages-events.json").read_text())
    assert document["rule"] == {"name": "own (5 %)", "fall_percent": 5.0, "or_arousal": False}
    assert document["figures_of_marked_events"]["ahi_1a"]["value"] is None
    assert document["figures_of_marked_events"]["ahi_own"]["definition"]
    assert any("Lights off and on" in one for one in document["remarks_on_figures"])
    assert main(command) == 0  # what is there already is left alone
    assert json.loads((tmp_path / "stages-events.json").read_text()) == document
    with pytest.raises(SystemExit):
        main([*command, "--role", "nose=Flow"])
    with pytest.raises(SystemExit):
        main([*command, "--fall", "50"])
