"""The sheet of a Multiple Sleep Latency Test or a Maintenance of Wakefulness Test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.naps import Nap, NapStudy, NapTest, nap_study
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Model
from sleepscorer.domain.recording import UNKNOWN_DATE
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.stages import HYPNOGRAM_ROWS, Stage
from sleepscorer.domain.texts import markup
from sleepscorer.io.edf_identity import Patient
from sleepscorer.report.content import Letterhead, about_patient, made_with, scorers_of
from sleepscorer.report.figures import (
    FAINT,
    GRID,
    LEFT,
    RIGHT,
    STAGE_COLOURS,
    WIDTH,
    svg_line,
    svg_rectangle,
    svg_text,
)
from sleepscorer.report.page import (
    checks_html,
    foot_html,
    head_html,
    value_html,
)
from sleepscorer.report.sheet import Drawing, Page, Sheet
from sleepscorer.report.wording import ENGLISH, Wording

TITLES = {
    NapTest.MSLT: Phrase("Multiple Sleep Latency Test (MSLT)"),
    NapTest.MWT: Phrase("Maintenance of Wakefulness Test (MWT)"),
}

_ROW, _GAP = 8, 16
_NAP_HEIGHT = len(HYPNOGRAM_ROWS) * _ROW + _GAP

_FIGURES_OF_NAP = (
    *("nap_latency", "nap_unequivocal", "nap_r_latency", "nap_length", "tst"),
    *("w_min", "n1_min", "n2_min", "n3_min", "r_min"),
)


@dataclass(frozen=True, slots=True)
class NapReport:
    """A test to be reported.

    Attributes
    ----------
    study
        Its naps and numbers.
    patient
        Whom the recordings name.
    scorers
        Who scored them.
    remarks
        What whoever reads the numbers must know.
    letterhead
        Head of the page; its title is that of the night's report and stands on none of these.
    created
        When the sheet is made.
    wording
        The language that it is written in.
    """

    study: NapStudy
    patient: Patient = field(default_factory=Patient)
    scorers: tuple[str, ...] = ()
    remarks: tuple[Phrase, ...] = ()
    letterhead: Letterhead = field(default_factory=Letterhead)
    created: datetime = field(default_factory=datetime.now)
    wording: Wording = ENGLISH


def nap_report(
    nights: Sequence[ScoredRecording],
    patients: Sequence[Patient],
    test: NapTest,
    *,
    letterhead: Letterhead | None = None,
    wording: Wording = ENGLISH,
) -> NapReport:
    """Gather what the sheet of a test says.

    Parameters
    ----------
    nights, patients
        A recording of all naps, or one of each, and whom each names.
    test
        Which test it is.
    letterhead
        Head of the page; a plain one without.
    wording
        The language that it is written in.

    Raises
    ------
    ScoringError
        The recordings name several patients.
    """
    named = dict.fromkeys(one for one in patients if one != Patient())
    if len(named) > 1:
        raise ScoringError(
            "The recordings are of several patients: {names}. Each patient has a sheet of their "
            "own.",
            names=tuple(one.name or one.code or one.birth_date for one in named),
        )
    scorers = dict.fromkeys(name for one in nights for name in scorers_of(one.scoring))
    scores = (score for one in nights for score in one.scoring.scores)
    n_unseen = sum(isinstance(score.source, Model) for score in scores)
    unseen = Phrase("{n} {n:epoch holds|epochs hold} a stage that no person confirmed.", n=n_unseen)
    return NapReport(
        nap_study(nights, test),
        patient=next(iter(named), Patient()),
        scorers=tuple(scorers),
        remarks=(unseen,) if n_unseen else (),
        letterhead=letterhead or Letterhead(),
        wording=wording,
    )


def naps_sheet(report: NapReport) -> Sheet:
    """One page: the naps as drawings and as a table, all of them together, and what is missing."""
    study, wording = report.study, report.wording
    title = TITLES[study.test]
    days = dict.fromkeys(nap.begins.date() for nap in study.naps if nap.begins is not None)
    told = [Phrase("{day:%d %B %Y}", day=day) for day in days if day != UNKNOWN_DATE]
    files = dict.fromkeys(nap.file_name for nap in study.naps)
    about = (
        (Phrase("Day"), told[0] if told else Phrase("not stated")),
        (Phrase("Naps"), f"{len(study.naps)}"),
    )
    whose = (
        (Phrase("Files"), ", ".join(files)),
        (Phrase("Scored by"), ", ".join(report.scorers) or Phrase("not signed")),
    )
    head = head_html(
        report.letterhead, title, (about_patient(report.patient), about, whose), wording
    )
    height = len(study.naps) * _NAP_HEIGHT + 14
    parts = (
        Drawing(naps_svg(study, wording), WIDTH, height),
        _table(study, wording),
        _together(study, wording),
    )
    foot = foot_html(report.remarks, (made_with(report.created),), wording)
    return Sheet(
        f"{wording.say(title)} – {next(iter(files), '')}", (Page(head, parts, foot),), wording
    )


def naps_svg(study: NapStudy, wording: Wording = ENGLISH) -> str:
    """Draw the hypnogram of each nap, all from lights off on one axis of minutes."""
    longest_s = max((nap.on_s - nap.off_s for nap in study.naps), default=0.0)
    span_s = max(longest_s, study.test.longest_s)
    height = len(study.naps) * _NAP_HEIGHT + 14
    parts: list[str] = []
    for place, nap in enumerate(study.naps):
        parts += _nap(nap, place, span_s, wording)
    minutes = Phrase("min after lights off")
    parts.append(svg_text(RIGHT, height - 3, wording.say(minutes), colour=FAINT))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="7">{"".join(parts)}</svg>'
    )


def _nap(nap: Nap, place: int, span_s: float, wording: Wording) -> Iterator[str]:
    top = place * _NAP_HEIGHT + 4
    bottom = top + len(HYPNOGRAM_ROWS) * _ROW

    def x(time_s: float) -> float:
        return LEFT + min(max(time_s / span_s, 0.0), 1.0) * (RIGHT - LEFT)

    def y(stage: Stage) -> float:
        return top + HYPNOGRAM_ROWS.index(stage) * _ROW + 1.5

    begins = "" if nap.begins is None else f"{nap.begins:%H:%M}"
    name = wording.say(Phrase("Nap {n}", n=place + 1))
    yield svg_text(4, top + 8, name, anchor="start")
    yield svg_text(4, top + 17, begins, anchor="start", colour=FAINT)
    for stage in HYPNOGRAM_ROWS:
        yield svg_text(LEFT - 5, y(stage) + 5, stage.label, colour=FAINT)
        yield svg_line(LEFT, y(stage) + 2.5, RIGHT, y(stage) + 2.5, GRID, 1.0)
    for minute in range(0, int(span_s / 60) + 1, 5):
        at = x(minute * 60.0)
        yield svg_line(at, top, at, bottom, GRID, 1.0)
        yield svg_text(at, bottom + 7, f"{minute}", anchor="middle", colour=FAINT)
    for epoch, stage in enumerate(nap.stages):
        if stage is not Stage.UNSCORED:
            left = x(epoch * EPOCH_S)
            width = x((epoch + 1) * EPOCH_S) - left
            yield svg_rectangle(left, y(stage), width, 5, STAGE_COLOURS[stage])
    ends = x(nap.on_s - nap.off_s)
    marks = [(ends, Phrase("lights on"), "#B7791F")]
    if nap.onset_s is not None:
        marks.append((x(nap.onset_s), Phrase("sleep onset"), "#0B4F8A"))
    for at, words, colour in marks:
        yield svg_line(at, top - 3, at, bottom, colour, 1.0)
        anchor, shift = ("end", -2) if at > RIGHT - 60 else ("start", 2)
        yield svg_text(at + shift, top + 1, wording.say(words), anchor=anchor, colour=colour)


def _table(study: NapStudy, wording: Wording) -> str:
    """A column each nap."""
    naps = study.naps
    width = f'width="{74 // max(len(naps), 1)}%"'
    names = [wording.html(Phrase("Nap {n}", n=n)) for n, _ in enumerate(naps, 1)]
    head = "".join(f'<td class="value" {width} align="right">{name}</td>' for name in names)
    rows = [f'<tr><td width="26%"></td>{head}</tr>']

    def row(name: str, cells: list[str]) -> None:
        told = "".join(f'<td class="number" align="right">{cell}</td>' for cell in cells)
        rows.append(f"<tr><td>{name}</td>{told}</tr>")

    clocks = ["–" if nap.begins is None else f"{nap.begins:%H:%M:%S}" for nap in naps]
    row(wording.html(Phrase("Lights off")), clocks)
    for figure_id in _FIGURES_OF_NAP:
        if naps and all(one.id != figure_id for one in naps[0].figures):
            continue
        name = markup(wording.definitions[figure_id].name)
        row(name, [_cell(nap, figure_id, wording) for nap in naps])
        if figure_id == "nap_r_latency" and study.test is NapTest.MSLT:
            name = markup(wording.definitions["soremps"].name)
            row(name, [wording.html(_soremp(nap)) for nap in naps])
    ended = Phrase("Ended")
    notes = "".join(
        f'<tr><td width="12%">{name}</td>'
        f'<td class="{"small" if nap.ended.is_done else "open"}">'
        f"{'✓' if nap.ended.is_done else '☐'} {wording.html(ended)} "
        f"{wording.html(nap.ended.text)}</td></tr>"
        for name, nap in zip(names, naps, strict=True)
    )
    title = Phrase("Each nap")
    return (
        f'<p class="part">{wording.html(title)}</p><table width="100%">{"".join(rows)}</table>'
        f"<table>{notes}</table>"
    )


def _cell(nap: Nap, figure_id: str, wording: Wording) -> str:
    figure = nap[figure_id]
    cell = value_html(figure, wording)
    if figure.value is not None and figure.remark:
        cell += f' <span class="absent">({wording.html(figure.remark)})</span>'
    if figure.is_incomplete:
        incomplete = Phrase("Incomplete.")
        cell += f' <span class="absent">({wording.html(incomplete)})</span>'
    return cell


def _soremp(nap: Nap) -> Phrase:
    if nap.has_soremp is None:
        return Phrase("not known")
    return Phrase("yes") if nap.has_soremp else Phrase("no")


def _together(study: NapStudy, wording: Wording) -> str:
    """Numbers of all naps with their definitions, and what is missing before it is signed."""
    rows = "".join(
        f'<tr><td width="26%">{markup(wording.definitions[one.id].name)}</td>'
        f'<td class="value" width="14%" align="right">{value_html(one, wording)}</td>'
        f'<td class="small">{_mark(one.is_incomplete, wording)}'
        f"{markup(wording.definitions[one.id].text)}</td></tr>"
        for one in study.figures
    )
    meanings = "".join(
        f'<tr><td class="small" width="26%">{markup(wording.definitions[one].name)}</td>'
        f'<td class="small">{markup(wording.definitions[one].text)}</td></tr>'
        for one in ("nap_latency", "nap_unequivocal", "nap_r_latency")
        if study.naps and any(figure.id == one for figure in study.naps[0].figures)
    )
    title = Phrase("All naps")
    return (
        f'<p class="part">{wording.html(title)}</p><table width="100%">{rows}</table>'
        f'<table width="100%">{meanings}</table>{checks_html(study.checks, wording)}'
    )


def _mark(is_incomplete: bool, wording: Wording) -> str:
    incomplete = Phrase("Incomplete.")
    return f"<b>{wording.html(incomplete)}</b> " if is_incomplete else ""
