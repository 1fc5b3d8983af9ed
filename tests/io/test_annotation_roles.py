"""Words that mean a stage in one file and something else in another."""

from contextlib import closing
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.alignment import align
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.annotation_roles import roles_of
from sleepscorer.io.annotation_scoring import scoring_of_annotations
from sleepscorer.io.edf import read_edf_annotations
from sleepscorer.io.edf_writing import write_annotation_file, write_edf
from sleepscorer.io.questions import QuestionError
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import read_scoring, scoring_format

START = datetime(2026, 3, 1, 22, 0)
W, N1, N2, N3, R, U = Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R, Stage.UNSCORED
NIGHT = [W] * 4 + [N1] * 2 + [N2] * 10 + [N3] * 6 + [R] * 8


def merged(text_of) -> list[Annotation]:
    """The night with stages merged, as Sleep-EDF has it."""
    runs = [(0, 4), (4, 2), (6, 10), (16, 6), (22, 8)]
    return [Annotation(30.0 * a, 30.0 * n, text_of(NIGHT[a])) for a, n in runs]


def single(text_of) -> list[Annotation]:
    return [Annotation(30.0 * e, 30.0, text_of(stage)) for e, stage in enumerate(NIGHT)]


def without_durations(text_of) -> list[Annotation]:
    return [Annotation(one.onset_s, 0.0, one.description) for one in merged(text_of)] + [
        Annotation(900.0, 0.0, text_of(W))
    ]


WORDINGS = {
    "EDF+": lambda stage: stage.edf_text,
    "EDFbrowser": lambda stage: stage.label or "?",
    "R&K": lambda stage: dict(zip(Stage, ("W", "S1", "S2", "S3", "REM", "MT"), strict=True))[stage],
    "BIDS": lambda stage: f"sleep_{stage.label or 'unknown'}",
}
LISTS = {"merged": merged, "single": single, "no durations": without_durations}


def read(path, annotations) -> list[Stage]:
    stored = scoring_of_annotations(path, annotations, start=START, duration_s=900.0)
    return list(align(stored, start=START, duration_s=900.0).scoring.stages)


@pytest.mark.parametrize("layout", LISTS)
@pytest.mark.parametrize("wording", WORDINGS)
@given(
    marks=st.lists(
        st.tuples(
            st.sampled_from(["Artefact", "Movement", "Unknown", "-", "Unsure", "ART", "Bewegung"]),
            st.integers(1, 850).filter(lambda time_s: time_s % 30),
            st.sampled_from([0.0, 1.0, 3.0, 12.0]),
        ),
        max_size=5,
    )
)
def test_that_what_happens_in_a_stage_never_ends_it(tmp_path_factory, layout, wording, marks):
    path = tmp_path_factory.getbasetemp() / "night.edf"
    annotations = LISTS[layout](WORDINGS[wording])
    added = [Annotation(float(time_s), lasts_s, text) for text, time_s, lasts_s in marks]
    stored = scoring_of_annotations(path, annotations + added, start=START)
    stages = align(stored, start=START, duration_s=900.0).scoring.stages
    assert list(stages) == NIGHT
    said = sorted(event.text or event.kind.label for event in stored.events)
    assert said == sorted(one.description for one in added)


@pytest.mark.parametrize("layout", LISTS)
@pytest.mark.parametrize("mark", ["R", "W", "REM", "N1"])
def test_that_a_short_mark_is_no_stage_where_stages_are_written_otherwise(layout, mark, tmp_path):
    annotations = LISTS[layout](WORDINGS["EDF+"])
    marks = [Annotation(200.0 + beat, 0.0, mark) for beat in range(60)]
    assert read(tmp_path / "night.edf", annotations + marks) == NIGHT


@pytest.mark.parametrize("layout", ["merged", "single"])
def test_that_a_moment_in_a_stage_is_no_stage_though_it_has_the_files_own_word(layout, tmp_path):
    annotations = LISTS[layout](WORDINGS["EDFbrowser"])
    marks = [Annotation(200.5 + beat, 0.0, "R") for beat in range(600)]
    assert read(tmp_path / "night.edf", annotations + marks) == NIGHT


@pytest.mark.parametrize("word", ["Movement", "Artefact", "Unknown", "MT", "-"])
@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("lasts_s", [30.0, 0.0])
def test_that_in_the_place_of_an_epoch_such_a_word_is_an_epoch_without_stage(
    word, wording, lasts_s, tmp_path
):
    annotations = [
        Annotation(one.onset_s, lasts_s, one.description) for one in single(WORDINGS[wording])
    ]
    annotations[8] = Annotation(240.0, lasts_s, word)
    annotations[9] = Annotation(270.0, lasts_s, word)
    stages = read(tmp_path / "night.edf", annotations)
    assert stages == [*NIGHT[:8], U, U, *NIGHT[10:]]


def test_that_the_originals_survive_in_a_scored_copy(tmp_path):
    class Signal:
        label, unit, sfreq, physical_range = "EEG C4-M1", "uV", 10.0, (-100.0, 100.0)
        samples = np.zeros(9000, np.float32)

    path = tmp_path / "night.edf"
    originals = [
        *merged(WORDINGS["EDF+"]),
        Annotation(70.0, 5.0, "Artefact"),
        Annotation(200.0, 0.0, "Movement"),
        Annotation(305.0, 0.0, "-"),
        Annotation(400.0, 5.0, "R"),
        Annotation(500.0, 5.0, "Arousal (ASDA)"),
        Annotation(600.0, 0.0, "Dog barks"),
    ]
    write_edf(path, [Signal()], start=START, annotations=originals)
    with closing(open_recording(path)) as recording:
        identity = RecordingIdentity.of(recording)
    stored = read_scoring(path)
    scoring = align(stored, start=START, duration_s=900.0).scoring
    for written in (scoring, Scoring(30, scores=[EpochScore(N2)] * 30)):
        copy = tmp_path / f"copy-{len(written.events)}.edf"
        scoring_format("edf-copy").write(copy, ScoredRecording(identity, written, path))
        texts = [one.description for one in read_edf_annotations(copy)]
        for text in ("Artefact", "Movement", "-", "R", "Dog barks"):
            assert texts.count(text) == 1
            assert f"Note: {text}" not in texts
        assert sum("rousal" in text for text in texts) == 1
        again = align(read_scoring(copy), start=START, duration_s=900.0).scoring
        assert again.stages == written.stages


def test_that_two_authors_who_disagree_are_two_scorings_to_choose_from(tmp_path):
    theirs = [
        Annotation(one.onset_s, one.duration_s, one.description, author="Bea")
        for one in single(lambda stage: "W" if stage is N1 else stage.label)
    ]
    mine = [
        Annotation(one.onset_s, one.duration_s, one.description, author="Ann")
        for one in merged(WORDINGS["EDF+"])
    ]
    arousal = Annotation(100.0, 3.0, "Arousal", author="Ann")
    noise = Annotation(500.0, 3.0, "Dog barks")
    path = tmp_path / "night.tsv"
    with pytest.raises(QuestionError, match="2 scorers") as caught:
        read(path, [*theirs, *mine, arousal, noise])
    readings = {option.answer: option.read() for option in caught.value.options}
    assert set(readings) == {"Ann", "Bea"}
    nights = {
        name: list(align(one, start=START, duration_s=900.0).scoring.stages)
        for name, one in readings.items()
    }
    assert nights == {"Ann": NIGHT, "Bea": [W if stage is N1 else stage for stage in NIGHT]}
    assert [len(readings[name].events) for name in ("Ann", "Bea")] == [2, 1]
    assert readings["Bea"].scorer == "Bea"


def test_that_two_ways_to_write_stages_that_disagree_are_two_scorings(tmp_path):
    program = single(lambda stage: "W" if stage is N1 else stage.label)
    with pytest.raises(QuestionError, match="2 scorers"):
        read(tmp_path / "night.edf", [*merged(WORDINGS["EDF+"]), *program])


def test_that_the_same_said_twice_is_one_scoring(tmp_path):
    path = tmp_path / "night.edf"
    for other in (merged(WORDINGS["EDF+"]), single(WORDINGS["EDFbrowser"])):
        stored = scoring_of_annotations(path, merged(WORDINGS["EDF+"]) + other, start=START)
        assert list(align(stored, start=START, duration_s=900.0).scoring.stages) == NIGHT


def test_that_authors_who_share_a_night_are_one_scoring(tmp_path):
    annotations = [
        Annotation(one.onset_s, one.duration_s, one.description, author="Ann" if i % 2 else "Bea")
        for i, one in enumerate(single(WORDINGS["EDF+"]))
    ]
    assert read(tmp_path / "night.edf", annotations) == NIGHT


def test_that_two_scorings_without_names_are_refused_never_mixed(tmp_path):
    other = single(lambda stage: (N3 if stage is N2 else stage).edf_text)
    with pytest.raises(ScoringError, match="two stages at once"):
        read(tmp_path / "night.edf", [*merged(WORDINGS["EDF+"]), *other])


def test_that_a_list_of_fifty_thousand_annotations_is_sorted_out(tmp_path):
    beats = [Annotation(200.0 + beat / 1000, 0.0, "R") for beat in range(30_000)]
    notes = [Annotation(200.0 + beat / 1000, 0.0, "Artefact") for beat in range(20_000)]
    stored = scoring_of_annotations(
        tmp_path / "night.edf", [*single(WORDINGS["EDF+"]), *beats, *notes], start=START
    )
    assert len(stored.events) == 50_000


def test_that_an_annotation_file_with_artefacts_keeps_its_stages(tmp_path):
    path = tmp_path / "night-hypnogram.edf"
    write_annotation_file(
        path,
        [*merged(WORDINGS["EDF+"]), Annotation(250.0, 10.0, "Artefact")],
        start=START,
    )
    aligned = align(read_scoring(path), start=START, duration_s=900.0)
    assert list(aligned.scoring.stages) == NIGHT


@pytest.mark.parametrize(("onset_s", "duration_s"), [(899.999, 5.0), (900.0, 29.0), (905.0, 8.0)])
def test_that_an_artefact_as_the_stages_end_is_an_event(onset_s, duration_s, tmp_path):
    artefact = Annotation(onset_s, duration_s, "Artefact")
    stored = scoring_of_annotations(
        tmp_path / "night.edf", [*single(WORDINGS["EDF+"]), artefact], start=START
    )
    assert [one.onset_s for one in stored.events] == [onset_s]


@pytest.mark.parametrize("lasts_s", [5, 30, 46])
def test_that_an_artefact_that_begins_with_an_epoch_without_a_stage_is_no_second_word_for_it(
    lasts_s,
):
    found = roles_of([Annotation(0, 30, "Sleep stage ?"), Annotation(0, lasts_s, "Artefact")])
    assert [one.description for one in found.stages] == ["Sleep stage ?"]
    assert found.events == (1,)
