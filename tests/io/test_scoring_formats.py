from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from sleepscorer.domain.alignment import align
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.scoring_formats import SCORING_FORMATS, read_scoring, scoring_format


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


@pytest.mark.parametrize(
    "name", ["session", "json", "nsrr", "profusion", "luna", "bids", "edf", "edf-rk"]
)
def test_that_a_file_says_by_which_rule_its_hypopneas_count(name, tmp_path):
    row = scoring_format(name)
    start = datetime(2026, 3, 1, 22, 13, 30)
    identity = RecordingIdentity("n.edf", start, 300.0, ())
    hypopnea = ScoredEvent(EventKind.HYPOPNEA, 35.0, 14.0)
    for event, is_said in ((hypopnea, True), (replace(hypopnea, kind=EventKind.AROUSAL), False)):
        path = tmp_path / f"{is_said}-{row.file_name('n.edf')}"
        scoring = Scoring(10, scores=[EpochScore(Stage.N2)] * 10, events=[event])
        row.write(
            path,
            ScoredRecording(
                identity, scoring, tmp_path / "n.edf", rule=Phrase("AASM 1B, CMS (4 %)")
            ),
        )
        content = b"".join(one.read_bytes() for one in row.files(path))
        words = (b"AASM 1B, CMS (4 %)", b"AASM_1B,_CMS_(4_%)")
        assert any(one in content for one in words) is is_said
        found = align(read_scoring(path), start=start, duration_s=300.0).scoring
        assert [one.kind for one in found.events] == [event.kind]


@pytest.mark.parametrize(
    "begin", [b"0       P7 M 01-JAN-1950 Max_Muster", b"\xffBIOSEMIMax Muster"]
)
def test_that_a_bare_recording_is_said_to_be_one_without_its_patient(begin, tmp_path):
    path = tmp_path / "night.edf"
    path.write_bytes(begin.ljust(512))
    with pytest.raises(ScoringError, match=r"night\.edf is a recording without anno") as refused:
        read_scoring(path)
    assert "Muster" not in str(refused.value)
