"""Open any recording that we read."""

from __future__ import annotations

from pathlib import Path

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import Recording
from sleepscorer.file_questions import is_folder, is_there
from sleepscorer.io.edf import open_edf
from sleepscorer.io.source_file import refuse_pipe

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
    if is_folder(path):
        raise RecordingError("{path} is a folder; choose a recording in it.", path=path)
    refuse_pipe(path)
    if path.suffix.casefold() in MNE_SUFFIXES and is_there(path):
        # Imported here: MNE takes a second to import and most recordings are EDF.
        from sleepscorer.io.other_recordings import open_with_mne

        return open_with_mne(path)
    return open_edf(path)
