import numpy as np
import pytest

from training.data.equipment import AS_RECORDED, Equipment

TIME_S = np.arange(6000) / 100


def sine(frequency_hz: float) -> np.ndarray:
    return 20 * np.sin(2 * np.pi * frequency_hz * TIME_S)


def kept(equipment: Equipment, frequency_hz: float) -> float:
    """Share of a rhythm's amplitude that is left, away from the start."""
    return equipment.record(sine(frequency_hz))[3000:].std() / sine(frequency_hz)[3000:].std()


def test_that_a_signal_as_recorded_is_left_as_it_is():
    np.testing.assert_array_equal(AS_RECORDED.record(sine(10)), sine(10))


def test_that_a_negative_gain_has_the_other_electrode_first():
    np.testing.assert_allclose(Equipment(gain=-0.5).record(sine(10)), -0.5 * sine(10))


@pytest.mark.parametrize(
    ("equipment", "frequency_hz", "expected"),
    [
        (Equipment(high_pass_hz=1.0), 1.0, 0.71),
        (Equipment(high_pass_hz=1.0), 0.2, 0.20),
        (Equipment(high_pass_hz=1.0, high_pass_order=2), 0.2, 0.04),
        (Equipment(high_pass_hz=1.0), 10.0, 1.0),
        (Equipment(low_pass_hz=15.0), 30.0, 0.15),
        (Equipment(low_pass_hz=15.0), 3.0, 1.0),
        (Equipment(slow_gain_db=-6.0), 0.3, 0.50),
        (Equipment(slow_gain_db=-6.0), 25.0, 1.0),
    ],
)
def test_that_equipment_takes_away_what_it_says(equipment, frequency_hz, expected):
    assert kept(equipment, frequency_hz) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    "equipment", [Equipment(slow_gain_db=-6.0), Equipment(high_pass_hz=1.0, high_pass_order=2)]
)
def test_that_the_offset_of_an_amplifier_leaves_no_step_at_the_start(equipment):
    shifted = equipment.record(sine(10) + 500) - equipment.record(sine(10))
    np.testing.assert_allclose(shifted, shifted[-1], atol=1e-6)


def test_that_signals_below_each_other_are_recorded_each_by_itself():
    equipment = Equipment(gain=-0.5, slow_gain_db=-6.0, high_pass_hz=0.5)
    pieces = np.stack([sine(1) + 30, sine(10)])
    recorded = equipment.record(pieces)
    for piece, expected in zip(recorded, pieces, strict=True):
        np.testing.assert_array_equal(piece, equipment.record(expected))


def test_that_noise_has_its_strength_and_is_the_same_for_the_same_seed():
    noisy = Equipment(noise_uv=5, noise_seed=3)
    added = noisy.record(sine(10)) - sine(10)
    assert added.std() == pytest.approx(5, rel=0.05)
    np.testing.assert_array_equal(noisy.record(sine(10)), noisy.record(sine(10)))
    assert not np.allclose(added, Equipment(noise_uv=5).record(sine(10)) - sine(10))
