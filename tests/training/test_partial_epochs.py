import numpy as np
import pytest

from training.partial_epochs import read_night, read_nights, split_by_subject


def test_that_a_night_is_read_in_microvolts(night_folder):
    night = read_night(night_folder / "SC4011.npz")
    with np.load(night_folder / "SC4011.npz") as arrays:
        stored = arrays["samples_duv"]
    assert (night.name, night.subject) == ("SC4011", "01")
    assert night.pieces_uv.dtype == np.float32
    np.testing.assert_allclose(night.pieces_uv, stored / 10, rtol=1e-6)


def test_that_nights_are_found_in_subfolders_and_sorted(night_folder):
    names = [night.name for night in read_nights(night_folder.parent)]
    assert names == sorted(names)
    assert {"SC4001", "SC4002", "SC4011", "SC4021"} <= set(names)


def test_that_no_subject_is_in_two_sets(night_folder):
    split = split_by_subject(read_nights(night_folder), ["01"], ["02"])
    subjects = [{night.subject for night in nights} for nights in (split.train, split.validation)]
    subjects.append({night.subject for night in split.test})
    assert subjects == [{"00"}, {"01"}, {"02"}]
    assert [night.name for night in split.train] == ["SC4001", "SC4002"]


@pytest.mark.parametrize(
    ("validation", "test", "message"),
    [
        (["01"], ["01"], "named twice"),
        (["01", "01"], [], "named twice"),
        (["17"], [], "no nights of subjects 17"),
        (["00", "01"], ["02"], "left to train on"),
    ],
)
def test_that_an_impossible_split_is_refused(night_folder, validation, test, message):
    with pytest.raises(ValueError, match=message):
        split_by_subject(read_nights(night_folder), validation, test)


def test_that_a_folder_without_nights_is_reported(tmp_path):
    with pytest.raises(ValueError, match="contains no files"):
        read_nights(tmp_path)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"stages": np.zeros(3, np.int8)}, "holds no partial epochs"),
        ({"samples_duv": np.zeros((2, 500)), "stages": np.zeros(3, np.int8)}, "do not match"),
        ({"samples_duv": np.zeros((3, 400)), "stages": np.zeros(3, np.int8)}, "do not match"),
        ({"samples_duv": np.zeros((1, 500)), "stages": np.array([5])}, "0 to 4"),
        ({"samples_duv": np.zeros((0, 500)), "stages": np.zeros(0, np.int8)}, "0 to 4"),
    ],
)
def test_that_a_file_of_another_form_is_named(tmp_path, arrays, message):
    path = tmp_path / "SC4001.npz"
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match=rf"SC4001\.npz.*{message}"):
        read_night(path)


def test_that_a_file_that_is_no_archive_is_named(tmp_path):
    path = tmp_path / "SC4001.npz"
    path.write_bytes(b"PK\x03\x04garbage")
    with pytest.raises(ValueError, match=r"SC4001\.npz holds no partial epochs"):
        read_night(path)


def test_that_the_real_recordings_are_read(sleepscorer_data):
    nights = read_nights(sleepscorer_data / "sleepedf20-first5s")
    assert len(nights) == 31
    assert len({night.subject for night in nights}) == 16
    counts = sum(np.bincount(night.stages, minlength=5) for night in nights)
    assert counts.tolist() == [6176, 2272, 13932, 4330, 5983]
