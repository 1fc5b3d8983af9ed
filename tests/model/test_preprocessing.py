import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
import torch
from scipy import signal as sps

from model.mc2sleepnet.preprocessing import cut_epochs, log_spectrogram, prepare_signal
from model.shared import filters

RATES_HZ = [
    50.0,
    64.0,
    99.97,
    100.0,
    125.0,
    128.0,
    199.8,
    200.0,
    250.0,
    256.0,
    500.0,
    512.0,
    1000.0,
]


def sine(frequency_hz: float, sfreq: float, duration_s: float = 60.0) -> np.ndarray:
    return np.sin(2 * np.pi * frequency_hz * np.arange(round(duration_s * sfreq)) / sfreq)


@pytest.mark.parametrize("sfreq", RATES_HZ)
def test_that_every_sampling_rate_keeps_the_duration(sfreq):
    n_times = round(90 * sfreq)
    prepared = prepare_signal(np.zeros(n_times), sfreq)
    assert prepared.shape == (round(n_times * 100 / sfreq),)
    assert prepared.dtype == np.float32


@pytest.mark.parametrize("sfreq", RATES_HZ)
@pytest.mark.parametrize("at_s", [3.0, 47.13, 86.0])
def test_that_an_impulse_stays_where_it_is(sfreq, at_s):
    signal = np.zeros(round(90 * sfreq))
    index = round(at_s * sfreq)
    signal[index] = 100.0
    assert abs(int(prepare_signal(signal, sfreq).argmax()) - index / sfreq * 100) <= 1


@pytest.mark.parametrize("sfreq", [*RATES_HZ, 199.98, 173.61])
@pytest.mark.parametrize("n_times", [2, 3, 40, 999, 20_011])
def test_that_blocks_give_what_the_whole_signal_gives_at_once(monkeypatch, sfreq, n_times):
    rng = np.random.default_rng(n_times)
    signal = (rng.standard_normal(n_times) * 30 + 40 + 0.01 * np.arange(n_times)).astype("f4")
    ratio = Fraction(100 / sfreq).limit_denominator(10_000)
    whole = signal.astype(float)
    if ratio != 1:
        whole = sps.resample_poly(whole, ratio.numerator, ratio.denominator, padtype="line")
    sections = sps.butter(4, (0.3, 35), btype="bandpass", fs=100, output="sos")
    whole = sps.sosfiltfilt(sections, whole, padlen=min(1000, whole.size - 1))
    monkeypatch.setattr(filters, "_AT_ONCE", 700)
    expected = whole[: round(n_times * 100 / sfreq)].astype(np.float32)
    assert np.array_equal(prepare_signal(signal, sfreq), expected)


def test_that_a_long_signal_takes_little_more_memory_than_what_becomes_of_it():
    signal = np.random.default_rng(1).standard_normal(12 * 3600 * 200).astype(np.float32)
    tracemalloc.start()
    prepared = prepare_signal(signal, 200.0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.25 * prepared.size * (8 + 4)  # filtered in float64, returned in float32


@pytest.mark.parametrize("sfreq", [100.0, 200.0, 256.0])
def test_that_a_signal_in_blocks_is_let_go_of_while_it_is_resampled(sfreq, monkeypatch):
    monkeypatch.setattr(filters, "_AT_ONCE", 5000)
    signal = np.random.default_rng(2).standard_normal(100_000).astype(np.float32)
    blocks = [signal[first : first + 9999].copy() for first in range(0, signal.size, 9999)]
    samples, n_held = filters.SignalBlocks(blocks), []
    extended = filters._extended

    def watched(*arguments):
        n_held.append(sum(block.size for block in blocks))
        return extended(*arguments)

    monkeypatch.setattr(filters, "_extended", watched)
    options = {"wanted_sfreq": 100.0, "band_hz": (0.3, 35.0), "least_sfreq": 40.0}
    expected = filters.resample_and_filter(signal, sfreq, **options)
    n_held.clear()
    found = filters.resample_and_filter(samples, sfreq, **options)
    np.testing.assert_array_equal(found, expected)
    if sfreq != 100.0:
        read = np.arange(len(n_held)) / len(n_held) * signal.size
        assert (n_held <= signal.size - read + 2 * 9999 + 5000).all()
        assert n_held[-1] < 0.3 * signal.size


@pytest.mark.parametrize("sfreq", [199.8, 256.0017, 99.97])
def test_that_an_odd_rate_has_not_drifted_after_eight_hours(sfreq):
    signal = np.zeros(round(8 * 3600 * sfreq))
    index = len(signal) - round(20 * sfreq)
    signal[index] = 100.0
    assert abs(int(prepare_signal(signal, sfreq).argmax()) - index / sfreq * 100) <= 1


@pytest.mark.parametrize("sfreq", RATES_HZ)
def test_that_the_pass_band_is_kept_in_amplitude_and_phase(sfreq):
    middle = slice(1000, -1000)
    prepared = prepare_signal(50 * sine(10.0, sfreq), sfreq)
    expected = 50 * sine(10.0, 100.0, len(prepared) / 100)
    np.testing.assert_allclose(prepared[middle], expected[middle], atol=0.6)


@pytest.mark.parametrize("unwanted_hz", [0.0, 0.05, 50.0, 60.0, 110.0])
def test_that_what_is_outside_the_pass_band_is_removed(unwanted_hz):
    signal = 100 * np.cos(2 * np.pi * unwanted_hz * np.arange(60 * 500) / 500)
    assert np.abs(prepare_signal(signal, 500.0)[1000:-1000]).max() < 1.0


def test_that_an_offset_leaves_no_trace_at_the_ends():
    prepared = prepare_signal(np.full(60 * 256, 5000.0), 256.0)
    assert np.abs(prepared).max() < 1.0


@pytest.mark.parametrize(
    ("signal", "sfreq", "message"),
    [
        (np.zeros((2, 3000)), 100.0, "shape"),
        (np.zeros(1), 100.0, "shape"),
        (np.array([0.0, np.nan, 0.0]), 100.0, "not finite"),
        (np.zeros(3000), 1.0, "below 40 Hz"),
        (np.zeros(3000), float("nan"), "below 40 Hz"),
    ],
)
def test_that_a_signal_that_cannot_be_prepared_is_refused(signal, sfreq, message):
    with pytest.raises(ValueError, match=message):
        prepare_signal(signal, sfreq)


def test_that_the_input_is_left_as_it_was():
    signal = np.arange(6000, dtype=np.float32)
    prepare_signal(signal, 200.0)
    np.testing.assert_array_equal(signal, np.arange(6000, dtype=np.float32))


def test_that_only_whole_epochs_are_cut():
    signal = np.arange(7000, dtype=np.float32)
    epochs = cut_epochs(signal)
    assert epochs.shape == (2, 3000)
    assert epochs[1, 0] == 3000
    assert cut_epochs(signal[:2999]).shape == (0, 3000)


def test_that_a_10_hz_sine_peaks_at_its_bin():
    epochs = torch.tensor(30 * sine(10.0, 100.0, 30.0), dtype=torch.float32)[None]
    spectrogram = log_spectrogram(epochs)
    assert spectrogram.shape == (1, 29, 129)
    assert set(spectrogram[0].argmax(dim=-1).tolist()) <= {25, 26}


def test_that_silence_is_the_floor_of_the_spectrogram():
    spectrogram = log_spectrogram(torch.zeros(1, 3000))
    torch.testing.assert_close(spectrogram, torch.full((1, 29, 129), 20 * np.log10(2.0)).float())
