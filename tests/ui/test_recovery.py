"""Work that was not saved is found again."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QSysInfo, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.journal import Journal
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.dialogs.dialogs import Answer
from sleepscorer.ui.dialogs.exchange_dialogs import PageDialog
from sleepscorer.ui.dialogs.unsaved_dialog import UnsavedChoice, UnsavedDialog, UnsavedRow
from sleepscorer.ui.night.document import Document, OpenedFile
from sleepscorer.ui.shell.main_window import MainWindow


def open_and_wait(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)


def end_abruptly(window: MainWindow) -> None:
    """Leave the journal as a program leaves it that is killed: neither closed nor locked."""
    window.journals.end()
    window.document._journal.abandon()
    window.document._journal = None
    window.document.undo_stack.setClean()


def test_that_unsaved_work_is_offered_and_restored_as_one_step(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    for key in "1W23":
        QTest.keyClick(window, key)
    window.actions_by_id["edit.undo"].trigger()
    end_abruptly(window)

    assert window.recovery.offer_at_start()
    assert "night.edf" in window.messages.text
    assert "5 changes" in window.messages.text
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.messages.accept_button.click()
    assert "was not saved" not in window.messages.text  # it was asked for already
    assert window.document.scoring.stages[:4] == (Stage.N1, Stage.W, Stage.N2, Stage.UNSCORED)
    assert window.document.has_unsaved_changes
    window.actions_by_id["edit.undo"].trigger()
    assert window.document.scoring[0].stage is Stage.UNSCORED
    window.actions_by_id["edit.redo"].trigger()

    # Restored work that is lost again is offered again, and only once.
    end_abruptly(window)
    assert len(list(window.journals.unfinished())) == 1


def test_that_no_offer_names_a_file_while_it_is_hidden_who_it_is(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    dialogs.write_paths.append(night_path.with_suffix(".h5"))
    QTest.keyClick(window, "2")
    assert window.files.save()
    QTest.keyClick(window, "3")
    end_abruptly(window)
    window.actions_by_id["view.privacy"].trigger()

    assert window.recovery.offer_at_start()
    told = [window.messages.text]
    assert "Work on a recording was not saved" in told[0]
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        with qtbot.waitSignal(window.tasks.shown) as opening:
            window.open_file(night_path)
        told.append(str(opening.args))
    told.append(window.messages.text)
    (work,) = window.journals.unfinished()
    window.recovery.offer_unfinished(work, "other.edf")
    told.append(window.messages.text)
    window.recovery.offer_session(night_path.with_suffix(".h5"))
    told.append(window.messages.text)
    QTest.keyClick(window, "1")
    dialogs.answers.append(Answer.CANCEL)
    assert not window.files.may_close()
    told += dialogs.unsaved_names
    assert told[-1] == "this recording"
    assert not any(name in text for text in told for name in ("night.", "other."))


def test_that_saved_and_discarded_work_is_not_offered(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    dialogs.write_paths.append(night_path.with_suffix(".h5"))
    assert window.files.save()
    QTest.keyClick(window, "3")
    dialogs.answers.append(Answer.DISCARD)
    open_and_wait(qtbot, window, night_path)
    assert "was not saved" not in window.messages.text
    assert not window.recovery.offer_at_start()


def test_that_the_work_of_a_window_that_is_still_open_is_not_taken_for_lost(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    assert not any(window.journals.unfinished())


def test_that_a_journal_that_can_not_be_written_is_said_once_and_scoring_goes_on(
    qtbot: QtBot, window: MainWindow, night_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "journals").write_text("a file in the folder's place")
    open_and_wait(qtbot, window, night_path)
    assert "Save the session often" in window.messages.text
    QTest.keyClick(window, "2")
    document: Document = window.document
    assert document.scoring[0].stage is Stage.N2


def test_that_a_full_disk_breaks_neither_undo_nor_opening(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    document: Document = window.document
    fill_disk(document._journal)
    QTest.keyClick(window, "3")
    assert "Save the session often" in window.messages.text
    assert document.scoring.stages[:2] == (Stage.N2, Stage.N3)
    window.actions_by_id["edit.undo"].trigger()
    assert document.scoring.stages[:2] == (Stage.N2, Stage.UNSCORED)
    window.actions_by_id["edit.undo"].trigger()
    assert document.scoring[0].stage is Stage.UNSCORED
    window.actions_by_id["edit.redo"].trigger()
    with qtbot.assertNotEmitted(window.journals.failed):  # said once
        window.journals._sync()
    document.undo_stack.setClean()
    open_and_wait(qtbot, window, night_path)
    assert window.document is not document
    # What the broken journal still holds was given up with the recording.
    assert not any(window.journals.unfinished())


def fill_disk(journal: Journal) -> None:
    """Let whatever is written from now on fail."""
    journal._file.close()
    journal._reopened = lambda: FileIO("/dev/full", "w")


def test_that_the_work_on_another_recording_that_begins_at_the_same_time_is_not_offered(
    qtbot: QtBot, window: MainWindow, night: SimulatedNight, night_path: Path, tmp_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    start = window.document.recording.start
    end_abruptly(window)
    write_edf(tmp_path / "other.edf", night.channels[:2], start=start)
    open_and_wait(qtbot, window, tmp_path / "other.edf")
    assert "was not saved" not in window.messages.text


def test_that_work_under_another_name_is_offered_with_both_names(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    end_abruptly(window)
    open_and_wait(qtbot, window, night_path.rename(night_path.with_name("renamed.edf")))
    assert "Work on night.edf was not saved" in window.messages.text
    assert "only if it is that night" in window.messages.text
    assert "renamed.edf" in window.messages.text


def test_that_an_offer_stays_until_it_is_answered_and_work_that_is_given_up_comes_not_back(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, tmp_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    end_abruptly(window)
    assert window.recovery.offer_at_start()
    with qtbot.waitSignal(window.files.failed, timeout=20_000):
        window.open_file(tmp_path / "missing.edf")
    assert "can't be opened" in window.messages.text
    window.messages.close_button.click()
    assert "was not saved" in window.messages.text
    assert not window.messages.close_button.isVisible()
    open_and_wait(qtbot, window, night_path)
    assert "was not saved" in window.messages.text
    dialogs.accepts += [False, True]
    window.messages.refuse_button.click()
    assert "Once discarded, it is not offered again." in dialogs.notices[-1][0]
    assert "was not saved" in window.messages.text  # a slip of the mouse loses nothing
    window.messages.refuse_button.click()
    assert window.messages.text == ""  # the offer of the start was the same
    assert not window.recovery.offer_at_start()
    open_and_wait(qtbot, window, night_path)
    assert window.messages.text == ""
    assert window.document.scoring[0].stage is Stage.UNSCORED


def test_that_a_remark_hides_neither_a_saved_session_nor_lost_work(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path
) -> None:
    content = night_path.read_bytes()
    night_path.write_bytes(content[: len(content) * 2 // 3])
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    dialogs.write_paths.append(night_path.with_suffix(".h5"))
    assert window.files.save()
    QTest.keyClick(window, "3")
    end_abruptly(window)
    open_and_wait(qtbot, window, night_path)
    assert "was not saved" in window.messages.text
    dialogs.accepts.append(True)
    window.messages.refuse_button.click()
    assert "A saved session" in window.messages.text
    window.messages.close_button.click()
    assert "shorter than its header says" in window.messages.text
    window.messages.close_button.click()
    assert window.messages.text == ""


def test_that_the_history_of_an_epoch_is_shown_and_that_of_the_night_exported(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    QTest.keyClick(window, "2")
    window.viewport.go_to(0)
    QTest.keyClick(window, "3")
    window.viewport.go_to(0)
    QTest.keyClick(window, "H", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialogs.notices))
    _title, page = dialogs.notices[-1]
    assert page.index("<b>N2 (Scorer)</b>") < page.index("<b>N3 (Scorer)</b>")
    dialog = PageDialog(window, "History", page)
    dialog.show()
    qtbot.waitExposed(dialog)
    QApplication.processEvents()
    assert not dialog.page.horizontalScrollBar().isVisible()
    dialog.page.setHtml("<pre>" + 200 * "long " + "</pre>")
    qtbot.waitUntil(dialog.page.horizontalScrollBar().isVisible)
    dialog.close()
    dialogs.write_paths.append(tmp_path / "history.csv")
    window.actions_by_id["edit.export_history"].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "history.csv").exists())
    assert len((tmp_path / "history.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_that_restored_work_is_never_saved_over_the_session_it_was_begun_on(
    qtbot: QtBot, window: MainWindow, store, dialogs, night_path: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    window.document.score(range(4), Stage.N2)
    session = night_path.with_suffix(".h5")
    window.document.save(session)
    dialogs.scorers.append("Li")
    window.actions_by_id["review.again"].trigger()
    window.document.score((0,), Stage.R)
    left = window.document.scoring.copy()
    window.document.undo_stack.setClean()
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(session)
    window.document.scorer = "Li"
    window.document.restore(left)
    dialogs.write_paths.append(None)
    window.actions_by_id["file.save"].trigger()
    assert dialogs.proposals[-1].name == "night-Li.h5"


@pytest.mark.parametrize("begins_with_recording", [False, True])
def test_that_restored_work_is_saved_into_the_session_that_it_went_on_from(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, *, begins_with_recording: bool
) -> None:
    open_and_wait(qtbot, window, night_path)
    session = night_path.with_name("mine.h5")
    QTest.keyClick(window, "1")
    window.document.save(session)
    if not begins_with_recording:
        open_and_wait(qtbot, window, session)
    window.document.score((3,), Stage.R)
    end_abruptly(window)
    assert window.recovery.offer_at_start()
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.messages.accept_button.click()
    assert window.document.scoring[3].stage is Stage.R
    window.actions_by_id["file.save"].trigger()  # asks for no name
    assert not dialogs.proposals
    assert not window.document.has_unsaved_changes
    assert sorted(one.name for one in night_path.parent.glob("*.h5")) == ["mine.h5"]


@pytest.mark.parametrize("why", ["another scoring was begun", "somebody else saved it"])
def test_that_restored_work_is_not_saved_into_a_session_that_it_did_not_go_on_from(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, why: str
) -> None:
    open_and_wait(qtbot, window, night_path)
    window.document.score((0,), Stage.N1)
    session = night_path.with_suffix(".h5")
    window.document.save(session)
    open_and_wait(qtbot, window, session)
    if why == "another scoring was begun":
        dialogs.scorers.append("Li")
        window.actions_by_id["review.again"].trigger()
    window.document.score((3,), Stage.R)
    end_abruptly(window)
    if why == "somebody else saved it":
        other = Document(OpenedFile(session), "Bo")
        other.score((5,), Stage.W)
        other.save(session)
        other.recording.close()
    assert window.recovery.offer_at_start()
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.messages.accept_button.click()
    assert window.document.scoring[3].stage is Stage.R
    dialogs.write_paths.append(None)
    window.actions_by_id["file.save"].trigger()
    assert dialogs.proposals[-1] != session


@pytest.mark.parametrize("last_step", ["stage", "comment", "undo", "whole night", "sign-off"])
def test_that_restored_work_is_shown_where_its_last_change_was(
    qtbot: QtBot, window: MainWindow, night_path: Path, last_step: str
) -> None:
    open_and_wait(qtbot, window, night_path)
    window.viewport.go_to(20)
    open_and_wait(qtbot, window, night_path)  # it remembers the place
    assert window.viewport.epoch == 20
    document = window.document
    document.score((4,), Stage.N1)
    match last_step:
        case "comment":
            document.score((9,), Stage.N1)
            document.comment(4, "as it was")
        case "undo":
            document.score((9,), Stage.N1)
            document.score((4,), Stage.N2)
            document.undo()
        case "whole night":
            document.score(tuple(range(len(document.scoring))), Stage.W)
        case "sign-off":
            document.sign_off("Jana", datetime.now(UTC))
    end_abruptly(window)
    assert window.recovery.offer_at_start()
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.messages.accept_button.click()
    assert window.document.has_unsaved_changes
    assert window.viewport.epoch == 4


def test_that_unsaved_work_is_listed_opened_and_given_up(
    qtbot: QtBot, window: MainWindow, dialogs, night_path: Path, tmp_path: Path
) -> None:
    unsaved = window.actions_by_id["file.unsaved"]
    unsaved.trigger()
    assert "There is no unsaved work from earlier" in window.messages.text
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    end_abruptly(window)
    unreadable = tmp_path / "journals" / "odd.journal"
    unreadable.write_bytes(b"damage")
    os.utime(unreadable, (0, 0))
    dialogs.unsaved_choices += [UnsavedChoice(1, is_given_up=True), UnsavedChoice(0, False)]
    dialogs.accepts.append(True)
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        unsaved.trigger()
    first, second = dialogs.unsaved_rows
    assert [row.can_be_opened for row in first] == [True, False]
    assert "1 change" in first[0].text
    assert "odd.journal" in first[1].text
    assert len(second) == 1
    assert not unreadable.exists()
    assert window.document.scoring[0].stage is Stage.N2


def test_that_the_list_of_unsaved_work_offers_what_can_be_had(qtbot: QtBot) -> None:
    rows = [UnsavedRow("work", True), UnsavedRow("damage", False)]
    dialog = UnsavedDialog(None, rows)
    qtbot.addWidget(dialog)
    assert dialog.open_button.isEnabled()
    dialog.list.setCurrentRow(1)
    assert not dialog.open_button.isEnabled()
    dialog.give_up_button.click()
    assert dialog.choice == UnsavedChoice(1, is_given_up=True)


def test_that_work_on_a_file_out_of_reach_is_said_at_the_start(
    qtbot: QtBot, window: MainWindow, night_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    end_abruptly(window)
    night_path.rename(night_path.with_name("elsewhere.edf"))
    assert not window.recovery.offer_at_start()
    assert "File > Unsaved work keeps it" in window.messages.text


def test_that_damage_of_a_journal_is_said_with_its_offer(
    qtbot: QtBot, window: MainWindow, night_path: Path, tmp_path: Path
) -> None:
    open_and_wait(qtbot, window, night_path)
    for key in "123":
        QTest.keyClick(window, key)
    end_abruptly(window)
    (path,) = (tmp_path / "journals").glob("*.journal")
    path.write_bytes(path.read_bytes().replace(b"[1]", b"[9]"))
    assert window.recovery.offer_at_start()
    assert "at least 1 more change can't be restored" in window.messages.text


def test_that_work_in_a_folder_that_nothing_can_be_written_to_is_offered(
    qtbot: QtBot, window: MainWindow, night_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    end_abruptly(window)
    monkeypatch.setattr(QLockFile, "tryLock", lambda *_: False)
    monkeypatch.setattr(QLockFile, "error", lambda _: QLockFile.LockError.PermissionError)
    assert window.recovery.offer_at_start()


def test_that_the_lock_of_a_program_that_has_ended_counts_for_nothing(
    qtbot: QtBot, window: MainWindow, night_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_wait(qtbot, window, night_path)
    QTest.keyClick(window, "2")
    end_abruptly(window)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    host = QSysInfo.machineHostName()
    monkeypatch.setattr(QLockFile, "tryLock", lambda *_: False)
    monkeypatch.setattr(QLockFile, "error", lambda _: QLockFile.LockError.LockFailedError)
    for process, is_offered in ((os.getpid(), False), (ended.pid, True)):
        monkeypatch.setattr(
            QLockFile, "getLockInfo", lambda _, process=process: (process, host, "SleepScorer")
        )
        assert any(window.journals.unfinished()) is is_offered
