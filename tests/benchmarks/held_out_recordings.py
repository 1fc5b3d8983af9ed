"""Real recordings with expert stages that the bundled weights were not trained on.

Partial nights become epochs that join six neighbouring 5-s pieces without regard to stages: figures
on them are of partial epochs. Neighbouring epochs share pieces. Their subjects may have chosen the
weights (the model card names the validation subjects), so they flatter them a little.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model.files import newest
from model.mc2sleepnet.inference import Prediction, predict_with_features
from model.weights import LoadedModel, load
from resources import WEIGHTS_FOLDER
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scoring import Scoring, prediction_edit
from training.corpora.partial_epochs import read_nights
from training.data.mosaic import pseudo_epochs
from training.evaluation.full_epochs import read_full_recording

DATA = Path(os.environ.get("SLEEPSCORER_DATA", Path(__file__).parents[3] / "shared" / "data"))

SHARED_PIECES = 5
"""Partial epochs at most this far apart have pieces in common."""


@dataclass(frozen=True, slots=True, eq=False)
class HeldOutRecording:
    """One recording, staged.

    Attributes
    ----------
    name
        What it is called in the tables.
    is_partial
        Whether its epochs are made of 5-s pieces.
    epochs
        Prepared, shape (n, 3000).
    expert
        Stage codes, shape (n,), none unscored.
    prediction
        Of the bundled network.
    """

    name: str
    is_partial: bool
    epochs: npt.NDArray[np.float32]
    expert: npt.NDArray[np.int64]
    prediction: Prediction

    def scoring(self) -> Scoring:
        """Scoring with the network's stages."""
        scoring = Scoring(len(self.expert))
        density = Hypnodensity(self.prediction.probabilities.copy(), "bundled", "", self.name)
        scoring.apply(prediction_edit(scoring, density))
        return scoring


def held_out_recordings(model: LoadedModel | None = None) -> Iterator[HeldOutRecording]:
    """Stage the full recording, then the partial nights of subjects not trained on."""
    model = model or load(newest(WEIGHTS_FOLDER))
    folder = DATA / "continuous"
    full = read_full_recording(
        folder / "dynamo-segment1.edf", folder / "dynamo-segment1-stages.txt"
    )
    nights = [(full.name, False, full.epochs[: np.sum(full.stages >= 0)], full.stages)]
    trained_on = model.training["train_subjects"]
    nights += [
        (night.name, True, pseudo_epochs(night), night.stages)
        for night in read_nights(DATA / "sleepedf20-first5s")
        if night.subject not in trained_on
    ]
    for name, is_partial, epochs, stages in nights:
        prediction = predict_with_features(model.network, np.ascontiguousarray(epochs))
        expert = stages[: len(epochs)].astype(np.int64)
        yield HeldOutRecording(name, is_partial, epochs, expert, prediction)
