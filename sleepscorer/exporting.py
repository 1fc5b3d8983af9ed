"""`sleepscorer export`: formats and reports of sessions, without a window."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from sleepscorer.converting import check_same, opened_session
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.texts import file_name
from sleepscorer.io.atomic import remove_abandoned, replaces
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat
from sleepscorer.report.content import Letterhead, Report, make_report, read_letterhead
from sleepscorer.report.page import write_report_html
from sleepscorer.terminal import distinct_targets, for_each, make_folder, refuse_existing, say


def _write_pdf(path: Path, report: Report) -> None:
    # Qt draws the page; it needs neither display nor window for it, but an application.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from sleepscorer.ui.night.report_pdf import write_report_pdf

    if QGuiApplication.instance() is None:
        QGuiApplication([])  # Qt keeps it
    write_report_pdf(path, report)


REPORTS: dict[str, tuple[str, Callable[[Path, Report], None]]] = {
    "report-pdf": ("-report.pdf", _write_pdf),
    "report-html": ("-report.html", write_report_html),
}
"""Ending of the file's name and writer of each kind of report."""


def export_scoring(
    sessions: Sequence[Path], scoring_format: ScoringFormat, out: Path, *, overwrite: bool = False
) -> int:
    """Write the scorings of sessions in a format and say what it can't hold.

    Results that are there already are left alone unless they are to be overwritten.

    Returns
    -------
    exit_status
        0 when all could be written, 1 otherwise.
    """

    def target_of(scored: ScoredRecording) -> Path:
        return out / scoring_format.file_name(scored.recording.file_name)

    def write(_source: Path, scored: ScoredRecording, target: Path) -> tuple[str, ...]:
        scoring_format.write(target, scored)
        return scoring_format.losses(scored.scoring)

    return _export(sessions, out, target_of, scoring_format.files, write, overwrite=overwrite)


def export_report(
    sessions: Sequence[Path],
    kind: str,
    out: Path,
    letterhead: Path | None,
    *,
    overwrite: bool = False,
) -> int:
    """Write the reports of sessions.

    Parameters
    ----------
    sessions
        Session files.
    kind
        One of `REPORTS`.
    out
        Folder for the results, made when it is missing.
    letterhead
        TOML file with the head of the page; a plain one without.
    overwrite
        Whether a report that is there already is replaced.

    Returns
    -------
    exit_status
        0 when all could be written, 1 otherwise.
    """
    ending, write_report = REPORTS[kind]
    try:
        head = Letterhead() if letterhead is None else read_letterhead(letterhead)
    except SleepScorerError as error:
        say(str(error))
        return 1

    def target_of(scored: ScoredRecording) -> Path:
        return out / file_name(Path(scored.recording.file_name).stem, ending)

    def write(source: Path, scored: ScoredRecording, target: Path) -> tuple[str, ...]:
        assert scored.path is not None
        with closing(open_recording(scored.path)) as recording:
            check_same(source, scored.recording, recording)
            write_report(target, make_report(recording, scored.scoring, letterhead=head))
        return ()

    return _export(sessions, out, target_of, lambda target: (target,), write, overwrite=overwrite)


def _export(
    sessions: Sequence[Path],
    out: Path,
    target_of: Callable[[ScoredRecording], Path],
    files_of: Callable[[Path], Iterable[Path]],
    write: Callable[[Path, ScoredRecording, Path], tuple[str, ...]],
    *,
    overwrite: bool,
) -> int:
    try:
        make_folder(out)
        remove_abandoned(out)
    except SleepScorerError as error:
        say(str(error))
        return 1
    targets = {}
    for session in sessions:
        with suppress(Exception):  # it is said when its turn comes
            targets[session] = target_of(opened_session(session))
    checked_target = distinct_targets(tuple(targets), targets.__getitem__, files_of)

    def work(source: Path) -> str:
        scored = opened_session(source)
        target = checked_target(source)
        refuse_existing(*files_of(target), overwrite=overwrite)
        with replaces(overwrite):
            losses = write(source, scored, target)
        return " ".join((f"{source.name} → {target}.", *losses))

    return for_each(sessions, work, "exported")
