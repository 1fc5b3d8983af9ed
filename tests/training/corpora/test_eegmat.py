import numpy as np
import pytest

from training.corpora.eegmat import read_awake_subjects, without


def write(path, n_times: int = 1200, names=("C3-A2", "Fpz*-Cz"), sfreq: float = 100.0) -> None:
    samples = np.full((len(names), n_times), 105, dtype=np.int16)
    np.savez(path, samples_duv=samples, derivations=np.array(names), sfreq=sfreq)


@pytest.fixture
def folder(tmp_path):
    for subject in ("04", "00"):
        write(tmp_path / f"eegmat{subject}-rest.npz")
        write(tmp_path / f"eegmat{subject}-task.npz", n_times=700)
    return tmp_path


def test_that_subjects_have_every_derivation_at_rest_and_counting(folder):
    first, second = read_awake_subjects(folder)
    assert (first.subject, second.subject) == ("00", "04")
    assert list(first.recordings_uv) == ["C3-A2", "Fpz*-Cz"]
    rest, task = first.recordings_uv["C3-A2"]
    assert (rest.size, task.size) == (1200, 700)
    np.testing.assert_allclose(rest, 10.5, rtol=1e-6)


def test_that_who_is_held_out_is_not_among_those_to_train_on(folder):
    subjects = read_awake_subjects(folder)
    assert [each.subject for each in without(subjects, ["00"])] == ["04"]
    with pytest.raises(ValueError, match="no awake subjects 07"):
        without(subjects, ["07"])
    with pytest.raises(ValueError, match="no awake subject is left"):
        without(subjects, ["00", "04"])


def test_that_a_folder_without_the_corpus_is_named(tmp_path):
    with pytest.raises(ValueError, match="contains no files eegmatNN-rest"):
        read_awake_subjects(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"garbage"),
        lambda path: np.savez(path, samples_duv=np.zeros((2, 700))),
        lambda path: write(path, sfreq=256.0),
    ],
)
def test_that_a_file_of_another_form_is_named(folder, damage):
    damage(folder / "eegmat04-task.npz")
    with pytest.raises(ValueError, match=r"eegmat04-task\.npz"):
        read_awake_subjects(folder)


def test_that_parts_with_other_derivations_are_refused(folder):
    write(folder / "eegmat04-task.npz", names=("C4-A1", "Fpz*-Cz"))
    with pytest.raises(ValueError, match="subject 04 have other derivations"):
        read_awake_subjects(folder)
