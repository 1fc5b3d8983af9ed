"""A recipe of several runs, of which each step begins with the mean of what the last one made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from model import weights
from model.mc2sleepnet.architecture import NAME
from training.corpora.eegmat import AwakeSubject
from training.data.config import SplitConfig
from training.data.nights import Night
from training.data.splits import Split, split_of
from training.engine.progress import Report
from training.engine.run import can_resume
from training.engine.start import Start, mean_start, read_start
from training.evaluation.evaluate import (
    Evaluation,
    ScoredNight,
    evaluations,
    held_out_nights,
    pool,
    score_nights,
)
from training.mc2sleepnet.config import TrainingConfig, read_config
from training.mc2sleepnet.recipe import WEIGHTS_NAME, has_ended, train

_RUN = re.compile(r"(?P<step>\d+)-.+\.toml")


def train_bundled(
    nights: Sequence[Night],
    awake: Sequence[AwakeSubject],
    configs: Path,
    out: Path,
    *,
    report_to: Callable[[Path, bool], Report],
    split: SplitConfig | None = None,
) -> Path:
    """Make weights as the bundled ones were made, going on where it was interrupted.

    Parameters
    ----------
    nights
        To share out as the configurations say.
    awake
        Whose wake altered copies take.
    configs
        Folder of the configurations, ``STEP-NAME.toml``: those of the first step begin with
        nothing, those of each other one with the mean of what the step before made. The last step
        is one run.
    out
        Folder of the runs, each in one of its own.
    report_to
        Gives a run's folder, and whether it is resumed, a receiver of its progress.
    split
        How to share out the nights in all runs, instead of as each configuration says.

    Returns
    -------
    Path
        Of the weights.

    Raises
    ------
    ValueError
        If the folder has no such files, or several of the last step; and as
        :func:`training.mc2sleepnet.recipe.train` does.
    """

    def run(config_path: Path, start: Start | None) -> Path:
        config = read_config(config_path)
        if split is not None:
            config = replace(config, split=split)
        folder = out / config_path.stem
        weights = folder / WEIGHTS_NAME.format(version=config.version)
        shared_out = split_of(nights, config.split, config.seed)
        if has_ended(weights, shared_out, config, start):
            return weights
        resume = can_resume(folder)
        return train(
            shared_out,
            config,
            folder,
            resume=resume,
            report=report_to(folder, resume),
            start=start,
            awake=awake,
        )

    made: list[Path] = []
    for step in _steps(configs):
        start = mean_start([read_start(path, NAME) for path in made]) if made else None
        made = [run(config_path, start) for config_path in step]
    (last,) = made
    return last


def _steps(configs: Path) -> list[list[Path]]:
    """Configurations of each step, in order."""
    steps: dict[int, list[Path]] = {}
    for path in sorted(configs.iterdir()):
        if found := _RUN.fullmatch(path.name):
            steps.setdefault(int(found["step"]), []).append(path)
    ordered = [steps[step] for step in sorted(steps)]
    if not ordered or len(ordered[-1]) > 1:
        raise ValueError(f"{configs} needs STEP-NAME.toml, and one of the last step alone")
    return ordered


def cross_validate_bundled(
    nights: Sequence[Night],
    awake: Sequence[AwakeSubject],
    configs: Path,
    folds: Sequence[TrainingConfig],
    out: Path,
    *,
    report_to: Callable[[Path, bool], Report],
) -> list[Evaluation]:
    """Make weights for each fold with the recipe of the bundled ones, and test them.

    Parameters
    ----------
    nights, awake, configs, report_to
        As for :func:`train_bundled`.
    folds
        Configurations whose splits are those of the folds; each run of a fold has the same one.
    out
        Folder; each fold has one in it.

    Returns
    -------
    list of Evaluation
        One for each kind of epochs, over all folds.

    Raises
    ------
    ValueError
        If weights that are there have seen who is tested; and as :func:`train_bundled` does.
    """
    scored: dict[str, list[ScoredNight]] = {}
    for config in folds:
        path = train_bundled(
            nights,
            awake,
            configs,
            out / f"fold-{config.split.fold}",
            report_to=report_to,
            split=_named(split_of(nights, config.split, config.seed)),
        )
        made = weights.load(path)
        tested = held_out_nights(made, nights, None)
        pool(scored, score_nights(made, tested, config.epochs.blind_kinds))
    return evaluations(scored)


def _named(split: Split) -> SplitConfig:
    """The same split by names, which no configuration's seed changes."""

    def subjects(of: Sequence[Night]) -> tuple[str, ...]:
        return tuple(sorted({night.subject for night in of}))

    return SplitConfig(
        validation_subjects=subjects(split.validation), test_subjects=subjects(split.test)
    )
