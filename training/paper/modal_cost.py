"""What a step of NeuroNet's and SynthSleepNet's trainings costs here, and all of the paper's."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from model.allocator import keep_freed_memory
from model.neuronet.config import PRESETS as NEURONET_PRESETS
from model.neuronet.network import NeuroNet
from model.shared.precision import Precision
from model.synthsleepnet.architecture import ScoringSynthSleepNet
from model.synthsleepnet.config import PRESETS, SynthSleepNetConfig
from training.data.modalities import ModalNight
from training.engine.config import OptimisationConfig, SelectionConfig
from training.engine.loop import TrainingStage
from training.engine.parallel import default_device
from training.neuronet.config import DECOUPLED, UnimodalStageConfig
from training.neuronet.unimodal_stage import UnimodalStage
from training.paper.cost import Cost, timed
from training.synthsleepnet.config import (
    MultimodalStageConfig,
    Preset,
    SynthSleepNetTrainingConfig,
    TaskStageConfig,
)
from training.synthsleepnet.multimodal_stage import MultimodalStage
from training.synthsleepnet.nights import ModalityEpochs
from training.synthsleepnet.task_stage import TaskStage

_NIGHT_EPOCHS = 60
_CORPUS_EPOCHS = 5_793 * 970
"""Nights of SHHS-1 that can be used, of some eight hours."""


@dataclass(frozen=True, slots=True)
class Work:
    """One stage, and how much of it the publication made.

    Attributes
    ----------
    name
        Of the stage.
    items
        What a batch consists of.
    n_items
        Of all steps together.
    """

    name: str
    items: str
    n_items: int


WORKS: dict[str, Work] = {
    "unimodal": Work("one encoder", "epochs of a channel", 20 * 6 * _CORPUS_EPOCHS),
    "multimodal": Work("the fusion", "epochs", 100 * _CORPUS_EPOCHS),
    "context": Work("fine-tuning with context", "sequences of 20", 30 * 50 * 97),
}
"""Twenty passes over six channels, a hundred over all, thirty over fifty nights' windows."""


@dataclass(frozen=True, slots=True)
class ModalCost:
    """Cost of one kind of step, and of all of them.

    Attributes
    ----------
    cost
        Of a step.
    batch_size
        Items of a step.
    work
        That it is a step of.
    """

    cost: Cost
    batch_size: int
    work: Work

    @property
    def paper_days(self) -> float:
        """What all of the publication's steps would take at this pace, on this one device."""
        return self.cost.median_s / self.batch_size * self.work.n_items / 86_400

    def text(self) -> str:
        """Rows for a terminal."""
        return (
            f"{self.cost.text()}\n"
            f"  the publication's {self.work.n_items:,} {self.work.items}: {self.paper_days:,.1f} "
            "days at this pace"
        )


def measure_modal_costs(
    preset: Preset, batch_sizes: tuple[int, ...], n_steps: int, precision: Precision
) -> Iterator[ModalCost]:
    """Measure a step of each stage at some batch sizes, each in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for kind in WORKS:
            for batch_size in batch_sizes:
                yield pool.apply(measure_modal_cost, (kind, preset, batch_size, n_steps, precision))


def measure_modal_cost(
    kind: str, preset: Preset, batch_size: int, n_steps: int, precision: Precision
) -> ModalCost:
    """Measure one kind of step, one of the `WORKS`, in this process."""
    keep_freed_memory()
    config = PRESETS[preset].with_head("context" if kind == "context" else "none")
    optimisation = replace(DECOUPLED, precision=precision)
    stage = _STAGES[kind](config, preset, batch_size, n_steps + 1, optimisation)
    cost = timed(stage, f"{preset}: {WORKS[kind].name}, B = {batch_size}", n_steps)
    return ModalCost(cost, batch_size, WORKS[kind])


def _night(config: SynthSleepNetConfig) -> ModalNight:
    rng = np.random.default_rng(0)
    n_times = round(config.encoder.sfreq * config.encoder.epoch_s)
    epochs = rng.normal(size=(_NIGHT_EPOCHS, len(config.channels), n_times)).astype(np.float32)
    return ModalNight("noise", "nobody", epochs, rng.integers(0, 5, _NIGHT_EPOCHS).astype(np.int8))


def _unimodal(
    config: SynthSleepNetConfig,
    preset: Preset,
    batch_size: int,
    steps: int,
    optimisation: OptimisationConfig,
) -> TrainingStage:
    network = NeuroNet(NEURONET_PRESETS[preset]).to(default_device())
    source = ModalityEpochs([_night(config)], config, "EEG")
    stage = UnimodalStageConfig(steps=steps, batch_size=batch_size)
    return UnimodalStage(network, source, stage, optimisation, SelectionConfig(), 0)


def _multimodal(
    config: SynthSleepNetConfig,
    preset: Preset,  # noqa: ARG001  one signature for all
    batch_size: int,
    steps: int,
    optimisation: OptimisationConfig,
) -> TrainingStage:
    network = ScoringSynthSleepNet(config).to(default_device())
    stage = MultimodalStageConfig(steps=steps, batch_size=batch_size)
    return MultimodalStage(network, [_night(config)], stage, optimisation, SelectionConfig(), 0)


def _context(
    config: SynthSleepNetConfig,
    preset: Preset,
    batch_size: int,
    steps: int,
    optimisation: OptimisationConfig,
) -> TrainingStage:
    network = ScoringSynthSleepNet(config).to(default_device())
    stage = TaskStageConfig(steps=steps, batch_size=batch_size)
    training = SynthSleepNetTrainingConfig(
        "cost", "0", seed=0, preset=preset, optimisation=optimisation, context=stage
    )
    return TaskStage(network, [_night(config)], [], stage, training)


_STAGES: dict[
    str,
    Callable[[SynthSleepNetConfig, Preset, int, int, OptimisationConfig], TrainingStage],
] = {"unimodal": _unimodal, "multimodal": _multimodal, "context": _context}
