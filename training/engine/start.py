"""What a training begins with, where not with a random network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
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
    is_mean
        Whether it is the mean of several, whose batch normalisation measured none of it.
    """

    network: dict[str, Tensor]
    ancestry: tuple[Ancestor, ...]
    is_mean: bool = False


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


def mean_start(starts: Sequence[Start]) -> Start:
    """Begin with the mean of several networks that began with the same one.

    The mean of networks that were fine-tuned differently is often better than each, elsewhere above
    all (Wortsman et al. 2022, Model soups). What batch normalisation measured has to be measured
    anew: see :mod:`training.mc2sleepnet.average_stage`.

    Parameters
    ----------
    starts
        At least one; what counts and does not measure is the first one's.

    Returns
    -------
    Start
        Its ancestry has each version once.

    Raises
    ------
    ValueError
        The networks have other parameters than the first one.
    """
    first, *others = [start.network for start in starts]
    shapes = {name: tensor.shape for name, tensor in first.items()}
    for other in others:
        if {name: tensor.shape for name, tensor in other.items()} != shapes:
            raise ValueError("networks of different kinds have no mean: name others with --start")
    mean = {
        name: torch.stack([start.network[name].double() for start in starts]).mean(0).to(one.dtype)
        if one.is_floating_point()
        else one
        for name, one in first.items()
    }
    ancestry = dict.fromkeys(each for start in starts for each in start.ancestry)
    return Start(mean, tuple(ancestry), is_mean=len(starts) > 1)


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
