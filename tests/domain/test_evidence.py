import numpy as np
import pytest

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.evidence import HalfCounts, NightEvidence, applied_rule
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.waves import WaveKind, Waves

N_EPOCHS = 4
K, SPINDLE = WaveKind.K_COMPLEX, WaveKind.SPINDLE
RAPID, SLOW_EYES = WaveKind.RAPID_EYE_MOVEMENT, WaveKind.SLOW_EYE_MOVEMENT


def seconds(value: float = 0.0) -> np.ndarray:
    return np.full(N_EPOCHS * 30, value, np.float32)


def night(
    *,
    found: dict[WaveKind, list[float]] | None = None,
    slow_wave_s: dict[int, int] | None = None,
    alpha_s: dict[int, int] | None = None,
    muscle_uv: list[float] | None = None,
    has_eeg: bool = True,
) -> NightEvidence:
    """Evidence with waves of 1 s at the given onsets and seconds counted from epoch starts."""
    slow, alpha = seconds(0 if has_eeg else np.nan), seconds()
    for target, given in ((slow, slow_wave_s), (alpha, alpha_s)):
        for epoch, n_seconds in (given or {}).items():
            target[epoch * 30 : epoch * 30 + n_seconds] = 1
    muscle = seconds(np.nan) if muscle_uv is None else np.repeat(muscle_uv, 30).astype(np.float32)
    waves = tuple(
        Waves(kind, "", np.array(onsets, float), np.ones(len(onsets)), np.ones(len(onsets)))
        for kind, onsets in (found or {}).items()
    )
    return NightEvidence(N_EPOCHS, waves, slow, alpha > 0, alpha > 9, muscle, {})


def rule(evidence: NightEvidence, before: Stage, *events: ScoredEvent):
    """The rule for epoch 1 after an epoch 0 of a stage."""
    return applied_rule(evidence, [before] + [Stage.UNSCORED] * (N_EPOCHS - 1), 1, events)


def test_that_waves_are_counted_in_the_half_in_which_their_middle_lies():
    evidence = night(found={SPINDLE: [14.4, 14.6, 29.4, 29.6]})
    assert evidence.epoch(0).count(SPINDLE) == HalfCounts(first=1, last=2)
    assert evidence.epoch(1).count(SPINDLE).total == 1
    assert evidence.epoch(0).count(K).total == 0


def test_that_seconds_and_shares_are_those_of_the_epoch():
    evidence = night(slow_wave_s={2: 7}, alpha_s={2: 12}, muscle_uv=[2, 2, 6, 4])
    here = evidence.epoch(2)
    assert here.slow_wave_s == 7
    assert here.alpha == pytest.approx(0.4)
    assert (here.muscle_uv, here.muscle_ratio) == (6, 3)
    assert here.has_low_muscle_tone is False
    assert evidence.epoch(0).has_low_muscle_tone is True
    assert night().epoch(0).has_low_muscle_tone is None


def test_that_a_gap_has_no_signal_and_not_no_slow_waves():
    slow = seconds()
    slow[44:60] = np.nan  # 16 s of epoch 1
    slow[60:75] = np.nan  # half of epoch 2
    slow[75:82] = 1
    nothing = seconds() > 0
    waves = Waves(SPINDLE, "", np.array([46.0]), np.ones(1), np.ones(1))
    evidence = NightEvidence(N_EPOCHS, (waves,), slow, nothing, nothing, seconds(np.nan), {})
    gap = evidence.epoch(1)
    assert not gap.has_signal
    assert np.isnan([gap.slow_wave_s, gap.alpha, gap.theta]).all()
    assert SPINDLE not in gap.waves
    result = rule(evidence, Stage.N2)
    assert (result.stage, result.sentence) == (None, "No signal: the recording has a gap here.")
    half = evidence.epoch(2)
    assert half.has_signal
    assert half.slow_wave_s == 7  # what was recorded decides
    assert applied_rule(evidence, [Stage.N2] * N_EPOCHS, 2).stage is Stage.N3


def test_that_a_night_without_eeg_is_no_gap():
    evidence = night(has_eeg=False)
    assert evidence.epoch(1).has_signal
    assert rule(evidence, Stage.N2).sentence == "No EEG was analysed here."


def test_that_what_was_found_in_an_epoch_is_worked_out_once():
    evidence = night()
    assert evidence.epoch(1) is evidence.epoch(1)


def test_that_an_epoch_outside_the_night_is_refused():
    for epoch in (-1, N_EPOCHS):
        with pytest.raises(IndexError, match="outside"):
            night().epoch(epoch)


def test_that_arrays_of_another_length_are_refused():
    nothing = np.zeros(3, np.float32)
    with pytest.raises(ValueError, match="seconds of 4 epochs"):
        NightEvidence(4, (), nothing, nothing > 0, nothing > 0, nothing, {})


def test_that_six_seconds_of_slow_waves_are_n3_whatever_else_there_is():
    result = rule(night(slow_wave_s={1: 6}, found={SPINDLE: [31]}), Stage.N2)
    assert result.stage is Stage.N3
    assert "6 s" in result.sentence
    assert rule(night(slow_wave_s={1: 5}), Stage.N2).stage is Stage.N2


def test_that_alpha_in_more_than_half_of_the_epoch_is_wake():
    assert rule(night(alpha_s={1: 16}), Stage.N2).stage is Stage.W
    assert rule(night(alpha_s={1: 15}), Stage.W).stage is Stage.N1


@pytest.mark.parametrize("kind", [K, SPINDLE])
@pytest.mark.parametrize(("onset_s", "place"), [(31, "first half"), (20, "last half of the epoch")])
def test_that_n2_begins_with_a_sign_in_time(kind, onset_s, place):
    result = rule(night(found={kind: [onset_s]}), Stage.N1)
    assert result.stage is Stage.N2
    assert result.sentence.startswith("N2 begins here")
    assert place in result.sentence
    assert "goes on" in rule(night(found={kind: [onset_s]}), Stage.N2).sentence


@pytest.mark.parametrize("onset_s", [5, 50])
def test_that_a_sign_too_early_or_too_late_does_not_begin_n2(onset_s):
    assert rule(night(found={SPINDLE: [onset_s]}), Stage.N1).stage is Stage.N1


def test_that_the_k_complex_of_an_arousal_does_not_begin_n2_but_a_spindle_does():
    arousal = ScoredEvent(EventKind.AROUSAL, 32.5, 5)
    assert rule(night(found={K: [31]}), Stage.N1, arousal).stage is Stage.N1
    assert rule(night(found={SPINDLE: [31]}), Stage.N1, arousal).stage is Stage.N2
    later = ScoredEvent(EventKind.AROUSAL, 40, 5)
    assert rule(night(found={K: [31]}), Stage.N1, later).stage is Stage.N2


@pytest.mark.parametrize("before", [Stage.N2, Stage.N3])
def test_that_n2_goes_on_until_an_arousal(before):
    assert rule(night(), before).stage is Stage.N2
    ended = rule(night(), before, ScoredEvent(EventKind.AROUSAL, 35, 5))
    assert ended.stage is Stage.N1
    assert "arousal ended" in ended.sentence
    assert rule(night(), before, ScoredEvent(EventKind.NOTE, 35, 5)).stage is Stage.N2


def test_that_rapid_eye_movements_are_r_or_wake_by_the_tone_of_the_chin():
    eyes = {RAPID: [35, 40]}
    assert rule(night(found=eyes, muscle_uv=[2, 2, 2, 9]), Stage.N2).stage is Stage.R
    assert rule(night(found=eyes, muscle_uv=[2, 9, 2, 2]), Stage.N2).stage is Stage.W
    assert rule(night(found=eyes), Stage.W).stage is Stage.W
    assert rule(night(found=eyes), Stage.R).stage is Stage.R
    assert rule(night(found=eyes), Stage.N2).stage is Stage.N2


def test_that_r_goes_on_while_the_chin_is_slack():
    assert rule(night(), Stage.R).stage is Stage.R
    assert rule(night(muscle_uv=[2, 2, 2, 9]), Stage.R).stage is Stage.R
    assert rule(night(muscle_uv=[2, 9, 2, 2]), Stage.R).stage is Stage.N1


def test_that_the_rest_is_n1_and_its_signs_are_named():
    result = rule(night(found={SLOW_EYES: [35], WaveKind.VERTEX_WAVE: [50]}), Stage.W)
    assert result.stage is Stage.N1
    assert "slow eye movements and vertex sharp waves" in result.sentence


def test_that_the_first_epoch_has_no_epoch_before():
    assert applied_rule(night(), [Stage.UNSCORED] * N_EPOCHS, 0).stage is Stage.N1


def test_that_nothing_is_decided_without_eeg():
    assert rule(night(has_eeg=False), Stage.N2).stage is None
