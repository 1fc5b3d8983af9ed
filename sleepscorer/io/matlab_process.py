"""EEGLAB files, read in a process of their own: the parser of MATLAB files can crash on damage.

The process writes what it read as a FIF file, which is opened here.
"""

from __future__ import annotations

import multiprocessing
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sleepscorer.domain.errors import RecordingError

_LONGEST_S = 600.0
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
    context = multiprocessing.get_context("spawn")  # forking a program with threads is not safe
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_convert, args=(path, folder / NAME, sender), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(_LONGEST_S):
            raise RecordingError(
                "{file} could not be read within {longest_min:.0f} minutes; it may be "
                "damaged. Export it again from EEGLAB, or as EDF.",
                file=path.name,
                longest_min=_LONGEST_S / 60,
            )
        result: EeglabRead | str = receiver.recv()
    except EOFError as ended:
        raise RecordingError(
            "{file} is damaged: reading it ended the process that was started "
            "for that. Export it again from EEGLAB, or as EDF.",
            file=path.name,
        ) from ended
    finally:
        receiver.close()
        process.terminate()
        process.join()
    if isinstance(result, str):
        raise RecordingError("{file} can't be read by MNE: {reason}", file=path.name, reason=result)
    return result


def one_sentence(error: Exception) -> str:
    """Text of an error of MNE on one line, which it often is not, and not too long."""
    text = " ".join(str(error).split()) or type(error).__name__
    shortened = text if len(text) <= 300 else f"{text[:300]}…"
    return f"{shortened.rstrip('.')}."


def _convert(path: Path, target: Path, sender: Connection) -> None:
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
            sender.send(EeglabRead(files, annotations))
    except Exception as error:  # noqa: BLE001  MNE raises whatever its parsers raise
        sender.send(one_sentence(error))
