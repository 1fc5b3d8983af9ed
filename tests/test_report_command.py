"""`sleepscorer report`: each kind of file says the same of a night."""

import csv
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import docx
import numpy as np
import pytest

from sleepscorer.__main__ import main
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.exporting import KINDS
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.signals.simulation import SimulatedChannel

N_EPOCHS = 20
LETTERHEAD = 'name = "Sleep <laboratory>"\nlogo = "logo.png"\n'


@pytest.fixture
def night(tmp_path, qapp) -> Path:
    """Ten minutes of N2 on the back, one hypopnea with a fall of 4 %, and its session."""
    n_seconds = N_EPOCHS * 30
    spo2 = np.full(n_seconds, 95, np.float32)
    spo2[130:140] = 91
    signals = {
        "EEG C4-M1": ("uV", 100.0, np.zeros(n_seconds * 100, np.float32), (-500.0, 500.0)),
        "SpO2": ("%", 1.0, spo2, (0.0, 100.0)),
        "Position": ("", 1.0, np.full(n_seconds, 2, np.float32), (0.0, 10.0)),
    }
    path = tmp_path / "night.edf"
    write_edf(path, [SimulatedChannel(label, *rest) for label, rest in signals.items()], start=None)
    scoring = Scoring(
        N_EPOCHS,
        scores=[EpochScore(Stage.N2, Person("Ann"))] * N_EPOCHS,
        events=[ScoredEvent(EventKind.HYPOPNEA, 105, 20, source=Person("Ann"))],
        lights=Lights(0, n_seconds),
        scorer="Ann",
    )
    session = path.with_suffix(".h5")
    recording = open_recording(path)
    scoring_format("session").write(session, ScoredRecording.of(recording, scoring))
    recording.close()
    return session


def command(night: Path, *more: str) -> list[str]:
    return ["report", str(night), "--out", str(night.parent / "out"), "--supine", "2", *more]


def text_of(element) -> str:
    cells = [text_of(cell) for table in element.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in element.paragraphs), *cells])


def test_that_every_kind_of_report_says_the_same(night, capsys):
    (night.parent / "lab.toml").write_text('name = "Sleep <laboratory>"')
    kinds = [word for kind in KINDS for word in ("--to", kind)]
    head = ("--letterhead", str(night.parent / "lab.toml"))
    assert main(command(night, *kinds, *head, "--rule", "1b")) == 0
    out = night.parent / "out"
    assert "not signed off" in capsys.readouterr().err
    page = (out / "night-report.html").read_text("utf-8")
    word = text_of(docx.Document(out / "night-report.docx"))
    for text in ("Breathing, by rule AASM 1B", "6.0/h", "10.0 min", "91.0 %", "not scored"):
        assert text in page
        assert text in word
    assert "Sleep <laboratory>" in word
    table = (out / "night-report.csv").read_text("utf-8").splitlines()
    rows = {row["parameter"]: row for row in csv.DictReader(table)}
    assert rows["ahi_1b"]["remark"].startswith("Rule chosen")
    assert rows["ahi_1b_supine"]["value"] == rows["ahi_1b"]["value"] == "6.0"
    assert rows["plms"]["remark"] == "not scored"
    (document,) = json.loads((out / "night-report.json").read_text("utf-8"))
    assert document["rule"] == "AASM 1B, CMS (4 %)"
    assert document["statistics"]["spo2_lowest"]["value"] == 91
    assert {one["part"] for one in document["asleep"]} == {"rem", "nrem", "supine", "not_supine"}
    assert any("Arousals are not scored" in one["text"] for one in document["checks"])
    assert (out / "night-report.pdf").read_bytes().startswith(b"%PDF")


def test_that_the_template_of_the_letterhead_arranges_each_page_and_no_table(night, capsys):
    (night.parent / "lab.toml").write_text('template = "own.html"')
    template = night.parent / "own.html"
    kinds = [word for kind in KINDS for word in ("--to", kind)]
    words = command(night, *kinds, "--letterhead", str(night.parent / "lab.toml"), "--rule", "1b")
    template.write_text("a\n{{ figures.ahi_1x.value }}")
    assert main(words) == 1
    assert "own.html, line 2: it names what no report has" in capsys.readouterr().err
    out = night.parent / "out"
    assert not list(out.iterdir())
    template.write_text("<p>Own: {{ figures.ahi_1b.value }}, {{ rule }}</p>{{ blocks.figure }}")
    assert main(words) == 0
    page = (out / "night-report.html").read_text("utf-8")
    word = text_of(docx.Document(out / "night-report.docx"))
    for text in ("Own: 6.0/h, AASM 1B", "Not a medical device", "Signed off:", "Reviewed and"):
        assert text in page
        assert text in word
    assert "Breathing, by rule" not in page
    assert (out / "night-report.pdf").read_bytes().startswith(b"%PDF")
    (document,) = json.loads((out / "night-report.json").read_text("utf-8"))
    assert document["statistics"]["ahi_1b"]["value"] == 6


def test_that_the_pages_are_german_when_asked(night):
    try:
        assert main(command(night, "--to", "html", "--language", "de")) == 0
    finally:
        assert main(command(night, "--to", "html", "--language", "en", "--overwrite")) == 0
    assert "Before it is signed" in (night.parent / "out" / "night-report.html").read_text("utf-8")


def test_that_a_report_that_is_there_is_left_alone(night, capsys):
    target = night.parent / "out" / "night-report.html"
    target.parent.mkdir()
    target.write_text("signed")
    main(command(night, "--to", "html"))
    assert target.read_text() == "signed"


def test_that_a_channel_that_is_not_there_and_a_rule_that_is_none_are_refused(night, capsys):
    assert main(command(night, "--role", "thermistor=AUX 3")) == 1
    assert "AUX 3" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(command(night, "--no-arousal"))


def test_that_a_report_for_word_without_its_library_says_what_to_install(
    night, capsys, monkeypatch
):
    monkeypatch.setitem(sys.modules, "docx", None)
    assert main(command(night, "--to", "docx")) == 1
    assert "pip install 'sleepscorer[word]'" in capsys.readouterr().err


# Naps: one sheet of all files


def nap(folder: Path, hour: int, letters: str, patient_code: str = "K-1") -> Path:
    """A recording of a nap, one letter an epoch, and its session."""
    stages = {"W": Stage.W, "1": Stage.N1, "2": Stage.N2, "R": Stage.R}
    path = folder / f"nap-{hour:02d}.edf"
    samples = np.zeros(len(letters) * 30 * 100, np.float32)
    eeg = SimulatedChannel("EEG C4-M1", "uV", 100.0, samples, (-500.0, 500.0))
    write_edf(path, [eeg], start=datetime(2026, 3, 2, hour), patient_code=patient_code)
    scoring = Scoring(
        len(letters),
        scores=[EpochScore(stages[letter], Person("Ann")) for letter in letters],
        lights=Lights(0, len(letters) * 30),
        scorer="Ann",
        sign_off=SignOff("Head", datetime(2026, 3, 3, tzinfo=UTC)),
    )
    recording = open_recording(path)
    scoring_format("session").write(path.with_suffix(".h5"), ScoredRecording.of(recording, scoring))
    recording.close()
    return path.with_suffix(".h5")


def of_naps(*sessions: Path) -> list[str]:
    out = str(sessions[0].parent / "out")
    return ["report", *map(str, sessions), "--out", out]


@pytest.mark.parametrize(
    ("test", "title"),
    [
        ("mslt", "Multiple Sleep Latency Test (MSLT)"),
        ("mwt", "Maintenance of Wakefulness Test (MWT)"),
    ],
)
def test_that_every_kind_of_sheet_of_naps_says_the_same(tmp_path, qapp, capsys, test, title):
    sessions = nap(tmp_path, 9, "W" * 8 + "1" * 4 + "2" * 30), nap(tmp_path, 11, "W" * 80)
    kinds = [word for kind in KINDS for word in ("--to", kind)]
    assert main([*of_naps(*sessions), f"--{test}", *kinds]) == 0
    told = capsys.readouterr().err
    assert told.startswith("2 files → ")
    out = tmp_path / "out"
    assert {path.name for path in out.iterdir()} == {f"nap-09-{test}.{kind}" for kind in KINDS}
    page = (out / f"nap-09-{test}.html").read_text("utf-8")
    word = text_of(docx.Document(out / f"nap-09-{test}.docx"))
    for text in (title, "K-1", "nap-09.edf, nap-11.edf", "Nap 2", "4.0 min", "Before it is signed"):
        assert text in page
        assert text in word
    assert "Ann" in page
    assert "Head" not in page, "who signed off is not who scored"
    rows = list(csv.DictReader((out / f"nap-09-{test}.csv").read_text("utf-8").splitlines()))
    latencies = [(row["file"], row["value"]) for row in rows if row["parameter"] == "nap_latency"]
    assert latencies == [
        ("nap-09.edf", "4.0"),
        ("nap-11.edf", "20.0" if test == "mslt" else "40.0"),
    ]
    document = json.loads((out / f"nap-09-{test}.json").read_text("utf-8"))
    assert document["test"] == test
    assert [one["file"] for one in document["naps"]] == ["nap-09.edf", "nap-11.edf"]
    assert document["naps"][0]["statistics"]["nap_latency"]["value"] == 4
    assert (out / f"nap-09-{test}.pdf").read_bytes().startswith(b"%PDF")


def test_that_naps_of_two_patients_and_a_sheet_that_is_there_are_left_alone(tmp_path, qapp, capsys):
    sessions = nap(tmp_path, 9, "W" * 40), nap(tmp_path, 11, "W" * 40, "K-2")
    words = [*of_naps(*sessions), "--mslt", "--to", "html"]
    assert main(words) == 1
    assert "of several patients: K-1, K-2" in capsys.readouterr().err
    target = tmp_path / "out" / "nap-09-mslt.html"
    assert not target.exists()
    target.write_text("signed")
    assert main([*of_naps(sessions[0]), "--mslt", "--to", "html"]) == 1
    assert "there already" in capsys.readouterr().err
    assert target.read_text() == "signed"


def test_that_naps_take_no_time_of_treatment(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main([*of_naps(tmp_path / "nap.h5"), "--mslt", "--treated-from", "01:10"])
    assert "leave --treated-from out" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--rule", "1b"],
        ["--fall", "4"],
        ["--fall", "4", "--no-arousal"],
        ["--role", "chin=EMG"],
        ["--supine", "0"],
    ],
)
def test_that_naps_take_nothing_that_is_about_events(tmp_path, capsys, words):
    for test in ("--mslt", "--mwt"):
        with pytest.raises(SystemExit) as ended:
            main([*of_naps(tmp_path / "nap.h5"), test, *words])
        assert ended.value.code == 2
        assert f"leave {words[0]} out" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--letterhead", "lab.toml"], ["--language", "de"]])
def test_that_tables_alone_take_nothing_that_is_about_pages(tmp_path, capsys, option):
    out = ["--out", str(tmp_path / "out")]
    for words in (["report", "a.h5"], ["exercise", "compare", "a.h5", "b.h5"]):
        with pytest.raises(SystemExit) as ended:
            main([*words, *out, "--to", "csv", "--to", "json", *option])
        assert ended.value.code == 2
        assert f"leave {option[0]} out" in capsys.readouterr().err


def test_that_an_own_rule_is_not_named_beside_another(night, capsys):
    with pytest.raises(SystemExit):
        main(command(night, "--rule", "1a", "--fall", "4"))
    assert "not allowed with" in capsys.readouterr().err
