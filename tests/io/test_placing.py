"""Scorings of other programs, and where in the recording they belong."""

import itertools
import json
from contextlib import closing
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from sleepscorer.__main__ import main
from sleepscorer.domain.alignment import Alignment, StoredScoring, align, on_own_grid, spans_of
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_annotation_file
from sleepscorer.io.questions import QuestionError
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import SCORING_FORMATS, read_scoring, scoring_format

START = datetime(2026, 3, 1, 22, 0)
W, N1, N2, N3, R, U = Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R, Stage.UNSCORED
NIGHT = [W] * 4 + [N1] * 2 + [N2] * 10 + [N3] * 6 + [R] * 8


def runs(stages) -> list[list[object]]:
    return [[stage.label or "?", len(list(some))] for stage, some in itertools.groupby(stages)]


def placed(stored: StoredScoring, n_epochs: int = 120, start: datetime | None = START) -> Alignment:
    return align(stored, start=start, duration_s=30.0 * n_epochs)


def scored(start: datetime | None, stages=NIGHT) -> ScoredRecording:
    scoring = Scoring(len(stages), scores=[EpochScore(stage) for stage in stages])
    return ScoredRecording(RecordingIdentity("night", start, 30.0 * len(stages), ()), scoring)


# --- the files of field-cases ---------------------------------------------------------------------

CASES = (
    *("C01-hypnogram-startdate-X-000000.edf", "C03-remlogic-begins-5min-later.txt"),
    *("C04-hypnogram-date-a-day-early.edf", "H01-luna-seconds-and-clock-times-mixed.annot"),
    *("H02-luna-20s-epoch-codes.annot", "H03-luna-last-until-end.annot"),
    *("H04-luna-no-heading.annot", "H05-luna-preamble-only.annot"),
    *("H06-luna-grouped-by-class.annot", "H13-profusion-unscored-minus1.xml"),
    "H14-bids-sleep-stage-words_events.tsv",
)


@pytest.mark.parametrize("name", CASES)
def test_that_a_file_of_another_program_gives_the_right_stages(name, sleepscorer_data):
    folder = sleepscorer_data / "field-cases"
    expected = json.loads((folder / "expected-stages.json").read_text())[name]
    stored = read_scoring(folder / name)
    if expected["recording"] is None:
        aligned = on_own_grid(stored)
    else:
        with closing(open_recording(folder / expected["recording"])) as recording:
            start, duration_s = recording.start, recording.duration_s
        aligned = align(stored, start=start, duration_s=duration_s)
    assert runs(aligned.scoring.stages) == expected["stages"]


def test_that_lights_in_seconds_stay_where_they_are_beside_stages_by_the_clock(sleepscorer_data):
    path = sleepscorer_data / "field-cases" / "H01-luna-seconds-and-clock-times-mixed.annot"
    assert placed(read_scoring(path)).scoring.lights == Lights(60.0)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("I01-two-scorers-runs_events.tsv", ("expert", "program")),
        (
            "I02-two-scorers-two-annotation-signals.edf",
            ("annotation-signal-1", "annotation-signal-2"),
        ),
    ],
)
def test_that_two_scorers_in_a_file_are_asked_about(
    name, answers, sleepscorer_data, tmp_path, capsys
):
    path = sleepscorer_data / "field-cases" / name
    with pytest.raises(QuestionError) as caught:
        read_scoring(path)
    assert {option.answer for option in caught.value.options} == set(answers)
    nights = {tuple(placed(one.read()).scoring.stages) for one in caught.value.options}
    assert len(nights) == 2
    assert all(U not in night for night in nights)
    arguments = ["convert", str(path), "--to", "yasa", "--out", str(tmp_path)]
    assert main(arguments) == 1
    assert f"--answer scorer={answers[0]}" in capsys.readouterr().err
    assert main([*arguments, "--answer", f"scorer={answers[1]}"]) == 0


# --- what is not known of a start -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "known"),
    [
        (datetime(1985, 1, 1), None),
        (datetime(1970, 1, 1), None),
        (datetime(1985, 1, 1, 22, 5), time(22, 5)),
        (datetime(1970, 1, 1, 0, 30), time(0, 30)),
        (datetime(2026, 3, 1), datetime(2026, 3, 1)),
        (time(0, 0), time(0, 0)),
        (None, None),
    ],
)
def test_that_a_date_for_no_date_is_none_and_midnight_of_it_is_nothing(stated, known):
    assert known_start(stated) == known


@pytest.mark.parametrize("format_id", ["edf", "edf-rk", "csv", "json", "session"])
@pytest.mark.parametrize("no_start", [None, datetime(1985, 1, 1), datetime(1970, 1, 1)])
def test_that_a_scoring_without_a_start_begins_with_the_recording(format_id, no_start, tmp_path):
    if no_start == datetime(1970, 1, 1) and format_id.startswith("edf"):
        pytest.skip("EDF+ has no year 1970")
    row = scoring_format(format_id)
    path = tmp_path / row.file_name("night.edf")
    row.write(path, scored(no_start))
    aligned = placed(read_scoring(path))
    assert list(aligned.scoring.stages)[:30] == NIGHT
    assert "does not say when it begins" in aligned.mismatches[0]


def test_that_a_recording_without_a_start_takes_any_scoring_from_its_beginning():
    stored = StoredScoring(START, spans_of([EpochScore(stage) for stage in NIGHT]))
    for start in (None, datetime(1985, 1, 1)):
        aligned = placed(stored, 30, start)
        assert list(aligned.scoring.stages) == NIGHT
        assert "recording does not say when it begins" in aligned.mismatches[0]


def edfbrowser_xml(path: Path, begins: datetime) -> Path:
    annotations = "".join(
        f"<annotation><onset>{(begins + timedelta(seconds=30 * e)).isoformat()}</onset>"
        f"<duration>30</duration><description>{stage.label}</description></annotation>"
        for e, stage in enumerate(NIGHT)
    )
    path.write_text(f"<annotationlist>{annotations}</annotationlist>")
    return path


@pytest.mark.parametrize(
    ("begins", "first", "answer"),
    [
        (datetime(1985, 1, 1, 0, 2), 4, "elapsed"),
        (datetime(1985, 1, 1, 0, 2), 244, "clock"),
        (datetime(1970, 1, 1, 0, 1), 2, "elapsed"),
        (datetime(1985, 1, 1, 22, 5), 10, None),
        (datetime(1985, 1, 1), 0, None),
        (datetime(2026, 3, 2, 0, 2), 244, None),
    ],
)
def test_that_times_of_no_date_are_clock_times_or_a_question(begins, first, answer, tmp_path):
    path = edfbrowser_xml(tmp_path / "night.xml", begins)
    if answer is None:
        stored = read_scoring(path)
    else:
        with pytest.raises(QuestionError) as caught:
            read_scoring(path)
        (option,) = (one for one in caught.value.options if one.answer == answer)
        stored = option.read()
    stages = list(placed(stored, 300).scoring.stages)
    assert stages[first : first + 30] == NIGHT


def test_that_two_scorings_in_an_nsrr_file_are_refused(tmp_path):
    path = tmp_path / "night.xml"
    events = "".join(
        f"<ScoredEvent><EventType>Stages|Stages</EventType><EventConcept>{name}</EventConcept>"
        f"<Start>0</Start><Duration>900</Duration></ScoredEvent>"
        for name in ("Wake|0", "Stage 2 sleep|2")
    )
    path.write_text(f"<PSGAnnotation><ScoredEvents>{events}</ScoredEvents></PSGAnnotation>")
    with pytest.raises(ScoringError, match="two stages at once for 900 s, first at 0 s"):
        read_scoring(path)


# --- a time of day without a date -----------------------------------------------------------------

SOURCES = {
    "remlogic.txt": "RemLogic Event Export\n\nTime [hh:mm:ss]\tEvent\tDuration[s]\n"
    + "".join(
        f"{START + timedelta(minutes=5, seconds=30 * e):%H:%M:%S}\tSLEEP-{name}\t30\n"
        for e, name in enumerate(["S0"] * 4 + ["S2"] * 6)
    ),
    "luna.annot": "class\tinstance\tchannel\tstart\tstop\tmeta\n"
    + "".join(
        f"{name}\t.\t.\t{START + timedelta(minutes=5, seconds=30 * e):%H:%M:%S}\t+30\t.\n"
        for e, name in enumerate(["W"] * 4 + ["N2"] * 6)
    ),
    "nsrr.xml": "<PSGAnnotation><ScoredEvents><ScoredEvent><EventType/><EventConcept>Recording "
    "Start Time</EventConcept><Start>0</Start><Duration>300</Duration><ClockTime>00.00.00 22.05.00"
    "</ClockTime></ScoredEvent>"
    + "".join(
        f"<ScoredEvent><EventType>Stages|Stages</EventType><EventConcept>{name}</EventConcept>"
        f"<Start>{start}</Start><Duration>{lasts}</Duration></ScoredEvent>"
        for name, start, lasts in (("Wake|0", 0, 120), ("Stage 2 sleep|2", 120, 180))
    )
    + "</ScoredEvents></PSGAnnotation>",
}


@pytest.mark.parametrize("row", SCORING_FORMATS, ids=lambda row: row.id)
@pytest.mark.parametrize("source", SOURCES)
def test_that_a_time_of_day_survives_a_conversion_or_is_listed_as_lost(
    source, row, tmp_path, capsys
):
    if row.id in ("edf-copy", "session"):
        pytest.skip("a copy and a session need the recording")
    path = tmp_path / source
    path.write_text(SOURCES[source])
    assert main(["convert", str(path), "--to", row.id, "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    aligned = placed(read_scoring(tmp_path / "out" / row.file_name(source)), 30)
    stages = runs(aligned.scoring.stages)
    if "does not hold the time of day" in said:
        assert stages == [["W", 4], ["N2", 6], ["?", 20]]
        assert "does not say when it begins" in aligned.mismatches[0]
    else:
        assert stages == [["?", 10], ["W", 4], ["N2", 6], ["?", 10]]
        assert row.id in ("edf", "edf-rk", "csv", "json", "nsrr", "edfbrowser-xml")


@pytest.mark.parametrize("format_id", ["edf", "csv", "json", "nsrr", "edfbrowser-xml"])
def test_that_midnight_without_a_date_is_a_time_of_day_too(format_id, tmp_path):
    source = tmp_path / "night.annot"
    source.write_text("W 00:00:00 +60\nN2 00:01:00 +60\n")
    row = scoring_format(format_id)
    assert main(["convert", str(source), "--to", format_id, "--out", str(tmp_path)]) == 0
    stored = read_scoring(tmp_path / row.file_name("night.annot"))
    aligned = placed(stored, 10, datetime(2026, 3, 1, 23, 59))
    assert runs(aligned.scoring.stages) == [["?", 2], ["W", 2], ["N2", 2], ["?", 4]]


def test_that_a_date_that_is_lost_is_listed(tmp_path, capsys):
    path = tmp_path / "night.json"
    scoring_format("json").write(path, scored(START))
    assert main(["convert", str(path), "--to", "nsrr", "--out", str(tmp_path)]) == 0
    assert "does not hold the date on which the scoring begins (2026-03-01)" in (
        capsys.readouterr().err
    )


# --- a date that is wrong though the time of day is right -----------------------------------------


@pytest.mark.parametrize("days", [-2, -1, 1, 30])
@pytest.mark.parametrize("format_id", ["edf", "csv", "json", "session", "edfbrowser-xml"])
def test_that_a_scoring_of_another_day_is_placed_by_the_time_of_day(format_id, days, tmp_path):
    row = scoring_format(format_id)
    path = tmp_path / row.file_name("night.edf")
    row.write(path, scored(START + timedelta(days=days, minutes=5)))
    aligned = placed(read_scoring(path), 60)
    assert runs(aligned.scoring.stages)[0] == ["?", 10]
    assert list(aligned.scoring.stages)[10:40] == NIGHT
    assert "placed by the time of day alone" in aligned.mismatches[0]


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_that_a_scoring_past_midnight_with_the_evening_s_date_is_placed_right(days):
    recorded = datetime(2026, 3, 1, 23, 58)
    begins = datetime(2026, 3, 2, 0, 10) + timedelta(days=days)
    stored = StoredScoring(begins, spans_of([EpochScore(stage) for stage in NIGHT]))
    aligned = placed(stored, 60, recorded)
    assert list(aligned.scoring.stages)[24:54] == NIGHT
    assert any("time of day alone" in one for one in aligned.mismatches) == (days != 0)


def test_that_a_scoring_after_midnight_of_a_recording_from_noon_is_not_put_before_it():
    spans = spans_of([EpochScore(stage) for stage in NIGHT])
    aligned = placed(StoredScoring(time(0, 30), spans), 24 * 120, datetime(2026, 3, 1, 12, 0))
    assert runs(aligned.scoring.stages)[0] == ["?", 25 * 60]


def test_that_the_second_night_of_a_long_recording_keeps_its_date():
    spans = spans_of([EpochScore(stage) for stage in NIGHT])
    stored = StoredScoring(START + timedelta(days=1), spans)
    aligned = placed(stored, 48 * 120)
    assert runs(aligned.scoring.stages)[0] == ["?", 24 * 120]
    assert not any("time of day alone" in one for one in aligned.mismatches)


# --- holes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("removed", "said"),
    [
        ([5], "1 epoch (30 s) inside it, in one place, the first at 22:02:30"),
        ([5, 6, 20], "3 epochs (90 s) inside it, in 2 places, the first at 22:02:30"),
    ],
)
def test_that_a_hole_inside_a_scoring_is_said(removed, said):
    spans = spans_of([EpochScore(stage) for stage in NIGHT])
    spans = tuple(span for epoch, span in enumerate(spans) if epoch not in removed)
    aligned = placed(StoredScoring(START, spans), 30)
    assert any(said in one for one in aligned.mismatches)
    assert [epoch for epoch in range(30) if aligned.scoring[epoch].stage is U] == removed


def test_that_a_missing_hour_is_named():
    spans = spans_of([EpochScore(N2)] * 20)
    later = tuple(replace(span, onset_s=span.onset_s + 4200.0) for span in spans)
    aligned = placed(StoredScoring(START, (*spans, *later)), 160)
    assert any("just one hour is missing" in one for one in aligned.mismatches)


def test_that_nothing_is_said_of_epochs_that_are_unscored_in_the_file_too():
    spans = spans_of([EpochScore(stage) for stage in (W, U, N2, N2)])
    assert placed(StoredScoring(START, spans), 4).mismatches == ()


# --- Luna -----------------------------------------------------------------------------------------

HEADING = "class\tinstance\tchannel\tstart\tstop\tmeta\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N1 e:1 .\nN2 e:2 e:4\n", [["N1", 1], ["N2", 3], ["?", 2]]),
        ("N1 e:1:30 .\nN2 e:2:30 e:4:30\n", [["N1", 1], ["N2", 3], ["?", 2]]),
        ("N1 e:1:30:15 .\nN2 e:3:30:15 .\n", [["N1", 1], ["N2", 1], ["?", 4]]),
        ("W 0+00:00:00 0+00:01:00\nR 0+00:01:00 ...\n", [["W", 2], ["R", 4]]),
        ("W 22:00:00 +60\nR 22:01:00 ...\n", [["W", 2], ["R", 4]]),
        ("# R | rem\nW 0 60\n\n# N2\nR 60 120\n", [["W", 2], ["R", 2], ["?", 2]]),
        ("R\t60\t...\n", [["?", 2], ["R", 4]]),
        ("R 60 120\nW 0 60\n", [["W", 2], ["R", 2], ["?", 2]]),
        (
            HEADING + "arousal\t.\tC4\t10\t13\t.\nW\t.\t.\t22:00:00\t22:03:00\t.\n",
            [["W", 6]],
        ),
    ],
)
def test_that_every_documented_form_of_luna_is_read(text, expected, tmp_path):
    path = tmp_path / "night.annot"
    path.write_text(text)
    assert runs(placed(read_scoring(path), 6).scoring.stages) == expected


@pytest.mark.parametrize(
    "text",
    [
        "W\t0\t30\nW\t1\t30\n",
        "W\t0\t30\nN1\t1\t60\nN2\t3\t30\n",
        "W\t0\t30\nN1\t30\t60\nN2\t90\t120\n",
        "N2\t90\t120\nW\t0\t30\nN1\t30\t60\n",
    ],
)
def test_that_epochs_or_durations_without_a_heading_are_not_taken_for_ends(text, tmp_path):
    path = tmp_path / "night.txt"
    path.write_text(text)
    with pytest.raises(ScoringError, match="no names over its columns"):
        read_scoring(path)


def test_that_rows_of_no_known_class_and_no_heading_are_no_scoring(tmp_path):
    path = tmp_path / "night.txt"
    path.write_text("C4-M1\t30\t0\t0\nC4-M1\t30\t1\t2\n")  # epochs of a table and their stages
    with pytest.raises(ScoringError, match="is no scoring that is known here"):
        read_scoring(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("W 22:00:00 60\n", "line 1: “W” goes from 22:00:00 to 60, of which only one is a clock"),
        ("W 22:00:00 ...\nN2 60 90\n", "line 1: “W” lasts until the next row"),
        (HEADING + "W\t.\t.\t60\t30\t.\n", "line 2: “W” goes from 60 to 30"),
        (HEADING + "W\t.\t.\tdawn\t30\t.\n", "line 2: the time reads “dawn”"),
    ],
)
def test_that_a_row_of_luna_that_makes_no_sense_is_named(text, said, tmp_path):
    path = tmp_path / "night.annot"
    path.write_text(text)
    with pytest.raises(ScoringError, match=said.replace("(", r"\(").replace(".", r"\.")):
        read_scoring(path)


def test_that_rows_on_two_clocks_need_the_recording(sleepscorer_data):
    path = sleepscorer_data / "field-cases" / "H01-luna-seconds-and-clock-times-mixed.annot"
    with pytest.raises(ScoringError, match="only with the recording"):
        on_own_grid(read_scoring(path))


def test_that_a_last_stage_until_the_end_is_said_to_be_short_without_the_recording(tmp_path):
    path = tmp_path / "night.annot"
    path.write_text("W 0 ...\nN2 60 ...\n")
    aligned = on_own_grid(read_scoring(path))
    assert runs(aligned.scoring.stages) == [["W", 2], ["N2", 1]]
    assert "lasts to the end of the recording" in aligned.mismatches[0]


# --- without a recording --------------------------------------------------------------------------


def test_that_events_before_the_first_stage_move_no_epoch(tmp_path):
    path = tmp_path / "night.edf"
    write_annotation_file(
        path,
        [
            Annotation(5.0, 0.0, "Lights off"),
            *(Annotation(10.0 + 30 * e, 30.0, stage.edf_text) for e, stage in enumerate(NIGHT)),
        ],
        start=START,
    )
    aligned = on_own_grid(read_scoring(path))
    assert list(aligned.scoring.stages) == [U, *NIGHT]
    assert aligned.scoring.lights == Lights(25.0)
    assert aligned.start == START - timedelta(seconds=20)
    assert aligned.mismatches == (
        "The scoring leaves the first 1 epoch (30 s) of the recording unscored.",
    )


def test_that_events_listed_before_earlier_stages_cost_none_of_them(tmp_path):
    path = tmp_path / "night.txt"
    path.write_text(
        "RemLogic Event Export\n\nTime [hh:mm:ss]\tEvent\tDuration[s]\n"
        "22:02:10\tAROUSAL\t5\n"
        + "".join(
            f"{START + timedelta(seconds=30 * e):%H:%M:%S}\tSLEEP-S2\t30\n" for e in range(10)
        )
    )
    aligned = on_own_grid(read_scoring(path))
    assert list(aligned.scoring.stages) == [N2] * 10
    assert [event.onset_s for event in aligned.scoring.events] == [130.0]


# --- names ----------------------------------------------------------------------------------------


def test_that_names_that_are_not_known_are_counted_and_named_before_an_import(tmp_path):
    path: Path = tmp_path / "night.edf"
    annotations = [Annotation(30.0 * e, 30.0, s.edf_text) for e, s in enumerate(NIGHT)]
    annotations += [Annotation(100.0 + e, 3.0, "Autonomic arousal") for e in range(3)]
    annotations += [Annotation(50.0, 3.0, "Dog barks"), Annotation(60.0, 3.0, "Supine")]
    write_annotation_file(path, annotations, start=START)
    said = " ".join(read_scoring(path).notes)
    assert "4 annotations have names that are not known here" in said
    assert "“Autonomic arousal” (3), “Dog barks” (1)" in said
    assert "may be incomplete: Arousals" in said
    assert "Supine" not in said
