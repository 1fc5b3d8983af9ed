"""Trained versions with their networks, whichever they are.

Parameters are stored as float16, which halves the file, statistics (buffers) at full precision,
since a variance in µV² may exceed float16's range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from model import files, registry
from model.files import Ancestor, Description, WeightsError
from model.network import Network


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A network ready to be asked, and where it comes from.

    Attributes
    ----------
    network
        On `device`.
    description
        What it is.
    sha256
        Hash of its tensors, 64 hexadecimal digits.
    device
        ``"cuda"`` or ``"cpu"``.
    temperatures
        What the log-probabilities of each task are divided by once more, where the laboratory
        calibrated the network on its own nights.
    biases
        What is added to the log-probabilities of each class of each task after that.
    path
        Its file; None for a network that was read from none.
    fallback
        Why it is not on the graphics card that there is; empty otherwise.
    """

    network: Network
    description: Description
    sha256: str
    device: str
    temperatures: Mapping[str, float] = field(default_factory=dict)
    biases: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    path: Path | None = None
    fallback: str = ""

    @property
    def name(self) -> str:
        """Name of the network, e.g. ``"MC²SleepNet"``."""
        return self.description.name

    @property
    def version(self) -> str:
        """Of the weights, e.g. ``"1"``."""
        return self.description.version

    @property
    def training(self) -> Mapping[str, Any]:
        """What the weights were trained on and how, as recorded by the training program."""
        return self.description.training

    @property
    def lineage(self) -> tuple[Ancestor, ...]:
        """The version itself, then those that its training began with, the nearest first."""
        known = self.description
        own = Ancestor(known.name, known.version, self.sha256, known.own_subjects)
        return (own, *known.ancestors)

    @property
    def temperature(self) -> float:
        """Divisor of the mean log-probabilities that the version itself has."""
        return self.description.temperature


def available_device() -> str:
    """``"cuda"`` when a CUDA device can be used, ``"cpu"`` otherwise."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def stored(network: nn.Module) -> bytes:
    """Tensors of a network as a safetensors file.

    Raises
    ------
    ValueError
        If a tensor is not finite, or a parameter is beyond the range of float16.
    """
    parameters = dict(network.named_parameters())
    tensors: dict[str, Tensor] = {}
    for key, tensor in network.state_dict().items():
        kept = tensor.detach().cpu()
        kept = (kept.half() if key in parameters else kept).contiguous()
        if not torch.isfinite(kept).all():
            raise ValueError(f"tensor {key} can't be stored: values are not finite as float16")
        tensors[key] = kept
    return safetensors.torch.save(tensors)


def load(path: Path, device: str | None = None) -> LoadedModel:
    """Read a version and build its network.

    Parameters
    ----------
    path
        Of the file.
    device
        ``"cuda"`` or ``"cpu"``; the best available by default.

    Raises
    ------
    WeightsError
        If a file is missing or damaged, or does not fit this version of the program.
    """
    version = files.read(path)
    description = version.description
    try:
        tensors = safetensors.torch.load(version.tensors)
    except (safetensors.SafetensorError, ValueError, KeyError) as error:
        raise WeightsError(f"{path} is no safetensors file. Restore it from its source.") from error
    device = device or available_device()
    if device == "cuda" and not torch.cuda.is_available():
        raise WeightsError(
            f"{path} can't be loaded on {device}: the device is not available. Choose cpu."
        )
    try:
        architecture = registry.architecture(description.architecture)
    except KeyError as error:
        raise WeightsError(
            f"{path} is a version of “{description.architecture}”, a network that this SleepScorer "
            f"does not have; it has {', '.join(registry.names())}. Update SleepScorer."
        ) from error
    try:
        network = architecture.build(description, tensors, device)
    except torch.OutOfMemoryError:
        raise  # which is no fault of the file
    except (KeyError, RuntimeError, TypeError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise WeightsError(
            f"{path} does not fit its description ({reason}). Restore it from its source."
        ) from error
    return LoadedModel(network, description, version.sha256, device, path=path)
