"""Links between events that a person makes or cuts, and rejections that stay."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from sleepscorer.domain.event_decisions import EventLink
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model
from sleepscorer.domain.scoring import EventEdit
from sleepscorer.domain.stages import Stage
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.events.limbs import linked_with
from sleepscorer.events.links import links_of
from sleepscorer.events.rules import RULE_1B
from sleepscorer.io.session import read_session
from sleepscorer.ui.dialogs.laboratory_dialog import LaboratoryDialog
from sleepscorer.ui.shell.main_window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
APNEA = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 100.0, 20.0)
AROUSAL = ScoredEvent(EventKind.AROUSAL, 121.0, 4.0)
FAR = ScoredEvent(EventKind.AROUSAL, 300.0, 4.0)
FALL = ScoredEvent(EventKind.DESATURATION, 112.0, 20.0)
SUGGESTED = ScoredEvent(EventKind.HYPOPNEA, 200.0, 12.0, source=Model("event rules 2"))


@pytest.fixture
def marked(qtbot: QtBot, open_window: MainWindow) -> MainWindow:
    open_window.document.scoring.apply(EventEdit(added=(APNEA, AROUSAL, FAR, FALL, SUGGESTED)))
    open_window.findChild(QDockWidget, "events_dock").raise_()
    qtbot.waitUntil(lambda: open_window.events_panel.is_seen)
    return open_window


def select(window: MainWindow, events: Sequence[ScoredEvent]) -> None:
    window.open_night.event_desk._go_to(tuple(events))


def act(window: MainWindow, action: str) -> None:
    window.actions_by_id[action].trigger()


def links(window: MainWindow):
    scoring = window.document.scoring
    return links_of(scoring.events, scoring.decisions.pairs)


def test_that_two_selected_events_are_linked_and_parted_and_both_can_be_undone(
    marked: MainWindow,
) -> None:
    document = marked.document
    assert links(marked)[APNEA].arousal == AROUSAL
    select(marked, (APNEA, FAR))
    act(marked, "events.link")
    assert links(marked)[APNEA].arousal == FAR
    select(marked, (FALL, APNEA))
    act(marked, "events.cut_link")
    assert links(marked)[APNEA].desaturation is None
    document.undo()
    assert links(marked)[APNEA].desaturation == FALL
    document.undo()
    assert links(marked)[APNEA].arousal == AROUSAL
    assert not document.scoring.decisions


def test_that_a_link_says_what_it_parts(marked: MainWindow) -> None:
    select(marked, (APNEA, FAR))
    act(marked, "events.link")
    said = marked.statusBar().currentMessage()
    first, second = said.split(". ")
    assert first.startswith("Obstructive apnea at ")
    assert first.endswith("belong together now")
    assert "Arousal at" in second
    assert second.endswith("no longer do.")
    other = marked.document.add_event(ScoredEvent(EventKind.CENTRAL_APNEA, 400.0, 20.0))
    select(marked, (other, FAR))
    act(marked, "events.link")
    assert "Obstructive apnea at" in marked.statusBar().currentMessage().split(". ")[1]
    limbs = marked.document.add_event(ScoredEvent(EventKind.LIMB_MOVEMENT, 440.0, 2.0))
    select(marked, (other, limbs))
    act(marked, "events.link")
    assert marked.statusBar().currentMessage() == "Done: link of Central apnea"


def test_that_only_two_events_that_can_belong_together_are_linked(marked: MainWindow) -> None:
    for chosen, said in (
        ((APNEA,), "Select two events"),
        ((APNEA, FAR, FALL), "Select two events"),
        ((AROUSAL, FALL), "never belong together"),
    ):
        select(marked, chosen)
        act(marked, "events.link")
        assert said in marked.statusBar().currentMessage()
    assert not marked.document.scoring.decisions


def test_that_what_belongs_to_the_chosen_event_lights_up(marked: MainWindow) -> None:
    traces = marked.open_night._desk.workspace.traces
    marked.viewport.set_page_length(300.0)
    select(marked, (APNEA,))
    assert {one.event for one in traces._marks.marks if one.is_linked} == {AROUSAL, FALL}
    marked.document.link_events(APNEA, AROUSAL, holds=False)
    assert {one.event for one in traces._marks.marks if one.is_linked} == {FALL}
    select(marked, (FALL,))
    assert {one.event for one in traces._marks.marks if one.is_linked} == {APNEA}
    scoring = marked.document.scoring
    assert linked_with(FAR, scoring.event_index, scoring.decisions) == ()


def test_that_a_link_follows_what_its_event_becomes_and_goes_with_it(marked: MainWindow) -> None:
    document = marked.document
    document.link_events(APNEA, FAR, holds=True)
    longer = ScoredEvent(EventKind.HYPOPNEA, 95.0, 30.0)
    changed = document.change_event(APNEA, longer)
    assert links(marked)[changed].arousal == FAR
    document.remove_event(FAR)
    assert not document.scoring.decisions
    document.undo()
    document.undo()
    assert document.scoring.decisions.links == (EventLink(APNEA, FAR, holds=True),)


def test_that_an_event_that_is_moved_leaves_what_the_oximeter_said_where_it_was(
    marked: MainWindow,
) -> None:
    document = marked.document
    measured = replace(SUGGESTED, spo2_nadir=89.8, spo2_baseline=96.6)
    document.scoring.apply(EventEdit((SUGGESTED,), (measured,)))
    (chosen,) = document.confirm_events((measured,))
    assert (chosen.spo2_nadir, chosen.spo2_baseline) == (89.8, 96.6)
    controls = marked.open_night.events
    for moved in (
        lambda: document.change_event(chosen, replace(chosen, onset_s=150.0)),
        lambda: document.change_events((chosen,), (replace(chosen, duration_s=30.0),))[0],
        lambda: dragged(controls, chosen),
    ):
        event = moved()
        assert (event.spo2_nadir, event.spo2_baseline) == (None, None)
        document.undo()
        assert chosen in document.scoring.events


def dragged(controls, event: ScoredEvent) -> ScoredEvent:
    controls.choose(event)
    controls._shift(0.0, 4.0)
    return controls._chosen


@pytest.mark.parametrize("selected", [(APNEA,), (APNEA, FALL)])
def test_that_a_link_stays_with_the_other_of_two_equal_events(
    marked: MainWindow, selected: tuple[ScoredEvent, ...]
) -> None:
    document = marked.document
    document.scoring.apply(EventEdit(added=(APNEA,)))
    document.link_events(APNEA, FAR, holds=True)
    decisions = document.scoring.decisions
    select(marked, selected)
    act(marked, "events.remove")
    assert document.scoring.events.count(APNEA) == 1
    assert document.scoring.decisions == decisions
    act(marked, "edit.undo")
    assert document.scoring.events.count(APNEA) == 2
    document.remove_marks((APNEA, APNEA))
    assert not document.scoring.decisions


def test_that_links_and_rejections_are_saved_and_there_when_the_night_is_opened_again(
    qtbot: QtBot, marked: MainWindow, tmp_path: Path
) -> None:
    document = marked.document
    document.link_events(APNEA, FAR, holds=True)
    document.remove_event(SUGGESTED)
    decisions = document.scoring.decisions
    assert decisions.rejected == (SUGGESTED,)
    path = tmp_path / "night-scored.h5"
    document.save(path)
    assert read_session(path).scored.scoring.decisions == decisions
    with qtbot.waitSignal(marked.files.opened, timeout=20_000):
        marked.open_file(path)
    qtbot.waitUntil(lambda: marked.tasks.is_idle, timeout=60_000)
    assert marked.document.scoring.decisions == decisions


def test_that_taking_a_suggestion_away_or_making_it_something_else_rejects_it(
    marked: MainWindow,
) -> None:
    document = marked.document
    document.change_event(SUGGESTED, ScoredEvent(EventKind.AROUSAL, 200.0, 12.0))
    assert document.scoring.decisions.rejected == (SUGGESTED,)
    document.undo()
    document.change_event(SUGGESTED, ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 200.0, 12.0))
    assert document.scoring.decisions.rejected == ()
    document.undo()
    document.remove_marks((SUGGESTED, APNEA))
    assert document.scoring.decisions.rejected == (SUGGESTED,)
    act(marked, "events.forget")
    assert document.scoring.decisions.rejected == ()
    document.undo()
    assert document.scoring.decisions.rejected == (SUGGESTED,)


def test_that_without_rejections_there_is_nothing_to_forget(marked: MainWindow) -> None:
    act(marked, "events.forget")
    assert marked.statusBar().currentMessage() == "Nothing was rejected."
    assert marked.document.undo_stack.count() == 0


def test_that_the_dialog_offers_the_engines_that_are_there(
    qtbot: QtBot, marked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_there in (False, True):
        monkeypatch.setattr("sleepscorer.events.engines.is_installed", lambda there=is_there: there)
        dialog = LaboratoryDialog(None, Laboratory(RULE_1B), marked.document.recording.channels)
        qtbot.addWidget(dialog)
        assert dialog.laboratory.engine == "plain"
        row = dialog.engine.findData("psgscoring")
        flags = dialog.engine.model().flags(dialog.engine.model().index(row, 0))
        assert bool(flags & Qt.ItemFlag.ItemIsEnabled) is is_there
        assert ("not installed" in dialog.engine.itemText(row)) is not is_there
    dialog.engine.setCurrentIndex(row)
    assert dialog.laboratory == Laboratory(RULE_1B, engine="psgscoring")


def test_that_the_engine_is_remembered_and_asked(
    qtbot: QtBot, marked: MainWindow, dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = Laboratory(RULE_1B, supine=(2.0,), engine="psgscoring", stages={Stage.W: (0.0,)})
    dialogs.laboratories.append(chosen)
    act(marked, "events.sensors")
    assert marked._preferences.laboratory == chosen
    monkeypatch.setattr("sleepscorer.events.psgscoring_engine.is_installed", lambda: False)
    marked.document.score(range(4), Stage.N2)
    QTest.keyClick(marked, Qt.Key.Key_F9, CTRL)
    qtbot.waitUntil(lambda: marked.tasks.is_idle, timeout=60_000)
    assert "psgscoring is not installed" in marked.messages.text
