"""The pictures of README and guide can be taken anew and still look like the window.

``SLEEPSCORER_SCREENSHOTS=refresh python -m pytest tests/ui/test_screenshots.py`` replaces them: the
demo of the README is then staged by the bundled network, which takes the check too long. The guide
shows a short simulated night, which the network stages in the check, too.
"""

import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRect, QUrl
from PySide6.QtGui import QFontInfo, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from resources import GUIDE_PATHS
from sleepscorer.demo import DEMO_START
from sleepscorer.domain.events import EventKind
from sleepscorer.domain.prediction import STAGES
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import Comparison
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.models.calibration import Calibration
from sleepscorer.models.ledger import ENTRIES, Calibrated
from sleepscorer.signals.simulation import GENERATOR_VERSION, simulate_night
from sleepscorer.ui.base.language import ENGLISH, LANGUAGES, speak
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.dialogs.exchange_dialogs import NoticeDialog, PageDialog
from sleepscorer.ui.dialogs.shortcut_sheet import ShortcutSheet
from sleepscorer.ui.loop.learning import Trial
from sleepscorer.ui.night.document import Document, OpenedFile
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.studies.table import Column

COMMITTED = Path(__file__).parents[2] / "resources" / "screenshots"
NAMES = ("light", "dark", "shortcuts")
MOST_BYTES = 250_000
REFRESHES = os.environ.get("SLEEPSCORER_SCREENSHOTS") == "refresh"
_SIZE_PX = (1440, 860)
_THUMBNAIL_PX = (48, 28)
_TIMEOUT_MS = 800_000
_SETTLING_MS = 500  # the queue of the review follows a change a little later
_MOST_SETTLING_S = 20.0
_EPOCH = 27

GUIDE_COMMITTED = COMMITTED.parent / "pictures"
MOST_BYTES_OF_GUIDE = 700_000
_FONT_OF_GUIDE = "DejaVu Sans"
_N_EPOCHS = 240
_DOUBTFUL_EPOCH, _BREATHING_EPOCH = 30, 155
LEDGER = Path(__file__).with_name("ledger_of_a_laboratory.jsonl")
_LEARNING_PX = 800, 520
_PAGE_PX = 800, 600  # the window that shows the guide has no room for more
_STATISTICS_PX = 800, 420
_REVIEW_PX = 290  # nothing stands below
_WIDTHS_PX = {Column.NIGHT: 100, Column.FOLDER: 80, Column.STATUS: 110, Column.PATIENT: 100}


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


def take_pictures_of_guide(
    qtbot: QtBot, window: MainWindow, dialogs, nights: Path, save: Callable[[str, QWidget], None]
) -> None:
    """Take a picture of each job in the first of the nights of a folder."""

    def perform(*action_ids: str) -> None:
        for action_id in action_ids:
            window.actions_by_id[action_id].trigger()
        qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=_TIMEOUT_MS)
        window.statusBar().clearMessage()

    dialogs.own_names.append("Ana")
    with qtbot.waitSignal(window.files.opened, timeout=_TIMEOUT_MS):
        window.open_file(nights / "Night-1.edf")
    perform("view.epoch_panel", "view.review_panel", "view.events_panel")  # hides them
    qtbot.waitUntil(lambda: _resized(window, *_PAGE_PX), timeout=_TIMEOUT_MS)
    window.viewport.go_to(_EPOCH)
    perform("scoring.auto")
    qtbot.waitUntil(lambda: _resized(window, *_PAGE_PX), timeout=20_000)
    save("staging", window)

    perform("view.epoch_panel")
    window.viewport.go_to(_DOUBTFUL_EPOCH)
    QTest.keyClick(window, "1")
    window.viewport.go_to(_DOUBTFUL_EPOCH)
    perform()
    save("doubt", window)

    perform("view.epoch_panel", "view.review_panel", "review.filter")
    qtbot.wait(_SETTLING_MS)
    save("review", window.queue_panel)

    perform("events.propose", "view.page_longer", "view.traces_alone")
    qtbot.waitUntil(lambda: _resized(window, _PAGE_PX[0], 440), timeout=_TIMEOUT_MS)
    window.viewport.go_to(_BREATHING_EPOCH)
    document = window.document
    hypopneas = [one for one in document.scoring.events if one.kind is EventKind.HYPOPNEA]
    window.open_night.events.choose(hypopneas[1])
    perform()
    save("events", window.workspace)

    perform("file.statistics")  # this page and the next two questions are saved, not answered
    dialogs.write_paths.append(nights / "Night-1.csv")
    perform("file.export.csv")
    perform("scoring.sign_off")
    dialogs.write_paths.append(nights / "Night-1.h5")
    window.studies.add_folder(nights)
    perform("file.save", "file.studies")
    studies = window._studies_window
    studies.resize(_PAGE_PX[0], 250)
    for column, width_px in _WIDTHS_PX.items():
        studies.table.setColumnWidth(column, width_px)
    qtbot.waitUntil(lambda: bool(studies.nights), timeout=_TIMEOUT_MS)
    qtbot.waitUntil(lambda: not any(map(window.studies.is_unknown, studies.nights)))
    perform()
    save("studies", studies)
    studies.close()

    perform("model.show")
    learning, shown = window.learning, window._learning_window
    shown.resize(*_LEARNING_PX)
    version = replace(learning.store.active(), name="MC²SleepNet", version="Lab")
    calibration = Calibration(version.sha256, {STAGES: 1.0}, 1500, "Ana", datetime.now(UTC))
    learning._show_trial(Trial(version, measured_comparison(), (), calibration))
    perform()
    save("learning", shown)
    shown.close()


def measured_comparison() -> Comparison:
    """What a calibration was found to be worth: an entry of the ledger of a laboratory.

    Of ten nights of eight subjects of Sleep-EDF at 0.4 times their amplitude, a version that had
    seen none of them was calibrated on five; the others, of five subjects, were compared on.
    """
    entry = ENTRIES.decode(LEDGER.read_bytes())
    assert isinstance(entry, Calibrated)
    assert entry.comparison is not None
    return entry.comparison


def _write_nights(folder: Path) -> None:
    """Write nights that are new, in review, and signed off."""
    night = simulate_night(seed=3, n_epochs=_N_EPOCHS)
    for number in range(1, 5):
        path = folder / f"Night-{number}.edf"
        write_edf(
            path,
            night.channels if number == 1 else night.channels[:2],
            start=DEMO_START + timedelta(days=number - 1),
            patient_name="Simulated",
            recording_additional=("SIMULATED", f"generator-{GENERATOR_VERSION}"),
        )
        if number < 3:
            continue
        document = Document(OpenedFile(path), "Ana")
        document.score(range(_N_EPOCHS), Stage.N2)
        if number == 4:
            document.sign_off("Ana", datetime(2026, 1, 5, 9, tzinfo=UTC))
        document.save(path.with_suffix(".h5"))
        document.recording.close()
        document.finish()


def _resized(window: MainWindow, width_px: int, height_px: int) -> bool:
    """Whether a window takes a size: it stays wider until panels that were hidden are laid out."""
    window.resize(width_px, height_px)
    return (window.width(), window.height()) == (width_px, height_px)


def _save(widget: QWidget, path: Path, height_px: int = 0) -> None:
    """Save a picture, or its upper part, in 256 colours: a third of its size otherwise."""
    picture, former = _grabbed(widget, height_px), None
    deadline_s = time.monotonic() + _MOST_SETTLING_S
    while picture != former and time.monotonic() < deadline_s:  # something is laid out or painted
        QTest.qWait(_SETTLING_MS)
        picture, former = _grabbed(widget, height_px), picture
    size = picture.width(), picture.height()
    stride = picture.bytesPerLine()
    pixels = Image.frombuffer("RGB", size, picture.constBits(), "raw", "RGB", stride)
    # Few pixels of a colour are a stage, which median cuts would give the colour of another.
    pixels.quantize(256, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


def _grabbed(widget: QWidget, height_px: int) -> QImage:
    part = QRect(0, 0, widget.width(), height_px or widget.height())
    return widget.grab(part).toImage().convertToFormat(QImage.Format.Format_RGB888)


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


@pytest.fixture(scope="module")
def written_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    _write_nights(folder)
    return folder


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    """What the window speaks that is made after it."""
    speak(qapp, request.param)
    return request.param


@pytest.fixture
def guide_pictures(
    qtbot: QtBot,
    language: str,
    window: MainWindow,
    dialogs,
    monkeypatch,
    written_nights: Path,
    tmp_path: Path,
) -> dict[str, Path]:
    """Pictures of the guide in a language, taken now, by the names of the committed ones."""
    taken = {}

    def save(name: str, widget: QWidget) -> None:
        file_name = picture_name(name, language)
        taken[file_name] = tmp_path / file_name
        _save(widget, taken[file_name], _REVIEW_PX if name == "review" else 0)

    questions = ["export", "signing"]

    def save_unanswered(dialog: NoticeDialog) -> bool:
        dialog.show()
        save(questions.pop(0), dialog)
        dialog.close()
        return False

    def save_page(*told: Any) -> None:
        page = PageDialog(*told)
        page.resize(*_STATISTICS_PX)
        page.show()
        save("statistics", page)
        page.close()

    for name in ("accepts_losses", "sign_off"):
        monkeypatch.setattr(dialogs, name, getattr(Dialogs(), name))
    monkeypatch.setattr(NoticeDialog, "is_accepted", save_unanswered)
    monkeypatch.setattr(dialogs, "show_page", save_page)
    nights = tmp_path / "nights"
    shutil.copytree(written_nights, nights)
    take_pictures_of_guide(qtbot, window, dialogs, nights, save)
    return taken


def picture_name(name: str, language: str) -> str:
    return f"{name}.png" if language == ENGLISH else f"{name}.{language}.png"


def committed_names(language: str) -> list[str]:
    """Names of the pictures that a language should have: those that any of them has."""
    names = {path.name.split(".", 1)[0] for path in GUIDE_COMMITTED.iterdir()}
    return sorted(picture_name(name, language) for name in names)


@pytest.mark.skipif(not REFRESHES, reason="replaces the pictures of the guide")
def test_that_the_pictures_of_the_guide_are_replaced_when_asked(guide_pictures) -> None:
    GUIDE_COMMITTED.mkdir(exist_ok=True)
    for name, taken in guide_pictures.items():
        shutil.copyfile(taken, GUIDE_COMMITTED / name)


@pytest.mark.skipif(REFRESHES, reason="the pictures are being replaced")
def test_that_the_pictures_of_the_guide_look_like_the_window(
    language: str, guide_pictures: dict[str, Path]
) -> None:
    assert sorted(guide_pictures) == committed_names(language)
    # In their font they are the same to the pixel; a mark or a row that is missing is 0.004.
    is_same_font = QFontInfo(QApplication.font()).family() == _FONT_OF_GUIDE
    most = 0.003 if is_same_font else 0.08
    for name, taken in guide_pictures.items():
        difference = np.abs(_thumbnail(taken) - _thumbnail(GUIDE_COMMITTED / name)).mean()
        assert difference < most, name


def test_that_the_guide_shows_every_picture_with_a_caption(
    language: str, window: MainWindow, dialogs, monkeypatch
) -> None:
    text = GUIDE_PATHS[language].read_text("utf-8")
    shown = re.findall(r"^!\[[^]]+\]\(pictures/([\w.]+)\)\n\n\*[^*]+\.\*$", text, re.M)
    assert sorted(shown) == committed_names(language)
    pages = []
    monkeypatch.setattr(dialogs, "show_page", lambda *told: pages.append(PageDialog(*told)))
    window.actions_by_id["help.guide"].trigger()
    (page,) = pages
    image = QTextDocument.ResourceType.ImageResource.value
    for name in shown:
        assert f'src="pictures/{name}"' in page.page.toHtml()
        picture = page.page.loadResource(image, QUrl(f"pictures/{name}"))
        assert not QImage.fromData(picture).isNull(), name


def test_that_the_pictures_of_the_guide_are_small() -> None:
    sizes = [path.stat().st_size for path in GUIDE_COMMITTED.iterdir()]
    assert sum(sizes) < MOST_BYTES_OF_GUIDE
