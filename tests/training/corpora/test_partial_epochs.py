import numpy as np
import pytest

from training.corpora.partial_epochs import add_to_dataset, read_night, read_nights
from training.data.dataset import read_dataset
from training.data.mosaic import pseudo_epochs


def test_that_a_night_is_read_in_microvolts(night_folder):
    night = read_night(night_folder / "SC4011.npz")
    with np.load(night_folder / "SC4011.npz") as arrays:
        stored = arrays["samples_duv"]
    assert (night.name, night.subject) == ("SC4011", "01")
    assert night.samples_uv.dtype == np.float32
    # All but what is above 40 Hz.
    spectrum, of_stored = (np.abs(np.fft.rfft(x))[:, :150] for x in (night.samples_uv, stored / 10))
    assert np.abs(spectrum - of_stored).max() < 0.02 * of_stored.max()


def test_that_mains_do_not_reach_the_band_through_the_joins(tmp_path):
    rng = np.random.default_rng(0)
    signal_uv = rng.normal(0, 5, (30, 500))
    mains_uv = 35 * np.cos(np.pi * np.arange(500)) * rng.choice([-1, 1], (30, 1))
    for name, pieces_uv in (("SC4001", signal_uv), ("SC4002", signal_uv + mains_uv)):
        duv = np.round(pieces_uv * 10).astype(np.int16)
        np.savez(tmp_path / f"{name}.npz", samples_duv=duv, stages=np.full(30, 2))
    clean, noisy = (pseudo_epochs(night) for night in read_nights(tmp_path))
    assert np.sqrt(np.mean((noisy - clean) ** 2)) < 0.5


def test_that_nights_are_found_in_subfolders_and_sorted(night_folder):
    names = [night.name for night in read_nights(night_folder.parent)]
    assert names == sorted(names)
    assert {"SC4001", "SC4002", "SC4011", "SC4021"} <= set(names)


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


def test_that_pieces_are_kept_in_a_training_set(night_folder, tmp_path):
    night = read_night(night_folder / "SC4011.npz")
    add_to_dataset(tmp_path / "set.h5", night)
    (kept,) = read_dataset(tmp_path / "set.h5")
    assert (kept.name, kept.subject, kept.is_partial) == ("SC4011", "01", True)
    np.testing.assert_array_equal(kept.samples_uv[:], night.samples_uv)
    np.testing.assert_array_equal(kept.stages, night.stages)
