"""Damage sessions and seal them anew, as somebody would who means harm, and read them.

Run by hand: ``python tests/campaigns/damage_sessions.py [--n N] [--seed SEED]``. Each has to be
read or refused with a sentence; what hangs is ended.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import traceback
from collections import Counter
from pathlib import Path

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=N_SESSIONS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    sessions._stranger = Apart(5.0, 2**30)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "night.h5"
        content = written(path)
        for _ in range(options.n):
            changed = damaged(rng, content)
            digest = hashlib.sha256(changed).hexdigest()
            seal = f"SleepScorer session\nsha256 {digest}\n".encode().ljust(SEAL_BYTES, b"\x00")
            path.write_bytes(seal + changed)
            try:
                sessions.read_session(path)
                counts["read"] += 1
            except ScoringError as error:
                counts["ended" if "takes more than" in str(error) else "refused"] += 1
            except Exception:
                counts["fault"] += 1
                traceback.print_exc()
    print(dict(counts))
    raise SystemExit(1 if counts["fault"] else 0)


if __name__ == "__main__":
    main()
