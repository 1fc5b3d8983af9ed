import codecs
import json
from pathlib import Path

import pytest

from resources import MONTAGES_PATH
from sleepscorer.domain.channels import Channel, kind_of_label
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.montage import AS_STORED, Band
from sleepscorer.domain.montages import PRESET_NAMES, Montage, MontageTrace, fit
from sleepscorer.io.montages import FORMAT, read_montages, write_montages

MONTAGES = (
    Montage(
        "Lab Süd",
        (
            MontageTrace("F4", "M1", Band(0.5, 30.0), 200.0, "#0B6BCB"),
            MontageTrace("E1", "M2", AS_STORED),
            MontageTrace("Chin", band=Band(10.0, float("inf"))),
            MontageTrace("ECG", band=Band(0.0, 40.0)),
            MontageTrace("C4", "M1", others=("M2",)),
        ),
    ),
    Montage("Empty", ()),
)


def write(path: Path, montages: object, file_format: str = FORMAT) -> Path:
    path.write_text(json.dumps({"format": file_format, "montages": montages}), encoding="utf-8")
    return path


def test_that_montages_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "new folder" / "montages.json"
    write_montages(path, MONTAGES)
    assert read_montages(path) == MONTAGES


def test_that_the_presets_fit_the_recordings_they_are_made_for():
    labels = {
        "AASM recommended": "F4 C4 O2 M1 M2 E1 E2 Chin ECG",
        "AASM backup": "F3-M2 C3-M2 O1-M2 E1-M2 E2-M2 Chin EKG",
        "AASM acceptable": "Fz Cz Oz C4 M1 E1 E2 Fpz Chin1 ECG",
    }
    presets = {montage.name: montage for montage in read_montages(MONTAGES_PATH)}
    for name, stored in labels.items():
        channels = [
            Channel(index, label, kind_of_label(label), "µV", 256.0)
            for index, label in enumerate(stored.split())
        ]
        result = fit(presets[name], channels)
        assert result.missing == ()
        assert len(result.traces) == 7
    assert "Sleep-EDF" in presets
    assert set(presets) == set(PRESET_NAMES), "what has no phrase is not translated"


@pytest.mark.parametrize(
    ("montages", "complaint"),
    [
        (5, "no list of montages"),
        ([5], "montage 1: it has no list of traces"),
        ([{"traces": []}], "it has no name"),
        ([{"name": "M", "traces": [5]}], "montage 1"),
        ([{"name": "M", "traces": ["F4"]}], "a trace is no object"),
        ([{"name": "M", "traces": [{"signal": "F4", "height": 10**400}]}], "(“M”)"),
        ([{"name": "M", "traces": [{"signal": "F4", "filter_hz": [0, 10**400]}]}], "(“M”)"),
        ([{"name": "M", "traces": [{"signal": ""}]}], "needs a signal"),
        ([{"name": "M", "traces": [{"signal": 5}]}], "“5” is no text"),
        ([{"name": "M", "traces": [{"signal": "C4", "minus": ["M1", 5]}]}], "“5” is no text"),
        ([{"name": "M", "traces": [{"signal": "C4", "minus": ["M1", ""]}]}], "against is empty"),
        ([{"name": "M", "traces": [{"signal": "F4", "gain": 2}]}], "a trace has no “gain”"),
        ([{"name": "M", "traces": [{"signal": "F4", "height": "x"}]}], "(“M”)"),
        ([{"name": "M", "traces": [{"signal": "F4", "filter_hz": "x"}]}], "is no filter"),
        ([{"name": "M", "traces": [{"signal": "F4", "filter_hz": [35, 1]}]}], "higher one"),
        ([{"name": "M", "traces": []}, {"name": "m", "traces": []}], "two montages named"),
    ],
)
def test_that_a_bad_file_is_refused_with_its_place(montages, complaint, tmp_path):
    path = write(tmp_path / "montages.json", montages)
    with pytest.raises(ScoringError) as error:
        read_montages(path)
    assert complaint in str(error.value)
    assert str(path) in str(error.value)


def test_that_other_files_are_refused(tmp_path):
    path = tmp_path / "montages.json"
    with pytest.raises(ScoringError, match="can't be read"):
        read_montages(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ScoringError, match="not JSON"):
        read_montages(path)
    with pytest.raises(ScoringError, match="does not begin with"):
        read_montages(write(path, [], "Another 1"))


def test_that_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "montages.json"
    write_montages(path, MONTAGES)
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    assert read_montages(path) == MONTAGES


def test_that_a_file_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "montages.json"
    path.write_bytes(b"[" * 100_000)
    with pytest.raises(ScoringError, match=r"montages\.json holds no montages"):
        read_montages(path)


def test_that_a_folder_that_can_t_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ScoringError, match="can't be made"):
        write_montages(tmp_path / "file" / "montages.json", MONTAGES)
