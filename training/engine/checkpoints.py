"""The full state of a training run, to stop it and resume it exactly."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from model.files import Ancestor

_FORMAT_VERSION = 3


class CheckpointError(Exception):
    """A checkpoint can't be resumed from; the text names the file and says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """State of a run between two steps.

    Attributes
    ----------
    stage
        Name of the stage under way.
    n_steps_done
        Steps of that stage that are done. It stands for the random state too: see
        :mod:`training.engine.randomness`.
    network
        State of all parameters and statistics.
    stage_state
        State of the stage: optimiser and what else it keeps.
    elapsed_s
        Wall time spent so far.
    ancestry
        The version in training, then those that its training began with, the nearest first.
    """

    stage: str
    n_steps_done: int
    network: dict[str, Any]
    stage_state: dict[str, Any]
    elapsed_s: float
    ancestry: tuple[Ancestor, ...]


def write_checkpoint(path: Path, checkpoint: Checkpoint, run: Mapping[str, Any]) -> None:
    """Replace the checkpoint at `path`; a crash leaves the old one or the new one.

    Parameters
    ----------
    path
        Of the checkpoint.
    checkpoint
        To write.
    run
        What determines the run: a resumed one must have the same.
    """
    content = {
        "format_version": _FORMAT_VERSION,
        "run": dict(run),
        # Not asdict: it would copy all tensors.
        "stage": checkpoint.stage,
        "n_steps_done": checkpoint.n_steps_done,
        "network": checkpoint.network,
        "stage_state": checkpoint.stage_state,
        "elapsed_s": checkpoint.elapsed_s,
        "ancestry": [asdict(ancestor) for ancestor in checkpoint.ancestry],
    }
    # Of this process alone: one that was to end may still be writing its last.
    unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
    torch.save(content, unfinished)
    unfinished.replace(path)


def read_checkpoint(
    path: Path, run: Mapping[str, Any], completed: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> Checkpoint:
    """Read a checkpoint of the same run.

    Parameters
    ----------
    path
        Of the checkpoint.
    run
        What determines the run.
    completed
        Gives a configuration that was written by an earlier version what it lacks.

    Raises
    ------
    CheckpointError
        If the file is missing or damaged, or belongs to another run.
    """
    content = _load(path, "start again without --resume")
    if content["run"] | {"config": completed(content["run"]["config"])} != run:
        raise CheckpointError(f"{path} was written with another configuration or other nights")
    return Checkpoint(
        stage=content["stage"],
        n_steps_done=content["n_steps_done"],
        network=content["network"],
        stage_state=content["stage_state"],
        elapsed_s=content["elapsed_s"],
        ancestry=_ancestry(content),
    )


def read_network(path: Path) -> tuple[dict[str, Tensor], tuple[Ancestor, ...]]:
    """Read the network of any run's checkpoint, and which versions it comes from.

    Raises
    ------
    CheckpointError
        If the file is missing, damaged or no checkpoint, or does not say whose nights the network
        has seen.
    """
    content = _load(path, "choose a version (.safetensors) or the checkpoint.pt of another run")
    ancestry = _ancestry(content)
    if not ancestry:
        raise CheckpointError(
            f"{path} does not say whose nights its network has seen; resume that run to its end "
            "with --resume, which writes it anew"
        )
    return content["network"], ancestry


def _ancestry(content: dict[str, Any]) -> tuple[Ancestor, ...]:
    """Empty for a checkpoint from before it was written down."""
    return tuple(
        Ancestor(**{**entries, "subjects": tuple(entries["subjects"])})
        for entries in content.get("ancestry", ())
    )


def _load(path: Path, advice: str) -> dict[str, Any]:
    """Content of a checkpoint; the advice is for whoever named what is none."""
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise CheckpointError(f"{path} is missing; {advice}") from error
    except OSError as error:
        raise CheckpointError(f"{path} can't be read ({error.strerror}); {advice}") from error
    except Exception as error:  # what is no checkpoint ends wherever the reader of pickles got to
        raise CheckpointError(f"{path} is no checkpoint, or damaged; {advice}") from error
    version = content.get("format_version") if isinstance(content, dict) else None
    if version is None:
        raise CheckpointError(f"{path} is no checkpoint of a training; {advice}")
    if version != _FORMAT_VERSION:
        raise CheckpointError(f"{path} is of another version; {advice}")
    checked: dict[str, Any] = content
    return checked
