"""What was done with the versions of a laboratory: lines that are only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from sleepscorer.codec import Codec, CodecError
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.versions import Comparison, Decision
from sleepscorer.io.appended_lines import AppendedLines


class ModelStoreError(SleepScorerError):
    """The versions of networks can't be used or changed as asked."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A version was added.

    Attributes
    ----------
    sha256, title
        Which.
    file
        Name of the file that it came from.
    by, at
        Who and when.
    """

    sha256: str
    title: str
    file: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Activated:
    """A version is used from now on.

    Attributes
    ----------
    decision
        Which, and on what grounds.
    """

    decision: Decision


@dataclass(frozen=True, slots=True)
class Trained:
    """A version was made here.

    Attributes
    ----------
    sha256, title
        Which.
    start
        Hash of the version that its training began with.
    nights
        What it was trained on, by their ids in the library.
    by, at
        Who asked for it, and when it was done.
    """

    sha256: str
    title: str
    start: str
    nights: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rejected:
    """A version is not to be used.

    Attributes
    ----------
    decision
        Which, and on what grounds.
    """

    decision: Decision


@dataclass(frozen=True, slots=True)
class Postponed:
    """Whether a version is to be used is decided later.

    Attributes
    ----------
    decision
        Which, and what was known by then.
    """

    decision: Decision


@dataclass(frozen=True, slots=True)
class RolledBack:
    """The version before is used again.

    Attributes
    ----------
    left, sha256
        Hash of the version that is not used any more, and of the one that is.
    by, at, why
        Who, when, and in whose words.
    """

    left: str
    sha256: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A version was calibrated.

    Attributes
    ----------
    sha256
        Which.
    by, at
        Who and when.
    comparison
        What it rests on; None where nothing was compared.
    why
        In the person's words; may be empty.
    """

    sha256: str
    by: str
    at: datetime
    comparison: Comparison | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Uncalibrated:
    """The calibration of a version was taken away.

    Attributes
    ----------
    sha256
        Which.
    by, at
        Who and when.
    """

    sha256: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """A version was removed.

    Attributes
    ----------
    sha256, title
        Which.
    by, at
        Who and when.
    """

    sha256: str
    title: str
    by: str
    at: datetime


Entry: TypeAlias = (
    Imported
    | Trained
    | Activated
    | Rejected
    | Postponed
    | RolledBack
    | Calibrated
    | Uncalibrated
    | Deleted
)

ENTRIES: Codec[Entry] = Codec(
    {
        "imported": Imported,
        "trained": Trained,
        "activated": Activated,
        "rejected": Rejected,
        "postponed": Postponed,
        "rolled_back": RolledBack,
        "calibrated": Calibrated,
        "uncalibrated": Uncalibrated,
        "deleted": Deleted,
    }
)


class Ledger:
    """A file of entries, one a line, each on the disk before it counts.

    Parameters
    ----------
    path
        Of the file; there is none before the first entry.
    """

    def __init__(self, path: Path) -> None:
        self._lines = AppendedLines(path)

    def read(self) -> tuple[Entry, ...]:
        """Read all entries; what a crash left of a last line never counted and is left out.

        Raises
        ------
        ModelStoreError
            It can't be read, or a line is damaged.
        """
        try:
            lines = self._lines.read()
        except OSError as error:
            raise ModelStoreError(
                "{path} can't be read: {reason}. Check the folder's permissions.",
                path=self._lines.path,
                reason=error,
            ) from error
        entries = []
        for number, line in enumerate(lines, start=1):
            try:
                entries.append(ENTRIES.decode(line))
            except CodecError as error:
                raise ModelStoreError(
                    "Line {number} of {path}, which says what network is used, is "
                    "damaged: {error}. Restore the file from a copy, or move it away to "
                    "begin with the network that comes with SleepScorer.",
                    number=number,
                    path=self._lines.path,
                    error=error,
                ) from error
        return tuple(entries)

    def append(self, entry: Entry) -> None:
        """Add an entry; it is on the disk when this returns.

        Raises
        ------
        ModelStoreError
            It can't be written.
        """
        try:
            self._lines.append(ENTRIES.encode(entry))
        except OSError as error:
            raise ModelStoreError(
                "{path} can't be written: {reason}. Nothing was changed; check the "
                "folder's permissions and the space on the disk.",
                path=self._lines.path,
                reason=error,
            ) from error
