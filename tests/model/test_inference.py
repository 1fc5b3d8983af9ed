from functools import partial

import numpy as np
import pytest
import torch

from model.mc2sleepnet import MC2SleepNet, inference
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.inference import STRIDE_EPOCHS, epoch_features, fuse_sequences

N_EPOCHS = 50

predict = partial(inference.predict, precision="float32")  # to the last digits


@pytest.fixture(scope="module")
def network() -> MC2SleepNet:
    torch.manual_seed(0)
    return MC2SleepNet().eval()


@pytest.fixture(scope="module")
def epochs() -> np.ndarray:
    rng = np.random.default_rng(0)
    gain = rng.uniform(1, 60, (N_EPOCHS, 1))
    return (rng.normal(size=(N_EPOCHS, 3000)) * gain).astype(np.float32)


@pytest.fixture(scope="module")
def probabilities(network, epochs) -> np.ndarray:
    return predict(network, epochs)


@pytest.fixture(scope="module")
def sequences(network, epochs) -> list[torch.Tensor]:
    """What the whole network says of each sequence, (21, 5)."""
    with torch.inference_mode():
        return [
            network(torch.tensor(epochs[start : start + 21])[None]).joint[0].log_softmax(dim=-1)
            for start in range(N_EPOCHS - 20)
        ]


def brute_force(sequences: list[torch.Tensor], stride: int) -> np.ndarray:
    """Fuse every so many sequences, and the last one, epoch by epoch."""
    seen: list[list[torch.Tensor]] = [[] for _ in range(N_EPOCHS)]
    for start, sequence in enumerate(sequences):
        if start % stride == 0 or start == len(sequences) - 1:
            for position, row in enumerate(sequence):
                seen[start + position].append(row)
    return torch.stack([torch.stack(rows).mean(dim=0) for rows in seen]).numpy()


@pytest.mark.parametrize("stride", [1, 2, 3, 21])
def test_that_sliding_over_cached_features_equals_brute_force(network, epochs, sequences, stride):
    fused = fuse_sequences(network, epoch_features(network, epochs), stride=stride)
    np.testing.assert_allclose(fused, brute_force(sequences, stride), atol=1e-5)


def test_that_a_recording_is_staged_with_that_stride(sequences, probabilities):
    expected = torch.tensor(brute_force(sequences, STRIDE_EPOCHS)).softmax(dim=-1)
    np.testing.assert_allclose(probabilities, expected, atol=1e-5)


def test_that_sequences_shorter_than_the_stride_leave_no_epoch_out(epochs):
    torch.manual_seed(0)
    short = MC2SleepNet(MC2SleepNetConfig(sequence_length=2)).eval()
    assert np.isfinite(predict(short, epochs[:8])).all()


def test_that_rows_are_probability_distributions(probabilities):
    assert probabilities.shape == (N_EPOCHS, 5)
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("batch_size", [1, 7, 64])
def test_that_the_batch_size_does_not_change_the_result(network, epochs, probabilities, batch_size):
    other = predict(network, epochs, batch_size=batch_size)
    np.testing.assert_allclose(other, probabilities, atol=1e-5)


def test_that_sequences_do_not_cross_from_one_run_into_the_next(network, epochs):
    together = predict(network, epochs, runs=[(2, 27), (27, 30), (35, 36)])
    for start, stop in [(2, 27), (27, 30), (35, 36)]:
        alone = predict(network, epochs[start:stop])
        np.testing.assert_allclose(together[start:stop], alone, atol=1e-5)


def test_that_epochs_outside_all_runs_have_no_probabilities(network, epochs):
    with_gap = epochs.copy()
    with_gap[20:25] = np.nan
    result = predict(network, with_gap, runs=[(0, 20), (25, 40)])
    missing = np.isnan(result).all(axis=1)
    np.testing.assert_array_equal(np.flatnonzero(missing), [*range(20, 25), *range(40, N_EPOCHS)])
    assert np.isfinite(result[~missing]).all()


@pytest.mark.parametrize("runs", [[], [(3, 3)]])
def test_that_nothing_to_score_gives_no_probabilities(network, epochs, runs):
    assert np.isnan(predict(network, epochs, runs=runs)).all()


def test_that_an_empty_recording_gives_an_empty_result(network):
    assert predict(network, np.empty((0, 3000), np.float32)).shape == (0, 5)


def test_that_temperature_flattens_without_changing_the_stage(epochs, probabilities):
    torch.manual_seed(0)
    network = MC2SleepNet().eval()
    network.temperature = 3.0
    flatter = predict(network, epochs)
    np.testing.assert_array_equal(flatter.argmax(axis=1), probabilities.argmax(axis=1))
    assert (flatter.max(axis=1) < probabilities.max(axis=1)).all()


def test_that_progress_rises_to_one(network, epochs):
    fractions: list[float] = []
    predict(network, epochs, runs=[(0, 30), (30, 50)], progress=fractions.append)
    assert fractions == sorted(fractions)
    assert fractions[0] == 0.0
    assert fractions[-1] == 1.0
    assert len(fractions) > 5


def test_that_progress_can_cancel(network, epochs):
    class CancelledError(Exception):
        pass

    def cancel(fraction: float) -> None:
        if fraction > 0.3:
            raise CancelledError

    with pytest.raises(CancelledError):
        predict(network, epochs, progress=cancel)


@pytest.mark.parametrize(
    ("runs", "message"),
    [
        ([(0, N_EPOCHS + 1)], "not within"),
        ([(-1, 3)], "not within"),
        ([(5, 3)], "not within"),
        ([(0, 10), (9, 20)], "overlaps"),
        ([(20, 30), (0, 10)], "overlaps"),
    ],
)
def test_that_impossible_runs_are_refused(network, epochs, runs, message):
    with pytest.raises(ValueError, match=message):
        predict(network, epochs, runs=runs)


def test_that_values_that_are_not_finite_are_refused(network, epochs):
    spoilt = epochs.copy()
    spoilt[43, 100] = np.inf
    with pytest.raises(ValueError, match="not finite at or after epoch 40"):
        predict(network, spoilt)


@pytest.mark.parametrize("shape", [(4, 2999), (3000,)])
def test_that_epochs_of_another_length_are_refused(network, shape):
    with pytest.raises(ValueError, match="shape"):
        predict(network, np.zeros(shape, np.float32))


def test_that_a_batch_size_of_zero_is_refused(network, epochs):
    with pytest.raises(ValueError, match="batch_size"):
        predict(network, epochs, batch_size=0)


def test_that_a_network_in_training_mode_is_refused(epochs):
    with pytest.raises(ValueError, match="training mode"):
        predict(MC2SleepNet().train(), epochs)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_that_cuda_gives_the_same_probabilities(epochs, probabilities):
    torch.manual_seed(0)
    network = MC2SleepNet().eval()
    on_cuda = predict(network, epochs, device="cuda")
    np.testing.assert_allclose(on_cuda, probabilities, atol=5e-3)
