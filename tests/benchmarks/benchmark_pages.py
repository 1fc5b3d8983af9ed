"""From the key press to the painted page, for 8, 20 and 40 channels, beside mne-qt-browser.

Run by hand: ``python tests/benchmarks/benchmark_pages.py [N_CHANNELS …]``. The recordings (8 h, all
channels at 256 Hz) are made in a temporary folder. Each program has a process of its own and a
window of 1600 × 900, for 40 channels 1600 × 1440, that the CPU paints off screen; the night is as
low as can be, so that all channels are seen. They take turns, so that whatever else the machine
does hinders both; CPU times tell what it was. The key turns the page by its whole length
(Right here, Shift+Right there) again and again without a pause: nothing can be read ahead.
mne-qt-browser reads each page from the file as well (``precompute=False``) and filters by itself
(``highpass``, ``lowpass``); it shows neither a night nor stages. It is no dependency:
``pip install mne-qt-browser`` to compare.

With 20 channels the pages are turned with 0 to 10 000 events, too, on one time base and on two;
mne-qt-browser has one alone.

Then what the night costs: its spectrogram, and the memory before and after turning all its pages.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import numpy as np
import scipy
from benchmark_recording import Signal, rss_mb, seconds
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.scoring import Scoring
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.signals.spectrogram import multitaper_spectrogram
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.night.document import OpenedFile
from sleepscorer.ui.shell.main_window import MainWindow

COUNTS = (8, 20, 40)
DURATION_S = 8 * 3600
SFREQ = 256
WIDTH_PX = 1600
HEIGHT_PX = {40: 1440}  # 900 for fewer
N_TURNS = 6
EVENT_COUNTS = (0, 1000, 5000, 10_000)
N_CHANNELS_WITH_EVENTS = 20
SLOW_PAGE_S = 300.0
PAGES_A_TURN = 50
AIM_MS = 16.0
EVENT_S = 12.0
EVENT_KINDS = (EventKind.HYPOPNEA, EventKind.AROUSAL, EventKind.LIMB_MOVEMENT)
MNE_FILTERS_HZ = (0.3, 35.0)
LABELS = (
    *("F3-M2", "F4-M1", "C3-M2", "C4-M1", "O1-M2", "O2-M1", "E1-M2", "E2-M2"),
    *("EMG Chin", "EMG RAT", "EMG LAT", "ECG", "Snore", "Flow"),
    *("Nasal Pressure", "Pleth", "Thorax", "Abdomen", "Position", "SpO2"),
    *(f"{site}-M2" for site in ("Fp1", "F7", "FC5", "FC1", "T7", "CP5", "CP1", "P3", "P7", "Fz")),
    *(f"{site}-M1" for site in ("Fp2", "F8", "FC6", "FC2", "T8", "CP6", "CP2", "P4", "P8", "Cz")),
)


def write_recording(path: Path, n_channels: int) -> None:
    """Write channels of noise with the spectrum and the amplitude of an EEG."""
    n_times = DURATION_S * SFREQ
    white = np.random.default_rng(1).standard_normal(n_times, np.float32)
    spectrum = scipy.fft.rfft(white)
    spectrum /= np.maximum(np.fft.rfftfreq(n_times, 1 / SFREQ), 0.3).astype(np.float32)
    noise = scipy.fft.irfft(spectrum, n_times)
    noise *= 30 / noise.std()
    signals = [
        Signal(label, "uV", SFREQ, np.roll(noise, 997 * index * SFREQ))
        for index, label in enumerate(LABELS[:n_channels])
    ]
    write_edf(path, signals, start=datetime(2026, 1, 1, 22, 30))


@dataclass(frozen=True, slots=True)
class Durations:
    """How long keys took in ms, each of shape (n_keys,).

    Attributes
    ----------
    wall_ms
        From the key to the painted page.
    cpu_ms
        What the thread of the window computed of it; the rest it waited for the machine.
    """

    wall_ms: np.ndarray
    cpu_ms: np.ndarray

    @staticmethod
    def joined(parts: list[Durations]) -> Durations:
        """All of some."""
        return Durations(
            np.concatenate([part.wall_ms for part in parts]),
            np.concatenate([part.cpu_ms for part in parts]),
        )

    def __str__(self) -> str:
        n_late = np.count_nonzero(self.wall_ms > AIM_MS)
        return (
            f"median {np.median(self.wall_ms):.1f} ms, worst {self.wall_ms.max():.1f}, "
            f"{n_late} of {self.wall_ms.size} over {AIM_MS:g} ms "
            f"(CPU: median {np.median(self.cpu_ms):.1f}, worst {self.cpu_ms.max():.1f})"
        )


class _Paintings(QObject):
    """Counts how often a widget is told to paint itself."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.n_times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.n_times += event.type() is QEvent.Type.Paint
        return False


class Pager:
    """A window in which a key turns pages.

    Parameters
    ----------
    window, traces
        What gets the key, and the part of it that is painted.
    start_s
        Tells where the page begins.
    modifiers
        Held with the arrow.
    """

    def __init__(
        self,
        window: QWidget,
        traces: QWidget,
        start_s: Callable[[], float],
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        self._window = window
        self._paintings = _Paintings(traces)
        self._start_s = start_s
        self._modifiers = modifiers

    def turn(
        self,
        n_pages: int = PAGES_A_TURN,
        key: Qt.Key = Qt.Key.Key_Right,
        before_key: Callable[[], None] = lambda: None,
    ) -> Durations:
        """Turn pages, each when the one before is painted."""
        self._window.activateWindow()
        while not self._window.isActiveWindow():
            QApplication.processEvents()
        durations_s = np.empty((n_pages, 2))
        for row in durations_s:
            before_key()
            row[:] = self._press(key)
        return Durations(*1e3 * durations_s.T)

    def _press(self, key: Qt.Key) -> tuple[float, float]:
        n_times, page_s = self._paintings.n_times, self._start_s()
        started_s, cpu_s = time.perf_counter(), time.thread_time()
        QTest.keyClick(self._window, key, self._modifiers)
        while self._paintings.n_times == n_times:
            QApplication.processEvents()
            assert time.perf_counter() - started_s < 30, "the page was not painted"
        durations_s = time.perf_counter() - started_s, time.thread_time() - cpu_s
        assert abs(self._start_s() - page_s) > EPOCH_S / 2, "the page was not turned"
        return durations_s


def size_px(n_channels: int) -> tuple[int, int]:
    return WIDTH_PX, HEIGHT_PX.get(n_channels, 900)


def settle(window: MainWindow) -> None:
    while not window.tasks.is_idle:
        QApplication.processEvents()
        time.sleep(0.005)


@contextmanager
def our_window(path: Path, n_channels: int) -> Iterator[MainWindow]:
    folder = path.parent
    settings = QSettings(str(folder / f"{path.stem}.ini"), QSettings.Format.IniFormat)
    window = MainWindow(PreferenceStore(settings), folder, folder / "journals")
    window.resize(*size_px(n_channels))
    window.show()
    window.show_file(OpenedFile(path))
    splitter = window.workspace.findChild(QSplitter)
    assert isinstance(splitter, QSplitter)
    splitter.setSizes([window.height(), 0])
    settle(window)
    yield window
    window.close()


def serve_mne_browser(
    path: Path, n_channels: int, filters: bool, n_events: int, connection: Connection
) -> None:
    """Turn pages in mne-qt-browser whenever that is asked for; runs in a process of its own."""
    os.environ["_MNE_FAKE_HOME_DIR"] = str(path.parent)  # where it keeps settings
    import mne

    application = QApplication([])  # before mne asks for a display
    application.setStyle("Fusion")
    mne.set_log_level("ERROR")
    mne.viz.set_browser_backend("qt")
    raw = mne.io.read_raw_edf(path, preload=False)
    raw.set_channel_types(dict.fromkeys(raw.ch_names, "eeg"))
    onsets_s, kinds = planted(n_events)
    raw.set_annotations(mne.Annotations(onsets_s, EVENT_S, [kind.label for kind in kinds]))
    highpass_hz, lowpass_hz = MNE_FILTERS_HZ if filters else (None, None)
    figure = raw.plot(
        duration=EPOCH_S,
        n_channels=n_channels,
        scalings={"eeg": 75e-6},
        highpass=highpass_hz,
        lowpass=lowpass_hz,
        precompute=False,
        theme="light",
        block=False,
    )
    figure.resize(*size_px(n_channels))
    QApplication.processEvents()
    pager = Pager(
        figure,
        figure.mne.view.viewport(),
        lambda: figure.mne.viewbox.viewRange()[0][0],
        Qt.KeyboardModifier.ShiftModifier,
    )
    while connection.recv():
        connection.send(pager.turn())


@contextmanager
def mne_browser(
    path: Path, n_channels: int, filters: bool, n_events: int
) -> Iterator[Callable[[], Durations]]:
    """Give a function that turns pages in mne-qt-browser."""
    context = get_context("spawn")
    connection, theirs = context.Pipe()
    process = context.Process(
        target=serve_mne_browser, args=(path, n_channels, filters, n_events, theirs)
    )
    process.start()

    def turn() -> Durations:
        connection.send(True)
        durations = connection.recv()
        assert isinstance(durations, Durations)
        return durations

    yield turn
    connection.send(False)
    process.join()


def our_pager(window: MainWindow) -> Pager:
    return Pager(window, window.traces.viewport(), lambda: window.viewport.page_s[0])


def compare_paging(
    window: MainWindow, path: Path, n_channels: int, filters: bool, n_events: int = 0
) -> None:
    window.actions_by_id["traces.filters"].setChecked(filters)
    window.viewport.go_to(0)
    label = f"{n_channels} channels, {'filtered' if filters else 'as stored'}"
    if n_events:
        label += f", {n_events} events"
    pager = our_pager(window)
    if importlib.util.find_spec("mne_qt_browser") is None:
        ours = Durations.joined([pager.turn() for _ in range(N_TURNS)])
        print(f"{label}: {ours}; mne-qt-browser is not installed", flush=True)
        return
    with mne_browser(path, n_channels, filters, n_events) as turn_theirs:
        turns = [(pager.turn(), turn_theirs()) for _ in range(N_TURNS)]
    ours, theirs = (Durations.joined(list(column)) for column in zip(*turns, strict=True))
    ratio, cpu_ratio = (
        np.median(theirs.wall_ms) / np.median(ours.wall_ms),
        np.median(theirs.cpu_ms) / np.median(ours.cpu_ms),
    )
    print(f"{label}: {ours}")
    print(f"{label}, mne-qt-browser: {theirs}")
    print(
        f"{label}: mne-qt-browser takes {ratio:.1f} times as long (CPU: {cpu_ratio:.1f})",
        flush=True,
    )


def planted(n_events: int) -> tuple[np.ndarray, list[EventKind]]:
    """Onsets of events all over the night, and their kinds in turn."""
    onsets_s = np.linspace(0.0, DURATION_S - EVENT_S, n_events)
    return onsets_s, [EVENT_KINDS[number % len(EVENT_KINDS)] for number in range(n_events)]


def compare_with_events(window: MainWindow, path: Path, n_channels: int) -> None:
    """Turn pages with more and more events, on one time base and on two."""
    document = window.document
    assert document is not None
    labels = [channel.label for channel in document.recording.channels]
    for n_events in EVENT_COUNTS:
        onsets_s, kinds = planted(n_events)
        events = [
            ScoredEvent(kind, float(onset_s), EVENT_S, labels[number % len(labels)])
            for number, (onset_s, kind) in enumerate(zip(onsets_s, kinds, strict=True))
        ]
        document.restore(Scoring(len(document.scoring), events=events))
        for slow_page_s in (0.0, SLOW_PAGE_S):
            window._prefer(slow_page_s=slow_page_s)
            settle(window)
            print("two time bases:" if slow_page_s else "one time base:")
            compare_paging(window, path, n_channels, True, n_events)
    window._prefer(slow_page_s=0.0)


def turn_after_looking(window: MainWindow, n_channels: int) -> None:
    """Turn pages as a technician does who looks at them: the next one is read meanwhile."""
    window.actions_by_id["traces.filters"].setChecked(True)

    def look() -> None:
        QTest.qWait(40)
        settle(window)

    durations = our_pager(window).turn(2 * PAGES_A_TURN, before_key=look)
    print(f"{n_channels} channels, filtered, after a look: {durations}", flush=True)


def watch_memory(window: MainWindow, n_channels: int) -> None:
    pager = our_pager(window)
    window.viewport.go_to(0)
    n_pages = window.viewport.n_epochs - 1
    before_mb = rss_mb()
    pager.turn(n_pages)
    forwards_mb = rss_mb()
    pager.turn(n_pages, Qt.Key.Key_Left)
    print(
        f"{n_channels} channels: memory {before_mb:.0f} MB, {forwards_mb:.0f} MB after all "
        f"{n_pages} pages, {rss_mb():.0f} MB after turning them back",
        flush=True,
    )


def time_spectrogram(path: Path) -> None:
    recording = open_recording(path)
    channel = recording.channels[0]

    def work() -> None:
        multitaper_spectrogram(recording.read(channel, 0.0, DURATION_S), channel.sfreq)

    durations_s = [seconds(work) for _ in range(5)]
    print(
        f"spectrogram of the night, read included: median {np.median(durations_s):.2f} s, "
        f"worst {max(durations_s):.2f} s"
    )
    recording.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("n_channels", nargs="*", type=int, default=COUNTS)
    counts = parser.parse_args().n_channels
    QApplication([]).setStyle("Fusion")
    with tempfile.TemporaryDirectory() as name:
        for n_channels in counts:
            path = Path(name) / f"night-{n_channels}.edf"
            write_recording(path, n_channels)
            with our_window(path, n_channels) as window:
                for filters in (True, False):
                    compare_paging(window, path, n_channels, filters)
                turn_after_looking(window, n_channels)
                if n_channels == N_CHANNELS_WITH_EVENTS:
                    compare_with_events(window, path, n_channels)
                watch_memory(window, n_channels)
        time_spectrogram(path)


if __name__ == "__main__":
    main()
