import numpy as np
import pytest

from sleepscorer.domain.versions import InputRange
from sleepscorer.domain.votes import SignalFault
from sleepscorer.signals.epoch_quality import EpochQuality, judged

KNOWN = InputRange(lowest_uv=4.0, usual_uv=16.0, highest_uv=60.0, least_sfreq=40.0)
N_EPOCHS = 40
NIGHT = slice(None)
FROM_20 = slice(20, None)


def eeg(seed: int, sfreq: float = 100.0) -> np.ndarray:
    """Noise with less and less power towards high frequencies, shape (epochs, times)."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=round(30 * sfreq) * N_EPOCHS)
    falling = np.exp(-np.arange(100) / (0.04 * sfreq))
    slow = np.convolve(np.convolve(noise, falling, "same"), falling, "same")
    return (slow / slow.std() * 15).reshape(N_EPOCHS, -1).astype(np.float32)


def flat(epochs, sfreq):
    epochs[:] = 0


def railed(epochs, sfreq):
    np.clip(epochs, -8, 8, out=epochs)


def huge(epochs, sfreq):
    epochs *= 100


def tiny(epochs, sfreq):
    epochs *= 0.01


def noisy(epochs, sfreq):
    epochs += np.random.default_rng(9).normal(0, 5, epochs.shape)


def mains(epochs, sfreq):
    epochs += 40 * np.sin(2 * np.pi * 50 * np.arange(epochs.shape[1]) / sfreq)


def votes(*nights: np.ndarray, sfreq: float = 100.0):
    return judged([EpochQuality.of(night.ravel(), sfreq) for night in nights], KNOWN)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (flat, SignalFault.FLAT),
        (huge, SignalFault.OUT_OF_RANGE),
        (tiny, SignalFault.OUT_OF_RANGE),
    ],
)
@pytest.mark.parametrize("where", [NIGHT, FROM_20])
def test_that_what_is_wrong_by_itself_leaves_nothing_to_stage(spoil, fault, where):
    night = eeg(0)
    spoil(night[where], 100.0)
    ((weights, faults),) = votes(night)
    if spoil is tiny and where is FROM_20:
        fault = SignalFault.FLAT  # beside an EEG, that is no signal
    expected = np.zeros(N_EPOCHS, np.int8)
    expected[where] = fault
    np.testing.assert_array_equal(faults, expected)
    np.testing.assert_array_equal(weights, expected == 0)


def test_that_a_signal_at_the_limits_of_its_amplifier_is_not_staged():
    night = eeg(0)
    railed(night, 100.0)
    ((weights, faults),) = votes(night)
    assert (faults == SignalFault.CLIPPED).all()
    assert not weights.any()


@pytest.mark.parametrize(
    ("spoil", "fault", "sfreq"),
    [(noisy, SignalFault.NOISE, 100.0), (mains, SignalFault.MAINS, 256.0)],
)
def test_that_a_disturbed_derivation_does_not_vote_from_then_on(spoil, fault, sfreq):
    nights = [eeg(seed, sfreq) for seed in range(3)]
    spoil(nights[1][FROM_20], sfreq)
    judgements = votes(*nights, sfreq=sfreq)
    for index in (0, 2):
        assert (judgements[index][0] == 1).all()
    weights, faults = judgements[1]
    assert (weights[:18] == 1).all()
    assert (weights[22:] == 0).all()
    assert (faults[22:] == fault).all()


@pytest.mark.parametrize("spoil", [noisy, mains])
def test_that_all_vote_where_all_are_disturbed_alike(spoil):
    nights = [eeg(seed, 256.0) for seed in range(2)]
    for night in nights:
        spoil(night, 256.0)
    for weights, faults in votes(*nights, sfreq=256.0):
        assert (weights == 1).all()
        assert not faults.any()


def test_that_what_is_no_eeg_has_no_vote_and_makes_no_noise_of_the_others():
    nights = [eeg(seed) for seed in range(3)]
    breath = 50 * np.sin(np.arange(nights[1].size) / 60).reshape(nights[1].shape)
    nights[1][:] = breath + np.random.default_rng(2).normal(0, 0.01, breath.shape)
    qualities = [EpochQuality.of(night.ravel(), 100.0) for night in nights]
    judgements = judged(qualities, KNOWN, [True, False, True])
    for index in (0, 2):
        assert (judgements[index][0] == 1).all()
    assert (judgements[1][0] == 0).all()
    assert (judgements[1][1] == SignalFault.NOT_FIT).all()


def test_that_what_is_no_eeg_is_staged_where_there_is_nothing_else():
    nights = [eeg(seed) for seed in range(2)]
    flat(nights[1], 100.0)
    qualities = [EpochQuality.of(night.ravel(), 100.0) for night in nights]
    for fit in ([False, True], [False, False]):
        (weights, faults), _ = judged(qualities, KNOWN, fit)
        assert (weights == 1).all()
        assert not faults.any()


def test_that_what_is_no_eeg_is_staged_where_the_others_are_lost_most_of_the_night():
    nights = [eeg(seed) for seed in range(2)]
    flat(nights[1][: 2 * len(nights[1]) // 3], 100.0)
    qualities = [EpochQuality.of(night.ravel(), 100.0) for night in nights]
    (weights, faults), _ = judged(qualities, KNOWN, [False, True])
    assert (weights == 1).all()
    assert not faults.any()


def test_that_a_burst_of_muscle_takes_no_vote_away():
    nights = [eeg(seed) for seed in range(2)]
    noisy(nights[0][20:22], 100.0)
    for weights, faults in votes(*nights):
        assert (weights == 1).all()
        assert not faults.any()


def test_that_gaps_are_no_fault_of_the_signal():
    night = eeg(0)
    night[3, 100:200] = np.nan
    quality = EpochQuality.of(night.ravel(), 100.0)
    np.testing.assert_array_equal(np.flatnonzero(~quality.is_measured), [3])
    assert not quality.faults(KNOWN).any()


@pytest.mark.parametrize("sfreq", [64.0, 1000 / 3, 512.0])
def test_that_epochs_are_measured_at_every_rate(sfreq):
    values = np.random.default_rng(0).normal(0, 20, int(90 * sfreq)).astype(np.float32)
    quality = EpochQuality.of(values, sfreq)
    assert quality.deviation_uv.shape == (3,)
    assert quality.is_measured.all()


def test_that_a_recording_without_an_epoch_has_nothing_to_measure():
    assert EpochQuality.of(np.zeros(100, np.float32), 100.0).fast.shape == (0,)
