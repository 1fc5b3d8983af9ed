"""NeuroNet as everybody else sees it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.files import Description
from model.network import STAGES, Answer, InputChannel, InputSpec, Progress, Runs, Task
from model.neuronet.config import NeuroNetConfig
from model.neuronet.network import NeuroNet
from model.registry import Architecture
from model.shared.stored import check_shapes, config_of, filled
from model.shared.windows import check_runs, over_windows

NAME = "neuronet"

_AT_ONCE = 32


def input_spec(config: NeuroNetConfig) -> InputSpec:
    """What a network of this configuration wants to see."""
    channel = InputChannel(config.role, config.band_hz, config.least_sfreq, is_scaled=True)
    return InputSpec((channel,), sfreq=config.encoder.sfreq, epoch_s=config.encoder.epoch_s)


class StagingNeuroNet(NeuroNet):
    """NeuroNet with the answers of the `Network` protocol."""

    @property
    def spec(self) -> InputSpec:
        """One channel, each recording scaled to its own interquartile range."""
        return input_spec(self.config)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The stages, once there is a head."""
        return () if self.head is None else (STAGES,)

    @torch.inference_mode()
    def predict(self, epochs: npt.NDArray[np.float32], runs: Runs, *, progress: Progress) -> Answer:
        """Stage epochs of shape (n, 1, 3000); the features have the shape (n, d)."""
        if self.training:
            raise ValueError("the network is in training mode")
        if epochs.shape[1:] != (1, self.spec.n_times):
            raise ValueError(f"expected epochs (n, 1, {self.spec.n_times}), got {epochs.shape}")
        check_runs(runs, len(epochs))
        features = np.full((len(epochs), self.config.encoder.d_model), np.nan, np.float32)
        probabilities = np.full((len(epochs), self.config.n_stages), np.nan, np.float32)
        n_scored, n_done = max(sum(stop - start for start, stop in runs), 1), 0
        device = self.encoder.position.device
        for start, stop in runs:
            if not np.isfinite(epochs[start:stop]).all():
                raise ValueError(f"epochs {start} to {stop} hold values that are not finite")
            for first in range(start, stop, _AT_ONCE):
                last = min(first + _AT_ONCE, stop)
                batch = torch.from_numpy(np.ascontiguousarray(epochs[first:last, 0]))
                features[first:last] = self.features(batch.to(device)).cpu().numpy()
                n_done += last - first
                progress(n_done / n_scored)
            if self.head is not None and start < stop:
                said = self.log_probabilities(torch.from_numpy(features[start:stop]).to(device))
                probabilities[start:stop] = (said / self.temperature).softmax(-1).cpu().numpy()
        return Answer({task.name: probabilities for task in self.tasks}, features)

    def log_probabilities(self, features: Tensor) -> Tensor:
        """Mean log-probabilities (n, n_stages) of the epochs of a run by their features (n, d)."""
        return over_windows(
            lambda sequences: F.log_softmax(self.judge(sequences), dim=-1),
            features,
            length=self.config.context_length,
            step=self.config.context_length,
            at_once=_AT_ONCE,
        )


def build(description: Description, tensors: Mapping[str, Tensor], device: str) -> StagingNeuroNet:
    """Make the network that a description and tensors are of, in evaluation mode."""
    config = config_of(description.configuration, NeuroNetConfig)
    if max(config.encoder.n_blocks, config.n_decoder_blocks) > len(tensors):
        raise ValueError("the configuration has more layers than there are tensors")
    check_shapes(lambda: StagingNeuroNet(config), tensors)
    network = filled(StagingNeuroNet(config), tensors, device)
    network.temperature = description.temperature
    return network


ARCHITECTURE = Architecture(build)
