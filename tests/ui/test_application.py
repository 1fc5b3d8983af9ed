"""How the window begins, in a process of its own: a test's has its application already."""

import subprocess
import sys
from pathlib import Path

import pytest

HAND_OVER = """
import sys
from pathlib import Path
from types import SimpleNamespace
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QWidget
from sleepscorer.ui.shell import application

class Window(QWidget):
    def __init__(self, *arguments):
        super().__init__()
        self.panels = SimpleNamespace(is_first_start=False)
        self.messages = self.recovery = self.files = SimpleNamespace(
            failed=SimpleNamespace(emit=None),
            opened=SimpleNamespace(connect=lambda *arguments: None),
            offer_at_start=lambda: False,
        )
        self.tasks = SimpleNamespace(submit=lambda *arguments, **handlers: None)
        self.offer_tour = None
        handed = QFileOpenEvent(sys.argv[1])
        before = lambda: QCoreApplication.sendEvent(QCoreApplication.instance(), handed)
        # Before the window begins, or later.
        QTimer.singleShot(0 if sys.argv[2] == "first" else 50, before)
        QTimer.singleShot(300, QCoreApplication.quit)

    def open_file(self, path):
        print("opened", path)

    def open_demo(self):
        print("opened the demo")

application.MainWindow = Window
sys.exit(application.run(None))
"""


@pytest.mark.parametrize(
    ("when", "expected"), [("first", ["night.edf"]), ("later", ["the demo", "night.edf"])]
)
def test_that_a_file_that_the_system_hands_over_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, expected: list[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "night.edf"
    command = [sys.executable, "-c", HAND_OVER, str(path), when]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr
    opened = [line.removeprefix("opened ") for line in ended.stdout.splitlines()]
    assert [Path(one).name for one in opened] == expected


def test_that_no_source_of_what_is_imported_behind_the_window_is_kept():
    code = (
        "import linecache, PySide6.QtCore, sleepscorer.ui, scipy.signal; "
        "print(*[name for name in linecache.cache if 'scipy' in name])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == []


def test_that_the_window_waits_for_nothing_that_the_first_page_needs_later():
    late = ("torch", "mne", "matplotlib", "pandas", "distributed", "psgscoring", "docx")
    code = (
        "import sys, sleepscorer.ui.shell.application; "
        "late = [name for name in sys.modules if name in sys.argv[1:]]; "
        "print(*late, *[name for name in ('special', 'signal', 'optimize', 'stats', 'linalg') "
        "if f'scipy.{name}' in sys.modules])"
    )
    command = [sys.executable, "-c", code, *late]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == []
