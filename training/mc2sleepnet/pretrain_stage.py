"""The pre-training stage: contrastive learning and cross-masking of the whole network.

Both views of an epoch are drawn together and apart from other nights' (InfoNCE), while each
stream has to give the stages of its own masked epochs with the other one's help (Eq. 14-22).

Legend of the shape comments: b sequences, l epochs in a sequence, t samples, d width.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from model.mc2sleepnet import MC2SleepNet, StageLogits
from model.mc2sleepnet.inference import epoch_features, fuse_runs
from training.data.augment import augment_epochs, augment_spectrogram
from training.data.nights import Night
from training.data.sequences import SequenceDrawer
from training.data.training_epochs import TrainingEpochs, validation_epochs
from training.engine.loop import ScheduledAdam, autocast
from training.engine.parallel import (
    check_share,
    gathered,
    n_processes,
    own_share,
    process_index,
)
from training.engine.randomness import Purpose, seed_draws
from training.engine.selection import Measured, SelectingStage, Selection, measure
from training.mc2sleepnet.config import TrainingConfig
from training.mc2sleepnet.losses import draw_mask, info_nce, sequence_loss


class PretrainStage(SelectingStage):
    """Trains all of a network on sequences of epochs, and keeps the best validation's."""

    name = "pretrain"

    def __init__(
        self,
        network: MC2SleepNet,
        training: Sequence[Night],
        validation: Sequence[Night],
        config: TrainingConfig,
    ) -> None:
        check_share(config.pretraining.batch_size)
        self._network = network
        self._training = training
        self._validation = validation
        self._config = config
        self._device = next(network.parameters()).device
        self._epochs = [
            TrainingEpochs(
                training, config.epochs, config.seed, Purpose.PRETRAIN_STAGE_NIGHT, kind=kind
            )
            for kind in config.epochs.sequence_kinds
        ]
        self._length = network.config.sequence_length
        self._drawer = SequenceDrawer(
            [night.runs for night in training],
            self._length,
            distinct_nights=config.pretraining.distinct_nights,
        )
        n_epochs = sum(len(night.stages) for night in training)
        self._steps_per_pass = max(n_epochs // (config.pretraining.batch_size * self._length), 1)
        self._optimiser = ScheduledAdam(
            network, self._loss, config.pretraining, config.optimisation
        )
        self._selection = Selection(network, config.selection)
        self.n_steps = config.pretraining.steps

    def train_step(self, step: int) -> float:
        """Make one step on sequences of random nights."""
        config = self._config
        epochs = self._epochs[step % len(self._epochs)]
        epochs.start_pass(step // self._steps_per_pass)
        rng = seed_draws(config.seed, Purpose.PRETRAIN_STAGE_STEP, step)
        signal, stages = self._draw_batch(epochs, rng)
        seed_draws(config.seed, Purpose.PRETRAIN_STAGE_STEP, step, process_index() + 1)
        self._network.train()
        return self._optimiser.descend(step, signal, stages.to(self._device))

    def _draw_batch(
        self, epochs: TrainingEpochs, rng: np.random.Generator
    ) -> tuple[Tensor, Tensor]:
        """Signals (b, l, t) and stages (b, l) of this process's share."""
        places = self._drawer.draw(rng, self._config.pretraining.batch_size)
        signals, stages = [], []
        for index in own_share(torch.arange(len(places))).tolist():
            night, first = places[index]
            stop = first + self._length
            signals.append(torch.from_numpy(epochs.read(night, first, stop)))
            stages.append(torch.from_numpy(self._training[night].stages[first:stop]))
        return torch.stack(signals), torch.stack(stages).long()

    def _loss(self, signal: Tensor, stages: Tensor) -> Tensor:
        config = self._config
        with autocast(self._device, config.optimisation.precision):
            features = self._features(signal)
            logits = self._network.sequence_model(
                features,
                signal_mask=self._mask(len(signal)),
                spectrogram_mask=self._mask(len(signal)),
            )
            projected = self._network.project(features)  # (b, l, 2, d)
        loss = sequence_loss(
            StageLogits(*(head.float() for head in logits)),
            stages,
            weights=config.pretraining.weights,
            label_smoothing=config.loss.label_smoothing,
            sum_over_sequence=config.loss.sum_over_sequence,
        )
        if config.pretraining.contrastive_weight:
            everywhere = gathered(projected.float())
            contrast = info_nce(
                everywhere[:, :, 0],
                everywhere[:, :, 1],
                config.pretraining.contrastive_temperature,
                literal=config.pretraining.literal_infonce,
            )
            loss = loss + config.pretraining.contrastive_weight * n_processes() * contrast
        return loss

    def _features(self, signal: Tensor) -> Tensor:
        """Encode both altered views of signals (b, l, t); (b, l, 2, d)."""
        config, model = self._config, self._network.epoch_model
        n_sequences, length, _ = signal.shape
        epochs = signal.flatten(0, 1)  # (b·l, t)
        altered = augment_epochs(epochs, config.augmentation).to(self._device)
        seen = altered if config.augmentation.spectrogram_of_altered else epochs.to(self._device)
        spectrogram = augment_spectrogram(model.normalised_spectrogram(seen), config.augmentation)
        return model.encode(altered, spectrogram).view(n_sequences, length, 2, -1)

    def _mask(self, n_sequences: int) -> Tensor | None:
        ratio = self._config.pretraining.mask_ratio
        if not ratio:
            return None
        return draw_mask(n_sequences, self._length, ratio).to(self._device)

    def _measure(self) -> Measured:
        """Measure the joint head, which selects, and the signal head, which is trained most."""
        joint, signal = [], []
        for night in self._validation:
            features = epoch_features(self._network, validation_epochs(night, self._config.epochs))
            joint.append(fuse_runs(self._network, features, night.runs))
            signal.append(fuse_runs(self._network, features, night.runs, head="signal"))
        stages = torch.cat([torch.tensor(n.stages, dtype=torch.long) for n in self._validation])
        measured = measure(torch.cat(joint), stages)
        return measured | {"signal_accuracy": measure(torch.cat(signal), stages)["accuracy"]}
