"""Fine-tuning on kept features: the sequence stage of the recipe, without the signals.

The epoch model is the start's and stays as it is, to the last bit, so features that were kept for
the start are those of the version that comes out, too.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from model import weights
from model.files import Ancestor, seen_subjects
from model.mc2sleepnet.weights import network_of, save
from model.network import HasFeatures
from sleepscorer.io.feature_set import FeatureNight, FeatureSet
from sleepscorer.jobs.events import Done, NothingGained, Validated
from training.engine.parallel import process_index, wait_for_all
from training.engine.progress import Report
from training.engine.run import Run, can_resume
from training.mc2sleepnet.config import TrainingConfig, completed
from training.mc2sleepnet.recipe import WEIGHTS_NAME
from training.mc2sleepnet.sequence_stage import CachedNight, SequenceStage, validated_temperature


def finetune(
    start: weights.LoadedModel,
    nights: FeatureSet,
    replay: FeatureSet | None,
    config: TrainingConfig,
    out: Path,
    *,
    resume: bool,
    report: Report,
) -> Path | None:
    """Fine-tune the sequence level of a version and write the new one.

    Parameters
    ----------
    start
        What to begin with.
    nights
        Those of the laboratory. Its validation nights say when to stop and which temperature fits;
        test nights are not touched.
    replay
        Nights that the start was trained on, so that it does not forget them: half of what is drawn
        where the laboratory's are fewer. Its validation nights stand in where the laboratory has
        none.
    config
        Of the run; the network is the start's.
    out
        Folder for checkpoint and weights; created.
    resume
        Continue from the folder's checkpoint, where there is one, to the same result as without
        interruption.
    report
        Called with progress events.

    Returns
    -------
    Path or None
        Of the version; None where no validation was better than that of the start, of which nothing
        is written.

    Raises
    ------
    ValueError
        The features are not those of the start's epoch model, or there are no nights to train on or
        to validate with.
    CheckpointError
        The checkpoint is damaged or of another run.
    """
    assert isinstance(start.network, HasFeatures), "an MC²SleepNet has features"
    for features in (nights, replay):
        if features is not None and features.features_sha256 != start.network.features_sha256:
            raise ValueError(
                f"the features were not made by the epoch model of {start.name} {start.version}; "
                "make them anew with it"
            )
    replayed = () if replay is None else replay.of_part("train")
    validation = nights.of_part("validation") or (() if replay is None else replay.nights)
    validation = tuple(night for night in validation if night.part == "validation")
    if not nights.of_part("train") or not validation:
        raise ValueError("name at least one night to train on and one to validate with")
    out.mkdir(parents=True, exist_ok=True)
    network = network_of(start).requires_grad_(True)
    device = next(network.parameters()).device
    started_with = copy.deepcopy(network.state_dict())
    summary = _summary(nights, replay, config)
    run = Run(
        network,
        out,
        {
            "config": asdict(config),
            "start": start.sha256,
            "nights": [[night.name, night.part] for night in nights.nights],
        },
        completed,
        ancestry=(
            Ancestor(start.name, config.version, "", seen_subjects(summary)),
            *start.lineage,
        ),
        checkpoint_every=config.checkpoint_every,
        resume=resume and can_resume(out),
        report=report,
    )

    def stage() -> SequenceStage:
        trained = _balanced(nights.of_part("train"), replayed, device)
        stage = SequenceStage(
            network, trained, [_cached(night, device) for night in validation], config
        )
        if run.is_new:
            measured = stage.validate(0)  # what does not get better stays as it is
            if measured is not None:
                report(Validated(stage.name, 0, **measured))
        return stage

    run.fit(SequenceStage.name, stage)
    if _are_equal(network.state_dict(), started_with):
        report(NothingGained())
        return None
    network.temperature = validated_temperature(
        network, [_cached(night, device) for night in validation]
    )
    path = out / WEIGHTS_NAME.format(version=config.version)
    if process_index() == 0:
        sha256 = save(
            path,
            network.cpu(),
            name=start.name,
            version=config.version,
            training=summary | {"minutes": run.minutes},
            input_range=start.description.input_range,
            ancestors=run.ancestors,
        )
        report(Done(str(path), sha256))
    wait_for_all()
    return path


def _are_equal(one: Mapping[str, Tensor], other: Mapping[str, Tensor]) -> bool:
    return all(torch.equal(values, other[name]) for name, values in one.items())


def _balanced(
    nights: Sequence[FeatureNight], replayed: Sequence[FeatureNight], device: torch.device
) -> list[CachedNight]:
    """Nights to draw from, those of the laboratory so often that they are half of all, at least."""
    own, others = ([_cached(night, device) for night in some] for some in (nights, replayed))
    n_own, n_others = (sum(len(night.stages) for night in some) for some in (own, others))
    return own * max(round(n_others / n_own), 1) + others


def _cached(night: FeatureNight, device: torch.device) -> CachedNight:
    features = torch.tensor(np.nan_to_num(night.features), dtype=torch.float32, device=device)
    return CachedNight(features, torch.tensor(night.stages, dtype=torch.long), night.runs)


def _summary(
    nights: FeatureSet, replay: FeatureSet | None, config: TrainingConfig
) -> dict[str, Any]:
    def subjects(part: str) -> list[str]:
        return sorted({night.subject for night in nights.nights if night.part == part})

    return {
        "data": "; ".join(
            text
            for text in ("nights of a laboratory", "" if replay is None else replay.attribution)
            if text
        ),
        "kind_of_epochs": "whole 30-s epochs",
        "train_subjects": subjects("train"),
        "validation_subjects": subjects("validation"),
        "test_subjects": subjects("test"),
        "n_train_epochs": sum(int((n.stages >= 0).sum()) for n in nights.of_part("train")),
        "config": asdict(config),
    }
