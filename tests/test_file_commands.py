import csv
import io
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.__main__ import main
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.exporting import REPORTS
from sleepscorer.io.edf import read_edf_annotations
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import SCORING_FORMATS, scoring_format
from sleepscorer.io.session import read_session


@pytest.fixture
def session(sleepscorer_data, tmp_path) -> Path:
    """A session beside its recording."""
    source = sleepscorer_data / "continuous" / "SC4001-first5min.edf"
    path = tmp_path / "nights" / source.name
    path.parent.mkdir()
    path.write_bytes(source.read_bytes())
    recording = open_recording(path)
    scoring = Scoring(
        recording.n_epochs,
        scores=[EpochScore(Stage(epoch % 5), Person("Ann Scorer")) for epoch in range(10)],
        events=[
            ScoredEvent(EventKind.AROUSAL, 40.0, 5.0),
            ScoredEvent(EventKind.NOTE, 50.0, 0.0, text="Mrs Smith coughs"),
        ],
        remarks={3: Remark("Mrs Smith turns")},
        scorer="Ann Scorer",
    )
    session = path.with_suffix(".h5")
    scoring_format("session").write(session, ScoredRecording.of(recording, scoring))
    recording.close()
    return session


def test_that_stats_prints_numbers_with_their_definitions(session, capsys):
    assert main(["stats", str(session)]) == 0
    rows = {row["parameter"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows["tst"]["value"] == "4.0"
    assert rows["tst"]["definition"] == "N1 + N2 + N3 + R"
    assert rows["ahi"]["value"] == ""
    # Arousals are marked, apneas are not, and the recording has no oximeter.
    assert rows["arousal_spontaneous"]["remark"] == "incomplete"
    assert (rows["ahi_1a"]["value"], rows["ahi_1a"]["remark"]) == ("", "not scored")
    assert (rows["spo2_lowest"]["value"], rows["spo2_lowest"]["remark"]) == ("", "not recorded")


def test_that_stats_of_a_session_without_its_recording_leaves_sensors_empty(
    session, tmp_path, capsys
):
    alone = tmp_path / "alone" / session.name
    alone.parent.mkdir()
    alone.write_bytes(session.read_bytes())
    session.with_suffix(".edf").rename(tmp_path / "elsewhere.edf")
    assert main(["stats", str(alone), "--format", "table"]) == 0
    told = capsys.readouterr()
    assert "What its sensors measured is left empty." in told.err
    (row,) = csv.DictReader(io.StringIO(told.out))
    assert (row["tst"], row["ahi_1a"], row["spo2_lowest"]) == ("4", "", "")
    assert row["rule"] == "AASM 1A (3 % or arousal)"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_that_statistics_for_which_there_is_no_room_are_said_in_one_sentence(tmp_path):
    night = tmp_path / "night.csv"
    scored = ScoredRecording(
        RecordingIdentity("night.edf", None, 300.0, ("EEG",)),
        Scoring(10, scores=[EpochScore(Stage(epoch % 5), Person("Ann")) for epoch in range(10)]),
    )
    scoring_format("csv").write(night, scored)
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "sleepscorer", "stats", str(night)],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[1],
            text=True,
            timeout=100,
            check=False,
        )
    assert ended.returncode == 1
    *_, last = ended.stderr.splitlines()
    assert last == (
        "The result can't be written to where output goes (No space left on device); use --out "
        "FILE."
    )


def test_that_stats_writes_json(session, tmp_path):
    out = tmp_path / "stats.json"
    assert main(["stats", str(session), "--format", "json", "--out", str(out)]) == 0
    (night,) = json.loads(out.read_text())
    assert night["statistics"]["waso_spt"]["value"] == 0.5
    assert night["events"]["arousal"]["counted"] == 1


def test_that_one_bad_file_fails_alone_and_is_named(session, tmp_path, capsys):
    bad = session.with_name("letter.txt")
    bad.write_text("Dear colleague,\n")
    pattern = str(session.parent / "*.[ht][5x]*")
    assert main(["convert", pattern, "--to", "yasa", "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "letter.txt is no scoring that is known" in said
    assert "1 of 2 files converted" in said
    assert (tmp_path / "out" / "SC4001-first5min-yasa.txt").read_text().split()[:3] == [
        *("W", "N1", "N2")
    ]


def test_that_convert_says_what_is_lost(session, tmp_path, capsys):
    assert main(["convert", str(session), "--to", "nsrr", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "It does not hold these events: Note (1)" in said
    assert "It does not hold comments (1 epoch)" in said


def test_that_an_ambiguous_file_asks_for_an_option(tmp_path, capsys):
    path = tmp_path / "night.txt"
    path.write_text("0\n4\n")
    arguments = ["convert", str(path), "--to", "csv", "--out", str(tmp_path)]
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert "--answer coding=yasa (0 W, 1 N1, 2 N2, 3 N3, 4 R (YASA)); --answer coding=rk" in said
    assert main([*arguments, "--answer", "coding=yasa"]) == 0
    assert ",R,imported from night.txt," in (tmp_path / "night.csv").read_text()


def test_that_a_scoring_is_aligned_with_the_recording_it_is_given(
    sleepscorer_data, tmp_path, capsys
):
    folder = sleepscorer_data / "continuous"
    scoring, recording = folder / "SC4001EC-Hypnogram.edf", folder / "SC4001-first5min.edf"
    arguments = ["convert", str(scoring), "--recording", str(recording), "--to", "csv"]
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    assert "The last 2870 epochs" in capsys.readouterr().err
    assert len((tmp_path / "SC4001-first5min.csv").read_text().splitlines()) == 11


@pytest.mark.parametrize("row", SCORING_FORMATS, ids=lambda row: row.id)
def test_that_export_writes_every_format(row, session, tmp_path):
    assert main(["export", str(session), "--to", row.id, "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / row.file_name("SC4001-first5min.edf")).stat().st_size > 0


@pytest.mark.parametrize("command", ["convert", "export"])
def test_that_a_result_is_replaced_only_on_request(command, session, tmp_path, capsys):
    arguments = [command, str(session), "--to", "csv", "--out", str(tmp_path)]
    assert main(arguments) == 0
    (result,) = tmp_path.glob("*.csv")
    result.write_text("corrected by hand")
    assert main(arguments) == 0
    assert result.read_text() == "corrected by hand"
    told = capsys.readouterr().err
    assert "was skipped" in told
    assert "was left alone" in told
    assert main([*arguments, "--overwrite"]) == 0
    assert result.read_text().startswith("epoch,")


def test_that_export_refuses_what_is_no_session(tmp_path, capsys):
    path = tmp_path / "night.txt"
    path.write_text("W\n")
    assert main(["export", str(path), "--to", "csv", "--out", str(tmp_path)]) == 1
    assert "is no session" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export", "report", "exercise", "stats", "events"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone.csv", "gone.csv can't be read: No such file"),
        ("folder", "folder is no ordinary file"),
        ("night.edf", "night.edf is a recording without annotations"),
    ],
)
def test_that_what_is_no_scoring_is_said_to_be_what_it_is(
    command, name, told, sleepscorer_data, tmp_path, capsys
):
    (tmp_path / "folder").mkdir()
    recording = sleepscorer_data / "continuous" / "SC4001-first5min.edf"
    (tmp_path / "night.edf").write_bytes(recording.read_bytes())
    arguments = {
        "export": ["export", "--to", "csv"],
        "exercise": ["exercise", "draw"],
    }.get(command, [command])
    assert main([*arguments, str(tmp_path / name), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "--recording" not in said
    assert "sleepscorer convert" not in said
    assert "Female" not in said  # nobody's header is printed


def test_that_a_file_that_is_named_in_two_ways_is_read_once(session, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(session.parent)
    linked = tmp_path / "link"
    linked.symlink_to(session.parent, target_is_directory=True)
    names = [session.name, f"./{session.name}", str(session), str(linked / session.name)]
    assert main(["convert", *names, "--to", "csv", "--out", str(tmp_path / "out")]) == 0
    assert "1 of 1 files converted." in capsys.readouterr().err


def test_that_a_channel_that_a_session_lacks_is_said(session, capsys):
    assert main(["stats", str(session), "--role", "chin=Nowhere"]) == 1
    assert "Nowhere" in capsys.readouterr().err


def test_that_statistics_are_not_written_over_a_folder(session, tmp_path, capsys):
    assert main(["stats", str(session), "--out", str(tmp_path), "--overwrite"]) == 1
    assert capsys.readouterr().err == f"{tmp_path} is a folder; name a file with --out.\n"


def test_that_statistics_without_a_folder_are_refused_before_anything_is_read(
    session, tmp_path, capsys
):
    assert main(["stats", str(session), "--out", str(tmp_path / "missing" / "stats.csv")]) == 1
    told = capsys.readouterr().err
    assert "can't be written" in told
    assert "epochs" not in told


def test_that_no_table_is_written_of_files_that_all_fail(tmp_path, capsys):
    table = tmp_path / "stats.csv"
    for more in (["--out", str(table)], []):
        assert main(["stats", str(tmp_path / "missing.h5"), *more]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert "0 of 1 files evaluated." in told.err
    assert not table.exists()


def test_that_a_time_outside_is_said_with_the_night(session, tmp_path, capsys):
    report = ["report", str(session), "--out", str(tmp_path / "out"), "--treated-from"]
    assert main([*report, "03:00"]) == 1
    assert ".edf: The recording goes from" in capsys.readouterr().err


def test_that_epochs_that_can_not_be_drawn_are_said_with_the_key(session, tmp_path, capsys):
    drawing = ["exercise", "draw", str(session), "--out", str(tmp_path / "out")]
    assert main([*drawing, "--epochs", "9000"]) == 1
    assert "--epochs" in capsys.readouterr().err


def test_that_an_existing_recording_is_never_written_over(session, capsys):
    copy = scoring_format("edf-copy").file_name("SC4001-first5min.edf")
    assert main(["export", str(session), "--to", "edf-copy", "--out", str(session.parent)]) == 0
    assert (session.parent / copy).exists()
    assert main(["export", str(session), "--to", "session", "--out", str(session.parent)]) == 1
    assert "would be written over" in capsys.readouterr().err


def test_that_statistics_are_written_over_a_table_only_on_request_and_over_nothing_else(
    session, tmp_path, capsys
):
    recording = session.with_suffix(".edf")
    content, work = recording.read_bytes(), session.read_bytes()
    table = tmp_path / "stats.csv"
    table.write_text("curated")
    stats = ["stats", str(session), "--recording", str(recording), "--out"]
    assert main([*stats, str(table)]) == 1
    assert table.read_text() == "curated"
    assert "--overwrite" in capsys.readouterr().err
    for out in (recording, session, tmp_path / "new.edf"):
        assert main([*stats, str(out), "--overwrite"]) == 1
        assert "has the name of a recording or session" in capsys.readouterr().err
    link = tmp_path / "link.csv"
    link.symlink_to(session)
    assert main([*stats, str(link), "--overwrite"]) == 1
    assert "is one of the files that are read" in capsys.readouterr().err
    assert (recording.read_bytes(), session.read_bytes()) == (content, work)
    assert not (tmp_path / "new.edf").exists()
    assert main([*stats, str(table), "--overwrite"]) == 0
    assert table.read_text().startswith("file,parameter")


@pytest.mark.parametrize("target", ["csv", "bids", "report-html"])
def test_that_two_scorings_of_a_night_are_not_written_over_each_other(
    target, session, tmp_path, capsys
):
    other = session.with_name("berta.h5")
    other.write_bytes(session.read_bytes())
    arguments = ["export", str(session), str(other), "--to", target, "--overwrite"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 1
    assert "would both be written to" in capsys.readouterr().err
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("target", [*(row.id for row in SCORING_FORMATS), "report-html"])
def test_that_a_result_that_appears_meanwhile_is_left_alone(
    target, session, tmp_path, capsys, monkeypatch
):
    # Another batch writes it after this one has looked.
    monkeypatch.setattr("sleepscorer.exporting.refuse_existing", lambda *_, **__: None)
    arguments = ["export", str(session), "--to", target, "--out", str(tmp_path / "out")]
    assert main(arguments) == 0
    former = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    for path in former:
        path.write_bytes(b"of another batch")
    assert main(arguments) == 1
    assert "is there already and was left alone" in capsys.readouterr().err
    assert {path.read_bytes() for path in (tmp_path / "out").iterdir()} == {b"of another batch"}
    assert main([*arguments, "--overwrite"]) == 0


@pytest.mark.parametrize("command", ["convert", "export"])
def test_that_a_side_file_is_somebodys_work_too(command, session, tmp_path, capsys):
    (tmp_path / "SC4001-first5min_events.json").write_text("curated")
    arguments = [command, str(session), "--to", "bids", "--out", str(tmp_path)]
    assert main(arguments) == 1
    assert "_events.json is there already and was left alone" in capsys.readouterr().err
    assert [path.name for path in tmp_path.glob("*_events.*")] == ["SC4001-first5min_events.json"]
    assert main([*arguments, "--overwrite"]) == 0
    assert (tmp_path / "SC4001-first5min_events.json").read_text() != "curated"


@pytest.mark.parametrize("target", [*(row.id for row in SCORING_FORMATS), *REPORTS])
@pytest.mark.parametrize(
    "stem",
    [
        "n" * 250,
        "ü" * 125,
        os.fsdecode(b"M\xfcller"),
        "a\nb\tc",
        '<img src="x">&amp;',
        "=1+1",
        "王🙂",
    ],
)
def test_that_a_recording_of_any_name_can_be_exported_in_every_format(
    stem, target, session, tmp_path, qapp
):
    recording = session.with_suffix(".edf")
    renamed = recording.rename(recording.with_name(f"{stem}.edf"))
    with closing(open_recording(renamed)) as opened:
        scored = ScoredRecording.of(opened, read_session(session).scored.scoring)
    scoring_format("session").write(session, scored)
    out = tmp_path / "out"
    assert main(["export", str(session), "--to", target, "--out", str(out)]) == 0
    assert all(path.stat().st_size > 0 for path in out.iterdir())
    assert len(list(out.iterdir())) == (2 if target == "bids" else 1)


def test_that_reports_say_whose_night_it_is_and_that_this_is_no_medical_device(session, tmp_path):
    letterhead = tmp_path / "lab.toml"
    letterhead.write_text('name = "Sleep laboratory <A & B>"\nlines = ["Long Street"]\n')
    arguments = ["export", str(session), "--to", "report-html", "--out", str(tmp_path)]
    assert main([*arguments, "--letterhead", str(letterhead)]) == 0
    page = (tmp_path / "SC4001-first5min-report.html").read_text(encoding="utf-8")
    for text in (
        "Sleep laboratory &lt;A &amp; B&gt;",
        "Female 33yr",
        "W from sleep onset to lights on",
        "Not a medical device: a qualified person reviews every result.",
        "10 epochs were scored by Ann Scorer.",
        "<svg",
    ):
        assert text in page


@pytest.mark.usefixtures("qapp")
def test_that_the_pdf_has_pages_of_text_and_vectors(session, tmp_path):
    assert main(["export", str(session), "--to", "report-pdf", "--out", str(tmp_path)]) == 0
    data = (tmp_path / "SC4001-first5min-report.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 2  # an arousal is marked, which the second counts
    assert b"/FontFile2" in data


def test_that_a_missing_letterhead_is_said(session, tmp_path, capsys):
    arguments = ["export", str(session), "--to", "report-html", "--out", str(tmp_path)]
    assert main([*arguments, "--letterhead", str(tmp_path / "none.toml")]) == 1
    assert "letterhead" in capsys.readouterr().err


@pytest.mark.parametrize("times", ["keep", "hide-date", "hide-time"])
def test_that_a_deidentified_copy_names_nobody(times, session, tmp_path, capsys):
    out = tmp_path / "out"
    arguments = ["deidentify", str(session), "--out", str(out), "--name", "study"]
    assert main([*arguments, "--times", times]) == 0
    said = capsys.readouterr().err
    assert "Female_33yr" in said
    for path in (out / "study-1.edf", out / "study-1.h5"):
        data = path.read_bytes()
        for word in (b"Female", b"Smith", b"Ann Scorer", b"SC4001", str(tmp_path).encode()):
            assert word not in data
    recording = open_recording(out / "study-1.edf")
    before = open_recording(session.with_suffix(".edf"))
    expected = {
        "keep": "1989-04-24 16:13:00",
        "hide-date": "1985-01-01 16:13:00",
        "hide-time": "1985-01-01 00:00:00",
    }
    assert str(recording.start) == expected[times]
    for one, other in zip(recording.channels, before.channels, strict=True):
        np.testing.assert_array_equal(recording.read(one, 0, 300), before.read(other, 0, 300))
    recording.close()
    before.close()
    found = read_session(out / "study-1.h5")
    assert found.scored.recording.file_name == "study-1.edf"
    assert found.scored.scoring.scorer == "Scorer 1"
    assert [event.kind for event in found.scored.scoring.events] == [EventKind.AROUSAL]
    assert not found.scored.scoring.remarks


def test_that_free_annotations_do_not_go_into_a_deidentified_copy(sleepscorer_data, tmp_path):
    source = sleepscorer_data / "continuous" / "SC4001-first5min.edf"
    recording = open_recording(source)
    scored = ScoredRecording.of(
        recording,
        Scoring(
            recording.n_epochs,
            events=[
                ScoredEvent(EventKind.NOTE, 1.0, 0.0, text="Mrs Smith"),
                ScoredEvent(EventKind.AROUSAL, 2.0, 3.0),
            ],
        ),
    )
    recording.close()
    copy = tmp_path / "named.edf"
    scoring_format("edf-copy").write(copy, scored)
    assert main(["deidentify", str(copy), "--out", str(tmp_path / "out")]) == 0
    texts = {one.description for one in read_edf_annotations(tmp_path / "out" / "recording-1.edf")}
    assert texts == {"EEG arousal", "Sleep stage ?"}


def test_that_a_deidentified_copy_replaces_nothing(session, tmp_path, capsys):
    taken = tmp_path / "study-1.h5"
    taken.write_text("somebody's work")
    assert main(["deidentify", str(session), "--out", str(tmp_path), "--name", "study"]) == 1
    assert "study-1.h5 is there already" in capsys.readouterr().err
    assert taken.read_text() == "somebody's work"
    assert not (tmp_path / "study-1.edf").exists()


def test_that_a_session_is_made_of_another_format_only_with_its_recording(
    session, tmp_path, capsys
):
    recording = session.with_suffix(".edf")
    assert main(["convert", str(session), "--to", "csv", "--out", str(tmp_path)]) == 0
    table = tmp_path / "SC4001-first5min.csv"
    out = tmp_path / "out"
    words = ["convert", str(table), "--to", "session", "--out", str(out)]
    assert main(words) == 1
    assert "name it with --recording" in capsys.readouterr().err
    assert list(out.iterdir()) == []
    assert main([*words, "--recording", str(recording)]) == 0
    assert read_session(out / session.name).find_recording(out / session.name) == recording
    assert main(["convert", str(table), "--to", "edf", "--out", str(out)]) == 0


def test_that_a_session_is_made_of_a_session_whose_recording_is_still_found(session, tmp_path):
    out = tmp_path / "out"
    assert main(["convert", str(session), "--to", "session", "--out", str(out)]) == 0
    made = out / session.name
    assert read_session(made).find_recording(made) == session.with_suffix(".edf")


def test_that_a_copy_with_annotations_of_a_session_is_named_as_its_recording(session, tmp_path):
    assert main(["convert", str(session), "--to", "edf-copy", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "SC4001-first5min-scored.edf").exists()


def test_that_what_is_wrong_with_a_session_can_be_followed_at_a_terminal(session, tmp_path, capsys):
    cut = tmp_path / "cut.h5"
    cut.write_bytes(session.read_bytes()[:-100])
    assert main(["stats", str(cut)]) == 1
    told = capsys.readouterr().err
    assert "Go on with the recording itself" in told
    assert "pen the" not in told
