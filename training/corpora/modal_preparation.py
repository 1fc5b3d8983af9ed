"""From the files of a scored night to epochs of several channels, with stages and events.

Everything goes through the readers of the application and through `network_input`, so that a
network learns what it will be shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from model.network import InputSpec
from sleepscorer.input_channels import channels_of_roles
from sleepscorer.io.recordings import open_recording
from sleepscorer.network_input import outside, read_input
from training.corpora.preparation import (
    Rules,
    Source,
    aligned_scoring,
    derivation_of,
    kept_epochs,
    kept_runs,
    known_stages,
    prepare_each,
)
from training.data.dataset import Origin
from training.data.event_targets import targets_of
from training.data.modalities import ModalNight, add_modal_night, prevalences

_logger = logging.getLogger(__name__)


def prepare_modal_night(
    source: Source, spec: InputSpec, rules: Rules, corpus: str, dataset: Path
) -> ModalNight:
    """Read a night, apply the rules and add it to a training set.

    Returns
    -------
    ModalNight
        As it was added.

    Raises
    ------
    ExcludedError
        The rules leave it out.
    SleepScorerError
        Its files can't be read, or it has no EEG.
    ValueError
        The training set can't take it.
    """
    with closing(open_recording(source.recording)) as recording:
        first = derivation_of(source, recording, spec)
        found = channels_of_roles(recording.channels, spec, first)
        scoring = aligned_scoring(source, recording, rules)
        seen = read_input(recording, found, spec)
    missing = seen.missing(spec)
    if missing:
        _logger.warning("%s has no usable %s", source.recording.name, ", ".join(missing))
    stages = known_stages(scoring, seen.runs, rules)
    kept = kept_epochs(stages, rules, source.name)
    targets = targets_of(scoring.events, len(stages), ~outside(seen.runs, len(stages)))
    night = ModalNight(
        source.name,
        source.subject,
        seen.epochs[kept],
        stages[kept],
        {task: target[kept] for task, target in targets.items()},
        kept_runs(seen.runs, kept),
    )
    channels = {role: one.name for role, one in found.items() if role not in missing}
    origin = Origin(corpus, first.name, source.recording.name, source.scoring.name)
    add_modal_night(dataset, night, spec, origin=origin, numbers=kept, channels=channels)
    return night


def prepare_modal_nights(
    sources: Iterable[Source],
    spec: InputSpec,
    rules: Rules,
    corpus: str,
    dataset: Path,
    say: Callable[[str], None],
) -> int:
    """Add all nights that can be used to a training set; see `prepare_each`."""

    def prepare(source: Source) -> str:
        night = prepare_modal_night(source, spec, rules, corpus, dataset)
        said = "; ".join(f"{task}: {text}" for task, text in prevalences(night).items())
        return f"{len(night.stages)} epochs ({said})"

    return prepare_each(sources, prepare, say)
