"""Read every input that fuzzing kept, without atheris: what was found once does not come back.

Run by hand: ``python tests/campaigns/replay_corpus.py``; `fuzz.py` makes the corpus.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from campaign import run
from readers import READERS, prepare

CORPUS = Path(__file__).with_name("corpus")
INPUTS = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


def trial(_rng: random.Random, number: int, folder: Path) -> Iterator[str]:
    path = INPUTS[number % len(INPUTS)]
    READERS[path.parent.name].reads(folder, path.read_bytes())
    yield f"{path.parent.name}: read, asked about or refused"


if __name__ == "__main__":
    prepare()
    run(trial, n_trials=len(INPUTS))
