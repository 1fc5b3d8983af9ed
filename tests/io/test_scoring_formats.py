from datetime import datetime

import numpy as np
import pytest

from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.io.scoring_formats import SCORING_FORMATS, scoring_format


@pytest.mark.parametrize(
    ("format_id", "recording", "name"),
    [
        ("csv", "night.edf", "night.csv"),
        ("csv", "night.1.edf", "night.1.csv"),
        ("csv", "night", "night.csv"),
        ("edf", "night.edf", "night-hypnogram.edf"),
        ("edf", "Nächte 王.bdf", "Nächte 王-hypnogram.edf"),
    ],
)
def test_that_files_are_named_after_the_recording(format_id, recording, name):
    assert scoring_format(format_id).file_name(recording) == name


def test_that_formats_are_found_by_their_ids():
    assert [scoring_format(row.id) for row in SCORING_FORMATS] == list(SCORING_FORMATS)
    with pytest.raises(KeyError):
        scoring_format("pdf")


@pytest.mark.parametrize("row", SCORING_FORMATS, ids=lambda row: row.id)
def test_that_every_format_writes_a_file_under_its_name(tmp_path, write_edf_bytes, raw_signal, row):
    recording_path = write_edf_bytes([raw_signal(np.zeros(65))], 65)
    identity = RecordingIdentity("night.edf", datetime(2026, 11, 21, 22, 30), 65, ("EEG Fpz-Cz",))
    path = tmp_path / "results" / row.file_name("night.edf")
    path.parent.mkdir()
    row.write(path, ScoredRecording(identity, Scoring(2), recording_path))
    assert path.stat().st_size > 0
    # BIDS has its table described beside it.
    side_files = {path, path.with_suffix(".json")} if row.id == "bids" else {path}
    assert set(path.parent.iterdir()) == side_files


def test_that_the_files_of_a_recording_have_names_of_their_own():
    names = {row.file_name("night.edf") for row in SCORING_FORMATS} | {"night.edf"}
    assert len(names) == len(SCORING_FORMATS) + 1
