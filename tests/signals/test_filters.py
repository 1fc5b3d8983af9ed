import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.montage import Band
from sleepscorer.signals.filters import filter_traces, finite_runs, settling_s

EEG = Band(0.3, 35.0)
RATES = [1, 10, 50, 64, 100, 128, 200, 256, 500, 512]


def band_pass(values: np.ndarray, sfreq: float, band: Band) -> np.ndarray:
    return filter_traces(values[np.newaxis], sfreq, band)[0]


def sine(frequency_hz: float, sfreq: float, duration_s: float = 120) -> np.ndarray:
    times_s = np.arange(round(duration_s * sfreq)) / sfreq
    return np.sin(2 * np.pi * frequency_hz * times_s).astype(np.float32)


def amplitude(values: np.ndarray, sfreq: float) -> float:
    """Amplitude of a sine, away from the ends."""
    middle = values[round(30 * sfreq) : -round(30 * sfreq)]
    return float(np.sqrt(2 * np.mean(middle.astype(np.float64) ** 2)))


@pytest.mark.parametrize("sfreq", [100, 128, 200, 256, 512])
def test_that_ten_hertz_pass_without_a_shift(sfreq):
    values = sine(10, sfreq)
    filtered = band_pass(values, sfreq, EEG)
    assert filtered.dtype == np.float32
    middle = slice(round(30 * sfreq), -round(30 * sfreq))
    np.testing.assert_allclose(filtered[middle], values[middle], atol=0.03)


@pytest.mark.parametrize(
    ("frequency_hz", "most"), [(0, 1e-4), (0.05, 0.01), (60, 0.15), (100, 0.02), (0.3, 0.55)]
)
@pytest.mark.parametrize("sfreq", [256, 512])
def test_that_drifts_and_mains_are_stopped(frequency_hz, most, sfreq):
    values = sine(frequency_hz, sfreq) + (1000 if frequency_hz == 0 else 0)
    assert amplitude(band_pass(values, sfreq, EEG), sfreq) < most


def test_that_the_edges_of_the_band_are_at_half_the_amplitude():
    # 3 dB in each direction.
    for frequency_hz in (0.3, 35.0):
        values = sine(frequency_hz, 512)
        assert amplitude(band_pass(values, 512, EEG), 512) == pytest.approx(0.5, abs=0.02)


def test_that_a_pulse_stays_symmetric():
    values = np.zeros(4001, np.float32)
    values[2000] = 1
    filtered = band_pass(values, 200, EEG)
    np.testing.assert_allclose(filtered, filtered[::-1], atol=1e-6)
    assert filtered.argmax() == 2000


@pytest.mark.parametrize("sfreq", RATES)
@pytest.mark.parametrize("n_times", [0, 1, 2, 3, 5, 14, 15, 16, 1000])
def test_that_every_rate_and_length_gives_finite_values(sfreq, n_times):
    rng = np.random.default_rng(0)
    values = rng.normal(size=n_times).astype(np.float32)
    for band in (EEG, Band(10, 100), Band(0.3, 70), Band(0.1, 15)):
        filtered = band_pass(values, sfreq, band)
        assert filtered.shape == values.shape
        assert np.isfinite(filtered).all()


def test_that_a_band_above_the_nyquist_frequency_leaves_the_signal_as_it_is():
    values = sine(0.2, 1)
    assert np.shares_memory(band_pass(values, 1, Band(10, 100)), values)


@pytest.mark.parametrize("sfreq", [50, 70])
def test_that_an_edge_above_the_nyquist_frequency_is_left_out(sfreq):
    values = sine(20, sfreq) + 500
    filtered = band_pass(values, sfreq, EEG)
    middle = slice(round(30 * sfreq), -round(30 * sfreq))
    np.testing.assert_allclose(filtered[middle], values[middle] - 500, atol=0.03)


@given(
    runs=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=6),
    sfreq=st.sampled_from(RATES),
)
def test_that_gaps_stay_gaps_and_every_stretch_is_filtered_by_itself(runs, sfreq):
    rng = np.random.default_rng(0)
    stretches = [rng.normal(size=n).astype(np.float32) for n, _ in runs]
    gaps = [np.full(n, np.nan, np.float32) for _, n in runs]
    values = np.concatenate([part for pair in zip(stretches, gaps, strict=True) for part in pair])
    filtered = band_pass(values, sfreq, EEG)
    np.testing.assert_array_equal(np.isnan(filtered), np.isnan(values))
    for (first, stop), stretch in zip(finite_runs(values), stretches, strict=True):
        np.testing.assert_array_equal(filtered[first:stop], band_pass(stretch, sfreq, EEG))


def test_that_the_input_is_not_changed():
    values = sine(10, 100) + 5
    before = values.copy()
    band_pass(values, 100, EEG)
    np.testing.assert_array_equal(values, before)


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ([], []),
        ([np.nan], []),
        ([1.0], [(0, 1)]),
        ([np.nan, 1, 2, np.inf, 3], [(1, 3), (4, 5)]),
        ([1, np.nan], [(0, 1)]),
    ],
)
def test_that_finite_runs_are_half_open_ranges(values, runs):
    assert finite_runs(np.array(values, np.float32)) == runs


@pytest.mark.parametrize(
    ("band", "seconds"), [(EEG, 10), (Band(10, 100), 0.3), (Band(0.01, 1), 30)]
)
def test_that_slower_filters_need_more_time_to_settle(band, seconds):
    assert settling_s(band) == pytest.approx(seconds)


@pytest.mark.parametrize("band", [EEG, Band(10, 100), Band(0.1, 15)])
def test_that_after_settling_a_page_looks_as_in_the_whole_night(band):
    rng = np.random.default_rng(1)
    night = rng.normal(size=600 * 256).astype(np.float32)
    whole = band_pass(night, 256, band)
    margin = round(settling_s(band) * 256)
    page = slice(300 * 256, 330 * 256)
    read = night[page.start - margin : page.stop + margin]
    shown = band_pass(read, 256, band)[margin : margin + 30 * 256]
    assert np.abs(shown - whole[page]).max() < 0.02


@pytest.mark.parametrize("mains_hz", [50.0, 60.0])
def test_that_the_notch_takes_the_mains_away_and_nothing_beside_it(mains_hz):
    times_s = np.arange(20 * 256) / 256
    mains = 30 * np.sin(2 * np.pi * mains_hz * times_s)
    wave = 20 * np.sin(2 * np.pi * 12 * times_s)
    values = (mains + wave).astype(np.float32)[np.newaxis]
    filtered = filter_traces(values, 256.0, None, mains_hz)[0]
    inside = slice(5 * 256, 15 * 256)
    np.testing.assert_allclose(filtered[inside], wave[inside], atol=0.5)


def test_that_signals_filtered_together_are_filtered_as_each_alone():
    rng = np.random.default_rng(3)
    values = rng.standard_normal((4, 3000)).astype(np.float32) * 40
    values[2, 1000:1200] = np.nan
    band = Band(0.3, 35)
    together = filter_traces(values, 100.0, band)
    for row in (0, 1, 3):
        alone = filter_traces(values[row : row + 1], 100.0, band)[0]
        np.testing.assert_allclose(together[row], alone, atol=1e-3)
    assert np.isnan(together[2, 1000:1200]).all()
    assert np.isfinite(together[2, :1000]).all()
