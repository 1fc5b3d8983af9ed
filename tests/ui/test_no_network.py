"""That a night's work needs no other computer; the fixture of all tests fails where one is asked.

Qt's own way to the network is a module that nothing imports.
"""

import sys
from pathlib import Path

from sleepscorer.__main__ import main


def test_that_a_night_is_staged_saved_exported_and_reported_without_a_network(
    open_window, dialogs, qtbot, tmp_path: Path
):
    for action_id, path in {
        "scoring.auto": None,
        "file.save": tmp_path / "night.h5",
        "file.report.pdf": tmp_path / "night.pdf",
        "file.report.html": tmp_path / "night.html",
        **{f"file.export.{name}": tmp_path / f"night {name}" for name in ("csv", "edf", "nsrr")},
    }.items():
        if path is not None:
            dialogs.write_paths.append(path)
        open_window.actions_by_id[action_id].trigger()
        qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)
        assert path is None or path.is_file()
    assert "PySide6.QtNetwork" not in sys.modules


def test_that_recordings_are_staged_without_a_network(night_path: Path, tmp_path: Path):
    assert main(["score", str(night_path), "--out", str(tmp_path / "results")]) == 0
