"""Whose night it is, what the file holds beside its signals, and who scores it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.event_decisions import EventDecisions, EventLink
from sleepscorer.domain.event_list import ListOrder
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.own_kinds import MOST_OWN_KINDS, OwnKind
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Model
from sleepscorer.domain.scoring import (
    DecisionsEdit,
    Edit,
    EpochScore,
    EventEdit,
    LightMark,
    Lights,
    LightsEdit,
    StageEdit,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import Proposal
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.ui.actions.action_table import (
    ACTIONS,
    EVENTS,
    OWN_KINDS,
    SCORING,
    STAGE_ACTIONS,
)
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.events_panel import ListEdit
from sleepscorer.ui.views.traces import ChannelSpan

SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTES = (
    Annotation(60.0, 0.0, "Lights off"),
    Annotation(70.5, 0.0, "O2 electrode fixed"),
    Annotation(600.0, 0.0, "Lights on"),
)


@pytest.fixture
def named_path(night, tmp_path: Path) -> Path:
    """A recording that says whose it is and holds notes; its name says it, too."""
    path = tmp_path / "doe.edf"
    write_edf(
        path,
        night.channels,
        start=datetime(2026, 3, 1, 22, 15, 30),
        annotations=NOTES,
        patient_code="K-17",
        patient_name="Jane <b>Doe</b>",
    )
    data = bytearray(path.read_bytes())
    whose = data[8:88].rstrip()
    data[8:88] = whose.replace(b" X X ", b" F 02-MAY-1951 ").ljust(80)
    path.write_bytes(data)
    return path


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> MainWindow:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    return window


def shown(window: MainWindow) -> str:
    identity = window.workspace.identity
    return identity.text() if identity.isVisible() else ""


def test_that_the_line_says_whose_night_it_is_unless_that_is_to_be_hidden(
    qtbot: QtBot, window: MainWindow, named_path: Path, tmp_path: Path, store, dialogs
) -> None:
    opened(qtbot, window, named_path)
    for text in ("Jane <b>Doe</b>", "K-17", "born 1951-05-02", "2026-03-01 22:15:30"):
        assert text in shown(window)
    assert "EEG C4-M1: " in window.workspace.identity.toolTip()
    assert "Hz" in window.workspace.identity.toolTip()
    information = window.actions_by_id["file.information"]
    window.actions_by_id["review.blind"].trigger()
    assert shown(window) == ""
    assert not information.isEnabled()
    assert "doe" not in window.windowTitle()
    assert not window.choices._recent.menuAction().isVisible()
    window.actions_by_id["review.blind"].trigger()
    assert "K-17" in shown(window)
    assert "doe" in window.windowTitle()
    assert window.choices._recent.menuAction().isVisible()
    window.actions_by_id["view.privacy"].trigger()
    assert shown(window) == ""
    assert not information.isEnabled()
    assert "doe" not in window.windowTitle()
    assert store.load().hides_identity
    window.document.score((0,), Stage.N2)
    dialogs.write_paths.append(tmp_path / "doe.h5")
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: window.statusBar().currentMessage().startswith("Saved"), timeout=20_000)
    assert window.statusBar().currentMessage() == "Saved."
    window.actions_by_id["view.privacy"].trigger()
    assert "K-17" in shown(window)
    assert "doe" in window.windowTitle()
    with qtbot.waitSignal(window.tasks.shown):
        information.trigger()
    qtbot.waitUntil(lambda: bool(dialogs.notices), timeout=20_000)
    ((_, page),) = dialogs.notices
    for text in ("&lt;b&gt;Doe", "K-17", "EEG C4-M1", "O2 electrode fixed", "22:16:40"):
        assert text in page


def test_that_no_recent_file_is_named_while_it_is_hidden_who_it_is(
    window: MainWindow, named_path: Path
) -> None:
    def named() -> list[bool]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        buttons = window.workspace.welcome.findChildren(QPushButton)
        return [
            window.choices._recent.menuAction().isVisible(),
            named_path.name in [one.text() for one in buttons],
        ]

    window._remember_file(named_path)
    assert named() == [True, True]
    window.actions_by_id["view.privacy"].trigger()
    assert named() == [False, False]
    window.actions_by_id["view.privacy"].trigger()
    assert named() == [True, True]


def test_that_a_file_without_names_or_notes_says_so(qtbot: QtBot, open_window: MainWindow) -> None:
    assert "patient not named" in shown(open_window)
    assert open_window.messages.text == ""


def test_that_what_the_file_itself_holds_is_offered_and_taken_over_as_one_step(
    qtbot: QtBot, window: MainWindow, named_path: Path, dialogs
) -> None:
    opened(qtbot, window, named_path)
    expected = "The file holds 3 annotations, lights off 22:16:30, lights on 22:25:30."
    assert window.messages.text == expected
    assert window.document.scoring.events == ()
    window.messages.accept_button.click()
    qtbot.waitUntil(lambda: window.document.scoring.lights.off_s == 60.0, timeout=20_000)
    assert [event.text for event in window.document.scoring.events] == ["O2 electrode fixed"]
    assert window.document.undo_stack.count() == 1
    assert window.messages.text == ""


def test_that_it_is_not_offered_again_when_the_session_is_opened(
    qtbot: QtBot, window: MainWindow, named_path: Path, dialogs, tmp_path: Path
) -> None:
    opened(qtbot, window, named_path)
    window.messages.accept_button.click()
    qtbot.waitUntil(lambda: window.document.undo_stack.count() == 1, timeout=20_000)
    window.document.save(tmp_path / "doe.h5")
    opened(qtbot, window, tmp_path / "doe.h5")
    assert window.messages.text == ""
    opened(qtbot, window, named_path)  # the session lies beside: that one first
    assert "saved session" in window.messages.text


def test_that_the_scorers_name_is_asked_before_the_first_stage_and_remembered(
    open_window: MainWindow, store, dialogs
) -> None:
    dialogs.own_names += ["", "Ana"]
    QTest.keyClick(open_window, "2")
    assert open_window.document.undo_stack.count() == 0
    assert "needs a name" in open_window.statusBar().currentMessage()
    QTest.keyClick(open_window, "2")
    assert open_window.document.scoring[0].stage is Stage.N2
    assert open_window.document.scoring[0].source.name == "Ana"
    assert store.load().scorer == "Ana"
    QTest.keyClick(open_window, "3")
    assert open_window.document.scoring[1].source.name == "Ana"
    assert len(dialogs.name_proposals) == 2


def test_that_nobody_is_asked_for_a_name_before_scoring(open_window: MainWindow, dialogs) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_T, Qt.Key.Key_E):
        QTest.keyClick(open_window, key)
    assert dialogs.name_proposals == []


@pytest.fixture
def marked(open_window: MainWindow, store, dialogs) -> MainWindow:
    """A night with lights, a comment and an event, whose scorer is not known."""
    document = open_window.document
    document.set_light("off", 120.0)
    document.comment(0, "restless")
    event = document.add_event(ScoredEvent(EventKind.AROUSAL, 5.0, 4.0))
    open_window.open_night.events.pick(event)
    assert store.load().scorer == ""
    return open_window


def drag_light(window: MainWindow) -> None:
    window.night.lights_moved.emit(0, 240.0)


def write_comment(window: MainWindow) -> None:
    window.panel.comment_changed.emit(0, "restless, talks")


def drag_event(window: MainWindow) -> None:
    event = window.open_night.events.chosen
    window.traces.event_dragged.emit(replace(event, onset_s=6.0))


def fill_in_list(window: MainWindow) -> None:
    event = window.open_night.events.chosen
    window.events_panel.edited.emit(ListEdit((event,), ListOrder.DURATION, "7"))


@pytest.mark.parametrize("act", [drag_light, write_comment, drag_event, fill_in_list])
def test_that_whatever_changes_the_scoring_first_asks_who_does(
    marked: MainWindow, dialogs, act: Callable[[MainWindow], None]
) -> None:
    document, n_steps = marked.document, marked.document.undo_stack.count()
    dialogs.own_names += ["", "Ana"]
    act(marked)
    assert document.undo_stack.count() == n_steps
    act(marked)
    assert document.undo_stack.count() == n_steps + 1
    assert document.scorer == "Ana"


ON_CHOSEN = ("earlier", "later", "shorter", "longer", "remove")
ASKING_NOBODY = {
    "events.next",
    "events.previous",
    "events.select_all",
    "events.next_suggestion",
    "events.sensors",  # the laboratory's
    "events.own_kinds",
    "scoring.auto",  # the network's
    "scoring.comment",  # goes to its field, which asks
    "scoring.derivation",
    "scoring.prediction",
    "scoring.sign_off",  # asks for the name itself
}
LATER = {"events.propose", "events.from_network"}  # they need what a network or an engine found
CHANGING = [
    spec.id
    for spec in ACTIONS
    if (spec.menu in (SCORING, EVENTS, OWN_KINDS) or spec.id == "edit.delete")
    and spec.id not in ASKING_NOBODY | LATER
    and not spec.checkable
]
LIGHTS = Lights(off_s=120.0, on_s=600.0)
KINDS = tuple(OwnKind(f"Kind {n}", f"kind {n}", "#112233").line for n in range(MOST_OWN_KINDS))


def prepared(
    window: MainWindow, dialogs, monkeypatch: pytest.MonkeyPatch, action_id: str
) -> list[Edit]:
    """Make a night in which an action changes something, as nobody's work; return the way back."""
    scoring, night = window.document.scoring, window.open_night
    apnea = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 5.0, 12.0, "Airflow")
    arousal = ScoredEvent(EventKind.AROUSAL, 17.0, 4.0, "EEG C4-M1")
    fall = ScoredEvent(EventKind.DESATURATION, 14.0, 12.0, "SpO2")
    found = ScoredEvent(EventKind.HYPOPNEA, 100.0, 12.0, "Airflow", source=Model("rules"))
    missed = replace(found, onset_s=200.0)
    links = (EventLink(apnea, arousal, holds=False),)
    edits = (
        StageEdit((0,), (EpochScore(Stage.N1, Model("net")),)),
        LightsEdit(LIGHTS),
        EventEdit(added=(apnea, arousal, fall, found)),
        DecisionsEdit(added=EventDecisions((missed,), links)),
    )
    back = [scoring.apply(edit) for edit in edits]
    dialogs.light_times[:] = [Lights(off_s=150.0)] * 2
    dialogs.lights_for_a_while[:] = [False]
    window._prefer(own_kinds=KINDS)
    night.proposals._candidates = (Proposal(replace(found, onset_s=300.0), Phrase("x")),)
    name = action_id.removeprefix("events.")
    if name in ("confirm", "reject"):
        night.events.pick(found)
    elif name in ("link", "cut_link"):
        window.events_panel.set_seen(True)
        window.events_panel.select((apnea, arousal if name == "link" else fall))
    elif name in ON_CHOSEN or action_id == "edit.delete":
        night.events.pick(apnea)
    elif action_id == "scoring.lights_on":
        window.viewport.go_to(10)
    elif action_id.startswith("events."):
        dialogs.notes[:] = ["snores", "snores"]
        dragged = ChannelSpan("EEG C4-M1", (3.0, 13.0))
        monkeypatch.setattr(type(window.traces), "stretch", property(lambda _: dragged))
    return back[::-1]


def test_that_every_action_that_changes_the_scoring_first_asks_who_does(
    open_window: MainWindow, dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, document, night = open_window, open_window.document, open_window.open_night
    nameless = document.scorer
    for action_id in CHANGING:
        back = prepared(window, dialogs, monkeypatch, action_id)
        dialogs.own_names[:] = ["", "Ana"]
        for n_steps in range(2):
            window.actions_by_id[action_id].trigger()
            assert len(dialogs.own_names) == 1 - n_steps, action_id
            assert document.undo_stack.count() == n_steps, action_id
        assert document.scorer == "Ana"
        document.undo_stack.undo()
        document.undo_stack.clear()
        for edit in back:
            document.scoring.apply(edit)
        window.events_panel.set_seen(False)
        night.events.choose(None)
        window.viewport.go_to(0)
        window._prefer(scorer="")
        document.scorer = nameless


def test_that_nobody_is_asked_where_an_action_changes_nothing(
    open_window: MainWindow, dialogs
) -> None:
    document = open_window.document
    open_window._prefer(own_kinds=KINDS)
    dialogs.light_times.append(Lights())
    needing = {*STAGE_ACTIONS, "scoring.artefact", "scoring.lights_off", "scoring.lights_on"}
    for action_id in {*CHANGING, *LATER} - needing | {"scoring.unscored"}:
        open_window.actions_by_id[action_id].trigger()
        assert dialogs.name_proposals == [], action_id
    for is_off in (True, False):
        mark = LightMark(open_window.viewport.epoch * 30.0, is_off=is_off)
        document.scoring.apply(LightsEdit(Lights.of_marks([mark])))
        open_window.actions_by_id[f"scoring.lights_{'off' if is_off else 'on'}"].trigger()
    for action_id, stage in STAGE_ACTIONS.items():
        score = EpochScore(stage, document.person)
        for name in (action_id, "scoring.confirm"):
            epoch = open_window.viewport.epoch
            document.scoring.apply(StageEdit((epoch,), (score,)))
            open_window.actions_by_id[name].trigger()
    assert dialogs.name_proposals == []
    assert document.undo_stack.count() == 0
