"""The list of all that is marked: gone to, changed and removed in bulk, seen as far as allowed."""

import itertools
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from sleepscorer.domain.event_list import ListOrder
from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EventEdit
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.theme import DARK, LIGHT, SAFE
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.events_panel import COLUMNS

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ORDERS = [order for order, _, _ in COLUMNS]

EVENTS = (
    ScoredEvent(EventKind.AROUSAL, 35.0, 4.0, "EEG C4-M1"),
    ScoredEvent(EventKind.HYPOPNEA, 100.0, 12.0, "EOG E1-M2"),
    ScoredEvent(EventKind.AROUSAL, 400.0, 2.0, "EEG C4-M1"),
    ScoredEvent(EventKind.SPINDLE, 500.0, 1.0, "EEG C4-M1", source=Model("net")),
)


@pytest.fixture
def listing(qtbot: QtBot, open_window: MainWindow) -> MainWindow:
    """A window with events, a comment and an artefact, whose list is in sight."""
    document = open_window.document
    document.scoring.apply(EventEdit(added=EVENTS))
    document.comment(2, "turns")
    document.toggle_artefact((5,))
    open_window.findChild(QDockWidget, "events_dock").raise_()
    qtbot.waitUntil(lambda: open_window.events_panel.is_seen)
    return open_window


def texts(window: MainWindow, order: ListOrder) -> list[str]:
    model = window.events_panel.model
    column = ORDERS.index(order)
    return [model.index(row, column).data() for row in range(model.rowCount())]


def click(window: MainWindow, row: int, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    table = window.events_panel.table
    place = table.visualRect(window.events_panel.model.index(row, 0)).center()
    QTest.mouseClick(table.viewport(), LEFT, modifier, place)


def edit(window: MainWindow, row: int, order: ListOrder, value: object) -> None:
    """Type into a cell, as a double click allows."""
    panel = window.events_panel
    index = panel.model.index(row, ORDERS.index(order))
    assert index.flags() & Qt.ItemFlag.ItemIsEditable
    delegate = panel.table.itemDelegate()
    editor = delegate.createEditor(panel.table.viewport(), QStyleOptionViewItem(), index)
    delegate.setEditorData(editor, index)
    if isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.findData(value))
    else:
        editor.setText(str(value))
    delegate.setModelData(editor, panel.model, index)
    editor.deleteLater()


def test_that_everything_that_is_marked_is_listed_by_time(listing: MainWindow) -> None:
    assert texts(listing, ListOrder.KIND) == [
        "Arousal",
        "Comment",
        "Hypopnea",
        "Artefact",
        "Arousal",
        "Spindle",
    ]
    assert texts(listing, ListOrder.TIME)[0] == "22:16:05.0"
    assert texts(listing, ListOrder.DURATION)[4] == "2.0 ⚠"
    tip = listing.events_panel.model.index(4, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "shorter than 3 s" in tip
    listing.document.score((1,), Stage.N2)
    assert texts(listing, ListOrder.STAGE)[0] == "N2"


def test_that_a_narrow_list_cuts_kinds_in_their_middle_and_shows_how_long_events_last(
    qtbot: QtBot, listing: MainWindow
) -> None:
    listing.document.add_event(ScoredEvent(EventKind.OBSTRUCTIVE_HYPOPNEA, 10.0, 12.0))
    panel, kind = listing.events_panel, ORDERS.index(ListOrder.KIND)
    widths_px = {}
    for width_px in (264, 500):
        panel.resize(width_px, panel.height())
        qtbot.waitUntil(lambda px=width_px: abs(panel.table.width() - px) < 20)
        widths_px[width_px] = panel.table.columnWidth(kind)
        seconds = panel.table.columnViewportPosition(ORDERS.index(ListOrder.DURATION))
        text_px = panel.fontMetrics().horizontalAdvance("100.0 ⚠")
        assert seconds + text_px < panel.table.viewport().width()
    assert widths_px[264] < widths_px[500]
    names_px = panel.fontMetrics().horizontalAdvance("Periodic limb movement")
    assert widths_px[500] > names_px
    option = QStyleOptionViewItem()
    index = panel.model.index(0, kind)
    panel.table.itemDelegate().initStyleOption(option, index)
    assert option.textElideMode is Qt.TextElideMode.ElideMiddle
    tip = panel.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "22:15:40.0 · Obstructive hypopnea · 12.0" in tip


def test_that_a_cell_is_edited_in_a_field_as_high_as_it_has_to_be(listing: MainWindow) -> None:
    table = listing.events_panel.table
    index = listing.events_panel.model.index(0, ORDERS.index(ListOrder.KIND))
    option, delegate = QStyleOptionViewItem(), table.itemDelegate()
    option.rect = table.visualRect(index)
    editor = delegate.createEditor(table.viewport(), option, index)
    delegate.updateEditorGeometry(editor, option, index)
    assert editor.height() >= editor.sizeHint().height() > table.rowHeight(0)
    editor.deleteLater()


def test_that_a_click_goes_there_and_chooses_the_event_in_the_list_and_on_the_page(
    listing: MainWindow,
) -> None:
    click(listing, 2)
    assert listing.viewport.epoch == 3
    assert listing.open_night.events.chosen == EVENTS[1]
    QTest.keyClick(listing, "E")
    assert listing.open_night.events.chosen == EVENTS[2]
    assert listing.events_panel.selected == (EVENTS[2],)
    click(listing, 1)
    assert listing.viewport.epoch == 2
    assert listing.open_night.events.chosen is None


def test_that_a_search_finds_kinds_by_the_names_that_are_shown(listing: MainWindow) -> None:
    panel = listing.events_panel
    kinds = texts(listing, ListOrder.KIND)
    for word in ("apnea", "Hypopnea", "artefact"):
        panel.search.setText(word)
        wanted = [one for one in kinds if word.casefold() in one.casefold()]
        assert texts(listing, ListOrder.KIND) == wanted
    panel.search.clear()
    assert texts(listing, ListOrder.KIND) == kinds


def test_that_keys_are_meant_for_what_is_clicked_in_the_list_also_after_a_search(
    qtbot: QtBot, listing: MainWindow
) -> None:
    search = listing.events_panel.search
    search.setFocus()
    qtbot.keyClicks(search, "turns")
    assert listing.events_panel.model.rowCount() == 1
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), search.hasFocus()) == ("", False)
    search.setFocus()
    click(listing, 2)
    QTest.keyClick(listing.focusWidget() or listing, Qt.Key.Key_Delete)
    assert EVENTS[1] not in listing.document.scoring.events


def test_that_what_is_selected_is_removed_in_one_step_and_comes_back_in_one(
    listing: MainWindow,
) -> None:
    document = listing.document
    document.score((1,), Stage.N2)
    n_steps = document.undo_stack.count()
    click(listing, 0)
    click(listing, 3, SHIFT)
    QTest.keyClick(listing, Qt.Key.Key_Delete)
    assert document.scoring.events == EVENTS[2:]
    assert document.scoring.remarks == {}
    assert document.scoring[1].stage is Stage.N2
    assert document.undo_stack.count() == n_steps + 1
    assert listing.statusBar().currentMessage() == "Done: removal of 4 marks"
    QTest.keyClick(listing, "Z", CTRL)
    assert document.scoring.events == EVENTS
    assert document.scoring.remarks[2].comment == "turns"
    assert document.scoring.remarks[5].artefact


def test_that_all_that_is_listed_is_selected_and_removed_by_kind(listing: MainWindow) -> None:
    panel = listing.events_panel
    panel.kinds.setCurrentIndex(panel.kinds.findData(EventKind.AROUSAL))
    panel.kinds.activated.emit(panel.kinds.currentIndex())
    assert len(texts(listing, ListOrder.KIND)) == 2
    assert panel.count.text() == "2 / 6"
    QTest.keyClick(listing, "A", CTRL)
    QTest.keyClick(listing, Qt.Key.Key_Delete)
    kinds = [event.kind for event in listing.document.scoring.events]
    assert kinds == [EventKind.HYPOPNEA, EventKind.SPINDLE]


def test_that_turning_the_page_lets_go_of_what_is_selected(listing: MainWindow) -> None:
    click(listing, 0)
    click(listing, 3, SHIFT)
    QTest.keyClick(listing, Qt.Key.Key_Right)
    assert listing.events_panel.selected == ()
    QTest.keyClick(listing, Qt.Key.Key_Delete)
    assert listing.document.scoring.events == EVENTS


@pytest.mark.parametrize(
    ("order", "value", "expected"),
    [
        (ListOrder.KIND, EventKind.RERA, {"kind": EventKind.RERA}),
        (ListOrder.CHANNEL, "EOG E2-M2", {"channel": "EOG E2-M2"}),
        (ListOrder.DURATION, "11,5", {"duration_s": 11.5}),
        (ListOrder.TEXT, "seen twice", {"text": "seen twice"}),
    ],
)
def test_that_a_cell_changes_all_that_are_selected_as_one_step(
    listing: MainWindow, order: ListOrder, value: object, expected: dict[str, object]
) -> None:
    n_steps = listing.document.undo_stack.count()
    click(listing, 0)
    click(listing, 2, CTRL)
    edit(listing, 0, order, value)
    changed = listing.document.scoring.events[:2]
    for event in changed:
        assert all(getattr(event, name) == wanted for name, wanted in expected.items())
        assert isinstance(event.source, Person)
    assert listing.document.scoring.events[2:] == EVENTS[2:]
    assert listing.document.undo_stack.count() == n_steps + 1
    assert set(listing.events_panel.selected) == set(changed)


@pytest.fixture
def twins(listing: MainWindow) -> MainWindow:
    """The window where a file holds one event twice, in the first two rows."""
    listing.document.scoring.apply(EventEdit(added=(replace(EVENTS[0]),)))
    return listing


def test_that_an_event_that_is_there_twice_is_chosen_changed_and_removed_once(
    twins: MainWindow,
) -> None:
    click(twins, 1)
    assert twins.events_panel.selected == (EVENTS[0],)
    edit(twins, 1, ListOrder.TEXT, "seen")
    events = twins.document.scoring.events
    assert EVENTS[0] in events
    assert [event.text for event in events[:2]] == ["", "seen"]
    QTest.keyClick(twins, Qt.Key.Key_Delete)
    assert twins.document.scoring.events == EVENTS


def test_that_two_events_that_are_the_same_are_both_changed_and_both_removed(
    twins: MainWindow,
) -> None:
    former = twins.document.scoring.events
    click(twins, 0)
    click(twins, 1, SHIFT)
    edit(twins, 0, ListOrder.TEXT, "seen")
    assert [event.text for event in twins.document.scoring.events[:3]] == ["seen", "seen", ""]
    assert len(twins.events_panel.selected) == 2
    QTest.keyClick(twins, Qt.Key.Key_Delete)
    assert twins.document.scoring.events == EVENTS[1:]
    assert twins.statusBar().currentMessage() == "Done: removal of 2 marks"
    QTest.keyClick(twins, "Z", CTRL)
    QTest.keyClick(twins, "Z", CTRL)
    assert twins.document.scoring.events == former


def test_that_a_time_moves_all_that_are_selected_by_as_much(listing: MainWindow) -> None:
    click(listing, 0)
    click(listing, 2, CTRL)
    edit(listing, 0, ListOrder.TIME, "22:16:07.5")
    assert [event.onset_s for event in listing.document.scoring.events] == [37.5, 102.5, 400, 500]


@pytest.mark.parametrize(
    ("order", "value"),
    [(ListOrder.TIME, "22:15:00"), (ListOrder.DURATION, "long"), (ListOrder.DURATION, "999999")],
)
def test_that_what_makes_no_sense_is_said_and_changes_nothing(
    listing: MainWindow, order: ListOrder, value: str
) -> None:
    edit(listing, 0, order, value)
    assert listing.document.scoring.events == EVENTS
    assert listing.statusBar().currentMessage()


def test_that_a_kind_key_changes_all_that_are_selected(listing: MainWindow) -> None:
    click(listing, 0)
    click(listing, 2, CTRL)
    QTest.keyClick(listing, "R", SHIFT)
    kinds = [event.kind for event in listing.document.scoring.events]
    assert kinds == [EventKind.RERA, EventKind.RERA, EventKind.AROUSAL, EventKind.SPINDLE]


def test_that_a_kind_key_changes_all_that_are_selected_with_the_mouse_on_the_traces(
    qtbot: QtBot, listing: MainWindow
) -> None:
    port = listing.traces.viewport()
    qtbot.mouseMove(port, port.rect().center())
    click(listing, 0)
    click(listing, 2, CTRL)
    QTest.keyClick(listing, "R", SHIFT)
    kinds = [event.kind for event in listing.document.scoring.events]
    assert kinds == [EventKind.RERA, EventKind.RERA, EventKind.AROUSAL, EventKind.SPINDLE]


def test_that_a_blind_scorer_neither_lists_nor_reaches_what_the_model_marked(
    listing: MainWindow,
) -> None:
    listing.actions_by_id["review.blind"].trigger()
    assert "Spindle" not in texts(listing, ListOrder.KIND)
    for _ in range(5):
        QTest.keyClick(listing, "E")
    assert listing.open_night.events.chosen == EVENTS[2]
    listing.events_panel.select_all()
    QTest.keyClick(listing, Qt.Key.Key_Delete)
    assert listing.document.scoring.events == EVENTS[3:]


def test_that_the_order_of_a_column_is_that_of_a_click_on_its_head(listing: MainWindow) -> None:
    header = listing.events_panel.table.horizontalHeader()
    header.setSortIndicator(ORDERS.index(ListOrder.DURATION), Qt.SortOrder.DescendingOrder)
    seconds = [float(text.rstrip(" ⚠")) for text in texts(listing, ListOrder.DURATION)]
    assert seconds == sorted(seconds, reverse=True)


def test_that_a_list_out_of_sight_is_neither_worked_out_nor_acted_on(
    qtbot: QtBot, listing: MainWindow
) -> None:
    panel = listing.events_panel
    click(listing, 0)
    click(listing, 3, SHIFT)
    listing.findChild(QDockWidget, "review_dock").raise_()
    qtbot.waitUntil(lambda: not panel.is_seen)
    known = panel._list
    listing.document.add_event(ScoredEvent(EventKind.APNEA, 200.0, 20.0))
    assert panel._list is known
    QTest.keyClick(listing, Qt.Key.Key_Delete)
    assert set(listing.document.scoring.events) > set(EVENTS)
    listing.findChild(QDockWidget, "events_dock").raise_()
    qtbot.waitUntil(lambda: panel.is_seen)
    assert "Apnea" in texts(listing, ListOrder.KIND)


def test_that_a_page_turns_and_a_stage_is_given_as_quickly_with_ten_thousand_rows(
    qtbot: QtBot, listing: MainWindow
) -> None:
    def seconds_of_keys() -> float:
        began = time.perf_counter()
        for key in ("2", "3", Qt.Key.Key_Right, Qt.Key.Key_Left):
            QTest.keyClick(listing, key)
        return time.perf_counter() - began

    few_s = min(seconds_of_keys() for _ in range(3))
    crowd = tuple(ScoredEvent(EventKind.SPINDLE, n * 0.07, 0.5) for n in range(10_000))
    listing.document.scoring.apply(EventEdit(added=crowd))
    assert listing.events_panel.model.rowCount() == 10_006
    many_s = min(seconds_of_keys() for _ in range(3))
    assert many_s < 6 * few_s + 0.05
    listing.events_panel.select_all()
    assert len(listing.events_panel.selected) == 10_006
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    listing.events_panel.table.selectionModel().select(
        listing.events_panel.model.index(0, 0), flag | QItemSelectionModel.SelectionFlag.Rows
    )
    assert len(listing.events_panel.selected) == 1


def test_that_a_right_click_selects_the_row_under_the_mouse(listing: MainWindow) -> None:
    panel = listing.events_panel
    asked: list[QPoint] = []
    listing.context_menus.ask = lambda _menu, place: asked.append(place)
    panel.table.scrollTo(panel.model.index(2, 0))
    row = panel.table.visualRect(panel.model.index(2, 0)).center()
    panel.table.customContextMenuRequested.emit(row)
    assert panel.selected == (EVENTS[1],)
    assert len(asked) == 1


def test_that_the_list_shows_the_event_that_was_chosen_before_it_could_be_seen(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    panel = open_window.events_panel
    assert not panel.is_seen
    events = [ScoredEvent(EventKind.AROUSAL, 20.0 * n, 4.0, "EEG C4-M1") for n in range(60)]
    open_window.document.scoring.apply(EventEdit(added=tuple(events)))
    open_window.open_night.events.choose(events[-1])
    open_window.findChild(QDockWidget, "events_dock").raise_()
    qtbot.waitUntil(lambda: panel.is_seen)
    assert panel.selected == (events[-1],)
    QApplication.processEvents()
    (row,) = panel.table.selectionModel().selectedRows()
    assert panel.table.visualRect(row).intersects(panel.table.viewport().rect())


def test_that_kinds_that_meet_differ_in_lightness_without_colour_vision() -> None:
    meeting = (
        (EventGroup.APNEA, EventGroup.HYPOPNEA, EventGroup.RERA),
        (EventGroup.AROUSAL, EventGroup.MICROSTRUCTURE),
        (EventGroup.LIMB_MOVEMENT, EventGroup.PLM),
    )
    for groups in meeting:
        lights = sorted(lightness(SAFE.events[group]) for group in groups)
        assert min(b - a for a, b in itertools.pairwise(lights)) > 0.12


@pytest.mark.parametrize("theme", [LIGHT, DARK, SAFE], ids=["light", "dark", "safe"])
def test_that_every_group_has_a_colour_of_its_own_that_can_be_read(theme) -> None:
    assert set(theme.events) == set(EventGroup)
    assert len(set(theme.events.values())) == len(EventGroup)
    ground = lightness(theme.surface)
    for colour in theme.events.values():
        assert abs(lightness(colour) - ground) > 0.35


def lightness(colour: str) -> float:
    """L* of CIELAB, from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (red, green, blue)
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.16 * luminance ** (1 / 3) - 0.16
