"""Weights files: the tensors of a trained network and the description beside them.

``NAME.safetensors`` holds the tensors: parameters as float16, which halves the file,
statistics (buffers) at full precision, since a variance in µV² may exceed float16's range.
``NAME.json`` holds the configuration, the temperature and the SHA-256 of the tensors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from model.config import MC2SleepNetConfig
from model.mc2sleepnet import MC2SleepNet

FORMAT_VERSION = 1
ARCHITECTURE = "mc2sleepnet"

_LATER_ENTRIES = {
    "activation",
    "double_residual",
    "epoch_pooling",
    "cross_memory",
    "projection",
    "heads",
    "linear_bias",
    "resize_kernel",
}
"""Weights from before these could be chosen don't say them: they are what is now the default."""


class WeightsError(Exception):
    """A weights file can't be used; the text names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A network ready to score, and where it comes from.

    Attributes
    ----------
    network
        In evaluation mode, on `device`.
    name
        Of the network, e.g. ``"MC²SleepNet"``.
    version
        Of the weights, e.g. ``"1"``.
    sha256
        Hash of the safetensors file, 64 hexadecimal digits.
    config
        Architecture.
    temperature
        Divisor of the mean log-probabilities, positive; also set on the network.
    device
        ``"cuda"`` or ``"cpu"``.
    training
        What the weights were trained on and how, as recorded by the training program.
    """

    network: MC2SleepNet
    name: str
    version: str
    sha256: str
    config: MC2SleepNetConfig
    temperature: float
    device: str
    training: Mapping[str, Any]


def available_device() -> str:
    """``"cuda"`` when a CUDA device can be used, ``"cpu"`` otherwise."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def description_path(path: Path) -> Path:
    """Path of the description beside a safetensors file."""
    return path.with_suffix(".json")


def save(
    path: Path,
    network: MC2SleepNet,
    *,
    name: str,
    version: str,
    training: Mapping[str, Any] | None = None,
) -> str:
    """Write a network and its description, including its temperature.

    Parameters
    ----------
    path
        Of the safetensors file; the description goes beside it.
    network
        What to write; it is not changed.
    name, version
        See :class:`LoadedModel`.
    training
        Summary that JSON can hold.

    Returns
    -------
    str
        SHA-256 of the tensors' file.

    Raises
    ------
    ValueError
        If a tensor is not finite, or a parameter is beyond the range of float16.
    OSError
        If a file can't be written.
    """
    parameters = dict(network.named_parameters())
    tensors: dict[str, Tensor] = {}
    for key, tensor in network.state_dict().items():
        stored = tensor.detach().cpu()
        stored = (stored.half() if key in parameters else stored).contiguous()
        if not torch.isfinite(stored).all():
            raise ValueError(f"tensor {key} can't be stored: values are not finite as float16")
        tensors[key] = stored
    content = safetensors.torch.save(tensors)
    sha256 = hashlib.sha256(content).hexdigest()
    description = {
        "format_version": FORMAT_VERSION,
        "architecture": ARCHITECTURE,
        "name": name,
        "version": version,
        "configuration": asdict(network.config),
        "temperature": network.temperature,
        "sha256": sha256,
        "training": dict(training or {}),
    }
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    path.write_bytes(content)
    description_path(path).write_text(text, encoding="utf-8")
    return sha256


def load(path: Path, device: str | None = None) -> LoadedModel:
    """Read a network, checking the file's hash before anything in it is interpreted.

    Parameters
    ----------
    path
        Of the safetensors file; the description is expected beside it.
    device
        ``"cuda"`` or ``"cpu"``; the best available by default.

    Raises
    ------
    WeightsError
        If a file is missing or damaged, or does not fit this version of the program.
    """
    description = _read_description(description_path(path))
    content = _read_bytes(path)
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != description.sha256:
        raise WeightsError(
            f"{path} is damaged or was changed: its SHA-256 is not the one in "
            f"{description_path(path).name}. Restore both files from their source."
        )
    try:
        tensors = safetensors.torch.load(content)
    except (safetensors.SafetensorError, ValueError, KeyError) as error:
        raise WeightsError(f"{path} is no safetensors file. Restore it from its source.") from error
    network = _build(path, description.config, tensors)
    network.temperature = description.temperature
    network.requires_grad_(False).eval()
    device = device or available_device()
    try:
        network.to(device)
    except (RuntimeError, AssertionError) as error:  # torch without CUDA raises either
        raise WeightsError(
            f"{path} can't be loaded on {device}: the device is not available. Choose cpu."
        ) from error
    return LoadedModel(
        network=network,
        name=description.name,
        version=description.version,
        sha256=sha256,
        config=description.config,
        temperature=description.temperature,
        device=device,
        training=description.training,
    )


@dataclass(frozen=True, slots=True)
class _Description:
    name: str
    version: str
    sha256: str
    config: MC2SleepNetConfig
    temperature: float
    training: Mapping[str, Any]


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise WeightsError(
            f"{path} is missing. Install SleepScorer again or choose another weights file."
        ) from error
    except OSError as error:
        raise WeightsError(
            f"{path} can't be read ({error.strerror}). Check the file and its permissions."
        ) from error


def _read_description(path: Path) -> _Description:
    try:
        content = json.loads(_read_bytes(path))
    except ValueError as error:  # not JSON, or not UTF-8
        raise WeightsError(f"{path} is not valid JSON. Restore it from its source.") from error
    version = content.get("format_version") if isinstance(content, dict) else None
    if version != FORMAT_VERSION or content.get("architecture") != ARCHITECTURE:
        raise WeightsError(
            f"{path} does not describe {ARCHITECTURE} weights of format {FORMAT_VERSION}. "
            "Choose another weights file or update SleepScorer."
        )
    try:
        description = _Description(
            name=_typed(content["name"], str),
            version=_typed(content["version"], str),
            sha256=_typed(content["sha256"], str),
            config=_config(_typed(content["configuration"], dict)),
            temperature=float(content["temperature"]),
            training=_typed(content["training"], dict),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsError(
            f"{path} lacks an entry or holds a wrong one ({error}). Restore it from its source."
        ) from error
    if not 0 < description.temperature < float("inf"):
        raise WeightsError(
            f"{path} holds a temperature of {description.temperature}, which must be positive. "
            "Restore it from its source."
        )
    return description


def _typed(value: Any, expected: type) -> Any:
    if not isinstance(value, expected):
        raise TypeError(f"expected {expected.__name__}, found {value!r}")
    return value


def _config(entries: dict[str, Any]) -> MC2SleepNetConfig:
    named = {field.name for field in fields(MC2SleepNetConfig)}
    missing = named - _LATER_ENTRIES - entries.keys()
    if missing:
        # A default might have changed since: weights say all of their architecture.
        raise KeyError(f"configuration: {', '.join(sorted(missing))}")
    return MC2SleepNetConfig(**entries)


def _build(path: Path, config: MC2SleepNetConfig, tensors: dict[str, Tensor]) -> MC2SleepNet:
    try:
        network = MC2SleepNet(config)
        network.load_state_dict(tensors)  # converts float16 to the network's float32
    except (RuntimeError, ValueError) as error:
        raise WeightsError(
            f"{path} does not fit the configuration in {description_path(path).name}. "
            "Restore both files from their source."
        ) from error
    if not all(torch.isfinite(tensor).all() for tensor in network.state_dict().values()):
        raise WeightsError(f"{path} holds values that are not finite. Restore it from its source.")
    return network
