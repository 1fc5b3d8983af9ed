"""Heads learn their tasks: on kept features, or through the second adapters.

Legend of the shape comments: n epochs of a night, b sequences, l epochs in a sequence, m channels,
t samples, d width of an embedding.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.synthsleepnet.architecture import ScoringSynthSleepNet
from model.synthsleepnet.config import TASKS
from training.data.modalities import ModalNight
from training.data.sequences import SequenceDrawer
from training.engine.loop import ScheduledAdam, autocast
from training.engine.parallel import check_share, own_share, process_index
from training.engine.randomness import Purpose, seed_draws
from training.engine.selection import Measured, SelectingStage, Selection, measure
from training.mc2sleepnet.sequence_stage import class_weights
from training.synthsleepnet.config import SynthSleepNetTrainingConfig, TaskStageConfig
from training.synthsleepnet.nights import dropped, read

_AT_ONCE = 32


@torch.inference_mode()
def features_of(network: ScoringSynthSleepNet, night: ModalNight) -> Tensor:
    """Features (n, d) of a night's epochs in runs, NaN outside."""
    device = network.norm.weight.device
    found = torch.full((len(night.stages), network.config.d_model), torch.nan)
    for start, stop in night.runs:
        for first in range(start, stop, _AT_ONCE):
            last = min(first + _AT_ONCE, stop)
            epochs = torch.from_numpy(read(night, first, last)).to(device)
            found[first:last] = network.features(epochs).float().cpu()
    return found


class TaskStage(SelectingStage):
    """Trains the heads of a network, with its second adapters where it has them.

    Sequences lie within a run of one night: the published code's cross from one recording into the
    next. The step that is kept is chosen on the validation nights, by the first task.
    """

    def __init__(
        self,
        network: ScoringSynthSleepNet,
        training: Sequence[ModalNight],
        validation: Sequence[ModalNight],
        stage: TaskStageConfig,
        config: SynthSleepNetTrainingConfig,
    ) -> None:
        check_share(stage.batch_size // stage.n_parts)
        self.name: str = network.config.head
        self.n_steps = stage.steps
        self._network = network
        self._training = training
        self._validation = validation
        self._stage = stage
        self._config = config
        self._device = network.norm.weight.device
        self._length = 1 if network.config.head == "probe" else network.config.context_length
        self._drawer = SequenceDrawer(
            [night.runs for night in training], self._length, distinct_nights=False
        )
        self._targets = {
            task: [torch.tensor(night.target(task), dtype=torch.long) for night in training]
            for task in network.config.tasks
        }
        for task, targets in self._targets.items():
            if not (torch.cat(targets) >= 0).any():
                raise ValueError(f"nobody of the labelled subjects has an answer to {task}")
        self._class_weights = {
            task: class_weights(
                torch.cat(targets), len(TASKS[task].classes), stage.class_balance
            ).to(self._device)
            for task, targets in self._targets.items()
        }
        network.requires_grad_(False)
        parts: list[nn.Module] = [network.heads, network.tuning]
        parts += [one.get_submodule("tuning") for one in network.adapters]
        self._learning = nn.ModuleList(parts).requires_grad_(True)
        self._optimiser = ScheduledAdam(self._learning, self._loss, stage, config.optimisation)
        self._selection = Selection(network, config.selection)
        self._kept: list[Tensor] | None = None
        self._kept_validation: list[Tensor] | None = None
        if not network.config.has_tuning:
            network.eval()
            # Copies: what is made without gradients can't be trained on.
            self._kept = [features_of(network, night).clone() for night in training]
            self._kept_validation = [features_of(network, night) for night in validation]

    def train_step(self, step: int) -> float:
        """Make one step on sequences from random places of random nights."""
        stage = self._stage
        rng = seed_draws(self._config.seed, Purpose.HEAD_STAGE_STEP, step)
        places = self._drawer.draw(rng, stage.batch_size)
        seed_draws(self._config.seed, Purpose.HEAD_STAGE_STEP, step, process_index() + 1)
        self._network.eval()
        self._learning.train()
        parts = torch.arange(len(places)).chunk(stage.n_parts)
        own = [[places[index] for index in own_share(part).tolist()] for part in parts]
        return self._optimiser.descend_mean(step, [[part] for part in own])

    def _loss(self, places: Sequence[tuple[int, int]]) -> Tensor:
        with autocast(self._device, self._config.optimisation.precision):
            logits = self._network.judge(self._features(places))  # (b, l, c) each
        losses = []
        for task, said in logits.items():
            targets = self._targets[task]
            target = torch.cat(
                [targets[night][first : first + self._length] for night, first in places]
            ).to(self._device)
            summed = F.cross_entropy(
                said.float().flatten(0, 1),
                target,
                weight=self._class_weights[task],
                ignore_index=-1,
                reduction="sum",
            )
            losses.append(summed / (target >= 0).sum().clamp(min=1))
        return torch.stack(losses).sum()

    def _features(self, places: Sequence[tuple[int, int]]) -> Tensor:
        """Features (b, l, d) of sequences."""
        if self._kept is not None:
            kept = self._kept
            found = [kept[night][first : first + self._length] for night, first in places]
            return torch.stack(found).to(self._device)
        epochs = np.concatenate(
            [read(self._training[night], first, first + self._length) for night, first in places]
        )
        altered = dropped(torch.from_numpy(epochs), self._stage.channel_dropout)  # (b·l, m, t)
        features = self._network.features(altered.to(self._device))
        return features.reshape(len(places), self._length, -1)

    def _measure(self) -> Measured:
        """Agreement with the validation nights on the first task, and its mean cross-entropy."""
        kept = self._kept_validation
        task = self._network.config.tasks[0]
        said = torch.cat(
            [
                said_of(
                    self._network,
                    night,
                    features_of(self._network, night) if kept is None else kept[index],
                )[task]
                for index, night in enumerate(self._validation)
            ]
        )
        targets = [night.target(task).astype(np.int64) for night in self._validation]
        known = torch.from_numpy(np.concatenate(targets))
        known[said.isnan().any(dim=1)] = -1
        return measure(said.nan_to_num(), known)


@torch.no_grad()
def said_of(
    network: ScoringSynthSleepNet, night: ModalNight, features: Tensor
) -> dict[str, Tensor]:
    """Log-probabilities (n, c) of each task by the features (n, d) of a night, NaN outside runs."""
    device = network.norm.weight.device
    said = {
        task: torch.full((len(features), len(TASKS[task].classes)), torch.nan)
        for task in network.config.tasks
    }
    for start, stop in night.runs:
        if start < stop:
            found = network.log_probabilities(features[start:stop].to(device))
            for task, rows in found.items():
                said[task][start:stop] = rows.float().cpu()
    return said
