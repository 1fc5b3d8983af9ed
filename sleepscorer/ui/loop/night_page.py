"""What two versions say of one night, as a page."""

from __future__ import annotations

import html

from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.domain.versions import Figures
from sleepscorer.loop.comparison import ComparedOnNight
from sleepscorer.ui.base.language import number, tr


def night_page(found: ComparedOnNight, file: str, names: tuple[str, str]) -> str:
    """Build the page in HTML.

    Parameters
    ----------
    found
        What was compared.
    file
        Name of the recording.
    names
        Titles of the two versions.
    """
    comparison = found.comparison
    sentences = [
        tr("{first} and {second} give the same stage to {same} of {all} epochs of {file}.").format(
            first=names[0], second=names[1], same=found.n_same, all=found.n_staged, file=file
        )
    ]
    if not comparison.n_epochs:
        sentences.append(tr("Nobody decided on an epoch yet, so it can't be said who is right."))
    elif found.is_signed_off:
        sentences.append(tr("Compared with the night as it was signed off:"))
    else:
        sentences.append(
            tr(
                "Compared with the %n epoch(s) that a person decided on. They may be those that "
                "the version that staged the night had wrong: sign the night off to count all.",
                None,
                comparison.n_epochs,
            )
        )
    parts = [f"<p>{html.escape(sentence)}</p>" for sentence in sentences]
    if comparison.n_epochs:
        parts.append(_table(names, comparison.of_current, comparison.of_candidate))
    caution = tr("One night tells nothing of others; nothing was decided.")
    parts.append(f"<p>{html.escape(caution)}</p>")
    return "".join(parts)


def _table(names: tuple[str, str], first: Figures, second: Figures) -> str:
    rows = [
        (tr("Accuracy"), first.accuracy, second.accuracy),
        ("κ", first.kappa, second.kappa),
        (tr("Macro-F1"), first.macro_f1, second.macro_f1),
        *(
            (f"F1 {stage.label}", first.f1[stage], second.f1[stage])
            for stage in SCORED_STAGES
            if first.f1 and second.f1
        ),
        (tr("Calibration error"), first.calibration_error, second.calibration_error),
    ]
    lines = [("", *names), *((name, _number(one), _number(two)) for name, one, two in rows)]
    return "".join(
        [
            '<table cellspacing="0" cellpadding="4">',
            *(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>"
                for line in lines
            ),
            "</table>",
        ]
    )


def _number(value: float | None) -> str:
    return "–" if value is None else number(value, ".3f")
