"""How sure a version is to be on a laboratory's nights: a temperature and a bias of each stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import log_softmax

from model.weights import LoadedModel
from sleepscorer.domain.prediction import STAGES
from sleepscorer.loop.collection import CollectedNight, LeftEpochs, Library, features_network
from sleepscorer.loop.comparison import kept_features
from sleepscorer.loop.patients import LibraryError
from sleepscorer.models.calibration import Calibration

_LEAST_EPOCHS = 100
_TEMPERATURES = (0.3, 4.0)
_PRIOR_EPOCHS = 100.0
"""Epochs that a laboratory's habit has to outweigh: few corrections move a bias little."""


def fit_calibration(
    library: Library,
    nights: Sequence[CollectedNight],
    model: LoadedModel,
    *,
    by: str,
) -> Calibration:
    """Fit a version's calibration to nights that people decided on.

    Epochs that a person saw and left count: by what was corrected alone the version would be wrong
    about everything.

    Parameters
    ----------
    library
        Where the nights are kept.
    nights
        None of them is to be used for comparing.
    model
        The version; a calibration that it has is left aside.
    by
        Who asks for it.

    Raises
    ------
    LibraryError
        Too few epochs were decided on.
    """
    network = features_network(model)
    logs, stages = [], []
    for night in nights:
        features = kept_features(library, night, model)
        said = network.judge(features.features, features.runs).probabilities[STAGES]
        truth = night.truth(LeftEpochs.COUNT)
        counts = (truth >= 0) & np.isfinite(said).all(axis=1)
        logs.append(np.log(np.maximum(said[counts].astype(np.float64), 1e-9)))
        stages.append(truth[counts])
    n_epochs = sum(map(len, stages))
    if n_epochs < _LEAST_EPOCHS:
        raise LibraryError(
            "The nights to learn from have only {number} epochs that count; a calibration takes "
            "{least}. Add more nights.",
            number=n_epochs,
            least=_LEAST_EPOCHS,
        )
    temperature, bias = _fitted(np.concatenate(logs), np.concatenate(stages))
    return Calibration(
        sha256=model.sha256,
        temperatures={STAGES: temperature},
        n_epochs=n_epochs,
        by=by,
        at=datetime.now(UTC),
        biases={STAGES: bias},
    )


def with_calibration(model: LoadedModel, calibration: Calibration | None) -> LoadedModel:
    """Give the version with another calibration, or with none."""
    if calibration is None:
        return replace(model, temperatures={}, biases={})
    return replace(model, temperatures=calibration.temperatures, biases=calibration.biases)


def _fitted(
    logs: npt.NDArray[np.float64], stages: npt.NDArray[np.int8]
) -> tuple[float, tuple[float, ...]]:
    """Temperature and biases that minimise the cross-entropy; biases are drawn to 0."""
    rows = np.arange(len(stages))

    def loss(parameters: npt.NDArray[np.float64]) -> float:
        scaled = log_softmax(logs / np.exp(parameters[0]) + parameters[1:], axis=1)
        prior = _PRIOR_EPOCHS * float((parameters[1:] ** 2).sum()) / 2
        return (prior - float(scaled[rows, stages].sum())) / len(stages)

    low, high = np.log(_TEMPERATURES)
    found = minimize(loss, np.zeros(6), bounds=[(low, high)] + [(-3.0, 3.0)] * 5)
    # Rows stay distributions whatever is added to all classes: the mean is none.
    bias = found.x[1:] - found.x[1:].mean()
    return round(float(np.exp(found.x[0])), 4), tuple(round(float(b), 4) for b in bias)
