"""The recipe of SynthSleepNet: encoders, their fusion, and heads on what it makes of epochs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from model import files, weights
from model.files import SUFFIX, Ancestor, Description, seen_subjects
from model.network import STAGES
from model.neuronet import NeuroNet
from model.shared.frame_encoder import FrameEncoder
from model.synthsleepnet.architecture import NAME, ScoringSynthSleepNet
from sleepscorer.jobs.events import Done
from training.data.modalities import ModalNight
from training.data.splits import PretrainingSplit, share_of_subjects
from training.engine.loop import TrainingStage
from training.engine.parallel import default_device, n_processes, process_index, wait_for_all
from training.engine.progress import Report
from training.engine.randomness import Purpose, seed_draws
from training.engine.run import Run
from training.engine.selection import Monitor
from training.engine.start import Start, take_up
from training.evaluation.calibration import fit_temperature
from training.neuronet.unimodal_stage import UnimodalStage, neighbour_monitor
from training.synthsleepnet.config import SynthSleepNetTrainingConfig, completed
from training.synthsleepnet.multimodal_stage import MultimodalStage
from training.synthsleepnet.nights import ModalEpochs, ModalityEpochs, scored_epochs
from training.synthsleepnet.task_stage import TaskStage, features_of, said_of

WEIGHTS_NAME = f"{NAME}-{{version}}{SUFFIX}"
_NEW = ("heads.", "tuning.")
"""What a start's names begin with of what another run's heads may have otherwise."""

Split = PretrainingSplit[ModalNight]


class InTraining(nn.Module):
    """A network, and what the pre-training of each of its encoders has beside it."""

    def __init__(self, config: SynthSleepNetTrainingConfig) -> None:
        super().__init__()
        self.network = ScoringSynthSleepNet(config.network)
        self.unimodal = nn.ModuleDict()
        if config.unimodal.steps:
            for modality, encoder in self.network.encoders.items():
                alone = NeuroNet(config.unimodal_network)
                assert isinstance(encoder, FrameEncoder)
                alone.encoder = encoder  # the very same
                self.unimodal[modality] = alone


def train(
    split: Split,
    config: SynthSleepNetTrainingConfig,
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
        Nights of several channels; the test nights are not touched.
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
        What to begin with; a random network by default. Its heads are left behind.

    Returns
    -------
    Path
        Of the safetensors file.

    Raises
    ------
    CheckpointError
        If there is nothing to resume from, or it does not fit the configuration.
    ValueError
        If there is no validation subject, nothing would train the encoders or the fusion, nobody
        has an answer to a task, or what it begins with is another network.
    """
    if start is None and not (config.unimodal.steps and config.multimodal.steps):
        raise ValueError(
            "without [unimodal] and [multimodal] steps, name a network to begin with by --start"
        )
    if not split.validation:
        raise ValueError("validation subjects are needed: they choose which step is kept")
    out.mkdir(parents=True, exist_ok=True)
    labelled = share_of_subjects(split.labelled, config.label_share, config.seed)
    summary = _summary(split, labelled, config, data)
    seed_draws(config.seed, Purpose.INITIAL_WEIGHTS)
    training = InTraining(config).to(default_device())
    network = training.network
    if start is not None:
        take_up(network, _state_of(start), new=_new_of(network))
    own = Ancestor(config.name, config.version, "", seen_subjects(summary))
    run = Run(
        training,
        out,
        {
            "config": asdict(config),
            "unlabelled": [night.name for night in split.unlabelled],
            "labelled": [night.name for night in labelled],
            "validation": [night.name for night in split.validation],
        },
        completed,
        ancestry=(own, *(() if start is None else start.ancestry)),
        checkpoint_every=config.checkpoint_every,
        resume=resume,
        report=report,
    )
    for name, prepare_stage in _stages(training, split, labelled, config).items():
        run.fit(name, prepare_stage)
    if STAGES.name in network.heads:
        network.temperature = _validated_temperature(network, split.validation)
    path = out / WEIGHTS_NAME.format(version=config.version)
    if process_index() == 0:
        description = Description(
            architecture=NAME,
            name=config.name,
            version=config.version,
            configuration=asdict(network.config),
            temperature=network.temperature,
            training=summary | {"minutes": run.minutes},
            ancestors=run.ancestors,
        )
        report(Done(str(path), files.write(path, description, weights.stored(network.cpu()))))
    wait_for_all()
    return path


def _stages(
    training: InTraining,
    split: Split,
    labelled: Sequence[ModalNight],
    config: SynthSleepNetTrainingConfig,
) -> dict[str, Callable[[], TrainingStage]]:
    """The stages that have steps, in order; each is prepared when those before it are done."""
    network = training.network

    def unimodal_stage(place: int, modality: str) -> UnimodalStage:
        alone = training.unimodal[modality]
        assert isinstance(alone, NeuroNet)
        alone.requires_grad_(True)
        encoder = alone.encoder

        def embed(epochs: Tensor) -> Tensor:
            tokens: Tensor = encoder(epochs.to(encoder.position.device))
            return tokens[:, 0]

        def of(nights: Sequence[ModalNight]) -> ModalityEpochs:
            return ModalityEpochs(nights, network.config, modality)

        source = of(split.unlabelled)
        if not len(source):
            raise ValueError(f"no night has a channel of {modality}: name the [roles] there are")
        return UnimodalStage(
            alone,
            source,
            config.unimodal,
            config.optimisation,
            config.selection,
            config.seed,
            monitor=monitor(embed, of(labelled), of(split.validation)),
            name=f"unimodal {modality}",
            place=place,
        )

    def multimodal_stage() -> MultimodalStage:
        def embed(epochs: Tensor) -> Tensor:
            return network.features(epochs.to(network.norm.weight.device))

        return MultimodalStage(
            network,
            split.unlabelled,
            config.multimodal,
            config.optimisation,
            config.selection,
            config.seed,
            monitor=monitor(embed, ModalEpochs(labelled), ModalEpochs(split.validation)),
        )

    def monitor(
        embed: Callable[[Tensor], Tensor],
        known: ModalEpochs | ModalityEpochs,
        asked: ModalEpochs | ModalityEpochs,
    ) -> Monitor | None:
        """Judge by the nearest labelled epochs, where both sides have some."""
        most = config.unimodal.most_epochs
        found, questions = scored_epochs(known, most), scored_epochs(asked, most)
        if found is None or questions is None:
            return None
        return neighbour_monitor(embed, found, questions, config.unimodal)

    def task_stage() -> TaskStage:
        stage = config.probe if config.head == "probe" else config.context
        return TaskStage(network, labelled, split.validation, stage, config)

    stages: dict[str, Callable[[], TrainingStage]] = {}
    for place, modality in enumerate(training.unimodal):
        stages[f"unimodal {modality}"] = partial(unimodal_stage, place, modality)
    if config.multimodal.steps:
        stages[MultimodalStage.name] = multimodal_stage
    if config.head != "none":
        stages[config.head] = task_stage
    return stages


def _validated_temperature(network: ScoringSynthSleepNet, nights: Sequence[ModalNight]) -> float:
    """Temperature of the stages that fits the validation nights."""
    network.eval()
    said = torch.cat(
        [said_of(network, night, features_of(network, night))[STAGES.name] for night in nights]
    )
    stages = torch.from_numpy(np.concatenate([night.stages for night in nights])).long()
    counts = (stages >= 0) & said.isfinite().all(dim=1)
    return round(fit_temperature(said[counts].numpy(), stages[counts].numpy()), 4)


def _state_of(start: Start) -> dict[str, Tensor]:
    """State of the network itself: a checkpoint has that of the encoders' pre-training beside."""
    prefix = "network."
    if not any(name.startswith(prefix) for name in start.network):
        return start.network
    return {
        name.removeprefix(prefix): tensor
        for name, tensor in start.network.items()
        if name.startswith(prefix)
    }


def _new_of(network: nn.Module) -> tuple[str, ...]:
    """What the names begin with of heads and second adapters, which are learnt anew."""
    n_channels = len(network.get_submodule("adapters"))  # type: ignore[arg-type]
    return (*_NEW, *(f"adapters.{index}.tuning." for index in range(n_channels)))


def _summary(
    split: Split,
    labelled: Sequence[ModalNight],
    config: SynthSleepNetTrainingConfig,
    data: str,
) -> dict[str, Any]:
    return {
        "data": data,
        "train_subjects": _subjects([*split.unlabelled, *labelled]),
        "labelled_subjects": _subjects(labelled),
        "validation_subjects": _subjects(split.validation),
        "test_subjects": _subjects(split.test),
        "n_train_epochs": sum(len(night.stages) for night in split.unlabelled),
        "n_labelled_epochs": sum(len(night.stages) for night in labelled),
        "n_processes": n_processes(),
        "config": asdict(config),
    }


def _subjects(nights: Sequence[ModalNight]) -> list[str]:
    return sorted({night.subject for night in nights})
