import csv
import io
import json
import os
import re
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import docx
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.prediction import STAGES
from sleepscorer.domain.provenance import Imported, Model, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
    EpochScore,
    EventEdit,
    Lights,
    Remark,
    RemarkEdit,
    ScorerEdit,
    Scoring,
    SignOff,
    SignOffEdit,
    stage_edit,
)
from sleepscorer.domain.severity import Severity
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.events.oximetry import Saturation
from sleepscorer.events.rules import RULE_1B
from sleepscorer.events.sensors import NO_SENSORS, Sensors
from sleepscorer.events.summary import night_statistics
from sleepscorer.events.treatment import Treatment
from sleepscorer.io.definitions import definitions
from sleepscorer.io.edf_identity import Patient, patient_of
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.statistics_files import nights_csv, statistics_csv, statistics_json
from sleepscorer.models.calibration import Calibration
from sleepscorer.report.content import Letterhead, Report, make_report, read_letterhead
from sleepscorer.report.figures import night_svg
from sleepscorer.report.page import report_html, report_sheet
from sleepscorer.report.word import sheet_docx
from sleepscorer.signals.spectrogram import Spectrogram
from sleepscorer.ui.base.language import speak, wording
from sleepscorer.ui.night.report_pdf import _document, sheet_pdf

N_EPOCHS = 120
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "f8cf500f0003860180 5a347d6b0000000049454e44ae426082".replace(" ", "")
)


ANN, MODEL = Person("Ann <A>"), Model("MC²SleepNet 1", "ab" * 32)


def report(start: datetime | None = datetime(2026, 3, 1, 22, 13, 30), **changes) -> Report:
    stages = ([Stage.W] * 4 + [Stage.N1, Stage.N2, Stage.N3, Stage.R] * 30)[:N_EPOCHS]
    rows = np.full((N_EPOCHS, 5), 0.2, np.float32)
    rows[7] = np.nan
    scoring = Scoring(
        N_EPOCHS,
        scores=[
            EpochScore(stage, ANN if epoch % 10 == 0 else MODEL)
            for epoch, stage in enumerate(stages)
        ],
        hypnodensity=Hypnodensity(rows, "MC²SleepNet 1", "ab" * 32, "Fpz-Cz"),
        events=[ScoredEvent(EventKind.HYPOPNEA, 60.0 * i, 15.0) for i in range(20)],
        lights=Lights(30.0, 3500.0),
        scorer="Ann <A>",
    )
    identity = RecordingIdentity("night & day.edf", start, N_EPOCHS * 30.0, ())
    content = {
        "scored": ScoredRecording(identity, scoring),
        "statistics": sleep_statistics(scoring, N_EPOCHS * 30.0),
        "patient": Patient("Łucja <Ñ>", "PSG-1", "female", "02-MAY-1951"),
        "spectrogram": Spectrogram(np.zeros((30, 300), np.float32), 10.0, 10.0, 1.0),
        "derivation": "Fpz-Cz",
        "created": datetime(2026, 3, 2, 9, 0),
    }
    return Report(**(content | changes))


def test_that_the_page_is_well_formed_and_escapes_names():
    page = report_html(report())
    for text in ("Łucja &lt;Ñ&gt;", "PSG-1", "night &amp; day.edf", "Ann &lt;A&gt;", "02 May 1951"):
        assert text in page
    assert "<Ñ>" not in page


def test_that_every_number_stands_beside_its_definition():
    made = report()
    page = report_html(made)
    for figure_id in ("waso", "waso_spt", "se", "sme", "r_latency", "ahi"):
        figure = made.statistics[figure_id]
        assert figure.text in page
        assert definitions()[figure_id].text in page


def test_that_an_incomplete_index_is_called_so():
    scoring = report().scored.scoring
    unknown = ScoredEvent(EventKind.NOTE, 90.0, 5.0, text="Hypopnoe Typ 7")
    scoring.apply(EventEdit(added=(unknown,)))
    statistics = sleep_statistics(scoring, N_EPOCHS * 30.0)
    page = report_html(report(statistics=statistics))
    assert page.count("<b>Incomplete.</b>") == 2  # AHI and RDI
    assert "“Hypopnoe Typ 7” (1)" in page
    assert "Incomplete" not in report_html(report())


def whole_night(*events: ScoredEvent, sensors: Sensors = NO_SENSORS) -> Report:
    scoring = Scoring(N_EPOCHS, scores=[EpochScore(Stage.N2, ANN)] * N_EPOCHS, events=events)
    identity = RecordingIdentity("night.edf", None, N_EPOCHS * 30.0, ())
    return report(
        scored=ScoredRecording(identity, scoring),
        statistics=night_statistics(scoring, N_EPOCHS * 30.0, sensors, RULE_1B),
    )


def test_that_breathing_oxygen_and_limbs_are_told_by_the_rule_chosen_and_what_is_missing_too():
    hypopneas = [
        ScoredEvent(EventKind.HYPOPNEA, 100.0 * i, 15.0, spo2_baseline=96, spo2_nadir=93 - i % 2)
        for i in range(1, 11)
    ]
    saturation = Saturation(np.full(N_EPOCHS * 30, 89.0))
    made = whole_night(*hypopneas, sensors=Sensors(saturation))
    page = report_html(made).replace("\u00a0", " ")
    for text in (
        *("Breathing, by rule AASM 1B, CMS (4 %)", "<b>Rule chosen.</b>", "10.0/h", "5.0/h"),
        *("60.0 min", "100.0 %", "not scored", "Before it is signed", "Arousals are not scored."),
    ):
        assert text in page
    for figure_id in ("ahi_1a", "spo2_lowest", "plms", "arousal_spontaneous", "pulse_mean"):
        assert definitions()[figure_id].text in page
    assert "ahi_own" not in made.statistics


def test_that_each_ahi_has_its_class_beside_it_in_every_format():
    hypopneas = [
        ScoredEvent(EventKind.HYPOPNEA, 100.0 * i, 15.0, spo2_baseline=96, spo2_nadir=93 - i // 5)
        for i in range(1, 8)
    ]
    arousal = ScoredEvent(EventKind.AROUSAL, 3000.0, 5.0)
    made = whole_night(*hypopneas, arousal)
    page = report_html(made)
    assert "<b>Severity (adults): mild.</b>" in page  # 1A: 7 an hour
    assert "<b>Severity (adults): none, under 5.</b>" in page  # 1B: 3 an hour
    rows = list(csv.DictReader(io.StringIO(statistics_csv([("a", made.statistics)]))))
    remarks = {row["parameter"]: row["remark"] for row in rows}
    assert remarks["ahi_1a"] == "Severity (adults): mild"
    assert remarks["ahi_1b"] == "Rule chosen, Severity (adults): none, under 5"
    assert remarks["ahi_1a_nrem"] == ""
    (told,) = json.loads(statistics_json([("a", made.statistics)]))
    assert told["statistics"]["ahi_1a"]["severity"] == "mild"
    assert told["statistics"]["rdi"]["severity"] is None
    (row,) = csv.DictReader(io.StringIO(nights_csv([("a", made.statistics)])))
    assert row["severity"] == "ahi_1a=mild ahi_1b=none"


def test_that_of_a_treated_night_the_part_without_treatment_alone_has_a_class():
    apneas = [ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 100.0 * i, 15.0) for i in range(1, 17)]
    scoring = Scoring(N_EPOCHS, scores=[EpochScore(Stage.N2, ANN)] * N_EPOCHS, events=apneas)
    night = night_statistics(
        scoring, 3600.0, treatment=Treatment(1800.0, 3600.0, Phrase("typed"), ())
    )
    assert night["ahi_1a"].severity is None
    assert [part["ahi_1a"].severity for part in night.treated.parts] == [Severity.SEVERE, None]
    page = report_html(replace(report(), statistics=night))
    assert page.count("Severity (adults)") == 2
    assert "AHI by rule 1A: Severity (adults): severe" in page.replace("\u00a0", " ")


def test_that_an_incomplete_index_of_a_part_of_the_sleep_has_an_asterisk():
    events = (
        ScoredEvent(EventKind.HYPOPNEA, 100.0, 15.0, spo2_baseline=96, spo2_nadir=95),
        ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 200.0, 15.0),
    )
    note = "* incomplete, see the definition"
    assert "1.0/h*" in report_html(whole_night(*events))
    assert note in report_html(whole_night(*events))
    assert note not in report_html(whole_night(*events, ScoredEvent(EventKind.AROUSAL, 900, 5)))


def test_that_minutes_below_a_saturation_are_marked_where_much_of_the_sleep_has_no_value(tmp_path):
    values = np.full(N_EPOCHS * 30, 89.0)
    values[: N_EPOCHS * 10] = np.nan
    made = whole_night(sensors=Sensors(Saturation(values)))
    page = report_html(made)
    assert 'class="value" align="right">40.0 min*</td>' in page  # below 90 %
    assert page.count('class="value" align="right">0.0 min*</td>') == 3  # 88, 85 and 80 %
    assert "* incomplete, see the definition" in page
    path = tmp_path / "report.docx"
    path.write_bytes(sheet_docx(report_sheet(made), lambda _: PNG))
    cells = [cell.text for table in docx.Document(path).tables for cell in table._cells]
    assert cells.count("40.0 min*") == 1
    assert cells.count("0.0 min*") == 3
    rows = list(csv.DictReader(io.StringIO(statistics_csv([("a", made.statistics)]))))
    (told,) = json.loads(statistics_json([("a", made.statistics)]))
    for limit in (90, 88, 85, 80):
        (row,) = [one for one in rows if one["parameter"] == f"spo2_below_{limit}"]
        assert row["remark"] == "incomplete"
        assert told["statistics"][f"spo2_below_{limit}"]["incomplete"]
    full = whole_night(sensors=Sensors(Saturation(np.full(N_EPOCHS * 30, 89.0))))
    assert "incomplete" not in report_html(full)


def test_that_a_night_of_which_only_the_sleep_was_looked_at_has_one_page(qapp):
    staged, scored = whole_night(), whole_night(ScoredEvent(EventKind.AROUSAL, 60, 5))
    assert "Before it is signed" not in report_html(staged)
    assert [sheet_pdf(report_sheet(one)).count(b"/Type /Page\n") for one in (staged, scored)] == [
        1,
        2,
    ]


def test_that_events_that_a_program_suggests_are_not_drawn(qapp):
    suggested = ScoredEvent(EventKind.HYPOPNEA, 60.0, 15.0, source=MODEL)
    assert night_svg(whole_night(suggested)) == night_svg(whole_night())


def test_that_a_calibration_of_the_laboratory_is_told():
    calibration = Calibration(
        "ab" * 32, {STAGES: 1.234}, 5000, "Ana", datetime(2026, 2, 1, 12, tzinfo=UTC)
    )
    told = " ".join(replace(report(), calibration=calibration).provenance)
    assert "How sure MC²SleepNet 1 is, was fitted to 5000 epochs" in told
    assert "temperature 1.23" in told
    assert "fitted" not in " ".join(report().provenance)


def test_that_the_provenance_counts_model_and_persons():
    provenance = " ".join(report().provenance)
    assert (
        "108 of 120 epochs hold the stage that MC²SleepNet 1 (weights abababababab)" in provenance
    )
    assert "12 epochs were scored by Ann <A>." in provenance
    assert "Made with SleepScorer" in provenance


def test_that_the_page_names_who_scored_and_not_who_only_signed(qapp):
    made = report()
    scoring = made.scored.scoring
    scoring.apply(EventEdit(added=(ScoredEvent(EventKind.AROUSAL, 9.0, 5.0, source=Person("Cy")),)))
    scoring.apply(ScorerEdit("Bea"))
    scoring.apply(SignOffEdit(SignOff("Bea", datetime(2026, 3, 2, 8, 0, tzinfo=UTC))))
    page = report_html(made)
    assert '<td class="strong">Ann &lt;A&gt;, Cy</td>' in page
    assert '<td class="strong">Bea</td>' not in page
    assert '<td class="strong">Bea, 02 March 2026' in page


def test_that_other_versions_imports_and_the_sign_off_are_told():
    scoring = report().scored.scoring
    at = datetime(2026, 3, 2, 8, 15).astimezone()
    for edit in (
        stage_edit((1, 2), Stage.N2, Model("MC²SleepNet 0", "cd" * 32)),
        stage_edit((3, 4, 5), Stage.N2, Imported("vendor.xml")),
        stage_edit((6,), Stage.N2, Imported("vendor.xml", Person("Li"))),
        SignOffEdit(SignOff("Bea <B>", at)),
    ):
        scoring.apply(edit)
    made = report(scored=ScoredRecording(report().scored.recording, scoring))
    provenance = " ".join(made.provenance)
    assert "2 of 120 epochs hold the stage that MC²SleepNet 0 (weights cdcdcdcdcdcd)" in provenance
    assert "102 of 120 epochs hold the stage that MC²SleepNet 1" in provenance
    assert "3 epochs were imported from vendor.xml." in provenance
    assert "1 epoch was scored by Li (imported from vendor.xml)." in provenance
    assert "Signed off by Bea <B>, 02 March 2026, 08:15." in provenance
    assert "Bea &lt;B&gt;, 02 March 2026, 08:15" in report_html(made)


def test_that_the_figure_is_a_drawing_with_all_parts():
    root = ElementTree.fromstring(night_svg(report()))  # our own text
    words = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"W", "N3", "Respiratory", "23:00", "lights off", "lights on", "Fpz-Cz"} < words
    assert root.findall(".//{http://www.w3.org/2000/svg}image")
    assert len(root.findall(".//{http://www.w3.org/2000/svg}polygon")) == 5


def test_that_what_is_missing_is_said_in_its_place():
    scoring = Scoring(N_EPOCHS)
    identity = RecordingIdentity("night.edf", None, N_EPOCHS * 30.0, ())
    bare = report(
        scored=ScoredRecording(identity, scoring),
        statistics=sleep_statistics(scoring, N_EPOCHS * 30.0),
        patient=Patient(),
        spectrogram=None,
        derivation="",
    )
    page = report_html(bare)
    for text in ("not named", "not signed", "not scored by a model", "no EEG", "1.0 h"):
        assert text in page


def test_that_a_letterhead_brings_name_lines_title_and_logo(tmp_path):
    (tmp_path / "logo.png").write_bytes(PNG)
    path = tmp_path / "lab.toml"
    path.write_text(
        'name = "Lab"\nlines = ["Street 1", "Town"]\nlogo = "logo.png"\ntitle = "Befund"\n'
    )
    letterhead = read_letterhead(path)
    assert letterhead == Letterhead("Lab", ("Street 1", "Town"), PNG, "image/png", "Befund")
    page = report_html(report(letterhead=letterhead))
    assert "Befund" in page
    assert "data:image/png;base64," in page


def test_that_a_letterhead_may_begin_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "lab.toml"
    path.write_text('name = "Schlaflabor"', encoding="utf-8-sig")
    assert read_letterhead(path).name == "Schlaflabor"


def test_that_a_letterhead_that_is_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "lab.toml")
    with pytest.raises(ScoringError, match="no ordinary file"):
        read_letterhead(tmp_path / "lab.toml")


def test_that_a_label_of_any_letters_is_drawn(qapp):
    label = "EEG C3-(A1&A2)\x00\x07<b>\udcfc"
    page = report(derivation=label, patient=Patient(label), letterhead=Letterhead(label))
    ElementTree.fromstring(night_svg(page))
    assert "<b>" not in night_svg(page)
    assert "EEG C3-(A1&amp;A2)" in report_html(page)
    content = sheet_pdf(report_sheet(page))
    # The figure is most of the page; without it the file is a third of this.
    assert len(content) > 0.9 * len(sheet_pdf(report_sheet(report())))


@pytest.fixture
def dark_window(qapp):
    """Colours of a window with white text."""
    palette, dark = qapp.palette(), QPalette(Qt.GlobalColor.black)
    dark.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.white)
    qapp.setPalette(dark)
    yield
    qapp.setPalette(palette)


def test_that_paper_has_no_colours_of_the_window(dark_window):
    content = sheet_pdf(report_sheet(report()))
    drawn = b"".join(
        zlib.decompress(part.partition(b"endstream")[0])
        for part in content.split(b"FlateDecode\n>>\nstream\n")[1:]
    )
    fills = {tuple(map(float, one.split())) for one in re.findall(rb"([\d. ]+) scn?\n", drawn)}
    assert (0.0, 0.0, 0.0) in fills
    assert (1.0, 1.0, 1.0) not in fills


@pytest.mark.parametrize(
    "text",
    [
        *('logo = "gone.png"', 'logo = "logo.svg"', "name = ", "lines = 3", "\x00"),
        *('lines = "Town"', 'tempalte = "report.html"'),
        f"name = {'[' * 5000}{']' * 5000}",
    ],
)
def test_that_a_letterhead_that_makes_no_sense_is_refused(text, tmp_path):
    (tmp_path / "logo.svg").write_text("<svg/>")
    path = tmp_path / "lab.toml"
    path.write_text(text)
    with pytest.raises(ScoringError, match=r"letterhead|logo"):
        read_letterhead(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('logo = "gone.png"', r"The logo .*gone\.png can't be read"),
        (
            'tempalte = "report.html"',
            r"has “tempalte”, of which nothing is known; it may have name",
        ),
        ('lines = "Town"', r"lines is no list"),
        (" " * 2**17, r"is too large for a letterhead"),
    ],
)
def test_that_what_is_wrong_with_a_letterhead_is_said(text, said, tmp_path):
    path = tmp_path / "lab.toml"
    path.write_text(text)
    with pytest.raises(ScoringError, match=said):
        read_letterhead(path)


def test_that_the_patient_is_read_from_the_header(sleepscorer_data, tmp_path):
    path = sleepscorer_data / "continuous" / "SC4001-first5min.edf"
    with closing(open_recording(path)) as recording:
        assert patient_of(recording) == Patient("Female 33yr", "", "female", "")
    plain = tmp_path / "plain.edf"
    content = bytearray(path.read_bytes())
    content[8:168] = b"Mrs Smith".ljust(80) + b"somewhere".ljust(80)
    plain.write_bytes(content)
    with closing(open_recording(plain)) as recording:
        assert patient_of(recording) == Patient("Mrs Smith")


def test_that_a_report_is_made_of_a_real_recording(sleepscorer_data):
    recording = open_recording(sleepscorer_data / "continuous" / "dynamo-segment1.edf")
    made = make_report(recording, Scoring(recording.n_epochs))
    recording.close()
    assert made.spectrogram is not None
    assert made.derivation
    assert Path(made.scored.path).name == "dynamo-segment1.edf"


def test_that_comments_and_notes_stand_in_the_report_in_order_of_time():
    scored = report().scored
    scored.scoring.apply(RemarkEdit((8, 2), (Remark("turns <over>"), Remark("talks"))))
    scored.scoring.apply(
        EventEdit(added=(ScoredEvent(EventKind.NOTE, 100.0, 3.0, text="lamp on"),))
    )
    page = report_html(report(scored=scored))
    ElementTree.fromstring(page.split("\n", 1)[1])
    places = [page.index(text) for text in ("talks", "lamp on", "turns &lt;over&gt;")]
    assert places == sorted(places)
    assert "22:17:30" in page
    assert "Comments and notes" not in report_html(report())


def test_that_of_many_comments_the_rest_is_counted():
    scored = report().scored
    epochs = tuple(range(20))
    scored.scoring.apply(RemarkEdit(epochs, tuple(Remark("x" * 500) for _ in epochs)))
    page = report_html(report(scored=scored))
    assert "and 8 more" in page
    assert "x" * 119 + "…" in page
    assert "x" * 120 not in page


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("02-MAY-1951", "02 May 1951"),
        ("31-FEB-1951", "31-FEB-1951"),
        ("02-MAI-1951", "02-MAI-1951"),
        ("1951", "1951"),
    ],
)
def test_that_the_birth_date_is_written_as_all_dates(written, expected):
    assert expected in report_html(report(patient=Patient("A", birth_date=written)))


@pytest.mark.parametrize("language", ["en", "de"])
def test_that_no_name_that_ends_in_per_cent_leaves_it_on_a_line_of_its_own(qapp, language):
    names = [one.name for one in definitions(language).values() if one.name.endswith("%")]
    assert len(names) == 2  # the indices of desaturations
    narrow = 0.32 * 0.53 * 703 - 6  # of the table by stage and position, on A4
    for name in names:
        words = name.replace(" %", "\u00a0%").split(" ")
        # The last line takes more than the number, or there is but one.
        lines = _document("<br/>".join(words), 703).size().height() / len(words)
        whole = _document(" ".join(words), narrow).size().height() / lines
        without = _document(" ".join(words[:-1]), narrow).size().height() / lines
        assert round(whole) == round(without), name


def test_that_a_word_that_stands_for_a_number_is_never_broken(qapp):
    made = whole_night(ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 100.0, 15.0))
    speak(qapp, "de")
    try:
        page = report_html(replace(made, wording=wording()))
    finally:
        speak(qapp, "en")
    cell = '<td class="number" align="right"><span class="absent">nicht<br/>ausgewertet</span></td>'
    assert cell in page
    document = _document(f'<table width="40"><tr>{cell}</tr></table>', 40)
    assert document.size().height() > 0  # it is laid out now
    block = document.firstBlock()
    n_lines = []
    while block.isValid():
        n_lines.append(block.layout().lineCount())
        block = block.next()
    assert max(n_lines) == 2
