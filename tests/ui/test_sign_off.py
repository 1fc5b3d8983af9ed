"""Signing a night off, and whose an import is."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Imported, Model, Person
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import Stage
from sleepscorer.io.session import read_session
from sleepscorer.ui.shell.main_window import MainWindow

SIGN_OFF_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def import_stages(qtbot: QtBot, window: MainWindow, dialogs, path: Path, importer: str) -> None:
    path.write_text("N2\n" * 24, encoding="utf-8")
    dialogs.open_paths.append(path)
    dialogs.importers.append(importer)
    window.actions_by_id["file.import"].trigger()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


def density(window: MainWindow, stage: Stage, model: str = "Net 1") -> Hypnodensity:
    rows = np.full((len(window.document.scoring), 5), 0.1, np.float32)
    rows[:, stage] = 0.6
    return Hypnodensity(rows, model, "ab" * 32, "C4-M1")


def test_that_what_another_program_made_stays_and_is_nobodys(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    document = open_window.document
    import_stages(qtbot, open_window, dialogs, tmp_path / "vendor.txt", "")
    imported = EpochScore(Stage.N2, Imported("vendor.txt"))
    assert set(document.scoring.scores) == {imported}
    document.score((3,), Stage.UNSCORED)
    document.take_over(density(open_window, Stage.R))
    assert document.scoring[3] == EpochScore(Stage.R, Model("Net 1", "ab" * 32))
    assert document.scoring[4] == imported
    assert not imported.is_human


def test_that_an_import_is_a_persons_only_if_the_technician_says_so(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    import_stages(qtbot, open_window, dialogs, tmp_path / "li.txt", "Li")
    score = open_window.document.scoring[0]
    assert score == EpochScore(Stage.N2, Imported("li.txt", Person("Li")))
    assert score.is_human
    assert dialogs.named_in_files == [""]  # the file names nobody


def test_that_a_decision_says_whether_the_model_was_seen(open_window: MainWindow) -> None:
    document = open_window.document
    document.score((0,), Stage.W)
    QTest.keyClick(open_window, "H")
    document.take_over(density(open_window, Stage.N2))
    document.score((1,), Stage.W)
    QTest.keyClick(open_window, "H")
    document.score((2,), Stage.W)
    QTest.keyClick(open_window, "H")  # what was seen stays seen
    document.score((3,), Stage.W)
    seen = [document.scoring[epoch].source.saw_model for epoch in range(4)]
    assert seen == [False, False, True, True]


def test_that_signing_off_says_how_many_suggestions_wait(open_window: MainWindow, dialogs) -> None:
    document = open_window.document
    document.score(range(24), Stage.N2)
    suggested = [
        ScoredEvent(EventKind.HYPOPNEA, start_s, 12.0, source=Model("plain"))
        for start_s in (60.0, 120.0)
    ]
    document.propose_events(suggested)
    dialogs.scorers.append("")
    QTest.keyClick(open_window, Qt.Key.Key_Return, SIGN_OFF_KEYS)
    assert dialogs.notices[-1] == ("2 suggested events wait for a decision; they count nowhere.",)


def test_that_a_night_is_signed_off_until_something_changes(
    open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    document = open_window.document
    document.score(range(24), Stage.N2)
    dialogs.scorers.append("Jana")
    before = datetime.now(UTC)
    QTest.keyClick(open_window, Qt.Key.Key_Return, SIGN_OFF_KEYS)
    sign_off = document.scoring.sign_off
    assert sign_off is not None
    assert sign_off.by == "Jana"
    assert before <= sign_off.at <= datetime.now(UTC)
    assert "signed off by Jana" in open_window.windowTitle()
    document.save(tmp_path / "night.h5")
    assert read_session(tmp_path / "night.h5").scored.scoring.sign_off == sign_off
    document.score((5,), Stage.R)
    assert document.scoring.sign_off is None
    assert "not signed off any more" in open_window.statusBar().currentMessage()
    assert "signed off" not in open_window.windowTitle()
    document.undo()
    assert document.scoring.sign_off == sign_off
    assert "signed off by Jana" in open_window.windowTitle()


def test_that_what_is_open_is_said_before_a_night_is_signed_off(
    open_window: MainWindow, dialogs
) -> None:
    open_window.document.score((0,), Stage.N2)
    open_window.actions_by_id["scoring.sign_off"].trigger()
    assert dialogs.notices[-1] == ("23 epochs have no stage.",)


def test_that_the_stages_of_another_version_are_shown_again(
    open_window: MainWindow, dialogs
) -> None:
    document = open_window.document
    document.take_over(density(open_window, Stage.N2, "Net 1"))
    document.take_over(density(open_window, Stage.R, "Net 2"))
    assert document.scoring[0].stage is Stage.R
    dialogs.predictions.append(1)
    open_window.actions_by_id["scoring.prediction"].trigger()
    assert dialogs.predictions_offered[-1] == ("1. Net 2 on C4-M1", "2. Net 1 on C4-M1")
    assert document.scoring[0] == EpochScore(Stage.N2, Model("Net 1", "ab" * 32))
    document.undo()
    assert document.scoring[0].stage is Stage.R
