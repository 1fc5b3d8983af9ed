"""What is saved is what was to be saved, where it was to be saved."""

import gc
import weakref
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.session import read_session
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.base.pages import Pages
from sleepscorer.ui.dialogs.dialogs import Answer, Dialogs
from sleepscorer.ui.night.document import Document, OpenedFile
from sleepscorer.ui.shell.main_window import MainWindow


@pytest.fixture
def opened(window: MainWindow, night_path: Path) -> MainWindow:
    window.show_file(OpenedFile(night_path))
    return window


@pytest.fixture
def other_path(night: SimulatedNight, tmp_path: Path) -> Path:
    path = tmp_path / "other.edf"
    write_edf(path, night.channels[:2], start=datetime(2026, 3, 8, 23, 0, 0))
    return path


@pytest.fixture
def while_a_dialog_is_up(
    opened: MainWindow, qtbot: QtBot
) -> Callable[[Callable[[], object]], None]:
    """Begin something and let everything that is under way end while a dialog is shown."""

    def wait(begin: Callable[[], object]) -> None:
        dialog = QDialog(opened)
        dialog.open()
        begin()
        qtbot.waitUntil(lambda: opened.tasks.is_idle, timeout=20_000)
        dialog.done(0)
        dialog.deleteLater()

    return wait


def test_that_a_save_writes_the_recording_that_it_was_asked_for(
    opened: MainWindow,
    qtbot: QtBot,
    dialogs,
    other_path: Path,
    tmp_path: Path,
    while_a_dialog_is_up,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def file_to_write(_parent: QWidget, _proposal: Path, _kind: str) -> Path:
        while_a_dialog_is_up(lambda: opened.open_file(other_path))
        return tmp_path / "night.h5"

    monkeypatch.setattr(dialogs, "file_to_write", file_to_write)
    QTest.keyClick(opened, "2")
    assert opened.files.save()
    session = read_session(tmp_path / "night.h5").scored
    assert session.recording.file_name == "night.edf"
    assert session.scoring[0].stage is Stage.N2
    # What was being opened comes after the dialog, and nothing had to be asked for it.
    qtbot.waitUntil(lambda: opened.document.recording.path == other_path, timeout=20_000)


def test_that_a_file_that_waits_behind_the_last_question_is_not_opened_any_more(
    opened: MainWindow,
    qtbot: QtBot,
    dialogs,
    other_path: Path,
    while_a_dialog_is_up,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def about_unsaved_work(_parent: QWidget, _name: str) -> Answer:
        while_a_dialog_is_up(lambda: opened.open_file(other_path))
        return Answer.DISCARD

    monkeypatch.setattr(dialogs, "about_unsaved_work", about_unsaved_work)
    QTest.keyClick(opened, "2")
    with qtbot.assertNotEmitted(opened.files.opened, wait=50):
        assert opened.close()


def test_that_a_session_that_another_window_saved_is_not_replaced(
    opened: MainWindow, dialogs, tmp_path: Path
) -> None:
    path = tmp_path / "night.h5"
    QTest.keyClick(opened, "2")
    dialogs.write_paths.append(path)
    assert opened.files.save()
    theirs = Document(OpenedFile(path), "Ana")
    theirs.score((5,), Stage.R)
    theirs.save(path)
    theirs.score((6,), Stage.R)
    theirs.save(path)  # its own file
    theirs.finish()
    theirs.recording.close()
    QTest.keyClick(opened, "3")
    assert not opened.files.save()
    assert "saved by somebody else" in opened.messages.text
    assert opened.document.has_unsaved_changes
    assert read_session(path).scored.scoring[6].stage is Stage.R
    dialogs.write_paths.append(tmp_path / "mine.h5")
    assert opened.files.save_as()
    assert read_session(tmp_path / "mine.h5").scored.scoring[1].stage is Stage.N3


def test_that_a_file_that_is_named_from_the_working_folder_is_remembered_from_the_root(
    window: MainWindow, qtbot: QtBot, night_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(night_path.parent)
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(Path(night_path.name))
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    assert window._preferences.recent_files[0] == str(night_path)
    assert window.document.recording.path == night_path


def test_that_a_file_is_not_replaced_unasked_when_its_suffix_was_not_typed(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "night.h5").write_text("work")
    typed = [tmp_path / "night", tmp_path / "night", tmp_path / "other"]
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(typed.pop(0)), ""))
    monkeypatch.setattr(QMessageBox, "exec", lambda *_: answers.pop(0))
    asked = partial(Dialogs().file_to_write, window, tmp_path / "proposal.h5", "session")
    assert asked() == tmp_path / "night.h5"
    assert not answers
    assert asked() == tmp_path / "other.h5"


def test_that_a_page_is_read_once_while_its_recording_is_opened(
    qtbot: QtBot, window: MainWindow, night_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = []
    monkeypatch.setattr(Pages, "page", counted(Pages.page, pages))
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    assert len(pages) == 1


def counted(method: Callable[..., object], calls: list[object]) -> Callable[..., object]:
    def call(*args: object) -> object:
        calls.append(args)
        return method(*args)

    return call


def test_that_nothing_stays_of_the_first_night_once_another_is_open(
    qtbot: QtBot, open_window: MainWindow, other_path: Path
) -> None:
    assert open_window.document is not None
    assert gc.get_freeze_count()  # the network is loaded: what was there is not looked through
    first = weakref.ref(open_window.document)
    with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
        open_window.open_file(other_path)
    qtbot.waitUntil(lambda: first() is None, timeout=20_000)
