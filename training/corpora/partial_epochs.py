"""Sleep-EDF nights of which only the first 5 s of each epoch are at hand.

A file ``SC4ssN.npz`` (subject ss, night N) holds `samples_duv` (n, 500), int16, in tenths of
µV at 100 Hz, and `stages` (n,), 0-4 in class order. Movement and unknown epochs are absent, so
neighbouring rows are not always neighbours in time.

Pieces are low-passed at 40 Hz when they are read. The network's own filter takes mains out of a
continuous recording, but not out of pieces joined to one: where the phase jumps, mains of 25 µV
(SC4111) leave transients in all bands.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import signal as sps

from model.mc2sleepnet.preprocessing import SFREQ_HZ
from training.data.dataset import Origin, add_night
from training.data.nights import Night

PIECE_TIMES = 500
"""Samples in the piece of an epoch: 5 s at 100 Hz."""

CORPUS = "sleep-edf-first-5-s"
DERIVATION = "Fpz-Cz"

_UV_PER_UNIT = 0.1
_LOW_PASS_HZ = 40.0
_LOW_PASS_ORDER = 8
_LOW_PASS_PAD = 100  # samples reflected at each end
_N_STAGES = 5


def read_night(path: Path) -> Night:
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
    return Night(
        name=path.stem,
        subject=path.stem[3:5],
        samples_uv=low_passed(samples * _UV_PER_UNIT),
        stages=stages.astype(np.int8),
    )


def low_passed(pieces_uv: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Filter each piece (n, 500) by itself, without phase shift."""
    sections = sps.butter(_LOW_PASS_ORDER, _LOW_PASS_HZ, fs=SFREQ_HZ, output="sos")
    filtered: npt.NDArray[np.float32] = sps.sosfiltfilt(
        sections, pieces_uv, axis=1, padtype="even", padlen=_LOW_PASS_PAD
    ).astype(np.float32)
    return filtered


def read_nights(folder: Path) -> tuple[Night, ...]:
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


def add_to_dataset(path: Path, night: Night) -> None:
    """Add a night to a training set; its epochs are numbered as they stand in the file.

    Raises
    ------
    ValueError
        If the training set can't take it.
    """
    origin = Origin(CORPUS, DERIVATION, recording=f"{night.name}.npz", scoring=f"{night.name}.npz")
    add_night(path, night, np.arange(len(night.stages)), origin)
