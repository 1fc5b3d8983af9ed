from contextlib import closing
from pathlib import Path

import edfio
import numpy as np
import pytest

from sleepscorer.domain.provenance import UNKNOWN_MODEL, Imported, Joint, Model, Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.session import Session, write_session
from training.corpora import listed
from training.corpora.preparation import ExcludedError, Rules, prepare_night


def write_list(folder: Path, *rows: str) -> Path:
    path = folder / "nights.tsv"
    header = "recording\tscoring\tsubject\tname\tscorer"
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    return path


@pytest.fixture
def session(tmp_path, write_psg) -> Path:
    """Six epochs: two by a person, three by the network, one unscored."""
    recording_path = write_psg(tmp_path / "night.edf", 6, label="C4-M1")
    scores = [
        EpochScore(Stage.W, Person("Ada")),
        EpochScore(Stage.N2, UNKNOWN_MODEL),
        EpochScore(Stage.R, Person("Ada")),
        EpochScore(),
        EpochScore(Stage.N3, UNKNOWN_MODEL),
        EpochScore(Stage.N3, UNKNOWN_MODEL),
    ]
    with closing(open_recording(recording_path)) as recording:
        scored = ScoredRecording.of(recording, Scoring(6, scores=scores))
    path = tmp_path / "night.h5"
    write_session(path, Session(recording_path, scored, "Ada"))
    return path


def prepared_stages(list_path: Path, rules: Rules = listed.RULES) -> list[int]:
    (source,) = listed.find_sources(list_path)
    night = prepare_night(source, rules, listed.CORPUS, list_path.parent / "set.h5")
    return night.stages.tolist()


def test_that_a_recording_goes_with_a_scoring_of_another_format(tmp_path, write_psg):
    write_psg(tmp_path / "a.edf", 4)
    (tmp_path / "a.txt").write_text("W\nN1\nN2\nR\n", encoding="utf-8")
    list_path = write_list(tmp_path, "a.edf\ta.txt\tp7\tfirst night\tAda")
    (source,) = listed.find_sources(list_path)
    assert (source.name, source.subject) == ("first night", "p7")
    assert prepared_stages(list_path) == [0, 1, 2, 4]


def test_that_nobody_learns_from_a_file_of_which_nobody_says_who_scored_it(tmp_path, write_psg):
    write_psg(tmp_path / "a.edf", 4)
    (tmp_path / "a.txt").write_text("W\nN1\nN2\nR\n", encoding="utf-8")
    with pytest.raises(ExcludedError, match=r"a\.txt has no epoch .* name the scorer"):
        prepared_stages(write_list(tmp_path, "a.edf\ta.txt\tp7\t\t"))
    accepting = Rules(drop_unscored=False, human_only=False)
    assert prepared_stages(write_list(tmp_path, "a.edf\ta.txt\tp7\tb\t"), accepting) == [0, 1, 2, 4]


@pytest.mark.parametrize(
    ("source", "is_truth"),
    [
        (Model("Net 1", "ab"), False),
        (Imported("vendor.xml"), False),
        (None, False),
        (Imported("vendor.xml", Person("Li")), True),
        (Joint((Person("Ada"), Person("Li", saw_model=True))), True),
    ],
)
def test_that_of_a_session_only_people_are_learnt_from(tmp_path, write_psg, source, is_truth):
    recording_path = write_psg(tmp_path / "night.edf", 2, label="C4-M1")
    scores = [EpochScore(Stage.N2, source), EpochScore(Stage.W, Person("Ada"))]
    with closing(open_recording(recording_path)) as recording:
        scored = ScoredRecording.of(recording, Scoring(2, scores=scores))
    write_session(tmp_path / "night.h5", Session(recording_path, scored, "Ada"))
    # Naming a scorer changes nothing about what a session says itself, but for what nobody knows.
    assert prepared_stages(write_list(tmp_path, "\tnight.h5\tp7\t")) == [2 if is_truth else -1, 0]


def test_that_only_what_people_decided_in_a_session_is_used(tmp_path, session):
    list_path = write_list(tmp_path, "\tnight.h5\tp7\t")
    assert prepared_stages(list_path) == [0, -1, 4, -1, -1, -1]


def test_that_the_network_s_stages_can_be_accepted(tmp_path, session):
    list_path = write_list(tmp_path, "night.edf\tnight.h5\tp7\t")
    rules = Rules(drop_unscored=False, human_only=False)
    assert prepared_stages(list_path, rules) == [0, 2, 4, -1, 3, 3]


def test_that_a_difference_of_channels_can_be_named(tmp_path):
    alpha = np.sin(2 * np.pi * 10 * np.arange(6000) / 100)
    channels = [
        edfio.EdfSignal(amplitude_uv * alpha, 100, label=label, physical_dimension="uV")
        for label, amplitude_uv in (("EEG C4", 50), ("EEG M1", 20))
    ]
    edfio.Edf(channels).write(tmp_path / "a.edf")
    (tmp_path / "a.txt").write_text("W\nN1\n", encoding="utf-8")
    path = write_list(tmp_path, "a.edf\ta.txt\tp7\t\tAda")
    (source,) = listed.find_sources(path, "EEG C4,EEG M1")
    night = prepare_night(source, listed.RULES, listed.CORPUS, tmp_path / "set.h5")
    middle = night.samples_uv[:][0, 1000:]
    assert middle.std() * np.sqrt(2) == pytest.approx(30, abs=1)


def test_that_a_signal_that_is_no_voltage_is_left_out(tmp_path, write_psg):
    write_psg(tmp_path / "a.edf", 2, unit="mmHg")
    (tmp_path / "a.txt").write_text("W\nN1\n", encoding="utf-8")
    (source,) = listed.find_sources(write_list(tmp_path, "a.edf\ta.txt\tp7\t"))
    with pytest.raises(ExcludedError, match="is in “mmHg”, which is no voltage"):
        prepare_night(source, listed.RULES, listed.CORPUS, tmp_path / "set.h5")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a.edf\t\tp7\t", "line 2: scoring and subject"),
        ("a.edf\ta.txt\t\t", "line 2: scoring and subject"),
        ("\ta.txt\tp7\t", "line 2: the recording of a.txt is missing"),
    ],
)
def test_that_a_row_that_lacks_something_is_named(tmp_path, row, message):
    with pytest.raises(ValueError, match=message):
        listed.find_sources(write_list(tmp_path, row))


def test_that_a_list_needs_its_columns(tmp_path):
    path = tmp_path / "nights.tsv"
    path.write_text("recording\tscoring\na.edf\ta.txt\n")
    with pytest.raises(ValueError, match="lacks the columns subject"):
        listed.find_sources(path)


def test_that_an_empty_list_is_reported(tmp_path):
    with pytest.raises(ValueError, match="names no nights"):
        listed.find_sources(write_list(tmp_path))
