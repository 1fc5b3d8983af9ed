"""Agreement of two scorings as a page for the screen."""

from __future__ import annotations

import math

from sleepscorer import DISCLAIMER
from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.domain.texts import markup
from sleepscorer.report.wording import ENGLISH, Wording


def agreement_page(
    comparison: Comparison, first: str, second: str, wording: Wording = ENGLISH
) -> str:
    """Figures with their definitions, agreement of each stage, and the confusion matrix.

    Parameters
    ----------
    comparison
        Of the two scorings.
    first, second
        Names of the scorers.
    wording
        The language that it is written in.
    """
    agreement = comparison.agreement
    values = {
        "n_both": str(agreement.n_epochs),
        "agreement": _percent(agreement.accuracy),
        "kappa": _number(agreement.kappa),
        "macro_f1": _percent(agreement.macro_f1),
    }
    values = {name: wording.number(value) for name, value in values.items()}
    values["only_one"] = markup(
        f"{comparison.only_first.size} {first}, {comparison.only_second.size} {second}"
    )
    rows = "".join(
        f'<tr><td width="26%">{markup(wording.definitions[name].name)}</td>'
        f'<td class="value" width="22%" align="right">{value}</td>'
        f'<td class="small">{markup(wording.definitions[name].text)}</td></tr>'
        for name, value in values.items()
    )
    both = Phrase("{first} and {second}", first=first, second=second)
    return (
        f'<p class="part">{wording.html(both)}</p>'
        f'<table width="100%">{rows}</table>{_stages(comparison, wording)}'
        f"{_confusion(comparison, first, second, wording)}<p><b>{wording.html(DISCLAIMER)}</b></p>"
    )


def _stages(comparison: Comparison, wording: Wording) -> str:
    head = "".join(f'<td align="right">{stage.label}</td>' for stage in SCORED_STAGES)
    cells = "".join(
        f'<td class="number" align="right">{wording.number(_percent(value))}</td>'
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


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.1f} %"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
