"""What there is to do for the recordings of an archive, given what was done before."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sleepscorer.batch.manifest import Manifest, difference
from sleepscorer.batch.outcomes import Failed, Making, Outcome, Skipped
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import Phrase, phrase_of
from sleepscorer.file_questions import absolute, is_folder, is_missing, is_there
from sleepscorer.io.recordings import RECORDING_SUFFIXES


@dataclass(frozen=True, slots=True)
class Source:
    """A recording of an archive.

    Attributes
    ----------
    path
        The file.
    folder
        Where it is below the folder that was given; ``.`` for one that was named.
    is_named
        Whether somebody named the file.
    """

    path: Path
    folder: Path = Path()
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What an archive holds.

    Attributes
    ----------
    sources
        Recordings, each once.
    failures
        Folders that can't be looked into, and those that were given and hold no recordings.
    """

    sources: tuple[Source, ...]
    failures: tuple[Failed, ...]


def found_in(
    paths: Iterable[Path], *, leave_out: Callable[[Path], bool] = lambda _: False
) -> Found:
    """Find the recordings of some files and folders, those below them included.

    Parameters
    ----------
    paths
        Files, which are taken whatever they are, and folders.
    leave_out
        Whether a file or folder that was not named is none of the archive, as results are.
    """
    sources: dict[Path, Source] = {}
    failures: list[Failed] = []

    def fail(error: OSError) -> None:
        name = str(error.filename)
        sentence = Phrase(
            "{folder} can't be looked into: {reason}.", folder=name, reason=phrase_of(error)
        )
        failures.append(Failed(name, "", sentence))

    for path in paths:
        if not is_folder(path):
            sources.setdefault(absolute(path), Source(path))
            continue
        n_failures, is_empty = len(failures), True
        for here, files in walked(path, leave_out=leave_out, on_failure=fail):
            for file in filter(is_named_like_a_recording, files):
                if not leave_out(file):
                    is_empty = False
                    source = Source(file, here.relative_to(path), is_named=False)
                    sources.setdefault(absolute(file), source)
        if is_empty and len(failures) == n_failures:
            nothing = Phrase(
                "{folder} holds no recordings; is the disk or network share connected?",
                folder=path,
            )
            failures.append(Failed(str(path), "", nothing))
    return Found(tuple(sources.values()), tuple(failures))


def walked(
    folder: Path,
    *,
    leave_out: Callable[[Path], bool] = lambda _: False,
    on_failure: Callable[[OSError], None],
) -> Iterator[tuple[Path, list[Path]]]:
    """Go through a folder and those below it, and give the files of each; both by name.

    Parameters
    ----------
    folder
        Where to begin.
    leave_out
        Whether a folder is passed over; hidden ones always are.
    on_failure
        Called about a folder that can't be looked into.
    """
    for place, folders, names in os.walk(folder, onerror=on_failure):
        here = Path(place)
        folders[:] = sorted(
            name for name in folders if name[0] != "." and not leave_out(here / name)
        )
        yield here, [here / name for name in sorted(names) if name[0] != "."]


def is_named_like_a_recording(path: Path) -> bool:
    """Whether the suffix is that of a recording."""
    return path.suffix.casefold() in RECORDING_SUFFIXES


@dataclass(frozen=True, slots=True)
class Task:
    """A recording that is to be staged.

    Attributes
    ----------
    source
        Which.
    result
        Where the result belongs.
    may_replace
        Whether what is there may be replaced.
    why
        Why a result that is there is not good any more; empty where there is none.
    """

    source: Source
    result: Path
    may_replace: bool
    why: str = ""


def tasks(
    sources: Iterable[Source],
    manifest: Manifest,
    making: Making,
    *,
    result_of: Callable[[Source], Path],
    files_of: Callable[[Path], tuple[Path, ...]],
    overwrite: bool = False,
) -> Iterator[Task | Outcome]:
    """Say for each recording what is to be done, or what became of it already.

    A result is left alone unless a batch made it and nobody changed it since: it may be somebody's
    work. Such a one is made anew where the recording or what makes it is another.

    Parameters
    ----------
    sources
        The recordings.
    manifest
        What was made into the folder.
    making
        How results are to be made.
    result_of
        Gives the place of a result; raises a `SleepScorerError` where there is none.
    files_of
        Gives all files that are written with a result, itself first.
    overwrite
        Whether whatever is there is replaced.
    """
    for source in sources:
        try:
            result = result_of(source)
        except SleepScorerError as error:
            yield Failed(str(source.path), "", phrase_of(error))
            continue
        yield _task(source, result, manifest, making, files_of(result), overwrite=overwrite)


def _task(
    source: Source,
    result: Path,
    manifest: Manifest,
    making: Making,
    files: tuple[Path, ...],
    *,
    overwrite: bool,
) -> Task | Outcome:
    name = manifest.name_of(result)
    recording = str(source.path)
    if overwrite:
        return Task(source, result, may_replace=True)
    sentence: str
    unknown = [file for file in files if not is_there(file) and not is_missing(file)]
    if unknown:
        sentence = Phrase(
            "Whether {file} is there already can't be told, so nothing was written; choose another "
            "folder.",
            file=unknown[0],
        )
        return Failed(recording, name, sentence)
    there = [file for file in files if is_there(file)]
    if not there:
        return Task(source, result, may_replace=False)
    staged = manifest.staged(name)
    try:
        is_ours = staged is not None and manifest.is_ours(files)
    except OSError as error:
        sentence = Phrase(
            "{file} can't be read ({reason}), so it was left alone.",
            file=there[0],
            reason=phrase_of(error),
        )
        return Failed(recording, name, sentence)
    if staged is None or not is_ours:
        changed = "" if staged is None else ", changed since it was made"
        sentence = (
            f"{there[0]} is there already{changed} and was left alone; choose another folder, or "
            "--overwrite to replace it."
        )
        return Skipped(recording, name, "left alone", sentence)
    try:
        why = difference(staged, making, source.path)
        if not why and not manifest.is_whole(staged):
            why = "a part of it was missing"
    except OSError:
        why = "the recording can't be looked at"  # which staging it says in full
    if why:
        return Task(source, result, may_replace=True, why=why)
    sentence = f"{result} is the result of this recording by {making.model} already."
    return Skipped(recording, name, "made before", sentence)
