"""Real recordings with expert stages that the bundled weights were not trained on.

Partial nights become epochs that join six neighbouring 5-s pieces without regard to stages: figures
on them are of partial epochs. Neighbouring epochs share pieces. Their subjects may have chosen the
weights (the model card names the validation subjects), so they flatter them a little.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model.files import newest
from model.mc2sleepnet.inference import Prediction, predict_with_features
from model.mc2sleepnet.preprocessing import SFREQ_HZ
from model.weights import LoadedModel, load
from resources import WEIGHTS_FOLDER
from sleepscorer.domain.channels import Channel, ChannelKind
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.recording import Recording, Stretch, sample_range
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

    @property
    def density(self) -> Hypnodensity:
        """What the network says."""
        return Hypnodensity(self.prediction.probabilities.copy(), "bundled", "", self.name)

    def scoring(self, density: Hypnodensity | None = None) -> Scoring:
        """Scoring with the network's stages, or with those of another prediction."""
        scoring = Scoring(len(self.expert))
        scoring.apply(prediction_edit(scoring, density or self.density))
        return scoring


class EpochsAsRecording(Recording):
    """Epochs one after the other, as another program is given them."""

    def __init__(self, held_out: HeldOutRecording) -> None:
        self._signal = held_out.epochs[: len(held_out.expert)].reshape(-1)
        duration_s = len(held_out.expert) * EPOCH_S
        super().__init__(
            Path(f"{held_out.name}.edf"),
            start=datetime(2026, 1, 1, 22),
            channels=(Channel(0, "EEG", ChannelKind.EEG, "µV", SFREQ_HZ),),
            stretches=(Stretch(0.0, duration_s),),
            content=held_out.name,
        )

    @property
    def identification(self) -> tuple[str, str]:
        return "", ""

    def read(self, _channel: Channel, start_s: float, stop_s: float) -> npt.NDArray[np.float32]:
        first, stop = sample_range(start_s, stop_s, SFREQ_HZ, self._signal.size)
        return self._signal[first:stop].copy()

    def read_annotations(self) -> tuple[()]:
        return ()

    def close(self) -> None:
        pass


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
