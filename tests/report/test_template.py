"""Reports that a laboratory's own template arranges."""

import io
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import docx
import numpy as np
import pytest

from sleepscorer import DISCLAIMER
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.events.oximetry import Saturation
from sleepscorer.events.rules import RULE_1B
from sleepscorer.events.sensors import NO_SENSORS, Sensors
from sleepscorer.events.summary import night_statistics
from sleepscorer.io.edf_identity import Patient
from sleepscorer.report.content import Letterhead, Report, read_letterhead
from sleepscorer.report.page import report_html, report_sheet
from sleepscorer.report.sheet import Drawing
from sleepscorer.report.word import sheet_docx
from sleepscorer.ui.base.language import speak, wording
from sleepscorer.ui.night.report_pdf import sheet_pdf

N_EPOCHS = 120


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


PNG = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", bytes.fromhex("00000001000000010800000000")),
        chunk(b"IDAT", zlib.compress(b"\x00\x80")),
        chunk(b"IEND", b""),
    )
)
DOCS = Path(__file__).parents[2] / "docs" / "formats.md"


def example() -> str:
    """The template of the documentation."""
    (found,) = re.findall(r"```html\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    return found


def report(
    folder: Path,
    template: str = "",
    *,
    events=(),
    sensors: Sensors = NO_SENSORS,
    patient: str = "Ada <b>Low</b>",
    signed: bool = False,
    **changes,
) -> Report:
    (folder / "logo.png").write_bytes(PNG)
    (folder / "report.html").write_text(template, "utf-8")
    named = 'template = "report.html"' if template else ""
    (folder / "lab.toml").write_text(f'name = "Lab & Co"\nlogo = "logo.png"\n{named}')
    scoring = Scoring(
        N_EPOCHS,
        scores=[
            EpochScore(Stage.N2, Person("Ann") if i % 2 else Model("Net 8"))
            for i in range(N_EPOCHS)
        ],
        events=events,
        lights=Lights(0.0, N_EPOCHS * 30.0),
        remarks={3: Remark(comment="turned <over>")},
        sign_off=SignOff("Head", datetime(2026, 3, 3, tzinfo=UTC)) if signed else None,
    )
    start = datetime(2026, 3, 1, 22, 13, 30)
    identity = RecordingIdentity("night & day.edf", start, N_EPOCHS * 30.0, ())
    content = {
        "scored": ScoredRecording(identity, scoring),
        "statistics": night_statistics(scoring, N_EPOCHS * 30.0, sensors, RULE_1B),
        "patient": Patient(patient, "PSG-1", "female", "02-MAY-1951"),
        "letterhead": read_letterhead(folder / "lab.toml"),
        "created": datetime(2026, 3, 2, 9, 0),
    }
    return Report(**(content | changes))


HYPOPNEAS = tuple(
    ScoredEvent(EventKind.HYPOPNEA, 100.0 * i, 15.0, spo2_baseline=96, spo2_nadir=91)
    for i in range(1, 11)
)
OXIMETER = Sensors(Saturation(np.full(N_EPOCHS * 30, 89.0)))


def word_of(made: Report) -> str:
    document = docx.Document(io.BytesIO(sheet_docx(report_sheet(made), lambda _: PNG)))
    return "\n".join(element.text or "" for element in document.element.body.iter())


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def test_that_the_example_of_the_documentation_makes_every_kind_of_report(tmp_path, qapp):
    made = report(tmp_path, example(), events=HYPOPNEAS, sensors=OXIMETER, signed=True)
    page, word = report_html(made), word_of(made)
    for text in (
        *("10.0/h", "Severity (adults): mild", "60.0 min", "Breathing, by rule AASM 1B"),
        *("Before it is signed", "turned", "Reviewed and signed by", "Provenance."),
        *("Net 8", "Head, 03 March 2026", DISCLAIMER),
    ):
        assert text in text_of(page), text
        assert text in word, text
    assert "<svg" in page
    assert "data:image/png;base64," in page
    sheet = report_sheet(made)
    assert len(sheet.pages) == 2
    assert [type(part) for part in sheet.pages[0].parts] == [str, Drawing, str]
    content = sheet_pdf(sheet)
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 2


@pytest.mark.parametrize(
    "template",
    [
        *("x", " ", "{% set head = '' %}x{{ blocks.page_break }}y", "<!-- {{ blocks.signature }}"),
        *("<table><tr><td>", "<div style='color:white'>{{ blocks.provenance }}", "<p"),
        "<div title='{{ blocks.signature }}' {{ '' }}>",
    ],
)
def test_that_no_template_leaves_out_who_scored_by_which_rule_or_the_disclaimer(template, tmp_path):
    sheet = report_sheet(report(tmp_path, template))
    for page in sheet.pages:
        foot = page.foot.replace("<b>", "").replace("</b>", "")
        for text in ("Scored by: Ann", "Rule: AASM 1B", "Signed off: no", "Ada", "night &amp; day"):
            assert text in foot
        assert DISCLAIMER in page.foot
    everything = "".join(part for part in sheet.flow if isinstance(part, str))
    assert everything.count("Provenance.") == 1
    assert everything.count("Reviewed and signed by") == 1
    ElementTree.fromstring(f"<div>{everything}</div>")


def test_that_provenance_and_signature_stand_where_a_template_puts_them(tmp_path):
    template = "{{ blocks.signature }}{{ blocks.provenance }}{{ blocks.page_break }}<p>after</p>"
    first, last = report_sheet(report(tmp_path, template)).pages
    assert "Reviewed and signed by" in first.parts[0]
    assert "Provenance." in first.parts[1]
    assert "Reviewed" not in last.foot
    assert DISCLAIMER in last.foot


def test_that_the_usual_head_stands_on_each_page_unless_the_template_has_one(tmp_path):
    usual = report_sheet(report(tmp_path, "a{{ blocks.page_break }}b")).pages
    assert ["02 May 1951" in page.head for page in usual] == [True, True]
    own = report_sheet(report(tmp_path, "{% set head %}<b>Mine</b>{% endset %}a")).pages
    assert own[0].head == "<b>Mine</b>"
    placed = report_sheet(report(tmp_path, "a{{ blocks.head }}")).pages
    assert placed[0].head == ""
    assert "02 May 1951" in placed[0].parts[0]


def test_that_a_page_that_would_be_too_small_to_read_is_refused_in_pdf(tmp_path, qapp):
    line = "{% for i in range(N) %}<p>line</p>{% endfor %}"
    assert sheet_pdf(report_sheet(report(tmp_path, line.replace("N", "60"))))
    with pytest.raises(ScoringError, match=r"Page 1 .* blocks\.page_break"):
        sheet_pdf(report_sheet(report(tmp_path, line.replace("N", "600"))))


def test_that_names_are_escaped(tmp_path):
    template = "{% set head = patient.name %}<p>{{ patient.name }} {{ remarks[0].text }}</p>"
    page = report_html(report(tmp_path, template))
    assert "<b>Low" not in page
    assert page.count("Ada &lt;b&gt;Low&lt;/b&gt;") == 3  # head, page, and its end
    assert "turned &lt;over&gt;" in page


def test_that_what_is_called_safe_brings_no_script_and_fetches_nothing(tmp_path):
    template = "<p>{{ patient.name|safe }}</p>"
    bad = "<script>x</script><img src='http://a/b'/><b style='background:url(http://a)'>y"
    page = report_html(report(tmp_path, template, patient=bad))
    (body,) = report_sheet(report(tmp_path, template, patient=bad)).pages[0].parts
    assert body == "<p>x<b>y</b></p>"
    assert "<script" not in page


def test_that_nothing_scored_is_called_so_and_is_not_0(tmp_path):
    template = (
        "{{ figures.ahi_1a.value }}|{{ figures.ahi_1a.number }}|{{ figures.plms.value }}"
        "|{{ asleep.supine.figures.ahi_1a.value }}"
    )
    (text,) = report_sheet(report(tmp_path, template)).pages[0].parts
    assert text == "not scored|–|not scored|not known"


def test_that_an_incomplete_number_says_so(tmp_path):
    unknown = ScoredEvent(EventKind.NOTE, 90.0, 5.0, text="Hypopnoe Typ 7")
    made = report(tmp_path, "{{ figures.ahi.value }}", events=(*HYPOPNEAS, unknown))
    assert report_sheet(made).pages[0].parts == ("10.0/h (incomplete)",)


def test_that_a_template_speaks_german(tmp_path, qapp):
    template = "{{ figures.se.name }}: {{ figures.se.value }}, {{ figures.ahi_1a.value }}"
    template += "{{ blocks.breathing }}{{ signed_off }} {{ times.lights_off.name }}"
    speak(qapp, "de")
    try:
        made = report(tmp_path, template, wording=wording())
        (text,) = report_sheet(made).pages[0].parts
        foot = report_sheet(made).pages[0].foot
    finally:
        speak(qapp, "en")
    for word in ("Schlafeffizienz", "100,0 %", "nicht ausgewertet", "Atmung", "Licht aus"):
        assert word in text
    assert "nicht abgezeichnet" in text
    assert "Kein Medizinprodukt" in foot
    assert "Abgezeichnet: <b>nein</b>" in foot


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("a\n{{ patient.nam }}", 2, "names what no report has"),
        ("a\n\n{{ figures.tsx.value }}", 3, "tsx"),
        ("{{ patients }}", 1, "patients"),
        ("{{ ''.__class__.__mro__ }}", 1, "may not do this"),
        ("\n{{ figures.__class__ }}", 2, "may not do this"),
        ("{{ patient.update }}{{ patient.update({'name': ''}) }}", 1, "may not do this"),
        ("{{ cycler.__init__.__globals__ }}", 1, "may not do this"),
        ("{{ (patient|attr('__class__')).x }}", 1, ""),
        ("{% include '/etc/passwd' %}", 1, "includes no other"),
        ("{% import 'x' as y %}", 1, "includes no other"),
        ("{% for a in range(9999) %}{% for b in range(99) %}{% endfor %}{% endfor %}", 1, "end"),
        ("{% set r = range(999) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
         1, "end"),
        ("{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(40) }}",
         1, "end"),
        ("{% for a in range(9000) %}" + "x" * 999 + "{% endfor %}", 0, "end"),
        ("{{ 'x' * 999999999 }}", 1, "numbers alone"),
        ("{{ 9 ** 9 ** 9 }}", 1, "numbers alone"),
        ("\n{{ 1 // 0 }}", 2, "makes no sense"),
        ("<table><tr><td>{{ blocks.figure }}</td></tr></table>", 0, "blocks.figure stands in <td>"),
        ("{% set head %}{{ blocks.figure }}{% endset %}", 0, "head of a page"),
    ],
)  # fmt: skip
def test_that_what_no_night_can_fill_in_is_said_with_its_line(template, line, said, tmp_path):
    made = report(tmp_path, template)
    with pytest.raises(ScoringError) as caught:
        report_sheet(made)
    message = str(caught.value)
    assert "report.html" in message
    assert (f"line {line}:" in message) == bool(line)
    assert said in message
    assert "Correct it" in message


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("a\n{% if %}", 2, "makes no sense"),
        ("{{ x", 1, "makes no sense"),
        ("a\nb\n{% nonsense %}", 3, "nonsense"),
        ("{{ 1|nofilter }}", 1, "nofilter"),
        ("{% if x %}\n{% endif %}\n<script>alert(1)</script>", 3, "no <script>"),
        ("<style>p { display: none }</style>", 1, "no <style>"),
        ('\n<img src="http://tracker/x.png"/>', 2, "only image"),
        ('<p style="position:absolute">', 1, "no style"),
        ('<p style="margin-top:-500px">', 1, "no style"),
        ('<p onclick="x()">', 1, "onclick"),
        ("(" * 9 + "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", 0, "nested deeper"),
    ],
)
def test_that_what_no_night_can_mend_is_said_as_the_letterhead_is_read(
    template, line, said, tmp_path
):
    with pytest.raises(ScoringError) as caught:
        report(tmp_path, template)
    message = str(caught.value)
    assert "report.html" in message
    assert (f"line {line}:" in message) == bool(line)
    assert said in message


def test_that_a_template_that_is_missing_or_no_text_or_too_large_is_said(tmp_path):
    path = tmp_path / "lab.toml"
    path.write_text('template = "gone.html"')
    with pytest.raises(ScoringError, match=r"gone\.html can't be read"):
        read_letterhead(path)
    (tmp_path / "gone.html").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScoringError, match="no text in UTF-8"):
        read_letterhead(path)
    (tmp_path / "gone.html").write_text("x" * 2**19)
    with pytest.raises(ScoringError, match="larger than 256 KiB"):
        read_letterhead(path)
    path.write_text('template = "."')
    with pytest.raises(ScoringError, match="no ordinary file"):
        read_letterhead(path)


def test_that_a_letterhead_without_template_changes_nothing_of_the_usual_layout(tmp_path):
    usual = report_html(report(tmp_path, events=HYPOPNEAS))
    assert read_letterhead(tmp_path / "lab.toml").template is None
    own = report(tmp_path, "x", events=HYPOPNEAS)
    assert report_html(replace(own, letterhead=replace(own.letterhead, template=None))) == usual


def test_that_untidy_html_is_put_in_order(tmp_path, qapp):
    template = """
      <table><thead><tr><th>A<th>B</thead><tbody>
        <tr><td>1<td>2 <b>3
        <tr><td colspan=2>4</table>
      <p>one<p>two<br>three &nbsp; &amp;
      <ul><li>x<li>y</ul> </i> <td>astray</td> <STRONG>loud</STRONG> <em>soft</em>
      <div>{{ blocks.figure }}end</div><hr>
    """
    made = report(tmp_path, template)
    first, drawing, last = report_sheet(made).pages[0].parts
    assert isinstance(drawing, Drawing)
    assert '<tr><td class="head">A</td><td class="head">B</td></tr>' in first
    assert "<td>2 <b>3 </b></td></tr>" in first
    assert "<p>one</p><p>two<br/>three \u00a0 &amp;</p><ul><li>x</li><li>y</li></ul>" in first
    assert "<b>loud</b> <i>soft</i>" in first
    assert last == "<div>end</div><hr/>"
    assert "astray" in word_of(made)


def test_that_jinja2_is_imported_only_for_a_template():
    code = "import sys, sleepscorer.report.page; print('jinja2' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"


def test_that_a_letterhead_without_logo_draws_none(tmp_path):
    made = report(tmp_path, '<p>a<img src="logo"/></p>')
    bare = replace(made, letterhead=Letterhead(template=made.letterhead.template))
    assert report_sheet(bare).pages[0].parts == ("<p>a</p>",)
