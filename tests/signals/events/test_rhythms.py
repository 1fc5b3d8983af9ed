import numpy as np
import pytest

from sleepscorer.signals.events.rhythms import muscle_level, rhythms

SFREQ = 100.0
TIME_S = np.arange(3000) / SFREQ


def sine(frequency_hz: float, height_uv: float = 30.0) -> np.ndarray:
    return (height_uv * np.sin(2 * np.pi * frequency_hz * TIME_S)).astype(np.float32)


def test_that_each_second_is_ruled_by_its_rhythm(background):
    values = 0.2 * background[:3000]
    values[:1000] += sine(10)[:1000]
    values[1000:2000] += sine(6)[1000:2000]
    values[2000:] += sine(20)[2000:]
    ruling = rhythms(values, SFREQ)
    assert ruling.alpha_rules.shape == (30,)
    assert ruling.alpha_rules[1:9].all()
    assert ruling.theta_rules[11:19].all()
    assert not ruling.alpha_rules[11:].any()
    assert not ruling.theta_rules[21:].any()


def test_that_a_gap_and_a_flat_signal_have_no_rhythm():
    values = sine(10)
    values[1500:1510] = np.nan
    assert not rhythms(values, SFREQ).alpha_rules[15]
    assert not rhythms(np.zeros(3000, np.float32), SFREQ).alpha_rules.any()


def test_that_less_than_two_seconds_have_no_rhythm():
    assert rhythms(sine(10)[:150], SFREQ).alpha_rules.tolist() == [False]


def test_that_the_muscle_level_is_the_root_mean_square_of_fast_activity():
    values = sine(25, 10) + sine(0.5, 200)
    values[2050:2060] = np.nan
    level_uv = muscle_level(values, SFREQ)
    assert level_uv.shape == (30,)
    assert np.isnan(level_uv[20])
    np.testing.assert_allclose(level_uv[2:18], 10 / np.sqrt(2), rtol=0.05)
    assert muscle_level(values[:50], SFREQ).size == 0
    with pytest.raises(ValueError, match="below 64"):
        muscle_level(values, 1.0)
