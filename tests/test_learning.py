"""`sleepscorer train`, run as a person at a terminal would."""

import shlex
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.__main__ import main
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.session import Session, write_session
from sleepscorer.loop.collection import Library
from sleepscorer.loop.patients import LibraryError
from sleepscorer.signals.simulation import SimulatedChannel


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["train", *arguments]) == status
    return capsys.readouterr().err


@pytest.fixture
def session(tmp_path: Path) -> Path:
    samples = np.random.default_rng(0).normal(0, 20, 5 * 3000).astype(np.float32)
    channel = SimulatedChannel("EEG Fpz-Cz", "uV", 100.0, samples, (-500.0, 500.0))
    path = tmp_path / "night.edf"
    write_edf(path, [channel], start=datetime(2026, 1, 1, 22), patient_code="4711")
    recording = open_recording(path)
    scores = [EpochScore(Stage.N2, Person("Ana"))] * recording.n_epochs
    sign_off = SignOff("Ana", datetime(2026, 2, 1, tzinfo=UTC))
    scoring = Scoring(recording.n_epochs, scores=scores, scorer="Ana", sign_off=sign_off)
    target = tmp_path / "night.h5"
    write_session(target, Session(path, ScoredRecording.of(recording, scoring), "Ana"))
    recording.close()
    return target


def test_that_a_session_is_added_and_listed(session, capsys):
    assert "5 epochs decided on" in said(capsys, "add", str(session))
    assert "1 night of 1 patient." in said(capsys, "nights")
    (night,) = Library().nights()
    assert night.derivation == Derivation("EEG Fpz-Cz")


def test_that_one_patient_is_too_few_to_train_on(session, capsys):
    said(capsys, "add", str(session))
    assert "takes two to learn from" in said(capsys, "quick", "--by", "Ana", status=1)


def test_that_a_version_goes_in_and_out_of_use(capsys, tmp_path):
    assert "in use, comes with SleepScorer" in said(capsys, "versions")
    assert "names 0 versions" in said(capsys, "use", "nothing", "--by", "Ana", status=1)
    newest = said(capsys, "versions").split("(")[0].split()[-1]
    said(capsys, "use", newest, "--by", "Ana", "--why", "as it was")
    assert "activated" in said(capsys, "versions")
    assert "is in use" in said(capsys, "back", "--by", "Ana")
    assert "no" in said(capsys, "back", "--by", "Ana", status=1)
    said(capsys, "export", newest, str(tmp_path / "v.safetensors"))
    text = said(capsys, "import", str(tmp_path / "v.safetensors"), "--by", "Ana", status=1)
    assert "there already" in text
    assert "stays" in said(capsys, "delete", newest, "--by", "Ana", status=1)


def test_that_an_exported_version_replaces_a_file_only_on_request(capsys, tmp_path):
    newest = said(capsys, "versions").split("(")[0].split()[-1]
    recording = tmp_path / "night.edf"
    recording.write_bytes(b"a night")
    assert "left alone" in said(capsys, "export", newest, str(recording), status=1)
    assert recording.read_bytes() == b"a night"
    assert f"→ {recording}" in said(capsys, "export", newest, str(recording), "--overwrite")
    assert recording.read_bytes() != b"a night"


def test_that_commands_for_a_whole_training_can_be_pasted(capsys, tmp_path, monkeypatch):
    folder = tmp_path / "Nächte mit Raum"
    folder.mkdir()
    written = (folder / "nights.tsv", folder / "training.toml")
    monkeypatch.setattr("sleepscorer.learning.write_training", lambda *_: written)
    told = said(capsys, "full", str(folder))
    commands = [shlex.split(line) for line in told.splitlines() if line.startswith("  ")]
    assert commands[1][3:] == [
        "prepare",
        "list",
        str(written[0]),
        "--out",
        str(folder / "nights.h5"),
    ]
    assert str(written[1]) in commands[2]
    assert str(folder / "run") in commands[2]


def test_that_the_grounds_of_a_calibration_are_kept(monkeypatch):
    kept = []
    monkeypatch.setattr(
        "sleepscorer.learning.calibrate", lambda **options: kept.append(options) or 0
    )
    monkeypatch.setattr("sleepscorer.learning.quick", lambda **options: kept.append(options) or 0)
    for command in (["calibrate", "--answer", "accept"], ["quick"]):
        assert main(["train", *command, "--by", " Ana ", "--why", "new amplifier"]) == 0
    assert [(one["by"], one["why"]) for one in kept] == [("Ana", "new amplifier")] * 2


def test_that_a_calibration_that_nobody_accepts_takes_no_grounds(capsys):
    with pytest.raises(SystemExit):
        main(["train", "calibrate", "--by", "Ana", "--why", "new amplifier"])
    assert "--answer accept" in capsys.readouterr().err


def test_that_what_is_no_version_is_said_to_be_none(capsys, tmp_path):
    recording = tmp_path / "night.edf"
    recording.write_bytes(b"0       X X X X")
    told = said(capsys, "import", str(recording), "--by", "Ana", status=1)
    assert told.startswith(f"{recording} is no weights file")


def test_that_nothing_is_decided_without_a_name(capsys):
    with pytest.raises(SystemExit):
        main(["train", "quick"])
    assert "--by" in capsys.readouterr().err


def test_that_two_versions_are_compared_on_any_night(session, capsys):
    newest = said(capsys, "versions").split("(")[0].split()[-1]
    text = said(capsys, "night", newest, str(session), "--with", newest)
    assert "give 5 of 5 epochs the same stage" in text
    assert "on 5 epochs signed off" in text
    assert text.count("accuracy") == 2
    assert "names 0 versions" in said(capsys, "night", "nothing", str(session), status=1)


def test_that_a_drift_is_told(session, capsys, monkeypatch):
    said(capsys, "add", str(session))
    assert "has something changed" not in said(capsys, "nights")
    monkeypatch.setattr("sleepscorer.learning.drift", lambda _: (0.2, 0.08))
    assert "(20 against 8 % of the epochs)" in said(capsys, "nights")


def test_that_a_comparison_that_tells_nothing_of_own_nights_is_said_before(
    session, capsys, monkeypatch
):
    newest = said(capsys, "versions").split("(")[0].split()[-1]

    def stop(*_arguments, **_options):
        raise LibraryError("begun")

    monkeypatch.setattr("sleepscorer.learning.compare_held_out", stop)
    monkeypatch.setattr("sleepscorer.learning.fit_calibration", lambda *_, **__: None)
    monkeypatch.setattr("sleepscorer.learning.with_calibration", lambda model, _: model)
    words = (["compare", newest, "--by", "Ana"], ["calibrate", "--by", "Ana"])
    for command in words:
        lines = said(capsys, *command, status=1).splitlines()
        assert [line[:14] for line in lines] == ["No night to co", "begun"]
    monkeypatch.setattr("sleepscorer.loop.collection.CollectedNight.is_held_out", True)
    said(capsys, "add", str(session))
    for command in words:
        assert said(capsys, *command, status=1) == "begun\n"
