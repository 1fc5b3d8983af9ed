"""The journal survives whatever ends the program."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_decisions import EventDecisions, EventLink
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import Imported, Joint, Model, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
    DecisionsEdit,
    Edit,
    EditSeries,
    EpochScore,
    EventEdit,
    LightInterruption,
    Lights,
    LightsEdit,
    PredictionEdit,
    Remark,
    RemarkEdit,
    ScorerEdit,
    Scoring,
    SignOff,
    SignOffEdit,
    StageEdit,
    replacement_edit,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.io.journal import Journal, document_of_edit, edit_of
from sleepscorer.io.journal_folder import (
    mark_finished,
    remove_old_journals,
    unfinished_work,
)
from sleepscorer.io.provenance import SourceTable

N_EPOCHS = 12
IDENTITY = RecordingIdentity("night.edf", datetime(2026, 3, 1, 22, 15, 30, 500_000), 365.0, ("C3",))


def scored_recording(scoring: Scoring) -> ScoredRecording:
    return ScoredRecording(IDENTITY, scoring)


names = st.text(max_size=12)
people = st.builds(Person, names.filter(str.strip), st.booleans())
sources = st.none() | st.one_of(
    people,
    st.builds(Model, names.filter(str.strip), names),
    st.builds(Imported, names, st.none() | people),
    st.just(Joint((Person("Ana"), Person("Li", saw_model=True)))),
)
scores = st.builds(EpochScore, st.sampled_from(Stage), sources)
epochs = st.lists(st.integers(0, N_EPOCHS - 1), unique=True, max_size=N_EPOCHS).map(tuple)


@st.composite
def stage_edits(draw: st.DrawFn) -> StageEdit:
    chosen = draw(epochs)
    return StageEdit(chosen, tuple(draw(scores) for _ in chosen))


@st.composite
def prediction_edits(draw: st.DrawFn) -> PredictionEdit:
    seed = draw(st.none() | st.integers(0, 1000))
    if seed is None:
        return PredictionEdit(None, draw(stage_edits()))
    probabilities = np.random.default_rng(seed).dirichlet(np.ones(5), N_EPOCHS).astype(np.float32)
    probabilities[seed % N_EPOCHS] = np.nan
    other = Prediction(
        "apnea", ("no", "yes"), np.full((N_EPOCHS, 2), 0.5, np.float32), draw(names), "cd", "Flow"
    )
    return PredictionEdit(
        Hypnodensity(probabilities, "MC²SleepNet 1", "ab" * 32, "Fpz-Cz"),
        draw(stage_edits()),
        draw(st.sampled_from([None, (), (other,)])),
    )


@st.composite
def remark_edits(draw: st.DrawFn) -> RemarkEdit:
    chosen = draw(epochs)
    return RemarkEdit(chosen, tuple(Remark(draw(names), draw(st.booleans())) for _ in chosen))


moments = st.datetimes(timezones=st.just(UTC))
times_s = st.floats(0, 360, allow_nan=False)
events = st.builds(
    ScoredEvent,
    st.sampled_from(EventKind),
    times_s,
    st.floats(0, 60, allow_nan=False),
    channel=names,
    source=sources,
)
event_edits = st.builds(EventEdit, st.just(()), st.lists(events, max_size=3).map(tuple))


def link_of(first: ScoredEvent, second: ScoredEvent, holds: bool) -> EventLink:
    """A link of two events of any kinds, which become ones that can be linked."""
    return EventLink(
        replace(first, kind=EventKind.HYPOPNEA), replace(second, kind=EventKind.AROUSAL), holds
    )


decisions = st.builds(
    EventDecisions,
    st.lists(events, max_size=3).map(tuple),
    st.lists(st.builds(link_of, events, events, st.booleans()), max_size=3).map(tuple),
)
decisions_edits = st.builds(DecisionsEdit, decisions, decisions)
lights_edits = st.builds(
    lambda off_s: LightsEdit(Lights(off_s, None)), st.none() | times_s
) | st.builds(
    lambda off_s: LightsEdit(Lights(off_s, off_s + 9, (LightInterruption(off_s + 1, off_s + 2),))),
    times_s,
)
simple_edits = st.one_of(
    stage_edits(),
    prediction_edits(),
    remark_edits(),
    event_edits,
    decisions_edits,
    lights_edits,
    st.builds(ScorerEdit, names),
    st.builds(SignOffEdit, st.none() | st.builds(SignOff, names.filter(str.strip), moments)),
)
edits = simple_edits | st.builds(EditSeries, st.lists(simple_edits, max_size=3).map(tuple))


def same(one: Scoring, other: Scoring) -> bool:
    if (one.hypnodensity is None) != (other.hypnodensity is None):
        return False
    if one.hypnodensity is not None and other.hypnodensity is not None:
        np.testing.assert_array_equal(
            one.hypnodensity.probabilities, other.hypnodensity.probabilities
        )
    return (
        one.scores,
        one.others,
        one.events,
        one.decisions,
        one.lights,
        dict(one.remarks),
        one.scorer,
        one.sign_off,
    ) == (
        other.scores,
        other.others,
        other.events,
        other.decisions,
        other.lights,
        dict(other.remarks),
        other.scorer,
        other.sign_off,
    )


@given(edits)
@settings(max_examples=60, deadline=None)
def test_that_any_edit_is_read_as_it_was_written(edit: Edit) -> None:
    one, other = Scoring(N_EPOCHS), Scoring(N_EPOCHS)
    one.apply(edit)
    other.apply(edit_of(document_of_edit(edit)))
    assert same(one, other)


def test_that_a_change_of_many_events_takes_little_room(tmp_path: Path) -> None:
    ana, n_events = Person("Ana"), 20_000
    crowd = tuple(
        ScoredEvent(EventKind.AROUSAL, n / 100, 3.0, "C4-M1", source=ana) for n in range(n_events)
    )
    scoring = Scoring(N_EPOCHS)
    journal = Journal(tmp_path, scored_recording(scoring), Path("night.edf"))
    n_begun = journal.path.stat().st_size
    inverse = scoring.apply(EventEdit(added=crowd))
    journal.record(EventEdit(added=crowd), inverse, scorer="Ana", what="an import")
    # What takes a moment to write, and lets half a million be taken in and back some times.
    assert journal.path.stat().st_size - n_begun < 80 * n_events
    another = Journal(tmp_path, scored_recording(scoring), Path("night.edf"))
    assert another.path.stat().st_size < 2 * 80 * n_events  # its head is there twice
    another.abandon()
    journal.abandon()
    (found,) = unfinished_work(tmp_path)
    assert found.scoring.events == crowd


def test_that_what_replaces_all_events_is_written_once_however_often_it_is_taken_back(
    tmp_path: Path,
) -> None:
    before = [ScoredEvent(EventKind.NOTE, n / 100, 0.0, text="as before") for n in range(5_000)]
    scoring = Scoring(N_EPOCHS, events=before)
    other = Scoring(N_EPOCHS, events=[replace(one, text="as in the file") for one in before])
    journal = Journal(tmp_path, scored_recording(scoring.copy()), Path("night.edf"))
    states, sizes = [], []
    edit: Edit = replacement_edit(scoring, other)
    journal.prepare(other.event_index)
    for what in ("an import", "undo", "redo", "undo", "redo"):
        inverse = scoring.apply(edit)
        journal.record(edit, inverse, scorer="Ana", what=what)
        states.append((scoring.copy(), len(journal.path.read_bytes().splitlines())))
        sizes.append(journal.path.stat().st_size)
        edit = inverse
    journal.abandon()
    assert np.diff(sizes).max() < 4000 < sizes[0] / 100
    lines = journal.path.read_bytes().splitlines(keepends=True)
    for state, n_lines in states:
        journal.path.write_bytes(b"".join(lines[:n_lines]))
        (work,) = unfinished_work(tmp_path)
        assert same(work.scoring, state)


@given(st.lists(event_edits | st.lists(events, max_size=3), max_size=5), st.data())
@settings(max_examples=60, deadline=None)
def test_that_any_order_of_imports_and_marks_and_undoing_is_restored(
    tmp_path_factory: pytest.TempPathFactory, made: list[object], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("journals")
    scoring = Scoring(N_EPOCHS, events=data.draw(st.lists(events, max_size=2)))
    journal = Journal(folder, scored_recording(scoring.copy()), Path("night.edf"))
    done: list[Edit] = []
    undone: list[Edit] = []
    n_changes = 0

    def make(edit: Edit, inverses: list[Edit]) -> None:
        nonlocal n_changes
        inverse = scoring.apply(edit)
        journal.record(edit, inverse, scorer="Ana", what="a change")
        inverses.append(inverse)
        n_changes += 1

    try:
        for one in made:
            if isinstance(one, list):
                make(replacement_edit(scoring, Scoring(N_EPOCHS, events=one)), done)
            else:
                make(one, done)
            undone.clear()
            for _ in range(data.draw(st.integers(0, len(done)))):
                make(done.pop(), undone)
            for _ in range(data.draw(st.integers(0, len(undone)))):
                make(undone.pop(), done)
    finally:
        journal.abandon()
    found = tuple(unfinished_work(folder))
    assert [work.n_changes for work in found] == ([n_changes] if n_changes else [])
    assert all(same(work.scoring, scoring) for work in found)


def test_that_events_that_stand_by_themselves_are_read_as_version_2_wrote_them() -> None:
    entry = {"kind": "arousal", "onset_s": 40.0, "duration_s": 5, "channel": "C4", "text": "x"}
    entry |= {"spo2_nadir": None, "spo2_baseline": 95, "source": 0}
    document = {"type": "events", "removed": [], "added": [entry], "sources": []}
    document["sources"] = SourceTable([Person("Ana")]).documents
    event = ScoredEvent(EventKind.AROUSAL, 40.0, 5.0, "C4", "x", None, 95.0, Person("Ana"))
    assert edit_of(document) == EventEdit(added=(event,))


@given(st.lists(edits, min_size=1, max_size=6), st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_that_a_journal_cut_off_anywhere_restores_everything_up_to_there(
    tmp_path_factory: pytest.TempPathFactory, made: list[Edit], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("journals")
    scoring = Scoring(N_EPOCHS)
    journal = Journal(folder, scored_recording(scoring), Path("/nights/night.edf"))
    n_begun = journal.path.stat().st_size
    states, sizes = [scoring.copy()], [n_begun]
    for edit in made:
        inverse = scoring.apply(edit)
        journal.record(edit, inverse, scorer="Ana", what="a change")
        states.append(scoring.copy())
        sizes.append(journal.path.stat().st_size)
    journal.abandon()
    size = n_begun + cut % (sizes[-1] - n_begun + 1)
    journal.path.write_bytes(journal.path.read_bytes()[:size])
    n_complete = sum(written <= size + 1 for written in sizes) - 1  # all but its line end will do
    found = tuple(unfinished_work(folder))
    if n_complete == 0:
        assert found == ()
        return
    (work,) = found
    assert work.n_changes == n_complete
    assert same(work.scoring, states[n_complete])
    assert work.recording == IDENTITY
    assert work.source == Path("/nights/night.edf")


@given(edits, edits)
@settings(max_examples=40, deadline=None)
def test_that_one_edit_makes_a_scoring_equal_to_another_and_is_taken_back_as_one(
    edit: Edit, other_edit: Edit
) -> None:
    one, other = Scoring(N_EPOCHS), Scoring(N_EPOCHS)
    one.apply(edit)
    other.apply(other_edit)
    before = one.copy()
    inverse = one.apply(replacement_edit(one, other))
    assert same(one, other)
    one.apply(inverse)
    assert same(one, before)


def one_change(journal: Journal) -> None:
    edit = StageEdit((3,), (EpochScore(Stage.N2, Person("Ana")),))
    journal.record(edit, Scoring(N_EPOCHS).apply(edit), scorer="Ana", what="N2 for epoch 4")


def test_that_saved_work_is_not_offered(tmp_path: Path) -> None:
    journal = Journal(tmp_path, scored_recording(Scoring(N_EPOCHS)), Path("night.edf"))
    one_change(journal)
    (tmp_path / "night.h5").touch()
    journal.note_saved(tmp_path / "night.h5")
    assert not any(unfinished_work(tmp_path))
    one_change(journal)
    (work,) = unfinished_work(tmp_path)
    assert work.n_changes == 1
    journal.close()


def test_that_work_given_up_on_purpose_is_not_offered(tmp_path: Path) -> None:
    journal = Journal(tmp_path, scored_recording(Scoring(N_EPOCHS)), Path("night.edf"))
    one_change(journal)
    journal.close()
    assert not any(unfinished_work(tmp_path))
    # Kept as a record of who changed what, but not searched again at every start.
    (kept,) = tmp_path.iterdir()
    assert kept.suffix == ".closed"
    assert b'"what": "N2 for epoch 4"' in kept.read_bytes()


def test_that_a_journal_without_a_change_is_not_kept(tmp_path: Path) -> None:
    Journal(tmp_path, scored_recording(Scoring(N_EPOCHS)), Path("night.edf")).close()
    assert not list(tmp_path.iterdir())


def test_that_a_journal_that_holds_nothing_unfinished_is_put_away_once_it_rests(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path, scored_recording(Scoring(N_EPOCHS)), Path("night.edf"))
    journal.abandon()
    assert not any(unfinished_work(tmp_path))
    assert journal.path.exists()  # it may just have been begun
    os.utime(journal.path, (0, 0))
    assert not any(unfinished_work(tmp_path, is_in_use=lambda _: True))
    assert journal.path.exists()
    assert not any(unfinished_work(tmp_path))
    assert [path.suffix for path in tmp_path.iterdir()] == [".closed"]


def test_that_finished_journals_are_removed_when_they_are_old(tmp_path: Path) -> None:
    for name, age_days in (("old.closed", 31), ("new.closed", 29), ("old.journal", 400)):
        (tmp_path / name).write_text("")
        moment_s = time.time() - age_days * 86_400
        os.utime(tmp_path / name, (moment_s, moment_s))
    remove_old_journals(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.closed", "old.journal"]


def test_that_the_work_of_other_recordings_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path, scored_recording(Scoring(N_EPOCHS)), Path("night.edf"))
    one_change(journal)
    journal.abandon()
    renamed = replace(IDENTITY, file_name="renamed.edf")
    (work,) = unfinished_work(tmp_path, renamed)
    assert work.n_changes == 1
    monkeypatch.setattr("sleepscorer.io.journal_folder.scoring_of", pytest.fail)
    for other in (replace(IDENTITY, labels=("C4",)), replace(IDENTITY, duration_s=366.0)):
        assert not any(unfinished_work(tmp_path, other))


def test_that_restored_work_is_offered_only_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path, scored_recording(Scoring(N_EPOCHS)), Path("night.edf"))
    one_change(journal)
    journal.abandon()
    content = journal.path.read_bytes()
    journal.path.write_bytes(content[:-1])  # cut off
    mark_finished(journal.path)
    assert not any(unfinished_work(tmp_path))


def test_that_what_is_no_journal_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.journal").write_bytes(b"")
    (tmp_path / "b.journal").write_bytes(b"\xff\x00 no JSON")
    (tmp_path / "c.journal").write_text('{"format": "another program"}\n')
    (tmp_path / "d.journal").write_text("[1]\n[2]\n")
    assert not any(unfinished_work(tmp_path))
    assert not any(unfinished_work(tmp_path / "missing"))


def test_that_a_folder_that_can_not_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ScoringError, match="Save the session often"):
        Journal(tmp_path / "file" / "journals", scored_recording(Scoring(3)), Path("n.edf"))


_SCORER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring, stage_edit
from sleepscorer.domain.stages import Stage
from sleepscorer.io.journal import Journal

scoring = Scoring(1000)
identity = RecordingIdentity("night.edf", None, 30_000.0, ("C3",))
journal = Journal(Path({folder!r}), ScoredRecording(identity, scoring), Path("night.edf"))
for number in range(1_000_000):
    edit = stage_edit((number % 1000,), Stage(number % 5), Person("Ana"))
    journal.record(edit, scoring.apply(edit), scorer="Ana", what="a key")
    sys.stdout.write(f"{{number + 1}}\\n")
    sys.stdout.flush()
"""


def test_that_no_completed_key_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    rng = random.Random(1)
    root = str(Path(__file__).parents[2])
    for attempt in range(8):
        folder = tmp_path / str(attempt)
        script = _SCORER.format(root=root, folder=str(folder))
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(rng.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
            # Only whole lines: a number may be cut off too.
            completed = [line for line in process.stdout.readlines() if line.endswith(b"\n")]
        n_completed = int(completed[-1]) if completed else 1
        (work,) = unfinished_work(folder)
        assert work.n_changes >= n_completed
        for number in range(max(0, work.n_changes - 1000), work.n_changes):
            assert work.scoring[number % 1000].stage is Stage(number % 5)
