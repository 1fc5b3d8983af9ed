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
    sources: Sequence[Path],
    target_of: Callable[[Path], Path],
    files_of: Callable[[Path], Iterable[Path]] = lambda target: (target,),
) -> Mapping[Path, Path]:
    """Pair each source with the file made of it.

    Parameters
    ----------
    sources
        What is read, all of it.
    target_of
        Gives the file made of a source.
    files_of
        Gives all files that are written with a target, itself among them.

    Raises
    ------
    ScoringError
        Two sources have a file in common that is written for them, or one is itself a source.
    """
    targets: dict[Path, Path] = {}
    source_of_file: dict[Path, Path] = {}
    for source in sources:
        targets[source] = target_of(source)
        for file in files_of(targets[source]):
            if file in source_of_file:
                raise ScoringError(
                    f"{source_of_file[file]} and {source} would both be written to {file}; write "
                    "them into different folders."
                )
            if any(is_same(file, one) for one in sources):
                raise ScoringError(
                    f"The result for {source} would be written over {file}; choose another folder "
                    "with --out."
                )
            source_of_file[file] = source
    return targets


def refuse_existing(*targets: Path, overwrite: bool) -> None:
    """Leave files alone that may be somebody's work.

    Raises
    ------
    ScoringError
        A target is there and is not to be overwritten.
    """
    for target in targets:
        if overwrite or is_missing(target):
            continue
        if is_there(target):
            raise ScoringError(
                f"{target} is there already and was left alone; choose another folder, or "
                "--overwrite to replace it."
            )
        raise ScoringError(
            f"Whether {target} is there already can't be told, so nothing was written; choose "
            "another folder with --out."
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
