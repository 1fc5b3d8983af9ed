"""The recipe of NeuroNet: an encoder without labels, then a head on what it makes of epochs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from model import files, weights
from model.files import SUFFIX, Ancestor, Description, seen_subjects
from model.mc2sleepnet.preprocessing import INPUT
from model.neuronet.architecture import NAME, StagingNeuroNet
from sleepscorer.jobs.events import Done
from training.data.nights import Night
from training.data.splits import Split, share_of_subjects
from training.engine.loop import TrainingStage
from training.engine.parallel import default_device, n_processes, process_index, wait_for_all
from training.engine.progress import Report
from training.engine.randomness import Purpose, seed_draws
from training.engine.run import Run
from training.engine.start import Start, take_up
from training.evaluation.input_range import known_range
from training.neuronet.config import NeuroNetTrainingConfig, UnimodalStageConfig, completed
from training.neuronet.head_stage import (
    HeadStage,
    cache_training_nights,
    cache_validation_nights,
    validated_temperature,
)
from training.neuronet.nights import ScaledNights
from training.neuronet.unimodal_stage import UnimodalStage, evenly, neighbour_monitor

WEIGHTS_NAME = f"{NAME}-{{version}}{SUFFIX}"
SHOWN_NAME = "NeuroNet"


def train(
    split: Split,
    config: NeuroNetTrainingConfig,
    out: Path,
    *,
    resume: bool,
    report: Report,
    data: str,
    start: Start | None = None,
) -> Path:
    """Train a network and write its weights.

    Parameters
    ----------
    split
        Nights of one derivation; the test nights are not touched.
    config
        Of the run.
    out
        Folder for checkpoint and weights; created.
    resume
        Continue from the folder's checkpoint, to the same result as without interruption.
    report
        Called with progress events.
    data
        What was trained on, and the attribution that it asks for.
    start
        Whose encoder to begin with; a random one by default.

    Returns
    -------
    Path
        Of the safetensors file.

    Raises
    ------
    CheckpointError
        If there is nothing to resume from, or it does not fit the configuration.
    ValueError
        If there is no validation subject, nothing would train the encoder, or what it begins with
        is another network.
    """
    if start is None and not config.pretraining.steps:
        raise ValueError("without pre-training steps, name an encoder to begin with by --start")
    if not split.validation:
        raise ValueError("name validation subjects: they choose which step is kept")
    out.mkdir(parents=True, exist_ok=True)
    summary = _summary(split, config, data)
    seed_draws(config.seed, Purpose.INITIAL_WEIGHTS)
    network = StagingNeuroNet(config.network(INPUT)).to(default_device())
    if start is not None:
        take_up(network, start.network, new=("head.",))
    own = Ancestor(config.name, config.version, "", seen_subjects(summary))
    run = Run(
        network,
        out,
        {
            "config": asdict(config),
            "train": [night.name for night in split.train],
            "validation": [night.name for night in split.validation],
        },
        completed,
        ancestry=(own, *(() if start is None else start.ancestry)),
        checkpoint_every=config.checkpoint_every,
        resume=resume,
        report=report,
    )
    trained = ScaledNights(split.train, config.epochs)
    validation = ScaledNights(split.validation, config.epochs)
    for name, prepare_stage in _stages(network, trained, validation, config, report).items():
        run.fit(name, prepare_stage)
    if network.head is not None:
        network.temperature = validated_temperature(
            network, cache_validation_nights(network, validation)
        )
    path = out / WEIGHTS_NAME.format(version=config.version)
    if process_index() == 0:
        description = Description(
            architecture=NAME,
            name=config.name,
            version=config.version,
            configuration=asdict(network.config),
            temperature=network.temperature,
            training=summary | {"minutes": run.minutes},
            input_range=known_range(split.train),
            ancestors=run.ancestors,
        )
        report(Done(str(path), files.write(path, description, weights.stored(network.cpu()))))
    wait_for_all()
    return path


def _stages(
    network: StagingNeuroNet,
    trained: ScaledNights,
    validation: ScaledNights,
    config: NeuroNetTrainingConfig,
    report: Report,
) -> dict[str, Callable[[], TrainingStage]]:
    """The stages that have steps, in order; each is prepared when those before it are done."""
    labelled = share_of_subjects(trained.nights, config.label_share, config.seed)

    def unimodal_stage() -> UnimodalStage:
        known = ScaledNights(labelled, config.epochs)

        def embed(epochs: Tensor) -> Tensor:
            device = network.encoder.position.device
            return network.encoder.finish(network.features(epochs.to(device)))

        return UnimodalStage(
            network,
            trained.source(config.pretraining.epoch_kind, config.seed),
            config.pretraining,
            config.optimisation,
            config.selection,
            config.seed,
            monitor=neighbour_monitor(
                embed,
                _scored_epochs(known, config.pretraining),
                _scored_epochs(validation, config.pretraining),
                config.pretraining,
            ),
        )

    def head_stage() -> HeadStage:
        stage = config.probe if config.head == "probe" else config.context
        known = ScaledNights(labelled, config.epochs)
        kinds = config.epochs.sequence_kinds
        cached = cache_training_nights(
            network, known, kinds, stage.feature_copies, config.seed, report
        )
        asked = cache_validation_nights(network, validation)
        return HeadStage(network, cached, asked, stage, config)

    stages: dict[str, Callable[[], TrainingStage]] = {}
    if config.pretraining.steps:
        stages["pretrain"] = unimodal_stage
    if config.head != "none":
        stages[config.head] = head_stage
    return stages


def _scored_epochs(
    nights: ScaledNights, config: UnimodalStageConfig
) -> tuple[np.ndarray, np.ndarray]:
    """Some of the scored epochs (n, n_times) of nights, evenly, and their stages (n,)."""
    places = [
        (index, row)
        for index, night in enumerate(nights.nights)
        for row in np.flatnonzero(night.stages >= 0).tolist()
    ]
    chosen = [places[place] for place in evenly(len(places), config.most_epochs)]
    epochs, stages = [], []
    for index in sorted({index for index, _ in chosen}):
        rows = [row for of, row in chosen if of == index]
        epochs.append(nights.validated(index)[rows])
        stages.append(nights.nights[index].stages[rows])
    return np.concatenate(epochs), np.concatenate(stages)


def _summary(split: Split, config: NeuroNetTrainingConfig, data: str) -> dict[str, Any]:
    labelled = share_of_subjects(split.train, config.label_share, config.seed)
    return {
        "data": data,
        "train_subjects": _subjects(split.train),
        "labelled_subjects": _subjects(labelled),
        "validation_subjects": _subjects(split.validation),
        "test_subjects": _subjects(split.test),
        "n_train_epochs": sum(len(night.stages) for night in split.train),
        "n_processes": n_processes(),
        "config": asdict(config),
    }


def _subjects(nights: tuple[Night, ...]) -> list[str]:
    return sorted({night.subject for night in nights})
