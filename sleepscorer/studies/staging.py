"""Staging nights of a list: the batch of the command line, with sessions as its results."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sleepscorer.batch.archive import Found, Source
from sleepscorer.batch.executors import Processes
from sleepscorer.batch.manifest import Manifest
from sleepscorer.batch.outcomes import Making, Outcome
from sleepscorer.batch.run import Batch, made_by_version, time_left_s
from sleepscorer.io.atomic import prepare_folder
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.models.store import ModelStore
from sleepscorer.studies.nights import Night, StudyFolder

LIMIT_S = 1800.0
"""How long a night may take: one that a share keeps waiting is given up, and the next begun."""

_SESSION = scoring_format("session")


@dataclass(frozen=True, slots=True)
class Staging:
    """How far the staging of nights is.

    Attributes
    ----------
    n_done, n_all
        Nights of which it is known what became of them, and all.
    left_s
        Seconds that the rest takes at most, see `time_left_s`.
    outcome
        What became of the last one; None before the first.
    """

    n_done: int
    n_all: int
    left_s: float | None
    outcome: Outcome | None


def stage_nights(
    chosen: Sequence[Night],
    all_nights: Sequence[Night],
    *,
    voters: int,
    progress: Callable[[Staging], object],
    meanwhile: Callable[[], object],
) -> None:
    """Stage nights in a process of its own, each into a session where its folder keeps them.

    What is there is left alone unless a batch made it of another recording or by another version.

    Parameters
    ----------
    chosen
        What is staged.
    all_nights
        All that are listed: two that would have the same session are both refused.
    voters
        At most so many derivations vote.
    progress
        Called before the first night and after each.
    meanwhile
        Called several times a second; what it raises ends the staging.

    Raises
    ------
    SleepScorerError
        Nobody can stage, or what became of a night can't be written down.
    """
    store = ModelStore()
    making = Making("", "", "", _SESSION.id, voters=voters)
    making = made_by_version(making, store, store.active())
    outcomes: list[Outcome] = []
    begun_s = time.monotonic()

    def account(outcome: Outcome) -> None:
        outcomes.append(outcome)
        left_s = time_left_s(outcomes, len(chosen), begun_s)
        progress(Staging(len(outcomes), len(chosen), left_s, outcome))

    progress(Staging(0, len(chosen), None, None))
    by_folder = sorted(chosen, key=lambda night: night.study.line)
    for study, group in groupby(by_folder, key=lambda night: night.study):
        nights = list(group)
        out = study.results
        prepare_folder(out)
        batch = Batch(
            Found(tuple(map(_source, _with_namesakes(nights, all_nights))), ()),
            *(out, making, Manifest(out)),
            only={night.path for night in nights},
            on_outcome=account,
        )
        batch.run(Processes(1, limit_s=LIMIT_S, meanwhile=meanwhile))


def session_of(study: StudyFolder, night: Night) -> Path:
    """Where the session of a night is staged into."""
    return study.results / night.folder / _SESSION.file_name(night.path.name)


def _with_namesakes(chosen: Sequence[Night], all_nights: Sequence[Night]) -> list[Night]:
    """Chosen nights and those that would have the same session as one of them."""
    targets = {session_of(night.study, night) for night in chosen}
    others = (
        night
        for night in all_nights
        if session_of(night.study, night) in targets and night not in chosen
    )
    return [*chosen, *others]


def _source(night: Night) -> Source:
    return Source(night.path, night.folder, is_named=False)
