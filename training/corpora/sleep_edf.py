"""Sleep-EDF Expanded: ``SC4ssNE0-PSG.edf`` with ``SC4ssNEC-Hypnogram.edf``, one or two nights each.

Subject ss, night N; the last letter of the hypnogram's name is its scorer. The telemetry files
are called ``ST7ssNJ0-PSG.edf`` alike. Stages are those of Rechtschaffen and Kales.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from training.corpora.preparation import Rules, Source

CORPUS = "sleep-edf"
DERIVATION = "EEG Fpz-Cz"
SCORERS = "the technicians of Sleep-EDF"
RULES = Rules(wake_margin_min=30.0)
"""30 min of wake on either side of sleep, as in SleePyCo (Lee et al., 2024)."""

_PSG = re.compile(r"(?P<night>S(?P<study>[CT])[47](?P<subject>\d\d)\d)[A-Z]0-PSG\.edf")


def find_sources(folder: Path, derivation: str | None = None) -> list[Source]:
    """Pair all recordings in a folder, and in the folders in it, with their hypnograms.

    Raises
    ------
    ValueError
        If there are none, or one has not exactly one hypnogram.
    """
    sources = []
    for recording in sorted(folder.rglob("S??????0-PSG.edf")):
        found = _PSG.fullmatch(recording.name)
        if found is None:
            continue
        night = found["night"]
        hypnograms = list(recording.parent.glob(f"{night}??-Hypnogram.edf"))
        if len(hypnograms) != 1:
            raise ValueError(
                f"{recording} needs one {night}??-Hypnogram.edf beside it and has {len(hypnograms)}"
            )
        # The two studies count their subjects separately; those of the first are known by number.
        subject = found["subject"] if found["study"] == "C" else f"ST{found['subject']}"
        sources.append(
            Source(
                night, subject, recording, hypnograms[0], derivation or DERIVATION, scorer=SCORERS
            )
        )
    if not sources:
        raise ValueError(f"{folder} contains no files like SC4001E0-PSG.edf")
    return sources


def download(folder: Path, subjects: Collection[int]) -> None:
    """Download nights of the sleep-cassette study from PhysioNet through MNE.

    Parameters
    ----------
    folder
        Where to; files that are there are not downloaded again.
    subjects
        Numbers 0 to 82.

    Raises
    ------
    ValueError
        If the study has no such subject.
    OSError
        If there is no connection.
    """
    # Imported here: it takes a second, and only this command needs it.
    from mne.datasets.sleep_physionet import age

    unknown = sorted(subject for subject in subjects if subject not in range(83))
    if unknown:
        raise ValueError(f"there is no subject {unknown[0]}: they are numbered 0 to 82")
    folder.mkdir(parents=True, exist_ok=True)
    age.fetch_data(subjects=sorted(subjects), recording=(1, 2), path=str(folder), on_missing="warn")
