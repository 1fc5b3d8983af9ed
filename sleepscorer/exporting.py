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

    def work(source: Path) -> str:
        scored = opened_session(source)
        target = target_of(scored)
        refuse_existing(*scoring_format.files(target), overwrite=overwrite)
        scoring_format.write(target, scored)
        return " ".join((f"{source.name} → {target}.", *scoring_format.losses(scored.scoring)))

    def target_of(scored: ScoredRecording) -> Path:
        return out / scoring_format.file_name(scored.recording.file_name)

    return _export(sessions, out, target_of, scoring_format.files, work)


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
    ending, write = REPORTS[kind]
    try:
        head = Letterhead() if letterhead is None else read_letterhead(letterhead)
    except SleepScorerError as error:
        say(str(error))
        return 1

    def work(source: Path) -> str:
        scored = opened_session(source)
        assert scored.path is not None
        target = target_of(scored)
        refuse_existing(target, overwrite=overwrite)
        with closing(open_recording(scored.path)) as recording:
            check_same(source, scored.recording, recording)
            write(target, make_report(recording, scored.scoring, letterhead=head))
        return f"{source.name} → {target}."

    def target_of(scored: ScoredRecording) -> Path:
        return out / file_name(Path(scored.recording.file_name).stem, ending)

    return _export(sessions, out, target_of, lambda target: (target,), work)


def _export(
    sessions: Sequence[Path],
    out: Path,
    target_of: Callable[[ScoredRecording], Path],
    files_of: Callable[[Path], Iterable[Path]],
    work: Callable[[Path], str],
) -> int:
    readable = {}
    for session in sessions:
        with suppress(SleepScorerError):  # it is said when its turn comes
            readable[session] = opened_session(session)
    try:
        make_folder(out)
        distinct_targets(tuple(readable), lambda path: target_of(readable[path]), files_of)
    except SleepScorerError as error:
        say(str(error))
        return 1
    return for_each(sessions, work, "exported")
