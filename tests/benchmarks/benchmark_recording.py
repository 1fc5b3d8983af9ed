"""Opening and paging a night of 20 channels at mixed rates, ours beside MNE and a plain read.

Run by hand: ``python tests/benchmarks/benchmark_recording.py``. The recording (8 h, 13 channels at
256 Hz, 3 at 64 Hz, 3 at 32 Hz and 1 at 1 Hz) is made in a temporary folder. Figures of one run
are compared with each other only: machines differ.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import mne
import numpy as np
import psutil
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.night.document import OpenedFile
from sleepscorer.ui.shell.main_window import MainWindow

DURATION_S = 8 * 3600
N_OPENINGS = 5
N_PAGES = 200
EEG = ("F3", "F4", "C3", "C4", "O1", "O2")
CHANNELS = (
    *((f"{name}-M{1 + index % 2}", "uV", 256) for index, name in enumerate(EEG)),
    ("E1-M2", "uV", 256),
    ("E2-M2", "uV", 256),
    ("EMG Chin", "uV", 256),
    ("EMG RAT", "uV", 256),
    ("EMG LAT", "uV", 256),
    ("ECG", "uV", 256),
    ("Snore", "uV", 256),
    ("Flow", "", 64),
    ("Nasal Pressure", "", 64),
    ("Pleth", "", 64),
    ("Thorax", "", 32),
    ("Abdomen", "", 32),
    ("Position", "", 32),
    ("SpO2", "%", 1),
)


@dataclass(frozen=True, slots=True)
class Signal:
    label: str
    unit: str
    sfreq: float
    samples: np.ndarray
    physical_range: tuple[float, float] = (-500.0, 500.0)


def write_recording(path: Path) -> None:
    rng = np.random.default_rng(1)
    signals = []
    for label, unit, sfreq in CHANNELS:
        n_times = DURATION_S * sfreq
        wave = 40 * np.sin(2 * np.pi * 1.1 / sfreq * np.arange(n_times, dtype=np.float32))
        noise = rng.standard_normal(n_times, np.float32) * 10
        signals.append(Signal(label, unit, sfreq, (wave + noise).astype(np.float32)))
    write_edf(path, signals, start=datetime(2026, 1, 1, 22, 30))


def seconds(work: Callable[[], object]) -> float:
    started_s = time.perf_counter()
    work()
    return time.perf_counter() - started_s


def rss_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def compare_opening(path: Path) -> None:
    def with_mne() -> None:
        mne.io.read_raw_edf(path, preload=False, verbose="ERROR")

    def ours() -> None:
        open_recording(path).close()

    pairs = [(seconds(ours), seconds(with_mne)) for _ in range(N_OPENINGS)]
    ours_s, mne_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"open: ours {ours_s * 1e3:.2f} ms, mne.io.read_raw_edf(preload=False) {mne_s * 1e3:.0f} ms"
    )
    print(f"open: MNE takes {mne_s / ours_s:.0f} times as long")


def compare_reading(path: Path) -> None:
    recording = open_recording(path)
    raw = path.open("rb")
    rng = np.random.default_rng(2)
    starts_s = rng.integers(0, DURATION_S - 60, N_PAGES)
    n_bytes = path.stat().st_size * 30 // DURATION_S

    def ours(start_s: float) -> None:
        for channel in recording.channels:
            recording.read(channel, start_s, start_s + 30)

    def plain(start_s: float) -> None:
        raw.seek(int(start_s) * n_bytes // 30)
        raw.read(n_bytes)

    ours_s = statistics.median(seconds(lambda: ours(start_s)) for start_s in starts_s)  # noqa: B023
    plain_s = statistics.median(seconds(lambda: plain(start_s)) for start_s in starts_s)  # noqa: B023
    print(
        f"read a 30-s page of all channels in physical units: {ours_s * 1e3:.2f} ms, "
        f"{ours_s / plain_s:.0f} times a plain read of its bytes ({plain_s * 1e3:.2f} ms)"
    )
    raw.close()
    recording.close()


def time_pages(path: Path, folder: Path) -> None:
    application = QApplication.instance() or QApplication([])
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(PreferenceStore(settings), folder, folder)
    window.resize(1600, 900)
    window.show()
    application.processEvents()
    before_mb = rss_mb()
    started_s = time.perf_counter()
    window.show_file(OpenedFile(path))
    application.processEvents()
    first_page_s = time.perf_counter() - started_s
    while not window.tasks.is_idle:
        application.processEvents()
        time.sleep(0.01)
    print(f"first page on the screen after {first_page_s * 1e3:.0f} ms")
    print(f"memory: {before_mb:.0f} MB before, {rss_mb():.0f} MB with spectrogram and network")
    for filters in (True, False):
        window.actions_by_id["traces.filters"].setChecked(filters)
        durations_s = []
        for epoch in range(100, 100 + N_PAGES):

            def turn(epoch: int = epoch) -> None:
                window.viewport.go_to(epoch)
                application.processEvents()  # paints traces and night

            durations_s.append(seconds(turn))
        label = "with AASM filters" if filters else "as stored"
        print(
            f"turn a page of {len(CHANNELS)} channels {label}, draw included: median "
            f"{statistics.median(durations_s) * 1e3:.1f} ms, worst {max(durations_s) * 1e3:.1f} ms"
        )
    print(f"memory after {2 * N_PAGES} pages: {rss_mb():.0f} MB")
    window.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "night.edf"
        write_recording(path)
        print(f"recording: {path.stat().st_size / 2**20:.0f} MiB, {len(CHANNELS)} channels")
        compare_opening(path)
        compare_reading(path)
        time_pages(path, folder)


if __name__ == "__main__":
    main()
