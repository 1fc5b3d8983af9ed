"""Nights of several channels with the answers to several tasks, and the file that keeps them.

Layout, format version 1 (all texts UTF-8)::

    /            attributes: format = "SleepScorer training set of several channels",
                 format_version, input (JSON: roles, bands, rate of the network's input)
    /NAME        one group a night; attributes: subject, corpus, recording, scoring, channels (JSON:
                 the derivation of each role that there is); datasets epochs (n, c, t) float16 as
                 the network sees them, NaN where a channel is missing; stages (n,) int8, class
                 order, -1 unscored; numbers (n,) int32, of the epochs in the recording; runs (k, 2)
                 int32, half-open ranges of rows without a gap
    /NAME/tasks  by the name of a task (n,) int8, 0 no, 1 yes, -1 unknown

float16 keeps scaled samples to 1 in 2000: the bodies of a night are a quarter of what one would be
as it is stored, and SHHS has 6000.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from model.network import STAGES, InputSpec
from sleepscorer.network_input import Runs
from training.data.dataset import Origin
from training.data.nights import Samples, stage_counts
from training.data.set_file import added_night, open_nights, runs_in

_FORMAT = "SleepScorer training set of several channels"
_VERSION = 1
_MOST = 60_000.0
"""Nearly the greatest float16: what an electrode does when it comes off is no more than large."""


@dataclass(frozen=True, slots=True, eq=False)
class ModalNight:
    """One night of several channels.

    Attributes
    ----------
    name
        Unique in a training set.
    subject
        Whose night it is.
    epochs
        As the network sees them, shape (n, c, t); NaN where a channel is missing.
    stages
        Shape (n,), int8, 0-4 in class order, or -1 for unscored.
    targets
        By the name of a task other than the stages, shape (n,), int8: class, or -1 for unknown.
    runs
        Half-open ranges of the epochs between which there is no gap, ascending.
    """

    name: str
    subject: str
    epochs: Samples
    stages: npt.NDArray[np.int8]
    targets: Mapping[str, npt.NDArray[np.int8]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    runs: Runs = ()

    def __post_init__(self) -> None:
        if not self.runs:
            object.__setattr__(self, "runs", ((0, len(self.stages)),))

    def target(self, task: str) -> npt.NDArray[np.int8]:
        """Classes of a task, shape (n,), -1 for unknown; all of them where nobody answered it."""
        if task == STAGES.name:
            return self.stages
        return self.targets.get(task, np.full(len(self.stages), -1, np.int8))


def add_modal_night(
    path: Path,
    night: ModalNight,
    spec: InputSpec,
    *,
    origin: Origin,
    numbers: npt.NDArray[np.integer[Any]],
    channels: Mapping[str, str],
) -> None:
    """Add a night to a training set, which is created when it is missing.

    Parameters
    ----------
    path
        HDF5 file.
    night
        To add.
    spec
        What it was prepared for: all nights of a file are of one.
    origin
        Where it comes from; its derivation is that of the first channel.
    numbers
        Of the epochs in the recording, shape (n,).
    channels
        Name of the derivation of each role that there is.

    Raises
    ------
    ValueError
        The file is something else, is of another input, or has a night of that name.
    """
    attributes = {"format": _FORMAT, "format_version": _VERSION, "input": _text_of(spec)}
    with added_night(path, night.name, attributes, partial(_check, spec=spec)) as group:
        group.attrs["subject"] = night.subject
        group.attrs["corpus"] = origin.corpus
        group.attrs["recording"], group.attrs["scoring"] = origin.recording, origin.scoring
        group.attrs["channels"] = json.dumps(dict(channels))
        epochs = np.clip(night.epochs[:], -_MOST, _MOST)
        group.create_dataset("epochs", data=epochs, dtype=np.float16)
        group.create_dataset("stages", data=night.stages, dtype=np.int8)
        group.create_dataset("numbers", data=numbers, dtype=np.int32)
        group.create_dataset("runs", data=np.reshape(night.runs, (-1, 2)), dtype=np.int32)
        tasks = group.create_group("tasks")
        for task, target in night.targets.items():
            tasks.create_dataset(task, data=target, dtype=np.int8)


def read_modal_nights(path: Path, spec: InputSpec) -> tuple[ModalNight, ...]:
    """Open a training set; the epochs stay in the file until they are sliced.

    Raises
    ------
    ValueError
        The file is no such training set, is of another input, or holds no night.
    """
    nights = open_nights(path, partial(_check, spec=spec))
    return tuple(_night(name, group) for name, group in nights.items())


def _night(name: str, group: h5py.Group) -> ModalNight:
    return ModalNight(
        name=name,
        subject=str(group.attrs["subject"]),
        epochs=group["epochs"],
        stages=group["stages"][:],
        targets={task: target[:] for task, target in group["tasks"].items()},
        runs=runs_in(group),
    )


def prevalences(night: ModalNight) -> dict[str, str]:
    """Say how much of a night each task has, for the log."""
    said = {STAGES.name: stage_counts(night.stages)}
    for task, target in night.targets.items():
        known = target[target >= 0]
        said[task] = f"{int(known.sum())} of {known.size}" if known.size else "unknown"
    return said


def _text_of(spec: InputSpec) -> str:
    return json.dumps(asdict(spec))


def _check(file: h5py.File, path: Path, spec: InputSpec) -> None:
    found = (file.attrs.get("format"), file.attrs.get("format_version"))
    if found != (_FORMAT, _VERSION):
        raise ValueError(
            f"{path} is no training set of several channels of format version {_VERSION}"
        )
    if file.attrs["input"] != _text_of(spec):
        raise ValueError(
            f"{path} was prepared for another network's input; prepare the corpus again"
        )
