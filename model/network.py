"""What every network is to those who use it: what it wants, what it answers, what else it can.

Nothing outside a network's own folder and its training looks behind this. The shapes have n
epochs of the recording, c channels and t samples of an epoch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Progress = Callable[[float], None]
Runs = Sequence[tuple[int, int]]
"""Half-open ranges of consecutive epochs, ascending and disjoint; between two lies a gap."""


ROLES = ("EEG", "EEG C4", "EEG C3", "EOG left", "EOG right", "ECG", "EMG chin", "airflow")
"""What a channel may be asked for. The plain EEG is any derivation that people score by; C4 and C3
are taken from the same side of the head where the recording has no such electrode."""


@dataclass(frozen=True, slots=True)
class InputChannel:
    """One channel that a network looks at.

    Attributes
    ----------
    role
        What it measures, one of the `ROLES`.
    band_hz
        Lower and upper corner of the band that the network sees.
    least_sfreq
        Slowest sampling rate accepted, in Hz.
    is_optional
        Whether the network does without: its samples are NaN where it is not there, be that all
        night or in some epochs.
    is_scaled
        Whether each recording's median becomes 0 and its interquartile range 1; else the samples
        are in µV.
    """

    role: str
    band_hz: tuple[float, float]
    least_sfreq: float
    is_optional: bool = False
    is_scaled: bool = False


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What of a recording a network wants to see.

    Attributes
    ----------
    channels
        In the order in which it gets them. The first is an EEG that may not be missing: the
        derivation that a person chooses to be staged.
    sfreq
        Sampling rate of all of them once they are prepared, in Hz.
    epoch_s
        Length of an epoch.

    Raises
    ------
    ValueError
        The first channel is no EEG, or may be missing; a role is unknown, or asked for twice.
    """

    channels: tuple[InputChannel, ...]
    sfreq: float
    epoch_s: float

    def __post_init__(self) -> None:
        roles = [channel.role for channel in self.channels]
        unknown = [role for role in roles if role not in ROLES]
        if unknown or len(set(roles)) != len(roles):
            raise ValueError(f"roles {', '.join(roles)}: each is one of {ROLES}, and only once")
        if not roles or not roles[0].startswith("EEG") or self.channels[0].is_optional:
            raise ValueError("the first channel that a network wants is an EEG, and always there")

    @property
    def n_times(self) -> int:
        """Samples of a channel in one epoch."""
        return round(self.sfreq * self.epoch_s)


@dataclass(frozen=True, slots=True)
class Task:
    """A question that a network answers about every epoch.

    Attributes
    ----------
    name
        Of the question.
    classes
        Names of the answers, in the order of their columns.
    """

    name: str
    classes: tuple[str, ...]


STAGES = Task("stages", ("W", "N1", "N2", "N3", "R"))
APNEA = Task("apnea", ("no", "yes"))
HYPOPNEA = Task("hypopnea", ("no", "yes"))


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a network makes of every epoch; rows outside all runs are NaN.

    Attributes
    ----------
    probabilities
        By the name of the task, shape (n, n_classes), float32; rows sum to 1.
    features
        Each epoch by itself, shape (n, ...), float32: epochs that look alike to the network are
        close. None for a network that has none.
    """

    probabilities: Mapping[str, npt.NDArray[np.float32]]
    features: npt.NDArray[np.float32] | None = None


class Network(Protocol):
    """A network ready to be asked."""

    @property
    def spec(self) -> InputSpec:
        """What it wants to see."""
        ...

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What it answers."""
        ...

    def predict(self, epochs: npt.NDArray[np.float32], runs: Runs, *, progress: Progress) -> Answer:
        """Judge every epoch of a recording.

        Parameters
        ----------
        epochs
            Prepared as `spec` says, shape (n, c, t).
        runs
            Epochs to judge; nothing is carried from one run into the next.
        progress
            Called with the fraction done, 0 to 1; may raise to cancel.

        Raises
        ------
        ValueError
            Shapes or runs are not as described, or an epoch inside a run holds values that are
            not finite.
        """
        ...


@runtime_checkable
class Explains(Protocol):
    """A network that can say what in an epoch speaks for a stage."""

    def explain(
        self,
        epochs: npt.NDArray[np.float32],
        features: npt.NDArray[np.float32],
        epoch: int,
        stage: int,
    ) -> npt.NDArray[np.float32]:
        """Measure how much each second of an epoch speaks for a stage.

        Parameters
        ----------
        epochs, features
            Of the whole recording, as they went into and came out of `predict`.
        epoch
            Index of the epoch asked about.
        stage
            Class of the stage asked about.

        Returns
        -------
        ndarray of float32
            Shape (30,): change of the log-odds, positive where a second speaks for the stage.
        """
        ...


@runtime_checkable
class HasFeatures(Protocol):
    """A network that judges a night by features of each epoch by itself, which can be kept.

    What a version says of a night is the same whether its features are kept or computed anew.
    """

    @property
    def features_sha256(self) -> str:
        """Hash of what computes the features: versions that share it share their features."""
        ...

    def judge(self, features: npt.NDArray[np.float32], runs: Runs) -> Answer:
        """Judge every epoch of a recording by its features.

        Parameters
        ----------
        features
            As `predict` gave them, shape (n, ...); rows outside all runs may be anything.
        runs
            Epochs to judge; nothing is carried from one run into the next.
        """
        ...
