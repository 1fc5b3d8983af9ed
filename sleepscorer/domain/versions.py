"""Versions of networks, how two of them compare, and who decided on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InputRange:
    """Signals that a version knows.

    Attributes
    ----------
    lowest_uv, highest_uv
        Least and greatest deviation of a typical epoch of a night, in µV.
    usual_uv
        What it is in most nights.
    least_sfreq
        Slowest sampling rate in Hz.
    """

    lowest_uv: float
    usual_uv: float
    highest_uv: float
    least_sfreq: float


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One trained version of a network.

    Attributes
    ----------
    architecture
        Of the network, e.g. ``"mc2sleepnet"``.
    name, version
        As shown, e.g. ``"MC²SleepNet"`` and ``"4"``.
    sha256
        Hash of its tensors, 64 hexadecimal digits: what it is known by.
    input_range
        Signals that it knows; None where nobody recorded them.
    subjects
        Whose nights it has seen over all its starts, sorted.
    ancestors
        Hashes of the versions that its training began with, the nearest first.
    card
        Model card in Markdown; empty where there is none.
    is_bundled
        Whether it comes with the application, which keeps it.
    """

    architecture: str
    name: str
    version: str
    sha256: str
    input_range: InputRange | None
    subjects: tuple[str, ...]
    ancestors: tuple[str, ...]
    card: str
    is_bundled: bool

    @property
    def title(self) -> str:
        """Name and version, as shown."""
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Figures:
    """How well stages agree with people's.

    Attributes
    ----------
    accuracy, macro_f1
        0 to 1.
    kappa
        At most 1.
    """

    accuracy: float
    macro_f1: float
    kappa: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions on the same nights, which neither has seen.

    Attributes
    ----------
    current, candidate
        Hashes of the versions.
    n_nights, n_epochs
        What they were compared on.
    of_current, of_candidate
        What was measured.
    """

    current: str
    candidate: str
    n_nights: int
    n_epochs: int
    of_current: Figures
    of_candidate: Figures


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody decided that a version is used from now on.

    Attributes
    ----------
    sha256
        Hash of the version.
    by
        Name of the person.
    at
        When, with its time zone.
    why
        In the person's words; may be empty.
    comparison
        What it rests on; None where nothing was compared.

    Raises
    ------
    ValueError
        The person has no name, or the time no zone.
    """

    sha256: str
    by: str
    at: datetime
    why: str = ""
    comparison: Comparison | None = None

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("a decision needs the name of a person")
        if self.at.tzinfo is None:
            raise ValueError("a decision needs a time with its zone")
