import os
import shutil
from datetime import datetime
from functools import partial

import edfio
import numpy as np
import pytest

import sleepscorer.demo
from sleepscorer.demo import DEMO_FILE_NAME, demo_recording, is_simulated
from sleepscorer.domain.channels import staging_derivations
from sleepscorer.domain.errors import ScoringError
from sleepscorer.io.edf import open_edf
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulation import simulate_night

N_EPOCHS = 4


@pytest.fixture(autouse=True)
def short_night(monkeypatch):
    short = partial(simulate_night, n_epochs=N_EPOCHS)
    monkeypatch.setattr(sleepscorer.demo, "simulate_night", short)


def test_that_the_demo_is_a_recording_marked_as_simulated_and_without_stages(tmp_path):
    path = demo_recording(tmp_path)
    assert path == tmp_path / DEMO_FILE_NAME
    recording = open_edf(path)
    assert recording.start == datetime(2026, 1, 1, 22, 30)
    assert recording.n_epochs == N_EPOCHS
    assert recording.read_annotations() == ()
    assert staging_derivations(recording.channels)[0].name == "Fpz-Cz"
    assert is_simulated(recording)
    recording.close()
    assert edfio.read_edf(path).patient.name == "Simulated"


def test_that_the_demo_holds_the_simulated_samples(tmp_path):
    recording = open_edf(demo_recording(tmp_path))
    for simulated, channel in zip(
        simulate_night(n_epochs=N_EPOCHS).channels, recording.channels, strict=True
    ):
        scale = 1000 if simulated.unit == "mV" else 1
        low, high = simulated.physical_range
        values = recording.read(channel, 0, recording.duration_s)
        difference = np.abs(values - simulated.samples * scale)
        assert difference.max() <= 0.501 * scale * (high - low) / 65535
    recording.close()


def test_that_the_demo_is_made_once(tmp_path, monkeypatch):
    path = demo_recording(tmp_path / "cache" / "sleepscorer")
    monkeypatch.setattr(sleepscorer.demo, "simulate_night", None)
    assert demo_recording(tmp_path / "cache" / "sleepscorer") == path


def test_that_a_demo_of_another_generator_is_made_anew(tmp_path, monkeypatch):
    path = demo_recording(tmp_path)
    old = path.read_bytes()
    monkeypatch.setattr(sleepscorer.demo, "_VERSION", "generator-0")
    assert demo_recording(tmp_path) == path
    assert path.read_bytes() != old
    path.write_bytes(b"something else")
    demo_recording(tmp_path)
    assert is_simulated(path)


def test_that_progress_of_the_demo_rises_to_one(tmp_path):
    fractions = []
    demo_recording(tmp_path, fractions.append)
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)


def test_that_cancelling_leaves_no_file(tmp_path):
    class CancelledError(Exception):
        pass

    def cancel(fraction):
        if fraction > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        demo_recording(tmp_path, cancel)
    assert list(tmp_path.iterdir()) == []


def test_that_a_folder_that_can_not_be_made_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ScoringError, match="file"):
        demo_recording(tmp_path / "file" / "cache")


def test_that_the_demo_is_recognised_under_any_name(tmp_path):
    path = shutil.copy(demo_recording(tmp_path), tmp_path / "patient 12.rec")
    assert is_simulated(path)


def test_that_other_recordings_are_not_taken_for_simulated(tmp_path):
    path = tmp_path / DEMO_FILE_NAME
    write_edf(path, simulate_night(n_epochs=1).channels, start=None, patient_name="SIMULATED")
    assert not is_simulated(path)
    assert not is_simulated(tmp_path)
    assert not is_simulated(tmp_path / "missing.edf")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are a POSIX matter")
def test_that_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert not is_simulated(tmp_path / "pipe")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder of an account private")
def test_that_the_folder_of_the_demo_is_for_its_owner_alone(tmp_path):
    demo_recording(tmp_path / "cache")
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
