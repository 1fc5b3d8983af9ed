"""Small simulated nights in the form of the real partial epochs."""

from pathlib import Path

import numpy as np
import pytest

_RHYTHM_HZ = (10.0, 6.0, 13.0, 1.0, 4.0)
_AMPLITUDE_UV = (20.0, 10.0, 25.0, 80.0, 12.0)


@pytest.fixture(scope="session")
def night_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three subjects, one of them with two nights; 60 epochs each, stages easy to tell."""
    folder = tmp_path_factory.mktemp("nights")
    for index, name in enumerate(("SC4001", "SC4002", "SC4011", "SC4021")):
        rng = np.random.default_rng(index)
        stages = np.repeat(rng.permutation(5), 12).astype(np.int8)
        time_s = np.arange(500) / 100
        phase = rng.uniform(0, 2 * np.pi, (60, 1))
        frequency = np.array(_RHYTHM_HZ)[stages, None]
        rhythm = np.sin(2 * np.pi * frequency * time_s + phase)
        pieces_uv = np.array(_AMPLITUDE_UV)[stages, None] * rhythm + rng.normal(0, 5, (60, 500))
        np.savez(
            folder / f"{name}.npz",
            samples_duv=np.round(pieces_uv * 10).astype(np.int16),
            stages=stages,
        )
    return folder
