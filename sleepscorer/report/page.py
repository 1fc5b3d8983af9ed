"""The report's texts as HTML; browsers show all of it, the PDF is made of its parts."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from sleepscorer import DISCLAIMER
from sleepscorer.domain.phrases import Phrase, joined
from sleepscorer.domain.stages import HYPNOGRAM_ROWS, SCORED_STAGES
from sleepscorer.domain.statistics import Figure, SleepStatistics
from sleepscorer.domain.texts import markup
from sleepscorer.events.summary import PARTS_OF_SLEEP
from sleepscorer.io.atomic import write_text
from sleepscorer.report.content import Report, signed
from sleepscorer.report.figures import STAGE_COLOURS, night_svg
from sleepscorer.report.wording import ENGLISH, Wording

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
.absent { font-weight: normal; color: #6B7280; font-size: 7pt; }
.open { font-size: 7pt; font-weight: bold; }
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
_COMPUTED_INDEX_FIGURES = ("arousal_index", "ahi_1a", "ahi_1b", "ahi_own", "rdi", "odi_3", "plms")
_BREATHING_FIGURES = (
    *("ahi_1a", "ahi_1b", "ahi_own", "rdi"),
    *("oai", "cai", "mai", "ai_untyped", "hi", "rera_index"),
)
_OXYGEN_FIGURES = ("spo2_mean", "spo2_lowest", "spo2_valid", "odi_3", "odi_4", "hypoxic_burden")
_HEART_FIGURES = ("pulse_mean", "pulse_lowest", "pulse_highest", "pulse_highest_recording")
_AROUSAL_FIGURES = (
    "arousal_index",
    "arousal_respiratory",
    "arousal_limb",
    "arousal_spontaneous",
)
_LIMB_FIGURES = ("limb_movements", "plms", "plms_arousal", "plms_series")
_FIGURES_BY_SLEEP = (
    *("tst", "ahi_1a", "ahi_1b", "ahi_own", "oai", "cai", "mai", "ai_untyped", "hi"),
    *("rera_index", "spo2_lowest", "odi_3", "plms"),
)


def header_html(report: Report) -> str:
    """Letterhead, title, patient and times."""
    letterhead, patient, wording = report.letterhead, report.patient, report.wording
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
        (Phrase("Patient"), patient.name or Phrase("not named")),
        (Phrase("Code"), patient.code or "–"),
        (Phrase("Born"), patient.birth_date or "–"),
        (Phrase("Sex"), patient.sex or "–"),
    )
    sign_off = report.scored.scoring.sign_off
    scorer = report.scored.scoring.scorer or ("" if sign_off is None else sign_off.by)
    about_recording = (
        (Phrase("File"), recording.file_name),
        (Phrase("Scored by"), scorer or Phrase("not signed")),
        *([] if sign_off is None else [(Phrase("Signed off"), signed(sign_off))]),
    )
    return (
        f'<table width="100%"><tr>{logo}<td>{laboratory}</td>'
        f'<td align="right"><h1>{wording.html(letterhead.title)}</h1></td></tr></table>'
        f'<table width="100%"><tr><td width="33%">{_pairs(about_patient, wording)}</td>'
        f'<td width="33%">{_pairs(report.times, wording)}</td>'
        f'<td width="34%">{_pairs(about_recording, wording)}</td></tr></table>'
    )


def _pairs(pairs: Iterable[tuple[str, str]], wording: Wording) -> str:
    rows = (
        f'<tr><td class="faint">{wording.html(name)}</td>'
        f'<td class="strong">{wording.html(text)}</td></tr>'
        for name, text in pairs
    )
    return f"<table>{''.join(rows)}</table>"


def statistics_page(statistics: SleepStatistics, wording: Wording = ENGLISH) -> str:
    """Numbers with their definitions, stages, events and caveats, to be shown on the screen."""
    caveats = "".join(f"<p>{wording.html(caveat)}</p>" for caveat in statistics.caveats)
    whose = Phrase("Whose definitions these are: Help > Definitions of all numbers.")
    return (
        f"{statistics_html(statistics, wording)}{events_html(statistics, wording)}"
        f"{caveats}{disclaimer_html(wording)}"
        f'<p class="faint">{wording.html(whose)}</p>'
    )


def statistics_html(statistics: SleepStatistics, wording: Wording = ENGLISH) -> str:
    """Numbers with their definitions, stages and events."""
    left = _figures(Phrase("Sleep"), statistics, _SLEEP_FIGURES, wording)
    per_hour = Phrase("Events per hour of sleep")
    right = _stages(statistics, wording)
    indices = _COMPUTED_INDEX_FIGURES if statistics.asleep else _INDEX_FIGURES
    right += _figures(per_hour, statistics, indices, wording)
    if statistics.events:
        right += _events(statistics, wording)
    return (
        f'<table width="100%"><tr><td width="53%" valign="top">{left}</td>'
        f'<td width="47%" valign="top">{right}</td></tr></table>'
    )


def _figures(
    title: Phrase, statistics: SleepStatistics, figure_ids: Iterable[str], wording: Wording
) -> str:
    incomplete = Phrase("Incomplete.")
    rows = []
    for figure_id in figure_ids:
        if figure_id not in statistics:
            continue  # as the index by a rule of one's own where it is one of the Manual's
        figure, meaning = statistics[figure_id], wording.definitions[figure_id]
        if figure_id == "lights_on" and not figure.value:
            continue  # as in nearly every night
        mark = f"<b>{wording.html(incomplete)}</b> " if figure.is_incomplete else ""
        if figure.value is not None and figure.remark:
            mark += f"<b>{wording.html(figure.remark)}.</b> "
        rows.append(
            f'<tr><td width="{_NAME_PERCENT}%">{markup(meaning.name)}</td>'
            f'<td class="value" width="{_VALUE_PERCENT}%" align="right">'
            f"{_value(figure, wording)}</td>"
            f'<td class="small">{mark}{markup(meaning.text)}</td></tr>'
        )
    if not rows:
        return ""
    return f'<p class="part">{wording.html(title)}</p><table width="100%">{"".join(rows)}</table>'


def _value(figure: Figure, wording: Wording) -> str:
    """A number, or why there is none, faintly."""
    if figure.value is None and figure.remark:
        return f'<span class="absent">{wording.html(figure.remark)}</span>'
    return wording.number(figure.text)


def events_html(statistics: SleepStatistics, wording: Wording = ENGLISH) -> str:
    """Breathing, oxygen, heart, arousals and limbs, and what is missing before it is signed.

    Empty where none of it was scored or recorded.
    """
    looked_at = (
        *(_BREATHING_FIGURES + _OXYGEN_FIGURES + _HEART_FIGURES),
        *(_AROUSAL_FIGURES + _LIMB_FIGURES),
    )
    if not statistics.asleep or all(
        statistics[one].value is None for one in looked_at if one in statistics
    ):
        return ""
    breathing = Phrase("Breathing, by rule {rule}", rule=statistics.rule)
    left = _figures(breathing, statistics, _BREATHING_FIGURES, wording)
    left += _figures(Phrase("Oxygen saturation in sleep"), statistics, _OXYGEN_FIGURES, wording)
    left += _below(statistics, wording)
    left += _figures(Phrase("Heart rate"), statistics, _HEART_FIGURES, wording)
    left += _figures(Phrase("Limb movements"), statistics, _LIMB_FIGURES, wording)
    right = _by_sleep(statistics, wording)
    right += _figures(Phrase("Arousals by cause"), statistics, _AROUSAL_FIGURES, wording)
    right += _checks(statistics, wording)
    return (
        f'<table width="100%"><tr><td width="50%" valign="top">{left}</td>'
        f'<td width="50%" valign="top">{right}</td></tr></table>'
    )


def _below(statistics: SleepStatistics, wording: Wording) -> str:
    """Time below each saturation."""
    head, times, shares = [], [], []
    for limit in (90, 88, 85, 80):
        minutes = statistics[f"spo2_below_{limit}"]
        share = statistics[f"spo2_below_{limit}_percent"]
        head.append(f'<td class="small" align="right">&lt; {limit} %</td>')
        times.append(f'<td class="value" align="right">{_value(minutes, wording)}</td>')
        shares.append(f'<td class="number" align="right">{_value(share, wording)}</td>')
    names = Phrase("Time below, in sleep"), Phrase("of the sleep with a value")
    return (
        f'<table width="100%"><tr><td></td>{"".join(head)}</tr>'
        f"<tr><td>{wording.html(names[0])}</td>{''.join(times)}</tr>"
        f"<tr><td>{wording.html(names[1])}</td>{''.join(shares)}</tr></table>"
    )


def _by_sleep(statistics: SleepStatistics, wording: Wording) -> str:
    """The numbers of each kind of sleep, a column each."""
    parts = {part.id: part for part in statistics.asleep}
    head = "".join(
        f'<td class="small" align="right">{wording.html(name)}</td>'
        for name in PARTS_OF_SLEEP.values()
    )
    not_known = Phrase("not known")
    unknown = f'<span class="absent">{wording.html(not_known)}</span>'
    rows = []
    for figure_id in _FIGURES_BY_SLEEP:
        if all(one.id != figure_id for one in statistics.asleep[0].figures):
            continue
        cells = "".join(
            f'<td class="number" align="right">'
            f"{_value(parts[word][figure_id], wording) if word in parts else unknown}</td>"
            for word in PARTS_OF_SLEEP
        )
        name = markup(wording.definitions[figure_id].name)
        rows.append(f'<tr><td width="36%">{name}</td>{cells}</tr>')
    title = Phrase("By stage and position, within that sleep")
    return (
        f'<p class="part">{wording.html(title)}</p>'
        f'<table width="100%"><tr><td></td>{head}</tr>{"".join(rows)}</table>'
    )


def _checks(statistics: SleepStatistics, wording: Wording) -> str:
    """What is there and what is missing before the report is signed."""
    rows = "".join(
        f'<tr><td width="4%">{"✓" if one.is_done else "☐"}</td>'
        f'<td class="{"small" if one.is_done else "open"}">{wording.html(one.text)}</td></tr>'
        for one in statistics.checks
    )
    title = Phrase("Before it is signed")
    return f'<p class="part">{wording.html(title)}</p><table width="100%">{rows}</table>'


def _stages(statistics: SleepStatistics, wording: Wording) -> str:
    texts = {figure.id: figure.text for figure in statistics.figures}
    rows = []
    for stage in HYPNOGRAM_ROWS:
        word = stage.label.lower()
        latency = "r_latency" if word == "r" else f"{word}_latency"
        cells = "".join(
            f'<td class="number" align="right">{wording.number(texts.get(name, ""))}</td>'
            for name in (f"{word}_min", f"{word}_percent", latency)
        )
        colour = STAGE_COLOURS[stage]
        rows.append(f'<tr><td><span style="color:{colour}">■</span> {stage.label}</td>{cells}</tr>')
    head = "".join(
        f'<td class="small" align="right">{wording.html(name)}</td>'
        for name in (Phrase("time"), Phrase("of TST"), Phrase("latency*"))
    )
    title, note = Phrase("Stages"), Phrase("* from lights off; of R from sleep onset")
    return (
        f'<p class="part">{wording.html(title)}</p>'
        f'<table width="100%"><tr class="small"><td></td>{head}</tr>{"".join(rows)}</table>'
        f'<span class="small">{wording.html(note)}</span>'
    )


def _events(statistics: SleepStatistics, wording: Wording) -> str:
    rows = []
    for count in statistics.events:
        mean = "–" if count.mean_duration_s is None else f"{count.mean_duration_s:.1f} s"
        rows.append(
            f'<tr><td width="40%">{wording.html(count.kind.label)}</td>'
            f'<td class="number" align="right"><b>{count.n_counted}</b></td>'
            + "".join(
                f'<td class="number" align="right">{count.n_by_stage[stage]}</td>'
                for stage in SCORED_STAGES
            )
            + f'<td class="number" align="right">{count.n_not_counted}</td>'
            f'<td class="number" align="right">{wording.number(mean)}</td></tr>'
        )
    names = (
        Phrase("counted"),
        *(stage.label for stage in SCORED_STAGES),
        *(Phrase("not**"), Phrase("mean")),
    )
    head = "".join(f'<td class="small" align="right">{wording.html(name)}</td>' for name in names)
    title = Phrase("Events marked")
    note = Phrase("** kept, but not counted by the definition of its index")
    return (
        f'<p class="part">{wording.html(title)}</p>'
        f'<table width="100%"><tr><td></td>{head}</tr>{"".join(rows)}</table>'
        f'<span class="small">{wording.html(note)}</span>'
    )


def disclaimer_html(wording: Wording = ENGLISH) -> str:
    """The sentence about medical devices."""
    return f"<p><b>{wording.html(DISCLAIMER)}</b></p>"


def footer_html(report: Report) -> str:
    """Caveats, provenance, a place to sign and the sentence about medical devices."""
    wording = report.wording
    caveats = wording.html(joined(*report.statistics.caveats))
    provenance = wording.html(joined(*report.provenance))
    title = Phrase("Provenance.")
    signed_by, date = Phrase("Reviewed and signed by"), Phrase("Date")
    return (
        f'<p class="small">{caveats}</p>'
        f'<p class="small"><b>{wording.html(title)}</b> {provenance}</p>'
        f"{disclaimer_html(wording)}"
        '<table width="100%"><tr><td width="60%" class="faint">'
        f"{wording.html(signed_by)} {'_' * 41}</td>"
        f'<td class="faint">{wording.html(date)} {"_" * 19}</td></tr></table>'
    )


def report_html(report: Report) -> str:
    """The whole report as one file that needs no other."""
    return (
        f'<!DOCTYPE html>\n<html lang="{report.wording.language}"><head><meta charset="utf-8"/>'
        f"<title>{report.wording.html(report.letterhead.title)} – "
        f"{markup(report.scored.recording.file_name)}</title>"
        f"<style>{STYLE}{_PAGE_STYLE}</style></head><body>"
        f"{header_html(report)}{night_svg(report)}"
        f"{statistics_html(report.statistics, report.wording)}"
        f"{events_html(report.statistics, report.wording)}{footer_html(report)}"
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
