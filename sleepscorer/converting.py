"""`sleepscorer stats`, `convert` and `export`: scorings in and out without a window."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring, align, on_own_grid
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.statistics import SleepStatistics, sleep_statistics
from sleepscorer.io.annotation_scoring import named_after
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat, read_scoring
from sleepscorer.io.session import is_session, read_session
from sleepscorer.io.stage_numbers import AmbiguousStagesError
from sleepscorer.io.statistics_files import statistics_csv, statistics_json
from sleepscorer.terminal import distinct_targets, for_each, make_folder, say

STATISTICS_WRITERS: dict[str, Callable[[Sequence[tuple[str, SleepStatistics]]], str]] = {
    "csv": statistics_csv,
    "json": statistics_json,
}


def stats(
    paths: Sequence[Path],
    *,
    file_format: str,
    out: Path | None,
    recording: Path | None = None,
    four: str | None = None,
) -> int:
    """Write the sleep statistics of some scorings to a file or to stdout.

    Parameters
    ----------
    paths
        Sessions or scorings of any format.
    file_format
        ``"csv"`` or ``"json"``.
    out
        The file; stdout without.
    recording
        The recording that all of them belong to; each stands for itself without.
    four
        What 4 is in a file of numbers, ``"R"`` or ``"N3"``; such a file is refused without.

    Returns
    -------
    exit_status
        0 when all could be read, 1 otherwise.
    """
    nights: list[tuple[str, SleepStatistics]] = []

    def work(path: Path) -> str:
        scored = load(path, recording, four)
        statistics = sleep_statistics(scored.scoring, scored.recording.duration_s)
        nights.append((path.name, statistics))
        return " ".join((f"{path.name}: {len(scored.scoring)} epochs.", *statistics.remarks))

    status = for_each(paths, work, "evaluated")
    text = STATISTICS_WRITERS[file_format](nights)
    try:
        if out is None:
            sys.stdout.write(text)
        else:
            out.write_text(text, encoding="utf-8")
    except OSError as error:
        say(f"{out} can't be written: {error.strerror}; choose another file with --out.")
        return 1
    return status


def convert(
    paths: Sequence[Path],
    *,
    target_format: ScoringFormat,
    out: Path,
    recording: Path | None = None,
    four: str | None = None,
) -> int:
    """Write scorings of any format in another one; losses and mismatches are said.

    The parameters and the result are those of `stats`; `out` is a folder, made when it is missing.
    """

    def target_of(source: Path) -> Path:
        return out / target_format.file_name((recording or source).name)

    def work(source: Path) -> str:
        scored = load(source, recording, four)
        target_format.write(targets[source], scored)
        losses = target_format.losses(scored.scoring)
        return " ".join((f"{source.name} → {targets[source]}.", *losses))

    try:
        make_folder(out)
        targets = distinct_targets(paths, target_of)
    except SleepScorerError as error:
        say(str(error))
        return 1
    return for_each(paths, work, "converted")


def export(
    paths: Sequence[Path],
    *,
    out: Path,
    file_name: Callable[[str], str],
    write: Callable[[Path, ScoredRecording], Sequence[str]],
) -> int:
    """Write something of each session, e.g. a report; the session's recording must be there.

    Parameters
    ----------
    paths
        Session files.
    out
        Folder for the results, made when it is missing.
    file_name
        Name of the result for the name of a recording.
    write
        Writes the result to a path and gives sentences about what it could not hold.

    Returns
    -------
    exit_status
        0 when all could be written, 1 otherwise.
    """

    def work(source: Path) -> str:
        if not is_session(source):
            raise ScoringError(
                f"{source.name} is no session; to bring a scoring into another format, use "
                "sleepscorer convert."
            )
        session = read_session(source)
        path = session.find_recording(source)
        recording = open_recording(path)
        try:
            identity = RecordingIdentity.of(recording)
        finally:
            recording.close()
        difference = session.scored.recording.difference(identity)
        if difference:
            raise ScoringError(
                f"{path} is not the recording that {source.name} was scored on: {difference}."
            )
        target = out / file_name(path.name)
        if target.exists() and target.samefile(path):
            raise ScoringError(f"{target} is the recording itself; choose another folder.")
        said = write(target, ScoredRecording(identity, session.scored.scoring, path))
        return " ".join((f"{source.name} → {target}.", *said))

    try:
        make_folder(out)
    except SleepScorerError as error:
        say(str(error))
        return 1
    return for_each(paths, work, "exported")


def load(path: Path, recording_path: Path | None, four: str | None) -> ScoredRecording:
    """Read a scoring of any format, on the epochs of its recording where that is given.

    Mismatches between the two are said.

    Raises
    ------
    ScoringError
        It can't be read.
    RecordingError
        The recording can't be read.
    """
    if recording_path is None and is_session(path):
        return read_session(path).scored
    stored_scoring = named_after(_read(path, four), path.name)
    if recording_path is None:
        aligned = on_own_grid(stored_scoring)
        start = stored_scoring.start
        identity = RecordingIdentity(
            path.name,
            start if isinstance(start, datetime) else None,
            len(aligned.scoring) * EPOCH_S,
            (),
        )
    else:
        recording = open_recording(recording_path)
        try:
            identity = RecordingIdentity.of(recording)
        finally:
            recording.close()
        aligned = align(stored_scoring, start=identity.start, duration_s=identity.duration_s)
    for mismatch in aligned.mismatches:
        say(f"{path.name}: {mismatch}")
    return ScoredRecording(identity, aligned.scoring, recording_path)


def _read(path: Path, four: str | None) -> StoredScoring:
    try:
        return read_scoring(path)
    except AmbiguousStagesError as error:
        if four is None:
            raise ScoringError(f"{error} Use --four R or --four N3.") from error
        return error.four_is_r if four == "R" else error.four_is_n3
