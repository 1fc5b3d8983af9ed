"""Nights of folders: which there are, what is known of them, and when they are read again."""

import errno
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.event_decisions import NO_DECISIONS, EventDecisions, EventLink
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import phrase_of
from sleepscorer.domain.provenance import Joint, Model, Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import DecisionsEdit, EpochScore, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.file_questions import answered
from sleepscorer.io.edf_scoring import write_edf_hypnogram
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.session import (
    Session,
    read_session,
    read_session_state,
    write_session,
    write_session_scoring,
)
from sleepscorer.studies import facts as facts_module
from sleepscorer.studies.facts import FactReader, Facts, Status
from sleepscorer.studies.nights import Night, StudyFolder, nights_in
from sleepscorer.studies.staging import session_of

ANA, BEN = Person("Ana"), Person("Ben")
MODEL = Model("Net 1", "1" * 64)
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Signal:
    label, unit, sfreq, physical_range = "EEG C4-M1", "uV", 100.0, None

    def __init__(self, n_epochs: int, seed: int) -> None:
        noise = np.random.default_rng(seed).normal(size=3000 * n_epochs)
        self.samples = (20 * noise).astype(np.float32)


def write_night(path: Path, *, n_epochs: int = 4, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_edf(
        path,
        [Signal(n_epochs, seed)],
        start=datetime(2026, 3, 1, 22, 15, 30),
        patient_code="K-17",
        patient_name="Jane Doe",
    )
    return path


def save(
    recording: Path,
    session: Path,
    sources: list[object],
    *,
    signed: str = "",
    scorer: str = "",
    stage: Stage = Stage.N1,
) -> Path:
    """Save a session in which each epoch has a stage of a source; the network says N2."""
    opened = open_recording(recording)
    scores = [EpochScore(stage if source else Stage.UNSCORED, source) for source in sources]
    probabilities = np.tile(np.float32([0.1, 0.1, 0.6, 0.1, 0.1]), (len(scores), 1))
    scoring = Scoring(
        len(scores),
        scores=scores,
        hypnodensity=Hypnodensity(probabilities, "Net 1", "1" * 64, "C4-M1"),
        scorer=scorer,
        sign_off=SignOff(signed, AT) if signed else None,
    )
    write_session(session, Session(recording, ScoredRecording.of(opened, scoring), scorer))
    opened.close()
    return session


def listed(study: StudyFolder) -> dict[str, Night]:
    failures: list[OSError] = []
    nights = {
        night.path.name: night
        for some in nights_in(study, on_failure=failures.append)
        for night in some
    }
    assert not failures
    return nights


def facts_of(folder: Path, name: str = "a.edf") -> Facts:
    return FactReader().facts(listed(StudyFolder(folder))[name])


def test_that_nights_are_found_by_their_names_with_sessions_that_are_called_like_them(tmp_path):
    names = ("a.edf", "a.h5", "a-Ana.h5", "a-2.edf", "a-2.h5", "b.BDF", "x.h5", "notes.txt")
    for name in (*names, "2026/c.edf", ".hidden/d.edf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = listed(StudyFolder(tmp_path))
    assert {name: [one.name for one in night.sessions] for name, night in found.items()} == {
        "a.edf": ["a-Ana.h5", "a.h5"],
        "a-2.edf": ["a-2.h5"],
        "b.BDF": [],
        "c.edf": [],
    }
    assert found["c.edf"].folder == Path("2026")


def test_that_sessions_that_are_kept_elsewhere_are_found_there(tmp_path):
    study = StudyFolder(tmp_path / "archive", tmp_path / "sessions")
    recording = write_night(study.path / "2026" / "a.edf")
    (night,) = listed(study).values()
    target = session_of(study, night)
    assert target == tmp_path / "sessions" / "2026" / "a.h5"
    target.parent.mkdir(parents=True)
    save(recording, target, [MODEL] * 4)
    facts = FactReader().facts(listed(study)["a.edf"])
    assert (facts.status, facts.session) == (Status.STAGED, target)


@pytest.mark.parametrize("sessions", [None, Path("/sessions/2026=x")])
def test_that_a_folder_is_what_its_line_says(sessions):
    study = StudyFolder(Path("/Müller & Söhne=1"), sessions)
    assert "=" not in study.line
    assert StudyFolder.of_line(study.line) == study


@pytest.mark.parametrize("line", ["", "{}", "[]", '["a", "b", "c"]', "[1]", '[""]', "/archive"])
def test_that_what_is_no_line_of_a_folder_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011  of json or of ours
        StudyFolder.of_line(line)


def test_that_a_night_without_a_session_is_new_and_told_by_its_header(tmp_path):
    write_night(tmp_path / "a.edf")
    facts = facts_of(tmp_path)
    assert (facts.status, facts.session, facts.scorers) == (Status.NEW, None, ())
    assert (facts.patient.name, facts.patient.code) == ("Jane Doe", "K-17")
    assert (facts.start, facts.duration_s) == (datetime(2026, 3, 1, 22, 15, 30), 120.0)
    assert facts.n_corrected is None


def test_that_the_status_is_told_by_who_decided_in_the_session(tmp_path):
    recording, session = write_night(tmp_path / "a.edf"), tmp_path / "a.h5"
    save(recording, session, [MODEL] * 4)
    assert facts_of(tmp_path).status is Status.STAGED
    save(recording, session, [MODEL, MODEL, ANA, ANA], scorer="Ana")
    facts = facts_of(tmp_path)
    assert (facts.status, facts.n_corrected, facts.scorers) == (Status.IN_REVIEW, 2, ("Ana",))
    save(recording, session, [ANA] * 4, stage=Stage.N2, signed="Ana")
    facts = facts_of(tmp_path)
    assert (facts.status, facts.n_corrected) == (Status.SIGNED_OFF, 0)
    second = save(recording, tmp_path / "a-Ben.h5", [BEN] * 4, scorer="Ben")
    assert facts_of(tmp_path).status is Status.SIGNED_OFF
    save(recording, second, [BEN] * 4, signed="Ben")
    facts = facts_of(tmp_path)
    assert (facts.status, set(facts.scorers)) == (Status.SCORED_TWICE, {"Ana", "Ben"})
    second.unlink()
    both = Joint((ANA, BEN))
    consensus = save(recording, tmp_path / "a-consensus.h5", [both] * 4, signed="Ana")
    facts = facts_of(tmp_path)
    assert (facts.status, facts.session) == (Status.SCORED_TWICE, consensus)


def test_that_a_session_without_any_stage_is_work_that_was_begun(tmp_path):
    save(write_night(tmp_path / "a.edf"), tmp_path / "a.h5", [None] * 4, scorer="Ana")
    assert facts_of(tmp_path).status is Status.IN_REVIEW


def test_that_a_session_of_another_recording_says_nothing_of_this_one(tmp_path):
    other = write_night(tmp_path / "elsewhere" / "a.edf", seed=1)  # as long, begun at the same time
    write_night(tmp_path / "a.edf")
    save(other, tmp_path / "a.h5", [ANA] * 4, signed="Ana")
    facts = facts_of(tmp_path)
    assert (facts.status, facts.session) == (Status.NEW, None)


def test_that_a_damaged_session_is_said_and_its_night_not_taken_for_new(tmp_path):
    session = save(write_night(tmp_path / "a.edf"), tmp_path / "a.h5", [ANA] * 4)
    session.write_bytes(session.read_bytes()[:-1])
    facts = facts_of(tmp_path)
    assert (facts.status, facts.session) == (None, session)
    assert "not as it was saved" in facts.problem


def test_that_a_damaged_recording_is_said_and_a_scoring_is_no_night(tmp_path):
    recording = write_night(tmp_path / "a.edf")
    scored = ScoredRecording.of(opened := open_recording(recording), Scoring(4))
    write_edf_hypnogram(tmp_path / "scored.edf", scored)
    opened.close()
    (tmp_path / "b.edf").write_bytes(b"Dear colleague")
    assert "not an EDF or BDF file" in facts_of(tmp_path, "b.edf").problem
    assert not facts_of(tmp_path, "scored.edf").is_recording
    night = listed(StudyFolder(tmp_path))["a.edf"]
    recording.unlink()
    assert FactReader().facts(night).problem.startswith("a.edf can't be read")


def test_that_a_file_is_read_once_and_again_when_it_has_changed(tmp_path, monkeypatch):
    recording = write_night(tmp_path / "a.edf")
    session = save(recording, tmp_path / "a.h5", [MODEL] * 4)
    n_read = {"header": 0, "session": 0}

    def count(what: str, function: Callable[[Path], object]) -> Callable[[Path], object]:
        def counting(path: Path) -> object:
            n_read[what] += 1
            return function(path)

        return counting

    monkeypatch.setattr(facts_module, "open_recording", count("header", open_recording))
    monkeypatch.setattr(facts_module, "read_session_state", count("session", read_session_state))
    reader, night = FactReader(), listed(StudyFolder(tmp_path))["a.edf"]
    assert reader.facts(night) == reader.facts(night)
    assert n_read == {"header": 1, "session": 1}
    save(recording, session, [ANA] * 4, signed="Ana")
    os.utime(session, ns=(0, session.stat().st_mtime_ns + 10**9))
    assert reader.facts(night).status is Status.SIGNED_OFF
    assert n_read == {"header": 1, "session": 2}


def test_that_a_failure_is_not_kept_and_whatever_goes_wrong_is_that_night_s(tmp_path, monkeypatch):
    recording = write_night(tmp_path / "a.edf")
    save(recording, tmp_path / "a.h5", [MODEL] * 4)
    reader, night = FactReader(), listed(StudyFolder(tmp_path))["a.edf"]
    states: list[Exception] = [RecordingError("The share is busy."), KeyError("surprise")]
    headers: list[Exception] = [MemoryError()]

    def failing(
        errors: list[Exception], function: Callable[[Path], object]
    ) -> Callable[[Path], object]:
        def read(path: Path) -> object:
            if errors:
                raise errors.pop(0)
            return function(path)

        return read

    monkeypatch.setattr(facts_module, "open_recording", failing(headers, open_recording))
    monkeypatch.setattr(reader._states, "_read", failing(states, read_session_state))
    problems = [reader.facts(night).problem for _ in range(4)]
    assert problems[0].startswith("a.edf: there is not enough memory")
    assert problems[1] == "The share is busy."
    assert "a fault of SleepScorer (KeyError: 'surprise')" in problems[2]
    assert problems[3] == ""
    assert reader.facts(night).status is Status.STAGED


def test_that_who_only_rejects_or_links_has_reviewed_a_session(tmp_path):
    recording = write_night(tmp_path / "a.edf")
    apnea = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 10.0, 12.0)
    arousal = ScoredEvent(EventKind.AROUSAL, 22.0, 4.0)
    for number, (decisions, expected) in enumerate(
        (
            (NO_DECISIONS, False),
            (EventDecisions(rejected=(apnea,)), True),
            (EventDecisions(links=(EventLink(apnea, arousal, holds=False),)), True),
        )
    ):
        path = save(recording, tmp_path / f"{number}.h5", [MODEL] * 4)
        session = read_session(path)
        session.scored.scoring.apply(DecisionsEdit(added=decisions))
        write_session(path, session)
        assert read_session_state(path).is_reviewed is expected


def test_that_the_state_of_a_session_is_that_of_the_whole():
    path = Path(__file__).parents[1] / "io" / "data_of_version_2" / "night.h5"
    state, session = read_session_state(path), read_session(path)
    scoring = session.scored.scoring
    assert state.recording == session.scored.recording
    assert state.n_staged == sum(one.stage is not Stage.UNSCORED for one in scoring.scores)
    assert state.is_reviewed
    assert state.sign_off is None
    assert state.is_joint == any(isinstance(one.source, Joint) for one in scoring.scores)


def test_that_a_share_that_stalls_is_given_up():
    go = threading.Event()
    beats: list[int] = []
    with pytest.raises(TimeoutError) as caught:
        answered(lambda: go.wait(10), limit_s=0.2, meanwhile=lambda: beats.append(1))
    assert phrase_of(caught.value) == "it does not answer within 0.2 s"
    assert len(beats) >= 2
    go.set()


def test_that_an_answer_and_an_error_come_as_they_are():
    def fail() -> None:
        raise OSError(errno.ESTALE, "gone")

    assert answered(lambda: 7) == 7
    with pytest.raises(OSError, match="gone"):
        answered(fail)


def test_that_whoever_waits_may_give_up_at_any_moment():
    go = threading.Event()

    def give_up() -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        answered(lambda: go.wait(10), meanwhile=give_up)
    go.set()


def test_that_a_scoring_without_a_network_has_no_number_of_corrections(tmp_path):
    opened = open_recording(write_night(tmp_path / "a.edf"))
    scoring = Scoring(4, scores=[EpochScore(Stage.N1, ANA)] * 4)
    write_session_scoring(tmp_path / "a.h5", ScoredRecording.of(opened, scoring))
    opened.close()
    assert facts_of(tmp_path).n_corrected is None
