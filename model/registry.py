"""The networks that there are: each folder of this package that says how to build one.

A network is added by its folder alone: its module ``architecture`` has an `ARCHITECTURE`.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from torch import Tensor

import model
from model.files import Description
from model.network import Network

_MODULE = "architecture"


@dataclass(frozen=True, slots=True)
class Architecture:
    """How a network is made of what is stored of it.

    Attributes
    ----------
    build
        Called with the description, the tensors by name and the device, ``"cpu"`` or ``"cuda"``.
        Raises ValueError, TypeError, KeyError or RuntimeError where they don't fit each other.
    """

    build: Callable[[Description, Mapping[str, Tensor], str], Network]


def names() -> tuple[str, ...]:
    """Names of the networks that there are, sorted."""
    folders = (found.name for found in pkgutil.iter_modules(model.__path__) if found.ispkg)
    return tuple(
        sorted(name for name in folders if importlib.util.find_spec(f"model.{name}.{_MODULE}"))
    )


def architecture(name: str) -> Architecture:
    """Architecture of a name.

    Raises
    ------
    KeyError
        There is no such network.
    """
    if name not in names():  # a file may name anything: nothing but these is imported
        raise KeyError(name)
    found: Architecture = importlib.import_module(f"model.{name}.{_MODULE}").ARCHITECTURE
    return found
