import numpy as np
import pytest

from sleepscorer.signals.events.eye_movements import (
    detect_rapid_eye_movements,
    detect_slow_eye_movements,
    gaze,
)

SFREQ = 100.0
TIME_S = np.arange(6000) / SFREQ


def saccade(onset_s: float, height_uv: float = 100.0) -> np.ndarray:
    since_s = np.maximum(TIME_S - onset_s, 0)
    return height_uv * np.minimum(since_s / 0.1, 1) * np.exp(-since_s / 0.6)


def rolling(onset_s: float, n_turns: float = 2.0) -> np.ndarray:
    inside = (onset_s <= TIME_S) & (onset_s + n_turns / 0.35 > TIME_S)
    return inside * 100 * np.sin(2 * np.pi * 0.35 * (TIME_S - onset_s))


def test_that_a_saccade_is_a_rapid_eye_movement_and_no_slow_one():
    values = saccade(20).astype(np.float32)
    assert detect_rapid_eye_movements(values, SFREQ).onsets_s == pytest.approx([20], abs=0.3)
    assert len(detect_slow_eye_movements(values, SFREQ)) == 0


def test_that_rolling_eyes_are_a_slow_eye_movement_and_no_rapid_one():
    values = rolling(20).astype(np.float32)
    assert len(detect_rapid_eye_movements(values, SFREQ)) == 0
    found = detect_slow_eye_movements(values, SFREQ)
    assert 20 - 1.5 < found.onsets_s[0] < 21.5
    assert found.durations_s.sum() > 3


def test_that_small_deflections_are_no_eye_movements():
    values = saccade(20, 25).astype(np.float32)
    assert len(detect_rapid_eye_movements(values, SFREQ)) == 0


def test_that_the_gaze_keeps_what_is_opposite_and_cancels_what_is_alike():
    eyes, brain = saccade(20), 100 * np.sin(2 * np.pi * TIME_S)
    left, right = (eyes + brain).astype(np.float32), (-eyes + brain).astype(np.float32)
    np.testing.assert_allclose(gaze(left, right), eyes, atol=1e-4)
