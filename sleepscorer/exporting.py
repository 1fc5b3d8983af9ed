"""`sleepscorer export` and `report`: formats and reports of scored nights, without a window."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sleepscorer.converting import check_same, load, opened_session, recording_of
from sleepscorer.domain.clock_times import parse_time
from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.domain.naps import NapTest
from sleepscorer.domain.phrases import Phrase, phrase_of
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.texts import file_name
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.io.atomic import prepare_folder, replaces, write_text
from sleepscorer.io.edf_identity import patient_of
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat
from sleepscorer.io.statistics_files import naps_csv, naps_json, statistics_csv, statistics_json
from sleepscorer.models.store import ModelStore
from sleepscorer.report.content import make_report, read_letterhead
from sleepscorer.report.naps_page import nap_report, naps_sheet
from sleepscorer.report.page import report_sheet
from sleepscorer.report.sheet import Sheet, sheet_html
from sleepscorer.report.wording import ENGLISH, Wording
from sleepscorer.terminal import distinct_targets, for_each, refuse_existing, say

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def _application() -> QCoreApplication:
    # Qt draws the page; it needs neither display nor window for it, but an application.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication.instance() or QGuiApplication([])  # Qt keeps it


def _write_pdf(path: Path, sheet: Sheet) -> None:
    _application()
    from sleepscorer.ui.night.report_pdf import write_sheet_pdf

    write_sheet_pdf(path, sheet)


def _write_docx(path: Path, sheet: Sheet) -> None:
    _application()
    from sleepscorer.ui.night.report_word import write_sheet_docx

    write_sheet_docx(path, sheet)


_SHEET_WRITERS: dict[str, Callable[[Path, Sheet], None]] = {
    "pdf": _write_pdf,
    "html": lambda path, sheet: write_text(path, sheet_html(sheet)),
    "docx": _write_docx,
}
"""What writes pages, by the ending of their file."""

PAGES = tuple(_SHEET_WRITERS)
KINDS = (*PAGES, "csv", "json")
"""Endings of the files that a report can be written to: pages, and tables of the same."""

REPORTS = {f"report-{kind}": kind for kind in ("pdf", "html")}
"""Ending of the file of each kind of report that a session is exported as."""


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
    ending = REPORTS[kind]
    try:
        head = read_letterhead(letterhead)
    except SleepScorerError as error:
        say(str(error))
        return 1

    store = ModelStore()

    def target_of(scored: ScoredRecording) -> Path:
        return out / file_name(Path(scored.recording.file_name).stem, f"-report.{ending}")

    def write(source: Path, scored: ScoredRecording, target: Path) -> tuple[str, ...]:
        assert scored.path is not None
        with closing(open_recording(scored.path)) as recording:
            check_same(source, scored.recording, recording)
            calibration = store.calibration_of(scored.scoring.hypnodensity)
            made = make_report(recording, scored.scoring, letterhead=head, calibration=calibration)
            write_sheet({ending: target}, report_sheet(made))
        return ()

    return _export(sessions, out, target_of, lambda target: (target,), write, overwrite=overwrite)


def report(
    sources: Sequence[Path],
    *,
    kinds: Sequence[str],
    out: Path,
    laboratory: Laboratory,
    language: str,
    letterhead: Path | None = None,
    recording: Path | None = None,
    treated_from: str = "",
    overwrite: bool = False,
) -> int:
    """Write reports of scored recordings.

    Parameters
    ----------
    sources
        Sessions, or scorings of any format with their recording.
    kinds
        Some of `KINDS`.
    out
        Folder for the results, made when it is missing.
    laboratory
        Rule, sensors and positions.
    language
        One of `LANGUAGES`; tables are English in each.
    letterhead
        TOML file with the head of the page; a plain one without.
    recording
        The recording that the scorings belong to; that of each session without.
    treated_from
        Time of day at which treatment began, as somebody types it; without, notes, annotations or
        the pressure of the device may say so.
    overwrite
        Whether a report that is there already is replaced.

    Returns
    -------
    exit_status
        0 when all could be written, 1 otherwise.
    """
    store = ModelStore()

    def work(source: Path) -> str:
        files = sheet_files(checked_target(source), kinds)
        refuse_existing(*files.values(), overwrite=overwrite)
        path = recording_of(source, recording)
        scored = load(source, recording)
        with closing(open_recording(path)) as opened:
            if recording is None:
                check_same(source, scored.recording, opened)
            laboratory.check(opened)
            made = make_report(
                opened,
                scored.scoring,
                letterhead=head,
                laboratory=laboratory,
                wording=words,
                calibration=store.calibration_of(scored.scoring.hypnodensity),
                treated_from_s=_typed_time(treated_from, opened),
            )
            rows = [(made.scored.recording.file_name, made.statistics)]
            tables = {"csv": partial(statistics_csv, rows), "json": partial(statistics_json, rows)}
            with replaces(overwrite):
                write_sheet(files, report_sheet(made), tables)
        missing = [one.text for one in made.statistics.checks if not one.is_done]
        names = ", ".join(map(str, files.values()))
        return " ".join((f"{source.name} → {names}.", *missing))

    try:
        head = read_letterhead(letterhead)
        words = wording_of(language)
        prepare_folder(out)
        checked_target = distinct_targets(
            sources,
            lambda source: out / file_name(source.stem, "-report"),
            lambda target: sheet_files(target, kinds).values(),
        )
    except SleepScorerError as error:
        say(str(error))
        return 1
    return for_each(sources, work, "reported")


def sheet_files(target: Path, kinds: Iterable[str]) -> dict[str, Path]:
    """Files of a sheet by their kinds; each has the name of a target and its own ending."""
    return {kind: target.with_name(f"{target.name}.{kind}") for kind in kinds}


def write_sheet(
    files: Mapping[str, Path],
    sheet: Sheet,
    tables: Mapping[str, Callable[[], str]] = MappingProxyType({}),
) -> None:
    """Write pages and tables of the same, each to the file of its ending.

    Raises
    ------
    SleepScorerError
        A file can't be written.
    """
    for kind, file in files.items():
        if kind in tables:
            write_text(file, tables[kind]())
        else:
            _SHEET_WRITERS[kind](file, sheet)


def report_naps(
    sources: Sequence[Path],
    *,
    test: NapTest,
    kinds: Sequence[str],
    out: Path,
    language: str,
    letterhead: Path | None = None,
    recording: Path | None = None,
    overwrite: bool = False,
) -> int:
    """Write the sheet of an MSLT or MWT whose naps are in some scored recordings.

    The parameters and the result are those of `report`; all sources make one sheet, which is named
    after the first.
    """
    files = sheet_files(out / file_name(sources[0].stem, f"-{test.value}"), kinds)
    try:
        head = read_letterhead(letterhead)
        words = wording_of(language)
        prepare_folder(out)
        refuse_existing(*files.values(), overwrite=overwrite)
        nights = []
        patients = []
        for source in sources:
            scored = load(source, recording)
            with closing(open_recording(recording_of(source, recording))) as opened:
                if recording is None:
                    check_same(source, scored.recording, opened)
                patients.append(patient_of(opened))
            nights.append(scored)
        made = nap_report(nights, patients, test, letterhead=head, wording=words)
        tables = {"csv": partial(naps_csv, made.study), "json": partial(naps_json, made.study)}
        with replaces(overwrite):
            write_sheet(files, naps_sheet(made), tables)
    except SleepScorerError as error:
        say(str(error))
        return 1
    missing = [one.text for one in made.study.checks if not one.is_done]
    number = Phrase("{n} {n:file|files}", n=len(sources))
    say(" ".join((f"{number} → {', '.join(map(str, files.values()))}.", *missing)))
    return 0


def _typed_time(text: str, recording: Recording) -> float | None:
    if not text:
        return None
    try:
        return parse_time(text, recording.start, recording.duration_s)
    except ValueError as error:
        raise ScoringError(
            "{file}: {error}", file=recording.path.name, error=phrase_of(error)
        ) from error


def wording_of(language: str) -> Wording:
    """How pages in a language say what they say; the window is asked for others than English."""
    if language == ENGLISH.language:
        return ENGLISH
    application = _application()
    from sleepscorer.ui.base.language import speak, wording

    speak(application, language)
    return wording()


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
        prepare_folder(out)
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
