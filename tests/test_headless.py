import csv
import errno
import importlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.files import Description, InputRange
from model.mc2sleepnet.architecture import StagingMC2SleepNet
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.inference import Prediction
from model.weights import LoadedModel
from sleepscorer import headless
from sleepscorer.__main__ import main
from sleepscorer.batch.manifest import FILE_NAME
from sleepscorer.batch.run import LOCK_NAME
from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.domain.stages import Stage
from sleepscorer.headless import SOME_LEFT_ALONE, score
from sleepscorer.io.edf import read_edf_annotations
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.jobs import lock
from sleepscorer.jobs.lock import held
from sleepscorer.signals.simulation import simulate_night

CSV, EDF = scoring_format("csv"), scoring_format("edf")


class Signal:
    def __init__(self, label: str, n_epochs: float = 3) -> None:
        self.label = label
        self.unit = "uV"
        self.sfreq = 100.0
        self.physical_range = None
        noise = np.random.default_rng(0).normal(size=round(3000 * n_epochs))
        # With less and less power towards higher frequencies, as an EEG has.
        self.samples = np.convolve(noise, 10 * np.ones(5), "same").astype(np.float32)


@pytest.fixture(autouse=True)
def _network_that_always_says_n2(monkeypatch):
    """Stage without a network: what it says does not matter here."""

    def predict(network, epochs, *, runs, progress):
        for fraction in (0.0, 0.5, 1.0):
            progress(fraction)
        probabilities = np.tile(np.float32([0.1, 0.1, 0.6, 0.1, 0.1]), (len(epochs), 1))
        return Prediction(probabilities, np.zeros((len(epochs), 2, 8), np.float32))

    tiny = MC2SleepNetConfig(n_epoch_layers=1, n_sequence_layers=1, d_feedforward=8)
    known = InputRange(lowest_uv=4.0, usual_uv=16.0, highest_uv=60.0, least_sfreq=40.0)
    description = Description("mc2sleepnet", "Net", "1", {}, input_range=known)
    model = LoadedModel(StagingMC2SleepNet(tiny), description, "00", "cpu")
    monkeypatch.setattr(headless, "load_model", lambda _sha256: model)
    monkeypatch.setattr("model.mc2sleepnet.architecture.predict_with_features", predict)


@pytest.fixture
def night(tmp_path) -> Path:
    return write_night(tmp_path / "nights" / "night.edf")


def write_night(path: Path, *labels: str, n_epochs: float = 3) -> Path:
    path.parent.mkdir(exist_ok=True)
    signals = [Signal(label, n_epochs) for label in labels or ("EEG Fpz-Cz", "EMG chin")]
    write_edf(path, signals, start=None)
    return path


def results_in(folder: Path) -> list[str]:
    """Names of all files but the manifest and its lock."""
    return sorted({path.name for path in folder.iterdir()} - {FILE_NAME, LOCK_NAME})


def test_that_csv_is_written_for_every_recording(night, tmp_path, capsys):
    other = write_night(tmp_path / "nights" / "other.edf", n_epochs=2)
    out = tmp_path / "new" / "results"
    assert score([night, other], out=out, scoring_format=CSV) == 0
    assert results_in(out) == ["night.csv", "other.csv"]
    with (out / "night.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["epoch"], row["stage"], row["source"]) for row in rows] == [
        ("1", "N2", "model"),
        ("2", "N2", "model"),
        ("3", "N2", "model"),
    ]
    told = capsys.readouterr()
    assert told.out == ""
    assert "Net 1 on CPU. Not a medical device: a qualified person reviews" in told.err
    assert f"night.edf: 3 epochs from Fpz-Cz → {out / 'night.csv'}" in told.err
    assert "other.edf: 2 epochs from Fpz-Cz" in told.err


def test_that_an_edf_hypnogram_is_written(night, tmp_path):
    assert score([night], out=tmp_path / "out", scoring_format=EDF) == 0
    annotations = read_edf_annotations(tmp_path / "out" / "night-hypnogram.edf")
    stages = [Stage.from_edf_text(one.description) for one in annotations]
    assert stages == [Stage.N2] * 3


def test_that_results_may_go_beside_the_recordings_and_be_written_again_on_request(night):
    before = night.read_bytes()
    for row in (CSV, EDF, CSV, EDF):
        assert score([night], out=night.parent, scoring_format=row, overwrite=True) == 0
    assert results_in(night.parent) == [
        "night-hypnogram.edf",
        "night.csv",
        "night.edf",
    ]
    assert night.read_bytes() == before


def test_that_a_result_that_is_there_already_is_somebodys_work(night, tmp_path, capsys):
    expert = tmp_path / "night-hypnogram.edf"
    expert.write_text("of an expert")
    other = write_night(tmp_path / "nights" / "other.edf")
    assert score([night, other], out=tmp_path, scoring_format=EDF) == SOME_LEFT_ALONE
    assert expert.read_text() == "of an expert"
    told = capsys.readouterr().err
    assert "night.edf was skipped: " in told
    assert "is there already and was left alone" in told
    assert told.endswith("1 of 2 files staged, 1 skipped.\n")


def test_that_one_failing_recording_does_not_keep_the_others(night, tmp_path, capsys):
    letter = tmp_path / "letter.edf"
    letter.write_text("Dear colleague")
    blind = write_night(tmp_path / "nights" / "blind.edf", "EMG chin")
    short = write_night(tmp_path / "nights" / "short.edf", n_epochs=0.9)
    last = write_night(tmp_path / "nights" / "last.edf")
    gone = tmp_path / "gone.edf"
    out = tmp_path / "out"
    status = score([letter, night, blind, short, gone, last], out=out, scoring_format=CSV)
    assert status == 1
    assert results_in(out) == ["last.csv", "night.csv"]
    told = capsys.readouterr().err
    assert "letter.edf is not an EDF or BDF file" in told
    assert "blind.edf has no EEG channel that could be staged" in told
    assert "short.edf has no complete 30-s epoch" in told
    assert "gone.edf can't be opened: No such file" in told
    assert told.endswith("2 of 6 files staged, 4 failed.\n")


def test_that_remarks_on_a_recording_are_said_and_stand_in_the_result(night, tmp_path, capsys):
    night.write_bytes(night.read_bytes()[:-500])
    assert score([night], out=tmp_path / "out", scoring_format=CSV) == 0
    sentence = "night.edf is shorter than its header says"
    assert sentence in capsys.readouterr().err
    with (tmp_path / "out" / "night.csv").open(encoding="utf-8", newline="") as file:
        assert sentence in next(csv.DictReader(file))["comment"]


def test_that_a_result_that_can_not_be_written_fails_that_recording(night, tmp_path, capsys):
    out = tmp_path / "out"
    (out / "night.csv").mkdir(parents=True)
    other = write_night(tmp_path / "nights" / "other.edf")
    assert score([night, other], out=out, scoring_format=CSV, overwrite=True) == 1
    assert (out / "other.csv").is_file()
    assert "night.csv can't be written: Is a directory" in capsys.readouterr().err


# What is refused before anything is staged


def refused(capsys, recordings: list[Path], out: Path, row=CSV) -> str:
    assert score(recordings, out=out, scoring_format=row) == 1
    told = capsys.readouterr().err
    assert "epochs from" not in told
    return told


def test_that_two_batches_do_not_write_into_one_folder_at_a_time(night, tmp_path, capsys):
    out = tmp_path / "out"
    with held(out / LOCK_NAME):
        assert f"Another batch is writing into {out}" in refused(capsys, [night], out)
    assert results_in(out) == []
    assert score([night], out=out, scoring_format=CSV) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="locks say nothing else there")
def test_that_a_folder_without_locks_takes_a_batch(night, tmp_path, monkeypatch):
    def none(descriptor, how):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(lock.fcntl, "flock", none)
    assert score([night], out=tmp_path / "out", scoring_format=CSV) == 0


def test_that_two_recordings_never_share_a_result(night, tmp_path, capsys):
    same_name = tmp_path / "copies" / "night.edf"
    same_name.parent.mkdir()
    shutil.copy(night, same_name)
    other = write_night(tmp_path / "nights" / "other.edf")
    out = tmp_path / "out"
    assert score([night, other, same_name], out=out, scoring_format=CSV) == 1
    told = capsys.readouterr().err
    both = f"{night} and {same_name} would both be written to {out / 'night.csv'}"
    assert f"{both}; {night} was left out" in told
    assert f"{both}; {same_name} was left out" in told
    assert told.endswith("1 of 3 files staged, 2 failed.\n")
    assert results_in(out) == ["other.csv"]


def test_that_a_recording_is_never_overwritten_by_its_own_result(tmp_path, capsys):
    night = write_night(tmp_path / "nights" / "night.csv")  # the suffix does not matter
    before = night.read_bytes()
    told = refused(capsys, [night], night.parent)
    assert f"The result for {night} would be written over " in told
    assert night.read_bytes() == before


def test_that_no_recording_is_overwritten_by_the_result_of_another(night, capsys):
    other = write_night(night.with_name("night-hypnogram.edf"))
    before = other.read_bytes()
    for recordings in ([night, other], [other, night]):
        assert score(recordings, out=night.parent, scoring_format=EDF, overwrite=True) == 1
        told = capsys.readouterr().err
        assert f"The result for {night} would be written over " in told
        assert str(other) in told
    assert other.read_bytes() == before


def test_that_the_result_of_a_missing_recording_may_be_there_already(night, capsys):
    assert score([night], out=night.parent, scoring_format=CSV) == 0
    night.unlink()
    assert score([night], out=night.parent, scoring_format=CSV, overwrite=True) == 1
    assert "night.edf can't be opened: No such file" in capsys.readouterr().err


def test_that_a_folder_that_can_not_be_made_is_explained(night, capsys):
    told = refused(capsys, [night], night / "out")
    assert "night.edf/out can't be made: Not a directory; choose another with --out" in told
    told = refused(capsys, [night], night)
    assert "can't be made: File exists; choose another with --out" in told


def test_that_missing_weights_are_explained(night, tmp_path, monkeypatch, capsys):
    def fail(_sha256: str) -> None:
        raise AutoscoringError("net.safetensors is missing.")

    monkeypatch.setattr(headless, "load_model", fail)
    told = refused(capsys, [night], tmp_path / "out")
    assert told == "net.safetensors is missing.\n"


# Channels


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        (None, "C4-M1"),
        ("C4", "C4"),
        ("C4,M1", "C4-M1"),
        (" O2 , M1 ", "O2-M1"),
        ("EMG chin", "EMG chin"),
    ],
)
def test_that_the_channel_to_stage_can_be_chosen(tmp_path, capsys, channel, name):
    night = write_night(tmp_path / "night.edf", "O2", "C4", "M1", "EMG chin")
    status = score([night], out=tmp_path / "out", scoring_format=CSV, channel=channel)
    assert status == 0
    assert f"night.edf: 3 epochs from {name} →" in capsys.readouterr().err


@pytest.mark.parametrize("channel", ["O1", "C4,M2", "", "c4"])
def test_that_a_channel_that_is_not_there_is_named_with_those_that_are(tmp_path, capsys, channel):
    night = write_night(tmp_path / "night.edf", "O2", "C4", "M1")
    status = score([night], out=tmp_path / "out", scoring_format=CSV, channel=channel)
    assert status == 1
    missing = channel.rpartition(",")[2]
    assert f"has no channel “{missing}”; it has: O2, C4, M1" in capsys.readouterr().err


# What looks wrong


def field_case(folder: Path, name: str, tmp_path: Path) -> tuple[Path, Path]:
    return folder / "field-cases" / f"{name}.edf", tmp_path / "out" / f"{name}.csv"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("F01-flat", "C4-M1 is flat in 100 % of the seconds."),
        ("F03-unit-mV-but-values-uV", "deviates by 2e+04 µV"),
        ("F04-saturated", "C4-M1 is flat in 100 % of the seconds."),
        ("F05-blank-unit-volts", "The values look like V taken for µV."),
    ],
)
def test_that_a_signal_that_looks_wrong_is_said_at_the_terminal_and_in_the_result(
    sleepscorer_data, tmp_path, capsys, name, sentence
):
    recording, result = field_case(sleepscorer_data, name, tmp_path)
    assert score([recording], out=result.parent, scoring_format=CSV) == 0
    assert sentence in capsys.readouterr().err
    with result.open(encoding="utf-8", newline="") as file:
        assert sentence in next(csv.DictReader(file))["comment"]


def test_that_volts_are_understood_or_said_to_look_like_volts(sleepscorer_data, tmp_path, capsys):
    recording, result = field_case(sleepscorer_data, "F02-unit-Volts", tmp_path)
    assert score([recording], out=result.parent, scoring_format=CSV) == 0
    told = capsys.readouterr().err
    assert ("The values look like V taken for µV." in told) != ("look" not in told)


@pytest.mark.parametrize("name", ["F01-flat", "F03-unit-mV-but-values-uV", "F04-saturated"])
def test_that_strict_scoring_leaves_no_result_of_a_signal_that_looks_wrong(
    sleepscorer_data, tmp_path, capsys, name
):
    recording, result = field_case(sleepscorer_data, name, tmp_path)
    assert score([recording], out=result.parent, scoring_format=CSV, strict=True) == 1
    assert not result.exists()
    assert f"{name}.edf has no result, as --strict asks for: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda samples: samples * 1000, "The values look like nV taken for µV."),
        (lambda samples: np.zeros_like(samples), "is flat in 100 % of the seconds"),
        (lambda samples: samples.clip(-10, 10), "stays at its limit"),
        (lambda samples: np.random.default_rng(0).normal(0, 20, samples.size), "looks like EMG"),
    ],
)
def test_that_other_faults_of_a_signal_are_said_too(tmp_path, capsys, damage, sentence):
    (eeg,) = (one for one in simulate_night(3, 15).channels if one.label == "EEG C4-M1")
    samples = damage(eeg.samples).astype(np.float32)
    path = tmp_path / "night.edf"
    write_edf(path, [replace(eeg, samples=samples, physical_range=None)], start=None)
    assert score([path], out=tmp_path / "out", scoring_format=CSV) == 0
    assert sentence in capsys.readouterr().err
    assert score([path], out=tmp_path / "strict", scoring_format=CSV, strict=True) == 1


def test_that_a_signal_of_the_wrong_size_is_staged_once_its_factor_is_given(
    sleepscorer_data, tmp_path, capsys
):
    recording, result = field_case(sleepscorer_data, "F03-unit-mV-but-values-uV", tmp_path)
    assert score([recording], out=result.parent, scoring_format=CSV, gain=1e-3, strict=True) == 0
    assert "from C4-M1 × 0.001" in capsys.readouterr().err


@pytest.mark.parametrize("factor", ["0", "nan", "inf", "much"])
def test_that_a_factor_that_leaves_nothing_is_refused(factor, capsys):
    with pytest.raises(SystemExit):
        main(["score", "night.edf", "--out", "out", f"--gain={factor}"])
    assert f"argument --gain: “{factor}” is no number other than 0" in capsys.readouterr().err


def test_that_a_unit_that_is_no_voltage_is_said(tmp_path, capsys):
    night = write_night(tmp_path / "night.edf", "EEG Fpz-Cz")
    header = night.read_bytes()
    night.write_bytes(header.replace(b"uV      ", b"furlongs", 1))
    assert score([night], out=tmp_path / "out", scoring_format=CSV) == 0
    told = capsys.readouterr().err
    assert "The unit of Fpz-Cz is “furlongs”, no voltage that is known" in told


def test_that_a_night_of_one_stage_is_said(tmp_path, capsys):
    night = write_night(tmp_path / "night.edf", n_epochs=20)
    assert score([night], out=tmp_path / "out", scoring_format=CSV) == 0
    assert "100 % of 20 epochs were staged N2." in capsys.readouterr().err


# Several derivations


def write_montage(path: Path, *labels: str, dead: str = "", n_epochs: int = 20) -> Path:
    path.parent.mkdir(exist_ok=True)
    signals = [Signal(label, n_epochs) for label in labels]
    for signal in signals:
        if signal.label == dead:
            signal.samples[10 * 3000 :] = 0
    write_edf(path, signals, start=None)
    return path


def test_that_up_to_three_derivations_vote_and_fewer_where_that_is_said(tmp_path, capsys):
    labels = ("F4-M1", "C4-M1", "C3-M2", "O2-M1")
    night = write_montage(tmp_path / "nights" / "night.edf", *labels)
    assert score([night], out=tmp_path / "out", scoring_format=CSV) == 0
    assert "20 epochs from F4-M1 + C3-M2 + O2-M1 →" in capsys.readouterr().err
    assert score([night], out=tmp_path / "one", scoring_format=CSV, voters=1) == 0
    assert "20 epochs from F4-M1 →" in capsys.readouterr().err
    assert score([night], out=tmp_path / "named", scoring_format=CSV, channel="C4-M1") == 0
    assert "20 epochs from C4-M1 →" in capsys.readouterr().err


def test_that_a_derivation_that_comes_off_is_said_and_the_others_stage_on(tmp_path, capsys):
    night = write_montage(tmp_path / "n" / "night.edf", "F4-M1", "C3-M2", dead="F4-M1")
    assert score([night], out=tmp_path, scoring_format=CSV) == 0
    sentence = "F4-M1 was left out from 00:05:00 to 00:10:00: flat signal."
    assert sentence in capsys.readouterr().err
    with (tmp_path / "night.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sentence in rows[0]["comment"]
    assert {row["stage"] for row in rows} == {"N2"}


def test_that_a_voter_that_is_no_eeg_is_left_out_and_not_the_others(tmp_path, capsys):
    channels = {one.label: one for one in simulate_night(3, 60).channels}
    eeg = channels["EEG C4-M1"]
    times_s = np.arange(eeg.samples.size) / eeg.sfreq
    breath = 50 * np.sin(1.5 * times_s) + np.random.default_rng(0).normal(0, 0.3, times_s.size)
    wrong = replace(eeg, label="O2-M1", samples=breath.astype(np.float32))
    (tmp_path / "n").mkdir()
    night = tmp_path / "n" / "night.edf"
    write_edf(night, [eeg, wrong], start=None)
    assert score([night], out=tmp_path, scoring_format=CSV) == 0
    told = capsys.readouterr().err
    assert "O2-M1 was left out from 00:00:00 to 00:30:00: a signal that does not look" in told
    assert "C4-M1 was left out" not in told


def test_that_epochs_that_can_not_be_staged_say_why_in_the_result(tmp_path, capsys):
    night = write_montage(tmp_path / "n" / "night.edf", "F4-M1", dead="F4-M1")
    assert score([night], out=tmp_path, scoring_format=CSV) == 0
    assert "10 epochs (50.0 %) can't be staged: 10 flat signal." in capsys.readouterr().err
    with (tmp_path / "night.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["stage"] for row in rows] == ["N2"] * 10 + [""] * 10
    assert [row["comment"] for row in rows[10:]] == ["Not stageable: flat signal."] * 10


# A second opinion


def test_that_a_second_opinion_is_written_beside_and_its_differences_are_counted(
    night, tmp_path, capsys
):
    program = tmp_path / "ours.py"
    program.write_text("import sys; open(sys.argv[2], 'w').write('N2\\nN2\\nN3')")
    command = f"{sys.executable} {program} {{recording}} {{out}}"
    assert score([night], out=tmp_path / "out", scoring_format=CSV, second=command) == 0
    assert "another stage to 1 of 3 epochs (33.3 %) that both staged." in capsys.readouterr().err
    stages = {}
    for name in ("night", "night-second"):
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            stages[name] = [row["stage"] for row in csv.DictReader(file)]
    assert stages == {"night": ["N2"] * 3, "night-second": ["N2", "N2", "N3"]}
    assert score([night], out=tmp_path / "fused", scoring_format=CSV, second=command, fuse=True)
    assert "gives stages without probabilities, which can't be fused" in capsys.readouterr().err
    assert not results_in(tmp_path / "fused")


def test_that_a_second_opinion_that_can_not_be_had_is_said_before_anything_is_staged(
    night, tmp_path, capsys
):
    assert score([night], out=tmp_path / "out", scoring_format=CSV, second="gssc") == 1
    assert "“gssc” is neither “yasa” nor a command with" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_that_what_another_program_failed_with_is_said_with_the_recording(night, tmp_path, capsys):
    failing = f"{shlex.quote(sys.executable)} -c exit(3) {{recording}} {{out}}"
    assert score([night], out=tmp_path / "out", scoring_format=CSV, second=failing) == 1
    assert "\nnight.edf: python" in capsys.readouterr().err


def test_that_a_label_with_a_comma_is_a_channel(tmp_path, capsys):
    night = write_night(tmp_path / "night.edf", "EEG C4,M1")
    assert score([night], out=tmp_path / "out", scoring_format=CSV, channel="EEG C4,M1") == 0
    assert "3 epochs from" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_that_outcomes_for_which_there_is_no_room_are_said_and_the_batch_goes_on_later(
    tmp_path, monkeypatch, capsys
):
    nights = [write_night(tmp_path / f"{name}.edf") for name in "ab"]
    out = tmp_path / "out"
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert score(nights, out=out, scoring_format=CSV, as_json=True) == 1
        monkeypatch.undo()
    told = capsys.readouterr().err
    assert "what was staged stays" in told
    assert "Traceback" not in told
    assert results_in(out) == ["a.csv"]


# Progress


def test_that_progress_is_shown_on_a_terminal_and_not_in_a_file(
    night, tmp_path, monkeypatch, capsys
):
    score([night], out=tmp_path / "out", scoring_format=CSV)
    assert "%" not in capsys.readouterr().err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    score([night], out=tmp_path / "terminal", scoring_format=CSV)
    told = capsys.readouterr().err
    assert "\rnight.edf:  20 %\rnight.edf:  60 %\rnight.edf: 100 %\n" in told


def test_that_what_is_said_of_a_recording_that_was_left_has_a_line_of_its_own(
    night, tmp_path, monkeypatch, capsys
):
    def leave(error: BaseException) -> str:
        def predict(network, epochs, *, runs, progress):
            progress(0.5)
            raise error

        monkeypatch.setattr("model.mc2sleepnet.architecture.predict_with_features", predict)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        score([night], out=tmp_path / "out", scoring_format=CSV)
        return capsys.readouterr().err

    assert " %\nInterrupted. What was staged stays" in leave(KeyboardInterrupt())
    assert " %\nnight.edf" in leave(MemoryError())


# Borders


ODD_ERRORS = [
    (RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB"), "not enough memory"),
    (RuntimeError("[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator"), "not enough memory"),
    (MemoryError(), "not enough memory"),
    (RuntimeError("CUDA error: device-side assert\nline 2"), "CUDA error: device-side assert"),
    (OSError(36, "File name too long", "x" * 300), "File name too long"),
    (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), "a fault of SleepScorer"),
    (RecursionError("deep"), "a fault of SleepScorer"),
    (OverflowError("too large"), "a fault of SleepScorer"),
    (AttributeError("'NoneType' object has no attribute 'get'"), "a fault of SleepScorer"),
    (SystemError("a decoder"), "a fault of SleepScorer"),
]


@pytest.mark.parametrize("where", ["open", "stage", "write"])
@pytest.mark.parametrize(("error", "sentence"), ODD_ERRORS, ids=lambda one: type(one).__name__)
def test_that_an_odd_error_ends_one_recording_and_not_the_batch(
    night, tmp_path, monkeypatch, capsys, where, error, sentence
):
    other = write_night(tmp_path / "nights" / "other.edf")
    place = {
        "open": "sleepscorer.batch.staging.open_recording",
        "stage": "model.mc2sleepnet.architecture.predict_with_features",
        "write": "sleepscorer.io.csv_scoring.write_text",
    }[where]
    module, _, name = place.rpartition(".")
    whole = getattr(importlib.import_module(module), name)
    calls = []

    def failing(*arguments, **options):
        calls.append(1)
        if len(calls) == 1:
            raise error
        return whole(*arguments, **options)

    monkeypatch.setattr(place, failing)
    assert score([night, other], out=tmp_path / "out", scoring_format=CSV) == 1
    told = capsys.readouterr().err
    assert sentence in told or "the network failed" in told
    assert "night.edf" in told or str(night) in told or "x" * 300 in told
    assert "Traceback" not in told
    assert "line 2" not in told or where != "stage"
    assert told.endswith("1 of 2 files staged, 1 failed.\n")
    assert [path.name for path in (tmp_path / "out").glob("*.csv")] == ["other.csv"]


def test_that_a_name_that_is_too_long_ends_no_batch(tmp_path, capsys):
    nights = [write_night(tmp_path / "nights" / f"{name}.edf") for name in ("n" * 250, "other")]
    assert score(nights, out=tmp_path / "out", scoring_format=EDF) in (0, 1)
    assert (tmp_path / "out" / "other-hypnogram.edf").exists()


@pytest.mark.parametrize("stream", [None, "closed"])
def test_that_the_work_is_done_where_nobody_hears_of_it(night, tmp_path, monkeypatch, stream):
    if stream is not None:
        stream = io.StringIO()
        stream.close()
    monkeypatch.setattr("sys.stderr", stream)
    assert score([night], out=tmp_path / "out", scoring_format=CSV) == 0
    assert (tmp_path / "out" / "night.csv").exists()


def test_that_a_missing_torch_is_a_sentence(night, tmp_path):
    # Not as None among the modules: scipy looks there for torch, without importing it.
    missing = "raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')"
    (tmp_path / "torch.py").write_text(missing, encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
        "from sleepscorer.__main__ import main; "
        f"sys.exit(main(['score', {str(night)!r}, '--out', {str(tmp_path / 'out')!r}]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("torch, which runs the network, can't be loaded")
    assert "Traceback" not in ended.stderr
