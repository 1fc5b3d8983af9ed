"""Sleep-EDF nights of which only the first 5 s of each epoch are at hand.

A file ``SC4ssN.npz`` (subject ss, night N) holds `samples_duv` (n, 500), int16, in tenths of
µV at 100 Hz, and `stages` (n,), 0-4 in class order. Movement and unknown epochs are absent, so
neighbouring rows are not always neighbours in time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

PIECE_TIMES = 500
"""Samples in the piece of an epoch: 5 s at 100 Hz."""

_UV_PER_UNIT = 0.1
_N_STAGES = 5


@dataclass(frozen=True, slots=True, eq=False)
class PartialNight:
    """One night's pieces and stages.

    Attributes
    ----------
    name
        File name without suffix, e.g. ``"SC4001"``.
    subject
        Two digits; a subject has up to two nights.
    pieces_uv
        Shape (n, 500), float32, µV at 100 Hz.
    stages
        Shape (n,), int8, 0-4.
    """

    name: str
    subject: str
    pieces_uv: npt.NDArray[np.float32]
    stages: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Split:
    """Nights of three disjoint sets of subjects."""

    train: tuple[PartialNight, ...]
    validation: tuple[PartialNight, ...]
    test: tuple[PartialNight, ...]


def read_night(path: Path) -> PartialNight:
    """Read one file.

    Raises
    ------
    ValueError
        If the file is not of the form described above.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            samples, stages = arrays["samples_duv"], arrays["stages"]
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} holds no partial epochs: {error}") from error
    if samples.shape != (len(stages), PIECE_TIMES) or stages.ndim != 1:
        raise ValueError(f"{path}: shapes {samples.shape} and {stages.shape} do not match")
    if len(stages) == 0 or stages.min() < 0 or stages.max() >= _N_STAGES:
        raise ValueError(f"{path}: stages must be 0 to {_N_STAGES - 1}")
    return PartialNight(
        name=path.stem,
        subject=path.stem[3:5],
        pieces_uv=samples.astype(np.float32) * np.float32(_UV_PER_UNIT),
        stages=stages.astype(np.int8),
    )


def read_nights(folder: Path) -> tuple[PartialNight, ...]:
    """Read all nights in a folder and the folders in it, sorted by name.

    Raises
    ------
    ValueError
        If there are none.
    """
    paths = sorted(folder.rglob("SC4???.npz"), key=lambda path: path.name)
    if not paths:
        raise ValueError(f"{folder} contains no files SC4ssN.npz")
    return tuple(read_night(path) for path in paths)


def split_by_subject(
    nights: Iterable[PartialNight],
    validation_subjects: Collection[str],
    test_subjects: Collection[str],
) -> Split:
    """Share out nights so that no subject is in two sets.

    Raises
    ------
    ValueError
        If a subject is named twice or has no night, or if nothing is left to train on.
    """
    nights = tuple(nights)
    named = [*validation_subjects, *test_subjects]
    if len(set(named)) != len(named):
        raise ValueError(f"a subject is named twice in {named}")
    absent = set(named) - {night.subject for night in nights}
    if absent:
        raise ValueError(f"no nights of subjects {', '.join(sorted(absent))}")
    split = Split(
        train=tuple(night for night in nights if night.subject not in named),
        validation=tuple(night for night in nights if night.subject in validation_subjects),
        test=tuple(night for night in nights if night.subject in test_subjects),
    )
    if not split.train:
        raise ValueError("no subject is left to train on")
    return split
