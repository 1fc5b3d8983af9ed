"""Tables of other programs: what is right for each, and what is asked where nothing says it."""

import itertools
import json
import sys
import time
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.domain.alignment import StoredScoring, align, on_own_grid
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.stages import Stage
from sleepscorer.io.questions import QuestionError, answered, by_words
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import read_scoring, recognised_format
from sleepscorer.io.tables.cells import MOST_ROWS

START = datetime(2026, 3, 1, 22, 0)
NIGHT = (("W", 4), ("N1", 2), ("N2", 40), ("N3", 30), ("R", 20), ("W", 24))

# What nothing in the file decides, and the answer.
ANSWERS = {
    "A12-one-number-a-second.txt": {"epoch": "1"},
    "B01-numbers-0W-1R-2S1-3S2-4S3-5S4-8.txt": {"coding": "0w-1r-2n1"},
    "B02-numbers-5W-4R-3N1-2N2-1N3-every-5s.txt": {"coding": "5w-4r-3n1"},
}
CASES = (
    *(f"A{number:02d}" for number in range(1, 17)),
    *("B01", "B02", "C02", "C03", "H07", "H08", "H09", "H10", "H11", "H12", "H14", "H15", "J02"),
)


def identity_of(path: Path) -> RecordingIdentity:
    recording = open_recording(path)
    recording.close()
    return RecordingIdentity.of(recording)


def runs_of(stages) -> list[list[object]]:
    return [[stage.label or "?", len(list(run))] for stage, run in itertools.groupby(stages)]


def aligned_runs(stored: StoredScoring, recording: RecordingIdentity | None) -> list[list[object]]:
    if recording is None:
        return runs_of(on_own_grid(stored).scoring.stages)
    aligned = align(stored, start=recording.start, duration_s=recording.duration_s)
    return runs_of(aligned.scoring.stages)


@pytest.mark.parametrize("case", CASES)
def test_that_a_reported_situation_is_read_rightly_or_asked_about(case, sleepscorer_data):
    folder = sleepscorer_data / "field-cases"
    expected = json.loads((folder / "expected-stages.json").read_text())
    (name,) = [name for name in expected if name.startswith(case)]
    recording_name = expected[name]["recording"]
    recording = identity_of(folder / recording_name) if recording_name else None
    path = folder / name
    if name in ANSWERS:
        with pytest.raises(QuestionError, match=name):
            read_scoring(path, recording)
    stored = answered(lambda: read_scoring(path, recording), by_words(ANSWERS.get(name, {})))
    assert aligned_runs(stored, recording) == expected[name]["stages"]


def test_that_lights_of_remlogic_are_lights(sleepscorer_data):
    stored = read_scoring(sleepscorer_data / "field-cases" / "D03-remlogic-lights.txt")
    assert (stored.lights.off_s, stored.lights.on_s) == (60.0, 3300.0)


@pytest.mark.parametrize(("number", "n_staged"), [(1, 1358), (2, 848)])
def test_that_real_noxturnal_lists_are_read(number, n_staged, sleepscorer_data):
    path = sleepscorer_data / "annotations" / f"noxturnal-french-{number}.csv"
    assert recognised_format(path).id == "noxturnal"
    stored = read_scoring(path)
    assert isinstance(stored.start, datetime)
    staged = [span for span in stored.spans if span.score.stage is not Stage.UNSCORED]
    assert len(staged) == n_staged
    assert {span.duration_s for span in staged} == {30.0}
    assert any(event.kind is EventKind.AROUSAL for event in stored.events)


RECORDING = RecordingIdentity("night.edf", START, 3600.0, ())


def read(tmp_path: Path, text: str | bytes, recording=RECORDING, **answers: str):
    path = tmp_path / "night.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    words = {topic.replace("_", "-"): answer for topic, answer in answers.items()}
    stored = answered(lambda: read_scoring(path, recording), by_words(words))
    return stored, aligned_runs(stored, recording)


def epochs() -> list[str]:
    return [stage for stage, length in NIGHT for _ in range(length)]


def night_rows(row_of) -> str:
    return "\n".join(row_of(epoch, stage) for epoch, stage in enumerate(epochs()))


def clock(epoch: int, seconds: int = 30) -> str:
    at = 22 * 3600 + epoch * seconds
    return f"{at // 3600 % 24:02d}:{at // 60 % 60:02d}:{at % 60:02d}"


WHOLE = [[stage, length] for stage, length in NIGHT]
NUMBERS = {"W": 0, "N1": 1, "N2": 2, "N3": 3, "R": 5}
GERMAN = {"W": "Wach", "N1": "Stadium 1", "N2": "Stadium 2", "N3": "Stadium 3", "R": "REM"}
SPANISH = {"W": "Vigilia", "N1": "N1", "N2": "N2", "N3": "N3", "R": "REM"}


@pytest.mark.parametrize(
    "text",
    [
        # Runs with an onset and a duration
        "# onset, duration, description, ch_names\n0,120,W,\n120,60,N1,\n180,1200,N2,\n"
        "1380,900,N3,\n2280,600,R,\n2880,720,W,\n",
        "Beginn;Dauer;Schlafstadium\n0,0;120,0;Wach\n120,0;60,0;Stadium 1\n180,0;1200,0;Stadium 2\n"
        "1380,0;900,0;Stadium 4\n2280,0;600,0;REM\n2880,0;720,0;Wach\n",
        "onset (min)\tduration (min)\tstage\n0\t2\tW\n2\t1\tN1\n3\t20\tN2\n23\t15\tN3\n38\t10\tR\n"
        "48\t12\tW\n",
        "Stage,End Time,Start Time\nWake,10:02:00 PM,10:00:00 PM\nN1,10:03:00 PM,10:02:00 PM\n"
        "N2,10:23:00 PM,10:03:00 PM\nN3,10:38:00 PM,10:23:00 PM\nREM,10:48:00 PM,10:38:00 PM\n"
        "Wake,11:00:00 PM,10:48:00 PM\n",
        # An epoch a row, in several languages and orders
        "Época;Hora;Fase de sueño\n"
        + night_rows(lambda epoch, stage: f"{epoch + 1};{clock(epoch)};{SPANISH[stage]}"),
        "Stadium\tUhrzeit\tDatum\n"
        + night_rows(lambda epoch, stage: f"{GERMAN[stage]}\t{clock(epoch)}\t01.03.2026"),
        "Data,Ora di inizio,Stadio\n"
        + night_rows(lambda epoch, stage: f"13/01/2026,{clock(epoch)},{stage}"),
        "Estágio|Início\n" + night_rows(lambda epoch, stage: f"{stage}|{30 * epoch}"),
        # Times among other columns without names
        night_rows(lambda epoch, stage: f"{epoch},{clock(epoch)},{stage},0"),
        night_rows(lambda epoch, stage: f"{stage};{30 * epoch}"),
        night_rows(lambda epoch, stage: f"{epoch + 1}\t{stage}\t30"),
        # 20-s epochs
        "onset,stage\n"
        + "\n".join(
            f"{20 * index},{stage}"
            for index, stage in enumerate(
                stage for stage, length in NIGHT for _ in range(length * 3 // 2)
            )
        ),
        # Numbers in a table whose rows stand in another order
        "stage,onset\n"
        + "\n".join(
            reversed([f"{NUMBERS[stage]},{30 * epoch}" for epoch, stage in enumerate(epochs())])
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_that_columns_are_known_by_their_meaning(text, encoding, ending, tmp_path):
    _, runs = read(tmp_path, text.replace("\n", ending).encode(encoding))
    assert runs == WHOLE


@pytest.mark.parametrize("word", ["nan", "n/a", '""', "NS", "L", "X", "7.5", "-", "?"])
def test_that_a_first_epoch_without_a_stage_shifts_nothing(word, tmp_path):
    _, runs = read(tmp_path, "\n".join([word, *epochs()[1:]]))
    assert runs == [["?", 1], ["W", 3], *WHOLE[1:]]


@pytest.mark.parametrize("word", ["hypnogram", "[Hypnogram_1]", "# stages", "Stade"])
def test_that_a_heading_is_no_epoch(word, tmp_path):
    assert read(tmp_path, "\n".join([word, *epochs()]))[1] == WHOLE


def test_that_a_first_line_that_may_be_either_is_asked_about(tmp_path):
    text = "\n".join(["Subject_7", *epochs()])
    with pytest.raises(ScoringError, match="--answer first-line=heading"):
        read(tmp_path, text)
    assert read(tmp_path, text, first_line="heading")[1] == WHOLE
    assert read(tmp_path, text, first_line="epoch")[1][:2] == [["?", 1], ["W", 4]]


def test_that_empty_lines_and_comments_whose_place_may_count_are_asked_about(tmp_path):
    with pytest.raises(ScoringError, match="--answer empty-lines=skipped"):
        read(tmp_path, "stage\n\n\nW\nN1\n")
    assert read(tmp_path, "stage\n\n\nW\nN1\n", empty_lines="epochs")[1][0] == ["?", 2]
    with pytest.raises(ScoringError, match="line 2 among the stages begins as comments do"):
        read(tmp_path, "W\n# to the toilet\nN1\n")
    assert read(tmp_path, "W\n#\nN1\n", comments="skipped")[1][:2] == [["W", 1], ["N1", 1]]


@pytest.mark.parametrize("word", ["A", "Artefakt", "Movement", "x", "", "noise"])
def test_that_a_word_that_is_no_stage_is_an_epoch_without_one(word, tmp_path):
    text = "onset,stage\n" + night_rows(
        lambda epoch, stage: f"{30 * epoch},{word if epoch == 50 else stage}"
    )
    stored, runs = read(tmp_path, text)
    assert runs == [["W", 4], ["N1", 2], ["N2", 40], ["N3", 4], ["?", 1], ["N3", 25], *WHOLE[4:]]
    assert bool(stored.notes) == (word == "noise")
    assert bool(stored.remarks) == (word in ("A", "Artefakt"))


@pytest.mark.parametrize("word", ["Artefact", "Movement", "-", "Notification"])
def test_that_a_mark_never_ends_the_stage_that_it_lies_in(word, tmp_path):
    text = f"onset,duration,description\n0,3600,Sleep stage N2\n605,4,{word}\n1200,0,{word}\n"
    assert read(tmp_path, text)[1] == [["N2", 120]]


def test_that_two_columns_of_stages_are_asked_about(tmp_path):
    text = "epoch,rater 1 stage,stage\n" + night_rows(lambda e, stage: f"{e + 1},{stage},N2")
    assert read(tmp_path, text.replace("rater 1 stage", "label"), column="2")[1] == WHOLE
    with pytest.raises(ScoringError, match=r"--answer column=3 \(“stage”\)"):
        read(tmp_path, text.replace("rater 1 stage", "label"))


@pytest.mark.parametrize(
    ("numbers", "coding"),
    [
        ({"W": 0, "R": 1, "N1": 2, "N2": 3, "N3": 4}, "0w-1r-2n1"),
        ({"W": 5, "R": 4, "N1": 3, "N2": 2, "N3": 1}, "5w-4r-3n1"),
        ({"W": 1, "N1": 2, "N2": 3, "N3": 4, "R": 5}, "1w-2n1-5r"),
        ({"W": 1, "R": 2, "N1": 3, "N2": 4, "N3": 5}, "1w-2r-3n1"),
        ({"W": 5, "N1": 1, "N2": 2, "N3": 3, "R": 4}, "5w-1n1-4r"),
        ({"W": 4, "R": 3, "N1": 2, "N2": 1, "N3": 0}, "4w-3r-2n1"),
        ({"W": 0, "N1": 1, "N2": 2, "N3": 3, "R": 4}, "yasa"),
    ],
)
def test_that_numbers_of_another_coding_are_asked_about(numbers, coding, tmp_path):
    text = "\n".join(str(numbers[stage]) for stage in epochs())
    with pytest.raises(ScoringError, match=f"--answer coding={coding}"):
        read(tmp_path, text)
    assert read(tmp_path, text, coding=coding)[1] == WHOLE


def test_that_the_numbers_of_experts_rarely_raise_a_question(sleepscorer_data, tmp_path):
    n_asked = n_nights = 0
    path = tmp_path / "night.txt"
    usual = {-1: 9, 0: 0, 1: 1, 2: 2, 3: 3, 4: 5}
    for file in sorted((sleepscorer_data / "dod-scorings").glob("*.npz"))[::4]:
        for stages in np.load(file)["stages"]:
            path.write_text("\n".join(str(usual[int(stage)]) for stage in stages))
            n_nights += 1
            try:
                read_scoring(path)
            except QuestionError:
                n_asked += 1
    assert n_nights == 100
    assert n_asked <= 8


@pytest.mark.parametrize("seconds", [1, 5, 10, 15, 20])
def test_that_as_many_values_as_the_recording_has_shorter_epochs_are_such(seconds, tmp_path):
    per_epoch = 30 / seconds
    lines = [stage for stage, length in NIGHT for _ in range(round(length * per_epoch))]
    stored, runs = read(tmp_path, "\n".join(lines))
    assert runs == WHOLE
    assert f"epochs of {seconds} s" in stored.notes[0]


@pytest.mark.parametrize(
    ("begin", "expected"),
    [
        ("15/01/2016 22:00:00", datetime(2016, 1, 15, 22)),
        ("1.3.2026 22:00:00", datetime(2026, 3, 1, 22)),
        ("2026-03-01T22:00:00", datetime(2026, 3, 1, 22)),
        ("3/1/2026 10:00:00 PM", datetime(2026, 3, 1, 22)),
        ("31-12-2025 22:00", datetime(2025, 12, 31, 22)),
        ("1/3/2026 22:00:00", START.time()),  # the day or the month: the time alone is certain
        ("1970-01-01 00:00:00", None),
    ],
)
def test_that_dates_are_read_in_the_order_that_the_file_shows(begin, expected, tmp_path):
    stored, _ = read(tmp_path, f"onset,duration,description\n{begin},60,Sleep stage N2\n", None)
    assert stored.start == expected
    assert bool(stored.notes) == begin.startswith("1/3")


def test_that_times_from_midnight_are_asked_about(tmp_path):
    text = "time,stage\n" + "\n".join(
        f"{epoch // 120:02d}:{epoch // 2 % 60:02d}:{epoch % 2 * 30:02d},{stage}"
        for epoch, stage in enumerate(epochs())
    )
    assert read(tmp_path, text, times="elapsed")[1] == WHOLE
    assert read(tmp_path, text, times="clock")[1] == [["?", 120]]


def remlogic(clocks: list[str]) -> str:
    rows = [f"{at}\tSLEEP-S2\t30" for at in clocks]
    return "\n".join(["RemLogic Event Export", "", "Time [hh:mm:ss]\tEvent\tDuration[s]", *rows])


def at(seconds: int) -> str:
    return f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def test_that_a_list_whose_events_stand_before_its_stages_begins_with_the_earliest(tmp_path):
    text = remlogic([at(81000 + 30 * i) for i in range(20)])
    events = "22:34:00\tAROUSAL\t4\n22:35:10\tAPNEA-CENTRAL\t12\n"
    head, stages = text.split("Duration[s]\n")
    stored, runs = read(tmp_path, f"{head}Duration[s]\n{events}{stages}", None)
    assert runs == [["N2", 20]]
    assert [event.onset_s for event in stored.events] == [240, 310]


SPRING = RecordingIdentity("night.edf", datetime(2026, 3, 29, 1, 30), 3600.0, ())
AUTUMN = RecordingIdentity("night.edf", datetime(2026, 10, 25, 2, 30), 3600.0, ())
ORDINARY = RecordingIdentity("night.edf", datetime(2026, 3, 4, 1, 30), 9000.0, ())


def test_that_the_hour_that_clocks_skip_or_repeat_is_known_and_said(tmp_path):
    forward = [at(5400 + 30 * i + (3600 if i >= 60 else 0)) for i in range(120)]
    back = [at(9000 + 30 * i - (3600 if i >= 60 else 0)) for i in range(120)]
    for clocks, recording in ((forward, SPRING), (back, AUTUMN)):
        stored, runs = read(tmp_path, remlogic(clocks), recording)
        assert runs == [["N2", 120]]
        assert "clock" in stored.notes[0]
    assert read(tmp_path, remlogic(forward), ORDINARY)[1][:2] == [["N2", 60], ["?", 120]]
    with pytest.raises(QuestionError, match="from 01:59:30 to 03:00:00"):
        read_scoring(tmp_path / "night.txt")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("onset,duration,description\n0,30,Sleep stage W\nx,30,Sleep stage W\n", "line 3, “onset”"),
        ("onset,duration,stage\n0,30,W\n30,long,W\n", r"line 3, “duration”: “long”"),
        ("Time;Stage\n22:00:00;W\n22:61:00;W\n", r"line 3, “Time”: “22:61:00” is no clock"),
        ("Time;Stage\n2026-03-01 22:00:00;W\n22:00:30;W\n", "line 3, “Time”"),
        ("epoch,stage\n1,W\n1,N1\n", "line 3: another line has another stage at the same time"),
        ("epoch,stage\n1,W\n2.5,N1\n", r"line 3, “epoch”: “2.5” is no number of an epoch"),
        ("onset_samples,stage\n0,W\n7680,N1\n", "counts samples, not seconds"),
        ("onset,stage\n0,W\n0.5,W\n1,W\n1.5,N1\n", "hardly seconds"),
        ("onset,stage\n0,W\n30000,W\n60000,W\n", "hardly seconds"),
        ("onset,stage\n0,foo\n30,bar\n60,W\n", "line 2, “stage”: “foo” is no sleep stage"),
    ],
)
def test_that_a_row_that_makes_no_sense_is_named_with_its_line_and_column(text, message, tmp_path):
    with pytest.raises(ScoringError, match=rf"night\.txt.*{message}"):
        read(tmp_path, text)


@pytest.mark.skipif(sys.gettrace() is not None, reason="tracing takes longer than reading")
def test_that_long_files_are_read_or_refused_in_seconds(tmp_path):
    heading = "onset,duration,description\n"
    events = [f"{second},1,EEG arousal\n" for second in range(MOST_ROWS - 2)]
    began = time.process_time()
    stored, _ = read(tmp_path, heading + "".join(events), None)
    assert len(stored.events) == MOST_ROWS - 2
    assert time.process_time() - began < 5
    began = time.process_time()
    with pytest.raises(ScoringError, match="has 2500002 lines, more than any scoring"):
        read(tmp_path, heading + "0,1,W\n" * 2_500_000)
    assert time.process_time() - began < 5
