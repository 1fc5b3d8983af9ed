"""Montages as a JSON file: the presets that ship with the application and those of a lab."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.montage import AS_STORED, Band
from sleepscorer.domain.montages import Montage, MontageTrace
from sleepscorer.domain.phrases import Phrase
from sleepscorer.file_questions import content_of, is_there, size_of
from sleepscorer.io.atomic import write_text

FORMAT = "SleepScorer montages 1"
_MOST_BYTES = 16 * 2**20


def read_montages(path: Path) -> tuple[Montage, ...]:
    """Read a file of montages.

    Raises
    ------
    ScoringError
        The file can't be read or something in it is no montage; nothing of it is used.
    """
    try:
        if (size_of(path) or 0) > _MOST_BYTES:
            raise ScoringError("{path} is too large to hold montages.", path=path)
        content = json.loads(content_of(path).decode("utf-8-sig"))
    except OSError as error:
        raise ScoringError("{path} can't be read: {reason}.", path=path, reason=error) from error
    except (ValueError, RecursionError) as error:
        raise ScoringError(
            "{path} holds no montages: it is not JSON ({error}).", path=path, error=error
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ScoringError(
            "{path} holds no montages: it does not begin with “{format}”.", path=path, format=FORMAT
        )
    rows = content.get("montages")
    if not isinstance(rows, list):
        raise ScoringError("{path} holds no list of montages.", path=path)
    montages = tuple(_montage(row, number, path) for number, row in enumerate(rows, 1))
    names = [montage.name.casefold() for montage in montages]
    for name in names:
        if names.count(name) > 1:
            raise ScoringError(
                "{path} has two montages named “{name}”; rename one of them.", path=path, name=name
            )
    return montages


def write_montages(path: Path, montages: Sequence[Montage]) -> None:
    """Write a file of montages, as a whole or not at all.

    Raises
    ------
    ScoringError
        It can't be written; the former one is as it was.
    """
    content = {"format": FORMAT, "montages": [_row(montage) for montage in montages]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScoringError(
            "{path} can't be made: {reason}.", path=path.parent, reason=error
        ) from error
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def put_aside(path: Path) -> Path:
    """Give a file of montages that can't be read another name, so that nothing is written over it.

    Returns
    -------
    aside
        Where it is now.

    Raises
    ------
    ScoringError
        It can't be renamed.
    """
    number = 1
    while is_there(aside := path.with_stem(f"{path.stem}-damaged-{number}")):
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise ScoringError(
            "{path} can't be read and can't be put aside ({reason}), so your "
            "montages were not written; move it away and change them again.",
            path=path,
            reason=error,
        ) from error
    return aside


def _montage(row: object, number: int, path: Path) -> Montage:
    where = Phrase("{path}, montage {number}", path=path, number=number)
    if not isinstance(row, dict) or not isinstance(row.get("traces"), list):
        raise ScoringError("{where}: it has no list of traces.", where=where)
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ScoringError("{where}: it has no name.", where=where)
    try:
        return Montage(name.strip(), tuple(_trace(trace) for trace in row["traces"]))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ScoringError(
            "{where} (“{name}”): {error}.", where=where, name=name, error=error
        ) from error


def _trace(row: object) -> MontageTrace:
    if not isinstance(row, Mapping):
        raise ValueError(Phrase("a trace is no object with a signal"))
    unknown = set(row) - {"signal", "minus", "filter_hz", "height", "colour", "inverted"}
    if unknown:
        raise ValueError(Phrase("a trace has no “{name}”", name=min(unknown)))
    signal, minus, colour = (row.get(key) for key in ("signal", "minus", "colour"))
    cathodes: list[Any] = minus if isinstance(minus, list) and minus else [minus]
    for text in (signal, *cathodes, colour):
        if text is not None and not isinstance(text, str):
            raise ValueError(Phrase("“{text}” is no text", text=text))
    height = row.get("height")
    return MontageTrace(
        signal or "",
        cathodes[0] or "",
        _band(row.get("filter_hz")),
        None if height is None else float(height),
        colour,
        row.get("inverted") is True,
        tuple(one or "" for one in cathodes[1:]),
    )


def _band(value: object) -> Band | None:
    """Two edges in Hz, null for none; the word ``"stored"`` for no filter."""
    if value is None:
        return None
    if value == "stored":
        return AS_STORED
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(Phrase("“{text}” is no filter; write two frequencies in Hz", text=value))
    low, high = value
    return Band(0.0 if low is None else float(low), math.inf if high is None else float(high))


def _row(montage: Montage) -> dict[str, Any]:
    return {"name": montage.name, "traces": [_trace_row(trace) for trace in montage.traces]}


def _trace_row(trace: MontageTrace) -> dict[str, Any]:
    row: dict[str, Any] = {"signal": trace.anode}
    if trace.others:
        row["minus"] = list(trace.cathodes)
    elif trace.cathode:
        row["minus"] = trace.cathode
    if trace.band == AS_STORED:
        row["filter_hz"] = "stored"
    elif trace.band is not None:
        high = None if math.isinf(trace.band.high_hz) else trace.band.high_hz
        row["filter_hz"] = [trace.band.low_hz or None, high]
    if trace.height is not None:
        row["height"] = trace.height
    if trace.colour is not None:
        row["colour"] = trace.colour
    if trace.is_inverted:
        row["inverted"] = True
    return row
