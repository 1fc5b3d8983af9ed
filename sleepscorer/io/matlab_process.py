"""EEGLAB files, read in a process of their own: the parser of MATLAB files can crash on damage.

The process writes what it read as a FIF file, which is opened here.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sleepscorer.domain.errors import RecordingError
from sleepscorer.io.apart import Apart, ApartError

_LONGEST_S = 600.0
_MOST_BYTES = 2**34
"""A recording is held as a whole, in double precision."""

NAME = "recording_raw.fif"


@dataclass(frozen=True, slots=True)
class EeglabRead:
    """What was read of an EEGLAB recording beside its samples.

    Attributes
    ----------
    data_files
        The files that hold its samples.
    annotations
        Onset and duration in seconds, and text; a FIF file would round the times.
    """

    data_files: tuple[Path, ...]
    annotations: tuple[tuple[float, float, str], ...]


def eeglab_as_fif(path: Path, folder: Path) -> EeglabRead:
    """Write an EEGLAB recording as `NAME` into a folder, without its annotations.

    Raises
    ------
    RecordingError
        It can't be read, or reading it crashed or took too long.
    """
    apart = Apart(_LONGEST_S, _MOST_BYTES)
    try:
        result = apart.do(_converted, path, folder / NAME)
    except ApartError as error:
        raise RecordingError(
            "{file} is damaged, or too large: {reason}. Export it again from EEGLAB, or as EDF.",
            file=path.name,
            reason=error,
        ) from error
    finally:
        apart.end()  # what MNE takes is not kept for the next recording
    if isinstance(result, str):
        raise RecordingError("{file} can't be read by MNE: {reason}", file=path.name, reason=result)
    return result


def one_sentence(error: Exception) -> str:
    """Text of an error of MNE on one line, which it often is not, and not too long."""
    text = " ".join(str(error).split()) or type(error).__name__
    shortened = text if len(text) <= 300 else f"{text[:300]}…"
    return f"{shortened.rstrip('.')}."


def _converted(path: Path, target: Path) -> EeglabRead | str:
    """Write a recording as FIF; return what else was read, or a sentence why it can't be."""
    import mne
    import numpy as np
    from mne.io.eeglab import eeglab

    read = eeglab._readmat

    def read_completed(*arguments: Any, **options: Any) -> Any:
        content = read(*arguments, **options)
        # MNE takes it for granted that these fields are there and hold something.
        fields = content.get("EEG", content)
        if isinstance(fields, dict):
            fields.setdefault("chanlocs", np.empty(0))
            fields.setdefault("event", [])
            if not isinstance(fields.get("chaninfo", {}), dict):
                fields["chaninfo"] = {}
        return content

    eeglab._readmat = read_completed
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            raw = mne.io.read_raw_eeglab(path, preload=False, verbose="ERROR")
            found = raw.annotations
            annotations = tuple(
                (float(onset_s), float(duration_s), str(text))
                for onset_s, duration_s, text in zip(
                    found.onset, found.duration, found.description, strict=True
                )
            )
            raw.set_annotations(None)
            raw.save(target, fmt="single", verbose="ERROR")
            files = tuple(Path(name) for name in raw.filenames)
            return EeglabRead(files, annotations)
    except Exception as error:  # noqa: BLE001  MNE raises whatever its parsers raise
        return one_sentence(error)
