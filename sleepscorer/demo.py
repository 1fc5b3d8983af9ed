"""The demo: a simulated recording, made when it is first asked for and marked as what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.recording import Recording
from sleepscorer.io.edf_writing import recording_additional_words, write_edf
from sleepscorer.io.private_files import make_private_folder
from sleepscorer.signals.simulation import GENERATOR_VERSION, simulate_night

DEMO_FILE_NAME = "SleepScorer-demo-simulated.edf"
DEMO_START = datetime(2026, 1, 1, 22, 30)

_MARK = "SIMULATED"
"""Word in the recording field of the header: it stays with the file under any name."""

_VERSION = f"generator-{GENERATOR_VERSION}"

_SHARE_OF_SIMULATION = 0.8
"""Share of the time that goes into simulating; writing takes the rest."""


def demo_recording(directory: Path, progress: Callable[[float], None] | None = None) -> Path:
    """Return the demo recording in a directory, made now if it is not there or outdated.

    It holds no stages: they are for the network and the technician to find.

    Parameters
    ----------
    directory
        Where the recording is kept; created if need be.
    progress
        Called with the fraction done, 0 to 1, while the recording is made. What it raises ends
        that and leaves no file behind.

    Raises
    ------
    ScoringError
        The directory can't be created or written to.
    """
    path = directory / DEMO_FILE_NAME
    if recording_additional_words(path) == (_MARK, _VERSION):
        return path
    report = progress or _ignore
    try:
        make_private_folder(directory)  # sessions of the demo are saved there, with their scorer
    except OSError as error:
        raise ScoringError(
            "The folder {folder} for the demo can't be created: {reason}.",
            folder=directory,
            reason=error,
        ) from error
    night = simulate_night(progress=lambda fraction: report(fraction * _SHARE_OF_SIMULATION))
    write_edf(
        path,
        night.channels,
        start=DEMO_START,
        patient_name="Simulated",
        recording_additional=(_MARK, _VERSION),
    )
    report(1.0)
    return path


def is_simulated(recording: Path | Recording) -> bool:
    """Whether the header of a file says that its recording is simulated; False for any other."""
    path = recording.path if isinstance(recording, Recording) else recording
    return _MARK in recording_additional_words(path)


def _ignore(_fraction: float) -> None:
    pass
