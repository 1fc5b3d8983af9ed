"""What a network of several modalities sees of a recording, and of one that lacks some."""

import numpy as np
import pytest
from scipy import signal

from model.network import InputChannel, InputSpec
from model.shared import filters
from sleepscorer import network_input
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.input_channels import channels_of_roles
from sleepscorer.network_input import preferred_derivation, read_input, voting_derivations
from sleepscorer.signals.simulated_events import RecordingInMemory

SPEC = InputSpec(
    (
        InputChannel("EEG C4", (0.5, 40.0), 100.0, is_scaled=True),
        InputChannel("ECG", (3.0, 30.0), 70.0, is_optional=True, is_scaled=True),
        InputChannel("EMG chin", (25.0, 49.0), 100.0, is_optional=True, is_scaled=True),
        InputChannel("airflow", (0.05, 1.0), 4.0, is_optional=True, is_scaled=True),
    ),
    sfreq=100.0,
    epoch_s=30.0,
)
N_EPOCHS = 20


def night(**changed: np.ndarray | None) -> RecordingInMemory:
    rng = np.random.default_rng(0)
    signals = {
        "C4-M1": ("µV", 125.0),
        "ECG": ("mV", 250.0),
        "EMG": ("µV", 200.0),
        "Airflow": ("", 10.0),
    }
    values = {
        label: (unit, sfreq, rng.normal(3, 20, round(N_EPOCHS * 30 * sfreq)).astype(np.float32))
        for label, (unit, sfreq) in signals.items()
    }
    for label, samples in changed.items():
        label = label.replace("_", "-")
        unit, sfreq, _ = values.pop(label)
        if samples is not None:
            values[label] = (unit, sfreq, samples)
    return RecordingInMemory(values)


def seen_of(recording: RecordingInMemory, **how):
    return read_input(recording, channels_of_roles(recording.channels, SPEC), SPEC, **how)


def test_that_every_channel_has_its_band_and_its_scale():
    seen = seen_of(night())
    assert seen.epochs.shape == (N_EPOCHS, 4, 3000)
    assert seen.runs == ((0, N_EPOCHS),)
    assert seen.missing(SPEC) == ()
    for index, channel in enumerate(SPEC.channels):
        samples = seen.epochs[:, index].ravel()
        low, middle, high = np.percentile(samples, (25, 50, 75))
        assert (middle, high - low) == (pytest.approx(0, abs=1e-4), pytest.approx(1, abs=1e-4))
        rates, power = signal.welch(samples, 100.0, nperseg=6000)
        inside = (rates >= channel.band_hz[0]) & (rates <= channel.band_hz[1])
        assert power[inside].sum() > 0.9 * power.sum()


def test_that_the_scale_is_one_of_the_whole_night_and_not_of_an_epoch():
    loud = np.random.default_rng(1).normal(0, 20, N_EPOCHS * 30 * 125).astype(np.float32)
    loud[: loud.size // 10] *= 5
    seen = seen_of(night(C4_M1=loud))
    assert 4 < seen.epochs[0, 0].std() / seen.epochs[10, 0].std() < 6


def test_that_the_night_is_filtered_as_a_whole():
    """An epoch filtered by itself has edges of its own: breathing at 0.05 Hz has nothing else."""
    recording = night()
    seen = seen_of(recording)
    both = np.concatenate((seen.epochs[4, 3], seen.epochs[5, 3]))
    steps = np.abs(np.diff(both))
    assert steps[2999] < 3 * np.median(steps)


def test_that_what_is_missing_is_no_number_and_is_named():
    seen = seen_of(night(ECG=None, EMG=None))
    assert seen.runs == ((0, N_EPOCHS),)
    assert np.isnan(seen.epochs[:, 1:3]).all()
    assert np.isfinite(seen.epochs[:, [0, 3]]).all()
    assert seen.missing(SPEC) == ("ECG", "EMG chin")


def test_that_a_flat_channel_is_a_missing_one():
    flat = np.full(N_EPOCHS * 30 * 200, 7.0, np.float32)
    assert seen_of(night(EMG=flat)).missing(SPEC) == ("EMG chin",)


def test_that_a_gap_of_a_channel_that_may_be_missing_costs_no_epoch_of_the_others():
    ecg = np.random.default_rng(2).normal(0, 1, N_EPOCHS * 30 * 250).astype(np.float32)
    ecg[5 * 7500 + 100 : 7 * 7500] = np.nan
    seen = seen_of(night(ECG=ecg))
    assert seen.runs == ((0, N_EPOCHS),)
    missing = np.isnan(seen.epochs[:, 1]).all(axis=1)
    assert np.flatnonzero(missing).tolist() == [5, 6]
    assert np.isfinite(seen.epochs[~missing, 1]).all()
    assert np.isfinite(seen.epochs[:, [0, 2, 3]]).all()
    assert seen.missing(SPEC) == ()


def test_that_a_gap_of_the_eeg_is_one_of_all():
    eeg = np.random.default_rng(2).normal(0, 20, N_EPOCHS * 30 * 125).astype(np.float32)
    eeg[5 * 3750 + 100 : 7 * 3750] = np.nan
    seen = seen_of(night(C4_M1=eeg))
    assert seen.runs == ((0, 5), (7, N_EPOCHS))
    assert not seen.epochs[5:7].any()


def test_that_a_gain_is_that_of_the_derivation_that_was_chosen():
    """An inverted EEG says nothing of the heart."""
    plain, inverted = seen_of(night()), seen_of(night(), gain=-1.0)
    np.testing.assert_allclose(inverted.epochs[:, 0], -plain.epochs[:, 0], atol=1e-4)
    np.testing.assert_array_equal(inverted.epochs[:, 1:], plain.epochs[:, 1:])


@pytest.mark.parametrize("read_at_once", [900, 7777, 40_000])
@pytest.mark.parametrize("has_gap", [False, True])
def test_that_a_night_read_in_blocks_is_to_the_bit_that_of_one(read_at_once, has_gap, monkeypatch):
    monkeypatch.setattr(filters, "_AT_ONCE", 1000)
    recording = night()
    if has_gap:
        eeg = recording.read(recording.channel("C4-M1"), 0.0, recording.duration_s)
        eeg[3000:3500] = np.nan
        recording = night(C4_M1=eeg)
    whole = seen_of(recording, gain=-1.5)
    monkeypatch.setattr(network_input, "_READ_AT_ONCE", read_at_once)
    found = seen_of(recording, gain=-1.5)
    assert found.runs == whole.runs
    np.testing.assert_array_equal(found.epochs, whole.epochs)


def test_that_a_night_without_eeg_is_refused():
    recording = night(C4_M1=None)
    with pytest.raises(AutoscoringError, match="no EEG channel"):
        preferred_derivation(recording, SPEC)
    with pytest.raises(AutoscoringError, match="no EEG C4 chosen"):
        seen_of(recording)


def test_that_a_network_of_several_channels_is_asked_once():
    values = np.zeros(6000, np.float32)
    recording = RecordingInMemory(dict.fromkeys(("C4-M1", "F3-M2"), ("µV", 100.0, values)))
    chosen = voting_derivations(recording, SPEC, 3, Derivation("F3-M2"))
    assert chosen == (Derivation("F3-M2"),)
    assert preferred_derivation(recording, SPEC) == Derivation("C4-M1")
