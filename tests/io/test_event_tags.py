"""Kinds of events that earlier versions do not know are notes to them, and come back to us."""

import json
from pathlib import Path

import h5py
import pytest

from sleepscorer.domain.events import ADDED_KINDS, EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EventEdit, Scoring
from sleepscorer.io.event_tags import tagged, untagged
from sleepscorer.io.journal import document_of_edit, edit_of
from sleepscorer.io.json_scoring import read_json, write_json
from sleepscorer.io.session import read_session, write_session_scoring

EVENTS = (
    ScoredEvent(EventKind.ARTEFACT, 10.0, 5.0, "SpO2", source=Person("Ana")),
    ScoredEvent(EventKind.ARTEFACT, 20.0, 5.0, "SpO2", "finger off", source=Person("Ana")),
    ScoredEvent(EventKind.NOTE, 30.0, 0.0, "", "Artefact", source=Person("Ana")),
    ScoredEvent(EventKind.HYPOPNEA, 40.0, 12.0, "Airflow", source=Person("Ana")),
)


@pytest.fixture
def scored() -> ScoredRecording:
    identity = RecordingIdentity("night.edf", None, 120.0, ("SpO2", "Airflow"))
    return ScoredRecording(identity, Scoring(4, events=EVENTS))


def test_that_they_come_back_from_a_session(scored: ScoredRecording, tmp_path: Path) -> None:
    write_session_scoring(tmp_path / "night.h5", scored)
    assert read_session(tmp_path / "night.h5").scored.scoring.events == EVENTS


def test_that_an_earlier_version_reads_them_as_notes(
    scored: ScoredRecording, tmp_path: Path
) -> None:
    write_session_scoring(tmp_path / "night.h5", scored)
    content = (tmp_path / "night.h5").read_bytes()[512:]
    with h5py.File.in_memory(content) as file:
        kinds = [one.decode() for one in file["events/kinds"][()]]
        texts = [one.decode() for one in file["events/texts"][()]]
    assert kinds == ["note", "note", "note", "hypopnea"]
    assert texts == ["Artefact", "finger off", "Artefact", ""]


def test_that_a_session_without_them_is_written_as_before(tmp_path: Path) -> None:
    identity = RecordingIdentity("night.edf", None, 120.0, ())
    write_session_scoring(
        tmp_path / "night.h5", ScoredRecording(identity, Scoring(4, events=EVENTS[2:]))
    )
    with h5py.File.in_memory((tmp_path / "night.h5").read_bytes()[512:]) as file:
        assert "tags" not in file["events"]


def test_that_they_come_back_from_json_and_journal(scored: ScoredRecording, tmp_path: Path) -> None:
    write_json(tmp_path / "night.json", scored)
    read = read_json(tmp_path / "night.json")
    assert [one.mark for one in read.events] == [one.mark for one in EVENTS]
    edit = EventEdit(removed=EVENTS[:1], added=EVENTS[1:2])
    assert edit_of(json.loads(json.dumps(document_of_edit(edit)))) == edit


def test_that_what_a_later_version_tags_stays_a_note() -> None:
    assert untagged("note", "Snoring", "snoring") == (EventKind.NOTE, "Snoring")


@pytest.mark.parametrize("kind", list(EventKind))
def test_that_every_kind_comes_back_from_its_tag(kind: EventKind) -> None:
    for text in ("", "remark"):
        assert untagged(*tagged(ScoredEvent(kind, 0.0, 1.0, text=text))) == (kind, text)
    assert bool(tagged(ScoredEvent(kind, 0.0, 1.0))[2]) is (kind in ADDED_KINDS)
