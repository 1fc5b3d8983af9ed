"""Score a whole night with keys alone: from the first to the last epoch, then save and export.

Run by hand: ``python tests/benchmarks/score_night_by_keyboard.py``. The demo night is staged
automatically (F9) and then corrected to its simulated stages by a script that only presses keys,
as a technician does who turns every page. Prints keystrokes an epoch and the time that the program
takes for a key.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sleepscorer.demo import demo_recording
from sleepscorer.domain.stages import Stage
from sleepscorer.signals.simulation import simulate_night
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.shell.main_window import MainWindow

KEYS = {Stage.W: "w", Stage.N1: "1", Stage.N2: "2", Stage.N3: "3", Stage.R: "r"}


class ProposalsTaken(Dialogs):
    """Presses Return in the dialogs that ask where to write."""

    def name_of_scorer(self, parent: QWidget, proposal: str) -> str:
        return proposal or "Scorer"

    def file_to_write(self, parent: QWidget, proposal: Path, kind: str) -> Path | None:
        return proposal

    def accepts_losses(self, parent: QWidget, name: str, losses: Sequence[str]) -> bool:
        return True


def main() -> None:
    application = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = demo_recording(folder)
        stages = simulate_night().stages
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(
            PreferenceStore(settings), folder, folder / "journals", ProposalsTaken()
        )
        window.resize(1600, 900)
        window.show()
        window.activateWindow()
        window.open_file(path)

        def settle() -> None:
            while not window.tasks.is_idle or window.document is None:
                application.processEvents()
                time.sleep(0.005)

        settle()
        durations_s = []

        def press(key: str | Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
            started_s = time.perf_counter()
            QTest.keyClick(window, key, modifiers)
            application.processEvents()
            durations_s.append(time.perf_counter() - started_s)

        plain = Qt.KeyboardModifier.NoModifier
        control = Qt.KeyboardModifier.ControlModifier
        press(Qt.Key.Key_F9, plain)
        settle()
        document = window.document
        assert document is not None
        proposed = document.scoring.stages
        for stage, model_stage in zip(stages, proposed, strict=True):
            press(Qt.Key.Key_Right if model_stage is stage else KEYS[Stage(stage)], plain)
        press("s", control)
        press("e", control)
        assert document.scoring.stages == tuple(Stage(stage) for stage in stages)
        assert not document.has_unsaved_changes
        assert path.with_name(f"{path.stem}-hypnogram.edf").is_file()
        n_corrected = sum(a is not Stage(b) for a, b in zip(proposed, stages, strict=True))
        print(f"{len(stages)} epochs, {n_corrected} corrected, {len(durations_s)} keystrokes")
        print(f"{len(durations_s) / len(stages):.2f} keystrokes an epoch")
        print(
            f"from key to painted page: median {statistics.median(durations_s) * 1e3:.1f} ms, "
            f"worst {max(durations_s) * 1e3:.0f} ms"
        )
        window.close()


if __name__ == "__main__":
    main()
