"""Damage sessions and seal them anew, as somebody would who means harm, and read them.

Run by hand: ``python tests/campaigns/damage_sessions.py [--n N] [--seed SEED]``. Each has to be
read or refused with a sentence; what hangs is ended.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from campaign import run, said

import sleepscorer.io.session as sessions
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.apart import Apart

N_SESSIONS = 2500
SEAL_BYTES = 512


def written(path: Path) -> bytes:
    scoring = Scoring(
        40,
        scores=[EpochScore(Stage(epoch % 5), Person("Ann")) for epoch in range(40)],
        events=[ScoredEvent(EventKind.NOTE, 30.0 * one, 1.0, text="x") for one in range(9)],
        remarks={3: Remark("turns")},
    )
    identity = RecordingIdentity("night.edf", None, 1200.0, ("EEG", "EMG"))
    sessions.write_session_scoring(path, ScoredRecording(identity, scoring))
    return path.read_bytes()[SEAL_BYTES:]


def damaged(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8))):
        position = rng.randrange(len(changed))
        kind = rng.randrange(4)
        if kind == 0:
            changed[position] = rng.randrange(256)
        elif kind == 1:
            width = rng.choice((2, 4, 8))
            changed[position : position + width] = rng.choice((b"\xff", b"\x00", b"\x7f")) * width
        elif kind == 2:
            source = rng.randrange(len(changed))
            changed[position : position + 8] = changed[source : source + 8]
        else:
            del changed[position + 1 :]
    return bytes(changed)


@cache
def whole() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return written(Path(folder) / "night.h5")


def trial(rng: random.Random, _number: int, folder: Path) -> Iterator[str]:
    path = folder / "night.h5"
    changed = damaged(rng, whole())
    digest = hashlib.sha256(changed).hexdigest()
    seal = f"SleepScorer session\nsha256 {digest}\n".encode().ljust(SEAL_BYTES, b"\x00")
    path.write_bytes(seal + changed)
    try:
        sessions.read_session(path)
    except ScoringError as error:
        yield "ended" if "takes more than" in str(error) else said(error, path.name)
    else:
        yield "read"


if __name__ == "__main__":
    sessions._stranger = Apart(5.0, 2**30)
    run(trial, n_trials=N_SESSIONS)
