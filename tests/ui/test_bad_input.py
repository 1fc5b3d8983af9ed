"""Bad input gets one clear sentence; the window stays usable and nothing is lost."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import resources
from model.files import newest
from sleepscorer.autoscoring import load_model
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.shell.main_window import MainWindow


def not_an_edf(path: Path, _night: Path) -> str:
    path.write_text("minutes of a meeting")
    return "not an EDF"


def header_cut_short(path: Path, night: Path) -> str:
    path.write_bytes(night.read_bytes()[:700])
    return "ends inside its header"


def impossible_number_of_signals(path: Path, night: Path) -> str:
    content = bytearray(night.read_bytes())
    content[252:256] = b"-3  "
    path.write_bytes(content)
    return "number of signals"


def no_samples(path: Path, night: Path) -> str:
    content = night.read_bytes()
    path.write_bytes(content[: int(content[184:192])])
    return "no samples"


def shorter_than_an_epoch(path: Path, night: Path) -> str:
    content = night.read_bytes()
    n_header = int(content[184:192])
    path.write_bytes(content[: n_header + (len(content) - n_header) // 30])  # 24 of 720 s
    return "less than one 30-s epoch"


def missing(path: Path, _night: Path) -> str:
    return "can't be opened"


def session_that_is_none(path: Path, _night: Path) -> str:
    path.with_suffix(".h5").write_bytes(b"not HDF5")
    return "can't be read as a session"


@pytest.mark.parametrize(
    "damage",
    [
        not_an_edf,
        header_cut_short,
        impossible_number_of_signals,
        no_samples,
        shorter_than_an_epoch,
        missing,
        session_that_is_none,
    ],
)
def test_that_a_file_that_can_not_be_opened_leaves_the_work_as_it_was(
    qtbot: QtBot,
    window: MainWindow,
    night_path: Path,
    tmp_path: Path,
    damage: Callable[[Path, Path], str],
) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    QTest.keyClick(window, "2")
    bad = tmp_path / "bad.edf"
    expected = damage(bad, night_path)
    bad = bad.with_suffix(".h5") if bad.with_suffix(".h5").exists() else bad
    with qtbot.waitSignal(window.files.failed, timeout=20_000):
        window.open_file(bad)
    assert expected in window.messages.text
    assert "bad" in window.messages.text
    assert window.document.recording.path == night_path
    QTest.keyClick(window, "3")
    assert window.document.scoring.stages[:2] == (Stage.N2, Stage.N3)


def test_that_a_truncated_recording_is_opened_as_far_as_it_goes_and_says_so(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    content = night_path.read_bytes()
    night_path.write_bytes(content[: len(content) * 2 // 3])
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    assert "shorter than its header says" in window.messages.text
    assert window.document.recording.n_epochs in (15, 16)


def test_that_a_recording_without_eeg_can_be_seen_but_not_staged(
    qtbot: QtBot, window: MainWindow, night: SimulatedNight, tmp_path: Path
) -> None:
    path = tmp_path / "breathing.edf"
    breathing = [channel for channel in night.channels if "flow" in channel.label.casefold()]
    write_edf(path, breathing, start=datetime(2026, 3, 1, 22, 15, 30))
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    window.actions_by_id["scoring.auto"].trigger()
    assert "no channel that looks like EEG" in window.messages.text
    QTest.keyClick(window, "1")
    assert window.document.scoring[0].stage is Stage.N1


def test_that_a_folder_that_can_not_be_written_to_keeps_the_work_unsaved(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    QTest.keyClick(window, "2")
    # A file in place of the folder: also the administrator can't write there.
    (tmp_path / "folder").write_text("")
    dialogs.write_paths.append(tmp_path / "folder" / "night.h5")
    window.actions_by_id["file.save"].trigger()
    assert "can't be written" in window.messages.text
    assert window.document.has_unsaved_changes
    dialogs.write_paths.append(tmp_path / "folder" / "night-hypnogram.edf")
    window.actions_by_id["file.export.edf"].trigger()
    assert "can't be written" in window.messages.text


def test_that_an_export_never_replaces_the_recording(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path
) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    before = night_path.read_bytes()
    dialogs.write_paths.append(night_path)
    window.actions_by_id["file.export.edf"].trigger()
    assert "is the recording itself" in window.messages.text
    assert night_path.read_bytes() == before


def test_that_weights_with_another_hash_are_refused(
    qtbot: QtBot,
    window: MainWindow,
    night_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weights = Path(shutil.copy(newest(resources.WEIGHTS_FOLDER), tmp_path / "weights.safetensors"))
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    monkeypatch.setattr("sleepscorer.autoscoring.load_model", lambda: load_model(weights))
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    qtbot.waitUntil(lambda: "SHA-256" in window.messages.text, timeout=20_000)
    assert "weights.safetensors" in window.messages.text
    QTest.keyClick(window, "2")
    assert window.document.scoring[0].stage is Stage.N2


def test_that_a_recording_that_goes_away_is_reported_and_the_scoring_kept(
    qtbot: QtBot, window: MainWindow, night_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A real night is larger than a block; the short one here must not fit into one either.
    monkeypatch.setattr("sleepscorer.io.edf._BLOCK_BYTES", 2**14)
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    QTest.keyClick(window, "2")
    size = night_path.stat().st_size
    with night_path.open("rb+") as file:
        file.truncate(size // 2)
    window.viewport.go_to(20)
    assert "has become shorter" in window.messages.text
    assert window.document.scoring[0].stage is Stage.N2
    assert np.isclose(window.viewport.page_s[0], 600)
