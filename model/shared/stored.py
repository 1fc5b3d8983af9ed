"""From what is stored of a network to the network: the same checks for all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import cattrs
import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Config = TypeVar("_Config", bound="DataclassInstance")
_Module = TypeVar("_Module", bound=nn.Module)
_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


def config_of(entries: Mapping[str, Any], kind: type[_Config]) -> _Config:
    """Read a configuration with tables in it from a version's description.

    Raises
    ------
    ValueError
        An entry is unknown, missing or not understood: a default might have changed since, so
        weights say all of their architecture.
    """
    try:
        config = _CONVERTER.structure(entries, kind)
    except (cattrs.BaseValidationError, KeyError, TypeError) as error:
        raise ValueError(f"the configuration is not understood: {error}") from error
    if json.loads(json.dumps(asdict(config))) != json.loads(json.dumps(entries)):
        raise ValueError("the configuration lacks entries, or has some that are not understood")
    return config


def check_shapes(make: Callable[[], nn.Module], tensors: Mapping[str, Tensor]) -> None:
    """Compare tensors with a network before anything of its size is built.

    Raises
    ------
    ValueError
        Naming the tensor.
    """
    with torch.device("meta"), _ShapesAlone():  # without memory
        outline = make().state_dict()
    for name in outline.keys() | tensors.keys():
        if name not in outline or name not in tensors:
            raise ValueError(f"the tensor {name} is missing or too many")
        if outline[name].shape != tensors[name].shape:
            raise ValueError(f"the tensor {name} has another shape")


class _ShapesAlone(TorchFunctionMode):
    """Leaves values out of what has none: first values of parameters, and their scaling.

    For most of what is computed on the meta device torch imports its compiler: two seconds of work
    and 120 MB at each start of the program.
    """

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Give the tensor that is filled or multiplied by a number as it is."""
        kwargs = kwargs or {}
        subject = args[0] if args else kwargs.get("tensor")
        if isinstance(subject, Tensor) and subject.is_meta:
            name: str = func.__name__
            is_filling = name.endswith("_") and not name.endswith("__")
            is_scaling = func in (Tensor.mul, Tensor.__mul__) and isinstance(args[1], float)
            if is_filling or is_scaling:
                return subject
        return func(*args, **kwargs)


def filled(network: _Module, tensors: Mapping[str, Tensor], device: str) -> _Module:
    """Give a network its tensors, and put it into evaluation mode for good.

    Raises
    ------
    ValueError
        A tensor holds values that are not finite.
    """
    network.load_state_dict(dict(tensors))  # converts float16 to the network's float32
    if not all(torch.isfinite(tensor).all() for tensor in network.state_dict().values()):
        raise ValueError("it holds values that are not finite")
    network.requires_grad_(False).eval()
    return network.to(device)
