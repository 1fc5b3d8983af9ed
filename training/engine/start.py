"""What a training begins with, where not with a random network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor, nn

from model import weights
from model.files import SUFFIX, Ancestor
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


def read_start(path: Path, architecture: str) -> Start:
    """Read what another training can begin with: a version, or a checkpoint of any configuration.

    Parameters
    ----------
    path
        Of the file.
    architecture
        Network that a version has to be of.

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
    if loaded.description.architecture != architecture or not isinstance(loaded.network, nn.Module):
        raise ValueError(f"{path} is {loaded.name} {loaded.version}, which is no {architecture}")
    return Start(loaded.network.state_dict(), loaded.lineage)


def take_up(network: nn.Module, state: Mapping[str, Tensor], *, new: tuple[str, ...] = ()) -> None:
    """Give a network the state of another one of its kind.

    Parameters
    ----------
    network
        To give it to.
    state
        Of all parameters and statistics.
    new
        What the names begin with of those that stay as they are, there or not.

    Raises
    ------
    ValueError
        The states have other names or shapes.
    """
    own = network.state_dict()
    taken = {name: tensor for name, tensor in state.items() if not (new and name.startswith(new))}
    kept = {name: tensor for name, tensor in own.items() if name.startswith(new)} if new else {}
    try:
        network.load_state_dict({**taken, **kept})
    except RuntimeError as error:
        reason = str(error).partition("\n")[2].strip().partition("\n")[0]
        raise ValueError(f"what training is to begin with is another network: {reason}") from error
