"""A small set of features of the nights that a version was trained on, shipped beside it.

Whoever fine-tunes the version draws from it too, so that the network does not forget them, and
compares both versions on nights of it that were never trained on.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from model.mc2sleepnet.inference import epoch_features
from model.mc2sleepnet.weights import network_of
from model.network import HasFeatures
from model.weights import LoadedModel
from sleepscorer.io.feature_set import FeatureNight, FeatureSet, Part
from training.data.mosaic import blind_epochs
from training.data.nights import Night

N_EPOCHS = 350
"""Epochs of each night: enough for its stages, and a few megabytes for all nights together."""
_STRIDE = 25


def replay_set(model: LoadedModel, nights: Iterable[Night], attribution: str) -> FeatureSet:
    """Compute the features of a part of some nights.

    Of subjects that the version was trained on the first night counts, that of the first subject
    for validation; of all others every night does, for tests.

    Parameters
    ----------
    model
        The version.
    nights
        Of its training set and its validation subjects.
    attribution
        That their licence asks for.
    """
    trained, taken = set(model.description.subjects), set[str]()
    assert isinstance(model.network, HasFeatures), "an MC²SleepNet has features"
    found = []
    for night in sorted(nights, key=lambda one: one.name):
        part: Part = "test"
        if night.subject in trained:
            if night.subject in taken:
                continue
            part = "train" if taken else "validation"
            taken.add(night.subject)
        epochs = blind_epochs(night, "pseudo")
        first = _richest(night.stages)
        rows = slice(first, first + N_EPOCHS)
        features = epoch_features(network_of(model), epochs[rows]).cpu().numpy()
        runs = tuple(
            (max(start - first, 0), min(stop - first, len(features)))
            for start, stop in night.runs
            if start < first + len(features) and stop > first
        )
        found.append(
            FeatureNight(
                night.name,
                night.subject,
                part,
                features.astype(np.float16),
                night.stages[rows].astype(np.int8),
                runs,
            )
        )
    return FeatureSet(model.network.features_sha256, tuple(found), attribution)


def _richest(stages: np.ndarray[tuple[int], np.dtype[np.int8]]) -> int:
    """First of the epochs whose rarest stage is the least rare."""
    starts = range(0, max(len(stages) - N_EPOCHS, 0) + 1, _STRIDE)

    def rarest(first: int) -> int:
        part = stages[first : first + N_EPOCHS]
        return int(np.bincount(part[part >= 0], minlength=5).min())

    return max(starts, key=rarest)
