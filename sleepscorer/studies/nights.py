"""The nights of folders, found by their names alone; nothing is opened to list them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sleepscorer.batch.archive import is_named_like_a_recording, walked
from sleepscorer.io.session import is_session


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """A folder of recordings.

    Attributes
    ----------
    path
        The folder.
    sessions
        Where sessions of its recordings are kept, in the same folders; None beside them.
    """

    path: Path
    sessions: Path | None = None

    @property
    def results(self) -> Path:
        """Where sessions are written to."""
        return self.sessions or self.path

    @property
    def line(self) -> str:
        """The same as a text."""
        places = [self.path] if self.sessions is None else [self.path, self.sessions]
        text = json.dumps([str(place) for place in places], ensure_ascii=False)
        return text.replace("=", r"\u003d")  # in lists of preferences it ends what a line is about

    @classmethod
    def of_line(cls, line: str) -> StudyFolder:
        """Read what `line` wrote.

        Raises
        ------
        ValueError
            It is nothing of the kind.
        """
        places = json.loads(line)
        is_list = isinstance(places, list) and len(places) in (1, 2)
        if not is_list or not all(isinstance(place, str) and place for place in places):
            raise ValueError("no folder")
        return cls(*map(Path, places))


@dataclass(frozen=True, slots=True)
class Night:
    """A recording of a folder.

    Attributes
    ----------
    path
        The file.
    study
        The folder that it was found in.
    sessions
        Files that may be sessions of it, by their names.
    """

    path: Path
    study: StudyFolder
    sessions: tuple[Path, ...] = ()

    @property
    def folder(self) -> Path:
        """Where it is below the folder; ``.`` in that itself."""
        return self.path.parent.relative_to(self.study.path)


def nights_in(
    study: StudyFolder, *, on_failure: Callable[[OSError], None]
) -> Iterator[tuple[Night, ...]]:
    """Find the nights of a folder and of those below it, one folder after the other.

    Parameters
    ----------
    study
        The folder.
    on_failure
        Called about a folder that can't be looked into.
    """

    def say_unless_missing(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # it is made with the first session
            on_failure(error)

    kept: Mapping[Path, list[Path]] = {}
    if study.sessions is not None:
        kept = dict(walked(study.sessions, on_failure=say_unless_missing))
    for here, files in walked(study.path, on_failure=on_failure):
        recordings = [file for file in files if is_named_like_a_recording(file)]
        elsewhere: list[Path] = []
        if study.sessions is not None:
            elsewhere = kept.get(study.sessions / here.relative_to(study.path), [])
        sessions = _sessions_of(recordings, filter(is_session, (*files, *elsewhere)))
        if recordings:
            yield tuple(Night(file, study, tuple(sessions[file.stem])) for file in recordings)


def _sessions_of(recordings: Iterable[Path], sessions: Iterable[Path]) -> Mapping[str, list[Path]]:
    """Sessions by the stem of their recording: they are called like it, or like it and somebody."""
    stems = {recording.stem for recording in recordings}
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for session in dict.fromkeys(sessions):
        stem = session.stem
        while stem and stem not in stems:
            stem = stem.rpartition("-")[0]
        if stem:
            found[stem].append(session)
    return found
