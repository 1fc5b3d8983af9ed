"""Development gauges: what weights hold when the laboratory is another one.

Recordings that the weights were not trained on are altered, one way at a time, prepared as the
application would and staged: whole recordings, partial nights as pseudo-epochs and mirrored ones
(see :mod:`training.data.mosaic`), and people who were awake, by derivation. Of those last ones only
the recall of W can be told, so read it beside the precision of W elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from model.mc2sleepnet.preprocessing import N_TIMES, SFREQ_HZ, cut_epochs, prepare_signal
from model.weights import LoadedModel
from sleepscorer.domain.agreement import Agreement, confusion_matrix
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.domain.texts import json_text
from training.corpora.eegmat import AwakeSubject
from training.data.config import TESTED_KINDS, BlindKind
from training.data.equipment import Signal
from training.data.mosaic import blind_signal
from training.data.nights import Night
from training.evaluation.alterations import Alteration
from training.evaluation.calibration import expected_calibration_error
from training.evaluation.evaluate import WHOLE, ScoredNight, score_night
from training.evaluation.full_epochs import FullRecording

AS_IT_IS = "as recorded"
WAKE_PREFIX = "wake "
WAKE_SHOWN = ("Fpz*-Cz", "C3-A2", "O1-A2")
"""Derivations that are altered; the others are staged as they were recorded."""

_ALTERED_KIND: BlindKind = "pseudo"


@dataclass(frozen=True, slots=True, eq=False)
class GaugedSignal:
    """A continuous signal to alter and stage.

    Attributes
    ----------
    group
        What its epochs are pooled with.
    subject
        Whose it is.
    signal_uv
        Shape (n_times,), µV at 100 Hz.
    stages
        Of its whole epochs, shape (n,), -1 unscored.
    is_altered
        Whether it is staged altered too, and not only as recorded: enough of them to tell what an
        alteration costs, in minutes.
    """

    group: str
    subject: str
    signal_uv: Signal
    stages: npt.NDArray[np.integer[Any]]
    is_altered: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What was measured of a group under an alteration.

    Attributes
    ----------
    alteration, group
        Names.
    agreement
        With the scoring, over all epochs pooled.
    ece
        Expected calibration error of the probabilities as shipped.
    """

    alteration: str
    group: str
    agreement: Agreement
    ece: float

    @classmethod
    def of(cls, alteration: str, group: str, scored: Sequence[ScoredNight]) -> Figures:
        """Pool recordings."""
        stages = np.concatenate([night.stages for night in scored])
        probabilities = np.concatenate([night.probabilities for night in scored])
        confusion = confusion_matrix(stages, probabilities.argmax(axis=1))
        return cls(
            alteration,
            group,
            Agreement.from_confusion(confusion),
            expected_calibration_error(probabilities, stages),
        )

    @property
    def wake_recall(self) -> float:
        """Share of the epochs of W that are called W; NaN without any."""
        row = self.agreement.confusion[Stage.W]
        return float(row[Stage.W] / row.sum()) if row.any() else float("nan")

    @property
    def wake_precision(self) -> float:
        """Share of the epochs called W that are W; NaN without any."""
        column = self.agreement.confusion[:, Stage.W]
        return float(column[Stage.W] / column.sum()) if column.any() else float("nan")

    def details(self) -> str:
        """Line with F1 of each stage and the precision of W; of wake alone, its recall."""
        start = f"  {self.group:<14} {self.agreement.n_epochs:5d} epochs  "
        if self.group.startswith(WAKE_PREFIX):
            return f"{start}recall of W {self.wake_recall:.2f}  ECE {self.ece:.3f}"
        f1 = self.agreement.f1_per_stage
        names = [stage.label for stage in SCORED_STAGES]
        return (
            f"{start}ACC {100 * self.agreement.accuracy:.1f}  "
            f"macro-F1 {100 * self.agreement.macro_f1:.1f}  kappa {self.agreement.kappa:.3f}  F1 "
            + " ".join(f"{name} {100 * value:.0f}" for name, value in zip(names, f1, strict=True))
            + f"  precision of W {self.wake_precision:.2f}  ECE {self.ece:.3f}"
        )

    def summary(self) -> dict[str, Any]:
        """Figures for a JSON file; those that are not defined are null."""
        figures = {
            "accuracy": self.agreement.accuracy,
            "macro_f1": self.agreement.macro_f1,
            "kappa": self.agreement.kappa,
            "wake_recall": self.wake_recall,
            "wake_precision": self.wake_precision,
            "ece": self.ece,
        }
        return {
            "alteration": self.alteration,
            "group": self.group,
            "n_epochs": self.agreement.n_epochs,
            **{name: _rounded(value) for name, value in figures.items()},
            "f1": [_rounded(float(value)) for value in self.agreement.f1_per_stage],
            "confusion": self.agreement.confusion.tolist(),
        }


def signals_of_nights(nights: Iterable[Night]) -> Iterator[GaugedSignal]:
    """Both kinds of epochs that partial nights are tested on; whole nights as they are.

    Of each subject the first night is altered, of a partial one as pseudo-epochs.
    """
    seen: set[str] = set()
    for night in nights:
        is_first = night.subject not in seen
        seen.add(night.subject)
        if not night.is_partial:
            for start, stop in night.runs:
                signal_uv = night.samples_uv[start:stop].reshape(-1)
                stages = night.stages[start:stop]
                yield GaugedSignal(WHOLE, night.subject, signal_uv, stages, is_first)
            continue
        for kind in TESTED_KINDS:
            signal_uv = blind_signal(night, kind)
            is_altered = is_first and kind == _ALTERED_KIND
            yield GaugedSignal(kind, night.subject, signal_uv, night.stages, is_altered)


def signal_of_recording(recording: FullRecording) -> GaugedSignal:
    """Take a full recording, as it was recorded.

    Raises
    ------
    ValueError
        If it was not sampled at 100 Hz, which the alterations are made for, or has a gap.
    """
    if recording.sfreq != SFREQ_HZ:
        raise ValueError(
            f"{recording.name} is sampled at {recording.sfreq:g} Hz: gauge recordings of 100 Hz"
        )
    if not np.isfinite(recording.signal_uv).all():
        raise ValueError(f"{recording.name} has a gap: gauge recordings without one")
    return GaugedSignal(WHOLE, recording.name, recording.signal_uv, recording.stages)


def signals_of_awake(
    model: LoadedModel, subjects: Sequence[AwakeSubject], chosen: Collection[str]
) -> Iterator[GaugedSignal]:
    """Everything that was recorded of the chosen people, all of it W.

    Raises
    ------
    ValueError
        If one of them is not there, or the weights were trained on them.
    """
    absent = set(chosen) - {each.subject for each in subjects}
    if absent:
        raise ValueError(f"no awake subjects {', '.join(sorted(absent))}")
    seen = model.description.subjects
    trained = [subject for subject in chosen if f"{WAKE_PREFIX}{subject}" in seen]
    if trained:
        raise ValueError(f"the weights were trained on awake subjects {', '.join(sorted(trained))}")
    for each in subjects:
        if each.subject not in chosen:
            continue
        for derivation, parts in each.recordings_uv.items():
            for signal_uv in parts:
                awake = np.full(signal_uv.size // N_TIMES, Stage.W, dtype=np.int8)
                group, is_altered = f"{WAKE_PREFIX}{derivation}", derivation in WAKE_SHOWN
                yield GaugedSignal(group, each.subject, signal_uv, awake, is_altered)


def stage_signals(
    model: LoadedModel, signals: Iterable[GaugedSignal], alter: Alteration
) -> list[tuple[GaugedSignal, ScoredNight]]:
    """Alter, prepare and stage signals of people that the network was not trained on."""
    staged = []
    for signal in signals:
        epochs = cut_epochs(prepare_signal(*alter(signal.signal_uv)))[: len(signal.stages)]
        stages = signal.stages[: len(epochs)]
        staged.append((signal, score_night(model, epochs, stages, signal.subject)))
    return staged


def pool_groups(
    alteration: str, staged: Iterable[tuple[GaugedSignal, ScoredNight]]
) -> list[Figures]:
    """Pool each group of signals that were staged under an alteration."""
    by_group: dict[str, list[ScoredNight]] = {}
    for signal, scored in staged:
        by_group.setdefault(signal.group, []).append(scored)
    return [Figures.of(alteration, group, scored) for group, scored in sorted(by_group.items())]


def heading(figures: Sequence[Figures]) -> str:
    """First line of the table, for the groups that were gauged."""
    groups = {each.group for each in figures}
    stages = [f"{group:>15} {'κ':>5} {'ECE':>5}" for group in _stage_groups(groups)]
    wake = [f"W {name}" for name in WAKE_SHOWN if f"{WAKE_PREFIX}{name}" in groups]
    return f"{'':<18}" + "".join(stages) + "".join(f"{each:>12}" for each in wake)


def table_row(figures: Sequence[Figures]) -> str:
    """Line of the table for one alteration, with the recall of W in the last columns."""
    by_group = {each.group: each for each in figures}
    line = f"{figures[0].alteration:<18}"
    for group in _stage_groups(by_group):
        each = by_group[group]
        line += (
            f"{100 * each.agreement.accuracy:>15.1f} {each.agreement.kappa:5.2f} {each.ece:5.3f}"
        )
    for name in WAKE_SHOWN:
        if found := by_group.get(f"{WAKE_PREFIX}{name}"):
            line += f"{found.wake_recall:>12.2f}"
    return line


def write_figures(
    path: Path, model: LoadedModel, whole: Sequence[Figures], altered: Sequence[Figures]
) -> None:
    """Write what was measured of all signals as recorded, and of those that were altered."""
    content = {
        "name": model.name,
        "version": model.version,
        "sha256": model.sha256,
        "as_recorded": [each.summary() for each in whole],
        "altered": [each.summary() for each in altered],
    }
    path.write_text(json_text(content), encoding="utf-8")


def _stage_groups(groups: Collection[str]) -> list[str]:
    return sorted(group for group in groups if not group.startswith(WAKE_PREFIX))


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 4)
