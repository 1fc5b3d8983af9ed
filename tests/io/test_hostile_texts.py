"""Whatever text is read, every way out writes it, and what is written holds no trap."""

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sleepscorer.domain.alignment import align
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Person, text_of
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring, stage_edit
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.domain.texts import markup_letters, storable
from sleepscorer.io.edf_identity import Patient
from sleepscorer.io.history import history_csv, stage_history
from sleepscorer.io.journal import Journal
from sleepscorer.io.journal_folder import unfinished_work
from sleepscorer.io.losses import reduced
from sleepscorer.io.questions import answered, by_words
from sleepscorer.io.scoring_formats import SCORING_FORMATS, read_scoring
from sleepscorer.io.statistics_files import statistics_csv, statistics_json
from sleepscorer.report.content import Letterhead, Report
from sleepscorer.report.page import report_html

START = datetime(2026, 3, 1, 22, 15)
N_EPOCHS = 6
STAGES = (Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R, Stage.UNSCORED)
SETTINGS = settings(
    max_examples=30,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # explaining takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

hostile_texts = st.lists(
    st.sampled_from(
        [
            *("=1+2", "+", "-", "@SUM(1)", "'", "'=", "\t", "\r", "\n", "\r\n", "＝1", '"', "``"),
            *("\x00", "\x07", "\x1b", "\x85", "\xa0", "\u2028", "\ufeff", "\ufffe", "\U000e0001"),
            *("\ud800x", "\udcff", "\udfff", "&", "&amp;", "<b>", "</td>", "<img src=//a.io>"),
            *("|", "|text=x", "@@", "\x14", "\x15", ",", ";", ".", "n/a", "#", "class", "::", "/"),
            *("W", "Apnea", "Lights off", "Sleep stage R", " ", "ä", "😀", "e\u0301", "x" * 300),
        ]
    ),
    max_size=6,
).map("".join) | st.text(max_size=12)
hostile_names = hostile_texts.filter(str.strip)
people = st.builds(Person, hostile_names)


@st.composite
def hostile_nights(draw: st.DrawFn) -> ScoredRecording:
    """A night whose every text is hostile."""
    event = st.builds(
        ScoredEvent,
        st.sampled_from(list(EventKind)),
        st.integers(0, N_EPOCHS * 30).map(float),
        st.integers(0, 60).map(float),
        channel=hostile_texts,
        text=hostile_texts,
    )
    scoring = Scoring(
        N_EPOCHS,
        scores=[EpochScore(stage, draw(people)) for stage in STAGES],
        hypnodensity=Hypnodensity(
            np.full((N_EPOCHS, 5), 0.2, np.float32),
            model=draw(hostile_texts),
            weights_sha256=draw(hostile_texts),
            derivation=draw(hostile_texts),
        ),
        events=draw(st.lists(event, max_size=3)),
        lights=Lights(10.0, 170.0),
        remarks={epoch: Remark(draw(hostile_texts), artefact=True) for epoch in (0, 4)},
        scorer=draw(hostile_texts),
    )
    labels = tuple(draw(st.lists(hostile_texts, min_size=1, max_size=2)))
    name = draw(hostile_texts.map(lambda text: text.replace("/", "_").replace("\x00", "")))
    return ScoredRecording(
        RecordingIdentity(f"{name}.edf", START, N_EPOCHS * 30.0, labels), scoring
    )


def content(scoring: Scoring) -> tuple[object, ...]:
    """All of a scoring, with its texts as UTF-8 can hold them."""
    events = [
        (one.kind, one.onset_s, one.duration_s, storable(one.channel), storable(one.text))
        for one in scoring.events
    ]
    remarks = {
        epoch: (storable(remark.comment), remark.artefact)
        for epoch, remark in scoring.remarks.items()
    }
    scores = [(score.stage, storable(text_of(score.source))) for score in scoring.scores]
    return scores, events, remarks, scoring.lights, storable(scoring.scorer)


def cells_of(path: Path) -> Iterator[str]:
    """Cells that a spreadsheet shows of a table."""
    delimiter = {".csv": ",", ".tsv": "\t", ".annot": "\t"}.get(path.suffix)
    if delimiter is not None:
        text = path.read_bytes().decode()
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield from row


def is_formula(cell: str) -> bool:
    return (
        re.match("[=+\\-@\t\r\n＝＋－＠]", cell) is not None
        and re.fullmatch(r"-?[\d.]+", cell) is None
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.mark.parametrize(
    "row", [row for row in SCORING_FORMATS if not row.copies_recording], ids=lambda row: row.id
)
@SETTINGS
@given(night=hostile_nights())
def test_that_every_format_holds_any_text_without_a_trap(row, folder, night):
    path = folder / row.file_name(night.recording.file_name)
    row.write(path, night)
    assert not [cell for cell in cells_of(path) if is_formula(cell)]
    stored = answered(lambda: read_scoring(path), by_words({"coding": "yasa", "epoch": "30"}))
    aligned = align(stored, start=START, duration_s=N_EPOCHS * 30.0)
    held, _losses = reduced(night.scoring, row.holds)
    if path.suffix == ".xml":  # XML has fewer letters, and no other sign for them
        assert aligned.scoring.stages == held.stages
        assert [one.kind for one in aligned.scoring.events] == [one.kind for one in held.events]
    else:
        assert content(aligned.scoring) == content(held)
    path.unlink()


@SETTINGS
@given(night=hostile_nights(), name=hostile_texts)
def test_that_statistics_of_any_name_hold_no_formula(night, name):
    statistics = sleep_statistics(night.scoring, night.recording.duration_s)
    table = statistics_csv([(name, statistics)])
    table.encode()
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert not [cell for cell in cells if is_formula(cell)]
    document = json.loads(statistics_json([(name, statistics)]).encode())
    assert storable(document[0]["file"]) == storable(name)


@SETTINGS
@given(night=hostile_nights(), scorer=hostile_names, what=hostile_texts)
def test_that_journal_and_history_hold_any_text(tmp_path_factory, night, scorer, what):
    folder = tmp_path_factory.mktemp("journals")
    journal = Journal(folder, night, Path(night.recording.file_name))
    edit = stage_edit((0, 3), Stage.R, Person(scorer))
    journal.record(edit, night.scoring.apply(edit), scorer=scorer, what=what)
    journal.abandon()
    (work,) = unfinished_work(folder, night.recording)
    assert content(work.scoring) == content(night.scoring)
    table = history_csv(stage_history(folder, night.recording))
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert len(rows) == 3
    assert not [cell for row in rows for cell in row if is_formula(cell)]


class _Page(HTMLParser):
    """Elements and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def report(night: ScoredRecording, text: str) -> Report:
    return Report(
        scored=night,
        statistics=sleep_statistics(night.scoring, night.recording.duration_s),
        patient=Patient(text, text, text, text),
        derivation=text,
        letterhead=Letterhead(text, (text,), title=text),
        created=START,
    )


@SETTINGS
@given(night=hostile_nights(), text=hostile_texts)
def test_that_no_text_becomes_a_part_of_the_page(night, text):
    page = report_html(report(night, text))
    assert page.encode()
    found, usual = _Page(page), _Page(report_html(report(night_of_plain_texts(night), "Ann")))
    assert found.tags <= usual.tags
    assert found.attributes <= usual.attributes
    shown = html.unescape(markup_letters(text)).split()
    assert all(word in html.unescape(found.text) for word in shown)


def night_of_plain_texts(night: ScoredRecording) -> ScoredRecording:
    """The same without a hostile text."""
    scoring = Scoring(
        N_EPOCHS,
        scores=[EpochScore(stage, Person("Ann")) for stage in STAGES],
        hypnodensity=Hypnodensity(night.scoring.hypnodensity.probabilities, "Net", "ab", "C4"),
        events=[ScoredEvent(one.kind, one.onset_s, one.duration_s) for one in night.scoring.events],
        lights=night.scoring.lights,
        remarks={epoch: Remark("x", artefact=True) for epoch in night.scoring.remarks},
        scorer="Ann",
    )
    return ScoredRecording(
        RecordingIdentity("n.edf", START, night.recording.duration_s, ("C4",)), scoring
    )


@pytest.mark.parametrize("format_id", ["bids", "luna"])
def test_that_a_quotation_mark_swallows_no_row(format_id, tmp_path):
    events = [
        ScoredEvent(EventKind.AROUSAL, 3.0, 4.0, channel='"C4'),
        ScoredEvent(EventKind.NOTE, 9.0, 1.0, text='"turns'),
    ]
    identity = RecordingIdentity("n.edf", START, N_EPOCHS * 30.0, ())
    row = next(one for one in SCORING_FORMATS if one.id == format_id)
    path = tmp_path / row.file_name("n.edf")
    row.write(path, ScoredRecording(identity, Scoring(N_EPOCHS, events=events)))
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline=""), delimiter="\t"))
    assert len(rows) == 1 + N_EPOCHS + len(events)
