import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch

from model import files, weights
from model.files import Ancestor, InputRange, WeightsError
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.inference import predict
from model.mc2sleepnet.weights import save

KNOWN = InputRange(4.0, 16.0, 60.0, 40.0)


@pytest.fixture(scope="module")
def network() -> MC2SleepNet:
    torch.manual_seed(0)
    network = MC2SleepNet().eval()
    network.temperature = 1.25
    return network


@pytest.fixture(scope="module")
def pristine(network, tmp_path_factory) -> Path:
    """Weights as they were stored before one file held all: tensors, and a description beside."""
    path = tmp_path_factory.mktemp("weights") / "net-1.safetensors"
    tensors = weights.stored(network)
    path.write_bytes(tensors)
    description = {
        "format_version": 1,
        "architecture": "mc2sleepnet",
        "name": "Net",
        "version": "1",
        "configuration": asdict(network.config),
        "temperature": network.temperature,
        "sha256": hashlib.sha256(tensors).hexdigest(),
        "training": {"minutes": 3},
    }
    path.with_suffix(".json").write_text(json.dumps(description), encoding="utf-8")
    return path


@pytest.fixture
def single(network, tmp_path) -> Path:
    """One file with everything."""
    path = tmp_path / "net-2.safetensors"
    save(
        path,
        network,
        name="Net²",
        version="2",
        training={"train_subjects": ["b", "a"], "test_subjects": ["t"]},
        input_range=KNOWN,
        ancestors=(Ancestor("Net", "1", "ab" * 32, ("c", "a")),),
    )
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
    assert loaded.network.config == network.config
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
    save(tmp_path / "net.safetensors", network, name="Net", version="1")
    loaded = weights.load(tmp_path / "net.safetensors", "cpu")
    assert torch.equal(
        loaded.network.epoch_model.spectrogram_mean, network.epoch_model.spectrogram_mean
    )


def test_that_a_parameter_beyond_float16_is_not_stored(tmp_path):
    network = MC2SleepNet()
    with torch.no_grad():
        network.sequence_model.mask_token[0] = 1e6
    with pytest.raises(ValueError, match=r"sequence_model\.mask_token"):
        save(tmp_path / "net.safetensors", network, name="Net", version="1")
    assert not list(tmp_path.iterdir())


def test_that_a_variant_comes_back_as_that_variant(tmp_path):
    network = MC2SleepNet(MC2SleepNetConfig(cnn="sleepyco256_chanpool"))
    save(tmp_path / "net.safetensors", network, name="Net", version="1")
    assert weights.load(tmp_path / "net.safetensors", "cpu").network.config == network.config


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
    with pytest.raises(WeightsError, match=rf"net-1\{suffix} is missing\. Choose"):
        weights.load(path)


def test_that_a_file_that_cannot_be_read_is_named(path):
    path.unlink()
    path.mkdir()
    with pytest.raises(WeightsError, match=r"net-1\.safetensors can't be read"):
        weights.load(path)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"nonsense", b"[" * 100_000])
def test_that_a_description_that_is_not_json_is_refused(path, content):
    path.with_suffix(".json").write_bytes(content)
    with pytest.raises(WeightsError, match=r"net-1\.json is not valid JSON"):
        weights.load(path)


@pytest.mark.parametrize("content", [b"[]", b"null", b"{}", b'{"format_version": 2}'])
def test_that_another_format_is_refused(path, content):
    path.with_suffix(".json").write_bytes(content)
    with pytest.raises(WeightsError, match=r"net-1\.json does not describe weights of format 1"):
        weights.load(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"configuration": None},
        {"name": 3},
        {"temperature": "warm"},
        {"temperature": None},
        {"sha256": None},
        {"temperature": 0},
        {"temperature": float("nan")},
        {"temperature": 10**400},
        {"input_range": {"lowest_uv": 4}},
        {"input_range": {"lowest_uv": 9, "usual_uv": 1, "highest_uv": 5, "least_sfreq": 40}},
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
    with pytest.raises(WeightsError, match=r"net-1\.safetensors does not fit its description"):
        weights.load(path)


def test_that_a_missing_tensor_is_refused(path):
    tensors = safetensors.torch.load(path.read_bytes())
    del tensors["sequence_model.mask_token"]
    replace_tensors(path, safetensors.torch.save(tensors))
    with pytest.raises(WeightsError, match=r"net-1\.safetensors does not fit its description"):
        weights.load(path)


def test_that_values_that_are_not_finite_are_refused(path):
    tensors = safetensors.torch.load(path.read_bytes())
    tensors["sequence_model.mask_token"][0] = float("nan")
    replace_tensors(path, safetensors.torch.save(tensors))
    with pytest.raises(WeightsError, match=r"net-1\.safetensors does not fit .* not finite"):
        weights.load(path)


@pytest.mark.parametrize("configuration", [{}, {"cnn": "direct128", "unknown": 1}])
def test_that_an_incomplete_configuration_is_refused(path, configuration):
    edit_description(path, configuration=configuration)
    with pytest.raises(WeightsError, match=r"net-1\.safetensors does not fit its description"):
        weights.load(path)


def test_that_another_network_is_named(path):
    edit_description(path, architecture="os")
    with pytest.raises(WeightsError, match=r"“os”, a network that .* has mc2sleepnet, .*\. Up"):
        weights.load(path)


# One file


def test_that_one_file_holds_everything(network, single):
    assert sorted(path.name for path in single.parent.iterdir()) == [single.name]
    loaded = weights.load(single, "cpu")
    description = loaded.description
    assert (loaded.name, loaded.version, loaded.temperature) == ("Net²", "2", 1.25)
    assert description.input_range == KNOWN
    assert description.own_subjects == ("a", "b")
    assert description.subjects == ("a", "b", "c")
    safetensors.torch.load_file(single)  # any program that knows safetensors reads it


def test_that_subjects_of_another_corpus_are_told_from_those_of_the_same_number():
    training = {"train_subjects": ["00", "01"], "wake_subjects": ["00"], "test_subjects": ["02"]}
    assert files.seen_subjects(training) == ("00", "01", "wake 00")


def test_that_the_hash_is_that_of_the_tensors_in_either_form(network, single, pristine, tmp_path):
    pair, one = files.read(pristine), files.read(single)
    assert pair.sha256 == one.sha256 == hashlib.sha256(weights.stored(network)).hexdigest()
    assert pair.tensors == one.tensors
    again = tmp_path / "again.safetensors"
    described = replace(one.description, card="# About")
    assert files.write(again, described, one.tensors) == one.sha256
    assert files.read(again).description == described


def test_that_the_same_content_makes_the_same_file(single, tmp_path):
    stored = files.read(single)
    files.write(tmp_path / "again", stored.description, stored.tensors)
    assert (tmp_path / "again").read_bytes() == single.read_bytes()


def test_that_any_changed_byte_is_found(single):
    content = bytearray(single.read_bytes())
    (length,) = struct.unpack("<Q", content[:8])
    rng = np.random.default_rng(0)
    places = [
        *range(9),
        *rng.integers(8, 8 + length, 150),
        *rng.integers(8 + length, len(content), 20),
    ]
    for place in places:
        content[place] ^= 1
        single.write_bytes(content)
        with pytest.raises(WeightsError, match=r"net-2\.(safetensors|json)"):
            weights.load(single, "cpu")
        content[place] ^= 1


@pytest.mark.parametrize("n_bytes", [0, 5, 8, 100, 5000, 1_000_000])
def test_that_a_file_that_is_cut_off_is_refused(single, n_bytes):
    single.write_bytes(single.read_bytes()[:n_bytes])
    with pytest.raises(WeightsError, match=r"net-2\.(safetensors|json)"):
        weights.load(single, "cpu")


def test_that_a_header_that_claims_gigabytes_allocates_nothing(single):
    single.write_bytes(struct.pack("<Q", 2**62) + single.read_bytes()[8:])
    with pytest.raises(WeightsError):
        weights.load(single, "cpu")


@pytest.mark.parametrize("place", ["header", "description"])
def test_that_one_file_nested_without_end_is_refused(single, place):
    deep = "[" * 100_000
    if place == "description":
        deep = json.dumps({files._ENTRY: deep})
    header = f"{files._METADATA}{deep}".encode()
    single.write_bytes(struct.pack("<Q", len(header)) + header + bytes(8))
    with pytest.raises(WeightsError, match=r"net-2\.(safetensors|json)"):
        weights.load(single, "cpu")


def test_that_a_file_of_a_later_format_asks_for_an_update(single, monkeypatch, network):
    monkeypatch.setattr(files, "FORMAT_VERSION", 3)
    save(single, network, name="Net", version="3")
    monkeypatch.undo()
    with pytest.raises(WeightsError, match=r"format 3, and .* knows 2\. Update SleepScorer"):
        weights.load(single, "cpu")


def test_that_a_write_that_fails_leaves_the_former_file(single, network, full_disk):
    before = single.read_bytes()
    with full_disk(1000), pytest.raises(OSError, match="too large"):
        save(single, network, name="Net", version="3")
    assert single.read_bytes() == before
    assert sorted(path.name for path in single.parent.iterdir()) == [single.name]


def test_that_what_a_version_is_can_be_read_without_torch(single):
    program = (
        "import sys; from pathlib import Path; from model import files; "
        f"files.read(Path({str(single)!r})); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_that_the_newest_version_is_the_one_with_the_highest_number(tmp_path):
    for name in ("net-9.safetensors", "net-10.safetensors", ".net-99.safetensors", "net-11.json"):
        (tmp_path / name).touch()
    assert files.newest(tmp_path).name == "net-10.safetensors"
    with pytest.raises(WeightsError, match="has no network"):
        files.newest(tmp_path / "empty")


def test_that_a_description_may_begin_with_a_byte_order_mark(path):
    description = path.with_suffix(".json")
    description.write_bytes(b"\xef\xbb\xbf" + description.read_bytes())
    assert weights.load(path, "cpu").name == "Net"


@pytest.mark.parametrize(
    "changes",
    [
        {"n_epoch_layers": 10**9},
        {"n_sequence_layers": 10**9},
        {"d_feedforward": 10**12},
        {"d_model": 2**30},
    ],
)
def test_that_a_configuration_of_gigabytes_is_refused_before_it_is_built(path, changes):
    description = json.loads(path.with_suffix(".json").read_text("utf-8"))
    edit_description(path, configuration=description["configuration"] | changes)
    with pytest.raises(WeightsError, match=r"does not fit its description"):
        weights.load(path, "cpu")


def test_that_a_pipe_is_not_waited_for(path):
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(WeightsError, match="no ordinary file"):
        weights.load(path)
