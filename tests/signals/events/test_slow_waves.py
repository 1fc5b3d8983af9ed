import numpy as np
import pytest

from sleepscorer.domain.waves import WaveKind
from sleepscorer.signals.events.slow_waves import (
    detect_k_complexes,
    detect_slow_waves,
    detect_vertex_waves,
    slow_wave_mask,
)

SFREQ = 100.0


def with_wave(values, onset_s, *, frequency_hz=1.0, n_cycles=1.0, peak_uv=60.0):
    """Add sine waves that begin below zero."""
    values = values.copy()
    time_s = np.arange(values.size) / SFREQ - onset_s
    inside = (time_s >= 0) & (time_s < n_cycles / frequency_hz)
    values[inside] -= peak_uv * np.sin(2 * np.pi * frequency_hz * time_s[inside])
    return values


def test_that_slow_waves_are_found_one_for_each_cycle(background):
    values = with_wave(0.2 * background, 20, frequency_hz=0.8, n_cycles=5)
    found = detect_slow_waves(values, SFREQ, "F4-M1")
    assert found.kind is WaveKind.SLOW_WAVE
    assert len(found) in (4, 5, 6)
    assert np.median(found.durations_s) == pytest.approx(1.25, abs=0.15)
    assert np.median(found.amplitudes_uv) == pytest.approx(120, rel=0.15)


@pytest.mark.parametrize(("frequency_hz", "peak_uv"), [(0.8, 30), (3.2, 60)])
def test_that_low_or_fast_waves_are_no_slow_waves(background, frequency_hz, peak_uv):
    values = with_wave(0.2 * background, 20, frequency_hz=frequency_hz, n_cycles=5, peak_uv=peak_uv)
    assert len(detect_slow_waves(values, SFREQ)) == 0
    assert not slow_wave_mask(values, SFREQ).any()


@pytest.mark.parametrize("sign", [1, -1])
def test_that_seconds_of_slow_waves_are_counted_whichever_way_up(background, sign):
    values = sign * with_wave(0.2 * background, 20, frequency_hz=1, n_cycles=8)
    mask = slow_wave_mask(values, SFREQ)
    assert mask.sum() / SFREQ == pytest.approx(8, abs=1)
    assert mask[2100:2700].all()
    assert not mask[:1900].any()


def test_that_a_gap_ends_a_slow_wave(background):
    values = with_wave(0.2 * background, 20, frequency_hz=1, n_cycles=8)
    values[2400:2450] = np.nan
    assert not slow_wave_mask(values, SFREQ)[2400:2450].any()
    with pytest.raises(ValueError, match="below 64"):
        slow_wave_mask(values, 32.0)


def test_that_a_k_complex_is_a_single_wave_that_stands_out(background):
    found = detect_k_complexes(with_wave(background, 20, peak_uv=80), SFREQ)
    assert found.onsets_s == pytest.approx([20], abs=0.3)
    train = with_wave(background, 5, n_cycles=50, peak_uv=80)
    assert len(detect_k_complexes(train, SFREQ)) <= 2


def test_that_a_wave_that_is_mostly_positive_is_no_k_complex(background):
    time_s = np.arange(background.size) / SFREQ - 20
    high, low = (np.exp(-0.5 * ((time_s - at_s) / 0.13) ** 2) for at_s in (0, 0.45))
    values = (0.3 * background + 120 * high - 40 * low).astype(np.float32)
    assert len(detect_k_complexes(-values, SFREQ)) == 1
    assert len(detect_k_complexes(values, SFREQ)) == 0


def test_that_a_vertex_wave_is_short_and_stands_out(background):
    values = with_wave(0.5 * background, 20, frequency_hz=4, peak_uv=60)
    found = detect_vertex_waves(values, SFREQ)
    assert found.onsets_s == pytest.approx([20], abs=0.15)
    assert found.durations_s[0] < 0.5
    assert len(detect_vertex_waves(0.5 * background, SFREQ)) == 0


@pytest.mark.parametrize("detect", [detect_slow_waves, detect_k_complexes, detect_vertex_waves])
def test_that_a_flat_signal_has_no_waves(detect):
    assert len(detect(np.zeros(3000, np.float32), SFREQ)) == 0
