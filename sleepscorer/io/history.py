"""Who changed which stage, when, from what to what: read from the journals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.texts import cell
from sleepscorer.io.journal_folder import journals_of

_HEADER = (
    *("at", "scorer", "what", "epoch"),
    *("former_stage", "former_source", "stage", "source", "model"),
)


@dataclass(frozen=True, slots=True)
class StageChange:
    """One epoch that got another stage, or another source of the same.

    Attributes
    ----------
    at
        When, by the clock of the computer.
    scorer
        Who made the change.
    what
        A few words on it.
    epoch
        Index of the epoch.
    former, now
        Its score before and after.
    model
        Name and version of the network where it staged the epoch; empty where a person did.
    """

    at: datetime
    scorer: str
    what: str
    epoch: int
    former: EpochScore
    now: EpochScore
    model: str = ""


def stage_history(folder: Path, recording: RecordingIdentity) -> tuple[StageChange, ...]:
    """Collect the changes of a recording from all its journals that are still there.

    Parameters
    ----------
    folder
        Where the journals are.
    recording
        The recording.

    Returns
    -------
    changes
        In order of time, of one moment in order of the epochs.
    """
    changes = [
        change
        for entry in journals_of(folder, recording)
        if "edit" in entry
        for change in _changes(entry)
    ]
    return tuple(sorted(changes, key=lambda change: (change.at, change.epoch)))


def history_csv(changes: Sequence[StageChange]) -> str:
    """One row a change; epochs count from 1, empty stages are unscored."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEADER)
    for change in changes:
        writer.writerow(
            (
                change.at.isoformat(sep=" ", timespec="milliseconds"),
                cell(change.scorer),
                cell(change.what),
                change.epoch + 1,
                *(change.former.stage.label, cell(change.former.source)),
                *(change.now.stage.label, cell(change.now.source)),
                cell(change.model),
            )
        )
    return buffer.getvalue()


def _changes(entry: Mapping[str, Any]) -> Iterator[StageChange]:
    try:
        before = {epoch: score for epoch, score, _model in _scores(entry["inverse"])}
        for epoch, now, model in _scores(entry["edit"]):
            former = before[epoch]
            if former != now:
                at = datetime.fromisoformat(entry["at"])
                yield StageChange(at, entry["scorer"], entry["what"], epoch, former, now, model)
    except (KeyError, TypeError, ValueError):
        return  # a line of a later version


def _scores(document: Mapping[str, Any]) -> Iterator[tuple[int, EpochScore, str]]:
    """Epochs that an edit stages, their scores, and the network where it is one of its own."""
    if document["type"] == "series":
        for edit in document["edits"]:
            yield from _scores(edit)
    elif document["type"] == "prediction":
        model = "" if document["model"] is None else document["model"]["name"]
        for epoch, score, _model in _scores(document["stages"]):
            yield epoch, score, "" if score.is_human else model
    elif document["type"] == "stages":
        for epoch, (label, source) in zip(document["epochs"], document["scores"], strict=True):
            yield int(epoch), EpochScore(Stage.from_label(label), source), ""
