"""The report of a night as texts in HTML."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from sleepscorer import DISCLAIMER
from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.phrases import Phrase, joined
from sleepscorer.domain.stages import HYPNOGRAM_ROWS, SCORED_STAGES
from sleepscorer.domain.statistics import Check, Figure, SleepStatistics, TreatedNight
from sleepscorer.domain.texts import markup
from sleepscorer.events.summary import DIAGNOSTIC, PARTS_OF_SLEEP, PARTS_OF_TREATMENT
from sleepscorer.report.content import Letterhead, Report, about_patient, scorers_of, signed
from sleepscorer.report.figures import HEIGHT, STAGE_COLOURS, WIDTH, night_svg
from sleepscorer.report.sheet import Drawing, Page, Sheet, sheet_html
from sleepscorer.report.template_values import values_of
from sleepscorer.report.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from sleepscorer.report.template import Template

Pairs = Sequence[tuple[str, str]]
"""Names and texts, one under the other."""

_MOST_REMARKS, _MOST_LETTERS = 12, 120
"""What of the comments has room beside everything else on a page."""

_LEAST_SCALE = 0.5
"""Smaller, nobody reads on paper what has to stand on a page that a template fills."""

_REVIEWED = Phrase("Reviewed and signed by")

_NAME_PERCENT, _VALUE_PERCENT = 40, 17
_LINE_LENGTH = 12  # letters, of words in a narrow cell

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
_FIGURES_OF_TREATMENT = (
    *("trt", "tst", "se", "sol", "r_latency", "waso", "awakenings"),
    *("n1_percent", "n2_percent", "n3_percent", "r_percent", "supine_min", "supine_r_min"),
    *("arousal_index", "apneas_hypopneas", "ahi_1a", "ahi_1b", "ahi_own", "rdi"),
    *("oai", "cai", "mai", "ai_untyped", "hi", "rera_index"),
    *("spo2_mean", "spo2_lowest", "spo2_below_90", "odi_3", "plms"),
)
_FIGURES_BY_PRESSURE = (
    *("pressure_min", "tst", "r_min", "supine_min", "supine_r_min", "apneas_hypopneas"),
    *("ahi_1a", "ahi_1b", "ahi_own", "rdi", "cai", "spo2_lowest"),
)
_SHORT_NAMES = {
    "pressure_min": Phrase("time"),
    "tst": Phrase("TST"),
    "r_min": Phrase("R"),
    "supine_min": Phrase("supine"),
    "supine_r_min": Phrase("supine R"),
    "apneas_hypopneas": Phrase("events"),
    "ahi_1a": Phrase("AHI 1A"),
    "ahi_1b": Phrase("AHI 1B"),
    "ahi_own": Phrase("AHI, rule chosen"),
    "rdi": Phrase("RDI"),
    "cai": Phrase("central"),
    "spo2_lowest": Phrase("lowest SpO₂"),
}
_FIGURES_BY_SLEEP = (
    *("tst", "ahi_1a", "ahi_1b", "ahi_own", "oai", "cai", "mai", "ai_untyped", "hi"),
    *("rera_index", "spo2_lowest", "odi_3", "plms"),
)


def header_html(report: Report) -> str:
    """Letterhead, title, patient and times."""
    recording = report.scored.recording
    scoring = report.scored.scoring
    sign_off = scoring.sign_off
    about_recording = (
        (Phrase("File"), recording.file_name),
        (Phrase("Scored by"), ", ".join(scorers_of(scoring)) or Phrase("not signed")),
        *([] if sign_off is None else [(Phrase("Signed off"), signed(sign_off))]),
    )
    columns = (about_patient(report.patient), report.times, about_recording)
    return head_html(report.letterhead, report.letterhead.title, columns, report.wording)


def head_html(
    letterhead: Letterhead, title: str, columns: Sequence[Pairs], wording: Wording = ENGLISH
) -> str:
    """Letterhead, title and columns of names and texts."""
    logo, uri = "", _logo_uri(letterhead)
    if uri:
        logo = f'<td width="60"><img height="44" src="{uri}"/></td>'
    laboratory = f'<span class="head">{markup(letterhead.name)}</span>' + "".join(
        f'<br/><span class="faint">{markup(line)}</span>' for line in letterhead.lines
    )
    cells = "".join(
        f'<td width="{100 // len(columns)}%">{_pairs(pairs, wording)}</td>' for pairs in columns
    )
    return (
        f'<table width="100%"><tr>{logo}<td>{laboratory}</td>'
        f'<td align="right"><h1>{wording.html(title)}</h1></td></tr></table>'
        f'<table width="100%"><tr>{cells}</tr></table>'
    )


def _logo_uri(letterhead: Letterhead) -> str:
    """The logo as an address that holds it; empty without."""
    if not letterhead.logo:
        return ""
    return f"data:{letterhead.logo_type};base64,{base64.b64encode(letterhead.logo).decode()}"


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
        f"{treatment_html(statistics, wording)}"
        f"{caveats}{disclaimer_html(wording)}"
        f'<p class="faint">{wording.html(whose)}</p>'
    )


def statistics_html(statistics: SleepStatistics, wording: Wording = ENGLISH) -> str:
    """Numbers with their definitions, stages and events."""
    left = _sleep(statistics, wording)
    right = _stages(statistics, wording) + _indices(statistics, wording)
    if statistics.events:
        right += _events(statistics, wording)
    return (
        f'<table width="100%"><tr><td width="53%" valign="top">{left}</td>'
        f'<td width="47%" valign="top">{right}</td></tr></table>'
    )


def _sleep(statistics: SleepStatistics, wording: Wording) -> str:
    mixed = ""
    if statistics.treated is not None:
        told = Phrase("The whole night, without and with treatment; the parts stand below.")
        mixed = f'<p class="open">{wording.html(told)}</p>'
    return mixed + _figures(Phrase("Sleep"), statistics, _SLEEP_FIGURES, wording)


def _indices(statistics: SleepStatistics, wording: Wording) -> str:
    indices = _COMPUTED_INDEX_FIGURES if statistics.asleep else _INDEX_FIGURES
    return _figures(Phrase("Events per hour of sleep"), statistics, indices, wording)


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
        if figure.severity is not None:
            mark += f"<b>{wording.html(figure.severity_told)}.</b> "
        rows.append(
            f'<tr><td width="{_NAME_PERCENT}%">{_kept(meaning.name)}</td>'
            f'<td class="value" width="{_VALUE_PERCENT}%" align="right">'
            f"{value_html(figure, wording)}</td>"
            f'<td class="small">{mark}{_kept(meaning.text)}</td></tr>'
        )
    if not rows:
        return ""
    return f'<p class="part">{wording.html(title)}</p><table width="100%">{"".join(rows)}</table>'


def _kept(text: str) -> str:
    """A text whose numbers are not parted from their per cent."""
    return markup(text.replace(" %", "\u00a0%"))


def value_html(figure: Figure, wording: Wording) -> str:
    """A number, or why there is none, faintly."""
    if figure.value is None and figure.remark:
        return f'<span class="absent">{wording.html(figure.remark)}</span>'
    return wording.number(figure.text)


def _cell(figure: Figure, wording: Wording) -> str:
    """A number in a table that has no room to say more; an asterisk where it is incomplete.

    Why there is none takes lines of whole words, in cells that break none.
    """
    if figure.value is None and figure.remark:
        lines = wrap(wording.say(figure.remark), _LINE_LENGTH, break_long_words=False)
        return f'<span class="absent">{"<br/>".join(map(markup, lines))}</span>'
    mark = "*" if figure.is_incomplete and figure.value is not None else ""
    return value_html(figure, wording) + mark


def _note_of_cells(figures: Iterable[Figure], wording: Wording) -> str:
    if not any(one.is_incomplete and one.value is not None for one in figures):
        return ""
    note = Phrase("* incomplete, see the definition")
    return f'<p class="small">{wording.html(note)}</p>'


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
    parts = _parts_of_events(statistics, wording)
    left = "".join(parts[one] for one in ("breathing", "oxygen", "heart"))
    right = "".join(parts[one] for one in ("by_sleep", "arousals", "limbs", "checks"))
    return (
        f'<table width="100%"><tr><td width="47%" valign="top">{left}</td>'
        f'<td width="53%" valign="top">{right}</td></tr></table>'
    )


def _parts_of_events(statistics: SleepStatistics, wording: Wording) -> dict[str, str]:
    """What `events_html` says, by the names that templates have for it."""
    breathing = Phrase("Breathing, by rule {rule}", rule=statistics.rule)
    return {
        "breathing": _figures(breathing, statistics, _BREATHING_FIGURES, wording),
        "oxygen": _figures(
            Phrase("Oxygen saturation in sleep"), statistics, _OXYGEN_FIGURES, wording
        )
        + _below(statistics, wording)
        + _mean_by_stage(statistics, wording),
        "heart": _figures(Phrase("Heart rate"), statistics, _HEART_FIGURES, wording),
        "by_sleep": _by_sleep(statistics, wording),
        "arousals": _figures(Phrase("Arousals by cause"), statistics, _AROUSAL_FIGURES, wording),
        "limbs": _figures(Phrase("Limb movements"), statistics, _LIMB_FIGURES, wording),
        "checks": checks_html(statistics.checks, wording),
    }


def treatment_html(statistics: SleepStatistics, wording: Wording = ENGLISH) -> str:
    """The parts without and with treatment, and the latter by pressure; empty without any."""
    treated = statistics.treated
    if treated is None or not treated.parts:
        return ""
    title = Phrase("Without and with treatment, each part as a night of its own")
    own = Phrase(
        "Below, lights off and on are the beginning and the end of the part: {parts}.",
        parts=wording.definitions["treatment"].text,
    )
    head = "".join(
        f'<td class="small" align="right">{wording.html(part.name)}</td>' for part in treated.parts
    )
    rows: list[str] = []
    shown: list[Figure] = []
    for figure_id in _FIGURES_OF_TREATMENT:
        if any(figure_id not in part for part in treated.parts):
            continue
        shown += [part[figure_id] for part in treated.parts]
        values = (_cell(part[figure_id], wording) for part in treated.parts)
        cells = "".join(
            f'<td class="value" width="14%" align="right">{value}</td>' for value in values
        )
        meaning = wording.definitions[figure_id]
        rows.append(
            f'<tr><td width="26%">{_kept(meaning.name)}</td>{cells}'
            f'<td class="small">{_kept(meaning.text)}</td></tr>'
        )
    return (
        f'<p class="part">{wording.html(title)}</p><p>{wording.html(treated.told)}</p>'
        f'<p class="small">{wording.html(own)}</p>'
        f'<table width="100%"><tr><td></td>{head}<td></td></tr>{"".join(rows)}</table>'
        f"{_note_of_cells(shown, wording)}{_severities(treated, wording)}"
        f"{_by_pressure(treated, wording)}"
    )


def _severities(treated: TreatedNight, wording: Wording) -> str:
    """The class of each AHI of the part without treatment."""
    told = [
        f"{_kept(wording.definitions[one.id].name)}: {wording.html(one.severity_told)}"
        for part in treated.parts
        for one in part.figures
        if one.severity is not None
    ]
    name = wording.html(PARTS_OF_TREATMENT[DIAGNOSTIC])
    return f"<p><b>{name}</b> {'; '.join(told)}</p>" if told else ""


def _by_pressure(treated: TreatedNight, wording: Wording) -> str:
    """The part with treatment by pressure, a row each."""
    if not treated.pressures:
        return ""
    shown = [one for one in _FIGURES_BY_PRESSURE if one in treated.pressures[0]]
    head = "".join(
        f'<td class="small" align="right">{wording.html(_SHORT_NAMES[one])}</td>' for one in shown
    )
    rows = ""
    for part in treated.pressures:
        values = (_cell(part[one], wording) for one in shown)
        cells = "".join(f'<td class="number" align="right">{value}</td>' for value in values)
        rows += f"<tr><td><b>{wording.html(part.name)}</b></td>{cells}</tr>"
    every = [part[one] for part in treated.pressures for one in shown]
    title, pressure = Phrase("With treatment, by pressure"), Phrase("Pressure")
    meanings = "; ".join(
        f"{wording.say(_SHORT_NAMES[one])}: {wording.definitions[one].text}"
        for one in ("pressure_min", "supine_r_min", "apneas_hypopneas")
    )
    return (
        f'<p class="part">{wording.html(title)}</p>'
        f'<table width="100%"><tr><td class="small">{wording.html(pressure)}</td>{head}</tr>{rows}'
        f'</table>{_note_of_cells(every, wording)}<p class="small">{markup(meanings)}</p>'
    )


def _below(statistics: SleepStatistics, wording: Wording) -> str:
    """Time below each saturation."""
    limits = (90, 88, 85, 80)
    minutes = [statistics[f"spo2_below_{limit}"] for limit in limits]
    shares = [statistics[f"spo2_below_{limit}_percent"] for limit in limits]
    rows = (
        (Phrase("Time below, in sleep"), "value", minutes),
        (Phrase("of the sleep with a value"), "number", shares),
    )
    return _small_table([f"&lt; {limit} %" for limit in limits], rows, wording)


def _mean_by_stage(statistics: SleepStatistics, wording: Wording) -> str:
    """Mean saturation of each stage, wake included."""
    stages = [stage.label for stage in HYPNOGRAM_ROWS]
    means = [statistics[f"spo2_mean_{stage.lower()}"] for stage in stages]
    return _small_table(stages, [(Phrase("Mean by stage"), "number", means)], wording)


def _small_table(
    heads: Iterable[str], rows: Iterable[tuple[Phrase, str, Iterable[Figure]]], wording: Wording
) -> str:
    """Heads of columns, and below them rows: a name, how the numbers are set, and those."""
    head = "".join(f'<td class="small" align="right">{text}</td>' for text in heads)
    lines = ""
    shown: list[Figure] = []
    for name, kind, figures in rows:
        row = tuple(figures)
        shown += row
        cells = "".join(
            f'<td class="{kind}" align="right">{_cell(figure, wording)}</td>' for figure in row
        )
        lines += f"<tr><td>{wording.html(name)}</td>{cells}</tr>"
    table = f'<table width="100%"><tr><td></td>{head}</tr>{lines}</table>'
    return table + _note_of_cells(shown, wording)


def _by_sleep(statistics: SleepStatistics, wording: Wording) -> str:
    """The numbers of each kind of sleep, a column each."""
    parts = {part.id: part for part in statistics.asleep}
    head = "".join(
        f'<td class="small" width="17%" align="right">{wording.html(name)}</td>'
        for name in PARTS_OF_SLEEP.values()
    )
    unknown = Figure("", None, remark=Phrase("not known"))
    rows: list[str] = []
    shown: list[Figure] = []
    for figure_id in _FIGURES_BY_SLEEP:
        if figure_id not in statistics.asleep[0]:
            continue
        figures = [parts[one][figure_id] if one in parts else unknown for one in PARTS_OF_SLEEP]
        shown += figures
        cells = "".join(
            f'<td class="number" align="right">{_cell(figure, wording)}</td>' for figure in figures
        )
        name = _kept(wording.definitions[figure_id].name)
        rows.append(f"<tr><td>{name}</td>{cells}</tr>")
    title = Phrase("By stage and position, within that sleep")
    return (
        f'<p class="part">{wording.html(title)}</p>'
        f'<table width="100%"><tr><td width="32%"></td>{head}</tr>{"".join(rows)}</table>'
        f"{_note_of_cells(shown, wording)}"
    )


def checks_html(checks: Iterable[Check], wording: Wording = ENGLISH) -> str:
    """What is there and what is missing before a sheet is signed."""
    rows = "".join(
        f'<tr><td width="4%">{"✓" if one.is_done else "☐"}</td>'
        f'<td class="{"small" if one.is_done else "open"}">{wording.html(one.text)}</td></tr>'
        for one in checks
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
        name = f'<span style="color:{colour}">■</span>&#160;{stage.label}'
        rows.append(f'<tr><td class="name">{name}</td>{cells}</tr>')
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
            f'<tr><td class="name">{wording.html(count.kind.label)}</td>'
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
    head = "".join(
        f'<td class="small" style="white-space:nowrap" align="right">{wording.html(name)}</td>'
        for name in names
    )
    title = Phrase("Events marked")
    note = Phrase("** kept, but not counted by the definition of its index")
    if statistics.rule:
        note = Phrase(
            "** kept, but not counted: apneas and hypopneas by the rule chosen, limb movements as "
            "in their index"
        )
    return (
        f'<p class="part">{wording.html(title)}</p>'
        f'<table width="100%"><tr><td width="30%"></td>{head}</tr>{"".join(rows)}</table>'
        f'<span class="small">{wording.html(note)}</span>'
    )


def disclaimer_html(wording: Wording = ENGLISH) -> str:
    """The sentence about medical devices."""
    return f"<p><b>{wording.html(DISCLAIMER)}</b></p>"


def footer_html(report: Report) -> str:
    """Comments, caveats, provenance, a place to sign, the sentence about medical devices."""
    foot = foot_html(report.statistics.caveats, report.provenance, report.wording)
    return _remarks(report) + foot


def foot_html(
    caveats: Iterable[Phrase], provenance: Iterable[Phrase], wording: Wording = ENGLISH
) -> str:
    """Caveats, provenance, a place to sign and the sentence about medical devices."""
    return (
        f"{_provenance(caveats, provenance, wording)}"
        f"{disclaimer_html(wording)}"
        f"{signature_html(_REVIEWED, wording)}"
    )


def _provenance(caveats: Iterable[Phrase], provenance: Iterable[Phrase], wording: Wording) -> str:
    title = Phrase("Provenance.")
    return (
        f'<p class="small">{wording.html(joined(*caveats))}</p>'
        f'<p class="small"><b>{wording.html(title)}</b> {wording.html(joined(*provenance))}</p>'
    )


def signature_html(who: Phrase, wording: Wording = ENGLISH) -> str:
    """A line to sign on, with the date."""
    date = Phrase("Date")
    return (
        '<table width="100%"><tr><td width="60%" class="faint">'
        f"{wording.html(who)} {'_' * 41}</td>"
        f'<td class="faint">{wording.html(date)} {"_" * 19}</td></tr></table>'
    )


def _remarks(report: Report) -> str:
    """Comments and notes in order of time; of many the first ones, and how many more there are."""
    remarks, wording = report.remarks, report.wording
    if not remarks:
        return ""
    title, start = Phrase("Comments and notes"), report.scored.recording.start
    lines = [
        f"<b>{markup(time_text(time_s, start))}</b>&#160;{markup(_shortened(text))}"
        for time_s, text in remarks[:_MOST_REMARKS]
    ]
    if len(remarks) > _MOST_REMARKS:
        more = Phrase("and {n} more, in the scoring", n=len(remarks) - _MOST_REMARKS)
        lines.append(wording.html(more))
    return f'<p class="part">{wording.html(title)}</p><p class="small">{" · ".join(lines)}</p>'


def _shortened(text: str) -> str:
    """The beginning of a long remark."""
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"


def report_sheet(report: Report) -> Sheet:
    """The night and its sleep; its events, where they were looked at; its treatment, if any.

    A laboratory's own template arranges it where the letterhead names one.

    Raises
    ------
    ScoringError
        The template asks for what is not there, for what it may not, or for too much.
    """
    if report.letterhead.template is not None:
        return _arranged(report, report.letterhead.template)
    statistics, wording = report.statistics, report.wording
    drawing = Drawing(night_svg(report), WIDTH, HEIGHT)
    pages = [
        (drawing, statistics_html(statistics, wording)),
        *(
            (html,)
            for html in (events_html(statistics, wording), treatment_html(statistics, wording))
        ),
    ]
    pages = [parts for parts in pages if parts[-1]]
    head, disclaimer = header_html(report), disclaimer_html(wording)
    feet = [*(disclaimer,) * (len(pages) - 1), footer_html(report)]
    return Sheet(
        _title(report),
        tuple(Page(head, parts, foot) for parts, foot in zip(pages, feet, strict=True)),
        wording,
    )


def _title(report: Report) -> str:
    title = report.wording.say(report.letterhead.title)
    return f"{title} – {report.scored.recording.file_name}"


def _arranged(report: Report, template: Template) -> Sheet:
    """The report as a template arranges it; what none may leave out stands on each page."""
    statistics, wording = report.statistics, report.wording
    head, disclaimer = header_html(report), disclaimer_html(wording)
    last = {
        "provenance": _provenance(statistics.caveats, report.provenance, wording),
        "signature": signature_html(_REVIEWED, wording),
    }
    blocks: dict[str, str | Drawing] = {
        "head": head,
        "figure": Drawing(night_svg(report), WIDTH, HEIGHT),
        "sleep_page": statistics_html(statistics, wording),
        "events_page": events_html(statistics, wording),
        "sleep": _sleep(statistics, wording),
        "stages": _stages(statistics, wording),
        "indices": _indices(statistics, wording),
        "events": _events(statistics, wording) if statistics.events else "",
        **_parts_of_events(statistics, wording),
        "treatment": treatment_html(statistics, wording),
        "remarks": _remarks(report),
        **last,
    }
    made = template.rendered(values_of(report), blocks, logo=_logo_uri(report.letterhead))
    top = made.head if made.head is not None else "" if "head" in made.placed else head
    kept = "".join(html for name, html in last.items() if name not in made.placed)
    needed = _needed(report) + disclaimer
    feet = [*(needed,) * (len(made.pages) - 1), needed + kept]
    return Sheet(
        _title(report),
        tuple(
            Page(top, parts, foot, _LEAST_SCALE)
            for parts, foot in zip(made.pages, feet, strict=True)
        ),
        wording,
    )


def _needed(report: Report) -> str:
    """Whose night it is, who scored it by which rule, and whether it is signed off, on a line."""
    scoring, wording = report.scored.scoring, report.wording
    sign_off, patient = scoring.sign_off, report.patient
    whose = ", ".join(filter(None, (patient.name, patient.code))) or Phrase("not named")
    pairs = (
        (Phrase("Patient"), whose),
        (Phrase("File"), report.scored.recording.file_name),
        (Phrase("Scored by"), ", ".join(scorers_of(scoring)) or Phrase("not signed")),
        (Phrase("Signed off"), Phrase("no") if sign_off is None else signed(sign_off)),
        *([(Phrase("Rule"), report.statistics.rule)] if report.statistics.rule else []),
    )
    told = " · ".join(f"{wording.html(name)}: <b>{wording.html(text)}</b>" for name, text in pairs)
    return f'<p class="small">{told}</p>'


def report_html(report: Report) -> str:
    """The whole report as one file that needs no other."""
    return sheet_html(report_sheet(report))
