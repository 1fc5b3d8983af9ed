"""Replace a file as a whole or not at all."""

from __future__ import annotations

import os
import uuid
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
    temporary = path.with_name(f".{uuid.uuid4().hex}{path.suffix}")
    try:
        temporary.touch(exist_ok=False)
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        yield temporary
        _flush_to_disk(temporary)
        if path.exists():
            temporary.chmod(path.stat().st_mode)
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
