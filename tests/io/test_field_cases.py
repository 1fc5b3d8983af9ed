"""Recordings as other programs leave them behind."""

from contextlib import closing
from datetime import datetime

import pytest

from sleepscorer.domain.channels import staging_derivations
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.io.edf_scoring import write_scored_copy
from sleepscorer.io.recordings import open_recording


@pytest.fixture
def case(sleepscorer_data):
    """Open a file by the beginning of its name."""

    def opened(name: str):
        (path,) = (
            path
            for path in (sleepscorer_data / "field-cases").glob(f"{name}*")
            if path.suffix in (".edf", ".vhdr", ".set")
        )
        return closing(open_recording(path))

    return opened


def test_that_latin_1_text_survives_a_copy(case, tmp_path):
    with case("E03") as recording:
        texts = {one.description for one in recording.read_annotations()}
        assert any("ö" in text or "ü" in text or "ä" in text for text in texts)
        assert not any("�" in text for text in texts)
        scored = ScoredRecording.of(recording, Scoring(recording.n_epochs))
        write_scored_copy(tmp_path / "copy.edf", scored)
    with closing(open_recording(tmp_path / "copy.edf")) as copy:
        assert texts <= {one.description for one in copy.read_annotations()}


def test_that_a_padded_version_field_opens(case):
    with case("K01") as recording:
        assert recording.n_epochs > 0
        assert "version field" in recording.notices[0]


def test_that_a_greek_mu_is_a_micro_sign(case):
    with case("F06") as recording:
        assert {channel.unit for channel in recording.channels} == {"µV"}
        assert staging_derivations(recording.channels)[0].name == "C4-M1"


@pytest.mark.parametrize(("name", "unit"), [("F02", "µV"), ("F03", "µV"), ("F05", "µV")])
def test_that_every_voltage_is_in_microvolts(case, name, unit):
    with case(name) as recording:
        assert {channel.unit for channel in recording.channels} == {unit}


def test_that_the_plain_recording_has_no_remark(case):
    with case("recording-1h.") as recording:
        assert recording.notices == ()
        assert isinstance(recording.start, datetime)


def test_that_a_pause_between_brainvision_segments_is_a_gap(case):
    with case("J03") as recording:
        first, second = recording.stretches
        assert (first.stop_s, second.start_s) == (300, 900)
