from itertools import pairwise

import numpy as np
import pytest
import scipy.signal

from sleepscorer.domain.channels import ChannelKind, kind_of_label
from sleepscorer.domain.events import EventKind
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.signals.simulation import SimulatedNight, simulate_night

N_EPOCHS = 240  # until after the first R


@pytest.fixture(scope="module")
def night() -> SimulatedNight:
    return simulate_night(seed=1, n_epochs=N_EPOCHS)


@pytest.fixture(scope="module")
def whole_night() -> SimulatedNight:
    return simulate_night(seed=2)


def channel(night, label):
    return next(channel for channel in night.channels if channel.label == label)


def epochs_of(night, label, stage):
    """Samples of the epochs of a stage, shape (n_epochs, n_times)."""
    rows = channel(night, label).samples.reshape(len(night.stages), -1)
    return rows[np.array(night.stages) == stage]


def band_power(night, label, stage, low_hz, high_hz):
    """Median over the epochs of a stage of the power in a band, in µV²."""
    sfreq = channel(night, label).sfreq
    rows = epochs_of(night, label, stage)
    frequencies_hz, density = scipy.signal.welch(rows, sfreq, nperseg=int(4 * sfreq))
    in_band = (frequencies_hz >= low_hz) & (frequencies_hz < high_hz)
    return np.median(density[:, in_band].sum(axis=1)) * frequencies_hz[1]


def tone(night, stage):
    return np.median(np.std(epochs_of(night, "EMG Chin", stage), axis=1))


def test_that_channels_are_those_of_a_polysomnogram_at_mixed_rates(night):
    kinds = [kind_of_label(channel.label) for channel in night.channels]
    assert kinds.count(ChannelKind.EEG) == 4
    assert kinds.count(ChannelKind.EOG) == 2
    assert set(ChannelKind) - set(kinds) == {ChannelKind.OTHER}
    assert len({channel.sfreq for channel in night.channels}) > 3
    for one in night.channels:
        assert one.samples.shape == (30 * N_EPOCHS * one.sfreq,)
        assert one.samples.dtype == np.float32
        assert np.isfinite(one.samples).all()


def test_that_samples_stay_inside_a_range_that_16_bits_resolve_finely(night):
    for one in night.channels:
        low, high = one.physical_range
        # Compared in single precision, which the samples have.
        assert np.float32(low) <= one.samples.min() <= one.samples.max() <= np.float32(high)
        if one.unit == "uV":
            assert (high - low) / 65535 <= 0.1


def test_that_the_same_seed_gives_the_same_night_and_another_seed_another():
    first, again, other = (simulate_night(seed, 6) for seed in (5, 5, 6))
    assert first.stages == again.stages
    for one, two, three in zip(first.channels, again.channels, other.channels, strict=True):
        assert np.array_equal(one.samples, two.samples)
        assert one.label == "SpO2" or not np.array_equal(one.samples, three.samples)


def test_that_a_whole_night_has_the_architecture_of_sleep(whole_night):
    stages = np.array(whole_night.stages)
    assert stages.size == 960
    share = {stage: np.mean(stages == stage) for stage in SCORED_STAGES}
    assert 0.03 < share[Stage.W] < 0.12
    assert 0.02 < share[Stage.N1] < 0.1
    assert 0.4 < share[Stage.N2] < 0.6
    assert 0.1 < share[Stage.N3] < 0.25
    assert 0.15 < share[Stage.R] < 0.3
    early, late = stages[:480], stages[480:]
    assert np.sum(early == Stage.N3) > 2 * np.sum(late == Stage.N3)
    assert np.sum(late == Stage.R) > 1.5 * np.sum(early == Stage.R)
    periods_of_r = 1 + np.sum(np.diff(np.flatnonzero(stages == Stage.R)) > 30)
    assert periods_of_r in (4, 5)
    assert stages[0] == stages[-1] == Stage.W
    assert not (stages == Stage.UNSCORED).any()


def test_that_sleep_is_entered_through_n1_and_r_is_never_entered_from_wake(whole_night):
    pairs = list(pairwise(whole_night.stages))
    first_sleep = next(stage for stage in whole_night.stages if stage is not Stage.W)
    assert first_sleep is Stage.N1
    assert (Stage.W, Stage.N3) not in pairs
    assert (Stage.W, Stage.R) not in pairs


def test_that_delta_power_is_far_higher_in_n3_than_in_wake(night):
    for label in ("EEG F4-M1", "EEG C4-M1"):
        n3 = band_power(night, label, Stage.N3, 0.5, 4)
        assert n3 > 8 * band_power(night, label, Stage.W, 0.5, 4)
        assert n3 > 4 * band_power(night, label, Stage.N2, 0.5, 4)


def test_that_slow_waves_fill_a_fifth_of_n3_and_not_of_n2(night):
    samples = channel(night, "EEG F4-M1").samples
    slow = scipy.signal.butter(3, (0.5, 2), "bandpass", fs=100, output="sos")
    slow_waves = scipy.signal.sosfiltfilt(slow, samples)
    rises = np.flatnonzero((slow_waves[:-1] < 0) & (slow_waves[1:] >= 0))
    seconds = np.zeros(N_EPOCHS)
    for first, stop in pairwise(rises):
        if 50 <= stop - first <= 200 and np.ptp(slow_waves[first:stop]) > 75:
            seconds[first // 3000] += (stop - first) / 100
    stages = np.array(night.stages)
    assert np.mean(seconds[stages == Stage.N3] >= 6) > 0.9
    assert np.mean(seconds[stages == Stage.N2] >= 6) < 0.1


def test_that_spindle_power_is_higher_in_n2_than_in_r_and_highest_centrally(night):
    n2, r = (band_power(night, "EEG C4-M1", stage, 12, 15) for stage in (Stage.N2, Stage.R))
    assert n2 > 2 * r
    assert n2 > 1.5 * band_power(night, "EEG O2-M1", Stage.N2, 12, 15)


def test_that_alpha_is_occipital_and_goes_with_sleep(night):
    wake, n1, n2 = (
        band_power(night, "EEG O2-M1", stage, 8, 12) for stage in (Stage.W, Stage.N1, Stage.N2)
    )
    assert wake > 4 * n1 > 4 * n2
    assert wake > 2 * band_power(night, "EEG F4-M1", Stage.W, 8, 12)


def test_that_eeg_has_the_amplitude_of_eeg(night):
    for stage, low_uv, high_uv in ((Stage.W, 5, 30), (Stage.N2, 8, 25), (Stage.N3, 20, 60)):
        typical_uv = np.median(np.std(epochs_of(night, "EEG Fpz-Cz", stage), axis=1))
        assert low_uv < typical_uv < high_uv


def test_that_chin_tone_falls_from_wake_over_n2_to_r(night):
    assert tone(night, Stage.W) > 1.5 * tone(night, Stage.N2)
    assert tone(night, Stage.N2) > 1.5 * tone(night, Stage.R)


def test_that_eyes_move_in_opposite_phase_in_r_and_frontal_waves_in_phase_in_n3(night):
    def correlation(stage):
        left, right = (
            epochs_of(night, label, stage).ravel() for label in ("EOG E1-M2", "EOG E2-M2")
        )
        return np.corrcoef(left, right)[0, 1]

    assert correlation(Stage.R) < -0.4
    assert correlation(Stage.W) < -0.2
    assert correlation(Stage.N3) > 0.5


def test_that_the_heart_beats_about_once_a_second(night):
    ecg = channel(night, "ECG")
    peaks, _ = scipy.signal.find_peaks(ecg.samples, height=0.6, distance=ecg.sfreq / 3)
    intervals_s = np.diff(peaks) / ecg.sfreq
    assert 0.8 < np.median(intervals_s) < 1.2
    assert intervals_s.max() < 2


def test_that_breathing_and_spo2_are_those_of_a_healthy_sleeper(night):
    flow, spo2 = channel(night, "Airflow"), channel(night, "SpO2")
    frequencies_hz, density = scipy.signal.welch(flow.samples, flow.sfreq, nperseg=2400)
    assert 0.2 < frequencies_hz[density.argmax()] < 0.3
    assert spo2.samples.min() >= 85
    assert spo2.samples.max() <= 100


@pytest.mark.parametrize("n_epochs", [1, 2, 30])
def test_that_a_night_can_be_short(n_epochs):
    night = simulate_night(seed=3, n_epochs=n_epochs)
    assert len(night.stages) == n_epochs
    for one in night.channels:
        assert one.samples.size == 30 * n_epochs * one.sfreq
        assert np.isfinite(one.samples).all()


def test_that_a_night_without_epochs_is_refused():
    with pytest.raises(ValueError, match="at least one epoch, not 0"):
        simulate_night(n_epochs=0)


def test_that_progress_rises_to_one_and_may_cancel():
    fractions = []
    simulate_night(n_epochs=2, progress=fractions.append)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1

    class CancelledError(Exception):
        pass

    def cancel(fraction):
        if fraction > 0.3:
            raise CancelledError

    with pytest.raises(CancelledError):
        simulate_night(n_epochs=2, progress=cancel)


# Planted apneas


@pytest.fixture(scope="module")
def apneic() -> SimulatedNight:
    return simulate_night(seed=2, n_epochs=480, apneas_per_h=40)


def around(night: SimulatedNight, label: str, times_s, before_s: float, after_s: float):
    """Pieces of a channel around moments, shape (n, n_times)."""
    found, pieces = channel(night, label), []
    for time_s in times_s:
        first = round((time_s - before_s) * found.sfreq)
        pieces.append(found.samples[first : first + round((before_s + after_s) * found.sfreq)])
    return np.array(pieces)


def apneas_of(night: SimulatedNight):
    return [one for one in night.events if one.kind is EventKind.OBSTRUCTIVE_APNEA]


def test_that_a_night_without_apneas_is_what_it_was(apneic):
    plain = simulate_night(seed=2, n_epochs=480)
    assert apneas_of(plain) == []
    assert [one.kind for one in plain.events] == [EventKind.HYPOPNEA] * len(plain.events)
    assert plain.stages == apneic.stages
    for label in ("EEG C4-M1", "ECG", "EMG Chin", "SpO2", "Airflow"):
        found, expected = channel(apneic, label).samples, channel(plain, label).samples
        assert found.shape == expected.shape
        assert not np.array_equal(found, expected)


def test_that_apneas_lie_in_sleep_and_apart(apneic):
    found = apneas_of(apneic)
    assert 60 < len(found) < 160
    for event in found:
        assert apneic.stages[int(event.onset_s // 30)] is not Stage.W
        assert 12 <= event.duration_s <= 32
    events = [(one.onset_s, one.stop_s) for one in apneic.events]
    assert all(stop < onset for (_, stop), (onset, _) in pairwise(events))


def test_that_an_apnea_leaves_its_traces_in_breath_heart_muscle_and_brain(apneic):
    found = [one for one in apneas_of(apneic) if one.duration_s > 16]
    ends = [one.stop_s for one in found]
    flow = np.abs(around(apneic, "Airflow", ends, 8, 30)).reshape(len(ends), 38, -1).max(axis=2)
    assert np.median(flow[:, 1:6]) < 0.15 * np.median(flow[:, 15:])
    muscle = around(apneic, "EMG Chin", ends, 8, 8).reshape(len(ends), 2, -1).std(axis=2)
    assert np.median(muscle[:, 1] / muscle[:, 0]) > 1.3
    ecg = np.diff(around(apneic, "ECG", ends, 10, 10)).clip(0)
    rates = [
        [
            np.diff(scipy.signal.find_peaks(half, 0.3, distance=50)[0]).mean()
            for half in np.array_split(one, 2)
        ]
        for one in ecg
    ]
    intervals = np.median(rates, axis=0)
    assert intervals[0] > 1.15 * intervals[1]  # slower in it than after it
    eeg = around(apneic, "EEG O2-M1", ends, 8, 8).reshape(len(ends), 2, -1)
    _, power = scipy.signal.welch(eeg, 100.0, nperseg=200)
    fast = power[..., 16:60].sum(axis=-1)  # 8 Hz and more
    assert np.median(fast[:, 1] / fast[:, 0]) > 1.3


def test_that_fewer_apneas_than_none_are_refused():
    with pytest.raises(ValueError, match="fewer than none"):
        simulate_night(n_epochs=2, apneas_per_h=-1)
