import shutil

import h5py
import numpy as np
import pytest

from training.corpora import sleep_edf
from training.corpora.preparation import prepare_all, prepare_night
from training.data.dataset import read_dataset


@pytest.fixture
def corpus(tmp_path, write_psg, write_sleep_edf_hypnogram):
    """Three nights of two subjects; sleep from epoch 100 to 119."""
    stages = [*"W" * 100, *"112234RRRM?R2222211W", *"W" * 80]
    for name, scorer in (("SC4001E", "C"), ("SC4002E", "C"), ("SC4012E", "V")):
        write_psg(tmp_path / "corpus" / f"{name}0-PSG.edf", 200)
        write_sleep_edf_hypnogram(tmp_path / "corpus" / f"{name}{scorer}-Hypnogram.edf", stages)
    return tmp_path / "corpus"


def test_that_recordings_are_paired_and_subjects_known(corpus):
    sources = sleep_edf.find_sources(corpus)
    assert [(s.name, s.subject, s.scoring.name) for s in sources] == [
        ("SC4001", "00", "SC4001EC-Hypnogram.edf"),
        ("SC4002", "00", "SC4002EC-Hypnogram.edf"),
        ("SC4012", "01", "SC4012EV-Hypnogram.edf"),
    ]


def test_that_a_night_is_trimmed_and_brought_to_aasm(corpus, tmp_path):
    path = tmp_path / "set.h5"
    prepare_night(sleep_edf.find_sources(corpus)[0], sleep_edf.RULES, sleep_edf.CORPUS, path)
    (night,) = read_dataset(path)
    # 60 epochs before the first and after the last of sleep, without movement and unknown.
    asleep = [1, 1, 2, 2, 3, 3, 4, 4, 4, 4, 2, 2, 2, 2, 2, 1, 1]
    assert night.stages.tolist() == [0] * 60 + asleep + [0] * 60
    with h5py.File(path) as file:
        epochs = file["SC4001"]["epochs"][:]
    assert epochs[0] == 40
    assert {109, 110} & set(epochs.tolist()) == set()
    # Each epoch has the samples of its place in the recording.
    amplitude_uv = np.sqrt(2) * night.samples_uv[:][:, 500:-500].std(axis=1)
    np.testing.assert_allclose(amplitude_uv, 10.0 * (1 + epochs % 10), rtol=0.02)


def test_that_two_nights_of_a_subject_stay_one_subject(corpus, tmp_path):
    said: list[str] = []
    path = tmp_path / "set.h5"
    sources = sleep_edf.find_sources(corpus)
    assert prepare_all(sources, sleep_edf.RULES, sleep_edf.CORPUS, path, said.append) == 3
    assert [night.subject for night in read_dataset(path)] == ["00", "00", "01"]
    assert said[0] == "SC4001: 137 epochs (120 W, 4 N1, 7 N2, 2 N3, 4 R)"


def test_that_the_telemetry_study_has_subjects_of_its_own(
    tmp_path, write_psg, write_sleep_edf_hypnogram
):
    write_psg(tmp_path / "ST7011J0-PSG.edf", 2)
    write_sleep_edf_hypnogram(tmp_path / "ST7011JP-Hypnogram.edf", "W1")
    (source,) = sleep_edf.find_sources(tmp_path)
    assert (source.name, source.subject) == ("ST7011", "ST01")


def test_that_a_recording_needs_one_hypnogram(corpus):
    (corpus / "SC4001EC-Hypnogram.edf").unlink()
    with pytest.raises(ValueError, match=r"SC4001E0-PSG\.edf needs one .* and has 0"):
        sleep_edf.find_sources(corpus)


def test_that_a_folder_without_recordings_is_reported(tmp_path):
    with pytest.raises(ValueError, match="contains no files like"):
        sleep_edf.find_sources(tmp_path)


def test_that_the_real_files_are_read(sleepscorer_data, tmp_path):
    folder = sleepscorer_data / "continuous"
    shutil.copy(folder / "SC4001-first5min.edf", tmp_path / "SC4001E0-PSG.edf")
    shutil.copy(folder / "SC4001EC-Hypnogram.edf", tmp_path)
    (source,) = sleep_edf.find_sources(tmp_path)
    path = tmp_path / "set.h5"
    night = prepare_night(source, sleep_edf.RULES, sleep_edf.CORPUS, path)
    assert night.stages.tolist() == [0] * 10
    assert 5 < np.abs(night.samples_uv[:]).mean() < 50


def test_that_the_download_asks_for_both_nights_of_each_subject(tmp_path, monkeypatch):
    asked = {}

    def fetch_data(**options):
        asked.update(options)

    monkeypatch.setattr("mne.datasets.sleep_physionet.age.fetch_data", fetch_data)
    sleep_edf.download(tmp_path / "new", {3, 1})
    assert asked["subjects"] == [1, 3]
    assert asked["recording"] == (1, 2)
    assert asked["path"] == str(tmp_path / "new")
    assert (tmp_path / "new").is_dir()
