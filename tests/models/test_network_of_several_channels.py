"""A network of several channels and tasks goes all the way, with nothing made for it."""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import torch

from model import files, weights
from model.files import Description, InputRange
from model.synthsleepnet.architecture import ScoringSynthSleepNet
from model.synthsleepnet.config import TASKS, TINY
from sleepscorer import headless
from sleepscorer.__main__ import main
from sleepscorer.autoscoring import load_model, stage_montage
from sleepscorer.domain.event_chances import event_chances
from sleepscorer.domain.events import EventKind
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import Scoring, prediction_edit, stage_edit
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import Decision
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import SCORING_FORMATS, read_scoring, scoring_format
from sleepscorer.loop.comparison import compare_on_night
from sleepscorer.models.calibration import Calibration
from sleepscorer.models.store import ModelStore
from sleepscorer.network_input import preferred_derivation
from sleepscorer.signals.simulation import SimulatedNight, simulate_night

NOW = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def night() -> SimulatedNight:
    return simulate_night(seed=1, n_epochs=24)


def written(night: SimulatedNight, path: Path, *leave_out: str) -> Path:
    channels = [channel for channel in night.channels if channel.label not in leave_out]
    write_edf(path, channels, start=datetime(2026, 1, 1, 22))
    return path


@pytest.fixture
def model(write_several):
    store = ModelStore()
    version = store.import_file(write_several(), by="Anna")
    store.activate(Decision(version.sha256, "Anna", NOW, "to try it"))
    yield load_model()
    store.roll_back(by="Anna")
    store.delete(version, by="Anna")


def staged(path: Path, model):
    with closing(open_recording(path)) as recording:
        derivation = preferred_derivation(recording, model.network.spec)
        staging = stage_montage(recording, (derivation,), model)
        scoring = Scoring(recording.n_epochs)
    scoring.apply(
        prediction_edit(scoring, staging.hypnodensity, staging.votes, beside=staging.beside)
    )
    return staging, scoring


def test_that_it_is_shown_all_its_channels_and_answers_all_its_tasks(model, night, tmp_path):
    staging, scoring = staged(written(night, tmp_path / "night.edf"), model)
    assert staging.epochs.shape == (24, 3, 3000)
    assert staging.missing == ()
    assert [one.task for one in staging.predictions] == ["stages", "apnea", "hypopnea"]
    assert staging.hypnodensity.derivation == "C4-M1"  # what its C4 is, before the frontal ones
    assert staging.beside[0].derivation == "C4-M1, ECG, EMG Chin"
    apnea, hypopnea = event_chances(scoring)
    assert (apnea.kind, hypopnea.kind) == (EventKind.APNEA, EventKind.HYPOPNEA)
    np.testing.assert_allclose(apnea.probabilities, np.tile([0.1, 0.9], 12), rtol=1e-6)
    assert scoring[3].stage is Stage.N2


def test_that_a_night_without_ecg_and_emg_is_staged_and_what_is_missing_named(
    model, night, tmp_path
):
    path = written(night, tmp_path / "night.edf", "ECG", "EMG Chin")
    staging, scoring = staged(path, model)
    assert staging.missing == ("ECG", "EMG chin")
    assert staging.beside[0].derivation == "C4-M1"
    apnea, _ = event_chances(scoring)
    np.testing.assert_allclose(apnea.probabilities, np.tile([0.05, 0.45], 12), rtol=1e-6)


def test_that_chances_are_no_events(model, night, tmp_path):
    """They are kept in sessions and in JSON, as what a network said, and in nothing else."""
    _, scoring = staged(written(night, tmp_path / "night.edf"), model)
    assert scoring.events == ()
    out = tmp_path / "out"
    for row in SCORING_FORMATS:
        headless.score([tmp_path / "night.edf"], out=out, scoring_format=row, overwrite=True)
        found = read_scoring(out / row.file_name("night.edf")).events
        assert {one.kind for one in found} <= {EventKind.NOTE}, row.id  # that all of it is N2
    others = json.loads((out / "night.json").read_text(encoding="utf-8"))["other_predictions"]
    assert [one["task"] for one in others] == ["apnea", "hypopnea"]


def test_that_the_command_line_says_what_is_missing(model, night, tmp_path, capsys):
    path = written(night, tmp_path / "night.edf", "ECG")
    csv = scoring_format("csv")
    assert headless.score([path], out=tmp_path / "out", scoring_format=csv, voters=3) == 0
    said = capsys.readouterr().err
    assert "night.edf: The network did without ECG." in said
    assert "24 epochs from C4-M1 →" in said  # one that looks at several channels is asked once


def test_that_each_task_has_its_own_calibration(model, night, tmp_path):
    store = ModelStore()
    store.calibrate(Calibration(store.active().sha256, {"apnea": 2.0}, 100, "Anna", NOW))
    _, scoring = staged(written(night, tmp_path / "night.edf"), load_model())
    apnea, hypopnea = event_chances(scoring)
    assert apnea.probabilities[1] == pytest.approx(3 / 4)  # sqrt(.9) / (sqrt(.9) + sqrt(.1))
    assert hypopnea.probabilities[1] == pytest.approx(0.2)


def test_that_staging_again_replaces_what_it_said_and_another_version_says_nothing(
    model, night, tmp_path
):
    staging, scoring = staged(written(night, tmp_path / "night.edf"), model)
    scoring.apply(prediction_edit(scoring, staging.hypnodensity, beside=staging.beside))
    assert len(scoring.others) == 2
    other = type(staging.hypnodensity)(
        staging.hypnodensity.probabilities, "Another 1", "f" * 64, "C4-M1"
    )
    undo = scoring.apply(prediction_edit(scoring, other))
    assert event_chances(scoring) == ()
    assert len(scoring.others) == 3
    scoring.apply(undo)
    assert len(event_chances(scoring)) == 2


def test_that_the_command_line_stages_by_a_version_that_is_not_in_use(
    write_several, night, tmp_path, capsys
):
    path = written(night, tmp_path / "night.edf")
    arguments = ["score", str(path), "--out", str(tmp_path / "out"), "--model", "Several 1"]
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert "“Several 1” names 0 versions; there are: MC²SleepNet" in said
    assert "python -m training train and added with sleepscorer train import" in said
    store = ModelStore()
    version = store.import_file(write_several(), by="Anna")
    assert main(arguments) == 0
    assert "Several 1 on CPU" in capsys.readouterr().err
    assert store.active().is_bundled
    # Another process is asked for the same version, of a network that it does not have there.
    assert main([*arguments[:-1], version.sha256[:8], "--workers", "2", "--overwrite"]) == 1
    assert "is a version of “several”, a network that" in capsys.readouterr().err
    store.delete(version, by="Anna")


@pytest.fixture
def synthsleepnet(tmp_path: Path) -> Path:
    """A tiny SynthSleepNet that answers all tasks and was not trained."""
    torch.manual_seed(0)
    network = ScoringSynthSleepNet(TINY.with_head("context", tuple(TASKS)))
    description = Description(
        architecture="synthsleepnet",
        name="SynthSleepNet",
        version="untrained",
        configuration=asdict(network.config),
        training={"train_subjects": []},
        input_range=InputRange(1.0, 10.0, 100.0, 100.0),
        card="# Not trained",
    )
    path = tmp_path / "synthsleepnet.safetensors"
    files.write(path, description, weights.stored(network))
    return path


def test_that_synthsleepnet_goes_this_way_with_all_channels_and_without_ecg_and_emg(
    synthsleepnet, tmp_path
):
    model, night = load_model(synthsleepnet), simulate_night(seed=1, n_epochs=6)
    staging, scoring = staged(written(night, tmp_path / "night.edf"), model)
    assert staging.missing == ()
    assert staging.beside[0].derivation == "C4-M1, Fpz-Cz, E1-M2, E2-M2, ECG, EMG Chin"
    without, of_without = staged(written(night, tmp_path / "b.edf", "ECG", "EMG Chin"), model)
    assert without.missing == ("ECG", "EMG chin")
    for found in (scoring, of_without):
        assert [one.kind for one in event_chances(found)] == [EventKind.APNEA, EventKind.HYPOPNEA]
        assert all(np.isfinite(one.probabilities).all() for one in event_chances(found))
        assert found.events == ()
    difference = (
        event_chances(scoring)[0].probabilities - event_chances(of_without)[0].probabilities
    )
    assert np.abs(difference).max() > 0  # it looked at them


def test_that_processes_stage_by_synthsleepnet_what_this_one_does(synthsleepnet, tmp_path, capsys):
    night = written(simulate_night(seed=1, n_epochs=4), tmp_path / "night.edf", "ECG")
    store = ModelStore()
    version = store.import_file(synthsleepnet, by="Anna")
    results = []
    for n_processes in ("1", "2"):
        out = tmp_path / n_processes
        arguments = ["score", str(night), "--out", str(out), "--format", "json"]
        arguments += ["--model", "SynthSleepNet untrained", "--workers", n_processes]
        assert main(arguments) == 0
        assert "The network did without ECG." in capsys.readouterr().err
        results.append(json.loads((out / "night.json").read_text("utf-8")))
    store.delete(version, by="Anna")
    others = results[0]["other_predictions"]
    assert [one["task"] for one in others] == ["apnea", "hypopnea"]
    assert results[0] == results[1]


def test_that_synthsleepnet_and_mc2sleepnet_are_compared_on_a_night(synthsleepnet, tmp_path):
    path = written(simulate_night(seed=1, n_epochs=6), tmp_path / "night.edf")
    ours, theirs = load_model(), load_model(synthsleepnet)
    with closing(open_recording(path)) as recording:
        scoring = Scoring(recording.n_epochs)
        scoring.apply(stage_edit(range(4), Stage.N2, Person("Anna")))
        derivation = preferred_derivation(recording, theirs.network.spec)
        found = compare_on_night(recording, scoring, derivation, ours, theirs)
    assert (found.comparison.current, found.comparison.candidate) == (ours.sha256, theirs.sha256)
    assert found.n_staged == 6
    assert found.comparison.n_epochs == 4
    assert found.comparison.of_candidate.accuracy in (0, 0.25, 0.5, 0.75, 1)
