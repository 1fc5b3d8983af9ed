import numpy as np
import pytest

from sleepscorer.signals.measure import measure


def test_that_a_wave_is_measured_from_peak_to_peak_and_counted():
    times_s = np.arange(256) / 256
    wave = (37.5 * np.sin(2 * np.pi * 13 * times_s)).astype(np.float32)
    result = measure(wave, 1.0, are_samples=True)
    assert result.peak_to_peak == pytest.approx(75, rel=0.01)
    assert result.n_peaks == 13
    assert result.peaks_hz == pytest.approx(13)
    assert result.frequency_hz == 1.0


def test_that_ripple_on_a_wave_is_no_peak():
    times_s = np.arange(512) / 256
    wave = 50 * np.sin(2 * np.pi * times_s) + 2 * np.sin(2 * np.pi * 30 * times_s)
    assert measure(wave.astype(np.float32), 2.0, are_samples=True).n_peaks == 2


def test_that_nothing_is_measured_in_a_gap_and_nothing_counted_in_extremes():
    gap = np.full(10, np.nan, np.float32)
    assert np.isnan(measure(gap, 0.1, are_samples=True).peak_to_peak)
    extremes = np.array([-3, 5, -2, 4], np.float32)
    assert measure(extremes, 60.0, are_samples=False).n_peaks is None
    assert measure(extremes, 60.0, are_samples=False).peak_to_peak == 8
