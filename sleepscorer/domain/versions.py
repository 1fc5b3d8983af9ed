"""Versions of networks, how two of them compare, and who decided on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


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
class Bin:
    """Epochs of which a version was about equally sure.

    Attributes
    ----------
    n_epochs
        How many.
    confidence
        How sure it was of them, on average, 0 to 1.
    accuracy
        Share of them on which people agreed.
    """

    n_epochs: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How well stages agree with people's; None for a figure that is not defined.

    Attributes
    ----------
    accuracy, macro_f1
        0 to 1.
    kappa
        At most 1.
    f1
        Of each stage in class order.
    n1_as_n2, n2_as_n1
        Share of the epochs that people call N1 (N2) that are staged N2 (N1).
    calibration_error
        Mean distance of confidence and accuracy, 0 to 1.
    cross_entropy
        Mean over the epochs, in nats.
    bins
        Of rising confidence; those without epochs are left out.
    """

    accuracy: float
    macro_f1: float
    kappa: float | None
    f1: tuple[float | None, ...] = ()
    n1_as_n2: float | None = None
    n2_as_n1: float | None = None
    calibration_error: float | None = None
    cross_entropy: float | None = None
    bins: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True)
class Gain:
    """What a figure gains, and where it would lie with other patients like these.

    Attributes
    ----------
    value
        Candidate less current, over all epochs.
    low, high
        Bounds of 95 % of the resamples of whole patients; None for fewer than two.
    """

    value: float
    low: float | None = None
    high: float | None = None


class Verdict(Enum):
    """What a comparison says."""

    BETTER = "better"
    NOT_BETTER = "not better"
    UNCLEAR = "cannot be told yet"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, or two calibrations of one, on the same nights, which neither has seen.

    Attributes
    ----------
    current, candidate
        Hashes of the versions.
    n_nights, n_epochs
        What they were compared on.
    of_current, of_candidate
        What was measured.
    n_subjects
        Patients among whom the nights are.
    accuracy_gain, kappa_gain, n1_gain
        Of accuracy, κ and the F1 of N1.
    by_chance
        How likely a gain like this, beyond what is forgotten, were if every patient's were as
        likely a loss; None where there is no patient.
    replay_of_current, replay_of_candidate
        The same on nights of the training of the versions they come from; None without.
    verdict
        What follows.
    n_missing
        Nights of further patients that would probably tell; None where it is told, or where no
        number would.
    replay_gain
        Of accuracy on the nights of that training: what is forgotten is less than nothing.
    """

    current: str
    candidate: str
    n_nights: int
    n_epochs: int
    of_current: Figures
    of_candidate: Figures
    n_subjects: int = 0
    accuracy_gain: Gain | None = None
    kappa_gain: Gain | None = None
    n1_gain: Gain | None = None
    by_chance: float | None = None
    replay_of_current: Figures | None = None
    replay_of_candidate: Figures | None = None
    verdict: Verdict = Verdict.UNCLEAR
    n_missing: int | None = None
    replay_gain: Gain | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody decided about a version: that it is used from now on, or is not.

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
