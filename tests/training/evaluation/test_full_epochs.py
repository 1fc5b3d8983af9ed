from pathlib import Path

import edfio
import numpy as np
import pytest

from training.evaluation.full_epochs import read_full_recording


def write_recording(folder: Path, units: list[str], sfreq: float = 200.0) -> tuple[Path, Path]:
    time_s = np.arange(round(90 * sfreq)) / sfreq
    signals = [
        edfio.EdfSignal(
            np.sin(2 * np.pi * 10 * time_s) * scale,
            sfreq,
            label=f"EEG {index}",
            physical_dimension=unit,
        )
        for index, (unit, scale) in enumerate(zip(units, (40.0, 0.04), strict=False))
    ]
    edfio.Edf(signals).write(folder / "night.edf")
    (folder / "stages.txt").write_text("W\nN2\n", encoding="utf-8")
    return folder / "night.edf", folder / "stages.txt"


def test_that_epochs_and_stages_are_read(tmp_path):
    recording = read_full_recording(*write_recording(tmp_path, ["uV"]))
    assert recording.name == "night"
    assert recording.epochs.shape == (3, 3000)
    assert recording.stages.tolist() == [0, 2, -1]
    assert recording.epochs[1].std() == pytest.approx(40 / np.sqrt(2), abs=0.5)


def test_that_millivolts_become_microvolts(tmp_path):
    recording = read_full_recording(*write_recording(tmp_path, ["uV", "mV"]), "EEG 1")
    assert recording.epochs[1].std() == pytest.approx(40 / np.sqrt(2), abs=0.5)


@pytest.mark.parametrize("derivation", [None, "EEG 7"])
def test_that_one_derivation_must_be_named(tmp_path, derivation):
    paths = write_recording(tmp_path, ["uV", "uV"])
    with pytest.raises(ValueError, match="name one derivation of EEG 0, EEG 1"):
        read_full_recording(*paths, derivation)


def test_that_an_unknown_unit_is_refused(tmp_path):
    with pytest.raises(ValueError, match="unknown unit 'degC'"):
        read_full_recording(*write_recording(tmp_path, ["degC"]))


def test_that_more_stages_than_epochs_are_refused(tmp_path):
    edf_path, stages_path = write_recording(tmp_path, ["uV"])
    stages_path.write_text("W\n" * 4)
    with pytest.raises(ValueError, match="4 stages for 3 epochs"):
        read_full_recording(edf_path, stages_path)


def test_that_a_line_that_is_no_stage_is_named(tmp_path):
    edf_path, stages_path = write_recording(tmp_path, ["uV"])
    stages_path.write_text("W\nREM\n")
    with pytest.raises(ValueError, match=r"stages\.txt, line 2: “REM” is no stage"):
        read_full_recording(edf_path, stages_path)


def test_that_the_real_full_epoch_recording_is_read(sleepscorer_data):
    folder = sleepscorer_data / "continuous"
    recording = read_full_recording(
        folder / "dynamo-segment1.edf", folder / "dynamo-segment1-stages.txt"
    )
    assert recording.epochs.shape == (167, 3000)
    assert np.bincount(recording.stages).tolist() == [2, 7, 95, 37, 26]
