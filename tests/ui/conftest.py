"""Fixtures of the window: isolated settings, scripted dialogs, nothing left behind."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import (
    QAbstractAnimation,
    QCoreApplication,
    QEvent,
    QSettings,
    QThread,
    QThreadPool,
    QTimer,
)
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from model.mc2sleepnet.inference import Prediction
from model.weights import LoadedModel
from sleepscorer.autoscoring import load_model as _load_model
from sleepscorer.domain.channels import Channel, Derivation
from sleepscorer.domain.montage import Trace
from sleepscorer.domain.montages import Montage
from sleepscorer.domain.own_kinds import OwnKind
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Lights
from sleepscorer.domain.stages import Stage
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.signals.simulation import SimulatedNight, simulate_night
from sleepscorer.ui.base.language import ENGLISH, speak
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.dialogs.dialogs import Answer, Dialogs
from sleepscorer.ui.dialogs.exchange_dialogs import CopyChoice
from sleepscorer.ui.dialogs.unsaved_dialog import UnsavedChoice, UnsavedRow
from sleepscorer.ui.shell.main_window import MainWindow


def _thread_works(thread: threading.Thread, patience_ms: int) -> bool:
    thread.join(patience_ms / 1000)
    return thread.is_alive()


_WORKS: dict[type, Callable[[Any, int], bool]] = {
    threading.Thread: _thread_works,
    QThread: lambda thread, patience_ms: not thread.wait(patience_ms),
    QThreadPool: lambda pool, patience_ms: not pool.waitForDone(patience_ms),
    QTimer: lambda timer, _: timer.isActive(),
    QAbstractAnimation: lambda one, _: one.state() != QAbstractAnimation.State.Stopped,
}
"""What has a method `start`, and whether one still works after some patience."""


class Leftovers:
    """Remembers where threads, work in pools, timers and animations were started.

    What goes with its owner is not left behind, so only what is still there counts.
    `QTimer.singleShot` is left alone: it ends by itself.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._started: WeakKeyDictionary[Any, tuple[type, str]] = WeakKeyDictionary()
        for kind in _WORKS:
            self._watch(monkeypatch, kind)

    def lines(self, patience_ms: int = 2000) -> list[str]:
        """What works after so many milliseconds, and the lines that started it."""
        return [
            f"{type(one).__name__} started at {lines}"
            for one, (kind, lines) in list(self._started.items())
            if _is_there(one) and _WORKS[kind](one, patience_ms)
        ]

    def _watch(self, monkeypatch: pytest.MonkeyPatch, kind: Any) -> None:
        start = kind.start

        def remembering_start(one: Any, *arguments: Any, **options: Any) -> Any:
            self._started[one] = kind, _lines()
            return start(one, *arguments, **options)

        monkeypatch.setattr(kind, "start", remembering_start)


def _is_there(one: object) -> bool:
    return not isinstance(one, shiboken6.Object) or shiboken6.isValid(one)


def _lines() -> str:
    """The last lines outside of libraries that led here, the latest first."""
    lines: list[str] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and len(lines) < 3:
        if "site-packages" not in frame.f_code.co_filename:
            lines.append(f"{frame.f_code.co_filename}:{frame.f_lineno}")
        frame = frame.f_back
    return ", from ".join(lines)


@pytest.fixture(autouse=True)
def leftovers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Leftovers]:
    """Fail a test that leaves something at work; set up first, so that it looks last."""
    leftovers = Leftovers(monkeypatch)
    yield leftovers
    assert not leftovers.lines()


@dataclass
class ScriptedDialogs(Dialogs):
    """Answers in the technician's place; a question without an answer fails the test."""

    open_paths: list[Path] = field(default_factory=list)
    write_paths: list[Path | None] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    derivations: list[Derivation] = field(default_factory=list)
    proposals: list[Path] = field(default_factory=list)
    accepts: list[bool] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    nights_offered: list[dict[str, Sequence[Stage] | None]] = field(default_factory=list)
    copies: list[CopyChoice | None] = field(default_factory=list)
    light_times: list[Lights | None] = field(default_factory=list)
    lights_for_a_while: list[bool | None] = field(default_factory=list)
    lights_asked: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    scorers: list[str] = field(default_factory=list)
    unsaved_names: list[str] = field(default_factory=list)
    times: list[float | None] = field(default_factory=list)
    layout_names: list[str] = field(default_factory=list)
    trace_changes: list[Callable[[Trace], Trace | None]] = field(default_factory=list)
    traces_told: list[tuple[float, dict[str, object]]] = field(default_factory=list)
    own_kind_lists: list[tuple[OwnKind | None, ...] | None] = field(default_factory=list)
    own_names: list[str] = field(default_factory=list)
    name_proposals: list[str] = field(default_factory=list)
    montage_lists: list[tuple[Montage, ...] | None] = field(default_factory=list)
    montages_offered: list[tuple[tuple[Montage, ...], str]] = field(default_factory=list)
    opened_elsewhere: list[Path] = field(default_factory=list)
    notices: list[tuple[str, ...]] = field(default_factory=list)
    importers: list[str] = field(default_factory=list)
    named_in_files: list[str] = field(default_factory=list)
    predictions: list[int | None] = field(default_factory=list)
    predictions_offered: list[tuple[str, ...]] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    may_stops: list[bool] = field(default_factory=list)
    stopped: list[tuple[str, ...]] = field(default_factory=list)
    unsaved_choices: list[UnsavedChoice | None] = field(default_factory=list)
    unsaved_rows: list[tuple[UnsavedRow, ...]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    laboratories: list[Laboratory | None] = field(default_factory=list)
    videos: list[Path] = field(default_factory=list)
    n_about: int = 0

    def video(self, parent: QWidget, folder: Path) -> Path | None:
        return self.videos.pop(0)

    def file_to_open(self, parent: QWidget, folder: Path) -> Path | None:
        return self.open_paths.pop(0)

    def study_folder(self, parent: QWidget, title: str, folder: Path) -> Path | None:
        return self.open_paths.pop(0)

    def file_to_write(self, parent: QWidget, proposal: Path, kind: str) -> Path | None:
        self.proposals.append(proposal)
        return self.write_paths.pop(0)

    def may_replace(self, parent: QWidget, path: Path) -> bool:
        self.notices.append((str(path),))
        return self.accepts.pop(0)

    def about_unsaved_work(self, parent: QWidget, name: str) -> Answer:
        self.unsaved_names.append(name)
        return self.answers.pop(0)

    def may_stop(self, parent: QWidget, works: Sequence[str], paused: Sequence[str]) -> bool:
        self.stopped.append((*works, *paused))
        return self.may_stops.pop(0) if self.may_stops else True

    def patient_code(self, parent: QWidget, text: str) -> str:
        return self.codes.pop(0)

    def version_to_import(self, parent: QWidget) -> Path | None:
        return self.open_paths.pop(0)

    def may_remove(self, parent: QWidget, text: str) -> bool:
        self.notices.append((text,))
        return self.accepts.pop(0)

    def unsaved_work(self, parent: QWidget, rows: Sequence[UnsavedRow]) -> UnsavedChoice | None:
        self.unsaved_rows.append(tuple(rows))
        return self.unsaved_choices.pop(0)

    def derivation(self, parent: QWidget, channels: Sequence[Channel]) -> Derivation | None:
        return self.derivations.pop(0)

    def scoring_to_import(self, parent: QWidget, folder: Path) -> Path | None:
        return self.open_paths.pop(0)

    def sessions_of_naps(self, parent: QWidget, folder: Path) -> list[Path]:
        paths, self.open_paths = self.open_paths, []
        return paths

    def accepts_losses(self, parent: QWidget, name: str, losses: Sequence[str]) -> bool:
        self.notices.append(tuple(losses))
        return self.accepts.pop(0) if self.accepts else True

    def accepts_import(self, parent: QWidget, summary: str, mismatches: Sequence[str]) -> bool:
        self.notices.append((summary, *mismatches))
        return self.accepts.pop(0) if self.accepts else True

    def accepts_second(self, parent: QWidget, summary: str, mismatches: Sequence[str]) -> bool:
        self.notices.append((summary, *mismatches))
        return self.accepts.pop(0) if self.accepts else True

    def accepts_import_by(
        self, parent: QWidget, summary: str, mismatches: Sequence[str], scorer: str
    ) -> str | None:
        self.named_in_files.append(scorer)
        name = self.importers.pop(0) if self.importers else ""
        return name if self.accepts_import(parent, summary, mismatches) else None

    def sign_off(self, parent: QWidget, remarks: Sequence[str], name: str) -> str:
        self.notices.append(tuple(remarks))
        return self.scorers.pop(0) if self.scorers else name

    def prediction(self, parent: QWidget, names: Sequence[str]) -> int | None:
        self.predictions_offered.append(tuple(names))
        return self.predictions.pop(0)

    def other_program(self, parent: QWidget, text: str) -> str:
        return self.programs.pop(0)

    def answer(
        self, parent: QWidget, question: QuestionError, nights: Sequence[Sequence[Stage] | None]
    ) -> Option | None:
        answers = [one.answer for one in question.options]
        self.nights_offered.append(dict(zip(answers, nights, strict=True)))
        word = self.words.pop(0)
        return next((one for one in question.options if one.answer == word), None)

    def deidentified_copy(self, parent: QWidget, folder: Path) -> CopyChoice | None:
        return self.copies.pop(0)

    def lights(self, parent: QWidget, lights: Lights, recording: Recording) -> Lights | None:
        return self.light_times.pop(0)

    def light_on_for_a_while(self, parent: QWidget, when: str) -> bool | None:
        self.lights_asked.append(when)
        return self.lights_for_a_while.pop(0)

    def scorer(self, parent: QWidget, current: str) -> str:
        return self.scorers.pop(0)

    def go_to(self, parent: QWidget, recording: Recording, epoch: int) -> float | None:
        return self.times.pop(0)

    def name_of_scorer(self, parent: QWidget, proposal: str) -> str:
        self.name_proposals.append(proposal)
        return self.own_names.pop(0) if self.own_names else "Scorer"

    def layout_to_keep(self, parent: QWidget, names: Sequence[str]) -> str:
        return self.layout_names.pop(0)

    def layout_to_remove(self, parent: QWidget, names: Sequence[str]) -> str:
        return self.layout_names.pop(0)

    def own_kinds(
        self, parent: QWidget, kinds: Sequence[OwnKind | None], keys: Sequence[str]
    ) -> tuple[OwnKind | None, ...] | None:
        return self.own_kind_lists.pop(0)

    def trace(self, parent: QWidget, trace: Trace, height: float, **told: object) -> Trace | None:
        self.traces_told.append((height, told))
        return self.trace_changes.pop(0)(trace)

    def note(self, parent: QWidget, text: str) -> str:
        return self.notes.pop(0)

    def montages(
        self,
        parent: QWidget,
        montages: Sequence[Montage],
        presets: Sequence[Montage],
        channels: Sequence[Channel],
        current: str,
    ) -> tuple[Montage, ...] | None:
        self.montages_offered.append((tuple(montages), current))
        return self.montage_lists.pop(0)

    def letterhead(self, parent: QWidget, current: str) -> Path | None:
        return self.open_paths.pop(0)

    def tell(self, parent: QWidget, title: str, heading: str, sentences: Sequence[str]) -> None:
        self.notices.append((heading, *sentences))

    def laboratory(
        self, parent: QWidget, laboratory: Laboratory, channels: Sequence[Channel]
    ) -> Laboratory | None:
        return self.laboratories.pop(0)

    def show_page(
        self, parent: QWidget, title: str, html: str, pictures: Path | None = None
    ) -> None:
        self.notices.append((title, html))

    def open_elsewhere(self, path: Path) -> bool:
        self.opened_elsewhere.append(path)
        return path.suffix == ".pdf"

    def about(self, parent: QWidget) -> None:
        self.n_about += 1


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> None:
    """Whatever the machine speaks or a test left; plurals need the catalogue in English, too."""
    speak(qapp, ENGLISH)


@pytest.fixture
def dialogs() -> ScriptedDialogs:
    return ScriptedDialogs()


@pytest.fixture
def store(tmp_path: Path) -> PreferenceStore:
    return PreferenceStore(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture(autouse=True)
def _one_model_for_all_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sleepscorer.autoscoring.load_model", _loaded_model)


@cache
def _loaded_model(sha256: str = "") -> LoadedModel:
    return _load_model(sha256=sha256)


@pytest.fixture
def window(
    qtbot: QtBot, store: PreferenceStore, dialogs: ScriptedDialogs, tmp_path: Path
) -> Iterator[MainWindow]:
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    window.resize(1440, 900)  # more than the screen of the tests has
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    yield window
    dialogs.answers.append(Answer.DISCARD)
    window.close()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.unfreeze()  # else the next window looks through all that windows before it have frozen
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert not left, f"widgets left behind: {left}"


@pytest.fixture(scope="session")
def night() -> SimulatedNight:
    return simulate_night(seed=3, n_epochs=24)


@pytest.fixture
def night_path(night: SimulatedNight, tmp_path: Path) -> Path:
    path = tmp_path / "night.edf"
    write_edf(path, night.channels, start=datetime(2026, 3, 1, 22, 15, 30))
    return path


@pytest.fixture
def open_window(qtbot: QtBot, window: MainWindow, night_path: Path) -> MainWindow:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    return window


@pytest.fixture
def constant_prediction(monkeypatch: pytest.MonkeyPatch) -> np.ndarray:
    """Probabilities that the network gives to every epoch: N2 is the likeliest."""
    row = np.array([0.1, 0.2, 0.5, 0.15, 0.05], np.float32)

    def predict(_network: object, epochs: np.ndarray, **_: object) -> Prediction:
        features = np.zeros((len(epochs), 2, 8), np.float32)
        return Prediction(np.tile(row, (len(epochs), 1)), features)

    monkeypatch.setattr("model.mc2sleepnet.architecture.predict_with_features", predict)
    return row
