"""Review: the queue, the evidence, similar epochs, faults of a recording and two scorers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from model.mc2sleepnet.architecture import StagingMC2SleepNet
from model.mc2sleepnet.inference import Prediction
from model.network import Answer
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Joint, Model, Person
from sleepscorer.domain.review import ReviewFilter
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.waves import WaveKind
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.signals.quality import Finding
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.dialogs.similar_dialog import EpochStrip, Sample, SimilarDialog
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.explanation import EXPLANATION_PX

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def doubts(monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[float, ...]]:
    """Probabilities of some epochs; all others are surely N2."""
    rows = {5: (0.0, 0.45, 0.55, 0.0, 0.0), 9: (0.3, 0.4, 0.3, 0.0, 0.0)}

    def predict(_network: object, epochs: np.ndarray, **_: object) -> Prediction:
        probabilities = np.tile(np.array([0, 0, 1, 0, 0], np.float32), (len(epochs), 1))
        for epoch, row in rows.items():
            probabilities[epoch] = row
        features = np.random.default_rng(1).normal(size=(len(epochs), 2, 8)).astype(np.float32)
        features[[3, 7, 11]] = features[3] + 0.01 * features[[3, 7, 11]]
        return Prediction(probabilities, features)

    monkeypatch.setattr("model.mc2sleepnet.architecture.predict_with_features", predict)
    return rows


@pytest.fixture
def scored(qtbot: QtBot, open_window: MainWindow, doubts: object) -> MainWindow:
    QTest.keyClick(open_window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: open_window.document.scoring.hypnodensity is not None, timeout=60_000)
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)
    return open_window


def queue_of(window: MainWindow) -> list[int]:
    queue = window.open_night.review_desk.review.queue
    assert queue is not None
    return queue.epochs.tolist()


def test_that_one_key_goes_through_the_epochs_that_are_worth_a_look(scored: MainWindow) -> None:
    assert queue_of(scored) == [9, 5]
    QTest.keyClick(scored, "Q")
    assert scored.viewport.epoch == 9
    QTest.keyClick(scored, "Q")
    assert scored.viewport.epoch == 5
    QTest.keyClick(scored, "Q", SHIFT)
    assert scored.viewport.epoch == 9


def test_that_a_stage_key_decides_and_goes_on_in_the_queue(scored: MainWindow) -> None:
    scored.choices.advance["queue"].trigger()
    QTest.keyClick(scored, "Q")
    QTest.keyClick(scored, "1")
    assert scored.document.scoring[9] == EpochScore(Stage.N1, Person("Scorer", saw_model=True))
    assert scored.viewport.epoch == 5
    QTest.keyClick(scored, Qt.Key.Key_Return)  # as the network has it
    assert scored.document.scoring[5] == EpochScore(Stage.N2, Person("Scorer", saw_model=True))
    assert scored.open_night.review_desk.review.queue.n_reviewed == 2
    assert scored.queue_panel.budget.text().endswith("nothing is left to review")


def test_that_filters_are_chosen_by_key_and_the_panel_says_what_to_expect(
    qtbot: QtBot, scored: MainWindow
) -> None:
    panel = scored.queue_panel
    qtbot.waitUntil(lambda: "Agreement expected" in panel.budget.text())
    assert panel.filters.currentData() is ReviewFilter.DOUBTFUL
    QTest.keyClick(scored, "Q", Qt.KeyboardModifier.AltModifier)
    assert panel.filters.currentData() is ReviewFilter.N1_N2
    assert set(queue_of(scored)) == {5, 9}
    index = panel.list.model().index(0, 0)
    assert panel.list.model().data(index) == f"{queue_of(scored)[0] + 1}"
    panel.list.clicked.emit(index)
    assert scored.viewport.epoch == queue_of(scored)[0]
    for _ in range(len(ReviewFilter)):  # the one of two scorers is not offered
        QTest.keyClick(scored, "Q", Qt.KeyboardModifier.AltModifier)
        assert panel.filters.currentData() is not ReviewFilter.SCORERS


def texts_of(window: MainWindow, row: int) -> list[str]:
    model = window.queue_panel.list.model()
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]


def test_that_the_queue_says_in_columns_what_each_epoch_is_and_may_be(
    qtbot: QtBot, scored: MainWindow
) -> None:
    qtbot.waitUntil(lambda: scored.queue_panel.list.model().rowCount() == 2)
    model = scored.queue_panel.list.model()
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert heads == ["epoch", "is", "maybe", "risk"]
    assert texts_of(scored, 0) == ["10", "N1", "W", "60 %"]
    assert scored.queue_panel.budget.text().startswith("2 worth a look. Agreement expected: ")


def test_that_the_queue_ends_and_says_so(scored: MainWindow) -> None:
    scored.choices.advance["queue"].trigger()
    QTest.keyClick(scored, "Q")
    QTest.keyClick(scored, "1")
    QTest.keyClick(scored, "2")
    assert scored.viewport.epoch == 5, "there is nothing to go on to"
    said = scored.statusBar().currentMessage()
    assert said == (
        "All 2 epochs worth a look were looked at. Nothing else is doubtful; Q shows again what "
        "was left open."
    )


def test_that_a_night_of_doubts_is_gone_through_in_rounds(
    qtbot: QtBot, open_window: MainWindow, constant_prediction: np.ndarray, monkeypatch
) -> None:
    monkeypatch.setattr("sleepscorer.domain.review.ROUND_SIZE", 3)
    QTest.keyClick(open_window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: open_window.document.scoring.hypnodensity is not None, timeout=60_000)
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)
    first = queue_of(open_window)
    assert len(first) == 3
    for _ in first[1:]:  # the first one is where the night begins
        QTest.keyClick(open_window, "Q")
    assert queue_of(open_window) == first, "a round stays the same while it is gone through"
    QTest.keyClick(open_window, "Q")
    assert "Q begins with the next ones." in open_window.statusBar().currentMessage()
    QTest.keyClick(open_window, "Q")
    following = queue_of(open_window)
    assert len(following) == 3
    assert not set(first) & set(following)
    assert open_window.viewport.epoch == following[0]


def test_that_a_night_without_automatic_scoring_has_a_queue_that_says_so(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    qtbot.waitUntil(lambda: "F9" in open_window.queue_panel.budget.text())
    QTest.keyClick(open_window, "Q")
    assert open_window.viewport.epoch == 0


def test_that_evidence_and_rule_of_the_epoch_are_shown(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    review = open_window.open_night.review_desk.review
    qtbot.waitUntil(lambda: review.evidence is not None, timeout=30_000)
    epoch = int(max(review.evidence.waves, key=len).onsets_s[0] // 30)
    open_window.viewport.go_to(epoch)
    rule = open_window.panel.findChild(QLabel, "rule").text()
    assert rule == review.rule(epoch).sentence
    rows = dict(open_window.panel._evidence.rows)
    here = review.evidence.epoch(epoch)
    assert rows["Slow waves"][1] == f"{here.slow_wave_s:.1f} s"
    assert rows["Alpha"][1] == f"{100 * here.alpha:.0f} %"
    counts = here.count(WaveKind.SPINDLE)
    assert rows["Spindles"][1] == f"{counts.first} | {counts.last}"


def test_that_waves_are_marked_in_the_trace_that_they_were_found_in(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    review, marks = open_window.open_night.review_desk.review, open_window.traces._wave_marks
    qtbot.waitUntil(lambda: review.evidence is not None, timeout=30_000)
    open_window.viewport.go_to(int(max(review.evidence.waves, key=len).onsets_s[0] // 30))
    assert marks.marks
    assert all(mark.left_px < mark.right_px for mark in marks.marks)
    QTest.keyClick(open_window, "I")
    assert not marks.marks
    QTest.keyClick(open_window, "I")
    assert marks.marks


def test_that_what_moved_the_network_is_shown_for_the_current_epoch(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    QTest.keyClick(open_window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: open_window.document.scoring.hypnodensity is not None, timeout=60_000)
    open_window.viewport.go_to(8)
    explanation = open_window.traces._explanation
    assert explanation.shares is None
    QTest.keyClick(open_window, "A")
    qtbot.waitUntil(lambda: explanation.shares is not None, timeout=30_000)
    assert explanation.shares.shape == (30,)
    assert explanation.height() == EXPLANATION_PX
    QTest.keyClick(open_window, "A")
    assert explanation.shares is None


def test_that_epochs_like_this_one_are_staged_in_one_step(
    scored: MainWindow, dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def choose(
        _parent: object, one: Sample, similar: list[Sample], _name: str, keys: dict[str, Stage]
    ) -> object:
        assert keys["1"] is Stage.N1
        asked.append((one.epoch, [sample.epoch for sample in similar]))
        return (7, 11), Stage.N3

    monkeypatch.setattr(dialogs, "similar_epochs", choose, raising=False)
    scored.viewport.go_to(3)
    n_steps = scored.document.undo_stack.count()
    QTest.keyClick(scored, "S")
    ((epoch, similar),) = asked
    assert epoch == 3
    assert set(similar[:2]) == {7, 11}
    assert len(similar) == 10
    assert scored.document.scoring[7] == EpochScore(Stage.N3, Person("Scorer", saw_model=True))
    assert scored.document.undo_stack.count() == n_steps + 1
    QTest.keyClick(scored, "Z", CTRL)
    assert isinstance(scored.document.scoring[11].source, Model)


def test_that_a_network_without_features_stages_and_says_what_it_can_not_tell(
    qtbot: QtBot, open_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def predict(_network: object, epochs: np.ndarray, _runs: object, **_: object) -> Answer:
        row = np.array([0, 0, 1, 0, 0], np.float32)
        return Answer({"stages": np.tile(row, (len(epochs), 1))})

    monkeypatch.setattr(StagingMC2SleepNet, "predict", predict)
    QTest.keyClick(open_window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: open_window.document.scoring.hypnodensity is not None, timeout=60_000)
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)
    assert open_window.document.scoring[4].stage is Stage.N2
    QTest.keyClick(open_window, "S")
    assert "can't tell which epochs are alike" in open_window.statusBar().currentMessage()
    assert open_window.tasks.is_idle  # it does not stage in vain, again and again


def test_that_the_dialog_of_similar_epochs_gives_ticked_epochs_a_stage(qtbot: QtBot) -> None:
    values = np.zeros(3000, np.float32)
    scores = {
        4: EpochScore(Stage.N1, UNKNOWN_MODEL),
        2: EpochScore(Stage.N2, UNKNOWN_MODEL),
        6: EpochScore(Stage.N1, Person("Ana")),
    }
    samples = [Sample(epoch, score, 0.9, values) for epoch, score in scores.items()]
    asked = Sample(9, EpochScore(Stage.N2, UNKNOWN_MODEL), 1.0, values)
    keys = {"1": Stage.N1, "0": Stage.UNSCORED}
    dialog = SimilarDialog(None, asked, samples, "Fpz-Cz", keys)
    qtbot.addWidget(dialog)
    assert dialog.epochs == (4,)  # staged otherwise, and not by a person
    QTest.keyClick(dialog, "0")
    assert dialog.stage is None
    dialog.tick(2, on=True)
    QTest.keyClick(dialog, "1")
    assert (dialog.epochs, dialog.stage) == ((2, 4), Stage.N1)
    for epoch in (2, 4):
        dialog.tick(epoch, on=False)
    dialog.stage = None
    dialog.stage_buttons[Stage.R].click()
    assert dialog.stage is None  # nothing is ticked
    assert len(dialog.findChildren(EpochStrip)) == 4


# Faults


def write_scaled(path: Path, night: SimulatedNight, factor: float) -> Path:
    channel = night.channels[0]
    low, high = channel.physical_range
    channels = [
        replace(
            channel,
            samples=channel.samples * np.float32(factor),
            physical_range=(low * factor, high * factor),
        )
    ]
    write_edf(path, channels, start=datetime(2026, 3, 1, 22, 15, 30))
    return path


def open_and_check(qtbot: QtBot, window: MainWindow, path: Path) -> tuple[Finding, ...]:
    """Open a recording, and wait until its signal was looked at."""
    with qtbot.waitSignal(window.files.opened, timeout=30_000):
        window.open_file(path)
    with qtbot.waitSignal(window.open_night.review_desk.gate.checked, timeout=30_000) as signal:
        pass
    (findings,) = signal.args
    return findings


def test_that_a_fault_is_told_with_a_remedy_that_staging_takes_over(
    qtbot: QtBot, window: MainWindow, night: SimulatedNight, tmp_path: Path
) -> None:
    path = write_scaled(tmp_path / "low.edf", night, 1e-3)
    open_and_check(qtbot, window, path)
    assert "µV" in window.messages.text
    assert "1000" in window.messages.accept_button.text()
    window.messages.accept_button.click()
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.document.scoring.hypnodensity is not None, timeout=60_000)
    assert window.document.scoring.hypnodensity.derivation.endswith("× 1000")


def test_that_a_clean_recording_is_not_talked_about(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    assert open_and_check(qtbot, window, night_path) == ()
    assert window.messages.text == ""


def test_that_an_implausible_night_is_told(open_window: MainWindow) -> None:
    always_wake = np.tile(np.array([1, 0, 0, 0, 0], np.float32), (120, 1))
    staged = Hypnodensity(always_wake, "M 1", "0" * 64, "F4-M1")
    open_window.open_night.review_desk.gate.check_stages(staged)
    assert "100 % of 120 epochs were staged W" in open_window.messages.text
    assert "F4-M1" in open_window.messages.text


def test_that_all_similar_epochs_are_ticked_at_once_and_no_stage_is_given_to_none(
    qtbot: QtBot,
) -> None:
    samples = [
        Sample(epoch, EpochScore(Stage.N1, UNKNOWN_MODEL), 0.9, np.zeros(100, np.float32))
        for epoch in range(4)
    ]
    dialog = SimilarDialog(None, samples[0], samples[1:], "C4-M1", {"2": Stage.N2})
    qtbot.addWidget(dialog)
    assert dialog.epochs == ()
    assert not any(button.isEnabled() for button in dialog.stage_buttons.values())
    dialog.all_box.click()
    assert dialog.epochs == (1, 2, 3)
    assert all(button.isEnabled() for button in dialog.stage_buttons.values())
    dialog.tick(2, on=False)
    assert dialog.all_box.checkState() is Qt.CheckState.PartiallyChecked
    dialog.all_box.click()
    dialog.all_box.click()
    assert dialog.epochs == ()


# Two scorers


def write_other(window: MainWindow, path: Path, stages: dict[int, Stage]) -> Path:
    """Write the scoring of another person: N2, but for some epochs."""
    csv = next(row for row in SCORING_FORMATS if row.id == "csv")
    n_epochs = len(window.document.scoring)
    scores = [EpochScore(stages.get(epoch, Stage.N2), Person("Li")) for epoch in range(n_epochs)]
    former = window.document.scoring
    window.document.scoring = Scoring(n_epochs, scores=scores, scorer="Li")
    csv.write(path, window.document.scored_recording)
    window.document.scoring = former
    return path


@pytest.fixture
def two_scorers(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path: Path
) -> Callable[[], None]:
    def load() -> None:
        open_window.document.score(range(24), Stage.N2)
        dialogs.open_paths.append(
            write_other(open_window, tmp_path / "li.csv", {4: Stage.N1, 6: Stage.R})
        )
        with qtbot.waitSignal(open_window.open_night.sight.changed, timeout=20_000):
            open_window.actions_by_id["review.second"].trigger()

    return load


def test_that_a_second_scoring_is_put_beside_the_first(
    open_window: MainWindow, dialogs, two_scorers: Callable[[], None]
) -> None:
    two_scorers()
    assert "2 epochs differ" in open_window.statusBar().currentMessage()
    review = open_window.open_night.review_desk.review
    review.choose_filter(ReviewFilter.SCORERS)
    assert set(queue_of(open_window)) == {4, 6}
    open_window.viewport.go_to(4)
    assert "N1" in open_window.panel.findChild(QLabel, "source").text()
    QTest.keyClick(open_window, "K", CTRL)
    title, page = dialogs.notices[-1]
    assert "Agreement" in title
    assert "91.7 %" in page  # 22 of 24
    open_window.actions_by_id["review.no_second"].trigger()
    assert open_window.panel.findChild(QLabel, "source").text() == "scored by Scorer"


def test_that_putting_a_second_scoring_beside_is_a_step_that_changes_nothing_to_be_saved(
    open_window: MainWindow, two_scorers: Callable[[], None], tmp_path: Path
) -> None:
    two_scorers()
    document, night = open_window.document, open_window.open_night
    document.save(tmp_path / "first.h5")
    stages, epoch = document.scoring.stages, open_window.viewport.epoch
    QTest.keyClick(open_window, "Z", CTRL)
    assert night.sight.others == ()
    assert document.scoring.stages == stages
    assert open_window.viewport.epoch == epoch
    assert not document.has_unsaved_changes
    assert "second scoring by li" in open_window.statusBar().currentMessage()
    QTest.keyClick(open_window, "Y", CTRL)
    assert [name for name, _ in night.sight.others] == ["li"]
    open_window.actions_by_id["review.no_second"].trigger()
    assert night.sight.others == ()
    QTest.keyClick(open_window, "Z", CTRL)
    assert [name for name, _ in night.sight.others] == ["li"]
    assert not document.has_unsaved_changes
    QTest.keyClick(open_window, "Z", CTRL)
    QTest.keyClick(open_window, "Z", CTRL)  # the stages themselves
    assert document.has_unsaved_changes


def test_that_undoing_a_second_scoring_shows_none_to_who_works_blind(
    open_window: MainWindow, two_scorers: Callable[[], None]
) -> None:
    two_scorers()
    sight = open_window.open_night.sight
    open_window.actions_by_id["review.no_second"].trigger()
    QTest.keyClick(open_window, "H")
    QTest.keyClick(open_window, "Z", CTRL)
    assert sight.is_blind
    assert sight.others == ()
    assert [name for name, _ in sight.beside] == ["li"]


def test_that_nothing_of_the_model_is_seen_while_one_works_blind(scored: MainWindow) -> None:
    scored.viewport.go_to(2)
    QTest.keyClick(scored, "H")
    assert scored.panel.findChild(QLabel, "stage").text() == "–"
    assert scored.panel._bars._probabilities is None
    assert scored.panel._bars.message == "Hidden while you score blind."
    assert scored.panel.findChild(QLabel, "rule").text() == ""
    assert not scored.traces._waves
    assert not scored.queue_panel.isVisible()
    assert all(score.stage is Stage.UNSCORED for score in scored.night._scoring.scores)
    QTest.keyClick(scored, "1")
    assert scored.document.scoring[2].stage is Stage.N1
    assert scored.document.scoring[3].stage is Stage.N2  # still there
    QTest.keyClick(scored, "H")
    assert scored.night._scoring.scores[3].stage is Stage.N2
    assert scored.queue_panel.isVisible()


def test_that_nothing_that_was_said_of_the_model_stays_while_one_works_blind(
    scored: MainWindow,
) -> None:
    awake = np.tile(np.array([0.96, 0.01, 0.01, 0.01, 0.01], np.float32), (200, 1))
    hypnodensity = replace(scored.document.scoring.hypnodensity, probabilities=awake)
    scored.open_night.review_desk.gate.check_stages(hypnodensity)
    scored._say("The model is sure of N2 here.")
    assert "W" in scored.messages.text
    QTest.keyClick(scored, "H")
    assert scored.messages.text == ""
    assert scored.statusBar().currentMessage() == ""


def test_that_a_second_scoring_is_begun_blind_once_the_first_is_saved(
    open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    open_window.document.score((0, 1), Stage.N2)
    open_window.actions_by_id["review.again"].trigger()
    assert "Save this scoring first" in open_window.statusBar().currentMessage()
    dialogs.write_paths.append(tmp_path / "first.h5")
    open_window.actions_by_id["file.save"].trigger()
    dialogs.scorers += ["", "scorer", "Li"]
    for _ in range(2):  # nobody, then the first scorer again
        open_window.actions_by_id["review.again"].trigger()
        assert open_window.document.scoring[0].stage is Stage.N2
    open_window.actions_by_id["review.again"].trigger()
    assert open_window.document.scorer == "Li"
    assert not open_window.document.undo_stack.canUndo()  # that would lead into the first
    assert not open_window.actions_by_id["scoring.auto"].isEnabled()
    assert open_window.document.scoring.stages == (Stage.UNSCORED,) * 24
    assert open_window.document.session_path is None  # the first session is not saved over
    assert open_window.open_night.sight.is_blind
    assert open_window.open_night.sight.others == ()
    open_window.document.score((0,), Stage.N1)
    QTest.keyClick(open_window, "H")
    ((_name, first),) = open_window.open_night.sight.others
    assert first.stages[:2] == (Stage.N2, Stage.N2)


def test_that_deciding_between_two_begins_with_what_both_agree_on(
    open_window: MainWindow, dialogs, tmp_path: Path, two_scorers: Callable[[], None]
) -> None:
    two_scorers()
    open_window.document.add_event(ScoredEvent(EventKind.AROUSAL, 40.0, 5.0))
    dialogs.write_paths.append(tmp_path / "first.h5")
    open_window.actions_by_id["file.save"].trigger()
    open_window.actions_by_id["review.adjudicate"].trigger()
    assert "1 event that only one of the two marked" in open_window.messages.text
    scoring = open_window.document.scoring
    assert [epoch for epoch in range(24) if scoring[epoch].stage is Stage.UNSCORED] == [4, 6]
    assert scoring[0].source == Joint((Person("Scorer"), Person("Li")))
    assert open_window.viewport.epoch == 4
    text = open_window.panel.findChild(QLabel, "source").text()
    assert "N2" in text
    assert "N1" in text
    open_window.choices.advance["queue"].trigger()
    QTest.keyClick(open_window, "1")
    QTest.keyClick(open_window, "5")
    assert (scoring[4].stage, scoring[6].stage) == (Stage.N1, Stage.R)
    assert scoring[4].source == Person("Scorer")
    assert open_window.document.session_path is None


def test_that_who_works_blind_can_t_act_on_what_is_hidden(scored: MainWindow) -> None:
    QTest.keyClick(scored, "H")
    scored.viewport.go_to(3)
    QTest.keyClick(scored, Qt.Key.Key_Return)  # nothing that could be confirmed is shown
    assert isinstance(scored.document.scoring[3].source, Model)
    scored.actions_by_id["scoring.fill"].setChecked(True)
    QTest.keyClick(scored, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(scored, "1")
    assert scored.document.scoring.stages[3:5] == (Stage.N1, Stage.N1)
    for action_id in ("review.next", "review.similar", "review.agreement"):
        assert not scored.actions_by_id[action_id].isEnabled()
    QTest.keyClick(scored, "H")
    assert scored.actions_by_id["review.next"].isEnabled()


def test_that_the_order_of_the_queue_does_not_lead_who_works_blind(scored: MainWindow) -> None:
    assert queue_of(scored) == [9, 5]  # where the network is in doubt
    scored.choices.advance["queue"].trigger()
    QTest.keyClick(scored, "H")
    assert queue_of(scored) != [9, 5]
    scored.viewport.go_to(3)
    QTest.keyClick(scored, "1")
    assert scored.viewport.epoch not in (5, 9)
    QTest.keyClick(scored, "H")
    assert queue_of(scored)[-2:] == [9, 5]


def test_that_statistics_reports_and_exports_tell_who_works_blind_nothing_of_the_model(
    qtbot: QtBot, scored: MainWindow, dialogs, tmp_path: Path
) -> None:
    QTest.keyClick(scored, "H")
    scored.viewport.go_to(3)
    QTest.keyClick(scored, "1")
    scored.actions_by_id["file.statistics"].trigger()
    qtbot.waitUntil(lambda: scored.tasks.is_idle and bool(dialogs.notices), timeout=20_000)
    _title, page = dialogs.notices[-1]
    assert "23 of 24 epochs are unscored" in page
    table, report = tmp_path / "night.csv", tmp_path / "night.html"
    dialogs.write_paths += [table, report]
    dialogs.accepts.append(True)
    scored.actions_by_id["file.export.csv"].trigger()
    assert "hidden while you score blind" in " ".join(dialogs.notices[-1])
    assert "model" not in table.read_text(encoding="utf-8")
    scored.actions_by_id["file.report.html"].trigger()
    qtbot.waitUntil(lambda: scored.tasks.is_idle and report.exists(), timeout=20_000)
    told = report.read_text(encoding="utf-8")
    assert "not scored by a model" in told
    assert "epochs hold the stage" not in told
    assert not scored.actions_by_id["edit.export_history"].isEnabled()
    assert isinstance(scored.document.scoring[5].source, Model)  # still there


def test_that_another_recording_is_opened_while_the_night_is_looked_at(
    qtbot: QtBot, open_window: MainWindow, sleepscorer_data: Path
) -> None:
    open_window.viewport.go_to(23)
    QTest.keyClick(open_window, "H")
    derivation = open_window.tool_bar.derivation
    open_window.open_night.review_desk.look_at(derivation)
    with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
        open_window.open_file(sleepscorer_data / "continuous" / "SC4001-first5min.edf")
    assert not open_window.open_night.sight.is_blind
    qtbot.waitUntil(
        lambda: open_window.open_night.review_desk.review.evidence is not None, timeout=60_000
    )
    assert open_window.open_night.review_desk.review.evidence.n_epochs == 10
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)
    assert "can't be read" not in open_window.messages.text


def test_that_an_offer_is_gone_once_another_derivation_is_chosen(
    qtbot: QtBot, window: MainWindow, night: SimulatedNight, tmp_path: Path
) -> None:
    path = write_scaled(tmp_path / "low.edf", night, 1e-3)
    open_and_check(qtbot, window, path)
    gate = window.open_night.review_desk.gate
    window.messages.accept_button.click()
    assert gate.gain == 1000
    with qtbot.waitSignal(gate.checked, timeout=30_000):
        window.open_night.review_desk.look_at(window.tool_bar.derivation)
    assert gate.gain == 1
    gate.cancel()
    assert window.messages.text == ""


def test_that_similar_epochs_never_come_up_by_themselves(
    qtbot: QtBot, open_window: MainWindow, doubts: object
) -> None:
    QTest.keyClick(open_window, "S")  # nothing is staged yet: that is done first
    qtbot.waitUntil(lambda: "(S)" in open_window.statusBar().currentMessage(), timeout=60_000)
