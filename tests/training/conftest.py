"""Small simulated nights in the form of the real partial epochs, and a small network."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from model.mc2sleepnet.config import MC2SleepNetConfig
from training.data.config import EpochsConfig
from training.engine.config import SelectionConfig
from training.mc2sleepnet.config import (
    EpochStageConfig,
    PretrainStageConfig,
    SequenceStageConfig,
    SplitConfig,
    TrainingConfig,
)

_RHYTHM_HZ = (10.0, 6.0, 13.0, 1.0, 4.0)
_AMPLITUDE_UV = (20.0, 10.0, 25.0, 80.0, 12.0)
N_EPOCHS = 20

TINY_NETWORK = MC2SleepNetConfig(
    sequence_length=7, n_heads=2, d_feedforward=16, n_epoch_layers=1, n_sequence_layers=1
)


@pytest.fixture(scope="session")
def night_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three subjects, one of them with two nights; 20 epochs each, stages easy to tell."""
    folder = tmp_path_factory.mktemp("nights")
    for index, name in enumerate(("SC4001", "SC4002", "SC4011", "SC4021")):
        rng = np.random.default_rng(index)
        stages = np.repeat(rng.permutation(5), N_EPOCHS // 5).astype(np.int8)
        time_s = np.arange(500) / 100
        phase = rng.uniform(0, 2 * np.pi, (N_EPOCHS, 1))
        frequency = np.array(_RHYTHM_HZ)[stages, None]
        rhythm = np.sin(2 * np.pi * frequency * time_s + phase)
        noise = rng.normal(0, 5, (N_EPOCHS, 500))
        pieces_uv = np.array(_AMPLITUDE_UV)[stages, None] * rhythm + noise
        np.savez(
            folder / f"{name}.npz",
            samples_duv=np.round(pieces_uv * 10).astype(np.int16),
            stages=stages,
        )
    return folder


@pytest.fixture(scope="session")
def wake_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two awake people, with two derivations of noise."""
    folder = tmp_path_factory.mktemp("wake")
    for subject in ("00", "01"):
        for part, n_times in (("rest", 6100), ("task", 3050)):
            rng = np.random.default_rng([int(subject), n_times])
            np.savez(
                folder / f"eegmat{subject}-{part}.npz",
                samples_duv=rng.normal(0, 100, (2, n_times)).astype(np.int16),
                derivations=np.array(["Fpz*-Cz", "C3-A2"]),
                sfreq=100.0,
            )
    return folder


@pytest.fixture(scope="session")
def tiny_network_table() -> str:
    """The small network as a table of a configuration file."""
    usual, tiny = asdict(MC2SleepNetConfig()), asdict(TINY_NETWORK)
    entries = (f"{name} = {value}" for name, value in tiny.items() if value != usual[name])
    return "\n".join(("", "[network]", *entries, ""))


@pytest.fixture(scope="session")
def tiny_config() -> TrainingConfig:
    """All three stages with a few steps of a small network."""
    return TrainingConfig(
        name="Net",
        version="0",
        seed=3,
        checkpoint_every=2,
        network=TINY_NETWORK,
        split=SplitConfig(validation_subjects=("01",), test_subjects=("02",)),
        epochs=EpochsConfig(sequence_kinds=("mosaic", "mirrored")),
        selection=SelectionConfig(validate_every=2),
        epoch=EpochStageConfig(steps=3, batch_size=4, warmup_steps=1),
        pretraining=PretrainStageConfig(steps=3, batch_size=2),
        sequence=SequenceStageConfig(
            steps=3, batch_size=4, warmup_steps=1, feature_copies=2, averaging=0.5
        ),
    )
