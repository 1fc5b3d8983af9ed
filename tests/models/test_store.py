import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.files import Ancestor
from resources import WEIGHTS_FOLDER
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.versions import Comparison, Decision, Figures
from sleepscorer.models.calibration import Calibration
from sleepscorer.models.ledger import (
    Activated,
    Calibrated,
    Deleted,
    Imported,
    ModelStoreError,
    RolledBack,
    Uncalibrated,
)
from sleepscorer.models.store import ModelStore, default_folder

NOW = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)

COMPARISON = Comparison("a", "b", 3, 2400, Figures(0.8, 0.7, 0.7), Figures(0.82, 0.71, 0.72))


def decision(version, why: str = "") -> Decision:
    return Decision(version.sha256, "Anna", NOW, why, COMPARISON)


def test_that_a_new_store_uses_what_comes_with_the_application(store, tmp_path):
    (bundled,) = store.versions()
    assert store.active() == bundled
    assert (bundled.title, bundled.is_bundled) == ("MC²SleepNet 10", True)
    assert bundled.input_range.least_sfreq == 40
    assert bundled.sha256 in bundled.card
    assert store.path_of(bundled).parent == WEIGHTS_FOLDER
    assert not (tmp_path / "store").exists()  # looking leaves nothing behind


def test_that_the_ledger_tells_who_did_what_and_why(store, write_constant):
    bundled = store.active()
    version = store.import_file(write_constant(), by="Ben", at=NOW)
    store.activate(decision(version, "better by 0.02"))
    store.calibrate(Calibration(version.sha256, {"stages": 1.5}, 900, "Ben", NOW))
    store.roll_back(by="Anna", why="not on our caps", at=NOW)
    store.delete(version, by="Anna", at=NOW)
    assert store.entries() == (
        Imported(version.sha256, "Constant 1", "constant-1.safetensors", "Ben", NOW),
        Activated(decision(version, "better by 0.02")),
        Calibrated(version.sha256, "Ben", NOW),
        RolledBack(version.sha256, bundled.sha256, "Anna", NOW, "not on our caps"),
        Deleted(version.sha256, "Constant 1", "Anna", NOW),
    )
    assert not list((store.path_of(version)).parent.iterdir())


def test_that_rolling_back_goes_from_version_to_version(store, write_constant):
    bundled = store.active()
    first = store.import_file(write_constant("1"), by="A")
    second = store.import_file(write_constant("2", row=(0.2,) * 5), by="A")
    store.activate(decision(first))
    store.activate(decision(second))
    assert store.roll_back(by="A") == store.active() == first
    store.activate(decision(second))
    assert store.roll_back(by="A") == first
    assert store.roll_back(by="A") == store.active() == bundled
    with pytest.raises(ModelStoreError, match="none to go back to"):
        store.roll_back(by="A")


def test_that_a_version_goes_from_one_laboratory_to_another_in_one_file(
    store, write_constant, tmp_path
):
    version = store.import_file(write_constant(subjects=("x",)), by="A")
    store.calibrate(Calibration(version.sha256, {"stages": 2.0}, 900, "A", NOW))
    store.export(version, tmp_path / "sent.safetensors")
    other = ModelStore(tmp_path / "other")
    assert other.import_file(tmp_path / "sent.safetensors", by="B") == version
    assert other.calibration(version) is None  # it is about the nights of the first one
    bundled = store.versions()[0]
    store.export(bundled, tmp_path / "bundled.safetensors")
    empty = tmp_path / "empty"
    empty.mkdir()
    another = ModelStore(tmp_path / "another", bundled=empty)
    found = another.import_file(tmp_path / "bundled.safetensors", by="B")
    assert found == replace(bundled, is_bundled=False)


def test_that_a_damaged_file_is_not_imported(store, write_constant):
    path = write_constant()
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelStoreError, match="damaged or was changed"):
        store.import_file(path, by="A")
    assert store.entries() == ()
    assert len(store.versions()) == 1


def test_that_a_version_that_is_there_is_not_imported_again(store, write_constant):
    store.import_file(write_constant("1"), by="A")
    with pytest.raises(ModelStoreError, match="Constant 2, which is there already"):
        store.import_file(write_constant("2"), by="A")


def test_that_what_is_bundled_or_used_can_not_be_deleted(store, write_constant):
    with pytest.raises(ModelStoreError, match="comes with SleepScorer and stays"):
        store.delete(store.active(), by="A")
    version = store.import_file(write_constant(), by="A")
    store.activate(decision(version))
    with pytest.raises(ModelStoreError, match="in use"):
        store.delete(version, by="A")
    assert store.active() == version


def test_that_nothing_else_is_used_in_silence_where_the_version_in_use_has_gone(
    store, write_constant
):
    version = store.import_file(write_constant(), by="A")
    store.activate(decision(version))
    store.path_of(version).unlink()
    with pytest.raises(ModelStoreError, match="not there any more"):
        store.active()


def test_that_a_version_has_seen_everybody_whom_its_starts_saw(store, write_constant):
    first = store.import_file(write_constant("1", subjects=("a", "b")), by="A")
    recorded = Ancestor("Constant", "1", first.sha256, ("a",))
    lost = Ancestor("Constant", "0", "00" * 32, ("z",))
    path = write_constant("2", row=(0.2,) * 5, subjects=("c",), ancestors=(recorded, lost))
    second = store.import_file(path, by="A")
    assert second.subjects == ("a", "c", "z")
    assert store.subjects_of(second) == ("a", "b", "c", "z")


def test_that_a_calibration_leaves_the_weights_as_they_are(store, write_constant):
    version = store.import_file(write_constant(), by="A")
    before = store.path_of(version).read_bytes()
    calibration = Calibration(version.sha256, {"stages": 1.5}, 900, "A", NOW)
    store.calibrate(calibration)
    assert store.calibration(version) == calibration
    assert store.path_of(version).read_bytes() == before
    bundled = store.versions()[0]
    store.calibrate(replace(calibration, sha256=bundled.sha256))
    assert store.calibration(bundled).temperatures == {"stages": 1.5}


def test_that_a_calibration_can_be_taken_away_again(store, write_constant):
    version = store.import_file(write_constant(), by="A")
    store.calibrate(Calibration(version.sha256, {"stages": 1.5}, 900, "A", NOW))
    store.uncalibrate(version, by="B", at=NOW)
    assert store.calibration(version) is None
    assert store.entries()[-1] == Uncalibrated(version.sha256, "B", NOW)
    with pytest.raises(SleepScorerError, match="is not calibrated"):
        store.uncalibrate(version, by="B")


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"kind": "calibration"}'])
def test_that_a_damaged_calibration_is_not_passed_over(store, write_constant, content):
    version = store.import_file(write_constant(), by="A")
    path = store.path_of(version).with_suffix("").with_suffix(".calibration.json")
    path.write_bytes(content)
    with pytest.raises(ModelStoreError, match="Calibrate Constant 1 again"):
        store.calibration(version)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("inf"), float("nan")])
def test_that_a_temperature_is_positive(temperature):
    with pytest.raises(ValueError, match="not positive"):
        Calibration("ab", {"stages": temperature}, 900, "A", NOW)


# The ledger


def test_that_a_line_that_a_crash_cut_off_never_counted(store, write_constant, tmp_path):
    version = store.import_file(write_constant(), by="A")
    ledger = tmp_path / "store" / "ledger.jsonl"
    whole = ledger.read_bytes()
    for n_bytes in range(1, 60, 7):
        ledger.write_bytes(whole + whole[:n_bytes])
        assert len(store.entries()) == 1
    store.activate(decision(version))
    assert [type(entry) for entry in store.entries()] == [Imported, Activated]
    assert ledger.read_bytes().startswith(whole)


def test_that_a_damaged_line_is_named_and_nothing_is_guessed(store, write_constant, tmp_path):
    version = store.import_file(write_constant(), by="A")
    store.activate(decision(version))
    ledger = tmp_path / "store" / "ledger.jsonl"
    first, second = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(first.replace(b"imported", b"imparted") + second)
    with pytest.raises(ModelStoreError, match=r"Line 1 of .*ledger\.jsonl.* 'imparted'"):
        store.active()


def test_that_a_ledger_that_can_not_be_written_changes_nothing(
    store, write_constant, full_disk, tmp_path
):
    version = store.import_file(write_constant(), by="A")
    with full_disk(), pytest.raises(SleepScorerError, match="can't be written"):
        store.activate(decision(version))
    assert store.active().is_bundled


def test_that_a_decision_has_a_name_and_a_zone():
    with pytest.raises(ValueError, match="name of a person"):
        Decision("ab", " ", NOW)
    with pytest.raises(ValueError, match="zone"):
        Decision("ab", "Anna", datetime(2026, 1, 1))


@pytest.mark.skipif(sys.platform != "linux", reason="where Linux keeps what programs keep")
def test_that_versions_are_kept_where_the_system_wants_it():
    assert default_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/SleepScorer/models")
    assert default_folder({}).parts[-4:] == (".local", "share", "SleepScorer", "models")
