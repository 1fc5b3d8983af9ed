"""Temperature scaling and its measure (Guo et al., 2017)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

FloatArray = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.integer[Any]]

_TEMPERATURE_RANGE = (0.2, 5.0)
_N_BINS = 15


def fit_temperature(log_probabilities: FloatArray, stages: IntArray) -> float:
    """Temperature that minimises the cross-entropy.

    Parameters
    ----------
    log_probabilities
        Shape (n, 5); need not be normalised.
    stages
        Classes, shape (n,).

    Returns
    -------
    float
        Between 0.2 and 5; above 1 where the network is too sure.
    """
    rows = np.arange(len(stages))

    def cross_entropy(log_temperature: float) -> float:
        scaled = log_softmax(log_probabilities / math.exp(log_temperature), axis=1)
        return -float(scaled[rows, stages].mean())

    low, high = _TEMPERATURE_RANGE
    result = minimize_scalar(
        cross_entropy, bounds=(math.log(low), math.log(high)), method="bounded"
    )
    return math.exp(float(result.x))


def expected_calibration_error(probabilities: FloatArray, stages: IntArray) -> float:
    """Mean distance between confidence and accuracy over 15 equal bins of confidence.

    Parameters
    ----------
    probabilities
        Shape (n, 5), rows sum to 1.
    stages
        Classes, shape (n,).

    Returns
    -------
    float
        0 to 1.
    """
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == stages
    bins = np.minimum((confidence * _N_BINS).astype(int), _N_BINS - 1)
    gap = np.bincount(bins, weights=confidence - correct, minlength=_N_BINS)
    return float(np.abs(gap).sum() / len(stages))
