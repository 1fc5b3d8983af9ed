"""A row for each program whose tables are told by more than their columns.

What the engine finds by itself, which is nearly everything, is not said here. A new program is one
row: what its files begin with, and words of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sleepscorer.domain.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Program:
    """A program that writes tables.

    Attributes
    ----------
    id
        Word on the command line.
    name
        Name in dialogs.
    mark
        What the beginning of its files matches; None for tables of any program.
    suffix
        Suffix of its files.
    is_quoted
        Whether quotes around cells are no part of them.
    has_clock
        Whether its times are clock times even where they begin at midnight.
    """

    id: str
    name: Phrase
    mark: re.Pattern[str] | None
    suffix: str = ".txt"
    is_quoted: bool = True
    has_clock: bool = False


def _mark(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.MULTILINE)


EDFBROWSER = Program(
    "edfbrowser-csv",
    Phrase("EDFbrowser CSV"),
    _mark(r"\A\s*[#+]?onset\W+(duration\W+)?(annotation|description)\b"),
    ".csv",
)
BIDS = Program(
    "bids", Phrase("BIDS events table"), _mark(r"\Aonset\tduration\b"), ".tsv", is_quoted=False
)

PROGRAMS = (
    Program(
        "remlogic",
        Phrase("RemLogic event export"),
        _mark(r"RemLogic Event Export|\[hh:mm:ss[^\]]*\]\t"),
        has_clock=True,
    ),
    Program("domino", Phrase("Domino (Somnomedics)"), _mark(r"^Signal ID\s*:"), has_clock=True),
    Program(
        "alice",
        Phrase("Alice (Philips)"),
        _mark(r"^.*\b\d?\d:\d\d:\d\d [AP]M\b.*[\t,; ][A-Z]\w{0,2}\s*$"),
    ),
    Program(
        "noxturnal",
        Phrase("Noxturnal event list"),
        _mark(r"\A[^\n]*[,;\t][^\n]*\n\s*\[\][,;\t]\[\]"),
        ".csv",
    ),
    Program("mne", Phrase("MNE annotations"), _mark(r"\A\s*# ?MNE-Annotations"), has_clock=False),
    Program("wonambi", Phrase("Wonambi"), _mark(r"\AWonambi v"), ".csv", has_clock=True),
)
"""Programs whose tables are only read."""

ANY = Program("table", Phrase("Table of stages or events"), None, ".csv")
