"""Going to a time or an epoch, and going on where one stopped."""

import math
import shutil
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.base.places import LastPlace, Places
from sleepscorer.ui.base.plain_text import PlainLabel
from sleepscorer.ui.dialogs.dialogs import Answer
from sleepscorer.ui.dialogs.go_to_dialog import GoToDialog
from sleepscorer.ui.shell.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def reopen(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


def test_that_a_key_goes_to_a_typed_moment(open_window: MainWindow, dialogs) -> None:
    dialogs.times += [100.0, None]
    QTest.keyClick(open_window, "G", CTRL)
    assert open_window.viewport.epoch == 3
    QTest.keyClick(open_window, "G", CTRL)
    assert open_window.viewport.epoch == 3


@pytest.mark.parametrize(
    ("text", "time_s", "problem"),
    [
        ("5", 120.0, ""),
        (" 24 ", 690.0, ""),
        ("22:17", 90.0, ""),
        ("22:17:05", 95.0, ""),
        ("25", None, "no epoch 25"),
        ("0", None, "no epoch 0"),
        ("٣٣٣٣", None, "no epoch"),
        ("9" * 5000, None, "no epoch"),
        ("", None, "no time"),
        ("03:00", None, "outside"),
        ("²", None, "no time"),
    ],
)
def test_that_a_time_and_an_epoch_are_understood(
    qtbot: QtBot, open_window: MainWindow, text: str, time_s: float | None, problem: str
) -> None:
    dialog = GoToDialog(open_window, open_window.document.recording, 7)
    qtbot.addWidget(dialog)
    dialog.field.setText(text)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled() is (time_s is not None)
    assert problem in dialog.problem.text()
    if time_s is not None:
        assert dialog.time_s == time_s


@pytest.mark.parametrize(
    ("duration_s", "hint"),
    [(86_399.0, "from 22:15:30 to 22:15:29"), (86_400.0, "The first such time from 22:15:30 on")],
)
def test_that_a_recording_of_a_day_says_which_of_two_such_times_is_meant(
    open_window: MainWindow, duration_s: float, hint: str
) -> None:
    start = datetime(2026, 3, 1, 22, 15, 30)
    day = SimpleNamespace(start=start, duration_s=duration_s, n_epochs=2880)
    dialog = GoToDialog(open_window, day, 7)
    assert hint in dialog.findChild(PlainLabel).text()
    dialog.field.setText("22:15:30")
    assert dialog.time_s == 0.0
    dialog.close()


def test_that_a_session_goes_on_where_it_was_left_and_a_recording_begins_as_usual(
    qtbot: QtBot, open_window: MainWindow, night_path: Path, tmp_path: Path
) -> None:
    window, session_path = open_window, tmp_path / "left.h5"
    usual = window.traces.gains
    window.document.save(session_path)
    window.viewport.go_to(9)
    window.actions_by_id["traces.larger"].trigger()
    window.trace_controls.page_actions[str(math.inf)].trigger()
    left = window.traces.gains
    assert left != usual
    reopen(qtbot, window, night_path)
    assert (window.viewport.epoch, window.viewport.page_length_s) == (0, 30.0)
    assert window.traces.gains == usual
    reopen(qtbot, window, session_path)
    assert (window.viewport.epoch, window.viewport.page_length_s) == (9, math.inf)
    assert window.traces.gains == left


def test_that_a_session_goes_on_where_it_was_saved_before_it_was_scored_again(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    window, session_path = open_window, tmp_path / "first.h5"
    window.document.score((9,), Stage.N2)
    window.viewport.go_to(9)
    dialogs.write_paths.append(session_path)
    assert window.files.save()
    dialogs.scorers.append("Bea")
    window.actions_by_id["review.again"].trigger()
    assert window.document.session_path is None
    window.viewport.go_to(3)
    dialogs.answers.append(Answer.DISCARD)
    reopen(qtbot, window, session_path)
    assert window.viewport.epoch == 9


def another_night(path: Path, night: SimulatedNight) -> Path:
    write_edf(path, night.channels, start=datetime(2026, 3, 2, 22, 15, 30))
    return path


def test_that_a_recording_without_a_session_goes_on_where_it_was_left_wherever_it_lies(
    qtbot: QtBot, open_window: MainWindow, night_path: Path, tmp_path: Path, night, store
) -> None:
    window, other = open_window, another_night(tmp_path / "other.edf", night)
    window.viewport.go_to(9)
    window.trace_controls.page_actions["60.0"].trigger()
    window.actions_by_id["traces.larger"].trigger()
    usual = dict.fromkeys(window.traces.gains, 1.0)
    reopen(qtbot, window, other)
    assert (window.viewport.epoch, window.viewport.page_length_s) == (0, 30.0)
    moved = tmp_path / "elsewhere" / "renamed.edf"
    moved.parent.mkdir()
    shutil.copyfile(night_path, moved)
    reopen(qtbot, window, moved)
    assert (window.viewport.epoch, window.viewport.page_length_s) == (9, 60.0)
    assert window.traces.gains == usual
    kept = store._settings.value("window/places")
    assert not any(word in kept for word in ("night", "other", "2026", "C4"))


def test_that_no_place_is_kept_or_found_while_it_is_hidden_who_it_is(
    qtbot: QtBot, open_window: MainWindow, night_path: Path, tmp_path: Path, night, store
) -> None:
    window, other = open_window, another_night(tmp_path / "other.edf", night)
    privacy = window.actions_by_id["view.privacy"]
    privacy.trigger()
    window.viewport.go_to(9)
    reopen(qtbot, window, other)
    assert store._settings.value("window/places") is None
    privacy.trigger()
    window.viewport.go_to(5)
    reopen(qtbot, window, night_path)
    assert window.viewport.epoch == 0
    privacy.trigger()
    reopen(qtbot, window, other)
    assert window.viewport.epoch == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[1]",
        "{}",
        '{"NAME": 5}',
        '{"NAME": {"epoch": "9", "page_s": 30}}',
        '{"NAME": {"epoch": 9, "page_s": NaN}}',
        '{"NAME": {"epoch": true, "page_s": 30}}',
    ],
)
def test_that_a_damaged_place_is_none(store, tmp_path: Path, text: str) -> None:
    places = Places(store._settings)
    store._settings.setValue("window/places", text.replace("NAME", str(tmp_path / "a.h5")))
    assert places.of(tmp_path / "a.h5") is None
    places.keep(tmp_path / "a.h5", LastPlace(3, 30.0, {"C4-M1": 2.0}))
    assert places.of(tmp_path / "a.h5") == LastPlace(3, 30.0, {"C4-M1": 2.0})


def test_that_only_the_latest_places_are_kept(store, tmp_path: Path) -> None:
    places = Places(store._settings)
    for number in range(60):
        places.keep(tmp_path / f"{number}.h5", LastPlace(number, 30.0))
    assert places.of(tmp_path / "0.h5") is None
    assert places.of(tmp_path / "59.h5") == LastPlace(59, 30.0)
