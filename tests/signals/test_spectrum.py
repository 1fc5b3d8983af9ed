"""The spectrum of a stretch."""

import numpy as np
import pytest

from sleepscorer.signals.spectrum import amplitude_spectrum

SFREQ = 100.0
TIMES_S = np.arange(3000) / SFREQ


def test_that_a_sine_is_found_at_its_frequency_with_its_power() -> None:
    sine = (50 * np.sin(2 * np.pi * 13 * TIMES_S)).astype(np.float32)
    frequencies, amplitudes = amplitude_spectrum(sine, SFREQ)
    assert frequencies[amplitudes.argmax()] == pytest.approx(13.0, abs=0.25)
    power = np.square(amplitudes).sum() * (frequencies[1] - frequencies[0])
    assert power == pytest.approx(50**2 / 2, rel=0.02)


def test_that_windows_with_a_gap_are_left_out() -> None:
    sine = (50 * np.sin(2 * np.pi * 13 * TIMES_S)).astype(np.float32)
    whole = amplitude_spectrum(sine[:2000], SFREQ)[1].max()
    sine[2000:2100] = np.nan
    assert amplitude_spectrum(sine, SFREQ)[1].max() == pytest.approx(whole, rel=0.05)


@pytest.mark.parametrize("values", [np.empty(0), np.ones(40), np.full(3000, np.nan)])
def test_that_too_little_signal_has_no_spectrum(values: np.ndarray) -> None:
    assert amplitude_spectrum(values.astype(np.float32), SFREQ)[0].size == 0


def test_that_a_second_is_enough() -> None:
    assert amplitude_spectrum(np.ones(100, np.float32), SFREQ)[0].size == 51
