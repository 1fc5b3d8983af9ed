from datetime import datetime, timedelta
from pathlib import Path

import edfio
import mne
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf import read_edf_annotations
from sleepscorer.io.edf_scoring import (
    read_edf_scoring,
    write_edf_hypnogram,
    write_edf_rk_hypnogram,
    write_scored_copy,
)

START = datetime(2026, 11, 21, 22, 30)


def write(path: Path, stages: list[Stage], start: datetime | None = START) -> Path:
    scoring = Scoring(len(stages), scores=[EpochScore(stage, Person("Jana")) for stage in stages])
    identity = RecordingIdentity("night.edf", start, 30.0 * len(stages), ("EEG",))
    write_edf_hypnogram(path, ScoredRecording(identity, scoring))
    return path


@settings(max_examples=30, deadline=None)
@given(stages=st.lists(st.sampled_from(Stage), min_size=1, max_size=60))
def test_that_every_reader_finds_the_stages_contiguous_from_the_start(tmp_path_factory, stages):
    path = write(tmp_path_factory.mktemp("night") / "night-hypnogram.edf", stages)
    onsets_s = [30.0 * epoch for epoch in range(len(stages))]

    ours = read_edf_annotations(path)
    assert [Stage.from_edf_text(one.description) for one in ours] == stages
    assert [one.onset_s for one in ours] == onsets_s
    assert {one.duration_s for one in ours} == {30.0}

    by_edfio = edfio.read_edf(path).annotations
    assert [(one.onset, one.duration, one.text) for one in by_edfio] == [
        (onset_s, 30.0, stage.edf_text) for onset_s, stage in zip(onsets_s, stages, strict=True)
    ]

    by_mne = mne.read_annotations(path)
    np.testing.assert_array_equal(by_mne.onset, onsets_s)
    np.testing.assert_array_equal(by_mne.duration, 30.0)
    assert list(by_mne.description) == [stage.edf_text for stage in stages]


@pytest.mark.parametrize("microsecond", [0, 500_000, 394_531])
def test_that_the_start_of_the_recording_is_kept_to_the_microsecond(tmp_path, microsecond):
    start = START + timedelta(microseconds=microsecond)
    path = write(tmp_path / "night-hypnogram.edf", [Stage.W, Stage.N1], start)
    edf = edfio.read_edf(path)
    assert datetime.combine(edf.startdate, edf.starttime) == start
    assert [one.onset for one in edf.annotations] == [0, 30]
    assert [one.onset_s for one in read_edf_annotations(path)] == pytest.approx([0, 30])


def test_that_an_unknown_start_stays_unknown(tmp_path):
    path = write(tmp_path / "night-hypnogram.edf", [Stage.R], None)
    with pytest.raises(edfio.AnonymizedDateError):
        _ = edfio.read_edf(path).startdate


def test_that_a_whole_night_can_be_written(tmp_path):
    stages = [Stage.N2] * 1200
    path = write(tmp_path / "night-hypnogram.edf", stages)
    assert len(read_edf_annotations(path)) == 1200


def test_that_a_recording_without_a_complete_epoch_is_an_error(tmp_path):
    with pytest.raises(ScoringError, match="there are no annotations"):
        write(tmp_path / "night-hypnogram.edf", [])


def test_that_a_file_that_can_not_be_written_is_an_error(tmp_path):
    with pytest.raises(ScoringError, match="can't be written"):
        write(tmp_path / "gone" / "night-hypnogram.edf", [Stage.W])


def test_that_rk_texts_are_merged_and_read_as_the_same_stages(tmp_path):
    stages = [Stage.W, Stage.W, Stage.N3, Stage.R, Stage.UNSCORED]
    path = tmp_path / "night-hypnogram-rk.edf"
    scoring = Scoring(5, scores=[EpochScore(stage, Person("Jana")) for stage in stages])
    identity = RecordingIdentity("night.edf", START, 150, ("EEG",))
    write_edf_rk_hypnogram(path, ScoredRecording(identity, scoring))
    assert [(one.description, one.duration_s) for one in read_edf_annotations(path)] == [
        ("Sleep stage W", 60),
        ("Sleep stage 3", 30),
        ("Sleep stage R", 30),
        ("Sleep stage ?", 30),
    ]
    found = read_edf_scoring(path)
    assert found.start == START
    assert [span.score.stage for span in found.spans][:3] == [Stage.W, Stage.N3, Stage.R]


def test_that_a_recording_whose_place_is_unknown_can_not_be_copied(tmp_path):
    identity = RecordingIdentity("night.edf", START, 30, ("EEG",))
    with pytest.raises(ScoringError, match=r"A copy of night\.edf can't be written"):
        write_scored_copy(tmp_path / "copy.edf", ScoredRecording(identity, Scoring(1)))
    assert list(tmp_path.iterdir()) == []
