"""What earlier versions wrote is read for ever.

The files in `data_of_version_2` were written by the last version whose sources were texts: session
format 2, journal format 1, JSON format 1. They are of a simulated night and are never made anew.
"""

import shutil
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.domain.alignment import on_own_grid
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Imported, Joint, Model, Person, text_of
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import EpochScore, LightInterruption, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.csv_scoring import read_csv
from sleepscorer.io.history import stage_history
from sleepscorer.io.journal_folder import unfinished_work
from sleepscorer.io.json_scoring import read_json
from sleepscorer.io.session import Session, read_session, write_session

DATA = Path(__file__).with_name("data_of_version_2")
JOURNAL = DATA / "0000001-2026-03-02T08-00-00-abcdef01.journal"
W, N1, N2, N3, R, U = Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R, Stage.UNSCORED
NET = Model("MC²SleepNet 4", "ab" * 32)
JANA = Person("Jana")
IDENTITY = RecordingIdentity(
    "night.edf",
    datetime(2026, 3, 1, 22, 15, 30, 500_000),
    365.0,
    ("EEG Fpz-Cz", "EOG horizontal"),
    "cd" * 32,
)
TEXTS = (
    *("Jana", "model", "yasa_night.csv", "Jana & Li", "model", "Dr. R. & D.", "", "", "Jana"),
    *("Jana & yasa_night.csv", "model & model.csv", ""),
)
"""Sources as they stand in the files."""


def expected_scores(net: Model = NET) -> tuple[EpochScore, ...]:
    return (
        EpochScore(W, JANA),
        EpochScore(W, net),
        EpochScore(N1, Imported("yasa_night.csv")),
        EpochScore(N2, Joint((JANA, Person("Li")))),
        EpochScore(N2, net),
        EpochScore(N3, Joint((Person("Dr. R."), Person("D.")))),
        EpochScore(N3),
        EpochScore(U),
        EpochScore(R, JANA),
        # It may be the name of one file: what nobody can tell is no person's.
        EpochScore(R, Imported("Jana & yasa_night.csv")),
        EpochScore(W, Imported("model & model.csv")),
        EpochScore(U),
    )


EVENTS = (
    ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 61.5, 14.25, "Flow", "clear", 88.0, 95.0),
    ScoredEvent(EventKind.NOTE, 100.0, 0.0, text='dog barks, "twice"'),
)


def check_all(scoring: Scoring, scores: tuple[EpochScore, ...]) -> None:
    """Check everything that session, journal and JSON of version 2 hold."""
    assert scoring.scores == scores
    assert scoring.events == EVENTS
    assert scoring.lights == Lights(10.0, 340.0, (LightInterruption(100.0, 130.5),))
    assert dict(scoring.remarks) == {2: Remark("electrode off?", True), 7: Remark("gähnt")}
    check_prediction(scoring)
    assert (scoring.others, scoring.sign_off) == ((), None)


def check_prediction(scoring: Scoring, model: str = NET.name) -> None:
    (prediction,) = scoring.predictions
    assert prediction.model == model
    rows = prediction.probabilities
    assert rows[:11].argmax(axis=1).tolist() == [0, 0, 1, 2, 2, 3, 3, 2, 4, 4, 0]
    assert rows[:11].max(axis=1).tolist() == [np.float32(0.8)] * 11
    assert np.isnan(rows[11]).all()


def test_that_a_session_of_version_2_opens_with_nothing_lost(tmp_path):
    session = read_session(DATA / "night.h5")
    assert session.recording_path == Path("/recordings/night.edf")
    assert session.scorer == "Li"
    assert session.scored.recording == IDENTITY
    scoring = session.scored.scoring
    check_all(scoring, expected_scores())
    assert scoring.scorer == "Jana"
    assert scoring.hypnodensity is not None
    assert scoring.hypnodensity.weights_sha256 == NET.sha256
    assert scoring.hypnodensity.derivation == "Fpz-Cz"
    # Every source still says what it said, but for what an import is called.
    for score, text in zip(scoring.scores, TEXTS, strict=True):
        assert text_of(score.source).removeprefix("imported from ") == text
    saved = tmp_path / "again.h5"
    write_session(saved, Session(session.recording_path, session.scored, session.scorer))
    again = read_session(saved).scored.scoring
    check_all(again, expected_scores())


def test_that_a_json_scoring_of_version_1_is_read_with_nothing_lost():
    stored = read_json(DATA / "night.json")
    scoring = on_own_grid(stored).scoring
    check_all(scoring, expected_scores())
    assert stored.start == IDENTITY.start


def test_that_a_table_of_earlier_versions_is_read():
    scoring = on_own_grid(read_csv(DATA / "night.csv")).scoring
    # A table names no version.
    assert scoring.scores == expected_scores(Model("model"))
    check_prediction(scoring, model="")


@pytest.fixture
def folder(tmp_path) -> Path:
    shutil.copy(JOURNAL, tmp_path)
    return tmp_path


def test_that_a_journal_of_version_1_is_restored_with_nothing_lost(folder):
    (work,) = unfinished_work(folder)
    assert work.source == Path("/recordings/night.edf")
    assert work.recording == IDENTITY
    assert (work.n_changes, work.n_missing) == (11, 0)
    check_all(work.scoring, (*expected_scores()[:11], EpochScore(W, Person("Li"))))
    assert work.scoring.scorer == "Li"


def test_that_a_damaged_journal_of_version_1_is_restored_from_both_sides(folder):
    path = folder / JOURNAL.name
    lines = path.read_bytes().splitlines(keepends=True)
    marked = next(i for i, line in enumerate(lines) if b"comment on epoch 3" in line)
    lines[marked] = b"x" * 40 + b"\n"
    path.write_bytes(b"".join(lines))
    (work,) = unfinished_work(folder)
    assert (work.n_changes, work.n_missing) == (10, 1)
    assert work.scoring[11] == EpochScore(W, Person("Li"))
    assert work.scoring.events == EVENTS


def test_that_the_history_of_a_journal_of_version_1_is_told(folder):
    changes = stage_history(folder, IDENTITY)
    told = [(one.former, one.now, one.model) for one in changes if one.epoch == 8]
    assert told == [
        (EpochScore(), EpochScore(W, JANA), ""),
        (EpochScore(W, JANA), EpochScore(R, JANA), ""),
    ]
    (by_net,) = [one for one in changes if one.epoch == 1]
    assert (by_net.former, by_net.now, by_net.model) == (EpochScore(), EpochScore(W, NET), NET.name)
