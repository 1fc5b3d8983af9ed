"""The main job on the real window, with a real recording and the bundled weights."""

import shutil
from pathlib import Path

import edfio
import mne
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sleepscorer.domain.agreement import Agreement, confusion_matrix
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.scoring import model_of
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf import read_edf_annotations
from sleepscorer.ui.dialogs.dialogs import Answer, DerivationDialog
from sleepscorer.ui.shell.main_window import MainWindow


def open_and_wait(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


def score_and_wait(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.document.hypnodensity_changed, timeout=60_000):
        window.actions_by_id["scoring.auto"].trigger()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)


@pytest.fixture
def recording_path(sleepscorer_data: Path, tmp_path: Path) -> Path:
    source = sleepscorer_data / "continuous" / "dynamo-segment1.edf"
    return Path(shutil.copy(source, tmp_path / "patient 7.edf"))


def test_that_a_night_is_opened_scored_corrected_saved_reopened_and_exported(
    qtbot: QtBot, window: MainWindow, dialogs, recording_path: Path, sleepscorer_data: Path
) -> None:
    open_and_wait(qtbot, window, recording_path)
    document = window.document
    assert len(document.scoring) == 167

    score_and_wait(qtbot, window)
    reference = [
        annotation_stage
        for annotation in read_edf_annotations(
            sleepscorer_data / "continuous" / "dynamo-segment1-hypnogram.edf"
        )
        if (annotation_stage := Stage.from_edf_text(annotation.description)) is not None
    ]
    agreement = Agreement.from_confusion(confusion_matrix(reference, document.scoring.stages))
    assert agreement.accuracy > 0.75  # five stages by chance: 0.2; always N2: 0.57
    by_model = document.scoring.stages

    window.viewport.go_to(40)
    QTest.keyClick(window, Qt.Key.Key_1)
    QTest.keyClick(window, Qt.Key.Key_W)
    QTest.keyClick(window, Qt.Key.Key_R)
    assert window.viewport.epoch == 43
    assert document.scoring.stages[40:43] == (Stage.N1, Stage.W, Stage.R)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.viewport.epoch == 42
    expected = (*by_model[:40], Stage.N1, Stage.W, *by_model[42:])
    assert document.scoring.stages == expected

    session_path = recording_path.with_suffix(".h5")
    dialogs.write_paths.append(session_path)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert dialogs.proposals == [session_path]
    assert not document.has_unsaved_changes
    saved_scores = document.scoring.scores

    open_and_wait(qtbot, window, session_path)
    assert window.document is not document
    assert window.document.scoring.scores == saved_scores
    assert (
        window.document.scoring.hypnodensity.probabilities
        == document.scoring.hypnodensity.probabilities
    ).all()

    export_path = recording_path.with_name("patient 7-hypnogram.edf")
    dialogs.write_paths.append(export_path)
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert dialogs.proposals[-1] == export_path

    texts = [stage.edf_text for stage in expected]
    onsets_s = [30.0 * epoch for epoch in range(167)]
    by_edfio = edfio.read_edf(export_path).annotations
    assert [annotation.text for annotation in by_edfio] == texts
    assert [annotation.onset for annotation in by_edfio] == onsets_s
    by_mne = mne.read_annotations(export_path)
    assert list(by_mne.description) == texts
    assert list(by_mne.onset) == onsets_s


def test_that_the_technicians_stages_survive_automatic_scoring(
    qtbot: QtBot, window: MainWindow, night_path: Path, constant_prediction
) -> None:
    open_and_wait(qtbot, window, night_path)
    for key in (Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_Left, Qt.Key.Key_Delete):
        QTest.keyClick(window, key)
    score_and_wait(qtbot, window)
    scores = window.document.scoring.scores
    assert scores[0].stage is Stage.N3
    # An epoch that was made unscored is the model's again.
    assert {score.stage for score in scores[1:]} == {Stage.N2}
    assert {score.source for score in scores[1:]} == {
        model_of(window.document.scoring.hypnodensity)
    }
    window.actions_by_id["edit.undo"].trigger()
    assert window.document.scoring.hypnodensity is None
    assert window.document.scoring.stages[2:] == (Stage.UNSCORED,) * 22
    assert window.document.scoring[0].stage is Stage.N3


def test_that_everything_can_be_undone_and_redone(
    qtbot: QtBot, window: MainWindow, night_path: Path, constant_prediction
) -> None:
    open_and_wait(qtbot, window, night_path)
    start = window.document.scoring.scores
    for key in "1W2":
        QTest.keyClick(window, key)
    score_and_wait(qtbot, window)
    QTest.keyClick(window, "5")
    end = window.document.scoring.scores
    while window.actions_by_id["edit.undo"].isEnabled():
        window.actions_by_id["edit.undo"].trigger()
    assert window.document.scoring.scores == start
    assert not window.document.has_unsaved_changes
    while window.actions_by_id["edit.redo"].isEnabled():
        window.actions_by_id["edit.redo"].trigger()
    assert window.document.scoring.scores == end


def test_that_a_scoring_that_is_cancelled_leaves_everything_as_it_was(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    window.actions_by_id["scoring.auto"].trigger()
    assert window.progress.isVisible()
    qtbot.mouseClick(window.progress.cancel_button, Qt.MouseButton.LeftButton)
    assert not window.progress.isVisible()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    assert window.document.scoring.hypnodensity is None
    assert not window.document.has_unsaved_changes


def test_that_a_file_is_opened_by_dropping_it(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(night_path))])
    event = QDropEvent(
        QPoint(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.dropEvent(event)
    assert window.document.recording.path == night_path


def test_that_an_opened_file_is_offered_again_after_a_restart(
    qtbot: QtBot, window: MainWindow, store, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    assert store.load().recent_files == (str(night_path),)


def test_that_the_demo_is_opened_and_labelled_as_simulated(
    qtbot: QtBot, window: MainWindow, store
) -> None:
    window.open_demo()
    title = window.workspace.welcome.findChild(QLabel)
    assert title.text() == "The simulated demo is being prepared…"
    window.files.cancel()
    assert title.text() == "Open a recording to begin"
    with qtbot.waitSignal(window.files.opened, timeout=60_000):
        window.actions_by_id["file.demo"].trigger()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)
    assert window.findChild(QLabel, "simulated").isVisible()
    assert window.document.recording.n_epochs > 800
    assert not store.load().recent_files


def test_that_unsaved_work_is_kept_when_the_technician_does_not_want_it_lost(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, sleepscorer_data: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    document = window.document
    dialogs.answers.append(Answer.CANCEL)
    with qtbot.waitSignal(window.files.finished, timeout=20_000):
        window.open_file(sleepscorer_data / "continuous" / "dynamo-segment1.edf")
    assert window.document is document
    dialogs.answers.append(Answer.CANCEL)
    assert not window.close()
    dialogs.answers.append(Answer.SAVE)
    dialogs.write_paths.append(None)  # Save, but then no file chosen: nothing may be closed
    assert not window.close()
    assert window.isVisible()
    dialogs.answers.append(Answer.SAVE)
    dialogs.write_paths.append(night_path.with_suffix(".h5"))
    assert window.close()
    assert night_path.with_suffix(".h5").is_file()


def test_that_a_saved_session_beside_a_recording_is_offered(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    dialogs.write_paths.append(night_path.with_suffix(".h5"))
    assert window.files.save()
    open_and_wait(qtbot, window, night_path)
    assert window.document.scoring[0].stage is Stage.UNSCORED
    assert "night.h5" in window.messages.text
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.messages.accept_button.click()
    assert window.document.scoring[0].stage is Stage.N2


def test_that_any_difference_of_two_channels_can_be_staged(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, constant_prediction
) -> None:
    open_and_wait(qtbot, window, night_path)
    assert window.tool_bar.derivation == Derivation("EEG Fpz-Cz")
    dialogs.derivations.append(Derivation("EEG F4-M1", "EEG C4-M1"))
    window.actions_by_id["scoring.derivation"].trigger()
    score_and_wait(qtbot, window)
    staged = window.document.scoring.hypnodensity.derivation
    assert staged == window.tool_bar.derivation.name
    assert staged != "Fpz-Cz"


def test_that_only_channels_that_can_be_subtracted_are_offered(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    dialog = DerivationDialog(window, window.document.recording.channels)
    dialog.anode.setCurrentText("Airflow")
    assert dialog.cathode.count() == 1
    assert dialog.derivation == Derivation("Airflow")
    dialog.anode.setCurrentIndex(0)
    dialog.cathode.setCurrentIndex(1)
    assert dialog.derivation.cathode is not None
    dialog.deleteLater()


def test_that_a_session_is_reopened_with_the_derivation_that_was_staged(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, constant_prediction
) -> None:
    open_and_wait(qtbot, window, night_path)
    dialogs.derivations.append(Derivation("EEG C4-M1"))
    window.actions_by_id["scoring.derivation"].trigger()
    chosen = window.tool_bar.derivation
    score_and_wait(qtbot, window)
    dialogs.write_paths.append(night_path.with_suffix(".h5"))
    assert window.files.save()
    open_and_wait(qtbot, window, night_path.with_suffix(".h5"))
    assert window.tool_bar.derivation == chosen


def test_that_the_views_have_the_new_recording_before_the_former_one_is_closed(
    qtbot: QtBot, window: MainWindow, night_path: Path, tmp_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    errors: list[Exception] = []
    window.traces.read_failed.connect(errors.append)
    # A message comes up while the recordings change places: the views get another size.
    shutil.rmtree(tmp_path / "journals")
    (tmp_path / "journals").write_text("a file in the folder's place")
    open_and_wait(qtbot, window, night_path)
    assert "Save the session often" in window.messages.text
    assert not errors
