from collections.abc import Callable
from pathlib import Path

import pytest
import safetensors.torch
import torch

from model import files
from model.files import Ancestor, Description, InputRange
from sleepscorer.models.store import ModelStore

ROW = (0.1, 0.1, 0.2, 0.1, 0.5)


@pytest.fixture(autouse=True)
def _another_network(other_networks: None) -> None:
    """Its folder is there, and nothing else is done for it."""


@pytest.fixture
def write_constant(tmp_path: Path) -> Callable[..., Path]:
    """Write a version of the other network."""

    def write(
        version: str = "1",
        *,
        row: tuple[float, ...] = ROW,
        subjects: tuple[str, ...] = (),
        ancestors: tuple[Ancestor, ...] = (),
    ) -> Path:
        description = Description(
            architecture="constant",
            name="Constant",
            version=version,
            configuration={"sharpness": 1.0},
            training={"train_subjects": list(subjects)},
            input_range=InputRange(1.0, 10.0, 100.0, 70.0),
            ancestors=ancestors,
            card="# Always the same",
        )
        path = tmp_path / f"constant-{version}.safetensors"
        files.write(path, description, safetensors.torch.save({"row": torch.tensor(row)}))
        return path

    return write


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "store")
