"""CSV with one row an epoch."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from sleepscorer.domain.alignment import StageSpan, StoredScoring
from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import provenance_of, text_of
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Remark
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.texts import cell_text
from sleepscorer.io.annotation_scoring import MOST_DURATION_S
from sleepscorer.io.atomic import write_text
from sleepscorer.io.text_files import csv_text, number, read_text, seconds, shortened

HEADER = (
    "epoch,clock_time,onset_s,duration_s,stage,source,confidence,p_w,p_n1,p_n2,p_n3,p_r,comment"
)
_PROBABILITIES = ("p_w", "p_n1", "p_n2", "p_n3", "p_r")


def write_csv(path: Path, scored: ScoredRecording) -> None:
    """Write the scoring; epochs count from 1, clock times are ISO 8601.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    rows = (_row(scored, epoch) for epoch in range(len(scored.scoring)))
    write_text(path, csv_text((HEADER.split(","), *rows)))


def _row(scored: ScoredRecording, epoch: int) -> tuple[object, ...]:
    scoring, clock_time = scored.scoring, scored.clock_time(epoch)
    score = scoring[epoch]
    return (
        epoch + 1,
        "" if clock_time is None else clock_time.isoformat(),
        seconds(epoch * EPOCH_S),
        seconds(EPOCH_S),
        score.stage.label,
        text_of(score.source),
        *_confidence_and_probabilities(scored, epoch),
        scoring.remarks[epoch].comment if epoch in scoring.remarks else "",
    )


def _confidence_and_probabilities(scored: ScoredRecording, epoch: int) -> tuple[str, ...]:
    hypnodensity = scored.scoring.hypnodensity
    if hypnodensity is None or hypnodensity.stage(epoch) is Stage.UNSCORED:
        return ("",) * 6
    row = hypnodensity.probabilities[epoch]
    return tuple(f"{value:.4f}" for value in (hypnodensity.confidence(epoch), *row))


def read_csv(path: Path) -> StoredScoring:
    """Read a scoring that was written by `write_csv`, edited or not.

    Raises
    ------
    ScoringError
        The file can't be read or a row makes no sense.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""))
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise ScoringError(
            "{file}, line {line}: {error}.",
            file=path.name,
            line=reader.line_num,
            error=error,
        ) from error
    names = HEADER.split(",")
    if not rows or rows[0][1] != names:
        raise ScoringError(
            "{file} does not begin with the names “{header}”.", file=path.name, header=HEADER
        )
    if not 1 < len(rows) <= MOST_EPOCHS + 1:
        raise ScoringError(
            "{file} has {n} {n:epoch|epochs}, which is no night.", file=path.name, n=len(rows) - 1
        )
    start: datetime | None = None
    spans: list[StageSpan] = []
    remarks: dict[int, Remark] = {}
    probabilities: dict[int, list[float]] = {}
    for line, cells in rows[1:]:
        if len(cells) != len(names):
            raise ScoringError(
                "{file}, line {line}: there are {cells} cells, not {wanted}.",
                file=path.name,
                line=line,
                cells=len(cells),
                wanted=len(names),
            )
        row = dict(zip(names, cells, strict=True))
        comment = cell_text(row["comment"])
        onset_s = number(path, line, "onset_s", row["onset_s"], minimum=0.0)
        duration_s = number(path, line, "duration_s", row["duration_s"], minimum=0.0)
        if onset_s + duration_s > MOST_DURATION_S:
            raise ScoringError(
                "{file}, line {line}: the epoch is after any recording.", file=path.name, line=line
            )
        score = EpochScore(_stage(path, line, row), provenance_of(cell_text(row["source"])))
        spans.append(StageSpan(onset_s, duration_s, score))
        epoch = math.floor(onset_s / EPOCH_S)
        if comment:
            remarks[epoch] = Remark(comment)
        if any(row[name] for name in _PROBABILITIES):
            probabilities[epoch] = [
                number(path, line, name, row[name], minimum=0.0) for name in _PROBABILITIES
            ]
        if start is None and row["clock_time"]:
            start = _start(path, line, row["clock_time"], onset_s)
    return StoredScoring(
        start,
        tuple(spans),
        hypnodensity=_hypnodensity(path, probabilities, spans[-1].stop_s),
        remarks=remarks,
    )


def _stage(path: Path, line: int, row: Mapping[str, str]) -> Stage:
    try:
        return Stage.from_label(row["stage"])
    except KeyError as error:
        raise ScoringError(
            "{file}, line {line}: “{text}” is no stage; write W, N1, N2, N3, R or nothing.",
            file=path.name,
            line=line,
            text=shortened(row["stage"]),
        ) from error


def _start(path: Path, line: int, text: str, onset_s: float) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) - timedelta(seconds=onset_s)
    except (ValueError, OverflowError) as error:
        raise ScoringError(
            "{file}, line {line}: “{text}” is no date and time.",
            file=path.name,
            line=line,
            text=shortened(text),
        ) from error


def _hypnodensity(
    path: Path, rows: Mapping[int, list[float]], stop_s: float
) -> Hypnodensity | None:
    if not rows:
        return None
    n_epochs = max(max(rows) + 1, round(stop_s / EPOCH_S))
    probabilities = np.full((n_epochs, len(_PROBABILITIES)), np.nan, np.float32)
    for epoch, row in rows.items():
        probabilities[epoch] = row
    try:
        return Hypnodensity(probabilities, model="", weights_sha256="", derivation="")
    except ValueError as error:
        raise ScoringError(
            "{file}: of the probabilities {error}.", file=path.name, error=error
        ) from error
