"""What the views show and how they answer to the mouse."""

from datetime import datetime

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent, qGray
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Model, Person
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.waves import WaveKind
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.base.theme import DARK, LIGHT, SAFE, Theme, mixed
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.hypnogram_item import ROW_OF_STAGE, HypnogramItem
from sleepscorer.ui.views.message_bar import MessageBar
from sleepscorer.ui.views.night import density_image
from sleepscorer.ui.views.status_line import StatusLine
from sleepscorer.ui.views.time_axis import ClockAxis
from sleepscorer.ui.views.wave_marks import WaveMark, WaveMarks


def turn_wheel(widget: QWidget, steps: int, modifiers: Qt.KeyboardModifier) -> None:
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre,
        widget.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_that_a_page_shows_the_samples_of_its_epoch_at_their_times(
    open_window: MainWindow, night: SimulatedNight
) -> None:
    open_window.actions_by_id["traces.filters"].trigger()
    open_window.viewport.go_to(7)
    channel = next(channel for channel in night.channels if channel.label == "Airflow")
    curve = open_window.traces.curve("Airflow")
    first = round(7 * 30 * channel.sfreq)
    inside = (curve.times_s >= 0) & (curve.times_s < 30)
    np.testing.assert_allclose(
        curve.times_s[inside], np.arange(inside.sum()) / channel.sfreq, atol=1e-9
    )
    shown = curve.heights[inside]
    stored = channel.samples[first : first + inside.sum()]
    # Lanes shift and scale: the shape is what has to agree.
    assert np.corrcoef(shown, stored)[0, 1] > 0.9999


@pytest.mark.parametrize("view", ["traces", "night"])
def test_that_the_wheel_turns_pages(open_window: MainWindow, view: str) -> None:
    widget = getattr(open_window, view).viewport()
    turn_wheel(widget, -1, Qt.KeyboardModifier.NoModifier)
    turn_wheel(widget, -1, Qt.KeyboardModifier.NoModifier)
    turn_wheel(widget, 1, Qt.KeyboardModifier.NoModifier)
    assert open_window.viewport.epoch == 1


def test_that_the_wheel_with_control_changes_the_sensitivity(open_window: MainWindow) -> None:
    before = np.ptp(open_window.traces.curve("C4-M1").heights)
    turn_wheel(open_window.traces.viewport(), 1, Qt.KeyboardModifier.ControlModifier)
    assert np.ptp(open_window.traces.curve("C4-M1").heights) > before
    assert open_window.viewport.epoch == 0


def test_that_a_click_in_the_night_goes_to_the_epoch_under_it(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    night = open_window.night
    for time_s, epoch in ((15, 0), (315, 10), (23 * 30 + 15, 23)):
        position = night.position_of(time_s)
        qtbot.mouseClick(night.viewport(), Qt.MouseButton.LeftButton, pos=position)
        assert open_window.viewport.epoch == epoch


def test_that_dragging_in_the_night_moves_through_it(qtbot: QtBot, open_window: MainWindow) -> None:
    night = open_window.night
    qtbot.mousePress(night.viewport(), Qt.MouseButton.LeftButton, pos=night.position_of(15))
    qtbot.mouseMove(night.viewport(), night.position_of(435))
    qtbot.mouseRelease(night.viewport(), Qt.MouseButton.LeftButton, pos=night.position_of(435))
    assert open_window.viewport.epoch == 14


def test_that_a_click_with_shift_selects_up_to_there(qtbot: QtBot, open_window: MainWindow) -> None:
    night = open_window.night
    open_window.viewport.go_to(5)
    shift = Qt.KeyboardModifier.ShiftModifier
    for time_s, selection in ((315, range(5, 11)), (75, range(2, 6))):
        position = night.position_of(time_s)
        qtbot.mouseClick(night.viewport(), Qt.MouseButton.LeftButton, shift, position)
        assert open_window.viewport.selection == selection


def test_that_the_panel_tells_the_models_stage_from_a_persons(
    qtbot: QtBot, open_window: MainWindow, constant_prediction: np.ndarray
) -> None:
    with qtbot.waitSignal(open_window.document.hypnodensity_changed, timeout=60_000):
        open_window.actions_by_id["scoring.auto"].trigger()
    stage = open_window.panel.findChild(QLabel, "stage")
    source = open_window.panel.findChild(QLabel, "source")
    assert (stage.text(), source.text()) == ("N2", "proposed by the model")
    outlined = stage.styleSheet()
    open_window.choices.advance["stay"].trigger()
    open_window.actions_by_id["scoring.n2"].trigger()
    assert (stage.text(), source.text()) == ("N2", "scored by Scorer")
    assert stage.styleSheet() != outlined


def test_that_the_hypnodensity_stacks_wake_above_n3() -> None:
    probabilities = np.array([[0.5, 0, 0, 0.5, 0], [0, 0, 0, 0, 1], [np.nan] * 5], np.float32)
    image = density_image(probabilities, LIGHT)
    n_rows = len(image)

    def colour(row: int, epoch: int) -> str:
        return "#" + "".join(f"{value:02X}" for value in image[row, epoch, :3])

    assert colour(0, 0) == LIGHT.stages[Stage.N3]
    assert colour(n_rows - 1, 0) == LIGHT.stages[Stage.W]
    assert colour(n_rows // 2, 1) == LIGHT.stages[Stage.R]
    assert (image[:, 2, 3] == 0).all()


def test_that_the_hypnogram_covers_the_whole_night(qtbot: QtBot) -> None:
    item = HypnogramItem(LIGHT)
    item.set_scores(
        [EpochScore(Stage.N2, UNKNOWN_MODEL), EpochScore(Stage.W, Person("Scorer")), EpochScore()]
    )
    assert item.boundingRect().width() == 90


@pytest.mark.parametrize("theme", [LIGHT, DARK, SAFE], ids=["light", "dark", "safe"])
def test_that_a_thin_stage_is_seen_on_the_surface(qtbot: QtBot, theme: Theme) -> None:
    for stage in (Stage.W, Stage.R, Stage.N1, Stage.N2, Stage.N3):
        item = HypnogramItem(theme)
        item.set_scores([EpochScore(stage, UNKNOWN_MODEL)])
        image = QImage(10, 70, QImage.Format.Format_RGB32)
        image.fill(QColor(theme.surface))
        painter = QPainter(image)
        painter.translate(0.0, 62.0)
        painter.scale(10 / 30, -10.0)
        item.paint(painter)
        painter.end()
        greys = [qGray(image.pixel(5, y)) for y in range(70)]
        assert max(greys) - min(greys) > 64, stage


@pytest.mark.parametrize("height_px", range(70, 82, 2))
def test_that_stages_of_the_model_are_alike_thin_in_all_rows(qtbot: QtBot, height_px: int) -> None:
    stages = [Stage.W, Stage.R, Stage.N1, Stage.N2, Stage.N3]
    item = HypnogramItem(LIGHT)
    item.set_scores([EpochScore(stage, UNKNOWN_MODEL) for stage in stages])
    image = QImage(50, height_px, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(0.0, height_px - 8.0)
    painter.scale(10 / 30, -height_px / 7)
    item.paint(painter)
    painter.end()
    for epoch, stage in enumerate(stages):
        for x in (10 * epoch + 3, 10 * epoch + 6):
            drawn = [image.pixelColor(x, y).name().upper() for y in range(height_px)]
            assert drawn.count(LIGHT.stages[stage]) == 2


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_that_every_stage_and_every_kind_of_channel_has_a_colour(theme) -> None:
    assert set(theme.stages) == set(Stage)
    assert set(theme.traces) == set(ChannelKind)
    assert len(set(theme.stages.values())) == len(Stage)


def test_that_messages_below_the_latest_come_up_in_turn(qtbot: QtBot) -> None:
    bar = MessageBar(LIGHT)
    qtbot.addWidget(bar)
    for text in ("first", "second", "third"):
        bar.show_remark(text)
    more = bar.findChild(QToolButton, "more")
    seen = []
    for _ in range(4):
        seen.append(bar.text)
        more.click()
    assert seen == ["third", "second", "first", "third"]
    assert more.text() == "and 2 more"


def test_that_letters_of_found_waves_do_not_lie_on_each_other(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    marks = WaveMarks(LIGHT, parent)
    eye = WaveKind.RAPID_EYE_MOVEMENT
    places = ((10.0, 0.0), (14.0, 0.0), (14.0, 40.0), (200.0, 0.0))
    marks.show_marks([WaveMark(eye, x, x + 5, top) for x, top in places], QRectF(0, 0, 300, 80))
    assert [(place.x(), sign) for place, sign in marks.signs()] == [
        (12.0, "eye"),
        (16.0, "eye"),
        (202.0, "eye"),
    ]


def test_that_a_spectrogram_and_stages_are_announced_while_they_are_worked_out(
    open_window: MainWindow,
) -> None:
    night = open_window.night
    assert "being computed" not in night._spectrogram_name.toPlainText()
    night.announce_spectrogram("C4-M1")
    assert night._spectrogram_name.toPlainText() == "C4-M1: being computed…"
    night.set_staging(True)
    assert "F9" not in night._message.toPlainText()


def test_that_only_a_long_night_names_its_days() -> None:
    axis = ClockAxis()
    midnight_s, noon_s = 2 * 3600.0, 14 * 3600.0
    axis.set_start(datetime(2026, 3, 1, 22))
    assert axis.tickStrings([midnight_s, noon_s], 1.0, 3600.0) == ["00:00", "12:00"]
    axis.set_start(datetime(2026, 3, 1, 22), names_days=True)
    assert axis.tickStrings([midnight_s, noon_s], 1.0, 3600.0) == ["day 2", "12:00"]


def test_that_a_mixed_colour_is_what_would_shine_through_and_hides_what_lies_behind() -> None:
    assert mixed("#000000", QColor("#FFFFFF"), 0.1).name().upper() == "#E6E6E6"
    assert mixed("#0072B2", QColor("#FFFFFF"), 0.0).alpha() == 255


@pytest.mark.parametrize("source", [UNKNOWN_MODEL, Person("Scorer")])
def test_that_one_epoch_is_seen_in_a_night_with_three_epochs_to_a_pixel(
    qtbot: QtBot, source: Model | Person
) -> None:
    n_epochs, width_px, height_px, row_px = 2880, 950, 98, 14
    item = HypnogramItem(LIGHT)
    for place in range(1000, 1012):
        scores = [EpochScore(Stage.N2, source)] * n_epochs
        scores[place] = EpochScore(Stage.W, source)
        item.set_scores(scores)
        image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.translate(0.0, height_px - row_px)
        painter.scale(width_px / (n_epochs * EPOCH_S), -row_px)
        item.paint(painter)
        painter.end()
        middle = round(height_px - row_px - ROW_OF_STAGE[Stage.W] * row_px)
        seen = [
            x
            for x in range(width_px)
            for y in (middle - 1, middle)
            if image.pixelColor(x, y).name().upper() == LIGHT.stages[Stage.W]
        ]
        assert seen
        assert max(seen) - min(seen) <= 1
        assert abs(seen[0] - place * width_px / n_epochs) <= 2


def test_that_all_that_the_status_line_says_can_be_read(qtbot: QtBot) -> None:
    line, saved = StatusLine("No device: people decide what counts."), QLabel("Saved")
    qtbot.addWidget(line)
    line.add_right(saved)
    line.resize(700, 24)
    line.show()
    (notice,) = [one for one in line.findChildren(QLabel) if one is not saved]
    line.showMessage("Short.")
    assert notice.text() == "No device: people decide what counts."
    message = "A remark that goes on, and on. " * 8
    line.showMessage(message)
    assert notice.text() == "No device"
    assert "people decide" in notice.toolTip()
    assert line.currentMessage() == message
    assert message.strip() in line.toolTip()
    line.clearMessage()
    assert notice.text() == "No device: people decide what counts."
    assert line.toolTip() == ""
