"""Kill a training, its window or both at random moments, and let it go on to its end.

Run by hand: ``python tests/campaigns/kill_while_training.py [--n N] [--seed SEED]``; a trial has up
to four kills, fewer where it comes to its end between them. What a window does runs in a process of
its own, without the window: it trains, and puts the version into the store. After each kill all
versions and the ledger have to be readable; in the end there is one new version, the same as
without interruption, and one entry that tells of it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
from campaign import run

from model import files
from sleepscorer.io.feature_set import FeatureNight, FeatureSet
from sleepscorer.loop.collection import LeftEpochs
from sleepscorer.loop.finetune import Plan, Training
from sleepscorer.models.ledger import Trained
from sleepscorer.models.store import ModelStore

N_TRIALS = 25
KILLS = 4
VERSION = "0-lab1"
CONFIG = """
name = ""
version = ""
seed = 1
checkpoint_every = 5
[optimisation]
schedule = "constant"
[selection]
criterion = "cross_entropy"
validate_every = 5
[sequence]
steps = 40
batch_size = 4
"""
_N_EPOCHS = 100


def main() -> None:
    if sys.argv[1:2] == ["--as-window"]:
        train_as_window(Path(sys.argv[2]))
    else:
        run(trial, n_trials=N_TRIALS, longest_s=1200)


# In the process that is killed


def train_as_window(folder: Path) -> None:
    command = Training.command.fget
    assert command is not None
    config = ("--config", str(folder / "config.toml"))
    Training.command = property(lambda training: [*command(training), *config])
    training = Training(folder / "training")
    if training.is_done or training.run():
        training.finish(ModelStore(folder / "models"))


# In the process that kills


def trial(rng: random.Random, _number: int, folder: Path) -> Iterator[str]:
    expected, whole_s = uninterrupted()
    training, store = begin(folder)
    n_kills = 0
    while training.plan is not None:
        killed = ""
        with window(folder) as process:
            if n_kills < KILLS:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(rng.uniform(0, whole_s))
            if n_kills < KILLS and process.poll() is None:
                n_kills += 1
                killed = kill(process, rng)
                yield f"killed: {killed}"
            complaint = process.communicate()[1].strip()
        if process.returncode > 0:
            yield told(complaint, killed)
        for version in store.versions():
            files.read(store.path_of(version))
        store.entries()
    made = [version.sha256 for version in store.versions() if version.version == VERSION]
    yield "the same end" if made == [expected] else "ANOTHER END"
    if [type(entry) for entry in store.entries()].count(Trained) != 1:
        yield "LEDGER TELLS ANOTHER STORY"
    left = {path.name for path in (folder / "models").rglob("*") if path.name.startswith(".")}
    if left:
        yield "left behind by an unfinished save"


def told(complaint: str, killed: str) -> str:
    """Ending of a window that ended with a complaint: whether there was reason for it."""
    if "Another window" in complaint:
        return "told to wait"  # an orphan had not noticed yet that its window was gone
    if killed == "training" and "Training ended before it was done" in complaint:
        return "told that the training ended"
    print(complaint)
    return "ENDED"


def kill(window: subprocess.Popen[str], rng: random.Random) -> str:
    what = rng.choice(("window", "training", "both"))
    found = subprocess.run(
        ["pgrep", "-P", str(window.pid)], capture_output=True, text=True, check=False
    )
    trainings = [int(pid) for pid in found.stdout.split()]
    for pid in [window.pid] * (what != "training") + trainings * (what != "window"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return what if trainings or what == "window" else f"{what}, which was not under way"


def window(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, __file__, "--as-window", str(folder)], stderr=subprocess.PIPE, text=True
    )


@cache
def uninterrupted() -> tuple[str, float]:
    """Hash of the version that comes out, and the seconds that it takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, store = begin(folder)
        begun_s = time.monotonic()
        with window(folder) as process:
            complaint = process.communicate()[1]
        whole_s = time.monotonic() - begun_s
        made = [one.sha256 for one in store.versions() if one.version == VERSION]
        assert len(made) == 1, complaint
    return made[0], whole_s


def begin(folder: Path) -> tuple[Training, ModelStore]:
    """Write down a training on two nights whose features tell the stages."""
    # Imported here alone: a window does without torch, which takes seconds.
    import torch

    from model import weights
    from model.mc2sleepnet import MC2SleepNet
    from model.mc2sleepnet.config import MC2SleepNetConfig
    from model.mc2sleepnet.weights import save

    (folder / "config.toml").write_text(CONFIG)
    torch.manual_seed(0)
    network = MC2SleepNet(
        MC2SleepNetConfig(
            sequence_length=7, n_heads=2, d_feedforward=16, n_epoch_layers=1, n_sequence_layers=1
        )
    )
    path = folder / "start.safetensors"
    save(path, network, name="Net", version="0", training={"train_subjects": ["x"]})
    store = ModelStore(folder / "models")
    start = store.import_file(path, by="Ana")
    rng = np.random.default_rng(0)
    features = FeatureSet(
        weights.load(path, "cpu").network.features_sha256,
        (night("a", "train", rng), night("b", "validation", rng)),
    )
    plan = Plan(
        start=start.sha256,
        start_title=start.title,
        version=VERSION,
        nights=("a", "b"),
        n_subjects=2,
        left=LeftEpochs.LEFT_OUT,
        replays=False,
        card="# Net",
        by="Ana",
        at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    training = Training(folder / "training")
    training.begin(plan, features, store, start)
    return training, store


def night(name: str, part: str, rng: np.random.Generator) -> FeatureNight:
    stages = np.repeat(np.arange(5), _N_EPOCHS // 5).astype(np.int8)
    features = rng.normal(0, 0.5, (_N_EPOCHS, 2, 128)).astype(np.float32)
    features[np.arange(_N_EPOCHS), :, stages] += 2
    return FeatureNight(name, name, part, features, stages, ((0, _N_EPOCHS),))


if __name__ == "__main__":
    main()
