"""What each part of the recipe gives: the variants of Table 3 and the masking ratios of Table 4."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from model import weights
from model.mc2sleepnet.architecture import NAME
from training.data.nights import Night
from training.data.splits import Split, split_of
from training.engine.progress import Report
from training.engine.run import CHECKPOINT_NAME, can_resume
from training.engine.start import Start, read_start
from training.evaluation.evaluate import (
    Evaluation,
    ScoredNight,
    bounds_text,
    evaluations,
    gain_text,
    pool,
    score_nights,
    views,
)
from training.mc2sleepnet.config import TrainingConfig, changed
from training.mc2sleepnet.recipe import train, train_backbones
from training.paper.protocol import fold_configs
from training.paper.published import TABLE_3, TABLE_4

REFERENCE = "tf+cnn"
"""Variant of Table 3 that the others are compared with: both backbones, none of the recipe."""

RATIOS = tuple(TABLE_4)
"""Masking ratios of Table 4."""

_NO_CONTRAST = {"contrastive_weight": 0.0}
_NO_MASK = {"mask_ratio": 0.0}
_NO_TUNING = {"steps": 0}

JOINT_VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    # End to end without either, so all three heads count alike.
    "tf+cnn": {
        "pretraining": {**_NO_CONTRAST, **_NO_MASK, "weights": (1.0, 1.0, 1.0)},
        "sequence": _NO_TUNING,
    },
    "cl+ft": {"pretraining": _NO_MASK},
    "m+ft": {"pretraining": _NO_CONTRAST},
    "pt": {"sequence": _NO_TUNING},
    "pt+ft": {},
}
"""Entries, by table, of the variants of Table 3 that have both modalities."""


@dataclass(frozen=True, slots=True, eq=False)
class AblationRow:
    """One variant's figures.

    Attributes
    ----------
    variant
        Its name.
    measured
        One for each kind of epochs, over all folds.
    published
        Accuracy in the paper, per cent: two columns as text.
    """

    variant: str
    measured: list[Evaluation]
    published: tuple[str, str]


def run_table_3(
    nights: Sequence[Night],
    config: TrainingConfig,
    out: Path,
    *,
    folds: Sequence[int] | None,
    resume: bool,
    report_to: Callable[[Path], Report],
) -> list[AblationRow]:
    """Train and test the seven variants from the same backbones.

    Parameters
    ----------
    nights
        Of all subjects.
    config
        Of the whole recipe, with steps for all three stages.
    out
        Folder for the runs.
    folds
        As in :func:`training.paper.protocol.cross_validate`.
    resume
        Go on where an interrupted run was.
    report_to
        Makes what progress is reported to, for the folder of a run.
    """
    runs = _Runs(out, resume, report_to)
    scored: dict[str, dict[str, list[ScoredNight]]] = {name: {} for name in TABLE_3}
    for fold_config in fold_configs(_whole_recipe(config), folds):
        split = split_of(nights, fold_config.split, fold_config.seed)
        backbones = runs.backbones(split, fold_config)
        for variant, tested in backbones.scored.items():
            pool(scored[variant], tested)
        for variant, settings in JOINT_VARIANTS.items():
            tested = runs.joint(variant, split, changed(fold_config, **settings), backbones.state)
            pool(scored[variant], tested)
    return [
        AblationRow(variant, evaluations(tested), TABLE_3[variant])
        for variant, tested in scored.items()
    ]


def run_table_4(
    nights: Sequence[Night],
    config: TrainingConfig,
    out: Path,
    *,
    ratios: Sequence[float],
    folds: Sequence[int] | None,
    resume: bool,
    report_to: Callable[[Path], Report],
) -> list[AblationRow]:
    """Pre-train with each masking ratio and fine-tune; the figures are those after fine-tuning.

    The parameters are those of :func:`run_table_3`, and the ratios to try.
    """
    runs = _Runs(out, resume, report_to)
    scored: dict[float, dict[str, list[ScoredNight]]] = {ratio: {} for ratio in ratios}
    for fold_config in fold_configs(_whole_recipe(config), folds):
        split = split_of(nights, fold_config.split, fold_config.seed)
        backbones = runs.backbones(split, fold_config)
        for ratio in ratios:
            masked = changed(fold_config, pretraining={"mask_ratio": ratio})
            tested = runs.joint(f"mask-{100 * ratio:g}", split, masked, backbones.state)
            pool(scored[ratio], tested)
    return [
        AblationRow(f"mask {100 * r:g} %", evaluations(tested), TABLE_4.get(r, ("–", "–")))
        for r, tested in scored.items()
    ]


def ablation_text(rows: Sequence[AblationRow], columns: tuple[str, str]) -> str:
    """Table for a terminal, with the paper's accuracies marked as such."""
    reference = next((row for row in rows if row.variant == REFERENCE), rows[0])
    lines = [
        f"gain: accuracy over {reference.variant}, in points, 95 % by subject",
        f"{'variant':<12}{'ACC':>7}{'macro-F1':>10}{'kappa':>8}"
        f"   {'95 % by subject':<17}{'gain':<24}epochs",
    ]
    for row in rows:
        for measured, compared in zip(row.measured, reference.measured, strict=True):
            agreement = measured.agreement
            bounds = bounds_text((measured.intervals or {}).get("accuracy"))
            lines.append(
                f"{row.variant:<12}{100 * agreement.accuracy:7.1f}{100 * agreement.macro_f1:10.1f}"
                f"{agreement.kappa:8.3f}   {bounds:<17}"
                f"{'–' if measured is compared else gain_text(measured, compared):<24}"
                f"{measured.title}"
            )
        first, second = row.published
        lines.append(f"{'':<12}the paper's ACC: {first} ({columns[0]}), {second} ({columns[1]})")
    return "\n".join(lines)


def _whole_recipe(config: TrainingConfig) -> TrainingConfig:
    if not (config.epoch.steps and config.pretraining.steps and config.sequence.steps):
        raise ValueError("an ablation needs steps for all three stages in its configuration")
    return config


@dataclass(frozen=True, slots=True, eq=False)
class _Backbones:
    """The result of the epoch stage: a network's state, and what each backbone says alone."""

    state: Mapping[str, Tensor]
    scored: dict[str, dict[str, list[ScoredNight]]]


class _Runs:
    """Runs of one ablation, each in a folder of its own."""

    def __init__(self, out: Path, resume: bool, report_to: Callable[[Path], Report]) -> None:
        self._out = out
        self._resume = resume
        self._report_to = report_to

    def backbones(self, split: Split, config: TrainingConfig) -> _Backbones:
        """Train both backbones alone and test each by its own classifier."""
        folder = self._folder("backbones", config)
        network, stage = train_backbones(
            split, config, folder, resume=self._goes_on(folder), report=self._report_to(folder)
        )
        scored: dict[str, dict[str, list[ScoredNight]]] = {"tf": {}, "cnn": {}}
        for night in split.test:
            for kind, epochs in views(night, config.epochs.blind_kinds).items():
                answers = stage.log_probabilities(epochs)
                for variant, said in zip(("cnn", "tf"), answers, strict=True):
                    scored[variant].setdefault(kind, []).append(ScoredNight.of(night, said))
        return _Backbones(network.state_dict(), scored)

    def joint(
        self, variant: str, split: Split, config: TrainingConfig, backbones: Mapping[str, Tensor]
    ) -> dict[str, list[ScoredNight]]:
        """Train a variant from the backbones on and test it."""
        folder = self._folder(variant, config)
        start = Start(dict(backbones), ())  # of the same subjects
        if variant == "pt+ft":
            # Fine-tuning begins where the variant without it ended.
            start = read_start(self._folder("pt", config) / CHECKPOINT_NAME, NAME)
            config = changed(config, pretraining={"steps": 0})
        path = train(
            split,
            changed(config, epoch={"steps": 0}),
            folder,
            resume=self._goes_on(folder),
            report=self._report_to(folder),
            start=start,
        )
        return score_nights(weights.load(path), split.test, config.epochs.blind_kinds)

    def _folder(self, variant: str, config: TrainingConfig) -> Path:
        return self._out / variant / f"fold-{config.split.fold}"

    def _goes_on(self, folder: Path) -> bool:
        return self._resume and can_resume(folder)
