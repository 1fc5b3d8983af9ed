"""Staging a night from the command line against YASA, whole processes in turn.

Run by hand: ``python tests/benchmarks/benchmark_against_yasa.py [--hours H] [--rounds N]``; needs
the extra ``yasa``. Both read the same simulated night (one EEG, EOG and EMG derivation at 256 Hz),
stage it by its EEG alone and write a file: start-up, imports, filters and all. CPU times tell what
was computed where the machine does other things, too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulation import simulate_night

ROOT = Path(__file__).parents[2]
YASA = """
import sys, mne, yasa
raw = mne.io.read_raw_edf(sys.argv[1], preload=True, verbose="error")
eeg = raw.ch_names[0]
found = yasa.SleepStaging(raw, eeg_name=eeg)
open(sys.argv[2], "w").write("\\n".join(str(stage) for stage in found.predict()))
"""
_KIB = 1024


def measured(command: list[str]) -> tuple[float, float, float]:
    """Run a process to its end: wall and CPU seconds, peak MiB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    start_s = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}")
    wall_s = time.perf_counter() - start_s
    return wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss / _KIB


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        night = simulate_night(n_epochs=round(options.hours * 120))
        edf = Path(folder) / "night.edf"
        write_edf(edf, night.channels, start=datetime(2026, 1, 1, 22))
        print(f"{edf.stat().st_size / 1e6:.0f} MB,", *(channel.label for channel in night.channels))
        ours = [sys.executable, "-m", "sleepscorer", "score", "--channel", night.channels[0].label]
        ours += ["--overwrite", "--out", str(Path(folder) / "ours"), str(edf)]
        theirs = [sys.executable, "-c", YASA, str(edf), str(Path(folder) / "theirs.txt")]
        rounds = [(measured(ours), measured(theirs)) for _ in range(options.rounds)]
    for index, name in enumerate(("wall s", "CPU s", "peak MiB")):
        of_ours = [ours[index] for ours, _ in rounds]
        of_theirs = [theirs[index] for _, theirs in rounds]
        ratio = statistics.median(a / b for a, b in zip(of_ours, of_theirs, strict=True))
        print(
            f"{name}: {statistics.median(of_ours):.1f} (least {min(of_ours):.1f}), YASA "
            f"{statistics.median(of_theirs):.1f} (least {min(of_theirs):.1f}), ratio {ratio:.2f}"
        )


if __name__ == "__main__":
    main()
