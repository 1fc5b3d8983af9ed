"""Sheets of several pages, and who stands on them."""

from datetime import UTC, datetime
from pathlib import Path

import docx

from sleepscorer.domain.naps import NapTest
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.report.naps_page import nap_report
from sleepscorer.report.sheet import Page, Sheet, sheet_html
from sleepscorer.report.word import sheet_docx


def page(head: str, part: str, foot: str) -> Page:
    return Page(f"<p>{head}</p>", (f"<p>{part}</p>",), f"<p>{foot}</p>")


def test_that_a_head_stands_once_above_its_pages_and_each_head_has_a_foot(tmp_path: Path):
    sheet = Sheet(
        "Two scorers",
        (page("Ann", "1", "then"), page("Ann", "2", "Ann signs"), page("Bea", "3", "Bea signs")),
    )
    told = ["Ann", "1", "2", "Ann signs", "Bea", "3", "Bea signs"]
    assert list(sheet.flow) == [f"<p>{one}</p>" for one in told]
    assert "".join(sheet.flow) in sheet_html(sheet)
    path = tmp_path / "sheet.docx"
    path.write_bytes(sheet_docx(sheet, lambda _: b""))
    assert [one.text for one in docx.Document(path).paragraphs] == told


def night(scorer: str, signed_by: str, stager: str = "") -> ScoredRecording:
    scoring = Scoring(
        40,
        scores=[EpochScore(Stage.W, Person(stager) if stager else UNKNOWN_MODEL)] * 40,
        lights=Lights(0, 1200),
        scorer=scorer,
        sign_off=SignOff(signed_by, datetime(2026, 3, 2, tzinfo=UTC)) if signed_by else None,
    )
    identity = RecordingIdentity("nap.edf", datetime(2026, 3, 2, 9), 1200.0, ())
    return ScoredRecording(identity, scoring)


def test_that_whoever_signed_off_scored_a_nap_only_where_no_scorer_is_named():
    nights = [night("Ann", "Head"), night("", "Dan"), night("", "")]
    assert nap_report(nights, [], NapTest.MSLT).scorers == ("Ann", "Dan")


def test_that_whoever_gave_the_stages_scored_a_nap_whoever_answers_for_it():
    nights = [night("Bea", "Bea", "Ann"), night("Head", "Head", "Cy")]
    assert nap_report(nights, [], NapTest.MSLT).scorers == ("Ann", "Cy")
