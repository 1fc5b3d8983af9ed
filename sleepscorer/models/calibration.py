"""A laboratory's own calibration of a version: a file beside it, its weights stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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

    Raises
    ------
    ValueError
        A temperature is not positive.
    """

    sha256: str
    temperatures: Mapping[str, float]
    n_epochs: int
    by: str
    at: datetime

    def __post_init__(self) -> None:
        for task, temperature in self.temperatures.items():
            if not 0 < temperature < float("inf"):
                raise ValueError(f"the temperature of {task} is {temperature}, not positive")


CALIBRATIONS: Codec[Calibration] = Codec({"calibration": Calibration})


def tempered(probabilities: npt.NDArray[np.float32], temperature: float) -> npt.NDArray[np.float32]:
    """Divide log-probabilities by a temperature; rows still sum to 1, NaN stays.

    Parameters
    ----------
    probabilities
        Shape (n, n_classes).
    temperature
        Positive; 1 changes nothing, a higher one makes them less sure.
    """
    if temperature == 1:
        return probabilities
    with np.errstate(divide="ignore"):
        scaled = np.log(probabilities.astype(np.float64)) / temperature
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
