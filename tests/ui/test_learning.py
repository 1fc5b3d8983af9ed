"""The path from a signed-off night to a version in use, in the window."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.prediction import STAGES
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import Bin, Comparison, Figures, Gain, Verdict
from sleepscorer.jobs.events import StepDone, Validated
from sleepscorer.loop.collection import LeftEpochs
from sleepscorer.loop.finetune import Plan
from sleepscorer.models.calibration import Calibration
from sleepscorer.models.ledger import (
    Activated,
    Calibrated,
    Postponed,
    Rejected,
    Uncalibrated,
)
from sleepscorer.ui.base.plain_text import PlainMessageBox
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.loop.learning import Trial
from sleepscorer.ui.shell.main_window import MainWindow

FIGURES = Figures(
    0.8, 0.7, 0.75, (0.9, 0.4, 0.8, 0.8, 0.8), 0.2, 0.1, 0.05, 0.5, (Bin(9, 0.8, 0.7),)
)


def idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def trial_of(window: MainWindow, verdict: Verdict) -> Trial:
    version = window.learning.store.active()
    gain = Gain(0.03, 0.01, 0.05)
    comparison = Comparison(
        *(version.sha256, version.sha256, 6, 600, FIGURES, FIGURES, 6),
        *(gain, gain, None, 0.03, FIGURES, FIGURES, verdict),
        3 if verdict is Verdict.UNCLEAR else None,
    )
    return Trial(version, comparison, ("A night was left out.",))


def sign_off(window: MainWindow) -> None:
    window.document.score(range(4), Stage.N2)
    window.document.sign_off("Ana", datetime.now(UTC))


def test_that_a_night_that_is_not_signed_off_is_refused_with_a_sentence(
    qtbot: QtBot, empty_store, open_window: MainWindow
) -> None:
    open_window.actions_by_id["model.add"].trigger()
    idle(qtbot, open_window)
    assert "not signed off" in open_window.messages.text
    assert open_window.learning.nights() == ()


def test_that_signing_off_offers_to_learn_and_a_click_keeps_the_night(
    qtbot: QtBot, empty_store, open_window: MainWindow, dialogs
) -> None:
    sign_off(open_window)
    assert "can learn" in open_window.messages.text
    dialogs.codes.append("4711")
    open_window.show_learning()
    open_window.actions_by_id["model.add"].trigger()
    qtbot.waitUntil(lambda: len(open_window.learning.nights()) == 1, timeout=60_000)
    idle(qtbot, open_window)
    (night,) = open_window.learning.nights()
    assert int(night.decided.sum()) == 4
    assert "can learn" not in open_window.messages.text
    page = open_window._learning_window.nights
    assert page.table.rowCount() == 1
    # No version staged the night, so nothing was corrected.
    assert [page.table.item(0, column).text() for column in (8, 9, 10)] == ["–", "–", "–"]
    dialogs.accepts.append(True)
    page.table.selectRow(0)
    page.remove.click()
    assert open_window.learning.nights() == ()
    open_window._learning_window.close()


def test_that_the_offer_to_learn_ends_with_the_sign_off(
    empty_store, open_window: MainWindow
) -> None:
    sign_off(open_window)
    assert "can learn" in open_window.messages.text
    open_window.document.undo_stack.undo()
    assert "can learn" not in open_window.messages.text


def test_that_nothing_is_accepted_without_a_better_verdict(
    qtbot: QtBot, empty_store, open_window: MainWindow
) -> None:
    open_window.show_learning()
    window = open_window._learning_window
    page = window.verdict
    assert not page.accept_button.isEnabled()
    for verdict in Verdict:
        open_window.learning._show_trial(trial_of(open_window, verdict))
        assert page.accept_button.isEnabled() == (verdict is Verdict.BETTER)
        assert window.tabs.currentWidget() is page
    assert "3 more patients" in page.verdict.text()
    assert "A night was left out." in page.grounds.text()
    window.close()


def test_that_every_answer_is_in_the_ledger_and_accepting_reloads_the_network(
    qtbot: QtBot, empty_store, open_window: MainWindow
) -> None:
    open_window.show_learning()
    window, learning = open_window._learning_window, open_window.learning
    for button in ("later_button", "reject_button", "accept_button"):
        learning._show_trial(trial_of(open_window, Verdict.BETTER))
        window.verdict.why.setText("because")
        getattr(window.verdict, button).click()
        assert learning.trial is None
        assert window.verdict.why.text() == ""  # what is decided next has a reason of its own
    idle(qtbot, open_window)
    entries = learning.store.entries()
    assert [type(one) for one in entries] == [Postponed, Rejected, Activated]
    assert {one.decision.why for one in entries} == {"because"}
    assert window.versions.back.isEnabled()
    window.versions.back.click()
    idle(qtbot, open_window)
    assert learning.store.active().is_bundled
    window.close()


def test_that_a_calibration_is_in_the_ledger_with_why_and_on_what(
    qtbot: QtBot, empty_store, open_window: MainWindow, dialogs
) -> None:
    open_window.show_learning()
    window, learning = open_window._learning_window, open_window.learning
    trial = trial_of(open_window, Verdict.BETTER)
    now = datetime.now(UTC)
    calibration = Calibration(trial.version.sha256, {STAGES: 1.5}, 900, "Ana", now)
    learning._show_trial(replace(trial, calibration=calibration))
    window.verdict.why.setText("because")
    window.verdict.accept_button.click()
    idle(qtbot, open_window)
    assert learning.store.entries() == (
        Calibrated(trial.version.sha256, "Ana", now, trial.comparison, "because"),
    )
    assert "(because)" in window.versions.card.toPlainText()
    dialogs.accepts.append(True)
    window.versions.uncalibrate.click()
    assert isinstance(learning.store.entries()[-1], Uncalibrated)
    assert learning.store.calibration(trial.version) is None
    assert not window.versions.uncalibrate.isEnabled()
    assert "calibration taken away by" in window.versions.card.toPlainText()
    window.close()


def test_that_a_version_goes_out_and_comes_back_as_one_file(
    qtbot: QtBot, empty_store, open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    open_window.show_learning()
    page = open_window._learning_window.versions
    assert page.table.rowCount() == 1
    assert not page.delete.isEnabled()  # it comes with the application
    dialogs.write_paths.append(tmp_path / "v.safetensors")
    page.export.click()
    assert (tmp_path / "v.safetensors").stat().st_size > 1e6
    dialogs.open_paths.append(tmp_path / "v.safetensors")
    page.import_button.click()
    assert "there already" in open_window._learning_window._message.text()
    open_window._learning_window.close()


def test_that_a_chosen_version_stays_chosen_when_others_come(
    qtbot: QtBot, empty_store, open_window: MainWindow, dialogs, write_several
) -> None:
    open_window.show_learning()
    window = open_window._learning_window
    page, store = window.versions, open_window.learning.store
    dialogs.open_paths.append(write_several("2"))
    page.import_button.click()
    row = page.table.currentRow()
    assert page.table.item(row, 0).text() == "Several 2"
    assert "Several 2 is there now" in window._message.text()
    assert store.active().is_bundled
    store.import_file(write_several("1", hypopnea=(0.3,)), by="Ana")  # comes before it
    open_window.learning.changed.emit()
    (chosen,) = page.table.selectionModel().selectedRows()
    assert chosen.row() == row + 1
    page.use.click()
    assert store.active().title == "Several 2"
    window.close()


def test_that_it_is_said_how_many_patients_are_missing(
    qtbot: QtBot, empty_store, open_window: MainWindow
) -> None:
    open_window.show_learning()
    summary = open_window._learning_window.nights.summary.text()
    assert "2 more patients to learn from" in summary
    assert "5 more patients to compare on" in summary
    open_window._learning_window.close()


def test_that_curves_follow_the_training(qtbot: QtBot, empty_store, open_window) -> None:
    open_window.show_learning()
    page = open_window._learning_window.training
    for event in (
        StepDone("sequence", 5, 100, 1.2, 60.0),
        Validated("sequence", 5, 0.8, 0.7, 0.75, 0.5),
    ):
        open_window.learning.reported.emit(event)
    assert [curve.points for curve in page.loss.curves] == [[(5.0, 1.2)]]
    assert [curve.name for curve in page.validation.curves] == ["Accuracy", "κ"]
    assert "1.0 min" in page.status.text()
    assert not page.train.isEnabled()  # there is nothing to learn from
    image = page.loss.grab().toImage()
    assert len({image.pixel(x, image.height() // 2) for x in range(image.width())}) > 1
    open_window._learning_window.close()


def test_that_a_night_is_kept_by_itself_once_that_is_asked_for(
    qtbot: QtBot, empty_store, open_window: MainWindow, dialogs, monkeypatch
) -> None:
    monkeypatch.setattr("sleepscorer.loop.collection.is_held_out", lambda _subject: False)
    dialogs.codes.append("4711")
    open_window.actions_by_id["model.collect"].trigger()
    sign_off(open_window)
    qtbot.waitUntil(lambda: len(open_window.learning.nights()) == 1, timeout=60_000)
    idle(qtbot, open_window)
    assert "can learn" not in open_window.messages.text
    open_window.actions_by_id["model.collect"].trigger()
    open_window.show_learning()
    assert not open_window._learning_window.training.train.isEnabled()  # it takes two patients
    open_window._learning_window.close()


def test_that_any_two_versions_are_compared_on_the_open_night(
    qtbot: QtBot, empty_store, open_window: MainWindow, dialogs
) -> None:
    open_window.document.score(range(4), Stage.N2)
    open_window.show_learning()
    page = open_window._learning_window.versions
    page.table.selectRow(0)
    assert page.other.count() == 1
    page.on_night.click()
    qtbot.waitUntil(lambda: bool(dialogs.notices), timeout=60_000)
    idle(qtbot, open_window)
    shown = dialogs.notices[-1][1]
    n_epochs = len(open_window.document.scoring)
    assert f"the same stage to {n_epochs} of {n_epochs} epochs" in shown
    assert "4 epochs that a person decided on" in shown
    assert open_window.learning.store.entries() == ()
    open_window._learning_window.close()


class TrainingThatWaits:
    """One that runs until it is paused."""

    events, is_done = (), False

    def __init__(self) -> None:
        self.plan: Plan | None = None
        self._paused = threading.Event()

    def prepare(self, *_: object, by: str) -> None:
        self.plan = Plan(
            *("ab", "Net 1", "1-lab1", (), 2, LeftEpochs.LEFT_OUT, False, "", by),
            datetime(2026, 1, 1, tzinfo=UTC),
        )

    def run(self, _report: object) -> bool:
        self._paused.wait(60)
        return False

    def pause(self) -> None:
        self._paused.set()


@pytest.fixture
def training(open_window: MainWindow, empty_store, monkeypatch) -> TrainingThatWaits:
    training = TrainingThatWaits()
    monkeypatch.setattr("sleepscorer.loop.finetune.prepare", training.prepare)
    open_window.learning.__dict__["training"] = training
    return training


def test_that_a_training_goes_on_while_the_next_night_is_scored_and_kept(
    qtbot: QtBot, open_window: MainWindow, training, dialogs, night_path: Path
) -> None:
    open_window.learning.train(LeftEpochs.LEFT_OUT)
    with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
        open_window.open_file(night_path)
    sign_off(open_window)
    dialogs.codes.append("4711")
    open_window.actions_by_id["model.add"].trigger()
    learning = open_window.learning
    qtbot.waitUntil(lambda: len(learning.nights()) == 1, timeout=60_000)
    qtbot.waitUntil(lambda: not learning.is_keeping, timeout=10_000)
    assert learning.is_busy
    assert dialogs.stopped == []
    learning.pause()
    idle(qtbot, open_window)


def test_that_closing_says_that_a_training_is_only_paused(
    qtbot: QtBot, open_window: MainWindow, training, monkeypatch
) -> None:
    asked = []
    monkeypatch.setattr(
        PlainMessageBox,
        "exec",
        lambda box: asked.append((box.text(), [one.text() for one in box.buttons()])),
    )
    monkeypatch.setattr(open_window.files._dialogs, "may_stop", Dialogs().may_stop)
    open_window.learning.train(LeftEpochs.LEFT_OUT)
    open_window.close()
    ((text, buttons),) = asked
    assert "Training" in text
    assert "it is paused" in text
    assert "leaves no file" not in text
    assert "Pause it and go on" in buttons
    open_window.learning.pause()
    idle(qtbot, open_window)


def test_that_a_verdict_is_said_to_whom_closed_the_window_meanwhile(
    qtbot: QtBot, empty_store, open_window: MainWindow
) -> None:
    open_window.learning._show_trial(trial_of(open_window, Verdict.BETTER))
    assert "waits for your decision" in open_window.messages.text
    open_window.messages.accept_button.click()
    window = open_window._learning_window
    assert window.tabs.currentWidget() is window.verdict
    assert window.verdict.accept_button.isEnabled()
    window.close()


def test_that_of_a_discarded_training_no_curve_stays(
    qtbot: QtBot, empty_store, open_window: MainWindow
) -> None:
    open_window.show_learning()
    page = open_window._learning_window.training
    for step in (5, 10, 5):  # reported again after a crash
        open_window.learning.reported.emit(StepDone("sequence", step, 100, 1.2, 60.0))
    assert [curve.points for curve in page.loss.curves] == [[(5.0, 1.2), (10.0, 1.2)]]
    open_window.learning.changed.emit()
    assert page.loss.curves == ()
    open_window._learning_window.close()


def test_that_a_training_can_be_paused_from_its_first_step_on(
    qtbot: QtBot, open_window: MainWindow, training
) -> None:
    open_window.show_learning()
    page = open_window._learning_window.training
    open_window.learning.train(LeftEpochs.LEFT_OUT)
    qtbot.waitUntil(page.pause.isEnabled, timeout=60_000)
    assert "Training 1-lab1 from Net 1" in page.status.text()
    page.pause.click()
    idle(qtbot, open_window)
    qtbot.waitUntil(page.train.isEnabled, timeout=10_000)
    assert page.train.text() == "Go on"
    assert not page.pause.isEnabled()
    open_window._learning_window.close()
