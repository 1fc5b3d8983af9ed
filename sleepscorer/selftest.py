"""Checks that an installation works; in the frozen application too."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

# Before Qt is imported: the self-test runs on machines without a display too.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import mne
import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from sleepscorer.autoscoring import autoscore, load_model
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import Scoring, prediction_edit
from sleepscorer.file_questions import size_of
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.io.session import SUFFIX as SESSION_SUFFIX
from sleepscorer.io.session import Session, read_session, write_session
from sleepscorer.network_input import preferred_derivation
from sleepscorer.signals.simulation import simulate_night
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.night.document import OpenedFile
from sleepscorer.ui.shell.main_window import MainWindow

_N_EPOCHS = 40


def selftest() -> int:
    """Simulate, write, read, stage, save, export and draw; return 0 when all of it worked.

    One line for each step goes to stderr. Nothing outside a temporary folder is touched and
    nothing of the technician's is read.
    """
    with tempfile.TemporaryDirectory() as folder:
        for step in _steps(Path(folder)):
            started_s = time.perf_counter()
            try:
                result = step()
            except Exception as error:  # noqa: BLE001  whatever it is, it is the test's result
                sys.stderr.write(f"FAILED {step.__name__}: {type(error).__name__}: {error}\n")
                return 1
            elapsed_s = time.perf_counter() - started_s
            sys.stderr.write(f"ok     {step.__name__}: {result} ({elapsed_s:.1f} s)\n")
    sys.stderr.write("SleepScorer works.\n")
    return 0


def _steps(folder: Path) -> list[Callable[[], str]]:
    """Return the steps in order; each gives a few words on what it found."""
    recording_path = folder / "night.edf"

    def simulate_and_write() -> str:
        night = simulate_night(seed=1, n_epochs=_N_EPOCHS)
        write_edf(recording_path, night.channels, start=datetime(2026, 1, 1, 22, 30))
        return f"{(size_of(recording_path) or 0) / 2**20:.1f} MiB"

    def read_and_stage() -> str:
        recording = open_recording(recording_path)
        model = load_model()
        hypnodensity = autoscore(
            recording, preferred_derivation(recording, model.network.spec), model
        )
        scoring = Scoring(recording.n_epochs)
        scoring.apply(prediction_edit(scoring, hypnodensity))
        scored = ScoredRecording.of(recording, scoring)
        for row in SCORING_FORMATS:
            row.write(folder / row.file_name(recording_path.name), scored)
        recording.close()
        session_path = recording_path.with_suffix(SESSION_SUFFIX)
        write_session(session_path, Session(recording_path, scored, "self-test"))
        if read_session(session_path).scored.scoring.scores != scoring.scores:
            raise ValueError("the session read back differs from the one saved")
        return f"{len(hypnodensity)} epochs by {model.name} {model.version} on {model.device}"

    def read_other_formats() -> str:
        info = mne.create_info(["C3"], 100.0, "eeg", verbose="ERROR")
        raw = mne.io.RawArray(np.zeros((1, 100)), info, verbose="ERROR")
        path = folder / "other_raw.fif"
        raw.save(path, verbose="ERROR")
        return f"{open_recording(path).n_epochs} epochs by MNE {mne.__version__}"

    def draw() -> str:
        application = QApplication.instance() or QApplication([])
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(PreferenceStore(settings), folder, folder)
        window.show_file(OpenedFile(recording_path.with_suffix(SESSION_SUFFIX)))
        window.show()
        application.processEvents()
        size = window.grab().size()
        window.close()
        return f"{size.width()} × {size.height()} pixels"

    return [simulate_and_write, read_and_stage, read_other_formats, draw]
