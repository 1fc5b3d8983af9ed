"""Measures a set of weights on nights it was not trained on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from model.inference import predict
from model.weights import LoadedModel
from sleepscorer.domain.agreement import Agreement, confusion_matrix
from sleepscorer.domain.stages import SCORED_STAGES
from training.calibration import expected_calibration_error
from training.mosaic import BLIND_KINDS
from training.partial_epochs import PartialNight


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What was measured, and on what.

    Attributes
    ----------
    title
        Test set and kind of epochs, for the reader.
    agreement
        With the scoring, over all epochs pooled.
    ece_uncalibrated, ece
        Expected calibration error with a temperature of 1 and with the weights' own.
    """

    title: str
    agreement: Agreement
    ece_uncalibrated: float
    ece: float

    def text(self) -> str:
        """Table for a terminal."""
        names = [stage.label for stage in SCORED_STAGES]
        f1 = self.agreement.f1_per_stage
        lines = [
            f"{self.title}: {self.agreement.n_epochs} epochs",
            f"  ACC {100 * self.agreement.accuracy:.1f} %"
            f"   macro-F1 {100 * self.agreement.macro_f1:.1f}"
            f"   kappa {self.agreement.kappa:.3f}",
            "  F1  " + "  ".join(f"{n} {100 * v:.1f}" for n, v in zip(names, f1, strict=True)),
            f"  ECE {self.ece_uncalibrated:.3f} at temperature 1, {self.ece:.3f} as shipped",
            "  scored / network" + "".join(f"{name:>7}" for name in names),
        ]
        for name, row in zip(names, self.agreement.confusion, strict=True):
            lines.append(f"  {name:>16}" + "".join(f"{count:7d}" for count in row))
        return "\n".join(lines)


def evaluate_partial_nights(
    model: LoadedModel, nights: Iterable[PartialNight], kind: str
) -> Evaluation:
    """Measure on epochs composed of 5-s pieces.

    Parameters
    ----------
    model
        To measure.
    nights
        Of subjects that it was not trained on.
    kind
        A key of :data:`training.mosaic.BLIND_KINDS`.
    """
    nights = list(nights)
    subjects = ", ".join(sorted({night.subject for night in nights}))
    return evaluate_nights(
        model,
        [(BLIND_KINDS[kind](night), night.stages) for night in nights],
        f"Sleep-EDF subjects {subjects}, {len(nights)} nights, {kind} epochs made of 5-s pieces",
    )


def evaluate_nights(
    model: LoadedModel,
    nights: Iterable[tuple[npt.NDArray[np.float32], npt.NDArray[np.integer[Any]]]],
    title: str,
) -> Evaluation:
    """Measure on prepared epochs (n, 3000) and stages (n,) of each night; -1 is left out."""
    all_probabilities, all_stages = [], []
    for epochs, stages in nights:
        probabilities = predict(model.network, epochs, device=model.device)
        scored = stages >= 0
        all_probabilities.append(probabilities[scored])
        all_stages.append(stages[scored])
    probabilities, stages = np.concatenate(all_probabilities), np.concatenate(all_stages)
    # The temperature is an exponent: raising to it and normalising again takes it back.
    unscaled = probabilities.astype(np.float64) ** model.temperature
    unscaled /= unscaled.sum(axis=1, keepdims=True)
    return Evaluation(
        title=title,
        agreement=Agreement.from_confusion(confusion_matrix(stages, probabilities.argmax(axis=1))),
        ece_uncalibrated=expected_calibration_error(unscaled, stages),
        ece=expected_calibration_error(probabilities, stages),
    )


def held_out_subjects(
    model: LoadedModel, nights: Iterable[PartialNight], subjects: Collection[str] | None
) -> list[PartialNight]:
    """Nights that may be tested on: of the given subjects, or of the weights' test subjects.

    Raises
    ------
    ValueError
        If a subject was trained on, or there are no nights.
    """
    if subjects is None:
        subjects = model.training.get("config", {}).get("test_subjects", ())
    trained = set(subjects) & set(model.training.get("train_subjects", ()))
    if trained:
        raise ValueError(f"the weights were trained on subjects {', '.join(sorted(trained))}")
    chosen = [night for night in nights if night.subject in subjects]
    if not chosen:
        raise ValueError(f"no nights of subjects {', '.join(sorted(subjects)) or '(none)'}")
    return chosen
