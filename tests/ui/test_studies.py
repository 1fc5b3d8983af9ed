"""The study list: nights found, looked at, opened and staged, without waiting for any folder."""

import errno
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sleepscorer.batch.executors import Outcomes
from sleepscorer.batch.manifest import FILE_NAME
from sleepscorer.batch.orders import Order
from sleepscorer.batch.outcomes import Failed
from sleepscorer.batch.run import LOCK_NAME
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.session import read_session
from sleepscorer.studies.facts import FactReader, Status
from sleepscorer.studies.nights import StudyFolder
from sleepscorer.ui.base.language import speak, tr
from sleepscorer.ui.night.document import Document, OpenedFile
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.studies import studies as studies_module
from sleepscorer.ui.studies.studies_window import StudiesWindow
from sleepscorer.ui.studies.table import Column

NAMES = ("a.edf", "b.edf", "c.edf", "2026/d.edf")


@pytest.fixture
def archive(tmp_path: Path, night) -> Path:
    """Four nights: new, staged by nobody, in review by Ana, and signed off by Ana."""
    folder = tmp_path / "archive"
    for number, name in enumerate(NAMES):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        start = datetime(2026, 3, 1 + number, 22, 15, 30)
        write_edf(path, night.channels[:2], start=start, patient_code=f"K-{number}")
    for name, is_signed in (("b.edf", False), ("c.edf", True)):
        document = Document(OpenedFile(folder / name), "Ana")
        document.score(range(4), Stage.N2)
        if is_signed:
            document.sign_off("Ana", datetime.now(UTC))
        document.save((folder / name).with_suffix(".h5"))
        document.recording.close()
        document.finish()
    return folder


@pytest.fixture
def study_list(qtbot: QtBot, window: MainWindow, archive: Path) -> Iterator[StudiesWindow]:
    window.studies.add_folder(archive)
    window.actions_by_id["file.studies"].trigger()
    study_list = window._studies_window
    settle(qtbot, window)
    yield study_list
    study_list.close()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until all is found and what can be seen is looked at."""
    studies, study_list = window.studies, window._studies_window

    def is_settled() -> bool:
        wanted = [night for night in study_list._wanted() if studies.is_unknown(night)]
        return window.tasks.is_idle and bool(studies.nights) and not wanted

    qtbot.waitUntil(is_settled, timeout=60_000)


def column(study_list: StudiesWindow, column: Column) -> list[str]:
    model = study_list.shown
    return [model.index(row, column).data() for row in range(model.rowCount())]


def choose(study_list: StudiesWindow, *names: str) -> None:
    study_list.table.clearSelection()
    for row, night in enumerate(study_list.nights):
        if night.path.name in names:
            index = study_list.shown.index(row, 0)
            flags = study_list.table.selectionModel().SelectionFlag
            study_list.table.selectionModel().select(index, flags.Select | flags.Rows)
            study_list.table.selectionModel().setCurrentIndex(index, flags.NoUpdate)


def test_that_a_list_without_folders_has_no_empty_box(window: MainWindow) -> None:
    window.actions_by_id["file.studies"].trigger()
    assert window._studies_window.folder.currentText() == "Every folder"
    window._studies_window.close()


def test_that_each_night_is_a_row_with_its_status(study_list: StudiesWindow) -> None:
    assert column(study_list, Column.NIGHT) == ["a.edf", "b.edf", "c.edf", "d.edf"]
    assert column(study_list, Column.FOLDER) == [*["archive"] * 3, "archive/2026"]
    assert column(study_list, Column.STATUS) == ["○ new", "◑ in review", "● signed off", "○ new"]
    assert column(study_list, Column.PATIENT) == ["K-0", "K-1", "K-2", "K-3"]
    assert column(study_list, Column.START)[1] == "2026-03-02 22:15"
    assert column(study_list, Column.LENGTH) == ["0 h 12 min"] * 4
    assert column(study_list, Column.SCORER) == ["", "Ana", "Ana", ""]
    assert study_list.summary.text() == "4 nights · 2 new · 1 in review · 1 signed off"


def test_that_nights_are_filtered_by_words_status_and_folder(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, tmp_path: Path
) -> None:
    study_list.search.setText("ana K-2")
    settle(qtbot, window)
    assert column(study_list, Column.NIGHT) == ["c.edf"]
    assert "1 shown" in study_list.summary.text()
    study_list.search.clear()
    study_list.status.setCurrentIndex(study_list.status.findData(Status.NEW))
    settle(qtbot, window)
    assert column(study_list, Column.NIGHT) == ["a.edf", "d.edf"]
    study_list.status.setCurrentIndex(0)
    (tmp_path / "other").mkdir()
    window.studies.add_folder(tmp_path / "other")
    qtbot.waitUntil(lambda: study_list.folder.count() == 3)
    settle(qtbot, window)
    study_list.folder.setCurrentIndex(2)
    assert column(study_list, Column.NIGHT) == []


def test_that_a_click_on_a_heading_sorts(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow
) -> None:
    study_list.table.sortByColumn(Column.STATUS, Qt.SortOrder.DescendingOrder)
    settle(qtbot, window)
    assert column(study_list, Column.STATUS)[:2] == ["● signed off", "◑ in review"]
    study_list.table.sortByColumn(Column.START, Qt.SortOrder.DescendingOrder)
    assert column(study_list, Column.NIGHT) == ["d.edf", "c.edf", "b.edf", "a.edf"]


def test_that_only_nights_that_can_be_seen_are_looked_at(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"night-{number:03d}.edf").write_bytes(b"Dear colleague")
    looked: list[str] = []
    facts = FactReader.facts

    def counting(self: FactReader, night: object) -> object:
        looked.append(night.path.name)
        return facts(self, night)

    monkeypatch.setattr(FactReader, "facts", counting)
    window.studies.add_folder(folder)
    window.show_studies()
    study_list = window._studies_window
    settle(qtbot, window)
    n_seen = study_list.table.viewport().height() // study_list.table.rowHeight(0) + 2
    assert study_list.shown.rowCount() == 400
    assert 0 < len(looked) <= n_seen
    assert f"{400 - len(looked)} not looked at yet" in study_list.summary.text()
    study_list.table.scrollToBottom()
    qtbot.waitUntil(lambda: "night-399.edf" in looked, timeout=20_000)
    settle(qtbot, window)
    assert "night-200.edf" not in looked
    study_list.table.sortByColumn(Column.START, Qt.SortOrder.AscendingOrder)
    study_list._look()
    qtbot.waitUntil(lambda: len(looked) == 400, timeout=60_000)
    settle(qtbot, window)
    assert len(looked) == len(set(looked)), "each once"
    study_list.close()


@pytest.mark.parametrize("by_key", [False, True])
def test_that_a_night_is_opened_where_its_session_is(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path, by_key: bool
) -> None:
    choose(study_list, "b.edf")
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        if by_key:
            QTest.keyClick(study_list.table, Qt.Key.Key_Return)
        else:
            study_list.table.doubleClicked.emit(study_list.table.currentIndex())
    assert window.document.session_path == archive / "b.h5"
    assert study_list.isHidden()


def test_that_the_key_for_the_next_night_passes_over_what_is_signed_off(
    qtbot: QtBot, window: MainWindow, archive: Path
) -> None:
    window.studies.add_folder(archive)
    qtbot.waitUntil(lambda: window.tasks.is_idle and not window.studies.is_searching)
    opened = []
    for _ in range(4):
        with qtbot.waitSignal(window.files.opened, timeout=20_000):
            QTest.keyClick(
                window,
                Qt.Key.Key_N,
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            )
        qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
        opened.append(window.document.recording.path.name)
    assert opened == ["a.edf", "b.edf", "d.edf", "a.edf"]


def test_that_a_night_that_cannot_be_read_does_not_stop_the_way_to_the_next(
    qtbot: QtBot, window: MainWindow, archive: Path
) -> None:
    (archive / "a.edf").write_bytes(b"Dear colleague")
    (archive / "b.h5").write_bytes(b"Dear colleague")
    said = []
    window.studies.said.connect(said.append)
    window.studies.add_folder(archive)
    qtbot.waitUntil(lambda: window.tasks.is_idle and not window.studies.is_searching)
    next_night = window.actions_by_id["file.next_night"]
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        next_night.trigger()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    assert window.document.recording.path.name == "d.edf"
    with qtbot.waitSignal(window.studies.said, timeout=20_000):
        next_night.trigger()
    assert said == ["No other night is to be done, but 2 can't be read."]
    (archive / "b.h5").unlink()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        next_night.trigger()
    assert window.document.recording.path.name == "b.edf", "it can be read by now"


def test_that_only_of_nights_that_are_shown_it_is_said_that_they_are_signed_off(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow
) -> None:
    said = []
    window.studies.said.connect(said.append)
    study_list.status.setCurrentIndex(1 + Status.SIGNED_OFF.rank)
    settle(qtbot, window)
    window.actions_by_id["file.next_night"].trigger()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    study_list.search.setText("nobody is called like that")
    window.actions_by_id["file.next_night"].trigger()
    qtbot.waitUntil(lambda: len(said) == 2, timeout=20_000)
    assert said == [
        "Every other night that the study list shows is signed off.",
        "The study list shows no night.",
    ]


def test_that_signing_off_and_saving_shows_in_the_list(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path, dialogs
) -> None:
    choose(study_list, "a.edf")
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        study_list.open_button.click()
    window.document.score(range(24), Stage.N2)
    window.document.sign_off("Ben", datetime.now(UTC))
    dialogs.write_paths.append(archive / "a.h5")
    assert window.files.save()
    window.show_studies()
    settle(qtbot, window)
    assert column(study_list, Column.STATUS)[0] == "● signed off"
    assert column(study_list, Column.SCORER)[0] == "Ben"


def test_that_a_folder_that_is_dropped_is_listed_and_remembered(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, tmp_path: Path, store
) -> None:
    folder = tmp_path / "dropped"
    folder.mkdir()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    study_list.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert study_list.drop_hint.isVisible()
    drop = QDropEvent(QPointF(5, 5), actions, data, buttons, keys)
    study_list.dropEvent(drop)
    assert drop.dropAction() is Qt.DropAction.CopyAction
    assert not study_list.drop_hint.isVisible()
    qtbot.waitUntil(lambda: len(window.studies.folders) == 2)
    settle(qtbot, window)
    assert StudyFolder(folder).line in store.load().study_folders
    study_list.folder.setCurrentIndex(2)
    study_list.remove_button.click()
    settle(qtbot, window)
    assert [study.path.name for study in window.studies.folders] == ["archive"]
    assert len(store.load().study_folders) == 1
    assert folder.is_dir()


def test_that_privacy_hides_whose_nights_they_are(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path
) -> None:
    (archive / "doe.edf").write_bytes(b"Dear colleague")
    window.actions_by_id["view.privacy"].trigger()
    study_list.again_button.click()
    settle(qtbot, window)
    shown = [
        study_list.shown.index(row, each).data()
        for row in range(study_list.shown.rowCount())
        for each in Column
    ]
    assert not [text for text in shown if "edf" in text or "K-" in text or "archive" in text]
    assert study_list.table.isColumnHidden(Column.PATIENT)
    assert "Night 1" in shown
    index = study_list.shown.index(0, Column.NIGHT)
    assert index.data(Qt.ItemDataRole.ToolTipRole) is None


def test_that_no_remark_names_a_file_while_identities_are_hidden(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path, stage_here
) -> None:
    written = f"{archive / 'a.h5'} can't be written."  # of the session, not of the recording
    stage_here(lambda order: Failed(str(order.recording), order.result, written))
    choose(study_list, "a.edf")
    study_list.stage_button.click()
    qtbot.waitUntil(lambda: not window.studies.is_staging, timeout=60_000)
    settle(qtbot, window)
    assert column(study_list, Column.REMARK)[0] == written
    window.actions_by_id["view.privacy"].trigger()
    assert column(study_list, Column.REMARK) == ["It was not staged.", "", "", ""]


def test_that_hidden_nights_are_sorted_by_their_numbers(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path
) -> None:
    for number in range(8):
        (archive / f"e{number}.edf").write_bytes((archive / "a.edf").read_bytes())
    study_list.again_button.click()
    settle(qtbot, window)
    window.actions_by_id["view.privacy"].trigger()
    assert column(study_list, Column.NIGHT) == [f"Night {number}" for number in range(1, 13)]


def test_that_who_scores_blind_does_not_see_who_scored_what(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, night_path: Path
) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    window.show_studies()
    window.actions_by_id["review.blind"].trigger()
    assert study_list.isHidden()
    assert not window.actions_by_id["file.studies"].isEnabled()
    assert window.actions_by_id["file.next_night"].isEnabled()


class Executor:
    """Stages as a process would, in the one of the test."""

    def __init__(self, stage: Callable[..., object], meanwhile: Callable[[], object]) -> None:
        self._stage, self._meanwhile = stage, meanwhile

    def outcomes(self, orders: object) -> Outcomes:
        for order in orders:
            self._meanwhile()
            yield order, self._stage(order)


@pytest.fixture
def stage_here(monkeypatch: pytest.MonkeyPatch, constant_prediction) -> Callable[..., None]:
    """Stage without a process, by what is given or by the network that always says N2."""
    from sleepscorer.batch.executors import stage_with_own_model

    def use(stage: Callable[..., object] = stage_with_own_model) -> None:
        def executor(n_workers: int, *, limit_s: float, meanwhile: Callable[[], object]) -> object:
            assert (n_workers, limit_s) == (1, 1800.0)
            return Executor(stage, meanwhile)

        monkeypatch.setattr("sleepscorer.studies.staging.Processes", executor)

    return use


def test_that_chosen_nights_are_staged_and_work_of_people_is_left_alone(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path, stage_here
) -> None:
    stage_here()
    before = (archive / "b.h5").read_bytes()
    study_list.table.selectAll()
    told = []
    window.studies.progressed.connect(told.append)
    study_list.stage_button.click()
    assert study_list.progress.isVisible()
    assert not study_list.stage_button.isEnabled()
    qtbot.waitUntil(lambda: not window.studies.is_staging, timeout=60_000)
    settle(qtbot, window)
    statuses = ["◔ staged", "◑ in review", "● signed off", "◔ staged"]
    assert column(study_list, Column.STATUS) == statuses
    assert "left alone" in column(study_list, Column.REMARK)[1]
    assert (archive / "b.h5").read_bytes() == before
    assert read_session(archive / "2026" / "d.h5").scored.scoring[3].stage is Stage.N2
    assert [one.n_done for one in told] == [0, 1, 2, 3, 4]
    written = {path.name for path in archive.rglob("*") if path.suffix not in (".edf", ".h5")}
    assert written == {"2026", FILE_NAME, LOCK_NAME}, "what a batch writes, and nothing else"


def test_that_a_failure_stands_in_the_row_of_its_night(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, stage_here
) -> None:
    stage_here(lambda order: Failed(str(order.recording), order.result, "There is no EEG."))
    choose(study_list, "a.edf", "d.edf")
    study_list.stage_button.click()
    qtbot.waitUntil(lambda: not window.studies.is_staging, timeout=60_000)
    settle(qtbot, window)
    assert column(study_list, Column.REMARK) == ["There is no EEG.", "", "", "There is no EEG."]
    assert column(study_list, Column.STATUS)[0] == "○ new"


def test_that_a_search_forgets_nothing_of_a_batch_and_saving_does(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path, stage_here, dialogs
) -> None:
    go, begun = threading.Event(), threading.Event()

    def stage(order: Order) -> Failed:
        if order.recording.name == "d.edf":
            begun.set()
            go.wait(20)
        return Failed(str(order.recording), order.result, "There is no EEG.")

    stage_here(stage)
    choose(study_list, "a.edf", "d.edf")
    study_list.stage_button.click()
    qtbot.waitUntil(begun.is_set)
    study_list.again_button.click()
    qtbot.waitUntil(lambda: not window.studies.is_searching)
    remarks = ["There is no EEG.", "", "", "waits to be staged"]
    qtbot.waitUntil(lambda: column(study_list, Column.REMARK) == remarks)
    go.set()
    qtbot.waitUntil(lambda: not window.studies.is_staging, timeout=60_000)
    study_list.close()
    window.show_studies()
    settle(qtbot, window)
    assert column(study_list, Column.REMARK) == ["There is no EEG.", "", "", "There is no EEG."]
    window.studies.look_again_at(archive / "a-2.h5")  # of a night that is called nearly alike
    assert column(study_list, Column.REMARK)[0] == "There is no EEG."
    choose(study_list, "a.edf")
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        study_list.open_button.click()
    window.document.score(range(4), Stage.N2)
    dialogs.write_paths.append(archive / "a.h5")
    assert window.files.save()
    window.show_studies()
    settle(qtbot, window)
    assert column(study_list, Column.REMARK) == ["", "", "", "There is no EEG."]


def test_that_what_a_batch_says_is_said_in_the_language_of_the_window(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path, stage_here, qapp
) -> None:
    stage_here()
    study_list.table.selectAll()
    (archive / "2026" / "d.edf").write_bytes(b"Dear colleague")
    study_list.stage_button.click()
    qtbot.waitUntil(lambda: not window.studies.is_staging, timeout=60_000)
    told = window.studies.outcomes
    assert {path.name for path in told} == {"b.edf", "c.edf", "d.edf"}
    assert not [text for text in told.values() if "--" in text], "nobody types commands here"
    english = {path: tr(text) for path, text in told.items()}
    speak(qapp, "de")
    try:
        assert not [path for path, text in told.items() if tr(text) == english[path]]
    finally:
        speak(qapp, "en")


def test_that_staging_goes_on_while_nights_are_opened_and_ends_when_it_is_cancelled(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path, stage_here, dialogs
) -> None:
    go, begun = threading.Event(), threading.Event()

    def stage(order: object) -> Failed:
        begun.set()
        go.wait(20)
        return Failed(str(order.recording), order.result, "It was ended.")

    stage_here(stage)
    study_list.table.selectAll()
    study_list.stage_button.click()
    qtbot.waitUntil(begun.is_set)
    choose(study_list, "c.edf")
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        study_list.open_button.click()
    assert not dialogs.stopped, "it was not asked to stop"
    assert window.studies.is_staging
    qtbot.waitUntil(lambda: "Staging 4 nights" in window.progress.text)
    dialogs.may_stops.append(False)
    assert not window.close()
    assert dialogs.stopped == [("Staging 4 nights",)]
    window.show_studies()
    study_list.cancel_button.click()
    qtbot.waitUntil(lambda: not window.studies.is_staging, timeout=5_000)
    assert not go.is_set(), "nobody waited for the night that is under way"
    go.set()
    settle(qtbot, window)
    assert not [path for path in archive.rglob("*.h5") if path.stem in "ad"]


def test_that_the_night_that_is_open_is_left_out(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, archive: Path, stage_here
) -> None:
    stage_here()
    choose(study_list, "a.edf")
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        study_list.open_button.click()
    window.show_studies()
    settle(qtbot, window)
    choose(study_list, "a.edf")
    study_list.stage_button.click()
    assert not window.studies.is_staging
    assert "left out" in study_list.message.text()
    assert not (archive / "a.h5").exists()


def test_that_a_folder_that_does_not_answer_freezes_nothing(
    qtbot: QtBot,
    window: MainWindow,
    study_list: StudiesWindow,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    night_path: Path,
) -> None:
    go, facts = threading.Event(), FactReader.facts

    def stall(self: FactReader, night: object) -> object:
        go.wait(20)
        return facts(self, night)

    monkeypatch.setattr(FactReader, "facts", stall)
    monkeypatch.setattr(studies_module, "LIMIT_S", 0.3)
    study_list.again_button.click()
    qtbot.waitUntil(lambda: bool(window.studies.facts), timeout=20_000)
    settle(qtbot, window)
    assert "does not answer within 0.3 s" in column(study_list, Column.REMARK)[0]
    assert column(study_list, Column.STATUS)[1] == "", "not asked for while its folder is silent"
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(night_path)
    go.set()
    study_list.again_button.click()
    settle(qtbot, window)
    assert column(study_list, Column.STATUS)[1] == "◑ in review"


def test_that_looking_into_a_folder_that_stalls_ends_by_itself_and_forgets_nothing(
    qtbot: QtBot,
    window: MainWindow,
    study_list: StudiesWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go = threading.Event()

    def stall(_study: object, *, on_failure: object) -> Iterator[object]:
        go.wait(20)
        yield ()

    monkeypatch.setattr(studies_module, "nights_in", stall)
    monkeypatch.setattr(studies_module, "LIMIT_S", 0.3)
    study_list.again_button.click()
    qtbot.waitUntil(lambda: not window.studies.is_searching, timeout=20_000)
    assert "does not answer within 0.3 s" in study_list.message.text()
    assert study_list.shown.rowCount() == 4
    go.set()


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, "broken"), SleepScorerError("It is broken.")], ids=repr
)
def test_that_a_folder_that_cannot_be_asked_about_is_said(
    qtbot: QtBot,
    window: MainWindow,
    study_list: StudiesWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def fail(_path: Path) -> bool:
        raise error

    monkeypatch.setattr(studies_module, "is_folder", fail)
    window.studies.add_folder(tmp_path / "gone")
    qtbot.waitUntil(lambda: not study_list.message.isHidden())
    expected = {
        OSError: f"{tmp_path / 'gone'} can't be looked into: Input/output error.",
        SleepScorerError: "It is broken.",
    }
    assert study_list.message.text() == expected[type(error)]


def test_that_no_folder_is_named_while_identities_are_hidden(
    qtbot: QtBot,
    window: MainWindow,
    study_list: StudiesWindow,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(_study: object, *, on_failure: Callable[[OSError], None]) -> Iterator[object]:
        on_failure(OSError(errno.EIO, "broken", str(archive / "Miller")))
        yield from ()

    monkeypatch.setattr(studies_module, "nights_in", failing)
    study_list.again_button.click()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    assert str(archive / "Miller") in study_list.message.text()
    window.actions_by_id["view.privacy"].trigger()
    assert study_list.message.text() == ""
    study_list.again_button.click()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    sentence = "Folder 1 can't be looked into: Input/output error."
    assert study_list.message.text() == sentence
    assert window.statusBar().currentMessage() == sentence
    window.studies.add_folder(archive)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)
    assert study_list.message.text() == "Folder 1 is listed already."


def test_that_sessions_can_be_kept_elsewhere(
    qtbot: QtBot, window: MainWindow, study_list: StudiesWindow, tmp_path: Path, stage_here, dialogs
) -> None:
    stage_here()
    dialogs.open_paths.append(tmp_path / "sessions")
    study_list.sessions_button.click()
    settle(qtbot, window)
    choose(study_list, "d.edf")
    study_list.stage_button.click()
    qtbot.waitUntil(lambda: not window.studies.is_staging, timeout=60_000)
    settle(qtbot, window)
    assert (tmp_path / "sessions" / "2026" / "d.h5").is_file()
    assert column(study_list, Column.STATUS)[3] == "◔ staged"
