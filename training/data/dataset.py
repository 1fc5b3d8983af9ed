"""The training set: nights of any corpora in one HDF5 file.

Layout, format version 1 (all texts UTF-8)::

    /                attributes: format = "SleepScorer training set", format_version
    /NAME            one group a night; attributes: subject, corpus, derivation, recording, scoring;
                     datasets samples_uv (n, 3000) or (n, 500) float32, stages (n,) int8, class
                     order, -1 unscored; epochs (n,) int32, their numbers in the recording, from 0;
                     runs (k, 2) int32, half-open ranges of rows without a gap of the recording

Epochs that were left out leave a gap in their numbers. Older files have no runs: as a gap of the
recording can't be told from an epoch that was left out there, each jump in the numbers ends a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import numpy.typing as npt

from sleepscorer.network_input import Runs
from training.data.nights import Night
from training.data.set_file import added_night, open_nights, runs_in

_FORMAT = "SleepScorer training set"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a night comes from.

    Attributes
    ----------
    corpus
        Name of the corpus.
    derivation
        Name of the derivation.
    recording, scoring
        File names.
    """

    corpus: str
    derivation: str
    recording: str
    scoring: str


def add_night(path: Path, night: Night, epochs: npt.NDArray[np.integer], origin: Origin) -> None:
    """Add a night to a training set, which is created when it is missing.

    Parameters
    ----------
    path
        HDF5 file.
    night
        To add.
    epochs
        Numbers of its epochs in the recording, shape (n,).
    origin
        Where it comes from.

    Raises
    ------
    ValueError
        If the file is something else, or has a night of that name.
    """
    attributes = {"format": _FORMAT, "format_version": _VERSION}
    with added_night(path, night.name, attributes, _check) as group:
        group.attrs["subject"] = night.subject
        group.attrs["corpus"] = origin.corpus
        group.attrs["derivation"] = origin.derivation
        group.attrs["recording"] = origin.recording
        group.attrs["scoring"] = origin.scoring
        group.create_dataset("samples_uv", data=night.samples_uv[:], dtype=np.float32)
        group.create_dataset("stages", data=night.stages, dtype=np.int8)
        group.create_dataset("epochs", data=epochs, dtype=np.int32)
        group.create_dataset("runs", data=np.reshape(night.runs, (-1, 2)), dtype=np.int32)


def read_dataset(path: Path) -> tuple[Night, ...]:
    """Open a training set; the samples stay in the file until they are sliced.

    Raises
    ------
    ValueError
        If the file is no training set or holds no night.
    """
    return tuple(
        Night(
            name=name,
            subject=str(group.attrs["subject"]),
            samples_uv=group["samples_uv"],
            stages=group["stages"][:],
            runs=_runs(group),
        )
        for name, group in open_nights(path, _check).items()
    )


def _runs(group: h5py.Group) -> Runs:
    return runs_in(group) if "runs" in group else runs_of_numbers(group["epochs"][:])


def runs_of_numbers(epochs: npt.NDArray[np.integer]) -> Runs:
    """Half-open ranges of rows whose epochs follow one another by their numbers (n,)."""
    ends = [*(np.flatnonzero(np.diff(epochs) != 1) + 1).tolist(), len(epochs)]
    return tuple(zip([0, *ends[:-1]], ends, strict=True))


def _check(file: h5py.File, path: Path) -> None:
    found = (file.attrs.get("format"), file.attrs.get("format_version"))
    if found != (_FORMAT, _VERSION):
        raise ValueError(f"{path} is no training set of format version {_VERSION}")
