import h5py
import numpy as np
import pytest

from training.data.dataset import Origin, add_night, read_dataset
from training.data.nights import Night

ORIGIN = Origin("corpus", "C4-M1", "a.edf", "a.xml")


def night(name: str, n_epochs: int = 4) -> Night:
    rng = np.random.default_rng(len(name))
    samples_uv = rng.normal(0, 20, (n_epochs, 3000)).astype(np.float32)
    stages = np.arange(n_epochs, dtype=np.int8) % 6 - 1
    return Night(name, f"subject of {name}", samples_uv, stages)


def test_that_nights_come_back_as_they_were(tmp_path):
    path = tmp_path / "set.h5"
    for name in ("b", "a"):
        add_night(path, night(name), np.arange(4), ORIGIN)
    nights = read_dataset(path)
    assert [n.name for n in nights] == ["a", "b"]
    for read, written in zip(nights, (night("a"), night("b")), strict=True):
        assert read.subject == written.subject
        assert not read.is_partial
        np.testing.assert_array_equal(read.stages, written.stages)
        np.testing.assert_array_equal(read.samples_uv[1:3], written.samples_uv[1:3])


def test_that_a_night_says_where_it_comes_from(tmp_path):
    path = tmp_path / "set.h5"
    add_night(path, night("a"), np.array([60, 61, 63, 64]), ORIGIN)
    with h5py.File(path) as file:
        attributes = dict(file["a"].attrs)
        assert file["a"]["epochs"][:].tolist() == [60, 61, 63, 64]
    assert attributes["derivation"] == "C4-M1"
    assert attributes["recording"] == "a.edf"


def test_that_a_night_is_not_replaced(tmp_path):
    path = tmp_path / "set.h5"
    add_night(path, night("a"), np.arange(4), ORIGIN)
    with pytest.raises(ValueError, match="has a night a already"):
        add_night(path, night("a"), np.arange(4), ORIGIN)


def test_that_what_an_interruption_left_is_no_night(tmp_path):
    path = tmp_path / "set.h5"
    add_night(path, night("a"), np.arange(4), ORIGIN)
    with h5py.File(path, "a") as file:
        file.create_group(".b")
    assert [n.name for n in read_dataset(path)] == ["a"]
    add_night(path, night("b"), np.arange(4), ORIGIN)
    assert [n.name for n in read_dataset(path)] == ["a", "b"]


def test_that_another_file_is_refused(tmp_path):
    path = tmp_path / "other.h5"
    with h5py.File(path, "w") as file:
        file.create_group("nights")
    with pytest.raises(ValueError, match="is no training set"):
        read_dataset(path)
    with pytest.raises(ValueError, match="is no training set"):
        add_night(path, night("a"), np.arange(4), ORIGIN)


@pytest.mark.parametrize("content", [None, b"garbage"])
def test_that_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "set.h5"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=r"set\.h5 can't be read"):
        read_dataset(path)


def test_that_an_empty_training_set_is_refused(tmp_path):
    path = tmp_path / "set.h5"
    add_night(path, night("a"), np.arange(4), ORIGIN)
    with h5py.File(path, "a") as file:
        del file["a"]
    with pytest.raises(ValueError, match="holds no nights"):
        read_dataset(path)
