"""A head learns stages from kept features: the linear probe, or the temporal context module.

The encoder stands still but, under the context module, for its last feed-forward part, which the
kept features have not been through yet: see :meth:`model.neuronet.network.NeuroNet.features`.

Legend of the shape comments: n epochs of a night, b sequences, l epochs in a sequence, d width.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model.neuronet.architecture import StagingNeuroNet
from sleepscorer.jobs.events import StepDone
from training.data.config import EpochKind
from training.data.sequences import SequenceDrawer
from training.engine.loop import ScheduledAdam, autocast
from training.engine.parallel import check_share, own_share, process_index
from training.engine.progress import Report
from training.engine.randomness import Purpose, seed_draws
from training.engine.selection import Measured, SelectingStage, Selection, measure
from training.evaluation.calibration import fit_temperature
from training.mc2sleepnet.sequence_stage import CachedNight, class_weights
from training.neuronet.config import HeadStageConfig, NeuroNetTrainingConfig
from training.neuronet.nights import ScaledNights

_AT_ONCE = 64


@torch.inference_mode()
def features_of(network: StagingNeuroNet, epochs: np.ndarray) -> Tensor:
    """Kept features (n, d) of scaled epochs (n, n_times)."""
    device = network.encoder.position.device
    batches = (epochs[first : first + _AT_ONCE] for first in range(0, len(epochs), _AT_ONCE))
    return torch.cat(
        [network.features(torch.from_numpy(np.ascontiguousarray(b)).to(device)) for b in batches]
    )


def cache_training_nights(
    network: StagingNeuroNet,
    nights: ScaledNights,
    kinds: Sequence[EpochKind],
    n_copies: int,
    seed: int,
    report: Report,
) -> list[CachedNight]:
    """Draw and encode versions of each night; a whole night has one."""
    network.eval()
    places = [
        (copy, index)
        for copy in range(n_copies)
        for index, night in enumerate(nights.nights)
        if night.is_partial or copy == 0
    ]
    cached = []
    for done, (copy, index) in enumerate(places):
        rng = seed_draws(seed, Purpose.HEAD_STAGE_NIGHT, copy, index)
        epochs = nights.drawn(index, kinds[copy % len(kinds)], rng)
        cached.append(_cached(network, nights, index, epochs))
        report(StepDone("features", done + 1, len(places)))
    return cached


def cache_validation_nights(network: StagingNeuroNet, nights: ScaledNights) -> list[CachedNight]:
    """Encode the epochs of each night that are validated on."""
    network.eval()
    return [
        _cached(network, nights, index, nights.validated(index))
        for index in range(len(nights.nights))
    ]


def _cached(
    network: StagingNeuroNet, nights: ScaledNights, index: int, epochs: np.ndarray
) -> CachedNight:
    night = nights.nights[index]
    stages = torch.tensor(night.stages, dtype=torch.long)
    # A copy: what is made without gradients can't be trained on.
    return CachedNight(features_of(network, epochs).clone(), stages, night.runs)


def said_of(network: StagingNeuroNet, night: CachedNight) -> Tensor:
    """Mean log-probabilities (n, 5) of a night's epochs, NaN outside its runs."""
    said = night.features.new_full((len(night.stages), network.config.n_stages), torch.nan)
    with torch.no_grad():
        for start, stop in night.runs:
            if start < stop:
                said[start:stop] = network.log_probabilities(night.features[start:stop])
    return said


def validated_temperature(network: StagingNeuroNet, nights: Sequence[CachedNight]) -> float:
    """Temperature that fits the validation nights."""
    network.eval()
    said = torch.cat([said_of(network, night) for night in nights]).cpu()
    stages = torch.cat([night.stages for night in nights])
    counts = (stages >= 0) & said.isfinite().all(dim=1)
    return round(fit_temperature(said[counts].numpy(), stages[counts].numpy()), 4)


class HeadStage(SelectingStage):
    """Trains the head of a network on cached nights, and keeps the best validation's."""

    def __init__(
        self,
        network: StagingNeuroNet,
        training: Sequence[CachedNight],
        validation: Sequence[CachedNight],
        stage: HeadStageConfig,
        config: NeuroNetTrainingConfig,
    ) -> None:
        if network.head is None:
            raise ValueError("the network has no head to train")
        check_share(stage.batch_size)
        self.name: str = network.config.head
        self.n_steps = stage.steps
        self._network = network
        self._head = network.head
        self._training = training
        self._validation = validation
        self._stage = stage
        self._config = config
        self._device = network.encoder.position.device
        self._length = 1 if network.config.head == "probe" else network.config.context_length
        self._drawer = SequenceDrawer(
            [night.runs for night in training], self._length, distinct_nights=False
        )
        stages = torch.cat([night.stages for night in training])
        self._class_weights = class_weights(
            stages, network.config.n_stages, stage.class_balance
        ).to(self._device)
        network.requires_grad_(False)
        self._head.requires_grad_(True)
        learning = nn.ModuleList([self._head])
        if stage.unfrozen_mlp:
            learning.append(network.encoder.last_block.mlp.requires_grad_(True))
        self._optimiser = ScheduledAdam(learning, self._loss, stage, config.optimisation)
        self._selection = Selection(network, config.selection)

    def train_step(self, step: int) -> float:
        """Make one step on sequences from random places of random nights."""
        rng = seed_draws(self._config.seed, Purpose.HEAD_STAGE_STEP, step)
        places = self._drawer.draw(rng, self._stage.batch_size)
        features, stages = [], []
        for index in own_share(torch.arange(len(places))).tolist():
            night, first = places[index]
            features.append(self._training[night].features[first : first + self._length])
            stages.append(self._training[night].stages[first : first + self._length])
        seed_draws(self._config.seed, Purpose.HEAD_STAGE_STEP, step, process_index() + 1)
        self._network.eval()
        self._head.train()
        return self._optimiser.descend(step, torch.stack(features), torch.stack(stages))

    def _loss(self, features: Tensor, stages: Tensor) -> Tensor:
        with autocast(self._device, self._config.optimisation.precision):
            logits = self._network.judge(features)  # (b, l, 5)
        target = stages.flatten().to(self._device)
        summed = F.cross_entropy(
            logits.float().flatten(0, 1),
            target,
            weight=self._class_weights,
            ignore_index=-1,
            reduction="sum",
        )
        return summed / (target >= 0).sum().clamp(min=1)

    def _measure(self) -> Measured:
        """Agreement with the validation nights, and their mean cross-entropy."""
        said = torch.cat([said_of(self._network, night) for night in self._validation])
        return measure(said, torch.cat([night.stages for night in self._validation]))
