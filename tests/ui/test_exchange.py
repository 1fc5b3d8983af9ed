from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.alignment import align, imported_events
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Imported, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.events.rules import RULE_1A
from sleepscorer.io.deidentified import Deidentified, Times
from sleepscorer.io.edf_copy import copy_with_annotations
from sleepscorer.io.scoring_formats import (
    SCORING_FORMATS,
    ScoringFormat,
    read_scoring,
    scoring_format,
)
from sleepscorer.io.session import read_session
from sleepscorer.report.content import make_report
from sleepscorer.report.page import report_sheet
from sleepscorer.report.sheet import Sheet, sheet_html
from sleepscorer.ui.actions.action_table import EXPORT, FILE
from sleepscorer.ui.dialogs.exchange_dialogs import CopyChoice, CopyDialog, NoticeDialog, PageDialog
from sleepscorer.ui.night import exchange
from sleepscorer.ui.night.document import OpenedFile
from sleepscorer.ui.night.exchange import _DRAWN
from sleepscorer.ui.shell.main_window import MainWindow


@pytest.fixture
def opened(window, night_path):
    window.show_file(OpenedFile(night_path))
    return window


def trigger_and_wait(qtbot, window, action_id: str) -> None:
    window.actions_by_id[action_id].trigger()
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=20_000)


def written_scoring(window, path: Path, scoring: Scoring) -> Path:
    identity = RecordingIdentity.of(window.document.recording)
    scoring_format("edf").write(path, ScoredRecording(identity, scoring))
    return path


def test_that_an_imported_scoring_is_taken_over_as_one_step(opened, dialogs, qtbot, tmp_path):
    n_epochs = len(opened.document.scoring)
    theirs = Scoring(
        n_epochs,
        scores=[EpochScore(Stage.N2)] * n_epochs,
        events=[ScoredEvent(EventKind.AROUSAL, 35.0, 4.0)],
    )
    opened.document.score((0,), Stage.W)
    dialogs.open_paths.append(written_scoring(opened, tmp_path / "theirs.edf", theirs))
    trigger_and_wait(qtbot, opened, "file.import")
    assert set(opened.document.scoring.scores) == {EpochScore(Stage.N2, Imported("theirs.edf"))}
    (event,) = theirs.events
    assert opened.document.scoring.events == (replace(event, source=Imported("theirs.edf")),)
    assert "They replace 1 epoch scored by hand." in dialogs.notices[0][0]
    assert len(dialogs.notices[0]) == 1  # all fits
    opened.actions_by_id["edit.undo"].trigger()
    assert opened.document.scoring[0].stage is Stage.W
    assert opened.document.scoring[1] == EpochScore()
    assert opened.document.scoring.events == ()


def test_that_a_mismatch_is_shown_and_nothing_changes_unless_it_is_accepted(
    opened, dialogs, qtbot, tmp_path
):
    path = tmp_path / "short.txt"
    path.write_text("N2\nN2\n")
    dialogs.open_paths.append(path)
    dialogs.accepts.append(False)
    trigger_and_wait(qtbot, opened, "file.import")
    assert any("does not say when it begins" in one for one in dialogs.notices[0])
    assert any("of the recording unscored" in one for one in dialogs.notices[0])
    assert not opened.document.has_unsaved_changes


def test_that_an_import_says_which_events_and_lights_it_replaces(opened, dialogs, qtbot, tmp_path):
    arousal = ScoredEvent(EventKind.AROUSAL, 35.0, 4.0)
    mine = Scoring(len(opened.document.scoring), events=[arousal], lights=Lights(30.0, 600.0))
    opened.document.restore(mine)
    theirs = Scoring(len(mine), events=[replace(arousal, onset_s=95.0)], lights=Lights(60.0, 600.0))
    path = tmp_path / "theirs.json"
    identity = RecordingIdentity.of(opened.document.recording)
    scoring_format("json").write(path, ScoredRecording(identity, theirs))
    dialogs.open_paths.append(path)
    trigger_and_wait(qtbot, opened, "file.import")
    assert "They replace 1 event" in dialogs.notices[0][0]
    assert "They replace lights off and on." in dialogs.notices[0][0]
    assert opened.document.scoring.lights == theirs.lights


def test_that_a_file_that_leaves_something_open_asks_with_the_night_beside_each_answer(
    opened, dialogs, qtbot, tmp_path
):
    path = tmp_path / "numbers.txt"
    path.write_text("0\n4\n")
    for word, stage in (("yasa", Stage.R), ("rk", Stage.N3)):
        dialogs.open_paths.append(path)
        dialogs.words.append(word)
        trigger_and_wait(qtbot, opened, "file.import")
        assert opened.document.scoring[1].stage is stage
        assert dialogs.nights_offered[-1][word][:2] == (Stage.W, stage)


def test_that_an_import_is_placed_while_the_window_goes_on(
    opened, dialogs, qtbot, tmp_path, monkeypatch
):
    threads = []

    def aligning(*arguments, **options):
        threads.append(current_thread())
        return align(*arguments, **options)

    monkeypatch.setattr("sleepscorer.ui.night.exchange.align", aligning)
    theirs = Scoring(len(opened.document.scoring), events=[ScoredEvent(EventKind.PLM, 35.0, 4.0)])
    dialogs.open_paths.append(written_scoring(opened, tmp_path / "theirs.edf", theirs))
    dialogs.importers.append("Bea")
    trigger_and_wait(qtbot, opened, "file.import")
    assert len(opened.document.scoring.events) == 1
    assert len(threads) == 2  # before it is known whose it is, and after that
    assert main_thread() not in threads


def test_that_what_is_scored_while_an_import_is_placed_is_not_undone_by_it(
    opened, dialogs, qtbot, tmp_path, monkeypatch
):
    go_on = Event()

    def aligning(*arguments, **options):
        assert go_on.wait(20)
        return align(*arguments, **options)

    monkeypatch.setattr("sleepscorer.ui.night.exchange.align", aligning)
    path = tmp_path / "events.annot"
    path.write_text("class\tinstance\tchannel\tstart\tstop\tmeta\narousal\t.\t.\t10\t14\t.\n")
    dialogs.open_paths.append(path)
    opened.actions_by_id["file.import"].trigger()
    opened.document.score((0,), Stage.N1)
    go_on.set()
    qtbot.waitUntil(lambda: opened.tasks.is_idle, timeout=20_000)
    assert opened.document.scoring[0].stage is Stage.N1
    assert len(opened.document.scoring.events) == 1


def test_that_an_event_that_is_marked_while_an_import_is_prepared_stays(
    opened, dialogs, qtbot, tmp_path, monkeypatch
):
    has_begun, go_on, threads = Event(), Event(), []

    def preparing(*arguments):
        threads.append(current_thread())
        events = imported_events(*arguments)
        has_begun.set()
        assert go_on.wait(20)
        return events

    monkeypatch.setattr("sleepscorer.ui.night.exchange.imported_events", preparing)
    theirs = Scoring(len(opened.document.scoring), events=[ScoredEvent(EventKind.PLM, 35.0, 4.0)])
    dialogs.open_paths.append(written_scoring(opened, tmp_path / "theirs.edf", theirs))
    dialogs.importers.append("Bea")
    opened.actions_by_id["file.import"].trigger()
    qtbot.waitUntil(has_begun.is_set, timeout=20_000)
    opened.document.add_event(ScoredEvent(EventKind.AROUSAL, 50.0, 5.0))
    go_on.set()
    qtbot.waitUntil(lambda: opened.tasks.is_idle, timeout=20_000)
    kinds = [event.kind for event in opened.document.scoring.events]
    assert kinds == [EventKind.PLM, EventKind.AROUSAL]
    assert len(threads) == 2  # once more, for what was marked meanwhile
    assert main_thread() not in threads


def test_that_two_scorers_in_a_file_are_chosen_from_in_the_window(opened, dialogs, qtbot, tmp_path):
    path = tmp_path / "two_events.tsv"
    path.write_text(
        "onset\tduration\ttrial_type\tscorer\n"
        "0\t300\tSleep stage N2\tAnn\n0\t300\tSleep stage W\tBea\n"
    )
    for who, stage in (("Bea", Stage.W), ("Ann", Stage.N2)):
        dialogs.open_paths.append(path)
        dialogs.words.append(who)
        trigger_and_wait(qtbot, opened, "file.import")
        assert opened.document.scoring[0].stage is stage
        assert opened.document.scoring[9].stage is stage


def test_that_an_unanswered_question_imports_nothing(opened, dialogs, qtbot, tmp_path):
    path = tmp_path / "numbers.txt"
    path.write_text("0\n4\n")
    dialogs.open_paths.append(path)
    dialogs.words.append("neither")
    trigger_and_wait(qtbot, opened, "file.import")
    assert not opened.document.has_unsaved_changes
    assert dialogs.notices == []


def test_that_a_file_that_is_no_scoring_is_refused_in_the_window(opened, dialogs, qtbot, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear colleague,\n")
    dialogs.open_paths.append(path)
    trigger_and_wait(qtbot, opened, "file.import")
    assert "no scoring that is known" in opened.messages.text
    assert not opened.document.has_unsaved_changes


def test_that_events_alone_leave_the_stages(opened, dialogs, qtbot, tmp_path):
    path = tmp_path / "events.annot"
    path.write_text("class\tinstance\tchannel\tstart\tstop\tmeta\narousal\t.\t.\t10\t14\t.\n")
    opened.document.score((0,), Stage.N1)
    dialogs.open_paths.append(path)
    trigger_and_wait(qtbot, opened, "file.import")
    assert opened.document.scoring[0].stage is Stage.N1
    assert len(opened.document.scoring.events) == 1


def test_that_an_export_that_loses_something_says_so_first(opened, dialogs, tmp_path):
    opened.document.comment(0, "electrode off")
    path = tmp_path / "night.txt"
    dialogs.write_paths += [path, path]
    dialogs.accepts += [False, True]
    opened.actions_by_id["file.export.yasa"].trigger()
    assert not path.exists()
    assert "It does not hold comments (1 epoch)." in dialogs.notices[0]
    opened.actions_by_id["file.export.yasa"].trigger()
    assert path.exists()


def test_that_every_format_is_in_the_export_menu(opened):
    texts = [action.text().replace("&&", "&") for action in opened.menus[EXPORT].actions()]
    assert texts == [f"{row.name}…" for row in SCORING_FORMATS]
    assert opened.menus[EXPORT].menuAction() in opened.menus[FILE].actions()


@pytest.mark.parametrize("row", SCORING_FORMATS, ids=lambda row: row.id)
def test_that_every_format_is_exported_from_the_window(row, opened, dialogs, qtbot, tmp_path):
    opened.document.score((0, 1), Stage.N2)
    path = tmp_path / "out" / row.file_name(opened.document.recording.path.name)
    path.parent.mkdir()
    dialogs.write_paths.append(path)
    trigger_and_wait(qtbot, opened, f"file.export.{row.id}")
    assert path.exists()
    assert opened.messages.text == ""


def test_that_the_statistics_are_shown_with_their_definitions(opened, dialogs, qtbot):
    opened.document.score((0, 1), Stage.N2)
    trigger_and_wait(qtbot, opened, "file.statistics")
    ((title, page),) = dialogs.notices
    assert title == "Sleep statistics"
    assert "W from sleep onset to lights on" in page
    assert "1.0 min" in page


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".docx"])
def test_that_a_report_is_written_with_the_letterhead(suffix, opened, dialogs, qtbot, tmp_path):
    letterhead = tmp_path / "lab.toml"
    letterhead.write_text('name = "Sleep laboratory"\n')
    dialogs.open_paths.append(letterhead)
    opened.actions_by_id["file.letterhead"].trigger()
    path = tmp_path / f"report{suffix}"
    dialogs.write_paths.append(path)
    trigger_and_wait(qtbot, opened, f"file.report{suffix}")
    assert opened.messages.text == f"Wrote the report {path}."
    opened.messages.accept_button.click()
    assert dialogs.opened_elsewhere == [path]
    # Only a PDF can be opened here.
    failed = f"{path} can't be opened: this computer has no program for it"
    assert opened.messages.text.startswith(failed) is (suffix != ".pdf")
    data = path.read_bytes()
    begins = {".pdf": b"%PDF", ".html": b"<!DOCTYPE html>", ".docx": b"PK"}
    assert data.startswith(begins[suffix])
    if suffix == ".html":
        assert b"Sleep laboratory" in data


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".docx"])
def test_that_a_report_is_arranged_by_the_template_of_the_letterhead(
    suffix, opened, dialogs, qtbot, tmp_path
):
    template, path = tmp_path / "own.html", tmp_path / f"report{suffix}"
    template.write_text("<h1>Own {{ recording.file }}</h1>")
    letterhead = tmp_path / "lab.toml"
    letterhead.write_text('template = "own.html"\n')
    dialogs.open_paths.append(letterhead)
    opened.actions_by_id["file.letterhead"].trigger()
    template.write_text("{{ no_name }}")
    dialogs.write_paths += [path, path]
    trigger_and_wait(qtbot, opened, f"file.report{suffix}")
    assert "line 1: it names what no report has" in opened.messages.text
    assert not path.exists()
    template.write_text("<h1>Own {{ recording.file }}</h1>")
    trigger_and_wait(qtbot, opened, f"file.report{suffix}")
    assert path.stat().st_size > 1000
    if suffix == ".html":
        assert "<h1>Own " in path.read_text("utf-8")
        assert "Sleep efficiency" not in path.read_text("utf-8")


def test_that_the_sheet_of_an_mslt_is_of_what_is_scored_now_in_the_session_that_is_open(
    opened, dialogs, qtbot, tmp_path, monkeypatch
):
    made = []

    def drawn(sheet: Sheet) -> Callable[[Path], None]:
        return lambda _path: made.append(sheet_html(sheet))

    monkeypatch.setitem(_DRAWN, ".pdf", drawn)
    dialogs.write_paths.append(tmp_path / "night.h5")
    opened.actions_by_id["file.save"].trigger()
    opened.document.score((2,), Stage.R)
    dialogs.open_paths.append(opened.document.session_path)
    dialogs.write_paths.append(tmp_path / "naps.pdf")
    trigger_and_wait(qtbot, opened, "file.naps.mslt")
    (page,) = made
    assert "Multiple Sleep Latency Test" in page
    assert "1.0 min" in page  # the latency: the first epoch of sleep is the third
    trigger_and_wait(qtbot, opened, "file.naps.mwt")  # no session, no sheet
    assert len(made) == 1


def test_that_a_letterhead_that_is_gone_is_said(opened, dialogs, qtbot, tmp_path):
    dialogs.open_paths.append(tmp_path / "gone.toml")
    opened.actions_by_id["file.letterhead"].trigger()
    dialogs.write_paths.append(tmp_path / "report.pdf")
    trigger_and_wait(qtbot, opened, "file.report.pdf")
    assert "letterhead" in opened.messages.text


def test_that_a_deidentified_copy_is_written_and_listed(opened, dialogs, qtbot, tmp_path):
    opened.document.score((0,), Stage.N2)
    opened.document.comment(0, "Mrs Smith turns")
    dialogs.copies.append(CopyChoice(tmp_path, "study-7", Times.DATE_HIDDEN))
    trigger_and_wait(qtbot, opened, "file.deidentify")
    assert (tmp_path / "study-7.edf").exists()
    found = read_session(tmp_path / "study-7.h5").scored.scoring
    assert found[0] == EpochScore(Stage.N2, Person("Scorer 1"))
    assert not found.remarks
    assert "Removed from study-7.edf and study-7.h5:" in dialogs.notices[0]
    # The work itself is as it was.
    assert opened.document.scoring.remarks == {0: Remark("Mrs Smith turns")}


def test_that_cancelled_dialogs_change_nothing(opened, dialogs, monkeypatch):
    monkeypatch.setattr(dialogs, "scoring_to_import", lambda *_: None)
    monkeypatch.setattr(dialogs, "letterhead", lambda *_: None)
    dialogs.write_paths.append(None)
    dialogs.copies.append(None)
    for action_id in ("import", "report.pdf", "letterhead", "deidentify"):
        opened.actions_by_id[f"file.{action_id}"].trigger()
    assert not opened.document.has_unsaved_changes


def test_that_a_name_that_is_a_path_can_t_be_given_to_a_copy(opened, qtbot, tmp_path):
    dialog = CopyDialog(opened, tmp_path)
    qtbot.addWidget(dialog)
    accept = next(button for button in dialog.buttons.buttons() if "Write" in button.text())
    assert accept.isEnabled()
    for name in ("", "  ", "../study"):
        dialog.name.setText(name)
        assert not accept.isEnabled()
    dialog.name.setText("study")
    assert dialog.choice == CopyChoice(tmp_path, "study", Times.DATE_HIDDEN)


def test_that_notices_and_pages_show_their_text(opened, qtbot):
    notice = NoticeDialog(opened, "Title", "Heading", ["A <b> sentence."], "Footnote", "Go")
    page = PageDialog(opened, "Title", "<table><tr><td>Cell</td></tr></table>")
    for dialog in (notice, page):
        qtbot.addWidget(dialog)
    assert "A <b> sentence." in notice.text.toPlainText()
    assert "Cell" in page.page.toPlainText()


@pytest.mark.parametrize(
    ("action_id", "module"),
    [("file.export.edf-copy", "edf_scoring"), ("file.deidentify", "deidentified")],
)
def test_that_a_copy_that_is_cancelled_leaves_no_file(
    opened, dialogs, qtbot, tmp_path, monkeypatch, action_id, module
):
    name = f"sleepscorer.io.{module}.copy_with_annotations"
    begun, cancelled = Event(), Event()

    def copy(*arguments, **options) -> None:
        begun.set()
        assert cancelled.wait(20)
        copy_with_annotations(*arguments, **options)

    monkeypatch.setattr(name, copy)
    folder = tmp_path / "out"
    folder.mkdir()
    dialogs.write_paths.append(folder / "copy.edf")
    dialogs.copies.append(CopyChoice(folder, "study-7", Times.DATE_HIDDEN))
    opened.actions_by_id[action_id].trigger()
    assert begun.wait(20)
    assert opened.progress.isVisible()
    opened.progress.cancel_button.click()
    assert not opened.progress.isVisible()
    cancelled.set()
    qtbot.waitUntil(lambda: opened.tasks.is_idle, timeout=20_000)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("n_bytes", [0, 1000, 5000])
@pytest.mark.parametrize("suffix", [".pdf", ".html"])
def test_that_a_full_disk_leaves_the_former_report_and_is_said(
    suffix, n_bytes, opened, tmp_path, full_disk, qtbot
):
    sheet = report_sheet(make_report(opened.document.recording, opened.document.scoring))
    path = tmp_path / f"report{suffix}"
    path.write_bytes(b"the former one")
    with full_disk(n_bytes), pytest.raises(ScoringError, match="can't be written: File too large"):
        _DRAWN[suffix](sheet)(path)
    assert path.read_bytes() == b"the former one"


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".docx"])
def test_that_a_report_is_drawn_on_the_gui_thread_and_written_off_it(
    opened, dialogs, qtbot, tmp_path, monkeypatch, suffix
):
    drawn_on, written_on = [], []
    draw = _DRAWN[suffix]

    def observed(sheet: Sheet) -> Callable[[Path], None]:
        drawn_on.append(current_thread())
        write = draw(sheet)

        def written(path: Path) -> None:
            written_on.append(current_thread())
            write(path)

        return written

    monkeypatch.setitem(_DRAWN, suffix, observed)
    path = tmp_path / f"report{suffix}"
    dialogs.write_paths.append(path)
    trigger_and_wait(qtbot, opened, f"file.report{suffix}")
    assert path.stat().st_size > 1000
    assert drawn_on == [main_thread()]
    assert written_on != [main_thread()]


def test_that_many_events_are_exported_while_the_window_goes_on(
    opened, dialogs, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr(exchange, "_MOST_EVENTS_AT_ONCE", 0)
    opened.document.add_event(ScoredEvent(EventKind.AROUSAL, 7.0, 3.0))
    threads, begun, cancelled = [], Event(), Event()
    write = ScoringFormat.write

    def observed(*scoring, **how) -> None:
        threads.append(current_thread())
        begun.set()
        assert cancelled.wait(20)
        write(*scoring, **how)

    monkeypatch.setattr(ScoringFormat, "write", observed)
    path = tmp_path / "night.json"
    dialogs.write_paths.append(path)
    opened.actions_by_id["file.export.json"].trigger()
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    opened.progress.cancel_button.click()
    cancelled.set()
    qtbot.waitUntil(lambda: opened.tasks.is_idle, timeout=20_000)
    assert threads != [main_thread()]
    # This one was written as a whole already: that it was cancelled must not hide it.
    assert len(read_scoring(path).events) == 1
    assert str(path) in opened.statusBar().currentMessage()


@pytest.mark.parametrize("action_id", ["file.report.html", "file.deidentify"])
def test_that_what_is_cancelled_too_late_is_said_to_be_there(
    opened, dialogs, qtbot, tmp_path, monkeypatch, action_id
):
    begun, cancelled = Event(), Event()
    draw, write_copy = _DRAWN[".html"], exchange.write_deidentified

    def drawn(sheet: Sheet) -> Callable[[Path], None]:
        write = draw(sheet)

        def written(path: Path) -> None:
            write(path)
            begun.set()
            assert cancelled.wait(20)

        return written

    def copied(*arguments, **options) -> Deidentified:
        copy = write_copy(*arguments, **options)
        begun.set()
        assert cancelled.wait(20)
        return copy

    monkeypatch.setitem(_DRAWN, ".html", drawn)
    monkeypatch.setattr(exchange, "write_deidentified", copied)
    dialogs.write_paths.append(tmp_path / "report.html")
    dialogs.copies.append(CopyChoice(tmp_path, "study-7", Times.DATE_HIDDEN))
    opened.actions_by_id[action_id].trigger()
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    opened.progress.cancel_button.click()
    cancelled.set()
    qtbot.waitUntil(lambda: opened.tasks.is_idle, timeout=20_000)
    name = "report.html" if "report" in action_id else "study-7.edf"
    assert (tmp_path / name).is_file()
    said = opened.statusBar().currentMessage() or opened.messages.text
    assert str(tmp_path / name) in said
    assert not dialogs.notices


@pytest.mark.parametrize("accepts", [True, False])
def test_that_a_side_file_is_replaced_only_on_request(accepts, opened, dialogs, qtbot, tmp_path):
    side_file = tmp_path / "night.json"
    side_file.write_text("everything of the night")
    dialogs.write_paths.append(tmp_path / "night.tsv")
    dialogs.accepts += [accepts, True]
    trigger_and_wait(qtbot, opened, "file.export.bids")
    assert dialogs.notices[0] == (str(side_file),)
    assert (tmp_path / "night.tsv").exists() is accepts
    assert (side_file.read_text() == "everything of the night") is not accepts


def test_that_a_scoring_that_is_opened_is_offered_to_be_imported(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    path = tmp_path / "stages.txt"
    path.write_text("W\n" * 4 + "N2\n" * 20)
    with qtbot.waitSignal(open_window.files.scoring_found, timeout=20_000):
        open_window.open_file(path)
    assert "stages.txt is a scoring" in open_window.messages.text
    open_window.messages.accept_button.click()
    qtbot.waitUntil(lambda: open_window.document.scoring[5].stage is Stage.N2, timeout=20_000)


def test_that_what_is_no_scoring_either_is_not_offered(
    qtbot: QtBot, open_window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear colleagues,\nthe night was quiet.\n")
    with (
        qtbot.assertNotEmitted(open_window.files.scoring_found),
        qtbot.waitSignal(open_window.files.failed, timeout=20_000),
    ):
        open_window.open_file(path)
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=20_000)


def test_that_an_export_says_the_rule_that_is_chosen_then(opened, dialogs, qtbot, tmp_path):
    opened.document.add_event(ScoredEvent(EventKind.HYPOPNEA, 35.0, 14.0))
    for rule, name in (("1b", "AASM 1B"), ("1a", "AASM 1A")):
        opened._prefer(rule=rule)
        path = tmp_path / f"{rule}.xml"
        dialogs.write_paths.append(path)
        trigger_and_wait(qtbot, opened, "file.export.nsrr")
        assert f"<ScoringRule>{name}" in path.read_text()
    session = tmp_path / "night.h5"
    opened.document.save(session)
    assert read_session(session).scored.rule == RULE_1A.name


@pytest.mark.parametrize(
    ("hiding", "action_id", "name", "said"),
    [
        ("view.privacy", "file.export.json", "doe.json", "Exported; 24 epochs of it unscored."),
        ("review.blind", "file.export.json", "doe.json", "Exported; 24 epochs of it unscored."),
        ("view.privacy", "file.report.html", "doe.html", "Wrote the report."),
        ("view.privacy", "edit.export_history", "doe.csv", "Exported."),
        ("review.blind", "file.deidentify", "", "Wrote the copy."),
    ],
)
def test_that_what_is_written_is_not_named_while_it_is_hidden_who_it_is(
    opened, dialogs, qtbot, tmp_path, hiding, action_id, name, said
):
    told = []
    opened.statusBar().messageChanged.connect(told.append)
    opened.tasks.shown.connect(lambda _task, text: told.append(text))
    opened.actions_by_id[hiding].trigger()
    told.clear()
    dialogs.write_paths.append(tmp_path / name)
    dialogs.copies.append(CopyChoice(tmp_path, "copy", Times.DATE_HIDDEN))
    trigger_and_wait(qtbot, opened, action_id)
    told.append(opened.messages.text)
    assert said in told
    assert not [one for one in told if "doe" in one or "night" in one or str(tmp_path) in one]
