import shutil
from pathlib import Path

import numpy as np
import pytest

import training
from model import weights
from model.files import newest, read, write
from resources import WEIGHTS_FOLDER
from training.__main__ import main
from training.mc2sleepnet.config import read_config

ALTERED = """
[altered]
held_out_wake_subjects = ["01"]
wake_derivations = ["C3-A2"]
"""
CONFIG = """
name = "Net"
version = "{version}"
seed = 1

[split]
validation_subjects = ["01"]
test_subjects = ["02"]

[epoch]
steps = {steps}
start_share = {share}
batch_size = 8

[sequence]
feature_copies = 1
steps = 1
batch_size = 2
"""


@pytest.fixture(scope="module")
def arguments(night_folder, wake_folder, tiny_network_table, tmp_path_factory):
    """Of a recipe with two fine-tunings."""
    folder = tmp_path_factory.mktemp("configs")
    for name, version, steps, share in (
        ("1-base", "1", 1, 0.0),
        ("2-altered-1", "2-1", 2, 0.0),
        ("2-altered-2", "2-2", 3, 0.0),
        ("3-mean", "2", 0, 1.0),
        ("10-last", "3", 1, 0.0),
    ):
        text = CONFIG.format(version=version, steps=steps, share=share) + tiny_network_table
        (folder / f"{name}.toml").write_text(text + ALTERED * (name != "1-base"))
    data = ["--data", str(night_folder), "--wake", str(wake_folder)]
    return ["bundled", *data, "--configs", str(folder)]


@pytest.fixture(scope="module")
def out(arguments, tmp_path_factory):
    """Folder of the runs of that recipe."""
    folder = tmp_path_factory.mktemp("out")
    assert main([*arguments, "--out", str(folder)]) == 0
    return folder


def parameters(path):
    network = weights.load(path, "cpu").network
    return {name: values.detach().numpy() for name, values in network.named_parameters()}


def test_that_weights_come_from_the_mean_of_what_was_made_of_the_base(out):
    path = out / "3-mean" / "mc2sleepnet-2.safetensors"
    made = weights.load(path, "cpu")
    assert [each.version for each in made.description.ancestors] == ["2-1", "1", "2-2"]
    assert made.description.subjects == ("00", "wake 00")

    ours = parameters(path)
    tuned = [parameters(out / f"2-altered-{n}" / f"mc2sleepnet-2-{n}.safetensors") for n in (1, 2)]
    epoch_level = [name for name in ours if ".epoch_model." in f".{name}"]
    assert epoch_level
    for name in epoch_level:
        mean = (tuned[0][name] + tuned[1][name]) / 2
        np.testing.assert_allclose(ours[name], mean, atol=1e-3)  # float16 in the files
    assert any(abs(tuned[0][name] - tuned[1][name]).max() > 1e-4 for name in epoch_level)


def test_that_the_last_run_begins_with_that_mean(out):
    path = out / "10-last" / "mc2sleepnet-3.safetensors"
    ancestors = weights.load(path, "cpu").description.ancestors
    assert [each.version for each in ancestors] == ["2", "2-1", "1", "2-2"]
    ours, mean = parameters(path), parameters(out / "3-mean" / "mc2sleepnet-2.safetensors")
    moved = max(abs(ours[name] - mean[name]).max() for name in ours if "epoch_model." in name)
    assert 0 < moved < 0.1  # one step


def test_that_what_is_made_already_is_not_made_again(arguments, out, capsys):
    path = out / "10-last" / "mc2sleepnet-3.safetensors"
    made = read(path).sha256
    path.unlink()  # as if killed before it was written
    assert main([*arguments, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert '"loss": ' not in said.replace('"loss": null', "")
    assert said.endswith(f"written to {path}\n")
    assert read(path).sha256 == made


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("10-last", "batch_size = 2", "batch_size = 3"),
        ("1-base", "seed = 1", "seed = 2"),
        ("2-altered-1", 'test_subjects = ["02"]', "test_subjects = []"),
    ],
)
def test_that_weights_of_another_recipe_are_not_taken_up(
    name, before, after, arguments, out, tmp_path, capsys
):
    *data, configs = arguments
    other = tmp_path / "configs"
    shutil.copytree(configs, other)
    path = other / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(before, after), encoding="utf-8")
    assert main([*data, str(other), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert name in said
    assert "another configuration" in said


def test_that_weights_that_began_elsewhere_are_not_taken_up(arguments, out, tmp_path, capsys):
    runs = tmp_path / "runs"
    shutil.copytree(out, runs)
    first, second = (runs / f"2-altered-{n}" / f"mc2sleepnet-2-{n}.safetensors" for n in (1, 2))
    write(second, read(second).description, read(first).tensors)  # as if it had been made anew
    assert main([*arguments, "--out", str(runs)]) == 1
    assert "another start" in capsys.readouterr().err


def test_that_folds_test_the_recipe_on_whom_no_run_has_seen(arguments, tmp_path, capsys):
    folds = tmp_path / "folds.toml"
    text = 'name = "Net"\nversion = "cv"\nseed = 3\n\n[split]\nprotocol = "folds"\nn_folds = 3\n'
    folds.write_text(text)
    out = tmp_path / "out"
    assert main([*arguments, "--out", str(out), "--folds-of", str(folds), "--folds", "1"]) == 0

    made = [weights.load(path, "cpu") for path in out.rglob("*.safetensors")]
    assert len(made) == 5
    splits = [
        [one.training[f"{part}_subjects"] for part in ("train", "validation", "test")]
        for one in made
    ]
    assert splits == [splits[0]] * 5
    assert sorted(subject for part in splits[0] for subject in part) == ["00", "01", "02"]
    assert not any(set(one.description.subjects) & set(splits[0][2]) for one in made)
    assert f"subjects {splits[0][2][0]}, 1 nights, pseudo epochs" in capsys.readouterr().out
    assert (out / "evaluation.json").exists()


def test_that_some_folds_of_nothing_are_refused(arguments, tmp_path, capsys):
    assert main([*arguments, "--out", str(tmp_path), "--folds", "1"]) == 1
    assert "--folds-of" in capsys.readouterr().err


@pytest.mark.parametrize("names", [[], ["base"], ["1-base", "2-one", "2-other"]])
def test_that_a_recipe_without_one_last_run_is_refused(
    names, night_folder, wake_folder, tmp_path, capsys
):
    for name in names:
        (tmp_path / f"{name}.toml").touch()
    data = ["--data", str(night_folder), "--wake", str(wake_folder), "--out", str(tmp_path)]
    assert main(["bundled", *data, "--configs", str(tmp_path)]) == 1
    assert "needs STEP-NAME.toml, and one of the last step alone" in capsys.readouterr().err


def test_that_the_shipped_recipe_names_the_shipped_version():
    shipped = weights.load(newest(WEIGHTS_FOLDER), "cpu")
    folder = Path(training.__file__).parent / "configs" / "bundled"
    *earlier, last = [read_config(path) for path in sorted(folder.glob("*.toml"))]
    assert last.version == shipped.version
    ancestors = {each.version for each in shipped.description.ancestors}
    assert ancestors == {each.version for each in earlier}
    subjects = {one for each in (*earlier, last) for one in each.split.validation_subjects}
    assert subjects.isdisjoint(shipped.description.subjects)
