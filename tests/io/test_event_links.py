"""Links that a person made or cut, and the rule of hypopneas, in files of other programs."""

import re
from datetime import datetime

import numpy as np
import pytest

from sleepscorer.domain.alignment import align
from sleepscorer.domain.event_decisions import EventDecisions, EventLink, bare
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.events.links import links_of
from sleepscorer.events.rules import RULE_1A, RULE_1B, credited
from sleepscorer.io.edf import open_edf
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.scoring_formats import SCORING_FORMATS, read_scoring, scoring_format
from sleepscorer.io.session import read_session

START = datetime(2026, 3, 1, 22, 13, 30)
ANN = Person("Ann")
HYPOPNEA = ScoredEvent(
    EventKind.OBSTRUCTIVE_HYPOPNEA, 100.123, 20.5, "Flow", spo2_nadir=94, spo2_baseline=96
)
OTHER = ScoredEvent(EventKind.HYPOPNEA, 200.0, 15.0, "Flow", spo2_nadir=94, spo2_baseline=96)
LATE = ScoredEvent(EventKind.AROUSAL, 131.25, 4.0, "C4@M1 & more")
NEAR = ScoredEvent(EventKind.AROUSAL, 214.0, 4.0, "C4-M1")
MOVEMENT = ScoredEvent(EventKind.LEFT_LIMB_MOVEMENT, 98.0, 2.0, "LAT")
EVENTS = (MOVEMENT, HYPOPNEA, LATE, OTHER, NEAR)
LINKS = (
    EventLink(HYPOPNEA, LATE, holds=True),
    EventLink(OTHER, NEAR, holds=False),
    EventLink(MOVEMENT, HYPOPNEA, holds=True),
)
LINKED = ("nsrr", "luna", "edf", "edf-rk", "edf-copy", "json", "session")


def night(*events, links=LINKS) -> Scoring:
    return Scoring(
        10,
        scores=[EpochScore(Stage.N2, ANN)] * 10,
        events=[one.by(ANN) for one in events or EVENTS],
        decisions=EventDecisions(links=links),
    )


def scored(scoring, path=None) -> ScoredRecording:
    return ScoredRecording(RecordingIdentity("n.edf", START, 300.0, ()), scoring, path)


@pytest.fixture
def recording(tmp_path):
    class Signal:
        label, unit, sfreq, physical_range = "C4-M1", "uV", 10.0, (-100.0, 100.0)
        samples = np.zeros(3000, np.float32)

    path = tmp_path / "n.edf"
    write_edf(path, [Signal()], start=START)
    return path


def back(row, tmp_path, scoring, recording=None) -> Scoring:
    path = tmp_path / f"out-{row.file_name('n.edf')}"
    identity = RecordingIdentity("n.edf", START, 300.0, ("C4-M1",))
    row.write(path, ScoredRecording(identity, scoring, recording))
    return align(read_scoring(path), start=START, duration_s=300.0).scoring


def counted(scoring) -> list[float]:
    links = links_of(scoring.events, scoring.decisions.pairs)
    return [one.onset_s for one in credited(scoring.events, links, RULE_1A).counted]


@pytest.mark.parametrize("name", LINKED)
def test_that_links_are_read_back_and_count_as_before(name, tmp_path, recording):
    scoring = night()
    found = back(scoring_format(name), tmp_path, scoring, recording)
    pairs = [(one.first.onset_s, one.second.onset_s, one.holds) for one in found.decisions.links]
    assert pairs == [(98.0, 100.123, True), (100.123, 131.25, True), (200.0, 214.0, False)]
    marks = {mark for one in found.decisions.links for mark in (one.first, one.second)}
    assert {bare(one) for one in found.events} >= marks
    assert [one.kind for one in found.events].count(EventKind.NOTE) == 0
    assert counted(scoring) == [100.123]
    assert name not in ("nsrr", "luna") or counted(found) == counted(scoring)
    losses = " ".join(scoring_format(name).losses(scoring))
    assert "linked" not in losses


@pytest.mark.parametrize("row", [one for one in SCORING_FORMATS if one.id not in LINKED])
def test_that_a_format_without_links_says_so(row):
    assert any("which events a person linked or parted" in one for one in row.losses(night()))
    assert not any("linked" in one for one in row.losses(night(links=())))


@pytest.mark.parametrize("name", ["nsrr", "luna", "edf"])
def test_that_a_link_with_an_event_that_is_lost_is_announced_as_lost(name, tmp_path):
    suggested = ScoredEvent(EventKind.AROUSAL, 131.25, 4.0, source=Model("event rules 3"))
    scoring = Scoring(
        10,
        events=[HYPOPNEA.by(ANN), suggested],
        decisions=EventDecisions(links=(EventLink(HYPOPNEA, suggested, holds=True),)),
    )
    row = scoring_format(name)
    assert any("where it does not hold both of them" in one for one in row.losses(scoring))
    assert back(row, tmp_path, scoring).decisions == EventDecisions()


def test_that_other_programs_see_the_links_of_luna_by_instance_and_meta(tmp_path):
    path = tmp_path / "n.annot"
    scoring_format("luna").write(path, scored(night(HYPOPNEA, LATE, links=LINKS[:1])))
    rows = [line.split("\t") for line in path.read_text().splitlines() if "100.123" in line]
    ((_, instance, _, _, _, meta),) = rows
    assert instance == "1"
    assert "linked=2" in meta.split("|")


def test_that_a_note_in_the_words_of_a_link_stays_a_note(tmp_path):
    text = "Linked: obstructive_hypopnea & arousal 131.25+4 C4(at)M1 & more"
    note = ScoredEvent(EventKind.NOTE, HYPOPNEA.onset_s, HYPOPNEA.duration_s, "Flow", text)
    found = back(scoring_format("edf"), tmp_path, night(HYPOPNEA, LATE, note, links=()))
    assert found.decisions == EventDecisions()
    assert [one.text for one in found.events if one.kind is EventKind.NOTE] == [f"Note: {text}"]


def test_that_a_link_with_an_event_that_somebody_took_away_says_nothing(tmp_path):
    row = scoring_format("nsrr")
    path = tmp_path / "n.xml"
    row.write(path, scored(night()))
    text = path.read_text()
    path.write_text(
        re.sub(
            r"<ScoredEvent>(?:(?!</ScoredEvent>).)*>131\.25<.*?</ScoredEvent>", "", text, flags=re.S
        )
    )
    links = read_scoring(path).decisions.links
    assert [(one.first.onset_s, one.second.onset_s) for one in links] == [
        (98.0, 100.123),
        (200.0, 214.0),
    ]


def test_that_a_copy_of_a_scored_copy_has_the_links_of_now_alone(tmp_path, recording):
    row = scoring_format("edf-copy")
    first, second = tmp_path / "first.edf", tmp_path / "second.edf"
    identity = RecordingIdentity("n.edf", START, 300.0, ("C4-M1",))
    row.write(first, ScoredRecording(identity, night(), recording))
    row.write(second, ScoredRecording(identity, night(links=LINKS[:1]), first))
    with_links = open_edf(second)
    said = [one.description for one in with_links.read_annotations() if "inked" in one.description]
    with_links.close()
    assert said == ["Linked: obstructive_hypopnea & arousal 131.25+4 C4(at)M1 & more"]


def test_that_a_session_keeps_the_rule_for_what_is_made_of_it(tmp_path):
    path = tmp_path / "n.h5"
    identity = RecordingIdentity("n.edf", START, 300.0, ())
    scored = ScoredRecording(identity, night(), tmp_path / "n.edf", rule=RULE_1B.name)
    scoring_format("session").write(path, scored)
    assert read_session(path).scored.rule == RULE_1B.name
