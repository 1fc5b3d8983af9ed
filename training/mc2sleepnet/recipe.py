"""The recipe: epoch stage, pre-training, fine-tuning of the sequence model, temperature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from model.files import Ancestor, read, seen_subjects
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.weights import save
from sleepscorer.jobs.events import Done
from training.corpora.eegmat import ATTRIBUTION as WAKE_ATTRIBUTION
from training.corpora.eegmat import AwakeSubject, without
from training.data.altered_nights import cut_awake_pieces, with_altered_copies
from training.data.splits import Split
from training.engine.loop import TrainingStage
from training.engine.parallel import default_device, n_processes, process_index, wait_for_all
from training.engine.progress import Report
from training.engine.randomness import Purpose, seed_draws
from training.engine.run import Run
from training.engine.start import Start
from training.evaluation.input_range import known_range
from training.mc2sleepnet.average_stage import AverageStage
from training.mc2sleepnet.config import TrainingConfig, completed
from training.mc2sleepnet.epoch_stage import EpochStage, set_spectrogram_statistics
from training.mc2sleepnet.pretrain_stage import PretrainStage
from training.mc2sleepnet.sequence_stage import (
    SequenceStage,
    cache_training_nights,
    cache_validation_nights,
    validated_temperature,
)

WEIGHTS_NAME = "mc2sleepnet-{version}.safetensors"
ATTRIBUTION = (
    "Sleep-EDF Database Expanded, PhysioNet, ODC-By 1.0; Kemp et al. 2000, Goldberger et al. 2000"
)


def train(
    split: Split,
    config: TrainingConfig,
    out: Path,
    *,
    resume: bool,
    report: Report,
    data: str = ATTRIBUTION,
    start: Start | None = None,
    awake: Sequence[AwakeSubject] = (),
) -> Path:
    """Train a network and write its weights.

    Parameters
    ----------
    split
        Nights; the test nights are not touched.
    config
        Of the run.
    out
        Folder for checkpoint and weights; created.
    resume
        Continue from the folder's checkpoint, to the same result as without interruption (on a
        graphics card up to the order of its sums).
    report
        Called with progress events.
    data
        What was trained on, and the attribution that it asks for.
    start
        What to begin with; a random network by default.
    awake
        Subjects that altered copies of nights may take wake from; those that the configuration
        holds out are left out.

    Returns
    -------
    Path
        Of the safetensors file.

    Raises
    ------
    CheckpointError
        If there is nothing to resume from, or it does not fit the configuration.
    ValueError
        If there is no validation subject, nothing would train the epoch model or the sequence
        level, a batch can't be shared by the processes, or altered nights lack wake.
    """
    if start is None and not (config.epoch.steps or config.pretraining.steps):
        raise ValueError("without epoch or pre-training steps, name a network to begin with")
    if start is None and not config.trains_sequences:
        raise ValueError("without pre-training or sequence steps, name a network to begin with")
    if start is not None and start.is_mean and not _measures_batch_normalisation(config):
        raise ValueError(
            "of several networks to begin with, the mean has no batch normalisation of its own: "
            "set start_share = 1 in [epoch], or let the epoch or pre-training stage have steps"
        )
    if not split.validation:
        raise ValueError("name validation subjects: they choose the weights and the temperature")
    summary = _summary(split, config, data)
    if config.altered is not None:
        if not awake:
            raise ValueError("altered nights need people who are awake: name a folder with --wake")
        awake = without(awake, config.altered.held_out_wake_subjects)
        copied = with_altered_copies(split.train, cut_awake_pieces(awake), config.altered)
        split = replace(split, train=copied)
        summary |= {
            "data": f"{data}; {WAKE_ATTRIBUTION}",
            "wake_subjects": [each.subject for each in awake],
        }
    out.mkdir(parents=True, exist_ok=True)
    network = _initial_network(config, start)
    own = Ancestor(config.name, config.version, "", seen_subjects(summary))
    ancestry = (own, *(() if start is None else start.ancestry))
    run = _run(network, split, config, out, ancestry, resume=resume, report=report)
    if run.is_new and start is None:
        set_spectrogram_statistics(network, split.train, config)
    for name, prepare_stage in _stages(network, split, config, report, start).items():
        run.fit(name, prepare_stage)
    network.temperature = validated_temperature(
        network, cache_validation_nights(network, split.validation, config)
    )
    path = out / WEIGHTS_NAME.format(version=config.version)
    if process_index() == 0:
        sha256 = save(
            path,
            network.cpu(),
            name=config.name,
            version=config.version,
            training=summary | {"minutes": run.minutes},
            input_range=known_range(split.train),
            ancestors=run.ancestors,
        )
        report(Done(str(path), sha256))
    wait_for_all()
    return path


def has_ended(path: Path, split: Split, config: TrainingConfig, start: Start | None) -> bool:
    """Whether a run has written its weights.

    Parameters
    ----------
    path
        Of its weights.
    split, config, start
        What :func:`train` would be given; without a start, whatever the weights began with counts.

    Raises
    ------
    ValueError
        If there are weights of another run: they may have seen who is tested, or come from what is
        no longer wanted.
    """
    if not path.exists():
        return False
    made = read(path).description
    subjects = sorted({night.subject for night in split.train})
    is_same = completed(made.training["config"]) == asdict(config)
    begins_with = made.ancestors if start is None else start.ancestry
    if not is_same or made.training["train_subjects"] != subjects or made.ancestors != begins_with:
        raise ValueError(
            f"{path} was trained with another configuration, on other subjects or from another "
            "start: choose another folder"
        )
    return True


def train_backbones(
    split: Split, config: TrainingConfig, out: Path, *, resume: bool, report: Report
) -> tuple[MC2SleepNet, EpochStage]:
    """Run the epoch stage alone; the stage has the classifiers of both backbones.

    The parameters and errors are those of :func:`train`.
    """
    out.mkdir(parents=True, exist_ok=True)
    network = _initial_network(config, None)
    subjects = tuple(sorted({night.subject for night in split.train}))
    ancestry = (Ancestor(config.name, config.version, "", subjects),)
    run = _run(network, split, config, out, ancestry, resume=resume, report=report)
    if run.is_new:
        set_spectrogram_statistics(network, split.train, config)
    stage = EpochStage(network, split.train, config)
    run.fit(EpochStage.name, lambda: stage)
    return network, stage


def _initial_network(config: TrainingConfig, start: Start | None) -> MC2SleepNet:
    seed_draws(config.seed, Purpose.INITIAL_WEIGHTS)
    network = MC2SleepNet(config.network).to(default_device())
    if start is not None:
        network.load_state_dict(start.network)
    return network


def _run(
    network: MC2SleepNet,
    split: Split,
    config: TrainingConfig,
    out: Path,
    ancestry: tuple[Ancestor, ...],
    *,
    resume: bool,
    report: Report,
) -> Run:
    description = {
        "config": asdict(config),
        "train": [night.name for night in split.train],
        "validation": [night.name for night in split.validation],
    }
    return Run(
        network,
        out,
        description,
        completed,
        ancestry=ancestry,
        checkpoint_every=config.checkpoint_every,
        resume=resume,
        report=report,
    )


def _stages(
    network: MC2SleepNet,
    split: Split,
    config: TrainingConfig,
    report: Report,
    start: Start | None,
) -> dict[str, Callable[[], TrainingStage]]:
    """The stages that have steps, in order; each is prepared when those before it are done."""

    def pretrain_stage() -> PretrainStage:
        return PretrainStage(network, split.train, split.validation, config)

    def average_stage() -> AverageStage:
        if start is None:
            raise ValueError("start_share is for trainings with a start: name it with --start")
        return AverageStage(network, start.network, split.train, config)

    def sequence_stage() -> SequenceStage:
        training = cache_training_nights(network, split.train, config, report)
        validation = cache_validation_nights(network, split.validation, config)
        return SequenceStage(network, training, validation, config)

    stages: dict[str, Callable[[], TrainingStage]] = {}
    if config.epoch.steps:
        stages[EpochStage.name] = lambda: EpochStage(network, split.train, config)
    if config.epoch.start_share:
        stages[AverageStage.name] = average_stage
    if config.pretraining.steps:
        stages[PretrainStage.name] = pretrain_stage
    if config.sequence.steps:
        stages[SequenceStage.name] = sequence_stage
    return stages


def _measures_batch_normalisation(config: TrainingConfig) -> bool:
    stages = config.epoch
    return bool(stages.steps or stages.start_share or config.pretraining.steps)


def _summary(split: Split, config: TrainingConfig, data: str) -> dict[str, Any]:
    is_partial = {night.is_partial for night in split.train}
    kinds = {True: "composed of real 5-s pieces", False: "whole 30-s epochs"}
    return {
        "data": data,
        "kind_of_epochs": " and ".join(kinds[partial] for partial in sorted(is_partial)),
        "train_subjects": sorted({night.subject for night in split.train}),
        "validation_subjects": sorted({night.subject for night in split.validation}),
        "test_subjects": sorted({night.subject for night in split.test}),
        "n_train_epochs": sum(len(night.stages) for night in split.train),
        "n_processes": n_processes(),
        "config": asdict(config),
    }
