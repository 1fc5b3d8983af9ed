"""Input that was not meant changes nothing: the wheel over a box, a held key, a dropped file."""

import gc
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDockWidget,
    QLineEdit,
    QMessageBox,
    QScrollBar,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sleepscorer import ui
from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.montages import Montage, MontageTrace
from sleepscorer.domain.own_kinds import MOST_OWN_KINDS
from sleepscorer.domain.provenance import UNKNOWN_MODEL
from sleepscorer.domain.scoring import EpochScore, LightInterruption, Lights
from sleepscorer.domain.stages import Stage
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.ui.actions.action_table import ACTIONS, EVENT_ACTIONS, STAGE_ACTIONS
from sleepscorer.ui.base.stray_input import holds_value
from sleepscorer.ui.dialogs.calibration_dialog import CalibrationDialog
from sleepscorer.ui.dialogs.dialogs import DerivationDialog
from sleepscorer.ui.dialogs.exchange_dialogs import CopyDialog, NameDialog, NoticeDialog, PageDialog
from sleepscorer.ui.dialogs.go_to_dialog import GoToDialog
from sleepscorer.ui.dialogs.laboratory_dialog import LaboratoryDialog
from sleepscorer.ui.dialogs.lights_dialog import LightsDialog
from sleepscorer.ui.dialogs.montage_editor import MontageEditor
from sleepscorer.ui.dialogs.own_kinds_dialog import OwnKindsDialog
from sleepscorer.ui.dialogs.question_dialog import QuestionDialog
from sleepscorer.ui.dialogs.shortcut_sheet import ShortcutSheet
from sleepscorer.ui.dialogs.similar_dialog import Sample, SimilarDialog
from sleepscorer.ui.dialogs.trace_dialog import TraceDialog
from sleepscorer.ui.dialogs.unsaved_dialog import UnsavedDialog, UnsavedRow
from sleepscorer.ui.loop.learning_window import LearningWindow
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.studies.studies_window import StudiesWindow


def a_montage() -> Montage:
    return Montage("lab", tuple(MontageTrace(f"E{row}", "M1") for row in range(40)))


def a_question() -> QuestionError:
    options = tuple(Option(word, word, lambda: StoredScoring(())) for word in ("a", "b"))
    return QuestionError("which", "Which?", options)


def a_sample() -> Sample:
    return Sample(0, EpochScore(), 1.0, np.zeros(100, np.float32))


DIALOGS: dict[type[QDialog], Callable[[MainWindow], QDialog]] = {
    CalibrationDialog: lambda window: CalibrationDialog(window, 4.0),
    CopyDialog: lambda window: CopyDialog(window, Path()),
    DerivationDialog: lambda window: DerivationDialog(window, window.document.recording.channels),
    GoToDialog: lambda window: GoToDialog(window, window.document.recording, 3),
    LaboratoryDialog: lambda window: LaboratoryDialog(
        window, Laboratory(), window.document.recording.channels
    ),
    LearningWindow: lambda window: LearningWindow(
        window, window.learning, lambda: None, lambda: True, lambda _a, _b: None
    ),
    LightsDialog: lambda window: LightsDialog(
        window, Lights(60.0, None, (LightInterruption(120.0, 150.0),)), window.document.recording
    ),
    MontageEditor: lambda window: MontageEditor(
        window, (a_montage(),), (), window.document.recording.channels, "lab"
    ),
    NameDialog: lambda window: NameDialog(
        window, "Title", "Heading", ("One",), "", "OK", label="Name", name=""
    ),
    NoticeDialog: lambda window: NoticeDialog(window, "Title", "Heading", ("One",)),
    OwnKindsDialog: lambda window: OwnKindsDialog(window, (), ("",) * MOST_OWN_KINDS),
    PageDialog: lambda window: PageDialog(window, "Title", "<p>Page</p>" * 200),
    QuestionDialog: lambda window: QuestionDialog(window, a_question(), (None, None)),
    ShortcutSheet: lambda window: ShortcutSheet(window.bindings, window),
    SimilarDialog: lambda window: SimilarDialog(
        window, a_sample(), (a_sample(),), "C4-M1", {"2": Stage.N2}
    ),
    StudiesWindow: lambda window: StudiesWindow(
        window, window.studies, window._dialogs, window.actions_by_id["file.next_night"]
    ),
    TraceDialog: lambda window: TraceDialog(
        window,
        window.traces.traces[0],
        150.0,
        px_per_mm=0.0,
        lane_px=40.0,
        values=np.zeros(3000, np.float32),
    ),
    UnsavedDialog: lambda window: UnsavedDialog(window, (UnsavedRow("Work", True),)),
}
"""How each dialog of the program is made."""


def dialog_classes() -> set[type[QDialog]]:
    found: set[type[QDialog]] = set()
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        members = inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        found |= {
            one
            for _, one in members
            if issubclass(one, QDialog)
            and not issubclass(one, QMessageBox)
            and one.__module__.startswith("sleepscorer.")
        }
    return found


def turn_wheel(widget: QWidget, notches: int) -> None:
    """Turn the wheel over a widget as the window system does, which may give it the focus."""
    top = widget.window()
    inside = widget.mapTo(top, middle(widget))
    QTest.wheelEvent(top.windowHandle(), QPointF(inside), QPoint(0, 120 * notches))


def middle(widget: QWidget) -> QPoint:
    return widget.rect().center()


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QComboBox):
        return widget.currentIndex(), widget.currentText()
    assert isinstance(widget, QAbstractSpinBox | QAbstractSlider)
    return widget.text() if isinstance(widget, QAbstractSpinBox) else widget.value()


def turn_over_everything(top: QWidget) -> list[QWidget]:
    """Turn the wheel over every widget that nobody chose; return those with a value."""
    boxes = [one for one in top.findChildren(QWidget) if holds_value(one)]
    before = [value_of(box) for box in boxes]
    top.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    top.setFocus()  # a dialog gives it to its first box
    for widget in top.findChildren(QWidget):
        if widget.isVisibleTo(top) and top.rect().contains(widget.mapTo(top, middle(widget))):
            for notches in (1, -1):
                turn_wheel(widget, notches)
    assert [value_of(box) for box in boxes] == before
    return boxes


def test_that_every_dialog_is_walked_over() -> None:
    assert set(DIALOGS) == dialog_classes()


@pytest.mark.parametrize("kind", list(DIALOGS), ids=lambda kind: kind.__name__)
def test_that_the_wheel_changes_no_box_of_a_dialog(
    qtbot: QtBot, open_window: MainWindow, kind: type[QDialog]
) -> None:
    dialog = DIALOGS[kind](open_window)
    dialog.setModal(False)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    turn_over_everything(dialog)
    dialog.close()


def not_owned_by(top: QWidget) -> list[QWidget]:
    """Parts of a window that PySide would delete a second time when the program ends.

    They are not looked for as children: asking Qt for a part, or for its parent, hands it over.
    """
    parts = [one for one in gc.get_objects() if isinstance(one, shiboken6.Object)]
    owned = [one for one in parts if shiboken6.isValid(one) and shiboken6.ownedByPython(one)]
    return [one for one in owned if isinstance(one, QWidget) and top.isAncestorOf(one)]


@pytest.mark.parametrize("kind", list(DIALOGS), ids=lambda kind: kind.__name__)
def test_that_a_dialog_owns_all_that_is_in_it(open_window: MainWindow, kind: type[QDialog]) -> None:
    assert not_owned_by(DIALOGS[kind](open_window)) == []


def test_that_the_window_owns_all_that_is_in_it(open_window: MainWindow) -> None:
    assert not_owned_by(open_window) == []


def of_tab_order(top: QWidget) -> list[QWidget]:
    """What Tab goes to, from the first to the first again."""
    chain, widget = [], top.nextInFocusChain()
    while widget is not top:
        is_there = widget.isVisibleTo(top) and widget.isEnabled()
        if is_there and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def goes_back(one: QWidget, following: QWidget, top: QWidget) -> bool:
    """Whether what follows lies before: above in the same column, or left in the same row."""
    if one.isAncestorOf(following) or following.isAncestorOf(one):
        return False
    if isinstance(one.parent(), QDialogButtonBox) and one.parent() is following.parent():
        return False  # the system puts them in an order of its own
    here, there = (QRect(widget.mapTo(top, QPoint()), widget.size()) for widget in (one, following))
    in_column = here.left() <= there.right() and there.left() <= here.right()
    in_row = here.top() <= there.bottom() and there.top() <= here.bottom()
    is_above, is_left = there.bottom() < here.top(), there.right() < here.left()
    return (is_above and in_column) or (is_left and in_row)


@pytest.mark.parametrize("kind", list(DIALOGS), ids=lambda kind: kind.__name__)
def test_that_tab_goes_through_a_dialog_as_one_reads_it(
    qtbot: QtBot, open_window: MainWindow, kind: type[QDialog]
) -> None:
    dialog = DIALOGS[kind](open_window)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    chain = of_tab_order(dialog)
    assert not [pair for pair in pairwise(chain) if goes_back(*pair, dialog)]
    if not isinstance(chain[0], QTabWidget):  # its tabs have the focus
        assert dialog.focusWidget() is chain[0], "what is typed first goes elsewhere"
    dialog.close()


def test_that_an_interruption_that_is_added_is_where_tab_goes_next(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    dialog = DIALOGS[LightsDialog](open_window)
    assert isinstance(dialog, LightsDialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.more.click()
    QApplication.processEvents()
    chain = of_tab_order(dialog)
    added = dialog.rows[-1]
    assert dialog.focusWidget() is added.began
    after = chain[chain.index(added.began) :]
    assert after[1:5] == [added.ended, added.remove, dialog.more, dialog.on]
    dialog.close()


@pytest.mark.parametrize("kind", list(DIALOGS), ids=lambda kind: kind.__name__)
def test_that_keys_in_a_dialog_reach_neither_the_scoring_nor_what_they_are_not_for(
    qtbot: QtBot, open_window: MainWindow, kind: type[QDialog]
) -> None:
    open_window.document.score((0,), Stage.N2)
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 5.0, 4.0))
    scoring, n_steps = open_window.document.scoring, open_window.document.undo_stack.count()
    dialog = DIALOGS[kind](open_window)
    dialog.show()
    dialog.activateWindow()
    # Not before the event loop has told it: until then the keys are the window's.
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    assert of_tab_order(dialog), "nothing in it is reached by Tab"
    seen = set()
    for _ in range(2 * len(of_tab_order(dialog))):
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
        seen.add(dialog.focusWidget())
    assert len(seen) > 1 or len(of_tab_order(dialog)) == 1
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        for widget in of_tab_order(dialog):
            if not isinstance(widget, QLineEdit | QAbstractSpinBox):
                QTest.keyClick(widget, key)
    assert open_window.document.undo_stack.count() == n_steps
    assert scoring[0].stage is Stage.N2
    dialog.setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5000)
    assert open_window.document.undo_stack.count() == n_steps


def test_that_the_wheel_changes_no_box_of_the_window(open_window: MainWindow) -> None:
    boxes = turn_over_everything(open_window)
    assert len(boxes) >= 4
    assert open_window.document.undo_stack.count() == 0


@pytest.fixture
def docks(open_window: MainWindow) -> list[QDockWidget]:
    """All docks of a window, that of a video too, with what is to stay as it is."""
    open_window.document.score((0,), Stage.N2)
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 5.0, 4.0))
    open_window.panels.show_possible(is_open=True, is_blind=False, has_video=True)
    docks = open_window.findChildren(QDockWidget)
    assert len(docks) == 4
    return docks


def put_in_front(dock: QDockWidget) -> None:
    dock.show()
    dock.raise_()
    QApplication.processEvents()
    assert dock.isFloating() or not dock.visibleRegion().isEmpty()


@pytest.mark.parametrize("floats", [False, True], ids=["docked", "floating"])
def test_that_the_wheel_changes_no_box_of_a_dock(
    qtbot: QtBot, open_window: MainWindow, docks: list[QDockWidget], floats: bool
) -> None:
    n_steps, n_boxes = open_window.document.undo_stack.count(), 0
    for dock in docks:
        dock.setFloating(floats)
        put_in_front(dock)
        qtbot.waitExposed(dock)
        boxes = turn_over_everything(dock if floats else open_window)
        n_boxes += len([box for box in boxes if dock.isAncestorOf(box)])
    assert n_boxes >= 3
    assert open_window.document.undo_stack.count() == n_steps


def test_that_a_field_of_a_dock_takes_keys_as_text_and_gives_them_back(
    open_window: MainWindow, docks: list[QDockWidget]
) -> None:
    scoring, n_steps = open_window.document.scoring, open_window.document.undo_stack.count()
    walked = set()
    for dock in docks:
        put_in_front(dock)
        for field in dock.findChildren(QLineEdit):
            for leaving in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
                before = field.text()
                field.setFocus()
                for key in ("2", "u", "x", "A"):
                    QTest.keyClick(field, key)
                for other in (Qt.Key.Key_Backspace, Qt.Key.Key_Home, Qt.Key.Key_Delete):
                    QTest.keyClick(field, other)
                assert field.hasFocus()
                assert open_window.document.undo_stack.count() == n_steps
                if leaving is Qt.Key.Key_Return:
                    field.setText(before)
                QTest.keyClick(field, leaving)
                assert (field.text(), field.hasFocus()) == (before, False)
            walked.add(field)
    assert len(walked) == 4  # comment, scorer, search, start of the video
    assert (open_window.viewport.epoch, open_window.document.undo_stack.count()) == (0, n_steps)
    assert scoring[0].stage is Stage.N2


def test_that_tab_walks_through_the_window_and_changes_nothing(
    open_window: MainWindow, docks: list[QDockWidget]
) -> None:
    n_steps = open_window.document.undo_stack.count()
    for dock in docks:
        put_in_front(dock)
        fields = [one for one in of_tab_order(open_window) if dock.isAncestorOf(one)]
        seen = set()
        for _ in range(2 * len(of_tab_order(open_window)) + 2):
            QTest.keyClick(open_window.focusWidget() or open_window, Qt.Key.Key_Tab)
            seen.add(open_window.focusWidget())
        assert {one for one in fields if isinstance(one, QLineEdit)} <= seen
    assert (open_window.viewport.epoch, open_window.document.undo_stack.count()) == (0, n_steps)


def test_that_a_panel_that_tab_leads_into_comes_to_the_front(open_window: MainWindow) -> None:
    search = open_window.events_panel.search
    open_window.findChild(QDockWidget, "review_dock").raise_()
    assert search.visibleRegion().isEmpty()
    for _ in of_tab_order(open_window):
        QTest.keyClick(open_window.focusWidget() or open_window, Qt.Key.Key_Tab)
        if search.hasFocus():
            break
    QApplication.processEvents()
    assert search.hasFocus()
    assert not search.visibleRegion().isEmpty()


def test_that_the_wheel_over_a_box_scrolls_the_table_that_it_is_in(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    editor = DIALOGS[MontageEditor](open_window)
    assert isinstance(editor, MontageEditor)
    editor.show()
    qtbot.waitExposed(editor)
    bar: QScrollBar = editor.table.verticalScrollBar()
    turn_wheel(editor.table.cellWidget(0, 0), -3)
    assert bar.value() > 0
    editor.close()


def test_that_the_wheel_changes_a_box_that_was_chosen(open_window: MainWindow) -> None:
    box = next(box for box in open_window.tool_bar.findChildren(QComboBox) if box.count() > 2)
    box.setCurrentIndex(0)
    box.setFocus()
    turn_wheel(box, -1)
    assert box.currentIndex() == 1


def test_that_a_list_beside_the_traces_lets_go_of_the_focus_once_something_is_chosen(
    open_window: MainWindow,
) -> None:
    boxes = [one for one in open_window.findChildren(QComboBox) if one.isVisible()]
    assert len(boxes) >= 4
    for box in boxes:
        box.setFocus()
        box.activated.emit(box.currentIndex())
        before = box.currentIndex()
        for notches in (1, -1):
            turn_wheel(box, notches)
            assert box.currentIndex() == before


def test_that_only_going_through_the_night_and_the_events_goes_on_while_a_key_is_held() -> None:
    going_on = {spec.id for spec in ACTIONS if spec.repeats}
    assert not going_on & {*STAGE_ACTIONS, *EVENT_ACTIONS}
    moving = {f"events.{word}" for word in ("earlier", "later", "shorter", "longer")}
    changing = {
        action_id
        for action_id in going_on - moving
        if action_id.split(".")[0] in ("file", "edit", "scoring", "events")
    }
    assert changing == {"events.next", "events.next_suggestion", "events.previous"}


@pytest.mark.parametrize(
    "action_id",
    [
        *STAGE_ACTIONS,
        "scoring.confirm",
        "scoring.artefact",
        "scoring.lights_off",
        "edit.delete",
        "edit.undo",
        "events.remove",
        *EVENT_ACTIONS,
    ],
)
def test_that_an_action_on_the_scoring_does_not_repeat(window: MainWindow, action_id: str) -> None:
    assert not window.actions_by_id[action_id].autoRepeat()


def test_that_a_held_stage_key_scores_one_epoch(open_window: MainWindow) -> None:
    QTest.keyClick(open_window, "2")
    handle = open_window.windowHandle()
    for _ in range(20):
        press(handle, Qt.Key.Key_2, "2")
    assert open_window.viewport.epoch == 1
    assert open_window.document.undo_stack.count() == 1


def press(receiver: QObject, key: Qt.Key, text: str, *, is_repeat: bool = True) -> None:
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        QApplication.sendEvent(receiver, QKeyEvent(kind, key, none, text, is_repeat, 1))


def tell_as_x11_does(window: MainWindow, key: Qt.Key, text: str, times_ms: Sequence[int]) -> None:
    """Tell of presses, each let go of when the next begins: what nobody claims is a shortcut."""
    handle, none = window.windowHandle(), Qt.KeyboardModifier.NoModifier
    for time_ms, next_ms in pairwise((*times_ms, times_ms[-1] + 1)):
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, none, text)
        pressed = QKeyEvent(QEvent.Type.KeyPress, key, none, text)
        released = QKeyEvent(QEvent.Type.KeyRelease, key, none, text)
        for event, when_ms in ((override, time_ms), (pressed, time_ms), (released, next_ms)):
            event.setTimestamp(when_ms)
        override.ignore()
        QApplication.sendEvent(handle, override)
        if override.isAccepted():
            QApplication.sendEvent(handle, pressed)
        else:
            QTest.keyPress(handle, key)
        QApplication.sendEvent(handle, released)


HELD_MS = (1000, *range(1660, 2460, 40))


def test_that_a_held_key_scores_one_epoch_where_its_repeats_are_told_as_new_presses(
    open_window: MainWindow,
) -> None:
    tell_as_x11_does(open_window, Qt.Key.Key_2, "2", HELD_MS)
    assert open_window.viewport.epoch == 1
    assert open_window.document.undo_stack.count() == 1


def test_that_a_held_arrow_goes_on_where_its_repeats_are_told_as_new_presses(
    open_window: MainWindow,
) -> None:
    tell_as_x11_does(open_window, Qt.Key.Key_Right, "", HELD_MS)
    assert open_window.viewport.epoch == len(HELD_MS)


def test_that_a_held_letter_is_written_where_its_repeats_are_told_as_new_presses(
    open_window: MainWindow,
) -> None:
    QTest.keyClick(open_window, "c")
    comment = open_window.panel.findChild(QLineEdit, "comment")
    tell_as_x11_does(open_window, Qt.Key.Key_X, "x", HELD_MS)
    assert comment.text() == "x" * len(HELD_MS)


def test_that_a_held_key_stages_no_epochs_that_are_alike(qtbot: QtBot) -> None:
    other = Sample(1, EpochScore(Stage.N1, UNKNOWN_MODEL), 0.9, np.zeros(100, np.float32))
    dialog = SimilarDialog(None, a_sample(), (other,), "C4-M1", {"2": Stage.N2})
    qtbot.addWidget(dialog)
    assert dialog.epochs == (1,)
    press(dialog, Qt.Key.Key_2, "2")
    assert dialog.stage is None
    press(dialog, Qt.Key.Key_2, "2", is_repeat=False)
    assert dialog.stage is Stage.N2


def dropped(path: Path, kind: type[QDropEvent], actions: Sequence[Qt.DropAction]) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    offered = Qt.DropAction.IgnoreAction
    for action in actions:
        offered |= action
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(10, 10)
    event = kind(place.toPoint() if kind is QDragEnterEvent else place, offered, data, left, none)
    event.setDropAction(actions[0])
    event.data = data  # Qt does not keep it
    return event


@pytest.mark.parametrize("kind", [QDragEnterEvent, QDropEvent])
def test_that_a_file_that_is_dropped_stays_where_it_is(
    qtbot: QtBot, window: MainWindow, night_path: Path, kind: type[QDropEvent]
) -> None:
    event = dropped(night_path, kind, (Qt.DropAction.MoveAction, Qt.DropAction.CopyAction))
    if kind is QDropEvent:
        window.drop_hint.appear()
        with qtbot.waitSignal(window.files.opened, timeout=20_000):
            window.dropEvent(event)
        assert not window.drop_hint.isVisible()
        qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    else:
        window.dragEnterEvent(event)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction


def test_that_a_window_says_what_becomes_of_what_is_held_over_it(
    window: MainWindow, night_path: Path
) -> None:
    window.dragEnterEvent(dropped(night_path, QDragEnterEvent, (Qt.DropAction.CopyAction,)))
    assert window.drop_hint.isVisible()
    assert window.drop_hint.geometry() == window.rect()
    window.dragLeaveEvent(QDragLeaveEvent())
    assert not window.drop_hint.isVisible()


def test_that_no_field_takes_the_name_of_a_file_that_is_dropped(open_window: MainWindow) -> None:
    fields = open_window.panel.findChildren(QLineEdit)
    assert fields
    assert not any(field.acceptDrops() for field in fields)
