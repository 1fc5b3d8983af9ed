"""Damage scorings in all formats that are written, and read and import them.

Run by hand: ``python tests/campaigns/damage_scorings.py [--n N] [--seed SEED]``. Each has to be
read, asked about, or refused with one sentence that names it. What is read must not be the night
moved by some epochs, unless something is said.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from campaign import damaged, run, said

from sleepscorer.domain.alignment import StoredScoring, align
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.questions import QuestionError
from sleepscorer.io.scoring_formats import SCORING_FORMATS, read_scoring

N_EPOCHS = 120
START = datetime(2026, 3, 1, 22, 15)
FORMATS = [row for row in SCORING_FORMATS if not row.copies_recording]
_STAGES = [Stage((epoch * epoch // 7 + epoch) % 5) for epoch in range(N_EPOCHS)]
_FARTHEST = 4
_LEAST_ALIKE = 0.9


def scored_recording() -> ScoredRecording:
    identity = RecordingIdentity("night.edf", START, N_EPOCHS * 30.0, ("C4-M1", "Flow"))
    events = [ScoredEvent(EventKind.AROUSAL, 90.0 * one + 3, 4.0, "C4-M1") for one in range(9)]
    scoring = Scoring(
        N_EPOCHS,
        scores=[EpochScore(stage, Person("Ann")) for stage in _STAGES],
        events=[*events, ScoredEvent(EventKind.HYPOPNEA, 700.0, 12.0, "Flow")],
        lights=Lights(30.0, 3570.0),
        remarks={7: Remark("turns", artefact=True)},
        scorer="Ann",
    )
    return ScoredRecording(identity, scoring)


def trial(rng: random.Random, number: int, folder: Path) -> Iterator[str]:
    row = FORMATS[number % len(FORMATS)]
    path = folder / row.file_name("night.edf")
    scored = scored_recording()
    row.write(path, scored)
    path.write_bytes(damaged(rng, path.read_bytes(), n_head=600))
    try:
        stored = read_scoring(path, scored.recording)
    except QuestionError as question:
        yield f"{row.id}: asked"
        for option in question.options:
            try:
                yield f"{row.id}: {placed(option.read(), is_said=True)}"
            except QuestionError:
                yield f"{row.id}: asked again"
            except SleepScorerError as error:
                yield f"{row.id}: {said(error, path.name)}"
    except SleepScorerError as error:
        yield f"{row.id}: {said(error, path.name)}"
    else:
        yield f"{row.id}: {placed(stored, is_said=False)}"


def placed(stored: StoredScoring, *, is_said: bool) -> str:
    """Put a scoring on its night, and compare it with what it was."""
    aligned = align(stored.imported_from("night", ""), start=START, duration_s=N_EPOCHS * 30.0)
    stages = aligned.scoring.stages
    if alike(stages, 0) >= _LEAST_ALIKE or is_said or aligned.mismatches:
        return "read"
    moved = max(range(-_FARTHEST, _FARTHEST + 1), key=lambda by: alike(stages, by))
    is_moved = moved != 0 and alike(stages, moved) >= _LEAST_ALIKE
    return "MOVED WITHOUT A WORD" if is_moved else "read, much of it other"


def alike(stages: tuple[Stage, ...], by: int) -> float:
    """Share of the scored epochs that have the stage of the night moved by some epochs."""
    pairs = [
        (stage, _STAGES[epoch - by])
        for epoch, stage in enumerate(stages)
        if stage is not Stage.UNSCORED and 0 <= epoch - by < N_EPOCHS
    ]
    return sum(one is other for one, other in pairs) / max(len(pairs), 1) if pairs else 1.0


if __name__ == "__main__":
    run(trial, n_trials=3300)
