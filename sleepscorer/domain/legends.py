"""What the values of a channel mean that holds states: how somebody lay, or a stage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import Stage


class Position(Enum):
    """How somebody lay; the value is the word that settings keep."""

    SUPINE = "supine"
    LEFT = "left"
    RIGHT = "right"
    PRONE = "prone"
    UPRIGHT = "upright"

    @property
    def label(self) -> str:
        """Its name."""
        return _NAMES[self]


_NAMES = {
    Position.SUPINE: Phrase("Supine"),
    Position.LEFT: Phrase("Left"),
    Position.RIGHT: Phrase("Right"),
    Position.PRONE: Phrase("Prone"),
    Position.UPRIGHT: Phrase("Upright"),
}

Legend = Mapping[float, Position | Stage]
"""What values mean; a value that nobody named is left out."""

SAME_CODE = 0.1
"""How far a value may be from the code that it is: files store them rounded."""

_MOST_CODES = 16
_DEGREES = re.compile(r"°|deg(?:rees?)?", re.IGNORECASE)


def nearest_codes(values: npt.NDArray[np.float32], legend: Legend) -> npt.NDArray[np.float64]:
    """Codes that values are: those of a legend, else whole numbers; NaN where there is neither."""
    codes: npt.NDArray[np.float64] = np.asarray(np.round(values), np.float64)
    with np.errstate(invalid="ignore"):
        codes[np.abs(values - codes) > SAME_CODE] = np.nan
        for code in legend:
            codes[np.abs(values - code) <= SAME_CODE] = code
    return codes


def is_coded(values: npt.NDArray[np.float32], unit: str, legend: Legend) -> bool:
    """Whether values without gaps are codes of states, no angle and no voltage."""
    if not values.size or _DEGREES.fullmatch(unit.strip()):
        return False
    codes = np.unique(nearest_codes(values, legend))
    return codes.size <= _MOST_CODES and not np.isnan(codes).any()
