"""Who changed which stage, when, from what to what: read from the journals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sleepscorer.domain.provenance import UNKNOWN_MODEL, Model, text_of
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import (
    Edit,
    EditSeries,
    EpochScore,
    PredictionEdit,
    StageEdit,
)
from sleepscorer.io.journal import DAMAGE, Change
from sleepscorer.io.journal_folder import changes_of
from sleepscorer.io.text_files import csv_text

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
    """

    at: datetime
    scorer: str
    what: str
    epoch: int
    former: EpochScore
    now: EpochScore

    @property
    def model(self) -> str:
        """Name and version of the network that staged the epoch, as far as the journal tells."""
        source = self.now.source
        return source.name if isinstance(source, Model) and source != UNKNOWN_MODEL else ""


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
    changes = [change for made in changes_of(folder, recording) for change in _changes(made)]
    return tuple(sorted(changes, key=lambda change: (change.at, change.epoch)))


def history_csv(changes: Sequence[StageChange]) -> str:
    """One row a change; epochs count from 1, empty stages are unscored."""
    rows = (
        (
            change.at.isoformat(sep=" ", timespec="milliseconds"),
            change.scorer,
            change.what,
            change.epoch + 1,
            *(change.former.stage.label, text_of(change.former.source)),
            *(change.now.stage.label, text_of(change.now.source)),
            change.model,
        )
        for change in changes
    )
    return csv_text((_HEADER, *rows))


def _changes(made: Change) -> Iterator[StageChange]:
    try:
        before = dict(_scores(made.inverse))
        for epoch, now in _scores(made.edit):
            former = before[epoch]
            if former != now:
                yield StageChange(made.at, made.scorer, made.what, epoch, former, now)
    except DAMAGE:
        return  # nobody knows what it was before


def _scores(edit: Edit) -> Iterator[tuple[int, EpochScore]]:
    """Epochs that an edit stages, and their scores."""
    match edit:
        case EditSeries(edits=edits):
            for one in edits:
                yield from _scores(one)
        case PredictionEdit(stages=stages):
            yield from _scores(stages)
        case StageEdit(epochs=epochs, scores=scores):
            yield from zip(epochs, scores, strict=True)
        case _:
            pass
