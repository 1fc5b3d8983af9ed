"""The recipe of the bundled weights: a base, fine-tunings of it on altered nights, their mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from model.mc2sleepnet.architecture import NAME
from training.corpora.eegmat import AwakeSubject
from training.data.nights import Night
from training.data.splits import split_of
from training.engine.progress import Report
from training.engine.run import can_resume
from training.engine.start import Start, mean_start, read_start
from training.mc2sleepnet.config import read_config
from training.mc2sleepnet.recipe import WEIGHTS_NAME, train

BASE_CONFIG = "base.toml"
ALTERED_CONFIGS = "altered-*.toml"
MEAN_CONFIG = "mean.toml"


def train_bundled(
    nights: Sequence[Night],
    awake: Sequence[AwakeSubject],
    configs: Path,
    out: Path,
    *,
    report_to: Callable[[Path, bool], Report],
) -> Path:
    """Make weights as the bundled ones were made, going on where it was interrupted.

    Parameters
    ----------
    nights
        To share out as the configurations say.
    awake
        Whose wake altered copies take.
    configs
        Folder of the configurations: of a base that begins with nothing, of fine-tunings that begin
        with it, and of a last run that begins with the mean of those.
    out
        Folder of the runs, each in one of its own.
    report_to
        Gives a run's folder, and whether it is resumed, a receiver of its progress.

    Returns
    -------
    Path
        Of the weights.

    Raises
    ------
    ValueError
        If the folder has no fine-tunings; and as :func:`training.mc2sleepnet.recipe.train` does.
    """
    altered = sorted(configs.glob(ALTERED_CONFIGS))
    if not altered:
        raise ValueError(f"{configs} holds no {ALTERED_CONFIGS}")

    def run(config_path: Path, start: Start | None) -> Path:
        config = read_config(config_path)
        folder = out / config_path.stem
        weights = folder / WEIGHTS_NAME.format(version=config.version)
        if weights.exists():
            return weights
        resume = can_resume(folder)
        return train(
            split_of(nights, config.split, config.seed),
            config,
            folder,
            resume=resume,
            report=report_to(folder, resume),
            start=start,
            awake=awake,
        )

    base = read_start(run(configs / BASE_CONFIG, None), NAME)
    tuned = [read_start(run(path, base), NAME) for path in altered]
    return run(configs / MEAN_CONFIG, mean_start(tuned))
