import pytest

from training.corpora import nsrr
from training.corpora.preparation import ExcludedError, prepare_all, prepare_night
from training.data.dataset import read_dataset

ALL_STAGES = [0] * 100 + [1, 1, 2, 2, 3, 4, 5, 5, 9, 2, 2, 2] + [0] * 100
NO_REM = [0] * 5 + [1, 1, 2, 2, 3, 4] + [0] * 5


@pytest.fixture
def corpus(tmp_path, write_psg, write_nsrr_xml):
    """Two visits of one subject and a night without REM, in the NSRR's folders."""
    edfs = tmp_path / "shhs" / "polysomnography" / "edfs"
    annotations = tmp_path / "shhs" / "polysomnography" / "annotations-events-nsrr"
    for name, stages in (
        ("shhs1-200001", ALL_STAGES),
        ("shhs1-200002", NO_REM),
        ("shhs2-200001", ALL_STAGES),
    ):
        study = name[:5]
        write_psg(edfs / study / f"{name}.edf", len(stages), label="EEG", sfreq=125.0)
        write_nsrr_xml(annotations / study / f"{name}-nsrr.xml", stages)
    write_psg(edfs / "shhs1" / "shhs1-200003.edf", 2, label="EEG", sfreq=125.0)
    return tmp_path / "shhs"


def test_that_recordings_are_paired_across_folders_and_visits(corpus):
    sources = nsrr.find_sources(corpus)
    assert [(s.name, s.subject) for s in sources] == [
        ("shhs1-200001", "shhs-200001"),
        ("shhs1-200002", "shhs-200002"),
        ("shhs2-200001", "shhs-200001"),
    ]


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("shhs2-200001", "shhs-200001"),
        ("mesa-sleep-0001", "mesa-0001"),
        ("mros-visit2-aa0001", "mros-aa0001"),
        ("cfs-visit5-800002", "cfs-800002"),
        ("sof-visit-8-00001", "sof-00001"),
    ],
)
def test_that_a_name_tells_the_subject(tmp_path, write_nsrr_xml, name, subject):
    (tmp_path / f"{name}.edf").touch()
    write_nsrr_xml(tmp_path / f"{name}-nsrr.xml", [0])
    (source,) = nsrr.find_sources(tmp_path)
    assert source.subject == subject


def test_that_whole_nights_are_kept_without_unscored_epochs(corpus, tmp_path):
    path = tmp_path / "set.h5"
    source = nsrr.find_sources(corpus)[0]
    night = prepare_night(source, nsrr.RULES, nsrr.CORPUS, path)
    expected = [0] * 100 + [1, 1, 2, 2, 3, 3, 4, 4, 2, 2, 2] + [0] * 100
    assert night.stages.tolist() == expected
    assert read_dataset(path)[0].samples_uv.shape == (len(expected), 3000)


def test_that_a_night_without_a_stage_can_be_excluded(corpus, tmp_path):
    source = nsrr.find_sources(corpus)[1]
    with pytest.raises(ExcludedError, match="shhs1-200002 has no epoch of R"):
        prepare_night(source, nsrr.ALL_STAGES_RULES, nsrr.CORPUS, tmp_path / "set.h5")


def test_that_an_excluded_night_does_not_keep_the_others_out(corpus, tmp_path):
    said: list[str] = []
    path = tmp_path / "set.h5"
    sources = nsrr.find_sources(corpus)
    assert prepare_all(sources, nsrr.ALL_STAGES_RULES, nsrr.CORPUS, path, said.append) == 2
    assert [night.name for night in read_dataset(path)] == ["shhs1-200001", "shhs2-200001"]
    assert said[1].startswith("shhs1-200002: left out.")


def test_that_a_folder_without_scored_recordings_is_reported(tmp_path):
    with pytest.raises(ValueError, match="contains no EDF file"):
        nsrr.find_sources(tmp_path)
