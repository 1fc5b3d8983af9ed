"""Text files of other programs, read with bounds on what they may ask for."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections.abc import Iterable
from pathlib import Path

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.texts import cell, storable
from sleepscorer.file_questions import content_of, is_file, is_there, size_of

MOST_BYTES = 16 * 2**20
"""A night's scoring with all its events has less than one of these mebibytes."""

_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """Read a whole file whose size was looked at first.

    Raises
    ------
    ScoringError
        It can't be read or is too large to be a scoring.
    """
    refuse_no_file(path)
    try:
        size = size_of(path)
        if size is not None and size > most_bytes:
            raise ScoringError(
                "{file} has {size_mib:.0f} MiB, more than any scoring of this format; "
                "choose the scoring, not the recording.",
                file=path.name,
                size_mib=size / 2**20,
            )
        return content_of(path)
    except OSError as error:
        raise ScoringError("{path} can't be read: {reason}.", path=path, reason=error) from error


def refuse_no_file(path: Path) -> None:
    """Refuse a pipe, a device or a folder: a pipe would wait for its writer.

    Raises
    ------
    ScoringError
        It is one.
    """
    if is_there(path) and not is_file(path):
        raise ScoringError("{path} is no ordinary file; choose another.", path=path)


def decoded(data: bytes) -> str:
    """Decode the text of a file: UTF-8 or UTF-16, else Latin-1 as older programs write."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    # Without its mark, UTF-16 of European languages has a NUL in nearly every second byte.
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        n_others = data[1 - first :: 2].count(0)
        if data[first::2].count(0) * 4 > len(data) and not n_others:
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def read_text(path: Path) -> str:
    """Read a text file.

    Raises
    ------
    ScoringError
        It can't be read, is too large or is no text.
    """
    text = decoded(read_bytes(path))
    if "\x00" in text:
        raise ScoringError(
            "{file} is no text file (it holds NUL bytes); choose the file that "
            "the other program exported.",
            file=path.name,
        )
    return text


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Write rows as CSV, of which no spreadsheet takes a text for a formula; see `cell`."""
    lines = []
    for row in rows:
        # Ended by CR LF: only so are cells quoted that hold a lone CR.
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\r\n").writerow(map(_guarded, row))
        lines.append(buffer.getvalue().removesuffix("\r\n") + "\n")
    return storable("".join(lines))


def _guarded(value: object) -> object:
    is_text = isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value) is None
    return cell(str(value)) if is_text else value


def number(path: Path, line: int, name: str, text: str, *, minimum: float = -math.inf) -> float:
    """Read a number of a line.

    Raises
    ------
    ScoringError
        It is none, or below the least that makes sense.
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= minimum):
        raise ScoringError(
            "{file}, line {line}: the {name} reads “{text}”, which is no number "
            "that it can have; correct the line or export the file again.",
            file=path.name,
            line=line,
            name=name,
            text=shortened(text),
        )
    return value


def shortened(text: str) -> str:
    """Beginning of a text that stands in a message."""
    return text if len(text) <= 60 else f"{text[:60]}…"


def seconds(value: float) -> str:
    """Time as it is written: to the microsecond, without trailing zeros."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
