"""What became of each recording of a batch, and what a result was made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from sleepscorer.codec import Codec
from sleepscorer.file_questions import files_in, is_file, size_and_time

_COMPANIONS = (".eeg", ".dat", ".vmrk", ".fdt")
"""Files in which BrainVision and EEGLAB keep what the file that is opened only describes."""

_BLOCK_BYTES = 2**20

Reason = Literal["made before", "left alone", "no recording"]


@dataclass(frozen=True, slots=True)
class Content:
    """What a recording is, however it is called.

    Attributes
    ----------
    n_bytes
        Length of its files.
    changed_ns
        When the last of them was changed, by the file system.
    sha256
        Of all of them.
    """

    n_bytes: int
    changed_ns: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Content:
        """Read a recording to the end.

        Raises
        ------
        OSError
            It can't be read.
        """
        files = _files_of(path)
        return cls(*_size_and_time(files), sha256_of(files))

    def is_that_of(self, path: Path) -> bool:
        """Whether a recording is still this; read only where its length is and its time is not.

        Raises
        ------
        OSError
            It can't be read.
        """
        files = _files_of(path)
        n_bytes, changed_ns = _size_and_time(files)
        if n_bytes != self.n_bytes:
            return False
        return changed_ns == self.changed_ns or sha256_of(files) == self.sha256


@dataclass(frozen=True, slots=True)
class Making:
    """How results are made: with another of these, they may become others.

    Attributes
    ----------
    model, sha256
        Title and hash of the version of the network.
    calibration
        What it is calibrated with; empty where it is not.
    format_id
        What is written.
    channel
        The one derivation to stage, ``"LABEL"`` or ``"LABEL,LABEL"``; None where the labels
        decide.
    voters
        At most so many derivations vote where none is named.
    gain
        What the signal is multiplied by.
    second
        Another program whose stages are written beside; empty without.
    fuse
        Whether the result is what both say together.
    strict
        Whether a recording that looks wrong gets no result.
    """

    model: str
    sha256: str
    calibration: str
    format_id: str
    channel: str | None = None
    voters: int = 1
    gain: float = 1.0
    second: str = ""
    fuse: bool = False
    strict: bool = False

    def difference(self, other: Making) -> str:
        """Say what another way of making differs in; empty where results are the same."""
        if (self.sha256, self.calibration) != (other.sha256, other.calibration):
            calibrated = " calibrated otherwise" if self.sha256 == other.sha256 else ""
            return f"it was made by {other.model}{calibrated}, not by {self.model}"
        names = ("format_id", "channel", "voters", "gain", "second", "fuse")
        if any(getattr(self, name) != getattr(other, name) for name in names):
            return "it was made with other options"
        return ""


@dataclass(frozen=True, slots=True)
class Staged:
    """A recording was staged.

    Attributes
    ----------
    recording
        Its path.
    result
        Path of what was written, from the folder of the results, with ``/``.
    files
        Hash of each file that was written, by its path as that of the result.
    content
        What the recording was.
    making
        How it was made.
    n_epochs
        Length.
    derivation
        What was staged.
    told
        Sentences about what looked wrong or odd.
    losses
        Sentences about what the format does not hold.
    figures
        The sleep statistics, None where one is not defined.
    """

    recording: str
    result: str
    files: dict[str, str]
    content: Content
    making: Making
    n_epochs: int
    derivation: str
    told: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    figures: dict[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A recording was passed over.

    Attributes
    ----------
    recording, result
        As for `Staged`.
    reason
        ``"made before"``: the result is there and still that of this recording, version and way;
        ``"left alone"``: what is there is none of ours, or was changed since;
        ``"no recording"``: a file found in a folder that holds no signals.
    sentence
        The same in words.
    """

    recording: str
    result: str
    reason: Reason
    sentence: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A recording has no result.

    Attributes
    ----------
    recording, result
        As for `Staged`.
    sentence
        Why.
    """

    recording: str
    result: str
    sentence: str


Outcome: TypeAlias = Staged | Skipped | Failed

OUTCOMES: Codec[Outcome] = Codec(
    {"staged": Staged, "skipped": Skipped, "failed": Failed}, tag="outcome"
)
"""Outcomes as lines of JSON."""


def sha256_of(files: Iterable[Path]) -> str:
    """Hash of files, one after the other.

    Raises
    ------
    OSError
        One can't be read.
    """
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
    return digest.hexdigest()


def calibration_key(
    temperatures: Mapping[str, float], biases: Mapping[str, tuple[float, ...]]
) -> str:
    """Word for what a version is calibrated with; empty where it is not."""
    if not temperatures and not biases:
        return ""
    text = repr((sorted(temperatures.items()), sorted(biases.items())))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _files_of(path: Path) -> list[Path]:
    """Files of a recording: itself, and those of its name that hold its signals."""
    if path.suffix.casefold() not in (".vhdr", ".set"):
        return [path]
    beside = (one for suffix in _COMPANIONS for one in files_in(path.parent, suffix))
    return [path, *(one for one in beside if one.stem == path.stem and is_file(one))]


def _size_and_time(files: Iterable[Path]) -> tuple[int, int]:
    sizes, times = zip(*map(size_and_time, files), strict=True)
    return sum(sizes), max(times)
