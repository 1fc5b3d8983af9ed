"""NeuroNet beside MC²SleepNet: both learn from, and are tested on, the same few epochs of one fold.

Excerpts of nights become whole nights of one kind of epochs before either network sees them, so
that nothing but the network and its training differs.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from model import weights
from model.mc2sleepnet import architecture as mc2sleepnet
from model.neuronet import architecture as neuronet
from training.data.config import SplitConfig
from training.data.nights import Night
from training.data.splits import Split, split_of
from training.data.training_epochs import validation_epochs
from training.engine.config import read_toml
from training.engine.progress import Report
from training.engine.run import CHECKPOINT_NAME, can_resume
from training.engine.start import Start, read_start
from training.evaluation.evaluate import Evaluation, ScoredNight, gain_text, score_night
from training.mc2sleepnet.config import TrainingConfig, changed
from training.mc2sleepnet.recipe import ATTRIBUTION, train_backbones
from training.mc2sleepnet.recipe import train as train_mc2sleepnet
from training.neuronet.config import HeadStageConfig, NeuroNetTrainingConfig
from training.neuronet.recipe import train as train_neuronet

NETWORKS = (neuronet.NAME, mc2sleepnet.NAME)

_COMPARED = {"with a sequence": "context", "signal backbone": "probe"}
"""Which way of NeuroNet's each of MC²SleepNet's is told beside, by what the network sees."""


@dataclass(frozen=True, slots=True)
class ExcerptsConfig:
    """What is compared.

    Attributes
    ----------
    neuronet
        Its pre-training, on all nights of the subjects to train on, whose stages it does not ask.
    probe, context
        Its heads, one after the other on the same encoder.
    mc2sleepnet
        Its epoch and sequence stages, on the excerpts.
    split
        Of the subjects.
    n_subjects
        To learn stages from, the first by name; excerpts of all their nights.
    n_epochs, margin_epochs
        Of an excerpt; how far it begins from the start of a first night, or ends before the end of
        a later one. One night of each other subject is validated or tested on.
    seeds
        Of the heads and of the sequence stage, for one encoder or one epoch model.
    """

    neuronet: NeuroNetTrainingConfig
    probe: HeadStageConfig
    context: HeadStageConfig
    mc2sleepnet: TrainingConfig
    split: SplitConfig = field(default_factory=SplitConfig)
    n_subjects: int = 4
    n_epochs: int = 160
    margin_epochs: int = 40
    seeds: tuple[int, ...] = (1, 2, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What one way of staging came to.

    Attributes
    ----------
    network, way, seed
        Which it is.
    measured
        On the excerpts tested.
    minutes
        Of processor time since it was last begun; what it begins with is not counted again. Both
        backbones are trained together and have the minutes of both.
    """

    network: str
    way: str
    seed: int
    measured: Evaluation
    minutes: float


def read_config(path: Path) -> ExcerptsConfig:
    """Read a configuration from TOML.

    The errors are those of :func:`training.engine.config.read_toml`.
    """
    return read_toml(path, ExcerptsConfig)


def excerpts(split: Split, config: ExcerptsConfig) -> Split:
    """Cut the excerpts out of the nights of a split, as whole nights of the tested kind.

    Raises
    ------
    ValueError
        If a night is too short.
    """
    learnt = sorted({night.subject for night in split.train})[: config.n_subjects]
    first = _first_nights(split.train)
    return Split(
        train=tuple(
            _excerpt(night, config, is_first=night in first)
            for night in split.train
            if night.subject in learnt
        ),
        validation=tuple(_excerpt(one, config) for one in _first_nights(split.validation)),
        test=tuple(_excerpt(one, config) for one in _first_nights(split.test)),
    )


def _first_nights(nights: Sequence[Night]) -> list[Night]:
    first: dict[str, Night] = {}
    for night in sorted(nights, key=lambda night: night.name):
        first.setdefault(night.subject, night)
    return list(first.values())


def _excerpt(night: Night, config: ExcerptsConfig, *, is_first: bool = True) -> Night:
    n_epochs = len(night.stages)
    if n_epochs < config.margin_epochs + config.n_epochs:
        raise ValueError(f"{night.name} has {n_epochs} epochs, too few for an excerpt")
    first = config.margin_epochs
    if not is_first:
        first = n_epochs - config.margin_epochs - config.n_epochs
    rows = slice(first, first + config.n_epochs)
    part = replace(night, samples_uv=night.samples_uv[rows], stages=night.stages[rows], runs=())
    return replace(part, samples_uv=validation_epochs(part, config.mc2sleepnet.epochs))


def compare(
    nights: Sequence[Night],
    config: ExcerptsConfig,
    out: Path,
    *,
    networks: Sequence[str] = NETWORKS,
    start: Start | None = None,
    resume: bool,
    report_to: Callable[[Path], Report],
    say: Callable[[str], None],
) -> list[Row]:
    """Train both networks on the same excerpts and test them on the same others.

    Parameters
    ----------
    nights
        Of all subjects.
    config
        Of the comparison.
    out
        Folder for the runs.
    networks
        Some of :data:`NETWORKS`.
    start
        NeuroNet's encoder, where it is not to be pre-trained first.
    resume
        Go on where an interrupted comparison was.
    report_to
        Makes what progress is reported to, for the folder of a run.
    say
        Called with each result.
    """
    split = split_of(nights, config.split, config.neuronet.seed)
    cut = excerpts(split, config)
    runs = _Runs(out, resume, report_to)
    parts: list[Iterator[Row]] = []
    if neuronet.NAME in networks:
        parts.append(_neuronet_rows(split, cut, config, runs, start))
    if mc2sleepnet.NAME in networks:
        parts.append(_mc2sleepnet_rows(cut, config, runs))
    rows: list[Row] = []
    for row in itertools.chain(*parts):
        say(f"{row.measured.text()}\n  {row.minutes:.1f} min of processor time")
        rows.append(row)
    for line in _gains(rows):
        say(line)
    return rows


class _Runs:
    """Runs of a comparison, each in a folder of its own."""

    def __init__(self, out: Path, resume: bool, report_to: Callable[[Path], Report]) -> None:
        self._out = out
        self._resume = resume
        self.report_to = report_to

    def folder(self, name: str) -> Path:
        return self._out / name

    def goes_on(self, folder: Path) -> bool:
        return self._resume and can_resume(folder)


def _neuronet_rows(
    split: Split, cut: Split, config: ExcerptsConfig, runs: _Runs, start: Start | None
) -> Iterator[Row]:
    if start is None:
        folder = runs.folder("neuronet-pretrained")
        path = train_neuronet(
            split,
            config.neuronet,
            folder,
            resume=runs.goes_on(folder),
            report=runs.report_to(folder),
            data=ATTRIBUTION,
        )
        start = read_start(path, neuronet.NAME)
    no_steps = replace(config.neuronet.pretraining, steps=0)
    heads = {
        "probe": replace(config.neuronet, pretraining=no_steps, probe=config.probe),
        "context": replace(config.neuronet, pretraining=no_steps, context=config.context),
    }
    for way, head in heads.items():
        for seed in config.seeds:
            began_s = time.process_time()
            folder = runs.folder(f"neuronet-{way}-{seed}")
            path = train_neuronet(
                cut,
                replace(head, seed=seed, version=f"{way}-{seed}"),
                folder,
                resume=runs.goes_on(folder),
                report=runs.report_to(folder),
                data=ATTRIBUTION,
                start=start,
            )
            scored = _scored(path, cut)
            yield _row("NeuroNet", way, seed, scored, _minutes_since(began_s))


def _mc2sleepnet_rows(cut: Split, config: ExcerptsConfig, runs: _Runs) -> Iterator[Row]:
    recipe = config.mc2sleepnet
    began_s = time.process_time()
    backbones = runs.folder("mc2sleepnet-backbones")
    _, stage = train_backbones(
        cut,
        recipe,
        backbones,
        resume=runs.goes_on(backbones),
        report=runs.report_to(backbones),
    )
    said: dict[str, list[ScoredNight]] = {"signal backbone": [], "spectrogram backbone": []}
    for night in cut.test:
        answers = stage.log_probabilities(night.samples_uv[:])
        for scored, answer in zip(said.values(), answers, strict=True):
            scored.append(ScoredNight.of(night, answer))
    minutes = _minutes_since(began_s)
    for way, scored in said.items():
        yield _row("MC²SleepNet", way, recipe.seed, scored, minutes)
    start = read_start(backbones / CHECKPOINT_NAME, mc2sleepnet.NAME)
    for seed in config.seeds:
        began_s = time.process_time()
        folder = runs.folder(f"mc2sleepnet-sequence-{seed}")
        path = train_mc2sleepnet(
            cut,
            changed(replace(recipe, seed=seed), epoch={"steps": 0}),
            folder,
            resume=runs.goes_on(folder),
            report=runs.report_to(folder),
            start=start,
        )
        scored = _scored(path, cut)
        yield _row("MC²SleepNet", "with a sequence", seed, scored, _minutes_since(began_s))


def _scored(path: Path, cut: Split) -> list[ScoredNight]:
    model = weights.load(path)
    return [
        score_night(model, night.samples_uv[:], night.stages, night.subject, night.runs)
        for night in cut.test
    ]


def _minutes_since(began_s: float) -> float:
    return (time.process_time() - began_s) / 60


def _row(network: str, way: str, seed: int, scored: list[ScoredNight], minutes: float) -> Row:
    return Row(network, way, seed, Evaluation.of(f"{network}, {way}, seed {seed}", scored), minutes)


def _gains(rows: Sequence[Row]) -> Iterator[str]:
    """Accuracy that MC²SleepNet has over NeuroNet, with the same context and seed."""
    ours = {(row.way, row.seed): row for row in rows if row.network == "NeuroNet"}
    for row in rows:
        other = ours.get((_COMPARED.get(row.way, ""), row.seed))
        if other is None:
            continue
        gain = gain_text(row.measured, other.measured)
        yield f"{row.measured.title} less {other.measured.title}, in points: {gain}"
