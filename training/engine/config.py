"""What the loop of every training stage is told."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from model.shared.precision import Precision
from sleepscorer.codec import structured

_Config = TypeVar("_Config")

Schedule = Literal["cosine", "constant"]
Criterion = Literal["kappa", "accuracy", "cross_entropy"]


@dataclass(frozen=True, slots=True)
class OptimisationConfig:
    """How parameters are moved, in every stage.

    Attributes
    ----------
    precision
        Of the products in the network; parameters and sums stay float32. Automatic is bfloat16 on
        a graphics card and float32 without.
    weight_decay
        Coupled L2 penalty of Adam, as in MC²SleepNet's paper.
    decoupled
        Whether parameters decay beside the gradient instead (AdamW; Loshchilov and Hutter, 2019).
    max_gradient_norm
        Gradients are scaled down to this norm; 0 leaves them as they are.
    schedule
        Of the learning rate after the warm-up: half a cosine down to zero, or constant as in the
        paper.
    """

    precision: Precision = "float32"
    weight_decay: float = 1e-5
    decoupled: bool = False
    max_gradient_norm: float = 1.0
    schedule: Schedule = "cosine"


@dataclass(frozen=True, slots=True)
class StepsConfig:
    """The steps of one stage.

    Attributes
    ----------
    steps
        How many; no steps, no stage.
    batch_size
        Sequences in a step, or single epochs.
    learning_rate, warmup_steps
        Peak rate of Adam, and steps to reach it.
    """

    steps: int = 0
    batch_size: int = 32
    learning_rate: float = 5e-4
    warmup_steps: int = 0


@dataclass(frozen=True, slots=True)
class SelectionConfig:
    """Which step of a stage is kept, and when a stage stops.

    Attributes
    ----------
    criterion
        What a validation is judged by, all of the joint head. The paper gives none;
        SleepTransformer uses accuracy, SleePyCo cross-entropy.
    patience
        Validations without gain after which a stage stops; 0 never stops. The paper's 1000 are
        meant for large clusters, SleePyCo uses 20.
    validate_every
        Steps between validations.
    """

    criterion: Criterion = "kappa"
    patience: int = 0
    validate_every: int = 25


def read_toml(
    path: Path,
    kind: type[_Config],
    arranged: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict,
) -> _Config:
    """Read a configuration from TOML.

    Parameters
    ----------
    path
        Of the file.
    kind
        Of the configuration.
    arranged
        Brings the entries of an earlier version into their present places.

    Raises
    ------
    ValueError
        The file is not TOML, lacks an entry without default, has an unknown one or one with a
        value that makes no sense.
    """
    try:
        return structured(arranged(tomllib.loads(path.read_text(encoding="utf-8"))), kind)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def check_shares(config: Any, *names: str) -> None:
    """Refuse entries that are no shares, 0 to 1.

    Raises
    ------
    ValueError
        Naming the entry.
    """
    for name in names:
        if not 0 <= getattr(config, name) <= 1:
            raise ValueError(f"{name} must be 0 to 1, not {getattr(config, name)}")
