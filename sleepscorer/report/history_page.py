"""The changes of an epoch as a page for the screen."""

from __future__ import annotations

from collections.abc import Sequence

from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import text_of
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.texts import markup
from sleepscorer.io.history import StageChange
from sleepscorer.report.wording import ENGLISH, Wording


def history_page(
    epoch: int, changes: Sequence[StageChange], now: str, wording: Wording = ENGLISH
) -> str:
    """Changes of one epoch, the latest last.

    Parameters
    ----------
    epoch
        Its index.
    changes
        Of that epoch.
    now
        What it is now, and where that comes from.
    wording
        The language that it is written in.
    """
    rows = "".join(
        f"<tr><td>{change.at:%Y-%m-%d %H:%M:%S}</td><td>{markup(change.scorer)}</td>"
        f"<td>{_text(change.former, wording)}</td><td>→</td>"
        f"<td><b>{_text(change.now, wording)}</b></td>"
        f'<td class="faint">{markup(_why(change))}</td></tr>'
        for change in changes
    )
    table = f'<table width="100%">{rows}</table>'
    if not rows:
        nothing = Phrase("No change is known.")
        table = f"<p>{wording.html(nothing)}</p>"
    title = Phrase("Epoch {number}: {now}", number=epoch + 1, now=now)
    source = Phrase("From the journals of this computer, which are kept for 30 days.")
    return (
        f'<p class="part">{wording.html(title)}</p>{table}'
        f'<p class="small">{wording.html(source)}</p>'
    )


def _why(change: StageChange) -> str:
    return " · ".join(filter(None, (change.what, change.model)))


def _text(score: EpochScore, wording: Wording) -> str:
    stage = score.stage.label or wording.say(Phrase("unscored"))
    source = wording.say(text_of(score.source))
    return markup(f"{stage} ({source})" if source else stage)
