import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch

from model import weights
from model.config import MC2SleepNetConfig
from model.inference import predict
from model.mc2sleepnet import MC2SleepNet
from model.weights import WeightsError


@pytest.fixture(scope="module")
def network() -> MC2SleepNet:
    torch.manual_seed(0)
    network = MC2SleepNet().eval()
    network.temperature = 1.25
    return network


@pytest.fixture(scope="module")
def pristine(network, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "net-1.safetensors"
    weights.save(path, network, name="Net", version="1", training={"minutes": 3})
    return path


@pytest.fixture
def path(pristine, tmp_path) -> Path:
    """A copy that a test may damage."""
    shutil.copy(pristine, tmp_path)
    shutil.copy(pristine.with_suffix(".json"), tmp_path)
    return tmp_path / pristine.name


def edit_description(path: Path, **changes: object) -> None:
    description_path = path.with_suffix(".json")
    description = json.loads(description_path.read_text(encoding="utf-8"))
    description_path.write_text(json.dumps(description | changes), encoding="utf-8")


def replace_tensors(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    edit_description(path, sha256=hashlib.sha256(content).hexdigest())


def test_that_saved_weights_come_back(network, pristine):
    loaded = weights.load(pristine, "cpu")
    assert (loaded.name, loaded.version, loaded.temperature) == ("Net", "1", 1.25)
    assert loaded.network.temperature == 1.25
    assert loaded.config == network.config
    assert loaded.device == "cpu"
    assert loaded.training == {"minutes": 3}
    assert loaded.sha256 == hashlib.sha256(pristine.read_bytes()).hexdigest()
    assert not loaded.network.training
    assert not any(parameter.requires_grad for parameter in loaded.network.parameters())
    assert all(parameter.dtype == torch.float32 for parameter in loaded.network.parameters())


def test_that_storing_as_float16_does_not_change_the_probabilities(network, pristine):
    epochs = np.random.default_rng(0).normal(0, 20, (30, 3000)).astype(np.float32)
    loaded = weights.load(pristine, "cpu")
    np.testing.assert_allclose(predict(loaded.network, epochs), predict(network, epochs), atol=1e-3)


def test_that_statistics_keep_their_precision_and_range(tmp_path):
    network = MC2SleepNet()
    network.epoch_model.spectrogram_mean.fill_(123456.789)
    weights.save(tmp_path / "net.safetensors", network, name="Net", version="1")
    loaded = weights.load(tmp_path / "net.safetensors", "cpu")
    assert torch.equal(
        loaded.network.epoch_model.spectrogram_mean, network.epoch_model.spectrogram_mean
    )


def test_that_a_parameter_beyond_float16_is_not_stored(tmp_path):
    network = MC2SleepNet()
    with torch.no_grad():
        network.sequence_model.mask_token[0] = 1e6
    with pytest.raises(ValueError, match=r"sequence_model\.mask_token"):
        weights.save(tmp_path / "net.safetensors", network, name="Net", version="1")
    assert not list(tmp_path.iterdir())


def test_that_a_variant_comes_back_as_that_variant(tmp_path):
    network = MC2SleepNet(MC2SleepNetConfig(cnn="sleepyco256_chanpool"))
    weights.save(tmp_path / "net.safetensors", network, name="Net", version="1")
    assert weights.load(tmp_path / "net.safetensors", "cpu").config == network.config


def test_that_the_default_device_is_the_best_available(pristine):
    assert weights.available_device() == ("cuda" if torch.cuda.is_available() else "cpu")
    assert weights.load(pristine).device == weights.available_device()


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without CUDA")
def test_that_an_absent_device_is_reported(pristine):
    with pytest.raises(WeightsError, match=r"net-1\.safetensors.*Choose cpu"):
        weights.load(pristine, "cuda")


def test_that_a_changed_byte_is_found_before_the_tensors_are_read(path, monkeypatch):
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)

    def must_not_run(_: bytes) -> None:
        raise AssertionError("tensors were parsed")

    monkeypatch.setattr(safetensors.torch, "load", must_not_run)
    with pytest.raises(WeightsError, match=r"net-1\.safetensors is damaged or was changed"):
        weights.load(path)


@pytest.mark.parametrize("suffix", [".safetensors", ".json"])
def test_that_a_missing_file_is_named(path, suffix):
    missing = path.with_suffix(suffix)
    missing.unlink()
    with pytest.raises(WeightsError, match=rf"net-1\{suffix} is missing\. Install"):
        weights.load(path)


def test_that_a_file_that_cannot_be_read_is_named(path):
    path.unlink()
    path.mkdir()
    with pytest.raises(WeightsError, match=r"net-1\.safetensors can't be read"):
        weights.load(path)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"nonsense"])
def test_that_a_description_that_is_not_json_is_refused(path, content):
    path.with_suffix(".json").write_bytes(content)
    with pytest.raises(WeightsError, match=r"net-1\.json is not valid JSON"):
        weights.load(path)


@pytest.mark.parametrize("content", [b"[]", b"null", b"{}", b'{"format_version": 2}'])
def test_that_another_format_is_refused(path, content):
    path.with_suffix(".json").write_bytes(content)
    with pytest.raises(WeightsError, match=r"net-1\.json does not describe mc2sleepnet weights"):
        weights.load(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"configuration": {}},
        {"configuration": None},
        {"configuration": {"cnn": "direct128", "unknown": 1}},
        {"name": 3},
        {"temperature": "warm"},
        {"temperature": None},
        {"sha256": None},
        {"temperature": 0},
        {"temperature": float("nan")},
    ],
)
def test_that_a_wrong_entry_of_the_description_is_refused(path, changes):
    edit_description(path, **changes)
    with pytest.raises(WeightsError, match=r"net-1\.json (lacks|holds)"):
        weights.load(path)


@pytest.mark.parametrize("content", [b"", b"garbage", b"\x08\0\0\0\0\0\0\0garbage!"])
def test_that_garbage_with_a_matching_hash_is_refused(path, content):
    replace_tensors(path, content)
    with pytest.raises(WeightsError, match=r"net-1\.safetensors is no safetensors file"):
        weights.load(path)


def test_that_tensors_of_another_shape_are_refused(path):
    tensors = safetensors.torch.load(path.read_bytes())
    tensors["sequence_model.mask_token"] = torch.zeros(64)
    replace_tensors(path, safetensors.torch.save(tensors))
    with pytest.raises(WeightsError, match=r"net-1\.safetensors does not fit the configuration"):
        weights.load(path)


def test_that_a_missing_tensor_is_refused(path):
    tensors = safetensors.torch.load(path.read_bytes())
    del tensors["sequence_model.mask_token"]
    replace_tensors(path, safetensors.torch.save(tensors))
    with pytest.raises(WeightsError, match=r"net-1\.safetensors does not fit the configuration"):
        weights.load(path)


def test_that_values_that_are_not_finite_are_refused(path):
    tensors = safetensors.torch.load(path.read_bytes())
    tensors["sequence_model.mask_token"][0] = float("nan")
    replace_tensors(path, safetensors.torch.save(tensors))
    with pytest.raises(WeightsError, match=r"net-1\.safetensors holds values that are not finite"):
        weights.load(path)
