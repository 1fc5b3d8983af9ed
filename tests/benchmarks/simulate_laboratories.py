"""What corrected nights give laboratories that differ from the training data.

And what the gate says of it. Usage:
python tests/benchmarks/simulate_laboratories.py FOLDER OUT.json

FOLDER holds the partial nights of Sleep-EDF. They are not new to the bundled version: it was
trained on these subjects with their usual stages and amplitudes, so that the level is too good, and
what a laboratory's habit costs and what is gained back is what is looked at. Of ten subjects five
are held out, one says when to stop, and up to four are corrected. Epochs are made of 5-s pieces,
and a night is 500 of them. What is there in OUT.json already is not measured again.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from scipy.signal import butter, sosfiltfilt

from model import files, weights
from model.mc2sleepnet.inference import epoch_features
from model.mc2sleepnet.weights import network_of
from resources import WEIGHTS_FOLDER
from sleepscorer.domain.versions import Comparison
from sleepscorer.io.feature_set import FeatureNight, FeatureSet
from sleepscorer.loop import calibrating, comparison
from sleepscorer.loop.replay import replay_of
from sleepscorer.models.calibration import calibrated
from training.corpora.partial_epochs import read_nights
from training.data.mosaic import blind_epochs
from training.mc2sleepnet.config import changed, read_config
from training.mc2sleepnet.finetune import finetune

ROOT = Path(__file__).parents[2]
N_EPOCHS = 500
N_SUBJECTS = 10
KS = (4, 1, 2)
QUICK = read_config(ROOT / "training" / "configs" / "quick.toml")


def half_amplitude(epochs: np.ndarray) -> np.ndarray:
    return epochs * np.float32(0.5)


def high_passed(epochs: np.ndarray) -> np.ndarray:
    sos = butter(2, 1.5, "highpass", fs=100, output="sos")
    return sosfiltfilt(sos, epochs.reshape(-1)).astype(np.float32).reshape(epochs.shape)


def n1_called_late(stages: np.ndarray) -> np.ndarray:
    """The first half of every stretch of N1 is still called what was before it."""
    late = stages.copy()
    changes = np.flatnonzero(np.diff(stages)) + 1
    for start, stop in zip([0, *changes], [*changes, len(stages)], strict=True):
        if stages[start] == 1 and start > 0:
            late[start : start + (stop - start + 1) // 2] = late[start - 1]
    return late


def shuffled(stages: np.ndarray) -> np.ndarray:
    """What somebody hands in who did not look."""
    return np.random.default_rng(len(stages)).permutation(stages)


def same(values: np.ndarray) -> np.ndarray:
    return values


LABORATORIES = {
    "N1 called late": (same, n1_called_late),
    "half amplitude": (half_amplitude, same),
    "shuffled labels": (same, shuffled),
    "high-pass 1.5 Hz": (high_passed, same),
    "as in training": (same, same),
}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    torch.set_num_threads(1)
    bundled = files.newest(WEIGHTS_FOLDER)
    model = weights.load(bundled, "cpu")
    replay = replay_of(model.network.features_sha256)
    results = json.loads(out.read_text()) if out.exists() else {}
    nights = [
        night for night in first_nights(folder) if night.subject in model.description.subjects
    ]
    nights = nights[-N_SUBJECTS:]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for name, (signal, habit) in LABORATORIES.items():
            wanted = [k for k in KS if f"{name}, k={k}" not in results]
            own = encoded(model, nights, signal, habit) if wanted else []
            for k in wanted:
                tests, choosing, corrected = own[:5], own[5], own[6 : 6 + k]
                if habit is shuffled:  # nobody would sign that off to compare with
                    tests = [
                        replace(one, stages=night.stages[rows_of(night)])
                        for one, night in zip(tests, nights[:5], strict=True)
                    ]
                key = f"{name}, k={k}"
                results[key] = measured(bundled, replay, corrected, choosing, tests, work)
                out.write_text(json.dumps(results, indent=1, default=str))
                print(f"{key}: {line_of(results[key])}", flush=True)


def first_nights(folder: Path) -> list:
    """First night of each subject."""
    found = {}
    for night in sorted(read_nights(folder), key=lambda one: one.name):
        found.setdefault(night.subject, night)
    return list(found.values())


def rows_of(night) -> slice:
    first = max(0, (len(night.stages) - N_EPOCHS) // 2)
    return slice(first, first + N_EPOCHS)


def encoded(model, nights, signal, habit) -> list[FeatureNight]:
    made = []
    for night in nights:
        rows = rows_of(night)
        epochs = signal(blind_epochs(night, "pseudo")[rows])
        features = epoch_features(network_of(model), epochs).numpy()
        stages = habit(night.stages[rows])
        runs = ((0, len(stages)),)
        subject = f"{int(night.subject):08x}"
        made.append(FeatureNight(night.name, subject, "train", features, stages, runs))
    return made


def quick(model):
    architecture = network_of(model).config
    return changed(
        replace(QUICK, name=model.name, version="lab", network=architecture, checkpoint_every=1000),
        sequence={"steps": 90, "batch_size": 16},
        selection={"patience": 4, "validate_every": 15},
    )


def measured(start: Path, replay, corrected, choosing, tests, work: Path) -> dict:
    current = weights.load(start, "cpu")
    nights = FeatureSet(
        replay.features_sha256,
        (
            *(replace(night, part="train") for night in corrected),
            replace(choosing, part="validation"),
        ),
    )
    began = time.monotonic()
    path = finetune(
        weights.load(start, "cpu"),
        nights,
        replay,
        quick(current),
        work / f"run{time.monotonic_ns()}",
        resume=False,
        report=lambda _: None,
    )
    seconds = time.monotonic() - began
    candidate = weights.load(path, "cpu")
    held_out = [comparison._staged(current, night, night.stages) for night in tests]
    after = [comparison._staged(candidate, night, night.stages) for night in tests]
    replays = tuple(comparison._replayed(model, replay) for model in (current, candidate))
    found = {
        "quick": compared(held_out, after, replays, "accuracy"),
        "seconds": round(seconds, 1),
    }
    learnt = [comparison._staged(current, night, night.stages) for night in (*corrected, choosing)]
    logs = np.log(np.maximum(np.concatenate([n.probabilities for n in learnt]), 1e-9))
    temperature, bias = calibrating._fitted(
        logs.astype(np.float64), np.concatenate([n.truth for n in learnt])
    )
    sure = [
        replace(n, probabilities=calibrated(n.probabilities.astype(np.float32), temperature, bias))
        for n in held_out
    ]
    found["calibration"] = compared(held_out, sure, (None, None), "cross_entropy")
    found["calibration"]["fitted"] = [temperature, bias]
    return found


def compared(before, after, replays, aim) -> dict:
    return asdict(Comparison("", "", **comparison.compared(before, after, replays, aim)))


def line_of(found: dict) -> str:
    parts = []
    for way in ("quick", "calibration"):
        one = found[way]
        gain = one["accuracy_gain"]
        parts.append(
            f"{way} {one['of_current']['accuracy']:.3f} -> {one['of_candidate']['accuracy']:.3f} "
            f"[{gain['low']:+.3f} {gain['high']:+.3f}] N1 {one['of_current']['f1'][1]:.2f} -> "
            f"{one['of_candidate']['f1'][1]:.2f} ECE {one['of_current']['calibration_error']:.3f} "
            f"-> {one['of_candidate']['calibration_error']:.3f} {one['verdict'].value}"
        )
    return "; ".join(parts) + f"; {found['seconds']} s"


if __name__ == "__main__":
    main()
