"""`sleepscorer stats`, `convert` and `deidentify`: files in and out without a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import MappingProxyType

from sleepscorer.domain.alignment import align, on_own_grid
from sleepscorer.domain.clock_times import dated
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import RecordingError, ScoringError, SleepScorerError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.statistics import SleepStatistics
from sleepscorer.domain.texts import storable
from sleepscorer.events.laboratory import USUAL_LABORATORY, Laboratory
from sleepscorer.events.summary import night_statistics, read_statistics
from sleepscorer.io.atomic import prepare_folder, replaces, write_text
from sleepscorer.io.deidentified import Times, write_deidentified
from sleepscorer.io.questions import answered, by_words
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat, read_scoring, recognised_format
from sleepscorer.io.session import is_session, read_session
from sleepscorer.io.statistics_files import check_table, nights_csv, statistics_csv, statistics_json
from sleepscorer.terminal import (
    distinct_targets,
    for_each,
    refuse_existing,
    say,
    write_result,
)

NO_ANSWERS: Mapping[str, str] = MappingProxyType({})

STATISTICS_WRITERS: dict[str, Callable[[Sequence[tuple[str, SleepStatistics]]], str]] = {
    "csv": statistics_csv,
    "json": statistics_json,
    "table": nights_csv,
}
"""A row a number, all that there is, and a row a night."""


def stats(
    paths: Sequence[Path],
    *,
    file_format: str,
    out: Path | None,
    recording: Path | None = None,
    answers: Mapping[str, str] = NO_ANSWERS,
    laboratory: Laboratory = USUAL_LABORATORY,
    overwrite: bool = False,
) -> int:
    """Write the statistics of some scorings to a file or to stdout: of sleep and of events.

    What sensors measured is there where the recording is: that of a session, or the one named.

    Parameters
    ----------
    paths
        Sessions or scorings of any format.
    file_format
        One of `STATISTICS_WRITERS`.
    out
        The file; stdout without.
    recording
        The recording that all of them belong to; each stands for itself without.
    answers
        Answers to what files leave open, by topic; a file that leaves more open is refused.
    laboratory
        Rule, sensors and positions.
    overwrite
        Whether a table that is there already is replaced; a recording or session never is.

    Returns
    -------
    exit_status
        0 when all could be read, 1 otherwise.
    """
    nights: list[tuple[str, SleepStatistics]] = []

    def work(path: Path) -> str:
        scored = load(path, recording, answers)
        statistics = _statistics(path, scored, recording, laboratory)
        nights.append((path.name, statistics))
        number = Phrase("{n} {n:epoch|epochs}", n=len(scored.scoring))
        return " ".join((f"{path.name}: {number}.", *statistics.caveats))

    try:
        if out is not None:
            sources = paths if recording is None else (*paths, recording)
            check_table(out, sources, option="--out")
            refuse_existing(out, overwrite=overwrite)
        status = for_each(paths, work, "evaluated")
        if not nights:
            return status
        text = STATISTICS_WRITERS[file_format](nights)
        if out is None:
            write_result(text)
        else:
            with replaces(overwrite):
                write_text(out, text)
    except SleepScorerError as error:
        say(str(error))
        return 1
    return status


def _statistics(
    path: Path, scored: ScoredRecording, recording: Path | None, laboratory: Laboratory
) -> SleepStatistics:
    """Numbers with what the sensors measured, or without where there is no recording to read."""
    if recording is not None:
        with closing(open_recording(recording)) as opened:
            laboratory.check(opened)
            return read_statistics(opened, scored.scoring, laboratory)
    wrong: RecordingError | None = None
    if is_session(path):
        try:
            with closing(open_recording(recording_of(path, None))) as opened:
                check_same(path, scored.recording, opened)
                wrong = _refusal_of(laboratory, opened)
                if wrong is None:
                    return read_statistics(opened, scored.scoring, laboratory)
        except (ScoringError, RecordingError) as error:
            say(f"{path.name}: {error} What its sensors measured is left empty.")
    if wrong is not None:
        raise wrong
    return night_statistics(scored.scoring, scored.recording.duration_s, rule=laboratory.rule)


def _refusal_of(laboratory: Laboratory, recording: Recording) -> RecordingError | None:
    """What is wrong with the channels that somebody named, which is no fault of the recording."""
    try:
        laboratory.check(recording)
    except RecordingError as error:
        return error
    return None


def convert(
    paths: Sequence[Path],
    *,
    target_format: ScoringFormat,
    out: Path,
    recording: Path | None = None,
    answers: Mapping[str, str] = NO_ANSWERS,
    scorer: str = "",
    overwrite: bool = False,
) -> int:
    """Write scorings of any format in another one; losses and mismatches are said.

    The parameters and the result are those of `stats`; `out` is a folder, made when it is missing,
    and `scorer` the person whose the scorings are, where that is known and they do not say so.
    Results that are there already are left alone unless they are to be overwritten.
    """

    def target_of(source: Path) -> Path:
        name = (recording or source).name
        if target_format.copies_recording and recording is None and is_session(source):
            with suppress(SleepScorerError):  # it is said when its turn comes
                name = read_session(source).scored.recording.file_name
        return out / target_format.file_name(name)

    def work(source: Path) -> str:
        target = checked_target(source)
        if recording is None and is_session(target) and not is_session(source):
            recognised_format(source)  # what is missing, a folder or no scoring is said to be that
            raise ScoringError(
                "{file} does not tell its recording, without which no session can be opened; name "
                "it with --recording.",
                file=source.name,
            )
        refuse_existing(*target_format.files(target), overwrite=overwrite)
        scored = load(source, recording, answers, scorer)
        with replaces(overwrite):
            target_format.write(target, scored)
        # The epochs of a recording begin with it, which is the same in every format.
        start = scored.recording.start if recording is None else None
        losses = target_format.losses(scored.scoring, start=start)
        return " ".join((f"{source.name} → {target}.", *losses))

    try:
        prepare_folder(out)
        checked_target = distinct_targets(paths, target_of, target_format.files)
    except SleepScorerError as error:
        say(str(error))
        return 1
    return for_each(paths, work, "converted")


def deidentify(paths: Sequence[Path], *, out: Path, name: str, times: Times) -> int:
    """Copy recordings, or sessions with theirs, without what names anybody.

    Parameters
    ----------
    paths
        Recordings and session files.
    out
        Folder for the copies, made when it is missing.
    name
        What the copies are called, followed by a number.
    times
        What becomes of clock times.

    Returns
    -------
    exit_status
        0 when all could be copied, 1 otherwise.
    """
    numbers = {path: number for number, path in enumerate(paths, start=1)}

    def work(source: Path) -> str:
        scored = opened_session(source) if is_session(source) else None
        recording_path = source if scored is None or scored.path is None else scored.path
        with closing(open_recording(recording_path)) as recording:
            if scored is not None:
                check_same(source, scored.recording, recording)
            written = write_deidentified(
                recording,
                out,
                f"{name}-{numbers[source]}",
                times=times,
                scoring=None if scored is None else scored.scoring,
            )
        return "\n  removed: ".join((f"{source.name} → {written.recording}", *written.removed))

    try:
        prepare_folder(out)
    except SleepScorerError as error:
        say(str(error))
        return 1
    return for_each(paths, work, "copied")


def opened_session(path: Path) -> ScoredRecording:
    """Read a session whose recording is there and is the one that was scored.

    Raises
    ------
    ScoringError
        It is no session, or its recording is missing or another one.
    RecordingError
        The recording can't be read.
    """
    if not is_session(path):
        recognised_format(path)  # what is missing, a folder or no scoring is said to be that
        raise ScoringError(
            "{file} is no session; sleepscorer convert brings scorings into other formats, "
            "with --to session and --recording into this one, too.",
            file=path.name,
        )
    session = read_session(path)
    recording_path = session.find_recording(path)
    with closing(open_recording(recording_path)) as recording:
        check_same(path, session.scored.recording, recording)
        identity = RecordingIdentity.of(recording)
    return ScoredRecording(
        identity, session.scored.scoring, recording_path, rule=session.scored.rule
    )


def recording_of(source: Path, recording: Path | None) -> Path:
    """Find the recording of a scoring: the one that is named, or that of a session.

    Raises
    ------
    ScoringError
        None is named and it is no session, or the session's recording is not there.
    """
    if recording is not None:
        return recording
    if not is_session(source):
        recognised_format(source)  # what is missing, a folder or no scoring is said to be that
        raise ScoringError(
            "{file} is no session and does not tell its recording; name it with --recording.",
            file=source.name,
        )
    return read_session(source).find_recording(source)


def check_same(session: Path, scored: RecordingIdentity, recording: Recording) -> None:
    """Make sure that a recording is the one that a session was scored on.

    Raises
    ------
    ScoringError
        It is another one.
    """
    difference = scored.difference(RecordingIdentity.of(recording))
    if difference:
        raise ScoringError(
            "{path} is not the recording that {session} was scored on: {difference}.",
            path=recording.path,
            session=session.name,
            difference=difference,
        )


def load(
    path: Path,
    recording_path: Path | None,
    answers: Mapping[str, str] = NO_ANSWERS,
    scorer: str = "",
) -> ScoredRecording:
    """Read a scoring of any format, on the epochs of its recording where that is given.

    Mismatches between the two are said.

    Raises
    ------
    ScoringError
        It can't be read, or leaves open what is not among the answers.
    RecordingError
        The recording can't be read.
    """
    if recording_path is None and is_session(path):
        return read_session(path).scored
    identity = None
    if recording_path is not None:
        with closing(open_recording(recording_path)) as recording:
            identity = RecordingIdentity.of(recording)
    stored_scoring = answered(lambda: read_scoring(path, identity), by_words(answers))
    stored_scoring = stored_scoring.imported_from(storable(path.name), scorer)
    if identity is None:
        aligned = on_own_grid(stored_scoring)
        identity = RecordingIdentity(
            path.name, dated(aligned.start), len(aligned.scoring) * EPOCH_S, ()
        )
    else:
        aligned = align(stored_scoring, start=identity.start, duration_s=identity.duration_s)
    for mismatch in aligned.mismatches:
        say(f"{path.name}: {mismatch}")
    return ScoredRecording(identity, aligned.scoring, recording_path)
