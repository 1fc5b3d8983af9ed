"""Small nights with clear stages, a small network, and a library of its own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import torch

from model import weights
from model.files import InputRange
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.weights import save
from model.weights import LoadedModel
from sleepscorer.domain.channels import Channel, Derivation, kind_of_label
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.recording import Recording, Stretch, sample_range
from sleepscorer.domain.scoring import EpochScore, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.loop.collection import Library

RHYTHM_HZ = (10.0, 6.0, 13.0, 1.0, 4.0)
AMPLITUDE_UV = (20.0, 10.0, 25.0, 80.0, 12.0)
DERIVATION = Derivation("Fpz-Cz")
N_EPOCHS = 30

TINY_NETWORK = MC2SleepNetConfig(
    sequence_length=7, n_heads=2, d_feedforward=16, n_epoch_layers=1, n_sequence_layers=1
)


class RhythmNight(Recording):
    """A rhythm of its own for each stage; the header says whose night it is."""

    def __init__(
        self,
        number: int,
        patient: str = "",
        *,
        gap_epochs: tuple[int, ...] = (),
        folder: Path = Path(),
    ) -> None:
        duration_s = N_EPOCHS * 30.0
        super().__init__(
            folder / f"night{number}.edf",
            start=datetime(2026, 1, 1, 22) + timedelta(days=number),
            channels=(Channel(0, "Fpz-Cz", kind_of_label("Fpz-Cz"), "µV", 100.0),),
            stretches=(Stretch(0.0, duration_s),),
            content=f"{number}",
        )
        self._patient = patient
        rng = np.random.default_rng(number)
        self.true_stages = np.repeat(rng.permutation(5), N_EPOCHS // 5)
        times_s = np.arange(round(duration_s * 100)) / 100
        stage = np.repeat(self.true_stages, 3000)
        rhythm = np.sin(2 * np.pi * np.array(RHYTHM_HZ)[stage] * times_s)
        signal = np.array(AMPLITUDE_UV)[stage] * rhythm + rng.normal(0, 5, times_s.size)
        for epoch in gap_epochs:
            signal[epoch * 3000 : (epoch + 1) * 3000] = np.nan
        self._signal = signal.astype(np.float32)

    @property
    def identification(self) -> tuple[str, str]:
        return self._patient, "Startdate 01-JAN-2026 X X X" if self._patient else ""

    def read(self, channel, start_s, stop_s):
        first, stop = sample_range(start_s, stop_s, 100.0, self._signal.size)
        return self._signal[first:stop].copy()

    def read_annotations(self):
        return ()

    def close(self) -> None:
        pass


def _signed_scoring(
    night: RhythmNight,
    *,
    n_left: int = 10,
    by: str = "Ana",
    at: datetime = datetime(2026, 2, 1, tzinfo=UTC),
    stages: np.ndarray | None = None,
) -> Scoring:
    """Stages of a night: the first ones the model's that were left, the others a person's.

    The model said N1 wherever a person said N2.
    """
    said = night.true_stages if stages is None else stages
    predicted = np.where(said == Stage.N2, Stage.N1, said)
    model, person = Model("Net 0", "a" * 64), Person(by, saw_model=True)
    scores = [
        EpochScore(Stage(predicted[epoch]), model)
        if epoch < n_left
        else EpochScore(Stage(said[epoch]), person)
        for epoch in range(len(said))
    ]
    hypnodensity = Hypnodensity(
        np.eye(5, dtype=np.float32)[predicted], "Net 0", "a" * 64, DERIVATION.name
    )
    return Scoring(
        len(said), scores=scores, hypnodensity=hypnodensity, scorer=by, sign_off=SignOff(by, at)
    )


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


@pytest.fixture(scope="session")
def write_tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write a version of a small MC²SleepNet; another seed is another network."""

    def write(seed: int = 0, version: str = "0", subjects: tuple[str, ...] = ("x",)) -> Path:
        torch.manual_seed(seed)
        network = MC2SleepNet(TINY_NETWORK)
        path = tmp_path_factory.mktemp("weights") / f"net-{version}.safetensors"
        save(
            path,
            network,
            name="Net",
            version=version,
            training={"train_subjects": list(subjects)},
            input_range=InputRange(1.0, 10.0, 100.0, 70.0),
        )
        return path

    return write


@pytest.fixture(scope="session")
def tiny_model(write_tiny) -> LoadedModel:
    return weights.load(write_tiny(), "cpu")


@pytest.fixture(scope="session")
def make_night() -> type[RhythmNight]:
    return RhythmNight


@pytest.fixture(scope="session")
def signed_scoring() -> Callable[..., Scoring]:
    return _signed_scoring
