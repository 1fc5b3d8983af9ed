"""Recordings of days are looked at part by part, and what is found is what all at once gives."""

import tracemalloc
from dataclasses import fields

import numpy as np
import pytest

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.montage import Band
from sleepscorer.signals import epoch_quality, filters
from sleepscorer.signals.epoch_quality import EpochQuality
from sleepscorer.signals.events import runs
from sleepscorer.signals.events.night import gather_evidence
from sleepscorer.signals.events.rhythms import muscle_level, read_muscle_level
from sleepscorer.signals.filters import (
    DownsampledSignal,
    downsampled,
    filter_traces,
    read_downsampled,
)
from sleepscorer.signals.simulation import simulate_night
from sleepscorer.signals.spectrogram import multitaper_spectrogram, read_spectrogram

EEG = Derivation("C4-M1")
HOURS, SFREQ = 12, 256.0


@pytest.fixture(scope="module")
def simulated(stored_recording):
    night = simulate_night(seed=4, n_epochs=240)
    return stored_recording(
        {one.label: (one.samples, one.sfreq, "µV") for one in night.channels if one.unit == "uV"}
    )


@pytest.fixture(scope="module")
def long_night(stored_recording):
    """Half a day of noise that is drawn once."""
    noise = np.random.default_rng(1).standard_normal(round(HOURS * 3600 * SFREQ)) * 20
    labels = ("C4-M1", "F4-M1", "O2-M1", "E1-M2", "EMG Chin")
    return stored_recording(dict.fromkeys(labels, (noise.astype(np.float32), SFREQ, "µV")))


@pytest.mark.parametrize("sfreq", [200.0, 1000 / 3, 512.0, 90.0])
def test_that_a_signal_read_in_parts_is_downsampled_as_the_whole(
    sfreq, stored_recording, monkeypatch
):
    monkeypatch.setattr(filters, "_READ_AT_ONCE_S", 7.7)
    values = np.random.default_rng(2).standard_normal(round(100 * sfreq)).astype(np.float32)
    values[1000:1500] = np.nan
    whole, expected_hz = downsampled(values, sfreq, 80.0)
    found, found_hz = read_downsampled(
        stored_recording({"C4-M1": (values, sfreq, "µV")}), EEG, 80.0
    )
    assert found_hz == expected_hz
    np.testing.assert_allclose(found, whole, atol=1e-6)


@pytest.mark.parametrize("sfreq", [200.0, 1000 / 3, 512.0, 90.0])
def test_that_any_part_of_a_downsampled_signal_is_that_of_the_whole(
    sfreq, stored_recording, monkeypatch
):
    monkeypatch.setattr(filters, "_READ_AT_ONCE_S", 7.7)
    values = np.random.default_rng(2).standard_normal(round(100 * sfreq)).astype(np.float32)
    values[1000:1500] = np.nan
    recording = stored_recording({"C4-M1": (values, sfreq, "µV")})
    signal = DownsampledSignal(recording, EEG, 80.0)
    whole, whole_hz = read_downsampled(recording, EEG, 80.0)
    assert (signal.size, signal.sfreq) == (whole.size, whole_hz)
    for part in (slice(0, 0), slice(3, 1234), slice(1000, 5000), slice(signal.size - 9, None)):
        np.testing.assert_array_equal(signal[part], whole[part])


@pytest.mark.parametrize("sfreq", [200.0, 512.0])
def test_that_the_muscle_level_read_in_parts_is_to_the_bit_that_of_the_whole_signal(
    sfreq, stored_recording, monkeypatch
):
    monkeypatch.setattr(filters, "_READ_AT_ONCE_S", 100.0)
    monkeypatch.setattr(runs, "_AT_ONCE_S", 250.0)
    values = np.random.default_rng(5).normal(0, 9, round(1000 * sfreq)).astype(np.float32)
    values[round(300 * sfreq) : round(311 * sfreq)] = np.nan
    recording = stored_recording({"EMG Chin": (values, sfreq, "µV")})
    chin = Derivation("EMG Chin")
    whole = muscle_level(*read_downsampled(recording, chin, 200.0))
    np.testing.assert_array_equal(read_muscle_level(recording, chin), whole)
    assert np.isnan(whole).sum() in (11, 12)


def test_that_a_filter_is_worked_out_in_parts_to_the_bit_and_with_little_memory(monkeypatch):
    filter_traces(np.zeros((1, 1000), np.float32), SFREQ, Band(0.3, 35.0), 50.0)  # loads scipy
    values = np.random.default_rng(6).standard_normal((1, 3_000_000)).astype(np.float32)
    tracemalloc.start()
    found = filter_traces(values, SFREQ, Band(0.3, 35.0), 50.0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * values.nbytes
    filters._gain_of_hours.cache_clear()
    monkeypatch.setattr(filters, "_GAINS_AT_ONCE", values.size)
    np.testing.assert_array_equal(filter_traces(values, SFREQ, Band(0.3, 35.0), 50.0), found)


def test_that_waves_found_in_parts_are_those_found_in_the_whole(simulated, monkeypatch):
    expected = gather_evidence(simulated)
    monkeypatch.setattr(runs, "_AT_ONCE_S", 600.0)
    monkeypatch.setattr(filters, "_READ_AT_ONCE_S", 300.0)
    found = gather_evidence(simulated)
    assert [one.kind for one in found.waves] == [one.kind for one in expected.waves]
    assert sum(len(one.onsets_s) for one in expected.waves) > 300
    for ours, whole in zip(found.waves, expected.waves, strict=True):
        np.testing.assert_allclose(ours.onsets_s, whole.onsets_s, atol=0.011)
        np.testing.assert_allclose(ours.durations_s, whole.durations_s, atol=0.021)
        np.testing.assert_allclose(ours.amplitudes_uv, whole.amplitudes_uv, rtol=1e-3)
    np.testing.assert_allclose(found.slow_wave_s, expected.slow_wave_s, atol=0.011)
    np.testing.assert_array_equal(found.alpha_rules, expected.alpha_rules)
    np.testing.assert_array_equal(found.theta_rules, expected.theta_rules)
    np.testing.assert_allclose(found.muscle_uv, expected.muscle_uv, rtol=1e-3)


def test_that_a_spectrogram_read_in_parts_is_that_of_the_whole(simulated, monkeypatch):
    monkeypatch.setattr(filters, "_READ_AT_ONCE_S", 300.0)
    channel = next(one for one in simulated.channels if "C4" in one.label)
    values = simulated.read(channel, 0.0, simulated.duration_s)
    whole = multitaper_spectrogram(values, channel.sfreq)
    found = read_spectrogram(simulated, Derivation(channel.label))
    np.testing.assert_allclose(found.power_db, whole.power_db, atol=1e-3)


@pytest.mark.parametrize("sfreq", [100.0, 1000 / 3])
def test_that_epochs_measured_in_parts_are_measured_as_all_at_once(
    sfreq, stored_recording, monkeypatch
):
    noise = np.random.default_rng(3).normal(0, 20, round(180 * sfreq)).repeat(5)
    values = noise.astype(np.float32)
    values[round(100 * sfreq) : round(130 * sfreq)] = np.nan
    values[round(300 * sfreq) : round(400 * sfreq)] = 0.0
    np.clip(values, -45, 50, out=values)
    whole = EpochQuality.of(values * np.float32(0.5), sfreq)
    monkeypatch.setattr(epoch_quality, "_EPOCHS_AT_ONCE", 7)
    recording = stored_recording({"C4-M1": (values, sfreq, "µV")})
    found = EpochQuality.of_derivation(recording, EEG, 0.5)
    for name in (field.name for field in fields(EpochQuality)):
        np.testing.assert_array_equal(getattr(found, name), getattr(whole, name), name)
    assert np.nansum(whole.flat_seconds) > 90
    assert np.nansum(whole.clipped_seconds) > 10


@pytest.mark.parametrize(
    ("look", "share"),
    [
        (gather_evidence, 1.5),
        (lambda recording: read_spectrogram(recording, EEG), 1.5),
        (lambda recording: EpochQuality.of_derivation(recording, EEG), 0.5),
    ],
    ids=["evidence", "spectrogram", "quality"],
)
def test_that_looking_takes_little_beside_one_signal(
    look, share, long_night, stored_recording, monkeypatch
):
    monkeypatch.setattr(runs, "_AT_ONCE_S", 1800.0)
    look(stored_recording({"C4-M1": (np.zeros(30_000, np.float32), 100.0, "µV")}))  # loads scipy
    one_signal = HOURS * 3600 * SFREQ * 4
    tracemalloc.start()
    look(long_night)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < share * one_signal
