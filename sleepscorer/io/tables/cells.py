"""A text as rows of cells: separators, quotes, heading, preamble and comments."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.io.codes import stage_of_text
from sleepscorer.io.tables.headings import meaning_of_heading
from sleepscorer.io.tables.times import is_time, number_of

MOST_ROWS = 100_000
"""A day of one value a second; a night with all its events has less than ten thousand."""

_NEW_LINE = re.compile(r"\r\r\n|\r\n|\n|\r")
_SEPARATORS = ("\t", ";", ",", "|")
_SEPARATING = " \t;,|"
_SAMPLE = 400
_ENTRY = re.compile(r"\s*(?:#|%|//)?\s*([^\W\d][^:=\t;,]{1,40}?)(?<!\d)\s*[:=]\s*(.*)")
_UNIT = re.compile(r"\s*(\[.*\]|\(.*\))?\s*")
_COMMENTS = ("#", "%", "//")
_EPOCH_LINE = re.compile(
    r"\s*(?:epochs?|epochen?|epoque|époque|epoca|época|ep)\b\.?\s*(?:n[ro]?\.?|#)?\s*(\d{1,6})"
    r"(?:\s*[:=.–-]\s*|\s+)([^\t;,|]*\w[^\t;,|]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a line; none for an empty line.

    Attributes
    ----------
    line
        Number of the line in the file, from 1.
    cells
        As they stand, quotes taken off.
    """

    line: int
    cells: Sequence[str]

    def cell(self, column: int | None) -> str:
        """Text of a column without blanks around it; empty where there is none."""
        if column is None or column >= len(self.cells):
            return ""
        return self.cells[column].strip()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of data and what stands before them.

    Attributes
    ----------
    preamble
        Entries such as ``Start Time: …`` by their names in small letters.
    names
        Names of the columns; empty where the file has none.
    rows
        The data, with rows without cells for empty lines among them.
    comments
        Lines among the data that begin as comments do.
    n_blank
        Empty lines before the first row.
    """

    preamble: dict[str, str]
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    comments: tuple[int, ...]
    n_blank: int

    @property
    def n_columns(self) -> int:
        """Most cells that a row has."""
        return max([len(self.names), *(len(row.cells) for row in self.rows)], default=0)

    def name(self, column: int) -> Phrase:
        """Name of a column in a message: its heading, else its number."""
        heading = self.names[column].strip() if column < len(self.names) else ""
        if heading:
            return Phrase("“{name}”", name=heading)
        return Phrase("column {number}", number=column + 1)


def table_of(path: Path, text: str, *, is_quoted: bool = True) -> Table:
    """Split a text into a table.

    Parameters
    ----------
    path
        The file, for messages.
    text
        Its text.
    is_quoted
        Whether quotes around cells are no part of them.

    Raises
    ------
    ScoringError
        It has more lines than any scoring, or a quote that has no end.
    """
    n_lines = text.count("\n") + 1
    if n_lines > MOST_ROWS:
        raise ScoringError(
            "{file} has {n} lines, more than any scoring; choose the scoring of one night.",
            file=path.name,
            n=n_lines,
        )
    lines = _without_spacing(_NEW_LINE.split(text))
    numbered = _numbered_epochs(lines)
    if numbered is not None:
        return numbered
    rows = _rows(path, lines, _separator(lines), is_quoted=is_quoted)
    heading = _heading(rows)
    names = () if heading is None else tuple(_bare(cell) for cell in rows[heading].cells)
    preamble, first = _preamble(lines, rows, heading)
    begun = first
    while first < len(rows) and (not rows[first].cells or _is_remark(rows[first])):
        first += 1
    if names and first < len(rows) and _is_units(rows[first]):
        first += 1
    n_blank = sum(not row.cells for row in rows[begun:first])
    data = rows[first:]
    while data and (not data[-1].cells or _is_remark(data[-1])):
        data.pop()
    comments = tuple(row.line for row in data if _is_remark(row))
    rows_of_data = tuple(row for row in data if not _is_remark(row))
    return Table(preamble, names, rows_of_data, comments, n_blank)


def _numbered_epochs(lines: Sequence[str]) -> Table | None:
    """Table of lines such as “Epoch 1: W”; None where most lines are no such ones."""
    found = [_EPOCH_LINE.fullmatch(line) for line in lines]
    n_stages = sum(match is not None and _is_data(match[2]) for match in found)
    if 2 * n_stages <= sum(bool(line.strip()) for line in lines):
        return None
    first = next(index for index, match in enumerate(found) if match)
    entries = [entry for line in lines[:first] if (entry := _ENTRY.fullmatch(line))]
    preamble = {entry[1].strip().casefold(): entry[2].strip() for entry in entries}
    rows = tuple(
        # What is no such line among them is for the reader to name.
        Row(number, [match[1], match[2].strip()] if match else [line] if line.strip() else [])
        for number, (match, line) in enumerate(
            zip(found[first:], lines[first:], strict=True), start=first + 1
        )
    )
    return Table(preamble, ("epoch", "stage"), rows, (), 0)


def _preamble(
    lines: Sequence[str], rows: Sequence[Row], heading: int | None
) -> tuple[dict[str, str], int]:
    """Entries that stand before the data, and the number of the first row after them."""
    entries: dict[str, str] = {}
    for index, row in enumerate(rows[:heading]):
        line = lines[row.line - 1]
        entry = _ENTRY.fullmatch(line)
        is_title = len(row.cells) == 1 and line.strip().startswith("[")
        if entry:
            entries.setdefault(entry[1].strip().casefold(), entry[2].strip(_SEPARATING))
        elif heading is not None and len(filled := [one for one in row.cells if one.strip()]) == 2:
            entries.setdefault(_bare(filled[0]).casefold(), filled[1].strip())
        elif heading is None and not (is_title or _is_remark(row) or (entries and not row.cells)):
            return entries, index
    return entries, len(rows) if heading is None else heading + 1


def _heading(rows: Sequence[Row]) -> int | None:
    """Number of the row of names: one with known names, else one above rows of data as wide."""
    sample = [(index, row) for index, row in enumerate(rows[:_SAMPLE]) if row.cells]
    n_rows = sum(bool(row.cells) for row in rows)
    n_data = 0  # rows before that hold a stage: names stand above the data, not below it
    possible = None
    for place, (index, row) in enumerate(sample):
        if 2 * n_data > n_rows - place:
            break
        n_known, is_only = _known_names(row.cells)
        if n_known > 1 or (n_known and is_only):
            return index
        below = sample[place + 1 : place + 4]
        if (
            possible is None
            and n_known
            and len(below) == 3
            and all(
                len(other.cells) == len(row.cells) and any(map(_is_data, other.cells))
                for _, other in below
            )
        ):
            possible = index
        n_data += any(stage_of_text(cell) is not None for cell in row.cells)
    return possible


def _known_names(cells: Sequence[str]) -> tuple[int, bool]:
    """How many cells are known names of columns, none where any could be data; whether only one.

    Columns of probabilities have the names of stages: beside other names these are none.
    """
    filled = [bare for cell in cells if (bare := _bare(cell))]
    known = [cell for cell in filled if meaning_of_heading(cell) is not None]
    if any(number_of(cell) is not None or is_time(cell) for cell in filled):
        return 0, False
    n_stages = sum(stage_of_text(cell) is not None for cell in filled if cell not in known)
    return (0 if n_stages and len(known) < 2 else len(known)), len(filled) == 1


def _is_data(cell: str) -> bool:
    return number_of(cell.strip()) is not None or is_time(cell) or stage_of_text(cell) is not None


def _bare(cell: str) -> str:
    return cell.strip().lstrip("#%/").strip()


def _is_remark(row: Row) -> bool:
    return bool(row.cells) and row.cells[0].lstrip().startswith(_COMMENTS)


def _is_units(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return bool(filled) and all(_UNIT.fullmatch(cell) for cell in filled)


def _without_spacing(lines: list[str]) -> list[str]:
    """Take every second line out where all of those are empty: some programs double the spacing."""
    while lines and not lines[-1].strip():
        lines.pop()
    others = [line.strip() for line in lines[1::2]]
    if len(lines) > 4 and not any(others) and all(line.strip() for line in lines[::2]):
        return lines[::2]
    return lines


def _separator(lines: Sequence[str]) -> str | None:
    sample = [line for line in lines if line.strip()][:_SAMPLE]
    if sum(stage_of_text(line) is not None for line in sample) > len(sample) / 2:
        return None
    best, most = None, 0
    for separator in _SEPARATORS:
        counts = Counter(line.count(separator) for line in sample)
        counts.pop(0, None)
        n_alike = max(counts.values(), default=0)
        if n_alike > most:
            best, most = separator, n_alike
    if best is not None and most > len(sample) / 3:
        return best
    if len(sample) > 1 and all(
        len(words := line.split()) > 1
        and (all(map(_is_data, words)) or (not number and _known_names(words)[0] > 1))
        for number, line in enumerate(sample)
        if not line.startswith((*_COMMENTS, "["))
    ):
        return " "
    return best


def _rows(path: Path, lines: list[str], separator: str | None, *, is_quoted: bool) -> list[Row]:
    if separator is None:
        return [
            Row(number, [_unquoted(line)] if line.strip() else [])
            for number, line in enumerate(lines, start=1)
        ]
    if separator == " ":
        return [Row(number, line.split()) for number, line in enumerate(lines, start=1)]
    reader = csv.reader(
        (f"{line}\n" for line in lines),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
        strict=True,
    )
    rows = []
    try:
        for cells in reader:
            is_empty = not any(cell.strip() for cell in cells) and len(cells) < 2
            rows.append(Row(reader.line_num, [] if is_empty else cells))
    except csv.Error as error:
        raise ScoringError(
            "{file}, line {line}: {error}; correct the line or export the file again.",
            file=path.name,
            line=reader.line_num,
            error=error,
        ) from error
    return rows


def _unquoted(line: str) -> str:
    stripped = line.strip()
    return stripped[1:-1] if len(stripped) > 1 and stripped[0] == stripped[-1] == '"' else stripped
