"""`sleepscorer exercise`: draw epochs to be scored blind, and compare them with the key."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sleepscorer.converting import load, opened_session
from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.domain.exercise import blank, compared, drawn
from sleepscorer.domain.phrases import phrase_of
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.domain.texts import file_name, json_text
from sleepscorer.exporting import sheet_files, wording_of, write_sheet
from sleepscorer.io.atomic import prepare_folder, replaces
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.io.text_files import csv_text
from sleepscorer.report.agreement_page import number_text, percent_text
from sleepscorer.report.content import read_letterhead, scorer_of
from sleepscorer.report.exercise_page import Answer, ExerciseReport, exercise_sheet
from sleepscorer.terminal import refuse_existing, say


def draw(key: Path, *, out: Path, n_epochs: int, seed: int, overwrite: bool = False) -> int:
    """Write a session in which the drawn epochs are marked by a comment and none has a stage.

    Parameters
    ----------
    key
        Session of the night whose stages are the key.
    out
        Folder for the session, made when it is missing.
    n_epochs, seed
        How many are drawn, and with what.
    overwrite
        Whether a session that is there already is replaced.

    Returns
    -------
    exit_status
        0 when it could be written, 1 otherwise.
    """
    try:
        scored = opened_session(key)
        epochs = _drawn(key, scored, n_epochs, seed)
        session = scoring_format("session")
        target = out / session.file_name(f"{Path(scored.recording.file_name).stem}-exercise.edf")
        prepare_folder(out)
        refuse_existing(target, overwrite=overwrite)
        exercise = blank(scored.scoring, epochs, seed)
        with replaces(overwrite):
            session.write(target, ScoredRecording(scored.recording, exercise, scored.path))
    except SleepScorerError as error:
        say(str(error))
        return 1
    say(
        f"{target}: score the {len(epochs)} epochs that have a comment, then compare with "
        "sleepscorer exercise compare."
    )
    return 0


def _drawn(key: Path, scored: ScoredRecording, n_epochs: int, seed: int) -> tuple[int, ...]:
    try:
        return drawn(scored.scoring, n_epochs, seed)
    except ScoringError as error:
        raise ScoringError(
            "{file}: {error} Choose another number with --epochs.",
            file=key.name,
            error=phrase_of(error),
        ) from error


def compare(
    key: Path,
    answers: Sequence[Path],
    *,
    out: Path,
    kinds: Sequence[str],
    language: str,
    letterhead: Path | None = None,
    overwrite: bool = False,
) -> int:
    """Write the sheet of an exercise: a page of each scorer.

    Parameters
    ----------
    key
        Session of the night whose stages are the key.
    answers
        Sessions that `draw` wrote and others scored.
    out
        Folder for the sheet, made when it is missing.
    kinds
        Some of `KINDS`.
    language
        One of `LANGUAGES`; tables are English in each.
    letterhead
        TOML file with the head of the pages; a plain one without.
    overwrite
        Whether a sheet that is there already is replaced.

    Returns
    -------
    exit_status
        0 when it could be written, 1 otherwise.
    """
    files = sheet_files(out / file_name(key.stem, "-exercise"), kinds)
    try:
        head = read_letterhead(letterhead)
        words = wording_of(language)
        scored = load(key, None)
        read = [_answer(*one, scored) for one in zip(answers, _short_names(answers), strict=True)]
        report = ExerciseReport(
            scored.recording.file_name, scored.scoring, tuple(read), head, wording=words
        )
        prepare_folder(out)
        refuse_existing(*files.values(), overwrite=overwrite)
        tables = {"csv": partial(_csv, report), "json": partial(_json, report)}
        with replaces(overwrite):
            write_sheet(files, exercise_sheet(report), tables)
    except SleepScorerError as error:
        say(str(error))
        return 1
    for answer in read:
        agreement = answer.exercise.comparison.agreement
        say(
            f"{answer.file_name}, {scorer_of(answer.scoring) or 'not signed'}: "
            f"{percent_text(agreement.accuracy)} of {agreement.n_epochs} epochs, "
            f"κ {number_text(agreement.kappa)}."
        )
    return 0


def _short_names(paths: Sequence[Path]) -> list[str]:
    """Names of files, with so much of their folders that no two are the same."""
    names: list[str] = []
    for n_parts in range(1, max(len(path.parts) for path in paths) + 1):
        names = [Path(*path.parts[-n_parts:]).as_posix() for path in paths]
        if len(set(names)) == len(names):
            break
    return names


def _answer(path: Path, name: str, key: ScoredRecording) -> Answer:
    """Read what somebody scored of the exercise, and compare it.

    Raises
    ------
    ScoringError
        It is of another recording, or holds no exercise.
    """
    answer = load(path, None)
    difference = key.recording.difference(answer.recording)
    if difference:
        raise ScoringError(
            "{file} is not of the recording of the key: {difference}.",
            file=name,
            difference=difference,
        )
    try:
        return Answer(name, answer.scoring, compared(key.scoring, answer.scoring))
    except ScoringError as error:
        raise ScoringError("{file}: {error}", file=name, error=phrase_of(error)) from error


def _csv(report: ExerciseReport) -> str:
    """One row an epoch of the exercise and scorer."""
    rows = [
        (
            *(answer.file_name, scorer_of(answer.scoring), answer.exercise.seed, epoch + 1),
            *(report.key[epoch].stage.label, answer.scoring[epoch].stage.label),
        )
        for answer in report.answers
        for epoch in answer.exercise.epochs
    ]
    return csv_text((("file", "scorer", "seed", "epoch", "key", "stage"), *rows))


def _json(report: ExerciseReport) -> str:
    """Agreement of each scorer; null where a number is not defined."""
    document = [
        {
            "recording": report.file_name,
            "key_by": scorer_of(report.key),
            "file": answer.file_name,
            "scorer": scorer_of(answer.scoring),
            "seed": answer.exercise.seed,
            "epochs": [epoch + 1 for epoch in answer.exercise.epochs],
            "n_both": agreement.n_epochs,
            "agreement": _defined(agreement.accuracy),
            "kappa": _defined(agreement.kappa),
            "macro_f1": _defined(agreement.macro_f1),
            "f1": dict(
                zip(
                    (stage.label for stage in SCORED_STAGES),
                    map(_defined, agreement.f1_per_stage.tolist()),
                    strict=True,
                )
            ),
            "confusion": agreement.confusion.tolist(),
            "not_scored": answer.exercise.comparison.only_first.size,
            "by_program": answer.exercise.n_by_program,
            "saw_suggestions": answer.exercise.n_saw,
        }
        for answer in report.answers
        for agreement in (answer.exercise.comparison.agreement,)
    ]
    return json_text(document)


def _defined(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
