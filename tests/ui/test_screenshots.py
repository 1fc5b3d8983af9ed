"""The pictures of the README can be taken anew and still look like the window.

``SLEEPSCORER_SCREENSHOTS=refresh python -m pytest tests/ui/test_screenshots.py`` replaces them: the
demo is then staged by the bundled network, which takes the check too long.
"""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sleepscorer.ui.dialogs.shortcut_sheet import ShortcutSheet
from sleepscorer.ui.shell.main_window import MainWindow

COMMITTED = Path(__file__).parents[2] / "resources" / "screenshots"
NAMES = ("light", "dark", "shortcuts")
MOST_BYTES = 250_000
REFRESHES = os.environ.get("SLEEPSCORER_SCREENSHOTS") == "refresh"
_SIZE_PX = (1440, 860)
_THUMBNAIL_PX = (48, 28)
_TIMEOUT_MS = 800_000
_SETTLING_MS = 500  # the queue of the review follows a change a little later
_EPOCH = 27


def take_screenshots(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    window.resize(*_SIZE_PX)
    with qtbot.waitSignal(window.files.opened, timeout=_TIMEOUT_MS):
        window.open_demo()
    with qtbot.waitSignal(window.document.hypnodensity_changed, timeout=_TIMEOUT_MS):
        window.actions_by_id["scoring.auto"].trigger()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=_TIMEOUT_MS)
    window.viewport.go_to(_EPOCH)
    for key in "222":
        QTest.keyClick(window, key)
    window.viewport.go_to(_EPOCH + 1)
    window.statusBar().clearMessage()
    qtbot.wait(_SETTLING_MS)
    _save(window, folder / "light.png")
    window.choices.themes["dark"].trigger()
    _save(window, folder / "dark.png")
    window.choices.themes["light"].trigger()
    sheet = ShortcutSheet(window.bindings, window)
    sheet.show()
    _save(sheet, folder / "shortcuts.png")
    sheet.close()


def _save(widget: QWidget, path: Path) -> None:
    """Save a picture in 256 colours: a third of its size otherwise."""
    QApplication.processEvents()
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = picture.width(), picture.height()
    stride = picture.bytesPerLine()
    pixels = Image.frombuffer("RGB", size, picture.constBits(), "raw", "RGB", stride)
    pixels.quantize(256).save(path, optimize=True)


def _thumbnail(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        grey = image.convert("RGB").convert("L").resize(_THUMBNAIL_PX, Image.Resampling.BOX)
        return np.asarray(grey, np.float64) / 255


@pytest.mark.skipif(not REFRESHES, reason="replaces the pictures of the README")
@pytest.mark.timeout(900)
def test_that_the_pictures_are_replaced_when_asked(qtbot: QtBot, window: MainWindow) -> None:
    take_screenshots(qtbot, window, COMMITTED)


@pytest.mark.skipif(REFRESHES, reason="the pictures are being replaced")
@pytest.mark.usefixtures("constant_prediction")
def test_that_the_pictures_of_the_readme_look_like_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    take_screenshots(qtbot, window, tmp_path)
    for name in NAMES:
        taken, committed = tmp_path / f"{name}.png", COMMITTED / f"{name}.png"
        assert committed.stat().st_size < MOST_BYTES
        # Fonts differ between machines, and the stages are not the network's here.
        assert np.abs(_thumbnail(taken) - _thumbnail(committed)).mean() < 0.08, name


def test_that_the_readme_shows_every_picture() -> None:
    readme = (COMMITTED.parents[1] / "README.md").read_text("utf-8")
    for name in NAMES:
        assert f"resources/screenshots/{name}.png" in readme
