"""Proposed events: found, confirmed, rejected, counted only when a person decided."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from sleepscorer.domain.event_list import ListOrder
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.legends import Position
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.events.forecast import Suggestions
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.events.oximetry import with_saturations
from sleepscorer.events.roles import Role
from sleepscorer.events.rules import RULE_1A, RULE_1B, Rule
from sleepscorer.events.summary import read_statistics, stages_in_bed
from sleepscorer.signals.simulated_events import DIFFICULTIES, simulate_events
from sleepscorer.ui.dialogs.laboratory_dialog import LaboratoryDialog
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.events_panel import COLUMNS

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def planted_window(qtbot: QtBot, window: MainWindow, planted_path: Path) -> MainWindow:
    """A window with a night of planted events whose stages a person scored."""
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(planted_path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    window.document.score(range(60), Stage.N2)
    return window


def store(window: MainWindow, **changes: object) -> None:
    window._prefer(**changes)


def propose(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9, CTRL)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


def proposed(document: Document) -> list[ScoredEvent]:
    return [one for one in document.scoring.events if isinstance(one.source, Model)]


def test_that_proposals_are_decided_by_one_key_each_and_count_only_then(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    before = sleep_statistics(document.scoring, 1800.0)
    propose(qtbot, planted_window)
    found = proposed(document)
    assert len(found) > 10
    after = sleep_statistics(document.scoring, 1800.0)
    assert after.figures == before.figures

    QTest.keyClick(planted_window, "J")  # goes to the first
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    (confirmed,) = set(document.scoring.events) - set(found)
    assert isinstance(confirmed.source, Person)
    assert confirmed.source.saw_model
    assert confirmed.mark == found[0].mark

    QTest.keyClick(planted_window, Qt.Key.Key_Delete, SHIFT)
    assert proposed(document) == found[2:]
    QTest.keyClick(planted_window, "Z", CTRL)
    assert proposed(document) == found[1:]


def select(qtbot: QtBot, window: MainWindow, events: list[ScoredEvent]) -> None:
    window.findChild(QDockWidget, "events_dock").raise_()
    qtbot.waitUntil(lambda: window.events_panel.is_seen)
    window.events_panel.chosen.emit(tuple(events))


def test_that_several_suggestions_are_confirmed_in_one_step_and_what_that_makes_is_said(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    propose(qtbot, planted_window)
    own = document.add_event(ScoredEvent(EventKind.AROUSAL, 1000.0, 5.0))
    found = proposed(document)
    n_steps, before = document.undo_stack.count(), document.scoring.events
    select(qtbot, planted_window, [own, *found])
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    assert proposed(document) == []
    marked = [one for one in document.scoring.events if one != own]
    assert [one.mark for one in marked] == [one.mark for one in found]
    assert all(isinstance(one.source, Person) and one.source.saw_model for one in marked)
    assert document.undo_stack.count() == n_steps + 1
    assert document.undo_stack.undoText() == f"confirmation of {len(found)} suggested events"
    figures = read_statistics(document.recording, document.scoring, Laboratory()).figures
    ahi, plms = (
        next(one.value for one in figures if one.id == name) for name in ("ahi_1a", "plms")
    )
    assert ahi > 5
    assert plms > 5
    assert planted_window.statusBar().currentMessage() == (
        f"{len(found)} suggested events confirmed. AHI {ahi:.1f}, rule AASM 1A (3 % or arousal). "
        f"Periodic limb movements in sleep: {plms:.1f} per hour."
    )
    assert set(planted_window.events_panel.selected) == set(marked)
    QTest.keyClick(planted_window, "Z", CTRL)
    assert document.scoring.events == before


def test_that_several_suggestions_are_rejected_in_one_step_and_stay_so(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    propose(qtbot, planted_window)
    limbs = [one for one in proposed(document) if "limb" in one.kind.id]
    assert len(limbs) > 2
    before = document.scoring.events
    select(qtbot, planted_window, limbs)
    QTest.keyClick(planted_window, Qt.Key.Key_Delete, SHIFT)
    assert document.scoring.decisions.rejected == tuple(limbs)
    assert not set(limbs) & set(document.scoring.events)
    assert document.undo_stack.undoText() == f"rejection of {len(limbs)} suggested events"
    said = planted_window.statusBar().currentMessage()
    assert said == (
        f"{len(limbs)} suggested events rejected. Periodic limb movements in sleep: 0.0 per hour."
    )
    QTest.keyClick(planted_window, "Z", CTRL)
    assert document.scoring.events == before
    assert document.scoring.decisions.rejected == ()


def test_that_deciding_is_off_and_says_why_unless_a_suggestion_is_chosen(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    deciding = [planted_window.actions_by_id[f"events.{one}"] for one in ("confirm", "reject")]

    def are_on() -> bool:
        (state,) = {one.isEnabled() for one in deciding}
        assert all(
            ("no suggested event is chosen" in one.toolTip()) is not state for one in deciding
        )
        return state

    assert not are_on()
    propose(qtbot, planted_window)
    own = document.add_event(ScoredEvent(EventKind.AROUSAL, 1000.0, 5.0))
    first, second, *_ = proposed(document)
    assert not are_on()
    QTest.keyClick(planted_window, "J")
    assert planted_window.open_night.events.chosen == first
    assert are_on()
    QTest.keyClick(planted_window, "J")
    assert planted_window.open_night.events.chosen == second
    QTest.keyClick(planted_window, Qt.Key.Key_Escape)
    assert not are_on()
    select(qtbot, planted_window, [own])
    assert not are_on()
    select(qtbot, planted_window, [own, first])
    assert are_on()
    planted_window.findChild(QDockWidget, "review_dock").raise_()  # the list is out of sight
    qtbot.waitUntil(lambda: not planted_window.events_panel.is_seen)
    assert not are_on()
    before = document.scoring.events
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete):
        QTest.keyClick(planted_window, key, SHIFT)
    assert document.scoring.events == before


def test_that_what_was_decided_is_not_proposed_again_and_stays(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    propose(qtbot, planted_window)
    found = proposed(document)
    QTest.keyClick(planted_window, "J")
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(planted_window, Qt.Key.Key_Delete, SHIFT)
    own = document.add_event(ScoredEvent(EventKind.AROUSAL, 1000.0, 5.0))
    propose(qtbot, planted_window)
    assert set(proposed(document)) <= set(found[2:])
    decided = [one for one in document.scoring.events if isinstance(one.source, Person)]
    assert {one.mark for one in decided} == {found[0].mark, own.mark}


def test_that_without_sleep_nothing_is_looked_for_and_that_is_said(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    QTest.keyClick(open_window, Qt.Key.Key_F9, CTRL)
    assert open_window.tasks.is_idle
    assert open_window.document.scoring.events == ()
    QTest.keyClick(open_window, Qt.Key.Key_Return, SHIFT)
    assert open_window.document.undo_stack.count() == 0


def test_that_the_list_shows_hollow_what_is_only_suggested(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    propose(qtbot, planted_window)
    QTest.keyClick(planted_window, "J")
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    planted_window.findChild(QDockWidget, "events_dock").raise_()
    qtbot.waitUntil(lambda: planted_window.events_panel.is_seen)
    model = planted_window.events_panel.model
    column = [order for order, *_ in COLUMNS].index(ListOrder.KIND)
    for row in range(model.rowCount()):
        image = model.index(row, column).data(Qt.ItemDataRole.DecorationRole).toImage()
        centre, corner = (image.pixelColor(at, at).alpha() for at in (image.width() // 2, 0))
        assert corner == 255
        assert centre == (0 if model.item(row).is_proposed else 255)


def test_that_each_decision_says_why_and_where_the_index_will_end(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    propose(qtbot, planted_window)
    QTest.keyClick(planted_window, "J")
    said = planted_window.statusBar().currentMessage()
    assert "Expected AHI" in said
    assert "Flow less by" in said or "fell from" in said or "EMG over" in said
    while proposed(planted_window.document):
        QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    assert "No suggestion is left" in planted_window.statusBar().currentMessage()


def hypopneas(window: MainWindow) -> list[ScoredEvent]:
    found = [one for one in proposed(window.document) if one.kind is EventKind.HYPOPNEA]
    assert len(found) > 2
    return found


def rest_mouse(qtbot: QtBot, window: MainWindow) -> None:
    port = window.traces.viewport()
    qtbot.mouseMove(port, port.rect().center())


@pytest.mark.parametrize(
    ("key", "kind", "said"),
    [
        ("O", EventKind.OBSTRUCTIVE_APNEA, "Hypopnea is Obstructive apnea now."),
        ("H", EventKind.HYPOPNEA, "Hypopnea confirmed."),
        ("A", EventKind.AROUSAL, "Hypopnea is Arousal now."),
    ],
)
def test_that_a_kind_key_decides_the_chosen_suggestion_with_the_mouse_on_the_traces(
    qtbot: QtBot, planted_window: MainWindow, key: str, kind: EventKind, said: str
) -> None:
    document = planted_window.document
    propose(qtbot, planted_window)
    first = hypopneas(planted_window)[0]
    before = document.scoring.events
    n_steps = document.undo_stack.count()
    rest_mouse(qtbot, planted_window)
    planted_window.open_night.events.pick(first)
    planted_window.viewport.go_to_time(first.onset_s)
    QTest.keyClick(planted_window, key, SHIFT)
    (made,) = [one for one in document.scoring.events if isinstance(one.source, Person)]
    assert (made.kind, made.onset_s, made.duration_s) == (kind, first.onset_s, first.duration_s)
    assert first not in document.scoring.events
    told = planted_window.statusBar().currentMessage()
    assert told.startswith(said)
    assert "Expected AHI" in told
    following = planted_window.open_night.events.chosen
    assert following.is_proposed
    assert following.onset_s >= first.onset_s
    assert document.undo_stack.count() == n_steps + 1
    document.undo()
    assert document.scoring.events == before


def test_that_a_moved_suggestion_is_decided_and_stays_the_chosen_one(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    propose(qtbot, planted_window)
    planted_window.open_night.events.pick(hypopneas(planted_window)[0])
    QTest.keyClick(planted_window, Qt.Key.Key_Right, CTRL)
    told = planted_window.statusBar().currentMessage()
    assert told.startswith("Hypopnea is yours now, as you changed it.")
    assert "Expected AHI" in told
    assert not planted_window.open_night.events.chosen.is_proposed


def test_that_a_kind_key_decides_all_suggestions_that_are_selected(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    propose(qtbot, planted_window)
    some = hypopneas(planted_window)
    apneas = [one for one in proposed(document) if one.kind is EventKind.OBSTRUCTIVE_APNEA]
    rest_mouse(qtbot, planted_window)
    select(qtbot, planted_window, [*some, *apneas])
    QTest.keyClick(planted_window, "H", SHIFT)
    made = [one for one in document.scoring.events if isinstance(one.source, Person)]
    assert {one.kind for one in made} == {EventKind.HYPOPNEA}
    assert len(made) == len(some) + len(apneas)
    told = planted_window.statusBar().currentMessage()
    assert told.startswith(f"{len(made)} suggested events are yours now.")
    assert "AHI" in told


def test_that_another_rule_has_the_expected_ahi_worked_out_anew_and_named(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    def said() -> str:
        return planted_window.statusBar().currentMessage()

    store(planted_window, rule="1b")
    assert "AHI" not in said()  # nothing is suggested
    store(planted_window, rule="1a")
    propose(qtbot, planted_window)
    QTest.keyClick(planted_window, "J")
    assert "rule AASM 1A" in said()
    store(planted_window, rule="1b")
    assert "Expected AHI" in said()
    assert "rule AASM 1B" in said()
    assert "found before the change of rule" in said()
    store(planted_window, rule="1a")
    assert "rule AASM 1A" in said()
    assert "found before" not in said()
    store(planted_window, rule="1b")
    assert "found before" not in said()  # once is enough


def test_that_a_suggestion_that_is_clicked_in_the_list_says_why_it_is_one(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    def clicked(event: ScoredEvent) -> str:
        select(qtbot, planted_window, [event])
        return planted_window.statusBar().currentMessage()

    own = planted_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 1000.0, 5.0))
    propose(qtbot, planted_window)
    first, second = proposed(planted_window.document)[:2]
    why = clicked(first)
    assert why
    assert "suggested by" not in why
    assert clicked(second) not in ("", why)
    assert clicked(first) == why
    assert clicked(own) == ""
    planted_window.open_night.events.pick(first)
    planted_window.statusBar().showMessage("Saved.")
    assert clicked(own) == "Saved."


def test_that_a_rejected_candidate_is_one_key_away_with_what_it_missed(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    QTest.keyClick(planted_window, Qt.Key.Key_F9, CTRL | SHIFT)
    assert "suggest events first" in planted_window.statusBar().currentMessage()
    planted_window.open_night.events.choose(None)
    store(planted_window, rule="20.0")  # a fall that no planted hypopnea has
    propose(qtbot, planted_window)
    before = proposed(document)
    QTest.keyClick(planted_window, Qt.Key.Key_F9, CTRL | SHIFT)
    (candidate,) = set(proposed(document)) - set(before)
    assert planted_window.open_night.events.chosen == candidate
    assert "not" in planted_window.statusBar().currentMessage()
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    (confirmed,) = [one for one in document.scoring.events if isinstance(one.source, Person)]
    assert confirmed.mark == candidate.mark


def test_that_suggestions_come_by_what_they_change_when_asked(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    propose(qtbot, planted_window)
    planted_window.actions_by_id["events.by_effect"].trigger()
    QTest.keyClick(planted_window, "J")
    document = planted_window.document
    stages = stages_in_bed(document.scoring, document.recording.duration_s)
    ordered = Suggestions(document.scoring.events, stages, RULE_1A).in_order()
    assert planted_window.open_night.events.chosen == ordered[0]


def test_that_an_event_that_a_person_marked_is_in_the_forecast_as_in_the_report(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document = planted_window.document
    propose(qtbot, planted_window)
    hypopnea = next(one for one in proposed(document) if one.kind is EventKind.HYPOPNEA)
    falls = [one for one in proposed(document) if one.kind is EventKind.DESATURATION]
    select(qtbot, planted_window, [hypopnea, *falls])
    QTest.keyClick(planted_window, Qt.Key.Key_Delete, SHIFT)
    document.add_event(
        ScoredEvent(EventKind.HYPOPNEA, hypopnea.onset_s, hypopnea.duration_s, hypopnea.channel)
    )
    select(qtbot, planted_window, proposed(document))
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    statistics = read_statistics(document.recording, document.scoring, Laboratory())
    assert (
        f"AHI {statistics['ahi_1a'].value:.1f}, rule" in planted_window.statusBar().currentMessage()
    )


def test_that_the_forecast_of_a_night_opened_again_and_with_an_artefact_is_that_of_the_report(
    qtbot: QtBot, planted_window: MainWindow, tmp_path: Path
) -> None:
    def said_and_reported(window: MainWindow) -> tuple[str, str]:
        document = window.document
        select(qtbot, window, proposed(document)[:1])
        QTest.keyClick(window, Qt.Key.Key_Delete, SHIFT)
        select(qtbot, window, proposed(document))
        QTest.keyClick(window, Qt.Key.Key_Return, SHIFT)
        said = window.statusBar().currentMessage()
        statistics = read_statistics(document.recording, document.scoring, Laboratory())
        return said, f"AHI {statistics['ahi_1b'].value:.1f}, rule"

    store(planted_window, rule="1b")
    propose(qtbot, planted_window)
    document = planted_window.document
    hypopneas = [one for one in proposed(document) if one.kind is EventKind.HYPOPNEA]
    apneas = [one for one in proposed(document) if one.kind is EventKind.OBSTRUCTIVE_APNEA]
    left = apneas[-3:]
    document.reject_events([one for one in proposed(document) if one not in left])
    for one in hypopneas:
        document.add_event(ScoredEvent(EventKind.HYPOPNEA, one.onset_s, one.duration_s))
    path = tmp_path / "again.h5"
    document.save(path)
    with qtbot.waitSignal(planted_window.files.opened, timeout=20_000):
        planted_window.open_file(path)
    qtbot.waitUntil(lambda: planted_window.tasks.is_idle, timeout=60_000)
    assert planted_window.open_night.oximeter.is_known
    said, reported = said_and_reported(planted_window)
    assert reported in said
    assert reported != "AHI 0.0, rule"

    planted_window.document.undo_stack.undo()
    planted_window.document.undo_stack.undo()
    clip_off = ScoredEvent(EventKind.ARTEFACT, 0.0, 1800.0, "SpO2")
    planted_window.document.add_event(clip_off)
    qtbot.waitUntil(lambda: planted_window.tasks.is_idle, timeout=60_000)
    said, without = said_and_reported(planted_window)
    assert without in said
    assert without != reported


def test_that_list_and_tip_say_of_an_event_the_fall_that_the_report_counts_by(
    qtbot: QtBot, planted_window: MainWindow
) -> None:
    document, panel = planted_window.document, planted_window.events_panel
    planted = simulate_events(5, 60, per_hour=30, difficulty=DIFFICULTIES["easy"])
    hypopnea = next(one for one in planted.events if one.kind is EventKind.HYPOPNEA)
    marked = document.add_event(ScoredEvent(hypopnea.kind, hypopnea.onset_s, hypopnea.duration_s))
    document.add_event(ScoredEvent(EventKind.NOTE, 5.0, 3.0, text="turns"))
    qtbot.waitUntil(lambda: planted_window.tasks.is_idle, timeout=60_000)
    select(qtbot, planted_window, [marked])
    signals = Laboratory().signals(document.recording, ())
    saturation, _ = signals.saturation()
    (filled,) = with_saturations([marked], saturation)
    fall = filled.spo2_baseline - filled.spo2_nadir
    told = f"SpO₂ falls by {fall:.1f} to {filled.spo2_nadir:g} %"
    tips = [
        panel.model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
        for row in range(panel.model.rowCount())
    ]
    assert [tip is not None and told in tip for tip in tips] == [False, True]
    assert told in planted_window.traces._event_text(marked)
    assert marked.spo2_nadir is None


def test_that_sensors_and_rule_are_asked_once_and_hold_for_what_is_suggested(
    qtbot: QtBot, planted_window: MainWindow, dialogs
) -> None:
    dialogs.laboratories.append(Laboratory(RULE_1B).having(Role.SPO2, None))
    planted_window.actions_by_id["events.sensors"].trigger()
    assert planted_window._preferences.laboratory.rule == RULE_1B
    propose(qtbot, planted_window)
    said = planted_window.statusBar().currentMessage()
    assert "AASM 1B" in said
    assert "No channel is known as SpO₂" in said
    dialogs.laboratories.append(None)
    planted_window.actions_by_id["events.sensors"].trigger()
    assert planted_window._preferences.laboratory.rule == RULE_1B


def test_that_the_dialog_shows_what_is_recognised_and_remembers_only_what_was_changed(
    qtbot: QtBot,
) -> None:
    recording = simulate_events(1, 24).recording
    dialog = LaboratoryDialog(None, Laboratory(), recording.channels)
    qtbot.addWidget(dialog)
    assert dialog.boxes[Role.THERMISTOR].currentText() == "Thermistor"
    assert dialog.laboratory == Laboratory()
    dialog.boxes[Role.PULSE].setCurrentText("SpO2")
    dialog.boxes[Role.THORAX].setCurrentIndex(0)
    dialog.rule.setCurrentIndex(dialog.rule.count() - 1)
    dialog.fall.setValue(3.5)
    dialog.or_arousal.setChecked(False)
    dialog.positions.fields[Position.SUPINE].setText("1; 2,5")
    dialog.positions.fields[Position.LEFT].setText("4")
    assert dialog.laboratory == Laboratory(
        Rule.own(3.5, or_arousal=False),
        {Role.PULSE: ("SpO2",), Role.THORAX: ()},
        (1.0, 2.5),
        positions={Position.LEFT: (4.0,)},
    )
    dialog.boxes[Role.LEFT_LEG].setCurrentText("Thorax")
    assert "50 Hz" in dialog.problem.text()
    dialog.positions.fields[Position.SUPINE].setText("back")
    assert "as numbers" in dialog.problem.text()


def test_that_what_was_rejected_stays_so_by_another_rule_and_when_the_night_is_opened_again(
    qtbot: QtBot, planted_window: MainWindow, tmp_path: Path
) -> None:
    propose(qtbot, planted_window)
    found = proposed(planted_window.document)
    QTest.keyClick(planted_window, "J")
    for _ in range(3):
        QTest.keyClick(planted_window, Qt.Key.Key_Delete, SHIFT)
    QTest.keyClick(planted_window, Qt.Key.Key_Return, SHIFT)
    rejected = planted_window.document.scoring.decisions.rejected
    assert rejected == tuple(found[:3])
    (confirmed,) = [
        one for one in planted_window.document.scoring.events if isinstance(one.source, Person)
    ]
    store(planted_window, rule="1b")
    propose(qtbot, planted_window)
    assert not set(rejected) & set(proposed(planted_window.document))
    assert "Rejected before and left out: 3." in planted_window.statusBar().currentMessage()
    assert confirmed in planted_window.document.scoring.events

    path = tmp_path / "again.h5"
    planted_window.document.save(path)
    with qtbot.waitSignal(planted_window.files.opened, timeout=20_000):
        planted_window.open_file(path)
    qtbot.waitUntil(lambda: planted_window.tasks.is_idle, timeout=60_000)
    store(planted_window, rule="1a")
    propose(qtbot, planted_window)
    document = planted_window.document
    assert not set(rejected) & set(proposed(document))
    assert confirmed in document.scoring.events

    planted_window.actions_by_id["events.forget"].trigger()
    propose(qtbot, planted_window)
    assert set(rejected) <= set(proposed(document))
