"""Open any recording that we read."""

from __future__ import annotations

from pathlib import Path

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import Recording
from sleepscorer.io.edf import open_edf

EDF_SUFFIXES = (".edf", ".bdf", ".rec")
MNE_SUFFIXES = (".vhdr", ".fif", ".set")
RECORDING_SUFFIXES = EDF_SUFFIXES + MNE_SUFFIXES


def open_recording(path: Path) -> Recording:
    """Open a recording; only its header is read.

    Raises
    ------
    RecordingError
        It can't be read.
    """
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise RecordingError(f"{path} can't be opened: {error.strerror}.") from error
    if is_folder:
        raise RecordingError(f"{path} is a folder; choose a recording in it.")
    if path.suffix.casefold() in MNE_SUFFIXES and path.exists():
        # Imported here: MNE takes a second to import and most recordings are EDF.
        from sleepscorer.io.other_recordings import open_with_mne

        return open_with_mne(path)
    return open_edf(path)
