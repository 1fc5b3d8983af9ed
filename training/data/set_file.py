"""What the files of training sets share: one group a night, whole or not there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py

from sleepscorer.network_input import Runs

Check = Callable[[h5py.File, Path], None]
"""Raises ValueError where an open file, of that path, is no training set of a kind."""


@contextmanager
def added_night(
    path: Path, name: str, attributes: Mapping[str, Any], check: Check
) -> Iterator[h5py.Group]:
    """Add a night to a training set: it is in the file when the context ends without an error.

    Parameters
    ----------
    path
        HDF5 file, created when it is missing.
    name
        Of the night.
    attributes
        Of a new file.
    check
        Of the kind of training set.

    Yields
    ------
    h5py.Group
        To write the night to.

    Raises
    ------
    ValueError
        The file is something else, can't be written, or has a night of that name.
    """
    try:
        with h5py.File(path, "a") as file:
            if not file.keys() and "format" not in file.attrs:
                file.attrs.update(attributes)
            check(file, path)
            if name in file:
                raise ValueError(f"{path} has a night {name} already; choose another file")
            # Under another name until it is complete: what an interruption leaves is no night.
            unfinished = f".{name}"
            if unfinished in file:
                del file[unfinished]
            yield file.create_group(unfinished)
            file.move(unfinished, name)
    except OSError as error:
        raise ValueError(
            f"{path} can't be written as a training set: {_reason(path, error)}"
        ) from error


def open_nights(path: Path, check: Check) -> dict[str, h5py.Group]:
    """Open a training set, and leave it open: groups of the complete nights, in order of names.

    Raises
    ------
    ValueError
        The file can't be read, is something else, or holds no night.
    """
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise ValueError(
            f"{path} can't be read as a training set: {_reason(path, error)}"
        ) from error
    check(file, path)
    nights = {name: file[name] for name in sorted(file) if not name.startswith(".")}
    if not nights:
        raise ValueError(f"{path} holds no nights")
    return nights


def _reason(path: Path, error: OSError) -> str:
    """Why a file can't be opened, without what the library of HDF5 tells its developers."""
    if error.errno:
        return os.strerror(error.errno)
    return "it is no HDF5 file, or damaged" if path.exists() else str(error)


def runs_in(group: h5py.Group) -> Runs:
    """Half-open ranges of a night's rows without a gap, as they are stored."""
    return tuple((int(start), int(stop)) for start, stop in group["runs"][:])
