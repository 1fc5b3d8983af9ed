"""Kill the application at a random moment while keys are pressed, a hundred times.

Run by hand: ``python tests/campaigns/kill_while_editing.py [--n N]``. Each time the program is
started as it always is, on a session of its own, off screen and with its own folders. Keys arrive
in its window one after the other as fast as they are handled: stages, ranges of epochs, undo and
redo, artefacts, comments, saving. After each key that was handled a fingerprint of the scoring is
written to a pipe; then the process gets a SIGKILL.

What is recovered has to be the scoring after the last key that was handled, or that and the one
change of the key that was under way. The window is then opened again, restores the work and saves
it. The recording has to be as it was and the session readable.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import sleepscorer.ui.shell.application as application
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.journal_folder import unfinished_work
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.session import Session, read_session, write_session
from sleepscorer.signals.simulation import simulate_night
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.night.document import OpenedFile
from sleepscorer.ui.night.journals import Journals
from sleepscorer.ui.night.network import Network
from sleepscorer.ui.shell.main_window import MainWindow

N_KILLS = 100
N_EPOCHS = 60
MOST_KEYS = 100
LONGEST_WAIT_S = 0.2
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PLAIN = Qt.KeyboardModifier.NoModifier

Key = tuple[str | Qt.Key, Qt.KeyboardModifier]


def fingerprint(scoring: Scoring) -> str:
    state = (scoring.scores, sorted(scoring.remarks.items()), scoring.lights, scoring.events)
    return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


def keys(seed: int) -> Iterator[Key]:
    """Keys of a technician in a hurry."""
    rng = random.Random(seed)
    range_keys: list[Key] = [(Qt.Key.Key_Right, _SHIFT)] * 3
    others: list[list[Key]] = [
        [*range_keys, ("2", _PLAIN)],
        [("z", _CONTROL)],
        [("z", _CONTROL), ("y", _CONTROL)],
        [("x", _PLAIN)],
        [("c", _PLAIN), *((letter, _PLAIN) for letter in "pat"), (Qt.Key.Key_Return, _PLAIN)],
        [(Qt.Key.Key_Home, _PLAIN)],
        [("l", _PLAIN)],
        [("s", _CONTROL)],
    ]
    while True:
        if rng.random() < 0.75:
            yield rng.choice("w123r"), _PLAIN
        else:
            yield from rng.choice(others)


# In the process that is killed


class TypedInWindow(MainWindow):
    """The window, with keys that begin once a file is shown."""

    keys: Iterator[Key]

    def show_file(self, opened: OpenedFile) -> None:
        super().show_file(opened)
        self.activateWindow()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._press)
        self._timer.start(0)

    def _press(self) -> None:
        if not self.isActiveWindow():
            return
        key, modifiers = next(self.keys)
        QTest.keyClick(QApplication.focusWidget() or self, key, modifiers)
        assert self.document is not None
        os.write(1, f"{fingerprint(self.document.scoring)}\n".encode())


def type_until_killed(session_path: Path, seed: int) -> None:
    settings = QSettings("SleepScorer", "SleepScorer")  # as the application finds them
    PreferenceStore(settings).save(Preferences(scorer="Ana"))  # nobody is there to be asked
    settings.sync()
    TypedInWindow.keys = keys(seed)
    application.MainWindow = TypedInWindow
    application.run(session_path)


# In the process that kills


def killed_while_typing(session_path: Path, folder: Path, seed: int) -> list[str]:
    """Start the program, kill it, and return the fingerprints of the keys that were handled."""
    rng = random.Random(seed)
    homes = {f"XDG_{name}_HOME": str(folder / name) for name in ("DATA", "CACHE", "CONFIG")}
    command = [sys.executable, __file__, "--type-into", str(session_path), "--seed", str(seed)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | homes
    ) as process:
        assert process.stdout is not None
        # Some keys, so that there is something to lose, and then any moment of the next ones.
        lines = [process.stdout.readline() for _ in range(rng.randint(1, MOST_KEYS))]
        time.sleep(rng.uniform(0, LONGEST_WAIT_S))
        assert process.poll() is None, "the program ended by itself"
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
    # Only whole lines: one may be cut off.
    return [line.decode().strip() for line in lines if line.endswith(b"\n")]


def recovered(journal_folder: Path, session_path: Path) -> Scoring:
    """What the journal and the session give together."""
    work = next(iter(unfinished_work(journal_folder)), None)
    return read_session(session_path).scored.scoring if work is None else work.scoring


def without_last_change(journal_folder: Path, folder: Path) -> Path:
    """Copy a journal without its last change and what follows that."""
    (path,) = journal_folder.glob("*.journal")
    lines = path.read_bytes().splitlines(keepends=True)
    last = max(index for index, line in enumerate(lines) if b'"edit"' in line)
    folder.mkdir()
    (folder / path.name).write_bytes(b"".join(lines[:last]))
    return folder


def wait_until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + 300
    while not condition():
        QApplication.processEvents()
        time.sleep(0.005)  # the workers need Python, too
        assert time.monotonic() < deadline_s, "the window did not answer"


class ProposalsTaken(Dialogs):
    """Saves where it is proposed; nobody is there to answer."""

    def name_of_scorer(self, parent: QWidget, proposal: str) -> str:
        return proposal or "Scorer"

    def file_to_write(self, parent: QWidget, proposal: Path, kind: str) -> Path:
        return proposal


def restore_in_window(session_path: Path, journal_folder: Path, expected: str) -> None:
    """Open the session again, take over the work that is offered and save it."""
    folder = session_path.parent
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(PreferenceStore(settings), folder, journal_folder, ProposalsTaken())
    window.show()
    identity = read_session(session_path).scored.recording
    is_unfinished = Journals(journal_folder).unfinished_on(identity) is not None
    window.open_file(session_path)
    wait_until(lambda: window.document is not None)
    document = window.document
    assert document is not None
    if is_unfinished:
        window.messages.accept_button.click()
    assert fingerprint(document.scoring) == expected, "the window restored something else"
    assert window.files.save()
    # Killed between saving and its line, work goes on from a session that is another since.
    saved_path = document.session_path
    assert saved_path is not None
    assert saved_path == session_path or is_unfinished
    assert fingerprint(read_session(saved_path).scored.scoring) == expected
    wait_until(lambda: window.tasks.is_idle)
    window.close()
    window.deleteLater()


def kill_once(recording_path: Path, folder: Path, seed: int) -> Counter[str]:
    folder.mkdir()
    own_path = Path(shutil.copy(recording_path, folder))
    session_path = own_path.with_suffix(".h5")
    recording = open_recording(own_path)
    scored = ScoredRecording(RecordingIdentity.of(recording), Scoring(recording.n_epochs))
    write_session(session_path, Session(own_path, scored, "Ana"))
    recording.close()
    handled = killed_while_typing(session_path, folder, seed)
    (journal_folder,) = folder.glob("DATA/**/journals")
    state = fingerprint(recovered(journal_folder, session_path))
    counts = Counter(keys=len(handled), kills=1)
    if state != handled[-1]:
        shorter = without_last_change(journal_folder, folder / "shorter")
        is_one_ahead = fingerprint(recovered(shorter, session_path)) == handled[-1]
        counts["with the change of the key under way" if is_one_ahead else "LOST"] += 1
    if own_path.read_bytes() != recording_path.read_bytes():
        counts["RECORDING CHANGED"] += 1
    counts["left behind by an unfinished save"] += len(list(folder.glob(".*.h5")))
    restore_in_window(session_path, journal_folder, state)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=N_KILLS, dest="n_kills")
    parser.add_argument("--type-into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.type_into is not None:
        type_until_killed(options.type_into, options.seed)
        return
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    Network.load = lambda _network: None  # what restores work is not killed and stages nothing
    totals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        recording_path = Path(name) / "night.edf"
        night = simulate_night(seed=3, n_epochs=N_EPOCHS)
        write_edf(recording_path, night.channels, start=datetime(2026, 3, 1, 22, 15, 30))
        for number in range(options.n_kills):
            folder = Path(name) / str(number)
            totals += kill_once(recording_path, folder, options.seed + number)
            shutil.rmtree(folder)
            if (number + 1) % 10 == 0:
                print(dict(totals), flush=True)
    print(", ".join(f"{count} {what}" for what, count in totals.items()))
    assert not totals["LOST"], "changes were lost"
    assert not totals["RECORDING CHANGED"], "the recording was changed"


if __name__ == "__main__":
    main()
