"""Kill a batch over an archive, go on with it, and account for every recording.

Run by hand: ``python tests/campaigns/kill_while_staging.py [--n N] [--seed SEED] [--workers N]
[--kills N]`` stages an archive of N recordings, some of them broken, kills everything so many times
and goes on. Then every recording has the result that an undisturbed batch gives it, or the sentence
that it has to have, nothing was staged twice but what a kill took, and nothing is left over.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sleepscorer.batch.manifest import FILE_NAME, Manifest
from sleepscorer.batch.outcomes import OUTCOMES, Staged
from sleepscorer.batch.run import LOCK_NAME
from sleepscorer.io.atomic import remove_abandoned
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulation import simulate_night

N_KILLS = 3
N_EPOCHS = 20
_KINDS = ("whole", "cut off", "of others", "annotations", "empty", "no EEG", "short")
"""Recordings of an archive: most of the first kind, a few of each other."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=N_KILLS)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        archive, out = Path(name) / "archive", Path(name) / "out"
        kinds = write_archive(archive, options.n, rng)
        command = [
            *(sys.executable, "-m", "sleepscorer", "score", str(archive), "--out", str(out)),
            *("--workers", str(options.workers), "--json"),
        ]
        n_wanted = sum(kind in ("whole", "cut off") for kind in kinds.values())
        n_done: list[int] = []
        for number in range(options.kills):
            kill_after(command, out, n_wanted * (number + 1) // (options.kills + 1))
            n_done.append(n_results(out))
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        check_last(ended, kinds, archive, out)
        n_staged = sum(isinstance(one, Staged) for one in lines_of(out))
        # A line without its file is the most that a kill can leave of what was done.
        assert n_staged <= n_wanted + options.kills, f"{n_staged} stagings of {n_wanted} recordings"
        for left in out.glob(".*.unfinished"):
            os.utime(left, (1, 1))
        remove_abandoned(out)
        left_over = [
            path.name for path in out.rglob(".*") if path.name not in {FILE_NAME, LOCK_NAME}
        ]
        assert not left_over, left_over
        print(Counter(kinds.values()), {"results at the kills": n_done, "stagings": n_staged})


def write_archive(archive: Path, n: int, rng: random.Random) -> dict[str, str]:
    """Write recordings into a tree; give the kind of each by its path from the archive."""
    nights = [simulate_night(seed, N_EPOCHS).channels for seed in range(4)]
    kinds = {}
    for number in range(n):
        # Each kind comes up in the shortest archives, too.
        kind = _KINDS[number] if number < len(_KINDS) else "whole"
        if number >= len(_KINDS) and rng.random() < 0.15:
            kind = rng.choice(_KINDS)
        path = archive / f"ward {number % 3}" / f"Nacht ü {number:03d}.edf"
        path.parent.mkdir(parents=True, exist_ok=True)
        channels = nights[number % len(nights)]
        if kind == "no EEG":
            channels = [one for one in channels if not one.label.startswith("EEG")]
        write_edf(path, channels, start=None)
        content = bytearray(path.read_bytes())
        content[8:88] = f"patient {number}".encode().ljust(80)  # no two are the same
        if kind == "cut off":
            del content[len(content) * 3 // 4 :]
        elif kind == "of others":
            content[:] = b"Dear colleague, the night is in another file."
        elif kind == "annotations":
            content[:] = annotations_only()
        elif kind == "empty":
            content.clear()
        elif kind == "short":
            del content[int(content[184:192]) + 1000 :]
        path.write_bytes(content)
        kinds[path.relative_to(archive).as_posix()] = kind
    return kinds


def annotations_only() -> bytes:
    """EDF+ file of a scoring, as archives have them beside the recordings."""
    from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
    from sleepscorer.domain.scoring import Scoring
    from sleepscorer.io.edf_scoring import write_edf_hypnogram

    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "scoring.edf"
        identity = RecordingIdentity("night.edf", None, 30.0 * N_EPOCHS, ())
        write_edf_hypnogram(path, ScoredRecording(identity, Scoring(N_EPOCHS)))
        return path.read_bytes()


def kill_after(command: list[str], out: Path, n_wanted: int) -> None:
    """Begin a batch and kill it with all its processes once there are so many results."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while process.poll() is None and n_results(out) < n_wanted:
            time.sleep(0.05)
        assert process.poll() is None, "the batch ended by itself before it was killed"
        # Half of the times its parent alone: the workers have to notice.
        if n_wanted % 2:
            os.kill(process.pid, signal.SIGKILL)
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        wait_for_group(process.pid)


def wait_for_group(group: int) -> None:
    """Wait until no process of a batch is left; they end by themselves."""
    stop_s = time.monotonic() + 60
    while time.monotonic() < stop_s:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("workers live on after their batch")


def check_last(
    ended: subprocess.CompletedProcess[str], kinds: dict[str, str], archive: Path, out: Path
) -> None:
    assert "Traceback" not in ended.stderr, ended.stderr[-4000:]
    assert ended.returncode == 1, (ended.returncode, ended.stderr[-2000:])
    outcomes = [json.loads(line) for line in ended.stdout.splitlines()]
    by_name = {Path(one["recording"]).relative_to(archive).as_posix(): one for one in outcomes}
    assert len(outcomes) == len(by_name), "an outcome a recording"
    assert by_name.keys() == kinds.keys(), "an outcome for every recording"
    manifest = Manifest(out)
    for name, kind in kinds.items():
        outcome = by_name[name]
        result = Path(name).with_suffix(".csv")
        if kind in ("whole", "cut off"):
            is_done = outcome["outcome"] == "staged" or outcome.get("reason") == "made before"
            assert is_done, (kind, outcome)
            staged = manifest.staged(result.as_posix())
            assert staged is not None, name
            assert manifest.is_whole(staged), name
        elif kind == "annotations":
            assert outcome.get("reason") == "no recording", (kind, outcome)
        else:
            assert outcome["outcome"] == "failed", (kind, outcome)
            assert Path(name).name in outcome["sentence"], outcome
        assert (out / result).exists() == (kind in ("whole", "cut off")), name


def n_results(out: Path) -> int:
    n = 0
    for _, folders, names in os.walk(out):  # which passes over folders that go meanwhile
        folders[:] = [name for name in folders if name[0] != "."]
        n += sum(name.endswith(".csv") for name in names)
    return n


def lines_of(out: Path) -> list[object]:
    *lines, _ = (out / FILE_NAME).read_bytes().split(b"\n")
    return [OUTCOMES.decode(line) for line in lines]


if __name__ == "__main__":
    main()
