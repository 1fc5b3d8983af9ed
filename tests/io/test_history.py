import csv
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
    Edit,
    EpochScore,
    Scoring,
    prediction_edit,
    replacement_edit,
    stage_edit,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.io.history import history_csv, stage_history
from sleepscorer.io.journal import Journal

RECORDING = RecordingIdentity("night.edf", None, 90.0, ("C4-M1",))
N_EPOCHS = 3


class Desk:
    """Scores a night, with a journal that is left unfinished."""

    def __init__(self, folder: Path, recording: RecordingIdentity = RECORDING) -> None:
        self.scoring = Scoring(N_EPOCHS)
        scored = ScoredRecording(recording, self.scoring)
        self.journal = Journal(folder, scored, Path(recording.file_name))

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.journal.abandon()

    def apply(self, edit: Edit, what: str, scorer: str = "Ana") -> Edit:
        inverse = self.scoring.apply(edit)
        self.journal.record(edit, inverse, scorer=scorer, what=what)
        return inverse


def hypnodensity() -> Hypnodensity:
    rows = np.tile(np.array([0, 0, 1, 0, 0], np.float32), (N_EPOCHS, 1))
    return Hypnodensity(rows, "Net 1", "0" * 64, "C4-M1")


def test_that_every_change_of_a_stage_is_told_with_what_was_there_before(tmp_path):
    with Desk(tmp_path) as desk:
        desk.apply(prediction_edit(desk.scoring, hypnodensity()), "automatic scoring")
        inverse = desk.apply(stage_edit((1,), Stage.N1, Person("Ana")), "N1 for epoch 2")
        desk.apply(inverse, "undo N1 for epoch 2")
    changes = [change for change in stage_history(tmp_path, RECORDING) if change.epoch == 1]
    net = Model("Net 1", "0" * 64)
    model, human = EpochScore(Stage.N2, net), EpochScore(Stage.N1, Person("Ana"))
    assert [(change.former, change.now) for change in changes] == [
        (EpochScore(), model),
        (model, human),
        (human, model),
    ]
    assert [change.model for change in changes] == ["Net 1", "", "Net 1"]
    assert [change.what for change in changes][-1] == "undo N1 for epoch 2"
    assert all(change.scorer == "Ana" for change in changes)


def test_that_the_history_goes_on_over_journals_of_the_same_recording_alone(tmp_path):
    with Desk(tmp_path) as first:
        first.apply(stage_edit((0,), Stage.W, Person("Ana")), "W")
        first.journal.close()
    with Desk(tmp_path, RecordingIdentity("night.edf", None, 90.0, ("Fpz-Cz",))) as other:
        other.apply(stage_edit((0,), Stage.R, Person("Li")), "R", "Li")
    with Desk(tmp_path) as second:
        whole = Scoring(N_EPOCHS, scores=[EpochScore(Stage.N3, Person("Li"))] * N_EPOCHS)
        second.apply(replacement_edit(second.scoring, whole), "import of li.csv", "Li")
    changes = stage_history(tmp_path, RECORDING)
    assert [(change.epoch, change.now.stage) for change in changes] == [
        (0, Stage.W),
        (0, Stage.N3),
        (1, Stage.N3),
        (2, Stage.N3),
    ]


@pytest.mark.parametrize("line", [b'{"edit": 5}', b'{"edit": {"type": "new"}}', b"{", b"5"])
def test_that_damaged_lines_and_files_are_passed_over(tmp_path, line):
    with Desk(tmp_path) as desk:
        desk.apply(stage_edit((0,), Stage.W, Person("Ana")), "W")
        with desk.journal.path.open("ab") as file:
            file.write(line + b"\n")
        desk.apply(stage_edit((1,), Stage.W, Person("Ana")), "W")
    (tmp_path / "other.journal").write_bytes(b"\x00")
    assert [change.epoch for change in stage_history(tmp_path, RECORDING)] == [0, 1]


def test_that_the_csv_has_a_row_for_each_change(tmp_path):
    with Desk(tmp_path) as desk:
        desk.apply(stage_edit((0, 2), Stage.N2, Person("Ana")), "N2 for 2 epochs")
        desk.apply(stage_edit((2,), Stage.UNSCORED, Person("Ana")), "no stage for epoch 3")
    rows = list(csv.DictReader(history_csv(stage_history(tmp_path, RECORDING)).splitlines()))
    assert [(row["epoch"], row["former_stage"], row["stage"]) for row in rows] == [
        ("1", "", "N2"),
        ("3", "", "N2"),
        ("3", "N2", ""),
    ]
