import json
import os
import subprocess
import sys
from pathlib import Path

import edfio
import numpy as np
import pytest
import torch

from model import weights
from training.__main__ import main
from training.data.dataset import read_dataset

CONFIG = """
name = "Net"
version = "0"
seed = 1

[split]
validation_subjects = ["01"]
test_subjects = ["02"]

[epoch]
steps = 1
batch_size = 8

[pretraining]
steps = 1
batch_size = 2

[sequence]
feature_copies = 1
steps = 1
batch_size = 2
"""


@pytest.fixture
def config(tmp_path, tiny_network_table) -> str:
    path = tmp_path / "tiny.toml"
    path.write_text(CONFIG + tiny_network_table)
    return str(path)


def test_that_weights_are_trained_and_evaluated(night_folder, tmp_path, config, capsys):
    out, tuned = tmp_path / "out", tmp_path / "tuned"
    arguments = ["--data", str(night_folder), "--config", config]
    assert main(["train", *arguments, "--out", str(out)]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {event["event"] for event in events} == {"step", "validation", "done"}
    logged = (out / "progress.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in logged] == events
    assert "sequence: validation" in (out / "curves.svg").read_text(encoding="utf-8")

    assert events[-1]["weights"] == str(out / "mc2sleepnet-0.safetensors")
    start = ["--start", str(out / "checkpoint.pt")]
    assert main(["train", *arguments, *start, "--out", str(tuned)]) == 0
    path = tuned / "mc2sleepnet-0.safetensors"
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert main(["evaluate", "--weights", str(path), "--data", str(night_folder)]) == 0
    text = capsys.readouterr().out
    assert events[-1]["sha256"] in text
    assert "pseudo epochs" in text
    assert "mirrored epochs" in text
    assert "The paper's own figures (Table 5)" in text


def test_that_weights_are_gauged(night_folder, wake_folder, tmp_path, config, capsys):
    out, path = tmp_path / "out", tmp_path / "gauges.json"
    altered = tmp_path / "altered.toml"
    table = '[altered]\nheld_out_wake_subjects = ["01"]\nwake_derivations = ["C3-A2"]\n'
    altered.write_text(f"{Path(config).read_text()}\n{table}")
    data = ["--data", str(night_folder), "--wake", str(wake_folder)]
    assert main(["train", *data, "--out", str(out), "--config", str(altered)]) == 0
    capsys.readouterr()
    trained = ["--weights", str(out / "mc2sleepnet-0.safetensors"), "--json", str(path)]
    alterations = ["--alterations", "gain × 0.5", "white noise 5 µV"]
    arguments = ["gauge", *trained, *data, *alterations]
    assert main([*arguments, "--wake-subjects", "01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:16].strip() for line in lines[-3:]] == ["as recorded", *alterations[1:]]
    figures = json.loads(path.read_text(encoding="utf-8"))
    assert {each["group"] for each in figures["as_recorded"]} == {
        "pseudo",
        "mirrored",
        "wake C3-A2",
        "wake Fpz*-Cz",
    }
    assert main([*arguments, "--wake-subjects", "00"]) == 1
    assert "trained on awake subjects 00" in capsys.readouterr().err


def test_that_full_epochs_are_evaluated_with_the_shipped_weights(sleepscorer_data, capsys):
    folder = sleepscorer_data / "continuous"
    recording = ["--edf", str(folder / "dynamo-segment1.edf")]
    stages = ["--stages", str(folder / "dynamo-segment1-stages.txt")]
    assert main(["evaluate", *recording, *stages]) == 0
    assert "dynamo-segment1, full 30-s epochs: 167 epochs" in capsys.readouterr().out


def test_that_a_training_is_not_begun_where_there_is_one(night_folder, tmp_path, config, capsys):
    out = tmp_path / "out"
    arguments = ["--data", str(night_folder), "--out", str(out), "--config", config]
    assert main(["train", *arguments]) == 0
    there = {path: path.read_bytes() for path in out.iterdir()}
    capsys.readouterr()
    assert main(["train", *arguments]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{out} holds a training already: choose another folder")
    assert {path: path.read_bytes() for path in out.iterdir()} == there
    assert main(["train", *arguments, "--resume"]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evaluate", "--json", "night.edf"], "night.edf does not end in .json"),
        (["gauge", "--json", "night.edf"], "night.edf does not end in .json"),
        (["gauge", "--json", "no/figures.json"], "the folder no does not exist"),
        (["replay", "--data", ".", "--out", "night.edf"], "night.edf is there already"),
        (["replay", "--data", ".", "--out", "no/set.h5"], "the folder no does not exist"),
        (["prepare", "partial", ".", "--out", "no/set.h5"], "the folder no does not exist"),
    ],
)
def test_that_no_result_takes_the_place_of_what_was_named_by_mistake(
    arguments, message, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "night.edf").write_bytes(b"0")
    with pytest.raises(SystemExit):
        main(arguments)
    assert message in capsys.readouterr().err
    assert (tmp_path / "night.edf").read_bytes() == b"0"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evaluate"], "name recordings"),
        (["evaluate", "--edf", "night.edf"], "go together"),
        (["evaluate", "--data", ".", "--weights", "no.safetensors"], "no.safetensors is missing"),
        (["gauge"], "name recordings"),
        (["gauge", "--edf", "night.edf"], "go together"),
        (["train", "--data", "nowhere", "--out", "out"], "nowhere does not exist"),
        (["train", "--data", ".", "--out", "out", "--config", "no.toml"], "no.toml"),
        (["prepare", "list", "no.tsv", "--out", "set.h5"], "no.tsv can't be read or written: No"),
        (["download", "--out", "nights", "--subjects", "999"], "there is no subject 999"),
        (["train", "synthsleepnet", "--data", ".", "--out", "out"], "training set: Is a directory"),
        (["train", "synthsleepnet", "--data", "no.h5", "--out", "out"], "training set: No such"),
        (["replay", "--data", ".", "--weights", "8", "--out", "set.h5"], "8 is missing. Choose"),
        (["replay", "--data", ".", "--weights", "text", "--out", "set.h5"], "text is no weights"),
    ],
)
def test_that_a_failure_is_one_sentence(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text").write_text("no network")
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("content", [None, b"", b"hi\n", b"8", b"PK\x03\x04", "list", "dict"])
def test_that_what_training_can_not_begin_with_is_said_before_anything_is_changed(
    content, night_folder, tmp_path, config, capsys
):
    named = tmp_path / "8"
    if isinstance(content, str):
        torch.save({"list": [1, 2], "dict": {"step": 3}}[content], named)
    elif content is not None:
        named.write_bytes(content)
    progress = tmp_path / "out" / "progress.jsonl"
    progress.parent.mkdir()
    progress.write_text("of an earlier run\n")
    arguments = ["--data", str(night_folder), "--out", str(tmp_path / "out"), "--config", config]
    assert main(["train", *arguments, "--start", str(named)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{named} is ")
    assert "version (.safetensors) or the checkpoint.pt" in told
    assert "--resume" not in told
    assert progress.read_text() == "of an earlier run\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["cost", "--batch", "0"],
        ["cost", "--steps", "0"],
        ["few-labels", "--out", "out", "--labelled", "0"],
        ["few-labels", "--out", "out", "--epochs", "-3"],
    ],
)
def test_that_nothing_can_not_be_counted(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(arguments)
    assert "is no whole number from 1" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_that_there_is_nothing_to_resume_in_an_empty_folder(night_folder, tmp_path, config, capsys):
    arguments = ["--data", str(night_folder), "--out", str(tmp_path / "out"), "--config", config]
    assert main(["train", *arguments, "--resume"]) == 1
    assert "start again without --resume" in capsys.readouterr().err


def test_that_two_processes_train_one_network(night_folder, tmp_path, config):
    out = tmp_path / "out"
    launcher = ["torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    arguments = ["--data", str(night_folder), "--out", str(out), "--config", config]
    finished = subprocess.run(
        [sys.executable, "-m", *launcher, "-m", "training", "train", *arguments],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert finished.returncode == 0, finished.stderr
    events = [json.loads(line) for line in finished.stdout.splitlines()]
    assert [event["event"] for event in events].count("done") == 1
    model = weights.load(out / "mc2sleepnet-0.safetensors", "cpu")
    assert model.training["n_processes"] == 2


def test_that_a_training_set_is_prepared_from_a_list(tmp_path, capsys):
    time_s = np.arange(6000) / 100
    eeg = edfio.EdfSignal(
        20 * np.sin(20 * np.pi * time_s), 100, label="C4-M1", physical_dimension="uV"
    )
    edfio.Edf([eeg]).write(tmp_path / "a.edf")
    (tmp_path / "a.txt").write_text("W\nN2\n")
    nights = tmp_path / "nights.tsv"
    nights.write_text(
        "recording\tscoring\tsubject\tscorer\na.edf\ta.txt\tp1\tAna\na.edf\tno.txt\tp1\tAna\n"
    )
    path = tmp_path / "set.h5"
    assert main(["prepare", "list", str(nights), "--out", str(path)]) == 0
    assert "1 of 2 nights added" in capsys.readouterr().out
    (night,) = read_dataset(path)
    assert night.stages.tolist() == [0, 2]


def test_that_partial_epochs_become_a_training_set(night_folder, tmp_path, capsys):
    path = tmp_path / "set.h5"
    assert main(["prepare", "partial", str(night_folder), "--out", str(path)]) == 0
    assert len(read_dataset(path)) == 4
