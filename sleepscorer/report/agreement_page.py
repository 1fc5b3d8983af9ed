"""Agreement of two scorings as a page for the screen."""

from __future__ import annotations

import math

from sleepscorer import DISCLAIMER
from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.domain.texts import markup
from sleepscorer.io.definitions import definitions


def agreement_page(comparison: Comparison, first: str, second: str) -> str:
    """Figures with their definitions, agreement of each stage, and the confusion matrix.

    Parameters
    ----------
    comparison
        Of the two scorings.
    first, second
        Names of the scorers.
    """
    agreement = comparison.agreement
    values = {
        "n_both": str(agreement.n_epochs),
        "agreement": _percent(agreement.accuracy),
        "kappa": _number(agreement.kappa),
        "macro_f1": _percent(agreement.macro_f1),
        "only_one": (
            f"{comparison.only_first.size} {first}, {comparison.only_second.size} {second}"
        ),
    }
    rows = "".join(
        f'<tr><td width="26%">{markup(definitions()[name].name)}</td>'
        f'<td class="value" width="22%" align="right">{markup(value)}</td>'
        f'<td class="small">{markup(definitions()[name].text)}</td></tr>'
        for name, value in values.items()
    )
    return (
        f'<p class="part">{markup(first)} and {markup(second)}</p>'
        f'<table width="100%">{rows}</table>{_stages(comparison)}'
        f"{_confusion(comparison, first, second)}<p><b>{markup(DISCLAIMER)}</b></p>"
    )


def _stages(comparison: Comparison) -> str:
    head = "".join(f'<td align="right">{stage.label}</td>' for stage in SCORED_STAGES)
    cells = "".join(
        f'<td class="number" align="right">{_percent(value)}</td>'
        for value in comparison.agreement.f1_per_stage
    )
    return (
        '<p class="part">Agreement of each stage</p><table width="60%">'
        f"<tr><td></td>{head}</tr><tr><td>F1 = 2 × both / (first + second)</td>{cells}</tr></table>"
    )


def _confusion(comparison: Comparison, first: str, second: str) -> str:
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
    return (
        f'<p class="part">Epochs by the stage of {markup(first)} (rows) and of {markup(second)} '
        f'(columns)</p><table width="60%"><tr><td></td>{head}</tr>{rows}</table>'
    )


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.1f} %"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
