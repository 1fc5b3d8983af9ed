"""SynthSleepNet as everybody else sees it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.files import Description
from model.network import STAGES, Answer, InputChannel, InputSpec, Progress, Runs, Task
from model.registry import Architecture
from model.shared.stored import check_shapes, config_of, filled
from model.shared.windows import check_runs, over_windows
from model.synthsleepnet.config import TASKS, SynthSleepNetConfig
from model.synthsleepnet.network import SynthSleepNet

NAME = "synthsleepnet"

_AT_ONCE = 32


def input_spec(config: SynthSleepNetConfig) -> InputSpec:
    """What a network of this configuration wants to see."""
    channels = tuple(
        InputChannel(
            channel.role,
            channel.band_hz,
            channel.least_sfreq,
            is_optional=index > 0,
            is_scaled=True,
        )
        for index, channel in enumerate(config.channels)
    )
    return InputSpec(channels, sfreq=config.encoder.sfreq, epoch_s=config.encoder.epoch_s)


class ScoringSynthSleepNet(SynthSleepNet):
    """SynthSleepNet with the answers of the `Network` protocol."""

    @property
    def spec(self) -> InputSpec:
        """All channels, each scaled to its own interquartile range in each recording."""
        return input_spec(self.config)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Those that it was trained to answer."""
        return tuple(TASKS[name] for name in self.heads)

    @torch.inference_mode()
    def predict(self, epochs: npt.NDArray[np.float32], runs: Runs, *, progress: Progress) -> Answer:
        """Judge epochs of shape (n, m, 3000); the features have the shape (n, d)."""
        if self.training:
            raise ValueError("the network is in training mode")
        spec = self.spec
        if epochs.shape[1:] != (len(spec.channels), spec.n_times):
            raise ValueError(
                f"expected epochs (n, {len(spec.channels)}, {spec.n_times}), got {epochs.shape}"
            )
        check_runs(runs, len(epochs))
        for start, stop in runs:
            _check_values(epochs[start:stop], start)
        features = np.full((len(epochs), self.config.d_model), np.nan, np.float32)
        probabilities = {
            task.name: np.full((len(epochs), len(task.classes)), np.nan, np.float32)
            for task in self.tasks
        }
        n_scored, n_done = max(sum(stop - start for start, stop in runs), 1), 0
        device = self.norm.weight.device
        for start, stop in runs:
            for first in range(start, stop, _AT_ONCE):
                last = min(first + _AT_ONCE, stop)
                batch = torch.from_numpy(np.ascontiguousarray(epochs[first:last])).to(device)
                features[first:last] = self.features(batch).cpu().numpy()
                n_done += last - first
                progress(n_done / n_scored)
            if start < stop:
                found = torch.from_numpy(features[start:stop]).to(device)
                for task, said in self.log_probabilities(found).items():
                    temperature = self.temperature if task == STAGES.name else 1.0
                    probabilities[task][start:stop] = (said / temperature).softmax(-1).cpu().numpy()
        return Answer(probabilities, features)

    def log_probabilities(self, features: Tensor) -> dict[str, Tensor]:
        """Mean log-probabilities (n, n_classes) of the epochs of a run by their features (n, d)."""
        return {task: self._log_probabilities(head, features) for task, head in self.heads.items()}

    def _log_probabilities(self, head: nn.Module, features: Tensor) -> Tensor:
        return over_windows(
            lambda sequences: F.log_softmax(head(sequences), dim=-1),
            features,
            length=self.config.context_length,
            step=self.config.context_length,
            at_once=_AT_ONCE,
        )


def _check_values(epochs: npt.NDArray[np.float32], start: int) -> None:
    """Refuse epochs (n, m, t) without the first channel, or with another one in part of them."""
    for index, epoch in enumerate(epochs):
        is_missing = np.isnan(epoch[:, 0])
        if is_missing[0] or not np.isfinite(epoch[~is_missing]).all():
            raise ValueError(
                f"epoch {start + index} holds values that are not finite, or lacks the first "
                "channel"
            )


def build(
    description: Description, tensors: Mapping[str, Tensor], device: str
) -> ScoringSynthSleepNet:
    """Make the network that a description and tensors are of, in evaluation mode."""
    config = config_of(description.configuration, SynthSleepNetConfig)
    n_layers = config.n_blocks + config.n_decoder_blocks + config.encoder.n_blocks
    if n_layers + len(config.channels) > len(tensors):
        raise ValueError("the configuration has more layers than there are tensors")
    check_shapes(lambda: ScoringSynthSleepNet(config), tensors)
    network = filled(ScoringSynthSleepNet(config), tensors, device)
    network.temperature = description.temperature
    return network


ARCHITECTURE = Architecture(build)
