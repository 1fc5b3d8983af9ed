"""What a training begins with, where not with a random network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from model import weights
from model.files import SUFFIX, Ancestor
from model.mc2sleepnet.weights import network_of
from training.engine.checkpoints import read_network


@dataclass(frozen=True, slots=True)
class Start:
    """What the training of another network can begin with.

    Attributes
    ----------
    network
        State of all parameters and statistics.
    ancestry
        Which versions it comes from, the nearest first.
    """

    network: dict[str, Tensor]
    ancestry: tuple[Ancestor, ...]


def read_start(path: Path) -> Start:
    """Read what another training can begin with: a version, or a checkpoint of any configuration.

    Raises
    ------
    CheckpointError
        If the file is missing or damaged, or does not say whose nights the network has seen.
    WeightsError, ValueError
        If a version can't be used, or is another network.
    """
    if path.suffix != SUFFIX:
        return Start(*read_network(path))
    loaded = weights.load(path, "cpu")
    return Start(network_of(loaded).state_dict(), loaded.lineage)
