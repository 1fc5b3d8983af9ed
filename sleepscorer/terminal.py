"""What the commands without a window have in common: files, messages and the exit status."""

from __future__ import annotations

import glob
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from sleepscorer.domain.errors import (
    AlreadyThereError,
    ScoringError,
    SleepScorerError,
    is_out_of_memory,
)
from sleepscorer.domain.phrases import Phrase, phrase_of
from sleepscorer.file_questions import inode_of, is_missing, is_there, resolved

logger = logging.getLogger(__name__)

INTERRUPTED = 130
"""Exit status of what somebody ended with Ctrl+C, as shells have it."""

_MOST_LETTERS = 200


def say(text: str) -> None:
    """Write a line for the person at the terminal; results alone go to stdout."""
    write_stderr(f"{text}\n")


def write_stderr(text: str) -> None:
    """Write to stderr where there is one: the work goes on where nobody hears of it."""
    if sys.stderr is not None:  # it is None for a program that was started without
        with suppress(OSError, ValueError):  # closed, or its reader has gone
            sys.stderr.write(text)
            sys.stderr.flush()


def write_result(text: str, advice: str = Phrase("use --out FILE")) -> None:
    """Write a result to stdout, down to the disk or pipe behind it.

    Parameters
    ----------
    text
        The result.
    advice
        What to do where that can't be.

    Raises
    ------
    ScoringError
        It is full, closed, or nobody reads it any more.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError) as error:  # None where there is no stdout
        with suppress(OSError, ValueError, AttributeError):
            # What is left of it would be tried once more, and complained about, when all ends.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
        raise ScoringError(
            "The result can't be written to where output goes ({reason}); {advice}.",
            reason=getattr(error, "strerror", None) or Phrase("it is closed"),
            advice=advice,
        ) from error


def stderr_is_terminal() -> bool:
    """Whether somebody sees what goes to stderr as it comes."""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # closed
        return False


def expanded(patterns: Iterable[str]) -> list[Path]:
    """Files of some names and patterns, each once; ``**`` goes through folders.

    Shells of Windows leave that to programs. A name that fits nothing stays as it is, so that the
    message about it names it.
    """
    found: dict[Path, Path] = {}
    for pattern in patterns:
        names = [] if is_there(Path(pattern)) else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  a pattern may be absolute
        for path in map(Path, names or [pattern]):
            # Whatever way leads to its folder; links of other names are other nights.
            found.setdefault(resolved(path.parent) / path.name, path)
    return list(found.values())


def distinct_targets(
    sources: Sequence[Path],
    target_of: Callable[[Path], Path],
    files_of: Callable[[Path], Iterable[Path]] = lambda target: (target,),
) -> Callable[[Path], Path]:
    """Find the file made of each source.

    Parameters
    ----------
    sources
        What is read, all of it.
    target_of
        Gives the file made of a source.
    files_of
        Gives all files that are written with a target, itself among them.

    Returns
    -------
    target
        Gives the file made of a source; raises a `ScoringError` where another source has a file in
        common with it that is written for both, or where one of its files is itself a source.
    """
    targets = {source: target_of(source) for source in sources}
    inodes = {inode for source in sources if (inode := inode_of(source)) is not None}
    sources_of: dict[Path, list[Path]] = {}
    for source, target in targets.items():
        for file in files_of(target):
            sources_of.setdefault(file, []).append(source)

    def checked(source: Path) -> Path:
        for file in files_of(targets[source]):
            if len(sources_of[file]) > 1:
                raise ScoringError(
                    "{sources} would both be written to {file}; {source} was left out: write "
                    "them into different folders.",
                    sources=" and ".join(map(str, sources_of[file])),
                    file=file,
                    source=source,
                )
            if inode_of(file) in inodes:
                raise ScoringError(
                    "The result for {source} would be written over {file}; choose "
                    "another folder with --out.",
                    source=source,
                    file=file,
                )
        return targets[source]

    return checked


def refuse_existing(*targets: Path, overwrite: bool) -> None:
    """Leave files alone that may be somebody's work: a result and the files beside it.

    Raises
    ------
    AlreadyThereError
        A target is there and is not to be overwritten.
    ScoringError
        Whether it is there can't be known.
    """
    for target in targets:
        if overwrite or is_missing(target):
            continue
        if is_there(target):
            # A file beside the result is not the result: that was not made before.
            kind = AlreadyThereError if target == targets[0] else ScoringError
            raise kind(
                f"{target} is there already and was left alone; choose another folder, or "
                "--overwrite to replace it."
            )
        raise ScoringError(
            "Whether {target} is there already can't be told, so nothing was "
            "written; choose another folder with --out.",
            target=target,
        )


def for_each(sources: Sequence[Path], work: Callable[[Path], str], done: str) -> int:
    """Do something with each file, whatever becomes of the others, and sum it up.

    Whatever happens with one, the next one is begun: a night of work is not lost to one file. A
    result that is there already is skipped, which is no failure: a batch can be begun again.

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
        0 when nothing failed, 1 otherwise.
    """
    n_failed = n_skipped = 0
    for source in sources:
        try:
            say(work(source))
        except AlreadyThereError as error:
            n_skipped += 1
            say(f"{source.name} was skipped: {error}")
        # The border of each file.
        except Exception as error:
            logger.debug("a file failed", exc_info=True)
            n_failed += 1
            sentence = sentence_of(source, error)
            say(sentence if source.name in sentence else f"{source.name}: {sentence}")
    n_done = len(sources) - n_failed - n_skipped
    skipped = f", {n_skipped} skipped" if n_skipped else ""
    say(f"{n_done} of {len(sources)} files {done}{skipped}.")
    return 1 if n_failed else 0


def sentence_of(source: Path, error: Exception) -> str:
    """Say in a sentence what went wrong with a file, whatever that was."""
    if isinstance(error, SleepScorerError):
        return phrase_of(error)
    if is_out_of_memory(error):
        return Phrase(
            "{file}: there is not enough memory for it; close other programs, or work on it alone.",
            file=source.name,
        )
    if isinstance(error, OSError) and error.strerror:
        return Phrase(
            "{file}: {path} can't be read or written: {reason}.",
            file=source.name,
            path=error.filename or source,
            reason=phrase_of(error),
        )
    return Phrase(
        "{file} failed, which is a fault of SleepScorer ({kind}: {cause}); the other files are not "
        "affected.",
        file=source.name,
        kind=type(error).__name__,
        cause=" ".join(str(error).split())[:_MOST_LETTERS],
    )
