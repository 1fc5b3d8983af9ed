import json

import pytest

from training.__main__ import main

CONFIG = """
name = "Net"
version = "0"
seed = 1
validation_subjects = ["01"]
test_subjects = ["02"]
epoch_steps = 1
epoch_batch_size = 8
feature_copies = 1
sequence_steps = 1
sequence_batch_size = 2
"""


@pytest.fixture
def config(tmp_path) -> str:
    path = tmp_path / "tiny.toml"
    path.write_text(CONFIG)
    return str(path)


def test_that_weights_are_trained_and_evaluated(night_folder, tmp_path, config, capsys):
    out = tmp_path / "out"
    arguments = ["--data", str(night_folder), "--out", str(out), "--config", config]
    assert main(["train", *arguments]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {event["event"] for event in events} == {"step", "validation", "done"}

    path = out / "mc2sleepnet-0.safetensors"
    assert events[-1]["weights"] == str(path)
    assert main(["evaluate", "--weights", str(path), "--data", str(night_folder)]) == 0
    text = capsys.readouterr().out
    assert events[-1]["sha256"] in text
    assert "pseudo epochs" in text
    assert "mirrored epochs" in text


def test_that_full_epochs_are_evaluated_with_the_shipped_weights(sleepscorer_data, capsys):
    folder = sleepscorer_data / "continuous"
    recording = ["--edf", str(folder / "dynamo-segment1.edf")]
    stages = ["--stages", str(folder / "dynamo-segment1-stages.txt")]
    assert main(["evaluate", *recording, *stages]) == 0
    assert "dynamo-segment1, full 30-s epochs: 167 epochs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evaluate"], "name recordings"),
        (["evaluate", "--edf", "night.edf"], "go together"),
        (["evaluate", "--data", ".", "--weights", "no.safetensors"], "no.json is missing"),
        (["train", "--data", "nowhere", "--out", "out"], "contains no files"),
        (["train", "--data", ".", "--out", "out", "--config", "no.toml"], "no.toml"),
    ],
)
def test_that_a_failure_is_one_sentence(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1


def test_that_there_is_nothing_to_resume_in_an_empty_folder(night_folder, tmp_path, config, capsys):
    arguments = ["--data", str(night_folder), "--out", str(tmp_path / "out"), "--config", config]
    assert main(["train", *arguments, "--resume"]) == 1
    assert "start again without --resume" in capsys.readouterr().err
