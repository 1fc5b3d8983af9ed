"""Memory and time of long and wide recordings, of two states of the program in one run.

Run by hand: ``python tests/benchmarks/benchmark_cost.py [HOURSxCHANNELS …] [--before FOLDER]``. The
recordings (200 Hz, an hour of noise again and again) are made in a temporary folder. Each is staged
by ``sleepscorer score`` and opened in a window that is painted off screen, in a process of its own:
until the first page is there, until all that is worked out behind it has ended, while pages are
turned, and until the night is staged; what the window holds then is told, too. With a folder of
another state of the program, each step is done by that state and by this one in turn. CPU times
tell what was computed where the machine does other things, too; the window's are those of its own
thread, which is what somebody waits for.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

ROOT = Path(__file__).parents[2]
SIZES = ("8x20", "8x256", "72x20")
SFREQ = 200
HOUR_S = 3600
N_PAGES = 100
LABELS = ("F3-M2", "F4-M1", "C3-M2", "C4-M1", "O1-M2", "O2-M1", "E1-M2", "E2-M2", "EMG Chin")
_COUNT_BYTES = slice(236, 244)  # of the data records, in the header
_HEADER_BYTES = slice(184, 192)


class Channel:
    """What `write_edf` writes."""

    def __init__(self, label: str, samples: np.ndarray) -> None:
        self.label, self.unit, self.sfreq, self.samples = label, "uV", float(SFREQ), samples
        self.physical_range = (-500.0, 500.0)


def write_recording(path: Path, hours: int, n_channels: int) -> None:
    """Write an hour of noise with the amplitude of an EEG, and repeat its records."""
    from sleepscorer.io.edf_writing import write_edf

    noise = np.random.default_rng(1).normal(0, 20, HOUR_S * SFREQ).cumsum()
    noise -= np.convolve(noise, np.full(SFREQ, 1 / SFREQ), "same")
    samples = (30 * noise / noise.std()).clip(-490, 490).astype(np.float32)
    labels = [*LABELS, *(f"Sensor {n}" for n in range(len(LABELS), n_channels))]
    hour = path.with_name("hour.edf")
    write_edf(hour, [Channel(label, samples) for label in labels], start=datetime(2026, 1, 1, 22))
    content = hour.read_bytes()
    hour.unlink()
    n_bytes, n_records = int(content[_HEADER_BYTES]), int(content[_COUNT_BYTES])
    header = bytearray(content[:n_bytes])
    header[_COUNT_BYTES] = f"{hours * n_records:<8d}".encode()
    with path.open("wb") as file:
        file.write(header)
        for _ in range(hours):
            file.write(memoryview(content)[n_bytes:])


def peak_mb() -> float:
    # Not of getrusage: that goes on from what the process that began this one held.
    return _status_mb("VmHWM")


def held_mb() -> float:
    return _status_mb("VmRSS")


def _status_mb(entry: str) -> float:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status[entry].split()[0]) / 1024


def cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# In the process that is measured


def of_either(name: str, *modules: str) -> Any:
    """A class where it is now, or where it was in an earlier state of the program."""
    for module in modules:
        try:
            return getattr(importlib.import_module(f"sleepscorer.ui.{module}"), name)
        except ImportError:
            continue
    raise ImportError(name)


def measure_window(path: Path, longest_s: float) -> None:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    main_window = of_either("MainWindow", "shell.main_window", "main_window")
    opened_file = of_either("OpenedFile", "night.document", "document")
    store = of_either("PreferenceStore", "base.preferences", "preferences")
    application = QApplication([])
    folder = path.parent / "window"
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = main_window(store(settings), folder, folder / "journals")
    window.resize(1600, 900)
    window.show()
    application.processEvents()
    begun_s, begun_cpu_s = time.perf_counter(), time.thread_time()
    window.show_file(opened_file(path))
    application.processEvents()
    opening_s = time.perf_counter() - begun_s
    opening_cpu_s = time.thread_time() - begun_cpu_s
    opening_mb, settled_cpu_s, busiest_s = peak_mb(), cpu_s(), 0.0

    def settle() -> None:
        nonlocal busiest_s
        while not window.tasks.is_idle and time.perf_counter() - begun_s < longest_s:
            turn_s = time.thread_time()
            application.processEvents()
            busiest_s = max(busiest_s, time.thread_time() - turn_s)
            time.sleep(0.01)

    settle()
    print(
        f"first page after {opening_s:.2f} s ({opening_cpu_s:.2f} s CPU), {opening_mb:.0f} MB; "
        f"behind it {cpu_s() - settled_cpu_s:.0f} s CPU, "
        f"{'ended' if window.tasks.is_idle else 'not waited for'}, window busy for "
        f"{busiest_s:.2f} s CPU at most; peak {peak_mb():.0f} MB"
    )
    durations_ms = np.empty((N_PAGES, 2))
    for row, epoch in zip(durations_ms, range(100, 100 + N_PAGES), strict=True):
        turn_s, turn_cpu_s = time.perf_counter(), time.thread_time()
        window.viewport.go_to(epoch)
        application.processEvents()
        row[:] = 1e3 * (time.perf_counter() - turn_s), 1e3 * (time.thread_time() - turn_cpu_s)
    wall_ms, cpu_ms = np.median(durations_ms, axis=0)
    print(
        f"page turned in {wall_ms:.1f} ms ({cpu_ms:.1f} ms CPU, worst "
        f"{durations_ms[:, 1].max():.1f}); peak {peak_mb():.0f} MB"
    )
    window.actions_by_id["scoring.auto"].trigger()
    settle()
    print(f"staged, holds {held_mb():.0f} MB; peak {peak_mb():.0f} MB")
    window.document.undo_stack.setClean()  # nobody is there to be asked
    window.close()


def measure_score(path: Path, _longest_s: float) -> None:
    from sleepscorer.__main__ import main as command

    begun_s, begun_cpu_s = time.perf_counter(), cpu_s()
    status = command(["score", str(path), "--out", str(path.parent / "out"), "--overwrite"])
    wall_s, used_s = time.perf_counter() - begun_s, cpu_s() - begun_cpu_s
    print(f"status {status}, {wall_s:.0f} s ({used_s:.0f} s CPU); peak {peak_mb():.0f} MB")


MEASURES = {"score": measure_score, "window": measure_window}


# In the process that compares


def measured(what: str, path: Path, root: Path, longest_s: float) -> str:
    """Measure in a process that takes the program from a folder; what it says on one line."""
    environment = os.environ | {"PYTHONPATH": str(root)}
    command = [sys.executable, __file__, "--measure", what, "--wait", str(longest_s), str(path)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    for folder in ("window", "out"):
        shutil.rmtree(path.parent / folder, ignore_errors=True)
    return " | ".join(ended.stdout.split("\n")[:-1]) or ended.stderr[-300:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=SIZES)
    parser.add_argument("--before", type=Path, help="root of another state of the program")
    parser.add_argument("--only", choices=MEASURES, help="do not do the other one")
    parser.add_argument("--wait", type=float, default=3600.0, help="seconds for what is behind")
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure is not None:
        MEASURES[options.measure](Path(options.sizes[0]), options.wait)
        return
    roots = {"now": ROOT} if options.before is None else {"before": options.before, "now": ROOT}
    for size in options.sizes:
        hours, n_channels = map(int, size.split("x"))
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "night.edf"
            write_recording(path, hours, n_channels)
            print(f"{hours} h, {n_channels} channels, {path.stat().st_size / 2**20:.0f} MiB")
            for what in MEASURES if options.only is None else (options.only,):
                for when, root in roots.items():
                    print(
                        f"  {what}, {when}: {measured(what, path, root, options.wait)}", flush=True
                    )


if __name__ == "__main__":
    main()
