"""Cross-validation: every subject tested by weights that never saw them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from model import weights
from sleepscorer.domain.texts import json_text
from training.corpora.eegmat import AwakeSubject
from training.data.nights import Night
from training.data.splits import split_of
from training.engine.progress import Report
from training.engine.run import can_resume
from training.engine.start import Start
from training.evaluation.evaluate import Evaluation, ScoredNight, evaluations, pool, score_nights
from training.mc2sleepnet.config import TrainingConfig, changed
from training.mc2sleepnet.recipe import WEIGHTS_NAME, has_ended, train

RESULTS_NAME = "evaluation.json"


def fold_configs(config: TrainingConfig, folds: Sequence[int] | None) -> list[TrainingConfig]:
    """Configurations of some folds, of all by default; a run without folds is its own only one."""
    if config.split.protocol != "folds":
        if folds is not None:
            raise ValueError(f'the protocol "{config.split.protocol}" has no folds')
        return [config]
    return [
        changed(config, split={"fold": fold}) for fold in (folds or range(config.split.n_folds))
    ]


def cross_validate(
    nights: Sequence[Night],
    config: TrainingConfig,
    out: Path,
    *,
    folds: Sequence[int] | None,
    resume: bool,
    report_to: Callable[[Path], Report],
    start: Start | None = None,
    awake: Sequence[AwakeSubject] = (),
) -> list[Evaluation]:
    """Train and test each fold, and pool what was measured.

    Parameters
    ----------
    nights
        Of all subjects.
    config
        With the protocol ``"folds"``.
    out
        Folder; each fold gets one in it, and the figures a JSON file.
    folds
        Numbers of those to run; all by default.
    resume
        Go on where an interrupted cross-validation was.
    report_to
        Makes what progress is reported to, for the folder of a fold.
    start
        What every fold begins with.
    awake
        Subjects that altered copies of nights may take wake from.

    Returns
    -------
    list of Evaluation
        One for each kind of epochs, over all folds.

    Raises
    ------
    ValueError
        If a fold to go on with was trained with another configuration or on other subjects.
    """
    scored: dict[str, list[ScoredNight]] = {}
    for fold_config in fold_configs(config, folds):
        folder = out / f"fold-{fold_config.split.fold}"
        split = split_of(nights, fold_config.split, fold_config.seed)
        path = folder / WEIGHTS_NAME.format(version=config.version)
        if not (resume and has_ended(path, split, fold_config, start)):
            goes_on = resume and can_resume(folder)
            report = report_to(folder)
            train(
                split,
                fold_config,
                folder,
                resume=goes_on,
                report=report,
                start=start,
                awake=awake,
            )
        model = weights.load(path)
        pool(scored, score_nights(model, split.test, config.epochs.blind_kinds))
    pooled = evaluations(scored)
    write_results(out / RESULTS_NAME, pooled)
    return pooled


def write_results(path: Path, measured: Sequence[Evaluation]) -> None:
    """Write figures as JSON."""
    content = [evaluation.summary() for evaluation in measured]
    path.write_text(json_text(content), encoding="utf-8")
