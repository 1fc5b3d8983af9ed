import subprocess
import sys

import numpy as np
import pytest

from sleepscorer.signals.spectrogram import Spectrogram, multitaper_spectrogram

RATES = [50.0, 100.0, 128.0, 160.0, 200.0, 250.0, 256.0, 500.0, 512.0, 1000 / 3]


def noise(duration_s: float, sfreq: float, density: float = 1.0) -> np.ndarray:
    """White noise of a one-sided power density in µV²/Hz: its variance is density · sfreq / 2."""
    rng = np.random.default_rng(0)
    n_times = round(duration_s * sfreq)
    return rng.normal(scale=np.sqrt(density * sfreq / 2), size=n_times).astype(np.float32)


def rows_hz(spectrogram: Spectrogram) -> np.ndarray:
    """Frequencies in the middle of the rows."""
    return (np.arange(spectrogram.power_db.shape[0]) + 0.5) * spectrogram.bin_hz


@pytest.mark.parametrize("sfreq", RATES)
@pytest.mark.parametrize("frequency_hz", [1.5, 10.0, 13.3, 24.0])
def test_that_a_sine_peaks_in_the_row_of_its_frequency(sfreq, frequency_hz):
    times_s = np.arange(round(90 * sfreq)) / sfreq
    values = (20 * np.sin(2 * np.pi * frequency_hz * times_s)).astype(np.float32)
    spectrogram = multitaper_spectrogram(values, sfreq)
    power = 10 ** (spectrogram.power_db[:, 3] / 10)
    # The tapers spread a sine evenly over half a hertz on either side.
    inside = power > power.max() / 10
    centre_hz = np.average(rows_hz(spectrogram), weights=power)
    assert centre_hz == pytest.approx(frequency_hz, abs=0.1)
    assert np.abs(rows_hz(spectrogram)[inside] - frequency_hz).max() < 0.75


@pytest.mark.parametrize("sfreq", RATES)
def test_that_white_noise_has_its_density_at_every_frequency(sfreq):
    spectrogram = multitaper_spectrogram(noise(1800, sfreq, density=3.0), sfreq)
    level_db = 10 * np.log10((10 ** (spectrogram.power_db / 10)).mean(axis=1))
    # The first row lacks the mean, which is taken off each window.
    within = (rows_hz(spectrogram) > 1) & (rows_hz(spectrogram) < min(30, sfreq / 2 - 1))
    np.testing.assert_allclose(level_db[within], 10 * np.log10(3), atol=0.5)


def test_that_the_power_of_a_sine_is_all_there():
    sfreq, amplitude = 100.0, 30.0
    times_s = np.arange(6000) / sfreq
    values = (amplitude * np.sin(2 * np.pi * 12 * times_s)).astype(np.float32)
    spectrogram = multitaper_spectrogram(values, sfreq)
    power = (10 ** (spectrogram.power_db[:, 0] / 10)).sum() * spectrogram.bin_hz
    assert power == pytest.approx(amplitude**2 / 2, rel=0.02)


@pytest.mark.parametrize("sfreq", RATES)
def test_that_a_burst_appears_at_its_time(sfreq):
    duration_s, burst_s = 300, 150
    values = 0.01 * noise(duration_s, sfreq)
    within = slice(round((burst_s - 5) * sfreq), round((burst_s + 5) * sfreq))
    values[within] += 50 * np.sin(2 * np.pi * 10 * np.arange(within.stop - within.start) / sfreq)
    spectrogram = multitaper_spectrogram(values.astype(np.float32), sfreq)
    row = int(10 / spectrogram.bin_hz)
    columns_s = spectrogram.start_s + (np.arange(spectrogram.power_db.shape[1]) + 0.5) * 10
    loud = spectrogram.power_db[row] > spectrogram.power_db[row].max() - 10
    # Windows of 30 s that contain the burst: their columns lie around it.
    assert np.abs(columns_s[loud] - burst_s).max() <= 20
    assert columns_s[loud].mean() == pytest.approx(burst_s, abs=5)


@pytest.mark.parametrize(
    ("duration_s", "n_windows"), [(0, 0), (29.9, 0), (30, 1), (39.9, 1), (40, 2), (300, 28)]
)
def test_that_columns_cover_the_recording_but_for_its_edges(duration_s, n_windows):
    spectrogram = multitaper_spectrogram(noise(duration_s, 100.0), 100.0)
    assert spectrogram.power_db.shape == (150, n_windows)
    assert spectrogram.power_db.dtype == np.float32
    assert (spectrogram.start_s, spectrogram.step_s) == (10, 10)
    assert spectrogram.stop_s == 10 + 10 * n_windows


@pytest.mark.parametrize(("sfreq", "highest_hz"), [(100.0, 30), (50.0, 25), (61.0, 30), (4.0, 2)])
def test_that_rows_reach_thirty_hertz_or_the_nyquist_frequency(sfreq, highest_hz):
    assert multitaper_spectrogram(noise(60, sfreq), sfreq).highest_hz == pytest.approx(highest_hz)


@pytest.mark.parametrize("sfreq", [100.0, 512.0])
def test_that_a_gap_spoils_the_windows_that_touch_it_and_no_others(sfreq):
    values = noise(300, sfreq)
    values[round(100 * sfreq) : round(105 * sfreq)] = np.nan
    power_db = multitaper_spectrogram(values, sfreq).power_db
    spoilt = np.isnan(power_db).any(axis=0)
    assert (np.isnan(power_db) == spoilt).all()
    touched = [10 * window < 105 and 10 * window + 30 > 100 for window in range(28)]
    np.testing.assert_array_equal(spoilt, touched)


@pytest.mark.parametrize("sfreq", [0.1, 0.17, 0.5, 0.53, 0.9, 1.0])
@pytest.mark.parametrize("duration_s", [10, 600])
def test_that_a_signal_too_slow_for_a_spectrum_has_none(sfreq, duration_s):
    power_db = multitaper_spectrogram(noise(duration_s, sfreq), sfreq).power_db
    assert power_db.shape[0] >= 1
    assert np.isnan(power_db).all() or sfreq > 0.5


def test_that_a_recording_of_gaps_alone_is_possible():
    assert np.isnan(multitaper_spectrogram(np.full(6000, np.nan, np.float32), 100.0).power_db).all()


def test_that_a_flat_signal_is_finite():
    power_db = multitaper_spectrogram(np.full(6000, 7, np.float32), 100.0).power_db
    np.testing.assert_allclose(power_db, -60)


@pytest.mark.parametrize("sfreq", [99.97, 100.05, 85 + 1 / 3, 127.9])
@pytest.mark.parametrize("n_more", [0, 1, 10])
def test_that_a_rate_that_is_no_whole_number_stays_within_the_recording(sfreq, n_more):
    values = noise(60, sfreq)
    longer = np.concatenate((values, values[:n_more]))
    assert np.isfinite(multitaper_spectrogram(longer, sfreq).power_db).all()


def test_that_progress_rises_to_one():
    fractions: list[float] = []
    multitaper_spectrogram(noise(2000, 50.0), 50.0, progress=fractions.append)
    assert len(fractions) > 1
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_that_progress_may_cancel():
    class Cancelled(Exception):  # noqa: N818  it is no error
        pass

    calls = []

    def cancel(fraction: float) -> None:
        calls.append(fraction)
        raise Cancelled

    with pytest.raises(Cancelled):
        multitaper_spectrogram(noise(2000, 50.0), 50.0, progress=cancel)
    assert len(calls) == 1


_WHILE_TORCH_IS_IMPORTED = """
import sys, types
import scipy.signal
sys.modules["torch"] = types.ModuleType("torch")  # as it is while another thread imports it
import numpy as np
from sleepscorer.domain.montage import Band
from sleepscorer.signals.filters import filter_traces
from sleepscorer.signals.spectrogram import multitaper_spectrogram
values = np.ones(60 * 256, np.float32)
multitaper_spectrogram(values, 256.0)
filter_traces(values[None], 256.0, Band(0.3, 35.0), 50.0)
"""


def test_that_night_and_page_are_computed_while_another_thread_imports_torch():
    subprocess.run([sys.executable, "-c", _WHILE_TORCH_IS_IMPORTED], check=True)
