import numpy as np
import pytest

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.evidence import applied_rule
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.waves import WaveKind
from sleepscorer.signals.events.night import EvidenceChannels, gather_evidence
from sleepscorer.signals.simulation import simulate_night

N_EPOCHS = 120


def flat(sfreq: float = 100.0, unit: str = "µV") -> tuple[np.ndarray, float, str]:
    return np.zeros(round(60 * sfreq), np.float32), sfreq, unit


@pytest.fixture(scope="module")
def simulated():
    return simulate_night(seed=4, n_epochs=N_EPOCHS)


@pytest.fixture(scope="module")
def evidence(simulated, stored_recording):
    return gather_evidence(
        stored_recording(
            {
                channel.label: (channel.samples, channel.sfreq, "µV")
                for channel in simulated.channels
                if channel.unit == "uV"
            }
        )
    )


def test_that_each_kind_is_looked_for_where_it_is_greatest(stored_recording):
    labels = ("Pz-Oz", "Fpz-Cz", "O2-M1", "C4-M1", "F4-M1", "E1-M2", "E2-M2", "EMG leg", "EMG Chin")
    channels = EvidenceChannels.of(stored_recording({label: flat() for label in labels}))
    assert (channels.frontal, channels.central, channels.occipital, channels.chin) == tuple(
        Derivation(label) for label in ("F4-M1", "C4-M1", "O2-M1", "EMG Chin")
    )
    assert channels.eyes == (Derivation("E1-M2"), Derivation("E2-M2"))
    assert channels.names["chin EMG"] == "EMG Chin"


def test_that_slow_channels_and_what_is_no_voltage_are_not_used(stored_recording):
    recording = stored_recording(
        {"Fpz-Cz": flat(), "EMG submental": flat(1.0), "EOG": flat(100.0, "%")}
    )
    channels = EvidenceChannels.of(recording)
    assert channels.occipital == Derivation("Fpz-Cz")
    assert (channels.eyes, channels.chin) == ((), None)


def test_that_the_staged_derivation_stands_in_where_a_region_has_none(stored_recording):
    recording = stored_recording({"Fpz-Cz": flat(), "T3-T5": flat()})
    channels = EvidenceChannels.of(recording, Derivation("T3-T5"))
    assert channels.frontal == Derivation("Fpz-Cz")
    assert channels.central == Derivation("T3-T5")


def test_that_a_recording_without_eeg_has_no_evidence_but_its_muscle(stored_recording):
    evidence = gather_evidence(stored_recording({"EMG Chin": flat(200.0)}))
    assert evidence.waves == ()
    assert np.isnan(evidence.slow_wave_s).all()
    assert evidence.epoch(0).muscle_uv == 0
    assert applied_rule(evidence, [Stage.UNSCORED] * 2, 1).stage is None


def test_that_a_gap_of_the_recording_has_no_signal(simulated, stored_recording):
    signals = {
        channel.label: (channel.samples.copy(), channel.sfreq, "µV")
        for channel in simulated.channels
        if channel.unit == "uV"
    }
    for samples, sfreq, _unit in signals.values():
        samples[round(300 * sfreq) : round(375 * sfreq)] = np.nan  # epochs 10, 11, half of 12
    evidence = gather_evidence(stored_recording(signals))
    assert [evidence.epoch(epoch).has_signal for epoch in range(9, 14)] == [True, False, False] + [
        True
    ] * 2
    assert evidence.epoch(10).waves == {}
    stages = [Stage.N2] * N_EPOCHS
    assert "No signal" in applied_rule(evidence, stages, 10).sentence
    assert "No signal" not in applied_rule(evidence, stages, 12).sentence


def test_that_progress_reaches_the_end(stored_recording):
    done = []
    gather_evidence(stored_recording({"C4-M1": flat(256.0)}), progress=done.append)
    assert done == sorted(done)
    assert done[-1] == 1.0


def test_that_waves_come_in_the_stages_they_are_known_from(simulated, evidence):
    stages = np.array(simulated.stages)

    def per_epoch(kind, stage):
        counts = [
            evidence.epoch(epoch).count(kind).total for epoch in np.flatnonzero(stages == stage)
        ]
        return np.mean(counts)

    assert per_epoch(WaveKind.SPINDLE, Stage.N2) > 5 * per_epoch(WaveKind.SPINDLE, Stage.W)
    assert per_epoch(WaveKind.K_COMPLEX, Stage.N2) > per_epoch(WaveKind.K_COMPLEX, Stage.N3)
    assert per_epoch(WaveKind.RAPID_EYE_MOVEMENT, Stage.W) > 1
    assert per_epoch(WaveKind.RAPID_EYE_MOVEMENT, Stage.N2) < 0.5


def test_that_the_rules_find_deep_sleep_and_most_of_n2(simulated, evidence):
    stages = np.array(simulated.stages)
    found = np.array([applied_rule(evidence, stages, epoch).stage for epoch in range(N_EPOCHS)])
    assert (found[stages == Stage.N3] == Stage.N3).mean() > 0.9
    assert (found[stages == Stage.N2] == Stage.N2).mean() > 0.8


def test_that_a_blink_is_not_taken_for_a_wave_of_the_brain(stored_recording):
    time_s = np.arange(6000) / 100
    blink = 150 * np.exp(-0.5 * ((time_s - 30) / 0.08) ** 2)
    wave = -150 * np.exp(-0.5 * ((time_s - 15) / 0.08) ** 2)
    ripple = 5 * np.sin(2 * np.pi * 6 * time_s)
    eeg = (blink + wave + ripple).astype(np.float32)
    eog = blink.astype(np.float32)
    recording = stored_recording({"C4-M1": (eeg, 100.0, "µV"), "EOG": (eog, 100.0, "µV")})
    found = {waves.kind: waves for waves in gather_evidence(recording).waves}
    for kind in (WaveKind.SLOW_WAVE, WaveKind.K_COMPLEX, WaveKind.VERTEX_WAVE):
        assert found[kind].between(29, 31)[0].size == 0
    assert found[WaveKind.VERTEX_WAVE].between(14, 16)[0].size == 1


def test_that_eyes_recorded_at_different_rates_are_not_subtracted(stored_recording):
    recording = stored_recording({"C4-M1": flat(), "E1-M2": flat(100.0), "E2-M2": flat(128.0)})
    (eyes,) = {
        waves.channel
        for waves in gather_evidence(recording).waves
        if waves.kind is WaveKind.SLOW_EYE_MOVEMENT
    }
    assert eyes == "E1-M2"
