"""One row for each format that a scoring is exported to.

The dialogs, the command line and the tests are made from this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.io.csv_scoring import write_csv
from sleepscorer.io.edf_scoring import write_edf_hypnogram


@dataclass(frozen=True, slots=True)
class ScoringFormat:
    """A file format of scorings.

    Attributes
    ----------
    id
        Word on the command line.
    name
        Name in dialogs.
    file_ending
        What follows the recording's name in the file's name.
    suffix
        Suffix of its files.
    write
        Writes a scoring to a path, wholly or not at all; raises ScoringError.
    """

    id: str
    name: str
    file_ending: str
    suffix: str
    write: Callable[[Path, ScoredRecording], None]

    def file_name(self, recording_name: str) -> str:
        """Name of the file for a recording's file name, e.g. ``"night-hypnogram.edf"``."""
        return f"{Path(recording_name).stem}{self.file_ending}"


SCORING_FORMATS = (
    ScoringFormat("edf", "EDF+ annotations (AASM)", "-hypnogram.edf", ".edf", write_edf_hypnogram),
    ScoringFormat("csv", "CSV, one row an epoch", ".csv", ".csv", write_csv),
)


def scoring_format(format_id: str) -> ScoringFormat:
    """Return the format of an id; raise KeyError for an unknown one."""
    return {row.id: row for row in SCORING_FORMATS}[format_id]
