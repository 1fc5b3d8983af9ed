"""Replace a file as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sleepscorer.domain.errors import ScoringError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; move it there when the block ends without error.

    A crash, a full disk or an error leaves the former file as it was.

    Raises
    ------
    ScoringError
        The folder can't be written to, or writing failed.
    """
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise _not_written(path, error) from error
    temporary = Path(name)
    try:
        yield temporary
        _flush_to_disk(temporary)
        _give_usual_mode(temporary, path)
        temporary.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> ScoringError:
    return ScoringError(
        f"{path} can't be written: {error.strerror or error}. Nothing was changed; choose another "
        "folder."
    )


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _give_usual_mode(temporary: Path, path: Path) -> None:
    """Give the mode that a plainly created file has; temporary files are for the owner only."""
    if path.exists():
        temporary.chmod(path.stat().st_mode)
        return
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
