"""Wake without blinks: EEG During Mental Arithmetic Tasks (PhysioNet; Zyma et al., 2019).

Students at rest and counting, all awake by design. A subject has the files `eegmatNN-rest.npz`
and `eegmatNN-task.npz` with `samples_duv` (n_derivations, n_times), int16, in tenths of µV, the
names of the `derivations` and `sfreq`, 100 Hz. The authors removed blinks and muscle.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model.mc2sleepnet.preprocessing import SFREQ_HZ

ATTRIBUTION = (
    "EEG During Mental Arithmetic Tasks, PhysioNet, ODC-By 1.0; Zyma et al. 2019, "
    "Goldberger et al. 2000"
)

HELD_OUT_SUBJECTS = ("01", "05", "09", "10", "11", "13", "17", "21")
"""Left to the gauges. Three of them (10, 11, 13) have no more alpha than theta at O1: what wake
looks like is not to be learnt from them, but to be told all the same."""

_UV_PER_UNIT = 0.1
_PARTS = ("rest", "task")


@dataclass(frozen=True, slots=True, eq=False)
class AwakeSubject:
    """What was recorded of one person, who was awake throughout.

    Attributes
    ----------
    subject
        Number, e.g. ``"03"``.
    recordings_uv
        Continuous signals of each derivation at rest and counting, in µV at 100 Hz.
    """

    subject: str
    recordings_uv: Mapping[str, tuple[npt.NDArray[np.float32], ...]]


def read_awake_subjects(folder: Path) -> tuple[AwakeSubject, ...]:
    """Read all subjects in a folder, sorted by number.

    Raises
    ------
    ValueError
        If there are none, or a file is not of the form described above.
    """
    subjects = sorted({path.name[6:8] for path in folder.glob("eegmat??-*.npz")})
    if not subjects:
        raise ValueError(f"{folder} contains no files eegmatNN-rest.npz")
    return tuple(_read_subject(folder, subject) for subject in subjects)


def without(
    subjects: Sequence[AwakeSubject], held_out: Collection[str]
) -> tuple[AwakeSubject, ...]:
    """Subjects to train on: all but those that are held out.

    Raises
    ------
    ValueError
        If one to hold out is not there, or nobody is left.
    """
    absent = set(held_out) - {each.subject for each in subjects}
    if absent:
        raise ValueError(f"no awake subjects {', '.join(sorted(absent))}")
    left = tuple(each for each in subjects if each.subject not in held_out)
    if not left:
        raise ValueError("no awake subject is left to train on")
    return left


def _read_subject(folder: Path, subject: str) -> AwakeSubject:
    parts = [_read_part(folder / f"eegmat{subject}-{part}.npz") for part in _PARTS]
    derivations = parts[0].keys()
    if any(part.keys() != derivations for part in parts):
        raise ValueError(f"{folder}: the files of subject {subject} have other derivations")
    return AwakeSubject(
        subject, {name: tuple(part[name] for part in parts) for name in derivations}
    )


def _read_part(path: Path) -> dict[str, npt.NDArray[np.float32]]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            samples, names = arrays["samples_duv"], arrays["derivations"]
            sfreq = float(arrays["sfreq"])
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} holds no recording of this corpus: {error}") from error
    if samples.ndim != 2 or len(samples) != len(names) or sfreq != SFREQ_HZ:
        raise ValueError(f"{path}: shape {samples.shape}, {len(names)} names, {sfreq:g} Hz")
    return {
        str(name): (signal * _UV_PER_UNIT).astype(np.float32)
        for name, signal in zip(names, samples, strict=True)
    }
