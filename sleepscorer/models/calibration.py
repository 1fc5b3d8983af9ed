"""A laboratory's own calibration of a version: a file beside it, its weights stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from sleepscorer.codec import Codec


@dataclass(frozen=True, slots=True)
class Calibration:
    """How sure a version is to be on this laboratory's nights.

    Attributes
    ----------
    sha256
        Hash of the version that it was fitted for.
    temperatures
        What the log-probabilities of each task are divided by, on top of what the version does.
    n_epochs
        Scored epochs that they were fitted on.
    by
        Who did it.
    at
        When, with its time zone.
    biases
        What is added to the log-probabilities of each class of each task after that, where the
        laboratory has a class more or less often than the version expects.

    Raises
    ------
    ValueError
        A temperature is not positive, or a bias not finite.
    """

    sha256: str
    temperatures: Mapping[str, float]
    n_epochs: int
    by: str
    at: datetime
    biases: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for task, temperature in self.temperatures.items():
            if not 0 < temperature < float("inf"):
                raise ValueError(f"the temperature of {task} is {temperature}, not positive")
        for task, bias in self.biases.items():
            if not np.isfinite(bias).all():
                raise ValueError(f"the bias of {task} is {bias}, not finite")


CALIBRATIONS: Codec[Calibration] = Codec({"calibration": Calibration})


def calibrated(
    probabilities: npt.NDArray[np.float32], temperature: float, bias: Sequence[float] = ()
) -> npt.NDArray[np.float32]:
    """Divide log-probabilities by a temperature and add a bias; rows sum to 1, NaN stays.

    Parameters
    ----------
    probabilities
        Shape (n, n_classes).
    temperature
        Positive; 1 changes nothing, a higher one makes them less sure.
    bias
        Of each class; none changes nothing.
    """
    if temperature == 1 and not any(bias):
        return probabilities
    with np.errstate(divide="ignore"):
        scaled = np.log(probabilities.astype(np.float64)) / temperature
    if any(bias):
        scaled += np.asarray(bias)
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
