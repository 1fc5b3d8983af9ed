"""Table of the nights of a batch: one row a night, one column a number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sleepscorer.batch.manifest import Manifest
from sleepscorer.batch.outcomes import Failed, Outcome, Skipped, Staged
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.events.summary import usual_figures
from sleepscorer.file_questions import absolute, is_there
from sleepscorer.io.atomic import write_text
from sleepscorer.io.statistics_files import check_table, cohort_csv, columns_csv, columns_path

_ABOUT_NIGHTS = {
    "recording": "path of the recording",
    "result": "path of its scoring, from the folder of the results",
    "outcome": "staged; made before, by an earlier batch, of the same recording in the same way; "
    "left alone, which is not of this program; no recording; or failed",
    "epochs": "epochs of 30 s that the recording has",
    "derivation": "signals that were staged",
    "model": "network and version that staged",
    "remarks": "what looked wrong or odd; of nights without a result, why there is none",
}


def check_summary(path: Path, files: Sequence[Path], *, overwrite: bool) -> None:
    """Refuse a table that could not be written, or over what is none, before anything is staged.

    Parameters
    ----------
    path
        Where it is to be written; one of an earlier batch is replaced.
    files
        Recordings that are read, and results that are made.
    overwrite
        Whether whatever is there may be replaced.

    Raises
    ------
    ScoringError
        It can't be written there.
    """
    for table, first in ((path, next(iter(_ABOUT_NIGHTS))), (columns_path(path), "column")):
        check_table(absolute(table), files, option="--summary")
        if not overwrite and is_there(table) and not _begins_with(table, f"{first},"):
            raise ScoringError(
                "{table} is there already, is no table of a batch and was left alone; choose "
                "another name with --summary, or --overwrite to replace it.",
                table=table,
            )


def _begins_with(path: Path, text: str) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(text)) in (text.encode(), b"")
    except OSError:
        return False


def write_summary(path: Path, outcomes: Sequence[Outcome], manifest: Manifest) -> None:
    """Write a row for each recording, and beside it what each column means.

    Raises
    ------
    ScoringError
        A file can't be written.
    """
    figures = usual_figures()
    columns = [one.id for one in figures]
    in_order = sorted(outcomes, key=lambda one: one.recording)
    rows = [_row(outcome, manifest, columns) for outcome in in_order]
    write_text(path, cohort_csv(tuple(_ABOUT_NIGHTS), rows, columns))
    write_text(columns_path(path), columns_csv(_ABOUT_NIGHTS, figures))


def _row(
    outcome: Outcome, manifest: Manifest, columns: Sequence[str]
) -> tuple[tuple[object, ...], dict[str, float | None]]:
    match outcome:
        case Staged():
            return _staged_row(outcome, "staged", columns)
        case Skipped(reason="made before", result=result):
            before = manifest.staged(result)
            assert before is not None
            return _staged_row(before, "made before", columns)
        case Skipped(recording=recording, result=result, reason=reason, sentence=sentence):
            return (recording, result, reason, "", "", "", sentence), {}
        case Failed(recording=recording, result=result, sentence=sentence):
            return (recording, result, "failed", "", "", "", sentence), {}


def _staged_row(
    staged: Staged, word: str, columns: Sequence[str]
) -> tuple[tuple[object, ...], dict[str, float | None]]:
    told = list(staged.told)
    n_missing = sum(one not in staged.figures for one in columns)
    if n_missing:
        told.append(
            Phrase(
                "{n} of its numbers {n:is|are} missing, as an earlier version of SleepScorer "
                "staged it that did not measure {n:it|them}: --overwrite stages it anew.",
                n=n_missing,
            )
        )
    about = (
        *(staged.recording, staged.result, word),
        *(staged.n_epochs, staged.derivation, staged.making.model, " ".join(told)),
    )
    return about, staged.figures
