"""What quick fine-tuning on ten corrected nights takes, and what kept features save; run by hand.

Usage: ``python tests/benchmarks/benchmark_learning.py [--epochs N] [--steps N]``. A simulated night
is kept as the application keeps it; then its features are read, and made anew from the recording,
in one run. The training is the application's, in a process of its own, on ten nights of those
features (eight learnt from, two that say when to stop) and the replay set, with patience for all
steps. Times are of the processor, which other work on the machine lengthens less than the clock's.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch

from model import files
from resources import WEIGHTS_FOLDER
from sleepscorer.autoscoring import load_model
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.feature_set import FeatureNight, FeatureSet, write_feature_set
from sleepscorer.io.recordings import open_recording
from sleepscorer.loop.collection import Library, collect, features_network
from sleepscorer.loop.comparison import kept_features
from sleepscorer.loop.replay import replay_path
from sleepscorer.network_input import preferred_derivation
from sleepscorer.signals.simulation import simulate_night

ROOT = Path(__file__).parents[2]
N_NIGHTS = 10
N_READINGS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--epochs", type=int, default=960, help="of each night")
    parser.add_argument("--steps", type=int, default=200, help="of the training")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        night = kept_against_made_anew(folder, options.epochs)
        fine_tuning(folder, night, options.steps)


def kept_against_made_anew(folder: Path, n_epochs: int) -> FeatureNight:
    """Print what a night's features cost, and return them with the night's stages."""
    model = load_model()
    simulated = simulate_night(1, n_epochs)
    path = folder / "night.edf"
    write_edf(path, simulated.channels, start=datetime(2026, 1, 1, 22), patient_code="C1")
    scores = [EpochScore(Stage(int(stage)), Person("Ana")) for stage in simulated.stages]
    scoring = Scoring(len(scores), scores=scores, sign_off=SignOff("Ana", datetime.now(UTC)))
    library = Library(folder / "library")
    with closing(open_recording(path)) as recording:
        derivation = preferred_derivation(recording, model.network.spec)
        night = collect(library, recording, scoring, model, derivation)
    kept_s = statistics.median(
        cpu_s(lambda: kept_features(library, night, model)) for _ in range(N_READINGS)
    )
    (kept,) = (folder / "library" / "features").glob("*.h5")
    kept.unlink()
    made_s = cpu_s(lambda: kept_features(library, night, model))
    print(
        f"{n_epochs} epochs: made anew {made_s:.2f} s, kept {1000 * kept_s:.1f} ms, "
        f"{made_s / kept_s:.0f} times as much",
        flush=True,
    )
    features = kept_features(library, night, model)
    return replace(features, stages=np.array(simulated.stages, np.int8))


def fine_tuning(folder: Path, night: FeatureNight, n_steps: int) -> None:
    """Print minutes and memory of the application's training on ten such nights."""
    model = load_model()
    sha256 = features_network(model).features_sha256
    nights = tuple(
        replace(
            night,
            name=str(number),
            subject=f"{number:032x}",
            part="validation" if number < 2 else "train",
        )
        for number in range(N_NIGHTS)
    )
    write_feature_set(folder / "features.h5", FeatureSet(sha256, nights))
    config = (ROOT / "training" / "configs" / "quick.toml").read_text("utf-8")
    config = config.replace("steps = 200", f"steps = {n_steps}").replace(
        "patience = 8", "patience = 0"
    )
    (folder / "quick.toml").write_text(config, "utf-8")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "training", "finetune", str(folder / "features.h5")),
            *("--start", str(files.newest(WEIGHTS_FOLDER)), "--version", "lab"),
            *("--replay", str(replay_path(sha256)), "--config", str(folder / "quick.toml")),
            *("--out", str(folder / "out")),
        ],
        stdout=subprocess.DEVNULL,
    )
    begun_s = time.monotonic()
    _, status, usage = os.wait4(process.pid, 0)
    minutes = (time.monotonic() - begun_s) / 60
    assert status == 0, "the training failed"
    print(
        f"{N_NIGHTS} nights of {len(night.stages)} epochs, {n_steps} steps: "
        f"{(usage.ru_utime + usage.ru_stime) / 60:.1f} min of the processor, {minutes:.1f} of the "
        f"clock, {usage.ru_maxrss / 2**20:.2f} GiB at most"
    )


def cpu_s(work: Callable[[], object]) -> float:
    """Seconds of the processor that something takes."""
    begun_s = time.process_time()
    work()
    return time.process_time() - begun_s


if __name__ == "__main__":
    main()
