"""Tables that say how probable each stage is, and not which it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.io.codes import stage_of_text
from sleepscorer.io.tables.cells import Row, Table
from sleepscorer.io.tables.headings import Meaning, meaning_of_heading
from sleepscorer.io.tables.times import number_of

_ROUNDING = 0.02
_PERCENT = 100.0


def most_probable(table: Table) -> Table | None:
    """Put the most probable stage of each row in the place of probabilities.

    A row without probabilities, or with two stages that are the most probable, gets none.

    Parameters
    ----------
    table
        As it was read; names that are words for stages may be taken for its first row.

    Returns
    -------
    table
        None where it has no column for each of the five stages, has one that says which it is, or
        a row of it is no distribution.
    """
    rows = list(table.rows)
    names = table.names or (tuple(rows.pop(0).cells) if rows else ())
    stages = [stage_of_text(name) for name in names]
    columns = [stages.index(stage) if stage in stages else -1 for stage in SCORED_STAGES]
    others = [column for column, stage in enumerate(stages) if stage is None]
    if -1 in columns or len(others) + len(columns) < len(names) or not rows:
        return None
    if any(meaning_of_heading(names[column]) is Meaning.STAGE for column in others):
        return None
    staged = []
    for row in rows:
        word = _most_probable([row.cell(column) for column in columns])
        if word is None:
            return None
        cells = [row.cell(column) for column in others]
        staged.append(Row(row.line, [*cells, word] if row.cells else []))
    return replace(
        table, names=(*(names[column] for column in others), "stage"), rows=tuple(staged)
    )


def _most_probable(cells: Sequence[str]) -> str | None:
    """Word for the stage, empty where there is none; None where these are no probabilities."""
    if not any(cell and cell.casefold() != "nan" for cell in cells):
        return ""
    found = [number_of(cell) for cell in cells]
    values = [value for value in found if value is not None and value >= 0]
    total = sum(values)
    whole = _PERCENT if total > _PERCENT / 2 else 1.0
    if len(values) < len(cells) or abs(total / whole - 1) > _ROUNDING:
        return None
    best = max(values)
    return Stage(values.index(best)).label if values.count(best) == 1 else ""
