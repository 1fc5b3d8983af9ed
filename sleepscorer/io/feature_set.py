"""Nights as the features of an epoch model: what the sequence level learns from and is tested on.

The file begins with a block of 512 bytes that readers of HDF5 skip: the line "SleepScorer
features", then "sha256 " and the hash of everything after the block. What does not fit it is not
read: the HDF5 library can crash on a damaged file, and nobody would notice a damaged feature.

Layout, format version 1 (all texts UTF-8)::

    /          attributes: format = "SleepScorer features", format_version, features_sha256 (hash of
               the epoch model), attribution
    /NUMBER    one group a night, in order; attributes: name, subject, part ("train", "validation"
               or "test"); datasets features (n, …) float16 or float32, stages (n,) int8, class
               order, -1 where nobody decided; runs (k, 2) int32, half-open ranges of epochs
               without a gap of the recording
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import h5py
import numpy as np
import numpy.typing as npt

from sleepscorer.domain.errors import ScoringError
from sleepscorer.file_questions import content_of
from sleepscorer.io.atomic import write_file

Part = Literal["train", "validation", "test"]
Runs = tuple[tuple[int, int], ...]

_FORMAT = "SleepScorer features"
_VERSION = 1
_SEAL_BYTES = 512
_TEXT = h5py.string_dtype()


@dataclass(frozen=True, slots=True, eq=False)
class FeatureNight:
    """One night of a feature set.

    Attributes
    ----------
    name
        Unique in its set.
    subject
        Whose night it is.
    part
        What it is for.
    features
        Shape (n, …), float16 or float32; rows outside all runs are not used.
    stages
        Shape (n,), int8: 0-4 in class order, -1 where nobody decided.
    runs
        Half-open ranges of epochs without a gap, ascending and disjoint.
    """

    name: str
    subject: str
    part: Part
    features: npt.NDArray[np.floating[Any]]
    stages: npt.NDArray[np.int8]
    runs: Runs


@dataclass(frozen=True, slots=True, eq=False)
class FeatureSet:
    """Nights as one epoch model sees them.

    Attributes
    ----------
    features_sha256
        Hash of the epoch model.
    nights
        In order.
    attribution
        Where the nights are from, where that has to be said.
    """

    features_sha256: str
    nights: tuple[FeatureNight, ...]
    attribution: str = ""

    def of_part(self, part: Part) -> tuple[FeatureNight, ...]:
        """Nights that are for one purpose."""
        return tuple(night for night in self.nights if night.part == part)


def write_feature_set(path: Path, features: FeatureSet) -> None:
    """Write a feature set, wholly or not at all.

    Raises
    ------
    ScoringError
        It can't be written.
    """
    with h5py.File.in_memory() as file:
        file.attrs["format"], file.attrs["format_version"] = _FORMAT, _VERSION
        file.attrs["features_sha256"] = features.features_sha256
        file.attrs.create("attribution", features.attribution, dtype=_TEXT)
        for number, night in enumerate(features.nights):
            group = file.create_group(str(number))
            for name in ("name", "subject", "part"):
                group.attrs.create(name, getattr(night, name), dtype=_TEXT)
            group.create_dataset("features", data=night.features)
            group.create_dataset("stages", data=night.stages, dtype=np.int8)
            group.create_dataset("runs", data=np.reshape(night.runs, (-1, 2)), dtype=np.int32)
        file.flush()
        content = file.id.get_file_image()
    write_file(path, _seal(content) + content)


def read_feature_set(path: Path) -> FeatureSet:
    """Read a feature set that this program wrote.

    Raises
    ------
    ScoringError
        It is missing, damaged or something else.
    """
    try:
        whole = content_of(path)
        seal, content = whole[:_SEAL_BYTES], whole[_SEAL_BYTES:]
        if seal != _seal(content):
            raise ValueError("it is not as it was written")
        with h5py.File(io.BytesIO(content), "r") as file:
            found = (file.attrs.get("format"), file.attrs.get("format_version"))
            if found != (_FORMAT, _VERSION):
                raise ValueError("it holds something else")
            nights = tuple(_night(file[str(number)]) for number in range(len(file)))
            return FeatureSet(
                str(file.attrs["features_sha256"]), nights, str(file.attrs["attribution"])
            )
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise ScoringError(
            "{path} can't be read as features of nights ({error}). Make it anew.",
            path=path,
            error=error,
        ) from error


def _seal(content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    return f"{_FORMAT}\nsha256 {digest}\n".encode().ljust(_SEAL_BYTES, b"\x00")


def _night(group: h5py.Group) -> FeatureNight:
    part = str(group.attrs["part"])
    if part not in get_args(Part):
        raise ValueError(f"a night is for {part!r}")
    features, stages = group["features"][()], group["stages"][()]
    if len(features) != len(stages):
        raise ValueError(f"{len(stages)} stages for {len(features)} epochs")
    runs = tuple((int(start), int(stop)) for start, stop in group["runs"][()])
    return FeatureNight(
        str(group.attrs["name"]),
        str(group.attrs["subject"]),
        part,  # type: ignore[arg-type]  # checked above
        features,
        stages,
        runs,
    )
