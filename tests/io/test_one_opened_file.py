"""Whatever is made of a recording is made of the file that was opened, or it is said."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.domain.errors import RecordingError, ScoringError
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring, stage_edit
from sleepscorer.domain.stages import Stage
from sleepscorer.io.deidentified import Times, write_deidentified
from sleepscorer.io.edf import EdfRecording, open_edf, read_edf_annotations
from sleepscorer.io.edf_scoring import write_scored_copy
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.session import Session, read_session, write_session
from sleepscorer.report.content import make_report

N_RECORDS = 90


@pytest.fixture
def night(write_edf_bytes, raw_signal):
    """Write a night of ninety seconds whose samples depend on a seed."""

    def write(seed: int = 1, *, name: str = "night.edf", n_records: int = N_RECORDS, **options):
        digital = np.random.default_rng(seed).integers(-500, 500, n_records * 100)
        return write_edf_bytes([raw_signal(digital, "EEG C4-M1")], n_records, name=name, **options)

    return write


def replaced(path: Path, other: Path) -> None:
    other.replace(path)


def overwritten(path: Path, other: Path) -> None:
    with path.open("rb+") as file:
        file.write(other.read_bytes())


def overwritten_a_little(path: Path, _other: Path) -> None:
    with path.open("rb+") as file:
        file.seek(path.stat().st_size // 3)
        file.write(b"12345678")


def cut(path: Path, _other: Path) -> None:
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size - 1)


def moved(path: Path, other: Path) -> None:
    path.rename(path.with_name("elsewhere.edf"))


def folder_gone(path: Path, other: Path) -> None:
    other.unlink()
    path.parent.rename(path.parent.with_name("renamed"))


CHANGES = (replaced, overwritten, overwritten_a_little, cut, moved, folder_gone)


def scored_copy(recording: EdfRecording, folder: Path) -> None:
    scored = ScoredRecording.of(recording, Scoring(recording.n_epochs))
    write_scored_copy(folder / "copy.edf", scored)


def deidentified(recording: EdfRecording, folder: Path) -> None:
    write_deidentified(recording, folder, "study", times=Times.KEPT)


def report(recording: EdfRecording, _folder: Path) -> None:
    make_report(recording, Scoring(recording.n_epochs))


@pytest.mark.parametrize("write", [scored_copy, deidentified, report])
@pytest.mark.parametrize("change", CHANGES)
def test_that_a_file_that_changes_while_open_is_said_before_anything_is_written(
    night, opened, tmp_path, change, write
):
    folder = tmp_path / "in"
    folder.mkdir()
    path = night().rename(folder / "night.edf")
    other = night(2, name="other.edf").rename(folder / "other.edf")
    recording = opened(path)
    out = tmp_path / "out"
    out.mkdir()
    change(path, other)
    with pytest.raises(RecordingError, match=r"night\.edf .*(again|is still there)\. Nothing was"):
        write(recording, out)
    assert not list(out.iterdir())


def test_that_pages_stay_those_of_the_file_that_was_opened(night, opened):
    path = night()
    recording = opened(path)
    expected = recording.read(recording.channels[0], 0, 30)
    recording._records._recent = None
    replaced(path, night(2, name="other.edf"))
    np.testing.assert_array_equal(recording.read(recording.channels[0], 0, 30), expected)


def test_that_a_page_of_an_overwritten_file_is_an_error(night, opened):
    path = night()
    recording = opened(path)
    overwritten(path, night(2, name="other.edf"))
    with pytest.raises(RecordingError, match="was overwritten since it was opened"):
        recording.read(recording.channels[0], 0, 30)


@pytest.mark.parametrize("harmless", ["appended to", "copied back", "nothing"])
def test_that_what_is_still_the_same_file_may_be_copied(night, opened, tmp_path, harmless):
    path = night()
    recording = opened(path)
    if harmless == "appended to":
        with path.open("ab") as file:
            file.write(bytes(200))
    elif harmless == "copied back":
        shutil.copyfile(path, tmp_path / "backup.edf")
        (tmp_path / "backup.edf").replace(path)
    recording.read(recording.channels[0], 0, 30)
    scored_copy(recording, tmp_path)
    assert opened(tmp_path / "copy.edf").duration_s == N_RECORDS


def test_that_a_session_does_not_open_on_another_night_of_equal_length(night, opened, tmp_path):
    path = night()
    scored = ScoredRecording.of(opened(path), Scoring(3))
    write_session(tmp_path / "night.h5", Session(path, scored, "Jana"))
    known = read_session(tmp_path / "night.h5").scored.recording
    other = RecordingIdentity.of(opened(night(2, name="other.edf")))
    assert known.difference(other).startswith("its signals are others")
    assert known.difference(RecordingIdentity.of(opened(path))) == ""


def test_that_a_session_without_content_opens_as_before(night, opened):
    identity = RecordingIdentity.of(opened(night()))
    earlier = RecordingIdentity("night.edf", identity.start, N_RECORDS, identity.labels)
    assert earlier.difference(identity) == ""
    assert identity.difference(earlier) == ""


def test_that_copies_are_recognised_as_the_same_night(night, opened, tmp_path):
    recording = opened(night())
    scored_copy(recording, tmp_path)
    deidentified(recording, tmp_path)
    contents = {opened(tmp_path / name).content for name in ("copy.edf", "study.edf")}
    assert contents == {recording.content}


def test_that_a_scoring_is_not_put_into_a_copy_of_another_night(night, opened, tmp_path):
    path = night()
    scored = ScoredRecording.of(opened(path), Scoring(3))
    closed = ScoredRecording(scored.recording, scored.scoring, path)
    replaced(path, night(2, name="other.edf"))
    with pytest.raises(ScoringError, match="is not the recording that was scored"):
        write_scored_copy(tmp_path / "copy.edf", closed)


@pytest.mark.parametrize("announced", [0, -1, 1, 45, N_RECORDS - 1, N_RECORDS + 7])
@pytest.mark.parametrize("write", [scored_copy, deidentified])
def test_that_a_copy_has_every_record_whatever_the_header_announces(
    night, opened, tmp_path, announced, write
):
    recording = opened(night(fields={(236, 8): str(announced)}))
    write(recording, tmp_path)
    (copied,) = (path for path in tmp_path.glob("*.edf") if path.name != "night.edf")
    copy = opened(copied)
    assert copy.n_records == recording.n_records == N_RECORDS
    assert copy.notices == ()
    for channel in recording.channels:
        np.testing.assert_array_equal(copy.read(channel, 0, 90), recording.read(channel, 0, 90))


def test_that_stages_beyond_the_announced_records_lie_in_the_copy(night, opened, tmp_path):
    recording = opened(night(fields={(236, 8): "10"}))
    scoring = Scoring(recording.n_epochs)
    scoring.apply(stage_edit((2,), Stage.N3, Person("Jana")))
    write_scored_copy(tmp_path / "copy.edf", ScoredRecording.of(recording, scoring))
    assert read_edf_annotations(tmp_path / "copy.edf")[-1].onset_s == 60


@pytest.mark.parametrize(
    "name", ["E01-more-records-than-announced.edf", "E02-no-records-announced.edf"]
)
def test_that_what_a_crashed_recorder_left_is_copied_whole(sleepscorer_data, tmp_path, name):
    with closing(open_edf(sleepscorer_data / "field-cases" / name)) as recording:
        scored_copy(recording, tmp_path)
        with closing(open_edf(tmp_path / "copy.edf")) as copy:
            assert copy.duration_s == recording.duration_s
            assert copy.content == recording.content


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("suffix", [".edf", ".vhdr", ".fif", ".set"])
def test_that_a_pipe_is_refused_instead_of_waited_for(tmp_path, suffix):
    os.mkfifo(tmp_path / f"pipe{suffix}")
    with pytest.raises(RecordingError, match="is a pipe or device"):
        open_recording(tmp_path / f"pipe{suffix}")
