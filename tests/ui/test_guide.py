"""What helps a beginner: guide, tour, key sheet, tool tips with keys; and what is seen as read."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from resources import GUIDE_PATHS
from sleepscorer.domain.channels import Channel, ChannelKind, Derivation
from sleepscorer.domain.event_list import ListOrder
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.evidence import AppliedRule, Rule
from sleepscorer.domain.montage import SPO2_RANGE, trace_of
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.actions.action_table import ACTIONS
from sleepscorer.ui.base.language import LANGUAGES, speak
from sleepscorer.ui.base.theme import LIGHT
from sleepscorer.ui.dialogs.shortcut_sheet import ShortcutSheet
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.epoch_panel import rule_text
from sleepscorer.ui.views.events_panel import COLUMNS, EventsPanel
from sleepscorer.ui.views.tour import TOUR_TEXTS, Tour
from sleepscorer.ui.views.trace_item import TraceItem
from sleepscorer.ui.views.trace_row import TraceRow

ROOT = Path(__file__).parents[2]


def test_that_the_guide_has_the_same_chapters_in_every_language() -> None:
    assert set(GUIDE_PATHS) == set(LANGUAGES)
    texts = {word: path.read_text("utf-8") for word, path in GUIDE_PATHS.items()}
    chapters = {word: len(re.findall(r"^## ", text, re.M)) for word, text in texts.items()}
    assert set(chapters.values()) == {7}


def test_that_every_key_that_the_guide_names_is_a_key(window: MainWindow) -> None:
    keys = {key for keys in window.bindings.keys.values() for key in keys}
    text = GUIDE_PATHS["en"].read_text("utf-8")
    named = set(re.findall(r"`([^`]+)`", text))
    spelled = {"↑": "Up", "↓": "Down"}
    unknown = {one for one in named if spelled.get(one, one.replace("Delete", "Del")) not in keys}
    assert not unknown


def entries_of(window: MainWindow) -> dict[str, list[str]]:
    """Texts of the menus, and what stands in each; submenus are entries and menus at once."""
    entries: dict[str, list[str]] = {}

    def collect(menu: QMenu) -> None:
        texts = entries.setdefault(menu.title().replace("&", ""), [])
        for action in menu.actions():
            texts.append(action.text().replace("&", "").rstrip("…"))
            if action.menu():
                collect(action.menu())

    for action in window.menuBar().actions():
        collect(action.menu())
    return entries


@pytest.mark.parametrize(
    "page",
    [GUIDE_PATHS["en"], *sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"],
    ids=lambda p: p.stem,
)
def test_that_every_menu_entry_that_a_page_names_is_there(window: MainWindow, page: Path) -> None:
    entries = entries_of(window)
    text = " ".join(page.read_text("utf-8").split())
    for menu, rest in re.findall(r"\b([A-Z]\w*) > (\w[^|]{0,60})", text):
        assert menu in entries, f"{menu} > {rest}"
        assert any(entry and rest.startswith(entry) for entry in entries[menu]), f"{menu} > {rest}"


def test_that_the_guide_is_shown_as_a_page(window: MainWindow, dialogs) -> None:
    window.actions_by_id["help.guide"].trigger()
    ((title, html),) = dialogs.notices
    assert title == "Guide"
    assert "Getting started" in html
    assert "##" not in html


def test_that_the_tour_tells_of_each_part_and_ends(open_window: MainWindow) -> None:
    open_window.actions_by_id["help.tour"].trigger()
    tour = open_window.findChild(Tour)
    texts = []
    for _ in TOUR_TEXTS:
        texts.append(tour.text.text())
        assert open_window.rect().contains(tour.geometry())
        tour.next_button.click()
    assert texts == list(TOUR_TEXTS)
    assert tour.isHidden()


def test_that_return_goes_on_in_the_tour_and_escape_leaves_it(open_window: MainWindow) -> None:
    open_window.offer_tour()
    tour = open_window.findChild(Tour)
    QTest.keyClick(open_window, Qt.Key.Key_Return)
    QTest.keyClick(open_window, Qt.Key.Key_Enter)
    assert tour.text.text() == TOUR_TEXTS[2]
    assert open_window.document.undo_stack.count() == 0
    QTest.keyClick(open_window, Qt.Key.Key_Escape)
    assert tour.isHidden()


def test_that_the_tour_is_left_at_any_moment_and_holds_no_key_up(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.offer_tour()
    tour = open_window.findChild(Tour)
    QTest.keyClick(open_window, Qt.Key.Key_Right)
    assert open_window.viewport.epoch == 1
    with qtbot.waitSignal(tour.left):
        tour.leave_button.click()
    qtbot.waitUntil(lambda: open_window.findChild(Tour) is None)
    open_window.offer_tour()
    assert open_window.findChild(Tour) is None, "it is offered once"


def test_that_the_key_sheet_begins_with_scoring_and_can_be_printed(window: MainWindow) -> None:
    sheet = ShortcutSheet(window.bindings, window)
    assert sheet.shown_actions()[0] == "Score automatically"
    assert len(sheet.shown_actions()) == len(ACTIONS)
    assert "<b>F9</b>" in sheet.page
    sheet.choose("scoring.n2")
    assert sheet._chosen == "scoring.n2"
    sheet.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_key_sheet_and_the_list_of_events_cut_no_name(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    speak(QApplication.instance(), language)
    room = QRect(0, 0, 1366, 768)
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: room.size())
    sheet = ShortcutSheet(window.bindings, window)
    sheet.show()
    QApplication.processEvents()
    assert room.contains(sheet.rect())
    for column in range(3):
        assert sheet.table.columnWidth(column) >= sheet.table.sizeHintForColumn(column)
    sheet.close()
    panel = EventsPanel(LIGHT)
    qtbot.addWidget(panel)
    kinds = [one for one in EventKind if one is not EventKind.NOTE]
    events = (ScoredEvent(kind, 10.0 * place, 5.0) for place, kind in enumerate(kinds))
    panel.show_scoring(Scoring(24, events=tuple(events)), {})
    panel.set_seen(True)
    panel.resize(600, 400)
    panel.show()
    column = [order for order, _, _ in COLUMNS].index(ListOrder.KIND)
    assert panel.model.rowCount() == len(kinds)
    assert panel.table.columnWidth(column) >= panel.table.sizeHintForColumn(column)
    panel.resize(264, 400)
    QApplication.processEvents()
    names = [panel.model.index(row, column).data() for row in range(len(kinds))]
    middle, metrics = Qt.TextElideMode.ElideMiddle, panel.table.fontMetrics()
    beside_px = panel.table.sizeHintForColumn(column) - max(map(metrics.horizontalAdvance, names))
    room_px = panel.table.columnWidth(column) - beside_px
    cut = {name: metrics.elidedText(name, middle, room_px) for name in names}
    assert len(set(cut.values())) == len(names), cut


@pytest.mark.parametrize(("action_id", "key"), [("scoring.n2", "2"), ("file.open", "Ctrl+O")])
def test_that_tool_tips_name_the_keys(window: MainWindow, action_id: str, key: str) -> None:
    assert f"({key})" in window.actions_by_id[action_id].toolTip()


def test_that_the_tool_bar_says_when_the_mains_are_taken_away(window: MainWindow) -> None:
    filters = window.actions_by_id["traces.filters"]
    assert filters.iconText() == "AASM filters"
    window.actions_by_id["traces.notch"].trigger()
    assert filters.iconText() == "AASM filters · 50 Hz"


def test_that_negative_is_drawn_upwards_where_that_is_preferred(open_window: MainWindow) -> None:
    traces = open_window.traces
    before = {row.name: row.curve.heights - row.lane.centre_px for row in traces._rows}
    QTest.keyClick(open_window, "Y")
    for row in traces._rows:
        turned = row.trace.kind in (ChannelKind.EEG, ChannelKind.EOG)
        after = row.curve.heights - row.lane.centre_px
        assert after == pytest.approx(-before[row.name] if turned else before[row.name], abs=1e-3)
        assert ("⊖↑" in traces._label(row)) is turned


def test_that_spo2_has_the_same_scale_in_every_night() -> None:
    channel = Channel(0, "SpO2", ChannelKind.SPO2, "%", 1.0)
    row = TraceRow(trace_of(Derivation("SpO2", None), channel), TraceItem())
    assert row.is_fitted
    assert (row.offset - row.height / 2, row.offset + row.height / 2) == SPO2_RANGE
    assert row.sensitivity(0.0) == "70–100 %"
    own = trace_of(Derivation("SpO2", None), channel, height=20.0)
    assert own.fixed is None


def test_that_a_rule_is_hedged_where_the_network_speaks_against_it() -> None:
    rule = AppliedRule(Stage.W, Rule.ALPHA, {"seconds": 21}, against=0.04)
    text = rule_text(rule)
    assert text.startswith("Perhaps W: alpha in 21 s of 30")
    assert text.endswith("The model gives it 4 %.")
