import csv
from datetime import datetime

import numpy as np
import pytest

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.csv_scoring import HEADER, read_csv, write_csv

IDENTITY = RecordingIdentity("night.edf", datetime(2026, 12, 31, 23, 59, 30), 140.5, ("EEG",))


def scored(scoring: Scoring, identity: RecordingIdentity = IDENTITY) -> ScoredRecording:
    return ScoredRecording(identity, scoring)


def test_that_the_header_is_the_one_that_is_documented():
    assert HEADER == (
        "epoch,clock_time,onset_s,duration_s,stage,source,confidence,p_w,p_n1,p_n2,p_n3,p_r,comment"
    )


def test_that_every_epoch_has_its_row_with_stage_source_and_probabilities(tmp_path):
    probabilities = np.array(
        [[0.7, 0.1, 0.1, 0.05, 0.05], [0.1, 0.2, 0.4, 0.2, 0.1], [np.nan] * 5, [0, 0, 0, 0, 1]],
        np.float32,
    )
    scores = [
        EpochScore(Stage.W, UNKNOWN_MODEL),
        EpochScore(Stage.N1, Person("Jana Müller")),
        EpochScore(),
        EpochScore(Stage.R, Person('A "B", C')),
    ]
    hypnodensity = Hypnodensity(probabilities, "Net 1", "00", "Fpz-Cz")
    path = tmp_path / "night.csv"
    write_csv(path, scored(Scoring(4, scores=scores, hypnodensity=hypnodensity)))
    assert path.read_bytes().decode() == (
        f"{HEADER}\n"
        "1,2026-12-31T23:59:30,0,30,W,model,0.7000,0.7000,0.1000,0.1000,0.0500,0.0500,\n"
        "2,2027-01-01T00:00:00,30,30,N1,Jana Müller,0.4000,0.1000,0.2000,0.4000,0.2000,0.1000,\n"
        "3,2027-01-01T00:00:30,60,30,,,,,,,,,\n"
        '4,2027-01-01T00:01:00,90,30,R,"A ""B"", C",1.0000,0.0000,0.0000,0.0000,0.0000,1.0000,\n'
    )


def test_that_probabilities_and_clock_times_are_empty_when_there_are_none(tmp_path):
    identity = RecordingIdentity("night.edf", None, 30, ("EEG",))
    scoring = Scoring(1, scores=[EpochScore(Stage.R, Person("Jana"))])
    write_csv(tmp_path / "night.csv", scored(scoring, identity))
    assert (tmp_path / "night.csv").read_text().splitlines() == [HEADER, "1,,0,30,R,Jana,,,,,,,"]


def test_that_a_recording_without_a_complete_epoch_gives_the_header_alone(tmp_path):
    write_csv(tmp_path / "night.csv", scored(Scoring(0)))
    assert (tmp_path / "night.csv").read_bytes() == f"{HEADER}\n".encode()


def test_that_a_fraction_of_a_second_of_the_start_is_kept(tmp_path):
    identity = RecordingIdentity("night.edf", datetime(2026, 1, 1, 0, 0, 0, 500_000), 30, ())
    write_csv(tmp_path / "night.csv", scored(Scoring(1), identity))
    assert "1,2026-01-01T00:00:00.500000,0," in (tmp_path / "night.csv").read_text()


def test_that_onsets_of_long_recordings_are_not_rounded(tmp_path):
    path = tmp_path / "night.csv"
    write_csv(path, scored(Scoring(40_000)))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["onset_s"]) for row in rows] == [epoch * 30 for epoch in range(40_000)]


def test_that_a_file_that_can_not_be_written_is_an_error(tmp_path):
    with pytest.raises(ScoringError, match="can't be written"):
        write_csv(tmp_path / "gone" / "night.csv", scored(Scoring(1)))


# Reading

ROW = "1,2026-12-31T23:59:30,0,30,W,model,0.7000,0.7000,0.1000,0.1000,0.0500,0.0500,"


def read(path, *rows: str, header: str = HEADER):
    path.write_text("".join(f"{line}\n" for line in (header, *rows)), encoding="utf-8")
    return read_csv(path)


def test_that_a_scoring_is_read_with_sources_probabilities_and_comments(tmp_path):
    second = "2,2027-01-01T00:00:00,30,30,N1,Jana Müller,,,,,,,sweat"
    found = read(tmp_path / "night.csv", ROW, second)
    assert found.start == datetime(2026, 12, 31, 23, 59, 30)
    assert [span.score for span in found.spans] == [
        EpochScore(Stage.W, UNKNOWN_MODEL),
        EpochScore(Stage.N1, Person("Jana Müller")),
    ]
    assert [(span.onset_s, span.duration_s) for span in found.spans] == [(0, 30), (30, 30)]
    assert found.remarks == {1: Remark("sweat")}
    np.testing.assert_allclose(found.hypnodensity.probabilities[0], [0.7, 0.1, 0.1, 0.05, 0.05])
    assert np.isnan(found.hypnodensity.probabilities[1]).all()


def test_that_without_clock_times_and_probabilities_there_are_none(tmp_path):
    found = read(tmp_path / "night.csv", "1,,0,30,R,,,,,,,,")
    assert found.start is None
    assert found.hypnodensity is None
    assert found.remarks == {}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1,,0,30,W", r"line 3: there are 5 cells, not 13"),
        (ROW.replace(",W,", ",REM,"), r"line 3: “REM” is no stage; write W, N1, N2, N3, R"),
        (ROW.replace(",0,30,", ",x,30,"), r"line 3"),
        (ROW.replace(",0,30,", ",-30,30,"), r"line 3"),
        (ROW.replace(",0,30,", ",nan,30,"), r"line 3"),
        (ROW.replace(",0,30,", ",0,1e12,"), r"line 3: the epoch is after any recording"),
        (ROW.replace("0.0500,0.0500", "0.5,0.5"), r"row 0 is not a probability distribution"),
        (ROW.replace("0.0500,0.0500", "0.05,"), r"line 3"),
        ('1,,0,30,W,"' + "x" * 200_000 + '",,,,,,,', r"line 3: field larger than field limit"),
    ],
)
def test_that_a_row_that_makes_no_sense_is_refused_by_its_line(tmp_path, row, message):
    with pytest.raises(ScoringError, match=rf"night\.csv.*{message}"):
        read(tmp_path / "night.csv", "1,,0,30,W,,,,,,,,", row)


@pytest.mark.parametrize("clock_time", ["yesterday", "0001-01-01T00:00:00", "2026-13-01T00:00:00"])
def test_that_a_clock_time_that_is_none_is_refused(tmp_path, clock_time):
    with pytest.raises(ScoringError, match="is no date and time"):
        read(tmp_path / "night.csv", f"2,{clock_time},30,30,W,,,,,,,,")


@pytest.mark.parametrize("header", ["", "epoch,stage", HEADER.upper()])
def test_that_a_file_with_other_columns_is_refused(tmp_path, header):
    with pytest.raises(
        ScoringError, match=r"night\.csv does not begin with the names “epoch,clock"
    ):
        read(tmp_path / "night.csv", ROW, header=header)


@pytest.mark.parametrize("n_rows", [0, 100_001])
def test_that_a_file_with_no_epochs_or_too_many_is_refused(tmp_path, n_rows):
    with pytest.raises(ScoringError, match=f"has {n_rows} epochs, which is no night"):
        read(tmp_path / "night.csv", *["1,,0,30,W,,,,,,,,"] * n_rows)
