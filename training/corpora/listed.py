"""Recordings of one's own, in any format that the application reads, named in a list.

The list is a tab-separated file in UTF-8 with the columns ``recording``, ``scoring``, ``subject``
and, if wanted, ``derivation``, ``name`` and ``scorer``; paths are relative to it. A corrected
session is a scoring as any other; its recording may be left empty and is then the one that the
session was made from. The subject has to be given because no file says reliably whose nights are
the same person's, and the scorer because none says whether a person looked at it at all: only what
people decided is learnt. A session knows that of each stage and needs no scorer.
"""

from __future__ import annotations

import csv
from pathlib import Path

from sleepscorer.io.session import is_session, read_session
from training.corpora.preparation import Rules, Source

CORPUS = "own"
RULES = Rules(drop_unscored=False)
"""Unscored epochs stay: in a session corrected here and there, they keep the rest in its place."""

_COLUMNS = ("recording", "scoring", "subject")


def find_sources(list_path: Path, derivation: str | None = None) -> list[Source]:
    """Read a list of nights.

    Raises
    ------
    ValueError
        If the list lacks a column or a value, or is empty.
    ScoringError
        If a session without recording can't be read, or its recording is not found.
    """
    with list_path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t")
        missing = set(_COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{list_path} lacks the columns {', '.join(sorted(missing))}")
        rows = list(reader)
    if not rows:
        raise ValueError(f"{list_path} names no nights")
    return [_source(list_path, line, row, derivation) for line, row in enumerate(rows, start=2)]


def _source(
    list_path: Path, line: int, row: dict[str, str | None], derivation: str | None
) -> Source:
    if not row["scoring"] or not row["subject"]:
        raise ValueError(f"{list_path}, line {line}: scoring and subject have to be given")
    scoring = list_path.parent / row["scoring"]
    if row["recording"]:
        recording = list_path.parent / row["recording"]
    elif is_session(scoring):
        recording = read_session(scoring).find_recording(scoring)
    else:
        raise ValueError(f"{list_path}, line {line}: the recording of {scoring.name} is missing")
    return Source(
        name=row.get("name") or recording.stem,
        subject=row["subject"],
        recording=recording,
        scoring=scoring,
        derivation=row.get("derivation") or derivation,
        scorer=(row.get("scorer") or "").strip(),
    )
