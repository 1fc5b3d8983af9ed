"""Agreement of two scorings as a page for the screen."""

from __future__ import annotations

import math

from sleepscorer import DISCLAIMER
from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.event_agreement import ComparedEvents
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.domain.texts import markup
from sleepscorer.report.wording import ENGLISH, Wording


def agreement_page(
    comparison: Comparison,
    first: str,
    second: str,
    wording: Wording = ENGLISH,
    events: ComparedEvents | None = None,
) -> str:
    """Figures with their definitions, agreement of stages and events, and the confusion matrix.

    Parameters
    ----------
    comparison
        Of the two scorings.
    first, second
        Names of the scorers.
    wording
        The language that it is written in.
    events
        Agreement on events, where any were marked.
    """
    told = "" if events is None else _events(events, first, second, wording)
    return (
        f"{agreement_html(comparison, first, second, wording)}{told}"
        f"<p><b>{wording.html(DISCLAIMER)}</b></p>"
    )


def agreement_html(
    comparison: Comparison, first: str, second: str, wording: Wording = ENGLISH
) -> str:
    """Figures with their definitions, agreement of stages, and the confusion matrix."""
    agreement = comparison.agreement
    values = {
        "n_both": str(agreement.n_epochs),
        "agreement": percent_text(agreement.accuracy),
        "kappa": number_text(agreement.kappa),
        "macro_f1": percent_text(agreement.macro_f1),
    }
    values = {name: wording.number(value) for name, value in values.items()}
    values["only_one"] = markup(
        f"{comparison.only_first.size} {first}, {comparison.only_second.size} {second}"
    )
    rows = "".join(
        f'<tr><td width="26%">{markup(wording.definitions[name].name)}</td>'
        f'<td class="{"strong" if name == "only_one" else "value"}" width="22%" align="right">'
        f"{value}</td>"
        f'<td class="small">{markup(wording.definitions[name].text)}</td></tr>'
        for name, value in values.items()
    )
    both = Phrase("{first} and {second}", first=first, second=second)
    return (
        f'<p class="part">{wording.html(both)}</p>'
        f'<table width="100%">{rows}</table>{_stages(comparison, wording)}'
        f"{_confusion(comparison, first, second, wording)}"
    )


def _stages(comparison: Comparison, wording: Wording) -> str:
    head = "".join(f'<td align="right">{stage.label}</td>' for stage in SCORED_STAGES)
    cells = "".join(
        f'<td class="number" align="right">{wording.number(percent_text(value))}</td>'
        for value in comparison.agreement.f1_per_stage
    )
    title, formula = Phrase("Agreement of each stage"), Phrase("F1 = 2 × both / (first + second)")
    return (
        f'<p class="part">{wording.html(title)}</p><table width="60%">'
        f"<tr><td></td>{head}</tr><tr><td>{wording.html(formula)}</td>{cells}</tr></table>"
    )


def _confusion(comparison: Comparison, first: str, second: str, wording: Wording) -> str:
    counts = comparison.agreement.confusion
    head = "".join(f'<td align="right">{stage.label}</td>' for stage in SCORED_STAGES)
    rows = "".join(
        f"<tr><td>{stage.label}</td>"
        + "".join(
            f'<td class="{"value" if stage is other else "number"}" align="right">'
            f"{counts[stage, other]}</td>"
            for other in SCORED_STAGES
        )
        + "</tr>"
        for stage in SCORED_STAGES
    )
    title = Phrase(
        "Epochs by the stage of {first} (rows) and of {second} (columns)",
        first=first,
        second=second,
    )
    return (
        f'<p class="part">{wording.html(title)}</p>'
        f'<table width="60%"><tr><td></td>{head}</tr>{rows}</table>'
    )


def _events(events: ComparedEvents, first: str, second: str, wording: Wording) -> str:
    if not events.kinds and not any(events.n_left_out):
        return ""
    title, left_out = Phrase("Agreement on events"), ""
    if any(events.n_left_out):
        n_first, n_second = events.n_left_out
        text = Phrase(
            "Events left out, as they begin in epochs that not both gave a stage: {n_first} of "
            "{first}, {n_second} of {second}",
            n_first=n_first,
            first=first,
            n_second=n_second,
            second=second,
        )
        left_out = f"<p>{wording.html(text)}</p>"
    kinds = _kinds(events, wording) if events.kinds else ""
    return f'<p class="part">{wording.html(title)}</p>{left_out}{kinds}'


def _kinds(events: ComparedEvents, wording: Wording) -> str:
    names = (
        *(Phrase("first"), Phrase("second"), Phrase("both"), "F1"),
        *(Phrase("κ of the seconds"), Phrase("first, per hour"), Phrase("second, per hour")),
    )
    head = "".join(f'<td class="small" align="right">{wording.html(name)}</td>' for name in names)
    rows = []
    for one in events.kinds:
        cells = (
            *(str(one.n_first), str(one.n_second), str(one.n_both), percent_text(one.f1)),
            "–" if one.kappa is None else number_text(one.kappa),
            *(
                "–" if index is None else f"{index:.1f}/h"
                for index in (one.index_first, one.index_second)
            ),
        )
        numbers = "".join(
            f'<td class="number" align="right">{wording.number(cell)}</td>' for cell in cells
        )
        rows.append(f"<tr><td>{wording.html(one.name)}</td>{numbers}</tr>")
    meanings = "".join(
        f'<p class="small"><b>{markup(wording.definitions[word].name)}:</b> '
        f"{markup(wording.definitions[word].text)}</p>"
        for word in ("event_f1", "event_kappa")
    )
    return f'<table width="100%"><tr><td></td>{head}</tr>{"".join(rows)}</table>{meanings}'


def percent_text(value: float) -> str:
    """A share of 1 in per cent; a dash where it is not defined."""
    return "–" if math.isnan(value) else f"{100 * value:.1f} %"


def number_text(value: float) -> str:
    """A number; a dash where it is not defined."""
    return "–" if math.isnan(value) else f"{value:.3f}"
