"""`sleepscorer exercise`: epochs are drawn, scored by others, and compared with the key."""

import csv
import json
from pathlib import Path

import docx
import numpy as np
import pytest

from sleepscorer.__main__ import main
from sleepscorer.domain.exercise import marked
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring, stage_edit
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.exporting import KINDS
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.io.session import read_session
from sleepscorer.signals.simulation import SimulatedChannel

N_EPOCHS, N_DRAWN = 40, 10
SESSION = scoring_format("session")


@pytest.fixture
def key(tmp_path: Path, qapp) -> Path:
    """Twenty minutes of all stages by Ann, beside their recording."""
    path = tmp_path / "night.edf"
    samples = np.zeros(N_EPOCHS * 30 * 100, np.float32)
    eeg = SimulatedChannel("EEG C4-M1", "uV", 100.0, samples, (-500.0, 500.0))
    write_edf(path, [eeg], start=None)
    scores = [EpochScore(SCORED_STAGES[one % 5], Person("Ann")) for one in range(N_EPOCHS)]
    scoring = Scoring(N_EPOCHS, scores=scores, lights=Lights(0, N_EPOCHS * 30), scorer="Ann")
    recording = open_recording(path)
    SESSION.write(path.with_suffix(".h5"), ScoredRecording.of(recording, scoring))
    recording.close()
    return path.with_suffix(".h5")


@pytest.fixture
def drawn(key: Path) -> Path:
    """The session to be scored."""
    words = ["exercise", "draw", str(key), "--out", str(key.parent), "--epochs", f"{N_DRAWN}"]
    assert main(words) == 0
    return key.with_name("night-exercise.h5")


def answer(drawn: Path, target: Path, scorer: str, n_scored: int = N_DRAWN) -> str:
    """Write the drawn epochs as somebody scored them who takes each for N2."""
    scored = read_session(drawn).scored
    _, epochs = marked(scored.scoring)
    if n_scored:
        scored.scoring.apply(stage_edit(epochs[:n_scored], Stage.N2, Person(scorer or "?")))
    target.parent.mkdir(exist_ok=True)
    scoring = Scoring(
        len(scored.scoring),
        scores=scored.scoring.scores,
        remarks=scored.scoring.remarks,
        scorer=scorer,
    )
    SESSION.write(target, ScoredRecording(scored.recording, scoring, scored.path))
    return str(target)


def compare(key: Path, *words: str) -> int:
    return main(["exercise", "compare", str(key), "--out", str(key.parent / "out"), *words])


def text_of(element) -> str:
    cells = [text_of(cell) for table in element.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in element.paragraphs), *cells])


def test_that_drawn_epochs_are_marked_and_none_has_a_stage(key, drawn, capsys):
    scoring = read_session(drawn).scored.scoring
    assert set(scoring.stages) == {Stage.UNSCORED}
    seed, epochs = marked(scoring)
    assert (seed, len(epochs)) == (1, N_DRAWN)
    before = drawn.read_bytes()
    words = ["exercise", "draw", str(key), "--out", str(key.parent), "--epochs", "5"]
    assert main(words) == 1
    assert "there already" in capsys.readouterr().err
    assert drawn.read_bytes() == before
    with pytest.raises(SystemExit):
        main([*words, "--seed", "-1"])
    assert main([*words, "--overwrite"]) == 0
    assert len(marked(read_session(drawn).scored.scoring)[1]) == 5


def test_that_every_kind_of_sheet_has_a_page_of_each_scorer(key, drawn, capsys):
    answers = (
        answer(drawn, key.parent / "bea.h5", "Bea"),
        answer(drawn, key.parent / "cyd.h5", "Cyd", n_scored=9),
    )
    assert compare(key, *answers, *(word for kind in KINDS for word in ("--to", kind))) == 0
    told = capsys.readouterr().err
    assert "bea.h5, Bea: 20.0 % of 10 epochs, κ 0.000." in told
    assert "cyd.h5, Cyd: 22.2 % of 9 epochs, κ 0.000." in told
    out = key.parent / "out"
    page = (out / "night-exercise.html").read_text("utf-8")
    word = text_of(docx.Document(out / "night-exercise.docx"))
    for said in (page, word):
        # One page after the other: whose it is, what it says, and where it is signed.
        places = [said.index(one) for one in ("bea.h5", "20.0 %", "cyd.h5", "22.2 %")]
        assert places == sorted(places)
        assert said.count("Signed by the scorer") == said.count("Signed by the director") == 2
        assert said.count("1 epoch of the exercise has no stage") == 1
    pdf = (out / "night-exercise.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 2
    table = (out / "night-exercise.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(table))
    assert [(row["file"], row["scorer"]) for row in rows[::N_DRAWN]] == [
        ("bea.h5", "Bea"),
        ("cyd.h5", "Cyd"),
    ]
    assert len(rows) == 2 * N_DRAWN
    assert all(row["stage"] == "N2" for row in rows[:N_DRAWN])
    assert {row["key"] for row in rows} == {stage.label for stage in SCORED_STAGES}
    assert [int(row["epoch"]) for row in rows[:N_DRAWN]] == [
        one + 1 for one in marked(read_session(drawn).scored.scoring)[1]
    ]
    bea, cyd = json.loads((out / "night-exercise.json").read_text("utf-8"))
    assert (bea["key_by"], bea["scorer"], bea["file"]) == ("Ann", "Bea", "bea.h5")
    assert (bea["agreement"], bea["n_both"], bea["not_scored"]) == (0.2, 10, 0)
    assert (cyd["agreement"], cyd["n_both"], cyd["not_scored"]) == (0.2222, 9, 1)


def test_that_an_answer_without_any_stage_is_refused(key, drawn, capsys):
    open_yet = answer(drawn, key.parent / "open.h5", "Bea", n_scored=0)
    assert compare(key, open_yet, "--to", "html", "--to", "csv", "--to", "json") == 1
    told = capsys.readouterr().err
    assert told == "open.h5: Nobody scored an epoch of the exercise yet.\n"
    assert not (key.parent / "out").exists()


def test_that_a_number_that_is_not_defined_is_null(key, drawn):
    scored = read_session(key).scored
    scored.scoring.apply(stage_edit(tuple(range(N_EPOCHS)), Stage.N2, Person("Ann")))
    SESSION.write(key, scored)
    assert compare(key, answer(drawn, key.parent / "bea.h5", "Bea"), "--to", "json") == 0
    text = (key.parent / "out" / "night-exercise.json").read_text("utf-8")
    assert "nan" not in text.lower()
    (document,) = json.loads(text)
    assert (document["agreement"], document["kappa"]) == (1, None)


def test_that_answers_without_a_name_and_of_the_same_name_are_told_apart(key, drawn, capsys):
    answers = [answer(drawn, key.parent / folder / drawn.name, "") for folder in ("b", "c")]
    assert compare(key, *answers, "--to", "html", "--to", "csv") == 0
    told = capsys.readouterr().err
    page = (key.parent / "out" / "night-exercise.html").read_text("utf-8")
    table = (key.parent / "out" / "night-exercise.csv").read_text("utf-8").splitlines()
    for name in ("b/night-exercise.h5", "c/night-exercise.h5"):
        assert f"{name}, not signed: 20.0 %" in told
        assert f"Ann and {name}" in page
        assert sum(row["file"] == name for row in csv.DictReader(table)) == N_DRAWN
    assert page.count("Signed by the scorer") == 2


def test_that_an_answer_of_another_night_and_one_without_an_exercise_are_refused(
    key, drawn, capsys
):
    foreign = key.with_name("foreign.h5")
    scored = read_session(drawn).scored
    identity = RecordingIdentity("other.edf", None, N_EPOCHS * 30.0, ("EEG Fpz-Cz",))
    SESSION.write(foreign, ScoredRecording(identity, scored.scoring))
    assert compare(key, str(foreign)) == 1
    assert "foreign.h5 is not of the recording of the key" in capsys.readouterr().err
    assert compare(key, str(key)) == 1
    assert "night.h5: It holds no exercise" in capsys.readouterr().err
    assert not (key.parent / "out").exists()


def test_that_a_sheet_that_is_there_is_left_alone_unless_it_is_to_be_overwritten(
    key, drawn, capsys
):
    target = key.parent / "out" / "night-exercise.csv"
    target.parent.mkdir()
    target.write_text("signed")
    answered = answer(drawn, key.parent / "bea.h5", "Bea")
    assert compare(key, answered, "--to", "csv", "--to", "html") == 1
    assert "there already" in capsys.readouterr().err
    assert target.read_text() == "signed"
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert compare(key, answered, "--to", "csv", "--overwrite") == 0
    assert target.read_text().startswith("file,")
