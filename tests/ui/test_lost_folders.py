"""A folder that can't be looked into any more stops no start, no save, no close and no offer."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.stages import Stage
from sleepscorer.io.session import read_session
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.dialogs.dialogs import Answer
from sleepscorer.ui.shell.main_window import MainWindow

CODES = ["EACCES", "EIO", "ESTALE", "ENOTCONN"]


@pytest.fixture
def lose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], None]:
    """Let every call to the system on what lies in a folder fail, as on a share that has gone."""

    def lose(folder: Path, code: str) -> None:
        number = getattr(errno, code)
        for name in ("stat", "lstat", "open", "chmod", "rename", "replace", "unlink", "utime"):
            whole = getattr(os, name)

            def failing(
                path: object, *arguments: object, _whole: Callable = whole, **options: object
            ) -> object:
                if isinstance(path, str | Path) and folder in Path(path).parents:
                    raise OSError(number, os.strerror(number), str(path))
                return _whole(path, *arguments, **options)

            monkeypatch.setattr(os, name, failing)

    return lose


@pytest.fixture
def lost_window(
    window: MainWindow, qtbot: QtBot, night_path: Path, lose, request: pytest.FixtureRequest
) -> MainWindow:
    """A window with unsaved work whose recording lies on a share that has gone since."""
    share = night_path.parent / "share"
    share.mkdir()
    night_path = night_path.rename(share / night_path.name)
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    QTest.keyClick(window, "2")
    lose(share, request.param)
    return window


@pytest.mark.parametrize("lost_window", CODES, indirect=True)
def test_that_work_on_a_lost_share_can_be_saved_elsewhere(
    lost_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    dialogs.write_paths.append(tmp_path / "elsewhere.h5")
    assert lost_window.files.save()
    assert dialogs.proposals[-1] == Path.home() / "night.h5"
    assert read_session(tmp_path / "elsewhere.h5").scored.scoring[0].stage is Stage.N2
    dialogs.write_paths.append(tmp_path / "elsewhere.csv")
    lost_window.actions_by_id["file.export.csv"].trigger()
    assert (tmp_path / "elsewhere.csv").exists()
    QTest.keyClick(lost_window, "3")
    assert lost_window.files.save()


@pytest.mark.parametrize("lost_window", ["EACCES", "EIO"], indirect=True)
def test_that_the_window_stays_when_what_is_to_be_saved_can_not_be(
    lost_window: MainWindow, dialogs, night_path: Path, tmp_path: Path
) -> None:
    share = lost_window.document.recording.path.parent
    dialogs.answers.append(Answer.SAVE)
    dialogs.write_paths.append(share / "night.h5")
    assert not lost_window.close()
    assert lost_window.isVisible()
    assert "can't be written" in lost_window.messages.text
    dialogs.answers.append(Answer.SAVE)
    dialogs.write_paths.append(tmp_path / "elsewhere.h5")
    assert lost_window.close()
    assert read_session(tmp_path / "elsewhere.h5").scored.scoring[0].stage is Stage.N2


def test_that_the_window_stays_when_asking_fails(
    open_window: MainWindow, dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClick(open_window, "2")

    def fail(*_: object) -> Answer:
        raise RuntimeError("a fault of the program")

    with monkeypatch.context() as patched:
        patched.setattr(dialogs, "about_unsaved_work", fail)
        with pytest.raises(RuntimeError, match="a fault of the program"):
            open_window.close()
    assert open_window.isVisible()
    assert open_window.document.has_unsaved_changes


@pytest.mark.parametrize("code", CODES)
def test_that_recent_files_on_a_lost_share_do_not_keep_the_program_from_starting(
    qtbot: QtBot, tmp_path: Path, dialogs, lose, code: str
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "night.edf").write_bytes(b"x")
    (tmp_path / "here.edf").write_bytes(b"x")
    names = [share / "night.edf", "x" * 5000, "nul\x00", "\ud800.edf", tmp_path / "here.edf"]
    store = PreferenceStore(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    store.save(Preferences(recent_files=tuple(str(name) for name in names)))
    lose(share, code)
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    qtbot.addWidget(window)
    assert window.close()
