"""What corrected nights give laboratories that differ from the training data, and what the gate
says of it.

Usage::

    python -m training train --data NIGHTS --out RUN --config training/configs/laboratory-start.toml
    python tests/benchmarks/simulate_laboratories.py NIGHTS START OUT [--nights 4 8] [--ways quick]
    python tests/benchmarks/simulate_laboratories.py --table OUT

NIGHTS holds the partial nights of Sleep-EDF, START is a version that has seen none of the subjects
in `FOLDS` and was validated on `REPLAYED`: that of RUN. Each fold tests some subjects on their
first nights; of the others, one says when to stop and four are corrected: k nights, a first one of
each subject before a second. Epochs are the 5-s pieces themselves, and a night is the 300 of them
in which the rarest stage has most. What is in OUT already is not measured again; `--table` pools
the folds.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import torch

from model import weights
from model.mc2sleepnet.architecture import NAME
from model.mc2sleepnet.inference import epoch_features
from model.mc2sleepnet.weights import network_of
from sleepscorer.domain.versions import Comparison
from sleepscorer.io.feature_set import FeatureNight, FeatureSet
from sleepscorer.loop import calibrating, comparison, listing
from sleepscorer.loop.comparison import StagedNight
from sleepscorer.models.calibration import calibrated
from training.corpora.partial_epochs import read_nights
from training.data.equipment import AS_RECORDED, Equipment
from training.data.mosaic import blind_epochs
from training.data.nights import Night
from training.data.splits import Split
from training.engine.start import read_start
from training.mc2sleepnet.config import changed, read_config
from training.mc2sleepnet.finetune import finetune
from training.mc2sleepnet.recipe import train

ROOT = Path(__file__).parents[2]
N_EPOCHS = 300
WAYS = ("calibration", "quick", "full")
LEARNT = ("02", "04", "06", "10", "12", "14")
REPLAYED = ("00", "08")
QUICK = changed(
    read_config(ROOT / "training" / "configs" / "quick.toml"),
    sequence={"steps": 60},
    selection={"patience": 3},
)


@dataclass(frozen=True, slots=True)
class Fold:
    """Subjects who are tested, who says when to stop, and who are corrected."""

    tested: tuple[str, ...]
    choosing: str
    corrected: tuple[str, ...]


FOLDS = (
    Fold(("01", "03", "05"), "13", ("07", "09", "11", "15")),
    Fold(("07", "09", "11"), "13", ("01", "03", "05", "15")),
    Fold(("13", "15"), "11", ("01", "03", "05", "07")),
)


def n1_called_late(stages: np.ndarray) -> np.ndarray:
    """The first half of every stretch of N1 is still called what was before it."""
    late = stages.copy()
    changes = np.flatnonzero(np.diff(stages)) + 1
    for start, stop in zip([0, *changes], [*changes, len(stages)], strict=True):
        if stages[start] == 1 and start > 0:
            late[start : start + (stop - start + 1) // 2] = late[start - 1]
    return late


def shuffled(stages: np.ndarray) -> np.ndarray:
    """What somebody signs off who did not look."""
    return np.random.default_rng(len(stages)).permutation(stages)


def same(stages: np.ndarray) -> np.ndarray:
    return stages


Habit = Callable[[np.ndarray], np.ndarray]
LABORATORIES: dict[str, tuple[Equipment, Habit]] = {
    "half the amplitude": (Equipment(gain=0.5), same),
    "inverted": (Equipment(gain=-1), same),
    "high-pass 1 Hz": (Equipment(high_pass_hz=1.0), same),
    "N1 called late": (AS_RECORDED, n1_called_late),
    "as in training": (AS_RECORDED, same),
    "shuffled stages": (AS_RECORDED, shuffled),
}


def main() -> None:
    options = _options()
    if options.table:
        for line in table(options.table):
            print(line)
        return
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.folder, options.start, options.out)
    for k in options.nights:
        for name in options.laboratories or LABORATORIES:
            for number, fold in enumerate(FOLDS):
                for way in options.ways:
                    path = options.out / f"{name}-{k}-{way}-{number}.npz"
                    if path.exists():
                        continue
                    bench.measure(name, fold, k, way, path)
                    print(path.name, *told(name, k, way, [path]), flush=True)


class Bench:
    """One start, and the nights of laboratories as it sees them."""

    def __init__(self, folder: Path, start: Path, out: Path) -> None:
        self._start, self._out = start, out
        self._staged_before: dict[tuple[str, str], StagedNight] = {}
        self._model = weights.load(start)
        self._nights = [cropped(night) for night in read_nights(folder)]
        seen = set(self._model.description.subjects)
        assert seen <= {*LEARNT, *REPLAYED}, f"START knows {seen}, of whom some are tested here"
        replayed = (*self.nights("as in training", *LEARNT)[::2],)
        tests = self.nights("as in training", *REPLAYED)
        self._tests = tests
        self._replay = FeatureSet(
            self._model.network.features_sha256,
            (
                *(self._kept("as in training", night, "train") for night in replayed),
                *(self._kept("as in training", night, "test") for night in tests),
            ),
        )

    def nights(self, name: str, *subjects: str) -> list[Night]:
        """First nights of subjects of a laboratory, then their second ones."""
        equipment, habit = LABORATORIES[name]
        found = [
            replace(night, equipment=equipment, stages=habit(night.stages))
            for night in self._nights
            if night.subject in subjects
        ]
        return sorted(found, key=lambda night: (night.name[-1], night.name))

    def measure(self, name: str, fold: Fold, k: int, way: str, path: Path) -> None:
        """Let one laboratory learn and write what both versions say."""
        corrected = self.nights(name, *fold.corrected)[:k]
        choosing = self.nights(name, fold.choosing)[:1]
        tested = self.nights(name, *fold.tested)[: len(fold.tested)]
        before = [self._staged(name, night) for night in tested]
        replay_before = [self._staged("as in training", night) for night in self._tests]
        begun_s = time.monotonic()
        if way == "calibration":
            fit = self._calibration(name, [*corrected, *choosing])
            after, replay_after = [fit(night) for night in before], [*map(fit, replay_before)]
        else:
            learn = self._quick if way == "quick" else self._full
            made = learn(name, corrected, choosing)
            after = [self._staged(name, night, made) for night in tested]
            replay_after = [self._staged("as in training", night, made) for night in self._tests]
        seconds = time.monotonic() - begun_s
        arrays = {"seconds": np.float64(seconds)}
        for kind, nights in (
            ("before", before),
            ("after", after),
            ("replay_before", replay_before),
            ("replay_after", replay_after),
        ):
            arrays[f"{kind}_subjects"] = np.array(
                [night.subject for night in nights for _ in night.truth]
            )
            arrays[f"{kind}_truth"] = np.concatenate([night.truth for night in nights])
            arrays[kind] = np.concatenate([night.probabilities for night in nights])
        np.savez(path, **arrays)

    def _kept(self, name: str, night: Night, part: str) -> FeatureNight:
        """A night's features, which are the same for all that comes of the start, kept in OUT."""
        equipment = LABORATORIES[name][0]
        path = (
            self._out / f"features-{equipment.gain:g}-{equipment.high_pass_hz:g}-{night.name}.npy"
        )
        if not path.exists():
            half_written = path.with_suffix(f".{os.getpid()}")
            with half_written.open("wb") as file:
                np.save(file, features_by(self._model, night))
            half_written.replace(path)  # another process may be after the same night
        return feature_night(night, part, np.load(path))

    def _staged(self, name: str, night: Night, model=None) -> StagedNight:
        place = None if model else (name, night.name)
        if place in self._staged_before:
            return self._staged_before[place]
        if model and model.network.features_sha256 != self._model.network.features_sha256:
            kept = feature_night(night, "test", features_by(model, night))
        else:
            kept = self._kept(name, night, "test")
        found = comparison._staged(model or self._model, kept, night.stages)
        if place:
            self._staged_before[place] = found
        return found

    def _calibration(self, name: str, learnt: list[Night]) -> Callable[[StagedNight], StagedNight]:
        nights = [self._staged(name, night) for night in learnt]
        logs = np.log(np.maximum(np.concatenate([one.probabilities for one in nights]), 1e-9))
        truth = np.concatenate([one.truth for one in nights])
        temperature, bias = calibrating._fitted(logs.astype(np.float64), truth)
        return lambda night: replace(
            night,
            probabilities=calibrated(night.probabilities.astype(np.float32), temperature, bias),
        )

    def _quick(self, name: str, corrected: list[Night], choosing: list[Night]):
        nights = FeatureSet(
            self._replay.features_sha256,
            (
                *(self._kept(name, night, "train") for night in corrected),
                *(self._kept(name, night, "validation") for night in choosing),
            ),
        )
        start = weights.load(self._start)
        config = replace(QUICK, name=start.name, version="lab", network=network_of(start).config)
        path = finetune(
            *(start, nights, self._replay, config, self._run_folder()),
            resume=False,
            report=lambda _: None,
        )
        return self._model if path is None else weights.load(path)

    def _full(self, name: str, corrected: list[Night], choosing: list[Night]):
        """With the configuration that the application writes, on these epochs of 5 s."""
        out = self._run_folder()
        out.mkdir()
        written = out / listing.CONFIG_NAME
        written.write_text(
            listing._CONFIG.format(name=name, version="lab", validation=f'"{choosing[0].subject}"')
        )
        config = changed(
            replace(read_config(written), network=network_of(self._model).config),
            epochs={"sequence_kinds": ("bare",), "blind_kinds": ("bare",)},
        )
        path = train(
            Split(tuple(corrected), tuple(choosing), ()),
            config,
            out,
            resume=False,
            report=lambda _: None,
            start=read_start(self._start, NAME),
        )
        return weights.load(path)

    def _run_folder(self) -> Path:
        return self._out / f"run-{os.getpid()}-{time.monotonic_ns()}"


def features_by(model: weights.LoadedModel, night: Night) -> np.ndarray:
    return epoch_features(network_of(model), blind_epochs(night, "bare")).cpu().numpy()


def feature_night(night: Night, part: str, features: np.ndarray) -> FeatureNight:
    runs = ((0, len(night.stages)),)
    return FeatureNight(night.name, night.subject, part, features, night.stages, runs)


def cropped(night: Night) -> Night:
    """The epochs of a night in which its rarest stage has most, without looking at a version."""
    starts = range(0, max(len(night.stages) - N_EPOCHS, 0) + 1, 25)

    def rarest(first: int) -> int:
        return int(np.bincount(night.stages[first : first + N_EPOCHS], minlength=5).min())

    first = max(starts, key=rarest)
    rows = slice(first, first + N_EPOCHS)
    return Night(night.name, night.subject, night.samples_uv[rows], night.stages[rows])


# What came out


def table(out: Path) -> Iterator[str]:
    """Rows of all that is in a folder, the folds of each pooled."""
    yield (
        "| laboratory | nights | way | tested | accuracy | gain | κ | F1 of N1 | elsewhere | "
        "verdict | minutes |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for name in LABORATORIES:
        for k in (1, 2, 4, 8):
            for way in WAYS:
                paths = sorted(out.glob(f"{name}-{k}-{way}-*.npz"))
                if paths:
                    yield "| " + " | ".join(told(name, k, way, paths)) + " |"


def told(name: str, k: int, way: str, paths: list[Path]) -> list[str]:
    """Cells of the row of some folds."""
    pools = {kind: [] for kind in ("before", "after", "replay_before", "replay_after")}
    seconds = []
    for path in paths:
        found = _loaded(path)
        seconds.append(float(found["seconds"]))
        for kind, pool in pools.items():
            subjects, truth = found[f"{kind}_subjects"], found[f"{kind}_truth"]
            for subject in np.unique(subjects):
                rows = subjects == subject
                pool.append(StagedNight(str(subject), found[kind][rows], truth[rows]))
    found = _compared(pools, "cross_entropy" if way == "calibration" else "accuracy")
    before, after = found.of_current, found.of_candidate
    return [
        *(name, str(k), way, str(found.n_subjects)),
        f"{100 * before.accuracy:.1f} → {100 * after.accuracy:.1f}",
        _points(found.accuracy_gain),
        f"{before.kappa:.2f} → {after.kappa:.2f}",
        f"{before.f1[1]:.2f} → {after.f1[1]:.2f}",
        _points(found.replay_gain),
        found.verdict.value,
        f"{np.mean(seconds) / 60:.1f}",
    ]


@cache
def _loaded(path: Path) -> dict[str, np.ndarray]:
    with np.load(path) as arrays:
        return dict(arrays)


def _compared(pools: dict[str, list[StagedNight]], aim: comparison.Aim) -> Comparison:
    replay = (pools["replay_before"], pools["replay_after"])
    return comparison.compared(pools["before"], pools["after"], replay, aim)


def _points(gain) -> str:
    return f"{100 * gain.value:+.1f} [{100 * gain.low:+.1f}, {100 * gain.high:+.1f}]"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--table", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("start", type=Path, nargs="?")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--nights", type=int, nargs="+", default=[4, 8, 1, 2])
    parser.add_argument("--laboratories", nargs="+", choices=LABORATORIES)
    parser.add_argument("--ways", nargs="+", default=WAYS, choices=WAYS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
