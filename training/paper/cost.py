"""What a training step costs on this machine: time and memory, beside the paper's Table 2."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch

from model.allocator import keep_freed_memory
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.preprocessing import N_TIMES
from model.shared.precision import Precision
from training.data.config import AugmentationConfig
from training.data.nights import Night
from training.engine.config import OptimisationConfig
from training.engine.loop import TrainingStage
from training.engine.parallel import default_device
from training.mc2sleepnet.config import (
    PretrainStageConfig,
    SequenceStageConfig,
    TrainingConfig,
)
from training.mc2sleepnet.pretrain_stage import PretrainStage
from training.mc2sleepnet.sequence_stage import CachedNight, SequenceStage

_NIGHT_EPOCHS = 120


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one kind of step.

    Attributes
    ----------
    step
        What was measured.
    device
        ``"cpu"`` or the name of a graphics card.
    n_threads
        On the CPU.
    median_s, fastest_s
        Of a step, in seconds.
    peak_gib
        Largest memory of the process, or of the graphics card, in GiB.
    """

    step: str
    device: str
    n_threads: int
    median_s: float
    fastest_s: float
    peak_gib: float

    def text(self) -> str:
        """Row for a terminal."""
        return (
            f"{self.step:<34} {self.median_s:8.3f} s (fastest {self.fastest_s:.3f})"
            f"   {self.peak_gib:6.2f} GiB   {self.device}, {self.n_threads} threads"
        )


def measure_costs(
    batch_sizes: tuple[int, ...], n_steps: int, precision: Precision
) -> Iterator[Cost]:
    """Measure pre-training at some batch sizes, and fine-tuning on kept features at B = 32.

    Each kind runs in a process of its own, so that its memory is its own.

    Parameters
    ----------
    batch_sizes
        Sequences of 21 epochs in a step of pre-training.
    n_steps
        Steps after a first one that is not counted.
    precision
        Of the products.
    """
    kinds: list[tuple[str, int]] = [("sequence", 32), *(("pretrain", b) for b in batch_sizes)]
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for kind, batch_size in kinds:
            yield pool.apply(measure_cost, (kind, batch_size, n_steps, precision))


def measure_cost(kind: str, batch_size: int, n_steps: int, precision: Precision) -> Cost:
    """Measure one kind of step, ``"pretrain"`` or ``"sequence"``, in this process."""
    keep_freed_memory()
    config = TrainingConfig(
        name="cost",
        version="0",
        seed=0,
        optimisation=OptimisationConfig(precision=precision),
        augmentation=AugmentationConfig("one_of"),
        pretraining=PretrainStageConfig(n_steps + 1, batch_size),
        sequence=SequenceStageConfig(n_steps + 1, batch_size),
    )
    stage = _STAGES[kind](MC2SleepNet().to(default_device()), config)
    name = "pre-training" if kind == "pretrain" else "fine-tuning, kept features"
    return timed(stage, f"{name}, B = {batch_size}", n_steps)


def timed(stage: TrainingStage, name: str, n_steps: int) -> Cost:
    """Measure steps of a stage after a first one that is not counted."""
    device = default_device()
    durations_s = []
    for step in range(n_steps + 1):
        start_s = time.perf_counter()
        stage.train_step(step)  # returns the loss as a number, so the device is done
        durations_s.append(time.perf_counter() - start_s)
    return Cost(
        step=name,
        device=torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu",
        n_threads=torch.get_num_threads(),
        median_s=statistics.median(durations_s[1:]),
        fastest_s=min(durations_s[1:]),
        peak_gib=_peak_bytes(device) / 2**30,
    )


def _pretrain_stage(network: MC2SleepNet, config: TrainingConfig) -> TrainingStage:
    rng = np.random.default_rng(0)
    samples_uv = rng.normal(0, 20, (_NIGHT_EPOCHS, N_TIMES)).astype(np.float32)
    stages = rng.integers(0, 5, _NIGHT_EPOCHS).astype(np.int8)
    night = Night("noise", "nobody", samples_uv, stages)
    return PretrainStage(network, [night], [night], config)


def _sequence_stage(network: MC2SleepNet, config: TrainingConfig) -> TrainingStage:
    device = next(network.parameters()).device
    features = torch.randn(_NIGHT_EPOCHS, 2, network.config.d_model, device=device)
    stages = torch.randint(5, (_NIGHT_EPOCHS,))
    night = CachedNight(features, stages, ((0, _NIGHT_EPOCHS),))
    return SequenceStage(network, [night], [night], config)


_STAGES: dict[str, Callable[[MC2SleepNet, TrainingConfig], TrainingStage]] = {
    "pretrain": _pretrain_stage,
    "sequence": _sequence_stage,
}


def _peak_bytes(device: torch.device) -> int:
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
