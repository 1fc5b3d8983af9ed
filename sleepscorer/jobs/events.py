"""What a job reports while it runs: one event a line of JSON.

The same lines go to the program that started the job, and into its log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from sleepscorer.codec import Codec, CodecError


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of a stage is done.

    Attributes
    ----------
    stage
        Name of the stage.
    step, of
        Number of the step, from 1, and of all.
    loss
        Of this step; None where nothing is learnt.
    eta_s
        Seconds until the stage is done; None where they are not known.
    """

    stage: str
    step: int
    of: int
    loss: float | None = None
    eta_s: float | None = None


@dataclass(frozen=True, slots=True)
class Validated:
    """Validation nights were measured; a figure that is not defined is NaN.

    Attributes
    ----------
    stage, step
        Where the stage is.
    accuracy, macro_f1, kappa
        Agreement with the scoring.
    cross_entropy
        Mean over the epochs.
    signal_accuracy
        Of the signal head alone; None where it is not measured.
    """

    stage: str
    step: int
    accuracy: float
    macro_f1: float
    kappa: float
    cross_entropy: float
    signal_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class StoppedEarly:
    """A stage ends before its last step, as validations gain nothing any more.

    Attributes
    ----------
    stage, step
        Where the stage is.
    """

    stage: str
    step: int


@dataclass(frozen=True, slots=True)
class Done:
    """A job is done.

    Attributes
    ----------
    weights
        Path of the file that it wrote.
    sha256
        Of that file.
    """

    weights: str
    sha256: str


@dataclass(frozen=True, slots=True)
class NothingGained:
    """A job is done, and nothing came of it: no step was better than what it began with."""


JobEvent: TypeAlias = StepDone | Validated | StoppedEarly | Done | NothingGained

EVENTS: Codec[JobEvent] = Codec(
    {
        "step": StepDone,
        "validation": Validated,
        "stopped_early": StoppedEarly,
        "done": Done,
        "nothing_gained": NothingGained,
    },
    tag="event",
)
"""Events as lines; decoding one that is none raises a `CodecError`."""


def events_in(lines: Iterable[str | bytes]) -> Iterator[JobEvent]:
    """Events of a log that a killed process may have left with lines that are cut, or run together.

    Those lines are left out.
    """
    for line in lines:
        with suppress(CodecError):
            yield EVENTS.decode(line)
