"""A large font, which a technician far from a large screen sets: nothing is cut off or grows."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sleepscorer.domain.channels import Channel, ChannelKind, Derivation
from sleepscorer.domain.montage import Trace
from sleepscorer.domain.own_kinds import MOST_OWN_KINDS
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.ui.base.language import LANGUAGES, speak
from sleepscorer.ui.base.plain_text import WrappedLabel
from sleepscorer.ui.dialogs.calibration_dialog import CalibrationDialog
from sleepscorer.ui.dialogs.exchange_dialogs import CopyDialog, NameDialog
from sleepscorer.ui.dialogs.laboratory_dialog import LaboratoryDialog
from sleepscorer.ui.dialogs.own_kinds_dialog import OwnKindsDialog
from sleepscorer.ui.dialogs.trace_dialog import TraceDialog
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.shell.panels import Panels

_LARGER = 1.5
_LOW_SCREEN_PX = 720
_HEADING_MARGINS_PX = 8


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    speak(qapp, request.param)
    return request.param


@pytest.fixture
def large_font(qapp: QApplication) -> Iterator[None]:
    """Larger letters for every window that is made after it."""
    usual = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(usual.pointSizeF() * _LARGER)
    qapp.setFont(larger)
    yield
    qapp.setFont(usual)


def cut_texts(widget: QWidget, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Texts that a widget and those in it paint into a place that is too narrow or low for them."""
    cut: set[tuple[str, str]] = set()
    draw = QPainter.drawText

    def drawing(painter: QPainter, *told):
        place, *rest = told
        if isinstance(place, QRect | QRectF) and isinstance(rest[-1], str) and len(rest) == 2:
            flags, text = rest
            needed = painter.fontMetrics().tightBoundingRect(text)
            wraps = int(flags) & Qt.TextFlag.TextWordWrap.value
            free = int(flags) & Qt.TextFlag.TextDontClip.value
            wide = painter.fontMetrics().horizontalAdvance(text)
            is_cut = place.width() < wide - 1 or place.height() < needed.height()
            if is_cut and not wraps and not free:
                device = painter.device()
                cut.add((type(device).__name__, text))
        return draw(painter, *told)

    with monkeypatch.context() as patch:
        patch.setattr(QPainter, "drawText", drawing)
        widget.grab()
    return cut


@pytest.mark.usefixtures("language", "large_font", "constant_prediction")
def test_that_no_painted_text_is_cut_with_a_large_font(
    qtbot: QtBot, open_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window
    window.choices.voters["3"].trigger()
    for action_id in ("scoring.auto", "view.neighbours", "review.explain"):
        window.actions_by_id[action_id].trigger()
        qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    QTest.qWait(300)
    assert window.workspace.votes.isVisible()
    assert not cut_texts(window, monkeypatch)


@pytest.mark.usefixtures("language", "large_font")
def test_that_no_line_of_a_dialog_is_cut_with_a_large_font(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    channels = [Channel(0, "Airflow", ChannelKind.RESPIRATION, "L/min", 20.0)]
    trace = Trace(Derivation("C4", "M1"), ChannelKind.EEG, "µV", 100.0, None, 150.0)
    values = np.sin(2 * np.pi * 10 * np.arange(3000, dtype=np.float32) / 100)
    dialogs = [
        CopyDialog(parent, tmp_path),
        NameDialog(parent, "", "a heading " * 20, ["a"], "a note " * 30, "", label="", name=""),
        LaboratoryDialog(parent, Laboratory(), channels),
        OwnKindsDialog(parent, (), ["Alt+1"] * MOST_OWN_KINDS),
        CalibrationDialog(parent, 3.78),
        TraceDialog(parent, trace, 150.0, px_per_mm=0.0, lane_px=40.0, values=values),
    ]
    for dialog in dialogs:
        dialog.show()
        QApplication.processEvents()
        for label in dialog.findChildren(QLabel):
            if label.wordWrap() and label.text():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        for field in dialog.findChildren(QLineEdit):
            if field.isVisible():
                assert field.height() >= field.fontMetrics().height(), dialog
        assert not cut_texts(dialog, monkeypatch)
        assert dialog.minimumSizeHint().height() < _LOW_SCREEN_PX, dialog
        dialog.close()


@pytest.mark.usefixtures("language")
def test_that_what_is_being_done_makes_no_window_wider(open_window: MainWindow) -> None:
    former = open_window.minimumSizeHint().width()
    task = open_window.tasks.submit(
        lambda _report: None, on_success=lambda _: None, on_failure=lambda _: None
    )
    open_window.progress.watch(task, "Reading " + "a file of a long name " * 20)
    open_window._saved_label.setText("signed off by somebody of a long name " * 5)
    QApplication.processEvents()
    assert open_window.minimumSizeHint().width() <= former
    open_window.progress.forget(task)


@pytest.mark.usefixtures("language", "large_font")
def test_that_the_window_is_no_higher_than_a_low_screen(
    open_window: MainWindow,
) -> None:
    window = open_window
    assert window.minimumSizeHint().height() <= window.screen().availableSize().height()
    epoch = window.findChild(QDockWidget, "epoch_dock")
    assert not epoch.visibleRegion().isEmpty()
    window.findChild(QDockWidget, "review_dock").raise_()
    QApplication.processEvents()
    assert epoch.visibleRegion().isEmpty()


@pytest.mark.usefixtures("language", "large_font")
def test_that_the_headings_of_the_queue_have_room(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Panels, "_has_room", lambda _panels: True)  # the queue is in sight
    window: MainWindow = request.getfixturevalue("open_window")
    queue = window.queue_panel.list
    header, model = queue.horizontalHeader(), queue.model()
    for column in range(header.count()):
        text = model.headerData(column, Qt.Orientation.Horizontal)
        wide = header.fontMetrics().horizontalAdvance(text)
        assert header.sectionSize(column) >= wide + _HEADING_MARGINS_PX, text


def test_that_a_wrapped_label_gives_room_back(qtbot: QtBot) -> None:
    label = WrappedLabel("a few words " * 30)
    qtbot.addWidget(label)
    heights = []
    for width_px in (200, 600):
        label.resize(width_px, 20)
        label.show()
        QApplication.processEvents()
        heights.append(label.minimumHeight())
    assert heights[1] < heights[0] / 2
