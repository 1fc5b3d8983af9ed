"""Damage journals in every way that disks do, and see what comes back.

Run by hand: ``python tests/campaigns/damage_journals.py [--n N] [--seed SEED]``. Each time a
journal of two hundred changes gets one damage: a bit, a byte, a zeroed sector, some bytes put in or
taken out, a line twice, a cut. What is restored has to be right in every epoch that no damaged
line was about; what is missing has to be said, or the journal listed as one that can't be read;
and the work on another recording has to be offered all the same.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from campaign import run

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
    Edit,
    EventEdit,
    Lights,
    LightsEdit,
    Remark,
    RemarkEdit,
    Scoring,
    stage_edit,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.io.journal import Journal
from sleepscorer.io.journal_folder import changes_of, unfinished_work, unreadable_journals

N_JOURNALS = 2000
N_EPOCHS = 120
N_CHANGES = 200
SECTOR_BYTES = 512
DAMAGES = ("bit", "byte", "sector", "insertion", "deletion", "line twice", "cut")

IDENTITY = RecordingIdentity("night.edf", datetime(2026, 3, 1, 22, 15), N_EPOCHS * 30.0, ("C3",))
OTHER = RecordingIdentity("other.edf", datetime(2026, 3, 2, 22, 15), N_EPOCHS * 30.0, ("C4",))


def change(rng: random.Random, scoring: Scoring) -> Edit:
    """A change of some kind, mostly of the stage of one epoch."""
    epoch = rng.randrange(N_EPOCHS)
    kind = rng.random()
    if kind < 0.7:
        return stage_edit((epoch,), Stage(rng.randrange(5)), Person("Ana"))
    if kind < 0.8:
        return RemarkEdit((epoch,), (Remark(f"comment {epoch}", artefact=True),))
    if kind < 0.9 or not scoring.events:
        event = ScoredEvent(EventKind.AROUSAL, epoch * 30.0, rng.uniform(3, 15))
        return EventEdit((), (event,))
    if kind < 0.95:
        return EventEdit((rng.choice(scoring.events),), ())
    return LightsEdit(Lights(rng.uniform(0, 600), None))


def journalled(
    folder: Path, rng: random.Random, identity: RecordingIdentity
) -> tuple[Path, Scoring]:
    scoring = Scoring(N_EPOCHS)
    journal = Journal(folder, ScoredRecording(identity, scoring.copy()), Path("/nights/night.edf"))
    for _ in range(N_CHANGES):
        edit = change(rng, scoring)
        journal.record(edit, scoring.apply(edit), scorer="Ana", what="a change")
    journal.abandon()
    return journal.path, scoring


def damaged(content: bytes, damage: str, rng: random.Random) -> tuple[bytes, int, int]:
    """Content with a damage, and the range of bytes that it is about."""
    start = rng.randrange(len(content))
    stop = min(start + rng.randint(1, 900), len(content))
    if damage == "bit":
        flipped = bytes((content[start] ^ 1 << rng.randrange(8),))
        return content[:start] + flipped + content[start + 1 :], start, start + 1
    if damage == "byte":
        other = bytes((rng.randrange(256),))
        return content[:start] + other + content[start + 1 :], start, start + 1
    if damage == "sector":
        start -= start % SECTOR_BYTES
        stop = min(start + SECTOR_BYTES, len(content))
        return content[:start] + bytes(stop - start) + content[stop:], start, stop
    if damage == "insertion":
        return content[:start] + rng.randbytes(stop - start) + content[start:], start, start + 1
    if damage == "deletion":
        return content[:start] + content[stop:], start, stop
    if damage == "line twice":
        start = content.rfind(b"\n", 0, start) + 1
        stop = content.find(b"\n", start) + 1
        return content[:stop] + content[start:stop] + content[stop:], stop, stop
    return content[:start], start, len(content)


def epochs_of(content: bytes, start: int, stop: int) -> set[int]:
    """Epochs that the changes in a range of bytes are about."""
    first = content.rfind(b"\n", 0, start) + 1
    last = content.find(b"\n", max(stop - 1, start)) + 1 or len(content)
    lines = content[first:last].splitlines()
    # The line end is a part of the line before; without it the next one is damaged, too.
    following = content[last : content.find(b"\n", last) + 1].splitlines()
    edits = [json.loads(line).get("edit", {}) for line in (*lines, *following) if line.strip()]
    return {epoch for edit in edits for epoch in edit.get("epochs", ())}


def state(scoring: Scoring) -> tuple[object, ...]:
    return scoring.scores, dict(scoring.remarks), scoring.lights, scoring.events


def verdict(path: Path, content: bytes, scoring: Scoring, touched: tuple[int, int]) -> str:
    folder = path.parent
    works = list(unfinished_work(folder))
    list(changes_of(folder, IDENTITY))
    if [one.recording for one in unfinished_work(folder, OTHER)] != [OTHER]:
        return "OTHER WORK LOST"
    mine = [one for one in works if one.recording == IDENTITY]
    if not mine:
        is_listed = path in unreadable_journals(folder)
        is_cut = touched[1] == len(content)
        # A whole head with nothing after it is what a program leaves in which nothing was done.
        is_head = is_cut and touched[0] >= content.find(b"\n", content.rfind(b'"format": ')) + 1
        return "listed as unreadable" if is_listed else "whole head alone" if is_head else "LOST"
    (work,) = mine
    pairs = enumerate(zip(work.scoring.scores, scoring.scores, strict=True))
    wrong = {epoch for epoch, (one, other) in pairs if one != other}
    if not wrong <= epochs_of(content, *touched):
        return "WRONG BEYOND THE DAMAGE"
    is_cut = touched[1] == len(content)
    if state(work.scoring) != state(scoring) and not work.n_missing and not is_cut:
        return "MISSING WITHOUT A WORD"
    return "missing and said" if work.n_missing else "whole"


@cache
def whole() -> tuple[bytes, str, Scoring, bytes, str]:
    """A journal, its name and what it leads to; and that of another recording."""
    with tempfile.TemporaryDirectory() as name:
        rng = random.Random(1)
        other, _ = journalled(Path(name), rng, OTHER)
        path, scoring = journalled(Path(name), rng, IDENTITY)
        return path.read_bytes(), path.name, scoring, other.read_bytes(), other.name


def trial(rng: random.Random, number: int, folder: Path) -> Iterator[str]:
    content, name, scoring, other, other_name = whole()
    (folder / other_name).write_bytes(other)
    damage = DAMAGES[number % len(DAMAGES)]
    written, *touched = damaged(content, damage, rng)
    path = folder / name
    path.write_bytes(written)
    os.utime(path, (0, 0))
    yield f"{damage}: {verdict(path, content, scoring, (touched[0], touched[1]))}"


if __name__ == "__main__":
    run(trial, n_trials=N_JOURNALS)
