"""MC²SleepNet as everybody else sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt
from torch import Tensor

from model.files import Description
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.inference import predict_with_features, probabilities_of_features
from model.mc2sleepnet.network import MC2SleepNet
from model.mc2sleepnet.occlusion import occlusion
from model.mc2sleepnet.preprocessing import INPUT
from model.network import STAGES, Answer, Progress, Runs
from model.registry import Architecture
from model.shared.stored import check_shapes, filled

NAME = "mc2sleepnet"

_LATER_ENTRIES = {
    "activation",
    "double_residual",
    "epoch_pooling",
    "cross_memory",
    "projection",
    "heads",
    "linear_bias",
    "resize_kernel",
}
"""Weights from before these could be chosen don't say them: they are what is now the default."""


class StagingMC2SleepNet(MC2SleepNet):
    """MC²SleepNet with the answers of the `Network` protocol; it explains them too."""

    spec = INPUT
    tasks = (STAGES,)

    def predict(self, epochs: npt.NDArray[np.float32], runs: Runs, *, progress: Progress) -> Answer:
        """Stage epochs of shape (n, 1, 3000)."""
        found = predict_with_features(self, epochs[:, 0], runs=runs, progress=progress)
        return Answer({STAGES.name: found.probabilities}, found.features)

    @property
    def features_sha256(self) -> str:
        """Hash of the parameters and statistics of the epoch model."""
        digest = hashlib.sha256()
        for name, tensor in sorted(self.epoch_model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
        return digest.hexdigest()

    def judge(self, features: npt.NDArray[np.float32], runs: Runs) -> Answer:
        """Stage epochs by their features of shape (n, 2, d)."""
        probabilities = probabilities_of_features(self, features, runs)
        return Answer({STAGES.name: probabilities}, features)

    def explain(
        self,
        epochs: npt.NDArray[np.float32],
        features: npt.NDArray[np.float32],
        epoch: int,
        stage: int,
    ) -> npt.NDArray[np.float32]:
        """Measure by occlusion how much each second of an epoch speaks for a stage."""
        return occlusion(self, epochs[:, 0], features, epoch, stage)


def build(
    description: Description, tensors: Mapping[str, Tensor], device: str
) -> StagingMC2SleepNet:
    """Make the network that a description and tensors are of, in evaluation mode."""
    config = _config(description.configuration)
    if config.n_epoch_layers + config.n_sequence_layers > len(tensors):
        raise ValueError("the configuration has more layers than there are tensors")
    check_shapes(lambda: StagingMC2SleepNet(config), tensors)
    network = filled(StagingMC2SleepNet(config), tensors, device)
    network.temperature = description.temperature
    return network


def _config(entries: Mapping[str, Any]) -> MC2SleepNetConfig:
    named = {field.name for field in fields(MC2SleepNetConfig)}
    missing = named - _LATER_ENTRIES - entries.keys()
    if missing:
        # A default might have changed since: weights say all of their architecture.
        raise KeyError(f"configuration: {', '.join(sorted(missing))}")
    return MC2SleepNetConfig(**entries)


ARCHITECTURE = Architecture(build)
