"""The changes of an epoch as a page for the screen."""

from __future__ import annotations

from collections.abc import Sequence

from sleepscorer.domain.provenance import text_of
from sleepscorer.domain.texts import markup
from sleepscorer.io.history import StageChange


def history_page(epoch: int, changes: Sequence[StageChange], now: str) -> str:
    """Changes of one epoch, the latest last.

    Parameters
    ----------
    epoch
        Its index.
    changes
        Of that epoch.
    now
        What it is now, and where that comes from.
    """
    rows = "".join(
        f"<tr><td>{change.at:%Y-%m-%d %H:%M:%S}</td><td>{markup(change.scorer)}</td>"
        f"<td>{_text(change.former.stage.label, text_of(change.former.source))}</td><td>→</td>"
        f"<td><b>{_text(change.now.stage.label, text_of(change.now.source))}</b></td>"
        f'<td class="faint">{markup(_why(change))}</td></tr>'
        for change in changes
    )
    table = f'<table width="100%">{rows}</table>' if rows else "<p>No change is known.</p>"
    return (
        f'<p class="part">Epoch {epoch + 1}: {markup(now)}</p>{table}'
        '<p class="small">From the journals of this computer, which are kept for 30 days.</p>'
    )


def _why(change: StageChange) -> str:
    return " · ".join(filter(None, (change.what, change.model)))


def _text(label: str, source: str) -> str:
    return markup(f"{label or 'unscored'} ({source})" if source else label or "unscored")
