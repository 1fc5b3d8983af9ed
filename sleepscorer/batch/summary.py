"""Table of the nights of a batch: one row a night, one column a number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sleepscorer.batch.manifest import Manifest
from sleepscorer.batch.outcomes import Failed, Outcome, Skipped, Staged
from sleepscorer.events.summary import usual_figures
from sleepscorer.io.atomic import write_text
from sleepscorer.io.statistics_files import cohort_csv, columns_csv, columns_path

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


def write_summary(path: Path, outcomes: Sequence[Outcome], manifest: Manifest) -> None:
    """Write a row for each recording, and beside it what each column means.

    Raises
    ------
    ScoringError
        A file can't be written.
    """
    rows = [_row(outcome, manifest) for outcome in sorted(outcomes, key=lambda one: one.recording)]
    figures = usual_figures()
    write_text(path, cohort_csv(tuple(_ABOUT_NIGHTS), rows, [one.id for one in figures]))
    write_text(columns_path(path), columns_csv(_ABOUT_NIGHTS, figures))


def _row(
    outcome: Outcome, manifest: Manifest
) -> tuple[tuple[object, ...], dict[str, float | None]]:
    match outcome:
        case Staged():
            return _staged_row(outcome, "staged")
        case Skipped(reason="made before", result=result):
            before = manifest.staged(result)
            assert before is not None
            return _staged_row(before, "made before")
        case Skipped(recording=recording, result=result, reason=reason, sentence=sentence):
            return (recording, result, reason, "", "", "", sentence), {}
        case Failed(recording=recording, result=result, sentence=sentence):
            return (recording, result, "failed", "", "", "", sentence), {}


def _staged_row(staged: Staged, word: str) -> tuple[tuple[object, ...], dict[str, float | None]]:
    told = " ".join(staged.told)
    about = (
        *(staged.recording, staged.result, word),
        *(staged.n_epochs, staged.derivation, staged.making.model, told),
    )
    return about, staged.figures
