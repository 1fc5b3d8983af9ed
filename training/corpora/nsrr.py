"""SHHS and other sets of the National Sleep Research Resource: an EDF and an XML file a night.

``shhs1-200001.edf`` goes with ``shhs1-200001-nsrr.xml`` or ``shhs1-200001-profusion.xml``, in
whatever folders. The last part of a name is the subject's number; the part before it says set and
visit (``shhs2-200001``, ``mros-visit1-aa0001``), so a subject keeps the number on later visits.
"""

from __future__ import annotations

import re
from pathlib import Path

from training.corpora.preparation import Rules, Source

CORPUS = "nsrr"
SCORERS = "the reading centre of the set"
RULES = Rules()
ALL_STAGES_RULES = Rules(require_all_stages=True)
"""Of SHHS-1's 5791 nights these leave the paper's 5463."""

_ENDINGS = ("-nsrr.xml", "-profusion.xml")
_NIGHT = re.compile(r"(?P<study>[a-z]+)\d*(?:-[\w-]+?)??-(?P<subject>[a-z]*\d+)", re.IGNORECASE)


def find_sources(folder: Path, derivation: str | None = None) -> list[Source]:
    """Pair all recordings in a folder, and in the folders in it, with their scorings.

    Recordings without scoring are left out: sets have some.

    Raises
    ------
    ValueError
        If no recording has a scoring.
    """
    scorings = {path.name: path for ending in _ENDINGS for path in folder.rglob(f"*{ending}")}
    sources = []
    for recording in sorted(folder.rglob("*.edf")):
        found = _NIGHT.fullmatch(recording.stem)
        names = [f"{recording.stem}{ending}" for ending in _ENDINGS]
        scoring = next((scorings[name] for name in names if name in scorings), None)
        if found is not None and scoring is not None:
            subject = f"{found['study']}-{found['subject']}"
            sources.append(
                Source(recording.stem, subject, recording, scoring, derivation, scorer=SCORERS)
            )
    if not sources:
        raise ValueError(f"{folder} contains no EDF file with a -nsrr.xml or -profusion.xml file")
    return sources
