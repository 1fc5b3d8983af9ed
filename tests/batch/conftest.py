from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from model.files import Description, InputRange
from model.mc2sleepnet.architecture import StagingMC2SleepNet
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.inference import Prediction
from model.weights import LoadedModel
from sleepscorer.io.edf_writing import write_edf


class Signal:
    def __init__(self, seed: int, n_epochs: int) -> None:
        self.label, self.unit, self.sfreq, self.physical_range = "EEG Fpz-Cz", "uV", 100.0, None
        noise = np.random.default_rng(seed).normal(size=3000 * n_epochs)
        # With less and less power towards higher frequencies, as an EEG has.
        self.samples = np.convolve(noise, 10 * np.ones(5), "same").astype(np.float32)


@pytest.fixture
def write_night() -> Callable[..., Path]:
    """Write a recording of noise, and of other channels."""

    def write(path: Path, *others: object, seed: int = 0, n_epochs: int = 3) -> Path:
        path.parent.mkdir(exist_ok=True, parents=True)
        write_edf(path, [Signal(seed, n_epochs), *others], start=None)
        return path

    return write


@pytest.fixture
def archive(tmp_path, write_night) -> Path:
    """Four nights in a tree."""
    folder = tmp_path / "archive"
    for seed, name in enumerate(("a.edf", "b.edf", "2026/a.edf", "2026/march/c.EDF")):
        write_night(folder / name, seed=seed)
    return folder


@pytest.fixture
def use_network(monkeypatch) -> Callable[..., None]:
    """Stage without a network, as a version that always says N2."""

    def use(version: str = "1", **options) -> None:
        tiny = MC2SleepNetConfig(n_epoch_layers=1, n_sequence_layers=1, d_feedforward=8)
        known = InputRange(lowest_uv=4.0, usual_uv=16.0, highest_uv=60.0, least_sfreq=40.0)
        description = Description("mc2sleepnet", "Net", version, {}, input_range=known)
        hash_of_version = version.zfill(64)
        model = LoadedModel(
            StagingMC2SleepNet(tiny), description, hash_of_version, "cpu", **options
        )
        monkeypatch.setattr("sleepscorer.headless.load_model", lambda _sha256: model)

    def predict(network, epochs, *, runs, progress):
        progress(1.0)
        probabilities = np.tile(np.float32([0.1, 0.1, 0.6, 0.1, 0.1]), (len(epochs), 1))
        return Prediction(probabilities, np.zeros((len(epochs), 2, 8), np.float32))

    monkeypatch.setattr("model.mc2sleepnet.architecture.predict_with_features", predict)
    return use
