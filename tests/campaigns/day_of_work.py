"""A day of work in one window: nights opened, staged, corrected, saved and closed in turn.

Run by hand: ``python tests/campaigns/day_of_work.py [--n N]``. What the process holds is counted
once it has settled, after a tenth of the nights, and again at the end: memory, threads, processes,
open files, temporary files, objects of Qt below the window, and objects of Python by their type.
Nothing of it may grow with the nights, and of a night that was closed nothing may be left.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from weakref import WeakSet

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.session import SUFFIX, read_session
from sleepscorer.signals.simulation import simulate_night
from sleepscorer.ui.base.memory import collecting_here, give_back
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.shell.main_window import MainWindow

N_NIGHTS, N_EPOCHS = 100, 80
N_KINDS = 4
"""Nights that differ; the others are copies under names of their own."""

MOST_MIB = 60.0
"""So much more memory may be held at the end: what the heap has between its pieces."""

_N_TYPES = 12
_N_RECENT = 10
_LONGEST_S = 120.0


@dataclass(frozen=True)
class Held:
    """What the process holds."""

    mib: float
    n_threads: int
    n_processes: int
    n_files: int
    n_temporary: int
    qt: Counter[str]
    nights: dict[str, int]
    types: Counter[str]


seen: dict[str, WeakSet[object]] = {
    "recordings": WeakSet(),
    "documents": WeakSet(),
    "nights": WeakSet(),
}
"""What belongs to nights and is still there; Python's collector does not tell of what is frozen."""


class Answers(Dialogs):
    """Takes what is proposed."""

    def file_to_write(self, *question: object) -> Path:
        return next(one for one in question if isinstance(one, Path))

    def show_page(self, *_page: object) -> None:
        """Statistics are made and looked at by nobody."""


def held(window: MainWindow, temporary: Path) -> Held:
    """Count it, once all that was let go of is gone."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
    give_back()
    types = Counter(type(one).__qualname__ for one in gc.get_objects())
    # It makes objects of Python.
    qt = Counter(one.metaObject().className() for one in window.findChildren(QObject))
    process = Path("/proc/self")
    pages = int((process / "statm").read_text().split()[1])
    tasks = list((process / "task").iterdir())
    return Held(
        mib=pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
        n_threads=len(tasks),
        n_processes=sum(len((one / "children").read_text().split()) for one in tasks),
        n_files=len(list((process / "fd").iterdir())),
        n_temporary=sum(1 for _ in temporary.rglob("*")),
        qt=qt,
        nights={name: len(alive) for name, alive in seen.items()},
        types=types,
    )


def wait_for(holds: Callable[[], bool]) -> None:
    """Let the window live until something holds."""
    end_s = time.monotonic() + _LONGEST_S
    while not holds():
        if time.monotonic() > end_s:
            sys.exit("the window hangs")
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.002)


def work_on(window: MainWindow, path: Path) -> None:
    """Open a night in place of the last one, stage, correct, look at and save it."""
    window.open_file(path)
    wait_for(lambda: window.windowTitle().startswith(path.stem) and window.tasks.is_idle)
    document = window.document
    assert document is not None
    assert document.recording.path == path
    for alive, one in zip(
        seen.values(), (document.recording, document, window.open_night), strict=True
    ):
        alive.add(one)
    window.actions_by_id["scoring.auto"].trigger()
    wait_for(lambda: document.scoring.hypnodensity is not None and window.tasks.is_idle)
    window.activateWindow()
    wait_for(window.isActiveWindow)
    for key in "w123r":
        QTest.keyClick(window, key)
    window.actions_by_id["edit.undo"].trigger()
    for action in ("view.page_longer", "view.forward", "view.page_shorter", "review.next"):
        window.actions_by_id[action].trigger()
    window.actions_by_id["events.propose"].trigger()
    wait_for(lambda: window.tasks.is_idle)
    window.actions_by_id["file.statistics"].trigger()
    wait_for(lambda: window.tasks.is_idle)
    window.actions_by_id["file.report.pdf"].trigger()
    wait_for(lambda: window.tasks.is_idle)
    assert window.files.save()
    saved = read_session(path.with_suffix(SUFFIX)).scored.scoring
    stages = [one.stage for one in saved.scores[:4]]
    assert stages == [Stage.W, Stage.N1, Stage.N2, Stage.N3], stages


def differences(settled: Held, end: Held, most_mib: float) -> list[str]:
    """What grew that should not have."""
    grown = [
        f"{name}: {before} → {after}"
        for name, before, after in (
            ("threads", settled.n_threads, end.n_threads),
            ("processes", settled.n_processes, end.n_processes),
            ("open files", settled.n_files, end.n_files),
            ("temporary files", settled.n_temporary, end.n_temporary),
            ("objects of Qt", settled.qt.total(), end.qt.total()),
        )
        if after > before
    ]
    grown += [f"{name}: {n} are there" for name, n in end.nights.items() if n > 1]
    if end.mib - settled.mib > most_mib:
        grown.append(f"memory: {settled.mib:.0f} → {end.mib:.0f} MiB")
    return grown


def main() -> None:
    """Work, count and print; exit with 1 where something grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=N_NIGHTS)
    parser.add_argument("--epochs", type=int, default=N_EPOCHS)
    parser.add_argument("--most-mib", type=float, default=MOST_MIB, help="more at the end")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="day-"))
    temporary = folder / "tmp"
    temporary.mkdir()
    os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
    kinds = []
    for seed in range(N_KINDS):
        path = folder / f"kind-{seed}.edf"
        night = simulate_night(seed=seed, n_epochs=options.epochs)
        write_edf(path, night.channels, start=datetime(2026, 3, 1 + seed, 22))
        kinds.append(path)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    store = PreferenceStore(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    # As many as are listed, so that the menu has its length from the start.
    recent = tuple(str(folder / f"former-{number}.edf") for number in range(_N_RECENT))
    store.save(Preferences(scorer="Ana", toured=True, recent_files=recent))
    with collecting_here():
        window = MainWindow(store, folder / "cache", folder / "journals", Answers())
        window.resize(1440, 900)
        window.show()
        settled, n_settled = None, max(options.n // 10, 2)
        begun_s = time.perf_counter()
        for number in range(1, options.n + 1):
            path = folder / f"night-{number:03d}.edf"
            shutil.copyfile(kinds[number % N_KINDS], path)
            work_on(window, path)
            if number == n_settled:
                settled = held(window, temporary)
                print(f"after {number} nights: {described(settled)}", flush=True)
        end = held(window, temporary)
        took_s = time.perf_counter() - begun_s
        print(f"after {options.n} nights: {described(end)}; {took_s / options.n:.1f} s a night")
        assert settled is not None
        growth = end.types - settled.types
        print("objects of Python that grew most:", *growth.most_common(_N_TYPES), sep="\n  ")
        print("of Qt:", *(end.qt - settled.qt).items(), sep="\n  ")
        grown = differences(settled, end, options.most_mib)
        window.close()
        wait_for(lambda: window.tasks.is_idle)
    shutil.rmtree(folder)
    for line in grown:
        print(f"GREW {line}")
    sys.exit(bool(grown))


def described(one: Held) -> str:
    """What is held, in a line."""
    nights = ", ".join(f"{n} {name}" for name, n in one.nights.items())
    return (
        f"{one.mib:.0f} MiB, {one.n_threads} threads, {one.n_processes} processes, {one.n_files} "
        f"files, {one.n_temporary} temporary, {one.qt.total()} objects of Qt, {nights}, "
        f"{one.types.total()} of Python"
    )


if __name__ == "__main__":
    main()
