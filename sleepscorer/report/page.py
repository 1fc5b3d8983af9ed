"""The report's texts as HTML; browsers show all of it, the PDF is made of its parts."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from sleepscorer import DISCLAIMER
from sleepscorer.domain.stages import HYPNOGRAM_ROWS, SCORED_STAGES
from sleepscorer.domain.statistics import SleepStatistics
from sleepscorer.domain.texts import markup
from sleepscorer.io.atomic import write_text
from sleepscorer.io.definitions import definitions
from sleepscorer.report.content import Report, signed
from sleepscorer.report.figures import STAGE_COLOURS, night_svg

STYLE = """
body { font-family: sans-serif; font-size: 8pt; color: #1F2328; }
h1 { font-size: 14pt; margin: 0; }
.part { font-size: 9pt; font-weight: bold; color: #0B4F8A; margin: 5px 0 1px 3px; }
td { padding: 1px 3px; }
.head { font-size: 9pt; font-weight: bold; }
.faint { color: #6B7280; }
.small { font-size: 6.5pt; color: #6B7280; }
.value { text-align: right; font-weight: bold; white-space: nowrap; }
.number { text-align: right; }
.strong { font-weight: bold; }
"""
"""Style sheet in the part of CSS that Qt's rich text knows."""

_PAGE_STYLE = """
body { max-width: 190mm; margin: 8mm auto; }
table { border-collapse: collapse; }
td { vertical-align: baseline; }
svg { width: 100%; }
@page { size: A4; margin: 10mm; }
"""

_NAME_PERCENT, _VALUE_PERCENT = 40, 17

_SLEEP_FIGURES = (
    *("trt", "lights_on", "spt", "tst", "sol", "lps", "r_latency", "waso", "waso_spt", "se", "sme"),
    *("awakenings", "stage_shifts", "sleep_stage_shifts", "sfi", "cycles"),
)
_INDEX_FIGURES = ("arousal_index", "ahi", "rdi", "odi", "lmi", "plmsi")


def header_html(report: Report) -> str:
    """Letterhead, title, patient and times."""
    letterhead, patient = report.letterhead, report.patient
    logo = ""
    if letterhead.logo:
        uri = base64.b64encode(letterhead.logo).decode()
        logo = (
            f'<td width="60"><img height="44" src="data:{letterhead.logo_type};base64,{uri}"/></td>'
        )
    laboratory = f'<span class="head">{markup(letterhead.name)}</span>' + "".join(
        f'<br/><span class="faint">{markup(line)}</span>' for line in letterhead.lines
    )
    recording = report.scored.recording
    about_patient = (
        ("Patient", patient.name or "not named"),
        ("Code", patient.code or "–"),
        ("Born", patient.birth_date or "–"),
        ("Sex", patient.sex or "–"),
    )
    sign_off = report.scored.scoring.sign_off
    scorer = report.scored.scoring.scorer or ("" if sign_off is None else sign_off.by)
    about_recording = (
        ("File", recording.file_name),
        ("Scored by", scorer or "not signed"),
        *([] if sign_off is None else [("Signed off", signed(sign_off))]),
    )
    return (
        f'<table width="100%"><tr>{logo}<td>{laboratory}</td>'
        f'<td align="right"><h1>{markup(letterhead.title)}</h1></td></tr></table>'
        f'<table width="100%"><tr><td width="33%">{_pairs(about_patient)}</td>'
        f'<td width="33%">{_pairs(report.times)}</td>'
        f'<td width="34%">{_pairs(about_recording)}</td></tr></table>'
    )


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    rows = (
        f'<tr><td class="faint">{markup(name)}</td><td class="strong">{markup(text)}</td></tr>'
        for name, text in pairs
    )
    return f"<table>{''.join(rows)}</table>"


def statistics_page(statistics: SleepStatistics) -> str:
    """Numbers with their definitions, stages, events and remarks, to be shown on the screen."""
    remarks = "".join(f"<p>{markup(remark)}</p>" for remark in statistics.remarks)
    return (
        f"{statistics_html(statistics)}{remarks}<p><b>{markup(DISCLAIMER)}</b></p>"
        '<p class="faint">Whose definitions these are: Help &gt; Definitions of all numbers.</p>'
    )


def statistics_html(statistics: SleepStatistics) -> str:
    """Numbers with their definitions, stages and events."""
    left = _figures("Sleep", statistics, _SLEEP_FIGURES)
    right = _stages(statistics) + _figures("Events per hour of sleep", statistics, _INDEX_FIGURES)
    if statistics.events:
        right += _events(statistics)
    return (
        f'<table width="100%"><tr><td width="53%" valign="top">{left}</td>'
        f'<td width="47%" valign="top">{right}</td></tr></table>'
    )


def _figures(title: str, statistics: SleepStatistics, figure_ids: Iterable[str]) -> str:
    rows = []
    for figure_id in figure_ids:
        figure, meaning = statistics[figure_id], definitions()[figure_id]
        if figure_id == "lights_on" and not figure.value:
            continue  # as in nearly every night
        mark = "<b>Incomplete.</b> " if figure.is_incomplete else ""
        rows.append(
            f'<tr><td width="{_NAME_PERCENT}%">{markup(meaning.name)}</td>'
            f'<td class="value" width="{_VALUE_PERCENT}%" align="right">{markup(figure.text)}</td>'
            f'<td class="small">{mark}{markup(meaning.text)}</td></tr>'
        )
    return f'<p class="part">{markup(title)}</p><table width="100%">{"".join(rows)}</table>'


def _stages(statistics: SleepStatistics) -> str:
    texts = {figure.id: figure.text for figure in statistics.figures}
    rows = []
    for stage in HYPNOGRAM_ROWS:
        word = stage.label.lower()
        latency = "r_latency" if word == "r" else f"{word}_latency"
        cells = "".join(
            f'<td class="number" align="right">{markup(texts.get(name, ""))}</td>'
            for name in (f"{word}_min", f"{word}_percent", latency)
        )
        colour = STAGE_COLOURS[stage]
        rows.append(f'<tr><td><span style="color:{colour}">■</span> {stage.label}</td>{cells}</tr>')
    return (
        '<p class="part">Stages</p><table width="100%"><tr class="small"><td></td>'
        '<td class="small" align="right">time</td><td class="small" align="right">of TST</td>'
        '<td class="small" align="right">latency*</td></tr>'
        f"{''.join(rows)}</table>"
        '<span class="small">* from lights off; of R from sleep onset</span>'
    )


def _events(statistics: SleepStatistics) -> str:
    rows = []
    for count in statistics.events:
        mean = "–" if count.mean_duration_s is None else f"{count.mean_duration_s:.1f} s"
        rows.append(
            f'<tr><td width="34%">{markup(count.kind.label)}</td>'
            f'<td class="number" align="right"><b>{count.n_counted}</b></td>'
            + "".join(
                f'<td class="number" align="right">{count.n_by_stage[stage]}</td>'
                for stage in SCORED_STAGES
            )
            + f'<td class="number" align="right">{count.n_not_counted}</td>'
            f'<td class="number" align="right">{mean}</td></tr>'
        )
    return (
        '<p class="part">Events marked</p><table width="100%"><tr><td></td>'
        '<td class="small" align="right">counted</td>'
        + "".join(f'<td class="small" align="right">{stage.label}</td>' for stage in SCORED_STAGES)
        + '<td class="small" align="right">not**</td>'
        f'<td class="small" align="right">mean</td></tr>{"".join(rows)}</table>'
        '<span class="small">** kept, but not counted by the definition of its index</span>'
    )


def footer_html(report: Report) -> str:
    """Remarks, provenance, a place to sign and the sentence about medical devices."""
    remarks = " ".join(report.statistics.remarks)
    provenance = " ".join(report.provenance)
    return (
        f'<p class="small">{markup(remarks)}</p>'
        f'<p class="small"><b>Provenance.</b> {markup(provenance)}</p>'
        f"<p><b>{markup(DISCLAIMER)}</b></p>"
        '<table width="100%"><tr><td width="60%" class="faint">Reviewed and signed by '
        "_________________________________________</td>"
        '<td class="faint">Date ___________________</td></tr></table>'
    )


def report_html(report: Report) -> str:
    """The whole report as one file that needs no other."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/>'
        f"<title>{markup(report.letterhead.title)} – "
        f"{markup(report.scored.recording.file_name)}</title>"
        f"<style>{STYLE}{_PAGE_STYLE}</style></head><body>"
        f"{header_html(report)}{night_svg(report)}{statistics_html(report.statistics)}{footer_html(report)}"
        "</body></html>\n"
    )


def write_report_html(path: Path, report: Report) -> None:
    """Write the report as HTML, wholly or not at all.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    write_text(path, report_html(report))
