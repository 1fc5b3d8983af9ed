"""The recipe of the first weights: epoch stage, sequence stage, temperature."""

from __future__ import annotations

import logging
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from model import weights
from model.mc2sleepnet import MC2SleepNet
from training.calibration import fit_temperature
from training.checkpoints import Checkpoint, read_checkpoint, write_checkpoint
from training.config import TrainingConfig
from training.epoch_stage import EpochStage
from training.loop import TrainingStage, run_stage
from training.partial_epochs import Split
from training.progress import Report
from training.randomness import Purpose, seed_draws
from training.sequence_stage import (
    SequenceStage,
    cache_training_nights,
    cache_validation_nights,
)

CHECKPOINT_NAME = "checkpoint.pt"
WEIGHTS_NAME = "mc2sleepnet-{version}.safetensors"
ATTRIBUTION = (
    "Sleep-EDF Database Expanded, PhysioNet, ODC-By 1.0; Kemp et al. 2000, Goldberger et al. 2000"
)

_logger = logging.getLogger(__name__)


def train(split: Split, config: TrainingConfig, out: Path, *, resume: bool, report: Report) -> Path:
    """Train a network and write its weights.

    Parameters
    ----------
    split
        Nights; the test nights are not touched.
    config
        Of the run.
    out
        Folder for checkpoint and weights; created.
    resume
        Continue from the folder's checkpoint, to the same result as without interruption.
    report
        Called with progress events.

    Returns
    -------
    Path
        Of the safetensors file.

    Raises
    ------
    CheckpointError
        If there is nothing to resume from, or it does not fit the configuration.
    """
    out.mkdir(parents=True, exist_ok=True)
    run = _Run(config, out, resume=resume, report=report)
    if run.resumed_stage in (None, EpochStage.name):
        epoch_stage = EpochStage(run.network, split.train, config)
        if run.resumed_stage is None:
            epoch_stage.set_spectrogram_statistics()
        run.complete(epoch_stage)
        run.write_checkpoint(SequenceStage.name, 0, {})
    sequence_stage = SequenceStage(
        run.network,
        cache_training_nights(run.network, split.train, config, report),
        cache_validation_nights(run.network, split.validation),
        config,
    )
    run.complete(sequence_stage)
    sequence_stage.keep_best()

    log_probabilities, stages = sequence_stage.validation_scores()
    temperature = fit_temperature(log_probabilities.numpy(), stages.numpy())
    run.network.temperature = round(temperature, 4)
    path = out / WEIGHTS_NAME.format(version=config.version)
    sha256 = weights.save(
        path,
        run.network,
        name=config.name,
        version=config.version,
        training=_summary(split, config, run.elapsed_s()),
    )
    report({"event": "done", "weights": str(path), "sha256": sha256})
    return path


def _summary(split: Split, config: TrainingConfig, elapsed_s: float) -> dict[str, Any]:
    return {
        "data": ATTRIBUTION,
        "kind_of_epochs": "mosaic of real 5-s pieces",
        "train_subjects": sorted({night.subject for night in split.train}),
        "n_train_epochs": sum(len(night.stages) for night in split.train),
        "minutes": round(elapsed_s / 60, 1),
        "config": asdict(config),
    }


class _Run:
    """A network in training and where its checkpoint is."""

    def __init__(self, config: TrainingConfig, out: Path, *, resume: bool, report: Report) -> None:
        self._config = config
        self._path = out / CHECKPOINT_NAME
        self._report = report
        seed_draws(config.seed, Purpose.INITIAL_WEIGHTS)
        self.network = MC2SleepNet()
        self._checkpoint: Checkpoint | None = None
        if resume:
            self._checkpoint = read_checkpoint(self._path, config)
            self.network.load_state_dict(self._checkpoint.network)
            _logger.info("resuming stage %s", self._checkpoint.stage)
        elapsed_s = self._checkpoint.elapsed_s if self._checkpoint else 0.0
        self._start_s = time.monotonic() - elapsed_s

    @property
    def resumed_stage(self) -> str | None:
        """Name of the stage that the checkpoint belongs to; None for a new run."""
        return self._checkpoint.stage if self._checkpoint else None

    def elapsed_s(self) -> float:
        """Wall time spent, over all resumptions."""
        return time.monotonic() - self._start_s

    def complete(self, stage: TrainingStage) -> None:
        """Run a stage to its end, from the checkpoint if it belongs to the stage."""
        n_steps_done = 0
        if self._checkpoint is not None and self._checkpoint.stage == stage.name:
            n_steps_done = self._checkpoint.n_steps_done
            if n_steps_done:
                stage.restore(self._checkpoint.stage_state)
        run_stage(
            stage,
            n_steps_done=n_steps_done,
            checkpoint_every=self._config.checkpoint_every,
            write_checkpoint=lambda n: self.write_checkpoint(stage.name, n, stage.state()),
            report=self._report,
        )

    def write_checkpoint(self, stage: str, n_steps_done: int, state: dict[str, Any]) -> None:
        """Write the state between two steps."""
        checkpoint = Checkpoint(
            stage=stage,
            n_steps_done=n_steps_done,
            network=self.network.state_dict(),
            stage_state=state,
            elapsed_s=self.elapsed_s(),
        )
        write_checkpoint(self._path, checkpoint, self._config)
