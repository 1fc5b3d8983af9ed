"""Kill a process that writes in every format, and see what it leaves.

Run by hand: ``python tests/campaigns/kill_while_writing.py [--n N] [--seed SEED]``. The file that
was there must be whole, the former one or the new one, and what is left beside it removable.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from sleepscorer.io.atomic import remove_abandoned
from sleepscorer.io.questions import QuestionError
from sleepscorer.io.scoring_formats import SCORING_FORMATS, read_scoring

N_KILLS = 80
FORMATS = [row for row in SCORING_FORMATS if not row.copies_recording]
WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.scoring_formats import scoring_format
row, path = scoring_format(sys.argv[1]), Path(sys.argv[2])
scoring = Scoring(960, scores=[EpochScore(Stage(epoch % 5), Person("Ann")) for epoch in range(960)])
start = datetime(2026, 3, 1, 22)
scored = ScoredRecording(RecordingIdentity("n.edf", start, 28800.0, ("EEG",)), scoring)
row.write(path, scored)
print("written", flush=True)
while True:
    row.write(path, scored)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=N_KILLS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    n_left = 0
    for number in range(options.n):
        row = FORMATS[number % len(FORMATS)]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder / row.file_name("n.edf")
            command = [sys.executable, "-c", WRITER, row.id, str(path)]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(rng.uniform(0, 0.1))
                process.kill()
            with suppress(QuestionError):  # what 4 is among numbers: all of them were read
                assert read_scoring(path).spans, f"{row.id}: the file is not whole"
            left = list(folder.glob(".*"))
            n_left += len(left)
            for one in left:
                os.utime(one, (1, 1))
            remove_abandoned(folder)
            assert not list(folder.glob(".*")), f"{row.id}: something is left"
            expected = {file.name for file in row.files(path)}
            assert {file.name for file in folder.iterdir()} <= expected
    print({"kills": options.n, "left and removed": n_left, "damaged": 0})


if __name__ == "__main__":
    main()
