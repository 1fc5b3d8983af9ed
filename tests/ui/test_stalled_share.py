"""A share that stops answering: the window lives, waiting can be given up, and nothing is lost."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.stages import Stage
from sleepscorer.io.session import read_session
from sleepscorer.ui.base import tasks
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.dialogs import dialogs as dialogs_module
from sleepscorer.ui.night.document import Document, OpenedFile
from sleepscorer.ui.night.journals import Journals
from sleepscorer.ui.shell.main_window import MainWindow

_ASKING = ("open", "os.listdir", "os.scandir", "os.rename", "os.remove", "os.mkdir", "os.link")
"""Events of the interpreter at which a file system is asked; the rest is watched by name."""


class Share:
    """A folder that can stop answering: whoever asks it then waits until it answers again.

    Attributes
    ----------
    folder
        The folder.
    asked_by_window
        What the window's thread asked it meanwhile, which would have been frozen; it goes on here.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.asked_by_window: list[str] = []
        self._answers = threading.Event()
        self._answers.set()
        self._at = ""

    def stall(self, at: str = "") -> None:
        """Answer no more, or not to one kind of question."""
        self._at = at
        self._answers.clear()

    def answer(self) -> None:
        """Answer again."""
        self._answers.set()

    def asked(self, event: str, *places: object) -> None:
        """Note that something is asked, and let it wait."""
        if self._answers.is_set() or (self._at and event != self._at):
            return
        for place in places:
            if not isinstance(place, str | os.PathLike) or not str(place).startswith(
                str(self.folder)
            ):
                continue
            if threading.current_thread() is threading.main_thread():
                self.asked_by_window.append(f"{event} {place}")
            else:
                self._answers.wait(60)


_shares: list[Share] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _shares and event in _ASKING:
        _shares[-1].asked(event, *arguments[:2])


sys.addaudithook(_hook)  # it can't be taken away again; without a share it does nothing


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Share]:
    share = Share(tmp_path / "share")
    for name in ("stat", "lstat"):
        function = getattr(os, name)

        def asking(
            place: Any, *more: Any, function: Callable[..., Any] = function, **options: Any
        ) -> Any:
            share.asked("os.stat", place)
            return function(place, *more, **options)

        monkeypatch.setattr(os, name, asking)
    fsync = os.fsync

    def syncing(descriptor: int) -> None:
        share.asked("os.fsync", Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(tasks, "SILENCE_S", 0.2)
    monkeypatch.setattr(tasks, "_PATIENCE_S", 0.2)
    monkeypatch.setattr(dialogs_module, "SILENCE_S", 0.5)
    _shares.append(share)
    yield share
    share.answer()
    _shares.remove(share)
    assert not share.asked_by_window


@pytest.fixture
def far_path(share: Share, night_path: Path) -> Path:
    """A recording on the share."""
    return night_path.rename(share.folder / "far.edf")


@pytest.fixture
def far_window(qtbot: QtBot, window: MainWindow, far_path: Path) -> MainWindow:
    """A window with it."""
    open_it(qtbot, window, far_path)
    return window


def open_it(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


class Canceller:
    """Presses Cancel in the dialog that comes once it says that the folder does not answer."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.longest_gap_s = 0.0
        self._beat_s = time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(10)

    def _look(self) -> None:
        now_s = time.monotonic()
        self.longest_gap_s = max(self.longest_gap_s, now_s - self._beat_s)
        self._beat_s = now_s
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QProgressDialog) and "answered" in dialog.labelText():
            self.texts.append(dialog.labelText())
            self._timer.stop()
            QTest.mouseClick(dialog.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_that_opening_can_be_cancelled_and_another_file_opens(
    qtbot: QtBot, open_window: MainWindow, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, before = open_window, open_window.document
    far = share.folder / "far.edf"
    far.write_bytes(before.recording.path.read_bytes())
    share.stall()
    for _ in range(4):  # more than there are threads for tasks
        window.open_file(far)
        qtbot.waitUntil(lambda: "has not answered for" in window.progress.text)
        assert window.progress.text.startswith("Opening far.edf: ")
        window.progress.cancel_button.click()
        assert not window.progress.isVisible()
    assert window.document is before
    QTest.keyClick(window, "2")
    assert before.scoring[0].stage is Stage.N2
    opened: list[object] = []
    window.files.opened.connect(opened.append)
    closed: list[Path] = []
    close = type(before.recording).close
    monkeypatch.setattr(
        type(before.recording), "close", lambda one: (close(one), closed.append(one.path))
    )
    share.answer()  # what comes too late is shown nowhere, and not left open
    qtbot.waitUntil(lambda: closed == [far] * 4, timeout=20_000)
    assert not opened
    assert window.document is before


def test_that_a_share_that_answers_after_all_opens_as_ever(
    qtbot: QtBot, window: MainWindow, share: Share, far_path: Path
) -> None:
    share.stall()
    window.open_file(far_path)
    qtbot.waitUntil(lambda: "has not answered for" in window.progress.text)
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        share.answer()
    assert window.document.recording.path == far_path


def test_that_what_was_never_answered_is_given_up_in_the_end(
    qtbot: QtBot, window: MainWindow, share: Share, far_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "LONGEST_SILENCE_S", 0.5)
    share.stall()
    window.open_file(far_path)
    qtbot.waitUntil(lambda: "was given up" in window.messages.text)
    assert window.document is None
    assert not window.progress.isVisible()


@pytest.mark.parametrize("at", ["", "os.fsync", "os.rename"])
def test_that_saving_can_be_given_up_without_losing_or_halving_anything(
    qtbot: QtBot, far_window: MainWindow, share: Share, dialogs: Any, tmp_path: Path, at: str
) -> None:
    window, session = far_window, share.folder / "far.h5"
    dialogs.write_paths.append(session)
    QTest.keyClick(window, "1")
    assert window.files.save()
    before = session.read_bytes()
    QTest.keyClick(window, "2")
    share.stall(at)
    canceller = Canceller()
    assert not window.files.save()
    assert canceller.texts[0].startswith("Saving the session: the folder has not answered for ")
    assert canceller.longest_gap_s < 1.0
    assert "was not saved" in window.messages.text
    assert "kept on this computer" in window.messages.text
    assert window.document.has_unsaved_changes
    share.answer()
    qtbot.waitUntil(lambda: not _unfinished(share.folder), timeout=20_000)
    if at == "os.rename":  # the share had been told: it is whole
        qtbot.waitUntil(lambda: session.read_bytes() != before, timeout=20_000)
        assert read_session(session).scored.scoring[1].stage is Stage.N2
    else:
        assert session.read_bytes() == before
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, "3")
    assert window.files.save()  # nobody else saved it
    assert not window.document.has_unsaved_changes
    assert read_session(session).scored.scoring[2].stage is Stage.N3


def _unfinished(folder: Path) -> list[Path]:
    return list(folder.glob(".sleepscorer-*"))


def test_that_work_is_saved_elsewhere_while_the_share_stalls(
    qtbot: QtBot, far_window: MainWindow, share: Share, dialogs: Any, tmp_path: Path
) -> None:
    window = far_window
    QTest.keyClick(window, "2")
    share.stall()
    elsewhere = tmp_path / "elsewhere.h5"
    dialogs.write_paths += [share.folder / "far.h5", elsewhere]
    canceller = Canceller()
    assert not window.files.save_as()
    assert canceller.texts
    assert window.files.save_as()
    # It is proposed where it can be written.
    assert not any(path.is_relative_to(share.folder) for path in dialogs.proposals)
    assert not window.document.has_unsaved_changes
    assert read_session(elsewhere).scored.scoring[0].stage is Stage.N2


def test_that_work_goes_on_and_is_kept_while_the_share_stalls(
    qtbot: QtBot, far_window: MainWindow, share: Share, tmp_path: Path
) -> None:
    window = far_window
    share.stall()
    for key in "123R":
        QTest.keyClick(window, key)
    stages = ["N1", "N2", "N3", "R"]
    assert [one.stage.label for one in window.document.scoring.scores[:4]] == stages
    # As the next start would find it, had the computer failed now.
    identity = RecordingIdentity.of(window.document.recording)
    window.journals._lock.unlock()
    other = Journals(tmp_path / "journals")
    work = other.unfinished_on(identity)
    assert work is not None
    assert [one.stage.label for one in work.scoring.scores[:4]] == stages


def test_that_what_is_changed_while_it_is_saved_is_not_taken_for_saved(
    night_path: Path, tmp_path: Path
) -> None:
    document = Document(OpenedFile(night_path), "Ana")
    document.score((0,), Stage.N1)

    def wait(write: Callable[[], bytes]) -> bytes:
        seal = write()
        document.score((1,), Stage.N3)
        return seal

    document.save(tmp_path / "night.h5", wait)
    assert document.has_unsaved_changes
    saved = read_session(tmp_path / "night.h5").scored.scoring
    assert (saved[0].stage, saved[1].stage) == (Stage.N1, Stage.UNSCORED)
    document.save(tmp_path / "night.h5")
    assert not document.has_unsaved_changes
    document.recording.close()
    document.finish()


def test_that_what_was_given_up_never_replaces_what_was_saved_later(
    share: Share, far_path: Path
) -> None:
    path = share.folder / "far.h5"
    document = Document(OpenedFile(far_path), "Ana")
    document.score((0,), Stage.N1)
    share.stall("os.fsync")
    waiting = partial(dialogs_module.answered, limit_s=0.3)
    with pytest.raises(TimeoutError):
        document.save(path, waiting)
    document.score((1,), Stage.N3)
    threading.Timer(0.3, share.answer).start()
    document.save(path, partial(dialogs_module.answered, limit_s=30))  # waits for the other one
    assert read_session(path).scored.scoring[1].stage is Stage.N3
    assert not _unfinished(share.folder)
    document.recording.close()
    document.finish()


@pytest.mark.parametrize("suffix", [".csv", ".pdf"])
def test_that_writing_can_be_given_up_and_writes_nothing_afterwards(
    qtbot: QtBot, far_window: MainWindow, share: Share, dialogs: Any, suffix: str
) -> None:
    window, path = far_window, share.folder / f"out{suffix}"
    dialogs.write_paths.append(path)
    share.stall("os.fsync")
    if suffix == ".csv":  # the window waits for it, as for what takes no time
        canceller = Canceller()
        window.actions_by_id["file.export.csv"].trigger()
        assert canceller.texts[0].startswith("Writing out.csv: ")
        assert "was not written" in window.messages.text
    else:
        window.actions_by_id["file.report.pdf"].trigger()
        qtbot.waitUntil(lambda: "has not answered for" in window.progress.text, timeout=20_000)
        window.progress.cancel_button.click()
        qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    share.answer()
    qtbot.waitUntil(lambda: not _unfinished(share.folder), timeout=20_000)
    assert not path.exists()
    assert "out" not in window.statusBar().currentMessage()


def test_that_the_window_comes_up_while_the_share_of_its_recent_files_stalls(
    qtbot: QtBot, store: PreferenceStore, dialogs: Any, tmp_path: Path, share: Share
) -> None:
    names = tuple(str(share.folder / f"{number}.edf") for number in range(10))
    store.save(Preferences(recent_files=names))
    share.stall()
    begun_s = time.monotonic()
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    qtbot.addWidget(window)
    assert window.recovery.offer_at_start() is False
    assert time.monotonic() - begun_s < 8  # ten files of a minute each
    assert not window.workspace.welcome._recent.count()


def test_that_unsaved_work_on_a_share_that_stalls_is_said_to_be_kept(
    qtbot: QtBot, store: PreferenceStore, dialogs: Any, tmp_path: Path, share: Share, far_path: Path
) -> None:
    document = Document(OpenedFile(far_path), "Ana", _journal(tmp_path, far_path))
    document.score((0,), Stage.N1)
    document.recording.close()
    share.stall()
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    qtbot.addWidget(window)
    assert not window.recovery.offer_at_start()
    assert "File > Unsaved work keeps it" in window.messages.text
    document.finish()


def _journal(tmp_path: Path, path: Path) -> Any:
    opened = OpenedFile(path)
    journals = Journals(tmp_path / "journals")
    journal = journals.begin(ScoredRecording.of(opened.recording, opened.scoring), path)
    opened.recording.close()
    journals.end()
    return journal


def test_that_a_session_beside_is_looked_for_while_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, share: Share, far_path: Path
) -> None:
    document = Document(OpenedFile(far_path), "Ana")
    document.save(far_path.with_suffix(".h5"))
    document.recording.close()
    document.finish()
    share.stall("os.scandir")  # asked after the recording was opened
    window.open_file(far_path)
    qtbot.waitUntil(lambda: "has not answered for" in window.progress.text)
    assert window.document is None
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        share.answer()
    assert "lies beside it: far.h5" in window.messages.text


def test_that_the_window_closes_while_the_share_stalls(
    qtbot: QtBot, far_window: MainWindow, share: Share, far_path: Path
) -> None:
    share.stall()
    far_window.open_file(far_path)
    qtbot.waitUntil(lambda: "has not answered for" in far_window.progress.text)
    begun_s = time.monotonic()
    assert far_window.close()
    assert time.monotonic() - begun_s < 5
    assert far_window.document is None
