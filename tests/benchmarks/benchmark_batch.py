"""An archive staged by one process, by several and on a local Dask cluster, in one run.

Run by hand: ``python tests/benchmarks/benchmark_batch.py [--n N] [--hours H] [--workers N]``; needs
the extra ``cluster``. Whole commands in turn: start-up, imports and the manifest are part of each,
the start of the cluster is not. One process has as many threads as ``OMP_NUM_THREADS`` allows.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulation import simulate_night

ROOT = Path(__file__).parents[2]
EPOCHS_AN_HOUR = 120


def write_archive(archive: Path, n: int, hours: float) -> None:
    """Write copies of one simulated night; a batch takes each for a recording of its own."""
    night = simulate_night(n_epochs=round(hours * EPOCHS_AN_HOUR))
    archive.mkdir()
    first = archive / "night 0.edf"
    write_edf(first, night.channels, start=datetime(2026, 1, 1, 22))
    for number in range(1, n):
        shutil.copyfile(first, archive / f"night {number}.edf")


def seconds_of(archive: Path, out: Path, *options: str) -> float:
    """Stage an archive; give the wall time."""
    command = [sys.executable, "-m", "sleepscorer", "score", str(archive), "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    begun_s = time.perf_counter()
    ended = subprocess.run(
        [*command, "--json", *options], env=environment, capture_output=True, text=True, check=False
    )
    taken_s = time.perf_counter() - begun_s
    outcomes = [json.loads(line)["outcome"] for line in ended.stdout.splitlines()]
    if ended.returncode or set(outcomes) != {"staged"}:
        sys.exit(f"{options} ended with {ended.returncode}:\n{ended.stderr}")
    return taken_s


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--hours", type=float, default=8)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    n_workers = options.workers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive"
        write_archive(archive, options.n, options.hours)
        one_s = seconds_of(archive, folder / "one")
        taken = {
            f"{n_workers} workers": seconds_of(
                archive, folder / "several", "--workers", str(n_workers)
            )
        }
        from distributed import LocalCluster

        with LocalCluster(
            n_workers=n_workers,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=str(folder / "dask"),
        ) as cluster:
            address = cluster.scheduler_address
            taken[f"cluster of {n_workers}"] = seconds_of(
                archive, folder / "cluster", "--cluster", address
            )
        load = os.getloadavg()[0]
        print(f"{options.n} nights of {options.hours:g} h, {os.cpu_count()} cores, load {load:.1f}")
        print(f"one process: {one_s:.1f} s, {one_s / options.n:.1f} s a night")
        for who, taken_s in taken.items():
            print(f"{who}: {taken_s:.1f} s, {one_s / taken_s:.2f} times as fast")


if __name__ == "__main__":
    main()
