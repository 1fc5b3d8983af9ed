"""Files of other programs, real ones and ones made in their manner."""

from datetime import datetime, time
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleepscorer.domain.alignment import align
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io import session
from sleepscorer.io.edf import read_edf_annotations
from sleepscorer.io.questions import QuestionError
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import read_scoring, recognised_format, scoring_format


def stages_of(path: Path) -> list[Stage]:
    stored = read_scoring(path)
    return [span.score.stage for span in stored.spans]


def test_that_sleep_edf_is_read(sleepscorer_data):
    stored = read_scoring(sleepscorer_data / "continuous" / "SC4001EC-Hypnogram.edf")
    assert stored.start == datetime(1989, 4, 24, 16, 13)
    assert stored.spans[0].duration_s == 30_630
    assert stored.spans[1].score.stage is Stage.N1
    assert stored.stop_s == 86_400


def test_that_an_aasm_scoring_with_lights_is_read(sleepscorer_data):
    stored = read_scoring(sleepscorer_data / "annotations" / "HMC-SN001-sleepscoring.edf")
    assert len(stored.spans) == 854
    assert {span.score.stage for span in stored.spans} >= {Stage.W, Stage.N2, Stage.R}
    assert stored.lights.off_s is not None
    assert stored.lights.on_s is not None


def test_that_two_forms_of_one_scoring_are_the_same(sleepscorer_data):
    folder = sleepscorer_data / "continuous"
    from_edf = read_scoring(folder / "dynamo-segment1-hypnogram.edf")
    with_recording = open_recording(folder / "dynamo-segment1.edf")
    aligned = align(from_edf, start=with_recording.start, duration_s=with_recording.duration_s)
    with_recording.close()
    assert stages_of(folder / "dynamo-segment1-stages.txt") == list(aligned.scoring.stages)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("0 1 2 3 5 4", [Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R, Stage.N3]),
        ("0 4 -2", [Stage.W, Stage.R, Stage.UNSCORED]),
        ("0 4 9", [Stage.W, Stage.N3, Stage.UNSCORED]),
        ("0 1 -1", [Stage.W, Stage.N1, Stage.UNSCORED]),
    ],
)
def test_that_numbers_are_read_by_what_else_is_in_the_file(numbers, expected, tmp_path):
    path = tmp_path / "night.txt"
    path.write_text("\n".join(numbers.split()))
    assert stages_of(path) == expected


def test_that_four_without_five_asks_which_it_is(tmp_path):
    path = tmp_path / "night.txt"
    path.write_text("0\n2\n4\n")
    with pytest.raises(QuestionError, match="4 and never 5") as caught:
        read_scoring(path)
    assert {
        option.answer: option.read().spans[2].score.stage for option in caught.value.options
    } == {"yasa": Stage.R, "rk": Stage.N3}


def test_that_a_number_of_no_stage_is_named(tmp_path):
    path = tmp_path / "night.txt"
    path.write_text("0\n2\n17\n")
    with pytest.raises(ScoringError, match=r"night\.txt: 17 is the number of no stage"):
        read_scoring(path)


def test_that_an_artefact_of_yasa_stays_one(tmp_path):
    path = tmp_path / "night.txt"
    path.write_text("W\nART\nN2\n")
    stored = read_scoring(path)
    assert dict(stored.remarks) == {1: Remark(artefact=True)}


def test_that_remlogic_is_read_past_midnight(tmp_path):
    path = tmp_path / "events.txt"
    path.write_text(
        "RemLogic Event Export\nPatient:\tNN\n\n"
        "Sleep Stage\tPosition\tTime [hh:mm:ss]\tEvent\tDuration[s]\tLocation\n"
        "W\tUnknown Position\t23:59:30\tSLEEP-S0\t30\tROC-LOC\n"
        "S2\tLeft\t00:00:00\tSLEEP-S2\t30\tROC-LOC\n"
        "S2\tLeft\t00:00:10\tAPNEA-OBSTRUCTIVE\t12\tFlow\n"
        "R\tLeft\t00:00:30\tSLEEP-REM\t30\tROC-LOC\n",
        encoding="utf-16",
    )
    assert recognised_format(path).id == "remlogic"
    stored = read_scoring(path)
    assert stored.start == time(23, 59, 30)
    assert [(span.onset_s, span.score.stage) for span in stored.spans] == [
        (0, Stage.W),
        (30, Stage.N2),
        (60, Stage.R),
    ]
    assert stored.events == (
        ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 40, 12, "Flow", "APNEA-OBSTRUCTIVE"),
    )


def test_that_domino_is_read_with_its_date_and_rate(tmp_path):
    path = tmp_path / "profile.txt"
    path.write_text(
        "Signal ID: SchlafProfil\\profil\nStart Time: 01.03.2026 23:59:20\nUnit: \n"
        "Signal Type: Discret\nEvents list: N3,N2,N1,Rem,Wach\nRate: 20 s\n\n"
        "23:59:20,000; Wach\n23:59:40,000; N1\n00:00:00,000; Rem\n00:00:20,000; A\n".replace(
            "; A\n", "; Artefakt\n"
        ),
        encoding="latin-1",
    )
    assert recognised_format(path).id == "domino"
    stored = read_scoring(path)
    assert stored.start == datetime(2026, 3, 1, 23, 59, 20)
    assert stored.epoch_s == 20
    assert [span.score.stage for span in stored.spans] == [
        *(Stage.W, Stage.N1, Stage.R, Stage.UNSCORED)
    ]


def test_that_alice_is_read(tmp_path):
    path = tmp_path / "stages.txt"
    path.write_text("Epoch,Time,Stage\n1,11:59:30 PM,WK\n2,12:00:00 AM,N2\n3,12:00:30 AM,REM\n")
    assert recognised_format(path).id == "alice"
    stored = read_scoring(path)
    assert stored.start == time(23, 59, 30)
    assert [span.onset_s for span in stored.spans] == [0, 30, 60]
    assert stages_of(path) == [Stage.W, Stage.N2, Stage.R]


def test_that_luna_files_with_clock_times_and_until_next_are_read(tmp_path):
    path = tmp_path / "night.annot"
    path.write_text("class\tstart\tstop\nW\t23:59:30\t...\nN2\t00:00:30\t...\nR\t00:01:00\t+60\n")
    stored = read_scoring(path)
    assert [(span.onset_s, span.duration_s) for span in stored.spans] == [
        *((0, 60), (60, 30), (90, 60))
    ]


def test_that_a_profusion_file_is_read_by_names_not_positions(tmp_path):
    path = tmp_path / "night.xml"
    path.write_text(
        "<CMPStudyConfig><SleepStages><SleepStage>5</SleepStage><SleepStage>4</SleepStage>"
        "</SleepStages><ScoredEvents><ScoredEvent><Duration>10</Duration><Input>SpO2</Input>"
        "<Desaturation>4</Desaturation><LowestSpO2>90</LowestSpO2><Start>3</Start>"
        "<Name>SpO2 desaturation</Name></ScoredEvent></ScoredEvents>"
        "<EpochLength>20</EpochLength></CMPStudyConfig>"
    )
    stored = read_scoring(path)
    assert [span.score.stage for span in stored.spans] == [Stage.R, Stage.N3]
    assert stored.events == (
        ScoredEvent(EventKind.DESATURATION, 3, 10, "SpO2", spo2_nadir=90.0, spo2_baseline=94.0),
    )


@pytest.mark.parametrize("code", [6, 7, 8, 9, -1])
def test_that_movement_and_unknown_are_no_wake_and_cost_no_night(tmp_path, code):
    """Others skip a recording with a 6, and take a 9 for wake."""
    path = tmp_path / "night.xml"
    path.write_text(
        "<CMPStudyConfig><EpochLength>30</EpochLength><SleepStages><SleepStage>2</SleepStage>"
        f"<SleepStage>{code}</SleepStage><SleepStage>0</SleepStage></SleepStages></CMPStudyConfig>"
    )
    spans = read_scoring(path).spans
    assert [(span.onset_s, span.score.stage) for span in spans if span.score.stage >= 0] == [
        (0, Stage.N2),
        (60, Stage.W),
    ]


def test_that_what_is_no_scoring_is_said_to_be_none(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear colleague,\n")
    with pytest.raises(ScoringError, match="no scoring that is known"):
        read_scoring(path)


def example(recording) -> Scoring:
    scores = [EpochScore(Stage(epoch % 5)) for epoch in range(recording.n_epochs)]
    return Scoring(recording.n_epochs, scores=scores, lights=Lights(1.0, None))


@pytest.mark.parametrize(
    "name",
    [
        "continuous/SC4001-first5min.edf",
        "odd-files/edf-jl/bdf_test.bdf",
        "odd-files/edf-jl/test_uneven_samp.edf",
        "odd-files/edfio/short_psg.bdf",
        "odd-files/edfio/test_subsecond.edf",
    ],
)
def test_that_a_copy_has_the_samples_of_the_recording_byte_by_byte(
    name, sleepscorer_data, tmp_path
):
    recording = open_recording(sleepscorer_data / name)
    row = scoring_format("edf-copy")
    path = tmp_path / row.file_name(recording.path.name)
    scored = ScoredRecording.of(recording, example(recording))
    row.write(path, scored)
    copy = open_recording(path)
    assert copy.start == recording.start
    assert copy.stretches == recording.stretches
    assert [one.label for one in copy.channels] == [one.label for one in recording.channels]
    for before, after in zip(recording.channels, copy.channels, strict=True):
        np.testing.assert_array_equal(
            copy.read(after, 0, copy.duration_s), recording.read(before, 0, recording.duration_s)
        )
    stages = [one for one in read_edf_annotations(path) if one.description.startswith("Sleep st")]
    expected = [30.0 * epoch for epoch in range(len(stages))]
    assert [one.onset_s for one in stages] == pytest.approx(expected, abs=1e-8)
    assert len(stages) == recording.n_epochs
    recording.close()
    copy.close()


def discontinuous(path: Path) -> None:
    """Three records of 30 s, of which the last begins 60 s late, with a note among them."""
    n_samples, tal_bytes = 300, 64
    fields = ["EDF Annotations", "EEG C4-M1"]
    widths = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
    rows = (
        *(fields, ["", ""], ["", "uV"], ["-1", "-100"], ["1", "100"], ["-32768", "-32768"]),
        *(["32767", "32767"], ["", ""], [str(tal_bytes // 2), str(n_samples)], ["", ""]),
    )
    head = (
        f"{'0':<8}{'X X X X':<80}{'Startdate 01-MAR-2026 X X X':<80}01.03.2622.13.30"
        f"{768:<8}{'EDF+D':<44}{3:<8}{30:<8}{2:<4}"
    )
    for width, row in zip(widths, rows, strict=True):
        head += "".join(f"{cell:<{width}}" for cell in row)
    data = head.encode("ascii")
    for record, onset in enumerate((b"+0.5", b"+30.5", b"+120.5")):
        note = b"+35.5\x14Dog barks@@EEG C4-M1\x14\x00" if record == 1 else b""
        data += (onset + b"\x14\x14\x00" + note).ljust(tal_bytes, b"\x00")
        data += np.full(n_samples, record + 1, "<i2").tobytes()
    path.write_bytes(data)


def test_that_a_copy_of_a_discontinuous_recording_keeps_its_gaps_and_annotations(tmp_path):
    source = tmp_path / "gaps.edf"
    discontinuous(source)
    recording = open_recording(source)
    assert recording.n_epochs == 5
    row = scoring_format("edf-copy")
    target = tmp_path / row.file_name(source.name)
    row.write(target, ScoredRecording.of(recording, example(recording)))
    copy = open_recording(target)
    assert copy.stretches == recording.stretches
    np.testing.assert_array_equal(
        copy.read(copy.channels[0], 0, 150), recording.read(recording.channels[0], 0, 150)
    )
    stored = read_scoring(target)
    aligned = align(stored, start=recording.start, duration_s=recording.duration_s)
    assert list(aligned.scoring.stages) == [Stage(epoch % 5) for epoch in range(5)]
    assert ScoredEvent(EventKind.NOTE, 35, 0, "EEG C4-M1", "Dog barks") in stored.events
    assert not copy.header.is_continuous
    recording.close()
    copy.close()


def test_that_a_recording_is_never_written_over_by_its_copy(sleepscorer_data):
    path = sleepscorer_data / "continuous" / "SC4001-first5min.edf"
    recording = open_recording(path)
    scored = ScoredRecording.of(recording, example(recording))
    recording.close()
    with pytest.raises(ScoringError, match="is the recording itself"):
        scoring_format("edf-copy").write(path, scored)


def test_that_sessions_of_version_1_are_still_read(tmp_path):
    with h5py.File.in_memory() as file:
        file.attrs["format"] = "SleepScorer session"
        file.attrs["format_version"] = 1
        file.attrs["application"] = "SleepScorer 0.1.0"
        group = file.create_group("recording")
        group.attrs["path"] = "/nights/night.edf"
        group.attrs["file_name"] = "night.edf"
        group.attrs["start"] = "2026-03-01T22:13:30"
        group.attrs["duration_s"] = 90.0
        group.create_dataset("labels", data=["EEG C4-M1"], dtype=h5py.string_dtype())
        group = file.create_group("scoring")
        group.attrs["scorer"] = "A. Scorer"
        group.create_dataset("stages", data=np.array([0, 2, -1], np.int8))
        group.create_dataset("sources", data=["model", "A. Scorer", ""], dtype=h5py.string_dtype())
        file.flush()
        content = file.id.get_file_image()
    path = tmp_path / "night.h5"
    path.write_bytes(session._seal(content) + content)
    found = session.read_session(path)
    assert found.scorer == "A. Scorer"
    assert found.scored.scoring.scores == (
        EpochScore(Stage.W, UNKNOWN_MODEL),
        EpochScore(Stage.N2, Person("A. Scorer")),
        EpochScore(),
    )
    assert found.scored.scoring.events == ()
