"""MC²SleepNet from and into versions, for its training and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from model import files
from model.files import Ancestor, Description, InputRange
from model.mc2sleepnet.architecture import NAME
from model.mc2sleepnet.network import MC2SleepNet
from model.weights import LoadedModel, stored


def network_of(loaded: LoadedModel) -> MC2SleepNet:
    """Get the network, for what only training and evaluation of MC²SleepNet know.

    Raises
    ------
    ValueError
        It is another one.
    """
    if not isinstance(loaded.network, MC2SleepNet):
        raise ValueError(f"{loaded.name} {loaded.version} is no MC²SleepNet")
    return loaded.network


def save(
    path: Path,
    network: MC2SleepNet,
    *,
    name: str,
    version: str,
    training: Mapping[str, Any] | None = None,
    input_range: InputRange | None = None,
    ancestors: tuple[Ancestor, ...] = (),
) -> str:
    """Write an MC²SleepNet with its temperature and what it was trained on.

    Parameters
    ----------
    path
        Of the file.
    network
        What to write; it is not changed.
    name, version, input_range, ancestors
        See :class:`model.files.Description`.
    training
        Summary that JSON can hold.

    Returns
    -------
    str
        SHA-256 of the tensors.

    Raises
    ------
    ValueError
        If a tensor is not finite, or a parameter is beyond the range of float16.
    OSError
        If the file can't be written.
    """
    description = Description(
        architecture=NAME,
        name=name,
        version=version,
        configuration=asdict(network.config),
        temperature=network.temperature,
        training=dict(training or {}),
        input_range=input_range,
        ancestors=ancestors,
    )
    return files.write(path, description, stored(network))
