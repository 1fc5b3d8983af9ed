"""What the commands without a window have in common: files, messages and the exit status."""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.file_questions import is_missing, is_same, is_there

DISCLAIMER = "Not a medical device: a qualified person reviews every result."


def say(text: str) -> None:
    """Write a line for the person at the terminal; results alone go to stdout."""
    sys.stderr.write(f"{text}\n")


def make_folder(folder: Path) -> None:
    """Make a folder for results where there is none.

    Raises
    ------
    ScoringError
        It can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScoringError(
            f"The folder {folder} can't be made: {error.strerror}; choose another with --out."
        ) from error


def expanded(patterns: Iterable[str]) -> list[Path]:
    """Files of some names and patterns, each once; ``**`` goes through folders.

    Shells of Windows leave that to programs. A name that fits nothing stays as it is, so that the
    message about it names it.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        names = [] if is_there(Path(pattern)) else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  a pattern may be absolute
        found |= dict.fromkeys(Path(name) for name in names or [pattern])
    return list(found)


def distinct_targets(
    sources: Sequence[Path], target_of: Callable[[Path], Path]
) -> Mapping[Path, Path]:
    """Pair each source with the file made of it.

    Raises
    ------
    ScoringError
        Two sources have the same target, or a target is one of the sources.
    """
    targets: dict[Path, Path] = {}
    for source in sources:
        target = target_of(source)
        if target in targets:
            raise ScoringError(
                f"{targets[target]} and {source} would both be written to {target}; write them "
                "into different folders."
            )
        if any(is_same(target, one) for one in sources):
            raise ScoringError(
                f"The result for {source} would be written over {target}; choose another folder "
                "with --out."
            )
        targets[target] = source
    return {source: target for target, source in targets.items()}


def refuse_existing(target: Path, *, overwrite: bool) -> None:
    """Leave a file alone that may be somebody's work.

    Raises
    ------
    ScoringError
        The target is there and is not to be overwritten.
    """
    if overwrite or is_missing(target):
        return
    if is_there(target):
        raise ScoringError(
            f"{target} is there already and was left alone; choose another folder, or --overwrite "
            "to replace it."
        )
    raise ScoringError(
        f"Whether {target} is there already can't be told, so nothing was written; choose another "
        "folder with --out."
    )


def for_each(sources: Sequence[Path], work: Callable[[Path], str], done: str) -> int:
    """Do something with each file, whatever becomes of the others, and sum it up.

    Parameters
    ----------
    sources
        The files.
    work
        Gives a sentence about what was done.
    done
        What it is called in the summary, e.g. ``"converted"``.

    Returns
    -------
    exit_status
        0 when all went well, 1 otherwise.
    """
    n_failed = 0
    for source in sources:
        try:
            say(work(source))
        except SleepScorerError as error:
            n_failed += 1
            say(str(error))
    say(f"{len(sources) - n_failed} of {len(sources)} files {done}.")
    return 1 if n_failed else 0
