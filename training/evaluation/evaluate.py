"""Measures sets of weights on nights they were not trained on, as the paper's Table 5 does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.inference import epoch_features, fuse_runs
from model.mc2sleepnet.preprocessing import INPUT
from model.network import STAGES
from model.shared.filters import robust_scale
from model.weights import LoadedModel
from sleepscorer.domain.agreement import Agreement, confusion_matrix
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.network_input import Runs
from training.data.config import TESTED_KINDS, BlindKind
from training.data.mosaic import BLIND_KINDS, blind_epochs
from training.data.nights import Night
from training.data.splits import OfSubject
from training.evaluation.calibration import expected_calibration_error
from training.evaluation.intervals import (
    Interval,
    accuracy_gain_by_subject,
    intervals_by_subject,
)

_Night = TypeVar("_Night", bound=OfSubject)

WHOLE = "full 30-s"
"""Kind of the epochs of nights that are known from end to end."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoredNight:
    """What a network and a scorer said about one night.

    Attributes
    ----------
    subject
        Whose night it is.
    probabilities
        Shape (n, 5).
    uncalibrated
        The same at a temperature of 1.
    stages
        The scorer's, shape (n,), 0-4.
    """

    subject: str
    probabilities: npt.NDArray[np.floating[Any]]
    uncalibrated: npt.NDArray[np.floating[Any]]
    stages: npt.NDArray[np.integer[Any]]

    @classmethod
    def of(cls, night: Night, log_probabilities: Tensor) -> ScoredNight:
        """What an uncalibrated network said about the epochs of a night that have a stage."""
        kept = night.stages >= 0
        probabilities = log_probabilities.exp().numpy()[kept]
        return cls(night.subject, probabilities, probabilities, night.stages[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What was measured, and on what.

    Attributes
    ----------
    title
        Test set and kind of epochs, for the reader.
    confusions
        Confusion matrix (5, 5) of each subject.
    agreement
        With the scoring, over all epochs pooled.
    intervals
        Of accuracy, macro-F1 and κ, by subject; None for a single subject.
    ece_uncalibrated, ece
        Expected calibration error with a temperature of 1 and with the weights' own.
    """

    title: str
    confusions: dict[str, npt.NDArray[np.int64]]
    agreement: Agreement
    intervals: dict[str, Interval] | None
    ece_uncalibrated: float
    ece: float

    @classmethod
    def of(cls, title: str, nights: Sequence[ScoredNight]) -> Evaluation:
        """Pool nights, of one set of weights or of the folds of a cross-validation."""
        stages = np.concatenate([night.stages for night in nights])
        probabilities = np.concatenate([night.probabilities for night in nights])
        uncalibrated = np.concatenate([night.uncalibrated for night in nights])
        confusions: dict[str, npt.NDArray[np.int64]] = {}
        for night in nights:
            confusion = confusion_matrix(night.stages, night.probabilities.argmax(axis=1))
            confusions[night.subject] = confusion + confusions.get(night.subject, 0)
        return cls(
            title=title,
            confusions=confusions,
            agreement=Agreement.from_confusion(np.sum([*confusions.values()], axis=0)),
            intervals=intervals_by_subject(confusions),
            ece_uncalibrated=expected_calibration_error(uncalibrated, stages),
            ece=expected_calibration_error(probabilities, stages),
        )

    def text(self) -> str:
        """Table for a terminal."""
        names = [stage.label for stage in SCORED_STAGES]
        f1 = self.agreement.f1_per_stage
        lines = [
            f"{self.title}: {self.agreement.n_epochs} epochs",
            f"  ACC {100 * self.agreement.accuracy:.1f} %{self._interval('accuracy', 100, 1)}"
            f"   macro-F1 {100 * self.agreement.macro_f1:.1f}{self._interval('macro_f1', 100, 1)}"
            f"   kappa {self.agreement.kappa:.3f}{self._interval('kappa', 1, 3)}",
            "  F1  " + "  ".join(f"{n} {100 * v:.1f}" for n, v in zip(names, f1, strict=True)),
            f"  ECE {self.ece_uncalibrated:.3f} at temperature 1, {self.ece:.3f} as shipped",
            "  scored / network" + "".join(f"{name:>7}" for name in names),
        ]
        for name, row in zip(names, self.agreement.confusion, strict=True):
            lines.append(f"  {name:>16}" + "".join(f"{count:7d}" for count in row))
        return "\n".join(lines)

    def _interval(self, figure: str, scale: float, digits: int) -> str:
        if self.intervals is None:
            return ""
        interval = self.intervals[figure]
        return f" [{scale * interval.low:.{digits}f}, {scale * interval.high:.{digits}f}]"

    def summary(self) -> dict[str, Any]:
        """Figures for a JSON file."""
        return {
            "title": self.title,
            "n_epochs": self.agreement.n_epochs,
            "accuracy": round(self.agreement.accuracy, 4),
            "macro_f1": round(self.agreement.macro_f1, 4),
            "kappa": round(self.agreement.kappa, 4),
            "f1": [round(float(value), 4) for value in self.agreement.f1_per_stage],
            "confusion": self.agreement.confusion.tolist(),
            "confusion_by_subject": {
                subject: confusion.tolist() for subject, confusion in self.confusions.items()
            },
            "ece_uncalibrated": round(self.ece_uncalibrated, 4),
            "ece": round(self.ece, 4),
            "intervals": {
                name: [round(interval.low, 4), round(interval.high, 4)]
                for name, interval in (self.intervals or {}).items()
            },
        }


def gain_text(measured: Evaluation, compared: Evaluation) -> str:
    """Accuracy gained over another evaluation of the same subjects, in points, with bounds."""
    gain = 100 * (measured.agreement.accuracy - compared.agreement.accuracy)
    interval = accuracy_gain_by_subject(measured.confusions, compared.confusions)
    return f"{gain:+.1f} ({bounds_text(interval, signed=True)})"


def bounds_text(interval: Interval | None, *, signed: bool = False) -> str:
    """An interval in per cent; a dash without one."""
    if interval is None:
        return "–"
    sign = "+" if signed else ""
    low, high = (f"{100 * bound:{sign}.1f}" for bound in (interval.low, interval.high))
    return f"{low} to {high}"


def views(night: Night, kinds: Sequence[BlindKind]) -> dict[str, npt.NDArray[np.float32]]:
    """Epochs (n, t) that a night is tested on, by kind; the given ones are for partial nights."""
    if night.is_partial:
        return {kind: blind_epochs(night, kind) for kind in kinds}
    return {WHOLE: night.samples_uv[:]}


def score_nights(
    model: LoadedModel, nights: Iterable[Night], kinds: Sequence[BlindKind] = TESTED_KINDS
) -> dict[str, list[ScoredNight]]:
    """Score nights, by kind of epochs: whole nights as they are, partial ones in the given kinds.

    Parameters
    ----------
    model
        To measure.
    nights
        Of subjects that it was not trained on.
    kinds
        Of partial nights' epochs.
    """
    scored: dict[str, list[ScoredNight]] = {}
    for night in nights:
        for kind, epochs in views(night, kinds).items():
            scored.setdefault(kind, []).append(
                score_night(model, epochs, night.stages, night.subject, night.runs)
            )
    return scored


def score_night(
    model: LoadedModel,
    epochs: npt.NDArray[np.float32],
    stages: npt.NDArray[np.integer[Any]],
    subject: str,
    runs: Runs = (),
) -> ScoredNight:
    """Score prepared epochs (n, t), run by run; those whose stage (n,) is -1 are left out."""
    scored = stages >= 0
    runs = runs or ((0, len(epochs)),)
    said = _log_probabilities(model, epochs, runs)[scored]
    return ScoredNight(
        subject,
        probabilities=(said / model.temperature).softmax(dim=-1).numpy(),
        uncalibrated=said.softmax(dim=-1).numpy(),
        stages=stages[scored],
    )


def _log_probabilities(
    model: LoadedModel, epochs: npt.NDArray[np.float32], runs: Runs
) -> torch.Tensor:
    """Log-probabilities (n, 5) of prepared epochs (n, t) at a temperature of 1, up to a constant.

    Raises
    ------
    ValueError
        The epochs were prepared for other networks.
    """
    network = model.network
    if isinstance(network, MC2SleepNet):  # it takes epochs of any length
        return fuse_runs(network, epoch_features(network, epochs), runs).cpu()
    (channel,) = network.spec.channels
    if (channel.band_hz, network.spec.sfreq) != (INPUT.channels[0].band_hz, INPUT.sfreq):
        raise ValueError(
            f"{model.name} {model.version} sees {channel.band_hz} Hz, and these nights were "
            f"prepared for {INPUT.channels[0].band_hz} Hz"
        )
    seen = epochs[:]
    if channel.is_scaled:
        middle, spread = robust_scale(np.concatenate([seen[start:stop] for start, stop in runs]))
        seen = (seen - middle) / spread
    answer = network.predict(seen[:, None], runs, progress=lambda _: None)
    # What was divided by the temperature is multiplied again.
    return torch.from_numpy(answer.probabilities[STAGES.name]).log() * model.temperature


def pool(pooled: dict[str, list[ScoredNight]], tested: dict[str, list[ScoredNight]]) -> None:
    """Add the nights of each kind to those that are there."""
    for kind, nights in tested.items():
        pooled.setdefault(kind, []).extend(nights)


def evaluations(scored: dict[str, list[ScoredNight]]) -> list[Evaluation]:
    """Pool the nights of each kind of epochs."""
    return [Evaluation.of(_title(kind, nights), nights) for kind, nights in scored.items()]


def _title(kind: str, nights: list[ScoredNight]) -> str:
    subjects = sorted({night.subject for night in nights})
    named = (
        f"subjects {', '.join(subjects)}" if len(subjects) <= 12 else f"{len(subjects)} subjects"
    )
    made = " made of 5-s pieces" if kind in BLIND_KINDS else ""
    return f"{named}, {len(nights)} nights, {kind} epochs{made}"


def held_out_nights(
    model: LoadedModel, nights: Iterable[_Night], subjects: Collection[str] | None
) -> list[_Night]:
    """Nights that may be tested on: of the given subjects, or of the weights' test subjects.

    Raises
    ------
    ValueError
        If a subject was trained on, there are no nights, or nobody names a subject.
    """
    if subjects is None:
        subjects = model.training.get("test_subjects", ())
        if not subjects:
            raise ValueError("the weights have no test subjects: name some with --subjects")
    trained = set(subjects) & set(model.description.subjects)
    if trained:
        raise ValueError(f"the weights were trained on subjects {', '.join(sorted(trained))}")
    chosen = [night for night in nights if night.subject in subjects]
    if not chosen:
        raise ValueError(f"no nights of subjects {', '.join(sorted(subjects))}")
    return chosen
